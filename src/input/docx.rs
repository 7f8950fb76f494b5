//! DOCX → text with its structure as marks, laid out like an HTML page.
//!
//! [`styles`] and [`numbering`] say what paragraphs are, [`body`] lays them out. Headers,
//! footers, comments and document properties are never looked at: they hold page furniture
//! and names.

mod body;
mod numbering;
mod styles;

use std::io::Read;

use super::Limits;
use super::archive::{Archive, Store};
use super::extract::Extracted;
use super::xml::{self, Node};
use body::Body;
use numbering::Numbering;
use styles::Styles;

/// Times that all parts together may be larger than one record.
const PARTS: u64 = 4;

/// Reads a document; `Err` says why it cannot be read.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Extracted, String> {
    let package = Package::open(bytes, limits)?;
    let main = package
        .related("", "officeDocument")?
        .unwrap_or_else(|| "word/document.xml".to_string());
    let document = package
        .part(&main)?
        .ok_or_else(|| format!("is a Word file without its text ({main})"))?;
    let related = |kind: &str| -> Result<Vec<u8>, String> {
        let name = package.related(&main, kind)?;
        let part = name.map(|name| package.part(&name)).transpose()?;
        Ok(part.flatten().unwrap_or_default())
    };
    let styles = Styles::read(&related("styles")?).map_err(|error| broken("styles", &error))?;
    let numbering = related("numbering")?;
    let numbering = Numbering::read(&numbering).map_err(|error| broken("numbering", &error))?;
    let mut body = Body::new(&styles, numbering, document.len());
    xml::walk(&document, |node| body.handle(node)).map_err(|error| broken(&main, &error))?;
    for (kind, heading) in [("footnotes", "Footnotes"), ("endnotes", "Endnotes")] {
        let notes = related(kind)?;
        if !notes.is_empty() {
            body.begin_notes(heading);
            xml::walk(&notes, |node| body.handle(node)).map_err(|error| broken(kind, &error))?;
        }
    }
    Ok(body.finish())
}

fn broken(part: &str, error: &str) -> String {
    format!("is a damaged Word file ({part}: {error})")
}

/// The parts of a packed document.
struct Package {
    archive: Archive,
    most: usize,
}

impl Package {
    fn open(bytes: &[u8], limits: &Limits) -> Result<Package, String> {
        let most = limits.record;
        let limits = Limits {
            unpacked: (most as u64).saturating_mul(PARTS),
            ..*limits
        };
        let archive = Archive::open(Store::Memory(bytes.into()), 0, limits)?;
        Ok(Package { archive, most })
    }

    /// A part's bytes; `None` where there is none of that name.
    fn part(&self, name: &str) -> Result<Option<Vec<u8>>, String> {
        let mut members = self.archive.members().iter();
        let Some(member) = members.find(|member| member.name.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        if let Some(reason) = &member.refused {
            return Err(reason.clone());
        }
        let mut bytes = Vec::new();
        let failed = |error| format!("cannot be read: {name}: {error}");
        let content = self.archive.read(member).map_err(failed)?;
        let most = (self.most as u64).saturating_add(1);
        content.take(most).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() > self.most {
            let most = self.most;
            return Err(format!(
                "is longer than {most} bytes unpacked (--max-record)"
            ));
        }
        Ok(Some(bytes))
    }

    /// The name of the part that stands in relation `kind` to the part `of`, or to the whole
    /// document where that is empty.
    fn related(&self, of: &str, kind: &str) -> Result<Option<String>, String> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let separator = if folder.is_empty() { "" } else { "/" };
        let name = format!("{folder}{separator}_rels/{file}.rels");
        let Some(relations) = self.part(&name)? else {
            return Ok(None);
        };
        let mut found = None;
        xml::walk(&relations, |node| {
            if let Node::Open("Relationship", attributes) = node
                && found.is_none()
                && attributes
                    .get("Type")
                    .is_some_and(|name| name.rsplit('/').next() == Some(kind))
            {
                found = attributes.get("Target");
            }
        })
        .map_err(|error| broken(&name, &error))?;
        Ok(found.map(|target| match target.strip_prefix('/') {
            Some(absolute) => absolute.to_string(),
            None => format!("{folder}{separator}{target}"),
        }))
    }
}
