//! What `evaluate` writes: the figures, who confuses what, and every disagreement.

mod json;
mod tables;
mod terminal;

pub use json::evaluation_json;
pub use tables::{agreement, disagreements, label_confusion};
pub use terminal::evaluation_summary;

use crate::role::RoleSet;

/// The labels of a cell; `none` where a coder gave none.
pub(crate) fn labels(set: RoleSet) -> String {
    if set.is_empty() {
        "none".into()
    } else {
        set.to_string()
    }
}
