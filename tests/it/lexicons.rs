//! `lexicon suggest`, `diff`, `check --corpus`, `export` and `import`.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::util::{run, stderr};

/// A corpus in which program postings alone speak of vendor onboarding, each in words of its own.
fn corpus(place: &Path) -> String {
    let mut text = String::from("id,title,description\n");
    for at in 0..120 {
        let (title, body) = match at % 3 {
            0 => (
                "Product Manager",
                format!("Shape gadget number {at} for the north."),
            ),
            1 => (
                "Project Manager",
                format!("Look after crane number {at} on the site."),
            ),
            _ => (
                "Program Manager",
                format!("Coordinate vendor onboarding in region {at}."),
            ),
        };
        text += &format!("p{at},{title},\"{body}\nOwn the product roadmap.\"\n");
    }
    let path = place.join("postings.csv");
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_phrase_of_one_role_is_suggested_and_what_an_entry_covers_is_not() {
    let place = tempfile::tempdir().unwrap();
    let input = corpus(place.path());
    let output = run(&["lexicon", "suggest", &input, "--format", "csv"], "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = String::from_utf8(output.stdout).unwrap();
    let line = text
        .lines()
        .find(|line| line.contains("vendor onboarding"))
        .unwrap();
    assert!(
        line.starts_with("program,") && line.contains(",40,40,0,80,"),
        "{line}"
    );
    assert!(
        !text
            .lines()
            .any(|line| line.split(',').nth(1) == Some("product roadmap")),
        "{text}"
    );
    let again = run(
        &["lexicon", "suggest", &input, "--format", "csv", "-j1"],
        "",
    );
    assert_eq!(again.stdout, text.into_bytes());
}

#[test]
fn diff_shows_every_sentence_whose_tags_change() {
    let place = tempfile::tempdir().unwrap();
    let input = corpus(place.path());
    let (old, new) = (place.path().join("old"), place.path().join("new"));
    let entry = |label: &str, word: &str| {
        format!(
            "role = \"{label}\"\n[[entry]]\nid = \"{label}.x\"\nlabel = \"X\"\ncategory = \"c\"\npatterns = [\"{word}\"]\nmatches = [\"{word}\"]\n"
        )
    };
    for (folder, files) in [
        (&old, vec![("a.toml", entry("product", "roadmap"))]),
        (
            &new,
            vec![
                ("a.toml", entry("product", "roadmap")),
                ("b.toml", entry("program", "vendor onboarding")),
            ],
        ),
    ] {
        fs::create_dir(folder).unwrap();
        for (name, text) in files {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    let (old, new) = (old.to_str().unwrap(), new.to_str().unwrap());
    let output = run(&["lexicon", "diff", old, new, &input], "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(&output.stdout[..])
        .records()
        .map(Result::unwrap)
        .collect();
    assert_eq!(rows.len(), 40);
    assert!(
        rows.iter()
            .all(|row| (&row[2], &row[3], &row[5]) == ("", "program", "program.x"))
    );
    assert!(
        stderr(&output).contains("40  none -> program"),
        "{}",
        stderr(&output)
    );
    let same = run(&["lexicon", "diff", old, old, &input], "");
    assert_eq!(same.stdout.iter().filter(|byte| **byte == b'\n').count(), 1);
}

#[test]
fn check_tells_what_a_corpus_does_not_need() {
    let place = tempfile::tempdir().unwrap();
    let input = corpus(place.path());
    let lexicon = place.path().join("lexicon");
    fs::create_dir(&lexicon).unwrap();
    let entry = |id: &str, words: &str| {
        format!(
            "[[entry]]\nid = \"product.{id}\"\nlabel = \"X\"\ncategory = \"c\"\npatterns = [\"{words}\"]\nmatches = [\"{words}\"]\n"
        )
    };
    let file = [
        "role = \"product\"\n".into(),
        entry("wide", "product roadmap"),
        entry("narrow", "roadmap"),
        entry("idle", "zebra"),
    ];
    fs::write(lexicon.join("product.toml"), file.concat()).unwrap();
    fs::write(
        lexicon.join("cues.toml"),
        [
            "not_content",
            "role.product",
            "role.project",
            "role.program",
        ]
        .map(|id| {
            format!(
                "[[cue]]\nid = \"{id}\"\npatterns = [\"xyzzy {}\"]\n",
                id.replace(['.', '_'], " ")
            )
        })
        .concat(),
    )
    .unwrap();
    let args = [
        "--lexicon",
        lexicon.to_str().unwrap(),
        "lexicon",
        "check",
        "--corpus",
        &input,
    ];
    let output = run(&args, "");
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    for line in [
        "never found: product.idle",
        "shadowed: product.narrow by product.wide, in all its 120 units",
    ] {
        assert!(said.contains(line), "{line}: {said}{}", stderr(&output));
    }
}

/// Every pattern is an object that the import takes back, a file for each label.
#[test]
fn the_built_in_lexicon_is_exported_and_imported() {
    let place = tempfile::tempdir().unwrap();
    let output = run(&["lexicon", "export", "--format", "spacy"], "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("lose their guards"),
        "{}",
        stderr(&output)
    );
    let dictionary = place.path().join("patterns.jsonl");
    fs::write(&dictionary, &output.stdout).unwrap();
    for line in output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
    {
        let object: serde_json::Value = serde_json::from_slice(line).unwrap();
        assert!(
            object["pattern"]
                .as_array()
                .is_some_and(|tokens| !tokens.is_empty())
        );
    }
    let back = place.path().join("back");
    let args = [
        "lexicon",
        "import",
        dictionary.to_str().unwrap(),
        "--out",
        back.to_str().unwrap(),
    ];
    let imported = run(&args, "");
    assert_eq!(imported.status.code(), Some(0), "{}", stderr(&imported));
    assert_eq!(fs::read_dir(&back).unwrap().count(), 4);
    let unknown = run(
        &["lexicon", "import", "Cargo.toml", "--out", "target/never"],
        "",
    );
    assert_eq!(unknown.status.code(), Some(2));
}

/// What Python's own YAML reader and, where it is installed, spaCy make of the exports.
#[test]
fn other_tools_read_the_exports() {
    let place = tempfile::tempdir().unwrap();
    for (format, name) in [
        ("quanteda", "x.yml"),
        ("liwc", "x.dic"),
        ("spacy", "x.jsonl"),
    ] {
        let output = run(&["lexicon", "export", "--format", format], "");
        fs::write(place.path().join(name), output.stdout).unwrap();
    }
    let script = "tests/exports.py";
    match Command::new("python3")
        .arg(script)
        .arg(place.path())
        .output()
    {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(output.status.success(), "{said}{}", stderr(&output));
            eprint!("{said}");
        }
        Err(error) => eprintln!("skipped: python3: {error}"),
    }
}
