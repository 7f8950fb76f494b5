//! DOCX: every construct that Word writes, and damaged files.

use super::archives::zipped;
use crate::input::docx;
use crate::input::extract::Extracted;
use crate::input::{Format, Limits};

const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#;
const PARTS: &str = r#"<Relationships>
    <Relationship Id="r1" Type="http://x/styles" Target="styles.xml"/>
    <Relationship Id="r2" Type="http://x/numbering" Target="/word/numbering.xml"/>
    <Relationship Id="r3" Type="http://x/footnotes" Target="footnotes.xml"/>
    <Relationship Id="r4" Type="http://x/endnotes" Target="endnotes.xml"/>
    <Relationship Id="r5" Type="http://x/header" Target="header1.xml"/></Relationships>"#;
const STYLES: &str = r#"<w:styles>
    <w:style w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>
    <w:style w:styleId="Own"><w:name w:val="My heading"/><w:basedOn w:val="Kop1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
    <w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
    <w:style w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
    <w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
    <w:style w:styleId="Bullets"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style></w:styles>"#;
const NUMBERING: &str = r#"<w:numbering>
    <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
    <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#;
const FOOTNOTES: &str = r#"<w:footnotes><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
    <w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> A note.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
const ENDNOTES: &str = r#"<w:endnotes><w:endnote w:id="1"><w:p><w:r><w:t>At the end.</w:t></w:r></w:p></w:endnote></w:endnotes>"#;
const HEADER: &str = r#"<w:hdr><w:p><w:r><w:t>Anna B., 12345</w:t></w:r></w:p></w:hdr>"#;

/// A Word file with this body, and notes if asked for.
pub(super) fn word(body: &str, notes: bool) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    let mut parts = vec![
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", RELATIONS),
        ("word/_rels/document.xml.rels", PARTS),
        ("word/document.xml", &document),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        ("word/header1.xml", HEADER),
        (
            "docProps/core.xml",
            "<c><dc:creator>Anna B.</dc:creator><dc:title>Essay of Anna B.</dc:title></c>",
        ),
    ];
    if notes {
        parts.extend([
            ("word/footnotes.xml", FOOTNOTES),
            ("word/endnotes.xml", ENDNOTES),
        ]);
    }
    zipped(&parts)
}

fn extract(bytes: &[u8]) -> Result<Extracted, String> {
    docx::read(bytes, &Limits::default())
}

fn text(body: &str) -> String {
    extract(&word(body, false)).unwrap().text
}

/// A paragraph of one run, its properties before.
fn p(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn item(list: u32, text: &str) -> String {
    p(
        &format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{list}\"/></w:numPr>"),
        text,
    )
}

#[test]
fn runs_of_a_paragraph_become_one_line() {
    let cases = [
        (
            "<w:p><w:r><w:t>Owns the road</w:t></w:r><w:proofErr/><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">map </w:t></w:r><w:r><w:t>&amp; R&amp;D &lt;5&gt;.</w:t></w:r></w:p>",
            "Owns the roadmap & R&D <5>.\n",
        ),
        (
            "<w:p><w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:cr/><w:t>three</w:t></w:r></w:p>",
            "One\ntwo\nthree\n",
        ),
        (
            "<w:p><w:pPr><w:tabs><w:tab w:pos=\"1\"/></w:tabs></w:pPr><w:r><w:tab/><w:t>Product</w:t><w:tab/><w:t>Project</w:t></w:r></w:p>",
            "Product\tProject\n",
        ),
        (
            "<w:p><w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:softHyphen/><w:t>s</w:t></w:r></w:p>",
            "co-ops\n",
        ),
        (
            "<w:p><w:r><w:t xml:space=\"preserve\">Plans </w:t></w:r><w:del><w:r><w:delText>not </w:delText><w:t>gone</w:t></w:r></w:del><w:ins><w:r><w:t>all of it.</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>Moved.</w:t></w:r></w:moveFrom></w:p>",
            "Plans all of it.\n",
        ),
        (
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">One </w:t></w:r></w:p><w:p><w:r><w:t>line.</w:t></w:r></w:p><w:p><w:r><w:t>Next.</w:t></w:r></w:p>",
            "One line.\n\nNext.\n",
        ),
        (
            "<w:p><w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:hyperlink><w:r><w:t>A link</w:t></w:r></w:hyperlink><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:sdt><w:sdtContent><w:r><w:t>, a field.</w:t></w:r></w:sdtContent></w:sdt></w:p>",
            "A link, a field.\n",
        ),
        (
            "<w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>Shown.</w:t></w:r></w:p>",
            "Shown.\n",
        ),
        ("", ""),
    ];
    for (body, expected) in cases {
        assert_eq!(text(body), expected, "{body}");
    }
}

#[test]
fn headings_lists_and_bold_lines_become_marks() {
    let body = [
        p("<w:pStyle w:val=\"TOC1\"/>", "Roles 1"),
        p(
            "<w:pStyle w:val=\"Kop1\"/><w:numPr><w:numId w:val=\"1\"/></w:numPr>",
            "Roles",
        ),
        p("", "We:"),
        item(2, "plan"),
        item(2, "ship"),
        p("<w:pStyle w:val=\"Own\"/>", "Steps"),
        item(1, "first"),
        item(1, "second"),
        p("<w:pStyle w:val=\"Bullets\"/>", "styled"),
        p(
            "<w:pStyle w:val=\"Bullets\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>",
            "No item.",
        ),
        p(
            "<w:pStyle w:val=\"Loop\"/><w:outlineLvl w:val=\"9\"/>",
            "After.",
        ),
        "<w:p><w:r><w:rPr><w:rStyle w:val=\"Strong\"/></w:rPr><w:t>Skills</w:t></w:r></w:p>"
            .to_string(),
    ];
    let expected = "# Roles\n\nWe:\n\n• plan\n• ship\n\n## Steps\n\n1. first\n2. second\n• styled\n\nNo item.\n\nAfter.\n\n**Skills**\n";
    assert_eq!(text(&body.concat()), expected);
}

#[test]
fn tables_keep_their_columns() {
    let cell = |properties: &str, inner: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>")
    };
    let row = |properties: &str, cells: &[String]| {
        format!(
            "<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>",
            cells.concat()
        )
    };
    let table = |rows: &[String]| format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.concat());
    let plain = |text: &str| cell("", &p("", text));
    let body = [
        p("", "Before."),
        table(&[
            row(
                "<w:tblHeader/>",
                &[plain("Role"), plain("Work"), plain("Note")],
            ),
            row(
                "",
                &[
                    cell("<w:gridSpan w:val=\"2\"/>", &p("", "a|b")),
                    plain("wide"),
                ],
            ),
            row("<w:gridBefore w:val=\"1\"/>", &[plain("x"), plain("y")]),
        ]),
        p("", "Between."),
        table(&[row(
            "",
            &[cell(
                "",
                &(p("", "One.") + &table(&[row("", &[plain("in"), plain("ner")])])),
            )],
        )]),
    ];
    let expected = "Before.\n\n| Role | Work | Note |\n| --- | --- | --- |\n| a\\|b |  | wide |\n|  | x | y |\n\nBetween.\n\nOne.\n\n| in | ner |\n";
    assert_eq!(text(&body.concat()), expected);
}

#[test]
fn a_text_box_comes_once_and_notes_come_last() {
    let inner = p("", "In the box.");
    let body = format!(
        "<w:p><w:r><w:t xml:space=\"preserve\">Around </w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>it.</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:p>"
    );
    let found = extract(&word(&body, true)).unwrap();
    let expected =
        "In the box.\n\nAround it.\n\n**Footnotes**\n\nA note.\n\n**Endnotes**\n\nAt the end.\n";
    assert_eq!((found.text.as_str(), found.title.as_str()), (expected, ""));
    assert!(!format!("{found:?}").contains("Anna"));
}

#[test]
fn nesting_costs_no_more_than_length() {
    for element in [
        "w:p",
        "w:tbl><w:tr><w:tc",
        "w:txbxContent",
        "w:r",
        "w:ins",
        "w:del",
    ] {
        let names: Vec<&str> = element.split("><").collect();
        let closing: String = names
            .iter()
            .rev()
            .map(|name| format!("</{name}>"))
            .collect();
        let count = 200_000 / names.len();
        let body = format!("<{element}>").repeat(count) + &closing.repeat(count) + &p("", "End.");
        assert!(text(&body).ends_with("End.\n"), "{element}");
    }
}

#[test]
fn damaged_files_say_what_is_wrong() {
    let reason = |bytes: &[u8]| extract(bytes).unwrap_err();
    let whole = word(&p("", "Text."), false);
    assert!(reason(&whole[..whole.len() / 2]).contains("damaged ZIP"));
    assert!(reason(b"").contains("damaged ZIP"));
    assert!(reason(&word("<w:p>", false)).contains("is damaged or too large"));
    assert!(reason(&zipped(&[("word/styles.xml", "<a/>")])).contains("without its text"));
    let bomb = word(&p("", &" ".repeat(24 << 20)), false);
    assert!(bomb.len() < 1 << 20);
    assert!(reason(&bomb).contains("--max-ratio"), "{}", reason(&bomb));
    let bomb = docx::read(
        &bomb,
        &Limits {
            ratio: 5000,
            record: 4 << 20,
            ..Limits::default()
        },
    );
    assert!(bomb.unwrap_err().contains("--max-unpacked"));
    let long = word(&p("", &"owns it ".repeat(3 << 20)), false);
    let limits = Limits {
        ratio: 5000,
        ..Limits::default()
    };
    let reason = docx::read(&long, &limits).unwrap_err();
    assert!(reason.contains("a tag or text of more than"), "{reason}");
}

#[test]
fn a_flipped_byte_gives_a_text_or_a_reason() {
    let whole = word(
        &(p("", "Some text to read. ").repeat(30) + &item(1, "an item")),
        true,
    );
    let mut lost = 0;
    for turn in 0..300usize {
        let mut bytes = whole.clone();
        let at = turn * 7919 % bytes.len();
        bytes[at] ^= 1 << (turn % 8);
        match extract(&bytes) {
            Ok(found) => assert!(found.text.len() < 2000),
            Err(reason) => {
                assert!(!reason.is_empty());
                lost += 1;
            }
        }
    }
    assert!(lost > 30, "{lost}");
}

#[test]
fn a_word_file_is_told_by_its_content() {
    let bytes = word(&p("", "Plans the work."), false);
    for name in ["essay.docx", "essay.zip", "essay.txt", "essay"] {
        let read = super::read(name, &bytes);
        assert_eq!(read.texts(), ["Plans the work.\n"], "{name}");
        assert_eq!(read.ids(), [name]);
        assert_eq!(read.documents[0].title, "essay");
    }
    let read = super::read("essay.docx", b"Plain text.");
    assert!(read.errors()[0].1.contains("is called docx and is none"));
    assert!(Format::Docx.is_binary());
}
