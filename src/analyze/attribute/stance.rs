//! What a unit says of the roles themselves: the same, taken for the same, or different.

use super::marks::{Mark, Part};
use super::mentions::{Mention, Naming};
use super::words::Words;
use crate::analyze::Stance;
use crate::role::RoleSet;

/// The stance of a unit; `pair` says whether the text before named two roles.
pub(super) fn stance(words: &Words<'_>, question: bool, quoted: bool, pair: bool) -> Stance {
    if !about_roles(words, pair) {
        return Stance::None;
    }
    let marks = &words.marks;
    let overlaps = |one: &Mark, other: &Mark| one.first <= other.last && other.first <= one.last;
    let beaten = |mark: &Mark| {
        let stronger = marks.of(Part::Same).chain(marks.of(Part::Conflate));
        stronger.into_iter().any(|other| {
            overlaps(mark, other) && (other.first, mark.last) < (mark.first, other.last)
        })
    };
    let differs = marks
        .of(Part::Differ)
        .filter(|mark| !beaten(mark))
        .map(|mark| mark.first)
        .max();
    let same = marks.of(Part::Same).filter(|mark| {
        !marks
            .of(Part::Differ)
            .any(|other| overlaps(mark, other) && !beaten(other))
    });
    let same = same.map(|mark| mark.first).max();
    let conflates = marks.of(Part::Conflate).map(|mark| mark.first).max();
    let warned = |at: usize| {
        let clause = marks
            .of(Part::But)
            .map(|mark| mark.last)
            .filter(|but| *but < at)
            .max()
            .unwrap_or(0);
        let own = |mark: &&Mark| {
            !marks
                .of(Part::Conflate)
                .chain(marks.of(Part::Same))
                .any(|other| overlaps(mark, other))
        };
        let before = |mark: &&Mark| clause <= mark.first && mark.first < at;
        marks.of(Part::Not).filter(own).any(|mark| before(&mark))
            || marks.of(Part::ShouldNot).any(|mark| before(&mark))
            || marks.of(Part::Doubt).any(|mark| mark.first < at)
    };
    let reported = |at: usize| {
        let other = [Part::Report, Part::According]
            .into_iter()
            .flat_map(|part| marks.of(part));
        let own = |mark: &Mark| {
            let open = marks
                .of(Part::Whether)
                .any(|whether| whether.first < mark.first);
            open || marks.of(Part::SelfReport).any(|own| overlaps(own, mark))
        };
        let clause = marks
            .of(Part::But)
            .map(|mark| mark.last)
            .filter(|but| *but < at)
            .max()
            .unwrap_or(0);
        let taken = marks
            .of(Part::Treat)
            .any(|mark| clause <= mark.first && mark.first < at && !own(mark));
        quoted || taken || other.into_iter().any(|mark| mark.first < at && !own(mark))
    };
    let last_word = marks.of(Part::But).map(|mark| mark.first).max();
    let differs = differs.or_else(|| is_not(words));
    if let Some(at) = differs {
        let overruled = same.is_some_and(|same| {
            last_word.is_some_and(|but| at < but && but < same) && !warned(same)
        });
        if !question && !overruled {
            return Stance::Distinguishes;
        }
    }
    if let Some(at) = conflates {
        return if warned(at) && !question {
            Stance::Distinguishes
        } else {
            Stance::ReportsEquating
        };
    }
    match same {
        None => Stance::None,
        Some(at) if warned(at) => {
            if question {
                Stance::None
            } else {
                Stance::Distinguishes
            }
        }
        Some(at) if reported(at) => Stance::ReportsEquating,
        Some(_) if question => Stance::None,
        Some(_) => Stance::Equates,
    }
}

/// "A product manager is not a project manager": where the denial stands.
fn is_not(words: &Words<'_>) -> Option<usize> {
    let named = |mention: &&Mention| mention.naming == Naming::Name;
    words.mentions.iter().filter(named).find_map(|mention| {
        let not = words.left(mention.first).word?;
        let copula = not.checked_sub(1)?;
        let denied =
            words.word(not).eq_ignore_ascii_case("not") && words.marks.covers(Part::Copula, copula);
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
    let phrase = |mark: &Mark| {
        mark.last > mark.first
            || words.word(mark.first).ends_with('s')
                && !words.word(mark.first).eq_ignore_ascii_case("titles of")
    };
    let nouns = [
        "role",
        "title",
        "job",
        "position",
        "profession",
        "discipline",
        "term",
        "manager",
        "name",
        "word",
    ];
    let roles = words.marks.of(Part::TwoRoles).any(|mark| {
        let last = words.word(mark.last).to_ascii_lowercase();
        phrase(mark)
            && nouns
                .iter()
                .any(|noun| last.starts_with(noun) && last.ends_with('s'))
    });
    roles || (words.marks.has(Part::TwoRoles) || (theirs && !named.is_empty())) && pair
}
