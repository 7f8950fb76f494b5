//! Two-column tables that were flattened to alternating items below a header of two names.

use memchr::memchr2;

use super::blocks::Block;
use super::chars::trim;
use super::headings::bare;
use super::rules;
use super::wordlists::{Flags, Lists};
use super::work;
use crate::document::UnitKind;

/// Moves `blocks` to `out`, header lines made two cells and the items below given their column.
pub(super) fn assign(text: &str, lists: &Lists, blocks: &mut Vec<Block>, out: &mut Vec<Block>) {
    let header_from = |at: usize| {
        let found = |at: usize| header(text, lists, &blocks[at..]).map(|header| (at, header));
        (at..blocks.len()).find_map(found)
    };
    let mut moved: isize = 0;
    let mut at = 0;
    let mut next = header_from(0);
    if next.is_none() {
        std::mem::swap(blocks, out);
        return;
    }
    while let Some((header, (heads, taken))) = next {
        copy(&blocks[at..header], moved, out);
        let first = out.len();
        for (number, (start, end)) in heads.into_iter().enumerate() {
            let mut cell = Block::new(start, end, UnitKind::Cell, rules::FLAT_COLUMNS);
            cell.apart = number == 0 && blocks[header].apart;
            out.push(cell);
        }
        moved += 2 - taken as isize;
        at = header + taken;
        at += alternate(&blocks[at..], first, out);
        next = header_from(at);
    }
    copy(&blocks[at..], moved, out);
}

/// Copies `blocks`, whose columns and rows have moved so far.
fn copy(blocks: &[Block], moved: isize, out: &mut Vec<Block>) {
    let shift = |index: usize| index.saturating_add_signed(moved);
    out.extend(blocks.iter().map(|block| Block {
        column: block.column.map(shift),
        row: block.row.map(shift),
        ..*block
    }));
}

/// Copies the items that `blocks` begins with; each top item takes the next column, deeper ones that of their parent.
fn alternate(blocks: &[Block], first: usize, out: &mut Vec<Block>) -> usize {
    let top = blocks[0].level;
    let mut tops = 0;
    let items = blocks.iter().take_while(|block| block.is_item());
    let count = items.clone().count();
    for item in items {
        tops += usize::from(item.level <= top);
        let mut item = *item;
        item.column = Some(first + (tops + 1) % 2);
        out.push(item);
    }
    count
}

/// The two names of a header at the beginning of `blocks`, and the number of blocks they are.
fn header(text: &str, lists: &Lists, blocks: &[Block]) -> Option<([(usize, usize); 2], usize)> {
    let [first, second, ..] = blocks else {
        return None;
    };
    if first.kind == UnitKind::Cell && second.kind == UnitKind::Cell {
        let pair = first.row.is_none() && second.row.is_none() && second.rule == rules::CELL;
        let alone = blocks.get(2).is_some_and(Block::is_item) && top_items(&blocks[2..]) >= 2;
        let heads = [(first.start, first.end), (second.start, second.end)];
        let named = heads.iter().all(|head| is_name(text, lists, *head));
        return (pair && alone && named).then_some((heads, 2));
    }
    if first.kind != UnitKind::Sentence || first.lines > 1 {
        return None;
    }
    if second.is_item() {
        let heads = halves(text, first)?;
        let named = heads.iter().all(|head| is_name(text, lists, *head));
        return (named && top_items(&blocks[1..]) >= 2).then_some((heads, 1));
    }
    let stacked = second.kind == UnitKind::Sentence && second.lines == 1 && !second.apart;
    let heads = [(first.start, first.end), (second.start, second.end)];
    let below = blocks.get(2).filter(|below| stacked && below.is_item())?;
    let items = top_items(&blocks[2..]);
    let even = !below.apart && items >= 4 && items.is_multiple_of(2);
    (even && heads.iter().all(|head| is_name(text, lists, *head))).then_some((heads, 2))
}

/// Number of items of the outermost level in the list that `blocks` begins with.
fn top_items(blocks: &[Block]) -> usize {
    work::steps(blocks.iter().take_while(|block| block.is_item()).count());
    let top = blocks.first().map_or(0, |block| block.level);
    blocks
        .iter()
        .take_while(|block| block.is_item())
        .filter(|block| block.level <= top)
        .count()
}

/// The parts of one line on both sides of its first inner colon or bar.
fn halves(text: &str, block: &Block) -> Option<[(usize, usize); 2]> {
    let line = &text[block.start..block.end];
    let split = memchr2(b':', b'|', line.as_bytes()).filter(|split| *split + 1 < line.len())?;
    let middle = block.start + split;
    let keep = usize::from(line.as_bytes()[split] == b':');
    Some([
        trim(text, block.start, middle + keep),
        trim(text, middle + 1, block.end),
    ])
}

/// A short title without a stop that is no known section.
fn is_name(text: &str, lists: &Lists, (start, end): (usize, usize)) -> bool {
    let words = bare(&text[start..end]);
    let words = bare(words.trim_end_matches(':'));
    words.len() <= 40
        && words.starts_with(char::is_uppercase)
        && words.split_ascii_whitespace().count() <= 5
        && !words.contains(['.', ',', ';', '!', '?', ':', '|'])
        && !lists
            .flags(words.as_bytes())
            .any(Flags::SECTION.or(Flags::REFERENCES))
}
