//! The language by tables: what patterns, guards and titles mean.

use super::{WORDS, entry, hits, lexicon, tokens};
use crate::document::Break;
use crate::lexicon::{Owner, Scratch};
use crate::role::{Declared, Role};

#[test]
fn the_language_by_example() {
    for (pattern, text, matched) in [
        ("product roadmap", "Product Roadmaps", true),
        ("product roadmap", "the product's roadmap", true),
        ("product roadmap", "product, roadmap", false),
        ("product roadmap", "product the own roadmap", true),
        ("product roadmap", "product x roadmap", false),
        ("product-roadmap", "product/roadmap", true),
        ("own .. roadmap", "owns vision, strategy and roadmap", true),
        ("own .. roadmap", "own a b c d roadmap", false),
        ("own ..5 roadmap", "own a b c d roadmap", true),
        ("own .. roadmap", "own x; roadmap", false),
        ("own .. roadmap", "own sales while roadmap", false),
        ("own .. while roadmap", "own sales while roadmap", true),
        ("own .. roadmap", "own our the all x y z roadmap", true),
        ("the roadmap", "our roadmap", false),
        ("the roadmap", "our the roadmap", true),
        ("\"planning\" budgets", "planning budgets", true),
        ("\"planning\" budgets", "planned budgets", false),
        ("prioriti* work", "prioritisation work", true),
        ("^ own", "Own it", true),
        ("^ own", "The own", true),
        ("^ own", "We own", false),
        ("^ .. own", "We own", true),
        ("roadmap $", "own roadmap.", true),
        ("roadmap $", "roadmap work", false),
        ("P&L", "full P & L duty", true),
        ("organize", "organising", true),
        ("program", "programmes", true),
        ("lead", "led", true),
    ] {
        let files = [entry(&format!("'{pattern}'"), ""), WORDS.to_owned()];
        let lexicon = lexicon(&[&files[0], &files[1]]).expect(pattern);
        assert_eq!(
            !hits(&lexicon, text).is_empty(),
            matched,
            "{pattern} in {text}"
        );
    }
}

#[test]
fn guards_drop_what_they_touch() {
    for (keys, text, expected) in [
        (
            "unless = ['career roadmap']",
            "own your career roadmap",
            &[][..],
        ),
        (
            "unless = ['career roadmap']",
            "own a roadmap; career roadmap",
            &["product.x: own roadmap"],
        ),
        ("unless_in_unit = ['career']", "own a roadmap; career", &[]),
        (
            "only_in_unit = ['career']",
            "own a roadmap; career",
            &["product.x: own roadmap"],
        ),
        ("only_in_unit = ['career']", "own a roadmap", &[]),
    ] {
        let files = [entry("'own .. roadmap'", keys), WORDS.to_owned()];
        let lexicon = lexicon(&[&files[0], &files[1]]).expect(keys);
        assert_eq!(hits(&lexicon, text), expected, "{keys} in {text}");
    }
}

#[test]
fn a_match_yields_where_it_shares_a_pattern_word() {
    let project = entry("'budget'", "yields_to = ['program']").replace("product", "project");
    for (strength, text, expected) in [
        (
            "strong",
            "program budget",
            &["program.x: program budget"][..],
        ),
        (
            "weak",
            "program budget",
            &["program.x: program budget", "project.x: budget"],
        ),
        (
            "strong",
            "budget, program budget",
            &["project.x: budget", "program.x: program budget"],
        ),
    ] {
        let program = entry("'program budget'", &format!("strength = '{strength}'"))
            .replace("product", "program");
        let lexicon = lexicon(&[&project, &program, WORDS]).expect("a good lexicon");
        assert_eq!(hits(&lexicon, text), expected, "{strength}: {text}");
    }
}

#[test]
fn the_longest_of_overlapping_matches_is_kept() {
    let files = [
        entry("'roadmap', 'own .. roadmap', 'product roadmap'", ""),
        WORDS.to_owned(),
    ];
    let lexicon = lexicon(&[&files[0], &files[1]]).expect("a good lexicon");
    assert_eq!(
        hits(&lexicon, "own the product roadmap; a roadmap"),
        ["product.x: own roadmap", "product.x: roadmap"]
    );
}

#[test]
fn titles_declare_roles() {
    let titles = r#"
[[title]]
role = "product"
patterns = ["product {manager|owner}"]
unless = ["assistant to .. product manager"]
[[title]]
role = "program"
patterns = ["program manager", "project program manager"]
[[title]]
role = "other"
patterns = ["marketing product manager"]
"#;
    let lexicon = lexicon(&[titles, WORDS]).expect("a good lexicon");
    for (title, declared) in [
        (
            "Senior Product Manager",
            Some(Declared::Role(Role::Product)),
        ),
        ("Product Owner / Programme Manager", Some(Declared::Mixed)),
        ("Marketing Product Manager", Some(Declared::Other)),
        ("Assistant to the Product Manager", Some(Declared::Other)),
        ("Nurse", Some(Declared::Other)),
        (" ", None),
    ] {
        assert_eq!(lexicon.declare(title, ""), declared, "{title}");
    }
}

#[test]
fn an_employer_may_mean_something_else_by_a_title() {
    let titles = r#"
legal_forms = ["inc"]
[[title]]
role = "program"
patterns = ["program manager"]
[employer."Acme & Sons"]
program_manager = "product"
technical_program_manager = "program"
office_manager = "other"
"#;
    let lexicon = lexicon(&[titles, WORDS]).expect("a good lexicon");
    for (title, employer, declared) in [
        ("Senior Program Manager", "", Declared::Role(Role::Program)),
        (
            "Senior Program Manager",
            "Acme",
            Declared::Role(Role::Program),
        ),
        (
            "Senior Program Manager",
            "acme & sons, Inc.",
            Declared::Role(Role::Product),
        ),
        (
            "Technical Program Manager",
            "Acme & Sons",
            Declared::Role(Role::Program),
        ),
        ("Office Manager", "Acme & Sons", Declared::Other),
        ("Program Coordinator", "Acme & Sons", Declared::Other),
    ] {
        assert_eq!(
            lexicon.declare(title, employer),
            Some(declared),
            "{title} at {employer}"
        );
    }
}

#[test]
fn every_word_is_a_token_and_marks_stand_before_it() {
    let lexicon = lexicon(&[&entry("'plan'", ""), WORDS]).expect("a good lexicon");
    let text = "Plans, the (zebra) while";
    let tokens = tokens(&lexicon, text);
    let breaks: Vec<Break> = tokens.iter().map(|token| token.before).collect();
    assert_eq!(
        breaks,
        [Break::None, Break::Comma, Break::Clause, Break::Clause]
    );
    assert!(tokens[0].word != 0 && tokens[2].word == 0);
    assert!(lexicon.looks_through(tokens[1].word) && lexicon.ends_clause(tokens[3].word));
    assert!(!lexicon.looks_through(0) && !lexicon.ends_clause(0));
}

#[test]
fn hits_name_their_pattern() {
    let lexicon =
        lexicon(&[&entry("'plan', 'own .. roadmap'", ""), WORDS]).expect("a good lexicon");
    let tokens = tokens(&lexicon, "own the roadmap");
    let mut scratch = Scratch::default();
    lexicon.find(&tokens, &mut scratch);
    let hit = scratch.hits()[0];
    assert_eq!(hit.owner, Owner::Entry(0));
    assert_eq!(lexicon.pattern(&hit), "own .. roadmap");
    assert_eq!((hit.first, hit.last, hit.words), (0, 2, 0b101));
}
