//! Abbreviations that a text introduces for a role: "product manager (PM)".

use super::marks::{Marks, Part};
use super::mentions::{Mention, NameCues, Who};
use crate::document::Token;
use crate::lexicon::Hit;
use crate::role::Role;
use crate::span::Span;

/// True for a word of capitals, such as PM, PMs or PgM.
pub(super) fn is_abbreviation(word: &str) -> bool {
    let letters = word.trim_end_matches("'s").trim_end_matches("\u{2019}s");
    (2..=6).contains(&letters.len())
        && letters.starts_with(|c: char| c.is_ascii_uppercase())
        && letters.bytes().filter(u8::is_ascii_uppercase).count() >= 2
        && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Abbreviations that a text has introduced for a role.
#[derive(Clone, Debug, Default)]
pub(super) struct Aliases {
    known: Vec<(String, Role)>,
}

impl Aliases {
    pub(super) fn clear(&mut self) {
        self.known.clear();
    }

    /// The role that the text gave this abbreviation to.
    pub(super) fn get(&self, word: &str) -> Option<Role> {
        let bare = bare(word);
        self.known
            .iter()
            .rev()
            .find(|(short, _)| short == bare)
            .map(|(_, role)| *role)
    }

    /// The same for a whole word that looks like an abbreviation.
    pub(super) fn own(&self, word: &str) -> Option<Role> {
        if self.known.is_empty() || !is_abbreviation(word) {
            None
        } else {
            self.get(word)
        }
    }

    /// Learns from a unit like "product manager (PM)" or "PM stands for product manager".
    pub(super) fn learn(
        &mut self,
        text: &str,
        tokens: &[Token],
        hits: &[Hit],
        names: &NameCues,
        marks: &Marks,
    ) {
        let spelled = names.names(text, tokens, hits, &Aliases::default());
        let spelled: Vec<Mention> = spelled
            .into_iter()
            .filter(|name| name.first < name.last)
            .collect();
        for (at, token) in tokens.iter().enumerate() {
            let word = token.span.of(text);
            if !is_abbreviation(word)
                || spelled
                    .iter()
                    .any(|name| name.first <= at && at <= name.last)
            {
                continue;
            }
            let before = spelled.iter().rfind(|name| name.last < at);
            let behind = spelled.iter().find(|name| name.first > at);
            let found = [
                before.map(|name| (name, name.last, at)),
                behind.map(|name| (name, at, name.first)),
            ];
            for (name, from, to) in found.into_iter().flatten() {
                if let Who::Role(role) = name.who
                    && introduces(text, tokens, marks, from, to)
                {
                    self.known.push((bare(word).to_owned(), role));
                    break;
                }
            }
        }
    }
}

/// An abbreviation without plural and possessive endings.
fn bare(word: &str) -> &str {
    let word = word.trim_end_matches("'s").trim_end_matches("\u{2019}s");
    word.strip_suffix('s').unwrap_or(word)
}

/// True where the words between tokens `from` and `to` say that one stands for the other.
fn introduces(text: &str, tokens: &[Token], marks: &Marks, from: usize, to: usize) -> bool {
    let between = Span {
        start: tokens[from].span.end,
        end: tokens[to].span.start,
    };
    let mut words = from + 1..to;
    let bracket = between.of(text).contains(['(', '=', '[']);
    if to - from > 6 || between.of(text).contains(['.', ';', ')']) && !bracket {
        return false;
    }
    let known = |at: usize| marks.covers(Part::StandsFor, at) || marks.covers(Part::Determiner, at);
    (bracket && to - from <= 3)
        || (to > from + 1
            && words.clone().all(known)
            && words.any(|at| marks.covers(Part::StandsFor, at)))
}
