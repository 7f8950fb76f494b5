//! The zone of each unit of a posting, in one pass forward: headings open parts, cues of
//! single units correct them.
//!
//! Text that carries a role's label leaves the counted zones only under a heading that says so.

use super::zone::{Zone, ZoneSet};
use crate::document::{Unit, UnitKind};
use crate::lexicon::{Hit, Lexicon, Owner};

/// Which heading cue wins where several match.
const HEADING_ORDER: [Zone; 8] = [
    Zone::Legal,
    Zone::Application,
    Zone::Benefits,
    Zone::Requirements,
    Zone::Duties,
    Zone::Unzoned,
    Zone::About,
    Zone::Other,
];
/// Which unit cue wins where several match.
const UNIT_ORDER: [Zone; 7] = [
    Zone::Legal,
    Zone::Application,
    Zone::Benefits,
    Zone::Requirements,
    Zone::Duties,
    Zone::About,
    Zone::Other,
];
/// Words that a line may have to open a part by its colon, and without one.
const LONGEST_INTRODUCTION: usize = 14;
const LONGEST_BARE_HEADING: usize = 6;
/// The level of a line that is no heading but opens a part: that of a heading with a colon.
const INTRODUCTION_LEVEL: u8 = 3;

/// What a cue says of the units in which it matches.
#[derive(Clone, Copy, Debug)]
struct Sign {
    zone: Zone,
    heading: bool,
}

/// Reads zones by the cues of one lexicon.
#[derive(Debug)]
pub(super) struct Zoner {
    /// By index of the cue.
    signs: Vec<Option<Sign>>,
}

/// The part of a posting that the pass has reached.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part {
    /// What the heading says.
    zone: Zone,
    /// The heading's level.
    level: u8,
    /// The zone to which cues have turned the text since; `Unzoned` where they have not.
    turn: Zone,
}

/// One unit with what is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    pub unit: &'a Unit,
    /// The unit's content.
    pub content: &'a str,
    /// Number of its words.
    pub words: usize,
    pub hits: &'a [Hit],
    /// Whether it carries the label of a role.
    pub labelled: bool,
}

impl Zoner {
    /// A reader of the cues `zone.*` of `lexicon`.
    pub(super) fn new(lexicon: &Lexicon) -> Zoner {
        let sign = |id: &str| {
            let name = id.strip_prefix("zone.")?;
            let (name, heading) = match name.strip_suffix(".heading") {
                Some(name) => (name, true),
                None => (name, false),
            };
            let name = if name == "none" { "" } else { name };
            let zone = Zone::ALL.into_iter().find(|zone| zone.name() == name)?;
            Some(Sign { zone, heading })
        };
        Zoner {
            signs: lexicon.cues().iter().map(|cue| sign(&cue.id)).collect(),
        }
    }

    /// The zone of the next unit; `part` goes on with it.
    pub(super) fn zone(&self, subject: &Subject<'_>, part: &mut Part) -> Zone {
        let heading = subject.unit.kind == UnitKind::Heading;
        if opens(subject)
            && let Some(zone) = first(&HEADING_ORDER, self.said(subject.hits, true))
        {
            *part = Part {
                zone,
                level: if heading {
                    subject.unit.level
                } else {
                    INTRODUCTION_LEVEL
                },
                turn: Zone::Unzoned,
            };
            return zone;
        }
        if heading {
            part.turn = Zone::Unzoned;
            if subject.unit.level < part.level && !counts(part.zone) {
                *part = Part::default();
            }
        }
        let cued = first(&UNIT_ORDER, self.said(subject.hits, false));
        if let Some(zone) = cued.filter(|zone| corrects(*zone, subject.labelled, *part)) {
            if counts(zone) {
                part.turn = Zone::Unzoned;
            } else if subject.unit.kind != UnitKind::Item && zone != Zone::Other {
                part.turn = zone;
            }
            return zone;
        }
        if subject.labelled {
            part.turn = Zone::Unzoned;
        }
        if part.turn == Zone::Unzoned {
            part.zone
        } else {
            part.turn
        }
    }

    /// The zones that cues of headings, or of units, say.
    fn said(&self, hits: &[Hit], heading: bool) -> ZoneSet {
        let signs = hits.iter().filter_map(|hit| match hit.owner {
            Owner::Cue(cue) => self.signs[cue as usize],
            Owner::Entry(_) => None,
        });
        signs
            .filter(|sign| sign.heading == heading)
            .map(|sign| sign.zone)
            .collect()
    }
}

/// Whether a unit can open a part: a heading, a line that ends with a colon, or a few words alone.
fn opens(subject: &Subject<'_>) -> bool {
    let end = subject.content.trim_end_matches(['*', '_', ' ']);
    match subject.unit.kind {
        UnitKind::Heading => true,
        _ if end.ends_with(':') => subject.words <= LONGEST_INTRODUCTION,
        UnitKind::Sentence => subject.words <= LONGEST_BARE_HEADING && !end.ends_with('.'),
        _ => false,
    }
}

/// Whether a cue's zone stands against the part's: text with a role's label stays counted, and
/// what is less sure than the heading gives way to it.
fn corrects(cued: Zone, labelled: bool, part: Part) -> bool {
    let open = part.zone == Zone::Unzoned;
    match cued {
        Zone::Duties => open || labelled && part.zone == Zone::About,
        Zone::Requirements => open || matches!(part.zone, Zone::Duties | Zone::About),
        Zone::About => !labelled && (open || part.turn != Zone::Unzoned),
        _ => !labelled,
    }
}

fn counts(zone: Zone) -> bool {
    ZoneSet::COUNTED.contains(zone)
}

fn first(order: &[Zone], said: ZoneSet) -> Option<Zone> {
    order.iter().copied().find(|zone| said.contains(*zone))
}

#[cfg(test)]
mod tests;
