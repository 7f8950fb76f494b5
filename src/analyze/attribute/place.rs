//! What somebody named does in the clause: subject, agent, receiver or bystander.

use super::marks::Part;
use super::mentions::{Mention, Naming, Who};
use super::scan::{Grip, Holder};
use super::words::{Left, Words, Work};
use crate::document::Break;

/// The part of a mention in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    /// Does what follows.
    Subject,
    /// Does what was named before, and what follows: "by", "rests with".
    Agent {
        /// "is not the job of"
        negated: bool,
    },
    /// Is asked, allowed or expected to do what follows.
    Delegate,
    /// Is handed what was named before.
    Recipient,
    /// Does it together with the subject.
    Helped,
    /// Does not do it, in contrast to the one who does.
    Contrast,
    /// Is the speaker or reader: "as a product manager, I …".
    Person,
    /// Does nothing here.
    Aside,
}

/// What the reading knows when it meets a mention.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    pub(super) holder: Holder,
    /// Whether the clause has work that nobody does so far.
    pub(super) has_work: bool,
    /// Whether a verb of handing over stands before.
    pub(super) hand: bool,
    /// The word that the last agent stood behind.
    pub(super) linked_by: Option<usize>,
    pub(super) clause_start: usize,
}

/// What `mention` does in its clause.
pub(super) fn function(words: &Words<'_>, mention: &Mention, state: &State) -> Function {
    let left = words.left(mention.first);
    let naming = mention.naming;
    let object = naming == Naming::Pointer(Part::Her) && !words.verb_follows(mention.last);
    if matches!(
        naming,
        Naming::Pointer(Part::His | Part::Her | Part::Their | Part::Its)
    ) && !(object && is_governed(words, left))
    {
        return possessive(words, mention, left, state);
    }
    if words.is_possessive(mention) {
        return if words.duty_follows(mention.last) {
            possessive(words, mention, left, state)
        } else {
            Function::Aside
        };
    }
    if naming == Naming::Other {
        return other(words, mention, left);
    }
    let verb = words.verb_follows(mention.last);
    let Some(word) = left.word.filter(|_| left.mark != Break::Clause) else {
        return Function::Subject;
    };
    let ends = |part: Part| {
        words
            .marks
            .ending(part, word)
            .map(|mark| mark.last - mark.first + 1)
    };
    if left.mark == Break::Comma {
        return after_comma(words, mention, state, verb);
    }
    if words.marks.covers(Part::Rather, word) {
        return Function::Contrast;
    }
    if words.word(word).eq_ignore_ascii_case("not") {
        return negated(words, left, word, state);
    }
    if ends(Part::As).is_some() && is_speaker(words, mention, word) {
        return Function::Person;
    }
    let inner = word > state.clause_start && words.mark(word) == Break::None;
    if inner && words.word(word).eq_ignore_ascii_case("as") {
        return Function::Aside;
    }
    let help = ends(Part::Help).unwrap_or(0);
    let link = ends(Part::Link).unwrap_or(0);
    if help > 0 && help >= link && (naming == Naming::Name || matches!(naming, Naming::Pointer(_)))
    {
        return Function::Helped;
    }
    if link > 0 {
        return Function::Agent { negated: false };
    }
    if ends(Part::Delegate).is_some() && !(ends(Part::Report).is_some() && verb) {
        let next = mention.last + 1;
        let is = |at: usize, word: &str| words.word(at).eq_ignore_ascii_case(word);
        let hands = |at: usize| is(at, "with") || is(at, "for") && is(word, "on");
        let none = words.mark(next) != Break::None
            || (words.marks.starts(Part::Prep, next)
                && !hands(next)
                && !to_follows(words, mention.last))
            || words.marks.starts(Part::Because, next);
        return if none {
            Function::Aside
        } else {
            Function::Delegate
        };
    }
    if ends(Part::To).is_some() {
        let again = state
            .linked_by
            .is_some_and(|linked| words.word(linked).eq_ignore_ascii_case("to"));
        return match (again, state.hand) {
            (true, _) => Function::Agent { negated: false },
            (false, true) => Function::Recipient,
            (false, false) => Function::Aside,
        };
    }
    if ends(Part::Prep).is_some() {
        let again = state
            .linked_by
            .is_some_and(|linked| words.word(linked).eq_ignore_ascii_case(words.word(word)));
        let acting =
            words.word(word).eq_ignore_ascii_case("with") && words.is_gerund(mention.last + 1);
        return match (again, acting) {
            (true, _) => Function::Agent { negated: false },
            (_, true) => Function::Subject,
            _ => Function::Aside,
        };
    }
    if ends(Part::Copula).is_some() && left.word != Some(0) {
        if is_cleft(words, word) || is_predicate(words, mention, word) {
            return Function::Subject;
        }
        return match (state.has_work, state.holder.who, state.holder.grip) {
            (true, _, _) => Function::Agent { negated: false },
            (_, Who::Role(_) | Who::Joint(_), Grip::Own) => Function::Aside,
            _ => Function::Subject,
        };
    }
    let opener = [
        Part::And,
        Part::But,
        Part::While,
        Part::Because,
        Part::That,
        Part::Which,
        Part::Embedded,
        Part::If,
        Part::BeforeSubject,
        Part::Whether,
        Part::Report,
        Part::SelfReport,
        Part::Only,
        Part::Finite,
        Part::Modal,
        Part::According,
        Part::Suppose,
        Part::Copula,
        Part::Not,
        Part::Person,
        Part::Doubt,
    ];
    let opened = opener.into_iter().any(|part| ends(part).is_some());
    let pointer = matches!(naming, Naming::Pointer(_));
    let embedded = pointer
        && [Part::Embedded, Part::Which]
            .into_iter()
            .any(|part| ends(part).is_some());
    if embedded {
        return Function::Aside;
    }
    let settled = state.holder.who != Who::Nobody && state.holder.grip == Grip::Own;
    if ends(Part::PersonVerb).is_some() && !verb {
        return Function::Aside;
    }
    match (opened, verb, settled) {
        (_, true, _) | (true, _, false) | (false, false, false) => Function::Subject,
        (true, false, true) if naming == Naming::Name && gapped(words, mention) => {
            Function::Subject
        }
        _ => Function::Aside,
    }
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

/// "she is a project manager": from here on the pronoun means that role.
fn is_predicate(words: &Words<'_>, mention: &Mention, copula: usize) -> bool {
    let personal = |at: usize| {
        [Part::He, Part::She]
            .into_iter()
            .any(|part| words.marks.starts(part, at))
    };
    mention.naming == Naming::Name && copula.checked_sub(1).is_some_and(personal)
}

/// "it is" before a name.
fn is_cleft(words: &Words<'_>, copula: usize) -> bool {
    let it = |at: usize| words.marks.starts(Part::It, at) && words.mark(copula) == Break::None;
    copula.checked_sub(1).is_some_and(it)
}

/// True behind "by" or a verb of asking.
fn is_governed(words: &Words<'_>, left: Left) -> bool {
    let governs = |word: usize| {
        words.marks.ending(Part::Link, word).is_some()
            || words.marks.ending(Part::Delegate, word).is_some()
    };
    left.mark == Break::None && left.word.is_some_and(governs)
}

/// True where "to" follows the words behind a name: "asks the manager of the site to plan".
fn to_follows(words: &Words<'_>, last: usize) -> bool {
    (last + 1..words.tokens.len().min(last + 8))
        .take_while(|at| words.mark(*at) == Break::None)
        .any(|at| words.marks.starts(Part::To, at))
}

/// "and the project manager the dates": a noun phrase stands where the verb would.
fn gapped(words: &Words<'_>, mention: &Mention) -> bool {
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
        && (0..mention.first).any(|at| words.word(at).eq_ignore_ascii_case(words.word(next)));
    again || words.mark(next) == Break::Comma && starts(next)
}

fn after_comma(words: &Words<'_>, mention: &Mention, state: &State, verb: bool) -> Function {
    let settled = state.holder.who.is_role() && state.holder.grip == Grip::Own;
    let aside = words.mark(mention.last + 1) != Break::None;
    if verb || !settled || !aside && !words.marks.starts(Part::Prep, mention.last + 1) {
        Function::Subject
    } else {
        Function::Aside
    }
}

/// "not the project manager": cleft, or a contrast.
fn negated(words: &Words<'_>, left: Left, word: usize, state: &State) -> Function {
    let before = word.checked_sub(1);
    let copula = before.is_some_and(|at| words.marks.covers(Part::Copula, at))
        && words.mark(word) == Break::None;
    if !copula || left.at == 1 {
        return Function::Contrast;
    }
    match (state.has_work, state.holder.who, state.holder.grip) {
        (true, _, _) => Function::Agent { negated: true },
        (_, Who::Role(_) | Who::Joint(_), Grip::Own) => Function::Aside,
        _ => Function::Subject,
    }
}

/// "her main duty is to …", "… is the project manager's job", "… is hers to lead".
fn possessive(words: &Words<'_>, mention: &Mention, left: Left, state: &State) -> Function {
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
        let negated = left
            .word
            .is_some_and(|word| words.word(word).eq_ignore_ascii_case("not"));
        return Function::Agent { negated };
    }
    let begins = left.mark == Break::Clause
        || left.at <= state.clause_start + 1
        || left.mark == Break::Comma;
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

/// Somebody else counts only as a subject beyond doubt, or as agent.
fn other(words: &Words<'_>, mention: &Mention, left: Left) -> Function {
    if words.inside_work(mention.first, mention.last) {
        return Function::Aside;
    }
    if let Some(word) = left.word.filter(|_| left.mark == Break::None) {
        if words.marks.ending(Part::Link, word).is_some() {
            return if words.word(word).eq_ignore_ascii_case("of") {
                Function::Aside
            } else {
                Function::Agent { negated: false }
            };
        }
        if words.marks.ending(Part::Delegate, word).is_some()
            && words.marks.starts(Part::To, mention.last + 1)
        {
            return Function::Delegate;
        }
        let opener = [
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
        if !opener
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

/// "as a product manager, I …" or "I work as a product manager".
fn is_speaker(words: &Words<'_>, mention: &Mention, word: usize) -> bool {
    let speaks = |at: usize| {
        [Part::Me, Part::We, Part::You]
            .into_iter()
            .any(|part| words.marks.starts(part, at))
    };
    let behind = (mention.last + 1..mention.last + 8).find(|at| words.mark(*at) == Break::Comma);
    let said = words.marks.ending(Part::As, word).is_some_and(|mark| {
        (mark.first..=mark.last)
            .any(|at| words.marks.starts(Part::Me, at) || words.marks.starts(Part::We, at))
    });
    said || speaks(mention.last + 1) || behind.is_some_and(speaks)
}

/// True where the words from `start` make a phrase that waits for its subject.
pub(super) fn is_fronted(words: &Words<'_>, start: usize, end: usize) -> bool {
    if start >= words.tokens.len() {
        return false;
    }
    let gerund_after = |part: Part| {
        words
            .marks
            .starting(part, start)
            .is_some_and(|mark| words.is_gerund(mark.last + 1))
    };
    let starts = |part: Part| words.marks.starts(part, start);
    let adjective = [
        "responsible",
        "accountable",
        "charged",
        "tasked",
        "entrusted",
        "known",
    ];
    words.is_gerund(start)
        || gerund_after(Part::Prep)
        || gerund_after(Part::Because)
        || gerund_after(Part::While)
        || gerund_after(Part::Rather)
        || gerund_after(Part::Link)
        || gerund_after(Part::Not)
        || starts(Part::To)
        || (starts(Part::As)
            && !(start..end).any(|at| {
                words.marks.covers(Part::Copula, at) || words.marks.covers(Part::Finite, at)
            })
            && !words
                .mentions
                .iter()
                .any(|mention| mention.who.is_role() && words.left(mention.first).at == start + 1))
        || words
            .marks
            .of(Part::Person)
            .any(|mark| words.left(mark.first).at <= start + 1 && mark.first <= start + 2)
        || adjective
            .into_iter()
            .any(|word| words.word(start).eq_ignore_ascii_case(word))
}

/// True where the match itself is the subject of what follows: "the schedule is kept by …".
pub(super) fn is_subject(words: &Words<'_>, work: &Work, start: usize) -> bool {
    let left = words.left(work.first);
    if left.at > start + 1 || start == 0 && left.at > 0 {
        return false;
    }
    let mut at = work.last + 1;
    while at < words.tokens.len() && at <= work.last + 6 && words.mark(at) == Break::None {
        let verb = [Part::Copula, Part::Finite, Part::Modal]
            .into_iter()
            .any(|part| words.marks.starts(part, at));
        let link = words
            .marks
            .starting(Part::Link, at)
            .is_some_and(|mark| mark.last > mark.first);
        if verb || link {
            return true;
        }
        at += 1;
    }
    false
}
