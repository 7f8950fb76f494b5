//! Pages by `pdftotext` of Poppler, run as a process with its output read as boxes of words.
//!
//! Its plain output runs headings into paragraphs and drops the hyphen of every word that a
//! line end cuts; `-layout` prints columns side by side. `-bbox-layout` says where each word
//! stands, in reading order.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::page::{Line, Page};
use super::{Settings, lost};
use crate::input::isolate::within;

/// The version of `pdftotext`, if it is installed and Poppler's (Xpdf's has no `-bbox-layout`).
pub(super) fn version() -> Option<String> {
    let said = Command::new("pdftotext").arg("-v").output().ok()?;
    let said = [said.stdout, said.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let first = said.lines().next()?.trim();
    let version = first.strip_prefix("pdftotext version ")?;
    let poppler = said.to_lowercase().contains("poppler");
    poppler.then(|| version.to_string())
}

/// Reads the pages, one more than the limit at most.
pub(super) fn pages(bytes: &[u8], settings: &Settings) -> Result<Vec<Page>, String> {
    let last = (settings.max_pages + 1).to_string();
    let mut child = Command::new("pdftotext")
        .args(["-q", "-bbox-layout", "-l", &last, "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("pdftotext cannot be started: {error}"))?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let limit = Duration::from_secs(settings.max_seconds);
    // The boxes take about ten times as many bytes as the text.
    let most = settings.max_text.saturating_mul(32) as u64;
    let (boxes, late) = within(limit, &mut child, move || {
        thread::scope(|scope| {
            // A PDF that is refused half-way closes the pipe: the exit code tells.
            let mut stdin = stdin;
            scope.spawn(move || stdin.take().map(|mut stdin| stdin.write_all(bytes)));
            let mut boxes = Vec::new();
            let read = stdout.map(|stdout| stdout.take(most).read_to_end(&mut boxes));
            read.transpose().map(|_| boxes)
        })
    });
    let boxes = boxes.map_err(|error| format!("pdftotext cannot be read: {error}"))?;
    // Where the output was cut, it must not wait for a reader.
    let full = boxes.len() as u64 == most;
    if full {
        let _ = child.kill();
    }
    let status = child.wait();
    if late {
        return Err(super::too_slow(settings.max_seconds));
    }
    if full {
        return Err(super::too_long(settings.max_text));
    }
    match status {
        Ok(status) if status.success() => Ok(parse(&String::from_utf8_lossy(&boxes))),
        Ok(status) if status.code().is_some() => Err(lost(bytes)),
        _ => Err("pdftotext crashed or needed too much memory (--max-memory)".to_string()),
    }
}

/// Reads the output of `-bbox-layout`: one element a line, of which pages, lines and words matter.
fn parse(boxes: &str) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for element in boxes.lines().map(str::trim_start) {
        if element.starts_with("<page ") {
            pages.push(Page {
                height: number(element, "height"),
                lines: Vec::new(),
            });
        }
        let Some(page) = pages.last_mut() else {
            continue;
        };
        if element.starts_with("<line ") {
            page.lines.push(Line {
                text: String::new(),
                left: number(element, "xMin"),
                right: number(element, "xMax"),
                top: number(element, "yMin"),
                bottom: number(element, "yMax"),
            });
        } else if element.starts_with("<word ")
            && let Some(line) = page.lines.last_mut()
            && let Some((_, word)) = element.split_once('>')
        {
            if !line.text.is_empty() {
                line.text.push(' ');
            }
            let word = word.strip_suffix("</word>").unwrap_or(word);
            line.text.push_str(&unescape(word));
        }
    }
    pages
}

/// Decodes what `pdftotext` escapes.
fn unescape(word: &str) -> String {
    let word = word.replace("&lt;", "<").replace("&gt;", ">");
    word.replace("&quot;", "\"").replace("&amp;", "&")
}

/// The value of an attribute; 0 where it is none.
fn number(element: &str, name: &str) -> f32 {
    let value = || {
        let (_, rest) = element.split_once(&format!("{name}=\""))?;
        rest.split('"').next()?.parse().ok()
    };
    value().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_become_lines() {
        let boxes = "<page width=\"595.2\" height=\"841.8\">\n <flow>\n\
            <line xMin=\"1\" yMin=\"2\" xMax=\"30\" yMax=\"12.5\">\n\
            <word xMin=\"1\" yMin=\"2\" xMax=\"9\" yMax=\"12.5\">R&amp;D</word>\n\
            <word xMin=\"11\" yMin=\"2\" xMax=\"30\" yMax=\"12.5\">&lt;5</word>\n</line>\n</page>\n\
            <page width=\"595.2\" height=\"500\">\n</page>\n";
        let pages = parse(boxes);
        let line = Line {
            text: "R&D <5".to_string(),
            left: 1.0,
            right: 30.0,
            top: 2.0,
            bottom: 12.5,
        };
        assert_eq!(pages.len(), 2);
        assert_eq!((pages[0].height, &pages[0].lines), (841.8, &vec![line]));
        assert_eq!((pages[1].height, pages[1].lines.len()), (500.0, 0));
    }
}
