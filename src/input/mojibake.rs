//! Repairs text that was UTF-8, was read as Windows-1252 and stored again: `donâ€™t` → `don’t`.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use memchr::memchr;

/// The characters that Windows-1252 makes of the first byte of the usual UTF-8 sequences:
/// Latin letters, punctuation, ligatures, emoji.
const LEADS: [char; 5] = ['Â', 'Ã', 'â', 'ï', 'ð'];

/// What stands for the bytes that Windows-1252 leaves undefined.
const UNDEFINED: [char; 5] = ['\u{81}', '\u{8d}', '\u{8f}', '\u{90}', '\u{9d}'];

/// How often text can have gone wrong, one time upon the other.
const TIMES: usize = 3;

/// Repairs every run of characters beyond ASCII that is plainly such damage: written as
/// Windows-1252, its bytes are UTF-8. `None` where there is none; what is not certain stays.
pub(super) fn repair(text: &str) -> Option<String> {
    let mut repaired: Option<String> = None;
    for _ in 0..TIMES {
        match once(repaired.as_deref().unwrap_or(text)) {
            Some(better) => repaired = Some(better),
            None => break,
        }
    }
    repaired
}

fn once(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    // In UTF-8 all leads begin with this byte; clean English text costs one search.
    let mut at = memchr(0xC3, bytes)?;
    let mut out: Option<String> = None;
    let mut done = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| !byte.is_ascii()) {
        let start = at + found;
        let length = bytes[start..].iter().position(u8::is_ascii);
        at = length.map_or(bytes.len(), |length| start + length);
        let before = start.checked_sub(1).map(|before| bytes[before]);
        if let Some(mended) = mend(&text[start..at], before) {
            let out = out.get_or_insert_with(|| String::with_capacity(text.len()));
            out.push_str(&text[done..start]);
            out.push_str(&mended);
            done = at;
        }
    }
    out.map(|mut out| {
        out.push_str(&text[done..]);
        out
    })
}

/// What a run of characters beyond ASCII was; `before` is the byte in front of it.
fn mend(run: &str, before: Option<u8>) -> Option<String> {
    if !run.starts_with(LEADS) {
        return None;
    }
    // `IRMÃ”` in capitals is Portuguese, not damage.
    if run.starts_with('Ã') && before.is_some_and(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let (bytes, _, unmappable) = WINDOWS_1252.encode(run);
    let Cow::Owned(bytes) = bytes else {
        return None;
    };
    let mended = String::from_utf8(bytes).ok().filter(|_| !unmappable)?;
    // Control characters come of no text, but for those that stand where Windows-1252 has
    // nothing: they are bytes of text that was damaged twice.
    let control = |c| matches!(c, '\u{80}'..='\u{9f}') && !UNDEFINED.contains(&c);
    (!mended.chars().any(control)).then_some(mended)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What reading UTF-8 as Windows-1252 makes of a text.
    fn damage(text: &str) -> String {
        let (damaged, _) = WINDOWS_1252.decode_without_bom_handling(text.as_bytes());
        damaged.into_owned()
    }

    #[test]
    fn damage_is_undone_however_often_it_was_done() {
        let text = "We don’t “own” it – the café’s naïve plan… costs 5 € • ﬁve £ or 😀";
        let once = damage(text);
        assert_ne!(once, text);
        assert_eq!(repair(&once).as_deref(), Some(text));
        assert_eq!(repair(&damage(&once)).as_deref(), Some(text));
    }

    #[test]
    fn right_and_damaged_text_may_stand_together() {
        let mixed = format!("It’s right. {} Größe", damage("It’s wrong."));
        assert_eq!(
            repair(&mixed).as_deref(),
            Some("It’s right. It’s wrong. Größe")
        );
    }

    #[test]
    fn what_is_not_certain_stays() {
        let kept = [
            "plain",
            "naïve café, Größe, señor, «mot»",
            "IRMÃ” e NÃO",
            "a château – Ãlvaro",
            "it cost â€ and",
            "Â’s",
        ];
        for text in kept {
            assert_eq!(repair(text), None, "{text}");
        }
    }
}
