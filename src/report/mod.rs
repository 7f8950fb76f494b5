//! Analysis and tally → bytes: one file per output, nothing counted here.

mod cells;
mod changes;
mod check;
mod codebook;
mod confusion;
mod documents;
mod entry_use;
mod evaluation;
mod evidence;
mod explain;
mod jsonl;
mod matches;
mod overlap;
mod problems;
mod responsibilities;
mod sentences;
mod sheets;
mod suggestions;
mod summary;

pub use cells::Table;
pub(crate) use cells::one_line;
pub use changes::{CHANGES_HEADER, Change, changes_row};
pub use check::{
    CLAIMS_HEADER, Checked, ESSAYS_HEADER, SARIF_FOOT, Shown, check_human, check_json, check_jsonl,
    check_sarif, check_summary, claims_rows, essays_row, sarif_head,
};
pub use codebook::codebook;
pub use confusion::confusion;
pub use documents::{documents_header, documents_row};
pub use entry_use::EntryUse;
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
pub use sheets::{Drawn, coding_sheet, sample_key};
pub use suggestions::{Suggestion, suggestions, suggestions_csv};
pub use summary::summary;
