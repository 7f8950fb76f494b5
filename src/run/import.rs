//! `rolecall lexicon import`: a dictionary file → a folder of lexicon files.

use std::path::Path;

use crate::error::Error;
use crate::exchange::{self, DictionaryFormat};
use crate::role::Role;
use crate::run::folder::Folder;

/// Writes the lexicon files of the dictionary `file` to `out`, a new or empty folder. Returns what was left out.
///
/// # Errors
///
/// [`Error::Usage`] where the dictionary cannot be read or holds nothing to import; [`Error::Output`] where a file
/// cannot be written.
pub fn import(
    file: &Path,
    format: DictionaryFormat,
    role: Option<Role>,
    out: &Path,
) -> Result<Vec<String>, Error> {
    let wrong = |reason: String| Error::Usage(format!("{}: {reason}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
    let imported = exchange::import(&text, format, role).map_err(wrong)?;
    if imported.files.is_empty() {
        let notes = imported.notes.join("; ");
        return Err(wrong(format!("there is nothing to import; {notes}")));
    }
    let folder = Folder::create(out, false)?;
    for (name, text) in &imported.files {
        folder.write(name, text.as_bytes())?;
    }
    folder.publish()?;
    Ok(imported.notes)
}
