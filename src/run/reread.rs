//! A report read again: the documents that its tables were made of, without the corpus.

use std::fs::File;
use std::path::{Path, PathBuf};

use csv::{Reader, StringRecord};
use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::aggregate::{Facts, Tallies};
use crate::analyze::ContentRole;
use crate::config::Asked;
use crate::error::Error;
use crate::lexicon::Lexicon;
use crate::report::{Outputs, unguarded};
use crate::role::{Declared, Role, RoleSet};
use crate::run::folder::{MANIFEST, Written};
use crate::run::manifest::Study;

/// A folder that `analyze` or `merge` wrote.
#[derive(Debug)]
pub(crate) struct Earlier {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// What made it.
    pub(crate) study: Study,
    /// The rest of its manifest.
    pub(crate) manifest: Value,
}

/// The tables that hold one report's documents, row by row.
#[derive(Clone, Debug)]
pub(crate) struct Rows<'a> {
    /// The folder.
    pub(crate) folder: &'a Path,
    /// Whether cells were guarded against spreadsheets.
    pub(crate) safe: bool,
    /// The lexicon that their ids refer to.
    pub(crate) lexicon: &'a Lexicon,
}

/// One document read again, with the metadata columns behind those of the tool.
#[derive(Debug)]
pub(crate) struct Reread<'a> {
    /// What the tallies take of it.
    pub(crate) facts: Facts<'a>,
    /// Whether it was not analysed because of its language: it is in no tally but that of documents.
    pub(crate) set_aside: bool,
    /// All cells of its row of `documents.csv`.
    pub(crate) row: &'a StringRecord,
}

impl Earlier {
    /// Opens the report in `folder`.
    pub(crate) fn open(folder: &Path) -> Result<Earlier, Error> {
        let wrong =
            |why: String| Error::Usage(format!("{}: {why}", folder.join(MANIFEST).display()));
        let bytes = std::fs::read(folder.join(MANIFEST)).map_err(|error| {
            wrong(format!(
                "{error}; name a folder that analyze or merge wrote"
            ))
        })?;
        let manifest: Value =
            serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))?;
        let study = serde_json::from_value(manifest.clone())
            .map_err(|error| wrong(format!("this is no report of analyze: {error}")))?;
        Ok(Earlier {
            path: folder.to_owned(),
            study,
            manifest,
        })
    }

    /// The files that its manifest lists.
    pub(crate) fn files(&self) -> Result<Vec<Written>, Error> {
        serde_json::from_value(self.manifest["files"].clone()).map_err(|error| {
            Error::Usage(format!(
                "{}: files: {error}",
                self.path.join(MANIFEST).display()
            ))
        })
    }

    /// The outputs that it was asked for.
    pub(crate) fn outputs(&self) -> Result<Outputs, Error> {
        let names = self.study.configuration["outputs"].as_array();
        Outputs::named(names.into_iter().flatten().filter_map(Value::as_str))
    }

    /// The metadata columns of its `documents.csv`.
    pub(crate) fn kept(&self) -> Vec<String> {
        let kept = self.study.configuration["input"]["keep"].as_array();
        let names = kept.into_iter().flatten().filter_map(Value::as_str);
        names.map(str::to_owned).collect()
    }

    /// Checks that it holds what `asked` needs.
    pub(crate) fn needs(&self, asked: &Asked) -> Result<(), Error> {
        let kept = self.kept();
        let missing = asked.columns().find(|name| !kept.contains(name));
        let wrong = |why: String| Err(Error::Usage(format!("{}: {why}", self.path.display())));
        match missing {
            Some(name) => wrong(format!(
                "documents.csv has no metadata column \"{name}\"; analyse with --keep {name}"
            )),
            None if asked.dedup && self.study.configuration["text"] == false => {
                wrong("--dedup needs the texts; analyse without --no-text".into())
            }
            None => Ok(()),
        }
    }

    /// Its rows.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where another lexicon made it.
    pub(crate) fn rows<'a>(&'a self, lexicon: &'a Lexicon) -> Result<Rows<'a>, Error> {
        if self.study.lexicon != lexicon.hash() {
            return Err(Error::Usage(format!(
                "{}: the report was made with another lexicon; give the same --lexicon and --extend",
                self.path.display()
            )));
        }
        Ok(Rows {
            folder: &self.path,
            safe: self.study.asked().csv_safe,
            lexicon,
        })
    }

    /// What was counted when it was made.
    pub(crate) fn tallies(&self, lexicon: &Lexicon) -> Result<Tallies, Error> {
        let mut tallies = Tallies::new(lexicon.entries().len());
        self.rows(lexicon)?.each(|reread| {
            // Batches list the pairs that they meet; these are settled before they take room.
            if reread.set_aside {
                tallies.tally.add_set_aside();
                return Ok(());
            }
            tallies.add(&reread.facts);
            if tallies.tally.sums.documents.is_multiple_of(1000) {
                tallies.settle();
            }
            Ok(())
        })?;
        tallies.settle();
        let count = |name: &str| self.manifest["counts"][name].as_u64().unwrap_or(0);
        tallies.tally.sums.errors = count("errors");
        tallies.tally.sums.warnings = count("warnings");
        tallies.tally.sums.repaired = count("repaired");
        Ok(tallies)
    }
}

impl Rows<'_> {
    /// Calls `look` on every document, in input order.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where `documents.csv` and `sentences.csv` are missing or do not belong together; the first of `look`.
    pub(crate) fn each(
        &self,
        mut look: impl FnMut(&Reread<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut documents = Sheet::open(self.folder, "documents.csv")?;
        let mut sentences = Sheet::open(self.folder, "sentences.csv")?;
        let columns = documents.places(&[
            "document_id",
            "declared_role",
            "content_role",
            "units",
            "countable",
        ])?;
        let unit_columns =
            sentences.places(&["document_id", "tags", "counted", "responsibilities", "text"])?;
        let entries = self.lexicon.entries().iter();
        let ids: FxHashMap<&str, u32> = entries
            .zip(0..)
            .map(|(entry, at)| (entry.id.as_str(), at))
            .collect();
        let mut row = StringRecord::new();
        let mut units: Vec<StringRecord> = Vec::new();
        while documents.read(&mut row)? {
            let [id, declared, content, count, countable] = columns.map(|at| &row[at]);
            let count: usize = documents.number(count)?;
            units.resize_with(count.max(units.len()), StringRecord::new);
            for unit in &mut units[..count] {
                if !sentences.read(unit)? || &unit[unit_columns[0]] != id {
                    return Err(sentences.wrong(&format!(
                        "the {count} rows of document \"{id}\" are expected here"
                    )));
                }
            }
            let mut facts = Facts {
                id: self.plain(id),
                declared: documents.declared(declared)?,
                content: documents.content(content)?,
                countable: documents.number(countable)?,
                units: Vec::with_capacity(count),
                entries: Vec::new(),
            };
            for unit in &units[..count] {
                let [_, tags, counted, found, text] = unit_columns.map(|at| &unit[at]);
                let counted = roles(counted);
                let found = found.split(';').filter_map(|id| ids.get(id).copied());
                let counts =
                    |entry: &u32| counted.contains(self.lexicon.entries()[*entry as usize].role);
                facts.push(roles(tags), counted, self.plain(text), found.filter(counts));
            }
            look(&Reread {
                facts,
                set_aside: content.is_empty(),
                row: &row,
            })?;
        }
        match sentences.read(&mut row)? {
            true => Err(sentences.wrong("this row belongs to no document")),
            false => Ok(()),
        }
    }

    /// Positions of metadata columns in the rows of `documents.csv`.
    pub(crate) fn columns(&self, names: &[&str]) -> Result<Vec<usize>, Error> {
        let mut documents = Sheet::open(self.folder, "documents.csv")?;
        names.iter().map(|name| documents.place(name)).collect()
    }

    fn plain<'t>(&self, cell: &'t str) -> &'t str {
        if self.safe { unguarded(cell) } else { cell }
    }
}

/// 128 bits of the BLAKE3 of an id or a name: what is remembered of it.
pub(super) fn id_hash(name: &str) -> u128 {
    let hash = blake3::hash(name.as_bytes());
    let bytes = hash.as_bytes()[..16].try_into().expect("sixteen bytes");
    u128::from_le_bytes(bytes)
}

fn roles(cell: &str) -> RoleSet {
    cell.split('+').filter_map(Role::from_name).collect()
}

/// One CSV file of the report, with its name for errors.
pub(super) struct Sheet {
    path: PathBuf,
    reader: Reader<File>,
}

impl Sheet {
    pub(super) fn open(folder: &Path, name: &str) -> Result<Sheet, Error> {
        let path = folder.join(name);
        let reader = csv::ReaderBuilder::new()
            .buffer_capacity(1 << 18)
            .from_path(&path);
        let reader =
            reader.map_err(|error| Error::Usage(format!("{}: {error}", path.display())))?;
        Ok(Sheet { path, reader })
    }

    pub(super) fn read(&mut self, row: &mut StringRecord) -> Result<bool, Error> {
        self.reader
            .read_record(row)
            .map_err(|error| Error::Usage(format!("{}: {error}", self.path.display())))
    }

    fn place(&mut self, name: &str) -> Result<usize, Error> {
        let header = self.reader.headers().cloned().unwrap_or_default();
        let place = header.iter().position(|column| column == name);
        place.ok_or_else(|| {
            let path = self.path.display();
            Error::Usage(format!(
                "{path}: there is no column \"{name}\"; name it with --keep when you analyse"
            ))
        })
    }

    pub(super) fn places<const N: usize>(
        &mut self,
        names: &[&str; N],
    ) -> Result<[usize; N], Error> {
        let mut places = [0; N];
        for (place, name) in places.iter_mut().zip(names) {
            *place = self.place(name)?;
        }
        Ok(places)
    }

    fn number<T: std::str::FromStr>(&self, cell: &str) -> Result<T, Error> {
        cell.parse()
            .map_err(|_| self.wrong(&format!("\"{cell}\" is no whole number")))
    }

    fn declared(&self, name: &str) -> Result<Option<Declared>, Error> {
        let found = Declared::ALL
            .into_iter()
            .find(|declared| declared.name() == name);
        match found {
            None if !name.is_empty() => {
                Err(self.wrong(&format!("declared_role \"{name}\" is unknown")))
            }
            found => Ok(found),
        }
    }

    fn content(&self, name: &str) -> Result<ContentRole, Error> {
        let found = ContentRole::from_name(name).or(name.is_empty().then_some(ContentRole::None));
        found.ok_or_else(|| self.wrong(&format!("content_role \"{name}\" is unknown")))
    }

    fn wrong(&self, why: &str) -> Error {
        let line = self.reader.position().line();
        Error::Usage(format!(
            "{}: before line {line}: {why}",
            self.path.display()
        ))
    }
}
