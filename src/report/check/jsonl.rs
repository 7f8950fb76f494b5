//! `check --format jsonl` and `json`: one object per unit.

use serde::Serialize;

use super::{Checked, Row, Shown};

#[derive(Serialize)]
struct UnitRecord<'a> {
    id: &'a str,
    sentence: usize,
    start: u32,
    end: u32,
    text: &'a str,
    stance: &'a str,
    claims: Vec<ClaimRecord<'a>>,
}

#[derive(Serialize)]
struct ClaimRecord<'a> {
    role: &'a str,
    responsibility: &'a str,
    attributed_to: &'a str,
    verdict: &'a str,
    basis: &'a str,
    confidence: &'a str,
    role_start: Option<u32>,
    role_end: Option<u32>,
    start: u32,
    end: u32,
}

/// Appends the records of one essay to `out`.
pub fn check_jsonl(out: &mut Vec<u8>, checked: Checked<'_>, shown: Shown) {
    for row in checked.rows(shown) {
        let record = record(checked, &row);
        serde_json::to_writer(&mut *out, &record).expect("writing to memory does not fail");
        out.push(b'\n');
    }
}

/// Appends the same records as members of an array: each with a comma before it, the very
/// first of which is not to be written.
pub fn check_json(out: &mut Vec<u8>, checked: Checked<'_>, shown: Shown) {
    for row in checked.rows(shown) {
        out.extend_from_slice(b",\n");
        let record = record(checked, &row);
        serde_json::to_writer(&mut *out, &record).expect("writing to memory does not fail");
    }
}

fn record<'a>(checked: Checked<'a>, row: &Row<'a>) -> UnitRecord<'a> {
    let claims = row.claims.iter().map(|claim| {
        let mention = Some(claim.attribution.mention).filter(|mention| !mention.is_empty());
        ClaimRecord {
            role: claim.role.name(),
            responsibility: &checked.lexicon.entries()[claim.entry as usize].id,
            attributed_to: claim.attribution.to.name(),
            verdict: claim.verdict.name(),
            basis: claim.attribution.basis.name(),
            confidence: claim.attribution.basis.confidence().name(),
            role_start: mention.map(|mention| mention.start),
            role_end: mention.map(|mention| mention.end),
            start: claim.span.start,
            end: claim.span.end,
        }
    });
    UnitRecord {
        id: &checked.document.id,
        sentence: row.number,
        start: row.unit.span.start,
        end: row.unit.span.end,
        text: row.unit.content.of(&checked.document.text),
        stance: row.stance.name(),
        claims: claims.collect(),
    }
}
