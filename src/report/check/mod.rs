//! What `check` prints: the claims of essays, in the formats that people and tools read.

mod human;
mod jsonl;
mod sarif;
mod tables;

pub(super) use human::{advice, discipline, headline, reading, sums};
pub use human::{check_human, check_summary};
pub use jsonl::{check_json, check_jsonl};
pub use sarif::{SARIF_FOOT, check_sarif, sarif_head};
pub use tables::{CLAIMS_HEADER, ESSAYS_HEADER, claims_rows, essays_row};

use crate::aggregate::ClaimCounts;
use crate::analyze::{Analysis, Claim, Confidence, Stance, TaggedUnit, Verdict};
use crate::document::{Document, Structure, Unit};
use crate::lexicon::Lexicon;

/// One essay, checked.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The essay.
    pub document: &'a Document,
    /// Its units.
    pub structure: &'a Structure,
    /// What was found in them.
    pub analysis: &'a Analysis,
    /// The lexicon that it was found with.
    pub lexicon: &'a Lexicon,
}

/// What of it is shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// Every unit with every claim; otherwise only mix-ups and equations.
    pub all: bool,
    /// The least confidence that a claim needs.
    pub min_confidence: Confidence,
}

/// A unit with something to show.
#[derive(Clone, Debug)]
pub(in crate::report) struct Row<'a> {
    /// Number of the unit, from 1.
    pub(in crate::report) number: usize,
    pub(in crate::report) unit: &'a Unit,
    pub(in crate::report) stance: Stance,
    pub(in crate::report) claims: Vec<&'a Claim>,
}

impl<'a> Checked<'a> {
    /// The units to show, in text order.
    pub(in crate::report) fn rows(self, shown: Shown) -> impl Iterator<Item = Row<'a>> {
        let units = self.structure.units.iter().zip(&self.analysis.units);
        units.enumerate().filter_map(move |(at, (unit, tagged))| {
            let row = Row {
                number: at + 1,
                unit,
                stance: tagged.stance,
                claims: self.claims(tagged, shown),
            };
            (shown.all || !row.claims.is_empty() || row.stance == Stance::Equates).then_some(row)
        })
    }

    fn claims(self, unit: &TaggedUnit, shown: Shown) -> Vec<&'a Claim> {
        let claims = self.analysis.claims_of(unit).iter();
        let sure =
            claims.filter(|claim| claim.attribution.basis.confidence() >= shown.min_confidence);
        sure.filter(|claim| shown.all || claim.verdict == Verdict::MixUp)
            .collect()
    }

    /// The essay's counts; a claim counts from `least` confidence on.
    pub fn counts(self, least: Confidence) -> ClaimCounts {
        let mut counts = ClaimCounts {
            essays: 1,
            ..ClaimCounts::default()
        };
        let text = self.document.text.as_str();
        for (unit, tagged) in self.structure.units.iter().zip(&self.analysis.units) {
            let words = unit.content.of(text).split_whitespace();
            let words = words.filter(|word| word.contains(char::is_alphanumeric));
            counts.unit(tagged.stance, words.count() as u64);
        }
        let claims = self.analysis.claims.iter();
        for claim in claims.filter(|claim| claim.attribution.basis.confidence() >= least) {
            counts.claim(claim);
        }
        counts
    }
}
