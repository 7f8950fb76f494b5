//! Lines, gaps and table rows: how blocks are laid out as text.

/// Longest bold line that is marked as such, in bytes: longer ones head nothing.
const LONGEST_BOLD: usize = 120;

/// Deepest nesting of tables that is laid out; deeper ones flow into their cell.
const DEEPEST: usize = 16;

const SOFT_HYPHEN: char = '\u{ad}';

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\t' | '\r' | '\x0c' | '\u{a0}')
}

/// Length of the text that can be copied as it is: up to white space that is not one
/// space between words, or to a character that begins with the lead byte of U+00A0 and
/// U+00AD; at least one character.
fn regular(bytes: &[u8]) -> usize {
    const LEAD: u8 = 0xC2;
    let next = |at: usize| bytes.get(at + 1).copied().unwrap_or(b' ');
    let irregular = |at: usize| match bytes[at] {
        b' ' => next(at) <= b' ' || next(at) == LEAD,
        LEAD => true,
        byte => byte < b' ',
    };
    let first = if bytes[0] == LEAD { 2 } else { 1 };
    (first..bytes.len())
        .find(|at| irregular(*at))
        .unwrap_or(bytes.len())
}

/// A line and whether a blank line stands before it.
struct Line {
    gap: bool,
    text: String,
}

/// A table that is being read: the cells of its current row.
#[derive(Default)]
struct Table {
    cells: Vec<Vec<Line>>,
    heads: bool,
    /// True where a blank line stands before the row.
    gap: bool,
}

/// A line that waits while other text is laid out.
pub(super) struct Aside {
    line: String,
    prefix: String,
    space: bool,
    plain: bool,
}

/// Text that is being laid out.
#[derive(Default)]
pub(super) struct Layout {
    text: String,
    /// The line that is being read.
    line: String,
    /// Put before the next line that has text.
    pub(super) prefix: String,
    /// True where a white space stands before the next word.
    space: bool,
    /// True where a blank line stands before the next line.
    gap: bool,
    /// True where the line has a word that is not bold.
    plain: bool,
    tables: Vec<Table>,
}

impl Layout {
    pub(super) fn with_capacity(bytes: usize) -> Layout {
        Layout {
            text: String::with_capacity(bytes),
            ..Layout::default()
        }
    }

    /// Length in bytes of the text laid out so far, without the line that is being read.
    pub(super) fn written(&self) -> usize {
        self.text.len()
    }

    /// Appends words to the line; white space and line breaks become one space.
    pub(super) fn words(&mut self, text: &str, bold: bool) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if is_space(first) || first == SOFT_HYPHEN {
                self.space |= first != SOFT_HYPHEN;
                rest = &rest[first.len_utf8()..];
                continue;
            }
            if std::mem::take(&mut self.space) && !self.line.is_empty() {
                self.line.push(' ');
            }
            self.plain |= !bold;
            let (regular, other) = rest.split_at(regular(rest.as_bytes()));
            self.line.push_str(regular);
            rest = other;
        }
    }

    /// Appends text whose white space and line breaks are kept.
    pub(super) fn lines(&mut self, text: &str, bold: bool) {
        for (at, part) in text.split('\n').enumerate() {
            if at > 0 {
                self.line_break();
            }
            self.plain |= !bold && !part.trim().is_empty();
            super::entities::push_text(part.strip_suffix('\r').unwrap_or(part), &mut self.line);
        }
    }

    /// Appends a tab between words: it parts columns.
    pub(super) fn tab(&mut self) {
        let words = self.line.trim_end().len();
        self.line.truncate(words);
        if words > 0 {
            self.line.push('\t');
        }
        self.space = false;
    }

    /// Takes the line that is being read away, so that other text can come before it.
    pub(super) fn set_aside(&mut self) -> Aside {
        Aside {
            line: std::mem::take(&mut self.line),
            prefix: std::mem::take(&mut self.prefix),
            space: std::mem::take(&mut self.space),
            plain: std::mem::take(&mut self.plain),
        }
    }

    /// Goes on with a line that was taken away.
    pub(super) fn take_up(&mut self, aside: Aside) {
        self.line = aside.line;
        self.prefix = aside.prefix;
        self.space = aside.space;
        self.plain = aside.plain;
    }

    /// Ends the line; an empty one becomes a blank line.
    pub(super) fn line_break(&mut self) {
        let blank = self.line.trim().is_empty();
        self.end_line(blank && self.prefix.is_empty());
    }

    /// Ends the line, if it has text; `gap` asks for a blank line behind it.
    pub(super) fn end_line(&mut self, gap: bool) {
        self.space = false;
        let bold = !std::mem::take(&mut self.plain) && self.tables.is_empty();
        let line = std::mem::take(&mut self.line);
        let content = line.trim_end();
        if !content.trim_start().is_empty() {
            let prefix = std::mem::take(&mut self.prefix);
            let mark = bold
                && prefix.is_empty()
                && content.len() <= LONGEST_BOLD
                && !content.contains('*');
            let text = if mark {
                format!("**{}**", content.trim_start())
            } else {
                prefix + content
            };
            self.put(text);
        }
        self.gap |= gap;
    }

    /// Lays out a finished line: in the current cell, or in the text.
    fn put(&mut self, text: String) {
        let gap = std::mem::take(&mut self.gap);
        if let Some(cell) = self
            .tables
            .last_mut()
            .and_then(|table| table.cells.last_mut())
        {
            cell.push(Line { gap, text });
            return;
        }
        // Between tables' cells there is no place: such text belongs to no row.
        if gap && !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&text);
        self.text.push('\n');
    }

    pub(super) fn open_table(&mut self) {
        self.end_line(true);
        if self.tables.len() < DEEPEST {
            self.tables.push(Table::default());
        }
    }

    pub(super) fn open_cell(&mut self, head: bool) {
        self.end_line(false);
        self.prefix.clear();
        if let Some(table) = self.tables.last_mut() {
            let gap = std::mem::take(&mut self.gap);
            table.gap = if table.cells.is_empty() {
                gap
            } else {
                table.gap
            };
            table.heads = head && (table.heads || table.cells.is_empty());
            table.cells.push(Vec::new());
        }
    }

    /// Ends the row: as `| cell | cell |` where every cell is one line, else cell by cell.
    pub(super) fn end_row(&mut self) {
        self.end_line(false);
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        let cells = std::mem::take(&mut table.cells);
        let heads = std::mem::take(&mut table.heads);
        if cells.is_empty() {
            return;
        }
        let Some(table) = self.tables.pop() else {
            return;
        };
        self.gap = table.gap;
        let one_line = cells.iter().all(|cell| cell.len() <= 1);
        if cells.len() > 1 && one_line && cells.iter().any(|cell| !cell.is_empty()) {
            let mut row = String::from("|");
            for cell in &cells {
                row.push(' ');
                row.push_str(
                    &cell
                        .first()
                        .map_or(String::new(), |line| line.text.replace('|', "\\|")),
                );
                row.push_str(" |");
            }
            self.put(row);
            if heads {
                self.put(format!("|{}", " --- |".repeat(cells.len())));
            }
        } else {
            for cell in cells {
                self.gap = true;
                for line in cell {
                    self.gap |= line.gap;
                    self.put(line.text);
                }
            }
        }
        self.tables.push(table);
    }

    pub(super) fn close_table(&mut self) {
        self.end_row();
        self.tables.pop();
        self.gap = true;
    }

    /// The text, every open line, row and table ended.
    pub(super) fn finish(mut self) -> String {
        self.end_line(false);
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.text
    }
}
