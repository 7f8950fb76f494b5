//! What the tables hold that was asked for.

use std::collections::BTreeMap;

use crate::aggregate::coded::Coded;
use crate::aggregate::corrected::MeasuredError;
use crate::aggregate::{Intervals, Sensitivity, Tally};

/// Results that are not in every report; empty where they were not asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extras {
    /// `--bootstrap`, `--cluster`: the intervals, or why there are none.
    pub intervals: Option<Result<Intervals, String>>,
    /// `--sensitivity`.
    pub sensitivity: Option<Sensitivity>,
    /// `--dedup`: counts of the first documents of all groups.
    pub deduplicated: Option<Tally>,
    /// `--dedup`: first document of the group, document, similarity; in input order.
    pub duplicates: Vec<(String, String, f64)>,
    /// `--group-by`: counts of each group.
    pub groups: BTreeMap<String, Tally>,
    /// `--coded`: the documents that people coded.
    pub coded: Option<Coded>,
    /// `--evaluation`: how well the tool agrees with people.
    pub measured: Option<MeasuredError>,
}

impl Extras {
    /// One of the intervals.
    pub fn interval(&self, of: impl Fn(&Intervals) -> Option<(f64, f64)>) -> Option<(f64, f64)> {
        self.intervals.as_ref()?.as_ref().ok().and_then(of)
    }

    /// How many clusters were resampled.
    pub fn clusters(&self) -> Option<u64> {
        let intervals = self.intervals.as_ref()?.as_ref().ok()?;
        Some(intervals.clusters as u64)
    }

    /// Why an interval that was asked for is missing; empty where it is not.
    pub fn reason(&self, value: Option<f64>, interval: Option<(f64, f64)>) -> &str {
        match &self.intervals {
            Some(Err(reason)) => reason,
            Some(Ok(_)) if value.is_some() && interval.is_none() => {
                "undefined in more than half of the bootstrap samples"
            }
            _ => "",
        }
    }
}
