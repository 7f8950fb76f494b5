//! JSON lines of `tag`, one object per unit, and of `documents`, one per document.

use serde::Serialize;

use crate::analyze::Analysis;
use crate::document::{Document, Structure};
use crate::lexicon::Lexicon;
use crate::role::Declared;

#[derive(Serialize)]
struct UnitRecord<'a> {
    id: &'a str,
    sentence: usize,
    kind: &'a str,
    heading: Option<&'a str>,
    zone: &'a str,
    start: u32,
    end: u32,
    tags: Vec<&'a str>,
    responsibilities: Vec<&'a str>,
    matches: Vec<MatchRecord<'a>>,
    attributed_to: Vec<&'a str>,
    basis: Vec<&'a str>,
}

#[derive(Serialize)]
struct MatchRecord<'a> {
    responsibility: &'a str,
    role: &'a str,
    pattern: &'a str,
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Default, Serialize)]
struct DocumentRecord<'a> {
    id: &'a str,
    title: &'a str,
    language: Option<&'a str>,
    declared_role: Option<&'a str>,
    /// None where the text was not analysed because of its language.
    content_role: Option<&'a str>,
    share_product: Option<f64>,
    share_project: Option<f64>,
    share_program: Option<f64>,
    share_shared: Option<f64>,
    margin: Option<f64>,
    mixing: Option<f64>,
    off_role_share: Option<f64>,
    counted_role_labelled: u32,
    counted_labelled: u32,
    responsibilities: Vec<&'a str>,
}

/// Appends the record of one document to `out`.
pub(super) fn document(
    out: &mut Vec<u8>,
    document: &Document,
    analysis: &Analysis,
    lexicon: &Lexicon,
) {
    let measures = &analysis.measures;
    let share = |role: usize| measures.shares.map(|shares| shares[role]);
    let record = DocumentRecord {
        declared_role: analysis.declared.map(Declared::name),
        content_role: Some(measures.content_role.name()),
        share_product: share(0),
        share_project: share(1),
        share_program: share(2),
        share_shared: measures.share_shared,
        margin: measures.margin,
        mixing: measures.mixing,
        off_role_share: measures.off_role_share,
        counted_role_labelled: analysis.counts.role_labelled,
        counted_labelled: analysis.counts.labelled,
        responsibilities: analysis
            .responsibilities()
            .into_iter()
            .map(|entry| lexicon.entries()[entry as usize].id.as_str())
            .collect(),
        ..DocumentRecord::of(document)
    };
    line(out, &record);
}

/// Appends the record of a document that was not analysed because of its language.
pub(super) fn set_aside(out: &mut Vec<u8>, document: &Document) {
    line(out, &DocumentRecord::of(document));
}

impl DocumentRecord<'_> {
    /// What is known of a document before it is analysed.
    fn of(document: &Document) -> DocumentRecord<'_> {
        DocumentRecord {
            id: &document.id,
            title: &document.title,
            language: (!document.language.is_empty()).then_some(document.language),
            ..DocumentRecord::default()
        }
    }
}

/// Appends a record.
fn line(out: &mut Vec<u8>, record: &impl Serialize) {
    serde_json::to_writer(&mut *out, record).expect("writing to memory does not fail");
    out.push(b'\n');
}

/// Appends the records of one document's units to `out`.
pub(super) fn units(
    out: &mut Vec<u8>,
    document: &Document,
    structure: &Structure,
    analysis: &Analysis,
    lexicon: &Lexicon,
) {
    let entry = |at: u32| &lexicon.entries()[at as usize];
    for (at, (unit, tagged)) in structure.units.iter().zip(&analysis.units).enumerate() {
        let attributions = || {
            tagged
                .tags
                .iter()
                .map(|role| tagged.attributions[role as usize])
        };
        let record = UnitRecord {
            id: &document.id,
            sentence: at + 1,
            kind: unit.kind.name(),
            heading: unit
                .heading
                .map(|at| structure.units[at as usize].content.of(&document.text)),
            zone: tagged.zone.name(),
            start: unit.span.start,
            end: unit.span.end,
            tags: tagged.tags.iter().map(|role| role.name()).collect(),
            responsibilities: analysis
                .entries_of(tagged)
                .map(|at| entry(at).id.as_str())
                .collect(),
            matches: analysis
                .matches_of(tagged)
                .iter()
                .map(|found| MatchRecord {
                    responsibility: &entry(found.entry).id,
                    role: found.role.name(),
                    pattern: &entry(found.entry).patterns[found.pattern as usize],
                    start: found.span.start,
                    end: found.span.end,
                    text: found.span.of(&document.text),
                })
                .collect(),
            attributed_to: attributions()
                .map(|attribution| attribution.to.name())
                .collect(),
            basis: attributions()
                .map(|attribution| attribution.basis.name())
                .collect(),
        };
        line(out, &record);
    }
}
