//! Which mark a list item has: a bullet, or its number, counted as Word does.

use std::collections::HashMap;

use super::super::package::Part;
use super::super::xml::Node;

/// Levels that a list has.
const LEVELS: usize = 9;

/// A level of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    /// The list's id; 0 for one that is not counted.
    pub id: u32,
    /// From 0.
    pub level: usize,
}

/// How the items of a level are marked.
#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    bracket: bool,
    start: Option<u32>,
}

type Levels = [Level; LEVELS];

/// What is being read of `numbering.xml`.
#[derive(Default)]
struct Reader {
    kind: Option<u32>,
    list: Option<u32>,
    level: usize,
}

impl Reader {
    fn handle(&mut self, all: &mut Numbering, node: Node<'_>) {
        match node {
            Node::Open("abstractNum", attributes) => self.kind = attributes.number("abstractNumId"),
            Node::Close("abstractNum") => self.kind = None,
            Node::Open("num", attributes) => self.list = attributes.number("numId"),
            Node::Close("num") => self.list = None,
            Node::Open("lvl" | "lvlOverride", attributes) => {
                self.level = attributes.number("ilvl").unwrap_or(0).min(LEVELS - 1);
            }
            Node::Open("abstractNumId", attributes) => {
                if let (Some(list), Some(of)) = (self.list, attributes.number("val")) {
                    all.lists.entry(list).or_default().0 = of;
                }
            }
            Node::Open("startOverride", attributes) => {
                if let Some(list) = self.list {
                    all.lists.entry(list).or_default().1[self.level] = attributes.number("val");
                }
            }
            Node::Open(name, attributes) => {
                let Some(kind) = self.kind else { return };
                let level = &mut all.kinds.entry(kind).or_default()[self.level];
                match name {
                    "numFmt" => level.format = attributes.get("val").unwrap_or_default(),
                    "start" => level.start = attributes.number("val"),
                    "lvlText" => {
                        let text = attributes.get("val").unwrap_or_default();
                        level.bracket = text.ends_with(')');
                    }
                    _ => (),
                }
            }
            Node::Close(_) | Node::Text(_) => (),
        }
    }
}

/// The lists of a document, and where they have got to.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: HashMap<u32, Levels>,
    /// Kind of each list, and levels that it begins anew.
    lists: HashMap<u32, (u32, [Option<u32>; LEVELS])>,
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
}

impl Numbering {
    /// Reads `numbering.xml`, where there is one.
    pub(super) fn read(part: Option<Part<'_>>) -> Result<Numbering, String> {
        let mut all = Numbering::default();
        let mut reader = Reader::default();
        if let Some(part) = part {
            part.walk(|node| {
                reader.handle(&mut all, node);
                Ok(())
            })?;
        }
        Ok(all)
    }

    /// The mark of the next item of a list, indented by its level.
    pub(super) fn mark(&mut self, item: List) -> String {
        let level = item.level.min(LEVELS - 1);
        let indent = "  ".repeat(level);
        let Some((kind, restarts)) = self.lists.get(&item.id).copied() else {
            return format!("{indent}• ");
        };
        let levels = self.kinds.get(&kind);
        let Some(look) = levels
            .map(|levels| &levels[level])
            .filter(|look| is_counted(look))
        else {
            return format!("{indent}• ");
        };
        // Lists of one kind go on counting, unless they say that they begin anew.
        let key = if restarts[level].is_some() {
            item.id
        } else {
            kind | 1 << 31
        };
        let counts = self.counts.entry(key).or_default();
        let first = restarts[level].or(look.start).unwrap_or(1);
        let number = counts[level].map_or(first, |last| last.saturating_add(1));
        counts[level] = Some(number);
        counts[level + 1..].fill(None);
        let label = match look.format.as_str() {
            "lowerLetter" => letters(number).to_lowercase(),
            "upperLetter" => letters(number),
            "lowerRoman" => roman(number).to_lowercase(),
            "upperRoman" => roman(number),
            _ => number.to_string(),
        };
        let mark = if look.bracket { ')' } else { '.' };
        format!("{indent}{label}{mark} ")
    }
}

fn is_counted(level: &Level) -> bool {
    !matches!(level.format.as_str(), "bullet" | "none" | "")
}

/// A to Z, then AA to ZZ, and so on.
fn letters(number: u32) -> String {
    let Some(place) = number.checked_sub(1) else {
        return number.to_string();
    };
    let letter = char::from(b'A' + (place % 26) as u8);
    letter.to_string().repeat((place / 26 + 1).min(8) as usize)
}

fn roman(number: u32) -> String {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, digits) in DIGITS {
        while rest >= value {
            text.push_str(digits);
            rest -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_does() {
        let of = |number| (letters(number), roman(number));
        assert_eq!(of(4), ("D".into(), "IV".into()));
        assert_eq!(of(28), ("BB".into(), "XXVIII".into()));
        assert_eq!(of(0), ("0".into(), "0".into()));
    }

    #[test]
    fn levels_count_by_themselves_and_lists_begin_anew() {
        let part = r#"<numbering>
            <abstractNum abstractNumId="3">
              <lvl ilvl="0"><start val="1"/><numFmt val="decimal"/><lvlText val="%1."/></lvl>
              <lvl ilvl="1"><numFmt val="lowerLetter"/><lvlText val="%2)"/></lvl>
              <lvl ilvl="2"><numFmt val="bullet"/></lvl>
            </abstractNum>
            <num numId="7"><abstractNumId val="3"/></num>
            <num numId="8"><abstractNumId val="3"/>
              <lvlOverride ilvl="0"><startOverride val="5"/></lvlOverride></num>
          </numbering>"#;
        let (mut numbering, mut reader) = (Numbering::default(), Reader::default());
        super::super::super::xml::walk(part.as_bytes(), |node| {
            reader.handle(&mut numbering, node);
            Ok(())
        })
        .unwrap();
        let items = [
            (7, 0),
            (7, 1),
            (7, 1),
            (7, 0),
            (7, 1),
            (7, 2),
            (8, 0),
            (9, 0),
        ];
        let marks: Vec<String> = items
            .map(|(id, level)| numbering.mark(List { id, level }))
            .into();
        let expected = [
            "1. ", "  a) ", "  b) ", "2. ", "  a) ", "    • ", "5. ", "• ",
        ];
        assert_eq!(marks, expected);
    }
}
