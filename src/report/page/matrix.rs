//! The confusion matrix as a heat map.

use askama::Template;

use super::figures::{count, interval, percent};
use super::marks::path;
use super::picture::Picture;
use super::tables::{ConfusionRow, RoleRow, Tables};
use crate::role::Role;

const LEFT: f64 = 150.0;
const TOP: f64 = 62.0;
const CELL: (f64, f64) = (112.0, 66.0);
const GAP: f64 = 3.0;
/// From the matrix to the column of role confusion.
const APART: f64 = 22.0;

/// A cell this full has light text.
const DARK_FROM: f64 = 0.66;

#[derive(Template)]
#[template(path = "matrix.svg")]
struct Chart {
    height: f64,
    columns: Vec<Column>,
    rows: Vec<Row>,
    last: f64,
}

struct Column {
    name: String,
    x: f64,
    mark: Option<(Role, String)>,
}

struct Row {
    name: String,
    total: String,
    y: f64,
    mark: Option<(Role, String)>,
    cells: Vec<Cell>,
    confused: Option<[String; 2]>,
}

struct Cell {
    x: f64,
    count: String,
    share: String,
    interval: String,
    fill: String,
    dark: bool,
    own: bool,
}

impl Cell {
    fn middle(&self) -> f64 {
        self.x + CELL.0 / 2.0
    }
}

/// The chart; `None` where the table is not there or counts nothing.
pub(super) fn chart(tables: &Tables) -> Option<Picture> {
    let confusion = tables.confusion.as_deref()?;
    let roles = tables.roles.as_deref().unwrap_or_default();
    let mut names: Vec<&str> = Vec::new();
    for row in confusion.iter().filter(|row| row.row_total > 0) {
        if !names.contains(&row.declared_role.as_str()) {
            names.push(&row.declared_role);
        }
    }
    let rows: Vec<Row> = names
        .iter()
        .enumerate()
        .map(|(at, name)| row(at, name, confusion, roles))
        .collect();
    let first = rows.first()?;
    let last = first.cells.last()?.x + CELL.0 + APART;
    let columns = confusion.iter().filter(|row| row.declared_role == names[0]);
    let height = TOP + rows.len() as f64 * (CELL.1 + GAP) + 58.0;
    let chart = Chart {
        height,
        columns: columns
            .enumerate()
            .map(|(at, row)| column(at, row))
            .collect(),
        last: last + 56.0,
        rows,
    };
    Some(Picture {
        name: "confusion",
        heading: "Documents by the role of their title and the role that their text describes",
        about: "Heat map of documents by declared role (rows) and content role (columns)",
        beside: "the table below has its numbers",
        table: "confusion.csv",
        width: last + 118.0,
        height,
        body: chart.to_string(),
    })
}

fn column(at: usize, row: &ConfusionRow) -> Column {
    let x = LEFT + at as f64 * (CELL.0 + GAP) + CELL.0 / 2.0;
    Column {
        name: row.content_role.clone(),
        x,
        mark: mark(&row.content_role, x, TOP - 34.0),
    }
}

fn row(at: usize, name: &str, confusion: &[ConfusionRow], roles: &[RoleRow]) -> Row {
    let y = TOP + at as f64 * (CELL.1 + GAP);
    let cells: Vec<&ConfusionRow> = confusion
        .iter()
        .filter(|row| row.declared_role == name)
        .collect();
    let confused = roles.iter().find(|row| row.declared_role == name);
    let confused = confused.filter(|row| row.role_confusion.is_some());
    Row {
        name: title(name).to_owned(),
        total: count(cells.first().map_or(0, |cell| cell.row_total)),
        y,
        mark: mark(name, 12.0, y + 26.0),
        cells: cells
            .iter()
            .enumerate()
            .map(|(at, row)| cell(at, row))
            .collect(),
        confused: confused.map(|row| {
            [
                percent(row.role_confusion),
                interval(row.ci_low, row.ci_high),
            ]
        }),
    }
}

fn cell(at: usize, row: &ConfusionRow) -> Cell {
    let share = row.share.unwrap_or(0.0);
    Cell {
        x: LEFT + at as f64 * (CELL.0 + GAP),
        count: count(row.documents),
        share: percent(row.share),
        interval: interval(row.ci_low, row.ci_high),
        fill: format!("{:.3}", 0.05 + 0.87 * share),
        dark: share >= DARK_FROM,
        own: row.content_role == row.declared_role && Role::from_name(&row.declared_role).is_some(),
    }
}

fn mark(name: &str, x: f64, y: f64) -> Option<(Role, String)> {
    Role::from_name(name).map(|role| (role, path(role, x, y, 6.0)))
}

/// The name of a row: an empty `declared_role` is a document without a title.
pub(super) fn title(declared: &str) -> &str {
    if declared.is_empty() {
        "untitled"
    } else {
        declared
    }
}
