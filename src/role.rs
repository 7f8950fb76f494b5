//! The three management roles, the `shared` label, and sets of them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A label of the codebook: one of the three roles, or `shared` for work that
/// is typical of several of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// What should exist, for whom, and why.
    Product,
    /// How and when a defined piece of work gets delivered.
    Project,
    /// How several related projects together produce a lasting benefit.
    Program,
    /// Typical of at least two roles, tied to none of them.
    Shared,
}

impl Role {
    /// Every label, in the order in which all outputs list them.
    pub const ALL: [Role; 4] = [Role::Product, Role::Project, Role::Program, Role::Shared];
    /// The three roles proper, in the same order.
    pub const SINGLE: [Role; 3] = [Role::Product, Role::Project, Role::Program];

    /// The name used in every flag, file and column.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Product => "product",
            Role::Project => "project",
            Role::Program => "program",
            Role::Shared => "shared",
        }
    }

    /// The role of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What a title declares a document to be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Declared {
    /// One of the three roles.
    Role(Role),
    /// Several of them: "Project/Program Manager".
    Mixed,
    /// None of them.
    Other,
}

impl Declared {
    /// Every value, in the order in which reports list them.
    pub const ALL: [Declared; 5] = [
        Declared::Role(Role::Product),
        Declared::Role(Role::Project),
        Declared::Role(Role::Program),
        Declared::Mixed,
        Declared::Other,
    ];

    /// The name used in every file and column.
    pub const fn name(self) -> &'static str {
        match self {
            Declared::Role(role) => role.name(),
            Declared::Mixed => "mixed",
            Declared::Other => "other",
        }
    }

    /// Position in [`Declared::ALL`].
    pub fn index(self) -> usize {
        match self {
            Declared::Role(role) => role as usize,
            Declared::Mixed => 3,
            Declared::Other => 4,
        }
    }

    /// The single role declared, if it is one.
    pub fn role(self) -> Option<Role> {
        match self {
            Declared::Role(role) => Some(role),
            Declared::Mixed | Declared::Other => None,
        }
    }
}

/// A set of labels; prints as `product+project`, empty as nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct RoleSet(u8);

impl RoleSet {
    /// The empty set.
    pub const EMPTY: RoleSet = RoleSet(0);
    /// How many different sets there are.
    pub const COUNT: usize = 1 << Role::ALL.len();

    /// Adds `role`; true where it was not yet in the set.
    pub fn insert(&mut self, role: Role) -> bool {
        let before = self.0;
        self.0 |= 1 << role as u8;
        self.0 != before
    }

    /// Takes `role` out.
    pub fn remove(&mut self, role: Role) {
        self.0 &= !(1 << role as u8);
    }

    /// The labels of both sets.
    pub fn union(self, other: RoleSet) -> RoleSet {
        RoleSet(self.0 | other.0)
    }

    /// Every set of labels, by [`RoleSet::index`].
    pub fn all() -> impl Iterator<Item = RoleSet> {
        (0..RoleSet::COUNT as u8).map(RoleSet)
    }

    /// Number of the set, below [`RoleSet::COUNT`].
    pub fn index(self) -> usize {
        self.0.into()
    }

    /// True where `role` is in the set.
    pub fn contains(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    /// True where nothing is in the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many labels are in the set.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// True where one of the three roles proper is in the set.
    pub fn has_single(self) -> bool {
        self.0 & !(1 << Role::Shared as u8) != 0
    }

    /// The labels in their fixed order.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let first = Role::ALL.get(rest.trailing_zeros() as usize)?;
            rest &= rest - 1;
            Some(*first)
        })
    }
}

impl FromIterator<Role> for RoleSet {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> RoleSet {
        let bits = roles.into_iter().map(|role| 1 << role as u8);
        RoleSet(bits.fold(0, |all, bit: u8| all | bit))
    }
}

impl fmt::Display for RoleSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, role) in self.iter().enumerate() {
            f.write_str(if at == 0 { "" } else { "+" })?;
            f.write_str(role.name())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_print_in_the_fixed_order() {
        let set: RoleSet = [Role::Program, Role::Product].into_iter().collect();
        assert_eq!(set.to_string(), "product+program");
        assert_eq!(RoleSet::EMPTY.to_string(), "");
        assert!(set.has_single() && set.len() == 2);
    }
}
