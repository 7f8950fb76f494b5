//! Values of a TOML document with their places, mistakes of type collected.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::source::{Mistake, Place, Text};

/// Reads values of one file.
pub(crate) struct Reader<'m> {
    pub(crate) file: u32,
    pub(crate) mistakes: &'m mut Vec<Mistake>,
}

/// A value and where it stands.
pub(crate) type Value<'i> = Spanned<DeValue<'i>>;

impl Reader<'_> {
    pub(crate) fn place(&self, at: usize) -> Place {
        Place {
            file: self.file,
            at,
        }
    }

    pub(crate) fn wrong(&mut self, at: usize, message: String) {
        let place = self.place(at);
        self.mistakes.push(Mistake { place, message });
    }

    pub(crate) fn known(&mut self, table: &DeTable<'_>, keys: &[&str], what: &str) {
        for key in table.keys() {
            let name: &str = key.get_ref();
            if !keys.contains(&name) {
                let message = format!(
                    "unknown key `{name}` in {what}; it may have {}",
                    keys.join(", ")
                );
                self.wrong(key.span().start, message);
            }
        }
    }

    pub(crate) fn text(&mut self, value: &Value<'_>) -> Option<Text> {
        let at = value.span().start;
        match value.get_ref() {
            DeValue::String(text) => Some(Text {
                value: text.to_string(),
                place: self.place(at),
            }),
            other => {
                let message = format!(
                    "a string is needed here, not a value of type {}",
                    other.type_str()
                );
                self.wrong(at, message);
                None
            }
        }
    }

    pub(crate) fn list(&mut self, value: &Value<'_>) -> Vec<Text> {
        match value.get_ref() {
            DeValue::Array(values) => values.iter().filter_map(|value| self.text(value)).collect(),
            other => {
                let message = format!(
                    "a list of strings is needed here, not a value of type {}",
                    other.type_str()
                );
                self.wrong(value.span().start, message);
                Vec::new()
            }
        }
    }

    pub(crate) fn strings(&mut self, table: &DeTable<'_>, key: &str) -> Vec<Text> {
        table
            .get(key)
            .map_or_else(Vec::new, |value| self.list(value))
    }

    pub(crate) fn string(&mut self, table: &DeTable<'_>, key: &str) -> Option<Text> {
        table.get(key).and_then(|value| self.text(value))
    }

    pub(crate) fn table<'t, 'i>(&mut self, value: &'t Value<'i>) -> Option<&'t DeTable<'i>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(table);
        }
        let message = format!(
            "a table is needed here, not a value of type {}",
            value.get_ref().type_str()
        );
        self.wrong(value.span().start, message);
        None
    }

    /// A table whose values are lists of strings, in file order.
    pub(crate) fn named_lists(&mut self, root: &DeTable<'_>, key: &str) -> Vec<(Text, Vec<Text>)> {
        let Some(table) = root.get(key).and_then(|value| self.table(value)) else {
            return Vec::new();
        };
        let mut lists = Vec::new();
        for (name, value) in table.iter() {
            let name = Text {
                value: name.get_ref().to_string(),
                place: self.place(name.span().start),
            };
            if matches!(value.get_ref(), DeValue::Array(values) if values.is_empty()) {
                self.wrong(name.place.at, format!("the list `{}` is empty", name.value));
            }
            lists.push((name, self.list(value)));
        }
        lists.sort_by_key(|(name, _)| name.place);
        lists
    }

    pub(crate) fn lists(&mut self, root: &DeTable<'_>, key: &str) -> Vec<Vec<Text>> {
        match root
            .get(key)
            .map(|value| (value.span().start, value.get_ref()))
        {
            None => Vec::new(),
            Some((_, DeValue::Array(values))) => {
                values.iter().map(|value| self.list(value)).collect()
            }
            Some((at, _)) => {
                self.wrong(at, format!("`{key}` must be a list of lists of strings"));
                Vec::new()
            }
        }
    }
}
