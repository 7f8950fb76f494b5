//! Checks a lexicon folder, or shows what it finds in a sentence.
//!
//! ```text
//! cargo run --example lexicon_check -- [DIR] [--extend DIR] [--text "Owns the roadmap."] [--title TITLE] [--list] [--show ID] [--lines FILE] [--titles FILE]
//! ```
//!
//! `--lines` reads one unit a line and prints its labels, its entries and the words they found.
//!
//! DIR is `lexicons` unless given; files are read from disk. The exit code is 1
//! where an example fails and 2 where a file cannot be understood.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use rolecall::error::Error;
use rolecall::lexicon::{Lexicon, Owner, Scratch};
use rolecall::span::Span;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(error.exit_code())
        }
    }
}

fn run() -> Result<ExitCode, Error> {
    let mut args = std::env::args().skip(1);
    let (mut dir, mut extensions, mut asked) = ("lexicons".to_owned(), Vec::new(), Vec::new());
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--extend" => extensions.extend(args.next()),
            "--text" | "--title" | "--titles" | "--show" | "--lines" => {
                asked.push((arg, args.next().unwrap_or_default()));
            }
            "--list" => asked.push((arg, String::new())),
            _ => dir = arg,
        }
    }
    let begun = Instant::now();
    let mut lexicon = Lexicon::load(Path::new(&dir))?;
    for dir in &extensions {
        lexicon = lexicon.extend(Path::new(dir))?;
    }
    eprintln!("loaded in {} ms", begun.elapsed().as_millis());
    for (what, value) in &asked {
        match what.as_str() {
            "--text" => print_hits(&lexicon, value),
            "--title" => println!(
                "{}",
                lexicon
                    .declare(value, "")
                    .map_or("", |declared| declared.name())
            ),
            "--lines" => print_lines(
                &lexicon,
                &std::fs::read_to_string(value).unwrap_or_default(),
            ),
            "--titles" => print_titles(
                &lexicon,
                &std::fs::read_to_string(value).unwrap_or_default(),
            ),
            "--list" => print!("{}", lexicon.list()),
            _ => print!(
                "{}",
                lexicon
                    .show(value)
                    .unwrap_or_else(|| format!("there is no `{value}`\n"))
            ),
        }
    }
    if !asked.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let errors = lexicon.check(&[]);
    for error in &errors {
        println!("{error}");
    }
    let (entries, cues) = (lexicon.entries().len(), lexicon.cues().len());
    println!("{entries} entries, {cues} cues, {} mistakes", errors.len());
    Ok(ExitCode::from(u8::from(!errors.is_empty())))
}

fn print_hits(lexicon: &Lexicon, text: &str) {
    let (mut tokens, mut scratch) = (Vec::new(), Scratch::default());
    lexicon.tokenize(text, Span::new(0..text.len()), &mut tokens, &mut scratch);
    lexicon.find(&tokens, &mut scratch);
    println!("{text}");
    for hit in scratch.hits() {
        let label = match hit.owner {
            Owner::Entry(index) => {
                let entry = &lexicon.entries()[index as usize];
                format!("{}{}", entry.role, if entry.weak { " (weak)" } else { "" })
            }
            Owner::Cue(_) => "cue".to_owned(),
        };
        let words: Vec<&str> = hit.tokens().map(|at| tokens[at].span.of(text)).collect();
        println!(
            "  {label}\t{}\t`{}`\t{}",
            lexicon.name(hit.owner),
            lexicon.pattern(hit),
            words.join(" ")
        );
    }
}

/// One line each: the labels, `entry: words; …`, the unit.
fn print_lines(lexicon: &Lexicon, units: &str) {
    let (mut tokens, mut scratch) = (Vec::new(), Scratch::default());
    for text in units.lines() {
        tokens.clear();
        lexicon.tokenize(text, Span::new(0..text.len()), &mut tokens, &mut scratch);
        lexicon.find(&tokens, &mut scratch);
        let (mut labels, mut found) = (std::collections::BTreeSet::new(), Vec::new());
        for hit in scratch.hits() {
            if let Owner::Entry(index) = hit.owner {
                let entry = &lexicon.entries()[index as usize];
                if entry.weak {
                    continue;
                }
                labels.insert(entry.role.to_string());
            }
            let words: Vec<&str> = hit.tokens().map(|at| tokens[at].span.of(text)).collect();
            found.push(format!("{}: {}", lexicon.name(hit.owner), words.join(" ")));
        }
        let labels: Vec<String> = labels.into_iter().collect();
        println!("{}\t{}\t{text}", labels.join("+"), found.join("; "));
    }
}

/// One line each: the declared role, the title.
fn print_titles(lexicon: &Lexicon, titles: &str) {
    for title in titles.lines() {
        let declared = lexicon
            .declare(title, "")
            .map_or("", |declared| declared.name());
        println!("{declared}\t{title}");
    }
}
