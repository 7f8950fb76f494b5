//! What the documents of each declared role are about: shares of their counted sentences.

use askama::Template;

use super::figures::{count, percent};
use super::marks::path;
use super::picture::Picture;
use super::tables::{RoleRow, Tables};
use crate::role::Role;

const PANEL: f64 = 286.0;
const NAME: f64 = 90.0;
const BAR: f64 = 136.0;
const TOP: f64 = 58.0;
const STEP: f64 = 30.0;

#[derive(Template)]
#[template(path = "profiles.svg")]
struct Chart {
    panels: Vec<Panel>,
}

struct Panel {
    role: Role,
    x: f64,
    mark: String,
    sentences: String,
    bars: Vec<Bar>,
}

struct Bar {
    role: Role,
    mark: String,
    x: f64,
    y: f64,
    width: f64,
    share: String,
    own: bool,
}

/// The chart; `None` where the table is not there or nothing is declared.
pub(super) fn chart(tables: &Tables) -> Option<Picture> {
    let roles = tables.roles.as_deref()?;
    let panels: Vec<Panel> = Role::SINGLE
        .into_iter()
        .enumerate()
        .filter_map(|(at, role)| {
            let row = roles.iter().find(|row| row.declared_role == role.name())?;
            Some(panel(role, at as f64 * PANEL, row))
        })
        .collect();
    let says = roles
        .iter()
        .any(|row| Role::from_name(&row.declared_role).is_some() && row.counted_labelled > 0);
    says.then(|| Picture {
        name: "profiles",
        heading: "What the sentences of each title are about",
        about: "Shares of the sentences with a role label that carry each, by product, project and program title; for shared, of those with any label",
        beside: "the table below has its numbers",
        table: "roles.csv",
        width: 858.0,
        height: 188.0,
        body: Chart { panels }.to_string(),
    })
}

fn panel(role: Role, x: f64, row: &RoleRow) -> Panel {
    let shares = [
        row.share_product,
        row.share_project,
        row.share_program,
        row.share_shared,
    ];
    let bars = Role::ALL.into_iter().zip(shares).enumerate();
    Panel {
        role,
        x,
        mark: path(role, x + 7.0, 13.0, 6.5),
        sentences: count(row.counted_role_labelled),
        bars: bars
            .map(|(at, (label, share))| bar(role, label, share, x, at))
            .collect(),
    }
}

fn bar(declared: Role, role: Role, share: Option<f64>, x: f64, at: usize) -> Bar {
    let y = TOP + at as f64 * STEP;
    Bar {
        role,
        mark: path(role, x + 7.0, y + 9.0, 5.0),
        x: x + NAME,
        y,
        width: BAR * share.unwrap_or(0.0),
        share: percent(share),
        own: declared == role,
    }
}
