//! The output folder: written beside its final place as `DIR.partial` and renamed when complete.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The file that marks a folder as a report of this tool.
pub(crate) const MANIFEST: &str = "manifest.json";

/// The file that marks a folder as one that is being written, locked while it is.
const LOCK: &str = "rolecall.lock";

/// A report folder being written; dropped unfinished, it leaves nothing behind unless it is kept.
#[derive(Debug)]
pub(crate) struct Folder {
    target: PathBuf,
    partial: PathBuf,
    /// Held, so that no other run writes the same folder.
    lock: File,
    /// Whether the partial folder stays where the run ends without a report.
    keep: bool,
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
    /// What a killed run left of it is taken away.
    pub(crate) fn create(target: &Path, overwrite: bool) -> Result<Folder, Error> {
        let folder = Folder::claim(target, overwrite)?;
        folder.clear()?;
        Ok(folder)
    }

    /// Prepares to go on with what a killed run left of `target`, or to write it anew where nothing is left.
    pub(crate) fn resume(target: &Path, overwrite: bool) -> Result<Folder, Error> {
        Folder::claim(target, overwrite)
    }

    fn claim(target: &Path, overwrite: bool) -> Result<Folder, Error> {
        check_replaceable(target, overwrite)?;
        let partial = partial_path(target)?;
        if partial.exists() && !partial.join(LOCK).exists() {
            return Err(Error::Usage(format!(
                "{} is in the way: the report is written there until it is complete; move it",
                partial.display()
            )));
        }
        let failed = |source| Error::output(&partial, source);
        fs::create_dir_all(&partial).map_err(failed)?;
        let lock = File::create(partial.join(LOCK)).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::Usage(format!(
                    "--out {}: another run is writing it",
                    target.display()
                )));
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        Ok(Folder {
            target: target.to_owned(),
            partial,
            lock,
            keep: false,
        })
    }

    /// Takes away everything but the lock.
    pub(crate) fn clear(&self) -> Result<(), Error> {
        let failed = |source| Error::output(&self.partial, source);
        for entry in fs::read_dir(&self.partial).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if entry.file_name() != LOCK {
                fs::remove_file(entry.path()).map_err(failed)?;
            }
        }
        Ok(())
    }

    /// Leaves the partial folder where the run ends without a report, so that it can be resumed.
    pub(crate) fn keep(&mut self) {
        self.keep = true;
    }

    /// A file of the folder as it is on the disk until the folder is published.
    pub(crate) fn on_disk(&self, name: &str) -> PathBuf {
        self.partial.join(name)
    }

    /// Opens a file of the report for writing.
    pub(crate) fn open(&self, name: &str) -> Result<OutputFile, Error> {
        let path = self.target.join(name);
        let file =
            File::create(self.on_disk(name)).map_err(|source| Error::output(&path, source))?;
        Ok(OutputFile::new(path, name, file))
    }

    /// Opens a file that is there for writing behind its first `bytes` bytes; what follows them is cut off.
    ///
    /// # Errors
    ///
    /// [`Error::Output`], also where the file is shorter.
    pub(crate) fn reopen(&self, name: &str, bytes: u64) -> Result<OutputFile, Error> {
        let path = self.target.join(name);
        let opened = || {
            let file = File::options()
                .read(true)
                .write(true)
                .open(self.on_disk(name))?;
            file.set_len(bytes.min(file.metadata()?.len()))?;
            let mut output = OutputFile::new(path.clone(), name, file.try_clone()?);
            output.bytes = io::copy(&mut (&file).take(bytes), &mut output.hasher)?;
            output.file.seek(SeekFrom::Start(output.bytes))?;
            Ok(output)
        };
        let output = opened().map_err(|source| Error::output(&path, source))?;
        if output.bytes < bytes {
            let source = io::Error::other("it is shorter than when it was written");
            return Err(Error::output(&path, source));
        }
        Ok(output)
    }

    /// Where the files are until the folder is published.
    pub(crate) fn path(&self) -> &Path {
        &self.partial
    }

    /// Writes a whole file.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<Written, Error> {
        let mut file = self.open(name)?;
        file.write(bytes)?;
        file.finish()
    }

    /// Takes a file over from another folder as it is; on the same disk it is not copied.
    pub(crate) fn carry(&self, from: &Path, name: &str) -> Result<Written, Error> {
        let (old, new) = (from.join(name), self.on_disk(name));
        let failed = |source| Error::output(self.target.join(name), source);
        if fs::hard_link(&old, &new).is_err() {
            fs::copy(&old, &new).map_err(failed)?;
        }
        hashed(&new, name).map_err(failed)
    }

    /// Puts the complete folder in its place, instead of what was there.
    pub(crate) fn publish(mut self) -> Result<(), Error> {
        let failed = |source| Error::output(&self.target, source);
        fs::remove_file(self.on_disk(LOCK)).map_err(failed)?;
        if self.target.exists() {
            let old = tempfile::Builder::new()
                .prefix(".rolecall-")
                .tempdir_in(parent(&self.target))
                .map_err(failed)?;
            fs::rename(&self.target, old.path().join("report")).map_err(failed)?;
            fs::rename(&self.partial, &self.target).map_err(failed)?;
        } else {
            fs::rename(&self.partial, &self.target).map_err(failed)?;
        }
        self.keep = true;
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Where it cannot be taken away, the next run does so.
        if !self.keep {
            let _ = fs::remove_dir_all(&self.partial);
        }
        let _ = self.lock.unlock();
    }
}

/// True where a killed run left a folder that could be resumed.
pub fn is_unfinished(target: &Path) -> bool {
    partial_path(target).is_ok_and(|partial| partial.join(LOCK).exists())
}

/// The folder that `target` lies in.
fn parent(target: &Path) -> &Path {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// `target` with `.partial` behind its name.
fn partial_path(target: &Path) -> Result<PathBuf, Error> {
    let Some(name) = target.file_name() else {
        return Err(Error::Usage(format!(
            "--out {}: name a folder",
            target.display()
        )));
    };
    let mut partial = OsString::from(name);
    partial.push(".partial");
    Ok(target.with_file_name(partial))
}

impl OutputFile {
    fn new(path: PathBuf, name: &str, file: File) -> OutputFile {
        OutputFile {
            path,
            name: name.to_owned(),
            file: BufWriter::with_capacity(1 << 18, file),
            hasher: blake3::Hasher::new(),
            bytes: 0,
        }
    }

    /// Bytes written so far, all of them handed to the system.
    pub(crate) fn flushed(&mut self) -> Result<u64, Error> {
        self.file
            .flush()
            .map_err(|source| Error::output(&self.path, source))?;
        Ok(self.bytes)
    }

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
    fn a_kept_folder_can_be_resumed_and_a_locked_one_not() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("report");
        let mut first = Folder::create(&target, false).unwrap();
        let mut file = first.open("sentences.csv").unwrap();
        file.write(b"one\ntwo\n").unwrap();
        assert_eq!(file.flushed().unwrap(), 8);
        first.keep();
        let refused = Folder::resume(&target, false).unwrap_err();
        assert!(refused.to_string().contains("another run"), "{refused}");
        drop((first, file));
        assert!(is_unfinished(&target));
        let second = Folder::resume(&target, false).unwrap();
        let mut file = second.reopen("sentences.csv", 4).unwrap();
        file.write(b"three\n").unwrap();
        assert_eq!(
            file.finish().unwrap().blake3,
            blake3::hash(b"one\nthree\n").to_hex().to_string()
        );
        assert!(second.reopen("sentences.csv", 99).is_err());
        second.publish().unwrap();
        assert_eq!(
            fs::read(target.join("sentences.csv")).unwrap(),
            b"one\nthree\n"
        );
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_of_somebody_else_is_not_written_to() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("report");
        fs::create_dir(place.path().join("report.partial")).unwrap();
        let refused = Folder::create(&target, false).unwrap_err();
        assert!(refused.to_string().contains("in the way"), "{refused}");
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
