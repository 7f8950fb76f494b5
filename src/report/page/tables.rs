//! The rows of the tables that the page is made from, as read back from a report's folder.

use serde::Deserialize;

use crate::report::confused::Case;

/// What the page is made from. A table that the report does not hold is `None`.
#[derive(Debug, Default)]
pub struct Tables {
    /// `manifest.json`.
    pub manifest: serde_json::Value,
    /// `roles.csv`.
    pub roles: Option<Vec<RoleRow>>,
    /// `confusion.csv`.
    pub confusion: Option<Vec<ConfusionRow>>,
    /// `overlap.csv`.
    pub overlap: Option<Vec<OverlapRow>>,
    /// `responsibilities.csv`.
    pub responsibilities: Option<Vec<ResponsibilityRow>>,
    /// `keyness.csv`.
    pub keyness: Option<Vec<KeynessRow>>,
    /// `prevalence.csv`.
    pub prevalence: Option<Vec<PrevalenceRow>>,
    /// `examples.csv`.
    pub examples: Option<Vec<ExampleRow>>,
    /// The first rows of `problems.csv`.
    pub problems: Option<Vec<ProblemRow>>,
    /// `confused.jsonl`.
    pub confused: Option<Cases>,
}

/// The documents of `confused.jsonl`, the most confused first.
#[derive(Debug, Default)]
pub struct Cases(pub(super) Vec<Case>);

/// Rows of `problems.csv` that the page shows.
pub const MOST_PROBLEMS: usize = 100;

/// A row of `roles.csv`.
#[derive(Debug, Deserialize)]
pub struct RoleRow {
    pub(super) declared_role: String,
    pub(super) documents: u64,
    pub(super) confused_documents: Option<u64>,
    pub(super) role_confusion: Option<f64>,
    pub(super) ci_low: Option<f64>,
    pub(super) ci_high: Option<f64>,
    pub(super) counted_product: u64,
    pub(super) counted_project: u64,
    pub(super) counted_program: u64,
    pub(super) counted_shared: u64,
    pub(super) counted_role_labelled: u64,
    pub(super) counted_labelled: u64,
    pub(super) share_product: Option<f64>,
    pub(super) share_project: Option<f64>,
    pub(super) share_program: Option<f64>,
    pub(super) share_shared: Option<f64>,
}

/// A row of `confusion.csv`.
#[derive(Debug, Deserialize)]
pub struct ConfusionRow {
    pub(super) declared_role: String,
    pub(super) content_role: String,
    pub(super) documents: u64,
    pub(super) row_total: u64,
    pub(super) share: Option<f64>,
    pub(super) ci_low: Option<f64>,
    pub(super) ci_high: Option<f64>,
    pub(super) boot_low: Option<f64>,
    pub(super) boot_high: Option<f64>,
    pub(super) dedup_documents: Option<u64>,
    pub(super) dedup_share: Option<f64>,
}

/// A row of `overlap.csv`.
#[derive(Debug, Deserialize)]
pub struct OverlapRow {
    pub(super) role_a: String,
    pub(super) role_b: String,
    pub(super) level: String,
    pub(super) measure: String,
    pub(super) value: Option<f64>,
    pub(super) ci_low: Option<f64>,
    pub(super) ci_high: Option<f64>,
    pub(super) count_a: Option<u64>,
    pub(super) count_b: Option<u64>,
    pub(super) both: Option<u64>,
    pub(super) either: Option<u64>,
    pub(super) all: Option<u64>,
    pub(super) min_rate: Option<f64>,
}

/// A row of `responsibilities.csv`.
#[derive(Debug, Deserialize)]
pub struct ResponsibilityRow {
    pub(super) responsibility: String,
    pub(super) role: String,
    pub(super) category: String,
    pub(super) label: String,
    pub(super) sentences: u64,
    pub(super) documents: u64,
    pub(super) rate_product: Option<f64>,
    pub(super) rate_project: Option<f64>,
    pub(super) rate_program: Option<f64>,
}

/// A row of `keyness.csv`.
#[derive(Debug, Deserialize)]
pub struct KeynessRow {
    pub(super) target_role: String,
    pub(super) responsibility: String,
    pub(super) label: String,
    pub(super) lrc: f64,
    pub(super) log_ratio: f64,
    /// As it is written: small numbers have exponents.
    pub(super) q: String,
    pub(super) rate_target: f64,
    pub(super) rate_reference: f64,
}

/// A row of `prevalence.csv`.
#[derive(Debug, Deserialize)]
pub struct PrevalenceRow {
    pub(super) declared_role: String,
    pub(super) label: String,
    pub(super) countable: u64,
    pub(super) counted: u64,
    pub(super) share: Option<f64>,
    pub(super) ci_low: Option<f64>,
    pub(super) ci_high: Option<f64>,
    pub(super) corrected: Option<f64>,
}

/// A row of `examples.csv`.
#[derive(Debug, Deserialize)]
pub struct ExampleRow {
    pub(super) target_role: String,
    pub(super) rank: u64,
    pub(super) label: String,
    pub(super) document_id: String,
    pub(super) text: String,
}

/// A row of `problems.csv`.
#[derive(Debug, Deserialize)]
pub struct ProblemRow {
    pub(super) input: String,
    pub(super) row: String,
    pub(super) document_id: String,
    pub(super) stage: String,
    pub(super) severity: String,
    pub(super) reason: String,
}

impl Cases {
    /// Reads the lines of `confused.jsonl`.
    ///
    /// # Errors
    ///
    /// Where a line is none that this version writes.
    pub fn read(jsonl: &str) -> Result<Cases, serde_json::Error> {
        let cases = jsonl.lines().map(serde_json::from_str);
        Ok(Cases(cases.collect::<Result<_, _>>()?))
    }
}

impl ResponsibilityRow {
    /// Its rates under product, project and program titles; 0 where no document has such a title.
    pub(super) fn rates(&self) -> [f64; 3] {
        [self.rate_product, self.rate_project, self.rate_program].map(|rate| rate.unwrap_or(0.0))
    }
}
