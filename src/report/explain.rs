//! The text of `explain`: the verdict first, then each unit with its matches under carets.

use std::fmt::Write;

use unicode_segmentation::UnicodeSegmentation;

use crate::analyze::{Analysis, ContentRole, Match, TaggedUnit};
use crate::document::{Document, Structure, Unit};
use crate::lexicon::Lexicon;
use crate::report::cells::one_line;
use crate::role::{Declared, Role};
use crate::span::Span;

/// Columns of text on a line.
const WIDTH: usize = 96;

/// The whole explanation.
pub fn explain(
    document: &Document,
    structure: &Structure,
    analysis: &Analysis,
    lexicon: &Lexicon,
    color: bool,
) -> String {
    let mut out = String::new();
    verdict(&mut out, analysis);
    elsewhere(&mut out, document, structure, analysis);
    let _ = writeln!(out, "\nSentence by sentence");
    for (at, (unit, tagged)) in structure.units.iter().zip(&analysis.units).enumerate() {
        heading_line(&mut out, at, unit, tagged, structure, document);
        unit_text(
            &mut out,
            document,
            unit,
            analysis.matches_of(tagged),
            lexicon,
            color,
        );
    }
    out
}

fn verdict(out: &mut String, analysis: &Analysis) {
    let measures = &analysis.measures;
    let declared = analysis
        .declared
        .map_or("nothing (no title)", Declared::name);
    let _ = writeln!(out, "The title declares   {declared}");
    let _ = match measures.content_role {
        ContentRole::Role(role) => writeln!(out, "The text describes   {role}"),
        ContentRole::Mixed => writeln!(out, "The text describes   a mix; no role leads clearly"),
        ContentRole::None => writeln!(
            out,
            "The text describes   no role: too few sentences say what is done"
        ),
    };
    let labelled = analysis.counts.role_labelled;
    if let Some(shares) = measures.shares {
        for role in Role::SINGLE {
            let count = analysis.counts.labels[role as usize];
            let share = shares[role as usize] * 100.0;
            let bar = "█".repeat((share / 5.0).round() as usize);
            let _ = writeln!(
                out,
                "  {role:<8} {count:>3} of {labelled} sentences  {share:>3.0} %  {bar}"
            );
        }
        let _ = writeln!(out, "  margin {:.2}", measures.margin.unwrap_or(0.0));
    }
}

/// The counted units that carry another role's label and not the declared one's.
fn elsewhere(out: &mut String, document: &Document, structure: &Structure, analysis: &Analysis) {
    let Some(declared) = analysis.declared.and_then(Declared::role) else {
        return;
    };
    let units = structure.units.iter().zip(&analysis.units);
    let others = units
        .filter(|(_, tagged)| tagged.counted.has_single() && !tagged.counted.contains(declared));
    let mut any = false;
    for (unit, tagged) in others {
        if !any {
            let _ = writeln!(out, "\nSentences that point elsewhere");
            any = true;
        }
        let _ = writeln!(
            out,
            "  {:<16} {}",
            tagged.counted.to_string(),
            one_line(unit.content.of(&document.text))
        );
    }
}

fn heading_line(
    out: &mut String,
    at: usize,
    unit: &Unit,
    tagged: &TaggedUnit,
    structure: &Structure,
    document: &Document,
) {
    let sure = if unit.uncertain { "?" } else { "" };
    let _ = write!(
        out,
        "\n{:>3}  {}  rule {}{sure}",
        at + 1,
        unit.kind.name(),
        unit.rule
    );
    if !tagged.zone.name().is_empty() {
        let _ = write!(out, "  zone {}", tagged.zone.name());
    }
    if let Some(heading) = unit.column.or(unit.heading) {
        let text = structure.units[heading as usize].content.of(&document.text);
        let _ = write!(out, "  under \"{}\"", one_line(text));
    }
    if let Some(first) = tagged.repeat_of {
        let _ = write!(out, "  repeats {}", first + 1);
    }
    let tags = if tagged.tags.is_empty() {
        "no tag".to_owned()
    } else {
        tagged.tags.to_string()
    };
    let _ = write!(out, "  → {tags}");
    for role in tagged.tags.iter() {
        let attribution = tagged.attributions[role as usize];
        if !attribution.basis.name().is_empty() {
            let _ = write!(
                out,
                " ({}, by {})",
                attribution.to.name(),
                attribution.basis.name()
            );
        }
    }
    if !tagged.tags.is_empty() && tagged.counted.is_empty() {
        let _ = write!(out, " (not counted)");
    }
    out.push('\n');
}

/// The unit's text, wrapped, with carets and the pattern under each match.
fn unit_text(
    out: &mut String,
    document: &Document,
    unit: &Unit,
    matches: &[Match],
    lexicon: &Lexicon,
    color: bool,
) {
    for line in wrapped(&document.text, unit.content) {
        let shown: String = line
            .of(&document.text)
            .chars()
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .collect();
        let _ = writeln!(out, "     {shown}");
        for found in matches
            .iter()
            .filter(|found| line.start <= found.span.start && found.span.start < line.end)
        {
            let entry = &lexicon.entries()[found.entry as usize];
            let before = width(
                Span {
                    start: line.start,
                    end: found.span.start,
                }
                .of(&document.text),
            );
            let end = found.span.end.min(line.end);
            let carets = "^".repeat(
                width(
                    Span {
                        start: found.span.start,
                        end,
                    }
                    .of(&document.text),
                )
                .max(1),
            );
            let (on, off) = if color {
                (ansi(entry.role), "\x1b[0m")
            } else {
                ("", "")
            };
            let pattern = &entry.patterns[found.pattern as usize];
            let _ = writeln!(
                out,
                "     {:before$}{on}{carets}{off} {} = {pattern}",
                "", entry.id
            );
        }
    }
}

/// Cuts a span into lines of at most [`WIDTH`] columns, at white space where there is some.
pub(super) fn wrapped(text: &str, span: Span) -> Vec<Span> {
    let mut lines = Vec::new();
    let (mut start, mut end, mut columns) = (span.start, span.start, 0);
    for word in span.of(text).split_inclusive(char::is_whitespace) {
        let needs = width(word);
        if columns > 0 && columns + needs > WIDTH {
            lines.push(Span { start, end });
            (start, columns) = (end, 0);
        }
        end += word.len() as u32;
        columns += needs;
    }
    lines.push(Span { start, end });
    lines
}

/// Columns that a text takes, taking one per grapheme.
pub(super) fn width(text: &str) -> usize {
    text.graphemes(true).count()
}

fn ansi(role: Role) -> &'static str {
    match role {
        Role::Product => "\x1b[34m",
        Role::Project => "\x1b[33m",
        Role::Program => "\x1b[35m",
        Role::Shared => "\x1b[36m",
    }
}
