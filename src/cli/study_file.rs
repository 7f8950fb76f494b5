//! `rolecall.toml`: the flags of `analyze` for a whole study, written down. A key is the name of a flag
//! (`inputs` names the inputs); flags that are typed win. What can be set follows from the flags themselves.

use std::ffi::OsString;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::builder::Resettable;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory, FromArgMatches};

use super::Cli;
use crate::error::Error;

/// The file that is read where it stands in the current folder.
pub const STUDY_FILE: &str = "rolecall.toml";

/// The command whose flags the file holds.
const STUDY: &str = "analyze";

/// Flags that say nothing of the study.
const NOT_IN_FILE: [&str; 5] = ["help", "version", "config", "no_config", "dump_config"];

/// What was typed, together with what stands in the file.
#[derive(Debug)]
pub struct Typed {
    /// The command line in force.
    pub cli: Cli,
    /// The file that was read.
    pub file: Option<PathBuf>,
    /// Under `--dump-config`: everything in force, as such a file.
    pub dump: Option<String>,
}

/// Parses a command line, the name of the program first, and adds what stands in the file.
///
/// # Errors
///
/// [`Error::Usage`] where the file cannot be read or has a key that is no flag. Mistakes on the command line end
/// the process with clap's message, as do `--help` and `--version`.
pub fn parse(words: Vec<OsString>) -> Result<Typed, Error> {
    let typed = lenient()
        .try_get_matches_from(&words)
        .unwrap_or_else(|error| error.exit());
    let Some((name, flags)) = typed.subcommand() else {
        let cli = read(&Cli::command().get_matches_from(words));
        return Ok(Typed {
            cli,
            file: None,
            dump: None,
        });
    };
    let file = study_file(name, flags);
    let more = match &file {
        Some(file) => from_file(file, name, flags)?,
        None => Vec::new(),
    };
    let all = Cli::command().get_matches_from(words.into_iter().chain(more));
    let wants_dump = name == STUDY && flags.get_flag("dump_config");
    let dump = all
        .subcommand()
        .filter(|_| wants_dump)
        .map(|(_, flags)| dumped(flags));
    Ok(Typed {
        cli: read(&all),
        file,
        dump,
    })
}

fn read(matches: &ArgMatches) -> Cli {
    Cli::from_arg_matches(matches).unwrap_or_else(|error| error.exit())
}

/// The command line with nothing required: the file may hold it.
fn lenient() -> Command {
    let optional = |arg: Arg| {
        arg.required(false)
            .required_unless_present(Resettable::Reset)
    };
    Cli::command().mut_subcommand(STUDY, |command| command.mut_args(optional))
}

/// The arguments that a file may set.
fn settable() -> Vec<Arg> {
    let mut command = Cli::command();
    command.build();
    let study = command.find_subcommand(STUDY).expect("the command exists");
    let settable = |arg: &&Arg| !NOT_IN_FILE.contains(&arg.get_id().as_str());
    study.get_arguments().filter(settable).cloned().collect()
}

fn key(arg: &Arg) -> &str {
    arg.get_long().unwrap_or(arg.get_id().as_str())
}

fn study_file(name: &str, flags: &ArgMatches) -> Option<PathBuf> {
    let given = flags.get_one::<PathBuf>("config").cloned();
    let standing = || Some(PathBuf::from(STUDY_FILE)).filter(|file| file.is_file());
    let ignored = name == "init" || flags.get_flag("no_config");
    given.or_else(standing).filter(|_| !ignored)
}

/// The words that stand for what is in the file and was not typed.
fn from_file(file: &Path, name: &str, flags: &ArgMatches) -> Result<Vec<OsString>, Error> {
    let wrong = |why: String| Error::Usage(format!("{}: {why}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
    let table: toml::Table = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    let arguments = settable();
    let (mut words, mut inputs) = (Vec::new(), Vec::new());
    for (name_of, value) in &table {
        let Some(arg) = arguments.iter().find(|arg| key(arg) == name_of) else {
            let known: Vec<&str> = arguments.iter().map(key).collect();
            return Err(wrong(format!(
                "there is no setting \"{name_of}\"; there are {}",
                known.join(", ")
            )));
        };
        let typed = flags.try_contains_id(arg.get_id().as_str()).is_ok()
            && flags.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine);
        if typed || (name != STUDY && !arg.is_global_set()) {
            continue;
        }
        for value in values(value, arg).map_err(|why| wrong(format!("{name_of}: {why}")))? {
            let value = resolved(file, arg, value);
            match (arg.is_positional(), arg.get_action()) {
                (true, _) => inputs.push(value),
                (_, ArgAction::SetTrue) => words.extend((value == "true").then(|| flag(arg))),
                _ => words.extend([flag(arg), value]),
            }
        }
    }
    words.extend(inputs);
    Ok(words)
}

fn flag(arg: &Arg) -> OsString {
    format!("--{}", key(arg)).into()
}

fn values(value: &toml::Value, arg: &Arg) -> Result<Vec<String>, String> {
    let is_flag = matches!(arg.get_action(), ArgAction::SetTrue);
    match value {
        toml::Value::Boolean(value) if is_flag => Ok(vec![value.to_string()]),
        _ if is_flag => Err("give true or false".into()),
        toml::Value::String(text) => Ok(vec![text.clone()]),
        toml::Value::Integer(number) => Ok(vec![number.to_string()]),
        toml::Value::Float(number) => Ok(vec![number.to_string()]),
        toml::Value::Array(all) if takes_several(arg) => {
            let each: Result<Vec<Vec<String>>, String> =
                all.iter().map(|value| values(value, arg)).collect();
            Ok(each?.concat())
        }
        _ => Err("give a text or a number in its place".into()),
    }
}

fn takes_several(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Append)
}

/// Paths in the file are seen from the folder that it stands in.
fn resolved(file: &Path, arg: &Arg, value: String) -> OsString {
    let is_path = arg.get_value_parser().type_id() == std::any::TypeId::of::<PathBuf>();
    match file
        .parent()
        .filter(|folder| is_path && value != "-" && !folder.as_os_str().is_empty())
    {
        Some(folder) => folder.join(value).into(),
        None => value.into(),
    }
}

/// The file that `init` writes: every setting with its meaning and its default, as comments.
pub fn commented() -> String {
    let mut out = String::from(
        "# A study of rolecall: `rolecall analyze` in this folder reads it. Each setting is a flag of `rolecall analyze`;\n\
         # a flag that is typed wins. `rolecall analyze --dump-config` prints what is in force.\n",
    );
    for arg in settable() {
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let defaults = arg
            .get_default_values()
            .iter()
            .map(|value| value.to_string_lossy().into_owned());
        let shown = setting(&arg, &defaults.collect::<Vec<_>>());
        let _ = write!(out, "\n# {help}\n# {} = {shown}\n", key(&arg));
    }
    out
}

fn dumped(flags: &ArgMatches) -> String {
    let mut out = String::new();
    for arg in settable() {
        let Some(raw) = flags.get_raw(arg.get_id().as_str()) else {
            continue;
        };
        let values: Vec<String> = raw
            .map(|value| value.to_string_lossy().into_owned())
            .collect();
        let _ = writeln!(out, "{} = {}", key(&arg), setting(&arg, &values));
    }
    out
}

/// The values of an argument as TOML.
fn setting(arg: &Arg, values: &[String]) -> String {
    let one = |value: &String| match value.parse::<f64>() {
        Ok(_) => value.clone(),
        Err(_) => toml::Value::String(value.clone()).to_string(),
    };
    match (arg.get_action(), values) {
        (ArgAction::SetTrue, values) => values.first().cloned().unwrap_or("false".into()),
        (ArgAction::Append, values) => format!(
            "[{}]",
            values.iter().map(one).collect::<Vec<_>>().join(", ")
        ),
        (_, [value, ..]) => one(value),
        (_, []) => "\"\"".into(),
    }
}
