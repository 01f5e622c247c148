//! `leadby config`: the settings and keys that hold, and help with their files.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;

use super::context::CommandContext;
use super::environment;
use super::sync::Remote;
use super::user_config::ValueSource;
use super::user_keys::{KeysSource, is_keys_file, read_keys};
use crate::config::{Config, STARTER, ThemeName};
use crate::failure::{Failure, FailureKind};
use crate::store::{self, Overwrite};
use crate::text::{display_path, fit, one_line, width};

const EXAMPLES: &str = "\
Examples:
  leadby config                    what holds, and where each value comes from
  leadby config init               a commented file, ready to edit
  leadby config theme nord         other colours, also T on the screens
  leadby config keys               the keys that hold, as a keys.toml
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
        #[arg(value_parser = PossibleValuesParser::new(ThemeName::ALL.map(ThemeName::name)))]
        name: String,
    },
    /// Print the keys that hold, as a keys.toml
    Keys,
    /// List every mistake in your config file and your keys file
    Check {
        /// Another file to check
        #[arg(value_name = "FILE", value_parser = environment::path_parser(), value_hint = clap::ValueHint::FilePath)]
        file: Option<PathBuf>,
    },
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
        match self.command {
            None => show(context),
            Some(ConfigCommand::Init { force }) => init(context, force),
            Some(ConfigCommand::Theme { name }) => keep_theme(context, &name),
            Some(ConfigCommand::Keys) => show_keys(context),
            Some(ConfigCommand::Check { file }) => check(context, file.as_deref()),
        }
    }
}

fn show(context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
    let config = &context.config;
    let keys = KeysSource::load(config.path.as_deref());
    for line in config.warning_lines().iter().chain(&keys.warning_lines()) {
        super::write_stderr(line);
    }
    let path = |path: Option<&PathBuf>| match path {
        Some(path) => display_path(path),
        None => "nowhere: no home folder".to_owned(),
    };
    let (editor, editor_origin) = config.editor();
    let (theme, theme_origin) = config.theme();
    let (mouse, mouse_origin) = config.mouse();
    let due_day = config.due_day();
    let (status_words, status_origin) = config.status_words();
    let mut rows = vec![
        ("config", path(config.path.as_ref()), config.path_source),
        ("keys", path(keys.path.as_ref()), config.path_source),
        ("journal", path(Some(&context.path)), config.journal_source),
        (
            "practices",
            path(context.practices.folder.as_ref()),
            config.practices_source,
        ),
        (
            "ladder",
            path(context.ladder.path.as_ref()),
            context.ladder.origin,
        ),
        ("theme", one_line(theme), theme_origin),
        ("mouse", mouse.to_string(), mouse_origin),
        ("editor", one_line(&editor), editor_origin),
        (
            "due_day",
            due_day.name().to_lowercase(),
            config.due_weekday().1,
        ),
        (
            "due_hour",
            due_day.until_hour.to_string(),
            config.due_hour().1,
        ),
        ("status_words", status_words.to_string(), status_origin),
    ];
    if let Some(notify) = config.notify() {
        let origin = ValueSource::File(notify.line);
        rows.push(("notify", one_line(&notify.value), origin));
    }
    for source in config.evidence() {
        rows.push((
            "evidence",
            one_line(&source.name),
            ValueSource::File(source.line),
        ));
    }
    if config.evidence().is_empty() {
        rows.push(("evidence", "none".to_owned(), ValueSource::Default));
    }
    let remote = Remote::for_journal(&context.path).ok().flatten();
    let remote_name = remote.map_or("none".to_owned(), |remote| one_line(&remote.name));
    rows.push(("sync", remote_name, ValueSource::Default));
    let widest = rows
        .iter()
        .map(|(_, value, _)| width(value))
        .max()
        .unwrap_or_default();
    let names = rows.iter().map(|(name, ..)| width(name)).max();
    let names = names.unwrap_or_default();
    for (name, value, origin) in rows {
        let origin = match (name, origin) {
            ("config", ValueSource::Default) if !config.exists => {
                "not there yet; leadby config init creates it".to_owned()
            }
            ("sync", _) => "leadby sync init sets it up".to_owned(),
            ("keys", _) if !keys.exists => {
                "not there; leadby config keys prints the default".to_owned()
            }
            _ => config.describe(origin),
        };
        let line = format!("{}  {}  {origin}", fit(name, names), fit(&value, widest));
        context.output.write_line(&line)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn init(context: &mut CommandContext<'_>, force: bool) -> anyhow::Result<ExitCode> {
    const ANOTHER_FILE: &str = "LEADBY_CONFIG sets another file";
    let Some(path) = &context.config.path else {
        let message = "no home folder to keep settings in";
        return Err(Failure::new(FailureKind::Usage, message)
            .hint(ANOTHER_FILE)
            .into());
    };
    let overwrite = Overwrite::allowed(force);
    store::write_user_file(path, STARTER, overwrite, ANOTHER_FILE)?;
    context
        .output
        .write_line(&format!("Written: {}", display_path(path)))?;
    context.output.write_line(
        "Keys of your own go into keys.toml beside it: leadby config keys prints all.",
    )?;
    Ok(ExitCode::SUCCESS)
}

fn show_keys(context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
    let keys = KeysSource::load(context.config.path.as_deref());
    for line in keys.warning_lines() {
        super::write_stderr(&line);
    }
    context.output.write_text(&keys.table.to_toml())?;
    Ok(ExitCode::SUCCESS)
}

fn keep_theme(context: &mut CommandContext<'_>, name: &str) -> anyhow::Result<ExitCode> {
    let theme = ThemeName::from_name(name).unwrap_or_default();
    store::keep_theme(context.config.path.as_deref(), theme)?;
    context.output.write_line(&format!("Theme: {name}"))?;
    if let ValueSource::Variable(variable) = context.config.theme().1 {
        super::write_stderr(&format!("leadby: {variable} is set, and goes before it.\n"));
    }
    Ok(ExitCode::SUCCESS)
}

fn check(context: &mut CommandContext<'_>, file: Option<&Path>) -> anyhow::Result<ExitCode> {
    let config = &context.config;
    let mut checked = Vec::new();
    match file {
        Some(path) => {
            let mistakes = if is_keys_file(path) {
                read_keys(path).err()
            } else {
                let read = store::read_user_file(path).map_err(|unread| vec![unread]);
                read.and_then(|file| Config::parse(&file)).err()
            };
            checked.push((mistakes.unwrap_or_default(), display_path(path)));
        }
        None => {
            checked.push(match &config.path {
                Some(path) if config.exists || !config.mistakes.is_empty() => {
                    (config.mistakes.clone(), display_path(path))
                }
                _ => (Vec::new(), "no config file".to_owned()),
            });
            let keys = KeysSource::load(config.path.as_deref());
            if let (Some(path), true) = (&keys.path, keys.exists) {
                checked.push((keys.mistakes, display_path(path)));
            }
        }
    }
    for (mistakes, name) in &checked {
        for mistake in mistakes {
            context.output.write_line(&one_line(&mistake.to_string()))?;
        }
        if mistakes.is_empty() {
            context.output.write_line(&format!("{name}: no mistakes"))?;
        }
    }
    let has_mistakes = checked.iter().any(|(mistakes, _)| !mistakes.is_empty());
    Ok(ExitCode::from(u8::from(has_mistakes)))
}
