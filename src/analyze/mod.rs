//! [`Structure`](crate::document::Structure) + lexicon → analysis: matches,
//! tags, zones, attribution, verdicts. Pure: no files, no threads, no printing.

mod analysis;
mod analyzer;
mod attribute;
mod attribution;
mod measures;
mod repeats;
mod spelling;
mod zone;
mod zones;

pub use analysis::{Analysis, Match, TaggedUnit};
pub use analyzer::{AnalyzeOptions, Analyzer, REQUIRED_CUES, Scratch};
pub use attribution::{Agent, Attribution, Basis, Claim, Confidence, Stance, Verdict};
pub use measures::{ContentRole, Counts, Measures, Thresholds};
pub use zone::{Zone, ZoneSet};
