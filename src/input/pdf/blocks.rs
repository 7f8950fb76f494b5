//! Lines → blocks: paragraphs, list items, headings and cells, told by where lines stand.

use super::hyphens::Words;
use super::page::{Line, Page, list_mark};

/// Lines whose sizes differ by more than this share are of different kinds.
const OTHER_SIZE: f32 = 0.15;

/// A distance between base lines this much larger than usual begins a new block.
const WIDE: f32 = 1.3;

/// Some lines that belong together.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// The words on one line, and the box around them.
    pub line: Line,
    /// The size of its letters.
    pub size: f32,
    /// Index of the page it begins on.
    pub page: usize,
    /// Where in the words each further page begins, in bytes.
    pub turns: Vec<usize>,
}

/// Puts the lines of all pages together, in reading order.
pub(super) fn blocks(pages: &[Page], words: &Words) -> Vec<Block> {
    let leading = leading(pages);
    let mut blocks: Vec<Block> = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let mut rest = page.lines.as_slice();
        while !rest.is_empty() {
            let (run, others) = rest.split_at(run_length(rest, leading));
            rest = others;
            let right = run.iter().map(|line| line.right).fold(0.0, f32::max);
            for (at, line) in run.iter().enumerate() {
                let new = at == 0 || ends_early(&run[at - 1], line, right);
                match blocks.last_mut() {
                    Some(block) if !new || at == 0 && goes_on(block, line) => {
                        block.add(line, number, words);
                    }
                    _ => blocks.push(Block {
                        line: line.clone(),
                        size: line.size(),
                        page: number,
                        turns: Vec::new(),
                    }),
                }
            }
        }
    }
    blocks
}

impl Block {
    fn add(&mut self, line: &Line, page: usize, words: &Words) {
        words.join(&mut self.line.text, &line.text);
        let start = self.line.text.len() - line.text.len();
        self.turns.resize(page - self.page, start);
        self.line.left = self.line.left.min(line.left);
        self.line.right = self.line.right.max(line.right);
        self.line.bottom = line.bottom;
    }
}

/// The usual distance between base lines, in sizes of the font.
fn leading(pages: &[Page]) -> f32 {
    let pairs = pages.iter().flat_map(|page| page.lines.windows(2));
    let mut steps: Vec<f32> = pairs
        .map(|pair| (pair[1].bottom - pair[0].bottom) / pair[0].size())
        .filter(|step| (0.8..3.0).contains(step))
        .collect();
    steps.sort_by(f32::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(1.4)
}

/// How many lines follow each other at the usual distance, in one column, in one size.
fn run_length(lines: &[Line], leading: f32) -> usize {
    let breaks = (1..lines.len()).find(|at| !follows(lines, *at, leading));
    breaks.unwrap_or(lines.len())
}

fn follows(lines: &[Line], at: usize, leading: f32) -> bool {
    let (before, line) = (&lines[at - 1], &lines[at]);
    let size = before.size();
    let step = (line.bottom - before.bottom) / size;
    let alike = (line.size() - size).abs() <= size * OTHER_SIZE;
    let below = step > 0.5 && step < leading * WIDE;
    let in_column = line.left < before.right && line.right > before.left;
    let centred = ((line.left + line.right) - (before.left + before.right)).abs() < size * 0.4;
    // Behind one line it may be the rest of an item or of a reference that hangs; behind
    // two, which show the left edge, it begins a paragraph.
    let edge = at > 1 && (lines[at - 2].left - before.left).abs() < size * 0.4;
    let indented = edge && line.left > before.left + size * 0.8 && !centred;
    // Nothing of an item stands to the left of its mark.
    let outside = list_mark(&before.text).is_some() && line.left < before.left - size * 0.4;
    alike && below && in_column && !indented && !outside && list_mark(&line.text).is_none()
}

/// True where the first word of the next line would have fitted before `right`: what
/// breaks lines would have put it there, so that the writer broke it.
fn ends_early(line: &Line, next: &Line, right: f32) -> bool {
    let space = line.size() * 0.25;
    line.right + space + next.first_word() < right - 1.0
}

/// True where a block goes on in the next column or on the next page.
fn goes_on(block: &Block, line: &Line) -> bool {
    let open = block
        .line
        .text
        .ends_with(|c: char| c.is_alphanumeric() || ",-\u{ad}".contains(c));
    let moved = line.bottom < block.line.bottom;
    let alike = (line.size() - block.size).abs() <= block.size * OTHER_SIZE;
    open && moved
        && alike
        && line.text.starts_with(char::is_lowercase)
        && list_mark(&line.text).is_none()
}
