//! Mends the lines of a page: marks that stand apart from their item, runs that the reader
//! parted, and characters that only print has.

use super::page::{Line, Page, is_bullet, list_mark};

/// Furthest that a list mark stands from its item, in sizes of the font.
const FURTHEST_MARK: f32 = 5.0;

/// Runs on one base line that are nearer than this are one line, in sizes of the font.
const NEAR: f32 = 0.9;

/// Mends all lines of the page and drops empty ones.
pub(super) fn mend(page: &mut Page) {
    for line in &mut page.lines {
        line.text = clean(&line.text);
    }
    page.lines.retain(|line| !line.text.is_empty());
    attach_marks(&mut page.lines);
    let lines = std::mem::take(&mut page.lines);
    for line in lines {
        match page.lines.last_mut() {
            Some(last) if adjoins(last, &line) => last.append(&line),
            _ => page.lines.push(line),
        }
    }
}

fn adjoins(first: &Line, second: &Line) -> bool {
    let gap = second.left - first.right;
    let size = first.size().max(second.size());
    first.beside(second) && gap < size * NEAR && gap > -size * 0.5
}

/// Puts each mark that stands alone before the nearest line to its right: readers give
/// marks and items in any order.
fn attach_marks(lines: &mut Vec<Line>) {
    let mut at = 0;
    while at < lines.len() {
        let mark = &lines[at];
        if list_mark(&mark.text).is_none_or(|(_, item)| !item.is_empty()) {
            at += 1;
            continue;
        }
        let reach = mark.right + mark.size() * FURTHEST_MARK;
        let beside = (0..lines.len()).filter(|other| {
            let line = &lines[*other];
            *other != at
                && mark.beside(line)
                && (mark.right - 1.0..reach).contains(&line.left)
                && list_mark(&line.text).is_none()
        });
        let nearest = beside.min_by(|a, b| lines[*a].left.total_cmp(&lines[*b].left));
        let Some(item) = nearest else {
            at += 1;
            continue;
        };
        lines[item].text = format!("{} {}", lines[at].text, lines[item].text);
        lines[item].left = lines[at].left;
        lines.remove(at);
    }
}

/// Folds ligatures, makes every bullet `•`, and white space one space; soft hyphens go, but
/// for one at the end, which cuts a word.
fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !clean.is_empty() {
            clean.push(' ');
        }
        if clean.is_empty() && is_bullet(word) {
            clean.push('•');
            continue;
        }
        for c in word.chars() {
            match c {
                '\u{fb00}' => clean.push_str("ff"),
                '\u{fb01}' => clean.push_str("fi"),
                '\u{fb02}' => clean.push_str("fl"),
                '\u{fb03}' => clean.push_str("ffi"),
                '\u{fb04}' => clean.push_str("ffl"),
                '\u{ad}' if !text.ends_with(word) => (),
                '\u{fb05}' | '\u{fb06}' => clean.push_str("st"),
                c => clean.push(c),
            }
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, left: f32, right: f32, top: f32) -> Line {
        Line {
            text: text.to_string(),
            left,
            right,
            top,
            bottom: top + 10.0,
        }
    }

    #[test]
    fn marks_and_runs_find_their_line() {
        let mut page = Page {
            height: 800.0,
            lines: vec![
                line("\u{f0b7}", 50.0, 55.0, 100.0),
                line("\u{f0b7}", 50.0, 55.0, 120.0),
                line("e\u{fb03}cient", 70.0, 110.0, 100.0),
                line("work", 113.0, 130.0, 100.0),
                line("second", 70.0, 110.0, 120.5),
                line("far off", 200.0, 230.0, 120.0),
                line("  ", 50.0, 60.0, 140.0),
            ],
        };
        mend(&mut page);
        let texts: Vec<&str> = page.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["• efficient work", "• second", "far off"]);
        assert_eq!(page.lines[0].left, 50.0);
    }
}
