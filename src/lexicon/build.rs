//! The tables of all files → rules, every mistake of meaning collected.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::expand::{self, Sequence, Sets};
use super::file::{Kind, Sheet, Table, WordTables};
use super::fold::folded;
use super::inflect::WordRules;
use super::pattern::{self, Fault, Item, Part};
use super::rules::{Pattern, Rule, Rules};
use super::source::{self, Mistake, Source, Text};
use super::threads;

/// What the files say, put together.
#[derive(Debug, Default)]
pub(crate) struct Built {
    pub(crate) words: WordRules,
    pub(crate) sets: BTreeMap<String, Vec<String>>,
    /// Entries, then the cues of [`Built::cue_tables`] that are not of grammar: matched in every unit.
    pub(crate) units: Rules,
    /// The cues of grammar: matched where attribution asks.
    pub(crate) grammar: Rules,
    /// Matched in titles.
    pub(crate) titles: Rules,
    /// The tables behind the entries, cues and titles, in the order of their rules.
    /// A cue may have several, one for each layer.
    pub(crate) entry_tables: Vec<Table>,
    pub(crate) cue_tables: Vec<Vec<Table>>,
    pub(crate) title_tables: Vec<Table>,
}

/// Puts the sheets of `sources` together.
pub(crate) fn build(sources: &[Source], sheets: Vec<Sheet>, mistakes: &mut Vec<Mistake>) -> Built {
    let mut builder = Builder {
        sources,
        mistakes,
        sets: Sets::new(),
        expanded: FxHashMap::default(),
        guards: FxHashMap::default(),
    };
    let mut built = Built {
        words: builder.words(sheets.iter().map(|sheet| &sheet.words)),
        ..Built::default()
    };
    let (mut sets, mut tables) = (Vec::new(), Vec::new());
    for sheet in sheets {
        sets.extend(sheet.sets);
        tables.extend(sheet.tables);
    }
    for (name, members) in &sets {
        let members = members.iter().map(|member| member.value.clone()).collect();
        built.sets.insert(name.value.clone(), members);
    }
    builder.define_sets(&sets);
    builder.expanded = expand_all(&tables, &builder.sets);
    let mut cues: BTreeMap<String, Vec<Table>> = BTreeMap::new();
    builder.unique_ids(&tables);
    for table in tables {
        match table.kind {
            Kind::Entry => built.entry_tables.push(table),
            Kind::Cue => cues.entry(table.id.value.clone()).or_default().push(table),
            Kind::Title => built.title_tables.push(table),
        }
    }
    built.cue_tables = cues.into_values().collect();
    let entries = built.entry_tables.iter().map(std::slice::from_ref);
    let cues = |grammar: bool| {
        let tables = built.cue_tables.iter().map(Vec::as_slice);
        tables.filter(move |tables| is_grammar(&tables[0].id.value) == grammar)
    };
    built.units = builder.rules(entries.chain(cues(false)));
    built.grammar = builder.rules(cues(true));
    built.titles = builder.rules(built.title_tables.iter().map(std::slice::from_ref));
    built
}

/// Whether a cue of this id is one of grammar, which [`super::Lexicon::find_grammar`] looks for.
pub(crate) fn is_grammar(id: &str) -> bool {
    id.starts_with("grammar.")
}

/// Pattern → the sequences that it stands for.
type Expanded = FxHashMap<String, Expansion>;

/// The sequences that a pattern stands for, or what is wrong with it.
type Expansion = Result<Arc<[Sequence]>, Fault>;

/// Expands every pattern and guard of `tables`, which is half the work of reading a lexicon, on several threads.
fn expand_all(tables: &[Table], sets: &Sets) -> Expanded {
    let texts = tables.iter().flat_map(|table| {
        let lists = [
            &table.patterns,
            &table.unless,
            &table.unless_in_unit,
            &table.only_in_unit,
        ];
        lists.into_iter().flatten().map(|text| text.value.as_str())
    });
    let mut seen = FxHashSet::default();
    let texts: Vec<&str> = texts.filter(|text| seen.insert(*text)).collect();
    let expanded = threads::each(&texts, |text| {
        let items = pattern::parse(text)?;
        expand::sequences(&items, sets).map(Arc::from)
    });
    let texts = texts.into_iter().map(str::to_owned);
    texts.zip(expanded).collect()
}

/// The members of a set, each with its text.
type Members<'t> = Vec<(&'t Text, Vec<Item>)>;

struct Builder<'a> {
    sources: &'a [Source],
    mistakes: &'a mut Vec<Mistake>,
    sets: Sets,
    /// What each pattern and guard stands for, by its text.
    expanded: Expanded,
    /// Texts of the guards met so far → their index: defaults stand in every entry of a file.
    guards: FxHashMap<String, u32>,
}

impl Builder<'_> {
    fn wrong(&mut self, text: &Text, message: impl Into<String>) {
        let (place, message) = (text.place, message.into());
        self.mistakes.push(Mistake { place, message });
    }

    fn fault(&mut self, text: &Text, fault: Fault) {
        let place = text.inside(self.sources, fault.at);
        let message = fault.message;
        self.mistakes.push(Mistake { place, message });
    }

    fn words<'w>(&mut self, tables: impl Iterator<Item = &'w WordTables>) -> WordRules {
        let mut rules = WordRules::default();
        for table in tables {
            rules
                .look_through
                .extend(self.single_words(&table.look_through));
            rules
                .clause_words
                .extend(self.single_words(&table.clause_words));
            rules
                .invariable
                .extend(self.single_words(&table.invariable));
            for group in &table.spellings {
                rules.spellings.push(self.single_words(group));
            }
            for pair in &table.spelling_endings {
                match &pair[..] {
                    [one, other] => rules.endings.push((one.value.clone(), other.value.clone())),
                    [] => {}
                    [first, ..] => self.wrong(first, "spelling_endings are pairs"),
                }
            }
            for (base, forms) in &table.irregular {
                let forms = self.single_words(forms);
                let known = rules.irregular.entry(folded(&base.value)).or_default();
                known.extend(forms);
            }
            for word in table
                .look_through
                .iter()
                .filter(|word| rules.clause_words.contains(&word.value))
            {
                self.wrong(
                    word,
                    "a word cannot be both in look_through and in clause_words",
                );
            }
        }
        rules
    }

    /// The folded words of a list whose members must be one word each.
    fn single_words(&mut self, list: &[Text]) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let mut words = Vec::new();
        for text in list {
            let word = folded(&text.value);
            let one = matches!(pattern::parse(&text.value).as_deref(), Ok([item]) if matches!(item.part, Part::Word(_)));
            if !one {
                self.wrong(text, format!("`{}` is not one word", text.value));
            } else if seen.insert(word.clone()) {
                words.push(word);
            } else {
                self.wrong(text, format!("`{}` stands here twice", text.value));
            }
        }
        words
    }

    fn define_sets(&mut self, sets: &[(Text, Vec<Text>)]) {
        let mut parsed: BTreeMap<&str, (&Text, Members<'_>)> = BTreeMap::new();
        for (name, members) in sets {
            if let Some((first, _)) = parsed.get(name.value.as_str()) {
                let message = format!(
                    "the set `{}` is already defined at {}",
                    name.value,
                    source::shown(self.sources, first.place)
                );
                self.wrong(name, message);
                continue;
            }
            if !name
                .value
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            {
                self.wrong(name, "a set's name may hold letters, digits and `_`");
            }
            let items = members
                .iter()
                .filter_map(|member| Some((member, self.parse_member(member)?)))
                .collect();
            parsed.insert(&name.value, (name, items));
        }
        // Sets that use only finished sets are finished next; what is left over goes in circles.
        while !parsed.is_empty() {
            let known = |name: &str| !parsed.contains_key(name);
            let ready: Vec<&str> = parsed
                .iter()
                .filter(|(_, (_, members))| {
                    members
                        .iter()
                        .all(|(_, items)| names_in(items).iter().all(|name| known(name)))
                })
                .map(|(name, _)| *name)
                .collect();
            if ready.is_empty() {
                break;
            }
            for name in ready {
                let (_, members) = parsed
                    .remove(name)
                    .expect("the name was just taken from the map");
                self.define(name, &members);
            }
        }
        for (name, _) in parsed.values() {
            self.wrong(
                name,
                format!(
                    "the set `{}` uses itself, directly or through other sets",
                    name.value
                ),
            );
            self.sets.insert(name.value.clone(), Vec::new());
        }
    }

    fn define(&mut self, name: &str, members: &[(&Text, Vec<Item>)]) {
        let mut pieces = Vec::new();
        for (text, items) in members {
            match expand::expand(items, &self.sets) {
                Ok(found) => pieces.extend(found),
                Err(fault) => self.fault(text, fault),
            }
        }
        self.sets
            .insert(name.to_owned(), expand::merge_words(pieces));
    }

    fn parse_member(&mut self, text: &Text) -> Option<Vec<Item>> {
        match pattern::parse(&text.value) {
            Ok(items) => match unfit_for_set(&items) {
                None => Some(items),
                Some(at) => {
                    let message = "a set's members have no gaps, no `^` and no `$`";
                    self.fault(text, Fault::new(at, message));
                    None
                }
            },
            Err(fault) => {
                self.fault(text, fault);
                None
            }
        }
    }

    fn unique_ids(&mut self, tables: &[Table]) {
        let mut seen: BTreeMap<(bool, &str), &Table> = BTreeMap::new();
        for table in tables
            .iter()
            .filter(|table| table.kind != Kind::Title && !table.id.value.is_empty())
        {
            let id = table.id.value.as_str();
            let good = |part: &str| {
                !part.is_empty()
                    && part
                        .bytes()
                        .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
            };
            if !id.split('.').all(good) {
                self.wrong(
                    &table.id,
                    format!("`{id}` is no id: use a-z, 0-9 and `_`, with dots between"),
                );
            } else if let Some(role) = table.role.filter(|_| table.kind == Kind::Entry)
                && id
                    .split_once('.')
                    .is_none_or(|(head, name)| head != role.name() || name.contains('.'))
            {
                self.wrong(
                    &table.id,
                    format!(
                        "the id of an entry of this file is `{}.` and a name",
                        role.name()
                    ),
                );
            }
            let layer = |table: &Table| self.sources[table.place.file as usize].layer;
            let key = (table.kind == Kind::Cue, id);
            match seen.get(&key) {
                Some(first) if table.kind == Kind::Entry || layer(first) == layer(table) => {
                    let at = source::shown(self.sources, first.place);
                    self.wrong(&table.id, format!("`{id}` is already used at {at}"));
                }
                _ => {
                    seen.insert(key, table);
                }
            }
        }
    }

    fn rules<'t>(&mut self, owners: impl Iterator<Item = &'t [Table]>) -> Rules {
        let mut made = Rules::default();
        self.guards.clear();
        for tables in owners {
            let mut rule = Rule::default();
            for table in tables {
                rule.patterns
                    .extend(table.patterns.iter().map(|text| self.pattern(text)));
                rule.unless.extend(self.guards(&table.unless, &mut made));
                rule.unless_in_unit
                    .extend(self.guards(&table.unless_in_unit, &mut made));
                rule.only_in_unit
                    .extend(self.guards(&table.only_in_unit, &mut made));
                rule.yields_to = table.yields_to;
                rule.label = table
                    .role
                    .filter(|_| table.kind == Kind::Entry && !table.weak);
            }
            for guards in [
                &mut rule.unless,
                &mut rule.unless_in_unit,
                &mut rule.only_in_unit,
            ] {
                guards.sort_unstable();
                guards.dedup();
            }
            made.rules.push(rule);
        }
        made
    }

    fn pattern(&mut self, text: &Text) -> Pattern {
        let parsed = self.expanded.get(&text.value).cloned();
        let parsed = parsed.expect("every pattern and guard has been expanded");
        let source = text.value.clone();
        match parsed {
            Ok(sequences) => Pattern { source, sequences },
            Err(fault) => {
                self.fault(text, fault);
                let sequences = Arc::from([]);
                Pattern { source, sequences }
            }
        }
    }

    fn guards(&mut self, texts: &[Text], made: &mut Rules) -> Vec<u32> {
        let mut indices = Vec::new();
        for text in texts {
            if let Some(known) = self.guards.get(&text.value) {
                indices.push(*known);
                continue;
            }
            let pattern = self.pattern(text);
            if pattern.sequences.is_empty() {
                continue;
            }
            let index = made.guards.len() as u32;
            made.guards.push(pattern);
            self.guards.insert(text.value.clone(), index);
            indices.push(index);
        }
        indices
    }
}

/// The sets that `items` name.
fn names_in(items: &[Item]) -> Vec<&str> {
    let mut names = Vec::new();
    for item in items {
        match &item.part {
            Part::Set(name) => names.push(name.as_str()),
            Part::OneOf(all) | Part::Optional(all) => {
                names.extend(all.iter().flat_map(|items| names_in(items)));
            }
            _ => {}
        }
    }
    names
}

/// Where `items` hold what a member of a set must not hold.
fn unfit_for_set(items: &[Item]) -> Option<usize> {
    items.iter().find_map(|item| match &item.part {
        Part::Gap(_) | Part::Start | Part::End => Some(item.at),
        Part::OneOf(all) | Part::Optional(all) => all.iter().find_map(|items| unfit_for_set(items)),
        _ => None,
    })
}
