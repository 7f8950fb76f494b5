//! Pages by the crate `pdf-extract`, for machines without `pdftotext`.
//!
//! It panics, hangs or takes all memory on some damaged files, so that it runs in a process
//! apart (see [`isolate`](crate::input::isolate)). It gives characters in the order in which
//! the file draws them, mostly that of reading; they are put together into lines here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform};

use super::page::{Line, Page};
use super::{Settings, lost};

/// A gap this wide parts two words, in sizes of the font.
const SPACE: f64 = 0.15;

/// A gap this wide parts two lines that stand side by side, such as cells of a table.
const GAP: f64 = 1.0;

/// Reads the pages, one more than the limit at most. A page that cannot be read has no lines.
pub(super) fn pages(bytes: &[u8], settings: &Settings) -> Result<Vec<Page>, String> {
    let mut document = Document::load_mem(bytes).map_err(|_| lost(bytes))?;
    if document.is_encrypted() {
        document.decrypt("").map_err(|_| lost(bytes))?;
    }
    let numbers: Vec<u32> = document.get_pages().into_keys().collect();
    let mut pages = Vec::new();
    let mut room = settings.max_text;
    for number in numbers.into_iter().take(settings.max_pages + 1) {
        let mut drawn = Drawn {
            room,
            ..Drawn::default()
        };
        let draw = || pdf_extract::output_doc_page(&document, &mut drawn, number);
        // A panic on one page costs that page: it is then reported as one without text.
        let _ = catch_unwind(AssertUnwindSafe(draw));
        if drawn.full {
            return Err(super::too_long(settings.max_text));
        }
        room = drawn.room;
        pages.push(drawn.page);
    }
    Ok(pages)
}

/// A page that is being drawn.
#[derive(Default)]
struct Drawn {
    page: Page,
    /// Lower left corner of the page, from which positions count.
    origin: (f64, f64),
    /// Base line and right end of the last character.
    last: Option<(f64, f64)>,
    /// Bytes of text that may still come; `full` where they did not suffice.
    room: usize,
    full: bool,
}

impl Drawn {
    /// Adds characters that begin at `x` on the base line `y`, both from the upper left corner.
    fn add(&mut self, (x, y): (f64, f64), width: f64, size: f64, text: &str) {
        let goes_on = self.last.is_some_and(|(base, end)| {
            (y - base).abs() < size * 0.4 && x > end - size && x < end + size * GAP
        });
        if !goes_on {
            self.page.lines.push(Line {
                left: x as f32,
                ..Line::default()
            });
        }
        let Some(line) = self.page.lines.last_mut() else {
            return;
        };
        let apart = self.last.is_some_and(|(_, end)| x > end + size * SPACE);
        if goes_on && apart && !line.text.ends_with(' ') {
            line.text.push(' ');
        }
        line.text.push_str(text);
        let (top, bottom) = ((y - size * 0.75) as f32, (y + size * 0.25) as f32);
        let first = line.bottom == 0.0;
        line.top = if first { top } else { line.top.min(top) };
        line.bottom = line.bottom.max(bottom);
        // Spaces behind the last word do not make a line longer.
        if first || !text.trim().is_empty() {
            line.right = (x + width) as f32;
        }
        self.last = Some((y, x + width));
    }
}

impl OutputDev for Drawn {
    fn begin_page(
        &mut self,
        _: u32,
        media: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.origin = (media.llx, media.ury);
        self.page.height = (media.ury - media.lly) as f32;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _: f64,
        size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        if text.len() > self.room {
            self.full = true;
            return Err(OutputError::FormatError(std::fmt::Error));
        }
        self.room -= text.len();
        // Text may be turned: what counts is how far it runs along its own line.
        let along = place.m11.hypot(place.m12);
        let across = place.m21.hypot(place.m22) * size.abs();
        let (cos, sin) = (place.m11 / along, place.m12 / along);
        let (x, y) = (place.m31 - self.origin.0, self.origin.1 - place.m32);
        if !(x.is_finite() && y.is_finite() && cos.is_finite() && across.is_finite()) {
            return Ok(());
        }
        let point = (x * cos - y * sin, y * cos + x * sin);
        self.add(point, width * size.abs() * along, across, text);
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
