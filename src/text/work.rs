//! Steps counted in tests, so that a test sees whether the work grows faster than the text.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Adds `count` steps: bytes, characters, lines or blocks that were looked at. Nothing outside tests.
#[inline(always)]
pub(super) fn steps(count: usize) {
    #[cfg(test)]
    STEPS.with(|steps| steps.set(steps.get() + count));
    #[cfg(not(test))]
    let _ = count;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Markup, Structure};
    use crate::text::{Scratch, Splitter};

    fn work(splitter: &Splitter, text: &str) -> usize {
        STEPS.set(0);
        splitter.structure(
            text,
            Markup::Text,
            &mut Scratch::default(),
            &mut Structure::default(),
        );
        STEPS.get()
    }

    const SHAPES: &[&str] = &[
        "a",
        "aA",
        "Aa",
        "A",
        ". ",
        ".",
        "? ",
        "?$",
        "? $ ",
        "! ( ",
        ".) ",
        ".\" ",
        "a.",
        "A.",
        "a.A",
        "1.",
        "1. ",
        "1. a ",
        "a) b) ",
        "(1) ",
        "•",
        "• ",
        "• a\n",
        "- a\n",
        "-\n",
        "- ",
        "* ",
        "* A",
        " A",
        "  A",
        "   A",
        "\u{a0}",
        "\u{a0} A",
        "\t",
        "a\t",
        "|",
        "a|",
        "| a | b |\n",
        "a\tb\n",
        "a   b\n",
        "|\n",
        "\n",
        "a\n",
        "A\n",
        "Deep Soil\n",
        "Deep Soil\n\n",
        "A:\n",
        "# a\n",
        "#\n",
        "---\n",
        "```\n",
        "> ",
        ">",
        "(",
        ")",
        "[",
        "a;",
        "a; ",
        ": ",
        "a:b",
        "a: b;",
        "e.g. ",
        "I. ",
        "P. ",
        "word. ",
        "Word. ",
        "a. . . . B ",
        ". . . . B",
        "…",
        "…A",
        "http://",
        "a@b ",
        "#a",
        "*",
        "**",
        "_a",
        "**a** ",
        "é",
        "éÉ",
        "中",
        "中。",
        "\u{301}",
        "\u{200b}",
        "\u{2028}",
        "growthOur ",
        "growth.Our",
        "Manage the beds ",
        "HRLead",
        "3+ years",
        "a3+ years",
        "\r",
        "\r\n",
        "a\r\n",
        "Moss, P. (2020). Beds.\n",
        "www.a.b\n",
        "Head Gardener\nYard Planner\n• a\n• b\n• c\n• d\n",
        "Digs and waters,\n",
        "Head: Yard:\n• a\n• b\n",
        "a, and\n",
        "References\n",
        "Duties\n",
        "DutiesAa",
        "Job DutiesAa",
        "[Smith 5] ",
        ". (5",
        ". [5] ",
    ];

    /// Each shape is repeated to some 20 kB and to four times as much.
    #[test]
    fn work_grows_no_faster_than_the_text() {
        let splitter = Splitter::default();
        for bit in SHAPES {
            let small = bit.repeat(20_000 / bit.len());
            let large = small.repeat(4);
            let (few, many) = (work(&splitter, &small), work(&splitter, &large));
            assert!(
                many <= few * 9 / 2 + 1000,
                "{bit:?}: {few} steps for {}, {many} for {} bytes",
                small.len(),
                large.len()
            );
            assert!(
                many <= large.len() * 100,
                "{bit:?}: {many} steps for {} bytes",
                large.len()
            );
        }
    }

    /// Ever deeper lists: the text grows with the square of the depth, the work no faster than the text.
    #[test]
    fn deep_nesting_is_no_more_work_than_its_text() {
        let splitter = Splitter::default();
        let nested = |depth: usize| {
            (0..depth)
                .map(|level| format!("{}- dig\n", " ".repeat(level)))
                .collect::<String>()
        };
        let (small, large) = (nested(300), nested(600));
        let (few, many) = (work(&splitter, &small), work(&splitter, &large));
        assert!(
            many * small.len() <= few * large.len() * 5 / 4,
            "{few} and {many} steps"
        );
    }

    #[test]
    fn hostile_megabytes_end() {
        let splitter = Splitter::default();
        let line = "Dig the beds, water them and go home. ".repeat(5_000_000 / 38);
        for text in [
            "x".repeat(1_000_000),
            "aA".repeat(500_000),
            ". ".repeat(500_000),
            "- dig\n".repeat(100_000),
            line,
        ] {
            let steps = work(&splitter, &text);
            assert!(
                steps <= text.len() * 20,
                "{} steps for {} bytes",
                steps,
                text.len()
            );
        }
    }
}
