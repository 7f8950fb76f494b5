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

/// Reads zones by the cues of one lexicon.
#[derive(Debug)]
pub(super) struct Zoner {
    /// What each cue says, by its index.
    signs: Vec<Said>,
}

/// The part of a posting that the pass has reached.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part {
    /// What the heading says.
    zone: Zone,
    /// The heading's level.
    level: u8,
    /// Whether the heading is of the job as a whole, so that cues of all zones correct it.
    wide: bool,
    /// The zone to which cues have turned the text since; `Unzoned` where they have not.
    turn: Zone,
    /// The number of headings directly before the next unit that say no zone themselves.
    pending: usize,
}

impl Part {
    /// How many headings before the unit just read wait for its zone, which is theirs too.
    pub(super) fn take_pending(&mut self) -> usize {
        std::mem::take(&mut self.pending)
    }
}

/// One unit with what is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    pub unit: &'a Unit,
    /// The unit with its marks.
    pub text: &'a str,
    /// Number of its words.
    pub words: usize,
    pub hits: &'a [Hit],
    /// Whether it carries the label of a role.
    pub labelled: bool,
}

impl Zoner {
    /// A reader of the cues `zone.*` of `lexicon`.
    pub(super) fn new(lexicon: &Lexicon) -> Zoner {
        Zoner {
            signs: lexicon
                .cues()
                .iter()
                .map(|cue| sign(&cue.id).unwrap_or_default())
                .collect(),
        }
    }

    /// The zone of the next unit; `part` goes on with it.
    pub(super) fn zone(&self, subject: &Subject<'_>, part: &mut Part) -> Zone {
        if is_tag(subject.text) {
            return Zone::Unzoned;
        }
        let unit = subject.unit;
        let pending = part.pending;
        let said = self.said(subject.hits);
        if let Some(opened) = said.opened(subject) {
            *part = opened;
            if part.wide || part.zone == Zone::Unzoned {
                part.pending = pending + 1;
            }
            return part.zone;
        }
        if unit.kind == UnitKind::Heading {
            part.turn = Zone::Unzoned;
            if unit.level < part.level && !counts(part.zone) {
                *part = Part::default();
            }
            part.pending = if part.zone == Zone::Unzoned {
                pending + 1
            } else {
                0
            };
        }
        if let Some(zone) = said
            .sure
            .filter(|_| part.zone == Zone::Unzoned || part.wide)
        {
            return zone;
        }
        let cued = first(&UNIT_ORDER, said.unit);
        if subject.labelled {
            part.turn = Zone::Unzoned;
            if part.zone == Zone::Other || part.zone == Zone::About && cued == Some(Zone::Duties) {
                *part = Part::default();
            }
        }
        if let Some(zone) = cued.filter(|zone| corrects(*zone, subject, *part)) {
            let lasting = matches!(zone, Zone::Legal | Zone::Benefits | Zone::About)
                && part.zone != Zone::About;
            if counts(zone) {
                part.turn = Zone::Unzoned;
            } else if lasting && (unit.kind != UnitKind::Item || part.zone == Zone::Unzoned) {
                part.turn = zone;
            }
            return zone;
        }
        match (part.zone, part.turn) {
            (Zone::Unzoned, Zone::Unzoned) if subject.labelled => Zone::Duties,
            (zone, Zone::Unzoned) => zone,
            (_, turn) => turn,
        }
    }

    /// What the cues in a unit say.
    fn said(&self, hits: &[Hit]) -> Said {
        let mut said = Said::default();
        for hit in hits {
            if let Owner::Cue(cue) = hit.owner {
                let sign = self.signs[cue as usize];
                said.heading = said.heading.union(sign.heading);
                said.narrow = said.narrow.union(sign.narrow);
                said.unit = said.unit.union(sign.unit);
                said.sure = said.sure.or(sign.sure);
            }
        }
        said
    }
}

/// The zones that a cue, or all cues in a unit, say.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    /// Those of headings.
    heading: ZoneSet,
    /// Of these the ones that are not only of the job as a whole: duties, unless cues of its units say otherwise.
    narrow: ZoneSet,
    /// Those of units.
    unit: ZoneSet,
    /// The first that stands against a role's label too.
    sure: Option<Zone>,
}

impl Said {
    /// The part that the unit opens, if it is a heading that says one.
    fn opened(&self, subject: &Subject<'_>) -> Option<Part> {
        let zone = first(&HEADING_ORDER, self.heading)?;
        opens(subject).then(|| Part {
            zone,
            level: match subject.unit.kind {
                UnitKind::Heading => subject.unit.level,
                _ => INTRODUCTION_LEVEL,
            },
            wide: !self.narrow.contains(zone),
            turn: Zone::Unzoned,
            pending: 0,
        })
    }
}

/// What the cue `id` says of the units in which it matches.
fn sign(id: &str) -> Option<Said> {
    let name = id.strip_prefix("zone.")?;
    let (name, heading) = match name.strip_suffix(".heading") {
        Some(name) => (name, true),
        None => (name, false),
    };
    let (wide, sure) = (name == "role", name == "hiring");
    let name = match name {
        "none" => "",
        "role" => Zone::Duties.name(),
        "hiring" => Zone::About.name(),
        name => name,
    };
    let zone = Zone::ALL.into_iter().find(|zone| zone.name() == name)?;
    let where_true = |said: bool| said.then_some(zone).into_iter().collect();
    Some(Said {
        heading: where_true(heading),
        narrow: where_true(heading && !wide),
        unit: where_true(!heading),
        sure: sure.then_some(zone),
    })
}

/// Whether the unit is a single hash tag.
fn is_tag(text: &str) -> bool {
    if !matches!(text.as_bytes().first(), Some(b'#' | b'*' | b'_' | b' ')) {
        return false;
    }
    let bare = text.trim_matches(['*', '_', ' ']);
    bare.strip_prefix('#')
        .is_some_and(|tag| tag.starts_with(char::is_alphanumeric) && !tag.contains(' '))
}

/// Whether a unit can open a part: a heading, a line that ends with a colon, or a few words alone.
fn opens(subject: &Subject<'_>) -> bool {
    let end = subject.text.trim_end_matches(['*', '_', ' ']);
    match subject.unit.kind {
        UnitKind::Heading => true,
        _ if end.ends_with(':') => subject.words <= LONGEST_INTRODUCTION,
        UnitKind::Sentence => subject.words <= LONGEST_BARE_HEADING && !end.ends_with('.'),
        _ => false,
    }
}

/// Whether a cue's zone stands against the part's: text with a role's label stays counted, and
/// what is less sure than the heading gives way to it.
fn corrects(cued: Zone, subject: &Subject<'_>, part: Part) -> bool {
    let open = part.zone == Zone::Unzoned || part.wide;
    match cued {
        Zone::Duties => open,
        Zone::Requirements => matches!(part.zone, Zone::Unzoned | Zone::Duties | Zone::About),
        Zone::About => {
            let after_list =
                part.zone == Zone::Requirements && subject.unit.kind == UnitKind::Sentence;
            !subject.labelled && (open || after_list) && part.turn != Zone::Benefits
        }
        _ => !subject.labelled,
    }
}

fn counts(zone: Zone) -> bool {
    ZoneSet::COUNTED.contains(zone)
}

fn first(order: &[Zone], said: ZoneSet) -> Option<Zone> {
    if said.is_empty() {
        return None;
    }
    order.iter().copied().find(|zone| said.contains(*zone))
}

#[cfg(test)]
mod tests;
