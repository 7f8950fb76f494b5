//! The key of a sample + filled sheets → one coded sheet.

use std::collections::BTreeMap;

use crate::evaluate::{CodedUnit, Rows, SETTLED, Sheet, TOOL, parse_labels};
use crate::role::RoleSet;

/// Puts the labels of `sheets`, each with its coder's name, beside the tool's of `key`.
/// A coder called `labels` stands for the labels that the coders settled on.
///
/// # Errors
///
/// What is missing or cannot be read, with the sheet and the row.
pub fn merge(key: &Rows, sheets: &[(String, Rows)]) -> Result<Sheet, String> {
    let column = |rows: &Rows, name: &str, of: &str| {
        let missing = || format!("{of}: there is no column {name}");
        rows.find(&[name]).ok_or_else(missing)
    };
    let names = ["uid", "document", "text", "weight", TOOL, "evidence"];
    let mut at = [0; 6];
    for (at, name) in at.iter_mut().zip(names) {
        *at = column(key, name, "the key")?;
    }
    let mut units = Vec::with_capacity(key.len());
    let mut places = BTreeMap::new();
    for row in 0..key.len() {
        let cell = |index: usize| key.cell(row, at[index]);
        let weight = cell(3)
            .parse()
            .map_err(|_| format!("the key, row {}: no weight", row + 1))?;
        places.insert(cell(0).to_owned(), row);
        let tool = parse_labels(cell(4))
            .map_err(|reason| format!("the key, row {}: {reason}", row + 1))?;
        units.push(CodedUnit {
            uid: cell(0).to_owned(),
            document: cell(1).to_owned(),
            text: cell(2).to_owned(),
            weight,
            codings: vec![tool.or(Some(RoleSet::EMPTY))],
            evidence: cell(5).to_owned(),
        });
    }
    let mut sheets: Vec<&(String, Rows)> = sheets.iter().collect();
    // Settled labels are the reference of all others.
    sheets.sort_by_key(|(coder, _)| (coder != SETTLED, coder.clone()));
    for (coder, rows) in &sheets {
        let (uid, labels) = (column(rows, "uid", coder)?, column(rows, "labels", coder)?);
        for unit in &mut units {
            let place = unit.codings.len() - 1;
            unit.codings.insert(place, None);
        }
        for row in 0..rows.len() {
            let wrong = |reason: String| format!("{coder}, row {}: {reason}", row + 1);
            let name = rows.cell(row, uid);
            let unit = places
                .get(name)
                .ok_or_else(|| wrong(format!("the key has no unit {name}")))?;
            let place = units[*unit].codings.len() - 2;
            units[*unit].codings[place] = parse_labels(rows.cell(row, labels)).map_err(wrong)?;
        }
    }
    let coders = sheets.iter().map(|(coder, _)| coder.clone());
    Ok(Sheet {
        coders: coders.chain([TOOL.to_owned()]).collect(),
        units,
        knows_documents: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str =
        "uid,document,text,weight,tool,evidence\nu1,d1,x,2.5,product,product.a\nu2,d2,y,1,none,\n";

    fn merged(sheets: &[(&str, &str)]) -> Result<Sheet, String> {
        let rows = |text: &str| Rows::read(text.as_bytes()).expect("reads");
        let sheets: Vec<(String, Rows)> = sheets
            .iter()
            .map(|(coder, text)| ((*coder).to_owned(), rows(text)))
            .collect();
        merge(&rows(KEY), &sheets)
    }

    #[test]
    fn labels_find_their_units_whatever_the_order() {
        let sheet = merged(&[
            ("coder_b", "uid,text,labels\nu2,y,shared\nu1,x,\n"),
            ("labels", "uid,labels\nu1,product\nu2,none\n"),
        ])
        .expect("merges");
        assert_eq!(sheet.coders, ["labels", "coder_b", "tool"]);
        let shown: Vec<Vec<Option<String>>> = sheet
            .units
            .iter()
            .map(|unit| {
                unit.codings
                    .iter()
                    .map(|set| set.map(|set| set.to_string()))
                    .collect()
            })
            .collect();
        let product = || Some("product".to_owned());
        assert_eq!(shown[0], [product(), None, product()]);
        assert_eq!(
            shown[1],
            [
                Some(String::new()),
                Some("shared".into()),
                Some(String::new())
            ]
        );
        assert_eq!(sheet.units[0].weight, 2.5);
    }

    #[test]
    fn a_strange_unit_or_label_is_named() {
        let strange = merged(&[("coder_a", "uid,labels\nu9,none\n")]).expect_err("u9");
        assert_eq!(strange, "coder_a, row 1: the key has no unit u9");
        let label = merged(&[("coder_a", "uid,labels\nu1,prduct\n")]).expect_err("label");
        assert!(label.starts_with("coder_a, row 1: \"prduct\""), "{label}");
    }
}
