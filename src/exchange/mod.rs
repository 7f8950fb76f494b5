//! Lexicons to and from the dictionary formats of other tools: LIWC `.dic`, quanteda YAML, spaCy JSON lines. Pure.

mod export;
mod import;
mod liwc;
mod quanteda;
mod spacy;

pub use export::export;
pub use import::{Imported, import};

use crate::role::Role;

/// A dictionary format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DictionaryFormat {
    /// LIWC `.dic`: words and phrases with numbers of categories.
    Liwc,
    /// quanteda (Lexicoder) YAML: nested keys over phrases with `*`.
    Quanteda,
    /// spaCy `EntityRuler` or `SpanRuler` JSON lines.
    Spacy,
}

/// What a dictionary holds, whatever its format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dictionary {
    pub(crate) items: Vec<Item>,
    /// What could not be carried over, one sentence each.
    pub(crate) notes: Vec<String>,
}

/// The phrases of one responsibility.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// `None` where the dictionary does not say.
    pub(crate) role: Option<Role>,
    pub(crate) category: String,
    /// The name below the role.
    pub(crate) name: String,
    pub(crate) phrases: Vec<Phrase>,
}

/// Words in order.
pub(crate) type Phrase = Vec<Slot>;

/// The place of one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    /// Words that may stand before it.
    pub(crate) gap: u8,
    /// Any of these.
    pub(crate) words: Vec<Word>,
    /// Whether it may be missing.
    pub(crate) is_optional: bool,
}

/// A word of a phrase.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Word {
    /// Exactly so, in any case.
    Exact(String),
    /// Whatever begins so.
    Prefix(String),
    /// The base form of any inflection.
    Lemma(String),
}

impl Dictionary {
    /// Adds a phrase to the item of that name, which is made where it is missing.
    pub(crate) fn add(&mut self, role: Option<Role>, category: &str, name: &str, phrase: Phrase) {
        let known = self
            .items
            .iter()
            .position(|item| item.role == role && item.name == name);
        let at = known.unwrap_or_else(|| {
            self.items.push(Item {
                role,
                category: category.to_owned(),
                name: name.to_owned(),
                phrases: Vec::new(),
            });
            self.items.len() - 1
        });
        self.items[at].phrases.push(phrase);
    }
}

/// The words of a phrase as dictionaries write it, `*` at the end of a word for any ending; `None` where a
/// mark stands elsewhere, which the lexicon language cannot say.
pub(crate) fn plain_phrase(text: &str) -> Option<Phrase> {
    let words = text.split_whitespace().map(|word| {
        let beginning = word.strip_suffix('*');
        let bare = beginning.unwrap_or(word).to_lowercase();
        let good = bare.chars().all(is_of_word) && bare.chars().any(char::is_alphanumeric);
        let long = beginning.is_none() || bare.chars().count() >= 3;
        let word = if beginning.is_some() {
            Word::Prefix(bare)
        } else {
            Word::Exact(bare)
        };
        (good && long).then_some(Slot {
            gap: 0,
            words: vec![word],
            is_optional: false,
        })
    });
    let phrase: Phrase = words.collect::<Option<_>>()?;
    (!phrase.is_empty()).then_some(phrase)
}

/// Whether a pattern may hold the character within a word.
pub(crate) fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || "-/&'\u{2019}.".contains(c)
}

/// The role and the name within it that an id such as `product.roadmap` or `product` says.
pub(crate) fn role_and_name(id: &str) -> (Option<Role>, &str) {
    let (first, rest) = id.split_once('.').unwrap_or((id, ""));
    match Role::from_name(&first.to_lowercase()) {
        Some(role) if rest.is_empty() => (Some(role), "imported"),
        Some(role) => (Some(role), rest),
        None => (None, id),
    }
}

#[cfg(test)]
mod tests;
