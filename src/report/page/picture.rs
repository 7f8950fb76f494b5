//! A chart on its way to a reader: as part of the page, or as an SVG file that stands alone, for a paper.

use askama::Template;

use super::figures::counted;
use super::made::Made;
use super::{CHARTS, LIGHT};

/// Free space around the drawing of a file.
const MARGIN: f64 = 16.0;
/// Space above it, for its heading and source.
const HEAD: f64 = 66.0;

/// Style that a file has besides: its fonts are named generically, since it is opened by programs of all kinds.
const FILE_STYLE: &str =
    ".chart{font-family:Helvetica,Arial,sans-serif}.chart .title{font-size:17px;font-weight:700}";

/// A drawing, and what is said of it.
#[derive(Template)]
#[template(path = "picture.svg")]
pub(super) struct Picture {
    /// Stem of its file's name; its element on the page has the id `chart-` and this.
    pub(super) name: &'static str,
    /// What it shows, as a heading.
    pub(super) heading: &'static str,
    /// The same as a sentence, for screen readers.
    pub(super) about: &'static str,
    /// Where the page has its numbers.
    pub(super) beside: &'static str,
    /// The table that it draws.
    pub(super) table: &'static str,
    /// Width and height of the drawing in pixels.
    pub(super) width: f64,
    pub(super) height: f64,
    /// Its elements.
    pub(super) body: String,
}

#[derive(Template)]
#[template(path = "picture_file.svg")]
struct File<'a> {
    picture: &'a Picture,
    source: String,
    style: String,
}

impl Picture {
    /// The text of a file: in the light colours, with heading, source, background and style inside.
    pub(super) fn file(&self, made: &Made) -> String {
        let file = File {
            picture: self,
            source: format!("{} of {}", counted(made.documents, "document"), made.source),
            style: style(),
        };
        file.to_string()
    }
}

impl File<'_> {
    fn whole_width(&self) -> f64 {
        self.picture.width + 2.0 * MARGIN
    }

    fn whole_height(&self) -> f64 {
        self.picture.height + HEAD + MARGIN
    }
}

/// The style of charts with the light colours in the place of their names, which few programs besides browsers look up.
fn style() -> String {
    let mut style = CHARTS.to_owned();
    let colors = LIGHT
        .trim()
        .trim_start_matches(":root{")
        .trim_end_matches('}');
    for (name, color) in colors.split(';').filter_map(|pair| pair.split_once(':')) {
        style = style.replace(&format!("var({name})"), color);
    }
    style + FILE_STYLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_of_a_file_is_a_colour() {
        let style = style();
        assert!(!style.contains("var("), "{style}");
        assert!(style.contains(".chart .mark.product{fill:#0b6bb5}"));
    }
}
