//! Tables among blocks: rows of cells that stand side by side, read row by row.

use super::blocks::Block;

/// A row: its cells, and of each cell its blocks, as indices.
type Row = Vec<Vec<usize>>;

/// The table that begins with the block at `start`: two or more rows with equally many
/// cells, at least two, whose columns stand below each other. Columns of running text
/// are no table: they are read to their end one by one, and so make one row at most.
pub(super) fn table(blocks: &[Block], start: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut at = start;
    while let Some(row) = row(blocks, at) {
        if rows
            .first()
            .is_some_and(|first| !aligned(blocks, first, &row))
        {
            break;
        }
        at = row
            .last()
            .and_then(|cell| cell.last())
            .map_or(at, |last| last + 1);
        rows.push(row);
    }
    if rows.len() < 2 { Vec::new() } else { rows }
}

/// The row that begins with the block at `start`, if it has two cells or more.
fn row(blocks: &[Block], start: usize) -> Option<Row> {
    let first = blocks.get(start)?;
    let mut row: Row = vec![vec![start]];
    let (mut top, mut bottom) = (first.line.top, first.line.bottom);
    for (at, block) in blocks.iter().enumerate().skip(start + 1) {
        let cell = row.last_mut()?;
        let before = &blocks[*cell.last()?];
        if block.page != before.page {
            break;
        }
        let (line, last) = (&block.line, &before.line);
        if line.left >= last.right - 1.0 && line.top < bottom && line.bottom > top {
            row.push(vec![at]);
        } else if row.len() > 1
            && (line.left - last.left).abs() < block.size
            && below(last.bottom, block)
        {
            // The first cell's column is told apart from a second paragraph of the last cell.
            row.last_mut()?.push(at);
        } else {
            break;
        }
        top = top.min(line.top);
        bottom = bottom.max(line.bottom);
    }
    (row.len() > 1).then_some(row)
}

/// True where the block stands right below a height, as the next paragraph of a cell does.
fn below(bottom: f32, block: &Block) -> bool {
    let gap = block.line.top - bottom;
    gap > -block.size && gap < block.size * 1.5
}

/// True where both rows have equally many cells and each stands below its fellow.
fn aligned(blocks: &[Block], first: &Row, second: &Row) -> bool {
    let span = |cell: &Vec<usize>| {
        let lines = || cell.iter().map(|at| &blocks[*at].line);
        let left = lines().map(|line| line.left).fold(f32::MAX, f32::min);
        (left, lines().map(|line| line.right).fold(0.0, f32::max))
    };
    let meets = |(a, b): (&Vec<usize>, &Vec<usize>)| {
        let (a, b) = (span(a), span(b));
        a.0 < b.1 && b.0 < a.1
    };
    first.len() == second.len() && first.iter().zip(second).all(meets)
}
