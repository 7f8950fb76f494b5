//! `rolecall report`: the tables of an analysed folder made again, or more of them, without the corpus.

use std::path::Path;

use crate::aggregate::Tally;
use crate::config::Asked;
use crate::error::Error;
use crate::lexicon::Lexicon;
use crate::report::{Confused, Output, Source};
use crate::run::analyze::finish_report;
use crate::run::folder::{Folder, MANIFEST};
use crate::run::reread::Earlier;

/// Makes the tables of the report in `folder` again from its documents, sentences, matches and problems, with what is
/// `asked` for now. The folder is replaced as a whole; files that are not the tool's stay in it.
///
/// # Errors
///
/// [`Error::Usage`] where the report is none, was changed, or was made with another lexicon.
pub fn report(folder: &Path, asked: Asked, lexicon: &Lexicon) -> Result<Tally, Error> {
    asked.check_features()?;
    let earlier = Earlier::open(folder)?;
    earlier.needs(&asked)?;
    let tallies = earlier.tallies(lexicon)?;
    let outputs = earlier.outputs()?.with_asked(|asks| asked.wants(asks));
    let mut study = earlier.study.clone();
    // How the streamed tables are written cannot be changed without the corpus.
    let csv_safe = study.asked().csv_safe;
    study.ask(&outputs, &Asked { csv_safe, ..asked });
    let listed = earlier.files()?;
    let new = Folder::create(folder, true)?;
    let mut written = Vec::new();
    // What is made while documents are analysed stays as it is; so do the most confused documents.
    let as_it_is =
        |output: &&Output| matches!(output.source, Source::Documents(_) | Source::Lines(_));
    for output in outputs.iter().filter(as_it_is) {
        let carried = new.carry(folder, output.file)?;
        if !listed.contains(&carried) {
            let path = folder.join(output.file);
            return Err(Error::Usage(format!(
                "{}: the file was changed after the report was made; analyse the corpus again",
                path.display()
            )));
        }
        written.push(carried);
    }
    for name in others(folder, |name| {
        name == MANIFEST || listed.iter().any(|file| file.file == name)
    })? {
        new.carry(folder, &name)?;
    }
    finish_report(
        &new,
        &study,
        &outputs,
        &earlier.kept(),
        (&tallies, &Confused::default()),
        lexicon,
        &mut written,
    )?;
    new.publish()?;
    Ok(tallies.tally)
}

/// The plain files of a folder that are not `own`.
fn others(folder: &Path, own: impl Fn(&str) -> bool) -> Result<Vec<String>, Error> {
    let failed = |error: std::io::Error| Error::Usage(format!("{}: {error}", folder.display()));
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().into_string().unwrap_or_default();
        if entry.path().is_file() && !name.is_empty() && !own(&name) {
            names.push(name);
        }
    }
    Ok(names)
}
