//! OpenDocument spreadsheets: rows and cells that may stand for many.

use super::super::package::Package;
use super::super::xml::{Attributes, Node};
use super::{Rows, append};

/// Reads all sheets into `rows`.
pub(super) fn read(package: &Package, rows: &mut Rows) -> Result<(), String> {
    let content = package
        .part("content.xml")?
        .ok_or_else(|| "is a spreadsheet without its content".to_string())?;
    let mut reader = Reader::default();
    content.walk(|node| reader.handle(node, rows))
}

#[derive(Default)]
struct Reader {
    column: usize,
    /// Times that the row and the cell stand.
    row_times: usize,
    cell_times: usize,
    /// The cell's text, and the value that it shows in some format.
    text: Option<String>,
    value: Option<String>,
    paragraphs: usize,
    /// Depth inside a remark on a cell.
    remark: u64,
}

impl Reader {
    fn handle(&mut self, node: Node<'_>, rows: &mut Rows) -> Result<(), String> {
        match node {
            Node::Open(..) if self.remark > 0 => self.remark += 1,
            Node::Close(_) if self.remark > 0 => self.remark -= 1,
            Node::Text(_) if self.remark > 0 => (),
            Node::Open("annotation", _) => self.remark = 1,
            Node::Open("table", attributes) => {
                rows.begin_sheet(attributes.get("name").unwrap_or_default());
            }
            Node::Close("table") => rows.end_sheet(),
            Node::Open("table-row", attributes) => {
                self.column = 0;
                self.row_times = attributes
                    .number("number-rows-repeated")
                    .unwrap_or(1)
                    .max(1);
            }
            Node::Close("table-row") => rows.end_row(self.row_times)?,
            Node::Open("table-cell" | "covered-table-cell", attributes) => self.open(attributes),
            Node::Close("table-cell" | "covered-table-cell") => self.close(rows)?,
            Node::Open(name, attributes) => self.sign(name, attributes)?,
            Node::Text(text) => {
                if let Some(kept) = self.text.as_mut().filter(|_| self.paragraphs > 0) {
                    append(kept, text)?;
                }
            }
            Node::Close(_) => (),
        }
        Ok(())
    }

    fn open(&mut self, attributes: Attributes<'_>) {
        self.cell_times = attributes
            .number("number-columns-repeated")
            .unwrap_or(1)
            .max(1);
        self.text = Some(String::new());
        self.paragraphs = 0;
        self.value = match attributes.get("value-type").as_deref() {
            Some("float" | "percentage" | "currency") => attributes.get("value"),
            Some("date") => attributes.get("date-value"),
            Some("boolean") => attributes.get("boolean-value"),
            _ => None,
        };
    }

    fn close(&mut self, rows: &mut Rows) -> Result<(), String> {
        let text = self.text.take().unwrap_or_default();
        let text = self.value.take().unwrap_or(text);
        if !text.is_empty() {
            for column in self.column..self.column.saturating_add(self.cell_times) {
                rows.cell(column, &text)?;
            }
        }
        self.column = self.column.saturating_add(self.cell_times);
        Ok(())
    }

    /// Paragraphs of a cell are lines; white space beyond one space is written as elements.
    fn sign(&mut self, name: &str, attributes: Attributes<'_>) -> Result<(), String> {
        let Some(text) = &mut self.text else {
            return Ok(());
        };
        match name {
            "p" => {
                self.paragraphs += 1;
                append(text, if self.paragraphs > 1 { "\n" } else { "" })
            }
            "s" => {
                let count = attributes.number("c").unwrap_or(1usize).min(100);
                append(text, &" ".repeat(count))
            }
            "tab" => append(text, "\t"),
            "line-break" => append(text, "\n"),
            _ => Ok(()),
        }
    }
}
