//! `datapackage.json`: the tables of a report as a Frictionless Data Package
//! (<https://datapackage.org>, version 2), with the types, units and keys of their schemas.

use serde_json::{Value, json};

use crate::report::schema::{Column, Kind, Schema};

/// The file's name.
pub const DATAPACKAGE: &str = "datapackage.json";

const PROFILES: &str = "https://datapackage.org/profiles/2.0";

/// One table as it was written.
#[derive(Clone, Copy, Debug)]
pub struct Resource<'a> {
    /// What it holds.
    pub schema: &'static Schema,
    /// Columns behind those of the schema, all of text.
    pub more: &'a [String],
    /// Its file.
    pub file: &'a str,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// BLAKE3 of the file, in hexadecimal.
    pub blake3: &'a str,
}

/// The whole file; ends with a line break. References to tables that are not among `resources` are left out.
pub fn datapackage(resources: &[Resource<'_>]) -> Vec<u8> {
    let has = |table: &str| resources.iter().any(|other| other.schema.name == table);
    let package = json!({
        "$schema": format!("{PROFILES}/datapackage.json"),
        "name": "rolecall-report",
        "title": "Product, project and program management in texts: tags, confusion and overlap",
        "resources": resources.iter().map(|resource| described(resource, has)).collect::<Vec<_>>(),
    });
    let mut bytes = serde_json::to_vec_pretty(&package).expect("a JSON value can be written");
    bytes.push(b'\n');
    bytes
}

fn described(resource: &Resource<'_>, has: impl Fn(&str) -> bool) -> Value {
    let schema = resource.schema;
    let own = schema.columns.iter().map(field);
    let more = resource
        .more
        .iter()
        .map(|name| json!({ "name": name, "type": "string" }));
    let mut table = json!({
        "$schema": format!("{PROFILES}/tableschema.json"),
        "fields": own.chain(more).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    if !schema.key.is_empty() {
        table["primaryKey"] = json!(schema.key);
    }
    let references: Vec<Value> = schema
        .references
        .iter()
        .filter(|reference| has(reference.table))
        .map(|reference| {
            json!({
                "fields": reference.columns,
                "reference": { "resource": reference.table, "fields": reference.key },
            })
        })
        .collect();
    if !references.is_empty() {
        table["foreignKeys"] = json!(references);
    }
    json!({
        "$schema": format!("{PROFILES}/dataresource.json"),
        "name": schema.name,
        "type": "table",
        "path": resource.file,
        "description": schema.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": resource.bytes,
        "blake3": resource.blake3,
        "schema": table,
    })
}

fn field(column: &Column) -> Value {
    let mut constraints = serde_json::Map::new();
    if column.required {
        constraints.insert("required".into(), true.into());
    }
    let kind = match column.kind {
        Kind::Text => "string",
        Kind::Word(words) => {
            constraints.insert("enum".into(), json!(words));
            "string"
        }
        Kind::Count => {
            constraints.insert("minimum".into(), 0.into());
            "integer"
        }
        Kind::Share => {
            constraints.insert("minimum".into(), 0.into());
            constraints.insert("maximum".into(), 1.into());
            "number"
        }
        Kind::Number => "number",
        Kind::Flag => "boolean",
    };
    let mut field = json!({ "name": column.name, "type": kind, "description": column.about });
    if !column.unit.is_empty() {
        field["unit"] = column.unit.into();
    }
    if !constraints.is_empty() {
        field["constraints"] = constraints.into();
    }
    field
}
