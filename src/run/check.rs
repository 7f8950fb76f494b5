//! `rolecall check`: essays → who is said to do what.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::aggregate::ClaimCounts;
use crate::analyze::{AnalyzeOptions, Analyzer, Verdict};
use crate::document::Genre;
use crate::error::{Error, Problem, Severity};
use crate::input::{Batch, InputOptions, Source};
use crate::lexicon::Lexicon;
use crate::report::page::{Essay, EssaysPage, PAGE};
use crate::report::{self, Checked, Shown, Table};
use crate::run::folder::{Folder, MANIFEST, OutputFile, Written};
use crate::run::pipeline;
use crate::run::pseudonyms::Pseudonyms;
use crate::run::worker::{Desk, Workshop};
use crate::text::{Lists, Splitter};

/// How `check` writes what it found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckFormat {
    /// Sentences with the evidence underlined, for people.
    Human,
    /// One JSON object per unit and line.
    Jsonl,
    /// The same objects as one array.
    Json,
    /// The columns of `claims.csv`.
    Csv,
    /// SARIF 2.1.0.
    Sarif,
}

/// What can be set about `check`.
#[derive(Clone, Debug)]
pub struct CheckConfig {
    /// What is shown.
    pub shown: Shown,
    /// In which format.
    pub format: CheckFormat,
    /// Whether text for people is coloured.
    pub color: bool,
    /// Folder for the tables.
    pub out: Option<PathBuf>,
    /// Whether the folder is replaced whatever is in it.
    pub overwrite: bool,
    /// File with the code of each file name; names are replaced where it is given.
    pub pseudonyms: Option<PathBuf>,
    /// Worker threads; 0 for one per core.
    pub threads: usize,
}

/// What a check found.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckCounts {
    /// Inputs that could not be read.
    pub lost: u64,
    /// Claims and stances of all essays.
    pub claims: ClaimCounts,
}

impl CheckCounts {
    /// Mix-ups found.
    pub fn mix_ups(&self) -> u64 {
        self.claims.of(Verdict::MixUp)
    }
}

/// What one batch has to write.
#[derive(Default)]
struct Pieces {
    shown: Vec<u8>,
    mix_ups: Vec<u8>,
    claims: Vec<u8>,
    essays: Vec<u8>,
    page: Vec<Essay>,
    problems: Vec<Problem>,
    counts: ClaimCounts,
}

/// Checks `inputs`, JSON lines on standard input where there are none or `-`.
///
/// # Errors
///
/// Where an input is missing or an output cannot be written; nothing is left half written.
pub fn check(
    inputs: &[PathBuf],
    input: InputOptions,
    config: &CheckConfig,
    lexicon: &Lexicon,
    lists: Lists,
    out: &mut impl Write,
    problems: &mut impl Write,
) -> Result<CheckCounts, Error> {
    let mut source = open(inputs, input)?;
    let pseudonyms = config.pseudonyms.as_deref().map(Pseudonyms::open);
    let pseudonyms = pseudonyms.transpose()?;
    let mut tables = match &config.out {
        Some(target) => Some(Tables::create(target, config.overwrite)?),
        None => None,
    };
    let analyzer = Analyzer::new(lexicon, AnalyzeOptions::default());
    let checker = Checker {
        workshop: Workshop::new(Splitter::new(lists), analyzer, false),
        lexicon,
        config,
        pseudonyms: pseudonyms.as_ref(),
    };
    let failed = |error| Error::output("standard output", error);
    let mut counts = CheckCounts::default();
    let (head, foot) = frame(config.format);
    out.write_all(&head).map_err(failed)?;
    let mut first = true;
    let work = |batch: &Batch| checker.batch(batch);
    pipeline::run(&mut source, config.threads, work, |mut pieces: Pieces| {
        for problem in &pieces.problems {
            counts.lost += u64::from(problem.severity == Severity::Error);
            // Standard error may be closed; the records matter more.
            let _ = writeln!(problems, "{problem}");
        }
        counts.claims += pieces.counts;
        if let Some(tables) = &mut tables {
            tables.add(&mut pieces)?;
        }
        let comma = usize::from(first && is_array(config.format) && !pieces.shown.is_empty());
        first &= pieces.shown.is_empty();
        out.write_all(&pieces.shown[comma..]).map_err(failed)
    })?;
    out.write_all(&foot).map_err(failed)?;
    if config.format == CheckFormat::Human {
        let text = report::check_summary(&counts.claims);
        out.write_all(text.as_bytes()).map_err(failed)?;
    }
    out.flush().map_err(failed)?;
    if let Some(pseudonyms) = &pseudonyms {
        pseudonyms.save()?;
    }
    if let Some(tables) = tables {
        tables.publish(lexicon)?;
    }
    Ok(counts)
}

fn open(inputs: &[PathBuf], input: InputOptions) -> Result<Source, Error> {
    let genre = Some(input.genre.unwrap_or(Genre::Essay));
    Source::open_or_standard(inputs, InputOptions { genre, ..input })
}

fn is_array(format: CheckFormat) -> bool {
    matches!(format, CheckFormat::Json | CheckFormat::Sarif)
}

/// What stands before and behind all records.
fn frame(format: CheckFormat) -> (Vec<u8>, Vec<u8>) {
    match format {
        CheckFormat::Human | CheckFormat::Jsonl => (Vec::new(), Vec::new()),
        CheckFormat::Json => (b"[".to_vec(), b"\n]\n".to_vec()),
        CheckFormat::Csv => (header(&report::CLAIMS_HEADER), Vec::new()),
        CheckFormat::Sarif => (
            report::sarif_head().into_bytes(),
            report::SARIF_FOOT.as_bytes().to_vec(),
        ),
    }
}

fn header(columns: &[&'static str]) -> Vec<u8> {
    let mut table = Table::new();
    table.row(columns.iter().copied());
    table.into_bytes()
}

/// What all threads share.
struct Checker<'a> {
    workshop: Workshop<'a>,
    lexicon: &'a Lexicon,
    config: &'a CheckConfig,
    pseudonyms: Option<&'a Pseudonyms>,
}

impl Checker<'_> {
    fn batch(&self, batch: &Batch) -> Pieces {
        self.workshop.at_a_desk(|desk| {
            let mut pieces = Pieces::default();
            for index in 0..batch.len() {
                self.record(batch, index, desk, &mut pieces);
            }
            pieces
        })
    }

    fn record(&self, batch: &Batch, index: usize, desk: &mut Desk, pieces: &mut Pieces) {
        let mut finished = batch.finish(index);
        if let Some(pseudonyms) = self.pseudonyms {
            finished
                .document
                .iter_mut()
                .for_each(|document| pseudonyms.hide(document));
            finished
                .problems
                .iter_mut()
                .for_each(|problem| pseudonyms.hide_in(problem));
        }
        pieces.problems.append(&mut finished.problems);
        let Some(document) = finished.document else {
            return;
        };
        let analysis = match self.workshop.analyze(&document, desk) {
            Ok(analysis) => analysis,
            Err(problem) => return pieces.problems.push(problem),
        };
        let checked = Checked {
            document: &document,
            structure: &desk.structure,
            analysis: &analysis,
            lexicon: self.lexicon,
        };
        let counts = checked.counts(self.config.shown.min_confidence);
        self.show(&mut pieces.shown, checked, &counts);
        if self.config.out.is_some() {
            self.tables(pieces, checked, &counts);
        }
        pieces.counts += counts;
    }

    fn show(&self, out: &mut Vec<u8>, checked: Checked<'_>, counts: &ClaimCounts) {
        let shown = self.config.shown;
        match self.config.format {
            CheckFormat::Human => {
                let mut text = String::new();
                report::check_human(&mut text, checked, counts, shown, self.config.color);
                out.extend_from_slice(text.as_bytes());
            }
            CheckFormat::Jsonl => report::check_jsonl(out, checked, shown),
            CheckFormat::Json => report::check_json(out, checked, shown),
            CheckFormat::Csv => claims(out, checked, shown),
            CheckFormat::Sarif => report::check_sarif(out, checked, shown),
        }
    }

    fn tables(&self, pieces: &mut Pieces, checked: Checked<'_>, counts: &ClaimCounts) {
        let shown = |all| Shown {
            all,
            ..self.config.shown
        };
        claims(&mut pieces.mix_ups, checked, shown(false));
        claims(&mut pieces.claims, checked, shown(true));
        let mut table = Table::new();
        report::essays_row(&mut table, checked.document, counts);
        pieces.essays.extend(table.into_bytes());
        pieces
            .page
            .push(Essay::new(checked, counts, self.config.shown));
    }
}

fn claims(out: &mut Vec<u8>, checked: Checked<'_>, shown: Shown) {
    let mut table = Table::new();
    report::claims_rows(&mut table, checked, shown);
    out.extend(table.into_bytes());
}

/// The folder of `--out`.
struct Tables {
    folder: Folder,
    mix_ups: OutputFile,
    claims: OutputFile,
    essays: OutputFile,
    page: EssaysPage,
}

impl Tables {
    fn create(target: &Path, overwrite: bool) -> Result<Tables, Error> {
        let folder = Folder::create(target, overwrite)?;
        let open = |name: &str, columns: &[&'static str]| {
            let mut file = folder.open(name)?;
            file.write(&header(columns))?;
            Ok::<OutputFile, Error>(file)
        };
        Ok(Tables {
            mix_ups: open("mixups.csv", &report::CLAIMS_HEADER)?,
            claims: open("claims.csv", &report::CLAIMS_HEADER)?,
            essays: open("essays.csv", &report::ESSAYS_HEADER)?,
            page: EssaysPage::default(),
            folder,
        })
    }

    fn add(&mut self, pieces: &mut Pieces) -> Result<(), Error> {
        for essay in pieces.page.drain(..) {
            self.page.add(essay);
        }
        self.mix_ups.write(&pieces.mix_ups)?;
        self.claims.write(&pieces.claims)?;
        self.essays.write(&pieces.essays)
    }

    fn publish(self, lexicon: &Lexicon) -> Result<(), Error> {
        let mut files: Vec<Written> = [self.mix_ups, self.claims, self.essays]
            .into_iter()
            .map(OutputFile::finish)
            .collect::<Result<_, _>>()?;
        let page = self.page.html(&lexicon.hash());
        files.push(self.folder.write(PAGE, page.as_bytes())?);
        let manifest = serde_json::json!({
            "tool": "rolecall",
            "command": "check",
            "version": env!("CARGO_PKG_VERSION"),
            "lexicon": lexicon.hash(),
            "files": files,
        });
        let mut bytes = serde_json::to_vec_pretty(&manifest).expect("a JSON value can be written");
        bytes.push(b'\n');
        self.folder.write(MANIFEST, &bytes)?;
        self.folder.publish()
    }
}
