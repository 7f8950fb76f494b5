//! `&str` → [`Structure`]: headings, blocks and sentences; and words. Pure, and
//! without any knowledge of lexicons.
//!
//! The order of the stages: lines ([`lines`], [`wrap`]), blocks ([`blocks`], [`tables`],
//! [`columns`], [`headings`], [`references`]), cuts inside blocks ([`inline`], [`glue`],
//! [`enumerate`]), sentences ([`uax`], [`joins`]), units ([`emit`]). No stage goes back.

mod bits;
mod blocks;
mod bytes;
mod chars;
mod columns;
mod emit;
mod enumerate;
mod glue;
mod headings;
mod inline;
mod joins;
mod lines;
mod marks;
mod references;
mod rules;
mod tables;
mod uax;
mod word;
mod wordlists;
pub mod words;
mod work;
mod wrap;

pub use rules::RULES;
pub use wordlists::Lists;

use crate::document::{Markup, Structure};

/// Finds the structure of documents; made once and shared by all threads.
#[derive(Clone, Debug)]
pub struct Splitter {
    lists: Lists,
}

/// Memory that one thread uses again for each document; what it holds never shows in a result.
#[derive(Debug, Default)]
pub struct Scratch {
    lines: Vec<lines::Line>,
    nesting: Vec<(usize, marks::Style)>,
    raw: Vec<blocks::Block>,
    blocks: Vec<blocks::Block>,
    candidates: inline::Candidates,
    found: enumerate::Found,
    glue: glue::Glue,
    /// Places of the marks that may end a sentence.
    stops: Vec<usize>,
    memory: emit::Memory,
}

impl Default for Splitter {
    /// With the built-in word lists.
    fn default() -> Splitter {
        Splitter::new(Lists::built_in())
    }
}

impl Splitter {
    /// A splitter that knows the words of `lists`.
    pub fn new(lists: Lists) -> Splitter {
        Splitter { lists }
    }

    /// Fills `structure` with the units of `text`, which is at most 4 GiB long.
    pub fn structure(
        &self,
        text: &str,
        markup: Markup,
        scratch: &mut Scratch,
        structure: &mut Structure,
    ) {
        structure.clear();
        self.blocks(text, markup, scratch);
        let glue = &mut scratch.glue;
        glue.clear();
        scratch.stops.clear();
        for block in scratch.blocks.iter_mut().filter(|block| block.prose) {
            let first = glue.cuts.len();
            block.common = inline::scan(
                text,
                &self.lists,
                (block.body, block.end),
                &mut scratch.candidates,
                glue,
                &mut scratch.stops,
            );
            enumerate::lists(
                text,
                &self.lists,
                block,
                &scratch.candidates,
                &mut scratch.found,
                first,
                &mut glue.cuts,
            );
        }
        glue.spare_names();
        emit::units(
            text,
            &self.lists,
            &scratch.blocks,
            &glue.cuts,
            &scratch.stops,
            &mut scratch.memory,
            &mut structure.units,
        );
    }

    fn blocks(&self, text: &str, markup: Markup, scratch: &mut Scratch) {
        let Scratch {
            lines,
            nesting,
            raw,
            blocks,
            ..
        } = scratch;
        lines.clear();
        raw.clear();
        blocks.clear();
        lines::split(text, lines);
        wrap::mark(text, &self.lists, lines);
        blocks::build(text, lines, nesting, markup == Markup::Markdown, raw);
        columns::assign(text, &self.lists, raw, blocks);
        headings::find(text, &self.lists, blocks);
        references::find(text, &self.lists, blocks);
    }
}
