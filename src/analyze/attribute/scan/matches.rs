//! Work is named: to whom of those at hand it goes.

use super::{Finding, Grip, Holder, Scan};
use crate::analyze::Basis;
use crate::analyze::attribute::fronted;
use crate::analyze::attribute::marks::Part;
use crate::analyze::attribute::mentions::{Mention, Naming, Who};
use crate::analyze::attribute::words::{Words, Work};
use crate::document::Break;
use crate::role::Role;

/// The parts that are objects of a role's work.
const OBJECTS: [Part; 3] = [
    Part::ProductObject,
    Part::ProjectObject,
    Part::ProgramObject,
];

/// Words that may stand between a match and the words that say its level.
const BESIDE: usize = 10;

impl Scan<'_, '_> {
    /// Matches of this clause that nobody does so far.
    pub(super) fn open_work(&self) -> impl Iterator<Item = &Finding> {
        let clause = self.clause;
        self.reading.findings.iter().filter(move |finding| {
            finding.clause == clause
                && (finding.holder.who == Who::Nobody || finding.holder.grip != Grip::Own)
        })
    }

    /// A phrase before the subject, "besides planning the dates, she …", is about the subject.
    pub(super) fn fronted(&mut self, holder: Holder, end: usize) {
        if !fronted::is_fronted(self.words, self.clause_start, end) {
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
    pub(super) fn cover(&mut self, holder: Holder, mention: &Mention) {
        for finding in &mut self.reading.findings {
            if finding.work.first < mention.first && mention.last < finding.work.last {
                finding.holder = holder;
            }
        }
    }

    /// "the roadmap that the product manager draws": the one named behind does it.
    pub(super) fn object_relative(&mut self, holder: Holder, mention: &Mention) {
        let words = self.words;
        let left = words.left(mention.first);
        let Some(word) = left.word else {
            return;
        };
        let relative = [Part::That, Part::Which]
            .into_iter()
            .any(|part| words.marks.ending(part, word).is_some());
        let name = mention.naming == Naming::Name && words.verb_follows(mention.last);
        // "the schedule the project manager keeps" leaves the pronoun out.
        let bare = self.reading.findings.iter().any(|finding| {
            finding.work.last == word && finding.work.index.is_none() && left.mark == Break::None
        });
        let that = if bare { word + 1 } else { word };
        if !(relative || bare) || !name || words.mark(that) == Break::Clause {
            return;
        }
        for finding in &mut self.reading.findings {
            if finding.work.last + 1 == that && holder.who != finding.holder.who {
                finding.holder = holder;
                finding.used = false;
                // "is rarely the schedule that she wants": what is denied stands before.
                finding.negated = false;
            }
        }
    }

    /// Gives the work named before the agent to the agent.
    pub(super) fn backward(&mut self, holder: Holder, negated: bool) {
        let (clause, segment) = (self.clause, self.segment);
        let neg = self.negated || negated;
        let mut taken = false;
        let (words, start) = (self.words, self.segment_start);
        // "the roadmap belongs to her, the schedule to him": the first has been given away.
        let said = |finding: &Finding| {
            finding.segment != segment
                && (finding.work.first..start).any(|at| {
                    let link = words.marks.starting(Part::Link, at);
                    link.is_some_and(|link| link.last > link.first)
                })
        };
        for finding in self
            .reading
            .findings
            .iter_mut()
            .filter(|finding| finding.clause == clause)
        {
            let free = finding.holder.who == Who::Nobody || finding.holder.grip != Grip::Own;
            let here = finding.segment == segment || finding.holder.who == Who::Nobody;
            if free && here && !said(finding) {
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
    pub(super) fn hand_over(&mut self, holder: Holder, from: u32) {
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

    pub(super) fn work(&mut self, work: Work) {
        let mut holder = self.holder;
        // "For product managers, pricing is the daily bread" has named who does it.
        let given = self.previous.is_some_and(|mention| {
            let before = self.words.left(mention.first).word;
            holder.mention == self.words.span(mention.first, mention.last)
                && before.is_some_and(|at| self.words.is(at, "for"))
        });
        if !given
            && fronted::is_subject(self.words, &work, self.segment_start.max(self.clause_start))
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
            used: is_used(self.words, &work) || self.is_used_as_well(&work),
            above: false,
            clause: self.clause,
            segment: self.segment,
        });
    }

    /// "respects the dates and the budget": what holds for one of a list holds for the next.
    fn is_used_as_well(&self, work: &Work) -> bool {
        let words = self.words;
        let before = self.reading.findings.last();
        let Some(before) = before.filter(|before| before.used && before.clause == self.clause)
        else {
            return false;
        };
        let covers = |part: Part, at: usize| words.marks.covers(part, at);
        let from = before.work.last + 1;
        from < work.first
            && covers(Part::Determiner, work.first - 1)
            && (from..work.first).all(|at| covers(Part::And, at) || covers(Part::Determiner, at))
    }

    /// Leaves out what would accuse somebody who only has to do with another's work, and marks a
    /// program manager's work on several projects at once.
    pub(super) fn drop_bystanders(&mut self) {
        let words = self.words;
        for finding in &mut self.reading.findings {
            finding.above = !finding.negated
                && finding.work.role == Role::Project
                && finding.holder.who == Who::Role(Role::Program)
                && is_near(words, &finding.work, Part::Level);
        }
        self.reading.findings.retain(|finding| {
            let (role, who) = (finding.work.role, finding.holder.who);
            let others = who.is_role() && !who.roles().contains(role) && role != Role::Shared;
            let work = finding.work;
            let mut common = words.marks.of(Part::Common);
            let common = common.any(|mark| mark.first <= work.last && work.first <= mark.last);
            // A program has plans, budgets and risks, too.
            let program = role == Role::Project && who == Who::Role(Role::Program);
            let common = common || program && !is_near(words, &finding.work, Part::Single);
            let bystander = finding.used || common && !finding.above;
            let bystander = bystander && !finding.negated && !finding.reported;
            !(others && bystander)
        });
    }
}

/// "uses the schedule", "relies on the roadmap": the verb before a match makes nobody its owner.
fn is_used(words: &Words<'_>, work: &Work) -> bool {
    let overlapping = words
        .works
        .iter()
        .filter(|other| other.first <= work.first && work.first <= other.last);
    let first = overlapping.map(|other| other.first).min();
    let first = first.unwrap_or(work.first);
    let left = words.left(first);
    let before = left.word.filter(|_| left.mark == Break::None);
    // "respects the dates and the budget"
    let listed = before.and_then(|and| {
        let and = and
            .checked_sub(1)
            .filter(|_| words.marks.covers(Part::And, and))?;
        let mut objects = OBJECTS.into_iter();
        let object = objects.find_map(|part| words.marks.ending(part, and))?;
        words.left(object.first).word
    });
    let before = listed.or(before).is_some_and(|word| {
        let ends = |part: Part| words.marks.ending(part, word).is_some();
        let noun = OBJECTS
            .into_iter()
            .any(|part| words.marks.starts(part, first));
        let verb = ends(Part::Handle) || ends(Part::Duty) || words.is_gerund(first) && !noun;
        ends(Part::Use) || ends(Part::Circumstance) && !verb
    });
    before || words.marks.covers(Part::Use, first)
}

/// True where words of that part, such as those of several projects, stand beside a match, outside the roles' names.
fn is_near(words: &Words<'_>, work: &Work, part: Part) -> bool {
    let named = |at: usize| {
        words
            .mentions
            .iter()
            .any(|mention| mention.first <= at && at <= mention.last)
    };
    words.marks.of(part).any(|mark| {
        let near = mark.first <= work.last + BESIDE && work.first <= mark.last + BESIDE;
        let (from, to) = (mark.first.min(work.first), mark.last.max(work.last));
        let whole = (from + 1..=to).all(|at| words.mark(at) != Break::Clause)
            && !words
                .mentions
                .iter()
                .any(|mention| from < mention.first && mention.first < to && mention.who.is_role());
        near && whole && !named(mark.first)
    })
}
