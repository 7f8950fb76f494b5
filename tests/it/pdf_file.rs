//! Writes PDFs for the tests: lines of Courier where they are put, on as many pages as are begun.

/// Width of a Courier letter in sizes of the font.
const LETTER: f32 = 0.6;

/// Size of the running text, distance of its lines, and left edge, in points.
pub(crate) const SIZE: f32 = 10.0;
const STEP: f32 = 13.0;
pub(crate) const LEFT: f32 = 72.0;

/// A PDF that is being written.
#[derive(Default)]
pub(crate) struct Pdf {
    /// The drawing operators of each page.
    pages: Vec<String>,
    /// The height at which the next block begins, from the bottom of the page.
    y: f32,
}

impl Pdf {
    pub(crate) fn page(mut self) -> Pdf {
        self.pages.push(String::new());
        self.y = 760.0;
        self
    }

    /// Draws one line at a place; characters beyond ASCII in Windows-1252.
    pub(crate) fn line(mut self, x: f32, y: f32, size: f32, text: &str) -> Pdf {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let page = self.pages.last_mut().expect("a page has been begun");
        page.push_str(&format!("BT /F1 {size} Tf {x} {y} Td <{hex}> Tj ET\n"));
        self
    }

    pub(crate) fn heading(mut self, text: &str) -> Pdf {
        self.y -= 12.0;
        let y = self.y;
        self = self.line(LEFT, y, 16.0, text);
        self.y -= 26.0;
        self
    }

    /// Draws a paragraph, broken into lines of at most `columns` letters.
    pub(crate) fn paragraph(mut self, columns: usize, text: &str) -> Pdf {
        for line in wrapped(text, columns) {
            let y = self.y;
            self = self.line(LEFT, y, SIZE, &line);
            self.y -= STEP;
        }
        self.y -= 10.0;
        self
    }

    /// Draws a list item with its mark drawn apart, as word processors do.
    pub(crate) fn item(mut self, mark: &str, columns: usize, text: &str) -> Pdf {
        let y = self.y;
        self = self.line(LEFT + 18.0, y, SIZE, mark);
        for line in wrapped(text, columns) {
            let y = self.y;
            self = self.line(LEFT + 36.0, y, SIZE, &line);
            self.y -= STEP;
        }
        self
    }

    /// Draws a table with columns of `columns` letters.
    pub(crate) fn table(mut self, columns: usize, rows: &[&[&str]]) -> Pdf {
        self.y -= 10.0;
        for row in rows {
            let mut lowest = self.y;
            for (at, cell) in row.iter().enumerate() {
                let x = LEFT + (columns + 3) as f32 * SIZE * LETTER * at as f32;
                let mut y = self.y;
                for line in wrapped(cell, columns) {
                    self = self.line(x, y, SIZE, &line);
                    y -= STEP;
                }
                lowest = lowest.min(y);
            }
            self.y = lowest - 6.0;
        }
        self.y -= 10.0;
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let font = "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>";
        let kids: Vec<String> = (0..self.pages.len())
            .map(|at| format!("{} 0 R", 4 + at * 2))
            .collect();
        let mut objects = vec![
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            format!(
                "<</Type/Pages/Kids[{}]/Count {}/MediaBox[0 0 595 842]>>",
                kids.join(" "),
                kids.len()
            )
            .into_bytes(),
            font.as_bytes().to_vec(),
        ];
        for (at, page) in self.pages.iter().enumerate() {
            let page_object = format!(
                "<</Type/Page/Parent 2 0 R/Contents {} 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
                5 + at * 2
            );
            objects.push(page_object.into_bytes());
            objects.push(stream("", page.as_bytes()));
        }
        file(&objects, "")
    }
}

/// A stream object; `entries` go into its dictionary.
pub(crate) fn stream(entries: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<<{entries}/Length {}>>stream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

/// A file of these objects, numbered from 1, the catalogue first; `entries` go into the trailer.
pub(crate) fn file(objects: &[Vec<u8>], entries: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut places = String::new();
    for (at, object) in objects.iter().enumerate() {
        places.push_str(&format!("{:010} 00000 n \n", bytes.len()));
        bytes.extend(format!("{} 0 obj\n", at + 1).into_bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let (start, count) = (bytes.len(), objects.len() + 1);
    bytes.extend(
        format!(
            "xref\n0 {count}\n0000000000 65535 f \n{places}\
             trailer<</Size {count}/Root 1 0 R{entries}>>\nstartxref\n{start}\n%%EOF\n"
        )
        .into_bytes(),
    );
    bytes
}

/// Breaks text into lines of at most `columns` letters; a `-` in a longer word is a place to break.
pub(crate) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is a line");
        let needed = line.chars().count() + 1 + word.chars().count();
        if line.is_empty() {
            line.push_str(word);
        } else if needed <= columns {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_string());
        }
    }
    lines
}
