//! Who a unit names: roles, their abbreviations, pronouns and other people.

use super::aliases::{Aliases, is_abbreviation};
use super::marks::{Marks, Part};
use crate::document::{Break, Token};
use crate::lexicon::{Hit, Lexicon, Owner};
use crate::role::{Role, RoleSet};

/// Who is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Who {
    /// Not known.
    #[default]
    Nobody,
    /// Somebody who is none of the three roles.
    Other,
    /// One role.
    Role(Role),
    /// Several roles together.
    Joint(RoleSet),
}

impl Who {
    /// Those of a set of roles.
    pub(super) fn of(roles: RoleSet) -> Who {
        let mut iter = roles.iter();
        match (iter.next(), iter.next()) {
            (None, _) => Who::Nobody,
            (Some(role), None) => Who::Role(role),
            _ => Who::Joint(roles),
        }
    }

    /// The roles meant.
    pub(super) fn roles(self) -> RoleSet {
        match self {
            Who::Role(role) => [role].into_iter().collect(),
            Who::Joint(roles) => roles,
            Who::Nobody | Who::Other => RoleSet::EMPTY,
        }
    }

    /// True for one or more of the three roles.
    pub(super) fn is_role(self) -> bool {
        matches!(self, Who::Role(_) | Who::Joint(_))
    }
}

/// How somebody is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// By a role's name or its abbreviation.
    Name,
    /// By the name of a role's team, who are not accused.
    Team,
    /// As somebody else.
    Other,
    /// By a pronoun or phrase that points to somebody.
    Pointer(Part),
}

/// A place in a unit where somebody is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) who: Who,
    pub(super) naming: Naming,
}

/// The cues that name roles.
#[derive(Clone, Debug)]
pub(super) struct NameCues {
    names: [Option<u32>; 3],
    shorts: [Option<u32>; 3],
    words: [Option<u32>; 3],
    unclear: Option<u32>,
    team: Option<u32>,
    /// By index of the cue: whether it is of a role's name, spelled out or short.
    naming: Vec<bool>,
}

/// The parts that point to somebody.
const POINTERS: [Part; 16] = [
    Part::He,
    Part::She,
    Part::They,
    Part::It,
    Part::ThisRole,
    Part::His,
    Part::Her,
    Part::Their,
    Part::Its,
    Part::Former,
    Part::Latter,
    Part::Both,
    Part::Me,
    Part::We,
    Part::You,
    Part::Who,
];

impl NameCues {
    pub(super) fn new(lexicon: &Lexicon) -> NameCues {
        let cues = |kind: &str| Role::SINGLE.map(|role| lexicon.cue(&format!("role.{kind}{role}")));
        let (names, shorts) = (cues(""), cues("short."));
        let unclear = lexicon.cue("role.short.unclear");
        let mut naming = vec![false; lexicon.cues().len()];
        for cue in names.iter().chain(&shorts).chain([&unclear]).flatten() {
            naming[*cue as usize] = true;
        }
        NameCues {
            names,
            shorts,
            words: cues("word."),
            unclear,
            team: lexicon.cue("role.team"),
            naming,
        }
    }

    /// True where `hits` name a role.
    pub(super) fn any(&self, hits: &[Hit]) -> bool {
        let names = |hit: &Hit| matches!(hit.owner, Owner::Cue(cue) if self.naming[cue as usize]);
        hits.iter().any(names)
    }

    /// True for a role's name that is spelled out.
    pub(super) fn spells(&self, hit: &Hit) -> bool {
        self.names
            .iter()
            .flatten()
            .any(|cue| hit.owner == Owner::Cue(*cue))
    }

    /// Everybody whom a unit names, in text order; `aliases` are the abbreviations that the text has introduced.
    pub(super) fn mentions(
        &self,
        text: &str,
        tokens: &[Token],
        hits: &[Hit],
        marks: &Marks,
        aliases: &Aliases,
    ) -> Vec<Mention> {
        let mut all = self.names(text, tokens, hits, aliases);
        self.share_nouns(tokens, hits, marks, &mut all);
        all.sort_by_key(|mention| mention.first);
        let named = all.len();
        let free = |all: &[Mention], first: usize, last: usize| {
            all.iter()
                .all(|other| other.last < first || last < other.first)
        };
        let pointers = POINTERS.iter().flat_map(|part| marks.of(*part));
        for mark in pointers.filter(|mark| mark.part != Part::Who) {
            let aside = matches!(mark.part, Part::Me | Part::We)
                && marks.covers(Part::SelfReport, mark.first);
            if !aside && free(&all[..named], mark.first, mark.last) {
                all.push(Mention {
                    first: mark.first,
                    last: mark.last,
                    who: Who::Nobody,
                    naming: Naming::Pointer(mark.part),
                });
            }
        }
        for mark in marks.of(Part::Other) {
            if free(&all, mark.first, mark.last) {
                all.push(Mention {
                    first: mark.first,
                    last: mark.last,
                    who: Who::Other,
                    naming: Naming::Other,
                });
            }
        }
        all.sort_by_key(|mention| (mention.first, std::cmp::Reverse(mention.last)));
        all.dedup_by(|later, earlier| later.first <= earlier.last);
        all
    }

    pub(super) fn names(
        &self,
        text: &str,
        tokens: &[Token],
        hits: &[Hit],
        aliases: &Aliases,
    ) -> Vec<Mention> {
        let mut all: Vec<Mention> = Vec::new();
        let team = |hit: &Hit| {
            self.team.is_some_and(|cue| {
                hits.iter().any(|other| {
                    other.owner == Owner::Cue(cue)
                        && other.first <= hit.first
                        && hit.last <= other.last
                })
            })
        };
        for hit in hits {
            let Owner::Cue(cue) = hit.owner else { continue };
            let at = |cues: &[Option<u32>; 3]| cues.iter().position(|known| *known == Some(cue));
            let short = at(&self.shorts).is_some() || self.unclear == Some(cue);
            let word = &text[tokens[hit.first as usize].span.range()];
            if short && !is_abbreviation(word) {
                continue;
            }
            let who = match (at(&self.names).or(at(&self.shorts)), aliases.get(word)) {
                (_, Some(Some(role))) if short => Who::Role(role),
                (_, Some(None)) if short => Who::Other,
                (Some(role), _) => Who::Role(Role::SINGLE[role]),
                (None, _) if short => Who::Other,
                _ => continue,
            };
            let mention = Mention {
                first: hit.first as usize,
                last: hit.last as usize,
                who,
                naming: if team(hit) {
                    Naming::Team
                } else {
                    Naming::Name
                },
            };
            keep_longest(&mut all, mention);
        }
        for (at, token) in tokens.iter().enumerate() {
            let Some(role) = aliases.own(token.span.of(text)) else {
                continue;
            };
            let mention = Mention {
                first: at,
                last: at,
                who: Who::Role(role),
                naming: Naming::Name,
            };
            keep_longest(&mut all, mention);
        }
        all
    }

    /// Adds the roles of "product and project managers" whose noun stands behind the last one.
    fn share_nouns(&self, tokens: &[Token], hits: &[Hit], marks: &Marks, all: &mut [Mention]) {
        let role_word = |at: usize| {
            let cue = |hit: &&Hit| hit.first as usize == at && hit.last as usize == at;
            hits.iter().filter(cue).find_map(|hit| match hit.owner {
                Owner::Cue(cue) => self
                    .words
                    .iter()
                    .position(|word| *word == Some(cue))
                    .map(|role| Role::SINGLE[role]),
                Owner::Entry(_) => None,
            })
        };
        for mention in all
            .iter_mut()
            .filter(|mention| mention.naming == Naming::Name)
        {
            let mut at = mention.first;
            let mut roles = mention.who.roles();
            loop {
                let comma = tokens[at].before == Break::Comma;
                let and = at > 0 && marks.covers(Part::And, at - 1);
                let slash = at > 0
                    && tokens[at].before == Break::None
                    && tokens[at].span.start == tokens[at - 1].span.end + 1;
                let before = if and {
                    at.checked_sub(2)
                } else {
                    at.checked_sub(1)
                };
                let Some(before) = before.filter(|_| comma || and || slash) else {
                    break;
                };
                let Some(role) = role_word(before) else { break };
                roles.insert(role);
                at = before;
            }
            mention.first = at;
            mention.who = Who::of(roles);
        }
    }
}

fn keep_longest(all: &mut Vec<Mention>, mention: Mention) {
    let shares = |other: &Mention| other.first <= mention.last && mention.first <= other.last;
    let len = |mention: &Mention| mention.last - mention.first;
    if all
        .iter()
        .any(|other| shares(other) && len(other) >= len(&mention))
    {
        return;
    }
    all.retain(|other| !shares(other));
    all.push(mention);
}

/// Joins names that stand side by side, "the product manager and the project
/// manager", unless the second begins a clause of its own.
pub(super) fn join(
    tokens: &[Token],
    marks: &Marks,
    mentions: &mut Vec<Mention>,
    begins_clause: impl Fn(&Mention, &Mention) -> bool,
) {
    let mut at = 0;
    while at + 1 < mentions.len() {
        let (one, other) = (mentions[at], mentions[at + 1]);
        let named = |mention: &Mention| mention.naming == Naming::Name;
        let third = mentions.get(at + 2).filter(|third| named(third));
        let listed =
            third.is_some_and(|third| side_by_side(tokens, marks, &other, third) != Beside::No);
        let beside = match side_by_side(tokens, marks, &one, &other) {
            Beside::No => false,
            Beside::Comma => listed,
            Beside::Joined => true,
        };
        if named(&one) && named(&other) && beside && !begins_clause(&one, &other) {
            let roles = one
                .who
                .roles()
                .iter()
                .chain(other.who.roles().iter())
                .collect();
            mentions[at].who = Who::of(roles);
            mentions[at].last = other.last;
            mentions.remove(at + 1);
        } else {
            at += 1;
        }
    }
}

/// How two names stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Beside {
    No,
    /// With a comma between: two of a list, if a third follows.
    Comma,
    /// With "and", "or", "together with" between.
    Joined,
}

fn side_by_side(tokens: &[Token], marks: &Marks, one: &Mention, other: &Mention) -> Beside {
    let mut beside = Beside::No;
    let next = one.last + 1;
    for (at, token) in (next..).zip(&tokens[next..=other.first]) {
        match token.before {
            Break::Clause => return Beside::No,
            Break::Comma => beside = beside.max(Beside::Comma),
            Break::None => {}
        }
        if at == other.first {
            break;
        }
        let and = marks.covers(Part::And, at) && !marks.covers(Part::Rather, at);
        let with = marks
            .of(Part::Help)
            .any(|mark| mark.first <= at && at <= mark.last && mark.last > mark.first);
        if and || with {
            beside = Beside::Joined;
        } else if !marks.covers(Part::Determiner, at) {
            return Beside::No;
        }
    }
    beside
}
