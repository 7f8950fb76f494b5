//! What sets each role apart from the other two, and sentences that show it.

use askama::Template;

use super::figures::{clip, count, decimal, exact, percent};
use super::marks::path;
use super::picture::Picture;
use super::tables::{ExampleRow, KeynessRow, Tables};
use crate::role::Role;

/// Responsibilities drawn for each role.
const MOST_DRAWN: usize = 8;
/// Responsibilities of each role in the table.
const MOST_ROWS: usize = 25;
/// Responsibilities of each role with example sentences.
const MOST_EXAMPLES: usize = 5;
/// Sentences for each of them.
const MOST_SENTENCES: usize = 2;

/// Picture, table and examples.
pub(super) struct Distinctive {
    pub(super) chart: Option<Picture>,
    pub(super) rows: Vec<Row>,
    pub(super) examples: Vec<Examples>,
}

/// A responsibility that sets a role apart.
pub(super) struct Row {
    pub(super) target: Role,
    pub(super) label: String,
    pub(super) id: String,
    /// Log ratio, its conservative limit and the two rates, each exact and as shown.
    pub(super) numbers: [[String; 2]; 4],
    pub(super) q: String,
}

/// Sentences of documents that declare one role.
pub(super) struct Examples {
    pub(super) role: Role,
    pub(super) shown: Vec<Example>,
}

/// A distinctive responsibility in the words of the corpus.
pub(super) struct Example {
    pub(super) label: String,
    pub(super) sentences: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "distinctive.svg")]
struct Chart {
    height: f64,
    ticks: Vec<(f64, String)>,
    panels: Vec<Panel>,
}

struct Panel {
    role: Role,
    y: f64,
    mark: String,
    bars: Vec<Bar>,
}

struct Bar {
    label: String,
    y: f64,
    from: f64,
    to: f64,
    mark: String,
    rates: String,
}

const LABELS: f64 = 384.0;
const AXIS: f64 = 340.0;
const TOP: f64 = 46.0;
const HEAD: f64 = 32.0;
const STEP: f64 = 25.0;

/// The section; `None` where nothing sets any role apart or the table is not there.
pub(super) fn distinctive(tables: &Tables) -> Option<Distinctive> {
    let keyness = tables.keyness.as_deref()?;
    let examples = tables.examples.as_deref().unwrap_or_default();
    let section = Distinctive {
        chart: chart(tables),
        rows: Role::SINGLE
            .into_iter()
            .flat_map(|role| {
                most(keyness, role, MOST_ROWS)
                    .into_iter()
                    .map(move |row| view(role, row))
            })
            .collect(),
        examples: Role::SINGLE
            .map(|role| examples_of(role, examples))
            .into_iter()
            .filter(|examples| !examples.shown.is_empty())
            .collect(),
    };
    (!section.rows.is_empty()).then_some(section)
}

/// The `count` responsibilities that most surely set a role apart.
fn most(keyness: &[KeynessRow], role: Role, count: usize) -> Vec<&KeynessRow> {
    let own = keyness.iter().filter(|row| row.target_role == role.name());
    let mut own: Vec<&KeynessRow> = own.filter(|row| row.lrc > 0.0).collect();
    own.sort_by(|a, b| b.lrc.total_cmp(&a.lrc));
    own.truncate(count);
    own
}

fn view(target: Role, row: &KeynessRow) -> Row {
    let number = |value: f64| [exact(Some(value)), decimal(Some(value))];
    let share = |value: f64| [exact(Some(value)), percent(Some(value))];
    Row {
        target,
        label: clip(&row.label, 120),
        id: clip(&row.responsibility, 80),
        numbers: [
            number(row.log_ratio),
            number(row.lrc),
            share(row.rate_target),
            share(row.rate_reference),
        ],
        q: row.q.clone(),
    }
}

fn examples_of(role: Role, rows: &[ExampleRow]) -> Examples {
    let mut shown: Vec<Example> = Vec::new();
    let mut last = 0;
    for row in rows
        .iter()
        .filter(|row| row.target_role == role.name() && !row.text.is_empty())
    {
        if row.rank != last {
            if shown.len() == MOST_EXAMPLES {
                break;
            }
            last = row.rank;
            let label = clip(&row.label, 120);
            shown.push(Example {
                label,
                sentences: Vec::new(),
            });
        }
        if let Some(example) = shown.last_mut()
            && example.sentences.len() < MOST_SENTENCES
        {
            let id = clip(&row.document_id, 40);
            example.sentences.push((clip(&row.text, 400), id));
        }
    }
    Examples { role, shown }
}

/// How many times as often each responsibility is asked for, on a scale of powers of two.
pub(super) fn chart(tables: &Tables) -> Option<Picture> {
    let keyness = tables.keyness.as_deref()?;
    let rows = Role::SINGLE.map(|role| most(keyness, role, MOST_DRAWN));
    let all = || rows.iter().flatten();
    let largest = all()
        .map(|row| row.log_ratio)
        .fold(0.0, f64::max)
        .ceil()
        .max(1.0);
    all().next()?;
    let place = |log_ratio: f64| LABELS + AXIS * log_ratio / largest;
    let every = if largest > 8.0 { 2 } else { 1 };
    let ticks = (0..=largest as u32)
        .step_by(every)
        .map(|power| (place(power.into()), format!("{}×", count(1u64 << power))));
    let mut y = TOP;
    let mut panels = Vec::new();
    for (role, rows) in Role::SINGLE.into_iter().zip(&rows) {
        if rows.is_empty() {
            continue;
        }
        let bars = rows.iter().enumerate().map(|(at, row)| {
            let y = y + HEAD + (at as f64 + 0.5) * STEP;
            Bar {
                label: clip(&row.label, 55),
                y,
                from: place(row.lrc),
                to: place(row.log_ratio),
                mark: path(role, place(row.log_ratio), y, 6.0),
                rates: format!(
                    "{} against {}",
                    percent(Some(row.rate_target)),
                    percent(Some(row.rate_reference))
                ),
            }
        });
        panels.push(Panel {
            role,
            y,
            mark: path(role, 7.0, y + 15.0, 6.5),
            bars: bars.collect(),
        });
        y += HEAD + rows.len() as f64 * STEP + 14.0;
    }
    let chart = Chart {
        height: y,
        ticks: ticks.collect(),
        panels,
    };
    Some(Picture {
        name: "distinctive",
        heading: "What sets each role apart",
        about: "How many times as often documents of each title ask for a responsibility as those of the other two, with the conservative limit",
        beside: "the table below has the numbers",
        table: "keyness.csv",
        width: 858.0,
        height: y,
        body: chart.to_string(),
    })
}
