//! What a document has said so far: whom pronouns and abbreviations mean.

use super::aliases::Aliases;
use super::marks::Part;
use super::mentions::Who;
use super::scan::Holder;
use crate::document::UnitIndex;
use crate::role::{Role, RoleSet};
use crate::span::Span;

/// How many units a pronoun may look back over without any mention.
const MEMORY: u8 = 3;

/// The state of a document between two units.
#[derive(Debug, Default)]
pub(super) struct Discourse {
    pub(super) aliases: Aliases,
    /// Who was said last to do something.
    pub(super) last: Who,
    /// Who was said last to do something and may be "he" or "she".
    person: Who,
    /// Roles in the order of their latest mention in earlier units, the latest last.
    recent: Vec<Role>,
    /// The two roles that "the former" and "the latter" mean.
    pair: Option<[Role; 2]>,
    /// The pronoun used last for each role.
    gender: [Option<Part>; 3],
    /// Who acted in the last unit in which a role did.
    pub(super) actors: RoleSet,
    /// Who "I" is.
    pub(super) first_person: Option<Role>,
    /// Who speaks the quotation of the unit at hand.
    pub(super) speaker: Option<Role>,
    /// Whether the role was named last by its discipline, which "it" may mean.
    pub(super) discipline: bool,
    /// Units since a role was last meant.
    age: u8,
    /// Whether a quotation is open at the unit's start, and since which block.
    pub(super) quote: Option<u32>,
    /// Under whom later units may stand, one for each unit so far.
    pub(super) places: Vec<Place>,
    /// The work of the unit before, for "this is the job of …".
    pub(super) before: Vec<Before>,
    /// Whether that unit was a question.
    pub(super) asked: bool,
    /// The one role whose work it asked for: "what does the product manager do?"
    pub(super) asked_of: Option<Place>,
}

/// Whom a heading, introduction or column head puts in charge of what stands under it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    pub(super) who: Who,
    pub(super) mention: Span,
    pub(super) negated: bool,
    /// Whether it may be about the role's field rather than its duties, so that only the role's own work is its.
    pub(super) vague: bool,
    /// Whether it is a name and no more, so that sentences without a subject may stand under it.
    pub(super) bare: bool,
    /// Whether it heads what is said not to be so: "Common misconceptions".
    pub(super) myth: bool,
}

/// Work that the unit before stated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    pub(super) role: Role,
    pub(super) entry: u32,
    pub(super) span: Span,
    pub(super) who: Who,
}

impl Discourse {
    pub(super) fn clear(&mut self) {
        self.aliases.clear();
        self.recent.clear();
        self.places.clear();
        self.before.clear();
        self.last = Who::Nobody;
        self.person = Who::Nobody;
        self.pair = None;
        self.gender = [None; 3];
        self.actors = RoleSet::EMPTY;
        self.first_person = None;
        self.speaker = None;
        self.age = 0;
        self.discipline = false;
        self.quote = None;
        self.asked = false;
        self.asked_of = None;
    }

    /// Whom unit `at` puts in charge.
    pub(super) fn place(&self, at: UnitIndex) -> Place {
        self.places.get(at as usize).copied().unwrap_or_default()
    }

    /// Who acted last as far as a pointing word can mean them.
    pub(super) fn last_for(&self, part: Part) -> Who {
        match part {
            Part::He | Part::She | Part::His | Part::Her => self.person,
            _ => self.last,
        }
    }

    /// Whom a pointing word means; `here` is the subject named last in its own unit.
    pub(super) fn resolve(&mut self, part: Part, here: Who, order: &[Role]) -> Who {
        let last = if here == Who::Nobody {
            self.last_for(part)
        } else {
            here
        };
        match part {
            Part::He | Part::His => self.person(Part::He, last),
            Part::She | Part::Her => self.person(Part::She, last),
            // After a sentence about something else "they" is as likely that.
            Part::They | Part::Their if here == Who::Nobody && self.age > 0 => Who::Nobody,
            Part::They | Part::Their => last,
            Part::It | Part::Its if !self.discipline => Who::Nobody,
            Part::It | Part::Its | Part::ThisRole => match last {
                Who::Role(_) => last,
                _ => Who::Nobody,
            },
            Part::Former => self.one_of(order, 0),
            Part::Latter => self.one_of(order, 1),
            Part::Both => {
                // "the program manager … all of them": where the unit names one role, others are meant.
                if let [first, rest @ ..] = order
                    && rest.iter().all(|role| role == first)
                {
                    return Who::Nobody;
                }
                let named: RoleSet = order.iter().chain(self.recent.iter()).copied().collect();
                Who::of(named)
            }
            Part::Me => {
                let role = self.speaker.or(self.first_person);
                role.map_or(Who::Other, Who::Role)
            }
            Part::We => self.speaker.map_or(Who::Other, Who::Role),
            Part::You => Who::Other,
            _ => Who::Nobody,
        }
    }

    /// Whom a personal pronoun may mean as well, since two acted in the unit before.
    pub(super) fn rival(&self, part: Part, who: Who) -> Who {
        let Who::Role(role) = who else {
            return Who::Nobody;
        };
        let gender = match part {
            Part::He | Part::His => Some(Part::He),
            Part::She | Part::Her => Some(Part::She),
            Part::They | Part::Their => None,
            _ => return Who::Nobody,
        };
        let known = gender.is_some() && self.gender[role as usize] == gender;
        let other = self.actors.iter().find(|other| *other != role);
        match other {
            Some(other) if self.actors.contains(role) && !known => Who::Role(other),
            _ => Who::Nobody,
        }
    }

    /// A person of one gender: whoever acted last, unless that role was the other gender.
    fn person(&mut self, part: Part, last: Who) -> Who {
        let Who::Role(role) = last else { return last };
        let fits = |gender: Option<Part>| gender.is_none_or(|gender| gender == part);
        let chosen = if fits(self.gender[role as usize]) {
            role
        } else {
            let other = self
                .recent
                .iter()
                .rev()
                .find(|other| **other != role && fits(self.gender[**other as usize]));
            *other.unwrap_or(&role)
        };
        self.gender[chosen as usize] = Some(part);
        Who::Role(chosen)
    }

    fn one_of(&self, order: &[Role], which: usize) -> Who {
        let pair = match order {
            [first, .., last] if first != last => Some([*first, *last]),
            _ => self.pair,
        };
        pair.map_or(Who::Nobody, |pair| Who::Role(pair[which]))
    }

    /// Whether the text has spoken of two roles.
    pub(super) fn has_pair(&self) -> bool {
        self.pair.is_some() || self.recent.len() >= 2
    }

    /// Takes in what a unit said: the roles it named in order, and who acted last.
    pub(super) fn end_unit(
        &mut self,
        order: &[Role],
        last: Option<Holder>,
        person: Option<Holder>,
        introduced: Who,
        named: bool,
    ) {
        for role in order {
            self.recent.retain(|other| other != role);
            self.recent.push(*role);
        }
        let mut distinct = order.to_vec();
        distinct.dedup();
        match distinct[..] {
            [] => {}
            [first, second] if first != second => self.pair = Some([first, second]),
            [first, .., last] if first != last => self.pair = Some([first, last]),
            _ => {}
        }
        self.age = if named { 0 } else { self.age.saturating_add(1) };
        let acts = last.filter(|holder| holder.who.is_role());
        if introduced.is_role() && acts.is_none() {
            self.last = introduced;
        } else if let Some(holder) = last {
            self.last = holder.who;
        } else if let ([role], true) = (&distinct[..], named) {
            self.last = Who::Role(*role);
        }
        match (person, last) {
            (Some(person), Some(_)) => self.person = person.who,
            (None, Some(_)) => {}
            _ => self.person = self.last,
        }
        if self.age > MEMORY {
            self.last = Who::Nobody;
            self.person = Who::Nobody;
            self.recent.clear();
        }
    }
}
