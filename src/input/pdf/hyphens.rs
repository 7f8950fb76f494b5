//! Words that a line end cut in two: the hyphen goes only where the joined word is known.

use rustc_hash::FxHashSet;

/// Words of six letters and more that are frequent in English texts about work, one a line.
const KNOWN: &str = include_str!("words.txt");

/// Words known to be written without a hyphen.
pub(super) struct Words {
    known: FxHashSet<String>,
}

impl Words {
    /// The usual words, and those that the lines of a document hold whole.
    pub(super) fn new<'a>(lines: impl Iterator<Item = &'a str>) -> Words {
        let mut known: FxHashSet<String> = KNOWN.lines().map(str::to_string).collect();
        for line in lines {
            for word in line.split(|c: char| !c.is_alphabetic() && c != '-') {
                if word.len() >= 4 && !word.contains('-') {
                    known.insert(word.to_lowercase());
                }
            }
        }
        Words { known }
    }

    /// Appends the next line to a text: behind a space, or as the rest of a word that was cut.
    pub(super) fn join(&self, text: &mut String, next: &str) {
        let Some(first) = cut_word(text) else {
            text.push(' ');
            text.push_str(next);
            return;
        };
        let rest = next.split(|c: char| !c.is_alphabetic()).next();
        let rest = rest.unwrap_or("");
        let goes_on = next.starts_with(char::is_lowercase);
        let soft = text.ends_with('\u{ad}');
        let joined = format!("{first}{rest}").to_lowercase();
        if goes_on && (soft || self.known.contains(&joined)) {
            text.pop();
        }
        text.push_str(next);
    }
}

/// The letters before a hyphen at the end of the text.
fn cut_word(text: &str) -> Option<&str> {
    let head = text.strip_suffix(['-', '\u{2010}', '\u{ad}'])?;
    let start = head.rfind(|c: char| !c.is_alphabetic());
    let start = start.map_or(0, |at| {
        at + head[at..].chars().next().map_or(1, char::len_utf8)
    });
    (start < head.len()).then(|| &head[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hyphen_goes_only_where_the_word_is_known() {
        let words = Words::new(["the frobnicators and a well-kept tool"].into_iter());
        let cases = [
            ("of the organi-", "zation and", "of the organization and"),
            ("many frobni-", "cators", "many frobnicators"),
            ("a well-", "being plan", "a well-being plan"),
            ("a cross-", "functional team", "a cross-functional team"),
            ("so\u{ad}", "so", "soso"),
            ("non-", "English", "non-English"),
            ("the plan -", "and more", "the plan - and more"),
            ("the plan", "and more", "the plan and more"),
        ];
        for (first, second, expected) in cases {
            let mut text = first.to_string();
            words.join(&mut text, second);
            assert_eq!(text, expected);
        }
    }
}
