//! The words between clauses: where one begins, who goes on acting, and whose words they are.

use super::{Grip, Holder, Scan};
use crate::analyze::Basis;
use crate::analyze::attribute::marks::{Mark, Part};
use crate::analyze::attribute::mentions::{Mention, Naming, Who};
use crate::analyze::attribute::words::Words;
use crate::document::Break;

impl Scan<'_, '_> {
    pub(super) fn clause_mark(&mut self, at: usize) {
        let gap = self.words.gap(at).to_owned();
        let colon = gap.contains([':', '(']);
        self.open_clause(at);
        if !colon {
            self.negated = false;
            self.supposed = false;
        }
        if gap.contains(';') {
            self.reported = self.asked;
            self.weighed = false;
        }
    }

    pub(super) fn comma(&mut self, at: usize) {
        self.open_segment(at);
        self.supposed = false;
        if let Some(main) = self.main.take() {
            let relative = self.holder;
            self.holder = main;
            if relative.who != main.who {
                self.holder.grip = Grip::Doubtful;
                self.holder.second = relative.who;
            }
        }
    }

    pub(super) fn but(&mut self, mark: &Mark) {
        // "She does not, however, plan": put in between, it opens nothing.
        let words = self.words;
        let between = |at: usize| words.mark(at) == Break::Comma;
        if between(mark.first) && between(mark.last + 1) {
            return;
        }
        self.open_clause(mark.first);
        self.negated = false;
        self.reported = self.asked;
        self.weighed = false;
        self.supposed = false;
    }

    pub(super) fn subordinate(&mut self, mark: &Mark) {
        self.open_clause(mark.first);
        self.negated = false;
        let next = mark.last + 1;
        if !self.words.is_gerund(next) {
            self.holder.grip = Grip::Doubtful;
        }
    }

    pub(super) fn which(&mut self, at: usize) {
        let adjacent = self
            .previous
            .filter(|mention| mention.last + 1 == at && mention.who != Who::Nobody);
        if adjacent.is_some() {
            return self.who(at);
        }
        // "checks which tasks are late" is the subject's work.
        if self.words.mark(at) != Break::None {
            self.open_clause(at);
            self.negated = false;
            self.holder.grip = Grip::Doubtful;
        }
    }

    pub(super) fn that(&mut self, at: usize) {
        let reporting = at > 0
            && [Part::Report, Part::SelfReport, Part::According, Part::Doubt]
                .iter()
                .any(|part| self.words.marks.covers(*part, at - 1));
        self.open_segment(at);
        if reporting {
            let negated = self.negated;
            self.open_clause(at);
            self.holder = Holder::default();
            self.negated = negated && self.words.marks.has(Part::Doubt);
        } else if !self.words.marks.covers(Part::Sure, at) && self.holder.grip != Grip::Doubtful {
            // "trusts that the dates will be kept": somebody else keeps them.
            let used = at > 0 && self.words.marks.ending(Part::Use, at - 1).is_some();
            self.holder.grip = if used || self.is_of_thing(at) {
                Grip::Doubtful
            } else {
                Grip::Taken
            };
        }
    }

    /// "does work that drives the program": what a thing does is not always its maker's own work.
    fn is_of_thing(&self, that: usize) -> bool {
        let words = self.words;
        let named = |mention: &Mention| mention.last + 1 == that;
        words.works.iter().any(|work| work.first == that + 1)
            && !words.mentions.iter().any(named)
            && !words.marks.covers(Part::Person, that)
    }

    /// A relative clause: its subject is the one named just before it.
    pub(super) fn who(&mut self, at: usize) {
        let words = self.words;
        self.open_segment(at);
        let Some(mention) = self.previous else { return };
        let adjacent = mention.last + 1 == at;
        let near = mention.naming == Naming::Name
            && at - mention.last <= 7
            && words.marks.starts(Part::Prep, mention.last + 1)
            && !(mention.last + 1..at).any(|at| {
                words.mark(at) != Break::None
                    || words.marks.covers(Part::Copula, at)
                    || words.marks.covers(Part::Finite, at)
            });
        // "the project manager, not the product manager, who …": the one who does it.
        let set_apart = words.left(mention.first).word.is_some_and(|word| {
            words.is_any(word, &["not", "never"]) || words.marks.covers(Part::Rather, word)
        });
        if set_apart {
            return;
        }
        let antecedent = match (adjacent || near, mention.who) {
            (true, Who::Nobody) => return,
            (true, who) if who == self.holder.who => return,
            (true, who) => who,
            // "decides who works on what" is the subject's work.
            (false, _) => return,
        };
        if self.main.is_none() {
            self.main = Some(self.holder);
        }
        self.holder = Holder {
            who: antecedent,
            basis: Basis::Relative,
            mention: words.span(mention.first, mention.last),
            ..Holder::default()
        };
        self.negated = false;
    }

    /// "the person who": somebody new after a conjunction, else the subject.
    pub(super) fn person(&mut self, at: usize) {
        if self.words.left(at).at == self.clause_start && self.holder.grip != Grip::Own {
            self.holder = Holder::default();
            // "What is a product manager? Someone who …"
            if at == 0 && self.discourse.asked {
                self.holder.who = self.discourse.last;
                self.holder.basis = Basis::Pronoun;
            }
        }
        self.open_segment(at);
    }

    pub(super) fn and(&mut self, mark: &Mark) {
        let next = mark.last + 1;
        let words = self.words;
        self.open_segment(mark.first);
        if self.is_new_subject(next) {
            self.open_clause(mark.first);
            self.negated = false;
            self.holder = Holder::default();
            return;
        }
        if self.negated && self.did_not && next < words.tokens.len() && !words.is(mark.first, "or")
        {
            let third =
                |at: usize| words.word(at).ends_with('s') && !words.word(at).ends_with("ss");
            let also =
                words.marks.covers(Part::Finite, next) || words.marks.covers(Part::Copula, next);
            if third(next) || also {
                self.negated = false;
            }
        }
        // "may plan and set": the modal holds for both plain forms.
        let shared = next < words.tokens.len() && words.works.iter().any(|work| work.first == next);
        if !(shared && self.modal && !words.word(next).ends_with('s')) {
            self.modal = false;
        }
    }

    /// "and that list is used to plan": a thing that is said to be something.
    fn is_new_subject(&self, at: usize) -> bool {
        let words = self.words;
        let inside = |at: &usize| *at < words.tokens.len() && words.mark(*at) == Break::None;
        let thing =
            at < words.tokens.len() && words.is_any(at, &["this", "that", "these", "those", "the"]);
        let plain = |at: usize| {
            !words
                .mentions
                .iter()
                .any(|mention| mention.first <= at && at <= mention.last)
                && !words
                    .works
                    .iter()
                    .any(|work| work.first <= at && at <= work.last)
        };
        let ensured = words.marks.of(Part::Sure).any(|sure| sure.last < at);
        let copula = (at + 2..at + 4)
            .take_while(inside)
            .find(|at| words.marks.starts(Part::Copula, *at));
        thing && !ensured && copula.is_some_and(|copula| (at..copula).all(plain))
    }

    /// "does not plan and keeps": behind *do* only the plain form is denied.
    pub(super) fn not(&mut self, mark: &Mark) {
        if self.is_ensured(mark.first) {
            return;
        }
        let word = self.words.word(mark.first).to_ascii_lowercase();
        let named = |mention: &Mention| {
            mention.who.is_role() && self.words.left(mention.first).at == mark.last + 1
        };
        let apart = word == "not" || word == "never" && self.words.mark(mark.first) == Break::Comma;
        if apart && self.words.mentions.iter().any(named) {
            return;
        }
        let before = mark
            .first
            .checked_sub(1)
            .map_or("", |at| self.words.word(at));
        self.negated = true;
        // Who cannot do it under some condition is not said not to do it.
        self.modal |= ["cannot", "can't", "cant"].contains(&word.as_str()) || before == "can";
        // "One who does not plan is a bad manager" denies no duty.
        // A cell or item that says "no" denies no duty of whoever stands above it.
        let placed = [Basis::Row, Basis::Column, Basis::Heading, Basis::List];
        self.not_to = restricts(self.words, mark.first)
            || placed.contains(&self.holder.basis)
            || word == "not" && self.words.marks.starts(Part::To, mark.last + 1);
        self.did_not = word.starts_with("do")
            || word.starts_with("did")
            || ["do", "does", "did"].contains(&before);
    }

    /// "makes sure that no money is lost": what is prevented is no denial.
    pub(super) fn is_ensured(&self, not: usize) -> bool {
        let words = self.words;
        let mut sure = words.marks.of(Part::Sure);
        sure.any(|sure| {
            self.clause_start <= sure.first
                && sure.last < not
                && (sure.last + 1..=not).all(|at| words.mark(at) != Break::Clause)
        })
    }

    /// "cares less about the market than about the dates": less of one is no denial of a duty.
    pub(super) fn less(&mut self, less: bool) {
        self.compared = less.then_some(Part::Less);
        self.negated = less;
        self.not_to = less;
    }

    /// Behind "than" stands the other side of the comparison.
    pub(super) fn than(&mut self) {
        match self.compared.take() {
            Some(Part::Less) => self.less(false),
            Some(_) => {
                self.less(true);
                self.compared = None;
            }
            None => {}
        }
    }

    pub(super) fn rather(&mut self, mark: &Mark) {
        self.open_segment(mark.first);
        let next = mark.last + 1;
        let names = self
            .words
            .mentions
            .iter()
            .any(|mention| mention.who.is_role() && self.words.left(mention.first).at == next);
        // What somebody puts something else before is not denied to be their duty.
        if !names {
            self.negated = true;
            self.not_to = true;
        }
    }
}

/// True where a denial stands in a relative clause that says which of its kind is meant: "one who never plans".
fn restricts(words: &Words<'_>, not: usize) -> bool {
    let relative = |at: &usize| words.is_any(*at, &["who", "that"]);
    let Some(who) = (not.saturating_sub(2)..not).find(relative) else {
        return false;
    };
    let named = |mention: &Mention| mention.naming == Naming::Name && mention.last + 1 == who;
    words.mark(who) == Break::None && words.mentions.iter().any(named)
}
