//! How far two or more codings of the same units agree: pure functions, one formula each.

use serde::{Deserialize, Serialize};

/// Weighted counts of one binary label in two codings of the same units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cells {
    /// Units with the label in both codings.
    pub both: f64,
    /// Units with it in the reference only.
    pub reference: f64,
    /// Units with it in the other coding only.
    pub other: f64,
    /// Units with it in neither.
    pub neither: f64,
}

impl Cells {
    /// Counts one unit of that weight.
    pub fn add(&mut self, reference: bool, other: bool, weight: f64) {
        *match (reference, other) {
            (true, true) => &mut self.both,
            (true, false) => &mut self.reference,
            (false, true) => &mut self.other,
            (false, false) => &mut self.neither,
        } += weight;
    }

    /// Adds `times` times the counts of `more`.
    pub fn add_times(&mut self, more: &Cells, times: f64) {
        self.both += times * more.both;
        self.reference += times * more.reference;
        self.other += times * more.other;
        self.neither += times * more.neither;
    }

    /// Weight of all units.
    pub fn total(&self) -> f64 {
        self.both + self.reference + self.other + self.neither
    }

    /// Of the units with the label in the other coding, those with it in the reference.
    pub fn precision(&self) -> Option<f64> {
        ratio(self.both, self.both + self.other)
    }

    /// Of the units with the label in the reference, those with it in the other coding.
    pub fn recall(&self) -> Option<f64> {
        ratio(self.both, self.both + self.reference)
    }

    /// Harmonic mean of precision and recall; undefined where neither coding has the label.
    pub fn f1(&self) -> Option<f64> {
        ratio(
            2.0 * self.both,
            2.0 * self.both + self.reference + self.other,
        )
    }

    /// Share of the units on which the codings agree.
    pub fn agreement(&self) -> Option<f64> {
        ratio(self.both + self.neither, self.total())
    }

    /// Cohen's kappa (1960): `(po - pe) / (1 - pe)` with `pe` from the margins; undefined where
    /// `pe` is 1, that is, where both codings give the label to all units or to none.
    pub fn kappa(&self) -> Option<f64> {
        let total = self.total();
        let agreed = self.agreement()?;
        let with = (self.both + self.reference) * (self.both + self.other);
        let without = (self.neither + self.other) * (self.neither + self.reference);
        let expected = (with + without) / (total * total);
        (expected < 1.0).then(|| (agreed - expected) / (1.0 - expected))
    }

    /// Krippendorff's alpha of the two codings.
    pub fn alpha(&self) -> Option<f64> {
        let mut pairs = Coincidences::new(2);
        pairs.count[0] = 2.0 * self.neither;
        pairs.count[1] = self.reference + self.other;
        pairs.count[2] = self.reference + self.other;
        pairs.count[3] = 2.0 * self.both;
        pairs.alpha()
    }
}

/// The coincidence matrix of Krippendorff's alpha for nominal data (Krippendorff 2019, ch. 12):
/// how often the values c and k meet in a unit, each unit of m values counting `1 / (m - 1)` per ordered pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Coincidences {
    categories: usize,
    count: Vec<f64>,
}

impl Coincidences {
    /// No units yet; values are `0..categories`.
    pub fn new(categories: usize) -> Coincidences {
        Coincidences {
            categories,
            count: vec![0.0; categories * categories],
        }
    }

    /// Counts one unit of that weight; values that are missing are left out of `values`, and a unit
    /// with fewer than two counts for nothing.
    pub fn add(&mut self, values: &[usize], weight: f64) {
        if values.len() < 2 {
            return;
        }
        let each = weight / (values.len() - 1) as f64;
        for (at, first) in values.iter().enumerate() {
            for (other, second) in values.iter().enumerate() {
                if at != other {
                    self.count[first * self.categories + second] += each;
                }
            }
        }
    }

    /// Adds `times` times the counts of `more`.
    pub fn add_times(&mut self, more: &Coincidences, times: f64) {
        for (sum, more) in self.count.iter_mut().zip(&more.count) {
            *sum += times * more;
        }
    }

    /// Krippendorff's alpha: `1 - Do / De`; undefined where De is 0 (no pairs, or one value only).
    pub fn alpha(&self) -> Option<f64> {
        let margins: Vec<f64> = self
            .count
            .chunks(self.categories)
            .map(|row| row.iter().sum())
            .collect();
        let total: f64 = margins.iter().sum();
        let same: f64 = margins.iter().map(|margin| margin * margin).sum();
        let expected = total * total - same;
        let agreed: f64 = (0..self.categories)
            .map(|at| self.count[at * self.categories + at])
            .sum();
        // Weights below 1 can leave fewer than one pair, which says nothing.
        (expected > 0.0 && total > 1.0).then(|| 1.0 - (total - 1.0) * (total - agreed) / expected)
    }
}

fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(both: f64, reference: f64, other: f64, neither: f64) -> Cells {
        Cells {
            both,
            reference,
            other,
            neither,
        }
    }

    /// One string per coder, one letter per unit, `.` for a missing value.
    fn alpha(coders: &[&str]) -> Option<f64> {
        let mut pairs = Coincidences::new(256);
        for unit in 0..coders[0].len() {
            let values = coders.iter().map(|coder| coder.as_bytes()[unit]);
            let known: Vec<usize> = values
                .filter(|value| *value != b'.')
                .map(usize::from)
                .collect();
            pairs.add(&known, 1.0);
        }
        pairs.alpha()
    }

    fn close(got: Option<f64>, want: f64) {
        let got = got.expect("defined");
        assert!((got - want).abs() < 5e-7, "{got} is not {want}");
    }

    #[test]
    fn kappa_matches_the_reference_values() {
        close(cells(20.0, 5.0, 10.0, 15.0).kappa(), 0.4);
        close(cells(20.0, 5.0, 10.0, 15.0).agreement(), 0.70);
        close(cells(118.0, 5.0, 2.0, 0.0).kappa(), -0.023392);
        close(cells(118.0, 5.0, 2.0, 0.0).agreement(), 0.944);
    }

    #[test]
    fn alpha_matches_the_reference_values() {
        close(alpha(&["0100000010", "1110010000"]), 0.095238);
        close(alpha(&["aabbdcccedda", "babbbccceddd"]), 0.691964);
        let four = [
            "123321412...",
            "1233224125.3",
            ".3332342251.",
            "12332441251.",
        ];
        close(alpha(&four), 0.743421);
    }

    #[test]
    fn alpha_of_two_codings_is_that_of_their_cells() {
        close(cells(1.0, 1.0, 3.0, 5.0).alpha(), 0.095238);
    }

    #[test]
    fn what_cannot_be_told_is_undefined() {
        assert_eq!(cells(0.0, 0.0, 0.0, 9.0).kappa(), None);
        assert_eq!(cells(0.0, 0.0, 0.0, 9.0).alpha(), None);
        assert_eq!(cells(0.0, 0.0, 0.0, 9.0).f1(), None);
        assert_eq!(cells(0.0, 2.0, 0.0, 9.0).precision(), None);
        assert_eq!(Cells::default().agreement(), None);
        assert_eq!(alpha(&["12..", "..12"]), None);
    }

    #[test]
    fn weights_count_units_as_often() {
        let mut weighted = Cells::default();
        let mut repeated = Cells::default();
        for (a, b) in [(true, true), (true, false), (false, false)] {
            weighted.add(a, b, 3.0);
            repeated.add_times(&one(a, b), 3.0);
        }
        assert_eq!(weighted, repeated);
        close(weighted.agreement(), 2.0 / 3.0);
    }

    fn one(a: bool, b: bool) -> Cells {
        let mut cells = Cells::default();
        cells.add(a, b, 1.0);
        cells
    }
}
