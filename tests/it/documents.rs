//! One document in every format: the same sentences and tags.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use crate::pdf::readers;
use crate::pdf_file::Pdf;
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
        // OpenDocument wants its kind as it is.
        let method = match *name {
            "mimetype" => zip::CompressionMethod::Stored,
            _ => zip::CompressionMethod::Deflated,
        };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
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

pub(crate) fn spreadsheet() -> Vec<u8> {
    let row = |text: &str| {
        let lines: Vec<String> = text.lines().map(escaped).collect();
        let lines = lines.join("</text:p><text:p>");
        format!(
            "<table:table-row><table:table-cell><text:p>{lines}</text:p></table:table-cell></table:table-row>"
        )
    };
    let content = format!(
        "<office:document-content><office:spreadsheet><table:table table:name=\"One\">{}{}</table:table></office:spreadsheet></office:document-content>",
        row("text"),
        row(MARKDOWN)
    );
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    zipped(&[("mimetype", kind), ("content.xml", content.as_bytes())])
}

pub(crate) fn csv_of(text: &str) -> Vec<u8> {
    format!("text\n\"{}\"\n", text.replace('"', "\"\"")).into_bytes()
}

/// Heading, list and table as a PDF shows them: by size, by marks, by columns.
fn pdf() -> Vec<u8> {
    Pdf::default()
        .page()
        .heading("Roles")
        .paragraph(
            30,
            "The product manager owns the roadmap & the vision. The project manager tracks the budget.",
        )
        .paragraph(60, "The program manager:")
        .item("\u{2022}", 60, "coordinates several projects")
        .item("\u{2022}", 60, "reports risks")
        .table(
            30,
            &[
                &["Product", "Project"],
                &["sets the product vision", "plans the project schedule"],
            ],
        )
        .paragraph(60, "Both talk to each other.")
        .bytes()
}

#[cfg(feature = "parquet")]
fn parquet() -> Vec<u8> {
    use arrow_array::{ArrayRef, RecordBatch, StringArray};
    let text: ArrayRef = std::sync::Arc::new(StringArray::from(vec![MARKDOWN]));
    let batch = RecordBatch::try_from_iter([("text", text)]).unwrap();
    let mut bytes = Vec::new();
    let mut writer =
        parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

fn json_of(text: &str) -> Vec<u8> {
    serde_json::json!([{ "text": text }])
        .to_string()
        .into_bytes()
}

/// Text and tags of every sentence of one file; PDFs are read by `reader`.
fn sentences(folder: &Path, name: &str, bytes: &[u8], reader: &str) -> Vec<(String, String)> {
    let (path, out) = (folder.join(name), folder.join("report"));
    fs::write(&path, bytes).unwrap();
    let mut command = rolecall();
    command.args([
        "analyze",
        "--as",
        "essay",
        "--quiet",
        "--overwrite",
        "--pdf",
        reader,
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
    let expected = sentences(place.path(), "essay.md", MARKDOWN.as_bytes(), "builtin");
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
        ("essays.ods", spreadsheet()),
        ("markdown.csv", csv_of(MARKDOWN)),
        ("html.csv", csv_of(&field)),
        ("markdown.json", json_of(MARKDOWN)),
        ("html.json", json_of(&field)),
        ("essays.zip", zipped(&[("essay.docx", word().as_slice())])),
    ];
    for (name, bytes) in files {
        let found = sentences(place.path(), name, &bytes, "builtin");
        assert_eq!(found, expected, "{name}");
    }
    for reader in readers() {
        let found = sentences(place.path(), "essay.pdf", &pdf(), reader);
        assert_eq!(found, expected, "{reader}");
    }
}

#[cfg(feature = "parquet")]
#[test]
fn a_document_in_parquet_gives_the_same_sentences_and_tags() {
    let place = tempfile::tempdir().unwrap();
    let of = |name, bytes: &[u8]| sentences(place.path(), name, bytes, "builtin");
    assert_eq!(
        of("essays.parquet", &parquet()),
        of("essay.md", MARKDOWN.as_bytes())
    );
}
