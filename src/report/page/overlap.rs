//! What the roles have in common: sets of responsibilities, and the ones most shared.

use askama::Template;

use super::axis::ShareAxis;
use super::figures::{clip, count, decimal, exact, percent};
use super::marks::path;
use super::picture::Picture;
use super::tables::{OverlapRow, ResponsibilityRow, Tables};
use crate::role::Role;

/// Share of a role's documents from which a responsibility is in its set, where the table does not say.
const MIN_RATE: f64 = 0.05;
/// Responsibilities in the chart of the most shared ones.
const MOST_SHARED: usize = 15;
/// Responsibilities named for each part of the picture.
const MOST_NAMED: usize = 60;

/// Each part of the three circles: its roles (product 1, project 2, program 4) and where its count stands.
const PARTS: [(usize, f64, f64); 7] = [
    (1, 98.0, 138.0),
    (2, 332.0, 138.0),
    (4, 215.0, 338.0),
    (3, 215.0, 118.0),
    (5, 143.0, 240.0),
    (6, 287.0, 240.0),
    (7, 215.0, 200.0),
];

/// Pictures, lists and figures of the overlap.
pub(super) struct Overlap {
    pub(super) circles: Option<Picture>,
    pub(super) shared: Option<Picture>,
    pub(super) parts: Vec<Part>,
    /// Measures of the three pairs, a row for each level and measure.
    pub(super) measures: Vec<Measure>,
}

/// Responsibilities that the documents of just these roles have.
pub(super) struct Part {
    pub(super) roles: Vec<Role>,
    pub(super) name: String,
    pub(super) count: usize,
    pub(super) labels: Vec<String>,
    pub(super) more: usize,
    x: f64,
    y: f64,
}

/// One measure of overlap on one level.
pub(super) struct Measure {
    pub(super) level: String,
    pub(super) name: String,
    pub(super) pairs: Vec<Pair>,
}

/// The value of one pair of roles.
pub(super) struct Pair {
    pub(super) value: String,
    pub(super) exact: String,
    pub(super) counts: String,
}

#[derive(Template)]
#[template(path = "circles.svg")]
struct Circles<'a> {
    min_rate: String,
    parts: &'a [Part],
}

#[derive(Template)]
#[template(path = "shared.svg")]
struct Shared {
    height: f64,
    legend: [(Role, String, f64); 3],
    ticks: Vec<(f64, String)>,
    rows: Vec<SharedRow>,
}

struct SharedRow {
    label: String,
    y: f64,
    from: f64,
    to: f64,
    marks: Vec<(Role, String, String)>,
}

/// The whole section; `None` where there is nothing to show.
pub(super) fn overlap(tables: &Tables) -> Option<Overlap> {
    let rows = tables.overlap.as_deref().unwrap_or_default();
    let section = Overlap {
        circles: circles(tables),
        shared: shared(tables),
        parts: parts(tables),
        measures: measures(rows),
    };
    (section.circles.is_some() || !section.measures.is_empty()).then_some(section)
}

fn min_rate(tables: &Tables) -> f64 {
    let rows = tables.overlap.as_deref().unwrap_or_default();
    rows.iter().find_map(|row| row.min_rate).unwrap_or(MIN_RATE)
}

fn entries(tables: &Tables) -> &[ResponsibilityRow] {
    tables.responsibilities.as_deref().unwrap_or_default()
}

/// The sets as circles, with the size of each part; `None` where all are empty.
pub(super) fn circles(tables: &Tables) -> Option<Picture> {
    let parts = parts(tables);
    let any = parts.iter().any(|part| part.count > 0);
    any.then(|| Picture {
        name: "overlap",
        heading: "Responsibilities by the titles that ask for them",
        about: "How many responsibilities the documents of product, project and program titles share",
        beside: "the lists beside it name them",
        table: "responsibilities.csv",
        width: 430.0,
        height: 440.0,
        body: Circles {
            min_rate: percent(Some(min_rate(tables))),
            parts: &parts,
        }
        .to_string(),
    })
}

fn parts(tables: &Tables) -> Vec<Part> {
    let (entries, min_rate) = (entries(tables), min_rate(tables));
    let part = |(set, x, y): (usize, f64, f64)| {
        let members = entries.iter().filter(|entry| {
            let has = |at: usize| usize::from(entry.rates()[at] >= min_rate) << at;
            has(0) + has(1) + has(2) == set
        });
        let mut members: Vec<&ResponsibilityRow> = members.collect();
        members.sort_by_key(|entry| std::cmp::Reverse(entry.documents));
        let roles: Vec<Role> = Role::SINGLE
            .into_iter()
            .filter(|role| set & (1 << *role as usize) != 0)
            .collect();
        Part {
            name: part_name(&roles),
            roles,
            count: members.len(),
            labels: members
                .iter()
                .take(MOST_NAMED)
                .map(|entry| clip(&entry.label, 90))
                .collect(),
            more: members.len().saturating_sub(MOST_NAMED),
            x,
            y,
        }
    };
    PARTS.map(part).into()
}

fn part_name(roles: &[Role]) -> String {
    match roles {
        [one] => format!("{one} only"),
        [one, two] => format!("{one} and {two}"),
        _ => "all three".to_owned(),
    }
}

/// The rows of `overlap.csv`, which run pair by pair, put side by side.
fn measures(rows: &[OverlapRow]) -> Vec<Measure> {
    let first = rows
        .iter()
        .take_while(|row| (&row.role_a, &row.role_b) == (&rows[0].role_a, &rows[0].role_b));
    let measure = |row: &OverlapRow| {
        let same =
            |other: &&OverlapRow| (&other.level, &other.measure) == (&row.level, &row.measure);
        Measure {
            level: row.level.clone(),
            name: measure_name(&row.measure),
            pairs: rows.iter().filter(same).map(pair).collect(),
        }
    };
    first.map(measure).collect()
}

fn measure_name(measure: &str) -> String {
    match measure {
        "jaccard" => "Jaccard".to_owned(),
        "ruzicka" => "Ruzicka".to_owned(),
        "co_tagged_share" => "co-tagged share".to_owned(),
        other => other.replace('_', " "),
    }
}

/// The value with the counts that it is the ratio of; Ruzicka is of none.
fn pair(row: &OverlapRow) -> Pair {
    let whole = match row.measure.as_str() {
        "jaccard" => row.either,
        "overlap_coefficient" => row.count_a.min(row.count_b),
        "co_tagged_share" => row.all,
        _ => None,
    };
    let mut counts = match (row.both, whole) {
        (Some(both), Some(whole)) => format!("{} of {}", count(both), count(whole)),
        _ => String::new(),
    };
    if let (Some(low), Some(high)) = (row.ci_low, row.ci_high) {
        counts += &format!(" ({}–{})", decimal(Some(low)), decimal(Some(high)));
    }
    Pair {
        value: decimal(row.value),
        exact: exact(row.value),
        counts,
    }
}

const LABELS: f64 = 348.0;
const AXIS: f64 = 480.0;
const TOP: f64 = 62.0;
const STEP: f64 = 27.0;

/// The responsibilities that at least two roles ask for most often, by the second largest rate.
pub(super) fn shared(tables: &Tables) -> Option<Picture> {
    let entries = entries(tables);
    let second = |entry: &ResponsibilityRow| {
        let mut rates = entry.rates();
        rates.sort_by(f64::total_cmp);
        rates[1]
    };
    let mut most: Vec<&ResponsibilityRow> =
        entries.iter().filter(|entry| second(entry) > 0.0).collect();
    most.sort_by(|a, b| second(b).total_cmp(&second(a)));
    most.truncate(MOST_SHARED);
    let largest = most
        .iter()
        .flat_map(|entry| entry.rates())
        .fold(0.0, f64::max);
    if most.is_empty() {
        return None;
    }
    let shares = ShareAxis::new(LABELS, AXIS, largest);
    let row = |(at, entry): (usize, &&ResponsibilityRow)| shared_row(at, entry, &shares);
    let height = TOP + most.len() as f64 * STEP + 8.0;
    let legend = Role::SINGLE.map(|role| {
        let x = LABELS + 130.0 * f64::from(role as u8);
        (role, path(role, x + 7.0, 7.0, 6.0), x + 20.0)
    });
    let chart = Shared {
        height,
        legend,
        ticks: shares.ticks(),
        rows: most.iter().enumerate().map(row).collect(),
    };
    Some(Picture {
        name: "shared",
        heading: "Responsibilities that the roles share most",
        about: "The responsibilities that at least two roles ask for most often, as the share of the documents of each title",
        beside: "the table of responsibilities has the numbers",
        table: "responsibilities.csv",
        width: 858.0,
        height,
        body: chart.to_string(),
    })
}

fn shared_row(at: usize, entry: &ResponsibilityRow, shares: &ShareAxis) -> SharedRow {
    let y = TOP + (at as f64 + 0.5) * STEP;
    let rates = entry.rates();
    let mark = |role: Role| {
        let rate = rates[role as usize];
        let name = format!("{role}: {}", percent(Some(rate)));
        (role, path(role, shares.place(rate), y, 6.0), name)
    };
    SharedRow {
        label: clip(&entry.label, 44),
        y,
        from: shares.place(rates.into_iter().fold(1.0, f64::min)),
        to: shares.place(rates.into_iter().fold(0.0, f64::max)),
        marks: Role::SINGLE.map(mark).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(label: &str, rates: [f64; 3]) -> ResponsibilityRow {
        ResponsibilityRow {
            responsibility: label.to_owned(),
            role: "product".to_owned(),
            category: String::new(),
            label: label.to_owned(),
            sentences: 1,
            documents: 1,
            rate_product: Some(rates[0]),
            rate_project: Some(rates[1]),
            rate_program: Some(rates[2]),
        }
    }

    #[test]
    fn each_responsibility_is_in_one_part() {
        let entries = [
            entry("own", [0.5, 0.0, 0.04]),
            entry("two", [0.5, 0.05, 0.0]),
            entry("all", [0.1, 0.2, 0.3]),
            entry("none", [0.01, 0.0, 0.0]),
        ];
        let parts = parts(&Tables {
            responsibilities: Some(entries.into()),
            ..Tables::default()
        });
        let names: Vec<(&str, usize)> = parts
            .iter()
            .map(|part| (part.name.as_str(), part.count))
            .collect();
        assert!(
            names.contains(&("product only", 1)) && names.contains(&("product and project", 1))
        );
        assert!(names.contains(&("all three", 1)));
        assert_eq!(parts.iter().map(|part| part.count).sum::<usize>(), 3);
    }
}
