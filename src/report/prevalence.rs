//! `prevalence.csv`: how much of the text is work of each role, corrected for the tagger's error where it was measured.

use crate::aggregate::corrected::rogan_gladen;
use crate::aggregate::{prevalences, stats};
use crate::report::Totals;
use crate::report::schema::{Column, DECLARED, LABELS, Schema};
use crate::role::Declared;

/// `prevalence.csv`.
pub const PREVALENCE: Schema = Schema {
    name: "prevalence",
    about: "One row per declared role and label: the share of the sentences that could count that do.",
    columns: &[
        Column::word(
            "declared_role",
            DECLARED,
            "what the titles declare; empty: no title",
        ),
        Column::word("label", LABELS, "the label").required(),
        Column::count(
            "countable",
            "sentences",
            "units in counted zones, repeats left out",
        )
        .required(),
        Column::count("counted", "sentences", "of those that count for the label").required(),
        Column::share("share", "counted ÷ countable"),
        Column::share(
            "ci_low",
            "lower limit of its 95 % interval under `--bootstrap` or `--cluster`",
        ),
        Column::share("ci_high", "upper limit"),
        Column::share(
            "sensitivity",
            "of the units that people label so, the share that the tool does; only with `--evaluation`",
        ),
        Column::share(
            "specificity",
            "of the units that people do not label so, the share that the tool does not",
        ),
        Column::share(
            "corrected",
            "(share + specificity − 1) ÷ (sensitivity + specificity − 1), kept between 0 and 1 (Rogan–Gladen)",
        ),
        Column::share(
            "corrected_low",
            "the same of ci_low: sampling of documents only, not the error of sensitivity and specificity",
        ),
        Column::share("corrected_high", "the same of ci_high"),
        Column::text("reason", "why an interval that was asked for is empty"),
    ],
    key: &["declared_role", "label"],
    references: &[],
};

/// The whole table.
pub fn prevalence(totals: &Totals<'_>) -> Vec<u8> {
    let mut table = totals.table(&PREVALENCE);
    for (at, (declared, label, counted, countable)) in
        prevalences(&totals.tallies.tally).into_iter().enumerate()
    {
        let share = stats::share(counted, countable);
        let interval = totals.extras.interval(|all| all.prevalence[at]);
        let corrected =
            |share: f64| rogan_gladen(share, &totals.extras.measured?.labels[label as usize]);
        let found = share.and_then(corrected);
        let limits =
            interval.and_then(|(low, high)| Some((corrected(low)?.share, corrected(high)?.share)));
        table
            .cell(declared.map_or("", Declared::name))
            .cell(label.name())
            .number(countable)
            .number(counted)
            .value(share)
            .interval(interval)
            .value(found.map(|found| found.sensitivity))
            .value(found.map(|found| found.specificity))
            .value(found.map(|found| found.share))
            .interval(limits)
            .cell(totals.extras.reason(share, interval))
            .end_row();
    }
    table.into_bytes()
}
