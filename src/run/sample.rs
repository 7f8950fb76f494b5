//! `rolecall sample`: a report of `analyze` → blind coding sheets; and the filled sheets back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::aggregate::bootstrap::Random;
use crate::error::Error;
use crate::evaluate::{SETTLED, Sheet};
use crate::lexicon::Lexicon;
use crate::report::{self, Drawn};
use crate::run::evaluate::read_rows;
use crate::run::folder::Folder;
use crate::run::manifest::brief_manifest;
use crate::sample::{Drawer, Stratum, allocate, merge};

/// The file that says how a sample was drawn. It is no `manifest.json`, so that no later run takes the
/// folder, with the work of the coders, for a report that may be replaced.
const SAMPLE_FILE: &str = "sample.json";

/// The file that coders must not see.
const KEY_FILE: &str = "key.csv";

/// What can be set about `sample`.
#[derive(Clone, Debug)]
pub struct SampleConfig {
    /// The folder to write.
    pub out: PathBuf,
    /// Whether a folder that holds files may be replaced.
    pub overwrite: bool,
    /// Names of the coders; each gets a sheet.
    pub coders: Vec<String>,
    /// Units with a label to draw.
    pub tagged: u64,
    /// Units without one to draw.
    pub untagged: u64,
    /// Seed of the draw and of the order of the sheets.
    pub seed: u64,
}

/// The columns of `sentences.csv` that are needed.
#[derive(Debug, Deserialize)]
struct Row {
    document_id: String,
    sentence: String,
    kind: String,
    heading: String,
    zone: String,
    tags: String,
    responsibilities: String,
    repeat_of: String,
    text: String,
}

/// Draws a sample of the report in `folder` and writes key, sheets and codebook. Returns how many units were drawn.
///
/// # Errors
///
/// [`Error::Usage`] where the report cannot be read or holds no texts; [`Error::Output`] where a file cannot be written.
pub fn sample(folder: &Path, config: &SampleConfig, lexicon: &Lexicon) -> Result<usize, Error> {
    let declared = declared_roles(&folder.join("documents.csv"))?;
    let sentences = folder.join("sentences.csv");
    let mut sizes: BTreeMap<Stratum, u64> = BTreeMap::new();
    each_unit(&sentences, &declared, |_, stratum| {
        *sizes.entry(stratum).or_default() += 1;
    })?;
    let wanted = allocate(&sizes, config.tagged, config.untagged);
    let mut drawer = Drawer::new(&sizes, &wanted, config.seed);
    let mut drawn: Vec<Drawn> = Vec::new();
    each_unit(&sentences, &declared, |row, stratum| {
        if drawer.draws(&stratum) {
            drawn.push(Drawn {
                uid: format!("u{:05}", drawn.len() + 1),
                document: row.document_id,
                sentence: row.sentence,
                heading: row.heading,
                text: row.text,
                tags: row.tags,
                responsibilities: row.responsibilities,
                stratum,
            });
        }
    })?;
    if drawn.iter().any(|unit| unit.text.is_empty()) {
        let shown = sentences.display();
        let reason = "holds no texts; run analyze without --no-text";
        return Err(Error::Usage(format!("{shown} {reason}")));
    }
    let counts = |stratum: &Stratum| (sizes[stratum], wanted[stratum]);
    write(config, lexicon, &drawn, counts)?;
    Ok(drawn.len())
}

fn write(
    config: &SampleConfig,
    lexicon: &Lexicon,
    drawn: &[Drawn],
    counts: impl Fn(&Stratum) -> (u64, u64),
) -> Result<(), Error> {
    let folder = Folder::create(&config.out, config.overwrite)?;
    let mut written = vec![
        folder.write(KEY_FILE, &report::sample_key(drawn, counts))?,
        folder.write("codebook.md", report::codebook(lexicon).as_bytes())?,
    ];
    let mut random = Random::new(config.seed);
    for coder in &config.coders {
        // Each coder meets the units in another order, so that tiredness and habit do not fall on the same ones.
        let mut order: Vec<usize> = (0..drawn.len()).collect();
        random.shuffle(&mut order);
        let sheet = report::coding_sheet(drawn, &order);
        written.push(folder.write(&format!("sheet_{coder}.csv"), &sheet)?);
    }
    let settings = serde_json::json!({
        "seed": config.seed,
        "tagged": config.tagged,
        "untagged": config.untagged,
        "coders": config.coders,
    });
    folder.write(
        SAMPLE_FILE,
        &brief_manifest("sample", lexicon, settings, &written),
    )?;
    folder.publish()
}

/// The sheet of a folder that [`sample`] wrote: the tool's labels and those of every `sheet_*.csv`.
///
/// # Errors
///
/// [`Error::Usage`] where a file is missing or cannot be understood.
pub(super) fn read_sample(folder: &Path) -> Result<Sheet, Error> {
    let wrong = |reason: String| Error::Usage(format!("{}: {reason}", folder.display()));
    let key = read_rows(&folder.join(KEY_FILE))?;
    let entries = std::fs::read_dir(folder).map_err(|error| wrong(error.to_string()))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    let mut sheets = Vec::new();
    for name in &names {
        let coder = name
            .strip_prefix("sheet_")
            .and_then(|name| name.strip_suffix(".csv"));
        if let Some(coder) = coder {
            let coder = if coder == SETTLED {
                coder.to_owned()
            } else {
                format!("coder_{coder}")
            };
            sheets.push((coder, read_rows(&folder.join(name))?));
        }
    }
    if sheets.is_empty() {
        return Err(wrong("there is no sheet_*.csv".into()));
    }
    merge(&key, &sheets).map_err(wrong)
}

fn declared_roles(documents: &Path) -> Result<BTreeMap<String, String>, Error> {
    #[derive(Deserialize)]
    struct Document {
        document_id: String,
        declared_role: String,
    }
    let mut reader = open(documents)?;
    let rows = reader.deserialize::<Document>();
    rows.map(|row| row.map(|row| (row.document_id, row.declared_role)))
        .collect::<Result<_, _>>()
        .map_err(|error| unreadable(documents, &error))
}

/// Calls `unit` for every unit that can be drawn: no reference, no heading, no repeat within its document.
fn each_unit(
    sentences: &Path,
    declared: &BTreeMap<String, String>,
    mut unit: impl FnMut(Row, Stratum),
) -> Result<(), Error> {
    let mut reader = open(sentences)?;
    for row in reader.deserialize::<Row>() {
        let row = row.map_err(|error| unreadable(sentences, &error))?;
        if row.repeat_of.is_empty() && !["reference", "heading"].contains(&row.kind.as_str()) {
            let role = declared.get(&row.document_id).map_or("", String::as_str);
            let stratum = Stratum::of(role, &row.tags, &row.zone);
            unit(row, stratum);
        }
    }
    Ok(())
}

fn open(path: &Path) -> Result<csv::Reader<std::fs::File>, Error> {
    csv::Reader::from_path(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &csv::Error) -> Error {
    let what = "a report of analyze with sentences.csv and documents.csv is needed";
    Error::Usage(format!("{}: {error}; {what}", path.display()))
}
