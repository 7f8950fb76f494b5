//! Lexicon files → one immutable matcher: the language of `docs/lexicon.md`.
