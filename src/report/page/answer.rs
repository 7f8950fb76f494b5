//! The answer in a sentence: how often each declared role is confused, and with which.

use super::figures::{count, interval, percent};
use super::tables::{ConfusionRow, Tables};
use crate::role::Role;

/// Documents below which a share says little.
const FEW: u64 = 10;

/// What is said of one declared role.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) role: Role,
    pub(super) documents: u64,
    pub(super) confused: u64,
    pub(super) share: Option<f64>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    /// The other role that most of the confused documents describe, and how many do.
    pub(super) mostly: Option<(Role, u64)>,
}

impl Answer {
    /// One answer for each role, in their order; `None` where the tables are not there.
    pub(super) fn of(tables: &Tables) -> Option<Vec<Answer>> {
        let (roles, confusion) = (tables.roles.as_ref()?, tables.confusion.as_ref()?);
        let answer = |role: Role| {
            let row = roles.iter().find(|row| row.declared_role == role.name())?;
            Some(Answer {
                role,
                documents: row.documents,
                confused: row.confused_documents?,
                share: row.role_confusion,
                low: row.ci_low,
                high: row.ci_high,
                mostly: mostly(role, confusion),
            })
        };
        Role::SINGLE.into_iter().map(answer).collect()
    }

    /// The answer to lead with: the role that is confused most often.
    pub(super) fn leading(answers: &[Answer]) -> Option<&Answer> {
        let known = answers.iter().filter(|answer| answer.documents > 0);
        // The first of equals, whatever `max_by` prefers.
        known
            .rev()
            .max_by(|a, b| a.share.unwrap_or(0.0).total_cmp(&b.share.unwrap_or(0.0)))
    }

    pub(super) fn percent(&self) -> String {
        percent(self.share)
    }

    /// `72 of 153; 95 % interval 39–55 %`.
    pub(super) fn evidence(&self) -> String {
        format!(
            "{} of {}; 95\u{a0}% interval {}",
            count(self.confused),
            count(self.documents),
            interval(self.low, self.high)
        )
    }

    pub(super) fn is_small(&self) -> bool {
        self.documents < FEW
    }

    /// Per cent of the width, for the interval's bar.
    pub(super) fn bar(&self) -> [String; 3] {
        let [share, low, high] =
            [self.share, self.low, self.high].map(|at| at.unwrap_or(0.0) * 100.0);
        [share, low, high - low].map(|at| format!("{at:.2}"))
    }
}

fn mostly(role: Role, confusion: &[ConfusionRow]) -> Option<(Role, u64)> {
    let others = Role::SINGLE.into_iter().filter(|other| *other != role);
    let counts = others.filter_map(|other| {
        let row = confusion
            .iter()
            .find(|row| row.declared_role == role.name() && row.content_role == other.name())?;
        Some((other, row.documents))
    });
    let most = counts.reduce(|most, next| if next.1 > most.1 { next } else { most });
    most.filter(|(_, documents)| *documents > 0)
}
