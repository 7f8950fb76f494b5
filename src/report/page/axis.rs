//! The horizontal axis of charts that show shares from 0 to about the largest.

use super::figures::percent;

/// Where shares stand, with a tick at every tenth or fifth.
pub(super) struct ShareAxis {
    from: f64,
    length: f64,
    step: f64,
    steps: f64,
}

impl ShareAxis {
    /// The axis from `from` on, of `length` pixels, whose last tick no share up to `largest` passes.
    pub(super) fn new(from: f64, length: f64, largest: f64) -> ShareAxis {
        let step = if largest > 0.5 { 0.2 } else { 0.1 };
        let steps = (largest / step - 1e-9).ceil().max(1.0);
        ShareAxis {
            from,
            length,
            step,
            steps,
        }
    }

    /// Where a share stands, in pixels.
    pub(super) fn place(&self, share: f64) -> f64 {
        self.from + self.length * share / (self.step * self.steps)
    }

    /// The place of each tick and what it says.
    pub(super) fn ticks(&self) -> Vec<(f64, String)> {
        let tick = |at: usize| {
            let share = at as f64 * self.step;
            (self.place(share), percent(Some(share)))
        };
        (0..=self.steps as usize).map(tick).collect()
    }
}
