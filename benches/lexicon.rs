//! What a lexicon's size costs: `cargo bench --bench lexicon [-- FILE.csv]`. CPU time of one thread,
//! best of five interleaved runs.
//!
//! The start-up with the built-in lexicon, and the speed of finding words and entries with about 600 and about 3,000 of
//! its patterns: entries taken evenly from all files, without cues. Reads
//! `../shared/corpora/pm_postings.csv` where it is present, else `fixtures/postings.csv`.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::time::Instant;

use rolecall::document::{Document, Structure};
use rolecall::input::{InputOptions, Source};
use rolecall::lexicon::{Lexicon, Scratch};
use rolecall::text::{self, Splitter};
use toml::{Table, Value};

const RUNS: usize = 5;

/// CPU time of this thread in seconds (Linux); elsewhere wall time.
fn cpu(start: Instant) -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = stat.and_then(|stat| stat.split(' ').next()?.parse::<f64>().ok());
    nanos.map_or_else(|| start.elapsed().as_secs_f64(), |nanos| nanos / 1e9)
}

/// The files of the built-in lexicon.
fn files() -> Vec<(String, Table)> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir("lexicons")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).unwrap();
        (name, text.parse().unwrap())
    };
    paths.iter().map(read).collect()
}

fn patterns(entry: &Value) -> usize {
    entry["patterns"].as_array().unwrap().len()
}

/// The entries with about `wanted` patterns, taken evenly, as a lexicon; and how many patterns they have.
fn lexicon(wanted: usize) -> (Lexicon, usize) {
    let mut files = files();
    let entries = |table: &Table| table.get("entry").and_then(Value::as_array).cloned();
    let all: usize = files
        .iter()
        .filter_map(|(_, table)| entries(table))
        .flatten()
        .map(|entry| patterns(&entry))
        .sum();
    let (mut seen, mut taken) = (0, 0);
    for (_, table) in &mut files {
        table.remove("cue");
        let Some(Value::Array(entries)) = table.get_mut("entry") else {
            continue;
        };
        entries.retain(|entry| {
            seen += patterns(entry);
            let take = taken * all < wanted * seen;
            taken += if take { patterns(entry) } else { 0 };
            take
        });
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, table) in files {
        std::fs::write(folder.path().join(name), toml::to_string(&table).unwrap()).unwrap();
    }
    (Lexicon::load(folder.path()).unwrap(), taken)
}

fn documents(path: &Path) -> Vec<(Document, Structure)> {
    let splitter = Splitter::default();
    let mut scratch = text::Scratch::default();
    let mut source = Source::open(&[path.to_owned()], InputOptions::default()).unwrap();
    let mut documents = Vec::new();
    while let Some(batch) = source.next_batch(1 << 20).unwrap() {
        for document in (0..batch.len()).filter_map(|index| batch.finish(index).document) {
            let mut structure = Structure::default();
            splitter.structure(
                &document.text,
                document.markup,
                &mut scratch,
                &mut structure,
            );
            documents.push((document, structure));
        }
    }
    documents
}

/// Matches of the lexicon in all units.
fn find(lexicon: &Lexicon, documents: &[(Document, Structure)]) -> usize {
    let (mut tokens, mut scratch, mut hits) = (Vec::new(), Scratch::default(), 0);
    for (document, structure) in documents {
        for unit in &structure.units {
            tokens.clear();
            lexicon.tokenize(&document.text, unit.content, &mut tokens, &mut scratch);
            lexicon.find(&tokens, &mut scratch);
            hits += scratch.hits().len();
        }
    }
    hits
}

fn main() {
    let begun = Instant::now();
    let mut start_up = (f64::INFINITY, f64::INFINITY);
    for _ in 0..RUNS {
        let (cpu_before, wall_before) = (cpu(begun), Instant::now());
        let lexicon = Lexicon::builtin().unwrap();
        let wall = wall_before.elapsed().as_secs_f64();
        start_up = (
            start_up.0.min(cpu(begun) - cpu_before),
            start_up.1.min(wall),
        );
        assert!(lexicon.entries().len() > 100);
    }
    println!(
        "start-up: {:.1} ms of this thread, {:.1} ms by the clock",
        start_up.0 * 1e3,
        start_up.1 * 1e3
    );
    let given = std::env::args().skip(1).find(|arg| !arg.starts_with("--"));
    let shared = PathBuf::from("../shared/corpora/pm_postings.csv");
    let path = match given {
        Some(path) => PathBuf::from(path),
        None if shared.exists() => shared,
        None => PathBuf::from("fixtures/postings.csv"),
    };
    let documents = documents(&path);
    let bytes: usize = documents
        .iter()
        .map(|(document, _)| document.text.len())
        .sum();
    let lexicons = [600, 3000].map(lexicon);
    let (mut best, mut hits) = ([f64::INFINITY; 2], [0; 2]);
    for _ in 0..RUNS {
        for (at, (lexicon, _)) in lexicons.iter().enumerate() {
            let start = cpu(begun);
            let found = find(lexicon, &documents);
            best[at] = best[at].min(cpu(begun) - start);
            assert!(found > 0 && (hits[at] == 0 || hits[at] == found));
            hits[at] = found;
        }
    }
    assert!(hits[0] < hits[1], "{hits:?}");
    for ((_, patterns), (seconds, hits)) in lexicons.iter().zip(best.iter().zip(hits)) {
        let speed = bytes as f64 / seconds / 1e6;
        println!("{patterns:5} patterns: {speed:6.1} MB/s, {hits} matches");
    }
    println!(
        "speed of the larger to the smaller: {:.2}",
        best[0] / best[1]
    );
}
