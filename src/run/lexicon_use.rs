//! `rolecall lexicon check --corpus`: which entries a corpus needs, and which get into each other's way.

use std::collections::BTreeMap;
use std::io::Write;

use crate::analyze::{Analysis, AnalyzeOptions, Analyzer, Match};
use crate::document::{Document, Structure};
use crate::error::Error;
use crate::lexicon::Lexicon;
use crate::report::EntryUse;
use crate::run::visit::{Corpus, visit};
use crate::run::worker::Workshop;
use crate::text::{Lists, Splitter};

/// What was counted in one document.
#[derive(Debug, Default)]
struct Counts {
    /// Units with the entry.
    units: Vec<u32>,
    /// Two entries of one label, and the matches of the first that lie within one of the second.
    within: Vec<(u32, u32)>,
    /// Two entries of different labels with a match on the same words.
    same: Vec<(u32, u32)>,
}

/// Counts how the entries of `lexicon` fare in a corpus. Returns how many documents were lost, too.
///
/// # Errors
///
/// Those of reading.
pub fn lexicon_use(
    corpus: &Corpus,
    lexicon: &Lexicon,
    lists: Lists,
    problems: &mut impl Write,
) -> Result<(EntryUse, u64), Error> {
    let options = AnalyzeOptions::default();
    let workshop = Workshop::new(Splitter::new(lists), Analyzer::new(lexicon, options), false);
    let look = |_: &Document, _: &Structure, analysis: &Analysis| count(analysis);
    let mut units = vec![0u64; lexicon.entries().len()];
    let mut within: BTreeMap<(u32, u32), u64> = BTreeMap::new();
    let mut same: BTreeMap<(u32, u32), u64> = BTreeMap::new();
    let lost = visit(corpus, &workshop, problems, look, |counts: Counts| {
        counts
            .units
            .iter()
            .for_each(|entry| units[*entry as usize] += 1);
        counts
            .within
            .into_iter()
            .for_each(|pair| *within.entry(pair).or_default() += 1);
        counts
            .same
            .into_iter()
            .for_each(|pair| *same.entry(pair).or_default() += 1);
        Ok(())
    })?;
    Ok((EntryUse::new(units, &within, same), lost))
}

fn count(analysis: &Analysis) -> Counts {
    let mut counts = Counts::default();
    for unit in &analysis.units {
        counts.units.extend(analysis.entries_of(unit));
        let matches = analysis.matches_of(unit);
        let (mut within, mut same) = (Vec::new(), Vec::new());
        for first in matches {
            for second in matches.iter().filter(|second| second.entry != first.entry) {
                let pair = (first.entry, second.entry);
                if first.role == second.role && lies_within(first, second) {
                    within.push(pair);
                } else if first.role < second.role && first.span == second.span {
                    same.push(pair);
                }
            }
        }
        for (all, mut pairs) in [(&mut counts.within, within), (&mut counts.same, same)] {
            pairs.sort_unstable();
            pairs.dedup();
            all.extend(pairs);
        }
    }
    counts
}

fn lies_within(inner: &Match, outer: &Match) -> bool {
    outer.span.start <= inner.span.start && inner.span.end <= outer.span.end
}
