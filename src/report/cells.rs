//! How values become CSV cells: one place for numbers, lists and missing values.

use std::borrow::Cow;

use crate::report::Schema;
use crate::report::decimals::six_decimals;
use crate::role::RoleSet;

/// CSV rows in memory: RFC 4180, LF, fields quoted where needed.
///
/// The rows are several times the size of the corpus, most of them short fields
/// that need no quotes: written here they cost a quarter of what the `csv` crate
/// takes, and a test sees to it that the bytes are the same.
#[derive(Debug, Default)]
pub struct Table {
    /// Each cell of the row at hand ends with a comma; that of the last becomes the row's end.
    bytes: Vec<u8>,
    /// Whether text that a spreadsheet would take for a formula is guarded.
    safe: bool,
}

impl Table {
    /// A table without rows.
    pub fn new() -> Table {
        Table::default()
    }

    /// A table with the header of `schema`.
    pub fn of(schema: &Schema) -> Table {
        Table::headed(schema, &[], false)
    }

    /// A table with the header of `schema` and `more` columns behind. If `safe` (`--csv-safe`), it begins with a byte
    /// order mark, by which spreadsheets know UTF-8, and its text is guarded.
    pub fn headed(schema: &Schema, more: &[String], safe: bool) -> Table {
        let mut table = Table::new().guarded(safe);
        if safe {
            table.bytes.extend_from_slice("\u{feff}".as_bytes());
        }
        let own = schema.columns.iter().map(|column| column.name);
        table.row(own.chain(more.iter().map(String::as_str)));
        table
    }

    /// The same table, with the text of its next cells guarded if `safe`: none is a formula to a spreadsheet.
    pub fn guarded(mut self, safe: bool) -> Table {
        self.safe = safe;
        self
    }

    /// Adds one cell to the row at hand.
    pub fn cell(&mut self, value: impl AsRef<[u8]>) -> &mut Table {
        let value = value.as_ref();
        if self.safe && is_formula(value) {
            return self.quoted(&[b"'", value].concat());
        }
        self.quoted(value)
    }

    /// Adds a cell, quoted where it must be.
    fn quoted(&mut self, value: &[u8]) -> &mut Table {
        let marks = Marks::of(value);
        self.marked(value, marks)
    }

    /// Adds a cell with these marks.
    fn marked(&mut self, value: &[u8], marks: Marks) -> &mut Table {
        if marks.needs_quotes() {
            self.quote(value, marks.has(Marks::QUOTE));
            self.bytes.push(b',');
            self
        } else {
            self.plain(value)
        }
    }

    /// Adds a cell that needs no quotes.
    #[inline]
    pub fn plain(&mut self, value: impl AsRef<[u8]>) -> &mut Table {
        self.bytes.extend_from_slice(value.as_ref());
        self.bytes.push(b',');
        self
    }

    /// Adds `count` empty cells.
    #[inline]
    pub fn blank(&mut self, count: usize) -> &mut Table {
        self.bytes.extend_from_slice(&[b','; 16][..count]);
        self
    }

    /// Adds cells of another table ([`Table::bytes`]).
    #[inline]
    pub(crate) fn made(&mut self, cells: &[u8]) -> &mut Table {
        self.bytes.extend_from_slice(cells);
        self
    }

    /// A table without rows that guards its cells as this one does: for cells that stand in many rows ([`Table::made`]).
    pub(crate) fn aside(&self) -> Table {
        Table::new().guarded(self.safe)
    }

    /// Adds text on one line: each run of white space becomes one space.
    pub(crate) fn line(&mut self, text: &str) -> &mut Table {
        let marks = Marks::of(text.as_bytes());
        if marks.is_one_line() {
            if self.safe && is_formula(text.as_bytes()) {
                return self.cell(text);
            }
            self.marked(text.as_bytes(), marks)
        } else {
            self.cell(joined_words(text))
        }
    }

    /// Adds a value in quotes; `doubled` where it holds some itself.
    fn quote(&mut self, value: &[u8], doubled: bool) {
        self.bytes.push(b'"');
        let mut rest = value;
        while doubled && let Some(at) = memchr::memchr(b'"', rest) {
            self.bytes.extend_from_slice(&rest[..=at]);
            self.bytes.push(b'"');
            rest = &rest[at + 1..];
        }
        self.bytes.extend_from_slice(rest);
        self.bytes.push(b'"');
    }

    /// Adds a whole number.
    #[inline]
    pub fn number(&mut self, value: u64) -> &mut Table {
        self.plain(itoa::Buffer::new().format(value))
    }

    /// Adds a share or statistic with six decimals; empty where it is undefined.
    pub fn value(&mut self, value: Option<f64>) -> &mut Table {
        if let Some(value) = value {
            six_decimals(value, &mut self.bytes);
        }
        self.blank(1)
    }

    /// Adds a whole number; empty where there is none.
    pub fn count(&mut self, value: Option<u64>) -> &mut Table {
        match value {
            Some(value) => self.number(value),
            None => self.blank(1),
        }
    }

    /// Adds the two limits of an interval.
    pub fn interval(&mut self, limits: Option<(f64, f64)>) -> &mut Table {
        self.value(limits.map(|(low, _)| low))
            .value(limits.map(|(_, high)| high))
    }

    /// Adds a probability with six decimals, one below a thousandth with six digits and an exponent.
    pub fn small(&mut self, value: f64) -> &mut Table {
        match value {
            0.0 => self.cell("0.000000"),
            value if value < 1e-3 => self.cell(format!("{value:.5e}")),
            value => self.value(Some(value)),
        }
    }

    /// Adds labels joined by `+`.
    pub fn roles(&mut self, roles: RoleSet) -> &mut Table {
        self.joined('+', roles.iter().map(|role| role.name()))
    }

    /// Adds parts that need no quotes, joined by `separator`.
    pub fn joined<'a>(
        &mut self,
        separator: char,
        parts: impl Iterator<Item = &'a str>,
    ) -> &mut Table {
        let first = self.bytes.len();
        for part in parts {
            if self.bytes.len() > first {
                self.bytes.push(separator as u8);
            }
            self.bytes.extend_from_slice(part.as_bytes());
        }
        self.blank(1)
    }

    /// Ends the row, which has at least one cell.
    #[inline]
    pub fn end_row(&mut self) {
        if let Some(last) = self.bytes.last_mut() {
            *last = b'\n';
        }
    }

    /// Adds a whole row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for cell in cells {
            self.cell(cell);
        }
        self.end_row();
    }

    /// Takes all cells out and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
    }

    /// The bytes of the rows so far.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes of all rows.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Whether a spreadsheet would take the text for a formula, or the guard of one would look like this text.
fn is_formula(value: &[u8]) -> bool {
    let first = value.iter().find(|byte| **byte != b'\'');
    matches!(first, Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r'))
}

/// A cell as it was before `--csv-safe` guarded it.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.as_bytes()) => rest,
        _ => cell,
    }
}

/// What of a value decides how it is written: a set of the constants of this type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Marks(u8);

impl Marks {
    const DELIMITER: u8 = 1;
    const QUOTE: u8 = 2;
    const LINE_END: u8 = 4;
    /// A tab, or two spaces one after the other.
    const WIDE: u8 = 8;

    /// What the last byte of a value says by itself.
    const OF_LAST: [u8; 256] = {
        let mut marks = [0; 256];
        marks[b',' as usize] = Marks::DELIMITER;
        marks[b'"' as usize] = Marks::QUOTE;
        marks[b'\n' as usize] = Marks::LINE_END;
        marks[b'\r' as usize] = Marks::LINE_END;
        marks[b'\t' as usize] = Marks::WIDE;
        marks
    };

    /// Looks at 16 bytes at a time, which the compiler compares at once.
    #[inline]
    fn of(value: &[u8]) -> Marks {
        let mut found = [0u8; 16];
        let mut look = |group: &[u8; 17]| {
            for at in 0..16 {
                let (byte, next) = (group[at], group[at + 1]);
                let is = |mark: u8| if byte == mark { u8::MAX } else { 0 };
                let next_space = if next == b' ' { u8::MAX } else { 0 };
                found[at] |= is(b',') & Marks::DELIMITER
                    | is(b'"') & Marks::QUOTE
                    | (is(b'\n') | is(b'\r')) & Marks::LINE_END
                    | (is(b'\t') | is(b' ') & next_space) & Marks::WIDE;
            }
        };
        let mut rest = value;
        while let Some(group) = rest.first_chunk::<17>() {
            look(group);
            rest = &rest[16..];
        }
        let mut of_last = 0;
        if let Some(group) = value.last_chunk::<17>() {
            look(group);
            of_last = Marks::OF_LAST[usize::from(group[16])];
        } else {
            let mut group = [0; 17];
            group[..value.len()].copy_from_slice(value);
            look(&group);
        }
        let found = u128::from_ne_bytes(found);
        let half = found as u64 | (found >> 64) as u64;
        let half = half as u32 | (half >> 32) as u32;
        Marks((half | half >> 8 | half >> 16 | half >> 24) as u8 | of_last)
    }

    fn has(self, marks: u8) -> bool {
        self.0 & marks != 0
    }

    /// Whether a value must stand in quotes.
    fn needs_quotes(self) -> bool {
        self.has(Marks::DELIMITER | Marks::QUOTE | Marks::LINE_END)
    }

    /// Whether text with these marks stands on one line as it is.
    fn is_one_line(self) -> bool {
        !self.has(Marks::LINE_END | Marks::WIDE)
    }
}

/// Text on one line: each run of white space becomes one space.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if Marks::of(text.as_bytes()).is_one_line() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(joined_words(text))
    }
}

fn joined_words(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cells_are_quoted_only_where_needed() {
        let mut table = Table::new();
        table
            .cell("a,b")
            .number(0)
            .number(120)
            .value(Some(0.5))
            .value(Some(-1e-9))
            .value(None)
            .end_row();
        table.row(["x", "y"]);
        assert_eq!(
            String::from_utf8(table.into_bytes()).unwrap(),
            "\"a,b\",0,120,0.500000,0.000000,\nx,y\n"
        );
    }

    #[test]
    fn guarded_text_is_no_formula_and_comes_back() {
        for text in [
            "=HYPERLINK(\"x\")",
            "+1",
            "-",
            "@x",
            "'=1",
            "'tis",
            "plain",
            "",
        ] {
            let mut table = Table::new().guarded(true);
            table.cell(text).value(Some(-1.0)).end_row();
            let bytes = table.into_bytes();
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(&bytes[..]);
            let row = reader.records().next().unwrap().unwrap();
            assert!(!row[0].starts_with(['=', '+', '-', '@']), "{text}");
            assert_eq!((unguarded(&row[0]), &row[1]), (text, "-1.000000"));
        }
    }

    proptest! {
        #[test]
        fn rows_are_those_of_the_csv_crate(rows in vec(vec("[a,\"\r\n é']{0,6}", 2..5), 0..4)) {
            let mut table = Table::new();
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                table.row(row.iter().map(String::as_str));
                writer.write_record(row).unwrap();
            }
            prop_assert_eq!(table.into_bytes(), writer.into_inner().unwrap());
        }
    }

    #[test]
    fn wrapped_text_goes_on_one_line() {
        assert_eq!(one_line("own the\r\n  roadmap"), "own the roadmap");
        assert!(matches!(one_line("own the roadmap"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_line_is_the_cell_of_its_one_line() {
        for text in [
            "",
            " ",
            "own  it",
            "a\tb",
            "say \"no\"",
            "a, b",
            "a\r\nb, \"c\"",
            " own ",
        ] {
            let (mut table, mut other) = (Table::new(), Table::new());
            table.line(text).line(text);
            other
                .cell(one_line(text).as_bytes())
                .made(Table::new().cell(&*one_line(text)).bytes());
            table.end_row();
            other.end_row();
            assert_eq!(table.into_bytes(), other.into_bytes(), "{text:?}");
        }
    }
}
