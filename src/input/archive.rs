//! ZIP archives → their members as streams, within limits; nothing is written to disk.
//!
//! The sizes that an archive declares are not believed: members are counted while they
//! are read, and so is what all of them come to.

use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::Limits;

/// Bytes of a member that may be inflated whatever the ratio.
const FREE: u64 = 10 << 20;

/// Bytes of the fixed part of the header before a member's data.
const LOCAL_HEADER: u64 = 30;

/// Bytes that can be read from any place.
#[derive(Clone, Debug)]
pub(super) enum Store {
    /// A file.
    File(PathBuf),
    /// What a pipe, a compressed file or an archive held.
    Memory(Arc<[u8]>),
}

/// A source that can be read from any place.
pub(super) trait Seekable: Read + Seek + Send {}
impl<T: Read + Seek + Send> Seekable for T {}

impl Store {
    /// Its length in bytes.
    pub(super) fn length(&self) -> io::Result<u64> {
        match self {
            Store::File(path) => Ok(fs::metadata(path)?.len()),
            Store::Memory(bytes) => Ok(bytes.len() as u64),
        }
    }

    fn open(&self) -> io::Result<Box<dyn Seekable>> {
        Ok(match self {
            Store::File(path) => Box::new(File::open(path)?),
            Store::Memory(bytes) => Box::new(Cursor::new(bytes.clone())),
        })
    }
}

/// An opened archive.
#[derive(Debug)]
pub(super) struct Archive {
    store: Store,
    members: Vec<Member>,
    depth: usize,
    limits: Limits,
    /// Bytes inflated from all members so far.
    inflated: Arc<AtomicU64>,
}

/// One file of an archive.
#[derive(Debug)]
pub(super) struct Member {
    /// Its path in the archive as it stands there, `/` between folders.
    pub name: String,
    /// Why it cannot be read, if so.
    pub refused: Option<String>,
    header: u64,
    packed: u64,
    crc: u32,
    method: CompressionMethod,
}

impl Archive {
    /// Reads the list of members of an archive that lies in `depth` others. `Err` says why
    /// there is none.
    pub(super) fn open(store: Store, depth: usize, limits: Limits) -> Result<Archive, String> {
        let mut reader = store.open().map_err(|error| error.to_string())?;
        let declared = declared(&mut *reader).map_err(|error| error.to_string())?;
        if declared > limits.entries as u64 {
            return Err(too_many(declared, &limits));
        }
        let broken = |error| format!("is a damaged ZIP archive: {error}");
        let mut zip = ZipArchive::new(reader).map_err(broken)?;
        if zip.len() > limits.entries {
            return Err(too_many(zip.len() as u64, &limits));
        }
        if zip.has_overlapping_entries().map_err(broken)? {
            return Err(
                "is a ZIP archive whose members overlap: such a file is made to do harm"
                    .to_string(),
            );
        }
        let indices = 0..zip.len();
        let members = indices.map(|index| member(&mut zip, index).map_err(broken));
        let members = members
            .filter_map(Result::transpose)
            .collect::<Result<_, _>>()?;
        Ok(Archive {
            store,
            members,
            depth: depth + 1,
            limits,
            inflated: Arc::default(),
        })
    }

    /// Number of archives that its members lie in, itself included.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// Its files in the order in which they are stored.
    pub(super) fn members(&self) -> &[Member] {
        &self.members
    }

    /// The content of a member. Reading fails beyond the limits and where it is damaged.
    pub(super) fn read(&self, member: &Member) -> io::Result<Inflated> {
        let mut stored = self.store.open()?;
        stored.seek(SeekFrom::Start(member.header))?;
        let mut header = [0; LOCAL_HEADER as usize];
        stored.read_exact(&mut header)?;
        let length = |at: usize| i64::from(u16::from_le_bytes([header[at], header[at + 1]]));
        stored.seek(SeekFrom::Current(length(26) + length(28)))?;
        let packed = stored.take(member.packed);
        let plain: Box<dyn Read + Send> = match member.method {
            CompressionMethod::Stored => Box::new(packed),
            _ => Box::new(DeflateDecoder::new(packed)),
        };
        Ok(Inflated {
            plain,
            given: 0,
            packed: member.packed,
            crc: Crc::new(),
            expected: member.crc,
            limits: self.limits,
            all: self.inflated.clone(),
        })
    }
}

fn too_many(found: u64, limits: &Limits) -> String {
    let most = limits.entries;
    format!("holds {found} files, more than {most} (--max-entries)")
}

/// Number of members that the end of an archive declares, 0 where there is none: looked at
/// first, because the list of members is held in memory as a whole (APPNOTE.TXT, 4.3.14 to 4.3.16).
fn declared(archive: &mut dyn Seekable) -> io::Result<u64> {
    // The end has 22 bytes and a remark of at most 64 KiB behind it; before it, 20 bytes may
    // say where its long form is.
    let length = archive.seek(SeekFrom::End(0))?;
    let begin = length.saturating_sub(22 + (1 << 16) + 20);
    archive.seek(SeekFrom::Start(begin))?;
    let mut tail = Vec::new();
    Read::take(&mut *archive, length - begin).read_to_end(&mut tail)?;
    let Some(at) = memchr::memmem::rfind(&tail, b"PK\x05\x06") else {
        return Ok(0);
    };
    let count = tail.get(at + 10..at + 12).map_or(0, number);
    let place = at.checked_sub(20).map(|at| &tail[at..at + 16]);
    match place {
        Some(place) if count == 0xffff && place.starts_with(b"PK\x06\x07") => {
            let mut long = Vec::new();
            archive.seek(SeekFrom::Start(number(&place[8..])))?;
            Read::take(&mut *archive, 40).read_to_end(&mut long)?;
            Ok(long.get(32..).map_or(count, number))
        }
        _ => Ok(count),
    }
}

/// A number of at most eight bytes, the lowest first.
fn number(bytes: &[u8]) -> u64 {
    let digits = bytes.iter().rev();
    digits.fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// A member by its index; `None` for a folder.
fn member<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    index: usize,
) -> zip::result::ZipResult<Option<Member>> {
    let file = zip.by_index_raw(index)?;
    if file.is_dir() {
        return Ok(None);
    }
    let method = file.compression();
    let known = matches!(
        method,
        CompressionMethod::Stored | CompressionMethod::Deflated
    );
    let refused = if file.encrypted() {
        Some("is encrypted: unpack it with its password".to_string())
    } else if file.is_symlink() {
        Some("is a link in an archive".to_string())
    } else if !known {
        Some(format!(
            "is compressed with {method}: pack it again with deflate"
        ))
    } else {
        None
    };
    let name = file.name().map_or_else(
        |_| String::from_utf8_lossy(file.name_raw()).into_owned(),
        |name| name.into_owned(),
    );
    Ok(Some(Member {
        name: name.replace('\\', "/"),
        refused,
        header: file.header_start(),
        packed: file.compressed_size(),
        crc: file.crc32(),
        method,
    }))
}

/// A path of an archive without what would lead out of it: roots, drives, `.` and `..`.
pub(super) fn inside(name: &str) -> String {
    let parts = name
        .split('/')
        .filter(|part| !matches!(*part, "" | "." | "..") && !part.ends_with(':'));
    let path = parts.collect::<Vec<_>>().join("/");
    path.replace(|c: char| c.is_control(), "\u{fffd}")
}

/// The content of a member while it is read.
pub(super) struct Inflated {
    plain: Box<dyn Read + Send>,
    given: u64,
    packed: u64,
    crc: Crc,
    expected: u32,
    limits: Limits,
    all: Arc<AtomicU64>,
}

impl Read for Inflated {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.plain.read(buffer)?;
        let failed = |reason: String| Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        if read == 0 && !buffer.is_empty() && self.crc.sum() != self.expected {
            return failed("its checksum is wrong: the archive is damaged".to_string());
        }
        self.crc.update(&buffer[..read]);
        self.given += read as u64;
        let Limits {
            ratio, unpacked, ..
        } = self.limits;
        if self.given > FREE && self.given / ratio.max(1) > self.packed {
            return failed(format!(
                "it is more than {ratio} times as large as packed (--max-ratio)"
            ));
        }
        let all = self.all.fetch_add(read as u64, Ordering::Relaxed) + read as u64;
        if all > unpacked {
            return failed(format!(
                "the archive holds more than {unpacked} bytes (--max-unpacked)"
            ));
        }
        Ok(read)
    }
}
