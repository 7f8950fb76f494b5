//! `rolecall compare`: what differs between two reports, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use csv::StringRecord;
use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::error::Error;
use crate::run::reread::{Earlier, Sheet, id_hash};

/// Sentences that are shown one by one.
const SHOWN: usize = 20;

/// Documents with other tags that are compared sentence by sentence.
const COMPARED: usize = 100_000;

/// One line for each difference, under the heads that `compare` prints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Versions, lexicons, configurations and inputs that differ.
    pub why: Vec<String>,
    /// Documents that only one of the two holds, or that have another title, declared or content role.
    pub documents: Vec<String>,
    /// Sentences with other tags.
    pub tags: Vec<String>,
    /// Cells of the confusion matrix with another count.
    pub cells: Vec<String>,
}

/// What is remembered of one document: 32 bytes, and as much for its place in the map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Seen {
    /// Digest of declared and content role.
    roles: u64,
    /// Digest of the tags of all units, in order.
    tags: u64,
    units: u32,
}

type Documents = FxHashMap<u128, Seen>;

/// Compares two reports, whatever lexicons made them.
///
/// # Errors
///
/// [`Error::Usage`] where a folder holds no report with documents and sentences.
pub fn compare(first: &Path, second: &Path) -> Result<Differences, Error> {
    let reports = [Earlier::open(first)?, Earlier::open(second)?];
    let [before, after] = [seen(&reports[0])?, seen(&reports[1])?];
    let changed: BTreeSet<u128> = before
        .iter()
        .filter(|(id, seen)| after.get(*id).is_some_and(|other| other.tags != seen.tags))
        .map(|(id, _)| *id)
        .collect();
    Ok(Differences {
        why: why(&reports[0], &reports[1])?,
        documents: documents(&before, &after),
        tags: tags(&reports, &changed)?,
        cells: cells(&reports)?,
    })
}

impl Differences {
    /// Whether the two reports say the same. What made them may differ all the same.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.tags.is_empty() && self.cells.is_empty()
    }
}

fn why(first: &Earlier, second: &Earlier) -> Result<Vec<String>, Error> {
    let mut lines = Vec::new();
    let [a, b] = [&first.study, &second.study];
    if a.version != b.version {
        lines.push(format!("version: {} → {}", a.version, b.version));
    }
    if a.lexicon != b.lexicon {
        lines.push(format!(
            "lexicon: {} → {}",
            &a.lexicon[..12.min(a.lexicon.len())],
            &b.lexicon[..12.min(b.lexicon.len())]
        ));
    }
    settings(
        "configuration",
        &a.configuration,
        &b.configuration,
        &mut lines,
    );
    let inputs = |study: &Value| -> BTreeMap<String, Value> {
        let all = study.as_array().into_iter().flatten();
        all.map(|input| {
            (
                input["input"].as_str().unwrap_or_default().to_owned(),
                input["blake3"].clone(),
            )
        })
        .collect()
    };
    let (a, b) = (inputs(&a.inputs), inputs(&b.inputs));
    for name in a.keys().chain(b.keys()).collect::<BTreeSet<_>>() {
        match (a.get(name), b.get(name)) {
            (Some(_), None) => lines.push(format!("input: {name} is in the first only")),
            (None, Some(_)) => lines.push(format!("input: {name} is in the second only")),
            (one, other) if one != other => lines.push(format!("input: {name} has other bytes")),
            _ => {}
        }
    }
    Ok(lines)
}

/// The settings that differ, by their path.
fn settings(path: &str, a: &Value, b: &Value, lines: &mut Vec<String>) {
    match (a.as_object(), b.as_object()) {
        (Some(a), Some(b)) => {
            for key in a.keys().chain(b.keys()).collect::<BTreeSet<_>>() {
                let [a, b] = [a, b].map(|object| object.get(key).unwrap_or(&Value::Null));
                settings(&format!("{path}.{key}"), a, b, lines);
            }
        }
        _ if a != b => lines.push(format!("{path}: {a} → {b}")),
        _ => {}
    }
}

fn seen(report: &Earlier) -> Result<Documents, Error> {
    let mut documents = Documents::default();
    let mut sheet = Sheet::open(&report.path, "documents.csv")?;
    let [id, declared, content] =
        sheet.places(&["document_id", "declared_role", "content_role"])?;
    let mut row = StringRecord::new();
    while sheet.read(&mut row)? {
        let seen = Seen {
            roles: digest(0, &[&row[declared], &row[content]]),
            ..Seen::default()
        };
        documents.insert(id_hash(&row[id]), seen);
    }
    each_unit(report, |id, _, tags| {
        let seen = documents.entry(id).or_default();
        seen.tags = digest(seen.tags, &[tags]);
        seen.units += 1;
    })?;
    Ok(documents)
}

/// Calls `look` with document, number and tags of every unit.
fn each_unit(report: &Earlier, mut look: impl FnMut(u128, &str, &str)) -> Result<(), Error> {
    let mut sheet = Sheet::open(&report.path, "sentences.csv")?;
    let [id, number, tags] = sheet.places(&["document_id", "sentence", "tags"])?;
    let mut row = StringRecord::new();
    while sheet.read(&mut row)? {
        look(id_hash(&row[id]), &row[number], &row[tags]);
    }
    Ok(())
}

fn documents(before: &Documents, after: &Documents) -> Vec<String> {
    let only = |one: &Documents, other: &Documents| {
        one.keys().filter(|id| !other.contains_key(*id)).count()
    };
    let changed = |test: &dyn Fn(&Seen, &Seen) -> bool| {
        let both = before
            .iter()
            .filter_map(|(id, seen)| Some((seen, after.get(id)?)));
        both.filter(|(a, b)| test(a, b)).count()
    };
    let counts = [
        (only(before, after), "in the first only"),
        (only(after, before), "in the second only"),
        (
            changed(&|a, b| a.roles != b.roles),
            "with another declared or content role",
        ),
        (
            changed(&|a, b| a.units != b.units),
            "cut into another number of sentences",
        ),
        (changed(&|a, b| a.tags != b.tags), "with other tags"),
    ];
    let told = counts.into_iter().filter(|(count, _)| *count > 0);
    told.map(|(count, what)| format!("{count} {what}"))
        .collect()
}

fn tags(reports: &[Earlier; 2], changed: &BTreeSet<u128>) -> Result<Vec<String>, Error> {
    let wanted: BTreeSet<u128> = changed.iter().take(COMPARED).copied().collect();
    let mut before: FxHashMap<u128, Vec<String>> = FxHashMap::default();
    each_unit(&reports[0], |id, _, tags| {
        if wanted.contains(&id) {
            before.entry(id).or_default().push(tags.to_owned());
        }
    })?;
    let (mut count, mut lines) = (0usize, Vec::new());
    let mut sheet = Sheet::open(&reports[1].path, "sentences.csv")?;
    let [id, number, tags, text] = sheet.places(&["document_id", "sentence", "tags", "text"])?;
    let mut row = StringRecord::new();
    while sheet.read(&mut row)? {
        let Some(old) = before.get(&id_hash(&row[id])) else {
            continue;
        };
        let place: usize = row[number].parse().unwrap_or(0);
        let old = old.get(place.wrapping_sub(1)).map_or("", String::as_str);
        if *old != row[tags] {
            count += 1;
            if lines.len() < SHOWN {
                let name = |tags: &str| {
                    if tags.is_empty() {
                        "none".to_owned()
                    } else {
                        tags.to_owned()
                    }
                };
                lines.push(format!(
                    "{} {}: {} → {}: {}",
                    &row[id],
                    &row[number],
                    name(old),
                    name(&row[tags]),
                    &row[text]
                ));
            }
        }
    }
    if count > lines.len() {
        lines.push(format!("… and {} more sentences", count - lines.len()));
    }
    if changed.len() > COMPARED {
        lines.push(format!(
            "{} documents with other tags were not compared sentence by sentence",
            changed.len() - COMPARED
        ));
    }
    Ok(lines)
}

fn cells(reports: &[Earlier; 2]) -> Result<Vec<String>, Error> {
    let mut counts: BTreeMap<(String, String), [u64; 2]> = BTreeMap::new();
    for (at, report) in reports.iter().enumerate() {
        let mut sheet = Sheet::open(&report.path, "documents.csv")?;
        let [declared, content] = sheet.places(&["declared_role", "content_role"])?;
        let mut row = StringRecord::new();
        while sheet.read(&mut row)? {
            counts
                .entry((row[declared].to_owned(), row[content].to_owned()))
                .or_default()[at] += 1;
        }
    }
    let differ = counts.into_iter().filter(|(_, [a, b])| a != b);
    let line = |((declared, content), [a, b]): ((String, String), [u64; 2])| {
        let declared = if declared.is_empty() {
            "(untitled)"
        } else {
            &declared
        };
        format!("{declared} × {content}: {a} → {b}")
    };
    Ok(differ.map(line).collect())
}

fn digest(start: u64, cells: &[&str]) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&start.to_le_bytes());
    for cell in cells {
        hasher.update(cell.as_bytes());
        hasher.update(&[0]);
    }
    u64::from_le_bytes(
        hasher.finalize().as_bytes()[..8]
            .try_into()
            .expect("eight bytes"),
    )
}
