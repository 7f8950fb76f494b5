//! Bytes of a document or workbook → its text or tables, whatever the format.
//!
//! The readers behind this are pure: what they give depends on the bytes and the limits
//! alone, and all they need is handed to them, so that they can run in a process apart.

use serde::{Deserialize, Serialize};

use super::batch::Lost;
use super::{Format, Limits, docx};

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

/// Reads a document of a binary format.
pub(super) fn document(format: Format, bytes: &[u8], limits: &Limits) -> Result<Extracted, Lost> {
    let extracted = match format {
        Format::Docx => docx::read(bytes, limits),
        _ => Err(format!(
            "{} files are not read yet: save it as text, HTML or CSV",
            format.name()
        )),
    };
    extracted.map_err(|reason| ("parse", reason))
}
