//! spaCy `EntityRuler` and `SpanRuler` patterns: one JSON object per line with `label`, `id` and a list of token patterns.

use serde_json::{Value, json};

use super::{Dictionary, Phrase, Slot, Word, is_of_word, plain_phrase, role_and_name};
use crate::lexicon::{FlatEntry, FlatWord, Lexicon};
use crate::role::Role;

/// Joins words of a compound; spaCy makes them tokens.
const JOINTS: [&str; 3] = ["-", "/", "&"];

/// The label is the role, the id the entry; alternatives, gaps and looked-through words are all carried.
pub(super) fn write(lexicon: &Lexicon, flat: &[FlatEntry]) -> String {
    let through: Vec<&str> = lexicon.look_through().chain(JOINTS).collect();
    let through = json!({ "LOWER": { "IN": through }, "OP": "*" });
    let mut out = String::new();
    for entry in flat {
        let known = &lexicon.entries()[entry.entry];
        for sequence in &entry.sequences {
            let mut tokens: Vec<Value> = Vec::new();
            for (at, word) in sequence.words.iter().enumerate() {
                if at > 0 {
                    tokens.push(through.clone());
                }
                // A gap ends at the marks that end a clause.
                let other = json!({ "TEXT": { "REGEX": "^[^;:.!?()\\[\\]]+$" }, "OP": "?" });
                tokens.extend(std::iter::repeat_n(other, word.gap.into()));
                tokens.push(token(word));
            }
            let line = json!({ "label": known.role.name(), "pattern": tokens, "id": known.id });
            out.push_str(&line.to_string());
            out.push('\n');
        }
    }
    out
}

fn token(word: &FlatWord) -> Value {
    match (word.forms.as_slice(), word.prefixes.as_slice()) {
        ([form], []) => json!({ "LOWER": form }),
        (forms, []) => json!({ "LOWER": { "IN": forms } }),
        (forms, prefixes) => {
            // Folded words hold letters, digits, apostrophes and full stops.
            let escaped = |word: &String| word.replace('.', "\\.");
            let beginnings = prefixes
                .iter()
                .map(|beginning| format!("{}.*", escaped(beginning)));
            let all: Vec<String> = forms.iter().map(escaped).chain(beginnings).collect();
            json!({ "LOWER": { "REGEX": format!("^({})$", all.join("|")) } })
        }
    }
}

/// # Errors
///
/// What is wrong, with the line.
pub(super) fn read(text: &str) -> Result<Dictionary, String> {
    let mut dictionary = Dictionary::default();
    for (at, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let wrong = |reason: String| format!("line {}: {reason}", at + 1);
        let object: Value = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
        let Some(label) = object["label"].as_str() else {
            return Err(wrong("there is no label".into()));
        };
        let phrase = match &object["pattern"] {
            Value::String(text) => {
                plain_phrase(text).ok_or_else(|| format!("\"{text}\": no pattern can say it"))
            }
            Value::Array(tokens) => tokens_phrase(tokens),
            _ => Err("there is no pattern".into()),
        };
        let phrase = match phrase {
            Ok(phrase) => phrase,
            Err(reason) => {
                dictionary.notes.push(wrong(format!("left out: {reason}")));
                continue;
            }
        };
        let id = object["id"].as_str().unwrap_or(label);
        let (mut role, mut name) = role_and_name(id);
        if role.is_none() {
            role = Role::from_name(&label.to_lowercase());
            name = id;
        }
        dictionary.add(role, "imported", name, phrase);
    }
    Ok(dictionary)
}

fn tokens_phrase(tokens: &[Value]) -> Result<Phrase, String> {
    let (mut phrase, mut gap) = (Phrase::new(), 0u8);
    for token in tokens {
        let optional = match token["OP"].as_str() {
            None | Some("1") => false,
            Some("?") => true,
            // What is looked through between words needs no pattern.
            Some("*") if words(token).is_ok() => continue,
            Some(op) => return Err(format!("the operator {op}")),
        };
        if optional && any_token(token) {
            gap = gap.saturating_add(1);
            continue;
        }
        let words = words(token)?;
        phrase.push(Slot {
            gap: std::mem::take(&mut gap),
            words,
            is_optional: optional,
        });
    }
    let edges = [phrase.first(), phrase.last()];
    if gap > 0
        || edges
            .iter()
            .any(|slot| slot.is_none_or(|slot| slot.gap > 0 && phrase.len() == 1))
    {
        return Err("a pattern cannot begin or end with a gap".into());
    }
    if phrase[0].gap > 0 {
        return Err("a pattern cannot begin with a gap".into());
    }
    Ok(phrase)
}

/// Whether any word would do: no condition, or one on marks only.
fn any_token(token: &Value) -> bool {
    let Some(keys) = token.as_object() else {
        return false;
    };
    let is_open = |key: &String| {
        key == "OP"
            || key.starts_with("IS_")
            || (key == "TEXT"
                && token["TEXT"]["REGEX"]
                    .as_str()
                    .is_some_and(|regex| regex.starts_with("^[^")))
    };
    keys.keys().all(is_open)
}

fn words(token: &Value) -> Result<Vec<Word>, String> {
    let keys: Vec<&String> = token
        .as_object()
        .into_iter()
        .flat_map(|keys| keys.keys())
        .filter(|key| *key != "OP")
        .collect();
    let [key] = keys.as_slice() else {
        return Err(format!("the token {token}"));
    };
    let make: fn(String) -> Word = match key.as_str() {
        "LOWER" | "TEXT" | "ORTH" | "NORM" => Word::Exact,
        "LEMMA" => Word::Lemma,
        _ => return Err(format!("the attribute {key}")),
    };
    let one = |text: &str| {
        let text = text.to_lowercase();
        let joint = JOINTS.contains(&text.as_str());
        (joint || text.chars().all(is_of_word))
            .then(|| make(text))
            .ok_or_else(|| format!("the token {token}"))
    };
    match &token[key.as_str()] {
        Value::String(text) => Ok(vec![one(text)?]),
        Value::Object(condition) => match (
            condition.get("IN"),
            condition.get("REGEX").and_then(Value::as_str),
        ) {
            (Some(Value::Array(all)), None) => all
                .iter()
                .map(|word| one(word.as_str().unwrap_or_default()))
                .collect(),
            (None, Some(regex)) => {
                alternatives(regex).ok_or_else(|| format!("the expression {regex}"))
            }
            _ => Err(format!("the token {token}")),
        },
        _ => Err(format!("the token {token}")),
    }
}

/// The words of `^(plan|prioriti.*)$`; no other expression is understood.
fn alternatives(regex: &str) -> Option<Vec<Word>> {
    let inner = regex.strip_prefix('^')?.trim_end_matches('$');
    let inner = inner
        .strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'))
        .unwrap_or(inner);
    let closed = regex.ends_with('$');
    let words = inner.split('|').map(|word| {
        let (bare, begins) = match word.strip_suffix(".*") {
            Some(bare) => (bare, true),
            None => (word, !closed),
        };
        let bare = bare.replace("\\.", ".").to_lowercase();
        let good = !bare.is_empty() && bare.chars().all(is_of_word);
        good.then_some({
            if begins {
                Word::Prefix(bare)
            } else {
                Word::Exact(bare)
            }
        })
    });
    words.collect()
}
