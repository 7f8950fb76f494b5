//! A document's measures, as section 4 of the codebook defines them.

use serde::{Deserialize, Serialize};

use crate::role::{Declared, Role};

/// The role that a document's text speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum ContentRole {
    /// One role holds a large share of the role-labelled units and leads clearly.
    Role(Role),
    /// Enough units, but no role leads so.
    Mixed,
    /// Too little of the text is work of these roles to say.
    None,
}

impl ContentRole {
    /// Every value, in the order in which reports list them.
    pub const ALL: [ContentRole; 5] = [
        ContentRole::Role(Role::Product),
        ContentRole::Role(Role::Project),
        ContentRole::Role(Role::Program),
        ContentRole::Mixed,
        ContentRole::None,
    ];

    /// The name used in every file and column.
    pub const fn name(self) -> &'static str {
        match self {
            ContentRole::Role(role) => role.name(),
            ContentRole::Mixed => "mixed",
            ContentRole::None => "none",
        }
    }

    /// The content role of that name, if there is one.
    pub fn from_name(name: &str) -> Option<ContentRole> {
        ContentRole::ALL
            .into_iter()
            .find(|content| content.name() == name)
    }

    /// Position in [`ContentRole::ALL`].
    pub fn index(self) -> usize {
        match self {
            ContentRole::Role(role) => role as usize,
            ContentRole::Mixed => 3,
            ContentRole::None => 4,
        }
    }
}

impl From<ContentRole> for &'static str {
    fn from(content: ContentRole) -> &'static str {
        content.name()
    }
}

impl TryFrom<String> for ContentRole {
    type Error = String;

    fn try_from(name: String) -> Result<ContentRole, String> {
        ContentRole::from_name(&name).ok_or_else(|| format!("there is no content role {name}"))
    }
}

/// So many different responsibilities are enough, however long the text is.
const MANY_RESPONSIBILITIES: f64 = 10.0;

/// When a text says enough to name a role, and when a role leads. Below any of the first four
/// the content role is `none`; where no role leads, `mixed`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// Units with a role label that a document needs.
    pub min_units: u32,
    /// Different responsibilities that they must show.
    pub min_responsibilities: u32,
    /// Different responsibilities for each countable unit, up to ten in all: in a long posting of
    /// another job a few labels come together by chance.
    pub min_variety: f64,
    /// Share of the countable units that must carry a role label.
    pub min_density: f64,
    /// Share of them that the leading role needs.
    pub min_share: f64,
    /// Lead over the next role's share that product and project need. Program needs none: what names
    /// a program is labelled program, while the schedules, budgets and risks beside it that name
    /// nothing are labelled project, so a program posting has many project units of its own.
    pub min_margin: f64,
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds {
            min_units: 3,
            min_responsibilities: 6,
            min_variety: 0.3,
            min_density: 0.12,
            min_share: 0.4,
            min_margin: 0.1,
        }
    }
}

/// Counts of a document's counted units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Units of any kind.
    pub units: u32,
    /// Units that count if they carry a label: in a counted zone, and no repeats.
    pub countable: u32,
    /// Units with any label, counted or not.
    pub tagged: u32,
    /// Counted units with each label, in the order of [`Role::ALL`].
    pub labels: [u32; 4],
    /// Counted units with at least one of the three roles.
    pub role_labelled: u32,
    /// Counted units with any label.
    pub labelled: u32,
    /// Role-labelled counted units without the declared role's label.
    pub off_role: u32,
    /// Different responsibilities behind the counted role labels.
    pub responsibilities: u32,
}

/// The measures of one document; `None` where the definition divides by zero
/// or does not apply.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measures {
    /// What the counts below say.
    pub content_role: ContentRole,
    /// Shares of product, project and program among role-labelled units.
    pub shares: Option<[f64; 3]>,
    /// Share of `shared` units among units with any label.
    pub share_shared: Option<f64>,
    /// Largest share minus the second.
    pub margin: Option<f64>,
    /// Shannon entropy of the normalised shares over ln 3: 0 one role only, 1 all alike.
    pub mixing: Option<f64>,
    /// Share of role-labelled units that lack the declared role; needs one declared role.
    pub off_role_share: Option<f64>,
}

impl Counts {
    /// The measures of a document with these counts.
    pub fn measures(&self, declared: Option<Declared>, thresholds: Thresholds) -> Measures {
        let shares = ratio(self.labels[0], self.role_labelled).map(|product| {
            let of =
                |role: Role| f64::from(self.labels[role as usize]) / f64::from(self.role_labelled);
            [product, of(Role::Project), of(Role::Program)]
        });
        let one_declared = matches!(declared, Some(Declared::Role(_)));
        Measures {
            content_role: self.content_role(shares, thresholds),
            shares,
            share_shared: ratio(self.labels[Role::Shared as usize], self.labelled),
            margin: shares.map(|shares| lead(shares).1),
            mixing: shares.map(mixing),
            off_role_share: if one_declared {
                ratio(self.off_role, self.role_labelled)
            } else {
                None
            },
        }
    }

    /// True where `role` holds at least a fifth of the role-labelled units
    /// (the codebook's document level of overlap).
    pub fn holds_a_fifth(&self, role: Role) -> bool {
        self.role_labelled > 0 && self.labels[role as usize] * 5 >= self.role_labelled
    }

    fn content_role(&self, shares: Option<[f64; 3]>, thresholds: Thresholds) -> ContentRole {
        let Some(shares) = shares.filter(|_| self.says_enough(thresholds)) else {
            return ContentRole::None;
        };
        let (first, margin) = lead(shares);
        let program = shares[Role::Program as usize];
        let (role, leads) = if program >= shares[first as usize] {
            (Role::Program, true)
        } else {
            (first, margin >= thresholds.min_margin)
        };
        if leads && shares[role as usize] >= thresholds.min_share {
            ContentRole::Role(role)
        } else {
            ContentRole::Mixed
        }
    }

    fn says_enough(&self, thresholds: Thresholds) -> bool {
        let countable = f64::from(self.countable);
        let variety = (thresholds.min_variety * countable).min(MANY_RESPONSIBILITIES);
        self.role_labelled >= thresholds.min_units
            && self.responsibilities >= thresholds.min_responsibilities
            && f64::from(self.responsibilities) >= variety
            && f64::from(self.role_labelled) >= thresholds.min_density * countable
    }
}

/// The role with the largest share (the first of equals) and its lead over the second.
fn lead(shares: [f64; 3]) -> (Role, f64) {
    let mut order = Role::SINGLE;
    order.sort_by(|a, b| shares[*b as usize].total_cmp(&shares[*a as usize]));
    (
        order[0],
        shares[order[0] as usize] - shares[order[1] as usize],
    )
}

fn mixing(shares: [f64; 3]) -> f64 {
    let total: f64 = shares.iter().sum();
    let entropy: f64 = shares
        .iter()
        .map(|share| share / total)
        .filter(|part| *part > 0.0)
        .map(|part| -part * part.ln())
        .sum();
    // A single role sums to minus zero, which no report should print.
    entropy / 3f64.ln() + 0.0
}

fn ratio(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(labels: [u32; 4], role_labelled: u32) -> Counts {
        Counts {
            labels,
            role_labelled,
            labelled: role_labelled + labels[3],
            countable: 20,
            responsibilities: role_labelled + 4,
            ..Counts::default()
        }
    }

    #[test]
    fn a_clear_lead_names_the_role() {
        let measures = counts([6, 2, 0, 2], 8).measures(None, Thresholds::default());
        assert_eq!(measures.content_role, ContentRole::Role(Role::Product));
        assert_eq!(measures.shares, Some([0.75, 0.25, 0.0]));
        assert_eq!(measures.share_shared, Some(0.2));
        assert_eq!(measures.margin, Some(0.5));
        assert_eq!(measures.off_role_share, None);
    }

    #[test]
    fn two_units_are_too_few_and_a_tie_is_mixed() {
        let few = counts([2, 0, 0, 0], 2).measures(None, Thresholds::default());
        assert_eq!(few.content_role, ContentRole::None);
        let tie = counts([3, 3, 0, 0], 6).measures(None, Thresholds::default());
        assert_eq!(tie.content_role, ContentRole::Mixed);
    }

    #[test]
    fn program_needs_no_lead() {
        let content = |labels, all| counts(labels, all).measures(None, Thresholds::default());
        let level = content([1, 4, 4, 0], 9).content_role;
        assert_eq!(level, ContentRole::Role(Role::Program));
        let behind = content([1, 5, 4, 0], 9).content_role;
        assert_eq!(behind, ContentRole::Role(Role::Project));
        let thin = content([3, 3, 3, 0], 9).content_role;
        assert_eq!(thin, ContentRole::Mixed);
    }

    #[test]
    fn a_few_alike_or_scattered_units_name_no_role() {
        let content = |counts: Counts| counts.measures(None, Thresholds::default()).content_role;
        let enough = counts([4, 0, 0, 0], 4);
        assert_eq!(content(enough), ContentRole::Role(Role::Product));
        let alike = Counts {
            responsibilities: 4,
            ..enough
        };
        assert_eq!(content(alike), ContentRole::None);
        let long = |countable, responsibilities| Counts {
            countable,
            responsibilities,
            ..enough
        };
        assert_eq!(content(long(30, 8)), ContentRole::None);
        assert_eq!(content(long(30, 9)), ContentRole::Role(Role::Product));
        let (thin, full) = (long(34, 10), long(33, 10));
        assert_eq!(content(thin), ContentRole::None, "4 of 34 are below 0.12");
        assert_eq!(content(full), ContentRole::Role(Role::Product));
    }

    #[test]
    fn ten_responsibilities_are_enough_for_any_length() {
        let long = Counts {
            countable: 100,
            responsibilities: 10,
            ..counts([12, 0, 0, 0], 12)
        };
        let content = |counts: Counts| counts.measures(None, Thresholds::default()).content_role;
        assert_eq!(content(long), ContentRole::Role(Role::Product));
    }

    #[test]
    fn mixing_runs_from_one_role_to_all_alike() {
        let one = mixing([1.0, 0.0, 0.0]);
        assert!(one == 0.0 && one.is_sign_positive());
        assert!((mixing([0.5, 0.5, 0.5]) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn off_role_share_needs_one_declared_role() {
        let counts = Counts {
            off_role: 1,
            ..counts([3, 1, 0, 0], 4)
        };
        let with = |declared| {
            counts
                .measures(declared, Thresholds::default())
                .off_role_share
        };
        assert_eq!(with(Some(Declared::Role(Role::Product))), Some(0.25));
        assert_eq!(with(Some(Declared::Mixed)), None);
        assert_eq!(with(None), None);
    }

    #[test]
    fn nothing_labelled_leaves_every_share_empty() {
        let measures = Counts::default().measures(None, Thresholds::default());
        assert_eq!(
            (measures.shares, measures.mixing, measures.margin),
            (None, None, None)
        );
        assert_eq!(measures.content_role, ContentRole::None);
    }
}
