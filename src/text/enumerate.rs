//! Lists inside a line: `1) … 2) …`, `a; b; c`, and list items joined by one space.

use memchr::memchr_iter;

use super::blocks::Block;
use super::bytes::may_end_label;
use super::chars::{run_before, size};
use super::inline::{Candidates, Cut};
use super::marks::{self, Mark, Style};
use super::rules;
use super::wordlists::{Flags, Lists};
use super::work;

/// Reused between blocks.
#[derive(Debug, Default)]
pub(super) struct Found {
    marks: Vec<(usize, Mark)>,
    places: Vec<usize>,
}

/// Appends the cuts of lists inside `block`, in which `candidates` were found, and sorts `cuts[first..]` where there
/// are any.
pub(super) fn lists(
    text: &str,
    words: &Lists,
    block: &Block,
    candidates: &Candidates,
    found: &mut Found,
    first: usize,
    cuts: &mut Vec<Cut>,
) {
    let before = cuts.len();
    let (from, to) = (block.start, block.end);
    if !candidates.labels.is_empty() {
        let mark = (from..block.body).filter(|at| may_end_label(&text.as_bytes()[from..=*at]));
        let labels = mark.chain(candidates.labels.iter().copied());
        numbered(text, (from, to), labels, found, cuts);
    }
    if candidates.semicolons >= 2 {
        semicolons(text, from, to, found, cuts);
    }
    if candidates.capitals.len() >= 3 {
        heads(text, words, (from, to), &candidates.capitals, found, cuts);
    }
    if cuts.len() > before && before > first {
        cuts[first..].sort_by_key(|cut| cut.at);
    }
}

/// Runs of two or more consecutive marks of one style, the first of them `1` or `a`, which end at `labels`.
fn numbered(
    text: &str,
    (from, to): (usize, usize),
    labels: impl Iterator<Item = usize>,
    found: &mut Found,
    cuts: &mut Vec<Cut>,
) {
    let bytes = &text.as_bytes()[..to];
    found.marks.clear();
    for end in labels {
        work::steps(1);
        let label = bytes[from.max(end.saturating_sub(5))..end].iter().rev();
        let mut start = end
            - label
                .take_while(|byte| byte.is_ascii_alphanumeric())
                .count();
        if start > from && bytes[start - 1] == b'(' && bytes[end] == b')' {
            start -= 1;
        }
        if start > from && !bytes[start - 1].is_ascii_whitespace() {
            continue;
        }
        let Some(mark) = marks::enumeration(text, start, to)
            .filter(|mark| mark.end < to && bytes[end + 1..].len() > 1)
        else {
            continue;
        };
        let bracket = bytes[end] == b')' || bytes[end + 1] == b')';
        let opens = !bytes[mark.end].is_ascii_lowercase();
        let spaced = bytes[mark.end - 1].is_ascii_whitespace();
        let capital = matches!(mark.style, Style::Capital { .. });
        if mark.ordinal > 0 && spaced && (bracket || opens && !capital) {
            found.marks.push((start, mark));
        }
    }
    let mut at = 0;
    while at < found.marks.len() {
        let (start, mark) = found.marks[at];
        let run = 1 + found.marks[at..]
            .windows(2)
            .take_while(|pair| {
                pair[1].1.ordinal == pair[0].1.ordinal + 1 && pair[1].1.style == mark.style
            })
            .count();
        let introduced = text[from..start].trim_end();
        let opens = introduced.is_empty() || introduced.ends_with([':', '.', ';', ',']);
        if run >= 2 && mark.ordinal == 1 && opens {
            let items = found.marks[at..at + run]
                .iter()
                .filter(|(start, _)| *start > from);
            cuts.extend(items.map(|(start, _)| Cut::item(*start, rules::INLINE_NUMBER)));
        }
        at += run;
    }
}

/// `Duties: dig; plant; water.`: in one sentence, two or more semicolons outside brackets behind a colon, or three
/// without one.
fn semicolons(text: &str, from: usize, to: usize, found: &mut Found, cuts: &mut Vec<Cut>) {
    let bytes = &text.as_bytes()[from..to];
    let mut depth = 0_i32;
    let mut colon = false;
    found.places.clear();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = (depth - 1).max(0),
            b':' if found.places.is_empty() => colon = true,
            b';' if depth == 0 && !is_entity(bytes, at) => found.places.push(from + at + 1),
            b'.' | b'!' | b'?'
                if bytes.get(at + 1) == Some(&b' ')
                    && bytes.get(at + 2).is_some_and(u8::is_ascii_uppercase) =>
            {
                flush(colon, to, found, cuts);
                (depth, colon) = (0, false);
            }
            _ => {}
        }
    }
    flush(colon, to, found, cuts);
}

/// Cuts behind the semicolons of one sentence, where they are a list.
fn flush(colon: bool, to: usize, found: &mut Found, cuts: &mut Vec<Cut>) {
    if found.places.len() >= 3 - usize::from(colon) {
        let places = found.places.iter().filter(|place| **place < to);
        cuts.extend(places.map(|place| Cut::guess(*place, rules::SEMICOLON_LIST)));
    }
    found.places.clear();
}

/// The semicolon of `&amp;`.
fn is_entity(bytes: &[u8], at: usize) -> bool {
    let name = bytes[at.saturating_sub(8)..at]
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    name > 0 && at > name && matches!(bytes[at - name - 1], b'&' | b'#')
}

/// `… the budget Manage the team Prepare reports …`: three or more words that begin list items, each behind a
/// word that could end one, and few stops.
fn heads(
    text: &str,
    words: &Lists,
    (from, to): (usize, usize),
    capitals: &[usize],
    found: &mut Found,
    cuts: &mut Vec<Cut>,
) {
    let bytes = &text.as_bytes()[..to];
    if to - from < 80 {
        return;
    }
    let stops = memchr_iter(b'.', &bytes[from..])
        .filter(|at| bytes.get(from + at + 1) == Some(&b' '))
        .count();
    if (to - from) / (stops + 1) < 160 || size(&text[from..to]) / (stops + 1) < 160 {
        return;
    }
    found.places.clear();
    for &at in capitals {
        let space = at - 1;
        let length = bytes[at..]
            .iter()
            .take(24)
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let capital_next = bytes
            .get(at + length + 1)
            .is_some_and(u8::is_ascii_uppercase);
        if capital_next || !words.flags(&bytes[at..at + length]).any(Flags::HEAD) {
            continue;
        }
        let left = run_before(text, space, |mark| mark.is_alphanumeric() || mark == '-').max(from);
        let plain = bytes[left].is_ascii_lowercase();
        if plain && !words.flags(&bytes[left..space]).any(Flags::FUNCTION) {
            found.places.push(at);
        }
    }
    if found.places.len() >= 3 && stops * 2 <= found.places.len() {
        cuts.extend(
            found
                .places
                .iter()
                .map(|at| Cut::guess(*at, rules::HEAD_LIST)),
        );
    }
}
