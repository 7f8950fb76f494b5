//! The most confused documents, sentence by sentence, with the reason for each tag.

use std::ops::Range;

use askama::Template;

use super::figures::{clip, count, exact, percent};
use super::marks;
use super::stretches::{Stretch, stretches};
use super::tables::{Cases, Tables};
use crate::report::confused::{Case, Found, Sentence, Tag};
use crate::role::Role;

/// Bytes of the page that documents may take; the rest of them is left out, and told.
const MOST_BYTES: usize = 1_000_000;

/// The list of documents.
pub(super) struct List {
    pub(super) documents: Vec<String>,
    pub(super) confused: String,
}

#[derive(Template)]
#[template(path = "case.html")]
struct View {
    rank: usize,
    id: String,
    title: String,
    declared: Role,
    content: Role,
    off_role: String,
    off_role_exact: String,
    evidence: String,
    shares: Vec<Share>,
    left_out: usize,
    lines: Vec<Line>,
}

struct Share {
    role: Role,
    count: u32,
    percent: String,
    exact: String,
}

/// A sentence as stretches of text, some of them marked with a role.
struct Line {
    number: u32,
    kind: String,
    zone: String,
    stretches: Vec<Stretch<Role>>,
    cut: bool,
    tags: Vec<TagView>,
    reasons: Vec<Reason>,
}

struct TagView {
    role: Role,
    said: String,
    counted: bool,
}

struct Reason {
    role: Role,
    words: String,
    label: String,
    responsibility: String,
    pattern: String,
}

/// The section; `None` where the report does not hold the documents.
pub(super) fn cases(tables: &Tables) -> Option<List> {
    let Cases(cases) = tables.confused.as_ref()?;
    let mut documents = Vec::new();
    let mut bytes = 0;
    for (at, case) in cases.iter().enumerate() {
        let html = View::new(at + 1, case).to_string();
        bytes += html.len();
        if bytes > MOST_BYTES {
            break;
        }
        documents.push(html);
    }
    let roles = tables.roles.as_deref().unwrap_or_default();
    let all: u64 = roles.iter().filter_map(|row| row.confused_documents).sum();
    Some(List {
        documents,
        confused: count(all),
    })
}

impl View {
    fn new(rank: usize, case: &Case) -> View {
        let whole = case.counted_role_labelled;
        let counts = [
            case.counted_product,
            case.counted_project,
            case.counted_program,
        ];
        let share = |part: u32| (whole > 0).then(|| f64::from(part) / f64::from(whole));
        let shares = Role::SINGLE
            .into_iter()
            .zip(counts)
            .map(|(role, part)| Share {
                role,
                count: part,
                percent: percent(share(part)),
                exact: exact(share(part)),
            });
        View {
            rank,
            id: clip(&case.document_id, 80),
            title: clip(&case.title, 140),
            declared: case.declared_role,
            content: case.content_role,
            off_role: percent(share(case.counted_off_role)),
            off_role_exact: exact(share(case.counted_off_role)),
            evidence: format!(
                "{} of {} sentences with a role label",
                case.counted_off_role, whole
            ),
            shares: shares.collect(),
            left_out: case.units as usize - case.sentences.len().min(case.units as usize),
            lines: case.sentences.iter().map(Line::new).collect(),
        }
    }
}

impl Line {
    fn new(sentence: &Sentence) -> Line {
        let marks: Vec<(Range<usize>, Role)> = sentence
            .matches
            .iter()
            .map(|found| (found.start as usize..found.end as usize, found.role))
            .collect();
        let reasons = sentence.matches.iter();
        Line {
            number: sentence.sentence,
            kind: sentence.kind.clone(),
            zone: sentence.zone.clone(),
            stretches: stretches(&sentence.text, &marks),
            cut: sentence.cut,
            tags: sentence.tags.iter().map(TagView::new).collect(),
            reasons: reasons
                .map(|found| Reason::new(&sentence.text, found))
                .collect(),
        }
    }

    /// What is said of whose work the tags are; tags of which the same is said stand together.
    fn attributions(&self) -> Vec<(String, &str)> {
        let mut all: Vec<(String, &str)> = Vec::new();
        for tag in &self.tags {
            match all.iter_mut().find(|(_, said)| *said == tag.said) {
                Some((roles, _)) => *roles = format!("{roles}, {}", tag.role),
                None => all.push((tag.role.to_string(), &tag.said)),
            }
        }
        all
    }
}

impl TagView {
    fn new(tag: &Tag) -> TagView {
        let to = match tag.attributed_to.as_str() {
            "unattributed" => "none of the three roles",
            "joint" => "several roles together",
            role => role,
        };
        let by = match tag.basis.as_str() {
            "" => String::new(),
            basis => format!(", by {basis}"),
        };
        let not = if tag.counted { "" } else { "; not counted" };
        let said = format!("said of {to}{by}{not}");
        TagView {
            role: tag.role,
            said,
            counted: tag.counted,
        }
    }
}

impl Reason {
    fn new(text: &str, found: &Found) -> Reason {
        let words = text
            .get(found.start as usize..found.end as usize)
            .unwrap_or_default();
        Reason {
            role: found.role,
            words: clip(words.trim(), 80),
            label: clip(&found.label, 90),
            responsibility: clip(&found.responsibility, 80),
            pattern: clip(&found.pattern, 120),
        }
    }
}
