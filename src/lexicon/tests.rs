//! What the tests of the whole lexicon share.

mod differential;
mod language;
mod mistakes;

use super::source::Source;
use super::{Lexicon, Scratch};
use crate::document::Token;
use crate::error::Error;
use crate::span::Span;

const WORDS: &str = r#"
look_through = ["the", "our", "all", "own"]
clause_words = ["while", "which"]
spellings = [["program", "programme"]]
spelling_endings = [["ize", "ise"]]
invariable = ["of", "and"]
[irregular]
own = ["owns", "owned", "owning"]
lead = ["led"]
"#;

fn lexicon(texts: &[&str]) -> Result<Lexicon, Error> {
    let source = |(index, text): (usize, &&str)| Source {
        name: format!("{index}.toml"),
        shown: format!("{index}.toml"),
        text: (*text).to_owned(),
        layer: 0,
    };
    Lexicon::compile(texts.iter().enumerate().map(source).collect())
}

fn tokens(lexicon: &Lexicon, text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    lexicon.tokenize(
        text,
        Span::new(0..text.len()),
        &mut tokens,
        &mut Scratch::default(),
    );
    tokens
}

/// `id: words` of each hit, in text order.
fn hits(lexicon: &Lexicon, text: &str) -> Vec<String> {
    let tokens = tokens(lexicon, text);
    let mut scratch = Scratch::default();
    lexicon.find(&tokens, &mut scratch);
    let show = |hit: &super::Hit| {
        let words: Vec<&str> = hit.tokens().map(|at| tokens[at].span.of(text)).collect();
        format!("{}: {}", lexicon.name(hit.owner), words.join(" "))
    };
    scratch.hits().iter().map(show).collect()
}

/// A file of one product entry with these patterns and this tail of keys.
fn entry(patterns: &str, keys: &str) -> String {
    format!(
        "role = \"product\"\n[[entry]]\nid = \"product.x\"\nlabel = \"X\"\ncategory = \"c\"\nmatches = [\"x\"]\npatterns = [{patterns}]\n{keys}\n"
    )
}
