//! Who is said to do it: attribution of each match, by clause, and the claims and
//! stance of each unit. `docs/attribution.md` has the rules in order.

mod aliases;
mod anaphora;
mod context;
mod discourse;
mod forms;
mod fronted;
mod marks;
mod mentions;
mod objects;
mod phrases;
mod place;
mod scan;
mod stance;
mod verdicts;
mod voice;
mod words;

#[cfg(test)]
mod tests;

use crate::analyze::{Attribution, Basis, Claim, Match, Stance};
use crate::document::{Document, Genre, Structure, Token, Unit, UnitKind};
use crate::lexicon::{self, Hit, Lexicon};

use crate::role::Role;

use discourse::{Before, Place};
use marks::{MarkCues, Part};
use mentions::{NameCues, Naming, Who};
use objects::ObjectEntries;
use scan::{Grip, Reading};
use words::{Words, Work};

/// A thread's working memory; cleared, not freed, between documents.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    discourse: discourse::Discourse,
    search: lexicon::Scratch,
}

impl Scratch {
    /// Forgets the document at hand.
    pub(crate) fn clear(&mut self) {
        self.discourse.clear();
    }
}

/// Attributes matches with the cues of one lexicon.
#[derive(Debug)]
pub(crate) struct Attributor<'l> {
    lexicon: &'l Lexicon,
    marks: MarkCues,
    names: NameCues,
    objects: ObjectEntries,
}

/// A unit to attribute.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) document: &'a Document,
    pub(crate) structure: &'a Structure,
    pub(crate) at: usize,
    pub(crate) tokens: &'a [Token],
    pub(crate) hits: &'a [Hit],
    /// What holds where the unit does not say.
    pub(crate) default: Attribution,
}

impl<'l> Attributor<'l> {
    pub(crate) fn new(lexicon: &'l Lexicon) -> Attributor<'l> {
        Attributor {
            lexicon,
            marks: MarkCues::new(lexicon),
            names: NameCues::new(lexicon),
            objects: ObjectEntries::new(lexicon),
        }
    }

    /// Fills `masked` with `tokens`, the words of role names made unknown; false where there are none.
    pub(crate) fn mask_names(
        &self,
        tokens: &[Token],
        hits: &[Hit],
        masked: &mut Vec<Token>,
    ) -> bool {
        if !self.names.any(hits) {
            return false;
        }
        masked.clear();
        masked.extend_from_slice(tokens);
        for hit in hits.iter().filter(|hit| self.names.spells(hit)) {
            for token in &mut masked[hit.first as usize..=hit.last as usize] {
                token.word = 0;
            }
        }
        true
    }

    /// Attributes `matches`, those of one unit; units must come in order. Adds the
    /// unit's claims, which only essays have, and tells its stance.
    pub(crate) fn unit(
        &self,
        unit: &Subject<'_>,
        matches: &mut [Match],
        claims: &mut Vec<Claim>,
        scratch: &mut Scratch,
    ) -> Stance {
        for found in matches.iter_mut() {
            found.attribution = unit.default;
        }
        let essay = unit.document.genre == Genre::Essay;
        let reference = unit.structure.units[unit.at].kind == UnitKind::Reference;
        // In a posting only another role that the unit names takes work from the advertised one.
        let settled = !essay && (matches.is_empty() || !self.names.any(unit.hits));
        if reference || unit.tokens.is_empty() || settled {
            scratch.discourse.places.push(Place::default());
            return Stance::None;
        }
        self.lexicon.find_grammar(unit.tokens, &mut scratch.search);
        let marks = self.marks.marks(scratch.search.hits());
        if essay {
            self.essay_unit(unit, marks, matches, claims, scratch)
        } else {
            self.posting_unit(unit, marks, matches, scratch);
            Stance::None
        }
    }

    fn words<'a>(
        &self,
        unit: &Subject<'a>,
        marks: marks::Marks,
        matches: &[Match],
        scratch: &mut Scratch,
    ) -> Words<'a> {
        let text = unit.document.text.as_str();
        scratch
            .discourse
            .aliases
            .learn(text, unit.tokens, unit.hits, &self.names, &marks);
        let aliases = &scratch.discourse.aliases;
        let mut mentions = self
            .names
            .mentions(text, unit.tokens, unit.hits, &marks, aliases);
        let works = works(unit.tokens, matches, &marks, &mentions);
        let mut words = Words {
            text,
            tokens: unit.tokens,
            marks,
            mentions: Vec::new(),
            works,
            named: named(&mentions),
        };
        let clause = |one: &mentions::Mention, other: &mentions::Mention| {
            phrases::begins_clause(&words, one, other)
        };
        mentions::join(unit.tokens, &words.marks, &mut mentions, clause);
        words.mentions = mentions;
        if unit.document.genre == Genre::Essay {
            words.works.append(&mut self.objects.works(&words));
            words.works.sort_by_key(|work| (work.first, work.last));
        }
        words
    }

    /// A unit of a posting with matches that names a role.
    fn posting_unit(
        &self,
        unit: &Subject<'_>,
        marks: marks::Marks,
        matches: &mut [Match],
        scratch: &mut Scratch,
    ) {
        scratch.discourse.places.push(Place::default());
        let words = self.words(unit, marks, matches, scratch);
        let reading = scan::read(&words, &mut scratch.discourse, None, false);
        for finding in &reading.findings {
            let Some(index) = finding.work.index else {
                continue;
            };
            let attribution = verdicts::attribution(finding);
            let own = finding.holder.grip == Grip::Own && finding.holder.who.is_role();
            if own && attribution.basis != Basis::None {
                matches[index].attribution = attribution;
            }
        }
        scratch.discourse.last = Who::Nobody;
    }

    fn essay_unit(
        &self,
        unit: &Subject<'_>,
        marks: marks::Marks,
        matches: &mut [Match],
        claims: &mut Vec<Claim>,
        scratch: &mut Scratch,
    ) -> Stance {
        let here = &unit.structure.units[unit.at];
        let words = self.words(unit, marks, matches, scratch);
        let discourse = &mut scratch.discourse;
        let quotes = voice::quotes(words.text, here.span, discourse.quote == Some(here.block));
        let question = voice::is_question(here.content.of(words.text))
            || words.marks.starts(Part::Inverted, 0);
        let reported =
            question || words.marks.has(Part::Myth) || context::is_under_myth(here, discourse);
        let first_person = discourse.first_person;
        discourse.speaker = quotes.speaker(&words);
        let place = context::above(unit, here, &words, discourse)
            .or_else(|| context::answer(&words, discourse));
        let mut reading = scan::read(&words, discourse, place, reported);
        if !quotes.is_empty() {
            discourse.first_person = first_person;
        }
        for finding in &mut reading.findings {
            finding.reported |= quotes.holds(&words, &finding.work);
            if finding.above {
                self.objects.raise(&mut finding.work);
            }
        }
        for finding in &reading.findings {
            if let Some(index) = finding.work.index {
                matches[index].attribution = verdicts::attribution(finding);
            }
        }
        // Choices below a question of an exam are no answers.
        discourse.asked &= here.kind != UnitKind::Item;
        let mut own = Vec::new();
        verdicts::claims(&words, &reading, &mut own);
        anaphora::claims(&words, &reading, discourse, &mut own);
        verdicts::settle(&words, &mut own);
        context::claim_row(unit, here, &words, claims);
        claims.append(&mut own);
        let quoted = quotes.open
            || !quotes.is_empty() && words.tokens.len() > 3 && quotes.covers_most(here.content);
        let stance = match here.kind {
            UnitKind::Heading => Stance::None,
            _ => stance::stance(&words, question, quoted, discourse.has_pair()),
        };
        discourse.quote = quotes.open.then_some(here.block);
        self.remember(&words, &reading, question, here, discourse);
        stance
    }

    fn remember(
        &self,
        words: &Words<'_>,
        reading: &Reading,
        question: bool,
        here: &Unit,
        discourse: &mut discourse::Discourse,
    ) {
        discourse
            .places
            .push(context::below(words, reading, here, discourse));
        discourse.before.clear();
        discourse
            .before
            .extend(reading.findings.iter().map(|finding| Before {
                role: finding.work.role,
                entry: finding.work.entry,
                span: words.span(finding.work.first, finding.work.last),
                who: Who::Nobody,
            }));
        discourse.asked = question;
        discourse.asked_of = context::asked_of(words, question);
        let acts = reading.subject.is_some_and(|holder| holder.who.is_role());
        let named = !reading.order.is_empty() || acts;
        let last = words
            .mentions
            .iter()
            .rfind(|mention| mention.naming == Naming::Name);
        if let Some(last) = last {
            let word = words.word(last.last).to_ascii_lowercase();
            discourse.discipline = word.starts_with("management") || word.starts_with("ownership");
        }
        if !reading.actors.is_empty() {
            let earlier = discourse.last;
            discourse.actors = reading.actors;
            // "She hands them the plan. They …": both may be meant.
            if let (Who::Role(role), true) = (earlier, words.marks.has(Part::Them)) {
                discourse.actors.insert(role);
            }
        }
        discourse.end_unit(
            &reading.order,
            reading.subject,
            reading.person,
            reading.introduced,
            named,
        );
    }
}

/// The roles that names name, with their first token.
fn named(mentions: &[mentions::Mention]) -> Vec<(usize, Role)> {
    let names = mentions
        .iter()
        .filter(|mention| matches!(mention.naming, Naming::Name | Naming::Team));
    names
        .flat_map(|mention| {
            mention
                .who
                .roles()
                .iter()
                .map(move |role| (mention.first, role))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The matches as the rules see them: those that are no more than a role's name are left out.
fn works(
    tokens: &[Token],
    matches: &[Match],
    marks: &marks::Marks,
    mentions: &[mentions::Mention],
) -> Vec<Work> {
    let at = |start: u32| tokens.partition_point(|token| token.span.start < start);
    let works = matches.iter().enumerate().map(|(index, found)| Work {
        first: at(found.span.start),
        last: at(found.span.end).saturating_sub(1),
        role: found.role,
        entry: found.entry,
        index: Some(index),
    });
    // A match that reaches over a role's name joins words of two clauses.
    let named = |work: &Work| {
        mentions
            .iter()
            .filter(|mention| mention.who.is_role())
            .any(|mention| {
                let inside = mention.first <= work.first && work.last <= mention.last;
                inside || work.first <= mention.first && mention.last <= work.last
            })
    };
    // "owns the vision, the project manager the dates": the object behind the name is that role's.
    let gapped = |work: Work| {
        let name = mentions.iter().rfind(|mention| {
            mention.naming == Naming::Name && work.first < mention.first && mention.last < work.last
        })?;
        let bare = (name.last + 1..work.last).all(|at| marks.covers(Part::Determiner, at));
        (bare && name.last + 1 < work.last).then_some(Work {
            first: work.last,
            ..work
        })
    };
    let mut works: Vec<Work> = works
        .filter_map(|work| {
            if named(&work) {
                gapped(work)
            } else {
                Some(work)
            }
        })
        .collect();
    works.sort_by_key(|work| (work.first, work.last));
    works
}
