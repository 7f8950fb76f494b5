//! One pattern as written → its parts, with the place of a mistake in it.

use std::sync::Arc;

use super::fold::folded;
use crate::span::Span;
use crate::text::words;

/// The widest gap that a pattern may ask for, in words.
pub(crate) const MAX_GAP: u8 = 20;
/// The gap that a bare `..` stands for, in words.
const DEFAULT_GAP: u8 = 3;
/// The fewest letters of a prefix; shorter ones would match half the dictionary.
const MIN_PREFIX: usize = 3;

/// What a pattern says about one word of the text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Term {
    /// The word in any inflection and spelling.
    Plain(Arc<str>),
    /// Exactly this folded word.
    Exact(Arc<str>),
    /// Any folded word that begins so.
    Prefix(Arc<str>),
}

/// One part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A word.
    Word(Term),
    /// One of several patterns: `{a|b}`.
    OneOf(Vec<Vec<Item>>),
    /// One of several patterns or nothing: `[a]`.
    Optional(Vec<Vec<Item>>),
    /// Up to so many words: `..`.
    Gap(u8),
    /// A named set: `@own`.
    Set(String),
    /// The beginning of the unit: `^`.
    Start,
    /// The end of the unit: `$`.
    End,
}

/// A part and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// The part.
    pub(crate) part: Part,
    /// Byte offset in the pattern.
    pub(crate) at: usize,
}

/// What is wrong with a pattern, and where in it (byte offset).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) at: usize,
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn new(at: usize, message: impl Into<String>) -> Fault {
        let message = message.into();
        Fault { at, message }
    }
}

/// Parses `pattern`; the first mistake ends it.
pub(crate) fn parse(pattern: &str) -> Result<Vec<Item>, Fault> {
    let mut parser = Parser {
        source: pattern,
        at: 0,
    };
    let items = parser.items()?;
    match parser.peek() {
        Some('|') => Err(parser.fault("`|` stands outside of `{…}`")),
        Some(closing) => Err(parser.fault(format!("`{closing}` closes nothing"))),
        None if items.is_empty() => Err(parser.fault("the pattern holds no word")),
        None => Ok(items),
    }
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.source[self.at..].chars().next()
    }

    fn fault(&self, message: impl Into<String>) -> Fault {
        Fault::new(self.at, message)
    }

    /// Items up to the end or to a mark that the caller must deal with.
    fn items(&mut self) -> Result<Vec<Item>, Fault> {
        let mut items = Vec::new();
        while let Some(next) = self.peek() {
            let at = self.at;
            let part = match next {
                '|' | '}' | ']' => break,
                '{' => Part::OneOf(self.alternatives('}')?),
                '[' => Part::Optional(self.alternatives(']')?),
                '^' | '$' => {
                    self.at += 1;
                    [Part::Start, Part::End][usize::from(next == '$')].clone()
                }
                '@' => Part::Set(self.set_name()?),
                '"' => {
                    self.quoted(&mut items)?;
                    continue;
                }
                _ if next.is_whitespace() => {
                    self.at += next.len_utf8();
                    continue;
                }
                _ => {
                    self.chunk(&mut items)?;
                    continue;
                }
            };
            items.push(Item { part, at });
        }
        Ok(items)
    }

    fn alternatives(&mut self, closing: char) -> Result<Vec<Vec<Item>>, Fault> {
        let opened = self.at;
        self.at += 1;
        let mut all = Vec::new();
        loop {
            let begin = self.at;
            let items = self.items()?;
            if items.is_empty() && self.peek().is_some() {
                let message = "an alternative is empty; write `[…]` for what may be missing";
                return Err(Fault::new(begin, message));
            }
            all.push(items);
            match self.peek() {
                Some('|') => self.at += 1,
                Some(found) if found == closing => break,
                Some(found) => {
                    return Err(self.fault(format!("found `{found}` where `{closing}` must close")));
                }
                None => {
                    let message = format!("this is never closed by `{closing}`");
                    return Err(Fault::new(opened, message));
                }
            }
        }
        self.at += 1;
        Ok(all)
    }

    fn set_name(&mut self) -> Result<String, Fault> {
        let rest = &self.source[self.at + 1..];
        let len = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        if len == 0 {
            return Err(self.fault("`@` needs the name of a set behind it"));
        }
        let name = rest[..len].to_owned();
        self.at += 1 + len;
        Ok(name)
    }

    fn quoted(&mut self, items: &mut Vec<Item>) -> Result<(), Fault> {
        let opened = self.at;
        let inside = opened + 1;
        let Some(len) = self.source[inside..].find('"') else {
            return Err(self.fault("this quote is never closed"));
        };
        let found = self.words_between(inside, inside + len)?;
        if found.is_empty() {
            return Err(self.fault("the quotes hold no word"));
        }
        for (at, word) in found {
            let part = Part::Word(Term::Exact(word.into()));
            items.push(Item { part, at });
        }
        self.at = inside + len + 1;
        Ok(())
    }

    /// Everything up to white space or a mark of the language: words or a gap.
    fn chunk(&mut self, items: &mut Vec<Item>) -> Result<(), Fault> {
        let begin = self.at;
        let rest = &self.source[begin..];
        let end = begin + rest.find(ends_chunk).unwrap_or(rest.len());
        let chunk = &self.source[begin..end];
        // Nearly all words are no more than letters.
        if chunk.bytes().all(|byte| byte.is_ascii_lowercase()) {
            let part = Part::Word(Term::Plain(chunk.into()));
            items.push(Item { part, at: begin });
            self.at = end;
            return Ok(());
        }
        if let Some(width) = chunk.strip_prefix("..") {
            let part = Part::Gap(self.gap(width)?);
            items.push(Item { part, at: begin });
            self.at = end;
            return Ok(());
        }
        let prefix = chunk.ends_with('*');
        let found = self.words_between(begin, end - usize::from(prefix))?;
        let last = found.len().wrapping_sub(1);
        if prefix && found.is_empty() {
            return Err(self.fault("`*` needs the beginning of a word before it"));
        }
        for (index, (at, word)) in found.into_iter().enumerate() {
            let term = match prefix && index == last {
                true if word.chars().count() < MIN_PREFIX => {
                    let message = format!("a prefix needs at least {MIN_PREFIX} letters");
                    return Err(Fault::new(at, message));
                }
                true => Term::Prefix(word.into()),
                false => Term::Plain(word.into()),
            };
            let part = Part::Word(term);
            items.push(Item { part, at });
        }
        self.at = end;
        Ok(())
    }

    fn gap(&self, width: &str) -> Result<u8, Fault> {
        if width.is_empty() {
            return Ok(DEFAULT_GAP);
        }
        match width.parse::<u8>() {
            Ok(words) if (1..=MAX_GAP).contains(&words) => Ok(words),
            _ => Err(self.fault(format!(
                "a gap is `..` or `..N` with N from 1 to {MAX_GAP}, then a space"
            ))),
        }
    }

    /// The folded words of `source[begin..end]`, which must hold nothing but words and what joins them.
    fn words_between(&self, begin: usize, end: usize) -> Result<Vec<(usize, String)>, Fault> {
        for (at, c) in self.source[begin..end].char_indices() {
            let joins = "-/&'\u{2019}.".contains(c) || c.is_whitespace();
            if !c.is_alphanumeric() && !joins {
                let message = format!("`{c}` means nothing in a pattern; write words only");
                return Err(Fault::new(begin + at, message));
            }
        }
        let mut found = Vec::new();
        words::for_each(self.source, Span::new(begin..end), |span| {
            found.push((span.start as usize, folded(span.of(self.source))));
        });
        Ok(found)
    }
}

/// White space and the marks of the language.
fn ends_chunk(c: char) -> bool {
    matches!(c, ' ' | '{' | '}' | '[' | ']' | '|' | '^' | '$' | '@' | '"')
        || !c.is_ascii_alphanumeric() && c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_apart() {
        let items = parse(r#"^ {own|take charge of} ..5 [the] @kind "Managing" prioriti* P&L $"#)
            .expect("a good pattern");
        let parts: Vec<&Part> = items.iter().map(|item| &item.part).collect();
        assert_eq!(*parts[0], Part::Start);
        assert!(matches!(parts[1], Part::OneOf(all) if all.len() == 2 && all[1].len() == 3));
        assert_eq!(*parts[2], Part::Gap(5));
        assert!(matches!(parts[3], Part::Optional(all) if all.len() == 1));
        assert_eq!(*parts[4], Part::Set("kind".into()));
        assert_eq!(*parts[5], Part::Word(Term::Exact("managing".into())));
        assert_eq!(*parts[6], Part::Word(Term::Prefix("prioriti".into())));
        assert_eq!(*parts[7], Part::Word(Term::Plain("p".into())));
        assert_eq!(*parts[8], Part::Word(Term::Plain("l".into())));
        assert_eq!(*parts[9], Part::End);
    }

    #[test]
    fn hyphens_separate_words() {
        assert_eq!(
            parse("cross-functional").map(|items| items.len()),
            parse("cross functional").map(|items| items.len())
        );
    }

    #[test]
    fn faults_tell_their_place() {
        for (pattern, at, says) in [
            ("", 0, "holds no word"),
            ("own {a|b", 4, "never closed by `}`"),
            ("own {", 4, "never closed by `}`"),
            ("own [a}", 6, "where `]` must close"),
            ("own }", 4, "closes nothing"),
            ("own | run", 4, "outside"),
            ("{a||b}", 3, "alternative is empty"),
            ("own \"the", 4, "never closed"),
            ("own \"\"", 4, "hold no word"),
            ("own, run", 3, "`,` means nothing"),
            ("pr*", 0, "at least 3 letters"),
            ("own * run", 4, "beginning of a word"),
            ("own ..99 run", 4, "from 1 to"),
            ("own ..roadmap", 4, "from 1 to"),
            ("@ own", 0, "name of a set"),
        ] {
            let fault = parse(pattern).expect_err(pattern);
            assert_eq!(fault.at, at, "{pattern}: {}", fault.message);
            assert!(fault.message.contains(says), "{pattern}: {}", fault.message);
        }
    }
}
