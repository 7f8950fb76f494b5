//! What holds for any bytes.

use std::path::Path;

use proptest::prelude::*;
use tempfile::TempDir;

use super::{file, finish_all, read};
use crate::error::Severity;
use crate::input::{InputOptions, Part};

/// One line per record: enough to tell two runs apart.
fn lines_of(path: &Path, options: InputOptions, batch: usize) -> Vec<String> {
    let all = finish_all(&[path.to_path_buf()], options, batch).unwrap();
    all.iter()
        .map(|f| format!("{:06} {:?} {:?}", f.ordinal, f.document, f.problems))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_bytes_end_as_documents_or_errors(
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..300),
            "[a,\"\\n\\r<>/p&;#é{}:\\[\\]]{0,200}".prop_map(String::into_bytes),
        ],
        name in prop::sample::select(vec!["x.csv", "x.tsv", "x.jsonl", "x.json", "x.txt", "x.md", "x.html", "x.any", "x.csv.gz"]),
        batch in 1usize..200,
    ) {
        let folder = TempDir::new().unwrap();
        let bytes = if name.ends_with("csv") { [b"id,text\n", bytes.as_slice()].concat() } else { bytes };
        let path = file(&folder, name, &bytes);
        let Ok(all) = finish_all(std::slice::from_ref(&path), InputOptions::default(), batch) else {
            return Ok(());
        };
        for (at, finished) in all.iter().enumerate() {
            prop_assert_eq!(finished.ordinal, at as u64);
            let errors = finished.problems.iter().filter(|p| p.severity == Severity::Error).count();
            let remark = finished.document.is_none() && finished.problems.iter().all(|p| p.severity == Severity::Warning);
            prop_assert_eq!(errors, usize::from(finished.document.is_none() && !remark));
            prop_assert!(!remark || finished.problems.len() == 1);
        }
        let whole = lines_of(&path, InputOptions::default(), 1 << 20);
        prop_assert_eq!(&lines_of(&path, InputOptions::default(), batch), &whole);
        let mut parts: Vec<String> = (1..=3).flat_map(|number| {
            let part = Some(Part { number, of: 3 });
            lines_of(&path, InputOptions { part, ..InputOptions::default() }, batch)
        }).collect();
        parts.sort();
        prop_assert_eq!(parts, whole);
    }

    #[test]
    fn a_csv_that_the_csv_crate_wrote_is_read_row_by_row(texts in prop::collection::vec("[a-z,\"\\n ]{0,30}", 1..20)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["id", "text"]).unwrap();
        for (at, text) in texts.iter().enumerate() {
            writer.write_record([&at.to_string(), text]).unwrap();
        }
        let read = read("t.csv", &writer.into_inner().unwrap());
        prop_assert_eq!(read.texts(), texts.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
