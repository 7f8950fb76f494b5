//! LIWC `.dic`: between two lines of `%` the numbers and names of the categories, then a term and its numbers per line.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::export::phrases;
use super::{Dictionary, plain_phrase, role_and_name};
use crate::lexicon::{FlatEntry, Lexicon};
use crate::role::Role;

/// Categories 1 to 4 are the labels, those from 101 the entries. Returns how many sequences are left out, too.
pub(super) fn write(lexicon: &Lexicon, flat: &[FlatEntry]) -> (String, usize) {
    let mut out = String::from("%\n");
    for role in Role::ALL {
        let _ = writeln!(out, "{}\t{role}", role as usize + 1);
    }
    let mut terms: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut left_out = 0;
    for entry in flat {
        let known = &lexicon.entries()[entry.entry];
        let number = entry.entry + 101;
        let _ = writeln!(out, "{number}\t{}", known.id);
        for sequence in &entry.sequences {
            let Some(phrases) = phrases(sequence) else {
                left_out += 1;
                continue;
            };
            for phrase in phrases {
                terms
                    .entry(phrase)
                    .or_default()
                    .extend([known.role as usize + 1, number]);
            }
        }
    }
    out.push_str("%\n");
    for (term, numbers) in terms {
        let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
        let _ = writeln!(out, "{term}\t{}", numbers.join("\t"));
    }
    (out, left_out)
}

/// # Errors
///
/// What is wrong, with the line.
pub(super) fn read(text: &str) -> Result<Dictionary, String> {
    let mut lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    if lines.next().is_none_or(|(_, line)| line.trim() != "%") {
        return Err("line 1: a .dic begins with a line of %".into());
    }
    let mut categories: BTreeMap<&str, &str> = BTreeMap::new();
    for (_, line) in lines.by_ref().take_while(|(_, line)| line.trim() != "%") {
        let mut parts = line.split_whitespace();
        if let (Some(number), Some(name)) = (parts.next(), parts.next()) {
            categories.insert(number, name);
        }
    }
    let mut dictionary = Dictionary::default();
    for (at, line) in lines {
        let mut parts = line
            .trim()
            .split('\t')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let term = parts.next().unwrap_or_default();
        let Some(phrase) = plain_phrase(term) else {
            dictionary.notes.push(format!(
                "line {}: \"{term}\" is left out: no pattern can say it",
                at + 1
            ));
            continue;
        };
        let mut names = Vec::new();
        for number in parts.flat_map(str::split_whitespace) {
            match categories.get(number) {
                Some(name) => names.push(*name),
                None => dictionary
                    .notes
                    .push(format!("line {}: there is no category {number}", at + 1)),
            }
        }
        // A label says nothing more where one of its entries is named, too.
        let all = names.clone();
        names.retain(|name| {
            !all.iter()
                .any(|other| other.starts_with(&format!("{name}.")))
        });
        for name in names {
            let (role, item) = role_and_name(name);
            dictionary.add(role, "imported", item, phrase.clone());
        }
    }
    Ok(dictionary)
}
