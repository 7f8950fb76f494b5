//! What a thread does with one record: structure and analysis, a panic caught.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use crate::analyze::{Analysis, Analyzer, Scratch};
use crate::document::{Document, Structure};
use crate::error::{Problem, Severity};
use crate::span::Span;
use crate::text::{self, Splitter};

/// Working memory that threads hand on from batch to batch.
#[derive(Debug, Default)]
pub(crate) struct Desk {
    pub(crate) structure: Structure,
    text: text::Scratch,
    scratch: Scratch,
}

/// The immutable tools that all threads share.
#[derive(Debug)]
pub(crate) struct Workshop<'l> {
    /// Splits text.
    pub(crate) splitter: Splitter,
    /// Analyses what was split.
    pub(crate) analyzer: Analyzer<'l>,
    /// Whether a document is taken as one unit (`tag --whole`).
    pub(crate) whole: bool,
    desks: Mutex<Vec<Desk>>,
}

impl<'l> Workshop<'l> {
    pub(crate) fn new(splitter: Splitter, analyzer: Analyzer<'l>, whole: bool) -> Workshop<'l> {
        Workshop {
            splitter,
            analyzer,
            whole,
            desks: Mutex::new(Vec::new()),
        }
    }

    /// Lends a desk to `work`; it is taken back for the next batch.
    pub(crate) fn at_a_desk<R>(&self, work: impl FnOnce(&mut Desk) -> R) -> R {
        let lent = self
            .desks
            .lock()
            .map(|mut desks| desks.pop())
            .unwrap_or_default();
        let mut desk = lent.unwrap_or_default();
        let result = work(&mut desk);
        if let Ok(mut desks) = self.desks.lock() {
            desks.push(desk);
        }
        result
    }

    /// Analyses one document; its structure is left on the desk. A panic costs the
    /// document, not the run.
    pub(crate) fn analyze(
        &self,
        document: &Document,
        desk: &mut Desk,
    ) -> Result<Analysis, Problem> {
        let analysis = catch_unwind(AssertUnwindSafe(|| {
            if self.whole {
                one_unit(&document.text, &mut desk.structure);
            } else {
                self.splitter.structure(
                    &document.text,
                    document.markup,
                    &mut desk.text,
                    &mut desk.structure,
                );
            }
            self.analyzer
                .analyze(document, &desk.structure, &mut desk.scratch)
        }));
        analysis.map_err(|panic| {
            *desk = Desk::default();
            let said = panic.downcast_ref::<String>().map(String::as_str);
            let said = said
                .or(panic.downcast_ref::<&str>().copied())
                .unwrap_or("no message");
            Problem {
                origin: document.origin.clone(),
                document_id: document.id.clone(),
                stage: "analyze",
                severity: Severity::Error,
                reason: format!("the analysis failed ({said}); please report it with the document"),
            }
        })
    }
}

fn one_unit(text: &str, structure: &mut Structure) {
    structure.clear();
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len().max(start);
    if start < end {
        structure
            .units
            .push(crate::document::Unit::sentence(Span::new(start..end)));
    }
}
