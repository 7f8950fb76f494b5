//! Another tool's dictionary → lexicon files.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use super::{Dictionary, DictionaryFormat, Item, Phrase, Word, liwc, quanteda, spacy};
use crate::role::Role;

/// Lexicon files, and what they do not hold of the dictionary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// File name and contents, one for each label.
    pub files: Vec<(String, String)>,
    /// One sentence for everything that was left out.
    pub notes: Vec<String>,
}

#[derive(Serialize)]
struct File {
    role: &'static str,
    entry: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    label: String,
    category: String,
    note: &'static str,
    patterns: Vec<String>,
    matches: Vec<String>,
}

/// Reads a dictionary. What names no label of its own gets `role`; without it, it is left out.
///
/// # Errors
///
/// What is wrong with the dictionary, with the line where there is one.
pub fn import(
    text: &str,
    format: DictionaryFormat,
    role: Option<Role>,
) -> Result<Imported, String> {
    let text = text.trim_start_matches('\u{feff}');
    let Dictionary { items, mut notes } = match format {
        DictionaryFormat::Liwc => liwc::read(text)?,
        DictionaryFormat::Quanteda => quanteda::read(text)?,
        DictionaryFormat::Spacy => spacy::read(text)?,
    };
    let mut files: BTreeMap<Role, Vec<Entry>> = BTreeMap::new();
    for item in items {
        match item.role.or(role) {
            Some(role) => files.entry(role).or_default().push(entry(role, &item)),
            None => notes.push(format!(
                "{}: left out: it names no label; give one with --role",
                item.name
            )),
        }
    }
    let files = files.into_iter().map(|(role, entry)| {
        let file = File {
            role: role.name(),
            entry,
        };
        let text = toml::to_string_pretty(&file).expect("strings and lists can be written");
        (format!("{role}.toml"), text)
    });
    Ok(Imported {
        files: files.collect(),
        notes,
    })
}

fn entry(role: Role, item: &Item) -> Entry {
    let mut patterns: Vec<String> = item.phrases.iter().map(pattern).collect();
    patterns.sort();
    patterns.dedup();
    let name: String = item
        .name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    Entry {
        id: format!("{role}.{name}"),
        label: item.name.replace(['_', '.'], " "),
        category: item.category.clone(),
        note: "Imported; words stand as they are, without inflection.",
        patterns,
        matches: vec![example(&item.phrases[0])],
    }
}

/// The phrase in the lexicon language.
fn pattern(phrase: &Phrase) -> String {
    let mut out = String::new();
    for slot in phrase {
        if !out.is_empty() {
            out.push(' ');
        }
        if slot.gap > 0 {
            let _ = write!(out, "..{} ", slot.gap);
        }
        let words: Vec<String> = slot.words.iter().map(shown).collect();
        let (open, close) = match (slot.is_optional, words.len()) {
            (true, _) => ("[", "]"),
            (false, 1) => ("", ""),
            (false, _) => ("{", "}"),
        };
        out += &format!("{open}{}{close}", words.join("|"));
    }
    out
}

fn shown(word: &Word) -> String {
    match word {
        Word::Exact(word) => format!("\"{word}\""),
        Word::Prefix(beginning) => format!("{beginning}*"),
        Word::Lemma(base) => base.clone(),
    }
}

/// A text that the phrase matches: its first words, gaps left empty.
fn example(phrase: &Phrase) -> String {
    let words = phrase.iter().filter_map(|slot| match slot.words.first()? {
        Word::Exact(word) | Word::Prefix(word) | Word::Lemma(word) => Some(word.as_str()),
    });
    words.collect::<Vec<_>>().join(" ")
}
