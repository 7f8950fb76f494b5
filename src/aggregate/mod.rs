//! Mergeable integer tallies, and the statistics computed once from them.

pub mod agreement;
pub mod bootstrap;
mod claims;
pub mod keyness;
pub mod stats;
mod tally;

pub use claims::ClaimCounts;
pub use tally::{EntryTally, PairTally, Profile, ROLE_PAIRS, Tally};
