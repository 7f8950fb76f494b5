//! A coding sheet: units with the labels that each coder gave them.

use std::collections::BTreeMap;

use super::{Rows, SETTLED, TOOL};
use crate::role::{Role, RoleSet};

/// Units and what each coder said of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The coders; `labels` first where there are settled labels, `tool` last where it has coded.
    pub coders: Vec<String>,
    /// The units, in the order of the file.
    pub units: Vec<CodedUnit>,
    /// Whether the sheet says which document a unit is of; if not, each is taken for one of its own.
    pub knows_documents: bool,
}

/// One unit, coded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodedUnit {
    /// Its id.
    pub uid: String,
    /// The document that it is of; its own id where the sheet does not say.
    pub document: String,
    /// Its text.
    pub text: String,
    /// How many units it stands for, up to a common factor; 1 without weights.
    pub weight: f64,
    /// What each coder said, `None` where nothing; parallel to [`Sheet::coders`].
    pub codings: Vec<Option<RoleSet>>,
    /// What the tool's labels rest on.
    pub evidence: String,
}

impl Sheet {
    /// Reads the columns `uid` (or `id`), `text`, `labels`, `document` (or `document_id`), `weight`, `tool`,
    /// `evidence`, and those of the coders: `coders`, or every column that begins with `coder`.
    ///
    /// # Errors
    ///
    /// What is missing or cannot be read, with the row, counted from 1 without the header.
    pub fn new(rows: &Rows, coders: &[String]) -> Result<Sheet, String> {
        let need = |names: &[&str]| {
            let missing = || format!("there is no column {}", names.join(" or "));
            rows.find(names).ok_or_else(missing)
        };
        let (uid, text) = (need(&["uid", "id"])?, need(&["text"])?);
        let document = rows.find(&["document", "document_id"]);
        let (weight, evidence) = (rows.find(&["weight"]), rows.find(&["evidence"]));
        let coders = coder_columns(rows, coders)?;
        let mut units = Vec::with_capacity(rows.len());
        let mut seen = BTreeMap::new();
        for row in 0..rows.len() {
            let wrong = |reason: String| format!("row {}: {reason}", row + 1);
            let name = rows.cell(row, uid);
            if let Some(first) = seen.insert(name, row + 1) {
                return Err(wrong(format!("the id {name} is also that of row {first}")));
            }
            let labels = |at: &usize| parse_labels(rows.cell(row, *at)).map_err(wrong);
            units.push(CodedUnit {
                uid: name.to_owned(),
                document: rows.cell(row, document.unwrap_or(uid)).to_owned(),
                text: rows.cell(row, text).to_owned(),
                weight: weight.map_or(Ok(1.0), |at| {
                    parse_weight(rows.cell(row, at)).map_err(wrong)
                })?,
                codings: coders.iter().map(labels).collect::<Result<_, _>>()?,
                evidence: evidence.map_or("", |at| rows.cell(row, at)).to_owned(),
            });
        }
        Ok(Sheet {
            coders: coders
                .iter()
                .map(|at| rows.columns()[*at].clone())
                .collect(),
            units,
            knows_documents: document.is_some(),
        })
    }

    /// Whether the tool is among the coders.
    pub fn has_tool(&self) -> bool {
        self.coders.iter().any(|coder| coder == TOOL)
    }
}

/// The columns with labels: the settled ones, the coders', the tool's.
fn coder_columns(rows: &Rows, named: &[String]) -> Result<Vec<usize>, String> {
    let mut columns: Vec<usize> = rows.find(&[SETTLED]).into_iter().collect();
    if named.is_empty() {
        let names = rows.columns().iter().enumerate();
        columns.extend(
            names
                .filter(|(_, name)| name.starts_with("coder"))
                .map(|(at, _)| at),
        );
    }
    for name in named {
        let at = rows.find(&[name]);
        columns.push(at.ok_or_else(|| {
            let there = rows.columns().join(", ");
            format!("there is no column {name}; there are {there}")
        })?);
    }
    if columns.is_empty() {
        return Err("there is neither a column labels nor one that begins with coder".into());
    }
    columns.extend(rows.find(&[TOOL]));
    Ok(columns)
}

/// The labels of a cell, joined by `+` (commas, semicolons and slashes are understood);
/// `none` is the empty set, an empty cell nothing said.
///
/// # Errors
///
/// A word that is no label, and `none` or `shared` beside another label.
pub fn parse_labels(cell: &str) -> Result<Option<RoleSet>, String> {
    let mut set = RoleSet::EMPTY;
    let mut words = 0;
    let mut none = false;
    let separates = |c: char| "+,;/".contains(c) || c.is_whitespace();
    for word in cell.split(separates).filter(|word| !word.is_empty()) {
        words += 1;
        match word.to_lowercase().as_str() {
            "none" => none = true,
            "programme" => _ = set.insert(Role::Program),
            name => match Role::from_name(name) {
                Some(role) => _ = set.insert(role),
                None => {
                    return Err(format!(
                        "\"{word}\" is no label; write product, project, program, shared or none"
                    ));
                }
            },
        }
    }
    if words > 1 && (none || set.contains(Role::Shared)) {
        return Err(format!("\"{cell}\": none and shared stand alone"));
    }
    Ok((words > 0).then_some(set))
}

fn parse_weight(cell: &str) -> Result<f64, String> {
    match cell.parse::<f64>() {
        Ok(weight) if weight > 0.0 && weight.is_finite() => Ok(weight),
        _ => Err(format!("the weight \"{cell}\" is not a number above 0")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Result<Sheet, String> {
        Sheet::new(&Rows::read(text.as_bytes())?, &[])
    }

    #[test]
    fn labels_are_read_as_people_write_them() {
        let read = |cell| parse_labels(cell).map(|set| set.map(|set| set.to_string()));
        assert_eq!(
            read("Program + product"),
            Ok(Some("product+program".into()))
        );
        assert_eq!(read("programme"), Ok(Some("program".into())));
        assert_eq!(read("none"), Ok(Some(String::new())));
        assert_eq!(read(" "), Ok(None));
        for wrong in ["produkt", "none+product", "shared;project"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn coders_weights_and_documents_are_found() {
        let sheet =
            sheet("uid,document,text,labels,coder_a,coder_b,weight\n1,d,x,none,product,,2.5\n")
                .unwrap();
        assert_eq!(sheet.coders, ["labels", "coder_a", "coder_b"]);
        let unit = &sheet.units[0];
        assert_eq!((unit.document.as_str(), unit.weight), ("d", 2.5));
        assert_eq!(unit.codings[0], Some(RoleSet::EMPTY));
        assert_eq!(unit.codings[2], None);
        assert!(sheet.knows_documents && !sheet.has_tool());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_row() {
        for (text, says) in [
            ("uid,labels\n1,none\n", "no column text"),
            ("uid,text\n1,x\n", "neither a column labels"),
            ("uid,text,labels\n1,x,none\n1,y,none\n", "row 2: the id 1"),
            ("uid,text,labels\n1,x,manager\n", "row 1: \"manager\""),
            ("uid,text,labels,weight\n1,x,none,0\n", "row 1: the weight"),
        ] {
            let error = sheet(text).expect_err(text);
            assert!(error.contains(says), "{error}");
        }
    }
}
