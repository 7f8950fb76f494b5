//! `docs/formats.md` says what the tables' schemas say; `UPDATE=1 cargo test --test it formats` rewrites it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use rolecall::report::schema::{Kind, Schema};
use rolecall::report::{Asks, OUTPUTS, STREAMED};

use crate::util::{corpus, run, stderr};

const BEGIN: &str = "<!-- tables: made from the schemas in src/report -->\n";
const END: &str = "<!-- end of tables -->\n";

/// The section of one table.
fn section(schema: &Schema) -> String {
    let mut out = format!("## {}.csv\n\n{}", schema.name, schema.about);
    if !schema.key.is_empty() {
        let _ = write!(out, " Key: {}.", names(schema.key));
    }
    for reference in schema.references {
        let (columns, table) = (names(reference.columns), reference.table);
        let _ = write!(out, " {columns}: key of `{table}.csv`.");
    }
    out.push_str("\n\n| column | holds | meaning |\n| --- | --- | --- |\n");
    for column in schema.columns {
        let (name, about) = (column.name, column.about);
        let holds = match column.kind {
            Kind::Text => "text".into(),
            Kind::Word(words) => names(words),
            Kind::Count => "whole number".into(),
            Kind::Share => "0 to 1".into(),
            Kind::Number => "number".into(),
            Kind::Flag => names(&["true", "false"]),
        };
        let unit = match column.unit {
            "" => String::new(),
            unit => format!(" of {unit}"),
        };
        let _ = writeln!(out, "| `{name}` | {holds}{unit} | {about} |");
    }
    out
}

fn names(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

#[test]
fn every_column_is_described() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("the mark where tables begin");
    let (described, after) = rest.split_once(END).expect("the mark where tables end");
    let sections: Vec<String> = OUTPUTS
        .iter()
        .filter_map(|output| output.schema().map(section))
        .collect();
    let wanted = format!("\n{}\n", sections.join("\n"));
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{wanted}{END}{after}")).unwrap();
        return;
    }
    assert!(
        described == wanted,
        "docs/formats.md differs from the schemas; run: UPDATE=1 cargo test --test it formats"
    );
}

#[test]
fn files_have_the_headers_of_their_schemas() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let everything = "analyze - --input-format csv --quiet --bootstrap --dedup --sensitivity --group-by country --out";
    let args: Vec<&str> = everything.split(' ').chain(out.to_str()).collect();
    let output = run(&args, &corpus(400));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    for (at, output) in OUTPUTS.iter().enumerate() {
        let Some(schema) = output.schema() else {
            continue;
        };
        // Documents must be coded for it.
        if output.asks == Asks::Coded {
            continue;
        }
        let mut reader = csv::Reader::from_path(out.join(output.file)).unwrap();
        let header: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
        let mut wanted: Vec<&str> = schema.columns.iter().map(|column| column.name).collect();
        wanted.extend((output.name == "documents").then_some("country"));
        assert_eq!(header, wanted, "{}", output.file);
        // Nothing sets these postings apart and no cell rests on one entry: there the header is all.
        if output.asks == Asks::Nothing && at >= STREAMED && output.name != "examples" {
            assert!(reader.records().count() > 0, "{}", output.file);
        }
    }
}
