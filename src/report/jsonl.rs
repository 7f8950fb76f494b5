//! JSON lines of `tag`: one object per unit.

use serde::Serialize;

use crate::analyze::Analysis;
use crate::document::{Document, Structure};
use crate::lexicon::Lexicon;

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

/// Appends the records of one document to `out`.
pub fn jsonl(
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
        serde_json::to_writer(&mut *out, &record).expect("writing to memory does not fail");
        out.push(b'\n');
    }
}
