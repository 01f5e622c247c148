//! What a person would say about a command or an option that does not exist.

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
const OPTIONS: [(&str, &[&str], &str); 3] = [
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
];

/// The error about a command or an option, with the tip that helps; every other error as it is.
pub(super) fn explain(error: clap::Error, environment: &ProcessEnvironment) -> anyhow::Error {
    let named = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        // The most alike is the last.
        Some(ContextValue::Strings(texts)) => texts.last().cloned(),
        _ => None,
    };
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = named(ContextKind::InvalidSubcommand).unwrap_or_default();
            let near = named(ContextKind::SuggestedSubcommand);
            let program = super::command();
            let called = called_command(&program, environment);
            if called.has_subcommands() && called.get_name() != program.get_name() {
                return unknown_subcommand(&word, near, called).into();
            }
            let (_, catalog) = PracticeSources::load(environment);
            unknown_command(&word, near, &catalog).into()
        }
        ErrorKind::UnknownArgument => {
            let word = named(ContextKind::InvalidArg).unwrap_or_default();
            let near = named(ContextKind::SuggestedArg);
            unknown_argument(&word, near, environment).into()
        }
        _ => error.into(),
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

fn unknown_subcommand(word: &str, near: Option<String>, called: &clap::Command) -> Failure {
    let call = format!("leadby {}", called.get_name());
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

/// The command of this call; the program itself if none is named.
fn called_command<'a>(
    program: &'a clap::Command,
    environment: &ProcessEnvironment,
) -> &'a clap::Command {
    let mut arguments = environment.arguments.iter().skip(1);
    let named = arguments.find_map(|it| program.find_subcommand(it));
    named.unwrap_or(program)
}

fn unknown_argument(word: &str, near: Option<String>, environment: &ProcessEnvironment) -> Failure {
    let program = super::command();
    let command = called_command(&program, environment);
    let name = command.get_name();
    let call = if name == program.get_name() {
        name.to_owned()
    } else {
        format!("leadby {name}")
    };
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
        (None, Some(near)) if is_option => {
            failure.hint(format!("did you mean --{}?", near.trim_start_matches('-')))
        }
        _ if !is_option && has(word) => failure.hint(format!("did you mean --{word}?")),
        _ => failure,
    };
    failure.hint(format!("`{call} --help` shows what it takes"))
}
