//! Headings, introductions, rows and columns: whom they put in charge of what stands under them.

use super::Subject;
use super::discourse::{Discourse, Place};
use super::marks::Part;
use super::mentions::{Mention, Naming, Who};
use super::phrases::is_discipline;
use super::scan::{Grip, Reading};
use super::verdicts;
use super::words::Words;
use crate::analyze::{Agent, Attribution, Basis, Claim, Verdict};
use crate::document::{Unit, UnitKind};
use crate::role::{Role, RoleSet};
use crate::span::Span;

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
    let open = here.kind == UnitKind::Sentence && lacks_subject(words);
    if !listed && !open {
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
    if let Some(place) = label_above(unit, here, discourse).filter(|_| !listed) {
        return Some((place, Basis::Heading));
    }
    of(here.heading)
        .filter(role)
        .map(|place| (place, Basis::Heading))
}

/// True for an item or cell under "Common misconceptions" or "Myth".
pub(super) fn is_under_myth(here: &Unit, discourse: &Discourse) -> bool {
    let listed = matches!(here.kind, UnitKind::Item | UnitKind::Cell);
    let above = [here.column, here.intro, here.heading];
    let mut above = above.into_iter().flatten();
    listed && above.any(|at| discourse.place(at).myth)
}

/// "3. Project manager" on a line of its own, a heading in fact if not in form.
fn label_above(unit: &Subject<'_>, here: &Unit, discourse: &Discourse) -> Option<Place> {
    let from = here.heading.map_or(0, |heading| heading as usize + 1);
    let places = discourse.places.get(from..unit.at)?;
    places
        .iter()
        .rfind(|place| place.bare && place.who.is_role())
        .copied()
}

/// "Sets the price.", "Responsible for the dates.": a sentence of work that waits for the role in the heading.
fn lacks_subject(words: &Words<'_>) -> bool {
    let Some(work) = words.works.first() else {
        return false;
    };
    let word = words.word(0);
    let third = word.ends_with('s') && !word.ends_with("ss");
    let opens = [Part::Handle, Part::Sure, Part::Does]
        .into_iter()
        .any(|part| words.marks.starts(part, 0));
    let verb = third && (work.first == 0 || opens) || words.marks.starts(Part::Charged, 0);
    let said = |at: usize| words.marks.covers(Part::Copula, at);
    verb && !(0..work.first).any(said)
        && words
            .mentions
            .iter()
            .all(|mention| mention.first > work.first)
}

/// Whose work a question asks for: "what does the product manager do?", "and the project manager?"
pub(super) fn asked_of(words: &Words<'_>, question: bool) -> Option<Place> {
    let opens = words.marks.starts(Part::Asking, 0);
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
        ..Place::default()
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
        // A program has plans and risks, too.
        if (claim.role, to) == (Role::Project, Role::Program) {
            continue;
        }
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
pub(super) fn below(
    words: &Words<'_>,
    reading: &Reading,
    here: &Unit,
    discourse: &Discourse,
) -> Place {
    Place {
        myth: words.marks.has(Part::Myth),
        ..head(words, reading, here, discourse)
    }
}

fn head(words: &Words<'_>, reading: &Reading, here: &Unit, discourse: &Discourse) -> Place {
    let end = reading.end;
    let alone = |name: &Mention| is_alone(words, name);
    // "Product manager or project manager?" heads the work of neither.
    let several: RoleSet = reading.order.iter().copied().collect();
    let listed = matches!(here.kind, UnitKind::Heading | UnitKind::Cell);
    if listed && several.len() > 1 && matches!(end.who, Who::Role(_)) {
        return Place::default();
    }
    if end.who.is_role() {
        let name = words
            .mentions
            .iter()
            .find(|name| words.span(name.first, name.last) == end.mention);
        if name.is_some_and(|name| is_bracketed(words, name.first)) {
            return Place::default();
        }
        return Place {
            who: end.who,
            mention: end.mention,
            negated: reading.end_negated && end.grip == Grip::Own,
            vague: end.grip == Grip::Doubtful
                || name.is_some_and(|name| is_field(words, name, here)),
            bare: name.is_some_and(alone),
            ..Place::default()
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
    let negated = reading.end_negated;
    match (named.next(), named.next()) {
        (Some(only), None) if heads && !is_bracketed(words, only.first) => Place {
            who: only.who,
            mention: words.span(only.first, only.last),
            negated,
            vague: is_field(words, only, here),
            bare: alone(only),
            ..Place::default()
        },
        _ => duties_of_last(words, here, discourse).unwrap_or(Place {
            negated: negated || words.marks.has(Part::Not),
            ..Place::default()
        }),
    }
}

/// "Key duties include:" goes on about whoever acted last, as far as one can see.
fn duties_of_last(words: &Words<'_>, here: &Unit, discourse: &Discourse) -> Option<Place> {
    let duty = words.marks.of(Part::Duty).next()?;
    let opens = here.content.of(words.text).ends_with(':') && words.mentions.is_empty();
    let last = discourse.last;
    (opens && matches!(last, Who::Role(_))).then(|| Place {
        who: last,
        mention: words.span(duty.first, duty.last),
        vague: true,
        ..Place::default()
    })
}

/// "Coaching people (product owners, for example)": true for a word in brackets.
fn is_bracketed(words: &Words<'_>, at: usize) -> bool {
    let before = Span {
        start: words.tokens[0].span.start,
        end: words.tokens[at].span.start,
    };
    let count = |bracket: char| before.of(words.text).matches(bracket).count();
    count('(') > count(')')
}

/// "Principles of project management": true where a head speaks of a field of knowledge, not only of who works in it.
fn is_field(words: &Words<'_>, name: &Mention, here: &Unit) -> bool {
    let subject = here.kind == UnitKind::Sentence && words.left(name.first).at == 0;
    // "How I work with the product manager"
    let beside = (0..name.first).any(|at| {
        let of = words.is_any(at, &["of", "for"]);
        !of && [Part::Prep, Part::Help]
            .into_iter()
            .any(|part| words.marks.covers(part, at))
    });
    beside || is_discipline(words, name) && !is_alone(words, name) && !subject
}

/// True where the unit is the name and no more, a number before it aside.
fn is_alone(words: &Words<'_>, name: &Mention) -> bool {
    let number = |at: usize| {
        words
            .word(at)
            .starts_with(|first: char| first.is_ascii_digit())
    };
    name.last + 1 == words.tokens.len() && (0..name.first).all(number)
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
