//! The output folder: written beside its final place and renamed when complete.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The file that marks a folder as a report of this tool.
pub(crate) const MANIFEST: &str = "manifest.json";

/// A report folder being written; dropped unfinished, it leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Folder {
    target: PathBuf,
    temporary: tempfile::TempDir,
}

/// One file of a report folder, hashed while it is written.
#[derive(Debug)]
pub(crate) struct OutputFile {
    path: PathBuf,
    name: String,
    file: BufWriter<File>,
    hasher: blake3::Hasher,
    bytes: u64,
}

/// Name, size and hash of a finished file, as the manifest lists it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Written {
    /// Name within the folder.
    pub(crate) file: String,
    /// Size in bytes.
    pub(crate) bytes: u64,
    /// BLAKE3, in hexadecimal.
    pub(crate) blake3: String,
}

impl Folder {
    /// Prepares to write `target`: a new or empty folder, an earlier report, or any with `overwrite`.
    pub(crate) fn create(target: &Path, overwrite: bool) -> Result<Folder, Error> {
        check_replaceable(target, overwrite)?;
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).map_err(|source| Error::output(parent, source))?;
        let temporary = tempfile::Builder::new()
            .prefix(".rolecall-")
            .tempdir_in(parent)
            .map_err(|source| Error::output(parent, source))?;
        Ok(Folder {
            target: target.to_owned(),
            temporary,
        })
    }

    /// Opens a file of the report for writing.
    pub(crate) fn open(&self, name: &str) -> Result<OutputFile, Error> {
        let path = self.temporary.path().join(name);
        let file =
            File::create(&path).map_err(|source| Error::output(self.target.join(name), source))?;
        Ok(OutputFile {
            path: self.target.join(name),
            name: name.to_owned(),
            file: BufWriter::with_capacity(1 << 18, file),
            hasher: blake3::Hasher::new(),
            bytes: 0,
        })
    }

    /// Where the files are until the folder is published.
    pub(crate) fn path(&self) -> &Path {
        self.temporary.path()
    }

    /// Writes a whole file.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<Written, Error> {
        let mut file = self.open(name)?;
        file.write(bytes)?;
        file.finish()
    }

    /// Takes a file over from another folder as it is; on the same disk it is not copied.
    pub(crate) fn carry(&self, from: &Path, name: &str) -> Result<Written, Error> {
        let (old, new) = (from.join(name), self.temporary.path().join(name));
        let failed = |source| Error::output(self.target.join(name), source);
        if fs::hard_link(&old, &new).is_err() {
            fs::copy(&old, &new).map_err(failed)?;
        }
        hashed(&new, name).map_err(failed)
    }

    /// Puts the complete folder in its place, instead of what was there.
    pub(crate) fn publish(self) -> Result<(), Error> {
        let failed = |source| Error::output(&self.target, source);
        let temporary = self.temporary.keep();
        open_to_others(&temporary).map_err(failed)?;
        if !self.target.exists() {
            return fs::rename(&temporary, &self.target).map_err(failed);
        }
        let old = temporary.with_extension("old");
        fs::rename(&self.target, &old).map_err(failed)?;
        fs::rename(&temporary, &self.target).map_err(failed)?;
        fs::remove_dir_all(&old).map_err(failed)
    }
}

impl OutputFile {
    /// Appends bytes.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        self.file
            .write_all(bytes)
            .map_err(|source| Error::output(&self.path, source))
    }

    /// Flushes and closes the file.
    pub(crate) fn finish(mut self) -> Result<Written, Error> {
        self.file
            .flush()
            .map_err(|source| Error::output(&self.path, source))?;
        Ok(Written {
            file: self.name,
            bytes: self.bytes,
            blake3: self.hasher.finalize().to_hex().to_string(),
        })
    }
}

/// Size and hash of a file.
pub(crate) fn hashed(path: &Path, name: &str) -> std::io::Result<Written> {
    let mut hasher = blake3::Hasher::new();
    let bytes = std::io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(Written {
        file: name.to_owned(),
        bytes,
        blake3: hasher.finalize().to_hex().to_string(),
    })
}

/// Temporary folders are private; a report is as readable as any new folder.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn open_to_others(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}

fn check_replaceable(target: &Path, overwrite: bool) -> Result<(), Error> {
    if !target.exists() {
        return Ok(());
    }
    if !target.is_dir() {
        return Err(Error::Usage(format!(
            "--out {}: this is a file; name a folder",
            target.display()
        )));
    }
    let mut entries = fs::read_dir(target).map_err(|source| Error::output(target, source))?;
    if entries.next().is_none() || overwrite || is_report(target) {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "--out {}: the folder holds files that are no report of rolecall; name another, or replace it with --overwrite",
        target.display()
    )))
}

/// True where the folder's manifest was written by this tool.
fn is_report(target: &Path) -> bool {
    let Ok(manifest) = fs::read(target.join(MANIFEST)) else {
        return false;
    };
    serde_json::from_slice::<serde_json::Value>(&manifest)
        .is_ok_and(|manifest| manifest["tool"] == "rolecall")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_folder_leaves_the_earlier_report() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("report");
        let folder = Folder::create(&target, false).unwrap();
        folder.write(MANIFEST, br#"{"tool":"rolecall"}"#).unwrap();
        folder.publish().unwrap();
        let second = Folder::create(&target, false).unwrap();
        second.write("confusion.csv", b"x").unwrap();
        drop(second);
        assert_eq!(fs::read_dir(&target).unwrap().count(), 1);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[test]
    fn other_peoples_files_are_not_replaced() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("thesis.docx"), b"x").unwrap();
        let refused = Folder::create(place.path(), false).unwrap_err();
        assert!(refused.to_string().contains("--overwrite"), "{refused}");
        assert!(Folder::create(place.path(), true).is_ok());
    }
}
