//! What a unit's labels rest on, in one line.

use crate::analyze::Match;
use crate::lexicon::Lexicon;
use crate::report::cells::one_line;

/// Each responsibility found, with its words: `product.roadmap "own the roadmap"; …`. Empty without matches.
pub fn evidence(text: &str, matches: &[Match], lexicon: &Lexicon) -> String {
    let found = matches.iter().map(|found| {
        let entry = &lexicon.entries()[found.entry as usize];
        format!("{} \"{}\"", entry.id, one_line(found.span.of(text)))
    });
    found.collect::<Vec<_>>().join("; ")
}
