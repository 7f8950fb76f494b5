//! The inputs as named → the files to read, folders taken apart in sorted order.

use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::archive::{self, Archive};
use super::columns::Columns;
use super::format::extension;
use super::stream::Reader;
use super::workbook::Sheet;
use super::{Format, InputOptions};
use crate::error::{Error, Severity};

/// One file to read, or why one is not read.
#[derive(Debug)]
pub(super) struct Entry {
    /// Where its bytes are.
    pub content: Content,
    /// What reports call it: the path as named, or the path below the named folder.
    pub label: Arc<str>,
    /// True where the command line names the file itself.
    pub named: bool,
    /// Why the file is not read.
    pub skipped: Option<(Severity, String)>,
}

/// Where the bytes of a file are.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// On standard input.
    Standard,
    /// On disk.
    File(PathBuf),
    /// In an archive: the index of the member.
    Member(Arc<Archive>, usize),
    /// In memory: a sheet that was turned into CSV.
    Sheet(Arc<[u8]>),
    /// Nowhere: only a reason why it is not read.
    Nothing,
}

impl Entry {
    /// Opens the bytes.
    pub(super) fn open(&self) -> io::Result<Reader> {
        Ok(match &self.content {
            Content::Standard => Box::new(io::stdin()),
            Content::File(path) => Box::new(File::open(path)?),
            Content::Member(archive, index) => Box::new(archive.read(&archive.members()[*index])?),
            Content::Sheet(bytes) => Box::new(Cursor::new(bytes.clone())),
            Content::Nothing => Box::new(io::empty()),
        })
    }

    /// Number of archives that the file lies in.
    pub(super) fn depth(&self) -> usize {
        match &self.content {
            Content::Member(archive, _) => archive.depth(),
            _ => 0,
        }
    }

    /// The name that tells the format by its extension.
    pub(super) fn file_name(&self) -> &Path {
        match &self.content {
            Content::Standard | Content::Nothing => Path::new(""),
            Content::File(path) => path,
            Content::Member(archive, index) => Path::new(&archive.members()[*index].name),
            Content::Sheet(_) => Path::new("sheet.csv"),
        }
    }
}

/// Lists the files of the inputs in the order given, those of `--files-from` last; `-` is
/// standard input.
pub(super) fn walk(inputs: &[PathBuf], options: &InputOptions) -> Result<Vec<Entry>, Error> {
    let mut walk = Walk {
        follow: options.follow_links,
        open: Vec::new(),
        entries: Vec::new(),
    };
    let list = options.files_from.as_deref();
    let mut stdin = list.is_some_and(|list| list.as_os_str() == "-");
    for input in inputs {
        if input.as_os_str() == "-" {
            if std::mem::replace(&mut stdin, true) {
                let reason = "standard input (-) is named twice".to_string();
                return Err(Error::Usage(reason));
            }
            walk.entries.push(entry(Content::Standard, "stdin", true));
            continue;
        }
        let meta = fs::metadata(input)
            .map_err(|error| Error::Usage(format!("cannot read {}: {error}", input.display())))?;
        walk.input(input, &meta, true);
    }
    for input in list.map(listed).transpose()?.unwrap_or_default() {
        match fs::metadata(&input) {
            Ok(meta) => walk.input(&input, &meta, false),
            // One of many thousand files may be gone: that must not stop the run.
            Err(error) => {
                let reason = format!("cannot be read: {error}");
                let missing = skipped(&label(&input), Severity::Error, reason);
                walk.entries.push(missing);
            }
        }
    }
    Ok(walk.entries)
}

/// The names in the list of `--files-from`: lines, or with NULs between them where there is one.
fn listed(list: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut bytes = Vec::new();
    let read = if list.as_os_str() == "-" {
        io::stdin().read_to_end(&mut bytes)
    } else {
        File::open(list).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    let wrong = |reason: &dyn std::fmt::Display| {
        Error::Usage(format!("--files-from {}: {reason}", list.display()))
    };
    read.map_err(|error| wrong(&error))?;
    let text = String::from_utf8(bytes).map_err(|_| wrong(&"its names are not UTF-8"))?;
    let end = if text.contains('\0') { '\0' } else { '\n' };
    let names = text
        .split(end)
        .map(|name| name.strip_suffix('\r').unwrap_or(name));
    Ok(names
        .filter(|name| !name.is_empty())
        .map(PathBuf::from)
        .collect())
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

fn entry(content: Content, label: &str, named: bool) -> Entry {
    Entry {
        content,
        label: label.into(),
        named,
        skipped: None,
    }
}

fn skipped(label: &str, severity: Severity, reason: String) -> Entry {
    Entry {
        skipped: Some((severity, reason)),
        ..entry(Content::Nothing, label, false)
    }
}

/// The files found so far.
struct Walk {
    /// Whether symbolic links in folders are followed.
    follow: bool,
    /// The folders that the current one lies in, itself last, without links: they must not
    /// be entered again. Kept only where links are followed.
    open: Vec<PathBuf>,
    entries: Vec<Entry>,
}

impl Walk {
    /// A file or folder that was named.
    fn input(&mut self, input: &Path, meta: &fs::Metadata, named: bool) {
        let label = label(input);
        if !meta.is_dir() {
            let content = Content::File(input.to_path_buf());
            return self.entries.push(entry(content, &label, named));
        }
        let before = self.entries.len();
        self.folder(input, &label, "");
        if self.entries.len() == before {
            let reason = "the folder holds no file that can be read";
            self.skip(&label, reason.to_string());
        }
    }

    fn skip(&mut self, label: &str, reason: String) {
        self.entries.push(skipped(label, Severity::Warning, reason));
    }

    /// Lists a folder's files, by name; their labels begin with `below`. Hidden ones are
    /// passed over; links, if they are not followed, and others are remarked.
    fn folder(&mut self, folder: &Path, label: &str, below: &str) {
        if self.follow {
            let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
            if self.open.contains(&real) {
                let reason = "a link to a folder that it lies in is not followed";
                return self.skip(label, reason.to_string());
            }
            self.open.push(real);
        }
        let listed = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        match listed {
            Ok(mut files) => {
                files.sort_by_key(fs::DirEntry::file_name);
                files.iter().for_each(|file| self.file(file, below));
            }
            Err(error) => self.skip(label, format!("the folder cannot be read: {error}")),
        }
        self.open.pop();
    }

    /// One file of a folder.
    fn file(&mut self, file: &fs::DirEntry, below: &str) {
        let name = file.file_name().to_string_lossy().into_owned();
        if is_hidden(&name) {
            return;
        }
        let (path, label) = (file.path(), format!("{below}{name}"));
        let kind = match file.file_type() {
            Ok(kind) if kind.is_symlink() && self.follow => {
                fs::metadata(&path).map(|meta| meta.file_type())
            }
            kind => kind,
        };
        match kind {
            Ok(kind) if kind.is_dir() => self.folder(&path, &label, &format!("{label}/")),
            Ok(kind) if kind.is_file() => self.entries.push(found(Content::File(path), &label)),
            Ok(kind) if kind.is_symlink() => {
                let reason = "a link in a folder is not read, unless with --follow-links";
                self.skip(&label, reason.to_string());
            }
            Ok(_) => self.skip(&label, "a device in a folder is not read".to_string()),
            Err(error) => self.skip(&label, error.to_string()),
        }
    }
}

/// A file of a folder or archive: to be read, or with the reason why its kind is not.
fn found(content: Content, label: &str) -> Entry {
    match refused(Path::new(label)) {
        Some((severity, reason)) => skipped(label, severity, reason),
        None => entry(content, label, false),
    }
}

/// The files of an archive that reports call `label`, in the order in which the folder that
/// it was made of would be read.
pub(super) fn members(archive: &Arc<Archive>, label: &str) -> Vec<Entry> {
    let members = archive.members().iter().enumerate();
    let mut inside: Vec<(String, usize)> = members
        .map(|(index, member)| (archive::inside(&member.name), index))
        .filter(|(path, _)| !path.split('/').any(is_hidden))
        .collect();
    inside.sort_by(|(one, _), (other, _)| one.split('/').cmp(other.split('/')));
    let entries = inside.into_iter().map(|(path, index)| {
        let label = format!("{label}/{path}");
        match &archive.members()[index].refused {
            Some(reason) => skipped(&label, Severity::Error, reason.clone()),
            None => found(Content::Member(archive.clone(), index), &label),
        }
    });
    let entries: Vec<Entry> = entries.collect();
    if entries.is_empty() {
        let reason = "the archive holds no file that can be read".to_string();
        return vec![skipped(label, Severity::Warning, reason)];
    }
    entries
}

/// The sheets of a workbook that reports call `label`; of several, each by its own name.
/// Sheets without the columns that are needed are passed over, unless all are: then `Err`
/// says what the first one lacks.
pub(super) fn sheets(
    sheets: Vec<Sheet>,
    label: &str,
    named: bool,
    options: &InputOptions,
) -> Result<Vec<Entry>, String> {
    let many = sheets.len() > 1;
    let mut lacking = None;
    let mut usable = false;
    let mut entries = Vec::new();
    for sheet in sheets {
        let label = if many {
            format!("{label}/{}", archive::inside(&sheet.name))
        } else {
            label.to_string()
        };
        match Columns::find(options, &sheet.header) {
            Ok(_) => {
                usable = true;
                entries.push(entry(Content::Sheet(sheet.csv.into()), &label, named));
            }
            Err(reason) => {
                entries.push(skipped(
                    &label,
                    Severity::Warning,
                    format!("the sheet {reason}"),
                ));
                lacking = lacking.or(Some(reason));
            }
        }
    }
    match lacking {
        Some(reason) if !usable => Err(reason),
        _ => Ok(entries),
    }
}

/// Files that systems and editors leave behind, and those whose name begins with a dot.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || matches!(name, "__MACOSX" | "Thumbs.db" | "desktop.ini")
}

/// Why a file of a folder is not read, by its name. The loss of a document is an error;
/// what is no document is only remarked.
fn refused(path: &Path) -> Option<(Severity, String)> {
    if Format::of_path(path).is_some() {
        return None;
    }
    let advice = |kind: &str| format!("not read: {kind}");
    Some(match extension(path).as_deref() {
        Some("doc" | "odt" | "rtf" | "pages" | "wps" | "wpd") => {
            (Severity::Error, advice("save it as DOCX or PDF"))
        }
        Some("xls" | "xlsb" | "numbers") => (Severity::Error, advice("save it as XLSX or CSV")),
        Some(other) => {
            let reason =
                format!("files of kind .{other} are unknown; name it itself, with --input-format");
            (Severity::Warning, advice(&reason))
        }
        None => {
            let reason = "its name has no extension; name it itself, with --input-format";
            (Severity::Warning, advice(reason))
        }
    })
}
