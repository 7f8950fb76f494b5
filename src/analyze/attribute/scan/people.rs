//! Somebody is named: who that is, and what becomes of the clause.

use super::{Contrast, Grip, Holder, Scan};
use crate::analyze::Basis;
use crate::analyze::attribute::marks::Part;
use crate::analyze::attribute::mentions::{Mention, Naming, Who};
use crate::analyze::attribute::place::{self, Function};
use crate::document::{Break, Token};
use crate::role::Role;

impl Scan<'_, '_> {
    pub(super) fn mention(&mut self, mention: Mention) {
        let words = self.words;
        let named = Who::of(self.reading.order.last().copied().into_iter().collect());
        let personal = matches!(
            mention.naming,
            Naming::Pointer(Part::He | Part::She | Part::His | Part::Her)
        );
        let here = if personal {
            self.reading.person
        } else {
            self.reading.subject
        };
        let here = here.map_or(Who::Nobody, |holder| holder.who);
        let here = if here == Who::Nobody && self.discourse.last == Who::Nobody {
            named
        } else {
            here
        };
        let Some((who, basis, rival)) = self.meant(&mention, here) else {
            return;
        };
        if matches!(mention.naming, Naming::Name | Naming::Team) {
            let inside = |at: usize| mention.first <= at && at <= mention.last;
            let named = words.named.iter().filter(|(at, _)| inside(*at));
            self.reading.order.extend(named.map(|(_, role)| *role));
        }
        if who == Who::Nobody && self.holder.who != Who::Nobody {
            return;
        }
        let function = place::function(
            words,
            &mention,
            &place::State {
                holder: self.holder,
                has_work: self.open_work().next().is_some(),
                hand: self.hand.is_some(),
                linked_by: self.linked_by,
                clause_start: self.clause_start,
            },
        );
        let holder = Holder {
            who,
            basis,
            mention: words.span(mention.first, mention.last),
            // A role's team may do the role's work; it is not accused of another's.
            grip: if rival.is_role() || mention.naming == Naming::Team {
                Grip::Doubtful
            } else {
                Grip::Own
            },
            second: rival,
        };
        if !matches!(function, Function::Aside | Function::Contrast)
            && let Who::Role(role) = who
        {
            self.reading.actors.insert(role);
        }
        self.apply(function, holder, &mention);
    }

    /// Who is meant, on which basis, and who may be meant as well; `here` acted last in this
    /// unit. None where the mention names nobody.
    fn meant(&mut self, mention: &Mention, here: Who) -> Option<(Who, Basis, Who)> {
        let Naming::Pointer(part) = mention.naming else {
            let basis = match mention.who {
                Who::Joint(_) => Basis::Together,
                _ => Basis::Subject,
            };
            return Some((mention.who, basis, Who::Nobody));
        };
        let speaks = matches!(part, Part::Me | Part::We | Part::You);
        let inside = matches!(part, Part::They | Part::It | Part::You)
            && self.words.inside_work(mention.first, mention.last);
        if speaks && self.speaker() || inside {
            return None;
        }
        let last = self.discourse.last_for(part);
        let second = self.discourse.rival(part, last);
        let who = self.discourse.resolve(part, here, &self.reading.order);
        let doubtful = here == Who::Nobody && who == last;
        let named = doubtful.then(|| self.acts_before(mention, who)).flatten();
        let rival = match (doubtful, named) {
            (true, Some(other)) => Who::Role(other),
            (true, None) => second,
            (false, _) => self.named_since(mention, part, who),
        };
        Some((who, pointer_basis(part), rival))
    }

    /// "explains it to the project manager so that she can plan": whoever is named last may be meant as well.
    fn named_since(&self, pronoun: &Mention, part: Part, who: Who) -> Who {
        let words = self.words;
        let personal = matches!(part, Part::He | Part::She | Part::They);
        let mut before = words.mentions.iter().rev();
        let last =
            before.find(|mention| mention.last < pronoun.first && mention.naming == Naming::Name);
        let close = |last: &&Mention| {
            (last.last + 1..=pronoun.first).all(|at| words.mark(at) != Break::Clause)
        };
        match last.filter(close) {
            Some(last) if personal && last.who.is_role() && last.who != who => last.who,
            _ => Who::Nobody,
        }
    }

    /// Another role that stands before a verb in this unit, so that a pronoun behind it may mean it.
    fn acts_before(&self, pronoun: &Mention, who: Who) -> Option<Role> {
        let words = self.words;
        let before = words.mentions.iter().rfind(|mention| {
            mention.last < pronoun.first
                && mention.naming == Naming::Name
                && words.verb_follows(mention.last)
        })?;
        match before.who {
            Who::Role(role) if before.who != who => Some(role),
            _ => None,
        }
    }

    pub(super) fn apply(&mut self, function: Function, holder: Holder, mention: &Mention) {
        match function {
            Function::Subject => self.subject(holder, mention),
            Function::Agent { negated } => self.agent(holder, negated, mention),
            Function::Delegate => {
                self.open_segment(mention.first);
                self.holder = Holder {
                    basis: if holder.basis == Basis::Subject {
                        Basis::Delegation
                    } else {
                        holder.basis
                    },
                    ..holder
                };
                self.main = None;
            }
            Function::Recipient => {
                let from = self.hand.unwrap_or(self.segment);
                // "He leaves it to her": somebody else than the subject.
                let same = holder.who == self.holder.who;
                let same = same && matches!(mention.naming, Naming::Pointer(_));
                let holder = Holder {
                    who: if same { Who::Other } else { holder.who },
                    basis: Basis::Delegation,
                    ..holder
                };
                self.hand_over(holder, from);
                self.holder = holder;
            }
            Function::Receiver => {
                let holder = Holder {
                    grip: Grip::Doubtful,
                    ..holder
                };
                self.agent(holder, false, mention);
            }
            Function::Helped => self.helped(holder),
            Function::Contrast => self.reading.contrasts.push(Contrast {
                who: holder.who,
                mention: holder.mention,
                clause: self.whole_clause(),
            }),
            Function::Person => {
                if let Who::Role(role) = holder.who {
                    self.discourse.first_person = Some(role);
                }
                self.subject(
                    Holder {
                        basis: Basis::Person,
                        ..holder
                    },
                    mention,
                );
            }
            Function::Aside => self.introduce(holder.who, mention),
        }
    }

    /// Named behind the work: does it, and what follows.
    fn agent(&mut self, holder: Holder, negated: bool, mention: &Mention) {
        let basis = if holder.basis == Basis::Subject {
            Basis::Agent
        } else {
            holder.basis
        };
        let holder = Holder { basis, ..holder };
        // "starts with the customer": nobody else does anything there.
        if holder.who == Who::Other && self.open_work().next().is_none() {
            return;
        }
        self.backward(holder, negated);
        self.linked_by = self.words.left(mention.first).word;
        self.holder = holder;
        self.acted(holder);
        self.main = None;
    }

    /// Does it together with the subject, which may still be to come.
    fn helped(&mut self, holder: Holder) {
        if !holder.who.is_role() {
            return;
        }
        if !self.holder.who.is_role() {
            self.company = holder.who;
            return;
        }
        let (own, more) = (self.holder.who.roles(), holder.who.roles());
        self.holder = Holder {
            who: Who::of(own.iter().chain(more.iter()).collect()),
            basis: Basis::Together,
            mention: holder.mention,
            ..self.holder
        };
    }

    /// "they have a project manager": somebody new who does not act yet.
    fn introduce(&mut self, who: Who, mention: &Mention) {
        let before = mention.first.checked_sub(1);
        let article = before.map_or("", |at| self.words.word(at));
        let new = article.eq_ignore_ascii_case("a") || article.eq_ignore_ascii_case("an");
        if new && mention.naming == Naming::Name {
            self.reading.introduced = who;
        }
    }

    /// Somebody new is the subject from here on.
    pub(super) fn subject(&mut self, holder: Holder, mention: &Mention) {
        let company = std::mem::take(&mut self.company).roles();
        let holder = if company.is_empty() || !holder.who.is_role() {
            holder
        } else {
            let all = company.iter().chain(holder.who.roles().iter()).collect();
            Holder {
                who: Who::of(all),
                basis: Basis::Together,
                ..holder
            }
        };
        let words = self.words;
        let start = self.segment_start.max(self.clause_start);
        let left = words.left(mention.first);
        let neg = words
            .marks
            .of(Part::Not)
            .any(|mark| mark.first >= start.min(left.at) && mark.first < mention.first);
        let doubt = words.marks.of(Part::Doubt);
        let doubted = doubt.filter(|mark| mark.last < mention.first).any(|doubt| {
            let mut but = words.marks.of(Part::But);
            !but.any(|but| doubt.last < but.first && but.first < mention.first)
        });
        if left.mark == Break::Comma {
            self.fronted(holder, mention.first);
        }
        self.object_relative(holder, mention);
        self.cover(holder, mention);
        if self.holder.who != holder.who || self.holder.grip == Grip::Own {
            self.leave_clause();
            self.next_clause();
            self.open_segment(left.at);
        }
        self.clause_start = left.at;
        self.segment_start = left.at;
        self.negated =
            (neg && !self.words.marks.covers(Part::Only, left.word.unwrap_or(0))) || doubted;
        self.modal = words
            .marks
            .covers(Part::Modal, left.word.unwrap_or(usize::MAX));
        self.reported |= self.weighed && holder.who.is_role();
        self.not_to = false;
        self.compared = None;
        self.hand = None;
        self.linked_by = None;
        self.main = None;
        self.holder = holder;
        self.acted(holder);
    }

    /// Whether the unit has said who its first or second person is.
    pub(super) fn speaker(&self) -> bool {
        self.reading
            .subject
            .is_some_and(|holder| holder.basis == Basis::Person && holder.who.is_role())
    }

    /// Remembers who acts, for pronouns; the author is nobody whom a pronoun means.
    pub(super) fn acted(&mut self, holder: Holder) {
        if (holder.who, holder.basis) != (Who::Other, Basis::Person) {
            self.reading.subject = Some(holder);
        }
        let words = self.words;
        let ends_before = |token: &Token| token.span.end < holder.mention.end;
        let last = words.tokens.partition_point(ends_before);
        let plural = words.word(last).ends_with('s') && !words.word(last).ends_with("ss");
        let several = plural || words.marks.ending(Part::Crowd, last).is_some();
        if holder.who.is_role() || holder.who == Who::Other && !several {
            self.reading.person = self.reading.subject;
        }
    }
}

fn pointer_basis(part: Part) -> Basis {
    match part {
        Part::Former | Part::Latter | Part::ThisRole => Basis::Reference,
        Part::Both => Basis::Together,
        Part::Me | Part::We | Part::You => Basis::Person,
        _ => Basis::Pronoun,
    }
}
