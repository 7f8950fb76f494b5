//! What a unit says of the roles themselves: the same, taken for the same, or different.

use super::marks::{Mark, Marks, Part};
use super::mentions::{Mention, Naming};
use super::words::Words;
use crate::analyze::Stance;
use crate::role::RoleSet;

/// The stance of a unit; `pair` says whether the text before named two roles.
pub(super) fn stance(words: &Words<'_>, question: bool, quoted: bool, pair: bool) -> Stance {
    if !about_roles(words, pair) {
        return Stance::None;
    }
    let unit = Saying {
        marks: &words.marks,
        quoted,
    };
    let same = unit.same();
    let differs = unit.differs().or_else(|| is_not(words));
    if let Some(at) = differs
        && !question
        && !unit.overruled(at, same)
    {
        return Stance::Distinguishes;
    }
    if let Some(at) = unit.marks.of(Part::Conflate).map(|mark| mark.first).max() {
        return match unit.warned(at) && !question {
            true => Stance::Distinguishes,
            false => Stance::ReportsEquating,
        };
    }
    match same {
        None => Stance::None,
        Some(at) if unit.warned(at) && question => Stance::None,
        Some(at) if unit.warned(at) => Stance::Distinguishes,
        Some(at) if unit.reported(at) => Stance::ReportsEquating,
        Some(_) if question => Stance::None,
        Some(_) => Stance::Equates,
    }
}

/// What the cues of a unit about the roles say.
#[derive(Clone, Copy, Debug)]
struct Saying<'w> {
    marks: &'w Marks,
    /// Whether the unit stands in quotation marks.
    quoted: bool,
}

impl Saying<'_> {
    /// Where the unit last says that roles differ.
    fn differs(&self) -> Option<usize> {
        let own = self
            .marks
            .of(Part::Differ)
            .filter(|mark| !self.beaten(mark));
        own.map(|mark| mark.first).max()
    }

    /// Where the unit last says that roles are the same.
    fn same(&self) -> Option<usize> {
        let differs = |mark: &Mark| {
            let mut others = self.marks.of(Part::Differ);
            others.any(|other| overlaps(mark, other) && !self.beaten(other))
        };
        let own = self.marks.of(Part::Same).filter(|mark| !differs(mark));
        own.map(|mark| mark.first).max()
    }

    /// Whether words of difference are part of a longer phrase of sameness.
    fn beaten(&self, mark: &Mark) -> bool {
        self.likening().any(|other| {
            overlaps(mark, other) && (other.first, mark.last) < (mark.first, other.last)
        })
    }

    fn likening(&self) -> impl Iterator<Item = &Mark> {
        self.marks
            .of(Part::Same)
            .chain(self.marks.of(Part::Conflate))
    }

    /// Whether a "but" behind `at` leads to the sameness at `same`, which nothing warns of.
    fn overruled(&self, at: usize, same: Option<usize>) -> bool {
        let last_but = self.marks.of(Part::But).map(|mark| mark.first).max();
        same.zip(last_but)
            .is_some_and(|(same, but)| at < but && but < same && !self.warned(same))
    }

    /// Where the clause of the word at `at` begins, by the last "but" before it.
    fn clause(&self, at: usize) -> usize {
        let buts = self.marks.of(Part::But).map(|mark| mark.last);
        buts.filter(|but| *but < at).max().unwrap_or(0)
    }

    /// Whether the sameness at `at` is denied, doubted or warned of.
    fn warned(&self, at: usize) -> bool {
        let clause = self.clause(at);
        let before = |mark: &Mark| clause <= mark.first && mark.first < at;
        let own = |mark: &Mark| !self.likening().any(|other| overlaps(mark, other));
        let marks = self.marks;
        marks.of(Part::Not).any(|mark| own(mark) && before(mark))
            || marks.of(Part::ShouldNot).any(before)
            || marks.of(Part::Doubt).any(|mark| mark.first < at)
    }

    /// Whether the sameness at `at` is said to be another's view.
    fn reported(&self, at: usize) -> bool {
        let marks = self.marks;
        let own = |mark: &Mark| {
            let mut open = marks.of(Part::Whether);
            open.any(|whether| whether.first < mark.first)
                || marks.of(Part::SelfReport).any(|own| overlaps(own, mark))
        };
        let clause = self.clause(at);
        let mut others = marks.of(Part::Report).chain(marks.of(Part::According));
        self.quoted
            || others.any(|mark| mark.first < at && !own(mark))
            || marks
                .of(Part::Treat)
                .any(|mark| clause <= mark.first && mark.first < at && !own(mark))
    }
}

fn overlaps(one: &Mark, other: &Mark) -> bool {
    one.first <= other.last && other.first <= one.last
}

/// "A product manager is not a project manager": where the denial stands.
fn is_not(words: &Words<'_>) -> Option<usize> {
    let named = |mention: &&Mention| mention.naming == Naming::Name;
    words.mentions.iter().filter(named).find_map(|mention| {
        let not = words.left(mention.first).word?;
        let copula = not.checked_sub(1)?;
        let denied = words.is(not, "not") && words.marks.covers(Part::Copula, copula);
        let other = words
            .mentions
            .iter()
            .filter(named)
            .any(|other| other.last + 1 == copula && other.who != mention.who);
        (denied && other && words.works.is_empty()).then_some(not)
    })
}

/// True where the unit speaks of two or more roles.
fn about_roles(words: &Words<'_>, pair: bool) -> bool {
    let named: RoleSet = words
        .mentions
        .iter()
        .filter(|mention| mention.naming == Naming::Name)
        .flat_map(|mention| mention.who.roles().iter().collect::<Vec<_>>())
        .collect();
    if named.len() >= 2 {
        return true;
    }
    let theirs = words
        .marks
        .of(Part::Her)
        .chain(words.marks.of(Part::His))
        .chain(words.marks.of(Part::Their))
        .next()
        .is_some();
    let roles = words
        .marks
        .of(Part::TwoRoles)
        .any(|mark| words.marks.covers(Part::RoleWords, mark.last));
    roles || (words.marks.has(Part::TwoRoles) || (theirs && !named.is_empty())) && pair
}
