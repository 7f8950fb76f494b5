//! Headings, introductions, rows and columns: whom they put in charge of what stands under them.

use super::Subject;
use super::discourse::{Discourse, Place};
use super::marks::Part;
use super::mentions::{Mention, Naming, Who};
use super::scan::Reading;
use super::verdicts;
use super::words::Words;
use crate::analyze::{Agent, Attribution, Basis, Claim, Verdict};
use crate::document::{Unit, UnitKind};

/// Whom the row, column, introduction or heading above a unit puts in charge of it.
pub(super) fn above(
    unit: &Subject<'_>,
    here: &Unit,
    words: &Words<'_>,
    discourse: &Discourse,
) -> Option<(Place, Basis)> {
    let of = |at: Option<u32>| at.map(|at| discourse.place(at));
    let role = |place: &Place| place.who.is_role();
    let listed = matches!(here.kind, UnitKind::Item | UnitKind::Cell);
    let verb_first = here.kind == UnitKind::Sentence
        && words.works.first().is_some_and(|work| work.first == 0)
        && words.word(0).ends_with('s')
        && !words.word(0).ends_with("ss");
    if !listed && !verb_first {
        return None;
    }
    let column = of(here.column).filter(|_| listed);
    let negated = column.is_some_and(|place| place.negated);
    if let Some(place) = column.filter(role) {
        return Some((place, Basis::Column));
    }
    if let Some(place) = row_of(unit, here)
        .map(|at| discourse.place(at))
        .filter(role)
    {
        return Some((Place { negated, ..place }, Basis::Row));
    }
    if let Some(place) = of(here.intro).filter(role) {
        return Some((place, Basis::List));
    }
    of(here.heading)
        .filter(role)
        .map(|place| (place, Basis::Heading))
}

/// Whose work a question asks for: "what does the product manager do?", "and the project manager?"
pub(super) fn asked_of(words: &Words<'_>, question: bool) -> Option<Place> {
    const OPENERS: [&str; 4] = ["what", "and", "how", "so"];
    let opens = OPENERS
        .iter()
        .any(|word| words.word(0).eq_ignore_ascii_case(word));
    let mut names = words
        .mentions
        .iter()
        .filter(|mention| mention.naming == Naming::Name);
    let (name, None) = (names.next()?, names.next()) else {
        return None;
    };
    let asked = question && opens && words.works.is_empty() && matches!(name.who, Who::Role(_));
    asked.then(|| Place {
        who: name.who,
        mention: words.span(name.first, name.last),
        negated: false,
    })
}

/// Whom the question before was about, where the unit answers it without a subject: "Talking to users, mostly."
pub(super) fn answer(words: &Words<'_>, discourse: &Discourse) -> Option<(Place, Basis)> {
    let place = discourse.asked_of?;
    let work = words.works.first()?;
    let verb = (0..work.first).any(|at| {
        [Part::Copula, Part::Finite, Part::Modal, Part::Not, Part::If]
            .into_iter()
            .any(|part| words.marks.covers(part, at))
    });
    let named = words.mentions.iter().any(|mention| {
        let opens = words.left(mention.first).at == 0;
        mention.first < work.first && (opens || mention.naming != Naming::Other)
    });
    ((!verb || words.is_gerund(0)) && !named).then_some((place, Basis::Anaphora))
}

/// "| Schedule | Project manager |": a later cell names whoever does the work of the cells before it in its row.
pub(super) fn claim_row(unit: &Subject<'_>, here: &Unit, words: &Words<'_>, claims: &mut [Claim]) {
    let Some(first) = row_of(unit, here).filter(|_| here.column.is_some() && is_label(words))
    else {
        return;
    };
    let [
        Mention {
            who: Who::Role(to),
            naming: Naming::Name,
            first: from,
            last,
        },
    ] = words.mentions[..]
    else {
        return;
    };
    let start = unit.structure.units[first as usize].span.start;
    let open =
        |claim: &&mut Claim| claim.span.start >= start && claim.verdict == Verdict::Unattributed;
    for claim in claims
        .iter_mut()
        .rev()
        .take_while(|claim| claim.span.start >= start)
        .filter(open)
    {
        claim.attribution = Attribution {
            to: Agent::Role(to),
            basis: Basis::Row,
            mention: words.span(from, last),
        };
        claim.verdict = verdicts::verdict(claim.role, claim.attribution.to, false, false, false);
    }
}

/// The first cell of a cell's row, where that is another cell.
fn row_of(unit: &Subject<'_>, here: &Unit) -> Option<u32> {
    if here.kind != UnitKind::Cell {
        return None;
    }
    let text = unit.document.text.as_str();
    let mut first = unit.at;
    while first > 0 {
        let before = &unit.structure.units[first - 1];
        let between =
            &text[before.span.end as usize..unit.structure.units[first].span.start as usize];
        if before.kind != UnitKind::Cell || between.contains('\n') {
            break;
        }
        first -= 1;
    }
    (first < unit.at).then_some(first as u32)
}

/// Whom a unit puts in charge of what stands under it.
pub(super) fn below(words: &Words<'_>, reading: &Reading, here: &Unit) -> Place {
    let negated = reading.end_negated;
    if reading.end.who.is_role() {
        return Place {
            who: reading.end.who,
            mention: reading.end.mention,
            negated,
        };
    }
    let heads = matches!(
        here.kind,
        UnitKind::Heading | UnitKind::Cell | UnitKind::Item
    ) && (here.kind != UnitKind::Item || is_label(words) || has_label(words));
    let mut named = words
        .mentions
        .iter()
        .filter(|mention| mention.naming == Naming::Name);
    match (named.next(), named.next()) {
        (Some(only), None) if heads => Place {
            who: only.who,
            mention: words.span(only.first, only.last),
            negated,
        },
        _ => Place {
            negated: negated || words.marks.has(Part::Not),
            ..Place::default()
        },
    }
}

/// True for an item that names a role and says little else: "Product manager, in brief".
fn is_label(words: &Words<'_>) -> bool {
    let named = words
        .mentions
        .iter()
        .map(|mention| mention.last - mention.first + 1)
        .sum::<usize>();
    named * 2 >= words.tokens.len()
}

/// "Program manager: somebody who loves the big picture", above an inner list.
fn has_label(words: &Words<'_>) -> bool {
    words.mentions.first().is_some_and(|name| {
        words.left(name.first).at == 0 && words.gap(name.last + 1).contains(':')
    })
}
