//! Reads the content roles that people gave to documents.

use std::collections::BTreeMap;
use std::path::Path;

use crate::analyze::ContentRole;
use crate::error::Error;
use crate::run::evaluate::read_rows;

/// The coded documents by id, of a CSV (comma, semicolon or tab) or JSON lines file with `document_id` and `content_role`.
/// Rows without a content role are not coded yet and left out.
///
/// # Errors
///
/// [`Error::Usage`] where the file cannot be read, a role is unknown or a document is coded twice.
pub fn coded_documents(path: &Path) -> Result<BTreeMap<String, ContentRole>, Error> {
    let wrong = |why: String| Error::Usage(format!("--coded {}: {why}", path.display()));
    let rows = read_rows(path)?;
    let column = |name: &str| {
        let missing = || wrong(format!("there is no column {name}"));
        rows.find(&[name]).ok_or_else(missing)
    };
    let (ids, roles) = (column("document_id")?, column("content_role")?);
    let mut coded = BTreeMap::new();
    for row in 0..rows.len() {
        let (id, name) = (rows.cell(row, ids), rows.cell(row, roles));
        if name.is_empty() {
            continue;
        }
        let Some(role) = ContentRole::from_name(name) else {
            let known = ContentRole::ALL.map(ContentRole::name).join(", ");
            let why = format!(
                "row {}: content_role \"{name}\" is none of {known}",
                row + 1
            );
            return Err(wrong(why));
        };
        if coded.insert(id.to_owned(), role).is_some() {
            return Err(wrong(format!("row {}: {id} is coded twice", row + 1)));
        }
    }
    Ok(coded)
}
