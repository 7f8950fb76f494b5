//! `report.html`: one page, without any other file or network, made from the tables of a report's folder.
//!
//! The templates, the style and the script stand beside this code. Nothing is computed here that the
//! tables do not hold: numbers are read, rounded and drawn. askama escapes every text.

mod answer;
mod axis;
mod cases;
mod distinctive;
mod essays;
mod figures;
mod made;
mod marks;
mod matrix;
mod overlap;
mod picture;
mod prevalence;
mod profiles;
mod responsibilities;
mod stretches;
mod tables;

use askama::Template;

pub use essays::{Essay, EssaysPage};
pub use tables::{Cases, MOST_PROBLEMS, Tables};

use self::answer::Answer;

use self::distinctive::Distinctive;
use self::made::Made;

use self::overlap::Overlap;
use self::picture::Picture;
use self::tables::{ConfusionRow, PrevalenceRow, ProblemRow, RoleRow};
use crate::aggregate::ROLE_PAIRS;
use crate::role::Role;

/// The file's name.
pub const PAGE: &str = "report.html";

const STYLE: &str = include_str!("page.css");
const LIGHT: &str = include_str!("light.css");
const DARK: &str = include_str!("dark.css");
const CHARTS: &str = include_str!("charts.css");
const SCRIPT: &str = include_str!("page.js");

/// Sections of the page that are charts, each with the id of its picture.
#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    made: Made,
    answers: Option<Vec<Answer>>,
    matrix: Option<Picture>,
    confusion: &'a [ConfusionRow],
    profiles: Option<Picture>,
    roles: &'a [RoleRow],
    prevalence: Option<Picture>,
    shares: &'a [PrevalenceRow],
    overlap: Option<Overlap>,
    distinctive: Option<Distinctive>,
    cases: Option<cases::List>,
    responsibilities: Option<responsibilities::List>,
    problems: Option<&'a [ProblemRow]>,
}

/// A chart of the page that is also had as a file of its own.
#[derive(Clone, Copy, Debug)]
pub enum Chart {
    /// Documents by declared and content role.
    Confusion,
    /// What the sentences of each title are about.
    Profiles,
    /// How much of the text is work of each role.
    Prevalence,
    /// The sets of responsibilities of the roles.
    Overlap,
    /// The responsibilities that the roles share most.
    Shared,
    /// What sets each role apart.
    Distinctive,
}

impl Chart {
    /// The chart as an SVG file; `None` where the tables hold nothing to draw.
    pub fn file(self, tables: &Tables) -> Option<String> {
        let picture = match self {
            Chart::Confusion => matrix::chart(tables),
            Chart::Profiles => profiles::chart(tables),
            Chart::Prevalence => prevalence::chart(tables),
            Chart::Overlap => overlap::circles(tables),
            Chart::Shared => overlap::shared(tables),
            Chart::Distinctive => distinctive::chart(tables),
        };
        picture.map(|picture| picture.file(&Made::of(&tables.manifest)))
    }
}

/// The whole page. Equal tables give equal bytes; under 2 MB whatever the corpus.
pub fn page(tables: &Tables) -> String {
    let page = Page {
        made: Made::of(&tables.manifest),
        answers: Answer::of(tables),
        matrix: matrix::chart(tables),
        confusion: tables.confusion.as_deref().unwrap_or_default(),
        profiles: profiles::chart(tables),
        roles: tables.roles.as_deref().unwrap_or_default(),
        prevalence: prevalence::chart(tables),
        shares: tables.prevalence.as_deref().unwrap_or_default(),
        overlap: overlap::overlap(tables),
        distinctive: distinctive::distinctive(tables),
        cases: cases::cases(tables),
        responsibilities: responsibilities::list(tables),
        problems: tables.problems.as_deref(),
    };
    page.to_string()
}

impl Page<'_> {
    fn leading(&self) -> Option<&Answer> {
        self.answers.as_deref().and_then(Answer::leading)
    }

    /// Rows of the matrix that count documents.
    fn matrix_rows(&self) -> impl Iterator<Item = &ConfusionRow> {
        self.confusion.iter().filter(|row| row.row_total > 0)
    }

    fn is_resampled(&self) -> bool {
        self.matrix_rows().any(|row| row.boot_low.is_some())
    }

    fn is_deduplicated(&self) -> bool {
        self.matrix_rows().any(|row| row.dedup_documents.is_some())
    }

    /// Rows of `prevalence.csv` with sentences that could count.
    fn prevalence_rows(&self) -> impl Iterator<Item = &PrevalenceRow> {
        self.shares.iter().filter(|row| row.countable > 0)
    }

    fn has_intervals(&self) -> bool {
        self.shares.iter().any(|row| row.ci_low.is_some())
    }

    fn profile_rows(&self) -> impl Iterator<Item = (&RoleRow, [Option<f64>; 4])> {
        let rows = self.roles.iter().filter(|row| row.documents > 0);
        rows.map(|row| {
            let shares = [
                row.share_product,
                row.share_project,
                row.share_program,
                row.share_shared,
            ];
            (row, shares)
        })
    }

    fn counted_labels(row: &RoleRow) -> [u64; 4] {
        [
            row.counted_product,
            row.counted_project,
            row.counted_program,
            row.counted_shared,
        ]
    }
}
