//! Lines → blocks: paragraphs, list items, headings, table cells, references.

use super::lines::{Line, Look};
use super::marks::Style;
use super::rules;
use super::tables;
use super::work;
use crate::document::UnitKind;

/// A stretch of text that no sentence crosses.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// First byte, a list mark included.
    pub(super) start: usize,
    /// Behind the last byte.
    pub(super) end: usize,
    /// Offset behind the list mark or heading mark.
    pub(super) body: usize,
    /// What its units are.
    pub(super) kind: UnitKind,
    /// Heading level or depth of a list item, as in [`crate::document::Unit::level`].
    pub(super) level: u8,
    /// Heading whose reach ends with the list that follows it.
    pub(super) brief: bool,
    /// Index of the block that heads its column.
    pub(super) column: Option<usize>,
    /// Index of the first cell of its table row.
    pub(super) row: Option<usize>,
    /// Number of lines it was made of.
    pub(super) lines: usize,
    /// A blank line stands before it.
    pub(super) apart: bool,
    /// The rule that began it.
    pub(super) rule: &'static str,
    /// Its words are looked at for joins and sentences.
    pub(super) prose: bool,
    /// Its words are known to hold no rare character.
    pub(super) common: bool,
}

impl Block {
    pub(super) fn new(start: usize, end: usize, kind: UnitKind, rule: &'static str) -> Block {
        Block {
            start,
            end,
            body: start,
            kind,
            level: 0,
            brief: false,
            column: None,
            row: None,
            lines: 1,
            apart: false,
            rule,
            prose: true,
            common: false,
        }
    }

    pub(super) fn is_item(&self) -> bool {
        self.kind == UnitKind::Item
    }

    /// The words, without list mark.
    pub(super) fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.body..self.end]
    }
}

/// Indentation and mark of the lists that are open, outermost first.
type Nesting = Vec<(usize, Style)>;

/// Appends the blocks of `lines`. `nesting` is scratch.
pub(super) fn build(
    text: &str,
    lines: &[Line],
    nesting: &mut Nesting,
    code: bool,
    blocks: &mut Vec<Block>,
) {
    nesting.clear();
    let mut apart = false;
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        let rule = rule_before(blocks, apart);
        let first = blocks.len();
        match line.look {
            Look::Blank => {
                apart = true;
                at += 1;
                continue;
            }
            Look::Ruler { level } => {
                underline(text, line, level, apart, blocks);
                apart = true;
                at += 1;
                continue;
            }
            Look::Fence if code => at = code_lines(lines, at, blocks),
            Look::Fence | Look::Plain => {
                let block = Block::new(line.start, line.end, UnitKind::Sentence, rule);
                at = paragraph(lines, at, block, blocks);
                if !apart {
                    nesting.clear();
                }
            }
            Look::Item(mark) => {
                let mut item = Block::new(line.start, line.end, UnitKind::Item, rules::LIST_MARK);
                item.body = mark.end;
                item.level = depth(nesting, line.indent, mark.style);
                at = paragraph(lines, at, item, blocks);
            }
            Look::Hash { level, body } => {
                let heading = Block::new(line.start, line.end, UnitKind::Heading, rules::HEADING);
                let marked = Block {
                    body,
                    level,
                    ..heading
                };
                blocks.push(marked);
                nesting.clear();
                at += 1;
            }
            Look::Pipes | Look::Divider | Look::Tabs | Look::Gaps => {
                at = tables::rows(text, lines, at, rule, blocks);
            }
        }
        if let Some(block) = blocks.get_mut(first) {
            block.apart = apart;
        }
        apart = false;
    }
}

/// The rule that begins a plain block behind `blocks`.
fn rule_before(blocks: &[Block], apart: bool) -> &'static str {
    match (blocks.is_empty(), apart) {
        (true, _) => rules::START,
        (false, true) => rules::BLANK_LINE,
        (false, false) => rules::NEWLINE,
    }
}

/// Pushes `block`, which begins at line `at`, with the soft lines that follow; returns the next line.
fn paragraph(lines: &[Line], at: usize, mut block: Block, blocks: &mut Vec<Block>) -> usize {
    let mut next = at + 1;
    while lines.get(next).is_some_and(|line| line.soft) {
        block.end = lines[next].end;
        next += 1;
    }
    block.lines = next - at;
    blocks.push(block);
    next
}

/// Nesting depth, from 1, of an item with this indentation and mark.
fn depth(nesting: &mut Nesting, indent: usize, style: Style) -> u8 {
    work::steps(1);
    while nesting.last().is_some_and(|(open, _)| *open > indent) {
        nesting.pop();
    }
    let same = nesting.iter().rev().take_while(|(open, _)| *open == indent);
    match same.map(|(_, open)| *open).position(|open| open == style) {
        Some(deeper) => nesting.truncate(nesting.len() - deeper),
        None => nesting.push((indent, style)),
    }
    nesting.len().min(usize::from(u8::MAX)) as u8
}

/// A ruler directly below one short line makes that line a heading.
fn underline(text: &str, ruler: &Line, level: u8, apart: bool, blocks: &mut [Block]) {
    let mark = text.as_bytes()[ruler.start];
    let Some(above) = blocks
        .last_mut()
        .filter(|_| !apart && matches!(mark, b'=' | b'-'))
    else {
        return;
    };
    if above.kind == UnitKind::Sentence && above.lines == 1 && above.end - above.start <= 80 {
        above.kind = UnitKind::Heading;
        above.rule = rules::HEADING;
        above.level = level;
    }
}

/// Each line of a code block is a block by itself, as is the line that begins it; returns the next line.
fn code_lines(lines: &[Line], at: usize, blocks: &mut Vec<Block>) -> usize {
    let inside = lines[at + 1..]
        .iter()
        .take_while(|line| line.look != Look::Fence)
        .count();
    let closed = at + 1 + inside < lines.len();
    let end = at + 1 + inside + usize::from(closed);
    for line in lines[at..end]
        .iter()
        .filter(|line| line.look != Look::Blank)
    {
        let mut block = Block::new(line.start, line.end, UnitKind::Reference, rules::CODE);
        block.prose = false;
        blocks.push(block);
    }
    end
}
