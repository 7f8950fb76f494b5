//! The page that coders work by: the rules in short, and what the lexicon files under each label.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::lexicon::Lexicon;
use crate::role::Role;

/// The page in Markdown.
pub fn codebook(lexicon: &Lexicon) -> String {
    let mut out = include_str!("codebook.md").to_owned();
    for role in Role::ALL {
        let _ = writeln!(out, "\n## {role}");
        let mut categories: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, entry) in lexicon.entries().iter().enumerate() {
            if entry.role == role {
                categories.entry(&entry.category).or_default().push(at);
            }
        }
        for (category, entries) in categories {
            let _ = writeln!(
                out,
                "\n### {category}\n\n| responsibility | is | is not |\n| --- | --- | --- |"
            );
            for at in entries {
                let [is, is_not] = lexicon.examples(at).map(|mut all| cell(all.next()));
                let label = cell(Some(&lexicon.entries()[at].label));
                let _ = writeln!(out, "| {label} | {is} | {is_not} |");
            }
        }
    }
    out
}

/// Text that cannot end its table cell.
fn cell(text: Option<&str>) -> String {
    let text = text.unwrap_or_default();
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('|', "\\|")
}
