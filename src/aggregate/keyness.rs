//! How much more often one group of documents holds something than another: effect sizes and tests.
//!
//! Of `n1` target documents `a` hold it, of `n2` reference documents `b` do.

use statrs::distribution::{ChiSquared, ContinuousCDF};
use statrs::function::beta::inv_beta_reg;

/// Documents with and without, in a target and a reference group; both groups must hold documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contrast {
    /// Target documents that hold it.
    pub a: u64,
    /// Reference documents that hold it.
    pub b: u64,
    /// Target documents.
    pub n1: u64,
    /// Reference documents.
    pub n2: u64,
}

impl Contrast {
    /// Log-likelihood ratio (Dunning 1993) over the four cells, `2 Σ O ln(O / E)`, without correction.
    pub fn g2(&self) -> f64 {
        let [a, b, n1, n2] = [self.a, self.b, self.n1, self.n2].map(|count| count as f64);
        let (with, total) = (a + b, n1 + n2);
        let term = |observed: f64, row: f64, column: f64| {
            if observed > 0.0 {
                observed * (observed * total / (row * column)).ln()
            } else {
                0.0
            }
        };
        let without = total - with;
        let sum = term(a, with, n1)
            + term(b, with, n2)
            + term(n1 - a, without, n1)
            + term(n2 - b, without, n2);
        // Rounding must not make a ratio of equal shares negative.
        (2.0 * sum).max(0.0)
    }

    /// The p-value of [`Contrast::g2`] from the chi-squared distribution with one degree of freedom.
    pub fn p(&self) -> f64 {
        let distribution = ChiSquared::new(1.0).expect("one is a number of degrees of freedom");
        distribution.sf(self.g2())
    }

    /// Log ratio (Hardie 2014), `log2((a / n1) / (b / n2))`; a count of zero is taken for 0.5,
    /// see [`Contrast::has_zero`].
    pub fn log_ratio(&self) -> f64 {
        let count = |count: u64| if count == 0 { 0.5 } else { count as f64 };
        ((count(self.a) / self.n1 as f64) / (count(self.b) / self.n2 as f64)).log2()
    }

    /// Whether the log ratio rests on a count of zero.
    pub fn has_zero(&self) -> bool {
        self.a == 0 || self.b == 0
    }

    /// Conservative log ratio (Evert 2022): the limit of the Clopper–Pearson interval of `a` out of `a + b`
    /// that is nearer to no difference, at 5 % shared out among `tests` (Bonferroni); 0 where it crosses.
    pub fn lrc(&self, tests: u64) -> f64 {
        let [a, b, n1, n2] = [self.a, self.b, self.n1, self.n2].map(|count| count as f64);
        if self.a + self.b == 0 {
            return 0.0;
        }
        let tail = 0.05 / tests.max(1) as f64 / 2.0;
        if a / n1 > b / n2 {
            let low = inv_beta_reg(a, b + 1.0, tail);
            ((n2 / n1) * low / (1.0 - low)).log2().max(0.0)
        } else {
            let high = if self.b == 0 {
                1.0
            } else {
                inv_beta_reg(a + 1.0, b, 1.0 - tail)
            };
            ((n2 / n1) * high / (1.0 - high)).log2().min(0.0)
        }
    }
}

/// The q-values of p-values (Benjamini and Hochberg 1995), in the same order.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*b].total_cmp(&p[*a]));
    let mut q = vec![0.0; p.len()];
    let mut least = 1.0f64;
    for (place, at) in order.into_iter().enumerate() {
        let rank = (p.len() - place) as f64;
        least = least.min(p[at] * p.len() as f64 / rank);
        q[at] = least;
    }
    q
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contrast(a: u64, b: u64, n1: u64, n2: u64) -> Contrast {
        Contrast { a, b, n1, n2 }
    }

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() < 1e-6, "{got} is not {want}");
    }

    #[test]
    fn figures_match_the_reference_values() {
        let first = contrast(100, 50, 10_000, 10_000);
        close(first.g2(), 17.115848);
        close(first.log_ratio(), 1.0);
        close(first.lrc(1), 0.496258);
        close(first.lrc(50), 0.177201);
        let only = contrast(12, 0, 300, 900);
        close(only.g2(), 33.637194);
        close(only.log_ratio(), 6.169925);
        close(only.lrc(1), 3.059319);
        close(only.lrc(50), 1.762809);
        assert!(only.has_zero() && !first.has_zero());
        let never = contrast(0, 12, 300, 900);
        close(never.g2(), 6.944684);
        close(never.log_ratio(), -3.0);
        close(never.lrc(1), 0.0);
        let common = contrast(40, 40, 1000, 2000);
        close(common.g2(), 9.697247);
        close(common.log_ratio(), 1.0);
        close(common.lrc(1), 0.330654);
        close(common.lrc(50), 0.0);
    }

    #[test]
    fn p_values_are_those_of_the_distribution() {
        // 3.841459 is the 95 % point of chi-squared with one degree of freedom.
        let distribution = ChiSquared::new(1.0).expect("valid");
        close(distribution.sf(3.841458820694124), 0.05);
        assert!(contrast(12, 0, 300, 900).p() < 1e-8);
        close(contrast(5, 5, 100, 100).p(), 1.0);
        close(contrast(0, 0, 100, 100).lrc(1), 0.0);
    }

    #[test]
    fn q_values_are_those_of_the_paper() {
        // The fifteen p-values of Benjamini and Hochberg's example: four are rejected at 5 %.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0,
        ];
        let q = benjamini_hochberg(&p);
        assert_eq!(q.iter().filter(|q| **q <= 0.05).count(), 4);
        close(q[0], 0.0015);
        close(q[3], 0.035625);
        assert!(q.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(benjamini_hochberg(&[]).is_empty());
    }
}
