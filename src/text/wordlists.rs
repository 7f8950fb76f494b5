//! The words that segmentation knows: abbreviations, names, starters, headings; data, never code.

use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::error::{Error, LexiconError};
use crate::span::line_column;

/// What a word is known as: a set of the constants of this type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags(u32);

impl Flags {
    pub(super) const INNER: Flags = Flags(1);
    pub(super) const TITLE: Flags = Flags(1 << 1);
    pub(super) const NUMBER: Flags = Flags(1 << 2);
    pub(super) const NUMBER_INNER: Flags = Flags(1 << 3);
    pub(super) const ORGANISATION: Flags = Flags(1 << 4);
    pub(super) const UNIT: Flags = Flags(1 << 5);
    pub(super) const TIME: Flags = Flags(1 << 6);
    pub(super) const MONTH: Flags = Flags(1 << 7);
    pub(super) const LETTERED: Flags = Flags(1 << 8);
    pub(super) const TIME_OPENER: Flags = Flags(1 << 9);
    pub(super) const STARTER: Flags = Flags(1 << 10);
    pub(super) const HEAD: Flags = Flags(1 << 11);
    pub(super) const NAME_TAIL: Flags = Flags(1 << 12);
    pub(super) const FUNCTION: Flags = Flags(1 << 13);
    pub(super) const LEAD_IN: Flags = Flags(1 << 14);
    pub(super) const INTERNET: Flags = Flags(1 << 15);
    pub(super) const SCHEME: Flags = Flags(1 << 16);
    pub(super) const NAME_PREFIX: Flags = Flags(1 << 17);
    pub(super) const SECTION: Flags = Flags(1 << 18);
    pub(super) const REFERENCES: Flags = Flags(1 << 19);

    /// True where the word has at least one of `flags`.
    pub(super) fn any(self, flags: Flags) -> bool {
        self.0 & flags.0 != 0
    }

    pub(super) const fn or(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }
}

/// Longest word or heading that a list may hold, in bytes; longer text is in no list.
const LONGEST: usize = 63;

const BUILT_IN: [(&str, &str); 4] = [
    (
        "abbreviations.toml",
        include_str!("../../lexicons/segmentation/abbreviations.toml"),
    ),
    (
        "names.toml",
        include_str!("../../lexicons/segmentation/names.toml"),
    ),
    (
        "words.toml",
        include_str!("../../lexicons/segmentation/words.toml"),
    ),
    (
        "headings.toml",
        include_str!("../../lexicons/segmentation/headings.toml"),
    ),
];

/// One file: any of the lists, each optional.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct File {
    inner: Vec<String>,
    title: Vec<String>,
    number: Vec<String>,
    number_inner: Vec<String>,
    organisation: Vec<String>,
    unit: Vec<String>,
    time: Vec<String>,
    month: Vec<String>,
    lettered: Vec<String>,
    time_opener: Vec<String>,
    starter: Vec<String>,
    head: Vec<String>,
    name_tail: Vec<String>,
    function: Vec<String>,
    lead_in: Vec<String>,
    internet: Vec<String>,
    scheme: Vec<String>,
    name: Vec<String>,
    name_prefix: Vec<String>,
    section: Vec<String>,
    references: Vec<String>,
}

/// The word lists, read once and shared.
#[derive(Clone, Debug)]
pub struct Lists {
    words: FxHashMap<Box<[u8]>, Flags>,
    /// Of the words with given letters at their [`ends`]: bit n for a word of n bytes.
    lengths: Box<[u64; 1024]>,
    names: FxHashSet<Box<[u8]>>,
}

/// Index of the first and the last letter of a word, in any case; other characters are not told apart.
fn ends(word: &[u8]) -> usize {
    let letter = |byte: Option<&u8>| byte.map_or(0, |byte| byte & 31 & ((byte >> 6 & 1) * 31));
    usize::from(letter(word.first())) << 5 | usize::from(letter(word.last()))
}

impl Default for Lists {
    /// Without any word.
    fn default() -> Lists {
        Lists {
            words: FxHashMap::default(),
            lengths: Box::new([0; 1024]),
            names: FxHashSet::default(),
        }
    }
}

impl Lists {
    /// The lists of `lexicons/segmentation`.
    pub fn built_in() -> Lists {
        let mut lists = Lists::default();
        for (file, source) in BUILT_IN {
            lists
                .add(file, source)
                .expect("the built-in lists are read by every test");
        }
        lists
    }

    /// Adds the lists of one file, named `file` in errors: TOML, each key a list of words.
    ///
    /// # Errors
    /// [`Error::Lexicon`] where the file is no TOML, or has a key that is no list.
    pub fn add(&mut self, file: &str, source: &str) -> Result<(), Error> {
        let lists: File = toml::from_str(source).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let (line, column) = line_column(source, at);
            Error::Lexicon(vec![LexiconError {
                file: file.to_owned(),
                line,
                column,
                message: error.message().to_owned(),
            }])
        })?;
        for (words, flags) in lists.flagged() {
            for word in words {
                let key = word.to_lowercase().replace('\u{2019}', "'").into_bytes();
                self.lengths[ends(&key)] |= 1 << key.len().min(LONGEST);
                let known = self.words.entry(key.into_boxed_slice()).or_default();
                *known = known.or(flags);
            }
        }
        let names = lists.name.into_iter();
        self.names
            .extend(names.map(|name| name.into_bytes().into()));
        Ok(())
    }

    /// Adds every `.toml` file of `folder`, in order of name.
    ///
    /// # Errors
    /// [`Error::Usage`] where the folder cannot be read, [`Error::Lexicon`] where a file is wrong.
    pub fn add_folder(&mut self, folder: &Path) -> Result<(), Error> {
        let unreadable = |path: &Path, error: std::io::Error| {
            Error::Usage(format!("cannot read {}: {error}", path.display()))
        };
        let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
        let mut files = Vec::new();
        for entry in entries {
            let path = entry.map_err(|error| unreadable(folder, error))?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "toml")
            {
                files.push(path);
            }
        }
        files.sort();
        for path in files {
            let source =
                std::fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
            let name = path.file_name().unwrap_or(path.as_os_str());
            self.add(&name.to_string_lossy(), &source)?;
        }
        Ok(())
    }

    /// What `word` is known as, whatever its case; ASCII letters are folded, `’` is `'`.
    pub(super) fn flags(&self, word: &[u8]) -> Flags {
        // A curly apostrophe is three bytes, and no word of the lists is mostly made of them.
        if word.len() > 2 * LONGEST {
            return Flags::default();
        }
        let lengths = self.lengths[ends(word)];
        if (word.len() > LONGEST || lengths & 1 << word.len() == 0) && word.is_ascii() {
            return Flags::default();
        }
        let mut key = [0; LONGEST];
        let mut length = 0;
        let mut rest = word;
        while let [first, tail @ ..] = rest {
            let (byte, tail) = match rest {
                [0xE2, 0x80, 0x99, tail @ ..] => (b'\'', tail),
                _ => (first.to_ascii_lowercase(), tail),
            };
            if length == LONGEST {
                return Flags::default();
            }
            key[length] = byte;
            length += 1;
            rest = tail;
        }
        self.words.get(&key[..length]).copied().unwrap_or_default()
    }

    /// True for a name with a capital inside, or its plural.
    pub(super) fn is_name(&self, word: &[u8]) -> bool {
        let singular = word.strip_suffix(b"s").unwrap_or(word);
        self.names.contains(word) || self.names.contains(singular)
    }
}

impl File {
    fn flagged(&self) -> [(&[String], Flags); 20] {
        [
            (&self.inner, Flags::INNER),
            (&self.title, Flags::TITLE),
            (&self.number, Flags::NUMBER),
            (&self.number_inner, Flags::NUMBER_INNER),
            (&self.organisation, Flags::ORGANISATION),
            (&self.unit, Flags::UNIT),
            (&self.time, Flags::TIME),
            (&self.month, Flags::MONTH),
            (&self.lettered, Flags::LETTERED),
            (&self.time_opener, Flags::TIME_OPENER),
            (&self.starter, Flags::STARTER),
            (&self.head, Flags::HEAD),
            (&self.name_tail, Flags::NAME_TAIL),
            (&self.function, Flags::FUNCTION),
            (&self.lead_in, Flags::LEAD_IN),
            (&self.internet, Flags::INTERNET),
            (&self.scheme, Flags::SCHEME),
            (&self.name_prefix, Flags::NAME_PREFIX),
            (&self.section, Flags::SECTION),
            (&self.references, Flags::REFERENCES),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_apostrophes_do_not_count() {
        let lists = Lists::built_in();
        assert!(lists.flags(b"Inc").any(Flags::ORGANISATION));
        assert!(lists.flags("You\u{2019}ll".as_bytes()).any(Flags::STARTER));
        assert_eq!(lists.flags(&[b'a'; 500]), Flags::default());
        assert!(lists.is_name(b"MacBooks") && !lists.is_name(b"Macbook"));
    }

    #[test]
    fn a_wrong_file_is_an_error_with_its_place() {
        let mut lists = Lists::default();
        let error = lists
            .add("mine.toml", "head = [\"Mow\"]\nheads = []")
            .unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("mine.toml:2:1: unknown field"),
            "{error}"
        );
    }

    #[test]
    fn a_folder_adds_to_the_lists() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("b.toml"), "name = [\"PlantWise\"]").unwrap();
        std::fs::write(folder.path().join("notes.txt"), "not a list").unwrap();
        let mut lists = Lists::built_in();
        lists.add_folder(folder.path()).unwrap();
        assert!(lists.is_name(b"PlantWise"));
        assert!(lists.add_folder(&folder.path().join("none")).is_err());
    }
}
