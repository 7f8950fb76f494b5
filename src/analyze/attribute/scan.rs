//! Reads a unit from left to right, clause by clause, and says of each match who does it.

mod asides;
mod clauses;
mod matches;
mod people;
mod reports;

use super::discourse::{Discourse, Place};
use super::marks::Part;
use super::mentions::{Mention, Who};
use super::words::{Words, Work};
use crate::analyze::Basis;
use crate::document::Break;
use crate::role::{Role, RoleSet};
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
    /// Whether the clause only says that the holder has to do with it.
    pub(super) used: bool,
    /// Whether it is a program manager's work because of the words beside it: "the schedules of all projects".
    pub(super) above: bool,
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
    /// Roles that act in the unit.
    pub(super) actors: RoleSet,
    /// A role that the unit introduces without letting it act: "they have a project manager".
    pub(super) introduced: Who,
    /// The last one who was a subject, and the holder at the end.
    pub(super) subject: Option<Holder>,
    /// The last subject who may be "he" or "she": a role, or one other person.
    pub(super) person: Option<Holder>,
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
    /// Clauses and segments so far, to number the next one.
    clauses: u32,
    segments: u32,
    /// What the brackets or dashes that are open interrupt.
    interrupted: Option<asides::Interrupted>,
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
    /// "more" or "less", whose "than" is still to come.
    compared: Option<Part>,
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
            grip: if place.vague {
                Grip::Doubtful
            } else {
                Grip::Taken
            },
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
        clauses: 0,
        segments: 0,
        interrupted: None,
        negated,
        company: Who::Nobody,
        did_not: false,
        not_to: false,
        weighed: false,
        reported,
        modal: false,
        supposed: false,
        asked: reported,
        compared: None,
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
        self.drop_bystanders();
        self.reading.end = self.holder;
        self.reading.end_negated = self.negated;
    }

    /// Whatever begins at token `at` besides mentions and matches.
    fn mark(&mut self, at: usize) {
        let words = self.words;
        match words.mark(at) {
            Break::Clause if at > 0 && !self.aside(at) => self.clause_mark(at),
            Break::Comma => self.comma(at),
            _ => {}
        }
        for mark in words.marks.beginning(at) {
            match mark.part {
                Part::But => self.but(mark),
                Part::While | Part::Because => self.subordinate(mark),
                Part::Which => self.which(at),
                Part::That => self.that(at),
                Part::Who => self.who(at),
                Part::Person => self.person(at),
                Part::And => self.and(mark),
                Part::If => {
                    // "makes sure that, if one is late, the others know" supposes nothing of the agent.
                    self.supposed = !self.is_ensured(at);
                    self.open_clause(at);
                }
                Part::Not => self.not(mark),
                Part::Rather => self.rather(mark),
                Part::Modal => self.modal = true,
                Part::Hand => self.hand = Some(self.segment),
                Part::Whether if self.is_own_question(mark) => self.weighed = true,
                Part::Whether | Part::According | Part::Suppose => self.reported = true,
                Part::Weigh => self.weighed = true,
                Part::Doubt => self.negated = true,
                Part::More => self.compared = Some(Part::More),
                Part::Less => self.less(true),
                Part::Than => self.than(),
                Part::Report => self.report(mark),
                _ => {}
            }
        }
    }

    fn open_segment(&mut self, at: usize) {
        self.segments += 1;
        self.segment = self.segments;
        self.segment_start = at;
    }

    /// A new clause begins at `at`; who does its work stays until somebody else is named.
    fn open_clause(&mut self, at: usize) {
        self.leave_clause();
        self.next_clause();
        self.clause_start = at;
        self.open_segment(at);
        self.modal = false;
        self.not_to = false;
        self.compared = None;
        self.hand = None;
        if let Some(main) = self.main.take() {
            self.holder = main;
        }
        if self.holder.grip == Grip::Own {
            self.holder.grip = Grip::Taken;
        }
    }

    fn next_clause(&mut self) {
        self.clauses += 1;
        self.clause = self.clauses;
    }

    fn leave_clause(&mut self) {
        self.reading.clauses.push((
            self.clause_start,
            self.holder,
            self.negated,
            self.reported || self.supposed,
        ));
    }
}
