//! Shares and statistics as text: six decimals, rounded as Rust's own formatting rounds them.

use std::io::Write;

/// Below this, every fraction of a millionth that `f64` can tell is far smaller than [`NEAR_HALF`].
const MOST: f64 = 1000.0;

/// How near a value may come to the middle between two numbers of six decimals before its exact digits are asked.
const NEAR_HALF: f64 = 1e-3;

/// Writes `value` with six decimals behind `bytes`; what rounds to minus zero is zero.
///
/// Values are mostly shares, and a run writes some thousands of them: in whole millionths they cost a tenth of what
/// formatting costs that is exact for every value.
pub(super) fn six_decimals(value: f64, bytes: &mut Vec<u8>) {
    let millionths = value.abs() * 1e6;
    let whole = millionths as u64;
    let rest = millionths - whole as f64;
    if !(value.abs() < MOST && (rest - 0.5).abs() > NEAR_HALF) {
        return exact(value, bytes);
    }
    let rounded = whole + u64::from(rest > 0.5);
    if value < 0.0 && rounded > 0 {
        bytes.push(b'-');
    }
    bytes.extend_from_slice(itoa::Buffer::new().format(rounded / 1_000_000).as_bytes());
    bytes.push(b'.');
    // A one in front keeps the zeros behind the point.
    let decimals = rounded % 1_000_000 + 1_000_000;
    bytes.extend_from_slice(&itoa::Buffer::new().format(decimals).as_bytes()[1..]);
}

fn exact(value: f64, bytes: &mut Vec<u8>) {
    let first = bytes.len();
    write!(bytes, "{value:.6}").expect("writing to memory does not fail");
    if bytes[first..] == *b"-0.000000" {
        bytes.remove(first);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(value: f64) -> String {
        let mut bytes = Vec::new();
        six_decimals(value, &mut bytes);
        String::from_utf8(bytes).unwrap()
    }

    fn formatted(value: f64) -> String {
        format!("{value:.6}").replace("-0.000000", "0.000000")
    }

    #[test]
    fn halves_are_rounded_as_exact_digits_say() {
        for value in [
            0.0,
            -0.0,
            1.0 / 128.0,
            0.0000005,
            -0.0000005,
            0.9999995,
            -1e-9,
            999.9999999,
            1000.0,
            1e18,
            f64::NAN,
            f64::INFINITY,
        ] {
            assert_eq!(written(value), formatted(value), "{value:e}");
        }
    }

    proptest! {
        #[test]
        fn digits_are_those_of_rust(value in -1100.0..1100.0, part in 0u32..2000, whole in 1u32..2000) {
            let share = f64::from(part) / f64::from(whole);
            prop_assert_eq!(written(value), formatted(value));
            prop_assert_eq!(written(share), formatted(share));
            prop_assert_eq!(written(value / 1e6), formatted(value / 1e6));
        }
    }
}
