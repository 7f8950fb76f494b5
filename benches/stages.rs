//! Speed of each stage of `analyze` on one thread, in bytes of input per second of CPU
//! time: `cargo bench --bench stages [-- FILE.csv]`. Best of three runs.
//!
//! A stage is timed as the difference between a run with it and a run that ends before
//! it, so that each works on what its forerunner has just left in the caches.
//! Reads `../shared/corpora/pm_postings.csv` where it is present, else
//! `fixtures/postings.csv`.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rolecall::aggregate::{Facts, Tallies};
use rolecall::analyze::{self, AnalyzeOptions, Analyzer};
use rolecall::document::{Document, Structure, Token};
use rolecall::input::{InputOptions, Source};
use rolecall::lexicon::{self, Lexicon};
use rolecall::report::{self, Table};
use rolecall::text::{self, Splitter};

/// How far a run goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Read,
    Structure,
    Words,
    Match,
    Attribute,
    Write,
}

const STAGES: [Stage; 6] = [
    Stage::Read,
    Stage::Structure,
    Stage::Words,
    Stage::Match,
    Stage::Attribute,
    Stage::Write,
];

/// What a run has counted; each stage must find the same as the stages before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    documents: usize,
    units: usize,
    tokens: usize,
    hits: usize,
    matches: usize,
    bytes: usize,
}

/// CPU time of this thread in seconds (Linux); elsewhere wall time.
fn cpu(start: Instant) -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = stat.and_then(|stat| stat.split(' ').next()?.parse::<f64>().ok());
    nanos.map_or_else(|| start.elapsed().as_secs_f64(), |nanos| nanos / 1e9)
}

struct Bench<'l> {
    lexicon: &'l Lexicon,
    analyzer: Analyzer<'l>,
    patterns: report::PatternCells,
    splitter: Splitter,
    text: text::Scratch,
    structure: Structure,
    tokens: Vec<Token>,
    search: lexicon::Scratch,
    scratch: analyze::Scratch,
    counts: Counts,
}

impl Bench<'_> {
    fn run(&mut self, path: &Path, last: Stage) -> Counts {
        self.counts = Counts::default();
        let mut source = Source::open(&[path.to_owned()], InputOptions::default()).unwrap();
        while let Some(batch) = source.next_batch(1 << 20).unwrap() {
            let mut tables = [Table::new(), Table::new(), Table::new()];
            let mut tallies = Tallies::new(self.lexicon.entries().len());
            for index in 0..batch.len() {
                if let Some(document) = batch.finish(index).document {
                    self.document(&document, last, &mut tables, &mut tallies);
                }
            }
            self.counts.bytes += tables
                .into_iter()
                .map(|table| table.into_bytes().len())
                .sum::<usize>();
        }
        self.counts
    }

    fn document(
        &mut self,
        document: &Document,
        last: Stage,
        [sentences, matches, documents]: &mut [Table; 3],
        tallies: &mut Tallies,
    ) {
        self.counts.documents += 1;
        if last < Stage::Structure {
            return;
        }
        let Bench { structure, .. } = self;
        self.splitter
            .structure(&document.text, document.markup, &mut self.text, structure);
        self.counts.units += structure.units.len();
        if last < Stage::Words {
            return;
        }
        if last < Stage::Attribute {
            for unit in &structure.units {
                self.tokens.clear();
                self.lexicon.tokenize(
                    &document.text,
                    unit.content,
                    &mut self.tokens,
                    &mut self.search,
                );
                self.counts.tokens += self.tokens.len();
                if last == Stage::Match {
                    self.lexicon.find(&self.tokens, &mut self.search);
                    self.counts.hits += self.search.hits().len();
                }
            }
            return;
        }
        let analysis = self
            .analyzer
            .analyze(document, structure, &mut self.scratch);
        self.counts.matches += analysis.matches.len();
        if last < Stage::Write {
            return;
        }
        tallies.add(&Facts::of_analysis(document, structure, &analysis, true));
        report::sentences_rows(
            sentences,
            document,
            structure,
            &analysis,
            self.lexicon,
            true,
        );
        report::matches_rows(matches, document, &analysis, &self.patterns);
        report::documents_row(documents, document, &analysis);
    }
}

fn main() {
    let given = std::env::args().skip(1).find(|arg| !arg.starts_with("--"));
    let shared = PathBuf::from("../shared/corpora/pm_postings.csv");
    let path = match given {
        Some(path) => PathBuf::from(path),
        None if shared.exists() => shared,
        None => PathBuf::from("fixtures/postings.csv"),
    };
    let size = std::fs::metadata(&path).unwrap().len() as f64;
    let begun = Instant::now();
    let start = cpu(begun);
    let lexicon = Lexicon::builtin().unwrap();
    println!("start-up      {:8.1} ms", (cpu(begun) - start) * 1e3);
    let mut bench = Bench {
        lexicon: &lexicon,
        analyzer: Analyzer::new(&lexicon, AnalyzeOptions::default()),
        patterns: report::PatternCells::new(&lexicon, false),
        splitter: Splitter::default(),
        text: text::Scratch::default(),
        structure: Structure::default(),
        tokens: Vec::new(),
        search: lexicon::Scratch::default(),
        scratch: analyze::Scratch::default(),
        counts: Counts::default(),
    };
    let (mut before, mut documents) = (0.0, None);
    println!("stage           ns/byte   MB/s   ns/byte so far   MB/s");
    for stage in STAGES {
        let mut best = f64::INFINITY;
        let mut counts = Vec::new();
        for _ in 0..3 {
            let start = cpu(begun);
            counts.push(black_box(bench.run(&path, stage)));
            best = best.min(cpu(begun) - start);
        }
        assert!(counts.windows(2).all(|two| two[0] == two[1]), "{counts:?}");
        assert_eq!(
            *documents.get_or_insert(counts[0].documents),
            counts[0].documents
        );
        let (own, all) = ((best - before) / size * 1e9, best / size * 1e9);
        println!(
            "{:12} {own:10.2} {:6.0} {all:16.2} {:6.0}   {:?}",
            format!("{stage:?}").to_lowercase(),
            1e3 / own,
            1e3 / all,
            counts[0]
        );
        before = best;
    }
}
