//! Headers, footers and page numbers: lines that pages have in common are no text.

use rustc_hash::FxHashMap;

use super::page::{Line, Page};

/// Lines at the top and at the bottom of a page that may be its header or footer.
const DEEPEST: usize = 3;

/// Share of a page's height, from its upper and lower edge, where a lone number is that of the page.
const EDGE: f32 = 0.12;

/// Two lines stand at the same height where they are this near, in points.
const NEAR: f32 = 4.0;

/// Drops the lines at the edges that stand at the same height, with the same words but for
/// numbers, on two pages and on at least two fifths of all; and lone page numbers.
pub(super) fn strip(pages: &mut [Page]) {
    let mut seen: FxHashMap<String, Vec<f32>> = FxHashMap::default();
    for page in pages.iter() {
        for at in edge_lines(page) {
            let line = &page.lines[at];
            seen.entry(key(&line.text)).or_default().push(line.top);
        }
    }
    let fewest = (pages.len() * 2).div_ceil(5).max(2);
    for page in pages {
        let dropped: Vec<usize> = edge_lines(page)
            .into_iter()
            .filter(|at| {
                let line = &page.lines[*at];
                let tops = &seen[&key(&line.text)];
                let alike = tops.iter().filter(|top| (*top - line.top).abs() <= NEAR);
                alike.count() >= fewest || is_page_number(line, page)
            })
            .collect();
        let mut at = 0;
        page.lines.retain(|_| {
            at += 1;
            !dropped.contains(&(at - 1))
        });
    }
}

/// The lines among the highest and the lowest of the page.
fn edge_lines(page: &Page) -> Vec<usize> {
    let mut order: Vec<usize> = (0..page.lines.len()).collect();
    order.sort_by(|a, b| page.lines[*a].top.total_cmp(&page.lines[*b].top));
    let last = order.len().saturating_sub(DEEPEST);
    let edges = order.iter().enumerate();
    let edges = edges.filter(|(rank, _)| *rank < DEEPEST || *rank >= last);
    edges.map(|(_, at)| *at).collect()
}

/// The words with every number read as one and the same.
fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' if key.ends_with('0') => (),
            '0'..='9' => key.push('0'),
            c => key.extend(c.to_lowercase()),
        }
    }
    key
}

/// `7`, `- 7 -`, `Page 7` or `7 / 12` near the edge.
fn is_page_number(line: &Line, page: &Page) -> bool {
    let edge = page.height * EDGE;
    let near = line.bottom < edge || line.top > page.height - edge;
    let bare = key(&line.text).replace("page", "").replace("of", "");
    let number = bare.contains('0') && bare.chars().all(|c| "0 -–—/|.".contains(c));
    near && number && line.text.len() <= 20
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[(&str, f32)]) -> Page {
        let line = |(text, top): &(&str, f32)| Line {
            text: (*text).to_string(),
            top: *top,
            bottom: top + 10.0,
            ..Line::default()
        };
        Page {
            height: 800.0,
            lines: lines.iter().map(line).collect(),
        }
    }

    fn left(mut pages: Vec<Page>) -> Vec<Vec<String>> {
        strip(&mut pages);
        let texts = |page: Page| page.lines.into_iter().map(|line| line.text).collect();
        pages.into_iter().map(texts).collect()
    }

    #[test]
    fn what_pages_have_in_common_is_dropped() {
        let body = |number: usize| {
            page(&[
                ("Essay by J. Doe", 30.0),
                ("Same words", 100.0 + 50.0 * number as f32),
                ("more", 400.0 + 9.0 * number as f32),
                ("most", 500.0 - 9.0 * number as f32),
                ("end", 600.0 + 9.0 * number as f32),
                (&format!("PM 501, page {number} of 3"), 780.0),
            ])
        };
        let expected = vec!["Same words", "more", "most", "end"];
        assert_eq!(left((1..4).map(body).collect()), vec![expected; 3]);
    }

    #[test]
    fn a_lone_page_keeps_all_but_its_number() {
        let pages = vec![page(&[("Essay", 30.0), ("2024", 300.0), ("- 1 -", 780.0)])];
        assert_eq!(left(pages), [["Essay", "2024"]]);
    }
}
