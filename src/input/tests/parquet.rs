//! Parquet: only the columns that are wanted are read, and damaged files are errors.

use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use tempfile::TempDir;

use super::{file, finish_all, read_paths, usage};
use crate::input::InputOptions;

fn table() -> Vec<u8> {
    let ids: ArrayRef = Arc::new(Int64Array::from(vec![Some(7), None, Some(9)]));
    let texts = vec![Some("Owns \"it\", all.\nYes."), Some("Ships it."), None];
    let texts: ArrayRef = Arc::new(StringArray::from(texts));
    let other: ArrayRef = Arc::new(StringArray::from(vec!["x"; 3]));
    let columns = [("other", other), ("description", texts), ("job_id", ids)];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn rows_are_records_like_those_of_a_table() {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "jobs.parquet", &table());
    let read = read_paths(std::slice::from_ref(&path), InputOptions::default()).unwrap();
    assert_eq!(read.texts(), ["Owns \"it\", all.\nYes.", "Ships it.", ""]);
    assert_eq!(read.ids(), ["7", "jobs.parquet#2", "9"]);
    let options = InputOptions {
        text: Some("body".to_string()),
        ..InputOptions::default()
    };
    let message = usage(&[path], options);
    assert!(message.contains("other, description, job_id"), "{message}");
}

#[test]
fn a_flipped_byte_costs_no_more_than_the_file() {
    let folder = TempDir::new().unwrap();
    let whole = table();
    let good = file(&folder, "good.txt", b"Good text.");
    std::fs::create_dir(folder.path().join("in")).unwrap();
    for turn in 0..300usize {
        let mut bytes = whole.clone();
        let at = turn * 7919 % bytes.len();
        bytes[at] ^= 1 << (turn % 8);
        file(&folder, "in/bad.parquet", &bytes);
        let inputs = [folder.path().join("in"), good.clone()];
        let all = finish_all(&inputs, InputOptions::default(), 1 << 20).unwrap();
        let last = all.last().unwrap().document.as_ref().unwrap();
        assert_eq!(last.text, "Good text.", "flip {turn}");
    }
}
