//! CSV or JSON lines, as people and spreadsheets write them → named columns of text.

use std::collections::BTreeMap;

use serde_json::Value;

/// A small table: coding sheets, not corpora.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Rows {
    /// Reads the bytes of a file: JSON lines where it begins with `{`, else CSV separated by the
    /// comma, semicolon or tab that its header holds most of. Text that is not UTF-8 is taken for Windows-1252.
    ///
    /// # Errors
    ///
    /// What is wrong, with the row, counted from 1 without the header.
    pub fn read(bytes: &[u8]) -> Result<Rows, String> {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0,
        };
        let text = text.trim_start_matches('\u{feff}');
        if text.trim_start().starts_with('{') {
            json_lines(text)
        } else {
            separated(text)
        }
    }

    /// The names of the columns, in their order.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True where there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The position of the first of these columns that is there.
    pub fn find(&self, names: &[&str]) -> Option<usize> {
        let at = |name: &&str| self.columns.iter().position(|column| column == name);
        names.iter().find_map(at)
    }

    /// A cell without white space around it; empty where the row is short.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows[row].get(column).map_or("", |cell| cell.trim())
    }
}

fn separated(text: &str) -> Result<Rows, String> {
    let header = text.lines().next().unwrap_or_default();
    let count = |mark: &u8| header.bytes().filter(|byte| byte == mark).count();
    // Of equals the first: the comma.
    let delimiter = [b'\t', b';', b',']
        .into_iter()
        .max_by_key(count)
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
    let columns: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|name| name.trim().to_owned()).collect(),
        Err(error) => return Err(error.to_string()),
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| format!("row {}: {error}", rows.len() + 1))?;
        rows.push(cells(&record));
    }
    Ok(Rows { columns, rows })
}

fn json_lines(text: &str) -> Result<Rows, String> {
    let mut columns: Vec<String> = Vec::new();
    let mut objects: Vec<BTreeMap<String, Value>> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let object: BTreeMap<String, Value> = serde_json::from_str(line)
            .map_err(|error| format!("row {}: {error}", objects.len() + 1))?;
        for key in object
            .keys()
            .filter(|key| !columns.contains(key))
            .collect::<Vec<_>>()
        {
            columns.push(key.clone());
        }
        objects.push(object);
    }
    let cell = |value: Option<&Value>| match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        // A list of labels; an empty one says that none holds, which an empty cell does not.
        Some(Value::Array(parts)) if parts.is_empty() => "none".into(),
        Some(Value::Array(parts)) => {
            let parts: Vec<&str> = parts.iter().filter_map(Value::as_str).collect();
            parts.join("+")
        }
        Some(other) => other.to_string(),
    };
    let rows = objects
        .iter()
        .map(|object| columns.iter().map(|name| cell(object.get(name))).collect())
        .collect();
    Ok(Rows { columns, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<String> {
        let rows = Rows::read(text.as_bytes()).expect("reads");
        let column = rows.find(&["label", "labels"]).expect("is there");
        (0..rows.len())
            .map(|row| rows.cell(row, column).to_owned())
            .collect()
    }

    #[test]
    fn spreadsheets_and_json_lines_are_read_alike() {
        let want = ["none", "product+project", ""];
        assert_eq!(cells("uid,labels\na,none\nb,product+project\nc\n"), want);
        assert_eq!(
            cells("\u{feff}uid;labels\r\na; none \r\n\"b\";product+project\r\nc;\r\n"),
            want
        );
        assert_eq!(
            cells("{\"labels\":[]}\n\n{\"labels\":[\"product\",\"project\"]}\n{\"labels\":null}\n"),
            want
        );
    }

    #[test]
    fn a_broken_row_is_named() {
        let error = Rows::read(b"{\"a\":1}\n{\"a\":\n").expect_err("broken");
        assert!(error.starts_with("row 2:"), "{error}");
    }

    #[test]
    fn western_bytes_are_read() {
        let rows = Rows::read(b"labels,text\nnone,caf\xe9\n").expect("reads");
        assert_eq!(rows.cell(0, 1), "caf\u{e9}");
    }
}
