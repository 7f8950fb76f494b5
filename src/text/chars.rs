//! Small questions about the characters around a byte offset, each answered in constant time.

use super::work;

/// The character that begins at `at`.
#[inline]
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(*byte as char),
        Some(_) => text[at..].chars().next(),
        None => None,
    }
}

/// The character that ends at `at`.
#[inline]
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    match at.checked_sub(1).map(|last| text.as_bytes()[last]) {
        Some(byte) if byte.is_ascii() => Some(byte as char),
        Some(_) => text[..at].chars().next_back(),
        None => None,
    }
}

/// The longest stretch, in bytes, that is searched for the ends of a word.
pub(super) const REACH: usize = 64;

/// Start of the longest run of characters that satisfy `part` and ends at `at`, at most [`REACH`] bytes back.
pub(super) fn run_before(text: &str, at: usize, part: impl Fn(char) -> bool) -> usize {
    let mut start = at;
    while let Some(found) = char_before(text, start) {
        if !part(found) || at - start > REACH {
            break;
        }
        start -= found.len_utf8();
    }
    work::steps(at - start + 1);
    start
}

/// End of the longest run of characters that satisfy `part` and begins at `at`, at most [`REACH`] bytes on.
pub(super) fn run_after(text: &str, at: usize, part: impl Fn(char) -> bool) -> usize {
    let mut end = at;
    while let Some(found) = char_at(text, end) {
        if !part(found) || end - at > REACH {
            break;
        }
        end += found.len_utf8();
    }
    work::steps(end - at + 1);
    end
}

/// Marks that are list bullets wherever they stand, apart from `·`.
pub(super) fn is_bullet(mark: char) -> bool {
    matches!(
        mark,
        '•' | '●'
            | '▪'
            | '▫'
            | '◦'
            | '‣'
            | '⁃'
            | '∙'
            | '■'
            | '□'
            | '►'
            | '▶'
            | '▸'
            | '▹'
            | '▷'
            | '➢'
            | '➤'
            | '➔'
            | '✓'
            | '✔'
            | '✅'
            | '☑'
            | '☐'
            | '❖'
            | '❑'
            | '❒'
            | '◆'
            | '◇'
            | '○'
            | '◉'
            | '⦿'
            | '→'
            | '⇒'
            | '★'
            | '☆'
            | '✦'
            | '✪'
            | '✗'
            | '✘'
            | '\u{f0b7}'
            | '\u{f0a7}'
            | '\u{f0d8}'
            | '\u{f0fc}'
            | '\u{f076}'
    )
}

/// Emphasis marks of Markdown.
pub(super) fn is_emphasis(byte: u8) -> bool {
    matches!(byte, b'*' | b'_' | b'`')
}

/// Quotes and brackets that may stand behind the mark that ends a sentence.
pub(super) fn is_closer(mark: char) -> bool {
    matches!(
        mark,
        '"' | '\'' | ')' | ']' | '}' | '\u{201d}' | '\u{2019}' | '»' | '›' | '*' | '_'
    )
}

/// Length in bytes, carriage returns not counted, so that CRLF makes no difference.
pub(super) fn size(text: &str) -> usize {
    work::steps(text.len());
    text.len() - memchr::memchr_iter(b'\r', text.as_bytes()).count()
}

/// True where the first character is a capital.
#[inline]
pub(super) fn begins_upper(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(byte) if byte.is_ascii() => byte.is_ascii_uppercase(),
        _ => text.starts_with(char::is_uppercase),
    }
}

/// White space, as a document's lines have it.
pub(super) fn is_space(mark: char) -> bool {
    mark.is_whitespace() || matches!(mark, '\u{200b}' | '\u{feff}')
}

/// `start..end` without white space at the ends.
#[inline]
pub(super) fn trim(text: &str, start: usize, end: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let is_blank = |byte: u8| matches!(byte, b' ' | 9..=13);
    let (mut from, mut to) = (start, end);
    while from < to && is_blank(bytes[to - 1]) {
        to -= 1;
    }
    while from < to && is_blank(bytes[from]) {
        from += 1;
    }
    work::steps(end - start - (to - from));
    if from < to && !(bytes[from].is_ascii() && bytes[to - 1].is_ascii()) {
        return trim_slowly(text, from, to);
    }
    (from, to)
}

fn trim_slowly(text: &str, start: usize, end: usize) -> (usize, usize) {
    let part = &text[start..end];
    let tail = part.trim_end_matches(is_space);
    let head = tail.trim_start_matches(is_space);
    work::steps(end - start - head.len() + 1);
    (start + tail.len() - head.len(), start + tail.len())
}
