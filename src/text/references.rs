//! Lists of sources, and lines that are only an address.

use memchr::{memchr, memchr_iter, memchr2_iter, memmem};

use super::blocks::Block;
use super::chars::size;
use super::headings::bare;
use super::rules;
use super::wordlists::{Flags, Lists};
use crate::document::UnitKind;

/// Turns sources and lone addresses into references.
pub(super) fn find(text: &str, lists: &Lists, blocks: &mut [Block]) {
    let mut listed = false;
    let dated =
        memchr_iter(b'(', text.as_bytes()).any(|open| is_date(&text.as_bytes()[open + 1..]));
    for block in blocks {
        let words = block.text(text);
        match block.kind {
            UnitKind::Heading => {
                let name = bare(words).trim_end_matches(':');
                listed = lists.flags(name.as_bytes()).any(Flags::REFERENCES);
                continue;
            }
            UnitKind::Cell | UnitKind::Reference => continue,
            UnitKind::Sentence | UnitKind::Item => {}
        }
        listed = listed && (block.end == block.body || is_source(words));
        if listed || is_address(words) || is_numbered(words) || dated && is_dated(words) {
            block.kind = UnitKind::Reference;
            block.rule = rules::REFERENCE;
            block.prose = false;
            block.level = 0;
        }
    }
}

/// One word that is an internet address.
fn is_address(words: &str) -> bool {
    if !matches!(
        words.as_bytes().first(),
        Some(b'h' | b'w' | b'<' | b'>' | b'.' | b'(' | b')')
    ) {
        return false;
    }
    let words = words.trim_matches(['<', '>', '.', '(', ')']);
    let schemed = ["http://", "https://", "www."]
        .iter()
        .any(|begin| words.starts_with(begin));
    schemed && !words.contains(char::is_whitespace)
}

/// In a list of sources: has a year, an address or page numbers.
fn is_source(words: &str) -> bool {
    let has = |mark: &str| memmem::find(words.as_bytes(), mark.as_bytes()).is_some();
    size(words) <= 1000
        && (has_year(words.as_bytes()) || has("n.d.") || has("://") || has("www.") || has("pp. "))
}

/// Anywhere: `[3] A. Surname, "…," 2020.`
fn is_numbered(words: &str) -> bool {
    let [b'[', b'0'..=b'9', ..] = words.as_bytes() else {
        return false;
    };
    let quoted = words.contains(['"', '\u{201c}']);
    size(words) <= 1000 && quoted && words.contains(',') && has_year(words.as_bytes())
}

/// A year of the last two centuries, or none: what a source has in brackets behind its author.
fn is_date(bytes: &[u8]) -> bool {
    bytes.starts_with(b"19") || bytes.starts_with(b"20") || bytes.starts_with(b"n.d.")
}

/// Anywhere: `Surname, A. (2020).`, `Some Organisation. (2020).`
fn is_dated(words: &str) -> bool {
    let bytes = words.as_bytes();
    let Some(open) =
        memchr(b'(', &bytes[..bytes.len().min(200)]).filter(|open| (4..200).contains(open))
    else {
        return false;
    };
    let close = memchr(b')', &bytes[open..]).map_or(bytes.len(), |close| open + close);
    if !is_date(&bytes[open + 1..])
        || close - open > 24
        || bytes.get(close + 1) != Some(&b'.') && bytes.get(close + 1) != Some(&b',')
    {
        return false;
    }
    let author = words[..open].trim_end();
    let surname = author.split([',', ' ', '.']).next().unwrap_or(author);
    let initials = author.split_once(", ").is_some_and(|(name, rest)| {
        let rest = rest.as_bytes();
        name.len() <= 40
            && rest.first().is_some_and(u8::is_ascii_uppercase)
            && rest.get(1) == Some(&b'.')
    });
    let organisation = author.ends_with('.') && author.len() <= 80;
    surname.starts_with(char::is_uppercase) && (initials || organisation)
}

/// True where a year from 1900 to 2099 stands by itself.
fn has_year(bytes: &[u8]) -> bool {
    memchr2_iter(b'1', b'2', bytes).any(|at| {
        let alone = at == 0 || !bytes[at - 1].is_ascii_digit();
        let digits = bytes[at..]
            .iter()
            .take(5)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        alone && digits == 4 && matches!(bytes[at..at + 2], [b'1', b'9'] | [b'2', b'0'])
    })
}
