//! "The product manager does this": work that was named in the clause or question before.

use super::discourse::{Before, Discourse};
use super::marks::Part;
use super::mentions::Who;
use super::scan::{Grip, Holder, Reading};
use super::verdicts::{add, verdict};
use super::words::Words;
use crate::analyze::{Agent, Attribution, Basis, Claim};
use crate::document::Break;

/// A clause by its first and the token behind its last.
#[derive(Clone, Copy, Debug)]
struct Clause {
    from: usize,
    to: usize,
    holder: Holder,
    negated: bool,
    reported: bool,
}

/// Adds the claims of clauses that point back to work named before.
pub(super) fn claims(
    words: &Words<'_>,
    reading: &Reading,
    discourse: &Discourse,
    claims: &mut Vec<Claim>,
) {
    for clause in clauses(words, reading) {
        let Who::Role(to) = clause.holder.who else {
            continue;
        };
        let own_work = words
            .works
            .iter()
            .any(|work| clause.from <= work.first && work.first < clause.to);
        let named_here = clause.holder.mention.start >= words.tokens[clause.from].span.start;
        if own_work
            || clause.holder.grip != Grip::Own
            || !named_here
            || !points_back(words, &clause)
        {
            continue;
        }
        for before in source(words, reading, discourse, &clause) {
            if before.who == clause.holder.who {
                continue;
            }
            let span = if before.span.start >= words.tokens[0].span.start {
                before.span
            } else {
                clause.holder.mention
            };
            add(
                claims,
                Claim {
                    role: before.role,
                    entry: before.entry,
                    span,
                    attribution: Attribution {
                        to: Agent::Role(to),
                        basis: Basis::Anaphora,
                        mention: clause.holder.mention,
                    },
                    verdict: verdict(
                        before.role,
                        Agent::Role(to),
                        clause.negated,
                        clause.reported,
                        false,
                    ),
                },
            );
        }
    }
}

fn clauses(words: &Words<'_>, reading: &Reading) -> Vec<Clause> {
    let mut all: Vec<Clause> = Vec::new();
    for (from, holder, negated, reported) in &reading.clauses {
        let clause = Clause {
            from: *from,
            to: words.tokens.len(),
            holder: *holder,
            negated: *negated,
            reported: *reported,
        };
        match all.last_mut() {
            Some(last) if last.from == *from => *last = clause,
            Some(last) => {
                last.to = *from;
                all.push(clause);
            }
            None => all.push(clause),
        }
    }
    all.retain(|clause| clause.from < clause.to);
    all
}

/// True where the clause says of its work only "this" or "it", or leaves it out: "the other does".
fn points_back(words: &Words<'_>, clause: &Clause) -> bool {
    let mention = words
        .mentions
        .iter()
        .find(|mention| words.span(mention.first, mention.last) == clause.holder.mention);
    let Some(mention) = mention else { return false };
    let (next, end) = (mention.last + 1, clause.to);
    let anaphor = |at: usize| words.marks.starts(Part::Anaphor, at);
    let does = |at: usize| words.marks.ending(Part::Does, at).is_some();
    let verb = |at: usize| {
        [Part::Does, Part::Finite, Part::Copula]
            .into_iter()
            .any(|part| words.marks.covers(part, at))
    };
    let object = (next + 1..(next + 5).min(end))
        .any(|at| anaphor(at) && does(at - 1) && !words.marks.starts(Part::Determiner, at + 1));
    let left_out = next < end
        && end <= next + 3
        && (next..end).all(|at| verb(at) || words.marks.covers(Part::Not, at))
        && (end == words.tokens.len() || words.mark(end) != Break::None);
    // The clause of "that is her job" is counted from "her" on.
    let from = (clause.from.saturating_sub(3)..clause.from)
        .rfind(|at| words.mark(at + 1) != Break::None)
        .map_or(clause.from.saturating_sub(3), |at| at + 1);
    let front = (from..mention.first).find(|at| anaphor(*at));
    let linked = front.is_some_and(|front| {
        front <= from + 2
            && (front..mention.first).any(|at| {
                [Part::Copula, Part::Link, Part::Does]
                    .into_iter()
                    .any(|part| words.marks.covers(part, at))
            })
    });
    // "Who plans? The project manager."
    let answer = next == words.tokens.len() && words.left(mention.first).at == 0;
    object || left_out || linked || answer
}

/// The work of the nearest clause before, or of the question that the unit answers.
fn source(
    words: &Words<'_>,
    reading: &Reading,
    discourse: &Discourse,
    clause: &Clause,
) -> Vec<Before> {
    let earlier = reading
        .findings
        .iter()
        .filter(|finding| finding.work.first < clause.from);
    let Some(nearest) = earlier.clone().map(|finding| finding.clause).max() else {
        let first = clause.from == 0 || reading.findings.is_empty();
        return if first && discourse.asked {
            discourse.before.clone()
        } else {
            Vec::new()
        };
    };
    let of = earlier.filter(|finding| finding.clause == nearest);
    of.map(|finding| Before {
        role: finding.work.role,
        entry: finding.work.entry,
        span: words.span(finding.work.first, finding.work.last),
        who: if finding.negated {
            Who::Nobody
        } else {
            finding.holder.who
        },
    })
    .collect()
}
