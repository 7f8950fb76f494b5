//! `--write-text DIR`: the text that all offsets refer to, one file per document.

use std::path::Path;

use crate::document::Document;
use crate::error::Error;

/// Bytes of an id that a file's name may take.
const LONGEST: usize = 100;

/// Writes a document's text into `folder`.
pub(super) fn write_text(folder: &Path, document: &Document) -> Result<(), Error> {
    let path = folder.join(file_name(&document.id));
    std::fs::write(&path, &document.text).map_err(|error| Error::output(path, error))
}

/// The id, where it can name a file on any system; else what of it can, and eight digits of its BLAKE3.
fn file_name(id: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let plain: String = id.chars().take(LONGEST).map(|c| if fits(c) { c } else { '_' }).collect();
    if plain == id && !id.starts_with('.') {
        return format!("{id}.txt");
    }
    let hash = blake3::hash(id.as_bytes()).to_hex();
    format!("{}-{}.txt", plain.trim_start_matches('.'), &hash[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_stay_in_the_folder_and_apart() {
        assert_eq!(file_name("job-1.b"), "job-1.b.txt");
        let names = ["a/b", "a:b", "../a", ".hidden", "é"].map(file_name);
        for (at, name) in names.iter().enumerate() {
            assert!(!name.contains(['/', ':']) && !name.starts_with('.'), "{name}");
            assert!(!names[..at].contains(name), "{name}");
        }
        assert!(file_name(&"x".repeat(5000)).len() < 150);
    }
}
