//! The tags of a page in order → layout: which element does what.

use html5gum::emitters::callback::CallbackEvent;

use super::tags::{ends_by_itself, is_unseen, is_void};
use super::{Converted, Kind};
use crate::input::layout::Layout;

/// An element whose content is dropped, and how many of its name are open.
struct Skip {
    name: Vec<u8>,
    depth: u32,
}

/// The state of the conversion between two tags.
pub(super) struct Page {
    kind: Kind,
    layout: Layout,
    title: String,
    in_title: bool,
    skip: Option<Skip>,
    /// Numbers of the open lists' last items; `None` for lists without numbers.
    lists: Vec<Option<u32>>,
    bold: u32,
    pre: u32,
    /// Open `<main>` and `<article>`, whose headers and footers are content.
    main: u32,
    /// True behind a `<br>`: a line break of the source that follows says nothing more.
    after_break: bool,
    /// The start tag that is being read, and what its attributes say.
    tag: Vec<u8>,
    attribute: Vec<u8>,
    hidden: bool,
}

impl Page {
    pub(super) fn new(kind: Kind, bytes: usize) -> Page {
        Page {
            kind,
            layout: Layout::with_capacity(bytes / 2),
            title: String::new(),
            in_title: false,
            skip: None,
            lists: Vec::new(),
            bold: 0,
            pre: u32::from(kind == Kind::Lines),
            main: 0,
            after_break: false,
            tag: Vec::new(),
            attribute: Vec::new(),
            hidden: false,
        }
    }

    pub(super) fn finish(self) -> Converted {
        Converted {
            text: self.layout.finish(),
            title: self.title.trim().to_string(),
        }
    }

    pub(super) fn handle(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag.clear();
                self.tag.extend_from_slice(name);
                self.hidden = false;
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute.clear();
                self.attribute.extend_from_slice(name);
                self.hidden |= *name == b"hidden";
            }
            CallbackEvent::AttributeValue { value } => self.hidden |= hides(&self.attribute, value),
            CallbackEvent::CloseStartTag { self_closing } => {
                let name = std::mem::take(&mut self.tag);
                self.start(&name, *self_closing);
                self.tag = name;
            }
            CallbackEvent::EndTag { name } => self.end(name),
            // The input is text and tags end on ASCII, so that this always holds.
            CallbackEvent::String { value } => {
                if let Ok(text) = std::str::from_utf8(value) {
                    self.text(text);
                }
            }
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => (),
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_title {
            self.title.push_str(text);
        }
        if self.in_title || self.skip.is_some() {
            return;
        }
        let bold = self.bold > 0;
        if self.pre > 0 {
            let after_break = std::mem::take(&mut self.after_break);
            let trimmed = text.strip_prefix("\r\n").or(text.strip_prefix('\n'));
            let text = trimmed.filter(|_| after_break).unwrap_or(text);
            self.layout.lines(text, bold);
        } else {
            self.layout.words(text, bold);
        }
    }

    fn start(&mut self, name: &[u8], self_closing: bool) {
        if let Some(skip) = &mut self.skip {
            if skip.name != name {
                return;
            }
            if !ends_by_itself(name) {
                skip.depth += 1;
                return;
            }
            self.skip = None;
        }
        let chrome = self.kind == Kind::WholePage
            && match name {
                b"nav" => true,
                b"header" | b"footer" => self.main == 0,
                _ => false,
            };
        if (chrome || self.hidden || is_unseen(name))
            && !is_void(name)
            && !(self_closing && name == b"svg")
        {
            self.skip = Some(Skip {
                name: name.to_vec(),
                depth: 1,
            });
            self.block(name);
            return;
        }
        self.open(name);
    }

    /// Opens an element that is shown.
    fn open(&mut self, name: &[u8]) {
        match name {
            b"title" => self.in_title = true,
            b"main" | b"article" => self.main += 1,
            b"b" | b"strong" => self.bold += 1,
            b"br" => {
                self.layout.line_break();
                self.after_break = true;
            }
            b"table" => self.layout.open_table(),
            b"tr" => self.layout.end_row(),
            b"td" | b"th" => self.layout.open_cell(name == b"th"),
            _ => (),
        }
        self.block(name);
        match name {
            b"ul" | b"menu" => self.lists.push(None),
            b"ol" => self.lists.push(Some(0)),
            b"li" => self.open_item(),
            b"pre" => self.pre += 1,
            [b'h', level @ b'1'..=b'6'] if self.lists.is_empty() => {
                self.layout.prefix = "#".repeat(usize::from(level - b'0')) + " ";
            }
            _ => (),
        }
    }

    fn open_item(&mut self) {
        self.bold = 0;
        let indent = "  ".repeat(self.lists.len().saturating_sub(1).min(8));
        self.layout.prefix = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number = number.saturating_add(1);
                format!("{indent}{number}. ")
            }
            _ => format!("{indent}• "),
        };
    }

    fn end(&mut self, name: &[u8]) {
        if let Some(skip) = &mut self.skip {
            if skip.name == name {
                skip.depth -= 1;
                if skip.depth == 0 {
                    self.skip = None;
                }
            }
            return;
        }
        self.block(name);
        match name {
            b"title" => self.in_title = false,
            b"main" | b"article" => self.main = self.main.saturating_sub(1),
            b"b" | b"strong" => self.bold = self.bold.saturating_sub(1),
            b"pre" if self.kind != Kind::Lines => self.pre = self.pre.saturating_sub(1),
            b"ul" | b"ol" | b"menu" => {
                self.lists.pop();
                self.layout.prefix.clear();
                self.layout.end_line(self.lists.is_empty());
            }
            b"li" => self.layout.prefix.clear(),
            b"tr" => self.layout.end_row(),
            b"table" => self.layout.close_table(),
            [b'h', b'1'..=b'6'] => {
                self.layout.prefix.clear();
                self.bold = 0;
            }
            _ => (),
        }
    }

    /// Ends the line where `name` makes a block; outside lists most blocks stand apart.
    fn block(&mut self, name: &[u8]) {
        match name {
            b"li" | b"tr" | b"td" | b"th" | b"dt" | b"dd" | b"address" | b"summary" | b"option"
            | b"legend" | b"caption" | b"figcaption" => self.layout.end_line(false),
            b"p" | b"div" | b"ul" | b"ol" | b"menu" | b"dl" | b"section" | b"article" | b"main"
            | b"body" | b"nav" | b"header" | b"footer" | b"aside" | b"blockquote" | b"pre"
            | b"hr" | b"form" | b"fieldset" | b"figure" | b"details" | b"center" | b"h1"
            | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"table" => {
                self.layout.end_line(self.lists.is_empty());
            }
            _ => (),
        }
    }
}

/// True where the attribute keeps its element from being shown.
fn hides(attribute: &[u8], value: &[u8]) -> bool {
    match attribute {
        b"aria-hidden" => value == b"true",
        b"style" => {
            let style: String = value
                .iter()
                .filter(|byte| !byte.is_ascii_whitespace())
                .map(|b| *b as char)
                .collect();
            let style = style.to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        }
        _ => false,
    }
}
