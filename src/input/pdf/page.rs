//! What a reader of PDFs finds on a page: lines of words and where they stand.

/// One page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Page {
    /// Its height in points.
    pub height: f32,
    /// Its lines in the order in which they are to be read, as far as the reader can tell.
    pub lines: Vec<Line>,
}

/// Words on one base line, in points from the upper left corner of the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub text: String,
    pub left: f32,
    pub right: f32,
    pub top: f32,
    pub bottom: f32,
}

impl Line {
    /// The height of the letters: the size of the font, or near it.
    pub(super) fn size(&self) -> f32 {
        self.bottom - self.top
    }

    /// True where both stand on one base line: they share more than half of the smaller one's height.
    pub(super) fn beside(&self, other: &Line) -> bool {
        let shared = self.bottom.min(other.bottom) - self.top.max(other.top);
        shared > self.size().min(other.size()) * 0.5
    }

    /// Width of the first word, as far as the number of its letters tells it.
    pub(super) fn first_word(&self) -> f32 {
        let letters = self.text.chars().count().max(1);
        let first = self.text.chars().take_while(|c| *c != ' ').count();
        (self.right - self.left) * first as f32 / letters as f32
    }

    /// Appends what stands to the right.
    pub(super) fn append(&mut self, other: &Line) {
        self.text.push(' ');
        self.text.push_str(&other.text);
        self.right = other.right;
        self.top = self.top.min(other.top);
        self.bottom = self.bottom.max(other.bottom);
    }
}

/// The mark of a list item that the text begins with, and the item behind it: a bullet, or
/// a short number or letter with a dot or bracket. The item is empty where the mark stands alone.
pub(super) fn list_mark(text: &str) -> Option<(&str, &str)> {
    let (mark, item) = text.split_once(' ').unwrap_or((text, ""));
    let mut letters = mark.chars();
    let first = letters.next()?;
    let lone = letters.as_str().is_empty();
    let bullet = lone && BULLETS.contains(first);
    let dash = lone && "-–—*o".contains(first);
    let bare = mark.trim_start_matches('(').trim_end_matches(['.', ')']);
    let marked = mark.ends_with(['.', ')']);
    let number = marked && bare.len() <= 2 && bare.bytes().all(|byte| byte.is_ascii_digit());
    let letter = marked && bare.len() == 1 && bare.bytes().all(|byte| byte.is_ascii_lowercase());
    let listed = bullet || dash || ((number || letter) && !bare.is_empty());
    listed.then_some((mark, item.trim_start()))
}

/// Marks that mean nothing but a list; the last ones are those of Symbol and Wingdings,
/// which Word writes into the private use area.
const BULLETS: &str = "•◦▪▫■□●○‣⁃∙·➢➤✓✔❖➔→\u{f0b7}\u{f0a7}\u{f06c}\u{f0d8}\u{f0fc}\u{f076}";

/// True for a bullet that is written as `•` in the text.
pub(super) fn is_bullet(mark: &str) -> bool {
    mark.chars().all(|c| BULLETS.contains(c) || c == 'o')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_marks_are_told_from_words() {
        let cases = [
            ("• Owns", Some("Owns")),
            ("\u{f0b7} Owns", Some("Owns")),
            ("2. Owns", Some("Owns")),
            ("(12) Owns", Some("Owns")),
            ("a) Owns", Some("Owns")),
            ("-", Some("")),
            ("2020. Owns", None),
            ("A. Miller", None),
            ("-5 degrees", None),
            ("on time", None),
            ("", None),
        ];
        for (text, item) in cases {
            assert_eq!(list_mark(text).map(|found| found.1), item, "{text}");
        }
    }
}
