//! DOCX → text with its structure as marks, laid out like an HTML page.
//!
//! [`styles`] and [`numbering`] say what paragraphs are, [`body`] lays them out. Headers,
//! footers, comments and document properties are never looked at: they hold page furniture
//! and names.

mod body;
mod numbering;
mod styles;

use super::Limits;
use super::archive::Store;
use super::extract::Extracted;
use super::package::Package;
use body::Body;
use numbering::Numbering;
use styles::Styles;

/// Reads a document; `Err` says why it cannot be read.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Extracted, String> {
    let package = Package::open(Store::Memory(bytes.into()), limits)?;
    let main = package
        .related("", "officeDocument")?
        .unwrap_or_else(|| "word/document.xml".to_string());
    let part = |kind: &str| match package.related(&main, kind)? {
        Some(name) => package.part(&name),
        None => Ok(None),
    };
    let styles = Styles::read(part("styles")?)?;
    let numbering = Numbering::read(part("numbering")?)?;
    let document = package
        .part(&main)?
        .ok_or_else(|| format!("is a Word file without its text ({main})"))?;
    let mut body = Body::new(&styles, numbering);
    document.walk(|node| body.handle(node))?;
    for (kind, heading) in [("footnotes", "Footnotes"), ("endnotes", "Endnotes")] {
        if let Some(notes) = part(kind)? {
            body.begin_notes(heading);
            notes.walk(|node| body.handle(node))?;
        }
    }
    Ok(body.finish())
}
