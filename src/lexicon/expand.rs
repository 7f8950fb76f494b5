//! The parts of a pattern → the linear sequences of words that it stands for.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::pattern::{Fault, Item, MAX_GAP, Part, Term};

/// The most sequences that one pattern may stand for.
pub(crate) const MAX_SEQUENCES: usize = 512;
/// The most words of one sequence.
pub(crate) const MAX_WORDS: usize = 12;

/// One word of a sequence: any of `terms`, at most `gap` words behind the word before it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Element {
    /// Words that may stand before it; 0 where it must follow directly.
    pub(crate) gap: u8,
    /// Sorted; any one of them will do. Shared, since sets of words stand in many sequences.
    pub(crate) terms: Arc<[Term]>,
}

/// Words in a fixed order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Sequence {
    /// The words; never empty.
    pub(crate) elements: Vec<Element>,
    /// Where the match must begin the unit: how many words may stand before it.
    pub(crate) begin: Option<u8>,
    /// Where the match must end the unit: how many words may stand behind it.
    pub(crate) end: Option<u8>,
}

/// What a named set stands for: pieces of sequences without gaps.
pub(crate) type Sets = BTreeMap<String, Vec<Steps>>;

/// A piece of a sequence while it is put together.
pub(crate) type Steps = Vec<Step>;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Word(Arc<[Term]>),
    Gap(u8),
    Start,
    End,
}

/// The sequences of a pattern, sorted, each once.
pub(crate) fn sequences(items: &[Item], sets: &Sets) -> Result<Vec<Sequence>, Fault> {
    let mut all = Vec::new();
    for steps in expand(items, sets)? {
        all.push(sequence(&steps, items)?);
    }
    all.sort();
    all.dedup();
    Ok(all)
}

/// The pieces that `items` stand for. Alternatives of one word become one step,
/// so that a long list of verbs does not multiply the sequences.
pub(crate) fn expand(items: &[Item], sets: &Sets) -> Result<Vec<Steps>, Fault> {
    let mut all: Vec<Steps> = vec![Vec::new()];
    for item in items {
        let mut step = |step: Step| all.iter_mut().for_each(|head| head.push(step.clone()));
        let choices = match &item.part {
            Part::Word(term) => {
                step(Step::Word([term.clone()].into()));
                continue;
            }
            Part::Gap(words) => {
                step(Step::Gap(*words));
                continue;
            }
            Part::Start => {
                step(Step::Start);
                continue;
            }
            Part::End => {
                step(Step::End);
                continue;
            }
            Part::OneOf(alternatives) => choices(alternatives, sets)?,
            Part::Optional(alternatives) => {
                let mut choices = choices(alternatives, sets)?;
                choices.push(Vec::new());
                choices
            }
            Part::Set(name) => match sets.get(name) {
                Some(choices) => choices.clone(),
                None => {
                    let message = format!("there is no set `{name}`");
                    return Err(Fault::new(item.at, message));
                }
            },
        };
        if all.len() * choices.len() > MAX_SEQUENCES {
            let message = format!("the pattern stands for more than {MAX_SEQUENCES} sequences");
            return Err(Fault::new(item.at, message));
        }
        all = all
            .iter()
            .flat_map(|head| choices.iter().map(|tail| [&head[..], tail].concat()))
            .collect();
    }
    Ok(all)
}

fn choices(alternatives: &[Vec<Item>], sets: &Sets) -> Result<Vec<Steps>, Fault> {
    let (mut words, mut all) = (Vec::new(), Vec::new());
    for items in alternatives {
        match &items[..] {
            [
                Item {
                    part: Part::Word(term),
                    ..
                },
            ] => words.push(term.clone()),
            _ => all.extend(expand(items, sets)?),
        }
    }
    Ok(merged(words, all))
}

/// Puts the pieces that are a single word into one.
pub(crate) fn merge_words(pieces: Vec<Steps>) -> Vec<Steps> {
    merged(Vec::new(), pieces)
}

/// The same, where some of the single words stand in `words` already.
fn merged(mut words: Vec<Term>, mut pieces: Vec<Steps>) -> Vec<Steps> {
    pieces.retain(|piece| match &piece[..] {
        [Step::Word(terms)] => {
            words.extend(terms.iter().cloned());
            false
        }
        _ => true,
    });
    if !words.is_empty() {
        words.sort_unstable();
        words.dedup();
        pieces.push(vec![Step::Word(words.into())]);
    }
    pieces
}

fn sequence(steps: &[Step], items: &[Item]) -> Result<Sequence, Fault> {
    let place = |wanted: fn(&Part) -> bool| {
        let found = items.iter().find(|item| wanted(&item.part));
        found.map_or(0, |item| item.at)
    };
    let mut made = Sequence {
        elements: Vec::new(),
        begin: None,
        end: None,
    };
    let mut gap = 0u8;
    for (index, step) in steps.iter().enumerate() {
        match step {
            Step::Gap(words) => gap = (gap + words).min(MAX_GAP),
            Step::Start if index == 0 => made.begin = Some(0),
            Step::Start => {
                let message = "`^` must come first";
                return Err(Fault::new(place(|part| *part == Part::Start), message));
            }
            Step::End if index + 1 == steps.len() => made.end = Some(0),
            Step::End => {
                let message = "`$` must come last";
                return Err(Fault::new(place(|part| *part == Part::End), message));
            }
            Step::Word(terms) => {
                let terms = terms.clone();
                if made.elements.is_empty() && gap > 0 {
                    match &mut made.begin {
                        Some(words) => *words = gap,
                        None => return Err(edge_gap(items, "begin", "^")),
                    }
                    gap = 0;
                }
                made.elements.push(Element { gap, terms });
                gap = 0;
            }
        }
    }
    if made.elements.is_empty() {
        return Err(Fault::new(0, "the pattern also matches without any word"));
    }
    if made.elements.len() > MAX_WORDS {
        let message = format!("the pattern is longer than {MAX_WORDS} words");
        return Err(Fault::new(0, message));
    }
    if gap > 0 {
        match &mut made.end {
            Some(words) => *words = gap,
            None => return Err(edge_gap(items, "end", "$")),
        }
    }
    Ok(made)
}

fn edge_gap(items: &[Item], edge: &str, anchor: &str) -> Fault {
    let gaps = || {
        items
            .iter()
            .filter(|item| matches!(item.part, Part::Gap(_)))
    };
    let item = match anchor {
        "^" => gaps().next(),
        _ => gaps().next_back(),
    };
    let message = format!("a pattern must not {edge} with a gap, unless at `{anchor}`");
    Fault::new(item.map_or(0, |item| item.at), message)
}

#[cfg(test)]
mod tests {
    use super::super::pattern::parse;
    use super::*;

    fn expanded(pattern: &str) -> Result<Vec<Sequence>, Fault> {
        let mut sets = Sets::new();
        let own = expand(&parse("{own|run|take charge of}").expect("parses"), &sets);
        sets.insert("own".into(), own.expect("expands"));
        sequences(&parse(pattern).expect("parses"), &sets)
    }

    #[test]
    fn single_words_share_a_sequence() {
        assert_eq!(
            expanded("@own .. {vision|roadmap}").map(|all| all.len()),
            Ok(2)
        );
        assert_eq!(expanded("[product] roadmap").map(|all| all.len()), Ok(2));
        assert_eq!(expanded("{a|{b|c}} d").map(|all| all.len()), Ok(1));
    }

    #[test]
    fn gaps_without_a_word_between_add_up() {
        let all = expanded("own .. [big] ..2 roadmap").expect("expands");
        let widest = all.iter().map(|sequence| sequence.elements[1].gap).max();
        assert_eq!(widest, Some(5));
    }

    #[test]
    fn faults_of_form_tell_their_place() {
        for (pattern, at, says) in [
            (".. roadmap", 0, "begin with a gap"),
            ("[own] .. roadmap", 6, "begin with a gap"),
            ("own ..", 4, "end with a gap"),
            ("[own]", 0, "without any word"),
            ("own ^ roadmap", 4, "must come first"),
            ("$ roadmap", 0, "must come last"),
            ("a b c d e f g h i j k l m", 0, "longer than 12"),
            ("@nothing roadmap", 0, "no set `nothing`"),
        ] {
            let fault = expanded(pattern).expect_err(pattern);
            assert_eq!(fault.at, at, "{pattern}: {}", fault.message);
            assert!(fault.message.contains(says), "{pattern}: {}", fault.message);
        }
        let group = "{a b|c d|e f|g h}";
        assert!(expanded(&[group; 5].join(" ")).is_err());
    }

    #[test]
    fn a_gap_may_stand_at_an_anchor() {
        let all = expanded("^ ..2 roadmap .. $").expect("expands");
        assert_eq!((all[0].begin, all[0].end), (Some(2), Some(3)));
    }
}
