//! Which files are read: lists, links, and what learning platforms hand out.

use std::path::PathBuf;

use tempfile::TempDir;

use super::archives::zipped;
use super::{file, read_paths, usage};
use crate::input::InputOptions;

fn from(list: PathBuf) -> InputOptions {
    InputOptions {
        files_from: Some(list),
        ..InputOptions::default()
    }
}

#[test]
fn a_list_names_more_inputs_and_a_missing_one_is_an_error_row() {
    let folder = TempDir::new().unwrap();
    let one = file(&folder, "one.txt", b"One.");
    let two = file(&folder, "two.txt", b"Two.");
    file(&folder, "more/three.txt", b"Three.");
    let more = folder.path().join("more");
    let gone = folder.path().join("gone.txt");
    for end in ["\n", "\r\n", "\0"] {
        let names = [&two, &gone, &more].map(|path| path.display().to_string());
        let list = file(
            &folder,
            "list",
            names.map(|name| name + end).concat().as_bytes(),
        );
        let read = read_paths(std::slice::from_ref(&one), from(list)).unwrap();
        assert_eq!(read.texts(), ["One.", "Two.", "Three."]);
        assert_eq!(read.errors().len(), 1);
        assert_eq!(&*read.problems[0].origin.input, "gone.txt");
    }
    let message = usage(&[one], from(gone));
    assert!(message.starts_with("--files-from "), "{message}");
}

#[cfg(unix)]
#[test]
fn links_are_followed_only_if_asked_and_never_in_circles() {
    use std::os::unix::fs::symlink;
    let folder = TempDir::new().unwrap();
    let outside = file(&folder, "outside.txt", b"Outside.");
    file(&folder, "in/a/b.txt", b"Inside.");
    let inside = folder.path().join("in");
    symlink(&outside, inside.join("link.txt")).unwrap();
    symlink(&inside, inside.join("a/up")).unwrap();
    symlink("nowhere", inside.join("broken.txt")).unwrap();
    let named: Vec<PathBuf> = vec![inside.clone()];
    let read = read_paths(&named, InputOptions::default()).unwrap();
    assert_eq!(read.texts(), ["Inside."]);
    assert_eq!(read.warnings().len(), 3);
    let follow = InputOptions {
        follow_links: true,
        ..InputOptions::default()
    };
    let read = read_paths(&named, follow).unwrap();
    assert_eq!(read.texts(), ["Inside.", "Outside."]);
    let reasons: Vec<&str> = read.warnings().iter().map(|(_, reason)| *reason).collect();
    assert_eq!(reasons.len(), 2, "{reasons:?}");
    assert!(reasons[0].contains("it lies in"), "{reasons:?}");
}

#[test]
fn files_of_one_student_are_one_group() {
    let bytes = zipped(&[
        ("Ada Long_123_assignsubmission_file_/essay.md", "# Roles"),
        (
            "Ada Long_123_assignsubmission_onlinetext_/onlinetext.html",
            "<p>Text.",
        ),
        ("shortbo_LATE_48213_990018_essay.txt", "Text."),
        ("notes.txt", "Text."),
    ]);
    let folder = TempDir::new().unwrap();
    let read = read_paths(&[file(&folder, "all.zip", &bytes)], InputOptions::default()).unwrap();
    let students: Vec<&str> = read.documents.iter().map(|d| d.student.as_str()).collect();
    assert_eq!(students, ["Ada Long_123", "Ada Long_123", "", "48213"]);
}
