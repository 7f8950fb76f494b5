//! `rolecall verify`: whether a report is what its manifest says, and its tables what its rows add up to.

use std::path::Path;

use serde_json::Value;

use crate::error::Error;
use crate::lexicon::Lexicon;
use crate::report::{Confused, DATAPACKAGE, Source, Totals};
use crate::run::extras::extras;
use crate::run::folder::{Written, hashed};
use crate::run::reread::Earlier;

/// What was found wrong, and what could not be checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Files that were checked.
    pub files: usize,
    /// One line for each thing that is wrong.
    pub findings: Vec<String>,
    /// One line for each check that could not be made.
    pub notes: Vec<String>,
}

/// Checks sizes, hashes, headers, sums and the data package of the report in `folder`.
///
/// # Errors
///
/// [`Error::Usage`] where the folder holds no report.
pub fn verify(folder: &Path, lexicon: &Lexicon) -> Result<Verification, Error> {
    let earlier = Earlier::open(folder)?;
    let mut found = Verification::default();
    hashes(&earlier, &mut found)?;
    package(&earlier, &mut found)?;
    if earlier.study.lexicon == lexicon.hash() {
        sums(&earlier, lexicon, &mut found)?;
    } else {
        let note = "sums: not checked, since another lexicon made the report; give the same --lexicon and --extend";
        found.notes.push(note.into());
    }
    Ok(found)
}

fn hashes(earlier: &Earlier, found: &mut Verification) -> Result<(), Error> {
    for listed in earlier.files()? {
        found.files += 1;
        match hashed(&earlier.path.join(&listed.file), &listed.file) {
            Err(error) => found.findings.push(format!("{}: {error}", listed.file)),
            Ok(now) if now.bytes != listed.bytes => found.findings.push(format!(
                "{}: {} bytes, but {} in the manifest",
                listed.file, now.bytes, listed.bytes
            )),
            Ok(now) if now.blake3 != listed.blake3 => {
                let finding = format!(
                    "{}: BLAKE3 is {}, but {} in the manifest",
                    listed.file, now.blake3, listed.blake3
                );
                found.findings.push(finding);
            }
            Ok(_) => {}
        }
    }
    Ok(())
}

/// The data package names the same files, hashes and columns.
fn package(earlier: &Earlier, found: &mut Verification) -> Result<(), Error> {
    let bytes = std::fs::read(earlier.path.join(DATAPACKAGE)).unwrap_or_default();
    let Ok(package) = serde_json::from_slice::<Value>(&bytes) else {
        found
            .findings
            .push(format!("{DATAPACKAGE}: missing, or no JSON"));
        return Ok(());
    };
    let listed = earlier.files()?;
    for resource in package["resources"].as_array().into_iter().flatten() {
        let path = resource["path"].as_str().unwrap_or_default();
        let same = |file: &&Written| {
            file.file == path
                && resource["blake3"] == file.blake3.as_str()
                && resource["bytes"] == file.bytes
        };
        if !listed.iter().any(|file| same(&file)) {
            found.findings.push(format!(
                "{DATAPACKAGE}: {path} is another file than in the manifest"
            ));
        }
        let fields = resource["schema"]["fields"]
            .as_array()
            .into_iter()
            .flatten();
        let fields: Vec<&str> = fields.filter_map(|field| field["name"].as_str()).collect();
        let header: Vec<String> = csv::Reader::from_path(earlier.path.join(path))
            .and_then(|mut reader| reader.headers().cloned())
            .map(|header| header.iter().map(str::to_owned).collect())
            .unwrap_or_default();
        if fields != header {
            found
                .findings
                .push(format!("{DATAPACKAGE}: {path} has other columns"));
        }
    }
    Ok(())
}

/// Documents, sentences and every summary table are what the rows add up to.
fn sums(earlier: &Earlier, lexicon: &Lexicon, found: &mut Verification) -> Result<(), Error> {
    let outputs = earlier.outputs()?;
    if !outputs.has("documents") || !outputs.has("sentences") {
        found.notes.push(
            "sums: not checked, since documents.csv or sentences.csv was not asked for".into(),
        );
        return Ok(());
    }
    let tallies = match earlier.tallies(lexicon) {
        Ok(tallies) => tallies,
        Err(error) => {
            found.findings.push(format!("sums: {error}"));
            return Ok(());
        }
    };
    let counted = [
        ("documents", tallies.tally.sums.documents),
        ("sentences", tallies.tally.sums.units),
        ("tagged", tallies.tally.sums.tagged),
    ];
    for (name, count) in counted {
        let stated = earlier.manifest["counts"][name].as_u64();
        if stated != Some(count) {
            found.findings.push(format!(
                "{name}: the rows hold {count}, the manifest says {}",
                stated.unwrap_or(0)
            ));
        }
    }
    let extras = extras(&earlier.path, &earlier.study, lexicon)?;
    let totals = Totals {
        tallies: &tallies,
        confused: &Confused::default(),
        lexicon,
        extras: &extras,
        safe: earlier.study.asked().csv_safe,
    };
    for output in outputs.iter() {
        let Source::Totals(_, write) = output.source else {
            continue;
        };
        let stands = std::fs::read(earlier.path.join(output.file)).unwrap_or_default();
        if stands != write(&totals) {
            let finding = format!(
                "{}: the rows of documents.csv and sentences.csv add up to another table",
                output.file
            );
            found.findings.push(finding);
        }
    }
    Ok(())
}
