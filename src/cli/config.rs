//! `leadby config`: the settings and keys that hold, and help with their files.

use std::path::{Path, PathBuf};

use super::context::CommandContext;
use super::environment::{self, UserPath, ValueSource};
use super::failures::unknown_name;
use super::file_mistakes::{print_checked, require_file};
use super::listing::aligned_lines;
use super::sync::Remote;
use super::user_config::read_config;
use super::user_keys::{KeysSource, is_keys_file, read_keys};
use super::write_stderr;
use crate::config::{STARTER, ThemeName};
use crate::store::{self, Overwrite};
use crate::text::{display_path, one_line};

const EXAMPLES: &str = "\
Examples:
  leadby config                    the settings in use, and where each is from
  leadby config init               a commented file, ready to edit
  leadby config theme nord         other colours, also T on the screens
  leadby config keys               the keys in use, as a keys.toml
  leadby config check              every mistake in both files

Your settings are one file: ~/.config/leadby/config.toml on Linux, unless
LEADBY_CONFIG sets another. Everything in it is optional. An argument goes
before a variable, a variable before the file; only `editor` in the file goes
before VISUAL and EDITOR, which other programs use too. Keys of your own are in
keys.toml beside it. A file with a mistake in it is not used until it is fixed;
check exits with 1 when it finds one.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<ConfigCommand>,
}

#[derive(Debug, clap::Subcommand)]
enum ConfigCommand {
    /// Write a commented config file to start with
    Init {
        /// Overwrite an existing file
        #[arg(long)]
        force: bool,
    },
    /// Choose the colours of the screens
    Theme {
        /// Its name
        #[arg(ignore_case = true, value_parser = environment::by_name(ThemeName::ALL.map(|it| (it.name(), it))))]
        name: ThemeName,
    },
    /// Print the keys in use, as a keys.toml
    Keys,
    /// List every mistake in your config file and your keys file
    Check {
        /// Another file to check; one called keys.toml is checked as keys
        #[arg(value_name = "FILE", value_parser = environment::path_parser(), value_hint = clap::ValueHint::FilePath)]
        file: Option<PathBuf>,
    },
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        match self.command {
            None => show(context),
            Some(ConfigCommand::Init { force }) => init(context, force),
            Some(ConfigCommand::Theme { name }) => keep_theme(context, name),
            Some(ConfigCommand::Keys) => show_keys(context),
            Some(ConfigCommand::Check { file }) => check(context, file.as_deref()),
        }
    }
}

fn show(context: &mut CommandContext<'_>) -> anyhow::Result<()> {
    let keys = KeysSource::load(context.config.file.path.as_deref());
    context.config.mistakes.warn();
    keys.mistakes.warn();
    warn_of_theme(context);
    Ok(context.print_lines(aligned_lines(&settings(&keys, context)))?)
}

/// Says that `LEADBY_THEME` is not used, if it names no theme.
fn warn_of_theme(context: &CommandContext<'_>) {
    let Some(name) = &context.config.unknown_theme else {
        return;
    };
    let why = unknown_name("theme", name, &ThemeName::ALL.map(ThemeName::name));
    let themes = why.hints().concat();
    write_stderr(&format!(
        "leadby: LEADBY_THEME is not used: {why}.\n  {themes}\n"
    ));
}

/// The settings that hold: name, value and origin.
fn settings(keys: &KeysSource, context: &CommandContext<'_>) -> Vec<[String; 3]> {
    let config = &context.config;
    let row = |name: &str, value: String, origin: String| [name.to_owned(), value, origin];
    let set = |name, value, source| row(name, value, config.describe(source));
    let shown = |path: Option<&PathBuf>| match path {
        Some(path) => display_path(path),
        None => "nowhere: no home folder".to_owned(),
    };
    let path = |name, path: &UserPath| set(name, shown(path.path.as_ref()), path.source);
    let (mouse, mouse_source) = config.mouse();
    let (status_words, status_source) = config.status_words();
    let due_day = config.due_day();
    let config_origin = match config.file.source {
        ValueSource::Default if !config.exists => {
            "not there yet; leadby config init creates it".to_owned()
        }
        source => config.describe(source),
    };
    let keys_origin = if keys.exists {
        config.describe(config.file.source)
    } else {
        "not there; leadby config keys prints the default".to_owned()
    };
    let mut rows = vec![
        row("config", shown(config.file.path.as_ref()), config_origin),
        row("keys", shown(keys.path.as_ref()), keys_origin),
        set(
            "journal",
            display_path(&context.path),
            config.journal_source,
        ),
        path("practices", &context.practices.folder),
        path("ladder", &context.ladder),
        set("theme", config.theme.0.name().to_owned(), config.theme.1),
    ];
    rows.extend(config.colors().map(|(role, color)| {
        let color_of = format!("{} {}", role.name(), color.value);
        set("colors", color_of, ValueSource::File(color.line))
    }));
    rows.extend([
        set("mouse", mouse.to_string(), mouse_source),
        set("editor", one_line(&config.editor.0), config.editor.1),
        set(
            "due_day",
            due_day.name().to_lowercase(),
            config.due_weekday().1,
        ),
        set(
            "due_hour",
            due_day.until_hour.to_string(),
            config.due_hour().1,
        ),
        set("status_words", status_words.to_string(), status_source),
    ]);
    if let Some(notify) = config.notify() {
        let source = ValueSource::File(notify.line);
        rows.push(set("notify", one_line(&notify.value), source));
    }
    for evidence in config.evidence() {
        let source = ValueSource::File(evidence.line);
        rows.push(set("evidence", one_line(&evidence.name), source));
    }
    if config.evidence().is_empty() {
        rows.push(set("evidence", "none".to_owned(), ValueSource::Default));
    }
    let remote = Remote::for_journal(&context.path).ok().flatten();
    let remote = remote.map_or("none".to_owned(), |remote| one_line(&remote.name));
    rows.push(row(
        "sync",
        remote,
        "leadby sync init sets it up".to_owned(),
    ));
    rows
}

fn init(context: &mut CommandContext<'_>, force: bool) -> anyhow::Result<()> {
    const ANOTHER_FILE: &str = "LEADBY_CONFIG sets another file";
    let path = context.config.file.to_write("settings", ANOTHER_FILE)?;
    context.write_user_file(&path, STARTER, Overwrite::allowed(force), ANOTHER_FILE)?;
    context.print_line(
        "Keys of your own go into keys.toml beside it: leadby config keys prints all.",
    )?;
    Ok(())
}

fn show_keys(context: &mut CommandContext<'_>) -> anyhow::Result<()> {
    let keys = KeysSource::load(context.config.file.path.as_deref());
    keys.mistakes.warn();
    Ok(context.output.write_text(&keys.table.to_toml())?)
}

fn keep_theme(context: &mut CommandContext<'_>, theme: ThemeName) -> anyhow::Result<()> {
    let path = context.config.file.path.as_deref();
    let variable = context.config.theme_variable();
    let said = store::keep_theme(&context.path, path, theme, variable)?;
    Ok(context.print_line(said)?)
}

fn check(context: &mut CommandContext<'_>, file: Option<&Path>) -> anyhow::Result<()> {
    let config = &context.config;
    file.map_or(Ok(()), require_file)?;
    let mut checked = Vec::new();
    match file {
        Some(path) => {
            let mistakes = if is_keys_file(path) {
                read_keys(path).err()
            } else {
                // Keys under another name.
                read_config(path).err().filter(|_| read_keys(path).is_err())
            };
            checked.push((mistakes.unwrap_or_default(), display_path(path)));
        }
        None => {
            warn_of_theme(context);
            let mistakes = &config.mistakes.found;
            checked.push(match &config.file.path {
                Some(path) if config.exists || !mistakes.is_empty() => {
                    (mistakes.clone(), display_path(path))
                }
                _ => (Vec::new(), "no config file".to_owned()),
            });
            let keys = KeysSource::load(config.file.path.as_deref());
            if let (Some(path), true) = (&keys.path, keys.exists) {
                checked.push((keys.mistakes.found, display_path(path)));
            }
        }
    }
    for (_, name) in &mut checked {
        name.push_str(": no mistakes");
    }
    context.exit_code = print_checked(&checked, context.output)?;
    Ok(())
}
