//! From what was read to claims: who, on what basis, with which verdict.

use super::mentions::Who;
use super::scan::{Contrast, Finding, Grip, Reading};
use super::words::Words;
use crate::analyze::{Agent, Attribution, Basis, Claim, Verdict};
use crate::role::Role;

/// Who a finding's work is attributed to, doubtful readings settled for the accused.
pub(super) fn attribution(finding: &Finding) -> Attribution {
    let holder = finding.holder;
    let own = Who::Role(finding.work.role);
    let (who, basis) = match holder.grip {
        Grip::Own | Grip::Taken => (holder.who, holder.basis),
        Grip::Doubtful if holder.who == own => (own, holder.basis),
        Grip::Doubtful if holder.second == own => (own, Basis::Benefit),
        Grip::Doubtful if finding.work.role == Role::Shared => (holder.who, holder.basis),
        Grip::Doubtful => (Who::Nobody, Basis::None),
    };
    let to = match who {
        Who::Role(role) => Agent::Role(role),
        Who::Joint(_) => Agent::Joint,
        Who::Nobody | Who::Other => Agent::Unattributed,
    };
    match to {
        Agent::Unattributed => Attribution::default(),
        _ => Attribution {
            to,
            basis,
            mention: holder.mention,
        },
    }
}

/// The verdict on work of `role` that is attributed to `to`; a `mild` statement, of what may
/// be or of a mere purpose, is no mix-up.
pub(super) fn verdict(role: Role, to: Agent, negated: bool, reported: bool, mild: bool) -> Verdict {
    let consistent = to == Agent::Role(role) || role == Role::Shared;
    match (to, reported, negated) {
        (Agent::Unattributed, _, _) => Verdict::Unattributed,
        (_, true, _) => Verdict::Reported,
        (Agent::Joint, _, true) => Verdict::Denied,
        (Agent::Joint, _, false) => Verdict::Joint,
        (_, _, true) if to == Agent::Role(role) && !mild => Verdict::MixUp,
        (_, _, true) => Verdict::Denied,
        _ if consistent => Verdict::Consistent,
        _ if mild => Verdict::Reported,
        _ => Verdict::MixUp,
    }
}

/// The claims of a unit, each role, agent and verdict once.
pub(super) fn claims(words: &Words<'_>, reading: &Reading, claims: &mut Vec<Claim>) {
    for finding in &reading.findings {
        let attribution = attribution(finding);
        let bare = finding.work.index.is_none() && finding.holder.who != Who::Other;
        if attribution.to == Agent::Unattributed && bare {
            continue;
        }
        add(
            claims,
            Claim {
                role: finding.work.role,
                entry: finding.work.entry,
                span: words.span(finding.work.first, finding.work.last),
                attribution,
                verdict: verdict(
                    finding.work.role,
                    attribution.to,
                    finding.negated,
                    finding.reported,
                    finding.modal || finding.not_to,
                ),
            },
        );
    }
    for contrast in &reading.contrasts {
        for finding in contrasted(reading, contrast) {
            denied(words, finding, contrast, claims);
        }
    }
}

/// Leaves out work that nobody is said to do where the unit says of other work of that role
/// who does it, and bare words in passing beside any claim.
pub(super) fn settle(words: &Words<'_>, claims: &mut Vec<Claim>) {
    let said: Vec<Role> = claims
        .iter()
        .filter(|claim| claim.verdict != Verdict::Unattributed)
        .map(|claim| claim.role)
        .collect();
    claims.retain(|claim| claim.verdict != Verdict::Unattributed || !said.contains(&claim.role));
    // A bare word in passing, such as "feature", is no statement beside others.
    let passing = |claim: &Claim| claim.verdict == Verdict::Unattributed && is_bare(words, claim);
    if !said.is_empty() {
        claims.retain(|claim| !passing(claim));
    }
}

fn is_bare(words: &Words<'_>, claim: &Claim) -> bool {
    words.tokens.iter().any(|token| token.span == claim.span)
}

/// The findings that a contrast sets a role against: of its own clause, else of the next one.
fn contrasted<'r>(reading: &'r Reading, contrast: &Contrast) -> impl Iterator<Item = &'r Finding> {
    let later = reading
        .findings
        .iter()
        .map(|finding| finding.clause)
        .filter(|clause| *clause >= contrast.clause);
    let clause = later.min();
    reading
        .findings
        .iter()
        .filter(move |finding| Some(finding.clause) == clause)
}

/// Who is passed over is accused of nothing: the one who does the work instead is the mix-up.
fn denied(words: &Words<'_>, finding: &Finding, contrast: &Contrast, claims: &mut Vec<Claim>) {
    let Who::Role(role) = contrast.who else {
        return;
    };
    if finding.negated || finding.holder.who == contrast.who || !finding.holder.who.is_role() {
        return;
    }
    add(
        claims,
        Claim {
            role: finding.work.role,
            entry: finding.work.entry,
            span: words.span(finding.work.first, finding.work.last),
            attribution: Attribution {
                to: Agent::Role(role),
                basis: Basis::Subject,
                mention: contrast.mention,
            },
            verdict: verdict(
                finding.work.role,
                Agent::Role(role),
                true,
                finding.reported,
                true,
            ),
        },
    );
}

/// Adds a claim unless the unit has made it.
pub(super) fn add(claims: &mut Vec<Claim>, claim: Claim) {
    let same = |other: &Claim| {
        (other.role, other.attribution.to, other.verdict)
            == (claim.role, claim.attribution.to, claim.verdict)
    };
    if !claims.iter().any(same) {
        claims.push(claim);
    }
}
