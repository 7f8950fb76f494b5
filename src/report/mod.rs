//! Analysis and tally → bytes: one file per output, nothing counted here.

mod cells;
mod changes;
mod check;
mod codebook;
mod confused;
mod confusion;
mod confusion_corrected;
mod cooccurrence;
mod datapackage;
mod decimals;
mod documents;
mod duplicates;
mod entry_use;
mod evaluation;
mod evidence;
mod examples;
mod explain;
mod extras;
mod groups;
mod keyness;
mod matches;
mod outputs;
mod overlap;
pub mod page;
mod prevalence;
mod problems;
mod records;
mod responsibilities;
mod roles;
pub mod schema;
mod sensitivity;
mod sentences;
mod shared;
mod sheets;
mod suggestions;
mod summary;

pub(crate) use cells::one_line;
pub use cells::{Table, unguarded};
pub use changes::{CHANGES_HEADER, Change, changes_row};
pub use check::{
    CLAIMS_HEADER, Checked, ESSAYS_HEADER, SARIF_FOOT, Shown, check_human, check_json, check_jsonl,
    check_sarif, check_summary, claims_rows, essays_row, sarif_head,
};
pub use codebook::codebook;
pub use confused::{CONFUSED, Confused};
pub use confusion::{CONFUSION, confusion};
pub use confusion_corrected::{CONFUSION_CORRECTED, confusion_corrected};
pub use cooccurrence::{COOCCURRENCE, cooccurrence};
pub use datapackage::{DATAPACKAGE, Resource, datapackage};
pub use documents::{DOCUMENTS, documents_row, set_aside_row};
pub use duplicates::{DUPLICATES, duplicates};
pub use entry_use::EntryUse;
pub use evaluation::{
    agreement, disagreements, evaluation_json, evaluation_summary, label_confusion,
};
pub use evidence::evidence;
pub use examples::{EXAMPLES_TABLE, examples};
pub use explain::explain;
pub use extras::Extras;
pub use groups::{
    GROUPS, GROUPS_CONFUSION, GROUPS_KEYNESS, GROUPS_OVERLAP, OTHER_GROUPS, groups,
    groups_confusion, groups_keyness, groups_overlap,
};
pub use keyness::{KEYNESS, keyness};
pub use matches::{MATCHES, PatternCells, matches_rows};
pub use outputs::{Asks, OUTPUTS, Output, Outputs, STREAMED, Source, Totals, WORKBOOK};
pub use overlap::{OVERLAP, overlap};
pub use prevalence::{PREVALENCE, prevalence};
pub use problems::{PROBLEMS, problems_row};
pub use records::{Record, RecordFormat, RecordWriter, Records};
pub use responsibilities::{RESPONSIBILITIES, responsibilities};
pub use roles::{ROLES, roles};
pub use schema::Schema;
pub use sensitivity::{SENSITIVITY, sensitivity};
pub use sentences::{SENTENCES, sentences_rows};
pub use shared::{SHARED_RESPONSIBILITIES, shared_responsibilities};
pub use sheets::{Drawn, coding_sheet, sample_key};
pub use suggestions::{Suggestion, suggestions, suggestions_csv};
pub use summary::summary;
