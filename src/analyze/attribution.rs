//! Whose work a text says something is, and what it says of the roles.

use serde::{Deserialize, Serialize};

use crate::role::Role;
use crate::span::Span;

/// Who does the work, and how the text says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Attribution {
    /// Who.
    pub to: Agent,
    /// What the text says it by; empty where it does not say.
    pub basis: Basis,
    /// Where the text names the one who does it; empty where it does not.
    pub mention: Span,
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

/// What an attribution rests on; `docs/attribution.md` has the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Nothing says who does it.
    #[default]
    None,
    /// The subject of its clause.
    Subject,
    /// "by", "rests with", "is the job of": named behind the work.
    Agent,
    /// The one who is asked, allowed or expected to do it.
    Delegation,
    /// "who" behind a role's name.
    Relative,
    /// A phrase set beside a role's name: "as the keeper of the plan, she …".
    Apposition,
    /// "I" or "you" after "as a product manager".
    Person,
    /// A pronoun that points back to a role.
    Pronoun,
    /// "the former", "the latter", "this role".
    Reference,
    /// Two or more roles named together, or one helping another.
    Together,
    /// The heading above.
    Heading,
    /// The sentence that introduces the list.
    List,
    /// The head of the table's column.
    Column,
    /// The first cell of the table's row.
    Row,
    /// "does this", "owns it": the work is that of the clause before.
    Anaphora,
    /// Two readings are possible; this one accuses nobody.
    Benefit,
    /// The declared role of a posting's title.
    Title,
}

impl Basis {
    /// Every basis, the firmest first.
    pub const ALL: [Basis; 17] = [
        Basis::Subject,
        Basis::Agent,
        Basis::Relative,
        Basis::Delegation,
        Basis::Apposition,
        Basis::Person,
        Basis::Together,
        Basis::Column,
        Basis::Row,
        Basis::Heading,
        Basis::List,
        Basis::Pronoun,
        Basis::Reference,
        Basis::Anaphora,
        Basis::Benefit,
        Basis::Title,
        Basis::None,
    ];

    /// The name used in every file and column; empty for no basis.
    pub const fn name(self) -> &'static str {
        match self {
            Basis::None => "",
            Basis::Subject => "subject",
            Basis::Agent => "agent",
            Basis::Delegation => "delegation",
            Basis::Relative => "relative",
            Basis::Apposition => "apposition",
            Basis::Person => "person",
            Basis::Pronoun => "pronoun",
            Basis::Reference => "reference",
            Basis::Together => "together",
            Basis::Heading => "heading",
            Basis::List => "list",
            Basis::Column => "column",
            Basis::Row => "row",
            Basis::Anaphora => "anaphora",
            Basis::Benefit => "benefit",
            Basis::Title => "title",
        }
    }

    /// How sure an attribution on this basis is.
    pub const fn confidence(self) -> Confidence {
        match self {
            Basis::Subject
            | Basis::Agent
            | Basis::Column
            | Basis::Row
            | Basis::Heading
            | Basis::List
            | Basis::Title => Confidence::High,
            Basis::Relative
            | Basis::Delegation
            | Basis::Together
            | Basis::Pronoun
            | Basis::Reference
            | Basis::Person => Confidence::Medium,
            Basis::Apposition | Basis::Anaphora | Basis::Benefit | Basis::None => Confidence::Low,
        }
    }
}

/// How sure an attribution is; follows from its basis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A fronted phrase, "this", or a reading chosen among two.
    Low,
    /// A pronoun or a second verb lies between.
    Medium,
    /// Subject, agent, heading, column or title.
    High,
}

impl Confidence {
    /// The name used in every flag, file and column.
    pub const fn name(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }
}

/// A statement that somebody does, or does not do, a role's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The label of the responsibility.
    pub role: Role,
    /// Index of its entry in the lexicon.
    pub entry: u32,
    /// The words that state it.
    pub span: Span,
    /// Who is said to do it, and by what.
    pub attribution: Attribution,
    /// What follows.
    pub verdict: Verdict,
}

/// How a claim stands to the codebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A role does its own work.
    Consistent,
    /// A role is given another's work, or denied its own.
    MixUp,
    /// A role is said not to do another's work.
    Denied,
    /// A belief of others, a question or a hypothesis.
    Reported,
    /// Two or more roles are named together.
    Joint,
    /// None of the three roles is said to do it.
    Unattributed,
}

impl Verdict {
    /// Every value, in the order in which reports list them.
    pub const ALL: [Verdict; 6] = [
        Verdict::Consistent,
        Verdict::MixUp,
        Verdict::Denied,
        Verdict::Reported,
        Verdict::Joint,
        Verdict::Unattributed,
    ];

    /// The name used in every file and column.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Consistent => "consistent",
            Verdict::MixUp => "mix_up",
            Verdict::Denied => "denied",
            Verdict::Reported => "reported",
            Verdict::Joint => "joint",
            Verdict::Unattributed => "unattributed",
        }
    }
}

/// What a unit says of the roles themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Nothing.
    #[default]
    None,
    /// In the author's own voice: two roles are the same.
    Equates,
    /// Others take two roles for the same.
    ReportsEquating,
    /// The roles differ or complement each other.
    Distinguishes,
}

impl Stance {
    /// Every value, in the order in which reports list them.
    pub const ALL: [Stance; 4] = [
        Stance::None,
        Stance::Equates,
        Stance::ReportsEquating,
        Stance::Distinguishes,
    ];

    /// The name used in every file and column.
    pub const fn name(self) -> &'static str {
        match self {
            Stance::None => "none",
            Stance::Equates => "equates",
            Stance::ReportsEquating => "reports_equating",
            Stance::Distinguishes => "distinguishes",
        }
    }
}
