//! `confused.jsonl`: the most confused documents with their sentences and the reasons for each tag.
//!
//! Bounded whatever the corpus: so many documents, sentences, matches and bytes of text, all told below.

use serde::{Deserialize, Serialize};

use crate::aggregate::stats;
use crate::analyze::{Analysis, ContentRole, Match, TaggedUnit};
use crate::document::{Document, Structure, Unit};
use crate::lexicon::Lexicon;
use crate::role::{Declared, Role};

/// The file's name.
pub const CONFUSED: &str = "confused.jsonl";

/// Documents kept.
const MOST_DOCUMENTS: usize = 40;
/// Sentences kept of each, those with tags first.
const MOST_SENTENCES: usize = 60;
/// Matches kept of a sentence.
const MOST_MATCHES: usize = 12;
/// Bytes kept of a title or a sentence.
const MOST_BYTES: usize = 600;

/// The most confused documents of a corpus, or of a part of it; these add up.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Confused {
    cases: Vec<Case>,
    /// Rank and id of the last case elsewhere, where as many are there as are kept.
    #[serde(skip)]
    reached: Option<(f64, String)>,
}

/// One document whose title declares one role and whose text describes another.
/// The keys that `documents.csv` has mean the same here.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Case {
    pub(super) document_id: String,
    pub(super) title: String,
    pub(super) declared_role: Role,
    pub(super) content_role: Role,
    pub(super) units: u32,
    pub(super) counted_product: u32,
    pub(super) counted_project: u32,
    pub(super) counted_program: u32,
    pub(super) counted_shared: u32,
    pub(super) counted_role_labelled: u32,
    pub(super) counted_off_role: u32,
    pub(super) sentences: Vec<Sentence>,
}

/// One sentence of a case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Sentence {
    pub(super) sentence: u32,
    pub(super) kind: String,
    pub(super) zone: String,
    pub(super) text: String,
    /// Whether the text was cut.
    pub(super) cut: bool,
    pub(super) tags: Vec<Tag>,
    pub(super) matches: Vec<Found>,
}

/// One tag of a sentence.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Tag {
    pub(super) role: Role,
    pub(super) attributed_to: String,
    pub(super) basis: String,
    pub(super) counted: bool,
}

/// One match of a sentence; `start` and `end` are bytes of the sentence's `text`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Found {
    pub(super) responsibility: String,
    pub(super) label: String,
    pub(super) role: Role,
    pub(super) pattern: String,
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Confused {
    /// No cases yet, for a part that is merged into these: it leaves out what would not be kept.
    pub fn beside(&self) -> Confused {
        let last = self.last().map(|(rank, id)| (rank, id.to_owned()));
        Confused {
            cases: Vec::new(),
            reached: last,
        }
    }

    /// Rank and id of the last case, where no more are kept.
    fn last(&self) -> Option<(f64, &str)> {
        let full = self.cases.len() == MOST_DOCUMENTS;
        self.cases.last().filter(|_| full).map(Case::key)
    }

    /// Takes in a document if it is confused and among the most confused.
    pub fn add(
        &mut self,
        document: &Document,
        structure: &Structure,
        analysis: &Analysis,
        lexicon: &Lexicon,
        with_text: bool,
    ) {
        let (Some(Declared::Role(declared)), ContentRole::Role(content)) =
            (analysis.declared, analysis.measures.content_role)
        else {
            return;
        };
        if declared == content {
            return;
        }
        let rank = rank(analysis.counts.off_role, analysis.counts.role_labelled);
        let reached = self.reached.as_ref().map(|(rank, id)| (*rank, id.as_str()));
        let bars = [self.last(), reached].into_iter().flatten();
        if bars
            .into_iter()
            .any(|bar| !goes_before((rank, &document.id), bar))
        {
            return;
        }
        let case = Case::new(document, (declared, content), structure, analysis);
        let sentences = sentences(document, structure, analysis, lexicon, with_text);
        self.cases.push(Case { sentences, ..case });
        self.settle();
    }

    /// Takes in the cases of another part.
    pub fn merge(&mut self, other: Confused) {
        if !other.cases.is_empty() {
            self.cases.extend(other.cases);
            self.settle();
        }
    }

    fn settle(&mut self) {
        self.cases.sort_by(|a, b| {
            let (a, b) = (a.key(), b.key());
            b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1))
        });
        self.cases.truncate(MOST_DOCUMENTS);
    }

    /// The file: one line per document, the most confused first.
    pub fn jsonl(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for case in &self.cases {
            serde_json::to_writer(&mut bytes, case).expect("writing to memory does not fail");
            bytes.push(b'\n');
        }
        bytes
    }
}

/// How sure it is that a document's sentences speak for other roles: the lower end of the 95 % Wilson
/// interval of its off-role share, so that one sentence of one does not outrank thirty of thirty-one.
fn rank(off_role: u32, role_labelled: u32) -> f64 {
    stats::wilson(off_role.into(), role_labelled.into()).map_or(0.0, |(low, _)| low)
}

/// Ids are unique within a run, so the order does not depend on how the corpus is parted.
fn goes_before(one: (f64, &str), other: (f64, &str)) -> bool {
    one.0 > other.0 || (one.0 == other.0 && one.1 < other.1)
}

impl Case {
    fn new(
        document: &Document,
        (declared_role, content_role): (Role, Role),
        structure: &Structure,
        analysis: &Analysis,
    ) -> Case {
        let counts = &analysis.counts;
        let [
            counted_product,
            counted_project,
            counted_program,
            counted_shared,
        ] = counts.labels;
        Case {
            document_id: document.id.clone(),
            title: cut(&document.title).to_owned(),
            declared_role,
            content_role,
            units: structure.units.len() as u32,
            counted_product,
            counted_project,
            counted_program,
            counted_shared,
            counted_role_labelled: counts.role_labelled,
            counted_off_role: counts.off_role,
            sentences: Vec::new(),
        }
    }

    fn key(&self) -> (f64, &str) {
        (
            rank(self.counted_off_role, self.counted_role_labelled),
            &self.document_id,
        )
    }
}

/// The sentences to keep, in text order: those with tags, and of the others as many as there is room for.
fn sentences(
    document: &Document,
    structure: &Structure,
    analysis: &Analysis,
    lexicon: &Lexicon,
    with_text: bool,
) -> Vec<Sentence> {
    let is_tagged = |at: &usize| !analysis.units[*at].tags.is_empty();
    let all = 0..structure.units.len();
    let tagged = all.clone().filter(is_tagged);
    let others = all.filter(|at| !is_tagged(at));
    let mut kept: Vec<usize> = tagged.chain(others).take(MOST_SENTENCES).collect();
    kept.sort_unstable();
    let sentence = |at: usize| {
        let (unit, tagged) = (&structure.units[at], &analysis.units[at]);
        let whole = unit.content.of(&document.text);
        let text = if with_text { cut(whole) } else { "" };
        Sentence {
            sentence: at as u32 + 1,
            kind: unit.kind.name().to_owned(),
            zone: tagged.zone.name().to_owned(),
            text: text.to_owned(),
            cut: with_text && text.len() < whole.len(),
            tags: tags(tagged),
            matches: found(unit, text, analysis.matches_of(tagged), lexicon),
        }
    };
    kept.into_iter().map(sentence).collect()
}

fn tags(tagged: &TaggedUnit) -> Vec<Tag> {
    let tag = |role: Role| {
        let attribution = tagged.attributions[role as usize];
        Tag {
            role,
            attributed_to: attribution.to.name().to_owned(),
            basis: attribution.basis.name().to_owned(),
            counted: tagged.counted.contains(role),
        }
    };
    tagged.tags.iter().map(tag).collect()
}

fn found(unit: &Unit, text: &str, matches: &[Match], lexicon: &Lexicon) -> Vec<Found> {
    let found = matches.iter().take(MOST_MATCHES).map(|found| {
        let entry = &lexicon.entries()[found.entry as usize];
        let within = |at: u32| at.saturating_sub(unit.content.start).min(text.len() as u32);
        Found {
            responsibility: entry.id.clone(),
            label: entry.label.clone(),
            role: entry.role,
            pattern: entry.patterns[found.pattern as usize].clone(),
            start: within(found.span.start),
            end: within(found.span.end),
        }
    });
    found.collect()
}

/// The text's first [`MOST_BYTES`], up to a character's end.
fn cut(text: &str) -> &str {
    let mut ends = (0..=MOST_BYTES.min(text.len())).rev();
    let end = ends.find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(id: &str, off_role: u32, role_labelled: u32) -> Case {
        Case {
            document_id: id.to_owned(),
            title: String::new(),
            declared_role: Role::Program,
            content_role: Role::Project,
            units: 1,
            counted_product: 0,
            counted_project: off_role,
            counted_program: 0,
            counted_shared: 0,
            counted_role_labelled: role_labelled,
            counted_off_role: off_role,
            sentences: Vec::new(),
        }
    }

    fn confused(cases: Vec<Case>) -> Confused {
        let mut confused = Confused {
            cases,
            reached: None,
        };
        confused.settle();
        confused
    }

    #[test]
    fn much_evidence_goes_before_little_and_ids_settle_ties() {
        let all = confused(vec![case("b", 3, 3), case("a", 3, 3), case("c", 30, 31)]);
        let ids: Vec<&str> = all
            .cases
            .iter()
            .map(|case| case.document_id.as_str())
            .collect();
        assert_eq!(ids, ["c", "a", "b"]);
    }

    #[test]
    fn parts_add_up_to_the_whole() {
        let cases: Vec<Case> = (0..200u32)
            .map(|at| case(&format!("d{at}"), 3 + at * 7 % 30, 3 + at * 7 % 30 + at % 4))
            .collect();
        let whole = confused(cases.clone());
        assert_eq!(whole.cases.len(), MOST_DOCUMENTS);
        let (even, odd): (Vec<_>, Vec<_>) = cases
            .into_iter()
            .enumerate()
            .partition(|(at, _)| at % 2 == 0);
        let part =
            |part: Vec<(usize, Case)>| confused(part.into_iter().map(|(_, case)| case).collect());
        let mut merged = part(odd);
        let last = merged.last().map(|(rank, id)| (rank, id.to_owned()));
        assert_eq!(merged.beside().reached, last);
        merged.merge(part(even));
        assert_eq!(merged.jsonl(), whole.jsonl());
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        let long = "é".repeat(MOST_BYTES);
        assert!(cut(&long).len() <= MOST_BYTES && cut("short") == "short");
    }
}
