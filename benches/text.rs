//! Speed of segmentation in bytes per second of CPU time: `cargo bench --bench text [-- FILE.csv ...] [--structure-only]`.
//!
//! Reads `../shared/corpora/*_postings.csv` where present, else text made here. Best of five runs.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::hint::black_box;
use std::path::Path;

use rolecall::document::{Markup, Structure};
use rolecall::text::{Scratch, Splitter, words};
use unicode_segmentation::UnicodeSegmentation;

/// CPU time of this thread in seconds (Linux); elsewhere wall time.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = stat.and_then(|stat| stat.split(' ').next()?.parse::<f64>().ok());
    let wall = || {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_secs_f64()
    };
    nanos.map_or_else(wall, |nanos| nanos / 1e9)
}

/// The longest column of each row.
fn read(path: &Path) -> Vec<String> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        row.iter()
            .max_by_key(|field| field.len())
            .unwrap_or("")
            .to_owned()
    });
    rows.collect()
}

fn made() -> Vec<String> {
    let section = "## The Gardener’s Duties\n\n- Digs the beds, e.g. the roses.\n- Waters 3.5 rows a day\n\nThe day begins at \
                   6 a.m. and ends when all is done. It rains a lot.Plants grow quicklyKeep the paths clean.\n\n";
    (1..400)
        .map(|times| section.repeat(times % 40 + 1))
        .collect()
}

/// Prints the speed of the best of five runs of `work`, which returns a count to check.
fn measure(name: &str, bytes: usize, mut work: impl FnMut() -> usize) -> usize {
    let mut best = f64::INFINITY;
    let mut count = 0;
    for _ in 0..5 {
        let start = cpu();
        count = black_box(work());
        best = best.min(cpu() - start);
    }
    println!(
        "{name:24} {:8.1} MB/s {count:>10}",
        bytes as f64 / best / 1e6
    );
    count
}

fn main() {
    let given: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| arg.ends_with(".csv"))
        .collect();
    let shared = ["pm", "other"].map(|name| format!("../shared/corpora/{name}_postings.csv"));
    let paths = if given.is_empty() {
        shared.to_vec()
    } else {
        given
    };
    let mut inputs: Vec<(String, Vec<String>)> = Vec::new();
    for path in paths.iter().map(Path::new).filter(|path| path.exists()) {
        inputs.push((
            path.file_stem().unwrap().to_string_lossy().into_owned(),
            read(path),
        ));
    }
    if inputs.is_empty() {
        inputs.push(("made".to_owned(), made()));
    }
    let splitter = Splitter::default();
    for (name, texts) in &inputs {
        let bytes: usize = texts.iter().map(String::len).sum();
        println!("{name}: {} documents, {bytes} bytes", texts.len());
        let (mut scratch, mut structure) = (Scratch::default(), Structure::default());
        let units = measure("structure", bytes, || {
            let mut units = 0;
            for text in texts {
                splitter.structure(text, Markup::Text, &mut scratch, &mut structure);
                units += structure.units.len();
            }
            units
        });
        if std::env::args().any(|arg| arg == "--structure-only") {
            continue;
        }
        let mut tokens = 0;
        let again = measure("structure and words", bytes, || {
            let mut units = 0;
            tokens = 0;
            for text in texts {
                splitter.structure(text, Markup::Text, &mut scratch, &mut structure);
                units += structure.units.len();
                for unit in &structure.units {
                    words::for_each(text, unit.content, |word| {
                        tokens += usize::from(!word.is_empty());
                    });
                }
            }
            units
        });
        assert_eq!(units, again);
        let whole = measure("words", bytes, || {
            let mut count = 0;
            for text in texts {
                let span = rolecall::span::Span::new(0..text.len());
                words::for_each(text, span, |word| count += usize::from(!word.is_empty()));
            }
            count
        });
        let expected = measure("words (crate)", bytes, || {
            texts.iter().map(|text| text.unicode_words().count()).sum()
        });
        assert_eq!(whole, expected);
        measure("sentences (crate)", bytes, || {
            texts
                .iter()
                .map(|text| text.unicode_sentences().count())
                .sum()
        });
        assert!(
            tokens > 0 && tokens <= whole + units,
            "{tokens} words in units, {whole} in all"
        );
    }
}
