//! One JSON object → id, and → document.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::InputOptions;
use super::batch::{Draft, Lost};
use super::columns::{FIELDS, Field, position};
use super::decode::decode;
use crate::document::Genre;

/// The object's id, empty where it has none; `None` where the bytes are no object.
/// Reads no further into the object than needed, because it runs before the workers.
pub(super) fn id(bytes: &[u8], options: &InputOptions) -> Option<String> {
    let text = decode(bytes).ok()?.text;
    let mut json = serde_json::Deserializer::from_str(&text);
    let (names, values) = json.deserialize_map(IdKeys(options)).ok()?;
    let found = Field::Id.find(options, &names).ok().flatten();
    Some(
        found
            .and_then(|at| scalar(&values[at]))
            .unwrap_or_default()
            .trim()
            .to_string(),
    )
}

/// Collects the keys that may hold the id, with their values.
struct IdKeys<'a>(&'a InputOptions);

impl<'de> Visitor<'de> for IdKeys<'_> {
    type Value = (Vec<String>, Vec<Value>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut names, mut values) = (Vec::new(), Vec::new());
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            if matches!(Field::Id.find(self.0, &[&key]), Ok(Some(_))) {
                names.push(key.into_owned());
                values.push(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok((names, values))
    }
}

/// A string, number or truth value as text, `null` as nothing; `None` for lists and objects.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()),
        Value::String(value) => Some(value.clone()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// Builds the document of one object.
pub(super) fn finish(bytes: &[u8], options: &InputOptions, draft: &mut Draft) -> Result<(), Lost> {
    draft.document.genre = options.genre.unwrap_or(Genre::Posting);
    let decoded = decode(bytes).map_err(|reason| ("decode", reason))?;
    draft
        .warnings
        .extend(decoded.remark.map(|remark| ("decode", remark)));
    let value: Value = serde_json::from_str(&decoded.text)
        .map_err(|error| ("parse", format!("not valid JSON: {error}")))?;
    let Value::Object(object) = value else {
        return Err(("parse", format!("not a JSON object but {}", kind(&value))));
    };
    let names: Vec<&String> = object.keys().collect();
    for field in FIELDS {
        let found = field
            .find(options, &names)
            .map_err(|wanted| missing(wanted, field.flag(), &names))?;
        let value = found.map(|at| value_of(&object, names[at])).transpose()?;
        if value.is_none() && field == Field::Text {
            let there = list(&names);
            return Err((
                "parse",
                format!("no text by a usual name (--text); its keys are: {there}"),
            ));
        }
        set(draft, field as usize, &value.unwrap_or_default(), options)?;
    }
    for wanted in &options.keep {
        let at = position(wanted, &names).ok_or_else(|| missing(wanted, "keep", &names))?;
        set(draft, FIELDS.len(), &value_of(&object, names[at])?, options)?;
    }
    Ok(())
}

fn set(draft: &mut Draft, field: usize, value: &str, options: &InputOptions) -> Result<(), Lost> {
    // A string may hold NULs as \u0000.
    let clean = decode(value.as_bytes()).map_err(|reason| ("decode", reason))?;
    draft
        .warnings
        .extend(clean.remark.map(|remark| ("decode", remark)));
    draft.set(field, clean.text, options.markup);
    Ok(())
}

fn value_of(object: &Map<String, Value>, name: &str) -> Result<String, Lost> {
    let value = &object[name];
    scalar(value).ok_or_else(|| {
        let kind = kind(value);
        (
            "parse",
            format!("`{name}` is {kind}: only text, numbers and truth values are read"),
        )
    })
}

fn missing(wanted: &str, flag: &str, names: &[&String]) -> Lost {
    let there = list(names);
    (
        "parse",
        format!("no key `{wanted}` (--{flag}); its keys are: {there}"),
    )
}

fn list(names: &[&String]) -> String {
    let names: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
    names.join(", ")
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Draft, String> {
        let mut draft = Draft::default();
        let options = InputOptions::default();
        finish(line.as_bytes(), &options, &mut draft)
            .map(|()| draft)
            .map_err(|(_, reason)| reason)
    }

    #[test]
    fn usual_names_are_found_and_numbers_are_ids() {
        let line = r#"{"Job Title":"Product Manager","jobId":17,"description":"Owns <b>it</b>.","meta":{"a":[1]}}"#;
        assert_eq!(id(line.as_bytes(), &InputOptions::default()).unwrap(), "17");
        let document = read(line).unwrap().document;
        assert_eq!(
            (document.title.as_str(), document.text.as_str()),
            ("Product Manager", "Owns it.\n")
        );
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_a_reason() {
        let deep = "[".repeat(100_000);
        let cases = [
            ("{\"text\":\"a\"", "not valid JSON"),
            ("[1,2]", "a list"),
            ("\"text\"", "a string"),
            ("{\"text\":[\"a\"]}", "`text` is a list"),
            ("{\"text\":\"a\",\"title\":{}}", "`title` is an object"),
            ("{\"label\":\"a\"}", "its keys are: label"),
            ("{\"text\":NaN}", "not valid JSON"),
            ("{\"text\":\"\\ud800\"}", "not valid JSON"),
            (deep.as_str(), "not valid JSON"),
        ];
        for (line, part) in cases {
            let reason = read(line).unwrap_err();
            assert!(reason.contains(part), "{reason}");
        }
    }

    #[test]
    fn null_is_an_empty_text_and_nuls_are_spaces() {
        assert_eq!(read("{\"text\":null}").unwrap().document.text, "");
        let draft = read("{\"text\":\"plan the work\\u0000ship the work\"}").unwrap();
        assert_eq!(draft.document.text, "plan the work ship the work");
        assert_eq!(draft.warnings.len(), 1);
    }
}
