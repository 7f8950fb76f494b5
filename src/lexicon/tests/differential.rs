//! The fast matcher against the naive one, on random patterns and texts.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{WORDS, entry, lexicon, tokens};
use crate::lexicon::naive::Unit;
use crate::lexicon::{Lexicon, Scratch};

fn compare(lexicon: &Lexicon, text: &str) {
    let tokens = tokens(lexicon, text);
    let unit = Unit::new(&lexicon.built.words, text, &tokens);
    let mut scratch = Scratch::default();
    lexicon.find(&tokens, &mut scratch);
    assert_eq!(scratch.kept, unit.find(&lexicon.built.units), "{text}");
    for (rule, pattern, written) in unit.all_written(&lexicon.built) {
        let of_pattern = &lexicon.built.units.rules[rule as usize].patterns[pattern as usize];
        let all: BTreeSet<usize> = written.iter().map(|(first, ..)| *first).collect();
        let expanded = unit.pattern(of_pattern);
        let starts = expanded.iter().map(|(first, ..)| *first).collect();
        assert_eq!(all, starts, "{} in {text}", of_pattern.source);
        assert!(
            written.is_superset(&expanded),
            "{} in {text}",
            of_pattern.source
        );
    }
}

fn word() -> impl Strategy<Value = String> {
    let words = [
        "own",
        "roadmap",
        "plan",
        "the",
        "product",
        "while",
        "budget",
        "organise",
        "\"planning\"",
        "plan*",
        "programme",
        "of",
        "lead",
        "road*",
        "our",
        "customer-facing",
        "long-winded-internationalisation",
        "internat*",
    ];
    prop::sample::select(words.to_vec()).prop_map(str::to_owned)
}

fn phrase() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![6 => word(), 1 => Just("@own".to_owned())];
    leaf.prop_recursive(2, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..3).prop_map(|all| all.join(" ")),
            prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|all| format!("{{{}}}", all.join("|"))),
            (word(), inner.clone()).prop_map(|(word, inner)| format!("{word} [{inner}]")),
            (
                inner.clone(),
                prop::sample::select(vec!["..", "..1", "..5"]),
                inner
            )
                .prop_map(|(left, gap, right)| format!("{left} {gap} {right}")),
        ]
    })
}

fn anchored() -> impl Strategy<Value = String> {
    let begin = prop::sample::select(vec!["", "", "", "", "^ ", "^ ..2 "]);
    let end = prop::sample::select(vec!["", "", "", "", " $", " .. $"]);
    (begin, phrase(), end).prop_map(|(begin, phrase, end)| format!("{begin}{phrase}{end}"))
}

fn text() -> impl Strategy<Value = String> {
    let words = [
        "own",
        "Owning",
        "roadmap",
        "Roadmaps",
        "plan",
        "planning",
        "planned",
        "the",
        "our",
        "all",
        "product",
        "while",
        "which",
        "budgets",
        "organized",
        "organising",
        "program",
        "programmes",
        "of",
        "led",
        "customer",
        "facing",
        "roadshow",
        "x",
        "very",
        "\u{2019}tis",
        "customer\u{2019}s",
        "_plan_",
        "long",
        "winded",
        "internationalization",
        "internationalisations",
        "café",
    ];
    let marks = [
        " ", " ", " ", " ", " ", "-", ", ", "; ", " - ", " and ", "\n",
    ];
    let piece = (
        prop::sample::select(words.to_vec()),
        prop::sample::select(marks.to_vec()),
    );
    prop::collection::vec(piece, 0..24).prop_map(|pieces| {
        pieces
            .into_iter()
            .map(|(word, mark)| format!("{word}{mark}"))
            .collect()
    })
}

/// Two entries of different labels and a cue, with guards of every kind.
fn files() -> impl Strategy<Value = [String; 2]> {
    let quoted = |patterns: Vec<String>| {
        patterns
            .iter()
            .map(|pattern| format!("'{pattern}'"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let patterns = move |range| prop::collection::vec(anchored(), range).prop_map(quoted);
    let one = (patterns(1..4), patterns(0..3), patterns(0..2), patterns(0..2), any::<bool>()).prop_map(
        |(own, unless, unless_in, only_in, yields)| {
            let yields = if yields { "\"project\"" } else { "" };
            entry(&own, &format!("unless = [{unless}]\nunless_in_unit = [{unless_in}]\nonly_in_unit = [{only_in}]\nyields_to = [{yields}]"))
        },
    );
    let other = (patterns(1..4), patterns(1..3), patterns(0..2)).prop_map(|(own, cue, unless)| {
        let cue = format!("[[cue]]\nid = \"c\"\npatterns = [{cue}]\nunless = [{unless}]");
        entry(&own, &cue).replace("product", "project") + "[sets]\nown = [\"own\", \"lead\", \"be in charge of\", \"@plan\"]\nplan = [\"plan\"]\n"
    });
    (one, other).prop_map(|(one, other)| [one, other])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn the_fast_matcher_is_the_naive_one(files in files(), texts in prop::collection::vec(text(), 8)) {
        // A pattern may grow beyond twelve words.
        let lexicon = lexicon(&[&files[0], &files[1], WORDS]);
        prop_assume!(lexicon.is_ok());
        for text in &texts {
            compare(lexicon.as_ref().expect("just looked at"), text);
        }
    }

    #[test]
    fn used_scratch_is_as_good_as_new(texts in prop::collection::vec(text(), 4)) {
        let files = [entry("\"own .. roadmap\", \"plan\"", "unless = [\"product plan\"]"), WORDS.to_owned()];
        let lexicon = lexicon(&[&files[0], &files[1]]).expect("a good lexicon");
        let mut used = Scratch::default();
        for text in &texts {
            let tokens = tokens(&lexicon, text);
            let mut fresh = Scratch::default();
            lexicon.find(&tokens, &mut used);
            lexicon.find(&tokens, &mut fresh);
            prop_assert_eq!(used.hits(), fresh.hits());
        }
    }
}
