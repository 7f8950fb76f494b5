//! `rolecall lexicon diff`: two lexicons, one corpus → every unit whose tags change.

use std::collections::BTreeMap;
use std::io::Write;

use crate::analyze::{Analysis, AnalyzeOptions, Analyzer, TaggedUnit};
use crate::document::{Document, Structure};
use crate::error::Error;
use crate::lexicon::Lexicon;
use crate::report::{CHANGES_HEADER, Change, Table, changes_row, one_line};
use crate::run::visit::{Corpus, visit};
use crate::run::worker::Workshop;
use crate::text::{Lists, Splitter};

/// How often labels changed from the first to the second; empty for none.
pub type ChangeCounts = BTreeMap<(String, String), u64>;

/// Writes a CSV row for every unit that `new` tags otherwise than `old` to `out`, and problems to `problems`.
/// Returns how often which labels became which, and how many documents were lost.
///
/// # Errors
///
/// Those of reading, and of writing to `out`.
pub fn lexicon_diff(
    corpus: &Corpus,
    old: &Lexicon,
    new: &Lexicon,
    out: &mut impl Write,
    problems: &mut impl Write,
) -> Result<(ChangeCounts, u64), Error> {
    let workshop = |lexicon| {
        let splitter = Splitter::new(Lists::built_in());
        Workshop::new(
            splitter,
            Analyzer::new(lexicon, AnalyzeOptions::default()),
            false,
        )
    };
    let (before, after) = (workshop(old), workshop(new));
    let look = |document: &Document, structure: &Structure, analysis: &Analysis| {
        let other = after.at_a_desk(|desk| after.analyze(document, desk));
        other.map(|other| changes((document, structure), (analysis, old), (&other, new)))
    };
    let failed = |error| Error::output("standard output", error);
    let mut header = Table::new();
    header.row(CHANGES_HEADER);
    out.write_all(&header.into_bytes()).map_err(failed)?;
    let mut counts = ChangeCounts::new();
    let mut failures = 0;
    let lost = visit(corpus, &before, problems, look, |changed| {
        let Ok(changed) = changed else {
            failures += 1;
            return Ok(());
        };
        let mut table = Table::new();
        for change in &changed {
            changes_row(&mut table, change);
            let key = (change.old.0.clone(), change.new.0.clone());
            *counts.entry(key).or_default() += 1;
        }
        out.write_all(&table.into_bytes()).map_err(failed)
    })?;
    out.flush().map_err(failed)?;
    Ok((counts, lost + failures))
}

fn changes(
    (document, structure): (&Document, &Structure),
    old: (&Analysis, &Lexicon),
    new: (&Analysis, &Lexicon),
) -> Vec<Change> {
    let said = |(analysis, lexicon): (&Analysis, &Lexicon), unit: &TaggedUnit| {
        let entries = analysis.entries_of(unit);
        let ids: Vec<&str> = entries
            .map(|entry| lexicon.entries()[entry as usize].id.as_str())
            .collect();
        (unit.tags.to_string(), ids.join(";"))
    };
    let pairs = old
        .0
        .units
        .iter()
        .zip(&new.0.units)
        .zip(&structure.units)
        .enumerate();
    let changed = pairs.filter(|(_, ((before, after), _))| before.tags != after.tags);
    changed
        .map(|(at, ((before, after), unit))| Change {
            document: document.id.clone(),
            sentence: at as u64 + 1,
            old: said(old, before),
            new: said(new, after),
            text: one_line(unit.content.of(&document.text)).into_owned(),
        })
        .collect()
}
