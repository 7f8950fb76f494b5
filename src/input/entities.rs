//! Character references (`&amp;`, `&nbsp;`, `&#39;`) in text that has no tags.

use std::borrow::Cow;
use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, State, Tokenizer};
use memchr::memchr_iter;

/// Longest reference that HTML knows, in bytes.
const LONGEST: usize = 33;

/// Decodes the references that end in a semicolon; twice escaped text (`&amp;nbsp;`) twice.
/// Text without references costs one search for `&`.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    match once(text) {
        Some(first) => Cow::Owned(once(&first).unwrap_or(first)),
        None => Cow::Borrowed(text),
    }
}

/// The text with its references decoded; `None` where it has none.
fn once(text: &str) -> Option<String> {
    let mut decoded: Option<String> = None;
    let mut done = 0;
    for at in memchr_iter(b'&', text.as_bytes()) {
        let Some(length) = reference(&text.as_bytes()[at..]).filter(|_| at >= done) else {
            continue;
        };
        let output = decoded.get_or_insert_with(|| String::with_capacity(text.len()));
        output.push_str(&text[done..at]);
        resolve(&text[at..at + length], output);
        done = at + length;
    }
    decoded.map(|mut output| {
        output.push_str(&text[done..]);
        output
    })
}

/// Length of the reference that `bytes` start with, its semicolon included.
fn reference(bytes: &[u8]) -> Option<usize> {
    let longest = &bytes[..bytes.len().min(LONGEST)];
    let end = longest.iter().position(|byte| *byte == b';')?;
    let name = &bytes[1..end];
    let digits = name.strip_prefix(b"#").unwrap_or(name);
    (!digits.is_empty() && digits.iter().all(u8::is_ascii_alphanumeric)).then_some(end + 1)
}

/// Appends what one reference stands for; one that HTML does not know as it is.
fn resolve(reference: &str, output: &mut String) {
    match reference {
        "&amp;" => output.push('&'),
        "&nbsp;" | "&#160;" => output.push(' '),
        "&#39;" | "&apos;" => output.push('\''),
        "&quot;" => output.push('"'),
        _ => {
            let emit = |event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
                if let CallbackEvent::String { value } = event {
                    push_text(&String::from_utf8_lossy(value), output);
                }
                None
            };
            let mut tokens = Tokenizer::new_with_emitter(reference, CallbackEmitter::new(emit));
            tokens.set_state(State::RcData);
            let Ok(()) = tokens.finish();
        }
    }
}

/// Appends decoded text: a no-break space as a space, invisible soft hyphens and NULs not.
pub(crate) fn push_text(text: &str, output: &mut String) {
    for c in text.chars() {
        match c {
            '\u{a0}' => output.push(' '),
            '\u{ad}' | '\0' => (),
            other => output.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_and_other_ampersands_kept() {
        let cases = [
            ("R&amp;D, Q&A and AT&T;", "R&D, Q&A and AT&T;"),
            ("you&#39;ll&nbsp;own &#x2022; it", "you'll own \u{2022} it"),
            ("&ldquo;done&rdquo; &ndash; caf&eacute;", "“done” – café"),
            ("R&amp;amp;D &amp;nbsp;x", "R&D  x"),
            (
                "a & b; c &unknown; d &; e &#; f",
                "a & b; c &unknown; d &; e &#; f",
            ),
            ("co&shy;op", "coop"),
            ("&copy without its end", "&copy without its end"),
        ];
        for (text, expected) in cases {
            assert_eq!(decode(text), expected, "{text}");
        }
        assert!(matches!(decode("nothing here"), Cow::Borrowed(_)));
    }
}
