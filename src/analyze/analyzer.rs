//! One document in, its analysis out: the steps in order.

use crate::analyze::attribute::{self, Attributor};
use crate::analyze::repeats::Repeats;
use crate::analyze::spelling::Spelling;
use crate::analyze::zones::{self, Part, Zoner};
use crate::analyze::{
    Agent, Analysis, Attribution, Basis, Counts, Match, TaggedUnit, Thresholds, ZoneSet,
};
use crate::document::{Document, Genre, Structure, Token, Unit, UnitIndex, UnitKind};
use crate::lexicon::{self, Hit, Lexicon, Owner};
use crate::role::{Role, RoleSet};
use crate::span::Span;

/// The cues that the analysis asks a lexicon for.
pub const REQUIRED_CUES: &[&str] = &[
    "not_content",
    "role.product",
    "role.project",
    "role.program",
    "zone.about",
    "zone.about.heading",
    "zone.application",
    "zone.application.heading",
    "zone.benefits",
    "zone.benefits.heading",
    "zone.duties",
    "zone.duties.heading",
    "zone.hiring",
    "zone.legal",
    "zone.legal.heading",
    "zone.none.heading",
    "zone.other",
    "zone.other.heading",
    "zone.requirements",
    "zone.requirements.heading",
    "zone.role.heading",
];

/// What can be set about the analysis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AnalyzeOptions {
    /// Zones whose units count toward a document's measures.
    pub counted_zones: ZoneSet,
    /// When a role leads a document.
    pub thresholds: Thresholds,
    /// Whether a unit that repeats an earlier one of its document counts.
    pub count_repeats: bool,
}

impl Default for AnalyzeOptions {
    fn default() -> AnalyzeOptions {
        AnalyzeOptions {
            counted_zones: ZoneSet::COUNTED,
            thresholds: Thresholds::default(),
            count_repeats: false,
        }
    }
}

/// Analyses documents with one lexicon; immutable and shared by all threads.
#[derive(Debug)]
pub struct Analyzer<'l> {
    lexicon: &'l Lexicon,
    options: AnalyzeOptions,
    /// By index of the cue.
    senses: Vec<Sense>,
    attributor: Attributor<'l>,
    zoner: Zoner,
    spelling: Spelling,
}

/// What a cue, or all cues of a unit, say here.
#[derive(Clone, Copy, Debug, Default)]
struct Sense {
    /// The roles named.
    names: RoleSet,
    /// Whether nothing in the unit carries a label.
    not_content: bool,
}

/// A thread's working memory; cleared, not freed, between documents.
#[derive(Debug, Default)]
pub struct Scratch {
    tokens: Vec<Token>,
    search: lexicon::Scratch,
    hits: Vec<Hit>,
    masked: Vec<Token>,
    repeats: Repeats,
    names: Vec<RoleSet>,
    attribute: attribute::Scratch,
    part: Part,
}

impl<'l> Analyzer<'l> {
    /// An analyzer over `lexicon`.
    pub fn new(lexicon: &'l Lexicon, options: AnalyzeOptions) -> Analyzer<'l> {
        Analyzer {
            lexicon,
            options,
            senses: senses(lexicon),
            attributor: Attributor::new(lexicon),
            zoner: Zoner::new(lexicon),
            spelling: Spelling::new(lexicon),
        }
    }

    /// Analyses one document, whose `structure` is that of its text.
    pub fn analyze(
        &self,
        document: &Document,
        structure: &Structure,
        scratch: &mut Scratch,
    ) -> Analysis {
        let mut analysis = Analysis {
            declared: self.lexicon.declare(&document.title, &document.employer),
            units: Vec::with_capacity(structure.units.len()),
            matches: Vec::new(),
            claims: Vec::new(),
            counts: Counts::default(),
            measures: Counts::default().measures(None, self.options.thresholds),
        };
        scratch.names.clear();
        scratch.repeats.clear();
        scratch.attribute.clear();
        scratch.part = Part::default();
        for at in 0..structure.units.len() {
            self.unit(document, structure, at, scratch, &mut analysis);
        }
        self.count(&mut analysis);
        analysis
    }

    fn unit(
        &self,
        document: &Document,
        structure: &Structure,
        at: usize,
        scratch: &mut Scratch,
        analysis: &mut Analysis,
    ) {
        let unit = &structure.units[at];
        scratch.tokens.clear();
        self.lexicon.tokenize(
            &document.text,
            unit.content,
            &mut scratch.tokens,
            &mut scratch.search,
        );
        if document.genre == Genre::Essay {
            self.spelling
                .read_through(&document.text, &mut scratch.tokens);
        }
        self.find(document.genre, scratch);
        let hits = &scratch.hits[..];
        let sense = self.sense(hits);
        scratch.names.push(sense.names);
        let first = analysis.matches.len() as u32;
        let mut tagged = TaggedUnit {
            repeat_of: scratch
                .repeats
                .seen(document.text.as_str(), unit.content, at as u32),
            ..TaggedUnit::default()
        };
        if unit.kind != UnitKind::Reference && !sense.not_content {
            let allowed = context_role(unit, &scratch.names);
            tagged.tags = self.labels(hits, allowed);
            if !tagged.tags.is_empty() {
                let matches = hits
                    .iter()
                    .filter_map(|hit| self.entry_match(hit, allowed, at as u32, &scratch.tokens));
                analysis
                    .matches
                    .extend(matches.filter(|found| tagged.tags.contains(found.role)));
            }
        }
        tagged.matches = first..analysis.matches.len() as u32;
        if document.genre == Genre::Posting {
            let subject = zones::Subject {
                unit,
                text: unit.span.of(&document.text),
                words: scratch.tokens.len(),
                hits,
                labelled: tagged.tags.has_single(),
            };
            tagged.zone = self.zoner.zone(&subject, &mut scratch.part);
            if unit.kind != UnitKind::Heading {
                let headings = scratch.part.take_pending();
                for heading in analysis.units.iter_mut().rev().take(headings) {
                    heading.zone = tagged.zone;
                }
            }
        }
        let subject = attribute::Subject {
            document,
            structure,
            at,
            tokens: &scratch.tokens,
            hits,
            default: default_attribution(document, analysis),
        };
        let claims = analysis.claims.len() as u32;
        tagged.stance = self.attributor.unit(
            &subject,
            &mut analysis.matches[first as usize..],
            &mut analysis.claims,
            &mut scratch.attribute,
        );
        tagged.claims = claims..analysis.claims.len() as u32;
        tagged.attributions = [subject.default; Role::ALL.len()];
        for role in tagged.tags.iter() {
            let own = analysis.matches[first as usize..]
                .iter()
                .filter(|found| found.role == role);
            let most = own
                .map(|found| found.attribution)
                .max_by_key(|attribution| rank(*attribution, role));
            tagged.attributions[role as usize] = most.unwrap_or(subject.default);
        }
        analysis.units.push(tagged);
    }

    /// Finds entries and cues. In an essay the names of the roles are no work and guard
    /// nothing: entries are looked for as if the names were other words.
    fn find(&self, genre: Genre, scratch: &mut Scratch) {
        self.lexicon.find(&scratch.tokens, &mut scratch.search);
        scratch.hits.clear();
        scratch.hits.extend_from_slice(scratch.search.hits());
        let masked = &mut scratch.masked;
        if genre == Genre::Essay
            && self
                .attributor
                .mask_names(&scratch.tokens, &scratch.hits, masked)
        {
            self.lexicon.find(masked, &mut scratch.search);
            let is_entry = |hit: &Hit| matches!(hit.owner, Owner::Entry(_));
            scratch.hits.retain(|hit| !is_entry(hit));
            let entries = scratch.search.hits().iter().filter(|hit| is_entry(hit));
            scratch.hits.extend(entries.copied());
            scratch.hits.sort_by_key(|hit| (hit.first, hit.last));
        }
    }

    /// The entry of a hit and its role; none for a cue's, or for a weak entry out of its role's place.
    fn entry(&self, hit: &Hit, allowed: Option<Role>) -> Option<(u32, Role)> {
        let Owner::Entry(entry) = hit.owner else {
            return None;
        };
        let known = &self.lexicon.entries()[entry as usize];
        (!known.weak || allowed == Some(known.role)).then_some((entry, known.role))
    }

    /// The labels that entries among `hits` give: what is a role's own is not shared.
    fn labels(&self, hits: &[Hit], allowed: Option<Role>) -> RoleSet {
        let entries = hits.iter().filter_map(|hit| self.entry(hit, allowed));
        let mut labels: RoleSet = entries.map(|(_, role)| role).collect();
        if labels.has_single() {
            labels.remove(Role::Shared);
        }
        labels
    }

    fn entry_match(
        &self,
        hit: &Hit,
        allowed: Option<Role>,
        unit: UnitIndex,
        tokens: &[Token],
    ) -> Option<Match> {
        let (entry, role) = self.entry(hit, allowed)?;
        let [first, last] = [hit.first, hit.last].map(|at| tokens[at as usize].span);
        Some(Match {
            unit,
            entry,
            pattern: hit.pattern,
            role,
            span: Span {
                start: first.start,
                end: last.end,
            },
            attribution: Attribution::default(),
        })
    }

    /// What the cues among `hits` say.
    fn sense(&self, hits: &[Hit]) -> Sense {
        let mut all = Sense::default();
        for hit in hits {
            if let Owner::Cue(cue) = hit.owner {
                let own = self.senses[cue as usize];
                all.names = all.names.union(own.names);
                all.not_content |= own.not_content;
            }
        }
        all
    }

    /// Which labels count, and the measures that follow.
    fn count(&self, analysis: &mut Analysis) {
        let declared = analysis.declared.and_then(|declared| declared.role());
        let counts = &mut analysis.counts;
        counts.units = analysis.units.len() as u32;
        for unit in &mut analysis.units {
            counts.tagged += u32::from(!unit.tags.is_empty());
            let repeated = unit.repeat_of.is_some() && !self.options.count_repeats;
            if repeated || !self.options.counted_zones.contains(unit.zone) {
                continue;
            }
            counts.countable += 1;
            unit.counted = unit
                .tags
                .iter()
                .filter(|role| !is_another(unit.attributions[*role as usize], declared))
                .collect();
            for role in unit.counted.iter() {
                counts.labels[role as usize] += 1;
            }
            counts.labelled += u32::from(!unit.counted.is_empty());
            if unit.counted.has_single() {
                counts.role_labelled += 1;
                counts.off_role +=
                    u32::from(declared.is_some_and(|role| !unit.counted.contains(role)));
            }
        }
        analysis.counts.responsibilities = responsibilities(analysis);
        analysis.measures = analysis
            .counts
            .measures(analysis.declared, self.options.thresholds);
    }
}

/// What each cue of `lexicon` says here.
fn senses(lexicon: &Lexicon) -> Vec<Sense> {
    let mut senses = vec![Sense::default(); lexicon.cues().len()];
    if let Some(cue) = lexicon.cue("not_content") {
        senses[cue as usize].not_content = true;
    }
    for role in Role::SINGLE {
        if let Some(cue) = lexicon.cue(&format!("role.{role}")) {
            senses[cue as usize].names.insert(role);
        }
    }
    senses
}

/// How many different entries stand behind the counted labels of the three roles.
fn responsibilities(analysis: &Analysis) -> u32 {
    let units = analysis
        .units
        .iter()
        .filter(|unit| unit.counted.has_single());
    let mut entries: Vec<u32> = units
        .flat_map(|unit| analysis.counted_entries(unit))
        .collect();
    entries.sort_unstable();
    entries.dedup();
    entries.len() as u32
}

/// True where a label is said to be the work of another role than the declared one.
fn is_another(attribution: Attribution, declared: Option<Role>) -> bool {
    match (attribution.to, declared) {
        (Agent::Role(to), Some(declared)) => to != declared,
        _ => false,
    }
}

/// The role under whose name a unit stands: that of its column, else of its list's
/// introduction, else of its heading; none where that names several roles.
fn context_role(unit: &Unit, names: &[RoleSet]) -> Option<Role> {
    let named = [unit.column, unit.intro, unit.heading]
        .into_iter()
        .flatten()
        .filter_map(|at| names.get(at as usize))
        .find(|names| !names.is_empty())?;
    let mut roles = named.iter();
    let first = roles.next();
    if roles.next().is_some() { None } else { first }
}

/// Which of a label's attributions stands for all: the default, then its own role's, then others'.
fn rank(attribution: Attribution, role: Role) -> u8 {
    match (attribution.to, attribution.basis) {
        (_, Basis::Title | Basis::None) => 2,
        (Agent::Role(to), _) if to == role => 1,
        _ => 0,
    }
}

/// In a posting, work without another subject is the advertised role's.
fn default_attribution(document: &Document, analysis: &Analysis) -> Attribution {
    let declared = analysis.declared.and_then(|declared| declared.role());
    match (document.genre, declared) {
        (Genre::Posting, Some(role)) => Attribution {
            to: Agent::Role(role),
            basis: Basis::Title,
            mention: Span::default(),
        },
        _ => Attribution::default(),
    }
}
