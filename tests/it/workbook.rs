//! `report.xlsx`: what is text in the tables is text in the workbook.

#[cfg(feature = "xlsx")]
mod built_in {
    use std::fs;
    use std::io::Read;
    use std::path::Path;

    use crate::util::{run, stderr};

    /// Runs a command that must succeed.
    fn done(words: &[&str]) {
        let output = run(words, "");
        assert!(output.status.success(), "{}", stderr(&output));
    }

    /// The XML of all sheets.
    fn sheets(workbook: &Path) -> String {
        let mut book = zip::ZipArchive::new(fs::File::open(workbook).unwrap()).unwrap();
        let mut sheets = String::new();
        for at in 0..book.len() {
            let mut part = book.by_index(at).unwrap();
            if part.name().unwrap().starts_with("xl/worksheets/") {
                part.read_to_string(&mut sheets).unwrap();
            }
        }
        sheets
    }

    #[test]
    fn formulas_stay_text_and_a_report_made_again_has_the_same_workbook() {
        let place = tempfile::tempdir().unwrap();
        let path = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
        let evil = "=HYPERLINK(\"\"http://example.invalid\"\")";
        let text =
            format!("id,title,description\n\"{evil}\",+1+1,\"{evil}\nOwn the product roadmap.\"\n");
        let (input, bare, safe) = (path("postings.csv"), path("bare"), path("safe"));
        fs::write(&input, text).unwrap();
        done(&["analyze", &input, "--quiet", "--xlsx", "--out", &bare]);
        let workbook = Path::new(&bare).join("report.xlsx");
        let found = sheets(&workbook);
        assert!(
            !found.contains("<f>") && !found.contains("<f "),
            "a cell is a formula"
        );
        assert!(!found.contains("<hyperlink"), "a cell is a link");
        assert!(
            found.matches(">=HYPERLINK(").count() >= 3,
            "the text is there as text"
        );
        assert!(found.contains(">+1+1<") && found.contains("<v>1</v>"));
        assert!(found.contains("state=\"frozen\"") && found.contains("<autoFilter"));
        let first = fs::read(&workbook).unwrap();
        // Asked for later, and from guarded tables, it is the same.
        done(&["report", &bare, "--quiet"]);
        assert!(!workbook.exists(), "it was not asked for");
        done(&["report", &bare, "--quiet", "--xlsx"]);
        assert!(first == fs::read(&workbook).unwrap());
        done(&["verify", &bare, "--quiet"]);
        let guarded = ["--csv-safe", "--xlsx", "--quiet", "--out", &safe];
        done(&[&["analyze", input.as_str()], &guarded[..]].concat());
        assert!(first == fs::read(Path::new(&safe).join("report.xlsx")).unwrap());
    }
}

#[cfg(not(feature = "xlsx"))]
#[test]
fn without_the_feature_a_workbook_is_refused() {
    use crate::util::{run, stderr};

    for words in [
        &["analyze", "-", "--xlsx", "--out", "nowhere"][..],
        &["report", "nowhere", "--xlsx"],
    ] {
        let output = run(words, "");
        assert_eq!(output.status.code(), Some(2));
        let said = stderr(&output);
        assert!(said.contains("--features xlsx"), "{said}");
    }
}
