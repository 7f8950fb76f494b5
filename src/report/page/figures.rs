//! How numbers and long texts look on the page. Templates hand over references, code hands over values.

use std::borrow::Borrow;

/// A count with commas: `65,296`.
pub(super) fn count(value: impl Borrow<u64>) -> String {
    let digits = value.borrow().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count and its noun: `1 document`, `65,296 sentences`.
pub(super) fn counted(value: impl Borrow<u64>, noun: &str) -> String {
    let value = *value.borrow();
    let ending = if value == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", count(value))
}

/// A share as per cent without decimals, `39 %`; one decimal below one per cent that is not nought.
pub(super) fn percent(share: impl Borrow<Option<f64>>) -> String {
    share
        .borrow()
        .map_or_else(|| "–".to_owned(), |share| format!("{}\u{a0}%", bare(share)))
}

/// An interval of shares: `32–47 %`; empty where there is none.
pub(super) fn interval(low: impl Borrow<Option<f64>>, high: impl Borrow<Option<f64>>) -> String {
    match (*low.borrow(), *high.borrow()) {
        (Some(low), Some(high)) => format!("{}–{}\u{a0}%", bare(low), bare(high)),
        _ => String::new(),
    }
}

fn bare(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.95 {
        return format!("{percent:.1}").replace("0.0", "<0.1");
    }
    format!("{percent:.0}")
}

/// A statistic with two decimals; a dash where it is undefined.
pub(super) fn decimal(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"))
}

/// A number as the CSV files write it, for sorting and for tests.
pub(super) fn exact(value: impl Borrow<Option<f64>>) -> String {
    value
        .borrow()
        .map_or_else(String::new, |value| format!("{value:.6}"))
}

/// The first `most` characters of a text, and an ellipsis where there are more.
pub(super) fn clip(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_commas() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(counted(1, "document"), "1 document");
        assert_eq!(counted(2_000, "document"), "2,000 documents");
    }

    #[test]
    fn shares_are_per_cent() {
        assert_eq!(percent(Some(0.392157)), "39\u{a0}%");
        assert_eq!(percent(Some(0.003)), "0.3\u{a0}%");
        assert_eq!(percent(Some(0.00001)), "<0.1\u{a0}%");
        assert_eq!(percent(Some(0.0)), "0\u{a0}%");
        assert_eq!(percent(None::<f64>), "–");
        assert_eq!(interval(Some(0.321), Some(0.471)), "32–47\u{a0}%");
        assert_eq!(interval(None::<f64>, None::<f64>), "");
    }

    #[test]
    fn long_texts_are_clipped() {
        assert_eq!(clip("ééé", 3), "ééé");
        assert_eq!(clip("éé éé", 3), "éé…");
    }
}
