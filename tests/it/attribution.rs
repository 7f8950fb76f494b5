//! Who is said to do what, from outside: the coded passages of this project, the post that
//! started it, and properties of any essay.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;
use rolecall::analyze::{Analysis, AnalyzeOptions, Analyzer, Scratch, Verdict};
use rolecall::document::{Document, Genre, Markup, Structure};
use rolecall::lexicon::Lexicon;
use rolecall::text::{self, Splitter};
use serde_json::Value;

/// What is needed to check essays.
struct Reader<'l> {
    analyzer: Analyzer<'l>,
    splitter: Splitter,
}

impl<'l> Reader<'l> {
    fn new(lexicon: &'l Lexicon) -> Reader<'l> {
        Reader {
            analyzer: Analyzer::new(lexicon, AnalyzeOptions::default()),
            splitter: Splitter::default(),
        }
    }

    fn read(&self, text: &str) -> (Structure, Analysis) {
        let document = Document {
            text: text.to_owned(),
            genre: Genre::Essay,
            ..Document::default()
        };
        let mut structure = Structure::default();
        let mut pieces = text::Scratch::default();
        self.splitter
            .structure(text, Markup::Text, &mut pieces, &mut structure);
        let analysis = self
            .analyzer
            .analyze(&document, &structure, &mut Scratch::default());
        (structure, analysis)
    }

    /// The claims of each unit as `role>attributed_to:verdict`, and its stance.
    fn units(&self, text: &str) -> Vec<(BTreeSet<String>, &'static str)> {
        let (_, analysis) = self.read(text);
        let claims = |unit| {
            let claims = analysis.claims_of(unit).iter();
            claims.map(|claim| {
                let to = claim.attribution.to.name();
                format!("{}>{to}:{}", claim.role, claim.verdict.name())
            })
        };
        let units = analysis.units.iter();
        units
            .map(|unit| (claims(unit).collect(), unit.stance.name()))
            .collect()
    }
}

/// Statements that no careful reader would call a mix-up, though another role's work stands in each.
#[test]
fn true_statements_accuse_nobody() {
    let lexicon = Lexicon::builtin().unwrap();
    let reader = Reader::new(&lexicon);
    let statements = std::fs::read_to_string("fixtures/gold/true_statements.txt").unwrap();
    let accused = |statement: &&str| {
        let (_, analysis) = reader.read(statement);
        let mut units = analysis.units.iter();
        units.any(|unit| {
            let mut claims = analysis.claims_of(unit).iter();
            claims.any(|claim| claim.verdict == Verdict::MixUp)
        })
    };
    let accused: Vec<&str> = statements.lines().filter(accused).collect();
    assert!(accused.len() <= 1, "{}", accused.join("\n"));
}

#[test]
fn coded_passages_are_read_as_coded() {
    let lexicon = Lexicon::builtin().unwrap();
    let reader = Reader::new(&lexicon);
    let gold = std::fs::read_to_string("fixtures/gold/claims.jsonl").unwrap();
    let (mut right, mut passages, mut false_alarms) = (0, 0, 0);
    for line in gold.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let (passage, target) = (
            row["passage"].as_str().unwrap(),
            row["target"].as_str().unwrap(),
        );
        let start = passage.find(target).unwrap();
        let (structure, analysis) = reader.read(passage);
        let mut found = BTreeSet::new();
        for (unit, tagged) in structure.units.iter().zip(&analysis.units) {
            let middle = (unit.span.start + unit.span.end) as usize / 2;
            if (start..start + target.len()).contains(&middle) {
                found.extend(analysis.claims_of(tagged).iter().map(|claim| {
                    let to = claim.attribution.to.name();
                    format!("{}>{to}:{}", claim.role, claim.verdict.name())
                }));
            }
        }
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let wanted: BTreeSet<String> = row["claims"]
            .as_array()
            .unwrap()
            .iter()
            .map(|claim| {
                let (role, to) = (text(&claim["role"]), text(&claim["attributed_to"]));
                format!("{role}>{to}:{}", text(&claim["verdict"]))
            })
            .collect();
        let alarm = |claim: &&String| claim.ends_with("mix_up");
        false_alarms += found.difference(&wanted).filter(alarm).count();
        passages += 1;
        right += usize::from(found == wanted);
        if found != wanted {
            println!("{passage}\n  wanted {wanted:?}\n  found  {found:?}");
        }
    }
    println!("{right} of {passages} passages, {false_alarms} false alarms");
    assert_eq!(false_alarms, 0);
    assert!(right * 20 >= passages * 17, "{right} of {passages}");
}

#[test]
fn the_post_that_started_it_holds_in_both_copies() {
    let path = Path::new("../shared/seed/discussion_post.txt");
    let Ok(post) = std::fs::read_to_string(path) else {
        return println!("skipped: {} is not there", path.display());
    };
    let lexicon = Lexicon::builtin().unwrap();
    let said: Vec<String> = Reader::new(&lexicon)
        .units(&post)
        .into_iter()
        .flat_map(|(claims, stance)| {
            let kept = claims.into_iter();
            let kept = kept.filter(|claim| !claim.ends_with("unattributed"));
            kept.chain((stance != "none").then(|| stance.to_owned()))
        })
        .collect();
    let [product, project, program] =
        ["product", "project", "program"].map(|role| format!("{role}>{role}:consistent"));
    let mut copy = vec!["reports_equating".to_owned()];
    copy.extend([product.clone(), project.clone(), project.clone()]);
    for _ in 0..5 {
        copy.extend([product.clone(), project.clone()]);
    }
    let mut wanted = [copy.clone(), copy].concat();
    wanted.extend([program.clone(), project.clone(), program, product, project]);
    wanted.extend(["distinguishes", "shared>joint:joint"].map(str::to_owned));
    assert_eq!(said, wanted);
}

/// Work of each role, in this project's words.
const WORK: [(&str, [&str; 4]); 3] = [
    (
        "product",
        [
            "owns the product roadmap",
            "sets the product vision",
            "prioritises the product backlog",
            "writes the user stories",
        ],
    ),
    (
        "project",
        [
            "draws up the project schedule",
            "tracks the project budget",
            "assigns the project tasks",
            "writes the weekly status report",
        ],
    ),
    (
        "program",
        [
            "aligns several projects with the strategy of the company",
            "coordinates the dependencies across projects",
            "secures the benefits of the programme",
            "reports to the steering committee of the programme",
        ],
    ),
];

/// Sentences that name no role and no role's work.
const UNRELATED: [&str; 4] = [
    "The canteen serves soup on Fridays.",
    "It rained when I wrote this page.",
    "My train was late again.",
    "A lighthouse stands on the rock.",
];

/// An essay of plain statements: who does whose work, and what stands before each.
fn essays() -> impl Strategy<Value = Vec<(usize, usize, usize, Option<usize>)>> {
    let unrelated = proptest::option::of(0..UNRELATED.len());
    proptest::collection::vec((0..3usize, 0..3usize, 0..4usize, unrelated), 1..7)
}

fn written(essay: &[(usize, usize, usize, Option<usize>)], names: [&str; 3]) -> String {
    let mut text = String::new();
    for (who, whose, which, unrelated) in essay {
        if let Some(unrelated) = unrelated {
            text.push_str(UNRELATED[*unrelated]);
            text.push(' ');
        }
        let work = WORK[*whose].1[*which];
        text.push_str(&format!("The {} manager {work}. ", names[*who]));
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn unrelated_sentences_and_swapped_names(essay in essays()) {
        let lexicon = LEXICON.get_or_init(|| Lexicon::builtin().unwrap());
        let reader = Reader::new(lexicon);
        let names = ["product", "project", "program"];
        let said = |text: &str| -> Vec<BTreeSet<String>> {
            let units = reader.units(text).into_iter().map(|(claims, _)| claims);
            units.filter(|claims| !claims.is_empty()).collect()
        };
        let whole = said(&written(&essay, names));
        let bare: Vec<_> = essay.iter().map(|(a, b, c, _)| (*a, *b, *c, None)).collect();
        prop_assert_eq!(&said(&written(&bare, names)), &whole);
        prop_assert_eq!(whole.len(), essay.len());
        let swapped = said(&written(&essay, ["project", "product", "program"]));
        for (((who, whose, ..), before), after) in essay.iter().zip(&whole).zip(&swapped) {
            let verdict = |claims: &BTreeSet<String>, of: Verdict| {
                claims.iter().any(|claim| claim.ends_with(of.name()))
            };
            let own = who == whose;
            prop_assert_eq!(verdict(before, Verdict::Consistent), own);
            prop_assert_eq!(verdict(before, Verdict::MixUp), !own);
            if *who < 2 && *whose < 2 {
                prop_assert_eq!(verdict(after, Verdict::MixUp), own);
                prop_assert_eq!(verdict(after, Verdict::Consistent), !own);
            }
        }
    }
}

static LEXICON: std::sync::OnceLock<Lexicon> = std::sync::OnceLock::new();
