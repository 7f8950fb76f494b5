//! There and back: what a format carries comes back the same, what it cannot carry is told.

use std::fs;

use super::*;
use crate::lexicon::Lexicon;

const LEXICON: &str = r#"
role = "product"
[[entry]]
id = "product.roadmap"
label = "Own the roadmap"
category = "strategy"
patterns = ["{own|shape} [product] roadmap", 'prioriti* "features"']
matches = ["Owns the product roadmap", "prioritising features"]
[[entry]]
id = "product.far"
label = "Far"
category = "strategy"
patterns = ["decide .. pricing", "^ vision"]
unless = ["career vision"]
matches = ["Decides on the pricing", "Vision"]
"#;

fn lexicon() -> Lexicon {
    loaded(&[("product.toml".into(), LEXICON.into())])
}

fn loaded(files: &[(String, String)]) -> Lexicon {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("written");
    }
    let words = "look_through = [\"the\", \"our\"]\n";
    fs::write(folder.path().join("words.toml"), words).expect("written");
    let lexicon = Lexicon::load(folder.path()).expect("no mistake of form");
    let mistakes = lexicon.check(&[]);
    assert!(mistakes.is_empty(), "{mistakes:?}");
    lexicon
}

/// Which entries match each of these units.
fn found(lexicon: &Lexicon, units: &[&str]) -> Vec<Vec<String>> {
    let mut scratch = crate::lexicon::Scratch::default();
    let mut ids = |text: &&str| {
        let mut tokens = Vec::new();
        let span = crate::span::Span::new(0..text.len());
        lexicon.tokenize(text, span, &mut tokens, &mut scratch);
        lexicon.find(&tokens, &mut scratch);
        scratch
            .hits()
            .iter()
            .map(|hit| lexicon.name(hit.owner).to_owned())
            .collect()
    };
    units.iter().map(&mut ids).collect()
}

const UNITS: [&str; 7] = [
    "owned the product roadmap",
    "shaping our roadmaps",
    "prioritized features",
    "prioritise feature",
    "decides soon on pricing",
    "the vision",
    "own product",
];

#[test]
fn what_a_format_carries_comes_back() {
    let lexicon = lexicon();
    let own = found(&lexicon, &UNITS);
    for format in [
        DictionaryFormat::Liwc,
        DictionaryFormat::Quanteda,
        DictionaryFormat::Spacy,
    ] {
        let (text, _) = export(&lexicon, format);
        let imported = import(&text, format, None).expect("reads what was written");
        assert_eq!(imported.notes, Vec::<String>::new(), "{format:?}");
        let back = found(&loaded(&imported.files), &UNITS);
        for (at, unit) in UNITS.iter().enumerate() {
            let gap = *unit == "decides soon on pricing" && format != DictionaryFormat::Spacy;
            if gap {
                assert!(back[at].is_empty(), "{format:?}: {unit}");
            } else {
                assert_eq!(back[at], own[at], "{format:?}: {unit}");
            }
        }
    }
}

#[test]
fn what_is_lost_is_told() {
    let lexicon = lexicon();
    let (_, notes) = export(&lexicon, DictionaryFormat::Liwc);
    for says in [
        "1 entries lose their guards",
        "1 sequences are no longer bound",
        "1 sequences are left out",
    ] {
        assert!(
            notes.iter().any(|note| note.starts_with(says)),
            "{says}: {notes:?}"
        );
    }
    let (_, notes) = export(&lexicon, DictionaryFormat::Spacy);
    assert!(
        !notes.iter().any(|note| note.contains("left out")),
        "{notes:?}"
    );
}

#[test]
fn foreign_dictionaries_are_read() {
    let dic = "%\n1\tMoney\n2\tproject\n%\nbudget*\t2\nunit cost\t1\n<of>like\t1\n";
    let imported = import(dic, DictionaryFormat::Liwc, Some(Role::Program)).expect("reads");
    assert_eq!(imported.notes.len(), 1, "{:?}", imported.notes);
    let lexicon = loaded(&imported.files);
    assert_eq!(
        found(&lexicon, &["budgeting", "unit cost"]),
        [vec!["project.imported"], vec!["program.money"]]
    );
    let without = import(dic, DictionaryFormat::Liwc, None).expect("reads");
    assert!(without.notes.iter().any(|note| note.contains("--role")));

    let yaml = "product:\n  market:\n    - competitor*\n    - \"market share\"\nnotes: [a*b]\n";
    let imported = import(yaml, DictionaryFormat::Quanteda, None).expect("reads");
    assert_eq!(
        found(&loaded(&imported.files), &["our competitors"]),
        [["product.market"]]
    );
    assert!(imported.notes[0].contains("a*b"), "{:?}", imported.notes);

    let jsonl = "{\"label\":\"project\",\"pattern\":\"status report\"}\n\
        {\"label\":\"project\",\"pattern\":[{\"LEMMA\":\"track\"},{\"OP\":\"?\"},{\"LOWER\":\"costs\"}],\"id\":\"costs\"}\n\
        {\"label\":\"project\",\"pattern\":[{\"POS\":\"NOUN\"}]}\n";
    let imported = import(jsonl, DictionaryFormat::Spacy, None).expect("reads");
    assert_eq!(imported.notes, ["line 3: left out: the attribute POS"]);
    assert_eq!(
        found(
            &loaded(&imported.files),
            &[
                "Status report",
                "tracked all costs",
                "tracked the many big costs"
            ]
        ),
        [vec!["project.imported"], vec!["project.costs"], vec![]]
    );
}

#[test]
fn what_is_no_dictionary_is_refused() {
    for (text, format) in [
        ("budget\t1\n", DictionaryFormat::Liwc),
        ("a: [b\n", DictionaryFormat::Quanteda),
        ("{\"label\":\n", DictionaryFormat::Spacy),
        ("{\"pattern\":\"x\"}\n", DictionaryFormat::Spacy),
    ] {
        assert!(import(text, format, None).is_err(), "{text}");
    }
}
