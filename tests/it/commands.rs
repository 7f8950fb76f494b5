//! The commands from outside: exit codes, messages, standard input and output.

use std::fs;
use std::process::Stdio;

use crate::util::{rolecall, run, stderr};

#[test]
fn usage_errors_end_with_2_before_any_output() {
    let place = tempfile::tempdir().unwrap();
    let input = place.path().join("in.csv");
    fs::write(&input, "key,body\n1,Own the roadmap.\n").unwrap();
    let out = place.path().join("out");
    let (input, out_name) = (input.to_str().unwrap(), out.to_str().unwrap());
    let cases: [(&[&str], &str); 6] = [
        (&["--no-such-flag"], "--no-such-flag"),
        (&["--text", "nothing"], "key"),
        (&["--part", "3/2"], "--part 3/2"),
        (&["--outputs", "sentence"], "sentences"),
        (&["--zones", "duty"], "duties"),
        (&["--min-share", "7"], "--min-share 7"),
    ];
    for (args, expected) in cases {
        let output = rolecall()
            .args(["analyze", input, "--out", out_name])
            .args(args)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            stderr(&output).contains(expected),
            "{args:?}: {}",
            stderr(&output)
        );
        assert!(!out.exists(), "{args:?} left an output");
    }
}

#[test]
fn a_lexicon_error_names_file_line_and_column() {
    let place = tempfile::tempdir().unwrap();
    fs::write(
        place.path().join("mine.toml"),
        "role = \"product\"\n[[entry]]\nid = \"product.x\"\nlable = \"y\"\n",
    )
    .unwrap();
    let output = run(
        &[
            "lexicon",
            "check",
            "--extend",
            place.path().to_str().unwrap(),
        ],
        "",
    );
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("mine.toml:4:1"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn the_built_in_lexicon_has_no_mistakes() {
    let output = run(&["lexicon", "check"], "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn an_unwritable_output_ends_with_4() {
    let output = run(
        &[
            "analyze",
            "-",
            "--input-format",
            "csv",
            "--out",
            "/proc/rolecall",
        ],
        "id,text\n1,x\n",
    );
    assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
}

#[test]
fn a_foreign_folder_is_not_replaced() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("thesis.txt"), "precious").unwrap();
    let out = place.path().to_str().unwrap();
    let args = ["analyze", "-", "--input-format", "csv", "--out", out];
    let output = run(&args, "id,text\n1,x\n");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("--overwrite"),
        "{}",
        stderr(&output)
    );
    assert!(place.path().join("thesis.txt").exists());
}

#[test]
fn tag_writes_one_record_per_sentence() {
    let input = "{\"id\":\"a\",\"text\":\"Own the product roadmap. Have lunch.\",\"title\":\"Product Manager\"}\n";
    let output = run(&["tag"], input);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let records: Vec<serde_json::Value> = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    assert_eq!(records.len(), 2);
    assert_eq!(records[0]["tags"], serde_json::json!(["product"]));
    assert_eq!(records[0]["attributed_to"], serde_json::json!(["product"]));
    assert_eq!(records[1]["tags"], serde_json::json!([]));
    assert_eq!(
        (&records[0]["start"], &records[0]["end"]),
        (&0.into(), &24.into())
    );
}

#[test]
fn whole_takes_a_record_as_one_sentence() {
    let output = run(
        &["tag", "--whole"],
        "{\"id\":\"a\",\"text\":\"Own the product roadmap. Have lunch.\"}\n",
    );
    assert_eq!(
        output.stdout.iter().filter(|byte| **byte == b'\n').count(),
        1
    );
}

#[test]
fn a_bad_line_is_reported_and_the_rest_is_tagged() {
    let output = run(
        &["tag"],
        "{\"id\":\"a\",\"text\":\"Plan.\"}\nnot json\n{\"id\":\"b\",\"text\":\"Plan.\"}\n",
    );
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("#2"), "{}", stderr(&output));
    assert_eq!(
        output.stdout.iter().filter(|byte| **byte == b'\n').count(),
        2
    );
}

#[test]
fn a_closed_pipe_is_quiet() {
    let many: String = (0..20_000)
        .map(|at| format!("{{\"id\":\"{at}\",\"text\":\"Own the product roadmap.\"}}\n"))
        .collect();
    let mut child = rolecall()
        .arg("tag")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), many.as_bytes());
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (output.status.code(), stderr(&output)),
        (Some(0), String::new())
    );
}

#[test]
fn explain_gives_the_verdict_first() {
    let text = "Own the product roadmap. Set the product vision. Prioritise the product backlog.";
    let output = run(&["explain", text, "--title", "Project Manager"], "");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.starts_with("The title declares   project\nThe text describes   product\n"),
        "{said}"
    );
    assert!(said.contains("Sentences that point elsewhere"), "{said}");
    assert!(said.contains("^^^"), "{said}");
}

#[test]
fn a_lexicon_folder_may_add_words_of_segmentation() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("own.toml"), "[sets]\n").unwrap();
    let own = place.path().join("segmentation");
    fs::create_dir(&own).unwrap();
    fs::write(own.join("names.toml"), "name = [\"beetWise\"]\n").unwrap();
    let text = "We dig with beetWise every day.";
    let explain = |args: &[&str]| {
        rolecall()
            .args(["explain", text])
            .args(args)
            .output()
            .unwrap()
    };
    let shown = |args: &[&str]| String::from_utf8(explain(args).stdout).unwrap();
    assert!(shown(&[]).contains("rule glued-upper"));
    let extended = shown(&["--extend", place.path().to_str().unwrap()]);
    assert!(
        extended.contains(text) && !extended.contains("glued-upper"),
        "{extended}"
    );
    fs::write(own.join("names.toml"), "names = []\n").unwrap();
    let output = explain(&["--extend", place.path().to_str().unwrap()]);
    assert!(
        stderr(&output).contains("names.toml:1:1"),
        "{}",
        stderr(&output)
    );
}
