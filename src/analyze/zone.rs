//! The parts of a posting: which zone a unit stands in.

use serde::{Deserialize, Serialize};

/// What a part of a posting is about.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Zone {
    /// No heading or cue says; always so in essays.
    #[default]
    Unzoned,
    /// What the person will do.
    Duties,
    /// What the person must bring.
    Requirements,
    /// The employer, the team, the job in general terms.
    About,
    /// Pay, insurance, leave, perks.
    Benefits,
    /// Equal opportunity, disclaimers, background checks.
    Legal,
    /// How to apply.
    Application,
    /// A headed part that is none of these.
    Other,
}

impl Zone {
    /// Every zone, in the order in which reports list them.
    pub const ALL: [Zone; 8] = [
        Zone::Unzoned,
        Zone::Duties,
        Zone::Requirements,
        Zone::About,
        Zone::Benefits,
        Zone::Legal,
        Zone::Application,
        Zone::Other,
    ];

    /// The name used in flags, files and columns; empty for unzoned text.
    pub const fn name(self) -> &'static str {
        match self {
            Zone::Unzoned => "",
            Zone::Duties => "duties",
            Zone::Requirements => "requirements",
            Zone::About => "about",
            Zone::Benefits => "benefits",
            Zone::Legal => "legal",
            Zone::Application => "application",
            Zone::Other => "other",
        }
    }
}

/// A set of zones, such as those that count toward a document's measures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ZoneSet(u8);

impl ZoneSet {
    /// Duties, requirements and unzoned text: the codebook's counted zones.
    pub const COUNTED: ZoneSet =
        ZoneSet(1 << Zone::Unzoned as u8 | 1 << Zone::Duties as u8 | 1 << Zone::Requirements as u8);

    /// The zones of both sets.
    pub fn union(self, other: ZoneSet) -> ZoneSet {
        ZoneSet(self.0 | other.0)
    }

    /// True where nothing is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// True where `zone` is in the set.
    pub fn contains(self, zone: Zone) -> bool {
        self.0 & (1 << zone as u8) != 0
    }

    /// The zones in report order.
    pub fn iter(self) -> impl Iterator<Item = Zone> {
        Zone::ALL
            .into_iter()
            .filter(move |zone| self.contains(*zone))
    }
}

impl FromIterator<Zone> for ZoneSet {
    fn from_iter<I: IntoIterator<Item = Zone>>(zones: I) -> ZoneSet {
        ZoneSet(zones.into_iter().fold(0, |set, zone| set | 1 << zone as u8))
    }
}
