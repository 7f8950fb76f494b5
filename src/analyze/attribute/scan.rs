//! Reads a unit from left to right, clause by clause, and says of each match who does it.

use super::discourse::{Discourse, Place};
use super::marks::{Mark, Part};
use super::mentions::{Mention, Naming, Who};
use super::place::{self, Function};
use super::words::{Words, Work};
use crate::analyze::Basis;
use crate::document::Break;
use crate::role::Role;
use crate::span::Span;

/// Who is held to do the work of the clause at hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Holder {
    pub(super) who: Who,
    pub(super) basis: Basis,
    pub(super) mention: Span,
    pub(super) grip: Grip,
    /// Another reading: who else may be meant.
    pub(super) second: Who,
}

/// How firmly a holder stands in its clause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Grip {
    /// Named in this clause.
    #[default]
    Own,
    /// Taken over from the clause before, or from a heading.
    Taken,
    /// Perhaps: only what is the holder's own work counts as its.
    Doubtful,
}

/// What was said of one match.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finding {
    pub(super) work: Work,
    pub(super) holder: Holder,
    pub(super) negated: bool,
    pub(super) reported: bool,
    pub(super) modal: bool,
    /// Whether the denial is only of a purpose.
    pub(super) not_to: bool,
    pub(super) clause: u32,
    pub(super) segment: u32,
}

/// A role that is set against the one who does it: "rather than the project manager".
#[derive(Clone, Copy, Debug)]
pub(super) struct Contrast {
    pub(super) who: Who,
    pub(super) mention: Span,
    pub(super) clause: u32,
}

/// All that reading a unit shows.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) findings: Vec<Finding>,
    pub(super) contrasts: Vec<Contrast>,
    /// Roles in the order of their mentions.
    pub(super) order: Vec<Role>,
    /// A role that the unit introduces without letting it act: "they have a project manager".
    pub(super) introduced: Who,
    /// The last one who was a subject, and the holder at the end.
    pub(super) subject: Option<Holder>,
    pub(super) end: Holder,
    pub(super) end_negated: bool,
    /// Clause of each token, and its holder when the clause was left.
    pub(super) clauses: Vec<(usize, Holder, bool, bool)>,
}

/// The state of the reading.
pub(super) struct Scan<'w, 'a> {
    words: &'w Words<'a>,
    discourse: &'w mut Discourse,
    reading: Reading,
    holder: Holder,
    /// The main clause's holder while a relative clause is open.
    main: Option<Holder>,
    clause_start: usize,
    segment_start: usize,
    clause: u32,
    segment: u32,
    negated: bool,
    /// Who is named as doing it together with a subject still to come.
    company: Who,
    /// Whether the denial stands with *do*.
    did_not: bool,
    /// Whether "whether" stands before: a role behind it is asked about.
    weighed: bool,
    /// Whether it is of a purpose: "is there to plan, not to code".
    not_to: bool,
    reported: bool,
    modal: bool,
    supposed: bool,
    /// Whether the unit as a whole is a question, which no clause ends.
    asked: bool,
    hand: Option<u32>,
    linked_by: Option<usize>,
    previous: Option<Mention>,
}

/// Reads a unit; `place` is whom its heading, list or column puts in charge.
pub(super) fn read(
    words: &Words<'_>,
    discourse: &mut Discourse,
    place: Option<(Place, Basis)>,
    reported: bool,
) -> Reading {
    let (holder, negated) = place.map_or((Holder::default(), false), |(place, basis)| {
        let holder = Holder {
            who: place.who,
            basis,
            mention: place.mention,
            grip: Grip::Taken,
            second: Who::Nobody,
        };
        (holder, place.negated)
    });
    let mut scan = Scan {
        words,
        discourse,
        reading: Reading::default(),
        holder,
        main: None,
        clause_start: 0,
        segment_start: 0,
        clause: 0,
        segment: 0,
        negated,
        company: Who::Nobody,
        did_not: false,
        not_to: false,
        weighed: false,
        reported,
        modal: false,
        supposed: false,
        asked: reported,
        hand: None,
        linked_by: None,
        previous: None,
    };
    scan.run();
    scan.reading
}

impl Scan<'_, '_> {
    fn run(&mut self) {
        let words = self.words;
        let (mut mentions, mut works) = (
            words.mentions.iter().peekable(),
            words.works.iter().peekable(),
        );
        for at in 0..words.tokens.len() {
            let inside = self
                .previous
                .is_some_and(|mention| mention.first <= at && at <= mention.last);
            if !inside {
                self.mark(at);
            }
            while let Some(mention) = mentions.next_if(|mention| mention.first == at) {
                self.mention(*mention);
                self.previous = Some(*mention);
            }
            while let Some(work) = works.next_if(|work| work.first == at) {
                self.work(*work);
            }
        }
        self.leave_clause();
        self.postposed();
        self.reading.end = self.holder;
        self.reading.end_negated = self.negated;
    }

    /// Whatever begins at token `at` besides mentions and matches.
    fn mark(&mut self, at: usize) {
        let words = self.words;
        match words.mark(at) {
            Break::Clause if at > 0 => self.clause_mark(at),
            Break::Comma => self.comma(at),
            _ => {}
        }
        let here: Vec<Mark> = words
            .marks
            .iter()
            .filter(|mark| mark.first == at)
            .copied()
            .collect();
        for mark in here {
            match mark.part {
                Part::But => self.but(&mark),
                Part::While | Part::Because => self.subordinate(&mark),
                Part::Which => self.which(at),
                Part::That => self.that(at),
                Part::Who => self.who(at),
                Part::Person => self.person(at),
                Part::And => self.and(&mark),
                Part::If => {
                    self.open_clause(at);
                    self.supposed = true;
                }
                Part::Not => self.not(&mark),
                Part::Rather => self.rather(&mark),
                Part::Modal => self.modal = true,
                Part::Hand => self.hand = Some(self.segment),
                Part::Whether | Part::According | Part::Suppose => self.reported = true,
                Part::Weigh => self.weighed = true,
                Part::Doubt => self.negated = true,
                Part::Report => self.report(&mark),
                _ => {}
            }
        }
    }

    fn open_segment(&mut self, at: usize) {
        self.segment += 1;
        self.segment_start = at;
    }

    /// A new clause begins at `at`; who does its work stays until somebody else is named.
    fn open_clause(&mut self, at: usize) {
        self.leave_clause();
        self.clause += 1;
        self.clause_start = at;
        self.open_segment(at);
        self.modal = false;
        self.hand = None;
        if let Some(main) = self.main.take() {
            self.holder = main;
        }
        if self.holder.grip == Grip::Own {
            self.holder.grip = Grip::Taken;
        }
    }

    fn leave_clause(&mut self) {
        self.reading.clauses.push((
            self.clause_start,
            self.holder,
            self.negated,
            self.reported || self.supposed,
        ));
    }

    fn clause_mark(&mut self, at: usize) {
        let gap = self.words.gap(at).to_owned();
        let colon = gap.contains([':', '(']);
        self.open_clause(at);
        if !colon {
            self.negated = false;
            self.supposed = false;
        }
        if gap.contains(';') {
            self.reported = self.asked;
        }
    }

    fn comma(&mut self, at: usize) {
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

    fn but(&mut self, mark: &Mark) {
        self.open_clause(mark.first);
        self.negated = false;
        self.reported = self.asked;
        self.supposed = false;
    }

    fn subordinate(&mut self, mark: &Mark) {
        self.open_clause(mark.first);
        self.negated = false;
        let next = mark.last + 1;
        if !self.words.is_gerund(next) {
            self.holder.grip = Grip::Doubtful;
        }
    }

    fn which(&mut self, at: usize) {
        let adjacent = self
            .previous
            .filter(|mention| mention.last + 1 == at && mention.who != Who::Nobody);
        if adjacent.is_some() {
            return self.who(at);
        }
        // "checks which tasks are late" is the subject's work.
        if self.words.mark(at) != Break::None {
            self.open_clause(at);
            self.holder.grip = Grip::Doubtful;
        }
    }

    fn that(&mut self, at: usize) {
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
            self.holder.grip = Grip::Taken;
        }
    }

    /// A relative clause: its subject is the one named just before it.
    fn who(&mut self, at: usize) {
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
    fn person(&mut self, at: usize) {
        if self.words.left(at).at == self.clause_start && self.holder.grip != Grip::Own {
            self.holder = Holder::default();
        }
        self.open_segment(at);
    }

    fn and(&mut self, mark: &Mark) {
        let next = mark.last + 1;
        let words = self.words;
        self.open_segment(mark.first);
        if self.negated
            && self.did_not
            && next < words.tokens.len()
            && !words.word(mark.first).eq_ignore_ascii_case("or")
        {
            let third =
                |at: usize| words.word(at).ends_with('s') && !words.word(at).ends_with("ss");
            let also =
                words.marks.covers(Part::Finite, next) || words.marks.covers(Part::Copula, next);
            if third(next) || also {
                self.negated = false;
            }
        }
        self.modal = false;
    }

    /// "does not plan and keeps": behind *do* only the plain form is denied.
    fn not(&mut self, mark: &Mark) {
        let word = self.words.word(mark.first).to_ascii_lowercase();
        let named = |mention: &Mention| {
            mention.who.is_role() && self.words.left(mention.first).at == mark.last + 1
        };
        if word == "not" && self.words.mentions.iter().any(named) {
            return;
        }
        let before = mark
            .first
            .checked_sub(1)
            .map_or("", |at| self.words.word(at));
        self.negated = true;
        self.not_to = word == "not" && self.words.marks.starts(Part::To, mark.last + 1);
        self.did_not = word.starts_with("do")
            || word.starts_with("did")
            || ["do", "does", "did"].contains(&before);
    }

    fn rather(&mut self, mark: &Mark) {
        self.open_segment(mark.first);
        let next = mark.last + 1;
        let names = self
            .words
            .mentions
            .iter()
            .any(|mention| mention.who.is_role() && self.words.left(mention.first).at == next);
        if !names {
            self.negated = true;
        }
    }

    /// A verb of saying counts where a clause or quotation follows.
    fn report(&mut self, mark: &Mark) {
        let words = self.words;
        let own = words.marks.iter().any(|other| {
            matches!(other.part, Part::SelfReport | Part::Doubt)
                && other.first <= mark.first
                && mark.last <= other.last
        });
        let next = mark.last + 1;
        if own || next >= words.tokens.len() {
            return;
        }
        let clause = words.marks.covers(Part::That, mark.last)
            || words.marks.starts(Part::That, next)
            || words.gap(next).contains(':');
        let subject = words
            .mentions
            .iter()
            .find(|mention| words.left(mention.first).at == next || mention.first == next);
        let follows = subject.is_some_and(|mention| {
            let own = matches!(
                mention.naming,
                Naming::Pointer(Part::His | Part::Her | Part::Their | Part::Its)
            );
            !own && words.verb_follows(mention.last)
                && !words.inside_work(mention.first, mention.last)
                && !words.marks.starts(Part::To, mention.last + 1)
                && words.mark(next) == Break::None
        });
        if clause || follows {
            self.reported = true;
        }
    }

    fn mention(&mut self, mention: Mention) {
        let words = self.words;
        let named = Who::of(self.reading.order.last().copied().into_iter().collect());
        let here = self
            .reading
            .subject
            .map_or(Who::Nobody, |holder| holder.who);
        let here = if here == Who::Nobody && self.discourse.last == Who::Nobody {
            named
        } else {
            here
        };
        let (who, basis) = match mention.naming {
            Naming::Pointer(Part::Me | Part::We | Part::You) if self.speaker() => return,
            Naming::Pointer(part) => {
                if words.inside_work(mention.first, mention.last)
                    && matches!(part, Part::They | Part::It | Part::You)
                {
                    return;
                }
                (
                    self.discourse.resolve(part, here, &self.reading.order),
                    pointer_basis(part),
                )
            }
            _ => (
                mention.who,
                if matches!(mention.who, Who::Joint(_)) {
                    Basis::Together
                } else {
                    Basis::Subject
                },
            ),
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
            ..Holder::default()
        };
        self.apply(function, holder, &mention);
    }

    fn apply(&mut self, function: Function, holder: Holder, mention: &Mention) {
        match function {
            Function::Subject => self.subject(holder, mention),
            Function::Agent { negated } => {
                let basis = if holder.basis == Basis::Subject {
                    Basis::Agent
                } else {
                    holder.basis
                };
                let holder = Holder { basis, ..holder };
                self.backward(holder, negated);
                self.linked_by = self.words.left(mention.first).word;
                self.holder = holder;
                self.acted(holder);
                self.main = None;
            }
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
                let holder = Holder {
                    basis: Basis::Delegation,
                    ..holder
                };
                self.hand_over(holder, from);
                self.holder = holder;
            }
            Function::Helped => {
                let roles = self
                    .holder
                    .who
                    .roles()
                    .iter()
                    .chain(holder.who.roles().iter())
                    .collect();
                if holder.who.is_role() && !self.holder.who.is_role() {
                    self.company = holder.who;
                }
                if holder.who.is_role() && self.holder.who.is_role() {
                    self.holder = Holder {
                        who: Who::of(roles),
                        basis: Basis::Together,
                        mention: holder.mention,
                        ..self.holder
                    };
                }
            }
            Function::Contrast => self.reading.contrasts.push(Contrast {
                who: holder.who,
                mention: holder.mention,
                clause: self.clause,
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
            Function::Aside => {
                let article = mention
                    .first
                    .checked_sub(1)
                    .map_or("", |at| self.words.word(at));
                if mention.naming == Naming::Name
                    && (article.eq_ignore_ascii_case("a") || article.eq_ignore_ascii_case("an"))
                {
                    self.reading.introduced = holder.who;
                }
            }
        }
    }

    /// Somebody new is the subject from here on.
    fn subject(&mut self, holder: Holder, mention: &Mention) {
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
            .any(|mark| mark.first >= start.min(left.at) && mark.last < mention.first);
        let doubted = words
            .marks
            .of(Part::Doubt)
            .any(|mark| mark.last < mention.first)
            && !words
                .marks
                .of(Part::But)
                .any(|mark| mark.first < mention.first);
        if left.mark == Break::Comma {
            self.fronted(holder, mention.first);
        }
        self.cover(holder, mention);
        if self.holder.who != holder.who || self.holder.grip == Grip::Own {
            self.leave_clause();
            self.clause += 1;
            self.segment += 1;
        }
        self.clause_start = left.at;
        self.segment_start = left.at;
        self.negated =
            (neg && !self.words.marks.covers(Part::Only, left.word.unwrap_or(0))) || doubted;
        self.modal = words
            .marks
            .covers(Part::Modal, left.word.unwrap_or(usize::MAX));
        self.reported |= self.weighed && holder.who.is_role();
        self.hand = None;
        self.linked_by = None;
        self.main = None;
        self.holder = holder;
        self.acted(holder);
    }

    /// Whether the unit has said who its first or second person is.
    fn speaker(&self) -> bool {
        self.reading
            .subject
            .is_some_and(|holder| holder.basis == Basis::Person && holder.who.is_role())
    }

    /// Remembers who acts, for pronouns; the author is nobody whom a pronoun means.
    fn acted(&mut self, holder: Holder) {
        if (holder.who, holder.basis) != (Who::Other, Basis::Person) {
            self.reading.subject = Some(holder);
        }
    }

    /// Matches of this clause that nobody does so far.
    fn open_work(&self) -> impl Iterator<Item = &Finding> {
        let clause = self.clause;
        self.reading.findings.iter().filter(move |finding| {
            finding.clause == clause
                && (finding.holder.who == Who::Nobody || finding.holder.grip != Grip::Own)
        })
    }

    /// A phrase before the subject, "besides planning the dates, she …", is about the subject.
    fn fronted(&mut self, holder: Holder, end: usize) {
        if !place::is_fronted(self.words, self.clause_start, end) {
            return;
        }
        let clause = self.clause;
        // A purpose, "to keep the dates, she …", is not always the subject's own work.
        let purpose = self.words.marks.starts(Part::To, self.clause_start);
        let grip = if purpose { Grip::Doubtful } else { Grip::Own };
        for finding in self
            .reading
            .findings
            .iter_mut()
            .filter(|finding| finding.clause == clause)
        {
            if finding.holder.who == Who::Nobody || finding.holder.grip != Grip::Own {
                finding.holder = Holder {
                    basis: Basis::Apposition,
                    grip,
                    ..holder
                };
            }
        }
    }

    /// A match that reaches over its subject is the subject's.
    fn cover(&mut self, holder: Holder, mention: &Mention) {
        for finding in &mut self.reading.findings {
            if finding.work.first < mention.first && mention.last < finding.work.last {
                finding.holder = holder;
            }
        }
    }

    /// Gives the work named before the agent to the agent.
    fn backward(&mut self, holder: Holder, negated: bool) {
        let (clause, segment) = (self.clause, self.segment);
        let neg = self.negated || negated;
        let mut taken = false;
        for finding in self
            .reading
            .findings
            .iter_mut()
            .filter(|finding| finding.clause == clause)
        {
            let free = finding.holder.who == Who::Nobody || finding.holder.grip != Grip::Own;
            let here = finding.segment == segment || finding.holder.who == Who::Nobody;
            if free && here {
                finding.holder = holder;
                finding.negated = neg;
                finding.reported |= self.reported || self.supposed;
                finding.modal |= self.modal;
                taken = true;
            }
        }
        if taken {
            return;
        }
        // Somebody else is the subject, "uses the schedule kept by …": only what fits the agent.
        for finding in self
            .reading
            .findings
            .iter_mut()
            .filter(|finding| finding.clause == clause && finding.segment == segment)
        {
            if holder.who == Who::Role(finding.work.role) {
                finding.holder = holder;
            }
        }
    }

    /// Gives the work named since the verb of handing over, or before, to the receiver.
    fn hand_over(&mut self, holder: Holder, from: u32) {
        let clause = self.clause;
        let since = |finding: &Finding| finding.clause == clause && finding.segment >= from;
        let any = self.reading.findings.iter().any(since);
        let (negated, reported) = (self.negated, self.reported);
        for finding in &mut self.reading.findings {
            let free = finding.holder.who == Who::Nobody || finding.holder.grip != Grip::Own;
            if (any && since(finding)) || (!any && free) {
                finding.holder = holder;
                finding.negated = negated;
                finding.reported |= reported;
            }
        }
    }

    fn work(&mut self, work: Work) {
        let mut holder = self.holder;
        if place::is_subject(self.words, &work, self.segment_start.max(self.clause_start))
            && holder.grip != Grip::Doubtful
        {
            holder = Holder {
                who: Who::Nobody,
                ..Holder::default()
            };
        }
        self.reading.findings.push(Finding {
            work,
            holder,
            negated: self.negated,
            reported: self.reported || self.supposed,
            modal: self.modal,
            not_to: self.not_to,
            clause: self.clause,
            segment: self.segment,
        });
    }

    /// "…, many people think": the words of saying stand behind.
    fn postposed(&mut self) {
        let words = self.words;
        let Some(last) = self
            .reading
            .findings
            .iter()
            .map(|finding| finding.work.last)
            .max()
        else {
            return;
        };
        let said = words
            .marks
            .iter()
            .find(|mark| matches!(mark.part, Part::Report | Part::According) && mark.first > last);
        let Some(said) = said else { return };
        let own = words
            .marks
            .of(Part::SelfReport)
            .any(|own| own.first <= said.first && said.first <= own.last);
        let Some(comma) = (last + 1..=said.first)
            .rev()
            .find(|at| words.mark(*at) != Break::None)
        else {
            return;
        };
        let joined = [
            Part::And,
            Part::But,
            Part::Because,
            Part::While,
            Part::Which,
            Part::Who,
            Part::That,
        ]
        .iter()
        .any(|part| {
            words
                .marks
                .iter()
                .any(|mark| mark.part == *part && comma <= mark.first && mark.first < said.first)
        });
        let closes = said.last + 4 >= words.tokens.len() && said.first <= comma + 4;
        if !own && !joined && closes && words.mark(comma) == Break::Comma {
            for finding in &mut self.reading.findings {
                finding.reported = true;
            }
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
