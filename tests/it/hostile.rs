//! A folder with a harmful file of every kind: each costs itself, and nothing else.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Cursor, Write};
use std::path::Path;
use std::time::Duration;
use std::{io, thread};

use crate::documents::{MARKDOWN, csv_of, spreadsheet, word, workbook, zipped};
use crate::pdf::{self, readers};
use crate::pdf_file::Pdf;
use crate::util::{rolecall, rows};

/// Levels of nested elements.
const DEEP: usize = 200_000;

/// Bytes of an unpacked bomb: more than any limit lets through.
const BOMB: usize = 300 << 20;

/// Resident memory, in bytes, that the program must stay below.
const MEMORY: u64 = 1 << 30;

fn essay() -> Vec<u8> {
    let pdf = Pdf::default().page().heading("Roles");
    let text = "The product manager owns the roadmap. The project manager tracks the budget.";
    pdf.paragraph(80, text).bytes()
}

/// A ZIP archive of one large member, `head` and then blanks, behind others.
fn bomb(name: &str, head: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_level(Some(1));
    for (name, text) in others {
        let stored = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored);
        zip.start_file(*name, stored).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.start_file(name, options).unwrap();
    zip.write_all(head.as_bytes()).unwrap();
    io::copy(&mut io::Read::take(io::repeat(b' '), BOMB as u64), &mut zip).unwrap();
    zip.finish().unwrap().into_inner()
}

/// The archive with every member marked as encrypted.
fn encrypted(mut archive: Vec<u8>) -> Vec<u8> {
    // Where the flags stand behind the signatures of a member and of its entry in the list.
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let heads: Vec<usize> = (0..archive.len() - 4)
            .filter(|at| archive[*at..].starts_with(signature))
            .collect();
        for at in heads {
            archive[at + flags] |= 1;
        }
    }
    archive
}

/// `open` and `close`, so many times, around a word.
fn nested(open: &str, close: &str) -> String {
    format!("{}deep{}", open.repeat(DEEP), close.repeat(DEEP))
}

fn word_of(body: &str) -> Vec<u8> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
    ])
}

const BOOK: [(&str, &str); 3] = [
    ("[Content_Types].xml", "<Types/>"),
    (
        "xl/workbook.xml",
        "<workbook><sheets><sheet name=\"One\" r:id=\"a\"/></sheets></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"worksheets/one.xml\"/></Relationships>",
    ),
];

const ODS: [(&str, &str); 1] = [("mimetype", "application/vnd.oasis.opendocument.spreadsheet")];

/// A workbook of some kilobytes with one long string in every cell of a row: 1.5 GB of text.
fn wide() -> Vec<u8> {
    let row = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(3000));
    let sheet = format!("<worksheet><sheetData>{row}</sheetData></worksheet>");
    let strings = format!(
        "<sst><si><t>{}</t></si></sst>",
        "owns the roadmap ".repeat(30_000)
    );
    let mut parts = BOOK.map(|(name, text)| (name, text.as_bytes())).to_vec();
    parts.push(("xl/sharedStrings.xml", strings.as_bytes()));
    parts.push(("xl/worksheets/one.xml", sheet.as_bytes()));
    zipped(&parts)
}

fn workbook_of(rows: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let mut parts = BOOK.map(|(name, text)| (name, text.as_bytes())).to_vec();
    parts.push(("xl/worksheets/one.xml", sheet.as_bytes()));
    zipped(&parts)
}

fn good() -> Vec<(String, Vec<u8>)> {
    let essays = zipped(&[
        ("one.docx", word().as_slice()),
        ("two.md", b"Owns the roadmap."),
    ]);
    let files = [
        ("a.docx", word()),
        ("b.pdf", essay()),
        ("m.md", MARKDOWN.into()),
        ("n.xlsx", workbook()),
        ("o.ods", spreadsheet()),
        ("y.zip", essays),
        ("z.csv", csv_of(MARKDOWN)),
    ];
    files.map(|(name, bytes)| (name.to_string(), bytes)).into()
}

/// Harmful files but for the long line.
fn hostile() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut put = |name: &str, bytes: Vec<u8>| files.push((name.to_string(), bytes));
    for (name, bytes) in good() {
        put(
            &format!("truncated-{name}"),
            bytes[..bytes.len() / 2].into(),
        );
    }
    for ending in "csv tsv json jsonl txt md html docx xlsx ods pdf parquet zip".split(' ') {
        put(&format!("empty.{ending}"), Vec::new());
    }
    put(
        "encrypted.zip",
        encrypted(zipped(&[("a.txt", b"Owns it.")])),
    );
    put("encrypted.docx", encrypted(word()));
    put("encrypted.xlsx", encrypted(workbook()));

    put("bomb.zip", bomb("a.txt", "", &[]));
    put(
        "bomb.docx",
        bomb("word/document.xml", "<w:document>", &BOOK[..1]),
    );
    put(
        "bomb.xlsx",
        bomb("xl/worksheets/one.xml", "<worksheet>", &BOOK),
    );
    put("bomb.ods", bomb("content.xml", "<table>", &ODS));
    put("wide.xlsx", wide());
    let inner = zipped(&[("a.txt", b"Owns it.")]);
    put("nested.zip", zipped(&[("inner.zip", &inner)]));

    put("deep.html", nested("<div>", "</div>").into());
    put("deep-list.html", nested("<ul><li>", "</li></ul>").into());
    put(
        "deep-table.html",
        nested("<table><tr><td>", "</td></tr></table>").into(),
    );
    put("deep.md", format!("# A\n\n{}", nested("> ", "")).into());
    put(
        "deep-link.md",
        format!("# A\n\n{}", nested("[", "](x)")).into(),
    );
    put("deep.json", nested("[", "]").into());
    put(
        "deep.jsonl",
        format!("{{\"text\":{}}}\n", nested("[", "]")).into(),
    );
    put("deep.csv", csv_of(&nested("<div>", "</div>")));
    let cells = nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>");
    put("deep-table.docx", word_of(&cells));
    put(
        "deep-run.docx",
        word_of(&nested("<w:p><w:r>", "</w:r></w:p>")),
    );
    put(
        "deep.xlsx",
        workbook_of(&nested("<row><c><is>", "</is></c></row>")),
    );

    put("picture.docx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec());
    put("text.pdf", b"Owns the roadmap.".to_vec());
    put("table.xlsx", csv_of(MARKDOWN));
    put("word.txt", word());
    put("pdf.csv", essay());
    put(
        "picture.txt",
        [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 64]].concat(),
    );

    let escaping = ["../../escaped.txt", "/escaped.txt", "..\\escaped.txt"];
    put(
        "escape.zip",
        zipped(&escaping.map(|name| (name, b"Owns the roadmap.".as_slice()))),
    );

    // Those with flipped bytes have a test of their own.
    for (name, bytes) in pdf::hostile() {
        if !name.starts_with("flipped") {
            put(&format!("pdf-{name}.pdf"), bytes);
        }
    }
    files
}

/// Writes one line of a GiB, and gives it the names of other formats too.
fn write_long_lines(folder: &Path) -> Vec<String> {
    let endings = ["txt", "csv", "jsonl", "json", "html"];
    let names = endings.map(|ending| format!("long.{ending}"));
    let mut file = File::create(folder.join(&names[0])).unwrap();
    let block = b"owns the product roadmap and ".repeat(1 << 15);
    let mut left = 1usize << 30;
    while left > 0 {
        let part = block.len().min(left);
        file.write_all(&block[..part]).unwrap();
        left -= part;
    }
    for name in &names[1..] {
        fs::hard_link(folder.join(&names[0]), folder.join(name)).unwrap();
    }
    names.into()
}

/// Writes a list of a hundred million numbers where objects are wanted.
fn write_scalars(folder: &Path) -> String {
    let mut file = File::create(folder.join("scalars.json")).unwrap();
    file.write_all(b"[1").unwrap();
    let block = b",1".repeat(1 << 20);
    for _ in 0..100 {
        file.write_all(&block).unwrap();
    }
    file.write_all(b"]").unwrap();
    "scalars.json".to_string()
}

/// The most resident memory in bytes that a process has taken, and those that it started
/// and that still run; 0 where the system does not tell.
fn peak(id: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    let threads = fs::read_dir(format!("/proc/{id}/task"));
    let children = threads.into_iter().flatten().flatten().map(|thread| {
        let started = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
        started.split_whitespace().map(peak).sum::<u64>()
    });
    (kibibytes.unwrap_or(0) << 10) + children.sum::<u64>()
}

/// Analyses a folder into `out`; the exit code and the peak of memory.
fn analyze(folder: &Path, out: &Path, reader: &str) -> (Option<i32>, u64) {
    let mut command = rolecall();
    command.args([
        "analyze", "--as", "essay", "--quiet", "--pdf", reader, "--out",
    ]);
    let mut process = command.arg(out).arg(folder).spawn().unwrap();
    let mut most = 0;
    loop {
        most = most.max(peak(&process.id().to_string()));
        if let Some(status) = process.try_wait().unwrap() {
            return (status.code(), most);
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// The rows of a table that are of no harmful file, as they are stored.
fn kept_rows(table: &Path) -> Vec<String> {
    let text = fs::read_to_string(table).unwrap();
    let rows = text.split_inclusive('\n').map(str::to_string);
    rows.filter(|row| !row.starts_with("hostile/")).collect()
}

/// The harmful file that a document or problem is of.
fn file_of(label: &str) -> Option<String> {
    let path = label.strip_prefix("hostile/")?;
    let name = path.split(['/', '#']).next()?;
    Some(name.to_string())
}

#[test]
#[ignore = "writes 1 GiB and takes a minute"]
fn a_harmful_file_of_any_kind_costs_only_itself() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("essays");
    fs::create_dir(&folder).unwrap();
    for (name, bytes) in good() {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let alone = |reader: &str| place.path().join(format!("alone-{reader}"));
    for reader in readers() {
        assert_eq!(analyze(&folder, &alone(reader), reader).0, Some(0));
    }
    let harm = folder.join("hostile");
    fs::create_dir(&harm).unwrap();
    let mut names: BTreeSet<String> = write_long_lines(&harm).into_iter().collect();
    names.insert(write_scalars(&harm));
    for (name, bytes) in hostile() {
        fs::write(harm.join(&name), bytes).unwrap();
        assert!(names.insert(name));
    }
    for reader in readers() {
        let among = place.path().join("among");
        let (code, memory) = analyze(&folder, &among, reader);
        println!(
            "{} harmful files, {reader}: at most {} MiB",
            names.len(),
            memory >> 20
        );
        assert_eq!(code, Some(3));
        assert!(memory < MEMORY, "{memory} bytes");
        assert_costs(&alone(reader), &among, &names);
        fs::remove_dir_all(among).unwrap();
    }
    // Nothing was written beside the reports.
    assert_eq!(
        fs::read_dir(place.path()).unwrap().count(),
        1 + readers().len()
    );
}

/// The rows of the other files are those of a run without the harmful ones, each of which
/// is a document or a problem.
fn assert_costs(alone: &Path, among: &Path, names: &BTreeSet<String>) {
    for table in ["documents.csv", "sentences.csv"] {
        assert_eq!(
            kept_rows(&among.join(table)),
            kept_rows(&alone.join(table)),
            "{table}"
        );
    }
    let mut accounted = BTreeSet::new();
    for row in rows(&among.join("documents.csv")) {
        accounted.extend(file_of(&row["document_id"]));
    }
    for row in rows(&among.join("problems.csv")) {
        // A list without lines is no fault.
        if row["severity"] == "error" || row["reason"] == "it holds no records" {
            assert!(!row["reason"].is_empty());
            accounted.extend(file_of(&row["input"]));
        }
    }
    assert_eq!(&accounted, names);
}
