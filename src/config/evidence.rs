//! The `[[evidence]]` tables of the config file: commands and files that show what was done in a
//! week.
//!
//! Only reads what is written; running it and reading its output are elsewhere.

use std::time::Duration;

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeValue;

use super::nonempty;
use super::recipes::{OutputFormat, Recipe, recipes};
use crate::user_file::{Mistake, Positioned, Table, note, unknown_key};

/// How long a command may run unless the file says otherwise.
const DEFAULT_TIMEOUT: u64 = 10;

/// The longest it may be allowed to run.
const LONGEST_TIMEOUT: u64 = 120;

/// The most values of a list, each of which runs a command.
const MOST_VALUES: usize = 50;

/// The keys of every source.
const KEYS: [&str; 9] = [
    "name", "recipe", "run", "shell", "file", "format", "columns", "link", "timeout",
];

/// Where evidence comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EvidenceSource {
    pub name: String,
    /// What it runs or reads, with the placeholders of the week.
    pub commands: Vec<EvidenceCommand>,
    pub format: OutputFormat,
    /// Of JSON, the members that are the day, the text and the link.
    pub columns: Vec<String>,
    /// The link of each line, with `{1}` for its first column.
    pub link: Option<String>,
    /// How long a command may run.
    pub timeout: Duration,
    pub line: usize,
}

/// What a source runs or reads.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum EvidenceCommand {
    /// A program and its arguments.
    Program(Vec<String>),
    /// A script for `/bin/sh`.
    Shell(String),
    File(String),
}

/// The sources in the value of `evidence`, and the mistakes in them.
pub(super) fn read_sources(
    value: Spanned<DeValue<'_>>,
    line_at: &dyn Fn(usize) -> usize,
) -> (Vec<EvidenceSource>, Vec<Mistake>) {
    let at = value.span().start;
    let DeValue::Array(list) = value.into_inner() else {
        let reason = "`evidence` is a list: write [[evidence]] above each source";
        return (Vec::new(), vec![Mistake::at(at, reason)]);
    };
    let (mut sources, mut mistakes) = (Vec::<EvidenceSource>::new(), Vec::new());
    for value in list {
        let at = value.span().start;
        let mut wrong = Vec::new();
        let table = note(Table::new(value), &mut wrong);
        match table.and_then(|table| read_source(table, line_at, &mut wrong)) {
            Some(source) if sources.iter().any(|other| other.name == source.name) => {
                let reason = format!("there are two sources called “{}”", source.name);
                wrong.push(Mistake::at(at, reason));
            }
            Some(source) => sources.push(source),
            None => {}
        }
        mistakes.extend(wrong.into_iter().map(|mistake| mistake.or_at(at)));
    }
    (sources, mistakes)
}

/// The source in a table; `None` with a mistake.
fn read_source(
    mut table: Table<'_>,
    line_at: &dyn Fn(usize) -> usize,
    mistakes: &mut Vec<Mistake>,
) -> Option<EvidenceSource> {
    let at = table.at;
    let recipe = table.take::<String>("recipe");
    let recipe = recipe.and_then(|it| it.map(|(at, id)| find_recipe(at, &id)).transpose());
    let recipe = note(recipe, mistakes);
    let name = match (table.take::<String>("name"), recipe) {
        (Ok(Some((at, name))), _) => nonempty("name", name).map_err(|mistake| mistake.or_at(at)),
        (Ok(None), Some(Some(recipe))) => Ok(recipe.id.clone()),
        (Ok(None), Some(None)) => Err("it needs a `name`".to_owned().into()),
        (Ok(None), None) => Ok(String::new()),
        (Err(mistake), _) => Err(mistake),
    };
    let name = note(name, mistakes);
    let link = note(table.take::<String>("link"), mistakes);
    let timeout = note(table.take("timeout").and_then(read_timeout), mistakes);
    // What else a source can have is unknown without its recipe.
    let recipe = recipe?;
    let read = match recipe {
        Some(recipe) => fill_recipe(recipe, &mut table, mistakes)
            .map(|commands| (commands, recipe.format, recipe.columns.clone())),
        None => read_output(&mut table, mistakes),
    };
    let left = table.left();
    mistakes.extend(left.map(|(at, key)| Mistake::at(at, explain_left_key(&key, recipe))));
    let (commands, format, columns) = read.filter(|_| mistakes.is_empty())?;
    Some(EvidenceSource {
        name: name?,
        commands,
        format,
        columns,
        link: link?.map(|(_, link)| link),
        timeout: Duration::from_secs(timeout?),
        line: line_at(at),
    })
}

/// What a source without a recipe runs, and how its output is read.
fn read_output(
    table: &mut Table<'_>,
    mistakes: &mut Vec<Mistake>,
) -> Option<(Vec<EvidenceCommand>, OutputFormat, Vec<String>)> {
    let command = read_command(table, mistakes);
    let format = note(table.take("format"), mistakes);
    let columns = table.take("columns");
    let format = format?.map_or_else(Default::default, |(_, format)| format);
    let columns = columns.and_then(|columns| check_columns(format, columns));
    let columns = note(columns, mistakes);
    Some((vec![command?], format, columns?))
}

fn find_recipe(at: usize, id: &str) -> Result<&'static Recipe, Mistake> {
    recipes()
        .iter()
        .find(|recipe| recipe.id == id)
        .ok_or_else(|| {
            let ids: Vec<&str> = recipes().iter().map(|recipe| recipe.id.as_str()).collect();
            let reason = format!("no recipe called “{id}”; recipes: {}", ids.join(", "));
            Mistake::at(at, reason)
        })
}

fn read_timeout(timeout: Option<Positioned<i64>>) -> Result<u64, Mistake> {
    let Some((at, seconds)) = timeout else {
        return Ok(DEFAULT_TIMEOUT);
    };
    match u64::try_from(seconds) {
        Ok(seconds) if (1..=LONGEST_TIMEOUT).contains(&seconds) => Ok(seconds),
        _ => {
            let reason = format!("`timeout` is 1 to {LONGEST_TIMEOUT} seconds");
            Err(Mistake::at(at, reason))
        }
    }
}

/// What a source without a recipe runs or reads.
fn read_command(table: &mut Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<EvidenceCommand> {
    const ONE: &str = "it needs one of `recipe`, `run`, `shell` and `file`";
    let run = table.take::<Vec<String>>("run").map_err(|mistake| {
        mistake.with_context(|reason| {
            format!("{reason}; a list does without a shell, and `shell` takes a text")
        })
    });
    let run = note(run, mistakes);
    let shell = note(table.take::<String>("shell"), mistakes);
    let file = note(table.take::<String>("file"), mistakes);
    let empty = |at, key: &str| Mistake::at(at, format!("`{key}` is empty"));
    let command = match (run?, shell?, file?) {
        (Some((at, run)), None, None) if run.first().is_none_or(String::is_empty) => {
            Err(empty(at, "run"))
        }
        (None, Some((at, text)), None) if text.trim().is_empty() => Err(empty(at, "shell")),
        (None, None, Some((at, path))) if path.is_empty() => Err(empty(at, "file")),
        (None, None, Some((at, path))) if path.contains("://") => {
            let reason = "`file` is a file on this machine; fetch others with a command";
            Err(Mistake::at(at, reason))
        }
        (Some((_, run)), None, None) => Ok(EvidenceCommand::Program(run)),
        (None, Some((_, script)), None) => Ok(EvidenceCommand::Shell(script)),
        (None, None, Some((_, path))) => Ok(EvidenceCommand::File(path)),
        (None, None, None) => Err(ONE.to_owned().into()),
        _ => Err(format!("{ONE}, and has several").into()),
    };
    note(command, mistakes)
}

fn check_columns(
    format: OutputFormat,
    columns: Option<Positioned<Vec<String>>>,
) -> Result<Vec<String>, Mistake> {
    match (format, columns) {
        (OutputFormat::Json, Some((_, columns))) if (2..=3).contains(&columns.len()) => Ok(columns),
        (OutputFormat::Json, columns) => {
            let reason = "JSON needs `columns`: the members for day, text and link, such as \
                          [\"closedAt\", \"title\", \"url\"]";
            let at = columns.map(|(at, _)| at);
            Err(at.map_or_else(|| reason.to_owned().into(), |at| Mistake::at(at, reason)))
        }
        (_, None) => Ok(Vec::new()),
        (_, Some((at, _))) => Err(Mistake::at(at, "`columns` is only for `format = \"json\"`")),
    }
}

/// The commands of a recipe, with what the user adds to it; `None` with a mistake.
fn fill_recipe(
    recipe: &Recipe,
    table: &mut Table<'_>,
    mistakes: &mut Vec<Mistake>,
) -> Option<Vec<EvidenceCommand>> {
    let command = match &recipe.file {
        Some(file) => EvidenceCommand::File(file.clone()),
        None => EvidenceCommand::Program(recipe.run.clone()),
    };
    let mut commands = vec![command];
    let before = mistakes.len();
    for (key, about) in &recipe.needs {
        let missing = || format!("recipe “{}” needs `{key}`: {about}", recipe.id);
        let values = match table.take::<OneOrMore>(key) {
            Ok(Some((at, values))) => check_values(at, values.into_list(), missing()),
            Ok(None) => Err(missing().into()),
            Err(mistake) => Err(mistake.with_context(|_| missing())),
        };
        let Some((at, values)) = note(values, mistakes) else {
            continue;
        };
        if values.len() * commands.len() > MOST_VALUES {
            let reason = format!("`{key}` has more than {MOST_VALUES} values");
            mistakes.push(Mistake::at(at, reason));
            continue;
        }
        let placeholder = format!("{{{key}}}");
        commands = commands
            .iter()
            .flat_map(|command| {
                let fill = |value: &String| command.replace(&placeholder, value);
                values.iter().map(fill).collect::<Vec<_>>()
            })
            .collect();
    }
    (mistakes.len() == before).then_some(commands)
}

/// The values of what a recipe needs, unless one is empty.
fn check_values(
    at: usize,
    values: Vec<String>,
    missing: String,
) -> Result<Positioned<Vec<String>>, Mistake> {
    if values.is_empty() || values.iter().any(|value| value.trim().is_empty()) {
        return Err(Mistake::at(at, missing));
    }
    Ok((at, values))
}

/// What a key means that no part of a source takes.
fn explain_left_key(key: &str, recipe: Option<&Recipe>) -> String {
    match recipe {
        None => unknown_key(key, &KEYS),
        Some(recipe) if KEYS.contains(&key) => {
            format!("recipe “{}” sets `{key}` already", recipe.id)
        }
        Some(recipe) => {
            let own = recipe.needs.keys().map(String::as_str);
            let known: Vec<&str> = ["name", "recipe", "link", "timeout"]
                .into_iter()
                .chain(own)
                .collect();
            unknown_key(key, &known)
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn into_list(self) -> Vec<String> {
        match self {
            Self::One(value) => vec![value],
            Self::More(values) => values,
        }
    }
}

impl EvidenceCommand {
    /// The command with a placeholder replaced.
    pub fn replace(&self, placeholder: &str, value: &str) -> Self {
        match self {
            Self::Program(words) => Self::Program(
                words
                    .iter()
                    .map(|word| word.replace(placeholder, value))
                    .collect(),
            ),
            Self::Shell(script) => Self::Shell(script.replace(placeholder, value)),
            Self::File(path) => Self::File(path.replace(placeholder, value)),
        }
    }

    /// The command with a leading `~` of an argument or a path replaced, which without a shell no one
    /// else does.
    pub fn expand_home(self, home: &str) -> Self {
        let expand = |word: String| match word.strip_prefix('~') {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("{home}{rest}"),
            _ => word,
        };
        match self {
            Self::Program(words) => Self::Program(words.into_iter().map(expand).collect()),
            Self::Shell(script) => Self::Shell(script),
            Self::File(path) => Self::File(expand(path)),
        }
    }
}
