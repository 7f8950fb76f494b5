//! Excel's workbooks: shared strings, dates by their format, cells with or without a place.

use std::collections::{HashMap, HashSet};

use super::super::package::Package;
use super::super::xml::{Attributes, Node};
use super::{Rows, append};

/// Most sheets of a workbook.
const MOST_SHEETS: usize = 10_000;

/// Reads all sheets that are shown into `rows`.
pub(super) fn read(package: &Package, rows: &mut Rows) -> Result<(), String> {
    let main = package
        .related("", "officeDocument")?
        .unwrap_or_else(|| "xl/workbook.xml".to_string());
    let relations = package.relations(&main)?;
    let named = |kind: &str| {
        let found = relations.iter().find(|relation| relation.kind == kind);
        found.map(|relation| relation.target.as_str())
    };
    let mut book = Book::default();
    let strings = package.part(named("sharedStrings").unwrap_or("xl/sharedStrings.xml"))?;
    if let Some(strings) = strings {
        let mut reader = StringsReader::default();
        let most = rows.most_cells;
        strings.walk(|node| reader.handle(node, &mut book.strings, most))?;
    }
    if let Some(styles) = package.part(named("styles").unwrap_or("xl/styles.xml"))? {
        let mut reader = StylesReader::default();
        styles.walk(|node| {
            reader.handle(node, &mut book.dates);
            Ok(())
        })?;
    }
    let mut sheets = Vec::new();
    let workbook = package
        .part(&main)?
        .ok_or_else(|| format!("is a workbook without its list of sheets ({main})"))?;
    workbook.walk(|node| {
        match node {
            Node::Open("workbookPr", attributes) => {
                let set = attributes.get("date1904");
                book.from_1904 = set.is_some_and(|value| matches!(value.as_str(), "1" | "true"));
            }
            Node::Open("sheet", attributes)
                if attributes
                    .get("state")
                    .is_none_or(|state| state == "visible") =>
            {
                let get = |name| attributes.get(name).unwrap_or_default();
                sheets.push((get("name"), get("id")));
                if sheets.len() > MOST_SHEETS {
                    return Err(format!("it has more than {MOST_SHEETS} sheets"));
                }
            }
            _ => (),
        }
        Ok(())
    })?;
    let targets: HashMap<&str, &str> = relations
        .iter()
        .map(|relation| (relation.id.as_str(), relation.target.as_str()))
        .collect();
    for (name, id) in sheets {
        let target = targets.get(id.as_str());
        let Some(part) = target
            .map(|target| package.part(target))
            .transpose()?
            .flatten()
        else {
            continue;
        };
        rows.begin_sheet(name);
        let mut reader = SheetReader::default();
        part.walk(|node| reader.handle(node, &book, rows))?;
        rows.end_sheet();
    }
    Ok(())
}

/// What the sheets of a workbook share.
#[derive(Default)]
struct Book {
    strings: Strings,
    /// For each cell format whether it shows a date.
    dates: Vec<bool>,
    from_1904: bool,
}

/// The shared strings one behind the other, and where each ends.
#[derive(Default)]
struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.text[start..end])
    }
}

#[derive(Default)]
struct StringsReader {
    in_text: bool,
    in_reading: bool,
}

impl StringsReader {
    fn handle(&mut self, node: Node<'_>, strings: &mut Strings, most: usize) -> Result<(), String> {
        match node {
            // How a word is pronounced is no part of it.
            Node::Open("rPh", _) => self.in_reading = true,
            Node::Close("rPh") => self.in_reading = false,
            Node::Open("t", _) => self.in_text = !self.in_reading,
            Node::Close("t") => self.in_text = false,
            Node::Text(text) if self.in_text => strings.text.push_str(text),
            Node::Close("si") => {
                strings.ends.push(strings.text.len());
                if strings.ends.len() > most {
                    return Err(format!("it has more than {most} strings (--max-cells)"));
                }
            }
            _ => (),
        }
        Ok(())
    }
}

#[derive(Default)]
struct StylesReader {
    own_dates: HashSet<u32>,
    in_formats: bool,
}

impl StylesReader {
    fn handle(&mut self, node: Node<'_>, dates: &mut Vec<bool>) {
        match node {
            Node::Open("numFmt", attributes) => {
                let code = attributes.get("formatCode").unwrap_or_default();
                if let Some(id) = attributes.number("numFmtId").filter(|_| shows_date(&code)) {
                    self.own_dates.insert(id);
                }
            }
            Node::Open("cellXfs", _) => self.in_formats = true,
            Node::Close("cellXfs") => self.in_formats = false,
            Node::Open("xf", attributes) if self.in_formats => {
                let id = attributes.number("numFmtId").unwrap_or(0);
                let built_in = matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58);
                dates.push(built_in || self.own_dates.contains(&id));
            }
            _ => (),
        }
    }
}

/// True where a format code has letters of dates or times outside quotes and brackets.
fn shows_date(code: &str) -> bool {
    let mut quote = None;
    let mut escaped = false;
    for c in code.chars() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match (quote, c) {
            (Some(end), c) => quote = (c != end).then_some(end),
            (None, '"') => quote = Some('"'),
            (None, '[') => quote = Some(']'),
            (None, '\\' | '_' | '*') => escaped = true,
            (None, 'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H') => {
                return !code.eq_ignore_ascii_case("standard");
            }
            (None, _) => (),
        }
    }
    false
}

/// A cell's kind: the `t` attribute.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Text,
    Truth,
    Error,
}

#[derive(Default)]
struct SheetReader {
    column: usize,
    kind: Kind,
    date: bool,
    text: String,
    in_value: bool,
    in_reading: bool,
}

impl SheetReader {
    fn handle(&mut self, node: Node<'_>, book: &Book, rows: &mut Rows) -> Result<(), String> {
        match node {
            Node::Open("row", _) => self.column = 0,
            Node::Close("row") => rows.end_row(1)?,
            Node::Open("c", attributes) => self.open(attributes, book),
            Node::Close("c") => {
                let text = std::mem::take(&mut self.text);
                rows.cell(self.column, &self.shown(&text, book))?;
                self.column = self.column.saturating_add(1);
            }
            Node::Open("rPh", _) => self.in_reading = true,
            Node::Close("rPh") => self.in_reading = false,
            Node::Open("v" | "t", _) => self.in_value = !self.in_reading,
            Node::Close("v" | "t") => self.in_value = false,
            Node::Text(text) if self.in_value => append(&mut self.text, text)?,
            Node::Open(..) | Node::Close(_) | Node::Text(_) => (),
        }
        Ok(())
    }

    fn open(&mut self, attributes: Attributes<'_>, book: &Book) {
        if let Some(column) = attributes.get("r").and_then(|place| column(&place)) {
            self.column = column;
        }
        self.kind = match attributes.get("t").as_deref() {
            Some("s") => Kind::Shared,
            Some("inlineStr" | "str" | "d") => Kind::Text,
            Some("b") => Kind::Truth,
            Some("e") => Kind::Error,
            _ => Kind::Number,
        };
        let style: usize = attributes.number("s").unwrap_or(0);
        self.date = self.kind == Kind::Number && book.dates.get(style) == Some(&true);
        self.text.clear();
    }

    fn shown(&self, text: &str, book: &Book) -> String {
        match self.kind {
            Kind::Shared => {
                let shared = text
                    .trim()
                    .parse()
                    .ok()
                    .and_then(|index| book.strings.get(index));
                shared.unwrap_or_default().replace("_x000D_", "")
            }
            Kind::Text => text.replace("_x000D_", ""),
            Kind::Truth => if text.trim() == "1" { "true" } else { "false" }.to_string(),
            Kind::Error => String::new(),
            Kind::Number => number(text.trim(), self.date, book.from_1904),
        }
    }
}

/// The column of a place such as `BC12`, from 0.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters.fold(0usize, |column, letter| {
        let digit = usize::from(letter.to_ascii_uppercase() - b'A') + 1;
        column.saturating_mul(26).saturating_add(digit)
    });
    column.checked_sub(1)
}

/// A number as people would write it, or the date that it stands for.
fn number(text: &str, date: bool, from_1904: bool) -> String {
    let Ok(value) = text.parse::<f64>() else {
        return text.to_string();
    };
    // Beyond, a day is no date that Excel knows.
    if date && (0.0..2_958_466.0).contains(&value) {
        return date_of(value, from_1904);
    }
    if text.len() > 15 || text.contains(['e', 'E']) {
        return value.to_string();
    }
    text.to_string()
}

/// `2024-05-01`, or `2024-05-01 12:30:00`, of a number of days since the end of 1899 or the
/// beginning of 1904.
fn date_of(value: f64, from_1904: bool) -> String {
    let seconds = (value * 86_400.0).round() as i64;
    let (day, time) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Excel counts a 29 February 1900 that never was.
    let epoch = if from_1904 {
        24_107
    } else {
        25_569 - i64::from(day < 60)
    };
    let (year, month, day) = civil(day - epoch);
    let date = format!("{year:04}-{month:02}-{day:02}");
    if time == 0 {
        return date;
    }
    format!(
        "{date} {:02}:{:02}:{:02}",
        time / 3600,
        time / 60 % 60,
        time % 60
    )
}

/// Year, month and day of a number of days since 1970-01-01 (Howard Hinnant, `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_numbers_and_dates_are_read_as_excel_shows_them() {
        assert_eq!(column("A1"), Some(0));
        assert_eq!(column("XFD1048576"), Some(16_383));
        assert_eq!(column("12"), None);
        let of = |text: &str| number(text, false, false);
        assert_eq!(of("17"), "17");
        assert_eq!(of("2.0240001E7"), "20240001");
        assert_eq!(of("0.30000000000000004"), "0.30000000000000004");
        let of = |text: &str| number(text, true, false);
        assert_eq!(of("1"), "1900-01-01");
        assert_eq!(of("61"), "1900-03-01");
        assert_eq!(of("45413.520833333336"), "2024-05-01 12:30:00");
        assert_eq!(number("43951", true, true), "2024-05-01");
        assert_eq!(of("-3"), "-3");
    }

    #[test]
    fn a_format_of_dates_is_told_by_its_letters() {
        for code in ["yyyy-mm-dd", "[$-409]d\\-mmm", "h:mm"] {
            assert!(shows_date(code), "{code}");
        }
        for code in ["General", "#,##0.00", "0.0\" days\"", "[Red]0", "Standard"] {
            assert!(!shows_date(code), "{code}");
        }
    }
}
