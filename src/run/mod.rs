//! The commands: inputs → documents → analysis → files, in bounded memory and input order.

mod analyze;
mod check;
mod evaluate;
mod explain;
mod folder;
mod manifest;
mod merge;
mod pipeline;
mod pseudonyms;
mod tag;
mod worker;

pub use analyze::analyze;
pub use check::{CheckConfig, CheckCounts, CheckFormat, check};
pub use evaluate::{EvaluateConfig, evaluate};
pub use explain::explain;
pub use merge::merge;
pub use tag::{TagConfig, TagFormat, tag};
