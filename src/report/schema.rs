//! What a table is: its columns with types and units, and its keys.
//!
//! Each table's [`Schema`] stands beside the code that writes its rows. It gives the header of the
//! CSV file, the field descriptors of `datapackage.json` and the section of `docs/formats.md`.

/// A table that is written as `<name>.csv`.
#[derive(Debug)]
pub struct Schema {
    /// File name without extension, and the name used in `--outputs`.
    pub name: &'static str,
    /// What one row is, and what the table leaves out.
    pub about: &'static str,
    /// The columns in order.
    pub columns: &'static [Column],
    /// Columns that together name a row; none where rows have no name.
    pub key: &'static [&'static str],
    /// Columns that name rows of other tables.
    pub references: &'static [Reference],
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// What a number counts or measures, such as `documents` or `bytes`; else empty.
    pub unit: &'static str,
    /// Whether no cell is empty.
    pub required: bool,
    /// What it means: a definition, or the formula.
    pub about: &'static str,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A whole number from 0.
    Count,
    /// A number from 0 to 1 with six decimals.
    Share,
    /// Any number, with six decimals.
    Number,
    /// `true` or `false`.
    Flag,
}

/// Columns that hold the key of another table.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// The columns.
    pub columns: &'static [&'static str],
    /// The other table.
    pub table: &'static str,
    /// Its columns, in the same order.
    pub key: &'static [&'static str],
}

/// `document_id`, as most tables refer to documents.
pub const OF_DOCUMENT: Reference = Reference {
    columns: &["document_id"],
    table: "documents",
    key: &["document_id"],
};

/// `responsibility`, as most tables refer to lexicon entries.
pub const OF_RESPONSIBILITY: Reference = Reference {
    columns: &["responsibility"],
    table: "responsibilities",
    key: &["responsibility"],
};

/// `document_id` and `sentence`, as tables refer to units.
pub const OF_UNIT: Reference = Reference {
    columns: &["document_id", "sentence"],
    table: "sentences",
    key: &["document_id", "sentence"],
};

/// The names of the three roles.
pub const ROLES: &[&str] = &["product", "project", "program"];
/// The labels of the codebook.
pub const LABELS: &[&str] = &["product", "project", "program", "shared"];
/// What a title can declare.
pub const DECLARED: &[&str] = &["product", "project", "program", "mixed", "other"];
/// What a text can speak for.
pub const CONTENT: &[&str] = &["product", "project", "program", "mixed", "none"];

/// Parts of a posting.
pub const ZONES: &[&str] = &[
    "duties",
    "requirements",
    "about",
    "benefits",
    "legal",
    "application",
    "other",
];

impl Column {
    const fn new(name: &'static str, kind: Kind, about: &'static str) -> Column {
        Column {
            name,
            kind,
            unit: "",
            required: false,
            about,
        }
    }

    /// Text.
    pub const fn text(name: &'static str, about: &'static str) -> Column {
        Column::new(name, Kind::Text, about)
    }

    /// One of `words`.
    pub const fn word(
        name: &'static str,
        words: &'static [&'static str],
        about: &'static str,
    ) -> Column {
        Column::new(name, Kind::Word(words), about)
    }

    /// A whole number of `unit`.
    pub const fn count(name: &'static str, unit: &'static str, about: &'static str) -> Column {
        Column::new(name, Kind::Count, about).of(unit)
    }

    /// A number from 0 to 1.
    pub const fn share(name: &'static str, about: &'static str) -> Column {
        Column::new(name, Kind::Share, about)
    }

    /// Any number.
    pub const fn number(name: &'static str, about: &'static str) -> Column {
        Column::new(name, Kind::Number, about)
    }

    /// True or false.
    pub const fn flag(name: &'static str, about: &'static str) -> Column {
        Column::new(name, Kind::Flag, about)
    }

    /// The same column, measured in `unit`.
    pub const fn of(mut self, unit: &'static str) -> Column {
        self.unit = unit;
        self
    }

    /// The same column, never empty.
    pub const fn required(mut self) -> Column {
        self.required = true;
        self
    }
}
