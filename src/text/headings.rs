//! Which blocks are headings, which list items without marks, and what a short line means.

use super::bits::{self, BLOCK, between, equal};
use super::blocks::Block;
use super::chars::{begins_upper, size};
use super::rules;
use super::wordlists::{Flags, Lists};
use super::work;
use crate::document::UnitKind;

/// Longest heading, in bytes.
const LONGEST: usize = 80;

/// Turns blocks that stand as headings into headings, and runs of bare titles into list items.
pub(super) fn find(text: &str, lists: &Lists, blocks: &mut [Block]) {
    let mut at = 0;
    let mut looked = 0;
    let mut labelled = false;
    while at < blocks.len() {
        if at >= looked {
            let (run, items) = title_run(text, lists, &blocks[at..]);
            looked = at + run.max(1);
            for item in &mut blocks[at..at + items] {
                item.kind = UnitKind::Item;
                item.level = 1;
                item.rule = rules::BARE_LIST;
            }
            if items > 0 {
                at += items;
                labelled = false;
                continue;
            }
        }
        let Some((block, below)) = blocks[at..].split_first_mut() else {
            return;
        };
        let value = labelled && !block.apart;
        let found = below
            .first()
            .and_then(|next| heading(text, lists, block, next, value));
        labelled = found.is_some() && text[..block.end].ends_with(':');
        if let Some((level, brief)) = found {
            block.kind = UnitKind::Heading;
            block.level = level;
            block.brief = brief;
            if block.rule != rules::START {
                block.rule = rules::HEADING;
            }
        }
        at += 1;
    }
}

/// Level and brevity where `block`, with `next` below it, is a heading. `value`: a label stands directly above.
fn heading(
    text: &str,
    lists: &Lists,
    block: &Block,
    next: &Block,
    value: bool,
) -> Option<(u8, bool)> {
    if block.lines > 1 || block.end - block.start > LONGEST {
        return None;
    }
    if block.is_item() {
        return numbered_section(text, block, next).then_some((2, false));
    }
    if block.kind != UnitKind::Sentence {
        return None;
    }
    let words = bare(block.text(text));
    if words.is_empty() {
        return None;
    }
    let colon = words.ends_with(':');
    let name = words.trim_end_matches(':').trim_end();
    let known = lists.flags(name.as_bytes());
    if known.any(Flags::SECTION.or(Flags::REFERENCES)) {
        return Some((2, known.any(Flags::REFERENCES)));
    }
    if next.is_item() {
        let last = name.rsplit(' ').next().unwrap_or(name);
        if lists.flags(last.as_bytes()).any(Flags::LEAD_IN) {
            return None;
        }
    }
    if block.rule == rules::START && next.apart && !next.is_item() && is_short(words, 14) && !colon
    {
        return Some((1, false));
    }
    if is_capitals(name) {
        return Some((1, false));
    }
    if colon {
        return is_short(name, 12).then_some((3, next.is_item()));
    }
    if value || !is_short(words, 12) || name.contains(": ") {
        return None;
    }
    let emphasised =
        words.len() + 2 <= block.end - block.body && text[block.body..].starts_with(['*', '_']);
    let body = block.apart && next.apart && opens_section(text, next);
    let acts = || begins_item(lists, name) && !next.is_item() && !body;
    if emphasised || is_short(name, 8) && is_title(name) && !acts() {
        return Some((2, false));
    }
    if block.apart && next.apart && numbered_title(name) {
        return Some((2, false));
    }
    let above_list = next.is_item();
    let short = (above_list || body) && name.starts_with(char::is_uppercase) && is_short(name, 6);
    short.then_some((2, above_list))
}

/// A numbered item above the body of a section.
fn numbered_section(text: &str, block: &Block, next: &Block) -> bool {
    text.as_bytes()[block.start].is_ascii_digit()
        && opens_section(text, next)
        && next.apart
        && is_short(bare(block.text(text)), 8)
}

/// Number of title-like lines that `blocks` begins with, and how many of them are a list without marks: three or
/// more, evenly spaced, without the last where it has a body of its own.
fn title_run(text: &str, lists: &Lists, blocks: &[Block]) -> (usize, usize) {
    let entry = |block: &&Block| {
        work::steps(1);
        if block.kind != UnitKind::Sentence
            || block.lines > 1
            || block.end - block.start > 2 * LONGEST
        {
            return false;
        }
        let words = bare(block.text(text));
        begins_upper(words)
            && !words.ends_with(':')
            && is_short(words, 8)
            && is_title(words)
            && !lists
                .flags(words.as_bytes())
                .any(Flags::SECTION.or(Flags::REFERENCES))
    };
    let Some(first) = blocks
        .first()
        .filter(entry)
        .filter(|first| first.rule != rules::START)
    else {
        return (0, 0);
    };
    let apart = blocks.get(1).is_some_and(|next| next.apart);
    let run = 1 + blocks[1..]
        .iter()
        .take_while(|block| block.apart == apart && entry(block))
        .count();
    let headed = blocks
        .get(run)
        .is_some_and(|next| next.apart == apart && next.rule != rules::HEADING);
    let items = run - usize::from(headed);
    let alone = apart && first.apart || !apart && !headed;
    (run, if items >= 3 && alone { items } else { 0 })
}

/// Three words or more, the first of them one that begins list items.
fn begins_item(lists: &Lists, words: &str) -> bool {
    let first = words.split(' ').next().unwrap_or(words);
    lists.flags(first.as_bytes()).any(Flags::HEAD) && words.split(' ').nth(2).is_some()
}

/// A paragraph long enough to be the body of a section.
fn opens_section(text: &str, next: &Block) -> bool {
    let words = next.text(text);
    if next.kind != UnitKind::Sentence || words.len() <= 60 {
        return false;
    }
    let length = size(words);
    length > 100 && words.contains(". ") || length > 60 && words.ends_with('.')
}

/// `words` without emphasis marks at its ends.
pub(super) fn bare(words: &str) -> &str {
    if let [first, .., last] = words.as_bytes()
        && first.is_ascii_alphanumeric()
        && last.is_ascii_alphanumeric()
    {
        return words;
    }
    words.trim_matches(|mark: char| matches!(mark, '*' | '_' | '`' | '#' | ' ' | '\u{a0}'))
}

/// At most `most` words and no mark at the end that ends or interrupts a sentence.
fn is_short(words: &str, most: usize) -> bool {
    let ended = matches!(
        words.as_bytes().last(),
        None | Some(b'.' | b'!' | b';' | b',')
    );
    if ended || words.len() > LONGEST {
        return false;
    }
    let line = Line::of(words);
    line.starts().count_ones() as usize <= most && line.stops & (line.spaces >> 1) == 0
}

/// A line of at most [`LONGEST`] bytes as sets of its bytes, one bit a byte; behind its end all is blank.
struct Line {
    /// White space.
    blanks: u128,
    /// Spaces.
    spaces: u128,
    /// Full stops.
    stops: u128,
}

impl Line {
    fn of(words: &str) -> Line {
        let bytes = words.as_bytes();
        let low = bits::Block::read(bytes, 0);
        let high = (bytes.len() > BLOCK).then(|| bits::Block::read(bytes, BLOCK));
        let space = |bytes| equal(bytes, b' ');
        let blank = |bytes| space(bytes) | between(bytes, 9, 10) | between(bytes, 12, 13);
        let stop = |bytes| equal(bytes, b'.');
        let both = |low: u64, high: u64| u128::from(high) << BLOCK | u128::from(low);
        let high = high.map_or([!0, !0, 0], |high| {
            [high.set(blank), high.set(space), high.set(stop)]
        });
        Line {
            blanks: both(low.set(blank), high[0]),
            spaces: both(low.set(space), high[1]),
            stops: both(low.set(stop), high[2]),
        }
    }

    /// The first bytes of its words.
    fn starts(&self) -> u128 {
        !self.blanks & (self.blanks << 1 | 1)
    }
}

/// At least four letters, all of them capitals.
fn is_capitals(words: &str) -> bool {
    if words.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return false;
    }
    let letters = words.chars().filter(|letter| letter.is_alphabetic());
    let (count, upper) = letters.fold((0, true), |(count, upper), letter| {
        (count + 1, upper && !letter.is_lowercase())
    });
    count >= 4 && upper && !words.ends_with(['.', ',', ';'])
}

/// The first word and at least three of five longer words begin with a capital, in a line of at most [`LONGEST`] bytes.
fn is_title(words: &str) -> bool {
    if !begins_upper(words) {
        return false;
    }
    let (mut long, mut upper) = (0, 0);
    let line = Line::of(words);
    let mut starts = line.starts();
    while starts != 0 {
        let start = starts.trailing_zeros() as usize;
        starts &= starts - 1;
        let length = (line.blanks >> start).trailing_zeros() as usize;
        if length >= 4 {
            let word = &words[start..words.len().min(start + length)];
            long += 1;
            upper += usize::from(begins_upper(word.trim_start_matches(['(', '"', '\''])));
        }
    }
    upper * 5 >= long * 3
}

/// A section number without a full stop: `2 Method`, `2.1 Sample`.
fn numbered_title(words: &str) -> bool {
    let (number, title) = words.split_once(' ').unwrap_or_default();
    !number.is_empty()
        && number.len() <= 6
        && number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
        && title.trim_start().starts_with(char::is_uppercase)
        && is_short(title, 8)
}
