//! What `lexicon suggest` prints.

use std::fmt::Write;

use crate::report::Table;
use crate::role::Role;
use crate::suggest::Key;

/// A phrase that a lexicon may lack.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The declared role of which it is typical.
    pub role: Role,
    /// Its words, as first met, in lower case.
    pub phrase: String,
    /// How typical.
    pub key: Key,
    /// Sentences that hold it, each of another document.
    pub examples: Vec<String>,
}

/// One row per phrase; `examples` are joined by a line break within the cell.
pub fn suggestions_csv(suggestions: &[Suggestion]) -> Vec<u8> {
    let mut table = Table::new();
    table.row([
        "role",
        "phrase",
        "documents",
        "role_documents",
        "other_documents",
        "all_other_documents",
        "g2",
        "p",
        "q",
        "log_ratio",
        "zero_count",
        "lrc",
        "examples",
    ]);
    for Suggestion {
        role,
        phrase,
        key,
        examples,
    } in suggestions
    {
        let contrast = key.contrast;
        table
            .cell(role.name())
            .cell(phrase)
            .number(contrast.a)
            .number(contrast.n1)
            .number(contrast.b)
            .number(contrast.n2)
            .value(Some(contrast.g2()))
            .value(Some(key.p))
            .value(Some(key.q))
            .value(Some(contrast.log_ratio()))
            .cell(if contrast.has_zero() { "yes" } else { "" })
            .value(Some(key.lrc))
            .cell(examples.join("\n"))
            .end_row();
    }
    table.into_bytes()
}

/// The same for people.
pub fn suggestions(suggestions: &[Suggestion]) -> String {
    let mut out = String::new();
    let mut role = None;
    for suggestion in suggestions {
        let contrast = suggestion.key.contrast;
        if role.replace(suggestion.role) != Some(suggestion.role) {
            let _ = writeln!(
                out,
                "\n{}: phrases in no entry, of {} documents that declare it against {} others",
                suggestion.role, contrast.n1, contrast.n2
            );
        }
        let _ = writeln!(
            out,
            "\n  {:<32} {:>5} : {:<5}  log ratio {:>5.2}  G2 {:>7.1}  q {:.1e}",
            suggestion.phrase,
            contrast.a,
            contrast.b,
            contrast.log_ratio(),
            contrast.g2(),
            suggestion.key.q
        );
        for example in &suggestion.examples {
            let _ = writeln!(out, "      {example}");
        }
    }
    if suggestions.is_empty() {
        out.push_str(
            "no phrase is typical of a role; lower --min-documents or give more documents\n",
        );
    }
    out
}
