//! quanteda's YAML dictionaries (Lexicoder, `dictionary(file = "x.yml")`): keys over keys over phrases, `*` for any ending.

use std::fmt::Write;

use yaml_rust2::{Yaml, YamlLoader};

use super::export::phrases;
use super::{Dictionary, plain_phrase, role_and_name};
use crate::lexicon::{FlatEntry, Lexicon};
use crate::role::Role;

/// Label, category, entry, phrases. Returns how many sequences are left out, too.
pub(super) fn write(lexicon: &Lexicon, flat: &[FlatEntry]) -> (String, usize) {
    let (mut out, mut left_out) = (String::new(), 0);
    for role in Role::ALL {
        let own = || {
            flat.iter()
                .filter(|entry| lexicon.entries()[entry.entry].role == role)
        };
        let mut categories: Vec<&str> = own()
            .map(|entry| lexicon.entries()[entry.entry].category.as_str())
            .collect();
        categories.sort_unstable();
        categories.dedup();
        let _ = writeln!(out, "{role}:");
        for category in categories {
            let _ = writeln!(out, "  {}:", quoted(category));
            for entry in own().filter(|entry| lexicon.entries()[entry.entry].category == category) {
                let mut all = Vec::new();
                for sequence in &entry.sequences {
                    match phrases(sequence) {
                        Some(phrases) => all.extend(phrases),
                        None => left_out += 1,
                    }
                }
                all.sort();
                all.dedup();
                if all.is_empty() {
                    continue;
                }
                let _ = writeln!(out, "    {}:", quoted(&lexicon.entries()[entry.entry].id));
                for phrase in all {
                    let _ = writeln!(out, "      - {}", quoted(&phrase));
                }
            }
        }
    }
    (out, left_out)
}

/// A double-quoted scalar: always text, whatever it holds (*no*, *1.0*, *&*).
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// # Errors
///
/// What is wrong with the YAML.
pub(super) fn read(text: &str) -> Result<Dictionary, String> {
    let documents = YamlLoader::load_from_str(text).map_err(|error| error.to_string())?;
    let mut dictionary = Dictionary::default();
    for document in &documents {
        walk(document, &mut Vec::new(), &mut dictionary);
    }
    Ok(dictionary)
}

fn walk(yaml: &Yaml, path: &mut Vec<String>, dictionary: &mut Dictionary) {
    match yaml {
        Yaml::Hash(keys) => {
            for (key, below) in keys {
                path.push(scalar(key));
                walk(below, path, dictionary);
                path.pop();
            }
        }
        Yaml::Array(values) => values
            .iter()
            .for_each(|value| walk(value, path, dictionary)),
        Yaml::Null | Yaml::BadValue => {}
        value => add(&scalar(value), path, dictionary),
    }
}

fn add(text: &str, path: &[String], dictionary: &mut Dictionary) {
    let name = path.last().map_or("imported", String::as_str);
    let Some(phrase) = plain_phrase(text) else {
        dictionary.notes.push(format!(
            "{name}: \"{text}\" is left out: no pattern can say it"
        ));
        return;
    };
    let (mut role, mut item) = role_and_name(name);
    if role.is_none() {
        role = path.iter().find_map(|key| role_and_name(key).0);
        item = name;
    }
    let category = if path.len() > 2 {
        path[path.len() - 2].as_str()
    } else {
        "imported"
    };
    dictionary.add(role, category, item, phrase);
}

fn scalar(yaml: &Yaml) -> String {
    match yaml {
        Yaml::String(text) | Yaml::Real(text) => text.clone(),
        Yaml::Integer(number) => number.to_string(),
        Yaml::Boolean(truth) => truth.to_string(),
        _ => String::new(),
    }
}
