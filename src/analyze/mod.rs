//! [`Structure`](crate::document::Structure) + lexicon → analysis: matches,
//! tags, zones, attribution, verdicts. Pure: no files, no threads, no printing.

mod measures;
mod zone;

pub use measures::{ContentRole, Counts, Measures, Thresholds};
pub use zone::{Zone, ZoneSet};
