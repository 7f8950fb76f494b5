//! Blocks → the text of the document, laid out as Markdown like that of an HTML page.

use super::blocks::Block;
use super::page::list_mark;
use super::tables;
use crate::input::layout::Layout;

/// Letters this much larger than those of the running text make a heading.
const LARGER: f32 = 1.15;

/// Longest heading, in bytes.
const LONGEST_HEADING: usize = 200;

/// The text, and where in it each of the pages begins, in bytes.
pub(super) fn text(blocks: &[Block], page_count: usize) -> (String, Vec<u32>) {
    let body = body_size(blocks);
    let sizes = heading_sizes(blocks, body);
    let mut layout = Layout::default();
    let mut pages = Vec::with_capacity(page_count);
    let mut items: Vec<f32> = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let block = &blocks[at];
        while pages.len() <= block.page {
            pages.push(layout.written() as u32);
        }
        let rows = tables::table(blocks, at);
        if !rows.is_empty() {
            at = put_table(&mut layout, blocks, &rows);
            items.clear();
            continue;
        }
        at += 1;
        let text = block.line.text.as_str();
        if let Some((mark, item)) = list_mark(text).filter(|(_, item)| !item.is_empty()) {
            let level = level(&mut items, block);
            if level == 0 && items.len() == 1 {
                layout.end_line(true);
            }
            layout.prefix = format!("{}{mark} ", "  ".repeat(level));
            layout.words(item, false);
            let next = blocks.get(at).map(|block| list_mark(&block.line.text));
            layout.end_line(next.flatten().is_none());
            put_turns(&mut pages, &layout, block);
            continue;
        }
        items.clear();
        let rank = sizes
            .iter()
            .position(|size| (block.size - size).abs() < 0.5);
        if let Some(rank) = rank.filter(|_| is_heading(block, body)) {
            layout.prefix = format!("{} ", "#".repeat(rank.min(5) + 1));
        }
        layout.words(text, false);
        layout.end_line(true);
        put_turns(&mut pages, &layout, block);
    }
    let text = layout.finish();
    pages.resize(page_count, text.len() as u32);
    (text, pages)
}

/// Adds the pages that begin within a block, which is the line laid out last.
fn put_turns(pages: &mut Vec<u32>, layout: &Layout, block: &Block) {
    // Behind the line stands its end; before its words stand their marks.
    let start = layout.written().saturating_sub(block.line.text.len() + 1);
    pages.extend(block.turns.iter().map(|turn| (start + turn) as u32));
}

/// The size in which most of the letters are set.
fn body_size(blocks: &[Block]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = blocks
        .iter()
        .map(|block| (block.size, block.line.text.len()))
        .collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, letters)| letters).sum::<usize>() / 2;
    let mut seen = 0;
    let middle = sizes.iter().find(|(_, letters)| {
        seen += letters;
        seen > half
    });
    middle.map_or(0.0, |(size, _)| *size)
}

fn is_heading(block: &Block, body: f32) -> bool {
    let text = &block.line.text;
    block.size > body * LARGER
        && text.len() <= LONGEST_HEADING
        && text.contains(char::is_alphabetic)
        && list_mark(text).is_none()
}

/// The sizes of headings, largest first, those apart by less than half a point as one.
fn heading_sizes(blocks: &[Block], body: f32) -> Vec<f32> {
    let headings = blocks.iter().filter(|block| is_heading(block, body));
    let mut sizes: Vec<f32> = headings.map(|block| block.size).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    sizes.dedup_by(|a, b| (*a - *b).abs() < 0.5);
    sizes
}

/// How deep an item stands among the open ones, whose left edges `items` holds.
fn level(items: &mut Vec<f32>, block: &Block) -> usize {
    let near = block.size * 0.8;
    while items
        .last()
        .is_some_and(|left| block.line.left < left - near)
    {
        items.pop();
    }
    if items
        .last()
        .is_none_or(|left| block.line.left > left + near)
    {
        items.push(block.line.left);
    }
    items.len() - 1
}

/// Lays out a table; the index behind its last block.
fn put_table(layout: &mut Layout, blocks: &[Block], rows: &[Vec<Vec<usize>>]) -> usize {
    let mut end = 0;
    layout.open_table();
    for (number, row) in rows.iter().enumerate() {
        for cell in row {
            layout.open_cell(number == 0);
            for at in cell {
                layout.words(&blocks[*at].line.text, false);
                layout.end_line(false);
                end = at + 1;
            }
        }
        layout.end_row();
    }
    layout.close_table();
    end
}
