//! Other people, possessives and denied names: what they do in their clause.

use super::marks::Part;
use super::mentions::{Mention, Who};
use super::place::{Function, State};
use super::scan::Grip;
use super::words::{Left, Words};
use crate::document::Break;

/// Words behind which somebody else may be the subject.
const OPENERS: [Part; 16] = [
    Part::And,
    Part::But,
    Part::While,
    Part::Because,
    Part::That,
    Part::If,
    Part::BeforeSubject,
    Part::Whether,
    Part::Report,
    Part::SelfReport,
    Part::Only,
    Part::Not,
    Part::Suppose,
    Part::Doubt,
    Part::Which,
    Part::Finite,
];

/// Somebody else counts only as a subject beyond doubt, or as agent.
pub(super) fn other(words: &Words<'_>, mention: &Mention, left: Left) -> Function {
    if words.inside_work(mention.first, mention.last) {
        return Function::Aside;
    }
    if let Some(word) = left.word.filter(|_| left.mark == Break::None) {
        if words.marks.ending(Part::Link, word).is_some() {
            return if words.is(word, "of") {
                Function::Aside
            } else {
                Function::Agent { negated: false }
            };
        }
        let delegated = words.marks.ending(Part::Delegate, word).is_some();
        if delegated
            && (words.marks.starts(Part::To, mention.last + 1)
                || bare_infinitive(words, mention, word))
        {
            return Function::Delegate;
        }
        if !OPENERS
            .into_iter()
            .any(|part| words.marks.ending(part, word).is_some())
        {
            return Function::Aside;
        }
    }
    if !words.verb_follows(mention.last) {
        return Function::Aside;
    }
    let next = mention.last + 1;
    let text = words.word(next).to_ascii_lowercase();
    let verb = [
        Part::Copula,
        Part::Finite,
        Part::Modal,
        Part::Not,
        Part::Report,
    ]
    .into_iter()
    .any(|part| words.marks.starts(part, next));
    let shaped = (text.ends_with('s') && !text.ends_with("ss")) || text.ends_with("ed");
    let plural = words.word(mention.last).ends_with('s');
    let works = words.works.iter().any(|work| work.first == next);
    if verb || shaped || plural && (left.at == mention.first || works) {
        Function::Subject
    } else {
        Function::Aside
    }
}

/// "lets the developers estimate": verbs behind which work follows without "to".
fn bare_infinitive(words: &Words<'_>, mention: &Mention, verb: usize) -> bool {
    const VERBS: [&str; 9] = [
        "let", "lets", "letting", "have", "has", "having", "make", "makes", "making",
    ];
    let next = mention.last + 1;
    words.is_any(verb, &VERBS)
        && words.works.iter().any(|work| work.first == next)
        && words.mark(next) == Break::None
        && words.word(mention.last).ends_with('s')
}

/// "her main duty is to …", "… is the project manager's job", "… is hers to lead".
pub(super) fn possessive(
    words: &Words<'_>,
    mention: &Mention,
    left: Left,
    state: &State,
) -> Function {
    let hers = words
        .word(mention.last)
        .to_ascii_lowercase()
        .ends_with("hers");
    let copula = left.word.is_some_and(|word| {
        words.marks.covers(Part::Copula, word) || words.marks.covers(Part::Not, word)
    });
    if !(words.duty_follows(mention.last) || copula && hers) {
        return Function::Aside;
    }
    if state.has_work
        && !left
            .word
            .is_some_and(|word| words.marks.covers(Part::And, word))
    {
        let negated = left.word.is_some_and(|word| words.is(word, "not"));
        return Function::Agent { negated };
    }
    let begins = left.mark == Break::Clause
        || left.at <= state.clause_start + 1
        || left.mark == Break::Comma
        || !words.is_said(state.clause_start, left.at);
    let linked = left.word.is_some_and(|word| {
        [
            Part::And,
            Part::But,
            Part::While,
            Part::Because,
            Part::That,
            Part::Copula,
            Part::Not,
            Part::Report,
        ]
        .into_iter()
        .any(|part| words.marks.covers(part, word))
    });
    if begins || linked {
        Function::Subject
    } else {
        Function::Aside
    }
}

/// "the roadmap is the product manager's": whether it is said not to be; none for other possessives.
pub(super) fn owned(
    words: &Words<'_>,
    mention: &Mention,
    left: Left,
    state: &State,
) -> Option<bool> {
    let ends = words.mark(mention.last + 1) != Break::None
        || [Part::And, Part::But, Part::While, Part::Finite]
            .into_iter()
            .any(|part| words.marks.starts(part, mention.last + 1));
    let word = left
        .word
        .filter(|_| left.mark == Break::None && ends && state.has_work)?;
    let negated = words.is(word, "not");
    (negated || words.marks.covers(Part::Copula, word)).then_some(negated)
}

/// "not the project manager": cleft, or a contrast.
pub(super) fn negated(
    words: &Words<'_>,
    mention: &Mention,
    left: Left,
    word: usize,
    state: &State,
) -> Function {
    let before = word.checked_sub(1);
    let copula = before.is_some_and(|at| words.marks.covers(Part::Copula, at))
        && words.mark(word) == Break::None;
    if !copula || left.at == 1 || words.marks.starts(Part::But, mention.last + 1) {
        return Function::Contrast;
    }
    match (state.has_work, state.holder.who, state.holder.grip) {
        (true, _, _) => Function::Agent { negated: true },
        (_, Who::Role(_) | Who::Joint(_), Grip::Own) => Function::Aside,
        _ => Function::Subject,
    }
}
