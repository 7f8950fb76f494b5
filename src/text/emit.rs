//! Blocks and cuts → units, with their heading, column, list and lead-in.

use super::blocks::Block;
use super::chars::{char_before, is_space, trim};
use super::headings::bare;
use super::inline::Cut;
use super::joins::{self, Verdict};
use super::marks;
use super::rules;
use super::uax;
use super::wordlists::{Flags, Lists};
use super::work;
use crate::document::{Unit, UnitIndex, UnitKind};
use crate::span::Span;

/// Reused between documents.
#[derive(Debug, Default)]
pub(super) struct Memory {
    bounds: Vec<usize>,
    copy: String,
    /// First unit of each block.
    firsts: Vec<Option<UnitIndex>>,
    /// Open headings: level, unit, reach ends with the next list.
    headings: Vec<(u8, UnitIndex, bool)>,
    /// Lead-in of the open list at each depth.
    intros: Vec<Option<UnitIndex>>,
}

/// One stretch between two cuts of a block.
struct Piece {
    start: usize,
    end: usize,
    body: usize,
    kind: UnitKind,
    rule: &'static str,
    uncertain: bool,
    last: bool,
}

/// Appends the units of `blocks`, whose inner cuts are `cuts` and whose sentences may end at `stops`, in text order.
pub(super) fn units(
    text: &str,
    lists: &Lists,
    blocks: &[Block],
    cuts: &[Cut],
    stops: &[usize],
    memory: &mut Memory,
    out: &mut Vec<Unit>,
) {
    memory.firsts.clear();
    memory.headings.clear();
    memory.intros.clear();
    let mut emitter = Emitter {
        text,
        lists,
        stops,
        memory,
        out,
        number: 0,
        in_list: false,
        listed: false,
    };
    let mut cuts = cuts;
    for block in blocks {
        let inside = cuts.iter().take_while(|cut| cut.at < block.end).count();
        emitter.block(block, &cuts[..inside]);
        cuts = &cuts[inside..];
    }
}

struct Emitter<'t> {
    text: &'t str,
    lists: &'t Lists,
    /// Those that are left.
    stops: &'t [usize],
    memory: &'t mut Memory,
    out: &'t mut Vec<Unit>,
    /// Number of the current block.
    number: u32,
    /// The last block was a list item.
    in_list: bool,
    /// A list has begun below the innermost heading.
    listed: bool,
}

impl<'t> Emitter<'t> {
    fn block(&mut self, block: &Block, cuts: &[Cut]) {
        let before = self.out.len();
        self.enter(block);
        let mut piece = Piece {
            start: block.start,
            end: block.end,
            body: block.body,
            kind: block.kind,
            rule: block.rule,
            uncertain: block.rule == rules::BARE_LIST || block.rule == rules::FLAT_COLUMNS,
            last: true,
        };
        for cut in cuts.iter().filter(|cut| cut.at > block.body) {
            if cut.at <= piece.start {
                continue;
            }
            self.piece(
                block,
                &Piece {
                    end: cut.at,
                    body: piece.body.min(cut.at),
                    last: false,
                    ..piece
                },
            );
            let mark = if cut.item {
                marks::at_line_start(self.text, cut.at, block.end)
            } else {
                None
            };
            piece.start = cut.at;
            piece.body = mark.map_or(cut.at, |mark| mark.end);
            piece.rule = cut.rule;
            piece.uncertain = cut.uncertain;
            if cut.item && piece.kind == UnitKind::Sentence {
                self.begin_list(1);
                piece.kind = UnitKind::Item;
            }
            self.number += u32::from(cut.item && self.out.len() > before);
        }
        self.piece(block, &piece);
        let first = (self.out.len() > before).then_some(before as UnitIndex);
        self.memory.firsts.push(first);
        self.number += u32::from(first.is_some());
        if let (UnitKind::Heading, Some(unit)) = (block.kind, first) {
            self.memory.headings.push((block.level, unit, block.brief));
            self.listed = false;
        }
    }

    /// A heading of this level follows: those of its level and below it end.
    fn close_headings(&mut self, level: u8) {
        let headings = &mut self.memory.headings;
        while headings.last().is_some_and(|open| open.0 >= level) {
            headings.pop();
        }
    }

    /// Brings headings and lists up to date before the units of `block`.
    fn enter(&mut self, block: &Block) {
        match block.kind {
            UnitKind::Heading => {
                self.close_headings(block.level);
            }
            UnitKind::Item if block.column.is_some() && !self.in_list => {
                let intro = self
                    .out
                    .len()
                    .checked_sub(3)
                    .filter(|unit| self.leads_in(*unit));
                self.memory.intros.clear();
                self.memory.intros.push(intro.map(|unit| unit as UnitIndex));
                self.listed = true;
            }
            UnitKind::Item => self.begin_list(usize::from(block.level)),
            UnitKind::Cell | UnitKind::Reference => {}
            UnitKind::Sentence => {
                let sources = self
                    .out
                    .last()
                    .is_some_and(|unit| unit.kind == UnitKind::Reference);
                if self.in_list && self.listed || sources {
                    while self.memory.headings.last().is_some_and(|open| open.2) {
                        self.memory.headings.pop();
                    }
                }
            }
        }
        self.in_list = block.is_item();
        if !self.in_list {
            self.memory.intros.clear();
        }
    }

    /// An item of this depth follows: deeper lists end, and a new list takes the last unit as its lead-in.
    fn begin_list(&mut self, depth: usize) {
        let depth = depth.max(1);
        self.listed = true;
        let intros = &self.memory.intros;
        if intros.len() >= depth {
            self.memory.intros.truncate(depth);
            return;
        }
        let outer = intros.last().copied().flatten();
        // An item leads in the list inside it, whatever it ends with.
        let inside = self.in_list && !intros.is_empty();
        let last = self
            .out
            .len()
            .checked_sub(1)
            .filter(|unit| inside || self.leads_in(*unit));
        let intro = last.map(|unit| unit as UnitIndex).or(outer);
        self.memory.intros.resize(depth, intro);
    }

    /// True where the unit ends as a sentence before a list does.
    fn leads_in(&self, unit: usize) -> bool {
        let words = bare(self.out[unit].content.of(self.text));
        let last = words.rsplit([' ', '\u{a0}', '\n']).next().unwrap_or(words);
        words.ends_with(':') || self.lists.flags(last.as_bytes()).any(Flags::LEAD_IN)
    }

    /// Splits a piece into sentences.
    fn piece(&mut self, block: &Block, piece: &Piece) {
        if !block.prose || piece.kind == UnitKind::Heading {
            self.push(block, piece, (piece.start, piece.end));
            return;
        }
        let mut bounds = std::mem::take(&mut self.memory.bounds);
        bounds.clear();
        let stops = self.stops_of(piece);
        uax::boundaries(
            self.text,
            (piece.body, piece.end),
            block.common,
            stops,
            &mut self.memory.copy,
            &mut bounds,
        );
        let mut start = piece.start;
        let mut rule = piece.rule;
        let mut uncertain = piece.uncertain;
        for &bound in &bounds {
            let from = start.max(piece.body);
            if bound <= from {
                continue;
            }
            if let Verdict::Break(at, made_by) =
                joins::decide(self.text, self.lists, from, bound, piece.end)
            {
                let sentence = Piece {
                    rule,
                    uncertain,
                    last: false,
                    ..*piece
                };
                if at <= from {
                    continue;
                }
                // A stretch without letters is dropped rather than looked at again with the next.
                if self.push(block, &sentence, (start, at)) {
                    rule = made_by;
                    uncertain = false;
                }
                start = at;
            }
        }
        self.memory.bounds = bounds;
        self.push(
            block,
            &Piece {
                rule,
                uncertain,
                ..*piece
            },
            (start, piece.end),
        );
    }

    /// The stops of a piece; those up to its end are used up.
    fn stops_of(&mut self, piece: &Piece) -> &'t [usize] {
        let before = self.stops.iter().take_while(|stop| **stop < piece.body);
        let rest = &self.stops[before.count()..];
        let inside = rest.iter().take_while(|stop| **stop < piece.end).count();
        let (stops, rest) = rest.split_at(inside);
        self.stops = rest;
        stops
    }

    /// Pushes one unit; false where the range has no letter or digit and makes none.
    fn push(&mut self, block: &Block, piece: &Piece, (start, end): (usize, usize)) -> bool {
        let (start, end) = trim(self.text, start, end);
        let body = piece.body.clamp(start, end);
        let mut content = content(self.text, body, end);
        if !has_word(&self.text[content.0..content.1]) {
            if !has_word(&self.text[start..end]) {
                return false;
            }
            content = (start, end);
        }
        let mut kind = piece.kind;
        let mut level = block.level;
        if kind == UnitKind::Item && block.kind == UnitKind::Sentence {
            level = 1;
        }
        let title = kind == UnitKind::Sentence && !piece.last && self.is_section(content);
        if title {
            (kind, level) = (UnitKind::Heading, 3);
            self.close_headings(level);
        }
        let unit = self.out.len() as UnitIndex;
        let of = |block: Option<usize>| {
            block.and_then(|block| self.memory.firsts.get(block).copied().flatten())
        };
        let row = of(block.row.filter(|row| *row != self.memory.firsts.len()));
        let intro = self.memory.intros.last().copied().flatten();
        self.out.push(Unit {
            span: Span::new(start..end),
            content: Span::new(content.0..content.1),
            kind,
            level: if matches!(
                kind,
                UnitKind::Sentence | UnitKind::Cell | UnitKind::Reference
            ) {
                0
            } else {
                level
            },
            heading: self.memory.headings.last().map(|open| open.1),
            column: of(block.column),
            row,
            intro: intro.filter(|_| kind == UnitKind::Item),
            block: self.number,
            rule: piece.rule,
            uncertain: piece.uncertain,
        });
        if title {
            self.memory.headings.push((level, unit, false));
            self.listed = false;
        }
        true
    }

    /// A known section name that was glued to what follows.
    fn is_section(&self, (start, end): (usize, usize)) -> bool {
        let words = bare(self.text[start..end].trim_end_matches(':'));
        self.lists.flags(words.as_bytes()).any(Flags::SECTION)
    }
}

/// Has a letter or digit.
fn has_word(text: &str) -> bool {
    if text
        .as_bytes()
        .first()
        .is_some_and(u8::is_ascii_alphanumeric)
    {
        return true;
    }
    let found = text.find(char::is_alphanumeric);
    work::steps(found.unwrap_or(text.len()) + 1);
    found.is_some()
}

/// Has no emphasis mark, bar or white space at its ends, and no escape at the last one.
fn is_bare(bytes: &[u8]) -> bool {
    let plain =
        |byte: &u8| byte.is_ascii_graphic() && !matches!(byte, b'*' | b'_' | b'`' | b'|' | b'#');
    match bytes {
        [first, .., before, last] => plain(first) && *before != b'\\' && plain(last),
        _ => false,
    }
}

/// `start..end` without emphasis marks, bars and white space at its ends.
fn content(text: &str, start: usize, end: usize) -> (usize, usize) {
    if is_bare(&text.as_bytes()[start..end]) {
        return (start, end);
    }
    let (mut from, mut to) = trim(text, start, end);
    let edge = |mark: char| matches!(mark, '*' | '_' | '`' | '|' | '#') || is_space(mark);
    while from < to && text[from..to].starts_with(edge) {
        from += text[from..].chars().next().map_or(1, char::len_utf8);
    }
    while from < to
        && char_before(text, to).is_some_and(edge)
        && !text[from..to].ends_with("C#")
        && !text[from..to].ends_with("F#")
    {
        to -= char_before(text, to).map_or(1, char::len_utf8);
    }
    for escape in ["\\n", "\\r", "\\t"] {
        to -= if text[from..to].ends_with(escape) {
            escape.len()
        } else {
            0
        };
    }
    work::steps(end - start - (to - from));
    trim(text, from, to)
}
