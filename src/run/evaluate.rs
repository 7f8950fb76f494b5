//! `rolecall evaluate`: a coded sheet → how far the coders and the tool agree.

use std::path::{Path, PathBuf};

use crate::aggregate::agreement::Cells;
use crate::aggregate::corrected::MeasuredError;
use crate::analyze::{AnalyzeOptions, Analyzer};
use crate::document::Document;
use crate::error::Error;
use crate::evaluate::{Evaluation, Rows, Sheet, TOOL, evaluate as compare};
use crate::lexicon::Lexicon;
use crate::report;
use crate::role::{Role, RoleSet};
use crate::run::folder::{Folder, MANIFEST};
use crate::run::manifest::brief_manifest;
use crate::run::sample::read_sample;
use crate::run::worker::{Desk, Workshop};
use crate::text::{Lists, Splitter};

/// What can be set about `evaluate`.
#[derive(Clone, Debug, Default)]
pub struct EvaluateConfig {
    /// Columns of the coders; none: every column that begins with `coder`.
    pub coders: Vec<String>,
    /// Tag the units even where the sheet has the tool's labels.
    pub retag: bool,
    /// Seed of the bootstrap.
    pub seed: u64,
    /// Folder to write the tables to.
    pub out: Option<PathBuf>,
}

/// Reads `gold` (a CSV or JSON lines file, or a folder that `sample` wrote), has the tool code its units
/// and compares all codings. Returns the sheet with the tool's labels, and the figures.
///
/// # Errors
///
/// [`Error::Usage`] where the sheet cannot be read or understood; [`Error::Output`] where a table cannot be written.
pub fn evaluate(
    gold: &Path,
    config: &EvaluateConfig,
    lexicon: &Lexicon,
    lists: Lists,
) -> Result<(Sheet, Evaluation), Error> {
    let mut sheet = read_sheet(gold, &config.coders)?;
    if config.retag || !sheet.has_tool() {
        code(&mut sheet, lexicon, lists)?;
    }
    let evaluation = compare(&sheet, config.seed);
    if let Some(out) = &config.out {
        write(out, config, lexicon, &sheet, &evaluation)?;
    }
    Ok((sheet, evaluation))
}

/// The rows of a CSV or JSON lines file.
pub(super) fn read_rows(path: &Path) -> Result<Rows, Error> {
    let wrong = |reason: String| Error::Usage(format!("{}: {reason}", path.display()));
    let bytes = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
    Rows::read(&bytes).map_err(wrong)
}

fn read_sheet(gold: &Path, coders: &[String]) -> Result<Sheet, Error> {
    if gold.is_dir() {
        return read_sample(gold);
    }
    let rows = read_rows(gold)?;
    Sheet::new(&rows, coders)
        .map_err(|reason| Error::Usage(format!("{}: {reason}", gold.display())))
}

/// Has the tool label each unit by itself, without title or heading; replaces labels that it gave before.
fn code(sheet: &mut Sheet, lexicon: &Lexicon, lists: Lists) -> Result<(), Error> {
    let options = AnalyzeOptions::default();
    let workshop = Workshop::new(Splitter::new(lists), Analyzer::new(lexicon, options), true);
    let mut desk = Desk::default();
    let place = sheet.coders.iter().position(|coder| coder == TOOL);
    if place.is_none() {
        sheet.coders.push(TOOL.into());
    }
    for unit in &mut sheet.units {
        let document = Document {
            id: unit.uid.clone(),
            text: std::mem::take(&mut unit.text),
            ..Document::default()
        };
        let analysis = workshop
            .analyze(&document, &mut desk)
            .map_err(|problem| Error::Usage(format!("{}: {}", unit.uid, problem.reason)))?;
        let mut tags = RoleSet::EMPTY;
        for role in analysis.units.iter().flat_map(|unit| unit.tags.iter()) {
            tags.insert(role);
        }
        unit.evidence = report::evidence(&document.text, &analysis.matches, lexicon);
        unit.text = document.text;
        match place {
            Some(at) => unit.codings[at] = Some(tags),
            None => unit.codings.push(Some(tags)),
        }
    }
    Ok(())
}

fn write(
    out: &Path,
    config: &EvaluateConfig,
    lexicon: &Lexicon,
    sheet: &Sheet,
    evaluation: &Evaluation,
) -> Result<(), Error> {
    let folder = Folder::create(out, false)?;
    let mut written = Vec::new();
    for (name, bytes) in [
        ("agreement.csv", report::agreement(evaluation)),
        (
            "disagreements.csv",
            report::disagreements(evaluation, sheet),
        ),
        (
            "evaluation.json",
            report::evaluation_json(evaluation, sheet),
        ),
        ("label_confusion.csv", report::label_confusion(evaluation)),
    ] {
        written.push(folder.write(name, &bytes)?);
    }
    let settings = serde_json::json!({ "seed": config.seed, "coders": config.coders });
    folder.write(
        MANIFEST,
        &brief_manifest("evaluate", lexicon, settings, &written),
    )?;
    folder.publish()
}

/// How well the tool agreed with people, from an `evaluation.json`: with the settled labels where they are in it,
/// else with the first coder.
///
/// # Errors
///
/// [`Error::Usage`] where the file cannot be read, or has no comparison with the tool.
pub fn measured_error(path: &Path) -> Result<MeasuredError, Error> {
    let wrong = |why: String| Error::Usage(format!("--evaluation {}: {why}", path.display()));
    let bytes = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
    let evaluation: serde_json::Value =
        serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))?;
    let comparisons = evaluation["comparisons"].as_array();
    let mut comparisons = comparisons.into_iter().flatten();
    let Some(with_tool) = comparisons.find(|one| one["other"] == TOOL) else {
        return Err(wrong(
            "nobody is compared with the tool; give an evaluation.json that evaluate --out wrote"
                .into(),
        ));
    };
    let count = |label: Role, measure: &str| {
        let mut figures = with_tool["figures"].as_array().into_iter().flatten();
        let same = |figure: &&serde_json::Value| {
            figure["label"] == label.name() && figure["measure"] == measure
        };
        figures
            .find(same)
            .and_then(|figure| figure["value"].as_f64())
            .unwrap_or(0.0)
    };
    Ok(MeasuredError {
        labels: Role::ALL.map(|label| Cells {
            both: count(label, "both"),
            reference: count(label, "reference_only"),
            other: count(label, "other_only"),
            neither: count(label, "neither"),
        }),
    })
}
