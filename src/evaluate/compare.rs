//! Every pair of codings, compared label by label; the coders together.

use std::collections::BTreeMap;

use super::{Sheet, TOOL};
use crate::aggregate::agreement::{Cells, Coincidences};
use crate::aggregate::bootstrap;
use crate::role::{Role, RoleSet};

/// How far the codings of a sheet agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Units of the sheet.
    pub units: usize,
    /// Documents that they are of.
    pub documents: usize,
    /// Every coder with every later one.
    pub comparisons: Vec<Comparison>,
    /// Alpha of each label over all coders together, the tool and the settled labels left out; empty below three.
    pub joint: Vec<Figure>,
}

/// Two codings of the same units.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The coding that precision and recall take for right.
    pub reference: String,
    /// The coding that is measured.
    pub other: String,
    /// Units that both coded.
    pub units: usize,
    /// The figures, label by label.
    pub figures: Vec<Figure>,
    /// How often each set of labels meets each other, most units first.
    pub confusion: Vec<Confused>,
    /// Units on which they differ, as indices into the sheet.
    pub disagreements: Vec<usize>,
    /// Positions of the two in [`Sheet::coders`].
    pub coders: (usize, usize),
}

/// One figure with its 95 % interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The label; `roles` for the mean of the three roles, `all` for whole sets of labels.
    pub label: &'static str,
    /// What was measured.
    pub measure: &'static str,
    /// The figure, where it is defined.
    pub value: Option<f64>,
    /// The percentile interval of a bootstrap over documents.
    pub interval: Option<(f64, f64)>,
    /// Why the value or the interval is missing; else empty.
    pub reason: String,
}

/// Units that one coding labels so and the other so.
#[derive(Clone, Debug, PartialEq)]
pub struct Confused {
    /// Labels in the reference.
    pub reference: RoleSet,
    /// Labels in the other coding.
    pub other: RoleSet,
    /// Units.
    pub units: usize,
    /// Their weight, if the mean weight is 1.
    pub weight: f64,
}

const MEASURES: [&str; 6] = ["precision", "recall", "f1", "agreement", "kappa", "alpha"];
/// Six measures of four labels, macro-F1 and exact agreement.
const FIGURES: usize = MEASURES.len() * Role::ALL.len() + 2;

/// Compares the codings of `sheet`; `seed` is that of the bootstrap. Weights are scaled to a mean of 1
/// over the units compared, so that counts stay counts of units.
pub fn evaluate(sheet: &Sheet, seed: u64) -> Evaluation {
    let pairs = (0..sheet.coders.len())
        .flat_map(|first| (first + 1..sheet.coders.len()).map(move |second| (first, second)));
    let mut documents: Vec<&str> = sheet
        .units
        .iter()
        .map(|unit| unit.document.as_str())
        .collect();
    documents.sort_unstable();
    documents.dedup();
    Evaluation {
        units: sheet.units.len(),
        documents: documents.len(),
        comparisons: pairs.map(|pair| compare(sheet, pair, seed)).collect(),
        joint: joint(sheet, seed),
    }
}

/// What one document adds to the figures.
#[derive(Clone, Copy, Debug, Default)]
struct Cluster {
    labels: [Cells; 4],
    exact: Cells,
}

impl Cluster {
    fn add(&mut self, reference: RoleSet, other: RoleSet, weight: f64) {
        for (cells, role) in self.labels.iter_mut().zip(Role::ALL) {
            cells.add(reference.contains(role), other.contains(role), weight);
        }
        // The share of agreement is then that of the units whose whole sets are alike.
        self.exact.add(true, reference == other, weight);
    }

    fn add_times(&mut self, more: &Cluster, times: f64) {
        for (cells, more) in self.labels.iter_mut().zip(&more.labels) {
            cells.add_times(more, times);
        }
        self.exact.add_times(&more.exact, times);
    }

    fn figures(&self) -> [Option<f64>; FIGURES] {
        let mut figures = [None; FIGURES];
        for (place, cells) in figures.chunks_mut(MEASURES.len()).zip(&self.labels) {
            place.copy_from_slice(&[
                cells.precision(),
                cells.recall(),
                cells.f1(),
                cells.agreement(),
                cells.kappa(),
                cells.alpha(),
            ]);
        }
        let singles = &self.labels[..Role::SINGLE.len()];
        // A role that neither coding gives scores 0, as in most implementations.
        let sum: f64 = singles.iter().map(|cells| cells.f1().unwrap_or(0.0)).sum();
        figures[FIGURES - 2] = (self.exact.total() > 0.0).then(|| sum / singles.len() as f64);
        figures[FIGURES - 1] = self.exact.agreement();
        figures
    }
}

fn compare(sheet: &Sheet, coders: (usize, usize), seed: u64) -> Comparison {
    let both: Vec<(usize, RoleSet, RoleSet)> = sheet
        .units
        .iter()
        .enumerate()
        .filter_map(|(at, unit)| Some((at, unit.codings[coders.0]?, unit.codings[coders.1]?)))
        .collect();
    let scale = scale(sheet, both.iter().map(|(at, ..)| *at));
    let mut clusters: BTreeMap<&str, Cluster> = BTreeMap::new();
    let mut confusion: BTreeMap<(String, String), Confused> = BTreeMap::new();
    for (at, reference, other) in &both {
        let unit = &sheet.units[*at];
        let weight = unit.weight * scale;
        let cluster = clusters.entry(&unit.document).or_default();
        cluster.add(*reference, *other, weight);
        let key = (reference.to_string(), other.to_string());
        let cell = confusion.entry(key).or_insert(Confused {
            reference: *reference,
            other: *other,
            units: 0,
            weight: 0.0,
        });
        cell.units += 1;
        cell.weight += weight;
    }
    let clusters: Vec<Cluster> = clusters.into_values().collect();
    let mut confusion: Vec<Confused> = confusion.into_values().collect();
    confusion.sort_by_key(|cell| std::cmp::Reverse(cell.units));
    let (reference, other) = (
        sheet.coders[coders.0].clone(),
        sheet.coders[coders.1].clone(),
    );
    Comparison {
        figures: figures(&clusters, (&reference, &other), seed),
        units: both.len(),
        confusion,
        disagreements: both
            .iter()
            .filter(|(_, a, b)| a != b)
            .map(|(at, ..)| *at)
            .collect(),
        reference,
        other,
        coders,
    }
}

fn scale(sheet: &Sheet, units: impl Iterator<Item = usize> + Clone) -> f64 {
    let weight: f64 = units.clone().map(|at| sheet.units[at].weight).sum();
    if weight > 0.0 {
        units.count() as f64 / weight
    } else {
        1.0
    }
}

fn figures(clusters: &[Cluster], names: (&str, &str), seed: u64) -> Vec<Figure> {
    let mut whole = Cluster::default();
    clusters
        .iter()
        .for_each(|cluster| whole.add_times(cluster, 1.0));
    let values = whole.figures();
    let intervals = bootstrap::intervals(clusters.len(), seed, |drawn| {
        let mut sample = Cluster::default();
        for (cluster, times) in clusters.iter().zip(drawn).filter(|(_, times)| **times > 0) {
            sample.add_times(cluster, f64::from(*times));
        }
        sample.figures()
    });
    let mut all: Vec<Figure> = Vec::with_capacity(FIGURES);
    for (at, value) in values.into_iter().enumerate() {
        let (label, measure) = match at.checked_sub(FIGURES - 2) {
            Some(0) => ("roles", "macro_f1"),
            Some(_) => ("all", "exact"),
            None => (
                Role::ALL[at / MEASURES.len()].name(),
                MEASURES[at % MEASURES.len()],
            ),
        };
        let interval = intervals.as_ref().map(|all| all[at]);
        all.push(figure(label, measure, value, interval, names));
    }
    for (role, cells) in Role::ALL.into_iter().zip(&whole.labels) {
        for (measure, count) in [
            ("both", cells.both),
            ("reference_only", cells.reference),
            ("other_only", cells.other),
            ("neither", cells.neither),
        ] {
            let (label, reason) = (role.name(), String::new());
            all.push(Figure {
                label,
                measure,
                value: Some(count),
                interval: None,
                reason,
            });
        }
    }
    all
}

fn figure(
    label: &'static str,
    measure: &'static str,
    value: Option<f64>,
    interval: Result<Option<(f64, f64)>, &String>,
    (reference, other): (&str, &str),
) -> Figure {
    let reason = match (value, &interval) {
        (None, _) => match measure {
            "precision" => format!("{other} never gives the label"),
            "recall" => format!("{reference} never gives the label"),
            "f1" => "neither gives the label".into(),
            "kappa" => "chance alone would agree on every unit".into(),
            "alpha" => "only one value occurs, so no disagreement can be expected".into(),
            _ => "no unit is coded by both".into(),
        },
        (Some(_), Err(reason)) => (*reason).clone(),
        (Some(_), Ok(None)) => "undefined in more than half of the bootstrap samples".into(),
        (Some(_), Ok(Some(_))) => String::new(),
    };
    let interval = interval.ok().flatten().filter(|_| value.is_some());
    Figure {
        label,
        measure,
        value,
        interval,
        reason,
    }
}

/// Alpha over all coders who are neither the tool nor the settled labels, where they are three or more.
fn joint(sheet: &Sheet, seed: u64) -> Vec<Figure> {
    let people: Vec<usize> = (0..sheet.coders.len())
        .filter(|at| ![TOOL, super::SETTLED].contains(&sheet.coders[*at].as_str()))
        .collect();
    if people.len() < 3 {
        return Vec::new();
    }
    let scale = scale(sheet, 0..sheet.units.len());
    let mut clusters: BTreeMap<&str, Vec<Coincidences>> = BTreeMap::new();
    for unit in &sheet.units {
        let empty = || vec![Coincidences::new(2); Role::ALL.len()];
        let pairs = clusters.entry(&unit.document).or_insert_with(empty);
        let said: Vec<RoleSet> = people.iter().filter_map(|at| unit.codings[*at]).collect();
        for (pairs, role) in pairs.iter_mut().zip(Role::ALL) {
            let values: Vec<usize> = said.iter().map(|set| set.contains(role).into()).collect();
            pairs.add(&values, unit.weight * scale);
        }
    }
    let clusters: Vec<Vec<Coincidences>> = clusters.into_values().collect();
    let alphas = |drawn: &[u32]| -> [Option<f64>; 4] {
        std::array::from_fn(|label| {
            let mut sum = Coincidences::new(2);
            for (pairs, times) in clusters.iter().zip(drawn) {
                sum.add_times(&pairs[label], f64::from(*times));
            }
            sum.alpha()
        })
    };
    let values = alphas(&vec![1; clusters.len()]);
    let intervals = bootstrap::intervals(clusters.len(), seed, alphas);
    let each = Role::ALL.into_iter().zip(values).enumerate();
    each.map(|(at, (role, value))| {
        let interval = intervals.as_ref().map(|all| all[at]);
        figure(role.name(), "alpha", value, interval, ("coders", "coders"))
    })
    .collect()
}

#[cfg(test)]
mod tests;
