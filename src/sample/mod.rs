//! Which units of an analysed corpus people are asked to code, and how their filled sheets come back. Pure.

mod merge;

pub use merge::merge;

use std::collections::BTreeMap;

use crate::aggregate::bootstrap::Random;

/// What the units of a stratum have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stratum {
    /// The declared role of the document; empty without a title.
    pub declared: String,
    /// A label, `overlap` for several, empty for none.
    pub tag: String,
    /// The zone; empty for unzoned text.
    pub zone: String,
}

impl Stratum {
    /// The stratum of a row of `sentences.csv`; `tags` are its labels joined by `+`.
    pub fn of(declared: &str, tags: &str, zone: &str) -> Stratum {
        Stratum {
            declared: declared.to_owned(),
            tag: if tags.contains('+') { "overlap" } else { tags }.to_owned(),
            zone: zone.to_owned(),
        }
    }

    /// One word for the key, such as `project/overlap/duties`; `-` where a part is empty.
    pub fn name(&self) -> String {
        let parts = [&self.declared, &self.tag, &self.zone];
        let shown = parts.map(|part| if part.is_empty() { "-" } else { part.as_str() });
        shown.join("/")
    }
}

/// How many units of each stratum to draw. `tagged` units are shared out evenly over the strata with a
/// label, so that rare ones are seen; `untagged` ones in proportion over those without, at least one each.
/// A stratum never gives more than it has.
pub fn allocate(
    sizes: &BTreeMap<Stratum, u64>,
    tagged: u64,
    untagged: u64,
) -> BTreeMap<Stratum, u64> {
    let (without, with): (Vec<_>, Vec<_>) = sizes
        .iter()
        .partition(|(stratum, _)| stratum.tag.is_empty());
    let mut drawn = BTreeMap::new();
    // Smallest first: what a small stratum cannot give is left for the larger ones.
    let mut with: Vec<(&Stratum, &u64)> = with;
    with.sort_by_key(|(_, size)| **size);
    let mut left = tagged;
    for (at, (stratum, size)) in with.iter().enumerate() {
        let share = left.div_ceil((with.len() - at) as u64).min(**size);
        left -= share;
        drawn.insert((*stratum).clone(), share);
    }
    let total: u64 = without.iter().map(|(_, size)| **size).sum();
    for (stratum, size) in without {
        let share = (untagged as f64 * *size as f64 / total as f64).round() as u64;
        let least = u64::from(untagged > 0);
        drawn.insert(stratum.clone(), share.max(least).min(*size));
    }
    drawn
}

/// Draws exactly so many units of each stratum in one pass, every set of them equally likely
/// (selection sampling, Knuth, *The Art of Computer Programming* 3.4.2, algorithm S).
#[derive(Debug)]
pub struct Drawer {
    /// Units still to come and still to draw.
    left: BTreeMap<Stratum, (u64, u64)>,
    random: Random,
}

impl Drawer {
    /// Draws `drawn` of `sizes`.
    pub fn new(
        sizes: &BTreeMap<Stratum, u64>,
        drawn: &BTreeMap<Stratum, u64>,
        seed: u64,
    ) -> Drawer {
        let left = sizes.iter().map(|(stratum, size)| {
            let wanted = drawn.get(stratum).copied().unwrap_or(0);
            (stratum.clone(), (*size, wanted))
        });
        Drawer {
            left: left.collect(),
            random: Random::new(seed),
        }
    }

    /// Whether the next unit, which is of that stratum, is drawn.
    pub fn draws(&mut self, stratum: &Stratum) -> bool {
        let Some((come, wanted)) = self.left.get_mut(stratum) else {
            return false;
        };
        let chosen = (self.random.below((*come).max(1) as usize) as u64) < *wanted;
        *come = come.saturating_sub(1);
        *wanted -= u64::from(chosen);
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes() -> BTreeMap<Stratum, u64> {
        [
            ("product", "product", "duties", 500),
            ("product", "product+project", "duties", 3),
            ("project", "program", "", 40),
            ("product", "", "duties", 900),
            ("other", "", "about", 100),
        ]
        .into_iter()
        .map(|(declared, tags, zone, size)| (Stratum::of(declared, tags, zone), size))
        .collect()
    }

    fn drawn_of(drawn: &BTreeMap<Stratum, u64>) -> Vec<(String, u64)> {
        drawn
            .iter()
            .map(|(stratum, drawn)| (stratum.name(), *drawn))
            .collect()
    }

    #[test]
    fn strata_share_alike_and_small_ones_give_all() {
        let drawn = allocate(&sizes(), 60, 50);
        assert_eq!(
            drawn_of(&drawn),
            [
                ("other/-/about".to_owned(), 5),
                ("product/-/duties".to_owned(), 45),
                ("product/overlap/duties".to_owned(), 3),
                ("product/product/duties".to_owned(), 28),
                ("project/program/-".to_owned(), 29),
            ]
        );
        assert!(allocate(&sizes(), 0, 0).values().all(|drawn| *drawn == 0));
    }

    #[test]
    fn exactly_the_wanted_units_are_drawn_and_evenly() {
        let stratum = Stratum::of("product", "product", "");
        let sizes = BTreeMap::from([(stratum.clone(), 20)]);
        let wanted = BTreeMap::from([(stratum.clone(), 5)]);
        let mut times = [0u32; 20];
        for seed in 0..4000 {
            let mut drawer = Drawer::new(&sizes, &wanted, seed);
            let drawn: Vec<usize> = (0..20).filter(|_| drawer.draws(&stratum)).collect();
            assert_eq!(drawn.len(), 5);
            drawn.iter().for_each(|at| times[*at] += 1);
        }
        // 1,000 expected of each; five standard deviations are some 137.
        assert!(
            times.iter().all(|times| (863..1137).contains(times)),
            "{times:?}"
        );
    }

    #[test]
    fn a_stratum_that_was_not_counted_gives_nothing() {
        let mut drawer = Drawer::new(&BTreeMap::new(), &BTreeMap::new(), 1);
        assert!(!drawer.draws(&Stratum::of("product", "", "")));
    }
}
