//! Documents that are packed as ZIP archives (Office, OpenDocument) → their parts.

use std::io::BufReader;

use super::Limits;
use super::archive::{Archive, Inflated, Store};
use super::xml::{self, Node};

/// Times that all parts together may be larger than one record.
const PARTS: u64 = 4;

/// Most references of one part to others: more than any document has.
const MOST_RELATIONS: usize = 1 << 16;

/// An opened document.
pub(super) struct Package(Archive);

/// One part of it, to be read once.
pub(super) struct Part<'a> {
    name: &'a str,
    content: Inflated,
}

/// How one part refers to another.
pub(super) struct Relation {
    pub id: String,
    /// The last word of its type, such as `styles`.
    pub kind: String,
    /// The name of the part.
    pub target: String,
}

impl Package {
    /// Opens a document; `Err` says why it cannot be read.
    pub(super) fn open(store: Store, limits: &Limits) -> Result<Package, String> {
        let most = limits.record;
        if store.length().map_err(|error| error.to_string())? > most as u64 {
            return Err(format!("is longer than {most} bytes (--max-record)"));
        }
        let limits = Limits {
            unpacked: (limits.record as u64).saturating_mul(PARTS),
            ..*limits
        };
        Archive::open(store, 0, limits).map(Package)
    }

    /// The part of that name; `None` where there is none.
    pub(super) fn part(&self, name: &str) -> Result<Option<Part<'_>>, String> {
        let mut members = self.0.members().iter();
        let Some(member) = members.find(|member| member.name.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        if let Some(reason) = &member.refused {
            return Err(reason.clone());
        }
        let failed = |error| format!("cannot be read: {name}: {error}");
        Ok(Some(Part {
            name: &member.name,
            content: self.0.read(member).map_err(failed)?,
        }))
    }

    /// The parts that the part `of` refers to, or the whole document where that is empty.
    pub(super) fn relations(&self, of: &str) -> Result<Vec<Relation>, String> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let separator = if folder.is_empty() { "" } else { "/" };
        let mut found = Vec::new();
        let Some(part) = self.part(&format!("{folder}{separator}_rels/{file}.rels"))? else {
            return Ok(found);
        };
        part.walk(|node| {
            if found.len() > MOST_RELATIONS {
                return Err(format!("it has more than {MOST_RELATIONS} relations"));
            }
            if let Node::Open("Relationship", attributes) = node {
                let get = |name| attributes.get(name).unwrap_or_default();
                let target = get("Target");
                found.push(Relation {
                    id: get("Id"),
                    kind: get("Type")
                        .rsplit('/')
                        .next()
                        .unwrap_or_default()
                        .to_string(),
                    target: match target.strip_prefix('/') {
                        Some(absolute) => absolute.to_string(),
                        None => format!("{folder}{separator}{target}"),
                    },
                });
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The name of the first part that `of` refers to as `kind`.
    pub(super) fn related(&self, of: &str, kind: &str) -> Result<Option<String>, String> {
        let mut relations = self.relations(of)?.into_iter();
        let found = relations.find(|relation| relation.kind == kind);
        Ok(found.map(|relation| relation.target))
    }
}

impl Part<'_> {
    /// Calls `visit` on all nodes of the part until it fails.
    pub(super) fn walk(
        self,
        visit: impl FnMut(Node<'_>) -> Result<(), String>,
    ) -> Result<(), String> {
        let name = self.name;
        let content = BufReader::new(self.content);
        xml::walk(content, visit)
            .map_err(|error| format!("is damaged or too large: {name}: {error}"))
    }
}
