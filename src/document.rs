//! What flows between the stages: a document as read, and its structure.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// Whether a missing subject means the role of the title (a posting) or
/// nobody (an essay).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Genre {
    /// A job posting: work without a subject belongs to the advertised role.
    #[default]
    Posting,
    /// An essay or article about the roles: work belongs to whom the text names.
    Essay,
}

/// How marks in the text are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Markup {
    /// Lines, bullets and blank lines only.
    #[default]
    Text,
    /// Markdown: `#` headings, emphasis, pipes and links are marks, not words.
    Markdown,
}

/// One posting or essay.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Unique within a run; `input#row` where the input gave none.
    pub id: String,
    /// Job title; for a file its first heading or its name. Empty if unknown.
    pub title: String,
    /// Employer, for title overrides; empty if unknown.
    pub employer: String,
    /// The text that all offsets refer to.
    pub text: String,
    /// Posting or essay.
    pub genre: Genre,
    /// How the text's marks are read.
    pub markup: Markup,
    /// Whose it is, as a learning platform names what students hand in; empty if unknown.
    pub student: String,
    /// Where in the text each page begins, in bytes; empty where the format has no pages.
    pub pages: Vec<u32>,
    /// The text's language as an ISO 639 code, such as `en`; empty if it cannot be told.
    pub language: &'static str,
    /// Metadata columns carried through, in the order of `--keep`.
    pub kept: Vec<String>,
    /// Where the document came from.
    pub origin: Origin,
}

impl Document {
    /// The page, from 1, that the byte at `offset` stands on; `None` where there are no pages.
    pub fn page(&self, offset: u32) -> Option<u64> {
        let begun = self.pages.partition_point(|start| *start <= offset);
        (!self.pages.is_empty()).then_some(begun.max(1) as u64)
    }
}

/// The place in an input that a document or problem came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The input as named on the command line, or the file's path below it.
    pub input: Arc<str>,
    /// Row (CSV: record without the header; JSON lines: line), from 1; 0 for a whole file.
    pub row: u64,
}

/// Index of a unit in [`Structure::units`].
pub type UnitIndex = u32;

/// A document's units in text order: sorted, disjoint, on character boundaries.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    /// Sentences, list items, headings, cells and references.
    pub units: Vec<Unit>,
}

impl Structure {
    /// Empties the structure and keeps its memory for the next document.
    pub fn clear(&mut self) {
        self.units.clear();
    }
}

/// The smallest thing that carries tags.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The unit's bytes, its list mark included, white space at the ends not.
    pub span: Span,
    /// The same without list mark and markup at its ends: what reports print.
    pub content: Span,
    /// What it is.
    pub kind: UnitKind,
    /// Heading level from 1, or nesting depth of a list item from 1; else 0.
    pub level: u8,
    /// The heading that the unit stands under.
    pub heading: Option<UnitIndex>,
    /// For a table cell or an item of a flattened table: the unit that heads its column.
    pub column: Option<UnitIndex>,
    /// For a cell below a table's head row: the first cell of its row, itself excepted.
    pub row: Option<UnitIndex>,
    /// For a list item: the sentence that introduces the list.
    pub intro: Option<UnitIndex>,
    /// Number of the paragraph, list item or cell it is part of, from 0.
    pub block: u32,
    /// Id of the rule that made the boundary before the unit, such as `newline` or `glued-upper`.
    pub rule: &'static str,
    /// True where that boundary is a guess.
    pub uncertain: bool,
}

impl Unit {
    /// A sentence that stands alone.
    pub fn sentence(span: Span) -> Unit {
        Unit {
            span,
            content: span,
            kind: UnitKind::Sentence,
            level: 0,
            heading: None,
            column: None,
            intro: None,
            block: 0,
            row: None,
            rule: "start",
            uncertain: false,
        }
    }
}

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnitKind {
    /// A sentence of a paragraph.
    Sentence,
    /// A list item, or a sentence of one.
    Item,
    /// A heading.
    Heading,
    /// A table cell, or a sentence of one.
    Cell,
    /// A line that is only a URL, or an entry of a reference list.
    Reference,
}

impl UnitKind {
    /// The name used in every file and column.
    pub const fn name(self) -> &'static str {
        match self {
            UnitKind::Sentence => "sentence",
            UnitKind::Item => "item",
            UnitKind::Heading => "heading",
            UnitKind::Cell => "cell",
            UnitKind::Reference => "reference",
        }
    }
}

/// One word of a unit, as the lexicon sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The word's bytes.
    pub span: Span,
    /// The lexicon's id of the folded word; 0 for a word that is in no pattern.
    pub word: u32,
    /// The strongest mark between this word and the one before it.
    pub before: Break,
}

/// What stands between two words, weakest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    /// White space, a hyphen, a slash, an apostrophe, an ampersand, quotes.
    #[default]
    None,
    /// A comma.
    Comma,
    /// Any mark that ends a clause: `; : . ! ?`, a dash between spaces, a bracket, a bullet.
    Clause,
}

/// Tokens of one unit within a flat vector.
pub type TokenRange = Range<u32>;
