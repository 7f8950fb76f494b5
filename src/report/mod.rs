//! Analysis and tally → bytes: one file per output, nothing counted here.

mod cells;
mod check;
mod confusion;
mod documents;
mod evaluation;
mod evidence;
mod explain;
mod jsonl;
mod matches;
mod overlap;
mod problems;
mod responsibilities;
mod sentences;
mod summary;

pub use cells::Table;
pub use check::{
    CLAIMS_HEADER, Checked, ESSAYS_HEADER, SARIF_FOOT, Shown, check_human, check_json, check_jsonl,
    check_sarif, check_summary, claims_rows, essays_row, sarif_head,
};
pub use confusion::confusion;
pub use documents::{documents_header, documents_row};
pub use evaluation::{
    agreement, disagreements, evaluation_json, evaluation_summary, label_confusion,
};
pub use evidence::evidence;
pub use explain::explain;
pub use jsonl::jsonl;
pub use matches::{MATCHES_HEADER, matches_rows};
pub use overlap::overlap;
pub use problems::{PROBLEMS_HEADER, problems_row};
pub use responsibilities::responsibilities;
pub use sentences::{SENTENCES_HEADER, sentences_rows};
pub use summary::summary;
