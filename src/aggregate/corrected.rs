//! Shares corrected for the measured error of the tagger.

use serde::{Deserialize, Serialize};

use crate::aggregate::agreement::Cells;

/// How the tool and people agreed on each label, in the order of `Role::ALL`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MeasuredError {
    /// Counts of units, people first.
    pub labels: [Cells; 4],
}

/// A corrected share and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Correction {
    /// Of the units that people label so, the share that the tool does.
    pub sensitivity: f64,
    /// Of the units that people do not label so, the share that the tool does not either.
    pub specificity: f64,
    /// `(share + specificity - 1) / (sensitivity + specificity - 1)` (Rogan and Gladen 1978), kept between 0 and 1.
    pub share: f64,
}

/// Corrects `share`; `None` where people or tool say nothing of the label, or the tool is no better than chance.
pub fn rogan_gladen(share: f64, cells: &Cells) -> Option<Correction> {
    let sensitivity = cells.recall()?;
    let negative = cells.neither + cells.other;
    let specificity = (negative > 0.0).then(|| cells.neither / negative)?;
    let gain = sensitivity + specificity - 1.0;
    (gain > 0.0).then(|| Correction {
        sensitivity,
        specificity,
        share: ((share + specificity - 1.0) / gain).clamp(0.0, 1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_corrected_for_both_errors() {
        let cells = Cells {
            both: 80.0,
            reference: 20.0,
            other: 90.0,
            neither: 810.0,
        };
        // The tool would label .1 * .8 + .9 * .1 = .17 of units of which a tenth carry the label.
        let found = rogan_gladen(0.17, &cells).unwrap();
        assert!((found.share - 0.1).abs() < 1e-12, "{found:?}");
        assert_eq!((found.sensitivity, found.specificity), (0.8, 0.9));
        assert_eq!(rogan_gladen(0.0, &cells).unwrap().share, 0.0);
        assert_eq!(rogan_gladen(0.2, &Cells::default()), None);
    }
}
