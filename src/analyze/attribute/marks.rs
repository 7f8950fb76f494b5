//! The grammar cues of a unit: which stretch of words plays which part in its clauses.

use crate::lexicon::{Hit, Lexicon, Owner};

macro_rules! parts {
    ($($part:ident $name:literal),* $(,)?) => {
        /// What a stretch of words does for the clause that it stands in. The cues of
        /// these names in `lexicons/cues-attribution.toml` say what each means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Part { $($part),* }

        /// Every part with the id of its cue.
        const PARTS: &[(Part, &str)] = &[$((Part::$part, $name)),*];
    };
}

parts! {
    // Words of grammar: where two of these share words, the longer counts, then the first here.
    Only "grammar.only", NotOnly "grammar.not_only", Rather "grammar.rather", Link "grammar.link", Not "grammar.not",
    But "grammar.but", While "grammar.while", Because "grammar.because", Sure "grammar.sure", Person "grammar.person",
    If "grammar.if", And "grammar.and", To "grammar.to", Copula "grammar.copula", Modal "grammar.modal",
    Finite "grammar.finite", Prep "grammar.prep", Former "grammar.former", Latter "grammar.latter", You "grammar.you",
    That "grammar.that", Determiner "grammar.determiner", Which "grammar.which", Embedded "grammar.embedded",
    Who "grammar.who", BeforeSubject "grammar.before_subject",
    // Words with meaning: these count wherever they stand.
    As "grammar.as", Delegate "grammar.delegate", Hand "grammar.hand", Help "grammar.help", Duty "grammar.duty",
    PersonVerb "grammar.person_verb", He "grammar.he", She "grammar.she", They "grammar.they", It "grammar.it",
    ThisRole "grammar.this_role", His "grammar.his", Her "grammar.her", Their "grammar.their", Its "grammar.its",
    Both "grammar.both", Me "grammar.me", We "grammar.we", Other "grammar.other", Anaphor "grammar.anaphor", Does "grammar.does", Use "grammar.use", Level "grammar.level",
    SelfReport "grammar.self", Doubt "grammar.doubt", Report "grammar.report", According "grammar.according",
    Whether "grammar.whether", Weigh "grammar.weigh", Suppose "grammar.suppose", Same "grammar.same", Conflate "grammar.conflate",
    Differ "grammar.differ", TwoRoles "grammar.two_roles", RoleWords "grammar.role_words", ShouldNot "grammar.should_not",
    StandsFor "grammar.stands_for", Treat "grammar.treat", Handle "grammar.handle", Falls "grammar.falls", More "grammar.more", Less "grammar.less", Than "grammar.than", Employed "grammar.employed", Central "grammar.central", Asking "grammar.asking", Charged "grammar.charged", Common "grammar.common", Single "grammar.single", Them "grammar.them", Inverted "grammar.inverted", Circumstance "grammar.circumstance", Myth "grammar.myth", Receive "grammar.receive", Crowd "grammar.crowd",
    ProductObject "grammar.object.product", ProjectObject "grammar.object.project", ProgramObject "grammar.object.program",
    ProductWork "grammar.work.product", ProjectWork "grammar.work.project", ProgramWork "grammar.work.program",
}

impl Part {
    /// True for words of grammar, of which one rules out another.
    fn is_grammar(self) -> bool {
        self <= Part::BeforeSubject
    }
}

/// A cue in a unit, by the indices of its first and last token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) part: Part,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// Which cue of a lexicon means which part.
#[derive(Clone, Debug)]
pub(super) struct MarkCues {
    by_cue: Vec<Option<Part>>,
}

impl MarkCues {
    pub(super) fn new(lexicon: &Lexicon) -> MarkCues {
        let part_of = |id: &str| {
            PARTS
                .iter()
                .find(|(_, name)| *name == id)
                .map(|(part, _)| *part)
        };
        MarkCues {
            by_cue: lexicon.cues().iter().map(|cue| part_of(&cue.id)).collect(),
        }
    }

    /// The marks among `hits`, in text order, the longer first.
    pub(super) fn marks(&self, hits: &[Hit]) -> Marks {
        let mut all: Vec<Mark> = hits
            .iter()
            .filter_map(|hit| match hit.owner {
                Owner::Cue(cue) => self.by_cue[cue as usize].map(|part| (part, hit)),
                Owner::Entry(_) => None,
            })
            .map(|(part, hit)| Mark {
                part,
                first: hit.first as usize,
                last: hit.last as usize,
            })
            .collect();
        all.sort_by_key(|mark| {
            (
                std::cmp::Reverse(mark.last - mark.first),
                mark.part,
                mark.first,
            )
        });
        let mut kept: Vec<Mark> = Vec::with_capacity(all.len());
        for mark in all {
            let covered = |other: &Mark| {
                other.part.is_grammar() && other.first <= mark.last && mark.first <= other.last
            };
            if !(mark.part.is_grammar() && kept.iter().any(covered)) {
                kept.push(mark);
            }
        }
        kept.sort_by_key(|mark| (mark.first, std::cmp::Reverse(mark.last), mark.part));
        Marks { all: kept }
    }
}

/// The marks of one unit.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    all: Vec<Mark>,
}

impl Marks {
    /// All marks, in text order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Mark> + Clone {
        self.all.iter()
    }

    /// Those that begin at token `at`, the longest first.
    pub(super) fn beginning(&self, at: usize) -> &[Mark] {
        let first = self.all.partition_point(|mark| mark.first < at);
        let own = self.all[first..].iter().take_while(|mark| mark.first == at);
        &self.all[first..first + own.count()]
    }

    /// Those of one part.
    pub(super) fn of(&self, part: Part) -> impl Iterator<Item = &Mark> + Clone {
        self.all.iter().filter(move |mark| mark.part == part)
    }

    /// True where such a mark begins at token `at`.
    pub(super) fn starts(&self, part: Part, at: usize) -> bool {
        self.starting(part, at).is_some()
    }

    /// The longest such mark that begins at token `at`.
    pub(super) fn starting(&self, part: Part, at: usize) -> Option<&Mark> {
        self.beginning(at).iter().find(|mark| mark.part == part)
    }

    /// The longest such mark that ends at token `at`.
    pub(super) fn ending(&self, part: Part, at: usize) -> Option<&Mark> {
        self.all
            .iter()
            .find(|mark| mark.part == part && mark.last == at)
    }

    /// True where such a mark covers token `at`.
    pub(super) fn covers(&self, part: Part, at: usize) -> bool {
        self.all
            .iter()
            .any(|mark| mark.part == part && mark.first <= at && at <= mark.last)
    }

    /// True where the unit has such a mark.
    pub(super) fn has(&self, part: Part) -> bool {
        self.all.iter().any(|mark| mark.part == part)
    }
}
