//! Which line ends only wrap a sentence: hard-wrapped text is joined, lists without marks are not.

use super::chars::{char_at, char_before, run_before};
use super::lines::{Line, Look};
use super::wordlists::{Flags, Lists};
use super::work;

/// A line this short does not wrap by itself, in bytes.
const SHORT: usize = 25;

/// Sets [`Line::soft`] on every line that goes on with the line before.
pub(super) fn mark(text: &str, lists: &Lists, lines: &mut [Line]) {
    let mut at = 0;
    while at < lines.len() {
        let joinable = |line: &Line| matches!(line.look, Look::Plain | Look::Item(_));
        let length = lines[at..].iter().take_while(|line| joinable(line)).count();
        if length > 1 {
            mark_group(text, lists, &mut lines[at..at + length]);
        }
        at += length.max(1);
    }
}

/// `group` is a run of lines without a blank one.
fn mark_group(text: &str, lists: &Lists, group: &mut [Line]) {
    let width = group
        .iter()
        .map(|line| line.indent + line.end - line.start)
        .max()
        .unwrap_or(0);
    let (mut ends, mut fit, mut flowing) = (0, 0, 0);
    for pair in group.windows(2) {
        if pair[1].look == Look::Plain {
            ends += 1;
            fit += usize::from(fits(text, pair, width));
            flowing += usize::from(flows(text, pair));
        }
    }
    let filled = flowing > 0 && (40..=140).contains(&width) && fit * 5 >= ends * 4;
    let ragged = flowing >= 3 && flowing * 5 >= ends * 2 && width <= 140;
    work::steps(group.len());
    for at in 1..group.len() {
        if group[at].look != Look::Plain {
            continue;
        }
        if begins_list(text, &group[at - 1..]) {
            continue;
        }
        let pair = &group[at - 1..=at];
        let wrapped = ragged && !is_lead(text, &pair[0]) || filled && fits(text, pair, width);
        group[at].soft = wrapped || goes_on(text, lists, pair);
    }
}

/// The first word of the second line would not have fitted on the first line.
fn fits(text: &str, pair: &[Line], width: usize) -> bool {
    let next = &text.as_bytes()[pair[1].start..pair[1].end];
    let word = next
        .iter()
        .take(40)
        .take_while(|byte| !byte.is_ascii_whitespace())
        .count();
    let length = pair[0].indent + pair[0].end - pair[0].start;
    (length + 1 + word) * 20 > width * 17
}

/// The first line is no finished sentence and the second begins in lower case.
fn flows(text: &str, pair: &[Line]) -> bool {
    char_at(text, pair[1].start).is_some_and(char::is_lowercase)
        && !char_before(text, pair[0].end)
            .is_some_and(|last| matches!(last, '.' | '!' | '?' | ':' | ';'))
}

/// The second of `lines` is the label of the list below it, not the end of the item above.
fn begins_list(text: &str, lines: &[Line]) -> bool {
    let [above, label, below, ..] = lines else {
        return false;
    };
    let item = |line: &Line| matches!(line.look, Look::Item(_));
    item(above) && item(below) && is_lead(text, label) && label.indent <= above.indent
}

fn is_lead(text: &str, line: &Line) -> bool {
    text[line.start..line.end].ends_with(':')
}

/// The rules for a line end by itself.
fn goes_on(text: &str, lists: &Lists, pair: &[Line]) -> bool {
    let [first, second] = [&pair[0], &pair[1]];
    let body = match first.look {
        Look::Item(mark) if mark.end == first.end => return false,
        Look::Item(mark) => {
            if second.indent > first.indent + 1 && !is_lead(text, first) {
                return true;
            }
            mark.end
        }
        _ => first.start,
    };
    let last = char_before(text, first.end);
    if last == Some(',') {
        return true;
    }
    if last == Some('-') {
        return text[..first.end - 1].ends_with(char::is_alphabetic);
    }
    if first.end - body < SHORT {
        return false;
    }
    if flows(text, pair) {
        return true;
    }
    let word = run_before(text, first.end, char::is_alphanumeric).max(body);
    let known = lists.flags(&text.as_bytes()[word..first.end]);
    known.any(Flags::FUNCTION) && !text[word..].starts_with(char::is_uppercase)
}
