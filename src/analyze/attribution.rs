//! Whose work a text says something is.

use crate::role::Role;

/// Who does the work, and how the text says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Attribution {
    /// Who.
    pub to: Agent,
    /// What the text says it by; empty where it does not say.
    pub basis: Basis,
}

/// Who is said to do the work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Agent {
    /// None of the three roles.
    #[default]
    Unattributed,
    /// One role.
    Role(Role),
    /// Two or more roles together.
    Joint,
}

impl Agent {
    /// The name used in every file and column.
    pub const fn name(self) -> &'static str {
        match self {
            Agent::Unattributed => "unattributed",
            Agent::Role(role) => role.name(),
            Agent::Joint => "joint",
        }
    }
}

/// What an attribution rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Nothing says who does it.
    #[default]
    None,
    /// The declared role of a posting's title.
    Title,
}

impl Basis {
    /// The name used in every file and column; empty for no basis.
    pub const fn name(self) -> &'static str {
        match self {
            Basis::None => "",
            Basis::Title => "title",
        }
    }
}
