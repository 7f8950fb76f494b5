//! Work that is named by its bare object, "keeps the dates", "the budget is kept by …", or in plain words, "gets it
//! over the finish line". Such words are nobody's work in a posting, but in an essay a role that handles them is
//! said to do their role's work.

use super::marks::{Mark, Part};
use super::mentions::{Mention, Naming};
use super::words::{Words, Work};
use crate::document::Break;
use crate::lexicon::Lexicon;
use crate::role::Role;

/// The parts that are objects of each role's work.
const OBJECTS: [(Role, Part); 3] = [
    (Role::Product, Part::ProductObject),
    (Role::Project, Part::ProjectObject),
    (Role::Program, Part::ProgramObject),
];

/// The parts that are each role's work in plain words.
const PLAIN: [(Role, Part); 3] = [
    (Role::Product, Part::ProductWork),
    (Role::Project, Part::ProjectWork),
    (Role::Program, Part::ProgramWork),
];

/// Words that may stand between a verb and its object, articles aside: "keeps a very tight schedule".
const ADJECTIVES: usize = 2;

/// How far behind an object its verb may begin: "the budget must always be kept by".
const VERB_BEHIND: usize = 4;

/// Words of grammar that no noun phrase goes across.
const CLOSED: [Part; 16] = [
    Part::Prep,
    Part::And,
    Part::To,
    Part::That,
    Part::Which,
    Part::Who,
    Part::Copula,
    Part::Finite,
    Part::Modal,
    Part::Because,
    Part::But,
    Part::While,
    Part::If,
    Part::Link,
    Part::Embedded,
    Part::Rather,
];

/// The entries that stand for a bare object, for each role.
#[derive(Clone, Debug)]
pub(super) struct ObjectEntries([Option<u32>; 3]);

impl ObjectEntries {
    pub(super) fn new(lexicon: &Lexicon) -> ObjectEntries {
        let entry = |role: Role| {
            let id = format!("{role}.object");
            lexicon.entries().iter().position(|entry| entry.id == id)
        };
        ObjectEntries(Role::SINGLE.map(|role| entry(role).map(|at| at as u32)))
    }

    /// Makes of project work a program manager's: "the schedules of all projects".
    pub(super) fn raise(&self, work: &mut Work) {
        if let Some(entry) = self.0[Role::Program as usize] {
            work.role = Role::Program;
            work.entry = entry;
            work.index = None;
        }
    }

    /// The work that bare objects name beside the matches in `words`, in text order.
    pub(super) fn works(&self, words: &Words<'_>) -> Vec<Work> {
        let of = |parts: [(Role, Part); 3], plain: bool| {
            let parts = parts.into_iter().zip(self.0);
            let known = parts.filter_map(|((role, part), entry)| Some((role, part, entry?)));
            known.flat_map(move |(role, part, entry)| {
                let marks = words.marks.of(part);
                marks.map(move |mark| (*mark, role, entry, plain))
            })
        };
        let mut said: Vec<(Mark, Role, u32, bool)> = of(PLAIN, true)
            .chain(of(OBJECTS, false))
            .filter(|(mark, _, _, plain)| is_free(words, mark, *plain))
            .collect();
        said.sort_by_key(|(mark, ..)| (mark.first, std::cmp::Reverse(mark.last)));
        let mut works: Vec<Work> = Vec::new();
        for (mark, role, entry, plain) in said {
            if works.last().is_some_and(|work| mark.first <= work.last) {
                continue;
            }
            let first = if plain {
                Some(mark.first)
            } else {
                said_of(words, &mark, &works)
            };
            let Some(first) = first else { continue };
            works.push(Work {
                first,
                last: mark.last,
                role,
                entry,
                index: None,
            });
        }
        works
    }
}

/// True where no match and no name covers the object, and it is no part of a compound or an address. Plain words may
/// name others: "keeps the sponsor informed of the delay".
fn is_free(words: &Words<'_>, mark: &Mark, plain: bool) -> bool {
    let overlaps = |first: usize, last: usize| first <= mark.last && mark.first <= last;
    let spaced = mark.first == 0 || words.gap(mark.first).starts_with(' ');
    spaced
        && !words
            .works
            .iter()
            .any(|work| overlaps(work.first, work.last))
        && !words
            .mentions
            .iter()
            .filter(|mention| !plain || mention.who.is_role())
            .any(|mention| overlaps(mention.first, mention.last))
}

/// The first word of the statement that the object belongs to; none where nobody is said to handle it.
fn said_of(words: &Words<'_>, object: &Mark, works: &[Work]) -> Option<usize> {
    if let Some(verb) = verb_before(words, object.first) {
        return Some(verb.first);
    }
    let at = words.left(object.first).at;
    let begins = is_repeated(words, object, at)
        || is_listed(words, object, at, works)
        || is_gapped(words, object, at, works)
        || is_relative(words, object)
        || is_subject(words, object) && !is_possessed(words, object.first);
    begins.then_some(object.first)
}

/// The verb that the noun phrase of an object stands behind.
fn verb_before<'w>(words: &'w Words<'_>, object: usize) -> Option<&'w Mark> {
    let (mut at, mut adjectives) = (object, 0);
    while at > 0 && words.mark(at) == Break::None {
        if let Some(verb) = words.marks.ending(Part::Handle, at - 1) {
            return Some(verb);
        }
        // "leaves the budget to …"
        if let Some(verb) = words.marks.ending(Part::Hand, at - 1) {
            let to = (object + 1..object + 5).any(|at| words.marks.starts(Part::To, at));
            return Some(verb).filter(|_| to);
        }
        let closed = CLOSED
            .into_iter()
            .any(|part| words.marks.covers(part, at - 1));
        match words.marks.ending(Part::Determiner, at - 1) {
            Some(article) => at = article.first,
            None if closed || adjectives == ADJECTIVES || named(words, at - 1).is_some() => {
                return None;
            }
            None => {
                at -= 1;
                adjectives += 1;
            }
        }
    }
    None
}

/// Whoever is named by a word.
fn named<'w>(words: &'w Words<'_>, at: usize) -> Option<&'w Mention> {
    words
        .mentions
        .iter()
        .find(|mention| mention.first <= at && at <= mention.last)
}

/// True where the noun phrase ends with the object, as far as one can see.
fn ends_phrase(words: &Words<'_>, object: &Mark) -> bool {
    let next = object.last + 1;
    words.mark(next) != Break::None
        || [
            Part::And,
            Part::Prep,
            Part::Because,
            Part::While,
            Part::But,
            Part::To,
        ]
        .into_iter()
        .any(|part| words.marks.starts(part, next))
}

/// "cares more about users than about dates": the verb's preposition stands once more.
fn is_repeated(words: &Words<'_>, object: &Mark, at: usize) -> bool {
    let Some(preposition) = at
        .checked_sub(1)
        .filter(|at| words.marks.covers(Part::Prep, *at))
    else {
        return false;
    };
    let word = words.word(preposition);
    let governs = |verb: &Mark| {
        verb.last > verb.first && verb.last < preposition && words.is(verb.last, word)
    };
    words.marks.of(Part::Handle).any(governs) && ends_phrase(words, object)
}

/// "sets the dates, the scope and the budget": one more object of the work before.
fn is_listed(words: &Words<'_>, object: &Mark, at: usize, works: &[Work]) -> bool {
    let and = at > 0 && words.marks.covers(Part::And, at - 1);
    let before = if and {
        at.checked_sub(2)
    } else {
        at.checked_sub(1)
    };
    let comma = at > 0 && words.mark(at) == Break::Comma;
    let ends = |work: &Work| Some(work.last) == before;
    (and || comma)
        && ends_phrase(words, object)
        && (works.iter().any(ends) || words.works.iter().any(ends))
}

/// "…, and the project manager the dates": the verb stands in the clause before.
fn is_gapped(words: &Words<'_>, object: &Mark, at: usize, works: &[Work]) -> bool {
    let earlier = words.works.iter().chain(works).any(|work| work.last < at);
    let again = |at: usize| {
        words.marks.covers(Part::Prep, at) && (0..at).any(|other| words.is(other, words.word(at)))
    };
    let behind = |at: usize| {
        at.checked_sub(1)
            .and_then(|before| named(words, before))
            .is_some_and(|mention| mention.naming == Naming::Name)
    };
    let preposition = at > 0 && again(at - 1) && behind(at - 1);
    let bare = behind(at) && at < object.first;
    earlier && ends_phrase(words, object) && (preposition || bare)
}

/// "the product manager's scope is wide", "her schedule is full": what somebody has is not what they do.
fn is_possessed(words: &Words<'_>, object: usize) -> bool {
    let before = object
        .checked_sub(1)
        .filter(|_| words.mark(object) == Break::None);
    let owner = before.and_then(|before| named(words, before));
    owner.is_some_and(|owner| match owner.naming {
        Naming::Pointer(part) => [Part::His, Part::Her, Part::Their].contains(&part),
        _ => words.is_possessive(owner),
    })
}

/// "the schedule that the project manager keeps": somebody named behind the object handles it.
fn is_relative(words: &Words<'_>, object: &Mark) -> bool {
    let that = [Part::That, Part::Which]
        .into_iter()
        .find_map(|part| words.marks.starting(part, object.last + 1));
    let next = that.map_or(object.last + 1, |that| that.last + 1);
    let mut names = words.mentions.iter().filter(|name| name.who.is_role());
    let name = names.find(|name| name.first == next || words.left(name.first).at == next);
    name.is_some_and(|name| {
        words.mark(next) == Break::None
            && (name.last + 1..=name.last + 3)
                .take_while(|at| words.mark(*at) == Break::None)
                .any(|at| words.marks.starts(Part::Handle, at))
    })
}

/// "the budget is kept by", "the dates are hers": the object is what something is said of.
fn is_subject(words: &Words<'_>, object: &Mark) -> bool {
    let from = object.last + 1;
    let inside = |at: &usize| *at < words.tokens.len() && words.mark(*at) == Break::None;
    let behind = |from: usize| (from..=from + VERB_BEHIND).take_while(inside);
    if behind(from).take(2).any(|at| {
        let link = words.marks.starting(Part::Link, at);
        link.is_some_and(|link| link.last > link.first)
    }) {
        return true;
    }
    let copula = behind(from)
        .take_while(|at| named(words, *at).is_none())
        .find(|at| words.marks.starts(Part::Copula, *at));
    copula.is_some_and(|copula| {
        behind(copula + 1).any(|at| {
            words.marks.starts(Part::Handle, at)
                || words.marks.starts(Part::Duty, at)
                || named(words, at).is_some()
        })
    })
}
