//! Bytes of a document → its text, by the readers that run in a process apart.
//!
//! They are pure: what they give depends on the bytes and on what the [`Task`] says alone.

use serde::{Deserialize, Serialize};

use super::{Limits, docx, pdf};

/// What a document holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Extracted {
    /// The text, laid out as Markdown like that of an HTML page.
    pub text: String,
    /// What the document calls itself, empty if nothing.
    pub title: String,
    /// Where in the text each page begins, in bytes; empty where the format has no pages.
    pub pages: Vec<u32>,
    /// What was wrong with it though it could be read; a warning each.
    pub remarks: Vec<String>,
}

/// What is to be done with a document's bytes.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Task {
    /// Reads a PDF.
    Pdf(pdf::Settings),
    /// Reads a Word file.
    Docx(Limits),
}

impl Task {
    /// Does it; `Err` is the reason why the document is lost.
    pub(super) fn run(&self, bytes: &[u8]) -> Result<Extracted, String> {
        match self {
            Task::Pdf(settings) => pdf::read(bytes, settings),
            Task::Docx(limits) => docx::read(bytes, limits),
        }
    }

    /// The limits of time, in seconds, and of the text, in bytes.
    pub(super) fn limits(&self) -> (u64, usize) {
        match self {
            Task::Pdf(settings) => (settings.max_seconds, settings.max_text),
            Task::Docx(limits) => (limits.seconds, limits.text),
        }
    }
}
