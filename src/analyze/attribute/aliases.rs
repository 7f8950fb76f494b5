//! Abbreviations that a text introduces for a role: "product manager (PM)".

use super::marks::{Marks, Part};
use super::mentions::{Mention, NameCues, Who};
use crate::document::Token;
use crate::lexicon::Hit;
use crate::role::Role;
use crate::span::Span;

/// True for a word of capitals, such as PM, PMs or PgM.
pub(super) fn is_abbreviation(word: &str) -> bool {
    if !word.as_bytes().first().is_some_and(u8::is_ascii_uppercase) {
        return false;
    }
    let letters = word.trim_end_matches("'s").trim_end_matches("\u{2019}s");
    (2..=6).contains(&letters.len())
        && letters.bytes().filter(u8::is_ascii_uppercase).count() >= 2
        && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Abbreviations that a text has introduced for a role.
#[derive(Clone, Debug, Default)]
pub(super) struct Aliases {
    /// Abbreviations with their role; none for what is no role.
    known: Vec<(String, Option<Role>)>,
}

impl Aliases {
    pub(super) fn clear(&mut self) {
        self.known.clear();
    }

    /// What the text has introduced this abbreviation for: a role, or something else.
    pub(super) fn get(&self, word: &str) -> Option<Option<Role>> {
        if self.known.is_empty() {
            return None;
        }
        let bare = bare(word);
        let mut known = self.known.iter().rev();
        known
            .find(|(short, _)| short == bare)
            .map(|(_, role)| *role)
    }

    /// The same for a whole word that looks like an abbreviation.
    pub(super) fn own(&self, word: &str) -> Option<Role> {
        if self.known.is_empty() || !is_abbreviation(word) {
            None
        } else {
            self.get(word).flatten()
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
        if !tokens
            .iter()
            .any(|token| is_abbreviation(token.span.of(text)))
        {
            return;
        }
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
                    self.known.push((bare(word).to_owned(), Some(role)));
                    break;
                }
            }
            if before.is_none_or(|name| name.last + 1 < at) && spells_out(text, tokens, at) {
                self.known.push((bare(word).to_owned(), None));
            }
        }
    }
}

/// An abbreviation without plural and possessive endings.
fn bare(word: &str) -> &str {
    let word = word.trim_end_matches("'s").trim_end_matches("\u{2019}s");
    word.strip_suffix('s').unwrap_or(word)
}

/// "program official (PO)": the words before the bracket begin with the letters in it.
fn spells_out(text: &str, tokens: &[Token], at: usize) -> bool {
    let letters = bare(tokens[at].span.of(text)).bytes().rev();
    let bracket = |at: usize| {
        let before = tokens[at - 1].span.end as usize..tokens[at].span.start as usize;
        text[before].trim() == "("
    };
    let mut words = tokens[..at].iter().rev();
    at > 0
        && bracket(at)
        && letters.into_iter().all(|letter| {
            let first = words
                .next()
                .map(|word| text.as_bytes()[word.span.start as usize]);
            first.is_some_and(|first| first.eq_ignore_ascii_case(&letter))
        })
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
