//! The files of a lexicon, and how a byte of one becomes `file:line:column`.

use std::fs;
use std::path::Path;

use crate::error::{Error, LexiconError};
use crate::span::line_column;

/// The built-in files; a test compares the list with the folder.
const BUILTIN: [(&str, &str); 15] = [
    (
        "cues-attribution.toml",
        include_str!("../../lexicons/cues-attribution.toml"),
    ),
    ("cues.toml", include_str!("../../lexicons/cues.toml")),
    (
        "objects-product.toml",
        include_str!("../../lexicons/objects-product.toml"),
    ),
    (
        "objects-program.toml",
        include_str!("../../lexicons/objects-program.toml"),
    ),
    (
        "objects-project.toml",
        include_str!("../../lexicons/objects-project.toml"),
    ),
    ("product.toml", include_str!("../../lexicons/product.toml")),
    ("program.toml", include_str!("../../lexicons/program.toml")),
    ("project.toml", include_str!("../../lexicons/project.toml")),
    ("roles.toml", include_str!("../../lexicons/roles.toml")),
    ("sets.toml", include_str!("../../lexicons/sets.toml")),
    ("shared.toml", include_str!("../../lexicons/shared.toml")),
    (
        "spelling.toml",
        include_str!("../../lexicons/spelling.toml"),
    ),
    ("titles.toml", include_str!("../../lexicons/titles.toml")),
    ("words.toml", include_str!("../../lexicons/words.toml")),
    ("zones.toml", include_str!("../../lexicons/zones.toml")),
];

/// One file as read.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// File name, without its folder: what the content hash covers.
    pub(crate) name: String,
    /// What messages call the file: its path, or its name if built in.
    pub(crate) shown: String,
    /// The whole file.
    pub(crate) text: String,
    /// Folder it came from: 0 the lexicon itself, then the extensions in their order.
    pub(crate) layer: u32,
}

/// A byte of one of the files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Index of the source.
    pub(crate) file: u32,
    /// Byte offset in it.
    pub(crate) at: usize,
}

/// Something wrong at a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mistake {
    pub(crate) place: Place,
    pub(crate) message: String,
}

/// A string value with its place, which is that of the opening quote.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    pub(crate) value: String,
    pub(crate) place: Place,
}

/// The built-in files.
pub(crate) fn builtin() -> Vec<Source> {
    let source = |(name, text): &(&str, &str)| Source {
        name: (*name).to_owned(),
        shown: (*name).to_owned(),
        text: (*text).to_owned(),
        layer: 0,
    };
    BUILTIN.iter().map(source).collect()
}

/// The `.toml` files of `dir` in the order of their names.
pub(crate) fn read(dir: &Path, layer: u32) -> Result<Vec<Source>, Error> {
    let failed =
        |path: &Path, error| Error::Usage(format!("cannot read {}: {error}", path.display()));
    let mut paths = Vec::new();
    for found in fs::read_dir(dir).map_err(|error| failed(dir, error))? {
        let path = found.map_err(|error| failed(dir, error))?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() {
        let message = format!("{} holds no lexicon (no file *.toml)", dir.display());
        return Err(Error::Usage(message));
    }
    let mut sources = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).map_err(|error| failed(&path, error))?;
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let shown = path.display().to_string();
        sources.push(Source {
            name,
            shown,
            text,
            layer,
        });
    }
    Ok(sources)
}

/// BLAKE3 over names and contents, in hex; where the files came from does not count.
pub(crate) fn hash(sources: &[Source]) -> String {
    let mut hasher = blake3::Hasher::new();
    for source in sources {
        for part in [&source.name, &source.text] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
    }
    hasher.finalize().to_hex().to_string()
}

/// The mistakes in file order, each once.
pub(crate) fn located(sources: &[Source], mut mistakes: Vec<Mistake>) -> Vec<LexiconError> {
    mistakes.sort();
    mistakes.dedup();
    let locate = |mistake: Mistake| {
        let source = &sources[mistake.place.file as usize];
        let (line, column) = line_column(&source.text, mistake.place.at);
        LexiconError {
            file: source.shown.clone(),
            line,
            column,
            message: mistake.message,
        }
    };
    mistakes.into_iter().map(locate).collect()
}

/// `file:line` of a place, for messages that point at a second place.
pub(crate) fn shown(sources: &[Source], place: Place) -> String {
    let source = &sources[place.file as usize];
    let (line, _) = line_column(&source.text, place.at);
    format!("{}:{line}", source.shown)
}

impl Text {
    /// The place in the file of byte `at` of the value, quotes and escapes reckoned with.
    pub(crate) fn inside(&self, sources: &[Source], at: usize) -> Place {
        let source = &sources[self.place.file as usize].text;
        let raw = &source[self.place.at..];
        let basic = raw.starts_with('"');
        let mut offset = match raw.get(..3) {
            Some("\"\"\"" | "'''") => 3,
            _ => 1,
        };
        if offset == 3 {
            offset += raw[3..]
                .bytes()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count()
                .min(2);
        }
        for c in self.value[..at].chars() {
            let rest = &raw.as_bytes()[offset.min(raw.len())..];
            offset += match rest {
                [b'\\', b'u', ..] if basic => 6,
                [b'\\', b'U', ..] if basic => 10,
                [b'\\', b'x', ..] if basic => 4,
                [b'\\', ..] if basic => 2,
                _ => c.len_utf8(),
            };
        }
        Place {
            file: self.place.file,
            at: self.place.at + offset.min(raw.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_built_in_files_is_that_of_the_folder() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons");
        let names = |sources: Vec<Source>| -> Vec<String> {
            sources.into_iter().map(|source| source.name).collect()
        };
        let found = read(&dir, 0).expect("the folder is there");
        assert_eq!(hash(&found), hash(&builtin()));
        assert_eq!(names(found), names(builtin()));
    }

    #[test]
    fn escapes_do_not_shift_places() {
        let text = r#"a = "x\u0041\"b""#;
        let sources = [Source {
            name: "f".into(),
            shown: "f".into(),
            text: text.into(),
            layer: 0,
        }];
        let value = Text {
            value: "xA\"b".into(),
            place: Place { file: 0, at: 4 },
        };
        assert_eq!(
            value.inside(&sources, 3).at,
            text.find('b').expect("it is there")
        );
    }
}
