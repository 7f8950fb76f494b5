//! Statistics of counts: pure functions, one formula each.

/// Standard normal quantile of a two-sided 95 % interval.
const Z95: f64 = 1.959_963_984_540_054;

/// Wilson score interval (95 %, no continuity correction) of `successes` out of
/// `trials` (Wilson 1927); `None` without trials.
pub fn wilson(successes: u64, trials: u64) -> Option<(f64, f64)> {
    if trials == 0 {
        return None;
    }
    Some(wilson_of(successes as f64 / trials as f64, trials as f64))
}

/// The same interval of a share of `n` trials; the effective size of a sample need not be whole.
pub fn wilson_of(share: f64, n: f64) -> (f64, f64) {
    let z2 = Z95 * Z95;
    let center = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z95 / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    // At 0 and 1 the limits are exactly these; rounding must not miss them.
    let low = if share <= 0.0 {
        0.0
    } else {
        (center - half).max(0.0)
    };
    let high = if share >= 1.0 {
        1.0
    } else {
        (center + half).min(1.0)
    };
    (low, high)
}

/// `part / whole`; `None` where `whole` is 0.
pub fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Szymkiewicz–Simpson overlap coefficient of sets of `a` and `b` members that share `both`.
pub fn overlap_coefficient(a: u64, b: u64, both: u64) -> Option<f64> {
    share(both, a.min(b))
}

/// Ruzicka similarity of two lists of rates: Σ min ÷ Σ max; `None` where all are 0.
pub fn ruzicka(rates: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (mut low, mut high) = (0.0, 0.0);
    for (a, b) in rates {
        low += a.min(b);
        high += a.max(b);
    }
    (high > 0.0).then(|| low / high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: Option<(f64, f64)>, want: (f64, f64)) {
        let got = got.unwrap();
        assert!(
            (got.0 - want.0).abs() < 1e-6 && (got.1 - want.1).abs() < 1e-6,
            "{got:?} {want:?}"
        );
    }

    #[test]
    fn wilson_matches_the_reference_values() {
        close(wilson(8, 10), (0.490162, 0.943318));
        close(wilson(0, 10), (0.0, 0.277533));
        close(wilson(37, 120), (0.232727, 0.395830));
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(5, 5).unwrap().1, 1.0);
    }

    #[test]
    fn overlaps_match_the_reference_values() {
        assert_eq!(share(3, 5 + 7 - 3), Some(1.0 / 3.0));
        assert_eq!(overlap_coefficient(5, 7, 3), Some(0.6));
        assert_eq!(overlap_coefficient(0, 7, 0), None);
        let third = ruzicka([(0.2, 0.4), (0.5, 0.1)].into_iter()).unwrap();
        assert!((third - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(ruzicka([(0.0, 0.0)].into_iter()), None);
    }
}
