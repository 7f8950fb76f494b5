//! Every kind of bad input, from the bytes of files to documents and problems.

mod archives;
mod docx;
#[cfg(feature = "parquet")]
mod parquet;
mod properties;
mod walking;
mod workbooks;

use std::io::Write;
use std::path::PathBuf;

use tempfile::TempDir;

use super::{Finished, InputOptions, Limits, Part, Source};
use crate::document::{Document, Genre};
use crate::error::{Error, Problem, Severity};

/// What a run over some inputs came to.
struct Read {
    documents: Vec<Document>,
    problems: Vec<Problem>,
}

impl Read {
    fn ids(&self) -> Vec<&str> {
        self.documents.iter().map(|d| d.id.as_str()).collect()
    }

    fn texts(&self) -> Vec<&str> {
        self.documents.iter().map(|d| d.text.as_str()).collect()
    }

    fn errors(&self) -> Vec<(u64, &str)> {
        let errors = self
            .problems
            .iter()
            .filter(|p| p.severity == Severity::Error);
        errors.map(|p| (p.origin.row, p.reason.as_str())).collect()
    }

    fn warnings(&self) -> Vec<(u64, &str)> {
        let warnings = self
            .problems
            .iter()
            .filter(|p| p.severity == Severity::Warning);
        warnings
            .map(|p| (p.origin.row, p.reason.as_str()))
            .collect()
    }
}

fn finish_all(
    inputs: &[PathBuf],
    options: InputOptions,
    batch_bytes: usize,
) -> Result<Vec<Finished>, Error> {
    let mut source = Source::open(inputs, options)?;
    let mut all = Vec::new();
    while let Some(batch) = source.next_batch(batch_bytes)? {
        all.extend((0..batch.len()).map(|index| batch.finish(index)));
    }
    Ok(all)
}

fn read_paths(inputs: &[PathBuf], options: InputOptions) -> Result<Read, Error> {
    let (mut documents, mut problems) = (Vec::new(), Vec::new());
    for finished in finish_all(inputs, options, 1 << 20)? {
        let errors = finished
            .problems
            .iter()
            .filter(|p| p.severity == Severity::Error)
            .count();
        assert_eq!(
            errors,
            usize::from(finished.document.is_none() && errors > 0),
            "one error a lost row"
        );
        documents.extend(finished.document);
        problems.extend(finished.problems);
    }
    Ok(Read {
        documents,
        problems,
    })
}

fn file(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, bytes).unwrap();
    path
}

fn read(name: &str, bytes: &[u8]) -> Read {
    let folder = TempDir::new().unwrap();
    read_paths(&[file(&folder, name, bytes)], InputOptions::default()).unwrap()
}

fn usage(inputs: &[PathBuf], options: InputOptions) -> String {
    match read_paths(inputs, options) {
        Err(Error::Usage(message)) => message,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("read without an error"),
    }
}

#[test]
fn a_table_of_every_spelling_gives_the_same_documents() {
    let plain =
        "id,title,text\na1,Project Manager,\"Plans,\ntracks \"\"all\"\" of it.\"\na2,PM,Ships.\n";
    let utf16: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(plain.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(plain.as_bytes()).unwrap();
    let zstd = ruzstd::encoding::compress_to_vec(
        plain.as_bytes(),
        ruzstd::encoding::CompressionLevel::Fastest,
    );
    let spellings: Vec<(&str, Vec<u8>)> = vec![
        ("a.csv", plain.into()),
        ("a.csv", format!("\u{feff}{plain}").into()),
        ("a.csv", format!("\n\n{}\n\n", plain.trim_end()).into()),
        ("a.csv", plain.replace("\na", "\r\na").into()),
        (
            "a.csv",
            plain.replace(",", ";").replace("Plans;", "Plans,").into(),
        ),
        (
            "a.tsv",
            plain.replace(",", "\t").replace("Plans\t", "Plans,").into(),
        ),
        ("a.csv", format!("sep=,\n{plain}").into()),
        ("a.dat", plain.into()),
        ("a.csv", utf16),
        ("a.csv.gz", gzip.finish().unwrap()),
        ("a.csv.zst", zstd),
    ];
    for (name, bytes) in spellings {
        let read = read(name, &bytes);
        assert_eq!(read.ids(), ["a1", "a2"], "{name}");
        assert_eq!(
            read.texts(),
            ["Plans,\ntracks \"all\" of it.", "Ships."],
            "{name}"
        );
        assert_eq!(read.documents[0].title, "Project Manager");
        assert_eq!(read.problems, [], "{name}");
    }
}

#[test]
fn a_broken_row_costs_one_row() {
    let table = "id,title,text\n1,A,\"first\"\n2,B,\"never closed\n3,C,\"third\"\n4,D,\"a \"bare\" quote\n\
                 and a, second, \"line\"\n5,E,\"fifth\"\n6,F\n7,G,\"seventh\",more\n8,H,\"end\n";
    let read = read("t.csv", table.as_bytes());
    assert_eq!(read.ids(), ["1", "3", "5"]);
    let rows: Vec<u64> = read.errors().iter().map(|(row, _)| *row).collect();
    assert_eq!(rows, [2, 4, 6, 7, 8]);
    let reasons = read.errors();
    assert!(
        reasons[0]
            .1
            .starts_with("line 3: there is text behind a closing quote"),
        "{}",
        reasons[0].1
    );
    assert!(
        reasons[1].1.starts_with("lines 5 to 6:"),
        "{}",
        reasons[1].1
    );
    assert_eq!(
        reasons[2].1,
        "line 8: the row has 2 fields where the header has 3"
    );
    assert!(reasons[4].1.contains("never closed"), "{}", reasons[4].1);
}

#[test]
fn encodings_are_told_row_by_row() {
    let mut table = b"id,text\n1,caf\xe9 owner\n2,".to_vec();
    table.extend("café\n3,".as_bytes());
    table.extend(b"\xc3\xa9 cut \xc3\n4,one\0two three four five six seven\n5,ok\n");
    let read = read("t.csv", &table);
    assert_eq!(read.ids(), ["1", "2", "4", "5"]);
    assert_eq!(
        read.texts()[..3],
        ["café owner", "café", "one two three four five six seven"]
    );
    assert!(
        read.errors()[0].1.contains("not UTF-8"),
        "{:?}",
        read.errors()
    );
    assert_eq!(
        read.warnings().iter().map(|w| w.0).collect::<Vec<_>>(),
        [1, 4]
    );
}

#[test]
fn a_forced_encoding_is_used() {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "t.csv", b"id,text\n1,caf\x8e\n");
    let options = InputOptions {
        encoding: Some("macintosh".into()),
        ..InputOptions::default()
    };
    assert_eq!(
        read_paths(std::slice::from_ref(&path), options)
            .unwrap()
            .texts(),
        ["café"]
    );
    let options = InputOptions {
        encoding: Some("latin-17".into()),
        ..InputOptions::default()
    };
    assert!(usage(&[path], options).contains("--encoding latin-17"));
}

#[test]
fn ids_are_mended_with_a_warning() {
    let read = read("t.csv", b"id,text\nx,a\nx,b\n,c\n");
    let ids: Vec<String> = read.ids().iter().map(ToString::to_string).collect();
    assert_eq!(ids, ["x", "t.csv#2", "t.csv#3"]);
    assert_eq!(read.warnings().len(), 2);
    assert!(
        read.problems
            .iter()
            .all(|p| p.stage == "identify" && p.severity == Severity::Warning)
    );
}

#[test]
fn a_table_without_ids_is_remarked_once() {
    let read = read("t.csv", b"text\na\n\"\"\nb\n");
    assert_eq!(read.ids(), ["t.csv#1", "t.csv#2", "t.csv#3"]);
    assert_eq!(read.texts(), ["a", "", "b"]);
    assert_eq!(read.warnings().len(), 1);
}

#[test]
fn what_the_command_line_gets_wrong_is_said_at_once() {
    let folder = TempDir::new().unwrap();
    let table = file(&folder, "t.csv", b"name_of_it,words\n1,a\n");
    let message = usage(std::slice::from_ref(&table), InputOptions::default());
    assert!(
        message.contains("t.csv") && message.contains("name_of_it, words"),
        "{message}"
    );
    let options = InputOptions {
        keep: vec!["city".into()],
        text: Some("words".into()),
        ..InputOptions::default()
    };
    assert!(usage(std::slice::from_ref(&table), options).contains("`city` (--keep)"));
    assert!(usage(&[folder.path().join("none.csv")], InputOptions::default()).contains("none.csv"));
    assert!(usage(&["-".into(), "-".into()], InputOptions::default()).contains("twice"));
    let part = Some(Part { number: 3, of: 2 });
    assert!(
        usage(
            &[table],
            InputOptions {
                part,
                ..InputOptions::default()
            }
        )
        .contains("--part 3/2")
    );
    let empty = file(&folder, "empty.csv", b"");
    assert!(usage(&[empty], InputOptions::default()).contains("empty"));
}

#[test]
fn kept_columns_and_employers_travel_along() {
    let folder = TempDir::new().unwrap();
    let table = file(
        &folder,
        "t.csv",
        b"city,id,Company,text,year\nBerlin,1,R&amp;D Ltd,a,2024\n",
    );
    let lines = file(
        &folder,
        "t.jsonl",
        b"{\"year\":2025,\"id\":2,\"employer\":\"X\",\"text\":\"b\",\"city\":null}\n",
    );
    let options = InputOptions {
        keep: vec!["year".into(), "city".into()],
        ..InputOptions::default()
    };
    let read = read_paths(&[table, lines], options).unwrap();
    assert_eq!(read.documents[0].kept, ["2024", "Berlin"]);
    assert_eq!(read.documents[0].employer, "R&D Ltd");
    assert_eq!(read.documents[1].kept, ["2025", ""]);
}

#[test]
fn json_lines_lose_only_their_bad_lines() {
    let lines = b"\xef\xbb\xbf{\"id\":1,\"text\":\"a\"}\r\n\n{\"id\":2,\"text\":\"b\"\n[3]\n{\"id\":1,\"text\":\"d\"}\n\
                  {\"text\":\"caf\xe9\"}\n{\"id\":7,\"text\":[\"x\"]}\n{\"id\":8,\"title\":\"PM\",\"text\":\"end\"}";
    let read = read("l.jsonl", lines);
    assert_eq!(read.ids(), ["1", "l.jsonl#5", "l.jsonl#6", "8"]);
    assert_eq!(read.texts(), ["a", "d", "café", "end"]);
    let rows: Vec<u64> = read.errors().iter().map(|(row, _)| *row).collect();
    assert_eq!(rows, [3, 4, 7]);
}

#[test]
fn json_arrays_and_spread_objects_are_read_value_by_value() {
    let array =
        b"[\n {\"id\":1,\n \"text\":\"a ] } \\\" b\"},\n 17, {\"id\":\"x\",\"text\":\"c\"}\n]\n";
    let found = read("a.json", array);
    assert_eq!(found.ids(), ["1", "x"]);
    assert_eq!(found.texts(), ["a ] } \" b", "c"]);
    assert!(
        found.errors()[0].1.contains("a number"),
        "{:?}",
        found.errors()
    );
    let objects = read(
        "a.json",
        b"{\n\"text\":\"a\"}\n{\n\"text\":\"b\"}\n{\"text\":",
    );
    assert_eq!(objects.texts(), ["a", "b"]);
    assert!(
        objects.errors()[0].1.contains("ends inside"),
        "{:?}",
        objects.errors()
    );
    let lines = read(
        "a.json",
        b"{\"text\":\"a\"}\n{\"text\":\n{\"text\":\"b\"}\n",
    );
    assert_eq!(lines.texts(), ["a", "b"]);
}

#[test]
fn an_input_without_records_is_remarked_and_a_json_file_without_an_end_is_an_error() {
    let empty = [
        ("a.jsonl", ""),
        ("a.jsonl", "\n\n"),
        ("a.json", "[]"),
        ("a.csv", "text\n"),
        ("a.csv", "id,text"),
        ("a.tsv", "id\ttext\n\n\n"),
    ];
    for (name, bytes) in empty {
        let read = read(name, bytes.as_bytes());
        assert_eq!(read.errors(), [], "{name} {bytes:?}");
        assert_eq!(read.warnings(), [(0, "it holds no records")], "{bytes:?}");
    }
    for (bytes, rows) in [
        ("", 1),
        ("\n", 1),
        ("]", 1),
        ("[", 1),
        ("[{\"text\":\"a\"},", 2),
    ] {
        let read = read("a.json", bytes.as_bytes());
        assert_eq!(read.errors().len(), 1, "{bytes:?}");
        let (row, reason) = read.errors()[0];
        assert_eq!(row, rows);
        assert!(reason.starts_with("not valid JSON: "), "{reason}");
    }
}

#[test]
fn values_in_a_row_that_are_no_objects_are_one_problem() {
    let many = "7,".repeat(100_000);
    let text = format!("[1,\"a\",[2],{{\"text\":\"x\"}},null,{{\"text\":\"y\"}},{many}8]");
    let read = read("a.json", text.as_bytes());
    assert_eq!(read.texts(), ["x", "y"]);
    assert_eq!(
        read.errors(),
        [
            (1, "not JSON objects: values 1 to 3; not read"),
            (5, "not a JSON object but another value"),
            (7, "not JSON objects: values 7 to 100007; not read"),
        ]
    );
}

#[test]
fn short_rows_do_not_make_a_batch_of_unbounded_memory() {
    let folder = TempDir::new().unwrap();
    for name in ["a.csv", "a.jsonl"] {
        let rows = "1\n".repeat(100_000);
        let path = file(&folder, name, format!("text\n{rows}").as_bytes());
        let mut source = Source::open(&[path], InputOptions::default()).unwrap();
        let mut count = 0;
        while let Some(batch) = source.next_batch(1 << 20).unwrap() {
            assert!(batch.len() <= 20_000, "{}", batch.len());
            count += batch.len();
        }
        assert_eq!(count, 100_001, "{name}");
    }
}

#[test]
fn folders_are_read_in_order_and_nothing_is_silent() {
    let folder = TempDir::new().unwrap();
    for (name, text) in [
        ("essays/b.md", "# Roles\nText."),
        ("essays/a/z.txt", "A short title\n\nText."),
        ("essays/.hidden.txt", "no"),
        ("essays/photo.png", "no"),
        ("essays/c.csv", "a,b\n1,2\n"),
        ("essays/thesis.docx", "PK\x03\x04"),
        ("essays/old.doc", "\u{fffd}"),
        ("essays/wrong.txt", "%PDF-1.7"),
        ("essays/empty.txt", ""),
    ] {
        file(&folder, name, text.as_bytes());
    }
    let read = read_paths(&[folder.path().join("essays")], InputOptions::default()).unwrap();
    assert_eq!(read.ids(), ["a/z.txt", "b.md", "empty.txt"]);
    assert!(read.documents.iter().all(|d| d.genre == Genre::Essay));
    assert_eq!(read.documents[1].title, "Roles");
    let named = |severity| {
        let of = read.problems.iter().filter(move |p| p.severity == severity);
        of.map(|p| p.origin.input.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(named(Severity::Warning), ["photo.png"]);
    assert_eq!(
        named(Severity::Error),
        ["c.csv", "old.doc", "thesis.docx", "wrong.txt"]
    );
}

#[test]
fn an_empty_folder_and_a_repeated_file_are_remarked() {
    let folder = TempDir::new().unwrap();
    std::fs::create_dir(folder.path().join("none")).unwrap();
    assert_eq!(
        read_paths(&[folder.path().join("none")], InputOptions::default())
            .unwrap()
            .warnings()
            .len(),
        1
    );
    let path = file(&folder, "a.txt", b"Text.");
    let read = read_paths(&[path.clone(), path], InputOptions::default()).unwrap();
    assert_eq!(read.ids(), ["a.txt", "a.txt#2"]);
}

#[test]
fn sizes_beyond_the_limits_are_problems_and_the_rest_is_read() {
    let folder = TempDir::new().unwrap();
    let long = "word ".repeat(2000);
    let inputs = [
        file(
            &folder,
            "a.csv",
            format!("id,text\n1,{long}\n2,b\n3,\"{long}\n{long}\"\n4,d\n").as_bytes(),
        ),
        file(
            &folder,
            "b.jsonl",
            format!("{{\"text\":\"{long}\"}}\n{{\"id\":6,\"text\":\"f\"}}\n").as_bytes(),
        ),
        file(&folder, "c.txt", long.as_bytes()),
        file(
            &folder,
            "d.csv",
            format!("id,text\n7,{}\n8,h", "middling ".repeat(300)).as_bytes(),
        ),
    ];
    for batch in [100, 5000, 1 << 20] {
        let limits = Limits {
            record: 5000,
            text: 2000,
            ..Limits::default()
        };
        let options = InputOptions {
            limits,
            ..InputOptions::default()
        };
        let all = finish_all(&inputs, options, batch).unwrap();
        let ids: Vec<String> = all
            .iter()
            .filter_map(|f| Some(f.document.as_ref()?.id.clone()))
            .collect();
        assert_eq!(ids, ["2", "4", "6", "8"], "batches of {batch} bytes");
        let errors: Vec<&Problem> = all
            .iter()
            .flat_map(|f| &f.problems)
            .filter(|p| p.severity == Severity::Error)
            .collect();
        let told: Vec<_> = errors
            .iter()
            .map(|p| (&*p.origin.input, p.origin.row))
            .collect();
        assert_eq!(
            told,
            [
                ("a.csv", 1),
                ("a.csv", 3),
                ("b.jsonl", 1),
                ("c.txt", 0),
                ("d.csv", 1)
            ]
        );
        assert!(
            errors[..4]
                .iter()
                .all(|p| p.reason.contains("--max-record"))
        );
        assert!(errors[4].reason.contains("--max-text"));
    }
}

#[test]
fn a_cut_archive_gives_its_whole_rows_and_an_error() {
    let table: String = (0..3000)
        .map(|n| format!("{n},\"text of {n} with {}\"\n", n * 7919))
        .collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(format!("id,text\n{table}").as_bytes())
        .unwrap();
    let data = gzip.finish().unwrap();
    let read = read("t.csv.gz", &data[..data.len() * 3 / 4]);
    assert!(read.documents.len() > 1000);
    for (n, document) in read.documents.iter().enumerate() {
        assert_eq!(document.text, format!("text of {n} with {}", n * 7919));
    }
    assert_eq!(read.errors().len(), 1);
    assert!(read.errors()[0].1.contains("reading stopped"));
}

#[test]
fn summaries_hash_the_stored_bytes_in_order() {
    let folder = TempDir::new().unwrap();
    let inputs = [
        file(&folder, "b.csv", b"id,text\n1,a\n"),
        file(&folder, "a.txt", b"Text."),
    ];
    let mut source = Source::open(&inputs, InputOptions::default()).unwrap();
    while source.next_batch(4).unwrap().is_some() {}
    let found: Vec<_> = source
        .summaries()
        .iter()
        .map(|s| (s.input.as_str(), s.bytes, s.blake3.clone()))
        .collect();
    let hash = |bytes: &[u8]| blake3::hash(bytes).to_hex().to_string();
    assert_eq!(
        found,
        [
            ("b.csv", 12, hash(b"id,text\n1,a\n")),
            ("a.txt", 5, hash(b"Text."))
        ]
    );
}
