//! The commands: inputs → documents → analysis → files, in bounded memory and input order.

mod analyze;
mod check;
mod checkpoint;
mod compare;
mod duplicates;
mod evaluate;
mod explain;
mod extras;
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
mod report;
mod reread;
mod rows;
mod sample;
mod streamed;
mod suggest;
mod verify;
mod visit;
#[cfg(feature = "xlsx")]
mod workbook;
mod worker;

pub use analyze::analyze;
pub use check::{CheckConfig, CheckCounts, CheckFormat, check};
pub use compare::{Differences, compare};
pub use evaluate::{EvaluateConfig, evaluate, measured_error};
pub use explain::explain;
pub use filter::{FilterConfig, filter};
pub use folder::is_unfinished;
pub use import::import;
pub use lexicon_diff::{ChangeCounts, lexicon_diff};
pub use lexicon_use::lexicon_use;
pub use merge::merge;
pub use report::report;
pub use sample::{SampleConfig, sample};
pub use suggest::{SuggestConfig, suggest};
pub use verify::{Verification, verify};
pub use visit::Corpus;
