//! The elements of a Word document in order → layout: which one does what.

use super::super::extract::Extracted;
use super::super::layout::{Aside, Layout};
use super::super::xml::{Attributes, Node};
use super::numbering::{List, Numbering};
use super::styles::Styles;

/// Most columns that a cell of Word can span.
const MOST_COLUMNS: usize = 63;

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    style: String,
    list: Option<List>,
    outline: Option<u8>,
    /// True once its kind is known and its text has begun.
    begun: bool,
    /// True where its end is deleted: the next paragraph goes on with it.
    joins: bool,
    /// True where its words are dropped.
    dropped: bool,
    bold: bool,
}

/// A stretch of text of one look.
#[derive(Clone, Copy, Default)]
struct Run {
    bold: Option<bool>,
    hidden: bool,
}

/// What was being read when a text box began.
struct Outside {
    aside: Aside,
    run: Run,
    after_item: bool,
}

/// The state of the conversion between two tags.
pub(super) struct Body<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    layout: Layout,
    paragraphs: Vec<Paragraph>,
    boxes: Vec<Outside>,
    run: Run,
    /// Depth inside an element whose content is dropped.
    skip: u64,
    in_properties: bool,
    in_run_properties: bool,
    /// Text of the `<w:t>` that is being read, and whether white space at its ends counts.
    text: Option<String>,
    preserve: bool,
    /// True where the paragraph before was a list item.
    after_item: bool,
    /// True where the paragraph before goes on.
    joined: bool,
    /// True in a table's head row.
    head: bool,
    /// Empty cells to lay out behind the current one.
    spanned: usize,
    embedded: bool,
}

impl<'a> Body<'a> {
    pub(super) fn new(styles: &'a Styles, numbering: Numbering) -> Body<'a> {
        Body {
            styles,
            numbering,
            layout: Layout::default(),
            paragraphs: Vec::new(),
            boxes: Vec::new(),
            run: Run::default(),
            skip: 0,
            in_properties: false,
            in_run_properties: false,
            text: None,
            preserve: false,
            after_item: false,
            joined: false,
            head: false,
            spanned: 0,
            embedded: false,
        }
    }

    /// Begins the notes, under a heading of their own.
    pub(super) fn begin_notes(&mut self, heading: &str) {
        self.layout.end_line(true);
        self.layout.words(heading, true);
        self.layout.end_line(true);
        self.after_item = false;
    }

    pub(super) fn finish(self) -> Extracted {
        let embedded = "a part of it is embedded in another format and not read";
        Extracted {
            text: self.layout.finish(),
            remarks: self
                .embedded
                .then(|| embedded.to_string())
                .into_iter()
                .collect(),
            ..Extracted::default()
        }
    }

    pub(super) fn handle(&mut self, node: Node<'_>) -> Result<(), String> {
        match node {
            Node::Open(..) if self.skip > 0 => self.skip += 1,
            Node::Close(_) if self.skip > 0 => self.skip -= 1,
            Node::Open(name, attributes) => self.open(name, attributes),
            Node::Close(name) => self.close(name),
            Node::Text(text) => {
                if let Some(kept) = self.text.as_mut().filter(|_| self.skip == 0) {
                    kept.push_str(text);
                }
            }
        }
        Ok(())
    }

    fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        if is_dropped(name) || is_separator(name, attributes) {
            self.skip = 1;
            if name == "del" && self.in_properties {
                self.paragraph().joins = true;
            }
            return;
        }
        match name {
            "pPr" => self.in_properties = true,
            _ if self.in_properties => self.property(name, attributes),
            "rPr" => self.in_run_properties = true,
            _ if self.in_run_properties => self.run_property(name, attributes),
            "p" => self.paragraphs.push(Paragraph::default()),
            "r" => self.run = Run::default(),
            "t" => {
                self.text = Some(String::new());
                self.preserve = attributes
                    .get("space")
                    .is_some_and(|space| space == "preserve");
            }
            "tab" | "ptab" | "br" | "cr" | "noBreakHyphen" | "sym" => self.sign(name, attributes),
            "txbxContent" => self.open_box(),
            "altChunk" => self.embedded = true,
            _ => self.open_table_part(name, attributes),
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "pPr" => self.in_properties = false,
            "rPr" => self.in_run_properties = false,
            "p" => self.close_paragraph(),
            "t" => {
                let text = self.text.take().unwrap_or_default();
                let text = if self.preserve { &text } else { text.trim() };
                self.words(text);
            }
            "txbxContent" => self.close_box(),
            "tbl" => self.layout.close_table(),
            "tr" => {
                self.layout.end_row();
                self.head = false;
            }
            "tc" => {
                for _ in 0..std::mem::take(&mut self.spanned) {
                    self.layout.open_cell(self.head);
                }
            }
            _ => (),
        }
    }

    fn open_table_part(&mut self, name: &str, attributes: Attributes<'_>) {
        let columns = || attributes.number("val").unwrap_or(1).min(MOST_COLUMNS);
        match name {
            "tbl" => self.layout.open_table(),
            "tblHeader" => self.head = attributes.is_on(),
            "tc" => {
                self.layout.open_cell(self.head);
                self.after_item = false;
            }
            "gridSpan" => self.spanned = columns().saturating_sub(1),
            "gridBefore" => (0..columns()).for_each(|_| self.layout.open_cell(self.head)),
            _ => (),
        }
    }

    /// The innermost open paragraph; text outside one is given one.
    fn paragraph(&mut self) -> &mut Paragraph {
        if self.paragraphs.is_empty() {
            self.paragraphs.push(Paragraph::default());
        }
        let last = self.paragraphs.len() - 1;
        &mut self.paragraphs[last]
    }

    fn property(&mut self, name: &str, attributes: Attributes<'_>) {
        let paragraph = self.paragraph();
        match name {
            "pStyle" => paragraph.style = attributes.get("val").unwrap_or_default(),
            "outlineLvl" => paragraph.outline = attributes.number("val"),
            "numId" => {
                paragraph.list.get_or_insert_default().id = attributes.number("val").unwrap_or(0);
            }
            "ilvl" => {
                paragraph.list.get_or_insert_default().level =
                    attributes.number("val").unwrap_or(0);
            }
            _ => (),
        }
    }

    fn run_property(&mut self, name: &str, attributes: Attributes<'_>) {
        match name {
            "b" => self.run.bold = Some(attributes.is_on()),
            "vanish" => self.run.hidden = attributes.is_on(),
            "rStyle" if self.run.bold.is_none() => {
                let style = attributes.get("val").unwrap_or_default();
                self.run.bold = self.styles.look(&style).bold.then_some(true);
            }
            _ => (),
        }
    }

    /// Settles what the paragraph is, before its first word.
    fn begin(&mut self) {
        let styles = self.styles;
        let joined = std::mem::take(&mut self.joined);
        let after_item = self.after_item;
        let paragraph = self.paragraph();
        if std::mem::replace(&mut paragraph.begun, true) {
            return;
        }
        let look = styles.look(&paragraph.style);
        paragraph.dropped = look.contents;
        paragraph.bold = look.bold;
        let outline = paragraph.outline.map(|level| level.saturating_add(1));
        let heading = outline.filter(|level| *level <= 6).or(look.heading);
        let own = paragraph.list;
        let list = match (own, look.list) {
            // A paragraph may give only its level, and its style the list.
            (Some(own), Some(style)) if own.id == 0 && own.level > 0 => Some(List {
                level: own.level,
                ..style
            }),
            (Some(own), _) => (own.id > 0).then_some(own),
            (None, style) => style,
        };
        if joined {
            return;
        }
        let item = list.is_some() && heading.is_none();
        self.layout.end_line(!(item && after_item));
        self.after_item = item;
        self.layout.prefix = match (heading, list) {
            (Some(level), _) => "#".repeat(usize::from(level)) + " ",
            (None, Some(list)) => self.numbering.mark(list),
            (None, None) => String::new(),
        };
    }

    fn words(&mut self, text: &str) {
        if text.is_empty() || self.run.hidden {
            return;
        }
        self.begin();
        let run = self.run;
        let paragraph = self.paragraph();
        let bold = run.bold.unwrap_or(paragraph.bold);
        if !paragraph.dropped {
            self.layout.words(text, bold);
        }
    }

    /// An element that stands for a character.
    fn sign(&mut self, name: &str, attributes: Attributes<'_>) {
        match name {
            "noBreakHyphen" => self.words("-"),
            "sym" => self.words(symbol(&attributes.get("char").unwrap_or_default())),
            "tab" | "ptab" if !self.run.hidden => self.layout.tab(),
            "br" if attributes
                .get("type")
                .is_some_and(|kind| kind != "textWrapping") =>
            {
                self.layout.end_line(true);
            }
            "br" | "cr" if !self.run.hidden => self.layout.line_break(),
            _ => (),
        }
    }

    fn close_paragraph(&mut self) {
        let paragraph = self.paragraphs.pop().unwrap_or_default();
        self.joined = paragraph.joins && (paragraph.begun || self.joined);
        if !self.joined {
            self.layout.end_line(!self.after_item);
            self.layout.prefix.clear();
        }
    }

    /// A text box stands before the paragraph that it is fixed to, whose text goes on behind it.
    fn open_box(&mut self) {
        self.boxes.push(Outside {
            aside: self.layout.set_aside(),
            run: self.run,
            after_item: std::mem::take(&mut self.after_item),
        });
    }

    fn close_box(&mut self) {
        let Some(outside) = self.boxes.pop() else {
            return;
        };
        self.layout.end_line(true);
        self.layout.take_up(outside.aside);
        self.run = outside.run;
        self.after_item = outside.after_item;
    }
}

/// Elements whose content is not shown, is shown elsewhere or is what was before a change.
fn is_dropped(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "moveFrom"
            | "Fallback"
            | "rt"
            | "sectPr"
            | "instrText"
            | "delText"
            | "delInstrText"
    ) || name.ends_with("PrChange")
}

/// The lines that Word draws above notes are kept as notes.
fn is_separator(name: &str, attributes: Attributes<'_>) -> bool {
    let kind = || attributes.get("type").is_some_and(|kind| kind != "normal");
    matches!(name, "footnote" | "endnote") && kind()
}

/// What a character of a symbol font looks like; an arrow or bullet, else a space.
fn symbol(code: &str) -> &'static str {
    match code.to_ascii_uppercase().as_str() {
        "F0E0" | "F0E8" | "F0AE" => "→",
        "F0B7" | "F0A7" | "F076" | "F0D8" => "•",
        _ => " ",
    }
}
