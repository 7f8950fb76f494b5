//! ZIP archives: members as inputs, limits, and what is made to do harm.

use std::io::Write;

use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Read, file, finish_all, read_paths};
use crate::input::{InputOptions, Limits, Source};

/// A ZIP archive of these members.
pub(super) fn zipped<B: AsRef<[u8]>>(members: &[(&str, B)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes.as_ref()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read_with(bytes: &[u8], limits: Limits) -> Read {
    let folder = TempDir::new().unwrap();
    let options = InputOptions {
        limits,
        ..InputOptions::default()
    };
    read_paths(&[file(&folder, "in.zip", bytes)], options).unwrap()
}

fn reasons(read: &Read) -> Vec<String> {
    let problems = read.problems.iter();
    problems
        .map(|p| format!("{} {}: {}", p.severity.name(), p.origin.input, p.reason))
        .collect()
}

const MEMBERS: &[(&str, &str)] = &[
    ("b.md", "# Roles\n\nText."),
    ("a/z.txt", "A title\n\nText."),
    ("a-b/jobs.csv", "id,text\n7,Plans it.\n8,Ships it.\n"),
    ("__MACOSX/a.txt", "no"),
    (".hidden.txt", "no"),
];

#[test]
fn an_archive_reads_like_the_folder_it_was_made_of() {
    let folder = TempDir::new().unwrap();
    for (name, text) in MEMBERS {
        file(&folder, &format!("all/{name}"), text.as_bytes());
    }
    let unpacked = read_paths(&[folder.path().join("all")], InputOptions::default()).unwrap();
    let packed = read_with(&zipped(MEMBERS), Limits::default());
    assert_eq!(packed.texts(), unpacked.texts());
    assert_eq!(packed.ids(), ["in.zip/a/z.txt", "7", "8", "in.zip/b.md"]);
    assert!(packed.problems.is_empty());
    let inputs: Vec<_> = packed.documents.iter().map(|d| &*d.origin.input).collect();
    assert_eq!(inputs[1], "in.zip/a-b/jobs.csv");
}

#[test]
fn the_manifest_names_the_archive_and_its_members() {
    let folder = TempDir::new().unwrap();
    let bytes = zipped(&[("a.txt", "Text.")]);
    let path = file(&folder, "in.zip", &bytes);
    let mut source = Source::open(&[path], InputOptions::default()).unwrap();
    while source.next_batch(1000).unwrap().is_some() {}
    let found: Vec<_> = source
        .summaries()
        .iter()
        .map(|s| (s.input.as_str(), s.format.name(), s.bytes, s.blake3.clone()))
        .collect();
    let hash = |bytes: &[u8]| blake3::hash(bytes).to_hex().to_string();
    assert_eq!(
        found,
        [
            ("in.zip", "zip", bytes.len() as u64, hash(&bytes)),
            ("in.zip/a.txt", "text", 5, hash(b"Text.")),
        ]
    );
}

#[test]
fn a_compressed_archive_and_one_within_one_are_told_apart() {
    let inner = zipped(&[("a.txt", "Deep.")]);
    let outer = zipped(&[("inner.zip", inner), ("b.txt", b"Flat.".to_vec())]);
    let read = read_with(&outer, Limits::default());
    assert_eq!(read.texts(), ["Flat."]);
    assert!(
        reasons(&read)[0].contains("inner.zip: is an archive inside"),
        "{:?}",
        reasons(&read)
    );
    let deeper = Limits {
        nesting: 2,
        ..Limits::default()
    };
    let read = read_with(&outer, deeper);
    assert_eq!(read.ids(), ["in.zip/b.txt", "in.zip/inner.zip/a.txt"]);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&zipped(&[("a.txt", "Text.")])).unwrap();
    let read = super::read("in.zip.gz", &gzip.finish().unwrap());
    assert_eq!(read.ids(), ["in.zip.gz/a.txt"]);
}

#[test]
fn names_that_lead_out_of_the_archive_stay_in_it() {
    let bytes = zipped(&[
        ("../../up.txt", "One."),
        ("/root.txt", "Two."),
        ("C:\\drive\\c.txt", "Three."),
        ("line\nbreak.txt", "Four."),
    ]);
    let read = read_with(&bytes, Limits::default());
    let expected = [
        "in.zip/drive/c.txt",
        "in.zip/line\u{fffd}break.txt",
        "in.zip/root.txt",
        "in.zip/up.txt",
    ];
    assert_eq!(read.ids(), expected);
}

#[test]
fn what_goes_beyond_the_limits_is_an_error_row() {
    let zeros = vec![b' '; 24 << 20];
    let bomb = zipped(&[("bomb.txt", zeros.as_slice()), ("good.txt", b"Text.")]);
    let read = read_with(&bomb, Limits::default());
    assert_eq!(read.texts(), ["Text."]);
    assert!(
        reasons(&read)[0].contains("--max-ratio"),
        "{:?}",
        reasons(&read)
    );
    let few = Limits {
        unpacked: 20 << 20,
        ratio: 2000,
        ..Limits::default()
    };
    let read = read_with(&bomb, few);
    assert!(read.documents.is_empty());
    assert!(
        reasons(&read)
            .iter()
            .all(|reason| reason.contains("--max-unpacked"))
    );
    let few = Limits {
        entries: 1,
        ..Limits::default()
    };
    assert!(reasons(&read_with(&bomb, few))[0].contains("--max-entries"));
}

#[test]
fn damaged_and_locked_archives_become_error_rows() {
    let whole = zipped(&[(
        "a.txt",
        "Some text that is long enough to be packed. ".repeat(9),
    )]);
    let errors = |bytes: &[u8]| {
        let read = read_with(bytes, Limits::default());
        assert!(read.documents.is_empty());
        assert_eq!(read.errors().len(), 1);
        reasons(&read).remove(0)
    };
    assert!(errors(&whole[..whole.len() - 9]).contains("damaged ZIP"));
    let mut flipped = whole.clone();
    flipped[60] ^= 0x55;
    let reason = errors(&flipped);
    assert!(
        reason.contains("in.zip/a.txt") && reason.contains("cannot be read"),
        "{reason}"
    );
    let mut locked = whole.clone();
    let central = memchr::memmem::find(&locked, b"PK\x01\x02").unwrap();
    locked[6] |= 1;
    locked[central + 8] |= 1;
    assert!(errors(&locked).contains("encrypted"));
}

#[test]
fn a_flipped_byte_never_costs_more_than_the_archive() {
    let folder = TempDir::new().unwrap();
    let whole = zipped(MEMBERS);
    let good = file(&folder, "good.txt", b"Good text.");
    for turn in 0..300usize {
        let mut bytes = whole.clone();
        let at = turn * 7919 % bytes.len();
        bytes[at] ^= 1 << (turn % 8);
        let bad = file(&folder, "bad.zip", &bytes);
        let all = finish_all(&[bad, good.clone()], InputOptions::default(), 1 << 20).unwrap();
        let last = all.last().unwrap().document.as_ref().unwrap();
        assert_eq!(
            (last.id.as_str(), last.text.as_str()),
            ("good.txt", "Good text.")
        );
        let mut problems = all.iter().flat_map(|finished| &finished.problems);
        assert!(
            problems.all(|p| p.origin.input.starts_with("bad.zip")),
            "flip {turn}"
        );
    }
}
