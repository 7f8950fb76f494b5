//! `check --format sarif`: SARIF 2.1.0, for editors and code-review tools.

use serde_json::{Value, json};

use super::{Checked, Row, Shown};
use crate::analyze::{Claim, Stance, Verdict};
use crate::document::Document;
use crate::report::cells::one_line;
use crate::span::{Span, line_column};

/// What stands behind the last result.
pub const SARIF_FOOT: &str = "\n]}]}\n";

/// What stands before the first result.
pub fn sarif_head() -> String {
    let rule = |id: &str, text: &str, help: &str| {
        json!({
            "id": id,
            "shortDescription": { "text": text },
            "help": { "text": help },
            "defaultConfiguration": { "level": "warning" },
        })
    };
    let driver = json!({
        "name": "rolecall",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": [
            rule(MIX_UP, "A sentence reads as if one role did another role's work.", "Check who does it; name that role, or say why it is an exception here."),
            rule(EQUATION, "A sentence reads as if two roles were the same.", "Say whose view it is, or in what the roles differ."),
            rule(CLAIM, "A sentence says who does a piece of work.", "Nothing to do: shown because all claims were asked for."),
        ],
    });
    format!(
        "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{driver}}},\"columnKind\":\"unicodeCodePoints\",\"results\":["
    )
}

const MIX_UP: &str = "mix-up";
const EQUATION: &str = "equation";
const CLAIM: &str = "claim";

/// Appends one essay's results, each on a line of its own with a comma before it; the
/// very first comma of a report is not to be written.
pub fn check_sarif(out: &mut Vec<u8>, checked: Checked<'_>, shown: Shown) {
    let mut add = |result: Value| {
        out.extend_from_slice(b",\n");
        serde_json::to_writer(&mut *out, &result).expect("writing to memory does not fail");
    };
    for row in checked.rows(shown) {
        for claim in &row.claims {
            add(result_of(checked, &row, claim));
        }
        if row.stance == Stance::Equates {
            let document = checked.document;
            add(json!({
                "ruleId": EQUATION,
                "level": "warning",
                "message": { "text": "reads as if the roles were the same" },
                "locations": [location(document, row.unit.content, None)],
                "properties": { "document_id": document.id, "sentence": row.number, "stance": row.stance.name() },
            }));
        }
    }
}

fn result_of(checked: Checked<'_>, row: &Row<'_>, claim: &Claim) -> Value {
    let entry = &checked.lexicon.entries()[claim.entry as usize];
    let (rule, level) = match claim.verdict {
        Verdict::MixUp => (MIX_UP, "warning"),
        _ => (CLAIM, "note"),
    };
    let sources = entry.sources.join(", ");
    let text = format!(
        "{}: \"{}\" is {} work ({sources})",
        super::human::headline(claim),
        entry.label,
        claim.role
    );
    let attribution = claim.attribution;
    let mut result = json!({
        "ruleId": rule,
        "level": level,
        "message": { "text": text },
        "locations": [location(checked.document, claim.span, None)],
        "properties": {
            "document_id": checked.document.id,
            "sentence": row.number,
            "text": one_line(row.unit.content.of(&checked.document.text)),
            "role": claim.role.name(),
            "responsibility": entry.id,
            "attributed_to": attribution.to.name(),
            "verdict": claim.verdict.name(),
            "basis": attribution.basis.name(),
            "confidence": attribution.basis.confidence().name(),
        },
    });
    if !attribution.mention.is_empty() {
        let named = location(
            checked.document,
            attribution.mention,
            Some("who is said to do it"),
        );
        result["relatedLocations"] = json!([named]);
    }
    result
}

/// A place in a file; a row of a table or of JSON lines is named, since lines of its text
/// are not lines of the file.
fn location(document: &Document, span: Span, message: Option<&str>) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(&document.origin.input) } });
    if document.origin.row == 0 {
        let (line, column) = line_column(&document.text, span.start as usize);
        let (end_line, end_column) = line_column(&document.text, span.end as usize);
        physical["region"] = json!({
            "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
        });
    }
    let mut location = json!({
        "physicalLocation": physical,
        "logicalLocations": [{ "fullyQualifiedName": document.id, "kind": "document" }],
    });
    if let Some(text) = message {
        location["message"] = json!({ "text": text });
    }
    location
}

/// A path as a URI reference.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte as char);
            }
            b'\\' => uri.push('/'),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri("class a/Zoë #1.txt"), "class%20a/Zo%C3%AB%20%231.txt");
    }

    #[test]
    fn head_and_foot_are_a_document() {
        let whole = format!("{}{SARIF_FOOT}", sarif_head());
        let value: Value = serde_json::from_str(&whole).unwrap();
        assert_eq!(value["version"], "2.1.0");
        assert_eq!(value["runs"][0]["results"], json!([]));
    }
}
