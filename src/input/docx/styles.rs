//! What paragraph styles say: headings, lists, tables of contents.

use std::collections::HashMap;

use super::super::package::Part;
use super::super::xml::Node;
use super::numbering::List;

/// Longest chain of styles that build on one another.
const LONGEST_CHAIN: usize = 16;

/// One style, without what it takes over from the one it builds on.
#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    parent: String,
    outline: Option<u8>,
    list: Option<List>,
    bold: Option<bool>,
}

/// What a paragraph or run of some style is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Heading level from 1.
    pub heading: Option<u8>,
    /// The list it is an item of.
    pub list: Option<List>,
    /// True for an entry of a table of contents.
    pub contents: bool,
    /// True where its words are bold.
    pub bold: bool,
}

/// The styles of a document by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

impl Styles {
    /// Reads `styles.xml`, where there is one.
    pub(super) fn read(part: Option<Part<'_>>) -> Result<Styles, String> {
        let mut styles = Styles::default();
        let mut id = String::new();
        let mut style = Style::default();
        let Some(part) = part else { return Ok(styles) };
        part.walk(|node| {
            match node {
                Node::Open("style", attributes) => {
                    id = attributes.get("styleId").unwrap_or_default();
                    style = Style::default();
                }
                Node::Open("name", attributes) => {
                    style.name = attributes.get("val").unwrap_or_default().to_lowercase();
                }
                Node::Open("basedOn", attributes) => {
                    style.parent = attributes.get("val").unwrap_or_default();
                }
                Node::Open("outlineLvl", attributes) => style.outline = attributes.number("val"),
                Node::Open("numId", attributes) => {
                    style.list.get_or_insert_default().id = attributes.number("val").unwrap_or(0);
                }
                Node::Open("ilvl", attributes) => {
                    style.list.get_or_insert_default().level =
                        attributes.number("val").unwrap_or(0);
                }
                Node::Open("b", attributes) => style.bold = Some(attributes.is_on()),
                Node::Close("style") => {
                    styles
                        .0
                        .insert(std::mem::take(&mut id), std::mem::take(&mut style));
                }
                _ => (),
            }
            Ok(())
        })?;
        Ok(styles)
    }

    /// What the style of that id comes to; nothing where there is none.
    pub(super) fn look(&self, id: &str) -> Look {
        let mut look = Look::default();
        let (mut outline, mut bold, mut named) = (None, None, None);
        let mut next = self.0.get(id);
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next else { break };
            outline = outline.or(style.outline);
            look.list = look.list.or(style.list);
            bold = bold.or(style.bold);
            look.contents |= style.name.starts_with("toc ");
            named = named.or(match style.name.as_str() {
                "title" => Some(1),
                name => name
                    .strip_prefix("heading ")
                    .and_then(|level| level.parse().ok()),
            });
            if look.list.is_none() && style.name.starts_with("list bullet") {
                look.list = Some(List::default());
            }
            next = self.0.get(&style.parent);
        }
        look.heading = outline.map(|level: u8| level.saturating_add(1)).or(named);
        look.heading = look
            .heading
            .filter(|level| (1..=9).contains(level))
            .map(|level| level.min(6));
        look.bold = bold.unwrap_or(false);
        look
    }
}
