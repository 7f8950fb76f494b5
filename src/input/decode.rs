//! One field's bytes → text: UTF-8, else Windows-1252 or MacRoman where it is plainly that.

use std::borrow::Cow;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use memchr::memchr;

/// A decoded field and what had to be done to it, empty if nothing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub remark: Option<String>,
}

/// Decodes a field; `Err` says why its bytes are not text.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, String> {
    let (text, remark) = match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), None),
        Err(error) => {
            let at = error.valid_up_to();
            let encoding = plainly(bytes).ok_or_else(|| {
                format!("byte {at} (0x{:02X}) is not UTF-8, nor is the field plainly Windows-1252; name the encoding with --encoding", bytes[at])
            })?;
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            let name = if encoding == MACINTOSH {
                "MacRoman"
            } else {
                "Windows-1252"
            };
            (text, Some(format!("not UTF-8: read as {name}")))
        }
    };
    if memchr(0, bytes).is_none() {
        return Ok(Decoded { text, remark });
    }
    without_nul(&text, remark)
}

/// Text with spaces for NULs, which no text holds by intention.
fn without_nul(text: &str, remark: Option<String>) -> Result<Decoded<'static>, String> {
    let count = text.bytes().filter(|byte| *byte == 0).count();
    if count * 20 > text.len() {
        return Err(format!(
            "{count} NUL bytes in {}: this is not text",
            text.len()
        ));
    }
    let nuls = format!("NUL bytes read as spaces: {count}");
    Ok(Decoded {
        text: Cow::Owned(text.replace('\0', " ")),
        remark: Some(remark.map_or(nuls.clone(), |first| format!("{first}; {nuls}"))),
    })
}

/// The single-byte encoding that bytes which are not UTF-8 are plainly in: no control
/// character, no valid UTF-8 sequence among them (that would be damaged UTF-8), and at
/// most every third byte beyond ASCII.
fn plainly(bytes: &[u8]) -> Option<&'static Encoding> {
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let control = |byte: &u8| *byte < 0x20 && !b"\0\t\n\r\x0c".contains(byte);
    if high * 3 > bytes.len() || bytes.iter().any(control) || has_utf8_sequence(bytes) {
        return None;
    }
    if mac_quotes(bytes) {
        return Some(MACINTOSH);
    }
    let undefined = |byte: &u8| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
    (!bytes.iter().any(undefined)).then_some(WINDOWS_1252)
}

/// True where some bytes beyond ASCII form a UTF-8 character.
fn has_utf8_sequence(bytes: &[u8]) -> bool {
    bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii())
}

/// True where MacRoman's quotes stand as quotes do: 0xD5 between letters, or 0xD2 before
/// a letter with 0xD3 behind one. In Windows-1252 these would be capital O with an accent.
fn mac_quotes(bytes: &[u8]) -> bool {
    let between = |byte: u8| {
        let windows = bytes.windows(3);
        windows.filter(move |w| w[1] == byte)
    };
    let apostrophe = between(0xD5).any(|w| w[0].is_ascii_lowercase() && w[2].is_ascii_lowercase());
    let opened = between(0xD2).any(|w| w[0] == b' ' && w[2].is_ascii_alphabetic());
    let closed = between(0xD3).any(|w| !w[0].is_ascii_whitespace() && !w[2].is_ascii_alphabetic());
    apostrophe || (opened && closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_taken_only_where_it_is_plain() {
        type Expected = Option<(&'static str, bool)>;
        let cases: &[(&[u8], Expected)] = &[
            (b"plain", Some(("plain", false))),
            ("naïve – café".as_bytes(), Some(("naïve – café", false))),
            (
                b"you\x92ll own the plan",
                Some(("you’ll own the plan", true)),
            ),
            (b"caf\xe9", Some(("café", true))),
            (b"we don\xd5t ship late", Some(("we don’t ship late", true))),
            (b"a \xd2bold\xd3 plan", Some(("a “bold” plan", true))),
            (
                b"one\0two three four five six",
                Some(("one two three four five six", true)),
            ),
            // Damaged UTF-8: a whole character and a cut one.
            (b"caf\xc3\xa9 and caf\xc3", None),
            (b"\xff\xfe\xfd", None),
            (b"bell \x07 and \x92", None),
            (b"undefined \x81 in Windows-1252", None),
            (b"a\0b\0c\0", None),
        ];
        for (bytes, expected) in cases {
            let found = decode(bytes).ok();
            let found = found
                .as_ref()
                .map(|d| (d.text.as_ref(), d.remark.is_some()));
            assert_eq!(found, *expected, "{bytes:?}");
        }
    }

    #[test]
    fn the_reason_names_byte_and_flag() {
        let reason = decode(b"ab\xff\xff\xff").unwrap_err();
        assert!(
            reason.contains("byte 2") && reason.contains("--encoding"),
            "{reason}"
        );
    }
}
