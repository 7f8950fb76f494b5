//! Asides in brackets and between dashes: behind them the sentence goes on as if they were not there.

use super::{Holder, Scan};

/// What an aside interrupts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Interrupted {
    holder: Holder,
    main: Option<Holder>,
    subject: Option<Holder>,
    negated: bool,
    reported: bool,
    modal: bool,
    not_to: bool,
    clause: u32,
    segment: u32,
    bracket: bool,
}

/// True for a dash that stands between words of the text.
fn is_dash(gap: &str) -> bool {
    gap.contains(['\u{2013}', '\u{2014}']) || gap.contains(" - ") || gap.contains("--")
}

impl Scan<'_, '_> {
    /// The clause that work belongs to, be there an aside in it or not.
    pub(super) fn whole_clause(&self) -> u32 {
        self.interrupted.map_or(self.clause, |before| before.clause)
    }

    /// Ends the aside that is open, or opens one, at the mark before token `at`; true where the sentence goes on.
    pub(super) fn aside(&mut self, at: usize) -> bool {
        let gap = self.words.gap(at);
        if let Some(before) = self.interrupted {
            let ends = if before.bracket {
                gap.contains(')')
            } else {
                is_dash(gap)
            };
            // "(…);" and "(…), while" begin something new.
            if ends && !gap.contains([';', ':', '.']) {
                self.interrupted = None;
                self.resume(&before, at);
                return true;
            }
            return false;
        }
        let bracket = gap.contains('(') && !gap.contains(')');
        let closes = |at: usize| is_dash(self.words.gap(at));
        let dashes = is_dash(gap) && (at + 1..self.words.tokens.len()).any(closes);
        if bracket || dashes {
            self.interrupted = Some(Interrupted {
                holder: self.holder,
                main: self.main,
                subject: self.reading.subject,
                negated: self.negated,
                reported: self.reported,
                modal: self.modal,
                not_to: self.not_to,
                clause: self.clause,
                segment: self.segment,
                bracket,
            });
        }
        false
    }

    fn resume(&mut self, before: &Interrupted, at: usize) {
        self.leave_clause();
        self.holder = before.holder;
        self.main = before.main;
        self.reading.subject = before.subject;
        self.negated = before.negated;
        self.reported = before.reported;
        self.modal = before.modal;
        self.not_to = before.not_to;
        self.clause = before.clause;
        self.clause_start = at;
        self.segment = before.segment;
        self.segment_start = at;
    }
}
