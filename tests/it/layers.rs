//! Data flows one way: which module may import which.

use std::fs;
use std::path::{Path, PathBuf};

/// Each module with those it may import from besides itself.
const LAYERS: [(&str, &[&str]); 13] = [
    ("span", &[]),
    ("role", &[]),
    ("document", &["span"]),
    ("error", &["document"]),
    ("input", &["document", "error", "span"]),
    ("text", &["document", "error", "span"]),
    ("lexicon", &["document", "error", "role", "span", "text"]),
    (
        "analyze",
        &["document", "error", "lexicon", "role", "span", "text"],
    ),
    ("aggregate", &["analyze", "document", "role"]),
    ("evaluate", &["aggregate", "role"]),
    ("exchange", &["lexicon", "role", "span"]),
    ("sample", &["aggregate", "evaluate", "role"]),
    (
        "suggest",
        &["aggregate", "document", "lexicon", "role", "span"],
    ),
];

fn sources(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries.flat_map(|path| sources(&path)).collect()
}

#[test]
fn modules_import_only_to_their_left() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (module, allowed) in LAYERS {
        let file = src.join(format!("{module}.rs"));
        let place = if file.exists() {
            file
        } else {
            src.join(module)
        };
        for path in sources(&place) {
            let text = fs::read_to_string(&path).unwrap();
            for line in text
                .lines()
                .filter(|line| line.trim_start().starts_with("use crate::"))
            {
                let imported = line.trim_start()["use crate::".len()..]
                    .split([':', ';', ' ', '{'])
                    .next()
                    .unwrap();
                if imported != module && !allowed.contains(&imported) {
                    wrong.push(format!("{}: {}", path.display(), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
