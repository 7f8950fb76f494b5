//! XML parts of packed documents → elements, attributes and text in order.
//!
//! Works on the stream of tags, so that nesting costs no stack and little memory.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// Most bytes of one tag or of the text between two: it is held in memory, twice where it is decoded.
const MOST_OF_NODE: usize = 16 << 20;

/// What stands next in a part. Names are without their prefix.
pub(super) enum Node<'a> {
    /// An element begins; empty ones end at once.
    Open(&'a str, Attributes<'a>),
    /// The element of that name ends.
    Close(&'a str),
    /// Text, references decoded.
    Text(&'a str),
}

/// The attributes of an element.
#[derive(Clone, Copy)]
pub(super) struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// The value of the attribute of that name, its prefix left out.
    pub(super) fn get(self, name: &str) -> Option<String> {
        let mut all = self.0.attributes();
        all.with_checks(false);
        let mut all = all.filter_map(Result::ok);
        let found = all.find(|attribute| attribute.key.local_name().as_ref() == name)?;
        Some(unescape(&found.value).ok()?.into_owned())
    }

    /// The value as a number.
    pub(super) fn number<T: std::str::FromStr>(self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }

    /// Whether a property such as `<w:b/>` or `<w:b w:val="0"/>` is on.
    pub(super) fn is_on(self) -> bool {
        let value = self.get("val");
        !value.is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }
}

/// Calls `visit` on all nodes of a part until it fails. `Err` says what is wrong.
pub(super) fn walk(
    part: impl BufRead,
    mut visit: impl FnMut(Node<'_>) -> Result<(), String>,
) -> Result<(), String> {
    let mut reader = Reader::from_reader(Metered { part, left: 0 });
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let mut depth = 0u64;
    loop {
        buffer.clear();
        reader.get_mut().left = MOST_OF_NODE;
        let event = reader.read_event_into(&mut buffer);
        match event.map_err(|error| error.to_string())? {
            Event::Start(tag) => {
                depth += 1;
                visit(Node::Open(tag.local_name().as_ref(), Attributes(&tag)))?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                visit(Node::Close(tag.local_name().as_ref()))?;
            }
            Event::Text(text) => visit(Node::Text(&text))?,
            Event::CData(text) => visit(Node::Text(&text))?,
            Event::GeneralRef(name) => {
                if let Some(text) = reference(&name) {
                    visit(Node::Text(&text))?;
                }
            }
            Event::Eof if depth > 0 => return Err("it ends inside an element".to_string()),
            Event::Eof => return Ok(()),
            Event::Empty(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => (),
        }
    }
}

/// A part of which the next node is read: one that never ends is an error.
struct Metered<R> {
    part: R,
    left: usize,
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            let reason = format!("a tag or text of more than {MOST_OF_NODE} bytes");
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        let bytes = self.part.fill_buf()?;
        Ok(&bytes[..bytes.len().min(self.left)])
    }

    fn consume(&mut self, count: usize) {
        self.left -= count;
        self.part.consume(count);
    }
}

/// What `&name;` stands for; none of a document's own entities are known, so that none can grow.
fn reference(name: &str) -> Option<Cow<'static, str>> {
    Some(match name {
        "amp" => Cow::Borrowed("&"),
        "lt" => Cow::Borrowed("<"),
        "gt" => Cow::Borrowed(">"),
        "quot" => Cow::Borrowed("\""),
        "apos" => Cow::Borrowed("'"),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => digits.parse(),
            };
            Cow::Owned(char::from_u32(code.ok()?)?.to_string())
        }
    })
}
