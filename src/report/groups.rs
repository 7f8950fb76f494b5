//! The tables of `--group-by`: confusion, overlap and keyness of each group, and one line per group and role.

use crate::aggregate::{Tally, distinctions, overlaps, stats};
use crate::analyze::ContentRole;
use crate::report::schema::{CONTENT, Column, DECLARED, LABELS, OF_RESPONSIBILITY, ROLES, Schema};
use crate::report::{Table, Totals};
use crate::role::{Declared, Role};

/// What stands for all groups beyond the thousand largest.
pub const OTHER_GROUPS: &str = "(other groups)";

const GROUP: Column = Column::text(
    "group",
    "value of the column named by `--group-by`; empty where it is; `(other groups)` beyond the thousand largest",
);

/// `groups.csv`.
pub const GROUPS: Schema = Schema {
    name: "groups",
    about: "Under `--group-by`, one row per group and declared role: how far its documents are confused.",
    columns: &[
        GROUP,
        Column::word("declared_role", ROLES, "what the titles declare").required(),
        Column::count(
            "documents",
            "documents",
            "documents of the group that declare the role",
        )
        .required(),
        Column::count(
            "confused",
            "documents",
            "of those whose text speaks for another single role",
        )
        .required(),
        Column::share("confusion", "confused ÷ documents"),
        Column::share("ci_low", "lower limit of its 95 % Wilson interval"),
        Column::share("ci_high", "upper limit"),
    ],
    key: &["group", "declared_role"],
    references: &[],
};

/// `groups_confusion.csv`.
pub const GROUPS_CONFUSION: Schema = Schema {
    name: "groups_confusion",
    about: "confusion.csv for each group of `--group-by`, cells without documents left out.",
    columns: &[
        GROUP,
        Column::word(
            "declared_role",
            DECLARED,
            "what the titles declare; empty: no title",
        ),
        Column::word("content_role", CONTENT, "what the texts say").required(),
        Column::count("documents", "documents", "documents of the cell").required(),
        Column::count(
            "row_total",
            "documents",
            "documents of the group that declare the role",
        )
        .required(),
        Column::share("share", "documents ÷ row_total").required(),
        Column::share(
            "ci_low",
            "lower limit of the 95 % Wilson interval of the share",
        )
        .required(),
        Column::share("ci_high", "upper limit").required(),
    ],
    key: &["group", "declared_role", "content_role"],
    references: &[],
};

/// `groups_overlap.csv`.
pub const GROUPS_OVERLAP: Schema = Schema {
    name: "groups_overlap",
    about: "overlap.csv for each group of `--group-by`.",
    columns: &[
        GROUP,
        Column::word("role_a", ROLES, "the first role").required(),
        Column::word("role_b", ROLES, "the second role").required(),
        Column::word(
            "level",
            &["sentence", "document", "responsibility"],
            "what the compared sets hold",
        )
        .required(),
        Column::text("measure", "as in overlap.csv").required(),
        Column::share("value", "the measure; empty where it would divide by 0"),
        Column::count("both", "members", "members of both sets; empty for ruzicka"),
        Column::count(
            "either",
            "members",
            "members of one of the two sets at least",
        ),
    ],
    key: &["group", "role_a", "role_b", "level", "measure"],
    references: &[],
};

/// `groups_keyness.csv`.
pub const GROUPS_KEYNESS: Schema = Schema {
    name: "groups_keyness",
    about: "keyness.csv within each group of `--group-by`: entries with a q of .05 or less. Each group is a table of its own: q and \
            lrc take its tests together.",
    columns: &[
        GROUP,
        Column::word("target_role", ROLES, "the declared role that is set apart").required(),
        Column::text("responsibility", "id of the entry").required(),
        Column::word("role", LABELS, "its label").required(),
        Column::number("lrc", "conservative log ratio, as in keyness.csv").required(),
        Column::number("log_ratio", "as in keyness.csv").required(),
        Column::number("g2", "as in keyness.csv").required(),
        Column::share("q", "Benjamini–Hochberg over the tests of the group").required(),
        Column::count(
            "documents_target",
            "documents",
            "documents that declare the role in which the entry counts",
        )
        .required(),
        Column::count(
            "target_total",
            "documents",
            "documents that declare the role",
        )
        .required(),
        Column::count(
            "documents_reference",
            "documents",
            "documents that declare another of the three in which it counts",
        )
        .required(),
        Column::count(
            "reference_total",
            "documents",
            "documents that declare another of the three",
        )
        .required(),
    ],
    key: &["group", "target_role", "responsibility"],
    references: &[OF_RESPONSIBILITY],
};

fn each_group(
    totals: &Totals<'_>,
    schema: &Schema,
    rows: impl Fn(&mut Table, &str, &Tally),
) -> Vec<u8> {
    let mut table = totals.table(schema);
    for (name, tally) in &totals.extras.groups {
        rows(&mut table, name, tally);
    }
    table.into_bytes()
}

/// `groups.csv`.
pub fn groups(totals: &Totals<'_>) -> Vec<u8> {
    each_group(totals, &GROUPS, |table, group, tally| {
        for role in Role::SINGLE {
            let row = tally.confusion_row(Some(Declared::Role(role)));
            let total = row.iter().sum();
            let others = Role::SINGLE.into_iter().filter(|other| *other != role);
            let confused = others.map(|other| row[other as usize]).sum();
            let interval = stats::wilson(confused, total);
            table
                .cell(group)
                .cell(role.name())
                .number(total)
                .number(confused)
                .value(stats::share(confused, total))
                .interval(interval)
                .end_row();
        }
    })
}

/// `groups_confusion.csv`.
pub fn groups_confusion(totals: &Totals<'_>) -> Vec<u8> {
    each_group(totals, &GROUPS_CONFUSION, |table, group, tally| {
        for declared in Declared::ALL.into_iter().map(Some).chain([None]) {
            let row = tally.confusion_row(declared);
            let total = row.iter().sum();
            for (content, documents) in ContentRole::ALL.into_iter().zip(row) {
                if *documents > 0 {
                    table
                        .cell(group)
                        .cell(declared.map_or("", Declared::name))
                        .cell(content.name())
                        .number(*documents)
                        .number(total)
                        .value(stats::share(*documents, total))
                        .interval(stats::wilson(*documents, total))
                        .end_row();
                }
            }
        }
    })
}

/// `groups_overlap.csv`.
pub fn groups_overlap(totals: &Totals<'_>) -> Vec<u8> {
    each_group(totals, &GROUPS_OVERLAP, |table, group, tally| {
        for one in overlaps(tally) {
            table
                .cell(group)
                .cell(one.roles.0.name())
                .cell(one.roles.1.name())
                .cell(one.level)
                .cell(one.measure)
                .value(one.value)
                .count(one.sets.map(|sets| sets.both))
                .count(one.sets.map(|sets| sets.either()))
                .end_row();
        }
    })
}

/// `groups_keyness.csv`.
pub fn groups_keyness(totals: &Totals<'_>) -> Vec<u8> {
    each_group(totals, &GROUPS_KEYNESS, |table, group, tally| {
        for found in distinctions(tally).iter().filter(|found| found.q <= 0.05) {
            let entry = &totals.lexicon.entries()[found.entry];
            table
                .cell(group)
                .cell(found.target.name())
                .cell(&entry.id)
                .cell(entry.role.name())
                .value(Some(found.lrc))
                .value(Some(found.contrast.log_ratio()))
                .value(Some(found.contrast.g2()))
                .small(found.q)
                .number(found.contrast.a)
                .number(found.contrast.n1)
                .number(found.contrast.b)
                .number(found.contrast.n2)
                .end_row();
        }
    })
}
