//! Which lexicon entries set the documents that declare one role apart from those that declare the others.

use crate::aggregate::Tally;
use crate::aggregate::keyness::{Contrast, benjamini_hochberg};
use crate::role::{Declared, Role};

/// How one entry sets one declared role apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distinction {
    /// The role.
    pub target: Role,
    /// Position of the entry in the lexicon.
    pub entry: usize,
    /// Documents with and without it: those that declare the role against those that declare another of the three.
    pub contrast: Contrast,
    /// p of the log-likelihood ratio.
    pub p: f64,
    /// Benjamini and Hochberg's q over all tests.
    pub q: f64,
    /// Conservative log ratio at 5 % shared out among all tests.
    pub lrc: f64,
    /// Deviation of proportions over the documents that declare the role.
    pub dispersion: Option<f64>,
}

/// Every entry found in documents that declare one of the three roles, against every role; role by
/// role, by conservative log ratio, then by log ratio, largest first. Roles without documents on both sides are left out.
pub fn distinctions(tally: &Tally) -> Vec<Distinction> {
    let mut found: Vec<Distinction> = Role::SINGLE
        .into_iter()
        .flat_map(|target| contrasts(tally, target))
        .collect();
    let tests = found.len() as u64;
    let p: Vec<f64> = found.iter().map(|distinction| distinction.p).collect();
    for (distinction, q) in found.iter_mut().zip(benjamini_hochberg(&p)) {
        distinction.q = q;
        distinction.lrc = distinction.contrast.lrc(tests);
    }
    found.sort_by(|a, b| {
        let ratio = |one: &Distinction| one.contrast.log_ratio();
        let role = (a.target as usize).cmp(&(b.target as usize));
        role.then(b.lrc.total_cmp(&a.lrc))
            .then(ratio(b).total_cmp(&ratio(a)))
            .then(a.entry.cmp(&b.entry))
    });
    found
}

fn contrasts(tally: &Tally, target: Role) -> impl Iterator<Item = Distinction> + '_ {
    let sides = move |count: &dyn Fn(Role) -> u64| {
        let others = Role::SINGLE.into_iter().filter(|role| *role != target);
        (count(target), others.map(count).sum::<u64>())
    };
    let (n1, n2) = sides(&|role| tally.declared(Some(Declared::Role(role))));
    let entries = tally.entries.iter().enumerate();
    entries.filter_map(move |(entry, counts)| {
        let (a, b) = sides(&|role| counts.documents_of(Some(Declared::Role(role))));
        let contrast = Contrast { a, b, n1, n2 };
        (n1 > 0 && n2 > 0 && a + b > 0).then(|| Distinction {
            target,
            entry,
            contrast,
            p: contrast.p(),
            q: 1.0,
            lrc: 0.0,
            dispersion: counts.dispersion(target, n1),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_set_apart_from_the_two_others_together() {
        let mut tally = Tally::new(2);
        for (role, documents, with) in [(0, 300, 12), (1, 500, 0), (2, 400, 0)] {
            tally.sums.confusion[role][role] = documents;
            tally.entries[1].documents[role] = with;
            tally.entries[1].sentences[role] = with;
            tally.entries[1].spread[role][0] = with;
        }
        let found = distinctions(&tally);
        assert_eq!(found.len(), 3, "an entry that is never found is no test");
        let first = found[0];
        assert_eq!((first.target, first.entry), (Role::Product, 1));
        assert!((first.contrast.g2() - 33.637194).abs() < 1e-6);
        assert!((first.lrc - first.contrast.lrc(3)).abs() < 1e-12 && first.lrc > 0.0);
        assert!((first.dispersion.unwrap() - (1.0 - 12.0 / 300.0)).abs() < 1e-12);
        assert!(found[1..].iter().all(|other| other.lrc <= 0.0));
    }
}
