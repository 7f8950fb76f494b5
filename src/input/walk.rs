//! The inputs as named → the files to read, folders taken apart in sorted order.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Format;
use super::format::extension;
use crate::error::Error;

/// One file to read, or why one is not read.
#[derive(Debug)]
pub(super) struct Entry {
    /// The file; `None` for standard input.
    pub path: Option<PathBuf>,
    /// What reports call it: the path as named, or the path below the named folder.
    pub label: Arc<str>,
    /// True where the command line names the file itself.
    pub named: bool,
    /// Why the file is not read.
    pub skipped: Option<String>,
}

/// Lists the files of the inputs in the order given; `-` is standard input.
pub(super) fn walk(inputs: &[PathBuf]) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    let mut stdin = false;
    for input in inputs {
        if input.as_os_str() == "-" {
            if std::mem::replace(&mut stdin, true) {
                return Err(Error::Usage(
                    "standard input (-) is named twice".to_string(),
                ));
            }
            entries.push(entry(None, "stdin", true));
            continue;
        }
        let meta = fs::metadata(input)
            .map_err(|error| Error::Usage(format!("cannot read {}: {error}", input.display())))?;
        if meta.is_dir() {
            let before = entries.len();
            walk_folder(input, "", &mut entries);
            if entries.len() == before {
                let reason = "the folder holds no file that can be read".to_string();
                entries.push(skipped(input, &label(input), reason));
            }
        } else {
            entries.push(entry(Some(input.clone()), &label(input), true));
        }
    }
    Ok(entries)
}

/// A path as named; of an absolute one only the name, so that reports hold no absolute path.
fn label(path: &Path) -> String {
    let name = if path.is_absolute() {
        path.file_name().map(Path::new)
    } else {
        None
    };
    name.unwrap_or(path).to_string_lossy().into_owned()
}

fn entry(path: Option<PathBuf>, label: &str, named: bool) -> Entry {
    Entry {
        path,
        label: label.into(),
        named,
        skipped: None,
    }
}

fn skipped(path: &Path, label: &str, reason: String) -> Entry {
    Entry {
        skipped: Some(reason),
        ..entry(Some(path.to_path_buf()), label, false)
    }
}

/// Lists a folder's files, by name; hidden ones are passed over, links and others are remarked.
fn walk_folder(folder: &Path, below: &str, entries: &mut Vec<Entry>) {
    let listed = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut listed = match listed {
        Ok(listed) => listed,
        Err(error) => {
            let label = if below.is_empty() {
                label(folder)
            } else {
                below.trim_end_matches('/').to_string()
            };
            return entries.push(skipped(
                folder,
                &label,
                format!("the folder cannot be read: {error}"),
            ));
        }
    };
    listed.sort_by_key(fs::DirEntry::file_name);
    for file in listed {
        let name = file.file_name().to_string_lossy().into_owned();
        if is_hidden(&name) {
            continue;
        }
        let (path, label) = (file.path(), format!("{below}{name}"));
        match file.file_type() {
            Ok(kind) if kind.is_dir() => walk_folder(&path, &format!("{label}/"), entries),
            Ok(kind) if kind.is_file() => entries.push(match refused(&path) {
                Some(reason) => skipped(&path, &label, reason),
                None => entry(Some(path), &label, false),
            }),
            Ok(_) => entries.push(skipped(
                &path,
                &label,
                "a link or device in a folder is not read".to_string(),
            )),
            Err(error) => entries.push(skipped(&path, &label, error.to_string())),
        }
    }
}

/// Files that systems and editors leave behind, and those whose name begins with a dot.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || matches!(name, "__MACOSX" | "Thumbs.db" | "desktop.ini")
}

/// Why a file of a folder is not read, by its name.
fn refused(path: &Path) -> Option<String> {
    if Format::of_path(path).is_some() {
        return None;
    }
    Some(match extension(path).as_deref() {
        Some("doc" | "odt" | "rtf" | "pages" | "docx" | "pdf" | "xlsx" | "xls" | "ods") => {
            "not read: save it as text, Markdown, HTML or CSV".to_string()
        }
        Some(other) => format!(
            "not read: files of kind .{other} are unknown; name it itself, with --input-format"
        ),
        None => {
            "not read: its name has no extension; name it itself, with --input-format".to_string()
        }
    })
}
