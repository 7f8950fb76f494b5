//! Mergeable integer tallies, and the statistics computed once from them.

pub mod agreement;
pub mod bootstrap;
mod claims;
pub mod coded;
pub mod corrected;
mod distinctive;
mod examples;
mod facts;
pub mod keyness;
mod overlap;
mod resample;
mod sensitivity;
pub mod stats;
mod tallies;
mod tally;
mod together;

pub use claims::ClaimCounts;
pub use distinctive::{Distinction, distinctions};
pub use examples::{EXAMPLES, Example, Examples};
pub use facts::{Facts, UnitFacts};
pub use overlap::{MIN_RATE, Overlap, Sets, overlaps};
pub use resample::{Intervals, prevalences, resample};
pub use sensitivity::{Sensitivity, Shift};
pub use tallies::Tallies;
pub use tally::{EntryTally, PairTally, Profile, ROLE_PAIRS, Tally};
pub use together::Together;
