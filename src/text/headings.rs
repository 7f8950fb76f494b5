//! Which blocks are headings, which list items without marks, and what a short line means.

use super::blocks::Block;
use super::chars::{char_before, size};
use super::rules;
use super::wordlists::{Flags, Lists};
use super::work;
use crate::document::UnitKind;

/// Longest heading, in bytes.
const LONGEST: usize = 80;

/// Turns blocks that stand as headings into headings.
pub(super) fn find(text: &str, lists: &Lists, blocks: &mut [Block]) {
    let mut at = 0;
    let mut looked = 0;
    while at < blocks.len() {
        if at >= looked {
            let (run, is_list) = title_run(text, lists, &blocks[at..]);
            looked = at + run.max(1);
            if is_list {
                for item in &mut blocks[at..at + run] {
                    item.kind = UnitKind::Item;
                    item.level = 1;
                    item.rule = rules::BARE_LIST;
                }
                at += run;
                continue;
            }
        }
        let Some((block, below)) = blocks.get_mut(at..).and_then(<[Block]>::split_first_mut) else {
            return;
        };
        if let Some((level, brief)) = below
            .first()
            .and_then(|next| heading(text, lists, block, next))
        {
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

/// Level and brevity where `block`, with `next` below it, is a heading.
fn heading(text: &str, lists: &Lists, block: &Block, next: &Block) -> Option<(u8, bool)> {
    if block.lines > 1 || block.end - block.start > LONGEST {
        return None;
    }
    let words = bare(block.text(text));
    if block.is_item() {
        let numbered = text.as_bytes()[block.start].is_ascii_digit();
        let stands = numbered && opens_section(text, next) && next.apart && is_short(words, 8);
        return stands.then_some((2, false));
    }
    if block.kind != UnitKind::Sentence || words.is_empty() {
        return None;
    }
    let colon = words.ends_with(':');
    let name = words.trim_end_matches(':').trim_end();
    if lists
        .flags(name.as_bytes())
        .any(Flags::SECTION.or(Flags::REFERENCES))
    {
        return Some((2, lists.flags(name.as_bytes()).any(Flags::REFERENCES)));
    }
    let last = name.rsplit(' ').next().unwrap_or(name);
    if next.is_item() && lists.flags(last.as_bytes()).any(Flags::LEAD_IN) {
        return None;
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
    if !is_short(words, 12) {
        return None;
    }
    let emphasised =
        words.len() + 2 <= block.end - block.body && text[block.body..].starts_with(['*', '_']);
    if emphasised || is_title(name) && is_short(name, 8) {
        return Some((2, false));
    }
    if numbered_title(name) && block.apart && next.apart {
        return Some((2, false));
    }
    let short = is_short(name, 6) && name.starts_with(char::is_uppercase);
    let above_list = short && next.is_item();
    let above_text = short && block.apart && next.apart && opens_section(text, next);
    (above_list || above_text).then_some((2, next.is_item()))
}

/// Number of title-like lines that `blocks` begins with; three or more between blank lines are a list without marks.
fn title_run(text: &str, lists: &Lists, blocks: &[Block]) -> (usize, bool) {
    let entry = |block: &&Block| {
        work::steps(1);
        if block.kind != UnitKind::Sentence
            || block.lines > 1
            || block.end - block.start > 2 * LONGEST
        {
            return false;
        }
        let words = bare(block.text(text));
        !words.ends_with('.')
            && is_short(words, 8)
            && !words.ends_with(':')
            && is_title(words)
            && !lists
                .flags(words.as_bytes())
                .any(Flags::SECTION.or(Flags::REFERENCES))
    };
    let Some(first) = blocks.first().filter(entry) else {
        return (0, false);
    };
    let run = 1 + blocks[1..]
        .iter()
        .take_while(|block| !block.apart && entry(block))
        .count();
    let followed = blocks.get(run).is_some_and(|next| !next.apart);
    (run, run >= 3 && !followed && first.rule != rules::START)
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
    words.trim_matches(|mark: char| matches!(mark, '*' | '_' | '`' | '#' | ' ' | '\u{a0}'))
}

/// At most `most` words and no mark at the end that ends or interrupts a sentence.
fn is_short(words: &str, most: usize) -> bool {
    let open =
        char_before(words, words.len()).is_some_and(|last| !matches!(last, '.' | '!' | ';' | ','));
    open && words.len() <= LONGEST
        && words.split_ascii_whitespace().count() <= most
        && !words.contains(". ")
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

/// The first word and at least three of five longer words begin with a capital.
fn is_title(words: &str) -> bool {
    let (mut long, mut upper) = (0, 0);
    for word in words
        .split_ascii_whitespace()
        .filter(|word| word.len() >= 4)
    {
        long += 1;
        upper += usize::from(
            word.trim_start_matches(['(', '"', '\''])
                .starts_with(char::is_uppercase),
        );
    }
    words.starts_with(char::is_uppercase) && upper * 5 >= long * 3
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
