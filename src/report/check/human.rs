//! `check --format human`: what a reader should look at, with the evidence underlined.

use std::fmt::Write;

use super::{Checked, Row, Shown};
use crate::aggregate::ClaimCounts;
use crate::analyze::{Agent, Basis, Claim, Stance, Verdict};
use crate::report::cells::one_line;
use crate::report::explain::{width, wrapped};
use crate::role::Role;
use crate::span::{Span, line_column};

const BOLD: &str = "\x1b[1m";
const YELLOW: &str = "\x1b[1;33m";
const RED: &str = "\x1b[31m";
const BLUE: &str = "\x1b[34m";

/// A stretch of the sentence to underline.
struct Mark {
    span: Span,
    sign: &'static str,
    color: &'static str,
    label: String,
}

/// Appends what is to be said of one essay, and a line that sums it up.
pub fn check_human(
    out: &mut String,
    checked: Checked<'_>,
    counts: &ClaimCounts,
    shown: Shown,
    color: bool,
) {
    for row in checked.rows(shown) {
        for claim in &row.claims {
            claim_text(out, checked, &row, claim, color);
        }
        if row.stance == Stance::Equates || shown.all && row.stance != Stance::None {
            stance_text(out, checked, &row, color);
        }
    }
    let id = paint(&checked.document.id, BOLD, color);
    let _ = writeln!(out, "{id}: {}\n", sums(counts));
}

/// The line behind all essays.
pub fn check_summary(counts: &ClaimCounts) -> String {
    let essays = plural(counts.essays, "essay");
    format!("{essays}: {}\n", sums(counts))
}

/// What a claim amounts to, worded as a pointer.
pub(in crate::report) fn headline(claim: &Claim) -> String {
    let work = discipline(claim.role);
    match (claim.verdict, claim.attribution.to) {
        (Verdict::MixUp, Agent::Role(to)) if to == claim.role => {
            format!("reads as if {work} did not do its own work")
        }
        (Verdict::MixUp, Agent::Role(to)) => {
            format!("reads as if {} did the work of {work}", discipline(to))
        }
        (verdict, Agent::Role(to)) => format!(
            "work of {work}, said of {} ({})",
            discipline(to),
            verdict.name()
        ),
        (_, Agent::Joint) => format!("work of {work}, said of several roles together"),
        (_, Agent::Unattributed) => format!("work of {work}, said of none of the three roles"),
    }
}

pub(in crate::report) fn discipline(role: Role) -> &'static str {
    match role {
        Role::Product => "product management",
        Role::Project => "project management",
        Role::Program => "program management",
        Role::Shared => "all three roles",
    }
}

fn claim_text(out: &mut String, checked: Checked<'_>, row: &Row<'_>, claim: &Claim, color: bool) {
    let entry = &checked.lexicon.entries()[claim.entry as usize];
    let attribution = claim.attribution;
    let mix_up = claim.verdict == Verdict::MixUp;
    let level = if mix_up { "mix-up" } else { "claim" };
    first_lines(out, checked, row, level, &headline(claim), mix_up, color);
    let content = row.unit.content;
    let named = content.contains(attribution.mention) && !attribution.mention.is_empty();
    let mut marks = vec![Mark {
        span: claim.span,
        sign: "^",
        color: RED,
        label: format!("{} work", claim.role),
    }];
    if named && !claim.span.contains(attribution.mention) {
        marks.push(Mark {
            span: attribution.mention,
            sign: "-",
            color: BLUE,
            label: "said to do it".to_owned(),
        });
    }
    sentence(out, checked, row, &marks, color);
    let mut note = |name: &str, text: String| {
        let _ = writeln!(out, "     = {}: {text}", paint(name, BOLD, color));
    };
    let sources = match entry.sources.join(", ") {
        none if none.is_empty() => String::new(),
        some => format!("; {some}"),
    };
    note(
        "why",
        format!(
            "\"{}\" belongs to {} ({}{sources})",
            entry.label,
            discipline(claim.role),
            entry.id
        ),
    );
    if attribution.basis != Basis::None {
        let mut text = reading(attribution.basis).to_owned();
        if !named && !attribution.mention.is_empty() {
            let (line, _) = line_column(&checked.document.text, attribution.mention.start as usize);
            let words = one_line(attribution.mention.of(&checked.document.text));
            let _ = write!(text, ", \"{words}\" in line {line}");
        }
        let confidence = attribution.basis.confidence().name();
        note("read from", format!("{text} (confidence {confidence})"));
    }
    if mix_up {
        note("what to do", advice(claim));
    }
    out.push('\n');
}

fn stance_text(out: &mut String, checked: Checked<'_>, row: &Row<'_>, color: bool) {
    let (level, text) = match row.stance {
        Stance::Equates => ("equation", "reads as if the roles were the same"),
        Stance::ReportsEquating => ("stance", "says that others take the roles for the same"),
        Stance::Distinguishes => ("stance", "says that the roles differ"),
        Stance::None => return,
    };
    let equates = row.stance == Stance::Equates;
    first_lines(out, checked, row, level, text, equates, color);
    sentence(out, checked, row, &[], color);
    if equates {
        let _ = writeln!(
            out,
            "     = {}: say whose view it is, or in what the roles differ",
            paint("what to do", BOLD, color)
        );
    }
    out.push('\n');
}

fn first_lines(
    out: &mut String,
    checked: Checked<'_>,
    row: &Row<'_>,
    level: &str,
    text: &str,
    strong: bool,
    color: bool,
) {
    let document = checked.document;
    let start = row.unit.content.start;
    // Lines of a PDF's text are not those that its reader sees.
    let place = match document.page(start) {
        Some(page) => format!("{}, page {page}", document.id),
        None => {
            let (line, column) = line_column(&document.text, start as usize);
            format!("{}:{line}:{column}", document.id)
        }
    };
    let level = paint(level, if strong { YELLOW } else { BOLD }, color);
    let _ = writeln!(out, "{level}: {}", paint(text, BOLD, color));
    let arrow = paint("-->", BLUE, color);
    let _ = writeln!(out, "    {arrow} {place}");
}

/// The sentence with its line number, and the marks under it.
fn sentence(out: &mut String, checked: Checked<'_>, row: &Row<'_>, marks: &[Mark], color: bool) {
    let text = checked.document.text.as_str();
    let bar = paint("|", BLUE, color);
    let (line, _) = line_column(text, row.unit.content.start as usize);
    for (at, piece) in wrapped(text, row.unit.content).into_iter().enumerate() {
        let shown: String = piece
            .of(text)
            .chars()
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .collect();
        let number = if at == 0 {
            line.to_string()
        } else {
            String::new()
        };
        let number = paint(&format!("{number:>4}"), BLUE, color);
        let _ = writeln!(out, "{number} {bar} {}", shown.trim_end());
        underline(out, text, piece, marks, &bar, color);
    }
}

/// The rightmost mark has its label behind it, the others have theirs below.
fn underline(out: &mut String, text: &str, piece: Span, marks: &[Mark], bar: &str, color: bool) {
    let mut here: Vec<(usize, usize, &Mark)> = marks
        .iter()
        .filter(|mark| mark.span.overlaps(piece))
        .map(|mark| {
            let (start, end) = (
                mark.span.start.max(piece.start),
                mark.span.end.min(piece.end),
            );
            let before = Span {
                start: piece.start,
                end: start,
            };
            (
                width(before.of(text)),
                width(Span { start, end }.of(text).trim_end()).max(1),
                mark,
            )
        })
        .collect();
    if here.is_empty() {
        return;
    }
    here.sort_by_key(|(from, ..)| *from);
    let mut line = String::new();
    let mut at = 0;
    for (from, len, mark) in &here {
        let from = (*from).max(at);
        let signs = paint(&mark.sign.repeat(*len), mark.color, color);
        let _ = write!(line, "{:1$}{signs}", "", from - at);
        at = from + len;
    }
    let starts = |mark: &Mark| piece.start <= mark.span.start;
    let label = |mark: &Mark| paint(&mark.label, mark.color, color);
    let last = here.len() - 1;
    if starts(here[last].2) {
        let _ = write!(line, " {}", label(here[last].2));
    }
    let _ = writeln!(out, "     {bar} {line}");
    for (from, _, mark) in here[..last]
        .iter()
        .rev()
        .filter(|(_, _, mark)| starts(mark))
    {
        let _ = writeln!(out, "     {bar} {:from$}{}", "", label(mark));
    }
}

/// What an attribution rests on, in words.
pub(in crate::report) fn reading(basis: Basis) -> &'static str {
    match basis {
        Basis::None => "nothing",
        Basis::Subject => "the subject of the clause",
        Basis::Agent => "the one named behind the work",
        Basis::Delegation => "the one who is asked to do it",
        Basis::Relative => "the role before \"who\"",
        Basis::Apposition => "the phrase beside the role's name",
        Basis::Person => "the role that the speaker has",
        Basis::Pronoun => "a pronoun that points back",
        Basis::Reference => "a phrase that points back",
        Basis::Together => "roles named together",
        Basis::Heading => "the heading above",
        Basis::List => "the sentence before the list",
        Basis::Column => "the head of the column",
        Basis::Row => "the first cell of the row",
        Basis::Anaphora => "a word that stands for the work before",
        Basis::Benefit => "one of two possible readings",
        Basis::Title => "the title",
    }
}

pub(in crate::report) fn advice(claim: &Claim) -> String {
    let own = discipline(claim.role);
    if claim.attribution.to == Agent::Role(claim.role) {
        format!("check the \"not\": this is commonly the work of {own}")
    } else {
        format!(
            "check who does it: commonly {own}; if it is an exception or another's view, say so"
        )
    }
}

pub(in crate::report) fn sums(counts: &ClaimCounts) -> String {
    let mut text = plural(counts.of(Verdict::MixUp), "mix-up");
    let _ = write!(text, " in {}", plural(counts.claims(), "claim"));
    let equations = counts.stances[Stance::Equates as usize];
    if equations > 0 {
        let _ = write!(text, ", {}", plural(equations, "equation"));
    }
    let rest: Vec<String> = Verdict::ALL
        .into_iter()
        .filter(|verdict| *verdict != Verdict::MixUp && counts.of(*verdict) > 0)
        .map(|verdict| format!("{} {}", counts.of(verdict), verdict.name()))
        .collect();
    if !rest.is_empty() {
        let _ = write!(text, " ({})", rest.join(", "));
    }
    text
}

fn plural(count: u64, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

fn paint(text: &str, code: &str, color: bool) -> String {
    if color {
        format!("{code}{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}
