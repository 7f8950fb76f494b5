//! Stable codes in place of names taken from file names, and the map kept apart.

use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::document::{Document, Origin};
use crate::error::{Error, Problem};

/// Code of each file name. Codes are drawn at random when a name is first met and kept in
/// the map's file, so they tell nothing without it and stay the same with it.
#[derive(Debug)]
pub(crate) struct Pseudonyms {
    path: PathBuf,
    codes: Mutex<BTreeMap<String, String>>,
    random: RandomState,
}

impl Pseudonyms {
    /// Reads the map of earlier runs, if there is one: CSV with the columns `name` and `code`.
    pub(crate) fn open(path: &Path) -> Result<Pseudonyms, Error> {
        let mut codes = BTreeMap::new();
        if path.exists() {
            let wrong = |error: csv::Error| {
                Error::Usage(format!("--pseudonyms {}: {error}", path.display()))
            };
            let mut reader = csv::Reader::from_path(path).map_err(wrong)?;
            for row in reader.deserialize::<(String, String)>() {
                let (name, code) = row.map_err(wrong)?;
                codes.insert(name, code);
            }
        }
        Ok(Pseudonyms {
            path: path.to_owned(),
            codes: Mutex::new(codes),
            random: RandomState::new(),
        })
    }

    /// Takes the file's name out of a document's id and origin, and the student's, who has one
    /// code for all files. A title may be the file's name or the student's: it is dropped.
    pub(crate) fn hide(&self, document: &mut Document) {
        if !document.student.is_empty() {
            document.student = self.code(&document.student);
        }
        document.title.clear();
        let code = self.code(&document.origin.input);
        document.id = document.id.replace(&*document.origin.input, &code);
        document.origin = Origin {
            input: code.into(),
            row: document.origin.row,
        };
    }

    /// Takes the file's name out of what is said of a problem.
    pub(crate) fn hide_in(&self, problem: &mut Problem) {
        let name = problem.origin.input.clone();
        let code = self.code(&name);
        problem.document_id = problem.document_id.replace(&*name, &code);
        problem.reason = problem.reason.replace(&*name, &code);
        problem.origin.input = code.into();
    }

    fn code(&self, name: &str) -> String {
        // A thread that panicked left the map whole: entries go in at once.
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(code) = codes.get(name) {
            return code.clone();
        }
        let mut draw = codes.len() as u64;
        let code = loop {
            let code = format!("E{:08X}", self.random.hash_one((name, draw)) as u32);
            if !codes.values().any(|taken| *taken == code) {
                break code;
            }
            draw += 1;
        };
        codes.insert(name.to_owned(), code.clone());
        code
    }

    /// Writes the map.
    pub(crate) fn save(&self) -> Result<(), Error> {
        let codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut table = crate::report::Table::new();
        table.row(["name", "code"]);
        for (name, code) in codes.iter() {
            table.row([name.as_str(), code.as_str()]);
        }
        let failed = |source| Error::output(&self.path, source);
        let folder = match self.path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        // Renamed when complete: a lost map could not be drawn again.
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        std::io::Write::write_all(&mut file, &table.into_bytes()).map_err(failed)?;
        file.persist(&self.path)
            .map_err(|error| failed(error.error))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn codes_stay_the_same_from_run_to_run() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("map.csv");
        let document = || Document {
            id: "anna_b.txt#2".into(),
            origin: Origin {
                input: "anna_b.txt".into(),
                row: 2,
            },
            ..Document::default()
        };
        let (mut one, mut other) = (document(), document());
        let first = Pseudonyms::open(&path).unwrap();
        first.hide(&mut one);
        first.save().unwrap();
        let second = Pseudonyms::open(&path).unwrap();
        second.hide(&mut other);
        assert_eq!((&one.id, &one.origin), (&other.id, &other.origin));
        assert!(
            !one.id.contains("anna") && one.id.ends_with("#2"),
            "{}",
            one.id
        );
        assert!(fs::read_to_string(&path).unwrap().contains("anna_b.txt"));
    }
}
