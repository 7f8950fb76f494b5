//! The cluster bootstrap: how far a figure would vary over other samples of documents.

/// Samples drawn.
pub const SAMPLES: usize = 2000;

/// Clusters below which no interval is given.
pub const MIN_CLUSTERS: usize = 10;

/// A small generator of random numbers (SplitMix64, Steele et al. 2014): the same seed gives the
/// same numbers on every machine.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A generator that starts from `seed`.
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which must not be 0. The bias is below `bound` in 2^64.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.bits()) * bound as u128) >> 64) as usize
    }

    /// Puts `items` into a random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

/// Draws [`SAMPLES`] samples of as many clusters as there are, with replacement, and calls `figures`
/// with how often each cluster was drawn. Returns the 95 % percentile interval of each figure: `None`
/// where fewer than half of the samples define it.
///
/// # Errors
///
/// The reason, where there are fewer than [`MIN_CLUSTERS`] clusters.
pub fn intervals<const N: usize>(
    clusters: usize,
    seed: u64,
    mut figures: impl FnMut(&[u32]) -> [Option<f64>; N],
) -> Result<[Option<(f64, f64)>; N], String> {
    if clusters < MIN_CLUSTERS {
        return Err(format!(
            "{clusters} documents are too few for an interval; {MIN_CLUSTERS} are needed"
        ));
    }
    let mut random = Random::new(seed);
    let mut drawn = vec![0u32; clusters];
    let mut values: [Vec<f64>; N] = std::array::from_fn(|_| Vec::with_capacity(SAMPLES));
    for _ in 0..SAMPLES {
        drawn.fill(0);
        for _ in 0..clusters {
            drawn[random.below(clusters)] += 1;
        }
        for (all, value) in values.iter_mut().zip(figures(&drawn)) {
            all.extend(value);
        }
    }
    Ok(values.map(|mut all| {
        all.sort_by(f64::total_cmp);
        let enough = 2 * all.len() >= SAMPLES;
        enough.then(|| (quantile(&all, 0.025), quantile(&all, 0.975)))
    }))
}

/// The quantile of sorted values, interpolated linearly (type 7 of Hyndman and Fan 1996).
pub(super) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_numbers_are_those_of_splitmix64() {
        let mut random = Random::new(1_234_567);
        // The reference values of the published C implementation.
        assert_eq!(random.bits(), 6_457_827_717_110_365_317);
        assert_eq!(random.bits(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn shuffling_keeps_every_item() {
        let mut items: Vec<u32> = (0..50).collect();
        Random::new(3).shuffle(&mut items);
        assert_ne!(items, (0..50).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..50).collect::<Vec<_>>());
    }

    /// A share of 400 clusters of one unit has nearly its binomial interval.
    #[test]
    fn the_interval_of_a_share_is_about_the_normal_one() {
        let share = |drawn: &[u32]| {
            let with: u32 = drawn[..120].iter().sum();
            [Some(f64::from(with) / 400.0)]
        };
        let [interval] = intervals(400, 1, share).expect("enough clusters");
        let (low, high) = interval.expect("defined");
        let half = 1.96 * (0.3 * 0.7 / 400.0f64).sqrt();
        assert!(
            (low - (0.3 - half)).abs() < 0.008 && (high - (0.3 + half)).abs() < 0.008,
            "{low} {high}"
        );
        assert_eq!(intervals(400, 1, share), Ok([Some((low, high))]));
        assert_ne!(intervals(400, 2, share), Ok([Some((low, high))]));
    }

    #[test]
    fn few_clusters_are_refused() {
        let refused = intervals(9, 1, |_| [Some(1.0)]);
        assert!(refused.is_err_and(|reason| reason.starts_with("9 documents")));
        assert_eq!(intervals(10, 1, |_| [None]), Ok([None]));
    }

    #[test]
    fn quantiles_are_interpolated() {
        assert_eq!(quantile(&[0.0, 1.0, 2.0, 3.0], 0.5), 1.5);
        assert_eq!(quantile(&[7.0], 0.975), 7.0);
    }
}
