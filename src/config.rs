//! The user's settings: `config.toml`, parsed and checked.
//!
//! Everything in it is optional. A file with a mistake is not used, and every mistake is reported
//! with its line. Knows no environment variables and no disk: the text is passed in.

mod colors;
mod evidence;
mod recipes;

pub use colors::{Colors, Rgb, Role, ThemeName};
pub use evidence::{EvidenceCommand, EvidenceSource};
pub use recipes::{OutputFormat, Recipe, recipes};

use toml::de::DeTable;

use crate::user_file::{FileError, Mistake, UserFile, deserialize, unknown_key};

/// The commented file that `leadby config init` writes.
pub const STARTER: &str = include_str!("../assets/config.toml");

/// The keys of the file.
const KEYS: [&str; 6] = ["theme", "colors", "mouse", "editor", "notify", "evidence"];

/// What a config file sets.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Config {
    pub theme: Option<Setting<ThemeName>>,
    /// The roles that have a colour of their own.
    pub colors: Vec<(Role, Rgb)>,
    /// Whether the screens take clicks and the wheel.
    pub mouse: Option<Setting<bool>>,
    /// The command that opens an editor.
    pub editor: Option<Setting<String>>,
    /// The command that shows a reminder.
    pub notify: Option<Setting<String>>,
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
    /// Reads a file.
    ///
    /// # Errors
    /// Every mistake in it, in the order of the lines.
    pub fn parse(file: &UserFile) -> Result<Self, Vec<FileError>> {
        let failed = |mistakes| Err(file.errors(mistakes).collect());
        let table = match DeTable::parse(&file.text) {
            Ok(table) => table.into_inner(),
            Err(error) => return failed(vec![error.into()]),
        };
        let mut config = Self::default();
        let mut mistakes = Vec::new();
        for (key, value) in table {
            let at = value.span().start;
            let line = file.line_at(at);
            let read = match &**key.get_ref() {
                "theme" => deserialize(value).map(|value| {
                    config.theme = Some(Setting { value, line });
                }),
                "colors" => colors::read_roles(value).map(|roles| config.colors = roles),
                "mouse" => deserialize(value).map(|value| {
                    config.mouse = Some(Setting { value, line });
                }),
                "editor" => deserialize(value)
                    .and_then(|editor: String| nonempty("editor", editor))
                    .map(|value| config.editor = Some(Setting { value, line })),
                "notify" => deserialize(value)
                    .and_then(|notify: String| nonempty("command", notify))
                    .map(|value| config.notify = Some(Setting { value, line })),
                "evidence" => {
                    let line_at = |at| file.line_at(at);
                    let (sources, wrong) = evidence::read_sources(value, &line_at);
                    config.evidence = sources;
                    mistakes.extend(wrong);
                    continue;
                }
                other => Err(Mistake::at(key.span().start, unknown_key(other, &KEYS))),
            };
            if let Err(mistake) = read {
                let name = key.get_ref();
                let named = |reason: &str| {
                    if reason.starts_with("unknown key") {
                        reason.to_owned()
                    } else {
                        format!("`{name}`: {reason}")
                    }
                };
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
    /// The text of a file with another theme: the value is replaced, or a line is added.
    ///
    /// # Errors
    /// Every mistake in the file: what it means is not known then.
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
            if present.starts_with('[') {
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

fn nonempty(what: &str, text: String) -> Result<String, Mistake> {
    if text.trim().is_empty() {
        return Err(format!("{what} is empty; leave the line out instead").into());
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
