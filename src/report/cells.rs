//! How values become CSV cells: one place for numbers, lists and missing values.

use std::borrow::Cow;

use crate::role::RoleSet;

/// CSV rows in memory: RFC 4180, LF, fields quoted where needed.
#[derive(Debug)]
pub struct Table {
    writer: csv::Writer<Vec<u8>>,
}

impl Default for Table {
    fn default() -> Table {
        Table::new()
    }
}

impl Table {
    /// A table without rows.
    pub fn new() -> Table {
        Table {
            writer: csv::WriterBuilder::new()
                .flexible(true)
                .from_writer(Vec::new()),
        }
    }

    /// Adds one cell to the row at hand.
    pub fn cell(&mut self, value: impl AsRef<[u8]>) -> &mut Table {
        self.writer
            .write_field(value)
            .expect("writing to memory does not fail");
        self
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
        let mut cell = String::new();
        for (at, part) in parts.enumerate() {
            if at > 0 {
                cell.push(separator);
            }
            cell.push_str(part);
        }
        self.cell(cell)
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        self.writer
            .write_record(None::<&[u8]>)
            .expect("writing to memory does not fail");
    }

    /// Adds a whole row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for cell in cells {
            self.cell(cell);
        }
        self.end_row();
    }

    /// Bytes of the rows so far.
    pub fn byte_count(&mut self) -> usize {
        self.writer
            .flush()
            .expect("writing to memory does not fail");
        self.writer.get_ref().len()
    }

    /// The bytes of all rows.
    pub fn into_bytes(self) -> Vec<u8> {
        self.writer
            .into_inner()
            .expect("writing to memory does not fail")
    }
}

/// Text on one line: each run of white space becomes one space.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    let mut space_before = false;
    let plain = text.bytes().all(|byte| {
        let doubled = byte == b' ' && space_before;
        space_before = byte == b' ';
        !doubled && !matches!(byte, b'\n' | b'\r' | b'\t')
    });
    if plain {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
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
    fn wrapped_text_goes_on_one_line() {
        assert_eq!(one_line("own the\r\n  roadmap"), "own the roadmap");
        assert!(matches!(one_line("own the roadmap"), Cow::Borrowed(_)));
    }
}
