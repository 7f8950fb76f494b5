//! Counts of the claims and stances of essays, which add up.

use std::ops::AddAssign;

use crate::analyze::{Claim, Stance, Verdict};

/// What one essay, or several, say of who does what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimCounts {
    /// Essays.
    pub essays: u64,
    /// Units, headings and references included.
    pub sentences: u64,
    /// Words of the units.
    pub words: u64,
    /// Claims by verdict, indexed by `Verdict as usize`.
    pub verdicts: [u64; Verdict::ALL.len()],
    /// Units by stance, indexed by `Stance as usize`.
    pub stances: [u64; Stance::ALL.len()],
}

impl ClaimCounts {
    /// Takes in a claim.
    pub fn claim(&mut self, claim: &Claim) {
        self.verdicts[claim.verdict as usize] += 1;
    }

    /// Takes in a unit of `words` words.
    pub fn unit(&mut self, stance: Stance, words: u64) {
        self.sentences += 1;
        self.words += words;
        self.stances[stance as usize] += 1;
    }

    /// Claims in all.
    pub fn claims(&self) -> u64 {
        self.verdicts.iter().sum()
    }

    /// Claims of one verdict.
    pub fn of(&self, verdict: Verdict) -> u64 {
        self.verdicts[verdict as usize]
    }

    /// Mix-ups ÷ claims; `None` without claims.
    #[allow(clippy::cast_precision_loss)] // counts of claims are far below 2^52
    pub fn mix_up_share(&self) -> Option<f64> {
        let claims = self.claims();
        (claims > 0).then(|| self.of(Verdict::MixUp) as f64 / claims as f64)
    }
}

impl AddAssign for ClaimCounts {
    fn add_assign(&mut self, other: ClaimCounts) {
        self.essays += other.essays;
        self.sentences += other.sentences;
        self.words += other.words;
        for (own, more) in self.verdicts.iter_mut().zip(other.verdicts) {
            *own += more;
        }
        for (own, more) in self.stances.iter_mut().zip(other.stances) {
            *own += more;
        }
    }
}
