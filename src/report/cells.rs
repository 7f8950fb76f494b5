//! How values become CSV cells: one place for numbers, lists and missing values.

use std::borrow::Cow;

use crate::report::Schema;
use crate::role::RoleSet;

/// CSV rows in memory: RFC 4180, LF, fields quoted where needed.
///
/// The rows are several times the size of the corpus, most of them short fields
/// that need no quotes: written here they cost a quarter of what the `csv` crate
/// takes, and a test sees to it that the bytes are the same.
#[derive(Debug, Default)]
pub struct Table {
    bytes: Vec<u8>,
    /// Whether the row at hand has a cell.
    in_row: bool,
}

impl Table {
    /// A table without rows.
    pub fn new() -> Table {
        Table::default()
    }

    /// A table with the header of `schema`.
    pub fn of(schema: &Schema) -> Table {
        let mut table = Table::new();
        table.row(schema.columns.iter().map(|column| column.name));
        table
    }

    /// Adds one cell to the row at hand.
    pub fn cell(&mut self, value: impl AsRef<[u8]>) -> &mut Table {
        let value = value.as_ref();
        self.separate();
        if needs_quotes(value) {
            self.quote(value);
        } else {
            self.bytes.extend_from_slice(value);
        }
        self
    }

    /// Parts this cell from the one before it.
    #[inline]
    fn separate(&mut self) {
        if self.in_row {
            self.bytes.push(b',');
        }
        self.in_row = true;
    }

    fn quote(&mut self, value: &[u8]) {
        self.bytes.push(b'"');
        for (at, part) in value.split(|byte| *byte == b'"').enumerate() {
            if at > 0 {
                self.bytes.extend_from_slice(b"\"\"");
            }
            self.bytes.extend_from_slice(part);
        }
        self.bytes.push(b'"');
    }

    /// Adds a whole number.
    pub fn number(&mut self, value: u64) -> &mut Table {
        let mut digits = [0u8; 20];
        let mut at = digits.len();
        let mut rest = value;
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                return self.cell(&digits[at..]);
            }
        }
    }

    /// Adds a share or statistic with six decimals; empty where it is undefined.
    pub fn value(&mut self, value: Option<f64>) -> &mut Table {
        match value {
            // What rounds to minus zero is printed as zero.
            Some(value) => self.cell(format!("{value:.6}").replace("-0.000000", "0.000000")),
            None => self.cell(""),
        }
    }

    /// Adds labels joined by `+`.
    pub fn roles(&mut self, roles: RoleSet) -> &mut Table {
        self.joined('+', roles.iter().map(|role| role.name()))
    }

    /// Adds parts joined by `separator`.
    pub fn joined<'a>(
        &mut self,
        separator: char,
        parts: impl Iterator<Item = &'a str>,
    ) -> &mut Table {
        let mut parts = parts.peekable();
        let first = parts.next().unwrap_or_default();
        if parts.peek().is_none() {
            return self.cell(first);
        }
        let mut cell = first.to_owned();
        for part in parts {
            cell.push(separator);
            cell.push_str(part);
        }
        self.cell(cell)
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        self.bytes.push(b'\n');
        self.in_row = false;
    }

    /// Adds a whole row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for cell in cells {
            self.cell(cell);
        }
        self.end_row();
    }

    /// Bytes of the rows so far.
    pub fn byte_count(&self) -> usize {
        self.bytes.len()
    }

    /// The bytes of all rows.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Up to so many bytes a loop is quicker than a search by vector instructions.
const SHORT: usize = 24;

#[inline]
fn needs_quotes(value: &[u8]) -> bool {
    if value.len() <= SHORT {
        let special = |byte: &u8| matches!(byte, b',' | b'"' | b'\n' | b'\r');
        return value.iter().any(special);
    }
    memchr::memchr3(b',', b'"', b'\n', value).is_some() || memchr::memchr(b'\r', value).is_some()
}

/// Text on one line: each run of white space becomes one space.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let wrapped = memchr::memchr3(b'\n', b'\r', b'\t', bytes).is_some();
    // Without an early end the compiler compares many bytes at once.
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let doubled = pairs.fold(false, |found, two| found | (two == (&b' ', &b' ')));
    if !wrapped && !doubled {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
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
}
