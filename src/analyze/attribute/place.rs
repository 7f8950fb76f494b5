//! What somebody named does in the clause: subject, agent, receiver or bystander.

use super::forms::{negated, other, owned, possessive};
use super::marks::Part;
use super::mentions::{Mention, Naming, Who};
use super::phrases::{
    follows_discipline, gapped, is_cleft, is_discipline, is_governed, is_predicate, is_speaker,
    says, to_follows,
};
use super::scan::{Grip, Holder};
use super::words::{Left, Words};
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
    /// Gets what was named before, perhaps only to work with it.
    Receiver,
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

/// A mention behind a word of its clause.
struct Behind<'m, 'w, 'a> {
    words: &'w Words<'a>,
    mention: &'m Mention,
    state: &'m State,
    left: Left,
    word: usize,
}

/// Words behind which a subject may stand.
const OPENERS: [Part; 21] = [
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

/// What `mention` does in its clause.
pub(super) fn function(words: &Words<'_>, mention: &Mention, state: &State) -> Function {
    let left = words.left(mention.first);
    if let Some(function) = by_form(words, mention, left, state) {
        return function;
    }
    let Some(word) = left.word.filter(|_| left.mark != Break::Clause) else {
        // "Fields: product management, project tracking, …"
        let listed = left.at > 0 && words.mark(mention.last + 1) != Break::None;
        return if listed && is_discipline(words, mention) {
            Function::Aside
        } else {
            Function::Subject
        };
    };
    if left.mark == Break::Comma {
        if is_discipline(words, mention)
            && !says(words, mention.last + 1)
            && !follows_discipline(words, mention)
        {
            return Function::Aside;
        }
        let verb = words.verb_follows(mention.last);
        return after_comma(words, mention, state, verb);
    }
    let behind = Behind {
        words,
        mention,
        state,
        left,
        word,
    };
    let function = behind.set_apart().or_else(|| behind.governed());
    let function = function.or_else(|| behind.inverted());
    let function = function.or_else(|| behind.with_preposition());
    function
        .or_else(|| behind.with_copula())
        .unwrap_or_else(|| behind.opened())
}

/// Possessives and other people, whose form decides.
fn by_form(words: &Words<'_>, mention: &Mention, left: Left, state: &State) -> Option<Function> {
    let naming = mention.naming;
    let object = naming == Naming::Pointer(Part::Her) && !words.verb_follows(mention.last);
    let owns = matches!(
        naming,
        Naming::Pointer(Part::His | Part::Her | Part::Their | Part::Its)
    );
    if owns && !(object && is_governed(words, left)) {
        return Some(possessive(words, mention, left, state));
    }
    if words.is_possessive(mention) {
        return Some(if words.duty_follows(mention.last) {
            possessive(words, mention, left, state)
        } else if let Some(negated) = owned(words, mention, left, state) {
            Function::Agent { negated }
        } else {
            Function::Aside
        });
    }
    (naming == Naming::Other).then(|| other(words, mention, left))
}

impl Behind<'_, '_, '_> {
    /// How many words the mark of that part has that ends before the mention.
    fn ends(&self, part: Part) -> Option<usize> {
        let mark = self.words.marks.ending(part, self.word)?;
        Some(mark.last - mark.first + 1)
    }

    fn verb(&self) -> bool {
        self.words.verb_follows(self.mention.last)
    }

    /// "rather than", "not", "as" before the mention.
    fn set_apart(&self) -> Option<Function> {
        let (words, word) = (self.words, self.word);
        if words.marks.covers(Part::Rather, word) {
            if self.words.is(word, "without") {
                return Some(Function::Aside);
            }
            return Some(Function::Contrast);
        }
        if self.is_set_against() {
            return Some(Function::Contrast);
        }
        if self.words.is(word, "never") && words.mark(word) == Break::Comma {
            return Some(Function::Contrast);
        }
        if self.words.is(word, "not") {
            return Some(negated(words, self.mention, self.left, word, self.state));
        }
        if self.ends(Part::As).is_some() && is_speaker(words, self.mention, word) {
            return Some(Function::Person);
        }
        let inner = word > self.state.clause_start && words.mark(word) == Break::None;
        if inner
            && self.words.is(word, "as")
            && words.marks.ending(Part::Employed, word - 1).is_some()
        {
            return Some(Function::Subject);
        }
        (inner && self.words.is(word, "as")).then_some(Function::Aside)
    }

    /// "by the project manager and not by the program manager", "a call for her, not for him".
    fn is_set_against(&self) -> bool {
        let (words, word) = (self.words, self.word);
        let same = self
            .state
            .linked_by
            .is_some_and(|linked| words.is(linked, words.word(word)));
        let Some(before) = word
            .checked_sub(1)
            .filter(|_| words.mark(word) == Break::None)
        else {
            return false;
        };
        same && (words.marks.covers(Part::Rather, before) || self.words.is(before, "not"))
    }

    /// A verb of helping or asking, or a word that links work to whom it belongs.
    fn governed(&self) -> Option<Function> {
        let words = self.words;
        let help = self.ends(Part::Help).unwrap_or(0);
        let link = self.ends(Part::Link).unwrap_or(0);
        let person = matches!(self.mention.naming, Naming::Name | Naming::Pointer(_));
        if help > 0 && help >= link && person {
            return Some(Function::Helped);
        }
        if link > 0 {
            return Some(Function::Agent { negated: false });
        }
        if self.ends(Part::Receive).is_some() {
            return Some(Function::Receiver);
        }
        if self.ends(Part::Delegate).is_none() || self.ends(Part::Report).is_some() && self.verb() {
            return None;
        }
        let next = self.mention.last + 1;
        let hands = |at: usize| {
            self.words.is(at, "with") || self.words.is(at, "for") && self.words.is(self.word, "on")
        };
        let none = words.mark(next) != Break::None
            || (words.marks.starts(Part::Prep, next)
                && !hands(next)
                && !to_follows(words, self.mention.last))
            || [Part::Because, Part::Embedded, Part::Which, Part::That]
                .into_iter()
                .any(|part| words.marks.starts(part, next))
            || words.marks.starts(Part::To, next) && words.marks.starts(Part::Determiner, next + 1);
        Some(if none {
            Function::Aside
        } else {
            Function::Delegate
        })
    }

    /// "to the program manager falls", "just as central for a product manager is": the subject comes behind.
    fn inverted(&self) -> Option<Function> {
        let (words, word, next) = (self.words, self.word, self.mention.last + 1);
        let preposition = self
            .ends(Part::To)
            .or_else(|| self.ends(Part::Prep))
            .is_some();
        let verb = words.marks.starts(Part::Falls, next) || words.marks.starts(Part::Copula, next);
        let start = self.state.clause_start;
        let central = word > start && words.marks.ending(Part::Central, word - 1).is_some();
        let first = word == start || central && !words.is_said(start, word);
        let belongs = ["to", "for", "with", "on", "upon", "of"]
            .into_iter()
            .any(|preposition| self.words.is(word, preposition));
        (preposition && belongs && verb && first && words.mark(next) == Break::None)
            .then_some(Function::Subject)
    }

    fn with_preposition(&self) -> Option<Function> {
        let (words, word) = (self.words, self.word);
        let linked = |by: &str| {
            self.state
                .linked_by
                .is_some_and(|linked| self.words.is(linked, by))
        };
        if self.ends(Part::To).is_some() {
            return Some(match (linked("to"), self.state.hand) {
                (_, true) => Function::Recipient,
                (true, false) => Function::Agent { negated: false },
                (false, false) => Function::Aside,
            });
        }
        self.ends(Part::Prep)?;
        if self.mention.naming == Naming::Name && gapped(words, self.mention) {
            return Some(Function::Subject);
        }
        let field = self.words.is(word, "in") && is_discipline(words, self.mention);
        if (self.words.is(word, "for") || field) && self.has_daily_bread() {
            return Some(Function::Subject);
        }
        if self.words.is(word, "for") && words.marks.starts(Part::To, self.mention.last + 1) {
            return Some(Function::Delegate);
        }
        let acting = self.words.is(word, "with") && words.is_gerund(self.mention.last + 1);
        Some(match (linked(words.word(word)), acting) {
            (true, _) => Function::Agent { negated: false },
            (_, true) => Function::Subject,
            _ => Function::Aside,
        })
    }

    /// "For product managers, pricing is the daily bread."
    fn has_daily_bread(&self) -> bool {
        let (words, next) = (self.words, self.mention.last + 1);
        let end = (next + 1..words.tokens.len())
            .find(|at| words.mark(*at) == Break::Clause)
            .unwrap_or(words.tokens.len());
        let is = |at: usize| words.marks.starts(Part::Copula, at);
        let first = self.word == self.state.clause_start;
        let new = words.mark(next) == Break::Comma || words.marks.starts(Part::Determiner, next);
        first
            && new
            && (next..end).any(|at| {
                let near = next..end.min(at + 5);
                is(at)
                    && near
                        .into_iter()
                        .any(|at| words.marks.starts(Part::Duty, at))
            })
    }

    fn with_copula(&self) -> Option<Function> {
        self.ends(Part::Copula).filter(|_| self.word != 0)?;
        let (words, state) = (self.words, self.state);
        if is_cleft(words, self.word) || is_predicate(words, self.mention, self.word) {
            return Some(Function::Subject);
        }
        Some(
            match (state.has_work, state.holder.who, state.holder.grip) {
                (true, _, _) => Function::Agent { negated: false },
                (_, Who::Role(_) | Who::Joint(_), Grip::Own) => Function::Aside,
                _ => Function::Subject,
            },
        )
    }

    /// "Pricing is what product managers are paid for": whether it is said not to be; none for other clauses.
    fn passion(&self) -> Option<bool> {
        let (words, before) = (self.words, self.word.checked_sub(1)?);
        let what = self.words.is(self.word, "what") && words.mark(self.word) == Break::None;
        let negated = self.words.is(before, "not");
        let copula = before.checked_sub(usize::from(negated))?;
        let copula = words.marks.covers(Part::Copula, copula);
        (what && copula && self.state.has_work && self.verb()).then_some(negated)
    }

    /// Any other word before the mention.
    fn opened(&self) -> Function {
        if let Some(negated) = self.passion() {
            return Function::Agent { negated };
        }
        let (state, naming, verb) = (self.state, self.mention.naming, self.verb());
        let opened = OPENERS.into_iter().any(|part| self.ends(part).is_some());
        if !opened && is_discipline(self.words, self.mention) {
            return Function::Aside;
        }
        let embeds = [Part::Embedded, Part::Which, Part::Who]
            .into_iter()
            .any(|part| self.ends(part).is_some());
        // "hands the project manager a list", "tells her the date"
        let given = self.ends(Part::Hand).is_some()
            && self
                .words
                .marks
                .starts(Part::Determiner, self.mention.last + 1);
        let object = self.ends(Part::PersonVerb).is_some() && !verb || given;
        if embeds && matches!(naming, Naming::Pointer(_)) || object {
            return Function::Aside;
        }
        // "works with the designers and the product owner to …"
        let beside = self.ends(Part::And).is_some()
            && self
                .words
                .mentions
                .iter()
                .any(|other| other.naming == Naming::Other && other.last + 1 == self.word);
        if beside && !verb {
            return Function::Aside;
        }
        let settled = state.holder.who != Who::Nobody && state.holder.grip == Grip::Own;
        match (opened, verb, settled) {
            (_, true, _) | (true, _, false) | (false, false, false) => Function::Subject,
            (_, false, true) if naming == Naming::Name && gapped(self.words, self.mention) => {
                Function::Subject
            }
            _ => Function::Aside,
        }
    }
}

fn after_comma(words: &Words<'_>, mention: &Mention, state: &State, verb: bool) -> Function {
    let settled = state.holder.who.is_role() && state.holder.grip == Grip::Own;
    let aside = words.mark(mention.last + 1) != Break::None;
    let gapped = mention.naming == Naming::Name && gapped(words, mention);
    if gapped || verb || !settled || !aside && !words.marks.starts(Part::Prep, mention.last + 1) {
        Function::Subject
    } else {
        Function::Aside
    }
}
