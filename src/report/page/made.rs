//! What made the report, from its manifest.

use serde_json::Value;

use super::figures::{clip, count};

/// Inputs and files listed.
const MOST_LISTED: usize = 40;
/// Characters of the configuration shown.
const MOST_CHARACTERS: usize = 8_000;

/// What the page says of how it was made.
pub(super) struct Made {
    pub(super) version: String,
    pub(super) lexicon: String,
    pub(super) documents: u64,
    pub(super) sentences: u64,
    pub(super) tagged: u64,
    pub(super) errors: u64,
    pub(super) warnings: u64,
    /// The name of the input, or how many there are.
    pub(super) source: String,
    pub(super) inputs: Vec<FileRow>,
    pub(super) more_inputs: usize,
    pub(super) files: Vec<FileRow>,
    pub(super) configuration: String,
}

/// A file that was read or written.
pub(super) struct FileRow {
    pub(super) name: String,
    pub(super) bytes: String,
    pub(super) hash: String,
}

impl Made {
    pub(super) fn of(manifest: &Value) -> Made {
        let text = |key: &str| manifest[key].as_str().unwrap_or_default().to_owned();
        let counted = |key: &str| manifest["counts"][key].as_u64().unwrap_or(0);
        let inputs = list(&manifest["inputs"]);
        let source = match inputs {
            [one] => name(one)
                .rsplit(['/', '\\'])
                .next()
                .unwrap_or_default()
                .to_owned(),
            more => format!("{} inputs", count(more.len() as u64)),
        };
        let configuration = serde_json::to_string_pretty(&manifest["configuration"])
            .expect("a JSON value can be written");
        // The page and what is made beside it come after the tables, so they cannot list themselves.
        let files = list(&manifest["files"]).iter();
        let files = files.filter(|file| name(file).ends_with(".csv"));
        Made {
            version: text("version"),
            lexicon: text("lexicon"),
            documents: counted("documents"),
            sentences: counted("sentences"),
            tagged: counted("tagged"),
            errors: counted("errors"),
            warnings: counted("warnings"),
            source,
            inputs: inputs.iter().take(MOST_LISTED).map(row).collect(),
            more_inputs: inputs.len().saturating_sub(MOST_LISTED),
            files: files.take(MOST_LISTED).map(row).collect(),
            configuration: clip(&configuration, MOST_CHARACTERS),
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn name(file: &Value) -> String {
    let name = file["input"].as_str().or(file["file"].as_str());
    clip(name.unwrap_or_default(), 120)
}

fn row(file: &Value) -> FileRow {
    FileRow {
        name: name(file),
        bytes: file["bytes"].as_u64().map_or_else(String::new, count),
        hash: file["blake3"].as_str().unwrap_or_default().to_owned(),
    }
}
