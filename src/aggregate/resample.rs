//! Intervals of the figures of a report: the cluster bootstrap over documents, or over groups of them.

use crate::aggregate::bootstrap::{MIN_CLUSTERS, Random, SAMPLES, quantile};
use crate::aggregate::{Overlap, Tally, overlaps, stats};
use crate::analyze::ContentRole;
use crate::role::{Declared, Role};

/// Bytes that the drawn samples may take at a time.
const ROOM: usize = 64 << 20;

/// 95 % percentile intervals; `None` where fewer than half of the samples define a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Intervals {
    /// How many clusters were resampled.
    pub clusters: usize,
    /// Of each cell of the confusion matrix, row by row.
    pub confusion: Vec<Option<(f64, f64)>>,
    /// Of each row of `overlaps`.
    pub overlap: Vec<Option<(f64, f64)>>,
    /// Of each row of `prevalences`.
    pub prevalence: Vec<Option<(f64, f64)>>,
}

/// Share of the countable units with a label, for each declared role, `None` and untitled, and each label.
pub fn prevalences(tally: &Tally) -> Vec<(Option<Declared>, Role, u64, u64)> {
    let declared = Declared::ALL.into_iter().map(Some).chain([None]);
    declared
        .flat_map(|declared| {
            let (all, labels) = tally.countable_and_counted(declared);
            Role::ALL.map(|label| (declared, label, labels[label as usize], all))
        })
        .collect()
}

/// Draws [`SAMPLES`] samples of as many clusters as there are. `pass` hands every document's cluster and
/// numbered counts ([`Tally::counts_of`]) to its argument; it is called again for as many samples as find room
/// (one byte for each cluster and sample).
///
/// # Errors
///
/// Those of `pass`. The inner error is the reason why there are no intervals.
pub fn resample<E>(
    clusters: usize,
    entries: usize,
    seed: u64,
    mut pass: impl FnMut(&mut dyn FnMut(usize, &[(usize, u64)])) -> Result<(), E>,
) -> Result<Result<Intervals, String>, E> {
    if clusters < MIN_CLUSTERS {
        let reason =
            format!("{clusters} clusters are too few for an interval; {MIN_CLUSTERS} are needed");
        return Ok(Err(reason));
    }
    let slots = Tally::count_slots(entries);
    let at_once = (ROOM / clusters).clamp(1, SAMPLES);
    let mut figures: Vec<Vec<f64>> = Vec::new();
    let mut shape = (0, 0);
    for first in (0..SAMPLES).step_by(at_once) {
        let samples = at_once.min(SAMPLES - first);
        let drawn = draw(clusters, first..first + samples, seed);
        let mut sums = vec![0u64; slots * samples];
        pass(&mut |cluster, counts| {
            let times = &drawn[cluster * samples..][..samples];
            for (slot, count) in counts {
                let sums = &mut sums[slot * samples..][..samples];
                for (sum, times) in sums.iter_mut().zip(times) {
                    *sum += count * u64::from(*times);
                }
            }
        })?;
        for sample in 0..samples {
            let counts = (0..slots).map(|slot| sums[slot * samples + sample]);
            let (values, lengths) = values(&Tally::of_counts(counts, entries));
            shape = lengths;
            figures.resize_with(values.len(), Vec::new);
            for (all, value) in figures.iter_mut().zip(values) {
                all.extend(value);
            }
        }
    }
    let mut intervals: Vec<Option<(f64, f64)>> = figures.into_iter().map(interval).collect();
    let prevalence = intervals.split_off(shape.0 + shape.1);
    let overlap = intervals.split_off(shape.0);
    Ok(Ok(Intervals {
        clusters,
        confusion: intervals,
        overlap,
        prevalence,
    }))
}

/// How often each cluster is in each of the samples: cluster by cluster. A sample depends on `seed` and its number alone.
fn draw(clusters: usize, samples: std::ops::Range<usize>, seed: u64) -> Vec<u8> {
    let width = samples.len();
    let mut drawn = vec![0u8; clusters * width];
    for (at, sample) in samples.enumerate() {
        let mut random = Random::new(Random::new(seed ^ (sample as u64) << 32).bits());
        for _ in 0..clusters {
            let times = &mut drawn[random.below(clusters) * width + at];
            // More than 255 times the same of many clusters does not happen.
            *times = times.saturating_add(1);
        }
    }
    drawn
}

/// All figures of a tally, and how many are of the matrix and of overlap.
fn values(tally: &Tally) -> (Vec<Option<f64>>, (usize, usize)) {
    let declared = Declared::ALL.into_iter().map(Some).chain([None]);
    let mut values: Vec<Option<f64>> = declared
        .flat_map(|declared| {
            let row = tally.confusion_row(declared);
            let total = row.iter().sum();
            ContentRole::ALL.map(|content| stats::share(row[content.index()], total))
        })
        .collect();
    let cells = values.len();
    values.extend(overlaps(tally).iter().map(|Overlap { value, .. }| *value));
    let shape = (cells, values.len() - cells);
    values.extend(
        prevalences(tally)
            .iter()
            .map(|(_, _, with, all)| stats::share(*with, *all)),
    );
    (values, shape)
}

fn interval(mut values: Vec<f64>) -> Option<(f64, f64)> {
    values.sort_by(f64::total_cmp);
    let enough = 2 * values.len() >= SAMPLES;
    enough.then(|| (quantile(&values, 0.025), quantile(&values, 0.975)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::Facts;

    fn facts(content: ContentRole) -> Facts<'static> {
        Facts {
            id: "a",
            declared: Some(Declared::Role(Role::Product)),
            content,
            countable: 4,
            units: Vec::new(),
            entries: vec![1],
        }
    }

    fn of(clusters: usize, documents: &[(usize, Facts<'_>)]) -> Result<Intervals, String> {
        resample::<std::convert::Infallible>(clusters, 3, 1, |look| {
            for (cluster, facts) in documents {
                look(*cluster, &Tally::counts_of(facts));
            }
            Ok(())
        })
        .unwrap_or_else(|never| match never {})
    }

    #[test]
    fn counts_make_the_tally_again() {
        let facts = facts(ContentRole::Mixed);
        let mut tally = Tally::new(3);
        tally.add(&facts);
        let mut counts = vec![0; Tally::count_slots(3)];
        Tally::counts_of(&facts)
            .into_iter()
            .for_each(|(slot, count)| counts[slot] = count);
        let again = Tally::of_counts(counts.into_iter(), 3);
        assert_eq!(again.sums.confusion, tally.sums.confusion);
        assert_eq!(again.entries[1].documents, tally.entries[1].documents);
        assert_eq!(
            (again.sums.countable, again.sums.pairs),
            (tally.sums.countable, tally.sums.pairs)
        );
    }

    #[test]
    fn the_interval_of_a_cell_is_about_the_binomial_one() {
        let documents: Vec<(usize, Facts<'_>)> = (0..400)
            .map(|at| {
                let content = if at < 120 {
                    ContentRole::Mixed
                } else {
                    ContentRole::None
                };
                (at, facts(content))
            })
            .collect();
        let found = of(400, &documents).expect("enough clusters");
        let (low, high) = found.confusion[ContentRole::Mixed.index()].expect("defined");
        let half = 1.96 * (0.3 * 0.7 / 400.0f64).sqrt();
        assert!(
            (low - (0.3 - half)).abs() < 0.008 && (high - (0.3 + half)).abs() < 0.008,
            "{low} {high}"
        );
        assert_eq!(of(400, &documents), Ok(found));
        // The same documents in ten clusters of alike ones say much less.
        let wide: Vec<(usize, Facts<'_>)> = documents
            .iter()
            .map(|(at, facts)| (at / 40, facts.clone()))
            .collect();
        let (low, high) = of(10, &wide).expect("ten are enough").confusion[3].expect("defined");
        assert!(high - low > 0.4, "{low} {high}");
        assert!(of(9, &wide[..360]).is_err_and(|reason| reason.starts_with("9 clusters")));
    }
}
