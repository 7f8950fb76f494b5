//! One document in every format: the same sentences and tags.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use crate::util::{rolecall, rows};

pub(crate) const MARKDOWN: &str = "# Roles\n\nThe product manager owns the roadmap & the vision. The project manager tracks the budget.\n\nThe program manager:\n\n- coordinates several projects\n- reports risks\n\n| Product | Project |\n| --- | --- |\n| sets the product vision | plans the project schedule |\n\nBoth talk to each other.\n";

const HTML: &str = "<html><head><title>x</title></head><body><nav>Home</nav><h1>Roles</h1>\
    <p>The product manager owns the <b>roadmap</b> &amp; the vision. The project manager tracks the budget.</p>\
    <p>The program manager:</p><ul><li>coordinates several projects</li><li>reports risks</li></ul>\
    <table><tr><th>Product</th><th>Project</th></tr><tr><td><p>sets the product vision</p></td><td>plans the project schedule</td></tr></table>\
    <p>Both talk to each other.</p></body></html>";

const TEXT: &str = "Roles\n\nThe product manager owns the roadmap & the vision. The project manager tracks the budget.\n\nThe program manager:\n\n- coordinates several projects\n- reports risks\n\nProduct\tProject\nsets the product vision\tplans the project schedule\n\nBoth talk to each other.\n";

/// A ZIP archive of these members.
pub(crate) fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A paragraph in two runs, cut in the middle of a word.
fn paragraph(properties: &str, text: &str) -> String {
    let (one, other) = text.split_at(text.len() / 2);
    let run = |text: &str| {
        format!(
            "<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>",
            escaped(text)
        )
    };
    format!(
        "<w:p><w:pPr>{properties}</w:pPr>{}{}</w:p>",
        run(one),
        run(other)
    )
}

pub(crate) fn word() -> Vec<u8> {
    let item = |text| {
        paragraph(
            "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>",
            text,
        )
    };
    let cell = |text| format!("<w:tc>{}</w:tc>", paragraph("", text));
    let body = [
        paragraph("<w:outlineLvl w:val=\"0\"/>", "Roles"),
        paragraph(
            "",
            "The product manager owns the roadmap & the vision. The project manager tracks the budget.",
        ),
        paragraph("", "The program manager:"),
        item("coordinates several projects"),
        item("reports risks"),
        format!(
            "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
            cell("Product"),
            cell("Project"),
            cell("sets the product vision"),
            cell("plans the project schedule")
        ),
        paragraph("", "Both talk to each other."),
    ];
    let document = format!(
        "<w:document><w:body>{}</w:body></w:document>",
        body.concat()
    );
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
    ])
}

pub(crate) fn workbook() -> Vec<u8> {
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(text));
    let sheet = format!(
        "<worksheet><sheetData><row>{}</row><row>{}</row></sheetData></worksheet>",
        cell("text"),
        cell(MARKDOWN)
    );
    let relations = "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"worksheets/one.xml\"/></Relationships>";
    let book = "<workbook><sheets><sheet name=\"One\" r:id=\"a\"/></sheets></workbook>";
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/one.xml", sheet.as_bytes()),
    ])
}

pub(crate) fn csv_of(text: &str) -> Vec<u8> {
    format!("text\n\"{}\"\n", text.replace('"', "\"\"")).into_bytes()
}

fn json_of(text: &str) -> Vec<u8> {
    serde_json::json!([{ "text": text }])
        .to_string()
        .into_bytes()
}

/// Text and tags of every sentence of one file.
fn sentences(folder: &Path, name: &str, bytes: &[u8]) -> Vec<(String, String)> {
    let (path, out) = (folder.join(name), folder.join("report"));
    fs::write(&path, bytes).unwrap();
    let mut command = rolecall();
    command.args([
        "analyze",
        "--as",
        "essay",
        "--quiet",
        "--overwrite",
        "--out",
    ]);
    let output = command.arg(&out).arg(&path).output().unwrap();
    assert!(
        output.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let rows = rows(&out.join("sentences.csv")).into_iter();
    rows.map(|row| (row["text"].clone(), row["tags"].clone()))
        .collect()
}

#[test]
fn one_document_gives_the_same_sentences_and_tags_in_every_format() {
    let place = tempfile::tempdir().unwrap();
    let expected = sentences(place.path(), "essay.md", MARKDOWN.as_bytes());
    assert_eq!(expected.len(), 11, "{expected:?}");
    assert!(
        expected.iter().filter(|(_, tags)| !tags.is_empty()).count() >= 5,
        "{expected:?}"
    );
    // In a field everything is content; in a page navigation is not.
    let field = HTML.replace("<nav>Home</nav>", "");
    let files = [
        ("essay.docx", word()),
        ("essay.html", HTML.into()),
        ("essay.txt", TEXT.into()),
        ("essays.xlsx", workbook()),
        ("markdown.csv", csv_of(MARKDOWN)),
        ("html.csv", csv_of(&field)),
        ("markdown.json", json_of(MARKDOWN)),
        ("html.json", json_of(&field)),
        ("essays.zip", zipped(&[("essay.docx", word().as_slice())])),
    ];
    for (name, bytes) in files {
        assert_eq!(sentences(place.path(), name, &bytes), expected, "{name}");
    }
}
