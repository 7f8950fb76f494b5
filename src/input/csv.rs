//! Where the records and fields of delimited text lie (RFC 4180), found without copying.
//!
//! Finding the ends takes one pass over the quotes, several times faster than
//! a parser that copies fields, and leaves the unescaping of the few wanted fields
//! to the workers. It is stricter than the csv crate: text behind a closing quote
//! and a quote that never closes are broken, so that a row which swallows its
//! neighbours is noticed. On well-formed input both agree (tested).

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr2, memmem};

/// How fields and records end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// Ends a field.
    pub delimiter: u8,
    /// Ends a record: a line feed, or a carriage return in files that have no line feed.
    pub terminator: u8,
}

/// What stands at the start of a record.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Scan {
    /// A record, whose terminator ends before this offset.
    Record(usize),
    /// An empty line, which ends before this offset.
    Blank(usize),
    /// No record can be read here.
    Broken(&'static str),
    /// The record goes on behind the bytes that are there.
    Incomplete,
}

/// Reads the record that starts at `at` and stores its fields, quotes included.
///
/// `whole` says that no bytes follow; the caller has made sure that `at < bytes.len()`.
pub(crate) fn scan(
    bytes: &[u8],
    at: usize,
    dialect: Dialect,
    whole: bool,
    fields: &mut Vec<Range<usize>>,
) -> Scan {
    fields.clear();
    let mut start = at;
    loop {
        let quoted = bytes.get(start) == Some(&b'"');
        let end = if quoted {
            match closing_quote(bytes, start + 1, whole) {
                Ok(end) => end,
                Err(other) => return other,
            }
        } else {
            match memchr2(dialect.delimiter, dialect.terminator, &bytes[start..]) {
                Some(offset) => start + offset,
                None if whole => bytes.len(),
                None => return Scan::Incomplete,
            }
        };
        let (next, last) = match bytes.get(end) {
            None if whole => (end, true),
            None => return Scan::Incomplete,
            Some(byte) if *byte == dialect.delimiter => (end + 1, false),
            Some(byte) if *byte == dialect.terminator => (end + 1, true),
            Some(b'\r') => match bytes.get(end + 1) {
                Some(b'\n') => (end + 2, true),
                None if whole => (end + 1, true),
                None => return Scan::Incomplete,
                Some(_) => return Scan::Broken("there is text behind a closing quote"),
            },
            Some(_) => return Scan::Broken("there is text behind a closing quote"),
        };
        let mut field = start..end;
        if last && !quoted && bytes[field.clone()].ends_with(b"\r") {
            field.end -= 1;
        }
        fields.push(field);
        if last {
            let blank = !quoted && fields.len() == 1 && fields[0].is_empty();
            return if blank {
                Scan::Blank(next)
            } else {
                Scan::Record(next)
            };
        }
        start = next;
    }
}

/// Offset behind the quote that closes the field whose text starts at `at`.
fn closing_quote(bytes: &[u8], mut at: usize, whole: bool) -> Result<usize, Scan> {
    loop {
        match memchr(b'"', &bytes[at..]) {
            Some(offset) => at += offset + 1,
            None if whole => return Err(Scan::Broken("a quote is never closed")),
            None => return Err(Scan::Incomplete),
        }
        match bytes.get(at) {
            Some(b'"') => at += 1,
            None if !whole => return Err(Scan::Incomplete),
            _ => return Ok(at),
        }
    }
}

/// The value of a field: its quotes taken off, doubled quotes made single.
pub(crate) fn unescape(field: &[u8]) -> Cow<'_, [u8]> {
    let Some(inner) = field.strip_prefix(b"\"") else {
        return Cow::Borrowed(field);
    };
    let inner = inner.strip_suffix(b"\"").unwrap_or(inner);
    if memchr(b'"', inner).is_none() {
        return Cow::Borrowed(inner);
    }
    let mut value = Vec::with_capacity(inner.len());
    let mut rest = 0;
    for pair in memmem::find_iter(inner, b"\"\"") {
        value.extend_from_slice(&inner[rest..=pair]);
        rest = pair + 2;
    }
    value.extend_from_slice(&inner[rest..]);
    Cow::Owned(value)
}

/// The dialect of a table whose first bytes are `head`, and whether a line
/// `sep=…` comes before the header. `delimiter` overrules the content.
pub(crate) fn dialect(head: &[u8], delimiter: Option<u8>) -> (Dialect, bool) {
    let terminator = match memchr2(b'\n', b'\r', head) {
        Some(at) if head[at] == b'\r' && memchr(b'\n', head).is_none() => b'\r',
        _ => b'\n',
    };
    let line_end = memchr2(b'\n', b'\r', head).unwrap_or(head.len());
    if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] = head[..line_end] {
        let dialect = Dialect {
            delimiter,
            terminator,
        };
        return (dialect, true);
    }
    let mut fields = Vec::new();
    let mut best = (1, b',');
    for candidate in [b',', b';', b'\t', b'|'] {
        let dialect = Dialect {
            delimiter: candidate,
            terminator,
        };
        let found = scan(head, 0, dialect, true, &mut fields);
        if matches!(found, Scan::Record(_)) && fields.len() > best.0 {
            best = (fields.len(), candidate);
        }
    }
    let delimiter = delimiter.unwrap_or(best.1);
    (
        Dialect {
            delimiter,
            terminator,
        },
        false,
    )
}

/// The fields of the first record of `head`, as a header.
pub(crate) fn header(head: &[u8]) -> Vec<String> {
    let (dialect, _) = dialect(head, None);
    let mut fields = Vec::new();
    if head.is_empty() || !matches!(scan(head, 0, dialect, true, &mut fields), Scan::Record(_)) {
        return Vec::new();
    }
    names(head, &fields)
}

/// Column names of a header record.
pub(crate) fn names(bytes: &[u8], fields: &[Range<usize>]) -> Vec<String> {
    let name = |field: &Range<usize>| {
        let value = unescape(&bytes[field.clone()]);
        String::from_utf8_lossy(&value).trim().to_string()
    };
    fields.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COMMA: Dialect = Dialect {
        delimiter: b',',
        terminator: b'\n',
    };

    fn fields_of(text: &str, dialect: Dialect) -> (Scan, Vec<String>) {
        let mut fields = Vec::new();
        let scan = scan(text.as_bytes(), 0, dialect, true, &mut fields);
        let fields = fields.iter().map(|field| {
            String::from_utf8(unescape(&text.as_bytes()[field.clone()]).into_owned()).unwrap()
        });
        (scan, fields.collect())
    }

    #[test]
    fn records_and_fields_are_found() {
        let cases: &[(&str, Scan, &[&str])] = &[
            ("a,b\nc", Scan::Record(4), &["a", "b"]),
            ("a,b\r\nc", Scan::Record(5), &["a", "b"]),
            (
                "a,\"x\ny, \"\"z\"\"\"\nc",
                Scan::Record(15),
                &["a", "x\ny, \"z\""],
            ),
            ("\"\",\n", Scan::Record(4), &["", ""]),
            ("12\" pipe,b", Scan::Record(10), &["12\" pipe", "b"]),
            ("\"a\"\r\n", Scan::Record(5), &["a"]),
            ("\n", Scan::Blank(1), &[""]),
            ("\r\n", Scan::Blank(2), &[""]),
            ("\"\"\n", Scan::Record(3), &[""]),
        ];
        for (text, expected, values) in cases {
            let (scan, fields) = fields_of(text, COMMA);
            assert_eq!(scan, *expected, "{text:?}");
            assert_eq!(fields, *values, "{text:?}");
        }
    }

    #[test]
    fn a_row_that_swallows_its_neighbour_is_broken() {
        let swallowed = "5,\"no end\n6,\"good\"\n";
        assert!(matches!(fields_of(swallowed, COMMA).0, Scan::Broken(_)));
        assert!(matches!(
            fields_of("5,\"no end\n", COMMA).0,
            Scan::Broken(_)
        ));
    }

    #[test]
    fn the_dialect_is_told_from_the_header() {
        let of = |head: &str| dialect(head.as_bytes(), None);
        assert_eq!(of("id,title,text\n").0.delimiter, b',');
        assert_eq!(of("id;title;\"a,b\"\r\n").0.delimiter, b';');
        assert_eq!(of("id\ttitle, or role\ttext\n").0.delimiter, b'\t');
        assert_eq!(of("text\n").0, COMMA);
        assert_eq!(of("id,text\r1,a\r").0.terminator, b'\r');
        let (semicolon, announced) = of("sep=;\nid;text\n");
        assert!(announced && semicolon.delimiter == b';');
    }

    fn scan_all(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let (mut at, mut fields, mut records) = (0, Vec::new(), Vec::new());
        while at < bytes.len() {
            match scan(bytes, at, COMMA, true, &mut fields) {
                Scan::Record(next) => {
                    let values = fields
                        .iter()
                        .map(|f| unescape(&bytes[f.clone()]).into_owned());
                    records.push(values.collect());
                    at = next;
                }
                Scan::Blank(next) => at = next,
                other => panic!("{other:?}"),
            }
        }
        records
    }

    proptest! {
        #[test]
        fn what_the_csv_crate_writes_is_read_back(
            rows in prop::collection::vec(prop::collection::vec("[a,\"\n\r é]{0,9}", 2..5), 0..9),
            crlf: bool,
            always: bool,
        ) {
            let terminator = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
            let style = if always { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
            let mut writer = csv::WriterBuilder::new()
                .flexible(true).terminator(terminator).quote_style(style).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let bytes = writer.into_inner().unwrap();
            let expected: Vec<Vec<Vec<u8>>> = rows.iter()
                .map(|row| row.iter().map(|field| field.clone().into_bytes()).collect())
                .collect();
            prop_assert_eq!(scan_all(&bytes), expected);
        }

        #[test]
        fn a_cut_record_is_incomplete_and_never_another_record(text in "[a,\"\n\r]{1,24}", cut in 0usize..24) {
            let bytes = text.as_bytes();
            let cut = cut.min(bytes.len());
            let (mut part, mut all) = (Vec::new(), Vec::new());
            if cut > 0 {
                let seen = scan(&bytes[..cut], 0, COMMA, false, &mut part);
                if seen != Scan::Incomplete {
                    prop_assert_eq!(seen, scan(bytes, 0, COMMA, true, &mut all));
                    prop_assert_eq!(part, all);
                }
            }
        }
    }
}
