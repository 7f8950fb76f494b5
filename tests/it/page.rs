//! `report.html`: its numbers are those of the tables, its text is only text, and it stays small.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use regex::Regex;

use crate::util::{corpus, rows, run, stderr};

type Row = BTreeMap<String, String>;

fn analyze(place: &Path, text: &str, more: &[&str]) -> String {
    let (input, out) = (place.join("postings.csv"), place.join("report"));
    fs::write(&input, text).unwrap();
    let arguments = [
        "analyze",
        input.to_str().unwrap(),
        "--quiet",
        "--out",
        out.to_str().unwrap(),
    ];
    let output = run(&[&arguments, more].concat(), "");
    assert!(output.status.success(), "{}", stderr(&output));
    fs::read_to_string(out.join("report.html")).unwrap_or_default()
}

/// The rows of a table of the page: the exact values of its cells, else their text.
fn table(page: &str, id: &str) -> Vec<Vec<String>> {
    let start = page
        .find(&format!("id=\"{id}\""))
        .expect("the table is there");
    let body = &page[start..start + page[start..].find("</table>").unwrap()];
    let cell = Regex::new(r#"(?s)<t[dh]([^>]*)>(.*?)</t[dh]>"#).unwrap();
    let value = Regex::new(r#"data-value="([^"]*)""#).unwrap();
    let tags = Regex::new("<[^>]*>").unwrap();
    let cells = |row: &str| {
        let cells = cell.captures_iter(row).map(|found| {
            let exact = value.captures(found.get(1).unwrap().as_str());
            exact.map_or_else(
                || tags.replace_all(&found[2], "").replace("&#39;", "'"),
                |exact| exact[1].to_owned(),
            )
        });
        cells.collect()
    };
    body.split("<tr>").skip(2).map(cells).collect()
}

fn columns(rows: &[Row], names: &[&str]) -> Vec<Vec<String>> {
    let cells = |row: &Row| names.iter().map(|name| row[*name].clone()).collect();
    rows.iter().map(cells).collect()
}

#[test]
fn every_number_is_that_of_the_tables() {
    let place = tempfile::tempdir().unwrap();
    let page = analyze(place.path(), &corpus(600), &[]);
    let read = |name: &str| rows(&place.path().join("report").join(name));
    let titled = |row: &mut Row| {
        let declared = row.get_mut("declared_role").unwrap();
        if declared.is_empty() {
            *declared = "untitled".into();
        }
    };

    let mut confusion = read("confusion.csv");
    confusion.retain(|row| row["row_total"] != "0");
    confusion.iter_mut().for_each(titled);
    let names = [
        "declared_role",
        "content_role",
        "documents",
        "row_total",
        "share",
        "ci_low",
    ];
    assert_eq!(table(&page, "table-confusion"), columns(&confusion, &names));

    let mut roles = read("roles.csv");
    roles.retain(|row| row["documents"] != "0");
    roles.iter_mut().for_each(titled);
    let names = [
        "declared_role",
        "documents",
        "counted_role_labelled",
        "share_product",
        "share_project",
        "share_program",
        "share_shared",
    ];
    assert_eq!(table(&page, "table-profiles"), columns(&roles, &names));
    for row in &roles[..3] {
        let share = format!(
            "<p class=\"share\" data-value=\"{}\">",
            row["role_confusion"]
        );
        assert!(page.contains(&share), "{share}");
    }

    let mut prevalence = read("prevalence.csv");
    prevalence.retain(|row| row["countable"] != "0");
    prevalence.iter_mut().for_each(titled);
    let names = [
        "declared_role",
        "label",
        "counted",
        "countable",
        "share",
        "ci_low",
        "corrected",
    ];
    assert_eq!(
        table(&page, "table-prevalence"),
        columns(&prevalence, &names)
    );

    let overlap = read("overlap.csv");
    let got: Vec<String> = table(&page, "table-overlap")
        .iter()
        .flat_map(|row| row[2..].to_vec())
        .collect();
    let levels = overlap.len() / 3;
    let want: Vec<String> = (0..overlap.len())
        .map(|at| overlap[at % 3 * levels + at / 3]["value"].clone())
        .collect();
    assert_eq!(got, want);
    // The counts beside a value are those that it is the ratio of.
    let ratio =
        Regex::new(r#"data-value="([^"]*)"><span class="id">([\d,]+) of ([\d,]+)</span>"#).unwrap();
    let number = |text: &str| text.replace(',', "").parse::<f64>().unwrap();
    let mut ratios = 0;
    for found in ratio.captures_iter(&page) {
        let [value, part, whole] = [1, 2, 3].map(|at| number(&found[at]));
        assert!((part / whole - value).abs() < 1e-6, "{}", &found[0]);
        ratios += 1;
    }
    let measured = overlap.iter().filter(|row| !row["both"].is_empty());
    assert_eq!(ratios, measured.count());

    let mut entries = read("responsibilities.csv");
    entries.retain(|row| row["documents"] != "0");
    entries.sort_by_key(|row| std::cmp::Reverse(row["documents"].parse::<u64>().unwrap()));
    let names = [
        "label",
        "category",
        "documents",
        "sentences",
        "rate_product",
        "rate_project",
        "rate_program",
    ];
    let mut got = table(&page, "table-responsibilities");
    got.iter_mut().for_each(|row| drop(row.remove(1)));
    assert_eq!(got, columns(&entries, &names));
}

#[test]
fn the_most_confused_documents_are_those_of_the_table() {
    let place = tempfile::tempdir().unwrap();
    let page = analyze(place.path(), &corpus(600), &[]);
    let documents = rows(&place.path().join("report/documents.csv"));
    let single = |role: &str| ["product", "project", "program"].contains(&role);
    let confused: BTreeMap<&str, &Row> = documents
        .iter()
        .filter(|row| {
            let (declared, content) = (row["declared_role"].as_str(), row["content_role"].as_str());
            single(declared) && single(content) && declared != content
        })
        .map(|row| (row["document_id"].as_str(), row))
        .collect();
    let case = Regex::new(
        r#"<details class="case" data-declared="(\w+)" data-content="(\w+)" data-rank="\d+" data-off="([^"]*)" data-id="([^"]*)">"#,
    )
    .unwrap();
    let shown: Vec<_> = case.captures_iter(&page).collect();
    assert!(shown.len() >= 3, "{} documents are shown", shown.len());
    assert!(page.contains(&format!("<b>{} of {}</b>", shown.len(), confused.len())));
    for found in shown {
        let row = confused[&found[4]];
        assert_eq!(&found[1], row["declared_role"]);
        assert_eq!(&found[2], row["content_role"]);
        assert_eq!(&found[3], row["off_role_share"]);
    }
}

#[test]
fn text_stays_text_and_the_page_stays_small() {
    let place = tempfile::tempdir().unwrap();
    let mut work = String::from("Interview customers and write user stories.\n");
    work.push_str("Prioritise the backlog by customer value.\nStudy the market and competitors.\n");
    for line in 0..80 {
        let end = "<&>''".repeat(150);
        work.push_str(&format!(
            "Own the product roadmap <script>alert(1)</script> {line} {end}\n"
        ));
    }
    let mut text = String::from("id,title,description\n");
    for at in 0..60 {
        let title = format!(
            "Project Manager <script>alert({at})</script>{}",
            "&".repeat(5_000)
        );
        text.push_str(&format!("\"{at}<img src=x>\",\"{title}\",\"{work}\"\n"));
    }
    let page = analyze(place.path(), &text, &["--markup", "text"]);
    assert_eq!(page.matches("<script>").count(), 1);
    assert!(!page.contains("<img"));
    assert!(
        page.contains("&#60;script&#62;alert(1)"),
        "the text is shown"
    );
    assert!(
        (900_000..2_000_000).contains(&page.len()),
        "{} bytes",
        page.len()
    );
}

#[test]
fn sections_without_a_table_are_left_out() {
    let place = tempfile::tempdir().unwrap();
    let page = analyze(place.path(), &corpus(60), &["--outputs", "confusion,page"]);
    assert!(page.contains("id=\"confusion\"") && !page.contains("id=\"documents\""));
    let none = tempfile::tempdir().unwrap();
    assert_eq!(
        analyze(none.path(), &corpus(60), &["--outputs", "confusion"]),
        ""
    );
}

#[test]
fn without_text_no_sentence_is_on_the_page() {
    let place = tempfile::tempdir().unwrap();
    let page = analyze(place.path(), &corpus(600), &["--no-text"]);
    assert!(page.contains("class=\"case\"") && !page.contains("prioritise the backlog."));
}

#[test]
fn checked_essays_have_a_page_that_keeps_names_to_itself() {
    let place = tempfile::tempdir().unwrap();
    let essays = place.path().join("essays");
    fs::create_dir(&essays).unwrap();
    let text = "Product managers allocate project resources. <script>alert(1)</script>\n";
    fs::write(essays.join("anna_berg.txt"), text).unwrap();
    let (out, map) = (place.path().join("out"), place.path().join("names.csv"));
    let arguments = [
        "check",
        essays.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--pseudonyms",
        map.to_str().unwrap(),
    ];
    let output = run(&arguments, "");
    assert!(output.status.success(), "{}", stderr(&output));
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("did the work of project management"));
    assert!(!page.contains("anna"), "the name is on the page");
    assert_eq!(page.matches("<script>").count(), 1);
}
