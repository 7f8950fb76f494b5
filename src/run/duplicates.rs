//! Near-duplicate documents: MinHash to find pairs that may be alike, word shingles to tell whether they are.
//!
//! Signatures are cut into bands; documents that share a band are compared (Broder 1997; Leskovec et al.,
//! Mining of Massive Datasets, ch. 3). Bands and shingles are kept in temporary files, 240 bytes a document and 4 a
//! shingle; memory holds some bytes a document, the ids of repeated ones and one file of bands at a time.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use crate::aggregate::Facts;
use crate::aggregate::bootstrap::Random;
use crate::error::Error;
use crate::run::extras::{spilling, temporary};

/// Words in a row that make a shingle.
const SHINGLE: usize = 5;
/// Jaccard similarity of shingles from which two documents are near-duplicates.
pub(crate) const SIMILAR: f64 = 0.8;
/// Bands of a signature and hashes of a band: documents as alike as [`SIMILAR`] share one with probability .998.
const BANDS: usize = 20;
const ROWS: usize = 6;
/// Files that the bands are dealt out to, so that each fits into memory.
const FILES: usize = 64;
/// Groups that a document is compared with at most for each band: keeps the work linear.
const COMPARED: usize = 8;

/// Collects the documents of a corpus.
pub(super) struct Finder {
    multipliers: Vec<(u32, u32)>,
    bands: Vec<BufWriter<File>>,
    shingles: BufWriter<File>,
    /// Where the shingles of each document end in their file, in shingles.
    ends: Vec<u64>,
}

/// Which documents repeat which.
pub(super) struct Found {
    first: Vec<u32>,
    similarity: Vec<f32>,
    repeated: Vec<bool>,
}

impl Finder {
    pub(super) fn new(folder: &Path) -> Result<Finder, Error> {
        let mut random = Random::new(1);
        let mut odd = || random.bits() as u32 | 1;
        let files: Result<Vec<File>, Error> = (0..FILES).map(|_| temporary(folder)).collect();
        Ok(Finder {
            multipliers: (0..BANDS * ROWS).map(|_| (odd(), odd())).collect(),
            bands: files?.into_iter().map(BufWriter::new).collect(),
            shingles: BufWriter::new(temporary(folder)?),
            ends: Vec::new(),
        })
    }

    /// Takes in the next document.
    pub(super) fn add(&mut self, facts: &Facts<'_>) -> Result<(), Error> {
        let shingles = shingles(facts);
        let number = self.ends.len() as u32;
        for shingle in &shingles {
            self.shingles
                .write_all(&shingle.to_le_bytes())
                .map_err(spilling)?;
        }
        let before = self.ends.last().copied().unwrap_or(0);
        self.ends.push(before + shingles.len() as u64);
        if shingles.is_empty() {
            return Ok(());
        }
        let least = |(a, b): &(u32, u32)| {
            shingles
                .iter()
                .map(|shingle| mix(shingle.wrapping_mul(*a) ^ b))
                .min()
        };
        let signature: Vec<u32> = self.multipliers.iter().filter_map(least).collect();
        for (band, rows) in (0u64..).zip(signature.chunks(ROWS)) {
            let hash = rows
                .iter()
                .fold(band, |hash, row| Random::new(hash ^ u64::from(*row)).bits());
            let file = &mut self.bands[(hash >> 58) as usize % FILES];
            file.write_all(&hash.to_le_bytes()).map_err(spilling)?;
            file.write_all(&number.to_le_bytes()).map_err(spilling)?;
        }
        Ok(())
    }

    /// Compares what may be alike. A document belongs to the earliest document that it is as alike as [`SIMILAR`].
    pub(super) fn finish(self) -> Result<Found, Error> {
        let mut shingles = Shingles {
            file: self
                .shingles
                .into_inner()
                .map_err(|error| spilling(error.into_error()))?,
            ends: self.ends,
        };
        let documents = shingles.ends.len();
        let mut found = Found {
            first: (0..documents as u32).collect(),
            similarity: vec![1.0; documents],
            repeated: vec![false; documents],
        };
        for file in self.bands {
            let mut file = file
                .into_inner()
                .map_err(|error| spilling(error.into_error()))?;
            let mut entries = read_bands(&mut file).map_err(spilling)?;
            entries.sort_unstable();
            for bucket in entries.chunk_by(|a, b| a.0 == b.0) {
                compare(bucket, &mut shingles, &mut found)?;
            }
        }
        settle(&mut shingles, &mut found)?;
        Ok(found)
    }
}

/// Compares the documents of a bucket with the firsts of the groups that are in it.
fn compare(bucket: &[(u64, u32)], shingles: &mut Shingles, found: &mut Found) -> Result<(), Error> {
    let mut firsts: Vec<u32> = Vec::new();
    for (_, document) in bucket {
        let own = found.root(*document);
        if firsts.contains(&own) {
            continue;
        }
        let mut joined = false;
        for first in &firsts {
            if shingles.similarity(*first, own)? >= SIMILAR {
                let (low, high) = (own.min(*first), own.max(*first));
                found.first[high as usize] = low;
                joined = true;
                break;
            }
        }
        if !joined && firsts.len() < COMPARED {
            firsts.push(own);
        }
    }
    Ok(())
}

/// Points every document at the first of its group, and says how alike the two are. One that has become less alike
/// than [`SIMILAR`] by way of others stands for itself.
fn settle(shingles: &mut Shingles, found: &mut Found) -> Result<(), Error> {
    for document in 0..found.first.len() as u32 {
        let root = found.root(document);
        let at = document as usize;
        found.first[at] = root;
        if root == document {
            continue;
        }
        let alike = shingles.similarity(root, document)?;
        found.similarity[at] = alike as f32;
        found.repeated[root as usize] = true;
    }
    Ok(())
}

impl Found {
    /// The first document of a document's group (itself, where it repeats none), and how alike they are.
    pub(super) fn of(&self, document: u32) -> (u32, f64) {
        let at = document as usize;
        (self.first[at], f64::from(self.similarity[at]))
    }

    /// Whether others repeat it.
    pub(super) fn is_repeated(&self, document: u32) -> bool {
        self.repeated[document as usize]
    }

    fn root(&self, document: u32) -> u32 {
        let mut at = document;
        while self.first[at as usize] != at {
            at = self.first[at as usize];
        }
        at
    }
}

/// The shingles of all documents on disk.
struct Shingles {
    file: File,
    ends: Vec<u64>,
}

impl Shingles {
    fn of(&mut self, document: u32) -> Result<Vec<u32>, Error> {
        let at = document as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        let mut bytes = vec![0; 4 * (self.ends[at] - start) as usize];
        self.file
            .seek(SeekFrom::Start(4 * start))
            .map_err(spilling)?;
        self.file.read_exact(&mut bytes).map_err(spilling)?;
        Ok(bytes
            .chunks_exact(4)
            .map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
            .collect())
    }

    /// Jaccard similarity of two documents' sets of shingles.
    fn similarity(&mut self, a: u32, b: u32) -> Result<f64, Error> {
        Ok(jaccard(&self.of(a)?, &self.of(b)?))
    }
}

/// Jaccard similarity of two sorted sets.
fn jaccard(a: &[u32], b: &[u32]) -> f64 {
    let both = a
        .iter()
        .filter(|shingle| b.binary_search(shingle).is_ok())
        .count();
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}

/// Hashes of all runs of [`SHINGLE`] words, case aside, sorted, each once; a shorter text is one shingle.
fn shingles(facts: &Facts<'_>) -> Vec<u32> {
    let mut words: Vec<u64> = Vec::new();
    for unit in &facts.units {
        let plain = |c: char| !c.is_alphanumeric();
        for word in unit.text.split(plain).filter(|word| !word.is_empty()) {
            let folded = word.chars().flat_map(char::to_lowercase);
            words.push(folded.fold(0, |hash, c| Random::new(hash ^ c as u64).bits()));
        }
    }
    let size = SHINGLE.min(words.len()).max(1);
    let hash = |run: &[u64]| {
        run.iter()
            .fold(0, |hash, word| Random::new(hash ^ word).bits()) as u32
    };
    let mut shingles: Vec<u32> = words.windows(size).map(hash).collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// Spreads the bits of a product (the finaliser of MurmurHash3).
fn mix(mut bits: u32) -> u32 {
    bits = (bits ^ (bits >> 16)).wrapping_mul(0x85eb_ca6b);
    bits = (bits ^ (bits >> 13)).wrapping_mul(0xc2b2_ae35);
    bits ^ (bits >> 16)
}

fn read_bands(file: &mut File) -> std::io::Result<Vec<(u64, u32)>> {
    file.rewind()?;
    let mut bytes = Vec::new();
    BufReader::new(file).read_to_end(&mut bytes)?;
    let entry = |twelve: &[u8]| {
        let (hash, number) = twelve.split_at(8);
        let hash = u64::from_le_bytes(hash.try_into().expect("eight bytes"));
        (
            hash,
            u32::from_le_bytes(number.try_into().expect("four bytes")),
        )
    };
    Ok(bytes.chunks_exact(12).map(entry).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::ContentRole;
    use crate::role::RoleSet;

    #[test]
    fn reposted_texts_are_found_and_others_are_not() {
        let words = |seed: u64| {
            let mut random = Random::new(seed);
            (0..120)
                .map(|_| format!("w{}", random.below(400)))
                .collect::<Vec<_>>()
        };
        let mut texts: Vec<Vec<String>> = (0..300).map(words).collect();
        // 7 and 200 are reposts of 3: one word changed, and case.
        texts[7] = texts[3].clone();
        texts[7][60] = "other".into();
        texts[200] = texts[3].iter().map(|word| word.to_uppercase()).collect();
        // Half of it is not enough.
        texts[250] = texts[3][..60]
            .iter()
            .chain(&texts[250][60..])
            .cloned()
            .collect();
        let place = tempfile::tempdir().unwrap();
        let mut finder = Finder::new(place.path()).unwrap();
        for text in &texts {
            let text = text.join(" ");
            let mut facts = Facts {
                id: "a",
                declared: None,
                content: ContentRole::None,
                countable: 0,
                units: Vec::new(),
                entries: Vec::new(),
            };
            facts.push(RoleSet::EMPTY, RoleSet::EMPTY, &text, [].into_iter());
            finder.add(&facts).unwrap();
        }
        let found = finder.finish().unwrap();
        let repeats: Vec<u32> = (0..300).filter(|at| found.of(*at).0 != *at).collect();
        assert_eq!(repeats, [7, 200]);
        assert_eq!((found.of(7).0, found.of(200)), (3, (3, 1.0)));
        assert!(found.of(7).1 > 0.9 && found.of(7).1 < 1.0 && found.is_repeated(3));
    }
}
