//! The commands: inputs → documents → analysis → files, in bounded memory and input order.

mod analyze;
mod check;
mod evaluate;
mod explain;
mod filter;
mod folder;
mod import;
mod lexicon_diff;
mod lexicon_use;
mod manifest;
mod merge;
mod page;
mod pipeline;
mod pseudonyms;
mod sample;
mod suggest;
mod visit;
mod worker;

pub use analyze::analyze;
pub use check::{CheckConfig, CheckCounts, CheckFormat, check};
pub use evaluate::{EvaluateConfig, evaluate};
pub use explain::explain;
pub use filter::{FilterConfig, filter};
pub use import::import;
pub use lexicon_diff::{ChangeCounts, lexicon_diff};
pub use lexicon_use::lexicon_use;
pub use merge::merge;
pub use sample::{SampleConfig, sample};
pub use suggest::{SuggestConfig, suggest};
pub use visit::Corpus;
