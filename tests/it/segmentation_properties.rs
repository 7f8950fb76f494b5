//! Properties that hold for any text: arbitrary Unicode, and text spliced from the shapes of real documents.

use proptest::prelude::*;
use rolecall::document::{Markup, Structure, Unit};
use rolecall::text::{RULES, Scratch, Splitter};

/// Bits of real shapes, to be put together at random.
const BITS: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "  ",
    "   ",
    "\t",
    "\u{a0}",
    "\u{a0}\u{a0}",
    ". ",
    ".",
    "? ",
    "! ",
    ": ",
    ":",
    "; ",
    ";",
    ", ",
    " | ",
    "|",
    "\n| --- | --- |\n",
    "- ",
    "\n- ",
    "\n* ",
    "\n• ",
    " • ",
    "·",
    "\n·\n",
    "\no ",
    "1. ",
    "2) ",
    "(a) ",
    "b. ",
    "1.) ",
    "\n1. ",
    "\n2. ",
    "\niv. ",
    "## ",
    "\n### ",
    "**",
    "__",
    "`",
    "```\n",
    "---\n",
    "===\n",
    "…",
    " . . . ",
    "....",
    "(",
    ")",
    "\"",
    "’",
    "“",
    "”",
    "[",
    "]",
    "<",
    ">",
    "&amp;",
    "§",
    "€",
    "\u{2028}",
    "\u{85}",
    "\u{feff}",
    "\u{200b}",
    "the garden",
    "Water",
    "waterPlant",
    "growthOur",
    "soilManage the beds",
    "HRLead",
    "McDigger",
    "e.g",
    "Inc",
    "U.S",
    "Dr",
    "No",
    "5 p.m",
    "P. Q. Moss",
    "3+ years",
    "beds3+ years",
    "Responsibilities",
    "Duties:",
    "Head Gardener",
    "Garden Planner: Yard Planner:",
    "References",
    "Moss, P. (2020).",
    "https://example.org/a?b=C.d",
    "www.example.com",
    "someone@example.com",
    "#LovePlants",
    "é",
    "Été",
    "中文。",
    "नमस्ते",
    "👩‍🌾",
    "e\u{301}",
    "ﬁ",
    "ǅ",
    "İ",
    "ß",
    "\0",
    "🇩🇪",
];

fn spliced() -> impl Strategy<Value = String> {
    proptest::collection::vec(0..BITS.len(), 0..60)
        .prop_map(|bits| bits.iter().map(|bit| BITS[*bit]).collect())
}

thread_local! {
    static SPLITTER: Splitter = Splitter::default();
}

fn split(text: &str, markup: Markup, scratch: &mut Scratch) -> Vec<Unit> {
    let mut structure = Structure::default();
    SPLITTER.with(|splitter| splitter.structure(text, markup, scratch, &mut structure));
    structure.units
}

fn units(text: &str, markup: Markup) -> Vec<Unit> {
    split(text, markup, &mut Scratch::default())
}

fn check(text: &str, markup: Markup) {
    let units = units(text, markup);
    let mut end = 0;
    let mut block = 0;
    for (index, unit) in units.iter().enumerate() {
        let earlier = |other: Option<u32>| other.is_none_or(|other| (other as usize) < index);
        let span = unit.span.range();
        let gap = text
            .get(end..span.start)
            .unwrap_or_else(|| panic!("{unit:?} begins before {end} in {text:?}"));
        assert!(
            !gap.contains(char::is_alphanumeric),
            "{gap:?} is in no unit of {text:?}"
        );
        assert!(
            text.is_char_boundary(span.end) && unit.span.contains(unit.content),
            "{unit:?} of {text:?}"
        );
        let words = unit.content.of(text);
        assert!(
            words.contains(char::is_alphanumeric),
            "{unit:?} of {text:?} is empty"
        );
        assert!(!words.starts_with(char::is_whitespace) && !words.ends_with(char::is_whitespace));
        assert!(
            earlier(unit.heading)
                && earlier(unit.column)
                && earlier(unit.row)
                && earlier(unit.intro),
            "{unit:?}"
        );
        assert!(
            unit.block >= block && RULES.contains(&unit.rule),
            "{unit:?} of {text:?}"
        );
        block = unit.block;
        end = span.end;
    }
    assert!(
        !text[end..].contains(char::is_alphanumeric),
        "{:?} is in no unit of {text:?}",
        &text[end..]
    );
}

fn shown(text: &str) -> Vec<(String, &'static str, Option<u32>, u32)> {
    let show = |unit: Unit| {
        let words = unit.content.of(text).replace("\r\n", "\n");
        (words, unit.rule, unit.heading, unit.block)
    };
    units(text, Markup::Text).into_iter().map(show).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn units_partition_spliced_text(text in spliced()) {
        check(&text, Markup::Text);
        check(&text, Markup::Markdown);
    }

    #[test]
    fn units_partition_any_text(text in any::<String>()) {
        check(&text, Markup::Text);
    }

    #[test]
    fn line_ends_of_windows_make_no_difference(text in spliced()) {
        prop_assume!(!text.contains('\r'));
        prop_assert_eq!(shown(&text), shown(&text.replace('\n', "\r\n")));
    }

    #[test]
    fn scratch_leaves_no_trace(first in spliced(), second in spliced()) {
        let mut scratch = Scratch::default();
        split(&first, Markup::Text, &mut scratch);
        let dirty = split(&second, Markup::Text, &mut scratch);
        let fresh = units(&second, Markup::Text);
        prop_assert_eq!(format!("{dirty:?}"), format!("{fresh:?}"));
    }
}
