//! What a person would say about a command line that is not understood.

use std::error::Error as _;
use std::num::{IntErrorKind, ParseIntError};

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::environment::ProcessEnvironment;
use super::failures::usage;
use super::user_practices::PracticeSources;
use crate::failure::Failure;
use crate::practice::Catalog;
use crate::report::Selection;
use crate::text::quoted;

/// What people type, and how it is said here.
const COMMANDS: [(&[&str], &str); 11] = [
    (
        &["done", "kept", "finish", "complete"],
        "`leadby check-in --kept` says that a commitment was kept, `leadby advance ID` takes an item on",
    ),
    (
        &["missed", "moved", "move", "check", "friday"],
        "`leadby check-in` with --kept, --missed, --moved WHEN or --let-go says how it went",
    ),
    (
        &["log", "journal", "entries", "timeline", "notes"],
        "`leadby list --limit 20` shows the latest entries, `leadby note TEXT` writes one",
    ),
    (
        &["next", "todo", "todos", "due", "open", "overdue"],
        "`leadby list --open` shows what is open, `leadby status` what is due",
    ),
    (
        &[
            "week", "month", "quarter", "year", "stats", "report", "summary",
        ],
        "`leadby review` looks back on a week, with --month, --quarter or --year on more",
    ),
    (
        &["people", "person", "who"],
        "`leadby list people` shows everyone you named",
    ),
    (
        &["new", "promise", "create", "write"],
        "`leadby commit TEXT` makes a commitment, `leadby add LIST TITLE` an item, `leadby note TEXT` a note",
    ),
    (
        &["init", "setup", "start", "tui", "ui"],
        "`leadby` alone opens the screens; the journal begins with what you save first",
    ),
    (
        &["backup", "dump"],
        "`leadby export json -o journal.json` writes a complete copy",
    ),
    (&["version"], "`leadby --version` says it"),
    (
        &["tag", "tags", "areas"],
        "areas and people are what tags are: `leadby list --area NAME`, --person NAME",
    ),
];

/// Options that people type, by the command they follow.
const OPTIONS: [(&str, &[&str], &str); 5] = [
    (
        "portfolio",
        &["--html", "--md", "--json"],
        "--format html, md or json",
    ),
    (
        "export",
        &["--format"],
        "the format is the first word: `leadby export csv`",
    ),
    (
        "commit",
        &["--when", "--on", "--until"],
        "--by WHEN sets the day",
    ),
    (
        "list",
        &["--format"],
        "--json and --plain are its other formats",
    ),
    (
        "ladder",
        &["--json"],
        "`leadby ladder --format json` prints it",
    ),
];

/// The error as a person would put it, with the tip that helps.
pub(super) fn explain(error: &clap::Error, environment: &ProcessEnvironment) -> Failure {
    // The most alike is the last.
    let named = |kind: ContextKind| context(error, kind).pop();
    let program = super::command();
    let (called, call) = called_command(&program, environment);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = named(ContextKind::InvalidSubcommand).unwrap_or_default();
            let near = named(ContextKind::SuggestedSubcommand);
            let name = called.get_name();
            if called.has_subcommands() && name != program.get_name() && name != "help" {
                return unknown_subcommand(&word, near, &call);
            }
            let (_, catalog) = PracticeSources::load(environment);
            unknown_command(&word, near, &catalog)
        }
        ErrorKind::UnknownArgument => {
            let word = named(ContextKind::InvalidArg).unwrap_or_default();
            let near = named(ContextKind::SuggestedArg);
            unknown_argument(&word, near, environment)
        }
        _ => {
            let is_typed = |option: &str| is_typed(option, called, environment);
            let failure = usage(misuse(error, &call, &is_typed));
            let choices = context(error, ContextKind::ValidValue);
            let failure = if choices.is_empty() {
                failure
            } else {
                failure.hint(format!("choices: {}", choices.join(", ")))
            };
            failure.hint(format!("`{call} --help` shows what it takes"))
        }
    }
}

/// What an error says about one of its sides.
fn context(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

/// What is wrong with the options and values of a known command.
fn misuse(error: &clap::Error, call: &str, is_typed: &dyn Fn(&str) -> bool) -> String {
    let shown = |kind: ContextKind| -> Vec<String> {
        let named = context(error, kind).into_iter();
        named
            .map(|it| it.replace(['<', '>'], "").replace("...", ""))
            .collect()
    };
    // "--week [WHEN]" is called --week.
    let name = |it: &String| match it.split_once(' ') {
        Some((option, _)) if option.starts_with("--") => option.to_owned(),
        _ => it.clone(),
    };
    let arguments = shown(ContextKind::InvalidArg);
    let argument = arguments.first().cloned().unwrap_or_default();
    // A group names all of its options.
    let others = shown(ContextKind::PriorArg);
    let others = others.iter().map(name).filter(|it| is_typed(it));
    let others: Vec<String> = others.collect();
    let value = context(error, ContextKind::InvalidValue).concat();
    let (value, short) = (quoted(&value), name(&argument));
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} is missing its value"),
        ErrorKind::InvalidValue => format!("“{value}” does not fit {argument}"),
        ErrorKind::ValueValidation => {
            format!("“{value}” does not fit {argument}: {}", why_invalid(error))
        }
        ErrorKind::ArgumentConflict if others.is_empty() => {
            format!("{short} does not go with the other options")
        }
        ErrorKind::ArgumentConflict if others.contains(&short) => {
            format!("{short} can be given only once")
        }
        ErrorKind::ArgumentConflict => format!("{short} does not go with {}", others.join(", ")),
        ErrorKind::MissingRequiredArgument => {
            let (one_of, mut all): (Vec<String>, Vec<String>) =
                arguments.into_iter().partition(|it| it.contains('|'));
            let one = if all.is_empty() { "" } else { "one of " };
            all.extend(
                one_of
                    .iter()
                    .filter_map(|it| it.rsplit_once('|'))
                    .map(|(first, last)| format!("{one}{} or {last}", first.replace('|', ", "))),
            );
            format!("`{call}` needs {}", all.join(" and "))
        }
        _ => {
            let whole = error.render().to_string();
            let first = whole.lines().next().unwrap_or_default();
            first.trim_start_matches("error: ").to_owned()
        }
    }
}

/// Whether an option of a command was typed, by its long or its short name; what is not an option was.
fn is_typed(option: &str, called: &clap::Command, environment: &ProcessEnvironment) -> bool {
    let Some(long) = option.strip_prefix("--") else {
        return true;
    };
    let mut known = called.get_arguments();
    let short = known.find(|it| it.get_long() == Some(long));
    let short = short.and_then(clap::Arg::get_short);
    let arguments = environment.arguments.iter();
    arguments.map(|it| it.to_string_lossy()).any(|typed| {
        let is_short = |short| {
            typed
                .strip_prefix('-')
                .is_some_and(|it| it.starts_with(short))
        };
        typed.split('=').next() == Some(option) || short.is_some_and(is_short)
    })
}

/// Why a value was refused: our own parsers say it, numbers do not.
fn why_invalid(error: &clap::Error) -> String {
    let Some(source) = error.source() else {
        return "it takes another value".to_owned();
    };
    let number = source.downcast_ref::<ParseIntError>();
    match number.map(ParseIntError::kind) {
        Some(IntErrorKind::Zero) => "it begins at 1".to_owned(),
        Some(IntErrorKind::PosOverflow) => "it is too large".to_owned(),
        Some(_) => "it takes a whole number".to_owned(),
        None => source.to_string(),
    }
}

fn unknown_command(word: &str, near: Option<String>, catalog: &Catalog) -> Failure {
    let failure = usage(format!("no command called “{}”", quoted(word)));
    let lower = word.to_lowercase();
    if let Some((_, tip)) = COMMANDS.iter().find(|(words, _)| words.contains(&&*lower)) {
        return failure.hint(*tip);
    }
    match Selection::from_name(word, catalog) {
        Some(Selection::Commitments) => {
            return failure
                .hint("`leadby list commitments` lists them, `leadby commit TEXT` makes one");
        }
        Some(selection @ Selection::Register(register)) => {
            let (name, one) = (selection.typed_name(catalog), &register.singular);
            return failure.hint(format!(
                "`leadby list {name}` lists them, `leadby add {one} TITLE` adds one"
            ));
        }
        Some(selection @ Selection::Practice(_)) => {
            let name = selection.typed_name(catalog);
            return failure.hint(format!(
                "`leadby walk --plain {name}` asks it, `leadby list {name}` lists what you wrote"
            ));
        }
        _ => {}
    }
    match near.filter(|near| is_slip(word, near)) {
        Some(near) => failure.hint(format!("did you mean `leadby {near}`?")),
        None => failure.hint("`leadby --help` lists the commands"),
    }
}

fn unknown_subcommand(word: &str, near: Option<String>, call: &str) -> Failure {
    let failure = usage(format!("`{call}` has no command called “{}”", quoted(word)));
    match near.filter(|near| is_slip(word, near)) {
        Some(near) => failure.hint(format!("did you mean `{call} {near}`?")),
        None => failure.hint(format!("`{call} --help` lists them")),
    }
}

/// Whether `near` was mistyped as `word`: what merely looks alike would mislead.
fn is_slip(word: &str, near: &str) -> bool {
    let (length, first) = (word.chars().count(), word.to_lowercase().chars().next());
    length > 2 && near.chars().next() == first && near.chars().count().abs_diff(length) <= 2
}

/// The command of this call and how it is called; the program itself if none is named.
fn called_command<'a>(
    program: &'a clap::Command,
    environment: &ProcessEnvironment,
) -> (&'a clap::Command, String) {
    let (mut command, mut call) = (program, program.get_name().to_owned());
    for argument in environment.arguments.iter().skip(1) {
        if let Some(named) = command.find_subcommand(argument) {
            command = named;
            call = format!("{call} {}", command.get_name());
        }
    }
    (command, call)
}

/// The arguments that are a text of the user's.
const TEXTS: [&str; 5] = ["text", "title", "when_and_text", "words", "query"];

fn unknown_argument(word: &str, near: Option<String>, environment: &ProcessEnvironment) -> Failure {
    let program = super::command();
    let (command, call) = called_command(&program, environment);
    let name = command.get_name();
    let option = word.split('=').next().unwrap_or(word);
    let is_option = word.starts_with('-');
    let message = if is_option {
        format!("`{call}` has no option {}", quoted(option))
    } else {
        format!("“{}” is a word too many for `{call}`", quoted(word))
    };
    let failure = usage(message);
    let known = OPTIONS
        .iter()
        .find(|(of, words, _)| *of == name && words.contains(&option));
    let has = |long: &str| {
        command
            .get_arguments()
            .any(|it| it.get_long() == Some(long))
    };
    let failure = match (known, near) {
        (Some((.., tip)), _) => failure.hint(*tip),
        (None, Some(near))
            if is_option
                && is_slip(option.trim_start_matches('-'), near.trim_start_matches('-')) =>
        {
            failure.hint(format!("did you mean --{}?", near.trim_start_matches('-')))
        }
        _ if is_option
            && command
                .get_positionals()
                .any(|it| TEXTS.contains(&it.get_id().as_str())) =>
        {
            failure.hint(format!("`{call} -- {}` takes it as text", quoted(word)))
        }
        _ if !is_option && has(word) => failure.hint(format!("did you mean --{word}?")),
        _ => failure,
    };
    failure.hint(format!("`{call} --help` shows what it takes"))
}
