//! Running the binary, and corpora made for the tests.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A command of the binary under test.
pub(crate) fn rolecall() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
    command.env("NO_COLOR", "1").env("RUST_BACKTRACE", "0");
    command
}

/// Runs the binary with these arguments and standard input.
pub(crate) fn run(args: &[&str], input: &str) -> Output {
    let mut child = rolecall()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The binary may end without reading its input.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// What a command wrote to standard error.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file of a folder by name.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| {
            (
                entry.file_name().into_string().unwrap(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

/// The rows of a CSV file as column → value.
pub(crate) fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// A corpus of `count` postings whose titles and sentences vary, as CSV.
pub(crate) fn corpus(count: usize) -> String {
    let titles = [
        "Product Manager",
        "Project Manager",
        "Program Manager",
        "Project/Program Manager",
        "Nurse",
        "",
    ];
    let sentences = [
        "Own the product roadmap and the product vision.",
        "Track the project budget and the project schedule.",
        "Coordinate dependencies across projects of the program.",
        "Communicate with stakeholders at all levels.",
        "Gather customer needs and prioritise the backlog.",
        "We offer free coffee.",
    ];
    let mut text = String::from("id,title,description,country\n");
    for at in 0..count {
        let body: Vec<&str> = (0..1 + at % 9)
            .map(|step| sentences[(at * 7 + step * (1 + at % 5)) % 6])
            .collect();
        let title = titles[(at / 3) % titles.len()];
        text.push_str(&format!(
            "p{at},{title},\"{}\",c{}\n",
            body.join("\n"),
            at % 4
        ));
    }
    text
}
