//! The summary on the terminal: what was read, what was found, who is confused with whom.

use std::fmt::Write;

use crate::aggregate::{Tally, stats};
use crate::analyze::ContentRole;
use crate::lexicon::Lexicon;
use crate::role::{Declared, Role};

/// How many responsibilities the summary lists.
const TOP: usize = 10;

/// The whole summary, for people; ends with a line break.
pub fn summary(tally: &Tally, lexicon: &Lexicon, color: bool) -> String {
    let mut out = String::new();
    counts(&mut out, tally);
    if tally.sums.documents > 0 {
        matrix(&mut out, tally, color);
        most_frequent(&mut out, tally, lexicon);
    }
    out
}

fn counts(out: &mut String, tally: &Tally) {
    let documents = noun(tally.sums.documents, "document");
    line(out, &format!("{:>10} {documents}", tally.sums.documents));
    let asides = [
        (
            tally.sums.set_aside,
            "in another language than English, left out",
        ),
        (tally.sums.repaired, "fields of damaged text repaired"),
    ];
    for (count, what) in asides.into_iter().filter(|(count, _)| *count > 0) {
        line(out, &format!("{count:>10}   {what}"));
    }
    let tagged = percent(tally.sums.tagged, tally.sums.units);
    line(
        out,
        &format!(
            "{:>10} {}, {} tagged ({tagged})",
            tally.sums.units,
            noun(tally.sums.units, "sentence"),
            tally.sums.tagged
        ),
    );
    for role in Role::ALL {
        let count = tally.sums.labels[role as usize];
        line(
            out,
            &format!(
                "{count:>10}   {:<8} {:>6}",
                role.name(),
                percent(count, tally.sums.units)
            ),
        );
    }
    if tally.sums.errors + tally.sums.warnings > 0 {
        line(
            out,
            &format!(
                "{:>10} {}, {} {}: see problems.csv",
                tally.sums.errors,
                noun(tally.sums.errors, "error"),
                tally.sums.warnings,
                noun(tally.sums.warnings, "warning")
            ),
        );
    }
}

fn matrix(out: &mut String, tally: &Tally, color: bool) {
    line(
        out,
        "\nDocuments by what the title declares (rows) and what the text says (columns)\n",
    );
    let mut head = format!("{:<12}", "");
    for content in ContentRole::ALL {
        let _ = write!(head, "{:>10}", content.name());
    }
    line(out, &format!("{head}{:>12}", "confused"));
    for declared in Declared::ALL.into_iter().map(Some).chain([None]) {
        let row = tally.confusion_row(declared);
        if row.iter().sum::<u64>() > 0 {
            matrix_row(out, declared, row, color);
        }
    }
}

fn matrix_row(out: &mut String, declared: Option<Declared>, row: &[u64; 5], color: bool) {
    let own = declared.and_then(Declared::role);
    let _ = write!(out, "{:<12}", declared.map_or("(untitled)", Declared::name));
    for (content, count) in ContentRole::ALL.into_iter().zip(row) {
        let is_own = own.is_some_and(|role| content == ContentRole::Role(role));
        let (on, off) = if color && is_own {
            ("\x1b[1m", "\x1b[0m")
        } else {
            ("", "")
        };
        let _ = write!(out, "{on}{count:>10}{off}");
    }
    let confused = own.map(|own| {
        let others = Role::SINGLE.into_iter().filter(|role| *role != own);
        percent(
            others.map(|role| row[role as usize]).sum(),
            row.iter().sum(),
        )
    });
    line(out, &format!("{:>12}", confused.unwrap_or_default()));
}

fn most_frequent(out: &mut String, tally: &Tally, lexicon: &Lexicon) {
    let mut order: Vec<usize> = (0..tally.entries.len())
        .filter(|at| tally.entries[*at].all_sentences() > 0)
        .collect();
    order.sort_by_key(|at| std::cmp::Reverse(tally.entries[*at].all_documents()));
    line(
        out,
        &format!(
            "\n{:>10} {:>10}  most frequent responsibilities",
            "documents", "sentences"
        ),
    );
    for at in order.into_iter().take(TOP) {
        let (counts, entry) = (&tally.entries[at], &lexicon.entries()[at]);
        let (documents, sentences) = (counts.all_documents(), counts.all_sentences());
        line(
            out,
            &format!(
                "{documents:>10} {sentences:>10}  {:<8} {}",
                entry.role.name(),
                entry.label
            ),
        );
    }
}

fn noun(count: u64, singular: &str) -> String {
    format!("{singular}{}", if count == 1 { "" } else { "s" })
}

fn percent(part: u64, whole: u64) -> String {
    stats::share(part, whole).map_or_else(String::new, |share| format!("{:.1} %", share * 100.0))
}

fn line(out: &mut String, text: &str) {
    out.push_str(text.trim_end());
    out.push('\n');
}
