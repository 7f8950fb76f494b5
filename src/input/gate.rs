//! What every record passes in input order: it gets its number and its id.
//!
//! Ids are compared by 128 bits of their BLAKE3 hash, so that checking them costs 20
//! to 40 MB for a million documents. With `--part K/N` every part reads all records
//! and checks all ids, and hands out only its share: whether an id is repeated then
//! does not depend on the number of parts.

use std::collections::HashSet;

use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

use super::batch::{Batch, Body, Record};
use crate::document::Origin;
use crate::error::{Problem, Severity};

/// The share of the records that one of several runs works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which part, from 1.
    pub number: u64,
    /// Of how many.
    pub of: u64,
}

impl Part {
    /// True where the record with this number (from 0, over the whole run) is in the part.
    pub fn holds(self, ordinal: u64) -> bool {
        ordinal % self.of == self.number - 1
    }
}

/// The id that a record asks for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted<'a> {
    /// This one; an empty one is missing.
    Id(&'a str),
    /// None, because the whole input has none: no warning.
    Nothing,
}

/// Numbers records and settles their ids.
#[derive(Debug, Default)]
pub(super) struct Gate {
    seen: HashSet<u128, FxBuildHasher>,
    ordinal: u64,
    part: Option<Part>,
}

impl Gate {
    pub(super) fn new(part: Option<Part>) -> Gate {
        Gate {
            part,
            ..Gate::default()
        }
    }

    /// Number of the next record or problem.
    pub(super) fn next(&self) -> u64 {
        self.ordinal
    }

    /// Hands out a record.
    pub(super) fn record(
        &mut self,
        batch: &mut Batch,
        origin: Origin,
        wanted: Wanted<'_>,
        body: Body,
    ) {
        let (id, remark) = self.id(&origin, wanted);
        let warning = remark.map(|reason| Problem {
            origin: origin.clone(),
            document_id: id.clone(),
            stage: "identify",
            severity: Severity::Warning,
            reason,
        });
        self.push(batch, origin, id, body, warning);
    }

    /// Hands out a problem of which no document comes: with severity `error` an input row
    /// that is lost, with `warning` a remark on an input.
    pub(super) fn problem(
        &mut self,
        batch: &mut Batch,
        origin: Origin,
        stage: &'static str,
        severity: Severity,
        reason: String,
    ) {
        let problem = Problem {
            origin: origin.clone(),
            document_id: String::new(),
            stage,
            severity,
            reason,
        };
        self.push(batch, origin, String::new(), Body::Nothing, Some(problem));
    }

    fn push(
        &mut self,
        batch: &mut Batch,
        origin: Origin,
        id: String,
        body: Body,
        problem: Option<Problem>,
    ) {
        let ordinal = self.ordinal;
        self.ordinal += 1;
        if self.part.is_none_or(|part| part.holds(ordinal)) {
            batch.records.push(Record {
                ordinal,
                origin,
                id,
                body,
                problem,
            });
        }
    }

    /// The id of a record, and a remark where it is not the one that the input gives.
    fn id(&mut self, origin: &Origin, wanted: Wanted<'_>) -> (String, Option<String>) {
        let wanted = match wanted {
            Wanted::Nothing => None,
            Wanted::Id(id) => Some(id),
        };
        if let Some(id) = wanted.filter(|id| !id.is_empty())
            && self.is_new(id)
        {
            return (id.to_string(), None);
        }
        let made = self.made(origin);
        let remark = wanted.map(|id| match id {
            "" => format!("no id: named {made}"),
            id => format!("the id {id} is repeated: named {made}"),
        });
        (made, remark)
    }

    /// `input#row`, or the name of a whole file; with a number behind it where that is taken.
    fn made(&mut self, origin: &Origin) -> String {
        let base = match origin.row {
            0 => origin.input.to_string(),
            row => format!("{}#{row}", origin.input),
        };
        let mut id = base.clone();
        let mut count = 1;
        while !self.is_new(&id) {
            count += 1;
            id = format!("{base}#{count}");
        }
        id
    }

    fn is_new(&mut self, id: &str) -> bool {
        let hash = blake3::hash(id.as_bytes());
        let (half, _) = hash.as_bytes().split_at(16);
        self.seen.insert(u128::from_le_bytes(
            half.try_into().expect("half of 32 bytes is 16"),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(part: Option<Part>, wanted: &[(u64, &str)]) -> Vec<(u64, String, bool)> {
        let (mut gate, mut batch) = (Gate::new(part), Batch::default());
        for (row, id) in wanted {
            let origin = Origin {
                input: "in.csv".into(),
                row: *row,
            };
            gate.record(&mut batch, origin, Wanted::Id(id), Body::Nothing);
        }
        let records = batch.records.iter();
        records
            .map(|r| (r.ordinal, r.id.clone(), r.problem.is_some()))
            .collect()
    }

    const WANTED: &[(u64, &str)] = &[
        (1, "a"),
        (2, "in.csv#3"),
        (3, ""),
        (4, "a"),
        (5, "in.csv#4"),
        (6, "b"),
    ];

    #[test]
    fn missing_and_repeated_ids_are_made_and_stay_unique() {
        let expected = ["a", "in.csv#3", "in.csv#3#2", "in.csv#4", "in.csv#5", "b"];
        let warned = [false, false, true, true, true, false];
        let found = ids(None, WANTED);
        assert!(found.iter().map(|f| f.1.as_str()).eq(expected));
        assert!(found.iter().map(|f| f.2).eq(warned));
    }

    #[test]
    fn parts_hand_out_the_same_ids_as_one_run() {
        let whole = ids(None, WANTED);
        let mut parts: Vec<_> = (1..=4)
            .flat_map(|number| ids(Some(Part { number, of: 4 }), WANTED))
            .collect();
        parts.sort();
        assert_eq!(parts, whole);
    }
}
