//! `report.xlsx`: the tables of a report's folder as sheets, for people who work in a spreadsheet.

use std::fs::File;
use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::error::Error;
use crate::report::schema::{Kind, Schema};
use crate::report::{OUTPUTS, WORKBOOK, unguarded};
use crate::run::folder::{Folder, Written, hashed};

/// Rows that a sheet can hold below its head.
const MOST_ROWS: u32 = (1 << 20) - 1;
/// Characters that a cell can hold.
const MOST_CHARACTERS: usize = 32_767;

/// What became of one table.
struct Sheet {
    schema: &'static Schema,
    rows: u64,
    shown: u32,
}

/// The formats of cells.
struct Formats {
    head: Format,
    number: Format,
}

/// Writes the workbook of the tables in `folder` beside them; `safe` if the tables are those of `--csv-safe`.
///
/// # Errors
///
/// [`Error::Usage`] where a table cannot be read, [`Error::Output`] where the workbook cannot be written.
pub(crate) fn workbook(folder: &Folder, safe: bool) -> Result<Written, Error> {
    fill(folder.path(), safe)?;
    let path = folder.on_disk(WORKBOOK);
    hashed(&path, WORKBOOK).map_err(|source| Error::output(path, source))
}

/// The same for any folder of tables. One row of a table is in memory at a time.
fn fill(folder: &Path, safe: bool) -> Result<(), Error> {
    let path = folder.join(WORKBOOK);
    let failed = |error: XlsxError| Error::output(&path, std::io::Error::other(error));
    let mut workbook = Workbook::new();
    // No clock time: equal tables give equal bytes.
    let day = ExcelDateTime::from_ymd(2000, 1, 1).expect("a day of the calendar");
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
    workbook.set_tempdir(folder).map_err(failed)?;
    workbook.add_worksheet().set_name("about").map_err(failed)?;
    let formats = Formats {
        head: Format::new().set_bold(),
        number: Format::new().set_num_format("0.0000"),
    };
    let mut sheets = Vec::new();
    for output in &OUTPUTS {
        let table = folder.join(output.file);
        if let Some(schema) = output.schema().filter(|_| table.exists()) {
            let bad =
                |why: &dyn std::fmt::Display| Error::Usage(format!("{}: {why}", table.display()));
            let mut reader = csv::Reader::from_path(&table).map_err(|error| bad(&error))?;
            let sheet = workbook
                .add_worksheet_with_constant_memory()
                .map_err(failed)?;
            let mut rows = Rows {
                reader: &mut reader,
                schema,
                safe,
                formats: &formats,
            };
            sheets.push(rows.write(sheet).map_err(|error| match error {
                RowError::Csv(error) => bad(&error),
                RowError::Xlsx(error) => failed(error),
            })?);
        }
    }
    let about = workbook.worksheet_from_index(0).map_err(failed)?;
    describe(about, &sheets, &formats).map_err(failed)?;
    workbook.save(&path).map_err(failed)
}

/// The rows of one table on their way to its sheet.
struct Rows<'a> {
    reader: &'a mut csv::Reader<File>,
    schema: &'static Schema,
    /// Whether text was guarded against spreadsheets.
    safe: bool,
    formats: &'a Formats,
}

enum RowError {
    Csv(csv::Error),
    Xlsx(XlsxError),
}

impl From<csv::Error> for RowError {
    fn from(error: csv::Error) -> RowError {
        RowError::Csv(error)
    }
}

impl From<XlsxError> for RowError {
    fn from(error: XlsxError) -> RowError {
        RowError::Xlsx(error)
    }
}

impl Rows<'_> {
    fn write(&mut self, sheet: &mut Worksheet) -> Result<Sheet, RowError> {
        let head = self.reader.headers()?.clone();
        sheet.set_name(self.schema.name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (at, name) in (0u16..).zip(&head) {
            sheet.set_column_width(at, (name.len() + 4).clamp(10, 28) as f64)?;
            sheet.write_string_with_format(0, at, name, &self.formats.head)?;
        }
        let (mut rows, mut shown) = (0u64, 0u32);
        let mut record = csv::StringRecord::new();
        while self.reader.read_record(&mut record)? {
            rows += 1;
            if shown < MOST_ROWS {
                shown += 1;
                for (at, cell) in (0u16..).zip(&record) {
                    self.cell(sheet, shown, at, cell)?;
                }
            }
        }
        let last = (head.len() as u16).saturating_sub(1);
        sheet.autofilter(0, 0, shown, last)?;
        Ok(Sheet {
            schema: self.schema,
            rows,
            shown,
        })
    }

    /// Numbers as numbers, everything else as text: a text is never a formula, whatever it begins with.
    fn cell(&self, sheet: &mut Worksheet, row: u32, at: u16, cell: &str) -> Result<(), XlsxError> {
        let kind = self
            .schema
            .columns
            .get(usize::from(at))
            .map(|column| column.kind);
        let number = || cell.parse::<f64>().ok().filter(|number| number.is_finite());
        match (kind, number()) {
            _ if cell.is_empty() => {}
            (Some(Kind::Count), Some(number)) => {
                sheet.write_number(row, at, number)?;
            }
            (Some(Kind::Share | Kind::Number), Some(number)) => {
                sheet.write_number_with_format(row, at, number, &self.formats.number)?;
            }
            _ => {
                let text = if self.safe { unguarded(cell) } else { cell };
                let text: String = text.chars().take(MOST_CHARACTERS).collect();
                sheet.write_string(row, at, text)?;
            }
        }
        Ok(())
    }
}

/// The first sheet: what the others hold, and what of their tables did not fit.
fn describe(about: &mut Worksheet, sheets: &[Sheet], formats: &Formats) -> Result<(), XlsxError> {
    for (at, (name, width)) in [("sheet", 18), ("rows", 12), ("holds", 110)]
        .into_iter()
        .enumerate()
    {
        about.set_column_width(at as u16, width)?;
        about.write_string_with_format(0, at as u16, name, &formats.head)?;
    }
    about.set_freeze_panes(1, 0)?;
    for (row, sheet) in (1u32..).zip(sheets) {
        about.write_string(row, 0, sheet.schema.name)?;
        about.write_number(row, 1, sheet.shown)?;
        let mut holds = sheet.schema.about.to_owned();
        if u64::from(sheet.shown) < sheet.rows {
            let (shown, rows, name) = (sheet.shown, sheet.rows, sheet.schema.name);
            holds =
                format!("Only the first {shown} of {rows} rows fit; {name}.csv has all. {holds}");
        }
        about.write_string(row, 2, holds)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn equal_tables_give_equal_bytes() {
        let place = tempfile::tempdir().unwrap();
        let text = "input,row,document_id,stage,severity,reason\nx,1,a,read,error,=1+1\n";
        fs::write(place.path().join("problems.csv"), text).unwrap();
        fill(place.path(), false).unwrap();
        let first = fs::read(place.path().join(WORKBOOK)).unwrap();
        fill(place.path(), false).unwrap();
        assert!(first == fs::read(place.path().join(WORKBOOK)).unwrap());
        assert!(first.starts_with(b"PK"));
    }
}
