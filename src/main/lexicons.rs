//! `rolecall lexicon`: the actions, and what they print.

use std::io::{self, BufWriter};

use rolecall::cli::{DiffArgs, ImportArgs, LexiconAction, LexiconArgs, ListFormat, SuggestArgs};
use rolecall::error::Error;
use rolecall::lexicon::Lexicon;
use rolecall::run::{self, Corpus};
use rolecall::text::Lists;
use rolecall::{analyze, exchange, report};

use super::{SOME_FAILED, eprint, lists, load, print, print_bytes};

pub(crate) fn run(action: &LexiconAction, args: &LexiconArgs) -> Result<u8, Error> {
    match action {
        LexiconAction::Check { corpus } => {
            let inputs = corpus.clone();
            check(load(args)?, lists(args)?, inputs)
        }
        LexiconAction::List => print(&load(args)?.list()).map(|()| 0),
        LexiconAction::Show { id } => match load(args)?.show(id) {
            Some(text) => print(&text).map(|()| 0),
            None => Err(Error::Usage(format!(
                "there is no entry or cue \"{id}\"; see rolecall lexicon list"
            ))),
        },
        LexiconAction::Suggest(suggest_args) => suggest(suggest_args, load(args)?, lists(args)?),
        LexiconAction::Diff(diff_args) => diff(diff_args),
        LexiconAction::Export { format } => {
            let (text, notes) = exchange::export(load(args)?, format.format());
            notes.iter().for_each(|note| eprint(note));
            print(&text).map(|()| 0)
        }
        LexiconAction::Import(import_args) => import(import_args),
    }
}

/// Prints the mistakes; what a corpus shows of the entries is no mistake.
fn check(lexicon: &Lexicon, lists: Lists, inputs: Vec<std::path::PathBuf>) -> Result<u8, Error> {
    let errors = lexicon.check(analyze::REQUIRED_CUES);
    for error in &errors {
        eprint(&error.to_string());
    }
    let mut lost = 0;
    if !inputs.is_empty() {
        let input = Default::default();
        let corpus = Corpus {
            inputs,
            input,
            threads: 0,
        };
        let (found, failed) = run::lexicon_use(&corpus, lexicon, lists, &mut io::stderr())?;
        print(&found.shown(lexicon))?;
        lost = failed;
    }
    let patterns: usize = lexicon
        .entries()
        .iter()
        .map(|entry| entry.patterns.len())
        .sum();
    let entries = lexicon.entries().len();
    print(&format!(
        "{entries} entries, {patterns} patterns, {} mistakes\n",
        errors.len()
    ))?;
    Ok(if errors.is_empty() {
        failed_code(lost)
    } else {
        1
    })
}

fn suggest(args: &SuggestArgs, lexicon: &Lexicon, lists: Lists) -> Result<u8, Error> {
    let corpus = args.corpus();
    let (found, lost) = run::suggest(&corpus, args.config(), lexicon, lists, &mut io::stderr())?;
    match args.format {
        ListFormat::Table => print(&report::suggestions(&found))?,
        ListFormat::Csv => print_bytes(&report::suggestions_csv(&found))?,
    }
    Ok(failed_code(lost))
}

fn diff(args: &DiffArgs) -> Result<u8, Error> {
    let [old, new] = args.sources();
    let (old, new) = (old.load()?, new.load()?);
    let mut out = BufWriter::new(io::stdout().lock());
    let (counts, lost) =
        run::lexicon_diff(&args.corpus(), &old, &new, &mut out, &mut io::stderr())?;
    let total: u64 = counts.values().sum();
    let mut order: Vec<(&(String, String), &u64)> = counts.iter().collect();
    order.sort_by_key(|(_, times)| std::cmp::Reverse(**times));
    let name = |tags: &String| {
        if tags.is_empty() {
            "none".to_owned()
        } else {
            tags.clone()
        }
    };
    for ((before, after), times) in order {
        eprint(&format!("{times:>8}  {} -> {}", name(before), name(after)));
    }
    eprint(&format!("{total:>8}  sentences change"));
    Ok(failed_code(lost))
}

fn import(args: &ImportArgs) -> Result<u8, Error> {
    let notes = run::import(&args.file, args.format()?, args.role()?, &args.out)?;
    notes.iter().for_each(|note| eprint(note));
    Ok(0)
}

fn failed_code(lost: u64) -> u8 {
    if lost > 0 { SOME_FAILED } else { 0 }
}
