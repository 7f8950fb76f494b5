//! Phrases that wait for their subject, and matches that are subjects themselves.

use super::marks::Part;
use super::words::{Words, Work};
use crate::document::Break;

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
        || starts(Part::Charged)
        || is_title(words, start, end)
}

/// "The guardian of the backlog, the product owner, …": a noun phrase of work that names whoever follows.
fn is_title(words: &Words<'_>, start: usize, end: usize) -> bool {
    let whole = words
        .works
        .iter()
        .any(|work| words.left(work.first).at == start && work.last < end);
    let name = words
        .mentions
        .iter()
        .find(|mention| words.left(mention.first).at == end || mention.first == end);
    let verb = (start..end).any(|at| {
        [Part::Copula, Part::Finite, Part::Modal]
            .into_iter()
            .any(|part| words.marks.covers(part, at))
    });
    whole && !verb && name.is_some_and(|name| words.mark(name.last + 1) == Break::Comma)
}

/// True where the match itself is the subject of what follows: "the schedule is kept by …".
pub(super) fn is_subject(words: &Words<'_>, work: &Work, start: usize) -> bool {
    let left = words.left(work.first);
    // "the benefits that several projects should bring": the match stands in a relative clause.
    let relative = words.marks.starts(Part::That, start);
    if left.at > start + 1 || start == 0 && left.at > 0 || relative {
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
