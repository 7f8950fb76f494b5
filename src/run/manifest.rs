//! `manifest.json`: what made a report, so that it can be checked and repeated.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::aggregate::{Tallies, Tally};
use crate::analyze::Thresholds;
use crate::config::{AnalyzeConfig, Asked};
use crate::input::Part;
use crate::lexicon::Lexicon;
use crate::report::{Confused, Outputs};
use crate::run::folder::Written;

/// Version of the files' columns and keys; raised when one changes its meaning.
const SCHEMA_VERSION: u32 = 1;

/// The file of a part's folder that `merge` needs.
pub(crate) const PART_FILE: &str = "part.json";

/// Bytes of each streamed output per record, little-endian `u32`, in the order of [`crate::report::OUTPUTS`].
pub(crate) const PART_INDEX: &str = "part.index";

/// What made a report: equal for equal inputs, lexicon and configuration, whatever
/// the threads and parts. Holds no clock time and no absolute path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Study {
    /// Always `rolecall`.
    pub(crate) tool: String,
    /// Version of the tool.
    pub(crate) version: String,
    /// Version of the formats.
    pub(crate) schema_version: u32,
    /// BLAKE3 of the lexicon's files.
    pub(crate) lexicon: String,
    /// The settings that change results.
    pub(crate) configuration: Value,
    /// The inputs with their hashes.
    pub(crate) inputs: Value,
}

/// A part's share of the work, as `merge` reads it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct PartFile {
    pub(crate) part: Part,
    pub(crate) outputs: Vec<String>,
    pub(crate) kept: Vec<String>,
    pub(crate) study: Study,
    pub(crate) tallies: Tallies,
    pub(crate) confused: Confused,
}

impl Study {
    pub(crate) fn new(
        lexicon: String,
        config: &AnalyzeConfig,
        input: &impl Serialize,
        inputs: &impl Serialize,
    ) -> Study {
        let zones: Vec<&str> = config
            .analyze
            .counted_zones
            .iter()
            .map(|zone| zone.name())
            .collect();
        Study {
            tool: "rolecall".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            schema_version: SCHEMA_VERSION,
            lexicon,
            configuration: serde_json::json!({
                "input": json(input),
                "outputs": config.outputs.iter().map(|output| output.name).collect::<Vec<_>>(),
                "text": config.with_text,
                "counted_zones": zones,
                "thresholds": config.analyze.thresholds,
                "count_repeats": config.analyze.count_repeats,
                "asked": config.asked,
            }),
            inputs: json(inputs),
        }
    }

    /// What was asked for beyond the default tables.
    pub(crate) fn asked(&self) -> Asked {
        serde_json::from_value(self.configuration["asked"].clone()).unwrap_or_default()
    }

    /// When a role leads a document.
    pub(crate) fn thresholds(&self) -> Thresholds {
        serde_json::from_value(self.configuration["thresholds"].clone()).unwrap_or_default()
    }

    /// Changes what is asked for.
    pub(crate) fn ask(&mut self, outputs: &Outputs, asked: &Asked) {
        let names: Vec<&str> = outputs.iter().map(|output| output.name).collect();
        self.configuration["outputs"] = json(&names);
        self.configuration["asked"] = json(asked);
    }

    /// The manifest of a whole report.
    pub(crate) fn manifest(&self, tally: &Tally, files: &[Written]) -> Vec<u8> {
        let mut manifest = serde_json::to_value(self).expect("a study has only string keys");
        manifest["counts"] = serde_json::json!({
            "documents": tally.sums.documents,
            "set_aside": tally.sums.set_aside,
            "repaired": tally.sums.repaired,
            "sentences": tally.sums.units,
            "tagged": tally.sums.tagged,
            "errors": tally.sums.errors,
            "warnings": tally.sums.warnings,
        });
        manifest["files"] = serde_json::to_value(files).expect("a list of plain structs");
        let mut bytes = serde_json::to_vec_pretty(&manifest).expect("a JSON value can be written");
        bytes.push(b'\n');
        bytes
    }
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("options and summaries have only string keys")
}

/// The manifest of a command that is not `analyze`.
pub(crate) fn brief_manifest(
    command: &str,
    lexicon: &Lexicon,
    settings: Value,
    files: &[Written],
) -> Vec<u8> {
    let manifest = serde_json::json!({
        "tool": "rolecall",
        "version": env!("CARGO_PKG_VERSION"),
        "schema_version": SCHEMA_VERSION,
        "command": command,
        "lexicon": lexicon.hash(),
        "configuration": settings,
        "files": files,
    });
    let mut bytes = serde_json::to_vec_pretty(&manifest).expect("a JSON value can be written");
    bytes.push(b'\n');
    bytes
}
