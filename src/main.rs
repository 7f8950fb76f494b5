//! The `rolecall` command: parse → configuration → run → exit code. The only place
//! that prints errors or decides how the process ends.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};

use rolecall::aggregate::Tally;
use rolecall::cli::{
    self, AnalyzeArgs, CheckArgs, Cli, Command, CompareArgs, EvaluateArgs, EvaluationFormat,
    ExplainArgs, FilterArgs, InitArgs, LexiconArgs, MergeArgs, ReportArgs, STUDY_FILE, SampleArgs,
    VerifyArgs, commented,
};
use rolecall::error::Error;
use rolecall::lexicon::Lexicon;
use rolecall::run::FilterConfig;
use rolecall::text::Lists;
use rolecall::{input, report, run};

#[path = "main/lexicons.rs"]
mod lexicons;

/// A `--fail-on` threshold was crossed.
const THRESHOLD_CROSSED: u8 = 1;
/// `verify` or `compare` found something.
const FINDINGS: u8 = 1;
/// Finished, but some inputs failed.
const SOME_FAILED: u8 = 3;

fn main() -> ExitCode {
    match run_typed() {
        Ok(code) => ExitCode::from(code),
        Err(Error::ClosedPipe) => ExitCode::SUCCESS,
        Err(error) => {
            eprint(&format!("rolecall: {error}"));
            ExitCode::from(error.exit_code())
        }
    }
}

fn run_typed() -> Result<u8, Error> {
    let typed = cli::parse(std::env::args_os().collect())?;
    if let Some(settings) = &typed.dump {
        print(settings)?;
        return Ok(0);
    }
    if let Some(file) = typed.file.as_ref().filter(|_| !typed.cli.quiet) {
        eprint(&format!("rolecall: settings from {}", file.display()));
    }
    execute(&typed.cli)
}

fn execute(cli: &Cli) -> Result<u8, Error> {
    match &cli.command {
        Command::Analyze(args) => analyze(args, &cli.lexicon, cli.quiet),
        Command::Merge(args) => merge(args, &cli.lexicon, cli.quiet),
        Command::Report(args) => make_report(args, &cli.lexicon, cli.quiet),
        Command::Compare(args) => compare(args),
        Command::Init(args) => init(args, cli.quiet),
        Command::Verify(args) => verify(args, &cli.lexicon, cli.quiet),
        Command::Tag(args) => filter(&args.filter, &args.config()?, &cli.lexicon),
        Command::Documents(args) => filter(&args.filter, &args.config()?, &cli.lexicon),
        Command::Check(args) => check(args, &cli.lexicon),
        Command::Explain(args) => explain(args, &cli.lexicon),
        Command::Sample(args) => sample(args, &cli.lexicon, cli.quiet),
        Command::Evaluate(args) => evaluate(args, &cli.lexicon),
        Command::Lexicon(command) => lexicons::run(&command.action, &cli.lexicon),
        Command::ReadApart { memory } => {
            let served = input::serve_reader(*memory);
            served.map_err(|error| Error::output("the reading process", error))?;
            Ok(0)
        }
    }
}

/// The lexicon, kept until the process ends: to free its many small parts would take milliseconds.
fn load(args: &LexiconArgs) -> Result<&'static Lexicon, Error> {
    Ok(Box::leak(Box::new(args.source().load()?)))
}

/// The built-in word lists of segmentation with those of the folders `segmentation` in the lexicon folders given.
fn lists(args: &LexiconArgs) -> Result<Lists, Error> {
    let mut lists = Lists::built_in();
    for folder in args.folder.iter().chain(&args.extend) {
        let own = folder.join("segmentation");
        if own.is_dir() {
            lists.add_folder(&own)?;
        }
    }
    Ok(lists)
}

fn analyze(args: &AnalyzeArgs, lexicon: &LexiconArgs, quiet: bool) -> Result<u8, Error> {
    let config = args.config(quiet)?;
    let (lists, lexicon) = (lists(lexicon)?, load(lexicon)?);
    let bar = progress_bar(quiet);
    let show = |tally: &Tally| bar.set_position(tally.sums.documents);
    let input = args.input.options(config.part);
    let partial = format!("{}.partial", config.out.display());
    if run::is_unfinished(&config.out) && !config.resume {
        eprint(&format!(
            "rolecall: {partial} of a killed run is taken away; --resume would have continued it"
        ));
    }
    let analyzed = run::analyze(&args.inputs, input, &config, lexicon, lists, show);
    bar.finish_and_clear();
    if analyzed.is_err() && run::is_unfinished(&config.out) {
        eprint(&format!(
            "rolecall: what was done so far is in {partial}; --resume continues it"
        ));
    }
    finish(&analyzed?, lexicon, quiet)
}

fn merge(args: &MergeArgs, lexicon: &LexiconArgs, quiet: bool) -> Result<u8, Error> {
    let lexicon = load(lexicon)?;
    let tally = run::merge(&args.parts, &args.out, args.overwrite, lexicon)?;
    finish(&tally, lexicon, quiet)
}

fn make_report(args: &ReportArgs, lexicon: &LexiconArgs, quiet: bool) -> Result<u8, Error> {
    let lexicon = load(lexicon)?;
    let tally = run::report(&args.report, args.asked()?, lexicon)?;
    finish(&tally, lexicon, quiet)
}

/// Differences go to standard output; two reports that say the same may still say why they could differ.
fn compare(args: &CompareArgs) -> Result<u8, Error> {
    let found = run::compare(&args.first, &args.second)?;
    for (head, lines) in [
        ("what made them", &found.why),
        ("documents", &found.documents),
        ("sentences", &found.tags),
        ("documents by declared × content role", &found.cells),
    ] {
        if !lines.is_empty() {
            print(&format!("{head}:\n  {}\n", lines.join("\n  ")))?;
        }
    }
    if found.is_empty() {
        print("the reports say the same\n")?;
        return Ok(0);
    }
    Ok(FINDINGS)
}

fn init(args: &InitArgs, quiet: bool) -> Result<u8, Error> {
    let path = args.study.join(STUDY_FILE);
    let mut file = match std::fs::File::create_new(&path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let why = format!(
                "{}: the file is there already; edit it, or remove it first",
                path.display()
            );
            return Err(Error::Usage(why));
        }
        made => made.map_err(|error| Error::output(&path, error))?,
    };
    file.write_all(commented().as_bytes())
        .map_err(|error| Error::output(&path, error))?;
    if !quiet {
        print(&format!(
            "{} holds every setting; remove the mark # before those that you change\n",
            path.display()
        ))?;
    }
    Ok(0)
}

/// Findings go to standard output, checks that could not be made to standard error.
fn verify(args: &VerifyArgs, lexicon: &LexiconArgs, quiet: bool) -> Result<u8, Error> {
    let found = run::verify(&args.report, load(lexicon)?)?;
    for note in &found.notes {
        eprint(&format!("rolecall: {note}"));
    }
    for finding in &found.findings {
        print(&format!("{finding}\n"))?;
    }
    if found.findings.is_empty() && !quiet {
        print(&format!("{} files are as they were written\n", found.files))?;
    }
    Ok(if found.findings.is_empty() {
        0
    } else {
        FINDINGS
    })
}

/// Prints the summary and says by the exit code whether inputs were lost.
fn finish(tally: &Tally, lexicon: &Lexicon, quiet: bool) -> Result<u8, Error> {
    if !quiet {
        let color = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        print(&report::summary(tally, lexicon, color))?;
    }
    Ok(if tally.sums.errors > 0 {
        SOME_FAILED
    } else {
        0
    })
}

fn filter(args: &FilterArgs, config: &FilterConfig, lexicon: &LexiconArgs) -> Result<u8, Error> {
    let (lists, lexicon) = (lists(lexicon)?, load(lexicon)?);
    let mut out = BufWriter::new(io::stdout().lock());
    // Not locked: a worker that panics must be able to say so.
    let mut problems = io::stderr();
    let input = args.input.options(None);
    let lost = run::filter(
        &args.inputs,
        config,
        input,
        lexicon,
        lists,
        &mut out,
        &mut problems,
    )?;
    Ok(if lost > 0 { SOME_FAILED } else { 0 })
}

fn check(args: &CheckArgs, lexicon: &LexiconArgs) -> Result<u8, Error> {
    let (lists, lexicon) = (lists(lexicon)?, load(lexicon)?);
    let color = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut out = BufWriter::new(io::stdout().lock());
    // Not locked: a worker that panics must be able to say so.
    let mut problems = io::stderr();
    let counts = run::check(
        &args.inputs,
        args.input.options(None),
        &args.config(color),
        lexicon,
        lists,
        &mut out,
        &mut problems,
    )?;
    let crossed = args.fails_on_mix_up() && counts.mix_ups() > 0;
    Ok(match (counts.lost, crossed) {
        (0, false) => 0,
        (0, true) => THRESHOLD_CROSSED,
        _ => SOME_FAILED,
    })
}

fn explain(args: &ExplainArgs, lexicon: &LexiconArgs) -> Result<u8, Error> {
    let (lists, lexicon) = (lists(lexicon)?, load(lexicon)?);
    let color = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let text = run::explain(
        &args.subject,
        &args.title,
        args.genre(),
        lexicon,
        lists,
        color,
    )?;
    print(&text)?;
    Ok(0)
}

fn sample(args: &SampleArgs, lexicon: &LexiconArgs, quiet: bool) -> Result<u8, Error> {
    let config = args.config()?;
    let drawn = run::sample(&args.report, &config, load(lexicon)?)?;
    if !quiet {
        let (coders, out) = (config.coders.len(), config.out.display());
        print(&format!("{drawn} sentences on {coders} sheets in {out}\n"))?;
    }
    Ok(0)
}

fn evaluate(args: &EvaluateArgs, lexicon: &LexiconArgs) -> Result<u8, Error> {
    let (lists, lexicon) = (lists(lexicon)?, load(lexicon)?);
    let (sheet, evaluation) = run::evaluate(&args.gold, &args.config(), lexicon, lists)?;
    match args.format {
        EvaluationFormat::Table => print(&report::evaluation_summary(&evaluation, &sheet))?,
        EvaluationFormat::Csv => print_bytes(&report::agreement(&evaluation))?,
        EvaluationFormat::Json => print_bytes(&report::evaluation_json(&evaluation, &sheet))?,
    }
    Ok(0)
}

fn progress_bar(quiet: bool) -> ProgressBar {
    if quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("{spinner} {human_pos} documents, {per_sec}, {elapsed}");
    ProgressBar::new_spinner().with_style(style.expect("the template is well-formed"))
}

fn print(text: &str) -> Result<(), Error> {
    print_bytes(text.as_bytes())
}

fn print_bytes(bytes: &[u8]) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    let written = out.write_all(bytes).and_then(|()| out.flush());
    written.map_err(|error| Error::output("standard output", error))
}

fn eprint(text: &str) {
    // Nothing can be said where standard error itself is closed.
    let _ = writeln!(io::stderr(), "{text}");
}
