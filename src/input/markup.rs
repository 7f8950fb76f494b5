//! How the marks of one field are read: as plain text, Markdown or HTML.

use std::borrow::Cow;

use memchr::{memchr_iter, memchr3_iter};
use serde::{Deserialize, Serialize};

use super::entities;
use super::html::{self, Kind, Tags};
use crate::document::Markup;

/// `--markup`: how text is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MarkupChoice {
    /// Each field by what it holds.
    #[default]
    Auto,
    /// As it is; no character reference is decoded.
    Text,
    /// As it is, its marks read as Markdown.
    Markdown,
    /// As HTML, converted into text.
    Html,
}

/// The text of a field and how its marks are to be read. Takes the field over where nothing changes.
pub(crate) fn read(field: Cow<'_, str>, choice: MarkupChoice) -> (String, Markup) {
    match choice {
        MarkupChoice::Text => (field.into_owned(), Markup::Text),
        MarkupChoice::Markdown => (field.into_owned(), Markup::Markdown),
        MarkupChoice::Html => match html::tags(&field) {
            Tags::None | Tags::Block => converted(&field, Kind::Blocks),
            Tags::Inline => converted(&field, Kind::Lines),
        },
        MarkupChoice::Auto => told(field),
    }
}

/// Reads a field by what it holds: HTML, HTML that was escaped as a whole, Markdown or text.
fn told(field: Cow<'_, str>) -> (String, Markup) {
    match html::tags(&field) {
        Tags::Block => return converted(&field, Kind::Blocks),
        Tags::Inline => return converted(&field, Kind::Lines),
        Tags::None => (),
    }
    if let Cow::Owned(decoded) = entities::decode(&field) {
        // Text that shows a tag, such as `&lt;b&gt;`, is rare; an escaped page is not.
        if html::tags(&decoded) == Tags::Block {
            return converted(&decoded, Kind::Blocks);
        }
        let markup = markup_of(&decoded);
        return (decoded, markup);
    }
    let markup = markup_of(&field);
    (field.into_owned(), markup)
}

fn converted(html: &str, kind: Kind) -> (String, Markup) {
    (html::convert(html, kind).text, Markup::Markdown)
}

/// Markdown where a plain sign of it is there: a `#` heading, `**bold**`, a link or a table's rule.
pub(crate) fn markup_of(text: &str) -> Markup {
    let bytes = text.as_bytes();
    let mut bold = None;
    let mut is_sign = |at: usize| {
        let rest = &bytes[at..];
        match rest[0] {
            b'#' => (at == 0 || bytes[at - 1] == b'\n') && is_heading(rest),
            b'|' => rest.starts_with(b"|--") || rest.starts_with(b"| --"),
            _ if rest.starts_with(b"**") => at >= *bold.get_or_insert(at) + 2,
            _ => false,
        }
    };
    let is_link = |at: usize| bytes[at..].starts_with(b"](http");
    if memchr3_iter(b'#', b'|', b'*', bytes).any(&mut is_sign)
        || memchr_iter(b']', bytes).any(is_link)
    {
        return Markup::Markdown;
    }
    Markup::Text
}

fn is_heading(line: &[u8]) -> bool {
    let level = line.iter().take_while(|byte| **byte == b'#').count();
    (1..=6).contains(&level) && line.get(level) == Some(&b' ')
}

/// A title, employer or kept value: one line, without tags and references.
pub(crate) fn read_line(field: &str, choice: MarkupChoice) -> String {
    let field = match choice {
        MarkupChoice::Auto | MarkupChoice::Html => entities::decode(field),
        MarkupChoice::Text | MarkupChoice::Markdown => Cow::Borrowed(field),
    };
    let plain = if choice != MarkupChoice::Text && html::tags(&field) != Tags::None {
        Cow::Owned(html::convert(&field, Kind::Blocks).text.replace("**", ""))
    } else {
        field
    };
    if !plain.contains(['\n', '\r', '\t']) {
        return plain.trim().to_string();
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_is_read_by_what_it_holds() {
        let cases = [
            ("Owns R&D; leads.", "Owns R&D; leads.", Markup::Text),
            ("Owns R&amp;D &lt; all", "Owns R&D < all", Markup::Text),
            (
                "&lt;p&gt;Owns &amp;amp; leads&lt;/p&gt;",
                "Owns & leads\n",
                Markup::Markdown,
            ),
            ("<ul><li>Owns</li></ul>", "• Owns\n", Markup::Markdown),
            (
                "Owns\n<b>all</b> of it",
                "Owns\nall of it\n",
                Markup::Markdown,
            ),
            ("# Duties\n- Owns", "# Duties\n- Owns", Markup::Markdown),
            ("**Duties**: owns", "**Duties**: owns", Markup::Markdown),
            ("#1 in Europe, 5 ** 2", "#1 in Europe, 5 ** 2", Markup::Text),
            ("5 *** 2", "5 *** 2", Markup::Text),
            ("a ****", "a ****", Markup::Markdown),
            (
                "see [it](https://a.b)",
                "see [it](https://a.b)",
                Markup::Markdown,
            ),
            (
                "a | b\n| --- | --- |",
                "a | b\n| --- | --- |",
                Markup::Markdown,
            ),
            ("", "", Markup::Text),
        ];
        for (field, text, markup) in cases {
            let read = read(Cow::Borrowed(field), MarkupChoice::Auto);
            assert_eq!(read, (text.to_string(), markup), "{field}");
        }
    }

    #[test]
    fn a_choice_overrules_the_content() {
        let of = |choice| read(Cow::Borrowed("<p>R&amp;D</p>"), choice);
        assert_eq!(
            of(MarkupChoice::Text),
            ("<p>R&amp;D</p>".into(), Markup::Text)
        );
        assert_eq!(
            of(MarkupChoice::Markdown),
            ("<p>R&amp;D</p>".into(), Markup::Markdown)
        );
        assert_eq!(of(MarkupChoice::Html), ("R&D\n".into(), Markup::Markdown));
    }

    #[test]
    fn a_title_is_one_line() {
        let of = |field| read_line(field, MarkupChoice::Auto);
        assert_eq!(of(" Product\n  Manager, R&amp;D "), "Product Manager, R&D");
        assert_eq!(of("<b>Program</b> Manager"), "Program Manager");
    }
}
