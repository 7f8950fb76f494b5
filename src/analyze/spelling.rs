//! Slips of the keyboard in essays: "porject", "shedule". A word that no pattern knows is
//! read as one of the words of `lexicons/spelling.toml` that is one edit away from it.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::document::Token;
use crate::lexicon::{self, Lexicon};
use crate::span::Span;

/// Letters of the shortest and the longest word that is looked at.
const LETTERS: std::ops::RangeInclusive<usize> = 4..=18;

/// The words that slips are read as, found by what is left of them without one letter.
#[derive(Debug, Default)]
pub(crate) struct Spelling {
    forms: Vec<(Box<[u8]>, u32)>,
    /// Indices into `forms` by each form and each form less one letter.
    near: FxHashMap<Box<[u8]>, Vec<u32>>,
    right: FxHashSet<Box<[u8]>>,
}

impl Spelling {
    /// The words of the sets `spelling_near`, inflected, and `spelling_right`.
    pub(crate) fn new(lexicon: &Lexicon) -> Spelling {
        let mut spelling = Spelling::default();
        let bytes = |word: &String| word.as_bytes().into();
        spelling.right = lexicon.set("spelling_right").iter().map(bytes).collect();
        let bases = lexicon.set("spelling_near").iter();
        let mut scratch = lexicon::Scratch::default();
        for form in bases.flat_map(|base| lexicon.forms(base)) {
            let mut token = Vec::new();
            let whole = Span::new(0..form.len());
            lexicon.tokenize(&form, whole, &mut token, &mut scratch);
            if let [Token { word: id @ 1.., .. }] = token[..] {
                spelling.add(form.as_bytes(), id);
            }
        }
        spelling
    }

    fn add(&mut self, form: &[u8], id: u32) {
        let index = self.forms.len() as u32;
        self.forms.push((form.into(), id));
        self.near.entry(form.into()).or_default().push(index);
        for less in shortened(form) {
            self.near.entry(less.into()).or_default().push(index);
        }
    }

    /// Gives the misspelt among `tokens` the ids of the words that are meant.
    pub(crate) fn read_through(&self, text: &str, tokens: &mut [Token]) {
        for token in tokens.iter_mut().filter(|token| token.word == 0) {
            if let Some(id) = self.meant(token.span.of(text)) {
                token.word = id;
            }
        }
    }

    /// The id of the word that `word` is a slip of: one letter missing, too many or wrong, or
    /// two neighbours swapped, the first letter right. Of two such words the one that begins the
    /// other, else none.
    fn meant(&self, word: &str) -> Option<u32> {
        if !LETTERS.contains(&word.len()) || !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return None;
        }
        let word = word.to_ascii_lowercase();
        let word = word.as_bytes();
        if self.right.contains(word) {
            return None;
        }
        let keys = std::iter::once(word.to_vec()).chain(shortened(word));
        let near = keys.filter_map(|key| self.near.get(&key[..])).flatten();
        let meant: Vec<&(Box<[u8]>, u32)> = near
            .map(|index| &self.forms[*index as usize])
            .filter(|(form, _)| one_edit(word, form))
            .collect();
        let (shortest, id) = meant.iter().min_by_key(|(form, _)| form.len())?;
        let clear = |(form, other): &&(Box<[u8]>, u32)| other == id || form.starts_with(shortest);
        meant.iter().all(clear).then_some(*id)
    }
}

/// The word less one letter, for each letter.
fn shortened(word: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..word.len()).map(|at| [&word[..at], &word[at + 1..]].concat())
}

/// True where one insertion, deletion, substitution or swap of neighbours behind the first
/// letter makes one word of the other (Damerau's four slips).
fn one_edit(one: &[u8], other: &[u8]) -> bool {
    if one.first() != other.first() || one == other {
        return false;
    }
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (rest, others) = (&one[same..], &other[same..]);
    match one.len() as isize - other.len() as isize {
        1 => rest[1..] == *others,
        -1 => *rest == others[1..],
        0 => {
            rest[1..] == others[1..]
                || rest.len() > 1
                    && rest[0] == others[1]
                    && rest[1] == others[0]
                    && rest[2..] == others[2..]
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_read_and_right_words_left() {
        let lexicon = Lexicon::builtin().unwrap();
        let spelling = Spelling::new(&lexicon);
        let id = |word: &str| {
            let (mut tokens, mut scratch) = (Vec::new(), lexicon::Scratch::default());
            lexicon.tokenize(word, Span::new(0..word.len()), &mut tokens, &mut scratch);
            tokens[0].word
        };
        for (slip, meant) in [
            ("mangers", "managers"),
            ("Porject", "project"),
            ("prodcut", "product"),
            ("shedule", "schedule"),
            ("responsable", "responsible"),
            ("trak", "track"),
            ("programm", "program"),
        ] {
            assert_eq!(spelling.meant(slip), Some(id(meant)), "{slip}");
        }
        for right in ["protect", "talk", "production", "map", "programmer"] {
            assert_eq!(spelling.meant(right), None, "{right}");
        }
    }
}
