//! The lines of a text and what each looks like by itself.

use memchr::{memchr, memmem};

use super::bits::{BLOCK, Block, equal, first};
use super::chars::trim;
use super::marks::{self, Mark, Style};

/// One line, without its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Offset of the first character that is no white space (or behind a Markdown quote mark).
    pub(super) start: usize,
    /// Offset behind the last character that is no white space.
    pub(super) end: usize,
    /// Bytes of white space before `start`.
    pub(super) indent: usize,
    /// What the line looks like.
    pub(super) look: Look,
    /// True where the line goes on with the sentence of the line before; see `wrap`.
    pub(super) soft: bool,
}

/// What a line looks like by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Nothing but white space.
    Blank,
    /// Words.
    Plain,
    /// Begins with a list mark.
    Item(Mark),
    /// Markdown heading: number of `#`, and where the words begin.
    Hash { level: u8, body: usize },
    /// Only `=` (level 1), `-`, `*` or `_`: underlines a heading or divides.
    Ruler { level: u8 },
    /// At least two `|` that are not escaped.
    Pipes,
    /// The `|---|---|` below the head of a table.
    Divider,
    /// Has a tab inside.
    Tabs,
    /// Has three spaces inside.
    Gaps,
    /// Begins or ends a Markdown code block.
    Fence,
}

/// Appends the lines of `text`.
pub(super) fn split(text: &str, lines: &mut Vec<Line>) {
    let bytes = text.as_bytes();
    let gap = memmem::Finder::new(GAP);
    let mut previous = None;
    let mut push = |from: usize, end: usize, parted: bool| {
        let parted = parted.then_some(&gap);
        let line = read(text, from, end, previous, parted);
        if let Look::Item(mark) = line.look {
            previous = Some(mark);
        }
        lines.push(line);
    };
    // Where the line begins, and whether it has a bar, a tab or a gap so far.
    let (mut from, mut parted) = (0, false);
    let mut spaces_before = 0;
    for at in (0..bytes.len()).step_by(BLOCK) {
        let block = Block::read(bytes, at);
        let spaces = block.set(|bytes| equal(bytes, b' '));
        let twice = spaces & (spaces << 1 | spaces_before >> 63);
        let gaps = twice & (spaces << 2 | spaces_before >> 62);
        let parts = gaps | block.set(|bytes| equal(bytes, b'|') | equal(bytes, b'\t'));
        spaces_before = spaces;
        let mut ends = block.set(|bytes| equal(bytes, b'\n') | equal(bytes, b'\r'));
        let mut behind = 0;
        while ends != 0 {
            let bit = ends.trailing_zeros() as usize;
            ends &= ends - 1;
            let end = at + bit;
            // A line feed behind a carriage return ends no other line.
            if bytes[end] == b'\r' || end == 0 || bytes[end - 1] != b'\r' {
                push(
                    from,
                    end,
                    parted || parts & first(bit) & !first(behind) != 0,
                );
            }
            (from, parted) = (end + 1, false);
            behind = bit + 1;
        }
        parted |= parts & !first(behind) != 0;
    }
    if from < bytes.len() {
        push(from, bytes.len(), parted);
    }
}

/// White space this wide inside a line parts two columns.
const GAP: &[u8] = b"   ";

/// Reads the line `text[from..end]`, which may have a bar, a tab or a `gap` only where that is given.
fn read(
    text: &str,
    from: usize,
    end: usize,
    previous: Option<Mark>,
    gap: Option<&memmem::Finder>,
) -> Line {
    if from == end {
        return Line {
            start: from,
            end,
            indent: 0,
            look: Look::Blank,
            soft: false,
        };
    }
    let (mut start, end) = trim(text, from, end);
    let indent = start - from;
    while text.as_bytes()[start..end].starts_with(b"> ") {
        start = marks::skip_space(text, start + 1, end);
    }
    Line {
        start,
        end,
        indent,
        look: look(text, start, end, previous, gap),
        soft: false,
    }
}

fn look(
    text: &str,
    start: usize,
    end: usize,
    previous: Option<Mark>,
    gap: Option<&memmem::Finder>,
) -> Look {
    let bytes = &text.as_bytes()[start..end];
    let Some(&first) = bytes.first() else {
        return Look::Blank;
    };
    let word = first.is_ascii_alphabetic() && bytes.get(1).is_some_and(u8::is_ascii_lowercase);
    let markable = !word || matches!(first, b'i' | b'v' | b'x');
    if let Some(look) = markable
        .then(|| marked(text, start, end, previous))
        .flatten()
    {
        return look;
    }
    match gap {
        Some(gap) => parted(bytes, gap),
        None => Look::Plain,
    }
}

/// The look of a line that may have a bar, a tab or a gap inside.
fn parted(bytes: &[u8], gap: &memmem::Finder) -> Look {
    if bytes.len() > 1 && memchr(b'|', bytes).is_some() {
        let pipes = (0..bytes.len()).filter(|&at| is_pipe(bytes, at)).count();
        if is_divider(bytes) && pipes > 0 {
            return Look::Divider;
        }
        if pipes >= 2 {
            return Look::Pipes;
        }
    }
    if memchr(b'\t', bytes).is_some() {
        return Look::Tabs;
    }
    if gap.find(bytes).is_some() {
        return Look::Gaps;
    }
    Look::Plain
}

/// Looks that show in the first character.
fn marked(text: &str, start: usize, end: usize, previous: Option<Mark>) -> Option<Look> {
    let bytes = &text.as_bytes()[start..end];
    match bytes[0] {
        b'#' => {
            let level = bytes.iter().take_while(|byte| **byte == b'#').count();
            if level <= 6 && bytes.get(level) == Some(&b' ') {
                let body = marks::skip_space(text, start + level, end);
                return Some(Look::Hash {
                    level: level as u8,
                    body,
                });
            }
        }
        b'`' | b'~' if bytes.starts_with(b"```") || bytes.starts_with(b"~~~") => {
            return Some(Look::Fence);
        }
        mark @ (b'=' | b'-' | b'*' | b'_') => {
            let ruler = bytes.len() >= 3 && bytes.iter().all(|byte| *byte == mark || *byte == b' ');
            if ruler {
                return Some(Look::Ruler {
                    level: if mark == b'=' { 1 } else { 2 },
                });
            }
        }
        _ => {}
    }
    let mark = marks::at_line_start(text, start, end)?;
    is_plausible(text, mark, end, previous).then_some(Look::Item(mark))
}

/// Letters count as marks where they begin or go on with an enumeration, numbers before a capital too.
fn is_plausible(text: &str, mark: Mark, end: usize, previous: Option<Mark>) -> bool {
    let follows = previous
        .is_some_and(|before| mark.ordinal == before.ordinal + 1 && mark.style == before.style);
    match mark.style {
        Style::Bullet('?') => text[mark.end..end].starts_with(char::is_alphanumeric),
        Style::Bullet(_) => true,
        Style::Number { bracket } => {
            bracket
                || mark.ordinal <= 1
                || follows
                || !text[mark.end..end].starts_with(char::is_lowercase)
        }
        Style::Letter { bracket } | Style::Capital { bracket } => {
            bracket || mark.ordinal == 1 || follows
        }
    }
}

/// True for a `|` that is not escaped.
pub(super) fn is_pipe(bytes: &[u8], at: usize) -> bool {
    bytes[at] == b'|' && (at == 0 || bytes[at - 1] != b'\\')
}

fn is_divider(bytes: &[u8]) -> bool {
    bytes.contains(&b'-')
        && bytes
            .iter()
            .all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'+'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(text: &str) -> Vec<Look> {
        let mut lines = Vec::new();
        split(text, &mut lines);
        lines.iter().map(|line| line.look).collect()
    }

    #[test]
    fn every_line_end_ends_a_line() {
        let mut lines = Vec::new();
        split("a\r\nb\rc\n\nd", &mut lines);
        let starts: Vec<usize> = lines.iter().map(|line| line.start).collect();
        assert_eq!(starts, [0, 3, 5, 7, 8]);
    }

    #[test]
    fn what_parts_a_line_is_seen_wherever_it_stands() {
        for before in 0..130 {
            for (inside, look) in [
                ("   ", Look::Gaps),
                ("\t", Look::Tabs),
                ("|a|", Look::Pipes),
            ] {
                let line = format!("{}{inside}b", "a".repeat(before + 1));
                let text = format!("{line}\r\nplain words\n{line}");
                assert_eq!(looks(&text), [look, Look::Plain, look], "{line}");
            }
        }
    }

    #[test]
    fn lines_are_told_apart_by_their_looks() {
        assert_eq!(looks("## Soil")[0], Look::Hash { level: 2, body: 3 });
        assert_eq!(looks("---")[0], Look::Ruler { level: 2 });
        assert_eq!(looks("| a | b |")[0], Look::Pipes);
        assert_eq!(looks("|:--|--|")[0], Look::Divider);
        assert_eq!(looks("a\tb")[0], Look::Tabs);
        assert_eq!(looks("left    right")[0], Look::Gaps);
        assert_eq!(looks("**Bold words**")[0], Look::Plain);
        assert_eq!(looks("#1 place")[0], Look::Plain);
        assert_eq!(looks(" \u{a0} ")[0], Look::Blank);
    }

    #[test]
    fn a_letter_is_a_mark_only_in_an_enumeration() {
        assert_eq!(looks("B. Miller dug it.")[0], Look::Plain);
        assert!(matches!(looks("A. Dig\nB. Plant")[1], Look::Item(_)));
    }
}
