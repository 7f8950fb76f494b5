//! PDFs by both readers: what becomes of their layout, and that a hostile one costs only itself.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::pdf_file::{LEFT, Pdf, SIZE, file, stream};
use crate::util::{files, rolecall, rows, stderr};

/// The readers that can be tested here.
pub(crate) fn readers() -> Vec<&'static str> {
    if Command::new("pdftotext").arg("-v").output().is_ok() {
        return vec!["builtin", "pdftotext"];
    }
    println!("skipped for pdftotext, which is not installed (package poppler-utils)");
    vec!["builtin"]
}

fn analyze(folder: &Path, reader: &str, more: &[&str]) -> (Output, std::path::PathBuf) {
    let out = folder.with_file_name(format!("out-{reader}"));
    let output = rolecall()
        .args(["analyze", "--quiet", "--pdf", reader, "--out"])
        .args([&out, folder])
        .args(more)
        .output()
        .unwrap();
    (output, out)
}

/// Kind, page and text of the units of the PDF, by each reader.
fn units(pdf: &Pdf) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let inputs = folder.path().join("in");
    fs::create_dir(&inputs).unwrap();
    fs::write(inputs.join("essay.pdf"), pdf.bytes()).unwrap();
    let mut found = Vec::new();
    for reader in readers() {
        let (output, out) = analyze(&inputs, reader, &[]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let units = rows(&out.join("sentences.csv"));
        found.push(
            units
                .iter()
                .map(|row| format!("{} {} {}", row["kind"], row["page"], row["text"]))
                .collect(),
        );
        let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
        assert!(
            manifest.contains(&format!("\"reader\": \"{reader}")),
            "{manifest}"
        );
    }
    found
}

#[track_caller]
fn assert_units(pdf: &Pdf, expected: &[&str]) {
    for found in units(pdf) {
        assert_eq!(found, expected);
    }
}

#[test]
fn headings_paragraphs_lists_and_tables_survive() {
    let pdf = Pdf::default()
        .page()
        .heading("Roles compared")
        .paragraph(
            40,
            "The product manager owns the roadmap of the product. She decides, with customers, what is built next.",
        )
        .paragraph(40, "The duties of a project manager differ:")
        .item("\u{2022}", 30, "Plans the schedule and keeps it up to date for everybody.")
        .item("\u{2022}", 30, "Reports the budget.")
        .table(
            16,
            &[
                &["Role", "Work"],
                &["Product manager", "Owns the vision of the product"],
                &["Project manager", "Plans the schedule"],
            ],
        );
    assert_units(
        &pdf,
        &[
            "heading 1 Roles compared",
            "sentence 1 The product manager owns the roadmap of the product.",
            "sentence 1 She decides, with customers, what is built next.",
            "heading 1 The duties of a project manager differ:",
            "item 1 Plans the schedule and keeps it up to date for everybody.",
            "item 1 Reports the budget.",
            "cell 1 Role",
            "cell 1 Work",
            "cell 1 Product manager",
            "cell 1 Owns the vision of the product",
            "cell 1 Project manager",
            "cell 1 Plans the schedule",
        ],
    );
}

#[test]
fn what_pages_share_is_dropped_and_what_they_part_is_joined() {
    let mut pdf = Pdf::default();
    let bodies = [
        [
            "A program manager coordinates the",
            "projects of the program and their",
        ],
        [
            "dependencies. Nobody else does; it is a",
            "well-known fact that the organi-",
        ],
        [
            "zation needs one. A self-",
            "organized team plans its own week.",
        ],
    ];
    for (at, body) in bodies.iter().enumerate() {
        pdf = pdf
            .page()
            .line(LEFT, 800.0, 8.0, "PM 501 by Jo Doe")
            .line(LEFT, 700.0, SIZE, body[0])
            .line(LEFT, 687.0, SIZE, body[1])
            .line(280.0, 40.0, 8.0, &format!("Page {} of 3", at + 1));
    }
    assert_units(
        &pdf,
        &[
            "sentence 1 A program manager coordinates the projects of the program and their dependencies.",
            "sentence 2 Nobody else does; it is a well-known fact that the organization needs one.",
            "sentence 3 A self-organized team plans its own week.",
        ],
    );
}

#[test]
fn columns_are_read_one_after_the_other() {
    let mut pdf = Pdf::default().page();
    let columns = [
        (
            LEFT,
            "The product manager owns the vision and explains it to each team. The project manager plans the schedule of the release.",
        ),
        (
            320.0,
            "The program manager coordinates several projects at once. Their sponsors meet every month.",
        ),
    ];
    for (x, text) in columns {
        let mut y = 700.0;
        for line in crate::pdf_file::wrapped(text, 34) {
            pdf = pdf.line(x, y, SIZE, &line);
            y -= 13.0;
        }
    }
    assert_units(
        &pdf,
        &[
            "sentence 1 The product manager owns the vision and explains it to each team.",
            "sentence 1 The project manager plans the schedule of the release.",
            "sentence 1 The program manager coordinates several projects at once.",
            "sentence 1 Their sponsors meet every month.",
        ],
    );
}

#[test]
fn pages_without_text_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = folder.path().join("in");
    fs::create_dir(&inputs).unwrap();
    let some = Pdf::default()
        .page()
        .paragraph(40, "Owns the roadmap.")
        .page();
    fs::write(inputs.join("some.pdf"), some.bytes()).unwrap();
    fs::write(
        inputs.join("none.pdf"),
        Pdf::default().page().page().bytes(),
    )
    .unwrap();
    for reader in readers() {
        let (output, out) = analyze(&inputs, reader, &[]);
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
        let problems: Vec<String> = rows(&out.join("problems.csv"))
            .iter()
            .map(|row| format!("{} {}: {}", row["severity"], row["input"], row["reason"]))
            .collect();
        assert_eq!(
            problems,
            [
                "error none.pdf: none of its 2 pages has text: scanned or damaged?",
                "warning some.pdf: of its 2 pages, 1 without text (2): scanned or damaged?",
            ]
        );
    }
}

/// A file whose page tree has these `kids`, of which object 3 is the page: its dictionary has
/// `entries`, and its content is given.
fn one_page(kids: &str, entries: &str, content: Vec<u8>) -> Vec<u8> {
    let page = format!("<</Type/Page/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>{entries}>>");
    file(
        &[
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            format!("<</Type/Pages/Kids[{kids}]/Count 1/MediaBox[0 0 595 842]>>").into_bytes(),
            page.into_bytes(),
            b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>".to_vec(),
            content,
        ],
        "",
    )
}

/// 60 MB of drawing operators in some 200 kB.
fn bomb() -> Vec<u8> {
    let drawn = b"1 0 0 1 72 700 Tm (Owns it all. ) Tj ".repeat(1_600_000);
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut encoder, b"BT /F1 12 Tf ").unwrap();
    std::io::Write::write_all(&mut encoder, &drawn).unwrap();
    let packed = encoder.finish().unwrap();
    one_page(
        "3 0 R",
        "/Parent 2 0 R",
        stream("/Filter/FlateDecode", &packed),
    )
}

/// Hostile files by name.
pub(crate) fn hostile() -> Vec<(String, Vec<u8>)> {
    let text = || stream("", b"BT /F1 12 Tf 72 700 Td (Owns the roadmap.) Tj ET");
    let good = Pdf::default()
        .page()
        .heading("Roles")
        .paragraph(40, "The product manager owns the roadmap of the product.")
        .bytes();
    let deep = format!(
        "/Parent 2 0 R/X {}{}",
        "[".repeat(20_000),
        "]".repeat(20_000)
    );
    let encrypted = file(
        &[b"<</Type/Catalog/Pages 2 0 R>>".to_vec()],
        "/Encrypt<</Filter/Standard/V 1/R 2/O(xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx)/U(xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx)/P -4>>/ID[(a)(a)]",
    );
    let mut set = vec![
        ("empty".to_string(), Vec::new()),
        ("head".to_string(), b"%PDF-1.7\n".to_vec()),
        ("cut".to_string(), good[..good.len() / 2].to_vec()),
        ("encrypted".to_string(), encrypted),
        (
            "own-parent".to_string(),
            one_page("3 0 R", "/Parent 3 0 R", text()),
        ),
        (
            "own-kid".to_string(),
            one_page("3 0 R 2 0 R", "/Parent 2 0 R", text()),
        ),
        ("deep".to_string(), one_page("3 0 R", &deep, text())),
        ("bomb".to_string(), bomb()),
    ];
    // A fixed sequence of pseudo-random numbers (Knuth's MMIX generator).
    let mut state = 1u64;
    let mut random = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for number in 0..300 {
        let mut flipped = good.clone();
        for _ in 0..1 + number % 20 {
            let at = random(flipped.len());
            flipped[at] = random(256) as u8;
        }
        set.push((format!("flipped-{number:03}"), flipped));
    }
    set
}

#[test]
fn a_hostile_file_costs_only_itself() {
    let folder = tempfile::tempdir().unwrap();
    let (mixed, clean) = (folder.path().join("mixed"), folder.path().join("clean"));
    for folder in [&mixed, &clean] {
        fs::create_dir(folder).unwrap();
        for (name, topic) in [("a", "roadmap"), ("m", "vision"), ("z", "backlog")] {
            let text = format!("The product manager owns the {topic} of the product.");
            let pdf = Pdf::default().page().paragraph(40, &text);
            fs::write(folder.join(format!("{name}.pdf")), pdf.bytes()).unwrap();
        }
    }
    let hostile = hostile();
    for (name, bytes) in &hostile {
        fs::write(mixed.join(format!("{name}.pdf")), bytes).unwrap();
    }
    for reader in readers() {
        let limits = ["--max-seconds", "20", "--max-memory", "256M", "-j", "2"];
        let (output, out) = within_a_gigabyte(&mixed, reader, &limits);
        assert_eq!(
            output.status.code(),
            Some(3),
            "{reader}: {}",
            stderr(&output)
        );
        let documents = rows(&out.join("documents.csv"));
        let problems = rows(&out.join("problems.csv"));
        let lost = problems.iter().filter(|row| row["severity"] == "error");
        assert_eq!(
            documents.len() + lost.count(),
            hostile.len() + 3,
            "{reader}"
        );
        assert!(
            problems
                .iter()
                .all(|row| !row["stage"].is_empty() && !row["reason"].is_empty())
        );
        let own = |bytes: &[u8]| {
            let lines = String::from_utf8(bytes.to_vec()).unwrap();
            let own =
                |line: &&str| ["a.pdf", "m.pdf", "z.pdf"].contains(&&line[..5.min(line.len())]);
            lines
                .lines()
                .filter(own)
                .map(str::to_string)
                .collect::<Vec<_>>()
        };
        let mixed = files(&out);
        let (output, out) = within_a_gigabyte(&clean, reader, &limits);
        assert_eq!(
            output.status.code(),
            Some(0),
            "{reader}: {}",
            stderr(&output)
        );
        let clean = files(&out);
        for table in ["sentences.csv", "documents.csv", "matches.csv"] {
            assert_eq!(own(&mixed[table]), own(&clean[table]), "{reader} {table}");
        }
    }
}

/// Analyses the folder with at most one gigabyte of address space for each process.
fn within_a_gigabyte(folder: &Path, reader: &str, more: &[&str]) -> (Output, std::path::PathBuf) {
    let out = folder.with_extension(reader);
    let output = Command::new("sh")
        .args(["-c", "ulimit -v 1048576 && exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_rolecall"))
        .args(["analyze", "--quiet", "--pdf", reader, "--out"])
        .args([&out, folder])
        .args(more)
        .output()
        .unwrap();
    (output, out)
}
