//! Shapes of phrases around a name: what stands before and behind it.

use super::marks::Part;
use super::mentions::{Mention, Naming};
use super::words::{Left, Words};
use crate::document::Break;

/// How far before "as a product manager" the first person may stand.
const SPEAKER_BEFORE: usize = 7;

/// "she is a project manager": from here on the pronoun means that role.
pub(super) fn is_predicate(words: &Words<'_>, mention: &Mention, copula: usize) -> bool {
    let personal = |at: usize| {
        [Part::He, Part::She]
            .into_iter()
            .any(|part| words.marks.starts(part, at))
    };
    mention.naming == Naming::Name && copula.checked_sub(1).is_some_and(personal)
}

/// "it is" before a name.
pub(super) fn is_cleft(words: &Words<'_>, copula: usize) -> bool {
    let it = |at: usize| words.marks.starts(Part::It, at) && words.mark(copula) == Break::None;
    copula.checked_sub(1).is_some_and(it)
}

/// "project management": what people do and know as well as whoever does it, so that "performs project
/// management" and "leadership, project management, …" name nobody.
pub(super) fn is_discipline(words: &Words<'_>, mention: &Mention) -> bool {
    let word = words.word(mention.last).to_ascii_lowercase();
    mention.naming == Naming::Name
        && (word.starts_with("management") || word.starts_with("ownership"))
}

/// "Product management answers what and why, project management how and when": the verb is left out behind the second.
pub(super) fn follows_discipline(words: &Words<'_>, mention: &Mention) -> bool {
    let next = mention.last + 1;
    let opens = words.mentions.first().is_some_and(|first| {
        first.last < mention.first && words.left(first.first).at == 0 && is_discipline(words, first)
    });
    opens
        && words.mark(next) == Break::None
        && !words.marks.starts(Part::And, next)
        && !words.marks.starts(Part::Prep, next)
}

/// True where a verb of grammar, or one in the third person, stands at `at`.
pub(super) fn says(words: &Words<'_>, at: usize) -> bool {
    let grammar = [Part::Copula, Part::Finite, Part::Modal, Part::Not];
    at < words.tokens.len()
        && words.mark(at) == Break::None
        && (grammar.into_iter().any(|part| words.marks.starts(part, at))
            || words.word(at).ends_with('s'))
}

/// True behind "by", "to" or a verb of asking.
pub(super) fn is_governed(words: &Words<'_>, left: Left) -> bool {
    let governs = |word: usize| {
        [Part::Link, Part::Delegate, Part::To]
            .into_iter()
            .any(|part| words.marks.ending(part, word).is_some())
    };
    left.mark == Break::None && left.word.is_some_and(governs)
}

/// True where "to" follows the words behind a name: "asks the manager of the site to plan".
pub(super) fn to_follows(words: &Words<'_>, last: usize) -> bool {
    (last + 1..words.tokens.len().min(last + 8))
        .take_while(|at| words.mark(*at) == Break::None)
        .any(|at| words.marks.starts(Part::To, at))
}

/// "and the project manager the dates": a noun phrase stands where the verb would.
pub(super) fn gapped(words: &Words<'_>, mention: &Mention) -> bool {
    let next = mention.last + 1;
    let starts = |at: usize| {
        words
            .works
            .iter()
            .any(|work| words.left(work.first).at == at)
    };
    // "takes care of the dates and the product manager of the vision"
    let again = words.marks.starts(Part::Prep, next)
        && starts(next + 1)
        && (0..mention.first).any(|at| words.is(at, words.word(next)));
    let noun = words.marks.starts(Part::Determiner, next);
    again || words.mark(next) == Break::Comma && noun && starts(next)
}

/// "as a product manager, I …", "I work as a product manager", "what I did as a product manager".
pub(super) fn is_speaker(words: &Words<'_>, mention: &Mention, word: usize) -> bool {
    let speaks = |at: usize| {
        [Part::Me, Part::We, Part::You]
            .into_iter()
            .any(|part| words.marks.starts(part, at))
    };
    let before = |part: Part| {
        let near = word.saturating_sub(SPEAKER_BEFORE)..word;
        let mut marks = words
            .marks
            .of(part)
            .filter(|mark| near.contains(&mark.first));
        marks.any(|mark| {
            (mark.first + 1..=word).all(|at| words.mark(at) != Break::Clause)
                && !words.mentions.iter().any(|other| {
                    mark.last < other.first && other.first < word && other.who.is_role()
                })
        })
    };
    let behind = (mention.last + 1..mention.last + 8).find(|at| words.mark(*at) == Break::Comma);
    let said = words.marks.ending(Part::As, word).is_some_and(|mark| {
        (mark.first..=mark.last)
            .any(|at| words.marks.starts(Part::Me, at) || words.marks.starts(Part::We, at))
    });
    let acts = before(Part::Me) || before(Part::We);
    said || acts || speaks(mention.last + 1) || behind.is_some_and(speaks)
}

/// True where the second of two names side by side is the subject of its own clause:
/// "is led by the product manager, and the project manager keeps …".
pub(super) fn begins_clause(words: &Words<'_>, one: &Mention, other: &Mention) -> bool {
    let next = other.last + 1;
    let word = if next < words.tokens.len() {
        words.word(next).to_ascii_lowercase()
    } else {
        return false;
    };
    let singular = !words.word(other.last).ends_with('s');
    let third = word.ends_with('s') && !word.ends_with("ss");
    let left = words.left(one.first);
    let opens = left.mark == Break::Clause
        || left.word.is_none_or(|word| {
            [
                Part::And,
                Part::But,
                Part::While,
                Part::Because,
                Part::That,
                Part::Only,
            ]
            .into_iter()
            .any(|part| words.marks.covers(part, word))
        });
    let own =
        words.mark(next) == Break::None && third && singular && words.verb_follows(other.last);
    own && (!opens || words.mark(words.left(other.first).at) == Break::Comma)
}
