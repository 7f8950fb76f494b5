//! Reads a report's tables back, for its page and charts.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::report::CONFUSED;
use crate::report::page::{Cases, MOST_PROBLEMS, Tables};
use crate::run::folder::MANIFEST;

/// The tables of the report in `folder` that page and charts are made from.
///
/// # Errors
///
/// [`Error::Usage`] where a table is there but cannot be read.
pub(crate) fn tables(folder: &Path) -> Result<Tables, Error> {
    let bad = |name: &str, why: &dyn std::fmt::Display| {
        Error::Usage(format!("{}: {why}", folder.join(name).display()))
    };
    let manifest = fs::read(folder.join(MANIFEST)).map_err(|error| bad(MANIFEST, &error))?;
    let manifest = serde_json::from_slice(&manifest).map_err(|error| bad(MANIFEST, &error))?;
    let confused = match fs::read_to_string(folder.join(CONFUSED)) {
        Ok(text) => Some(Cases::read(&text).map_err(|error| bad(CONFUSED, &error))?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(bad(CONFUSED, &error)),
    };
    Ok(Tables {
        manifest,
        roles: rows(folder, "roles.csv", usize::MAX)?,
        confusion: rows(folder, "confusion.csv", usize::MAX)?,
        overlap: rows(folder, "overlap.csv", usize::MAX)?,
        responsibilities: rows(folder, "responsibilities.csv", usize::MAX)?,
        keyness: rows(folder, "keyness.csv", usize::MAX)?,
        prevalence: rows(folder, "prevalence.csv", usize::MAX)?,
        examples: rows(folder, "examples.csv", usize::MAX)?,
        problems: rows(folder, "problems.csv", MOST_PROBLEMS)?,
        confused,
    })
}

/// The first `most` rows of a table; `None` where it is not there.
fn rows<T: DeserializeOwned>(
    folder: &Path,
    name: &str,
    most: usize,
) -> Result<Option<Vec<T>>, Error> {
    let path = folder.join(name);
    let bad = |why: &dyn std::fmt::Display| Error::Usage(format!("{}: {why}", path.display()));
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(bad(&error)),
    };
    let mut reader = csv::Reader::from_reader(file);
    let rows = reader.deserialize().take(most);
    rows.collect::<Result<_, _>>()
        .map(Some)
        .map_err(|error| bad(&error))
}
