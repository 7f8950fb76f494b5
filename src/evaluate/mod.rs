//! Codings of the same units by people and by the tool → how far they agree. Pure.

mod compare;
mod rows;
mod sheet;

pub use compare::{Comparison, Confused, Evaluation, Figure, evaluate};
pub use rows::Rows;
pub use sheet::{CodedUnit, Sheet, parse_labels};

/// The name of the tool among the coders.
pub const TOOL: &str = "tool";

/// The column of the labels that were settled on, and their name among the coders.
pub const SETTLED: &str = "labels";
