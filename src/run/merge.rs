//! `rolecall merge`: the folders of `analyze --part K/N` → the report of one run, byte for byte.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use crate::aggregate::{Tallies, Tally};
use crate::error::Error;
use crate::lexicon::Lexicon;
use crate::report::{Confused, OUTPUTS, Outputs, STREAMED};
use crate::run::analyze::{finish_report, header};
use crate::run::folder::{Folder, OutputFile};
use crate::run::manifest::{PART_FILE, PART_INDEX, PartFile};

/// One part's folder, opened for reading in record order.
struct PartReader {
    path: PathBuf,
    part: PartFile,
    outputs: Outputs,
    index: BufReader<File>,
    files: [Option<BufReader<File>>; STREAMED],
}

/// Merges the parts in `folders` (in any order) into `out`.
///
/// # Errors
///
/// [`Error::Usage`] where a part is missing, given twice or of another run or lexicon.
pub fn merge(
    folders: &[PathBuf],
    out: &Path,
    overwrite: bool,
    lexicon: &Lexicon,
) -> Result<Tally, Error> {
    let mut parts: Vec<PartReader> = folders
        .iter()
        .map(|folder| PartReader::open(folder))
        .collect::<Result<_, _>>()?;
    parts.sort_by_key(|part| part.part.part.number);
    check(&parts, lexicon)?;
    parts[0].part.study.asked().check_features()?;
    let outputs = parts[0].outputs;
    let folder = Folder::create(out, overwrite)?;
    let mut files: [Option<OutputFile>; STREAMED] = [None, None, None, None];
    for (file, output) in files.iter_mut().zip(outputs.streamed()) {
        if let Some(output) = output {
            file.insert(folder.open(output.file)?).write(&header(
                output,
                &parts[0].part.kept,
                parts[0].part.study.asked().csv_safe,
            ))?;
        }
    }
    interleave(&mut parts, &mut files)?;
    let mut tallies = Tallies::new(lexicon.entries().len());
    let mut confused = Confused::default();
    for part in &mut parts {
        tallies.merge(std::mem::replace(&mut part.part.tallies, Tallies::new(0)));
        confused.merge(std::mem::take(&mut part.part.confused));
    }
    let mut written = files
        .into_iter()
        .flatten()
        .map(OutputFile::finish)
        .collect::<Result<Vec<_>, _>>()?;
    finish_report(
        &folder,
        &parts[0].part.study,
        &outputs,
        &parts[0].part.kept,
        (&tallies, &confused),
        lexicon,
        &mut written,
    )?;
    folder.publish()?;
    Ok(tallies.tally)
}

/// Record 0 is in part 1, record 1 in part 2, …: copies the rows of one record after another.
fn interleave(
    parts: &mut [PartReader],
    files: &mut [Option<OutputFile>; STREAMED],
) -> Result<(), Error> {
    let mut bytes = Vec::new();
    let mut ended = 0;
    while ended < parts.len() {
        ended = 0;
        for part in parts.iter_mut() {
            let Some(lengths) = part.next_lengths()? else {
                ended += 1;
                continue;
            };
            for at in 0..STREAMED {
                if let Some(file) = &mut files[at] {
                    part.read(at, lengths[at], &mut bytes)?;
                    file.write(&bytes)?;
                }
            }
        }
    }
    Ok(())
}

fn check(parts: &[PartReader], lexicon: &Lexicon) -> Result<(), Error> {
    let Some(first) = parts.first() else {
        return Err(Error::Usage("merge: name the folders of all parts".into()));
    };
    let of = first.part.part.of;
    if first.part.study.lexicon != lexicon.hash() {
        return Err(Error::Usage(
            "merge: the parts were made with another lexicon; give the same --lexicon and --extend"
                .into(),
        ));
    }
    for (number, part) in (1..).zip(parts) {
        let path = part.path.display();
        if part.part.part.of != of
            || part.part.study != first.part.study
            || part.part.outputs != first.part.outputs
        {
            return Err(Error::Usage(format!(
                "merge: {path} is of another run than {}: inputs, lexicon or configuration differ",
                first.path.display()
            )));
        }
        if part.part.part.number != number {
            return Err(Error::Usage(format!(
                "merge: part {number}/{of} is missing or given twice (before {path})"
            )));
        }
    }
    if parts.len() as u64 != of {
        return Err(Error::Usage(format!(
            "merge: there are {} of {of} parts",
            parts.len()
        )));
    }
    Ok(())
}

impl PartReader {
    fn open(folder: &Path) -> Result<PartReader, Error> {
        let bad =
            |why: String| Error::Usage(format!("merge: {} is no part: {why}", folder.display()));
        let bytes = std::fs::read(folder.join(PART_FILE))
            .map_err(|error| bad(format!("{PART_FILE}: {error}")))?;
        let part: PartFile =
            serde_json::from_slice(&bytes).map_err(|error| bad(format!("{PART_FILE}: {error}")))?;
        let open = |name: &str| {
            File::open(folder.join(name))
                .map(|file| BufReader::with_capacity(1 << 18, file))
                .map_err(|error| bad(format!("{name}: {error}")))
        };
        let index = open(PART_INDEX)?;
        let outputs = Outputs::named(part.outputs.iter().map(String::as_str))?;
        let mut files = [None, None, None, None];
        for (file, output) in files.iter_mut().zip(outputs.streamed()) {
            if let Some(output) = output {
                *file = Some(open(output.file)?);
            }
        }
        Ok(PartReader {
            path: folder.to_owned(),
            outputs,
            part,
            index,
            files,
        })
    }

    /// The bytes of the next record in each output; `None` behind the last record.
    fn next_lengths(&mut self) -> Result<Option<[u32; STREAMED]>, Error> {
        let mut lengths = [0; STREAMED];
        let mut bytes = [0; 4];
        for (at, length) in lengths.iter_mut().enumerate() {
            match self.index.read_exact(&mut bytes) {
                Ok(()) => *length = u32::from_le_bytes(bytes),
                Err(error) if at == 0 && error.kind() == std::io::ErrorKind::UnexpectedEof => {
                    return Ok(None);
                }
                Err(error) => return Err(self.broken(PART_INDEX, &error)),
            }
        }
        Ok(Some(lengths))
    }

    fn read(&mut self, at: usize, length: u32, bytes: &mut Vec<u8>) -> Result<(), Error> {
        bytes.resize(length as usize, 0);
        let Some(file) = &mut self.files[at] else {
            return Ok(());
        };
        file.read_exact(bytes)
            .map_err(|error| self.broken(OUTPUTS[at].file, &error))
    }

    fn broken(&self, name: &str, error: &std::io::Error) -> Error {
        Error::Usage(format!("merge: {}: {name}: {error}", self.path.display()))
    }
}
