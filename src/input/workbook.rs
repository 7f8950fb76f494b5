//! XLSX and ODS → their sheets as CSV, so that rows are read like those of any table.
//!
//! Cells are read one by one and never laid out as a grid: a sheet may name the cells A1
//! and XFD1048576 and hold nothing between them. All that is kept is bounded by the limits,
//! since workbooks are read in this process: what they hold is as large as they are.

mod ods;
mod xlsx;

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::archive::Store;
use super::package::Package;
use super::{Format, Limits};

/// Most columns of a sheet.
const MOST_COLUMNS: usize = 16_384;

/// Most bytes of one cell; Excel allows 32,767 characters.
const MOST_OF_CELL: usize = 16 << 20;

/// Times that all sheets as CSV may be larger than one record.
const SHEETS: usize = 4;

/// One sheet that has cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    pub name: String,
    /// The cells of its first row that has any.
    pub header: Vec<String>,
    /// Its rows as CSV, all cells quoted, as many as the header has; rows without cells are left out.
    pub csv: Vec<u8>,
}

/// Reads a workbook; `Err` says why it cannot be read. A panic is caught.
pub(super) fn read(format: Format, store: Store, limits: &Limits) -> Result<Vec<Sheet>, String> {
    let sheets = catch_unwind(AssertUnwindSafe(|| sheets(format, store, limits)));
    sheets.unwrap_or_else(|_| Err("its reader failed on it: damaged?".to_string()))
}

fn sheets(format: Format, store: Store, limits: &Limits) -> Result<Vec<Sheet>, String> {
    let package = Package::open(store, limits)?;
    let mut rows = Rows::new(limits);
    match format {
        Format::Ods => ods::read(&package, &mut rows)?,
        _ => xlsx::read(&package, &mut rows)?,
    }
    if rows.sheets.is_empty() {
        return Err("is a workbook without cells".to_string());
    }
    Ok(rows.sheets)
}

/// Sheets that are being written.
struct Rows {
    sheets: Vec<Sheet>,
    sheet: Sheet,
    row: Vec<String>,
    /// True where a cell of the row has text.
    has_text: bool,
    cells: usize,
    /// Bytes of all sheets, and of the cells of the row.
    bytes: usize,
    row_bytes: usize,
    most_cells: usize,
    most_bytes: usize,
}

impl Rows {
    fn new(limits: &Limits) -> Rows {
        Rows {
            sheets: Vec::new(),
            sheet: Sheet::default(),
            row: Vec::new(),
            has_text: false,
            cells: 0,
            bytes: 0,
            row_bytes: 0,
            most_cells: limits.cells,
            most_bytes: limits.record.saturating_mul(SHEETS),
        }
    }

    fn begin_sheet(&mut self, name: String) {
        self.sheet.name = name;
    }

    /// Sets the cell of the current row at `column`, from 0.
    fn cell(&mut self, column: usize, text: &str) -> Result<(), String> {
        self.cells += 1;
        if self.cells > self.most_cells {
            let most = self.most_cells;
            return Err(format!("it has more than {most} cells (--max-cells)"));
        }
        if column >= MOST_COLUMNS {
            return Err(format!("it has more than {MOST_COLUMNS} columns"));
        }
        if text.is_empty() {
            return Ok(());
        }
        self.has_text = true;
        let width = self.sheet.header.len();
        if width > 0 && column >= width {
            return Ok(());
        }
        // One long string may stand in all cells of a row.
        self.row_bytes += text.len();
        if self.bytes + self.row_bytes > self.most_bytes {
            return Err(self.too_much());
        }
        if self.row.len() <= column {
            self.row.resize(column + 1, String::new());
        }
        self.row[column].clear();
        self.row[column].push_str(text);
        Ok(())
    }

    /// Ends the row; one without text is left out.
    fn end_row(&mut self, times: usize) -> Result<(), String> {
        self.row_bytes = 0;
        if !std::mem::take(&mut self.has_text) {
            return Ok(());
        }
        if self.sheet.header.is_empty() {
            self.sheet.header.clone_from(&self.row);
        }
        let width = self.sheet.header.len();
        self.row.resize(width, String::new());
        let begin = self.sheet.csv.len();
        for (column, cell) in self.row.iter().enumerate() {
            self.sheet
                .csv
                .extend_from_slice(if column > 0 { b",\"" } else { b"\"" });
            self.sheet
                .csv
                .extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            self.sheet.csv.push(b'"');
        }
        self.sheet.csv.push(b'\n');
        let row = begin..self.sheet.csv.len();
        let bytes = row.len().saturating_mul(times);
        self.bytes = self.bytes.saturating_add(bytes);
        self.cells = self.cells.saturating_add(width.saturating_mul(times - 1));
        if self.bytes > self.most_bytes || self.cells > self.most_cells {
            return Err(self.too_much());
        }
        for _ in 1..times {
            self.sheet.csv.extend_from_within(row.clone());
        }
        self.row.clear();
        Ok(())
    }

    fn too_much(&self) -> String {
        let (cells, bytes) = (self.most_cells, self.most_bytes);
        format!(
            "it has more than {cells} cells (--max-cells) or {bytes} bytes of text ({SHEETS} times --max-record)"
        )
    }

    fn end_sheet(&mut self) {
        self.row.clear();
        (self.has_text, self.row_bytes) = (false, 0);
        let sheet = std::mem::take(&mut self.sheet);
        if !sheet.header.is_empty() {
            self.sheets.push(sheet);
        }
    }
}

/// Appends to the text of a cell.
fn append(cell: &mut String, text: &str) -> Result<(), String> {
    if cell.len() + text.len() > MOST_OF_CELL {
        return Err(format!(
            "one of its cells has more than {MOST_OF_CELL} bytes"
        ));
    }
    cell.push_str(text);
    Ok(())
}
