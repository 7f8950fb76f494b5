//! [`Structure`](crate::document::Structure) + lexicon → analysis: matches,
//! tags, zones, attribution, verdicts. Pure: no files, no threads, no printing.
