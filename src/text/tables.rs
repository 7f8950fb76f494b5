//! Lines with pipes, tabs or wide gaps → table cells with their columns.

use super::blocks::Block;
use super::chars::trim;
use super::lines::{Line, Look, is_pipe};
use super::rules;
use super::work;
use crate::document::UnitKind;

/// Pushes the cells of the table that begins at line `at`; returns the line behind it.
pub(super) fn rows(
    text: &str,
    lines: &[Line],
    at: usize,
    rule: &'static str,
    blocks: &mut Vec<Block>,
) -> usize {
    let look = match lines[at].look {
        Look::Divider => Look::Pipes,
        look => look,
    };
    let belongs =
        |line: &&Line| line.look == look || look == Look::Pipes && line.look == Look::Divider;
    let count = lines[at..].iter().take_while(belongs).count();
    work::steps(count);
    let table = &lines[at..at + count];
    let divided = table.get(1).is_some_and(|line| line.look == Look::Divider);
    let first = blocks.len();
    let mut columns = 0;
    let mut headed = false;
    for (number, line) in table
        .iter()
        .filter(|line| line.look != Look::Divider)
        .enumerate()
    {
        let row = blocks.len();
        let mut cells = 0;
        for_each_cell(text, line, |start, end| {
            let mut cell = Block::new(start, end, UnitKind::Cell, rules::CELL);
            if headed && cells < columns {
                cell.column = Some(first + cells);
                cell.row = Some(row);
            }
            cells += 1;
            blocks.push(cell);
        });
        if number == 0 {
            columns = cells;
            headed = divided || count > 1 && heads(text, line, &table[1], cells);
        }
    }
    if let Some(block) = blocks.get_mut(first) {
        block.rule = if rule == rules::START {
            rule
        } else {
            block.rule
        };
    }
    at + count
}

/// Without a divider, the first row heads the table where its cells are short, and the next row has as many.
fn heads(text: &str, line: &Line, next: &Line, cells: usize) -> bool {
    let mut short = true;
    for_each_cell(text, line, |start, end| {
        let cell = &text[start..end];
        short &= cell.len() <= 40
            && !cell.ends_with('.')
            && !cell.contains(|mark: char| mark.is_ascii_digit());
    });
    let mut below = 0;
    for_each_cell(text, next, |_, _| below += 1);
    short && cells > 1 && below == cells
}

/// Calls `cell` with the trimmed range of each cell, empty ones included.
fn for_each_cell(text: &str, line: &Line, mut cell: impl FnMut(usize, usize)) {
    let bytes = &text.as_bytes()[..line.end];
    work::steps(line.end - line.start);
    let mut push = |start: usize, end: usize| {
        let (start, end) = trim(text, start, end);
        cell(start, end);
    };
    let mut start = line.start;
    let mut at = line.start;
    if line.look == Look::Pipes && bytes[at] == b'|' {
        start += 1;
        at += 1;
    }
    while at < line.end {
        let width = match line.look {
            Look::Pipes => usize::from(is_pipe(bytes, at)),
            Look::Tabs => bytes[at..]
                .iter()
                .take_while(|byte| **byte == b'\t')
                .count(),
            _ => Some(bytes[at..].iter().take_while(|byte| **byte == b' ').count())
                .filter(|gap| *gap >= 3)
                .unwrap_or(0),
        };
        if width > 0 {
            push(start, at);
            start = at + width;
        }
        at += width.max(1);
    }
    if start < line.end || line.look == Look::Tabs {
        push(start, line.end);
    }
}
