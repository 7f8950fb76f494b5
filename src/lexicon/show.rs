//! What `rolecall lexicon list` and `show` print.

use std::fmt::Write;

use super::build::Built;
use super::file::Table;
use super::source::{self, Text};
use super::{Cue, Entry, Lexicon};
use crate::role::Role;

/// The entries of the tables; each has a role, or building would have failed.
pub(crate) fn entries(built: &Built) -> Vec<Entry> {
    let entry = |table: &Table| Entry {
        id: table.id.value.clone(),
        label: table.label.clone(),
        category: table.category.clone(),
        role: table.role.unwrap_or(Role::Shared),
        weak: table.weak,
        sources: table.sources.clone(),
        note: table.note.clone(),
        patterns: values(&table.patterns),
    };
    built.entry_tables.iter().map(entry).collect()
}

/// The cues of the tables; several tables of one id make one cue.
pub(crate) fn cues(built: &Built) -> Vec<Cue> {
    let cue = |tables: &Vec<Table>| Cue {
        id: tables
            .first()
            .map_or_else(String::new, |table| table.id.value.clone()),
        patterns: tables
            .iter()
            .flat_map(|table| values(&table.patterns))
            .collect(),
    };
    built.cue_tables.iter().map(cue).collect()
}

fn values(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| text.value.clone()).collect()
}

impl Lexicon {
    /// The examples of an entry, an index into [`Lexicon::entries`]: units that it must match, and must not.
    pub fn examples(&self, entry: usize) -> [impl Iterator<Item = &str>; 2] {
        let table = &self.built.entry_tables[entry];
        [&table.matches, &table.misses].map(|texts| texts.iter().map(|text| text.value.as_str()))
    }

    /// One line per entry, tab-separated: id, role, category, strength, patterns (count), label.
    pub fn list(&self) -> String {
        let mut out = String::from("id\trole\tcategory\tstrength\tpatterns\tlabel\n");
        for entry in &self.entries {
            let Entry {
                id,
                role,
                category,
                label,
                ..
            } = entry;
            let strength = if entry.weak { "weak" } else { "strong" };
            let patterns = entry.patterns.len();
            let _ = writeln!(
                out,
                "{id}\t{role}\t{category}\t{strength}\t{patterns}\t{label}"
            );
        }
        out
    }

    /// All about the entry, cue or set of that name; `None` if there is none.
    pub fn show(&self, name: &str) -> Option<String> {
        let entries = self.built.entry_tables.iter().map(std::slice::from_ref);
        let cues = self.built.cue_tables.iter().map(Vec::as_slice);
        let tables = entries
            .chain(cues)
            .find(|tables| tables.iter().any(|table| table.id.value == name));
        if let Some(tables) = tables {
            return Some(tables.iter().map(|table| self.describe(table)).collect());
        }
        let members = self.built.sets.get(name.trim_start_matches('@'))?;
        let mut out = format!("set {}\n", name.trim_start_matches('@'));
        list(&mut out, "members", members);
        Some(out)
    }

    fn describe(&self, table: &Table) -> String {
        let mut out = format!("{}\n", table.id.value);
        let mut line = |key: &str, value: &str| {
            if !value.is_empty() {
                let _ = writeln!(out, "  {key}: {value}");
            }
        };
        line("label", &table.label);
        line("role", table.role.map_or("", Role::name));
        line("category", &table.category);
        line("strength", if table.weak { "weak" } else { "" });
        line("yields_to", &table.yields_to.to_string());
        line("sources", &table.sources.join(", "));
        line("note", &table.note);
        line("defined", &source::shown(&self.sources, table.place));
        for (key, texts) in [
            ("patterns", &table.patterns),
            ("unless", &table.unless),
            ("unless_in_unit", &table.unless_in_unit),
            ("only_in_unit", &table.only_in_unit),
            ("matches", &table.matches),
            ("misses", &table.misses),
        ] {
            list(&mut out, key, &values(texts));
        }
        out
    }
}

fn list(out: &mut String, key: &str, values: &[String]) {
    if !values.is_empty() {
        let _ = writeln!(out, "  {key}:\n    {}", values.join("\n    "));
    }
}
