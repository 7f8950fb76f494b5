//! How much of the text under each title is work of each role, with the intervals and corrections that were asked for.

use askama::Template;

use super::axis::ShareAxis;
use super::figures::{interval, percent};
use super::marks::path;
use super::picture::Picture;
use super::tables::{PrevalenceRow, Tables};
use crate::role::Role;

const LABELS: f64 = 136.0;
const AXIS: f64 = 500.0;
const TOP: f64 = 46.0;
const HEAD: f64 = 32.0;
const STEP: f64 = 23.0;

#[derive(Template)]
#[template(path = "prevalence.svg")]
struct Chart {
    height: f64,
    axis: &'static str,
    ticks: Vec<(f64, String)>,
    panels: Vec<Panel>,
}

struct Panel {
    role: Role,
    y: f64,
    mark: String,
    rows: Vec<Row>,
}

struct Row {
    label: Role,
    y: f64,
    limits: Option<(f64, f64)>,
    mark: String,
    corrected: Option<String>,
    numbers: String,
}

/// The chart; `None` where the table is not there or nothing could count.
pub(super) fn chart(tables: &Tables) -> Option<Picture> {
    let rows = tables.prevalence.as_deref()?;
    let shown = || {
        let titled = rows.iter().filter(|row| row.countable > 0);
        titled.filter(|row| Role::from_name(&row.declared_role).is_some())
    };
    let ends = |row: &PrevalenceRow| [row.share, row.ci_high, row.corrected];
    let most = shown().flat_map(ends).flatten().fold(0.0, f64::max);
    let shares = ShareAxis::new(LABELS, AXIS, most);
    let mut panels = Vec::new();
    let mut y = TOP;
    for role in Role::SINGLE {
        let own: Vec<&PrevalenceRow> = shown()
            .filter(|row| row.declared_role == role.name())
            .collect();
        if !own.is_empty() {
            let height = HEAD + own.len() as f64 * STEP + 12.0;
            let mark = path(role, 7.0, y + 15.0, 6.5);
            let rows = own.into_iter().enumerate();
            let rows = rows.filter_map(|(at, one)| row(at, one, y + HEAD, &shares));
            panels.push(Panel {
                role,
                y,
                mark,
                rows: rows.collect(),
            });
            y += height;
        }
    }
    let corrected = shown().any(|row| row.corrected.is_some());
    let axis = match corrected {
        true => "Share of the sentences that could count; open: corrected for the measured error",
        false => "Share of the sentences that could count",
    };
    let chart = Chart {
        height: y,
        axis,
        ticks: shares.ticks(),
        panels,
    };
    shown().next().map(|_| Picture {
        name: "prevalence",
        heading: "How much of the text is work of each role",
        about: "Share of the sentences that could count that carry each label, by product, project and program title",
        beside: "the table below has the numbers",
        table: "prevalence.csv",
        width: 858.0,
        height: y,
        body: chart.to_string(),
    })
}

fn row(at: usize, row: &PrevalenceRow, top: f64, shares: &ShareAxis) -> Option<Row> {
    let label = Role::from_name(&row.label)?;
    let y = top + (at as f64 + 0.5) * STEP;
    let mut numbers = percent(row.share);
    if row.ci_low.is_some() {
        numbers += &format!(" ({})", interval(row.ci_low, row.ci_high));
    }
    if row.corrected.is_some() {
        numbers += &format!(", corrected {}", percent(row.corrected));
    }
    Some(Row {
        label,
        y,
        limits: row
            .ci_low
            .zip(row.ci_high)
            .map(|(a, b)| (shares.place(a), shares.place(b))),
        mark: path(label, shares.place(row.share?), y, 5.5),
        corrected: row
            .corrected
            .map(|share| path(label, shares.place(share), y, 5.5)),
        numbers,
    })
}
