//! Whose words a clause is: verbs of saying before and behind it.

use super::{Grip, Scan};
use crate::analyze::attribute::marks::{Mark, Part};
use crate::analyze::attribute::mentions::Naming;
use crate::document::Break;

impl Scan<'_, '_> {
    /// "the project manager asks how long it takes": what a role asks itself is its concern.
    pub(super) fn is_own_question(&self, whether: &Mark) -> bool {
        let words = self.words;
        let verbs = [
            "ask",
            "asks",
            "know",
            "knows",
            "wonder",
            "wonders",
            "determine",
            "question",
            "questions",
        ];
        let asks = words.is_any(whether.first, &verbs);
        let subject = words.mentions.iter().any(|mention| {
            let ends = mention.last + 1 == whether.first
                || mention.last + 2 == whether.first
                    && words.marks.covers(Part::Finite, mention.last + 1);
            ends && self.holder.mention == words.span(mention.first, mention.last)
        });
        asks && subject && self.holder.who.is_role() && self.holder.grip == Grip::Own
    }

    /// A verb of saying counts where a clause or quotation follows.
    pub(super) fn report(&mut self, mark: &Mark) {
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
        // "As Velloso (2021) notes, …"
        let cited =
            words.is(0, "as") && words.mark(next) == Break::Comma && !words.is_said(0, mark.first);
        if clause || follows || cited {
            self.reported = true;
        }
    }

    /// "…, many people think": the words of saying stand behind.
    pub(super) fn postposed(&mut self) {
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
