//! What is asked for beyond the default tables: one more pass over the rows of a report, in bounded memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Read, Seek, Write};
use std::path::Path;

use rustc_hash::FxHashMap;

use crate::aggregate::coded::Coded;
use crate::aggregate::{Facts, Intervals, Sensitivity, Tally, resample};
use crate::analyze::ContentRole;
use crate::config::Asked;
use crate::error::Error;
use crate::lexicon::Lexicon;
use crate::report::{Extras, OTHER_GROUPS};
use crate::role::Role;
use crate::run::duplicates::Finder;
use crate::run::manifest::Study;
use crate::run::reread::{Reread, Rows, id_hash};

/// Groups that have rows of their own; the documents of smaller ones are counted together.
const MOST_GROUPS: usize = 1000;

/// Computes what `study` asks for from the rows in `folder`.
pub(crate) fn extras(folder: &Path, study: &Study, lexicon: &Lexicon) -> Result<Extras, Error> {
    let asked = study.asked();
    let mut extras = Extras {
        measured: asked.measured,
        ..Extras::default()
    };
    if !asked.needs_rows() {
        return Ok(extras);
    }
    let rows = Rows {
        folder,
        safe: asked.csv_safe,
        lexicon,
    };
    let roles: Vec<Role> = lexicon.entries().iter().map(|entry| entry.role).collect();
    let mut groups = Groups::new(&rows, asked.group_by.as_deref())?;
    let mut sensitivity = asked
        .sensitivity
        .then(|| Sensitivity::new(study.thresholds()));
    let mut spill = Spill::new(&rows, &asked)?;
    let mut coding = asked.coded.map(Coding::new);
    let mut finder = asked.dedup.then(|| Finder::new(folder)).transpose()?;
    rows.each(|reread| {
        if let Some(coding) = &mut coding {
            coding.add(reread);
        }
        if !reread.set_aside {
            if let Some(sensitivity) = &mut sensitivity {
                sensitivity.add(&reread.facts, &roles);
            }
            groups.add(reread);
            spill.add(reread)?;
        }
        match &mut finder {
            Some(finder) => finder.add(&reread.facts),
            None => Ok(()),
        }
    })?;
    extras.sensitivity = sensitivity;
    extras.groups = groups.tallies;
    extras.coded = coding.map(Coding::finish).transpose()?;
    extras.intervals = spill.intervals(lexicon.entries().len(), asked.seed)?;
    if let Some(finder) = finder {
        deduplicate(finder, &rows, &mut extras)?;
    }
    Ok(extras)
}

/// Finds near-duplicates, lists them, and counts the first of each group alone.
fn deduplicate(finder: Finder, rows: &Rows<'_>, extras: &mut Extras) -> Result<(), Error> {
    let found = finder.finish()?;
    let mut tally = Tally::new(rows.lexicon.entries().len());
    let mut at = 0;
    // Ids of documents that others repeat; they come before those that repeat them.
    let mut firsts: FxHashMap<u32, String> = FxHashMap::default();
    rows.each(|reread| {
        let (first, similarity) = found.of(at);
        if first == at && !reread.set_aside {
            tally.add(&reread.facts);
            if found.is_repeated(at) {
                firsts.insert(at, reread.facts.id.to_owned());
            }
        }
        if first != at || found.is_repeated(at) {
            let id = reread.facts.id.to_owned();
            extras
                .duplicates
                .push((firsts[&first].clone(), id, similarity));
        }
        at += 1;
        Ok(())
    })?;
    extras.deduplicated = Some(tally);
    Ok(())
}

/// The documents that people coded.
struct Coding {
    /// Those not met yet.
    left: BTreeMap<String, ContentRole>,
    coded: Coded,
}

impl Coding {
    fn new(all: BTreeMap<String, ContentRole>) -> Coding {
        Coding {
            left: all,
            coded: Coded::default(),
        }
    }

    /// A document that was set aside for its language is in no cell of the matrix.
    fn add(&mut self, reread: &Reread<'_>) {
        let facts = &reread.facts;
        if let Some(people) = self.left.remove(facts.id)
            && !reread.set_aside
        {
            self.coded.add(facts.declared, facts.content, people);
        }
    }

    fn finish(self) -> Result<Coded, Error> {
        match self.left.keys().next() {
            None => Ok(self.coded),
            Some(id) => Err(Error::Usage(format!(
                "--coded: {} coded documents are not in the report, such as {id}",
                self.left.len()
            ))),
        }
    }
}

/// Tallies by the values of a metadata column.
struct Groups {
    column: Option<usize>,
    tallies: BTreeMap<String, Tally>,
}

impl Groups {
    fn new(rows: &Rows<'_>, name: Option<&str>) -> Result<Groups, Error> {
        let mut tallies = BTreeMap::new();
        let column = name
            .map(|name| rows.columns(&[name]))
            .transpose()?
            .map(|places| places[0]);
        if let Some(column) = column {
            let empty = || Tally::new(rows.lexicon.entries().len());
            let mut sizes: BTreeMap<String, u64> = BTreeMap::new();
            rows.each(|reread| {
                *sizes.entry(reread.row[column].to_owned()).or_default() += 1;
                Ok(())
            })?;
            let mut order: Vec<(String, u64)> = sizes.into_iter().collect();
            order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            tallies.extend(
                order
                    .into_iter()
                    .take(MOST_GROUPS)
                    .map(|(name, _)| (name, empty())),
            );
        }
        Ok(Groups { column, tallies })
    }

    fn add(&mut self, reread: &Reread<'_>) {
        let Some(column) = self.column else {
            return;
        };
        let name = &reread.row[column];
        let name = if self.tallies.contains_key(name) {
            name
        } else {
            OTHER_GROUPS
        };
        let entries = self
            .tallies
            .values()
            .next()
            .map_or(0, |tally| tally.entries.len());
        let tally = self
            .tallies
            .entry(name.to_owned())
            .or_insert_with(|| Tally::new(entries));
        tally.add(&reread.facts);
    }
}

/// What the bootstrap needs of each document, in a temporary file: its counts that are not 0.
struct Spill {
    file: Option<BufWriter<File>>,
    column: Option<usize>,
    clusters: usize,
    known: FxHashMap<u128, usize>,
}

impl Spill {
    fn new(rows: &Rows<'_>, asked: &Asked) -> Result<Spill, Error> {
        let wanted = asked.bootstrap || asked.cluster.is_some();
        let file = wanted.then(|| temporary(rows.folder)).transpose()?;
        let column = asked
            .cluster
            .as_deref()
            .map(|name| rows.columns(&[name]))
            .transpose()?;
        Ok(Spill {
            file: file.map(BufWriter::new),
            column: column.map(|places| places[0]),
            clusters: 0,
            known: FxHashMap::default(),
        })
    }

    fn add(&mut self, reread: &Reread<'_>) -> Result<(), Error> {
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        let name = self.column.map_or("", |column| &reread.row[column]);
        let new = self.clusters;
        // A document without a value is a cluster of its own.
        let cluster = if name.is_empty() {
            new
        } else {
            *self.known.entry(id_hash(name)).or_insert(new)
        };
        self.clusters = self.clusters.max(cluster + 1);
        write_counts(file, cluster, &reread.facts).map_err(spilling)
    }

    fn intervals(
        self,
        entries: usize,
        seed: u64,
    ) -> Result<Option<Result<Intervals, String>>, Error> {
        let Some(file) = self.file else {
            return Ok(None);
        };
        let mut file = file
            .into_inner()
            .map_err(|error| spilling(error.into_error()))?;
        let found = resample(self.clusters, entries, seed, |look| {
            file.rewind().map_err(spilling)?;
            let mut reader = BufReader::with_capacity(1 << 16, &file);
            let mut counts = Vec::new();
            while let Some(cluster) = read_counts(&mut reader, &mut counts).map_err(spilling)? {
                look(cluster, &counts);
            }
            Ok(())
        })?;
        Ok(Some(found))
    }
}

fn write_counts(file: &mut impl Write, cluster: usize, facts: &Facts<'_>) -> std::io::Result<()> {
    let counts = Tally::counts_of(facts);
    write_number(file, cluster as u64)?;
    write_number(file, counts.len() as u64)?;
    for (slot, count) in counts {
        write_number(file, slot as u64)?;
        write_number(file, count)?;
    }
    Ok(())
}

fn read_counts(
    file: &mut impl Read,
    counts: &mut Vec<(usize, u64)>,
) -> std::io::Result<Option<usize>> {
    counts.clear();
    let Some(cluster) = read_number(file)? else {
        return Ok(None);
    };
    let mut next = || read_number(file)?.ok_or(std::io::Error::from(ErrorKind::UnexpectedEof));
    for _ in 0..next()? {
        let slot = next()? as usize;
        counts.push((slot, next()?));
    }
    Ok(Some(cluster as usize))
}

/// Seven bits a byte, the lowest first (LEB128).
fn write_number(file: &mut impl Write, mut number: u64) -> std::io::Result<()> {
    while number >= 0x80 {
        file.write_all(&[number as u8 | 0x80])?;
        number >>= 7;
    }
    file.write_all(&[number as u8])
}

/// The next number; `None` at the end of the file.
fn read_number(file: &mut impl Read) -> std::io::Result<Option<u64>> {
    let (mut number, mut shift, mut byte) = (0, 0, [0]);
    loop {
        match file.read_exact(&mut byte) {
            Err(error) if shift == 0 && error.kind() == ErrorKind::UnexpectedEof => {
                return Ok(None);
            }
            read => read?,
        }
        number |= u64::from(byte[0] & 0x7f) << shift;
        if byte[0] < 0x80 {
            return Ok(Some(number));
        }
        shift += 7;
    }
}

/// A temporary file on the disk of the report, gone when it is closed.
pub(super) fn temporary(folder: &Path) -> Result<File, Error> {
    tempfile::tempfile_in(folder).map_err(|error| Error::output(folder, error))
}

pub(super) fn spilling(error: std::io::Error) -> Error {
    Error::output("a temporary file beside the report", error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let numbers = [0, 1, 127, 128, 300, u64::MAX];
        let mut bytes = Vec::new();
        numbers
            .iter()
            .for_each(|number| write_number(&mut bytes, *number).unwrap());
        let mut reader = &bytes[..];
        for number in numbers {
            assert_eq!(read_number(&mut reader).unwrap(), Some(number));
        }
        assert_eq!(read_number(&mut reader).unwrap(), None);
    }
}
