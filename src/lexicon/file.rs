//! TOML → the tables of one lexicon file, every mistake of form collected.

use toml::de::{DeTable, DeValue};

use super::source::{Mistake, Place, Source, Text};
use super::titles::OverrideLine;
use super::values::Reader;
use crate::role::{Role, RoleSet};

/// What one file holds.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) sets: Vec<(Text, Vec<Text>)>,
    pub(crate) tables: Vec<Table>,
    pub(crate) words: WordTables,
    pub(crate) employers: Vec<OverrideLine>,
    pub(crate) legal_forms: Vec<Text>,
}

/// The tables of `words.toml`.
#[derive(Debug, Default)]
pub(crate) struct WordTables {
    pub(crate) look_through: Vec<Text>,
    pub(crate) clause_words: Vec<Text>,
    pub(crate) invariable: Vec<Text>,
    pub(crate) spellings: Vec<Vec<Text>>,
    pub(crate) spelling_endings: Vec<Vec<Text>>,
    pub(crate) irregular: Vec<(Text, Vec<Text>)>,
}

/// What an `[[entry]]`, `[[cue]]` or `[[title]]` table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Entry,
    Cue,
    Title,
}

/// Such a table, the file's defaults worked in.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) kind: Kind,
    pub(crate) place: Place,
    pub(crate) id: Text,
    pub(crate) label: String,
    pub(crate) category: String,
    /// The label of an entry; the declared role of a title, `None` for `other`.
    pub(crate) role: Option<Role>,
    pub(crate) patterns: Vec<Text>,
    pub(crate) unless: Vec<Text>,
    pub(crate) unless_in_unit: Vec<Text>,
    pub(crate) only_in_unit: Vec<Text>,
    pub(crate) yields_to: RoleSet,
    pub(crate) weak: bool,
    pub(crate) sources: Vec<String>,
    pub(crate) note: String,
    pub(crate) matches: Vec<Text>,
    pub(crate) misses: Vec<Text>,
}

const TOP: [&str; 14] = [
    "role",
    "defaults",
    "sets",
    "entry",
    "cue",
    "title",
    "employer",
    "legal_forms",
    "look_through",
    "clause_words",
    "spellings",
    "spelling_endings",
    "invariable",
    "irregular",
];
const DEFAULTS: [&str; 7] = [
    "unless",
    "unless_in_unit",
    "only_in_unit",
    "yields_to",
    "strength",
    "category",
    "sources",
];
const ENTRY: [&str; 13] = [
    "id",
    "label",
    "category",
    "patterns",
    "unless",
    "unless_in_unit",
    "only_in_unit",
    "yields_to",
    "strength",
    "sources",
    "note",
    "matches",
    "misses",
];
const CUE: [&str; 8] = [
    "id",
    "patterns",
    "unless",
    "unless_in_unit",
    "only_in_unit",
    "note",
    "matches",
    "misses",
];
const TITLE: [&str; 8] = [
    "role",
    "patterns",
    "unless",
    "unless_in_unit",
    "only_in_unit",
    "note",
    "matches",
    "misses",
];

/// Reads `sources[file]`; mistakes are added to `mistakes`.
pub(crate) fn read(sources: &[Source], file: u32, mistakes: &mut Vec<Mistake>) -> Sheet {
    let (root, errors) = DeTable::parse_recoverable(&sources[file as usize].text);
    let mut reader = Reader { file, mistakes };
    for error in &errors {
        let at = error.span().map_or(0, |span| span.start);
        reader.wrong(at, error.message().to_owned());
    }
    if !errors.is_empty() {
        return Sheet::default();
    }
    let root = root.get_ref();
    reader.known(root, &TOP, "a lexicon file");
    Sheet {
        sets: reader.named_lists(root, "sets"),
        tables: reader.tables(root),
        words: reader.words(root),
        employers: reader.employers(root),
        legal_forms: reader.strings(root, "legal_forms"),
    }
}

impl Reader<'_> {
    fn words(&mut self, root: &DeTable<'_>) -> WordTables {
        WordTables {
            look_through: self.strings(root, "look_through"),
            clause_words: self.strings(root, "clause_words"),
            invariable: self.strings(root, "invariable"),
            spellings: self.lists(root, "spellings"),
            spelling_endings: self.lists(root, "spelling_endings"),
            irregular: self.named_lists(root, "irregular"),
        }
    }

    /// The `[employer."…"]` tables, in file order.
    fn employers(&mut self, root: &DeTable<'_>) -> Vec<OverrideLine> {
        let Some(employers) = root.get("employer").and_then(|value| self.table(value)) else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        for (employer, titles) in employers.iter() {
            for (title, role) in self.table(titles).into_iter().flat_map(DeTable::iter) {
                let at = title.span().start;
                let role = self.text(role);
                lines.push(OverrideLine {
                    employer: employer.get_ref().to_string(),
                    title: Text {
                        value: title.get_ref().to_string(),
                        place: self.place(at),
                    },
                    role: self.declared_role(role.as_ref(), at),
                });
            }
        }
        lines.sort_by_key(|line| line.title.place);
        lines
    }

    fn tables(&mut self, root: &DeTable<'_>) -> Vec<Table> {
        let empty = DeTable::new();
        let defaults = root
            .get("defaults")
            .and_then(|value| self.table(value))
            .unwrap_or(&empty);
        self.known(defaults, &DEFAULTS, "[defaults]");
        let file_role = self.string(root, "role").and_then(|text| self.role(&text));
        let mut tables = Vec::new();
        for (key, kind, keys) in [
            ("entry", Kind::Entry, &ENTRY[..]),
            ("cue", Kind::Cue, &CUE[..]),
            ("title", Kind::Title, &TITLE[..]),
        ] {
            let Some(value) = root.get(key) else { continue };
            let DeValue::Array(values) = value.get_ref() else {
                self.wrong(
                    value.span().start,
                    format!("write [[{key}]] with two brackets"),
                );
                continue;
            };
            if kind == Kind::Entry && !root.contains_key("role") {
                self.wrong(
                    value.span().start,
                    "a file with entries needs `role = \"…\"` at its head".into(),
                );
            }
            for value in values.iter() {
                let Some(table) = self.table(value) else {
                    continue;
                };
                self.known(table, keys, &format!("[[{key}]]"));
                let at = value.span().start;
                tables.push(self.one(
                    table,
                    if kind == Kind::Entry {
                        defaults
                    } else {
                        &empty
                    },
                    kind,
                    file_role,
                    at,
                ));
            }
        }
        tables.sort_by_key(|table| table.place);
        tables
    }

    fn one(
        &mut self,
        table: &DeTable<'_>,
        defaults: &DeTable<'_>,
        kind: Kind,
        file_role: Option<Role>,
        at: usize,
    ) -> Table {
        let both = |reader: &mut Self, key: &str| {
            let mut all = reader.strings(table, key);
            all.extend(reader.strings(defaults, key));
            all
        };
        let either = |reader: &mut Self, key: &str| match reader.string(table, key) {
            Some(text) => Some(text),
            None => reader.string(defaults, key),
        };
        let category = either(self, "category");
        let strength = either(self, "strength");
        let yields_to = both(self, "yields_to");
        let made = Table {
            kind,
            place: self.place(at),
            id: self.string(table, "id").unwrap_or_default(),
            label: self.string(table, "label").unwrap_or_default().value,
            category: category.unwrap_or_default().value,
            role: if kind == Kind::Title {
                self.title_role(table)
            } else {
                file_role
            },
            patterns: self.strings(table, "patterns"),
            unless: both(self, "unless"),
            unless_in_unit: both(self, "unless_in_unit"),
            only_in_unit: both(self, "only_in_unit"),
            yields_to: self.labels(
                &yields_to,
                if kind == Kind::Entry { file_role } else { None },
            ),
            weak: strength.is_some_and(|text| self.is_weak(&text)),
            sources: both(self, "sources")
                .into_iter()
                .map(|text| text.value)
                .collect(),
            note: self.string(table, "note").unwrap_or_default().value,
            matches: self.strings(table, "matches"),
            misses: self.strings(table, "misses"),
        };
        self.complete(&made, at);
        made
    }

    /// What every table of its kind must have.
    fn complete(&mut self, table: &Table, at: usize) {
        let required: &[(&str, bool)] = match table.kind {
            Kind::Entry => &[
                ("id", table.id.value.is_empty()),
                ("label", table.label.is_empty()),
                ("category", table.category.is_empty()),
                ("patterns", table.patterns.is_empty()),
                ("matches", table.matches.is_empty()),
            ],
            Kind::Cue => &[
                ("id", table.id.value.is_empty()),
                ("patterns", table.patterns.is_empty()),
            ],
            Kind::Title => &[("patterns", table.patterns.is_empty())],
        };
        let missing: Vec<&str> = required
            .iter()
            .filter(|(_, missing)| *missing)
            .map(|(key, _)| *key)
            .collect();
        if !missing.is_empty() {
            let name = if table.id.value.is_empty() {
                "this table"
            } else {
                &table.id.value
            };
            self.wrong(at, format!("{name} lacks {}", missing.join(", ")));
        }
    }

    fn role(&mut self, text: &Text) -> Option<Role> {
        let role = Role::from_name(&text.value);
        if role.is_none() {
            let message = format!(
                "`{}` is no label; use product, project, program or shared",
                text.value
            );
            self.wrong(text.place.at, message);
        }
        role
    }

    fn title_role(&mut self, table: &DeTable<'_>) -> Option<Role> {
        let text = self.string(table, "role");
        let key = table.keys().next().map_or(0, |key| key.span().start);
        self.declared_role(text.as_ref(), key)
    }

    /// The role of a title; `key` is the place to point at where there is no text.
    fn declared_role(&mut self, text: Option<&Text>, key: usize) -> Option<Role> {
        let role = text.and_then(|text| Role::from_name(&text.value));
        let known = role.is_some_and(|role| role != Role::Shared)
            || text.is_some_and(|text| text.value == "other");
        if !known {
            let at = text.map_or(key, |text| text.place.at);
            self.wrong(
                at,
                "a title needs `role`: product, project, program or other".into(),
            );
        }
        role
    }

    fn labels(&mut self, names: &[Text], own: Option<Role>) -> RoleSet {
        let mut labels = RoleSet::EMPTY;
        for name in names {
            if let Some(role) = self.role(name) {
                if Some(role) == own {
                    self.wrong(
                        name.place.at,
                        "an entry cannot yield to its own label".into(),
                    );
                }
                labels.insert(role);
            }
        }
        labels
    }

    fn is_weak(&mut self, text: &Text) -> bool {
        if !["strong", "weak"].contains(&text.value.as_str()) {
            let message = format!("`{}` is no strength; use strong or weak", text.value);
            self.wrong(text.place.at, message);
        }
        text.value == "weak"
    }
}
