//! Analysis and tally → bytes: one file per output, nothing counted here.

mod cells;
mod changes;
mod check;
mod codebook;
mod confused;
mod confusion;
mod datapackage;
mod documents;
mod entry_use;
mod evaluation;
mod evidence;
mod explain;
mod matches;
mod outputs;
mod overlap;
pub mod page;
mod problems;
mod records;
mod responsibilities;
mod roles;
pub mod schema;
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
pub use confused::{CONFUSED, Confused};
pub use confusion::{CONFUSION, confusion};
pub use datapackage::{DATAPACKAGE, Resource, datapackage};
pub use documents::{DOCUMENTS, documents_row, set_aside_row};
pub use entry_use::EntryUse;
pub use evaluation::{
    agreement, disagreements, evaluation_json, evaluation_summary, label_confusion,
};
pub use evidence::evidence;
pub use explain::explain;
pub use matches::{MATCHES, matches_rows};
pub use outputs::{OUTPUTS, Output, Outputs, STREAMED, Source, Totals};
pub use overlap::{OVERLAP, overlap};
pub use problems::{PROBLEMS, problems_row};
pub use records::{Record, RecordFormat, RecordWriter, Records};
pub use responsibilities::{RESPONSIBILITIES, responsibilities};
pub use roles::{ROLES, roles};
pub use schema::Schema;
pub use sentences::{SENTENCES, sentences_rows};
pub use sheets::{Drawn, coding_sheet, sample_key};
pub use suggestions::{Suggestion, suggestions, suggestions_csv};
pub use summary::summary;
