//! XLSX and ODS → their sheets as CSV, so that rows are read like those of any table.
//!
//! Cells are read one by one and never laid out as a grid: a sheet may name the cells A1
//! and XFD1048576 and hold nothing between them.

mod ods;
mod xlsx;

use super::package::Package;
use super::{Format, Limits};

/// Most columns of a sheet.
const MOST_COLUMNS: usize = 16_384;

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

/// Reads a workbook; `Err` says why it cannot be read.
pub(super) fn read(format: Format, bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, String> {
    let package = Package::open(bytes, limits)?;
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
    cells: usize,
    bytes: usize,
    most_cells: usize,
    most_bytes: usize,
}

impl Rows {
    fn new(limits: &Limits) -> Rows {
        Rows {
            sheets: Vec::new(),
            sheet: Sheet::default(),
            row: Vec::new(),
            cells: 0,
            bytes: 0,
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
        if self.row.len() <= column {
            self.row.resize(column + 1, String::new());
        }
        self.row[column].clear();
        self.row[column].push_str(text);
        Ok(())
    }

    /// Ends the row; one without text is left out.
    fn end_row(&mut self, times: usize) -> Result<(), String> {
        if self.row.is_empty() {
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
            let (cells, bytes) = (self.most_cells, self.most_bytes);
            return Err(format!(
                "it has more than {cells} cells (--max-cells) or {bytes} bytes of text ({SHEETS} times --max-record)"
            ));
        }
        for _ in 1..times {
            self.sheet.csv.extend_from_within(row.clone());
        }
        self.row.clear();
        Ok(())
    }

    fn end_sheet(&mut self) {
        self.row.clear();
        let sheet = std::mem::take(&mut self.sheet);
        if !sheet.header.is_empty() {
            self.sheets.push(sheet);
        }
    }
}
