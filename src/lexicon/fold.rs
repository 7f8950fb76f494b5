//! The form in which words are compared: lower case, straight apostrophes, no possessive ending.

/// Appends the folded form of `word` to `out`; what is left of `_roadmap_` is `roadmap`.
pub(crate) fn fold(word: &str, out: &mut String) {
    let begin = out.len();
    for c in word.trim_matches('_').chars() {
        match c {
            '\u{2019}' | '\u{2018}' | '\u{02bc}' | '\u{ff07}' => out.push('\''),
            // Soft hyphen and zero-width characters are layout, not letters.
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            _ => out.extend(c.to_lowercase()),
        }
    }
    let folded = &out[begin..];
    let bare = folded
        .strip_suffix("'s")
        .or_else(|| folded.strip_suffix('\''));
    let bare = bare.unwrap_or(folded);
    let end = begin
        + if bare.is_empty() {
            folded.len()
        } else {
            bare.len()
        };
    out.truncate(end);
}

/// The folded form of `word` as a string of its own; for building, not for matching.
pub(crate) fn folded(word: &str) -> String {
    let mut out = String::new();
    fold(word, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn folding_drops_case_and_possessives() {
        for (word, expected) in [
            ("Roadmap", "roadmap"),
            ("customer's", "customer"),
            ("customer\u{2019}S", "customer"),
            ("customers'", "customers"),
            ("_vision_", "vision"),
            ("road\u{ad}map", "roadmap"),
            ("ÉTUDE", "étude"),
            ("'s", "'s"),
            ("don\u{2019}t", "don't"),
        ] {
            assert_eq!(folded(word), expected, "{word}");
        }
    }
}
