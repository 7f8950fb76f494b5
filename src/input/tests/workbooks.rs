//! XLSX and ODS: cells of every kind, several sheets, and what is made to do harm.

use tempfile::TempDir;

use super::archives::zipped;
use super::{Read, file, finish_all, read_paths, usage};
use crate::input::archive::Store;
use crate::input::{Format, InputOptions, Limits, workbook};

const CONTENT: (&str, &str) = ("[Content_Types].xml", "<Types/>");

/// An Excel workbook of these sheets: name, state and rows as XML.
pub(super) fn excel(sheets: &[(&str, &str, &str)], strings: &str) -> Vec<u8> {
    let numbered = || sheets.iter().enumerate();
    let list: String = numbered()
        .map(|(at, (name, state, _))| {
            format!("<sheet name=\"{name}\" sheetId=\"{at}\" state=\"{state}\" r:id=\"s{at}\"/>")
        })
        .collect();
    let relations: String = numbered()
        .map(|(at, _)| format!("<Relationship Id=\"s{at}\" Type=\"x/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"))
        .collect();
    let mut parts = vec![
        (CONTENT.0.to_string(), CONTENT.1.to_string()),
        ("_rels/.rels".into(), "<Relationships><Relationship Id=\"r\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>".into()),
        ("xl/workbook.xml".into(), format!("<workbook><sheets>{list}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels".into(), format!("<Relationships>{relations}</Relationships>")),
        ("xl/sharedStrings.xml".into(), format!("<sst uniqueCount=\"999999999999\">{strings}</sst>")),
        ("xl/styles.xml".into(), "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>".into()),
    ];
    parts.extend(numbered().map(|(at, (_, _, rows))| {
        let name = format!("xl/worksheets/sheet{at}.xml");
        (
            name,
            format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        )
    }));
    let parts: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    zipped(&parts)
}

/// An OpenDocument spreadsheet of this content.
fn open_document(tables: &str) -> Vec<u8> {
    zipped_stored(&format!(
        "<office:document-content><office:spreadsheet>{tables}</office:spreadsheet></office:document-content>"
    ))
}

/// OpenDocument wants its kind first and not compressed.
fn zipped_stored(content: &str) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("mimetype", stored).unwrap();
    zip.write_all(b"application/vnd.oasis.opendocument.spreadsheet")
        .unwrap();
    zip.start_file(
        "content.xml",
        stored.compression_method(zip::CompressionMethod::Deflated),
    )
    .unwrap();
    zip.write_all(content.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

const STRINGS: &str = "<si><t>id</t></si><si><t>text</t></si><si><r><t xml:space=\"preserve\">Owns the </t></r><r><t>R&amp;D \"plan\".</t></r><rPh><t>no</t></rPh></si><si><t>posted</t></si>";
const ROWS: &str = "<row/><row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>3</v></c><c/></row>\
    <row r=\"4\"><c r=\"A4\"><v>17</v></c><c r=\"B4\" t=\"s\"><v>2</v></c><c r=\"C4\" s=\"1\"><v>45413</v></c></row>\
    <row r=\"5\"><c r=\"B5\" t=\"inlineStr\"><is><t>Two\nlines, one</t></is></c><c r=\"XFD5\"><v>1</v></c></row>";

fn kept() -> InputOptions {
    InputOptions {
        keep: vec!["posted".to_string()],
        ..InputOptions::default()
    }
}

fn read_as(name: &str, bytes: &[u8], options: InputOptions) -> Read {
    let folder = TempDir::new().unwrap();
    read_paths(&[file(&folder, name, bytes)], options).unwrap()
}

#[test]
fn rows_of_a_sheet_are_records_like_those_of_a_table() {
    let read = read_as(
        "jobs.xlsx",
        &excel(&[("Jobs", "visible", ROWS)], STRINGS),
        kept(),
    );
    assert_eq!(read.texts(), ["Owns the R&D \"plan\".", "Two\nlines, one"]);
    assert_eq!(read.ids(), ["17", "jobs.xlsx#2"]);
    assert_eq!(read.documents[0].kept, ["2024-05-01"]);
    let table = "<table:table table:name=\"Jobs\"><table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"1000\"/></table:table-row>\
        <table:table-row><table:table-cell><text:p>id</text:p></table:table-cell><table:table-cell><text:p>text</text:p></table:table-cell><table:table-cell><text:p>posted</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell office:value-type=\"float\" office:value=\"17\"><text:p>17,00</text:p></table:table-cell>\
        <table:table-cell><office:annotation><text:p>a remark</text:p></office:annotation><text:p>Owns the<text:s/><text:span>R&amp;D</text:span> \"plan\".</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"date\" office:date-value=\"2024-05-01\"><text:p>1. Mai</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell/><table:table-cell><text:p>Two</text:p><text:p>lines, one</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>\
        <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>";
    let open = read_as("jobs.ods", &open_document(table), kept());
    assert_eq!(open.texts(), read.texts());
    assert_eq!(open.ids(), ["17", "jobs.ods#2"]);
    assert_eq!(open.documents[0].kept, ["2024-05-01"]);
}

#[test]
fn sheets_without_a_text_are_passed_over_unless_all_are() {
    let notes = "<row><c t=\"inlineStr\"><is><t>Notes</t></is></c></row>";
    let book = excel(
        &[
            ("Info", "visible", notes),
            ("Jobs", "visible", ROWS),
            ("Old", "hidden", ROWS),
        ],
        STRINGS,
    );
    let read = read_as("jobs.xlsx", &book, InputOptions::default());
    assert_eq!(read.ids(), ["17", "jobs.xlsx/Jobs#2"]);
    assert_eq!(read.problems[0].origin.input.as_ref(), "jobs.xlsx/Info");
    assert!(read.problems[0].reason.contains("no text column"));
    let folder = TempDir::new().unwrap();
    let path = file(
        &folder,
        "notes.xlsx",
        &excel(&[("Info", "visible", notes)], ""),
    );
    let message = usage(&[path], InputOptions::default());
    assert!(
        message.contains("notes.xlsx has no text column"),
        "{message}"
    );
    let read = read_as(
        "empty.xlsx",
        &excel(&[("Jobs", "visible", "")], ""),
        InputOptions::default(),
    );
    assert!(read.errors()[0].1.contains("without cells"));
}

#[test]
fn workbooks_and_word_files_in_an_archive_are_read_in_place() {
    let inner = excel(&[("Jobs", "visible", ROWS)], STRINGS);
    let essay = super::docx::word("<w:p><w:r><w:t>Plans the work.</w:t></w:r></w:p>", false);
    let read = read_as(
        "all.zip",
        &zipped(&[("a/jobs.xlsx", inner), ("essay.docx", essay)]),
        InputOptions::default(),
    );
    assert_eq!(
        read.ids(),
        ["17", "all.zip/a/jobs.xlsx#2", "all.zip/essay.docx"]
    );
    assert_eq!(read.texts()[2], "Plans the work.\n");
}

#[test]
fn a_workbook_beyond_the_limits_is_an_error() {
    let few = |bytes: &[u8], format| {
        let limits = Limits {
            cells: 1000,
            record: 1 << 20,
            ratio: 5000,
            ..Limits::default()
        };
        workbook::read(format, Store::Memory(bytes.into()), &limits).unwrap_err()
    };
    let cells = "<row><c><v>1</v></c><c><v>2</v></c></row>".repeat(600);
    assert!(few(&excel(&[("a", "visible", &cells)], ""), Format::Xlsx).contains("--max-cells"));
    let long = format!("<si><t>{}</t></si>", "x".repeat(10_000));
    let shared = "<row><c t=\"s\"><v>0</v></c></row>".repeat(900);
    assert!(
        few(&excel(&[("a", "visible", &shared)], &long), Format::Xlsx).contains("--max-record")
    );
    let one_row = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(900));
    assert!(
        few(&excel(&[("a", "visible", &one_row)], &long), Format::Xlsx).contains("--max-record")
    );
    let bomb = "<row><c t=\"str\"><v>".to_string() + &" ".repeat(24 << 20) + "</v></c></row>";
    assert!(few(&excel(&[("a", "visible", &bomb)], ""), Format::Xlsx).contains("--max-unpacked"));
    let repeated = "<table:table><table:table-row table:number-rows-repeated=\"99999999\"><table:table-cell table:number-columns-repeated=\"900\"><text:p>x</text:p></table:table-cell></table:table-row></table:table>";
    assert!(few(&open_document(repeated), Format::Ods).contains("--max-cells"));
    let nested = "<c>".repeat(200_000) + &"</c>".repeat(200_000);
    assert!(few(&excel(&[("a", "visible", &nested)], ""), Format::Xlsx).contains("--max-cells"));
}

#[test]
fn a_flipped_byte_gives_rows_or_reasons() {
    let rows = (0..50).map(|n| format!("<row><c><v>{n}</v></c><c t=\"s\"><v>2</v></c></row>"));
    let rows = ROWS.to_string() + &rows.collect::<String>();
    let cells = (0..50).map(|n| {
        format!("<table:table-row><table:table-cell><text:p>{n}</text:p></table:table-cell><table:table-cell><text:p>Owns the plan.</text:p></table:table-cell></table:table-row>")
    });
    let head = "<table:table-row><table:table-cell><text:p>id</text:p></table:table-cell><table:table-cell><text:p>text</text:p></table:table-cell></table:table-row>";
    let table = format!(
        "<table:table table:name=\"Jobs\">{head}{}</table:table>",
        cells.collect::<String>()
    );
    let books = [
        ("in/bad.xlsx", excel(&[("Jobs", "visible", &rows)], STRINGS)),
        ("in/bad.ods", open_document(&table)),
    ];
    for (name, whole) in books {
        flipped(name, &whole);
    }
}

fn flipped(name: &str, whole: &[u8]) {
    let folder = TempDir::new().unwrap();
    let good = file(&folder, "good.txt", b"Good text.");
    for turn in 0..300usize {
        let mut bytes = whole.to_vec();
        let at = turn * 7919 % bytes.len();
        bytes[at] ^= 1 << (turn % 8);
        file(&folder, name, &bytes);
        let inputs = [folder.path().join("in"), good.clone()];
        let all = finish_all(&inputs, InputOptions::default(), 1 << 20).unwrap();
        assert!(all.len() > 1, "{name}: flip {turn}");
        assert_eq!(
            all.last().unwrap().document.as_ref().unwrap().text,
            "Good text."
        );
    }
}
