//! The user's settings: `config.toml`, parsed and checked, and `keys.toml`, parsed.
//!
//! Everything in it is optional. A file with a mistake is not used, and every mistake is reported
//! with its line. Knows no environment variables and no disk: the text is passed in.

mod colors;
mod evidence;
mod keys;
mod recipes;

pub use colors::{Colors, Rgb, Role, ThemeName};
pub use evidence::{EvidenceCommand, EvidenceSource};
pub use keys::{KeysFile, KeysOfAction, KeysOfContext, Placed};
pub use recipes::{OutputFormat, Recipe, recipes};

use chrono::Weekday;
use toml::de::DeTable;

use crate::user_file::{FileError, Mistake, UserFile, deserialize, unknown_key};

/// The commented file that `leadby config init` writes.
pub const STARTER: &str = include_str!("../assets/config.toml");

/// The keys of the file.
const KEYS: [&str; 9] = [
    "theme",
    "colors",
    "mouse",
    "editor",
    "notify",
    "due_day",
    "due_hour",
    "status_words",
    "evidence",
];

/// What a config file sets.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Config {
    pub theme: Option<Setting<ThemeName>>,
    /// The roles that have a colour of their own.
    pub colors: Vec<(Role, Setting<Rgb>)>,
    /// Whether the screens take clicks and the wheel.
    pub mouse: Option<Setting<bool>>,
    /// The command that opens an editor.
    pub editor: Option<Setting<String>>,
    /// The command that shows a reminder.
    pub notify: Option<Setting<String>>,
    /// The day by which something is led better.
    pub due_day: Option<Setting<Weekday>>,
    /// The hour of that day from which the one of the next week is meant.
    pub due_hour: Option<Setting<u32>>,
    /// Whether the status line has the text of a commitment.
    pub status_words: Option<Setting<bool>>,
    /// Where evidence comes from, in the order of the file.
    pub evidence: Vec<EvidenceSource>,
}

/// A value of the file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Setting<T> {
    pub value: T,
    /// Its line, from 1.
    pub line: usize,
}

impl Config {
    /// Reads a file. The errors are every mistake in it, in the order of the lines.
    pub fn parse(file: &UserFile) -> Result<Self, Vec<FileError>> {
        let failed = |mistakes| Err(file.errors(mistakes).collect());
        let table = match DeTable::parse(&file.text) {
            Ok(table) => table.into_inner(),
            Err(error) => return failed(vec![error.into()]),
        };
        let line_at = |at| file.line_at(at);
        let mut config = Self::default();
        let mut mistakes = Vec::new();
        for (key, value) in table {
            let at = value.span().start;
            let line = line_at(at);
            let name = key.get_ref();
            let named = |reason: &str| {
                if reason.starts_with("unknown key") {
                    reason.to_owned()
                } else {
                    format!("`{name}`: {reason}")
                }
            };
            let read = match &**key.get_ref() {
                "theme" => deserialize(value).map(|value| {
                    config.theme = Some(Setting { value, line });
                }),
                "colors" => {
                    let (roles, wrong) = colors::read_roles(value, &line_at);
                    config.colors = roles;
                    mistakes.extend(wrong.into_iter().map(|it| it.with_context(named)));
                    continue;
                }
                "mouse" => deserialize(value).map(|value| {
                    config.mouse = Some(Setting { value, line });
                }),
                "editor" => deserialize(value)
                    .and_then(|editor: String| shell_words("editor", editor))
                    .map(|value| config.editor = Some(Setting { value, line })),
                "notify" => deserialize(value)
                    .and_then(|notify: String| shell_words("command", notify))
                    .map(|value| config.notify = Some(Setting { value, line })),
                "status_words" => deserialize(value).map(|value| {
                    config.status_words = Some(Setting { value, line });
                }),
                "due_day" => deserialize(value)
                    .and_then(|day: String| weekday(&day))
                    .map(|value| config.due_day = Some(Setting { value, line })),
                "due_hour" => deserialize(value)
                    .and_then(hour)
                    .map(|value| config.due_hour = Some(Setting { value, line })),
                "evidence" => {
                    let (sources, wrong) = evidence::read_sources(value, &line_at);
                    config.evidence = sources;
                    mistakes.extend(wrong);
                    continue;
                }
                other => Err(Mistake::at(key.span().start, unknown_key(other, &KEYS))),
            };
            if let Err(mistake) = read {
                mistakes.push(mistake.with_context(named).or_at(at));
            }
        }
        if mistakes.is_empty() {
            Ok(config)
        } else {
            failed(mistakes)
        }
    }
}

impl Config {
    /// The text of a file with another theme: the value is replaced, or a line is added. The errors
    /// are every mistake in it: what it means is not known then.
    pub fn with_theme(file: &UserFile, theme: ThemeName) -> Result<String, Vec<FileError>> {
        Self::parse(file)?;
        let name = theme.name();
        let mut text = file.text.clone();
        let table = DeTable::parse(&file.text).map_err(|error| vec![error.into()]);
        let table = table.map_err(|mistakes| file.errors(mistakes).collect::<Vec<_>>())?;
        if let Some(value) = table.get_ref().get("theme") {
            text.replace_range(value.span(), &format!("\"{name}\""));
            return Ok(text);
        }
        // What follows a table belongs to it, so the line goes before the first one: in the place
        // of the example in the commented file, or to the top.
        let line = format!("theme = \"{name}\"\n");
        let mut at = 0;
        for present in file.text.split_inclusive('\n') {
            if present.trim_start().starts_with('[') {
                break;
            }
            if present.starts_with("# theme = ") {
                text.replace_range(at..at + present.len(), &line);
                return Ok(text);
            }
            at += present.len();
        }
        Ok(line + &text)
    }
}

/// The day of the week with this name, in full or short.
fn weekday(name: &str) -> Result<Weekday, Mistake> {
    let day = name.parse();
    day.map_err(|_| {
        format!("“{name}” is not a day of the week; try \"thursday\" or \"thu\"").into()
    })
}

fn hour(hour: u32) -> Result<u32, Mistake> {
    if hour > 24 {
        return Err(format!("{hour} is not an hour of a day; 0 to 24").into());
    }
    Ok(hour)
}

/// A command that can be split as a shell does it.
fn shell_words(what: &str, text: String) -> Result<String, Mistake> {
    match shell_words::split(&text) {
        Ok(_) => nonempty(what, text),
        Err(_) => Err("a quote is not closed".to_owned().into()),
    }
}

fn nonempty(what: &str, text: String) -> Result<String, Mistake> {
    if text.trim().is_empty() {
        return Err(format!("{what} is empty; leave the line out instead").into());
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
