//! The page of `check --out`: each essay with its claims marked, its mix-ups explained, and a table of all essays.

use std::ops::Range;

use askama::Template;

use super::figures::{self, clip, exact};
use super::marks;
use super::stretches::{Stretch, stretches};
use super::{CHARTS, DARK, LIGHT, SCRIPT, STYLE};
use crate::aggregate::ClaimCounts;
use crate::analyze::{Agent, Claim, Stance, Verdict};
use crate::report::cells::one_line;
use crate::report::check::{Checked, Row, Shown, advice, discipline, headline, reading, sums};
use crate::role::Role;
use crate::span::line_column;

/// Bytes of the page that essays may take; the rest of them is in the table only, and this is told.
const MOST_BYTES: usize = 1_300_000;
/// Rows of the table of essays.
const MOST_ROWS: usize = 1_000;

/// One essay, ready for the page.
#[derive(Debug)]
pub struct Essay {
    summary: Summary,
    html: String,
}

/// The page as it grows, bounded whatever the number of essays.
#[derive(Debug, Default)]
pub struct EssaysPage {
    counts: ClaimCounts,
    rows: Vec<Summary>,
    essays: Vec<String>,
    bytes: usize,
    is_full: bool,
}

/// A row of the table of essays.
#[derive(Debug)]
struct Summary {
    id: String,
    counts: ClaimCounts,
    is_shown: bool,
}

#[derive(Template)]
#[template(path = "essay.html")]
struct EssayView {
    id: String,
    sums: String,
    lines: Vec<Line>,
}

/// A unit of the essay.
struct Line {
    number: usize,
    kind: &'static str,
    starts_block: bool,
    stretches: Vec<Stretch<Mark>>,
    stance: Stance,
    mix_ups: Vec<MixUp>,
    others: Vec<Other>,
}

/// What a stretch of a sentence is.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    /// The work that a claim is about.
    Work { role: Role, is_mix_up: bool },
    /// The name of the one who is said to do it.
    Agent,
}

/// A mix-up, explained.
struct MixUp {
    headline: String,
    role: Role,
    words: String,
    label: String,
    responsibility: String,
    belongs: &'static str,
    read_from: String,
    confidence: &'static str,
    advice: String,
}

/// A claim that is no mix-up.
struct Other {
    role: Role,
    said: String,
}

#[derive(Template)]
#[template(path = "check.html")]
struct Page<'a> {
    version: &'static str,
    lexicon: &'a str,
    counts: ClaimCounts,
    rows: &'a [Summary],
    essays: &'a [String],
}

impl Essay {
    /// Makes a checked essay ready.
    pub fn new(checked: Checked<'_>, counts: &ClaimCounts, shown: Shown) -> Essay {
        let shown = Shown { all: true, ..shown };
        let mut block = None;
        let line = |row: Row<'_>| {
            let starts_block = block != Some(row.unit.block);
            block = Some(row.unit.block);
            Line::new(checked, &row, starts_block)
        };
        let view = EssayView {
            id: clip(&checked.document.id, 120),
            sums: sums(counts),
            lines: checked.rows(shown).map(line).collect(),
        };
        Essay {
            summary: Summary {
                id: view.id.clone(),
                counts: *counts,
                is_shown: true,
            },
            html: view.to_string(),
        }
    }
}

impl EssaysPage {
    /// Adds the next essay.
    pub fn add(&mut self, essay: Essay) {
        let Essay { mut summary, html } = essay;
        self.counts += summary.counts;
        self.bytes += html.len();
        self.is_full |= self.bytes > MOST_BYTES;
        summary.is_shown = !self.is_full;
        if self.rows.len() < MOST_ROWS {
            self.rows.push(summary);
        }
        if !self.is_full {
            self.essays.push(html);
        }
    }

    /// The whole page; `lexicon` is the lexicon's hash.
    pub fn html(&self, lexicon: &str) -> String {
        let page = Page {
            version: env!("CARGO_PKG_VERSION"),
            lexicon,
            counts: self.counts,
            rows: &self.rows,
            essays: &self.essays,
        };
        page.to_string()
    }
}

impl Page<'_> {
    fn mix_ups(&self) -> u64 {
        self.counts.of(Verdict::MixUp)
    }

    fn equations(&self) -> u64 {
        self.counts.stances[Stance::Equates as usize]
    }
}

impl Summary {
    fn of(&self, verdict: &Verdict) -> u64 {
        self.counts.of(*verdict)
    }

    fn equates(&self) -> u64 {
        self.counts.stances[Stance::Equates as usize]
    }

    fn share(&self) -> String {
        exact(self.counts.mix_up_share())
    }
}

impl Line {
    fn new(checked: Checked<'_>, row: &Row<'_>, starts_block: bool) -> Line {
        let content = row.unit.content;
        let text = content.of(&checked.document.text);
        let within = |span: crate::span::Span| {
            let place = |at: u32| at.clamp(content.start, content.end) - content.start;
            place(span.start) as usize..place(span.end) as usize
        };
        let mut marks: Vec<(Range<usize>, Mark)> = Vec::new();
        for claim in &row.claims {
            let is_mix_up = claim.verdict == Verdict::MixUp;
            let role = claim.role;
            marks.push((within(claim.span), Mark::Work { role, is_mix_up }));
            if is_mix_up {
                marks.push((within(claim.attribution.mention), Mark::Agent));
            }
        }
        let (mix_ups, others): (Vec<&Claim>, Vec<&Claim>) = row
            .claims
            .iter()
            .partition(|claim| claim.verdict == Verdict::MixUp);
        Line {
            number: row.number,
            kind: row.unit.kind.name(),
            starts_block,
            stretches: stretches(text, &marks),
            stance: row.stance,
            mix_ups: mix_ups
                .into_iter()
                .map(|claim| MixUp::new(checked, claim))
                .collect(),
            others: others.into_iter().map(Other::new).collect(),
        }
    }

    fn stance(&self) -> &'static str {
        match self.stance {
            Stance::None => "",
            Stance::Equates => "reads as if the roles were the same",
            Stance::ReportsEquating => "says that others take the roles for the same",
            Stance::Distinguishes => "says that the roles differ",
        }
    }

    fn equates(&self) -> bool {
        self.stance == Stance::Equates
    }
}

impl Mark {
    fn class(&self) -> String {
        match self {
            Mark::Work {
                role,
                is_mix_up: true,
            } => format!("{role} mix-up"),
            Mark::Work { role, .. } => role.to_string(),
            Mark::Agent => "agent".to_owned(),
        }
    }
}

impl MixUp {
    fn new(checked: Checked<'_>, claim: &Claim) -> MixUp {
        let entry = &checked.lexicon.entries()[claim.entry as usize];
        let text = checked.document.text.as_str();
        let attribution = claim.attribution;
        let mut read_from = reading(attribution.basis).to_owned();
        if !attribution.mention.is_empty() {
            let (line, _) = line_column(text, attribution.mention.start as usize);
            let words = clip(&one_line(attribution.mention.of(text)), 80);
            read_from = format!("{read_from}, “{words}” in line {line}");
        }
        MixUp {
            headline: headline(claim),
            role: claim.role,
            words: clip(&one_line(claim.span.of(text)), 120),
            label: clip(&entry.label, 120),
            responsibility: clip(&entry.id, 80),
            belongs: discipline(claim.role),
            read_from,
            confidence: attribution.basis.confidence().name(),
            advice: advice(claim),
        }
    }
}

impl Other {
    fn new(claim: &Claim) -> Other {
        let role = claim.role;
        let said = match (claim.verdict, claim.attribution.to) {
            (Verdict::Consistent, Agent::Role(to)) if to == role => format!("{role}: consistent"),
            (Verdict::Joint, _) => format!("{role} work of several roles"),
            (Verdict::Unattributed, _) => format!("{role} work, nobody named"),
            (verdict, to) => format!("{role} work of {}: {}", to.name(), verdict.name()),
        };
        Other { role, said }
    }
}
