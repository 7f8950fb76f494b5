//! Whether a field holds HTML, and which elements matter to its structure.

use memchr::memchr_iter;

/// The strongest tags that a text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tags {
    /// No tag that HTML knows.
    None,
    /// Tags inside lines, and `<br>`.
    Inline,
    /// Tags that make blocks.
    Block,
}

/// Longest name of an element looked for, in bytes.
const LONGEST: usize = 10;

/// The strongest tags in `text`; a text without `<` costs one search for it.
pub(crate) fn tags(text: &str) -> Tags {
    let bytes = text.as_bytes();
    let mut strongest = Tags::None;
    for at in memchr_iter(b'<', bytes) {
        strongest = strongest.max(tag(&bytes[at + 1..]));
        if strongest == Tags::Block {
            break;
        }
    }
    strongest
}

/// What the tag is whose bytes behind `<` are `rest`.
fn tag(rest: &[u8]) -> Tags {
    if rest.starts_with(b"!--") {
        return Tags::Inline;
    }
    let rest = rest.strip_prefix(b"/").unwrap_or(rest);
    let mut name = [0; LONGEST];
    let length = rest
        .iter()
        .take(LONGEST)
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    name[..length].copy_from_slice(&rest[..length]);
    name.make_ascii_lowercase();
    let ends = rest
        .get(length)
        .is_some_and(|byte| b">/ \t\r\n".contains(byte));
    // A tag is closed; `<b` in running text is not.
    let closed =
        || memchr::memchr2(b'>', b'<', &rest[length..]).is_some_and(|at| rest[length + at] == b'>');
    match &name[..length] {
        name if ends && is_block(name) && closed() => Tags::Block,
        name if ends && is_inline(name) && closed() => Tags::Inline,
        _ => Tags::None,
    }
}

fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"div"
            | b"ul"
            | b"ol"
            | b"li"
            | b"dl"
            | b"dt"
            | b"dd"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"table"
            | b"tbody"
            | b"tr"
            | b"td"
            | b"th"
            | b"section"
            | b"article"
            | b"main"
            | b"body"
            | b"html"
            | b"head"
            | b"header"
            | b"footer"
            | b"blockquote"
            | b"pre"
            | b"hr"
            | b"script"
            | b"style"
    )
}

fn is_inline(name: &[u8]) -> bool {
    matches!(
        name,
        b"br"
            | b"b"
            | b"strong"
            | b"i"
            | b"em"
            | b"u"
            | b"a"
            | b"span"
            | b"font"
            | b"small"
            | b"sup"
            | b"sub"
            | b"s"
            | b"img"
            | b"code"
            | b"mark"
            | b"wbr"
            | b"o"
    )
}

/// Elements whose content is not shown as text.
pub(super) fn is_unseen(name: &[u8]) -> bool {
    matches!(
        name,
        b"script"
            | b"style"
            | b"template"
            | b"noscript"
            | b"noframes"
            | b"iframe"
            | b"svg"
            | b"math"
            | b"object"
            | b"canvas"
            | b"audio"
            | b"video"
            | b"select"
            | b"datalist"
            | b"button"
            | b"textarea"
    )
}

/// Elements without content, which have no end tag.
pub(super) fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

/// Elements whose end tag may be left out: the next of them ends the one before.
pub(super) fn ends_by_itself(name: &[u8]) -> bool {
    matches!(name, b"p" | b"li" | b"td" | b"th" | b"tr" | b"dt" | b"dd")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_that_html_knows_make_a_field_html() {
        let cases = [
            ("a < b and c > d", Tags::None),
            ("mail <me@example.org> or <https://example.org>", Tags::None),
            ("<5 years, List<String> and <your name>", Tags::None),
            ("less <b than this", Tags::None),
            ("a <BR/> b", Tags::Inline),
            ("a <a href=\"x\">link</a>", Tags::Inline),
            ("a <b>b</b> <P class='x'>c", Tags::Block),
            ("ends in </li>", Tags::Block),
            ("<", Tags::None),
        ];
        for (text, expected) in cases {
            assert_eq!(tags(text), expected, "{text}");
        }
    }
}
