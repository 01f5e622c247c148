//! The settings of a call: the user's config file, the variables, the defaults.
//!
//! Mistakes in the file are collected to be reported; they stop nothing.

use std::path::Path;

use chrono::Weekday;

use super::environment::{ProcessEnvironment, UserPath, ValueSource};
use super::file_mistakes::FileMistakes;
use crate::calendar::DueDay;
use crate::config::{Colors, Config, EvidenceSource, Rgb, Role, Setting, ThemeName};
use crate::store;
use crate::terminal::TerminalEnvironment;
use crate::text::one_line;
use crate::user_file::FileError;

/// The user's settings, and where they come from.
pub(super) struct ConfigSource {
    pub(super) file: UserPath,
    pub(super) exists: bool,
    pub(super) mistakes: FileMistakes,
    pub(super) journal_source: ValueSource,
    /// The command that opens an editor.
    pub(super) editor: (String, ValueSource),
    pub(super) theme: (ThemeName, ValueSource),
    /// What `LEADBY_THEME` says, if that is no theme. It changes nothing.
    pub(super) unknown_theme: Option<String>,
    config: Config,
}

impl ConfigSource {
    /// Reads the file that the environment names. `has_flag` tells whether `--journal` was given.
    pub(super) fn load(environment: &ProcessEnvironment, has_flag: bool) -> Self {
        let file = environment.config.clone();
        let (mut config, mistakes) = match file.to_read().map(read_config) {
            Some(Ok(config)) => (config, Vec::new()),
            Some(Err(mistakes)) => (Config::default(), mistakes),
            None => (Config::default(), Vec::new()),
        };
        if let Some(home) = environment.home.as_ref().and_then(|home| home.to_str()) {
            expand_home(&mut config.evidence, home);
        }
        Self {
            exists: file.path.as_ref().is_some_and(|path| path.exists()),
            file,
            mistakes: FileMistakes {
                found: mistakes,
                heading: "your config file is not used until it is fixed.",
                lead: "your config file is not used",
                check: "leadby config check",
            },
            journal_source: if has_flag {
                ValueSource::Flag("--journal")
            } else {
                environment.journal.source
            },
            editor: choose_editor(environment, config.editor.as_ref()),
            theme: choose_theme(environment, config.theme.as_ref()),
            unknown_theme: environment
                .theme
                .clone()
                .filter(|name| ThemeName::from_name(name).is_none()),
            config,
        }
    }

    /// The variable that sets the theme, if one does.
    pub(super) fn theme_variable(&self) -> Option<&'static str> {
        match self.theme.1 {
            ValueSource::Variable(name) => Some(name),
            _ => None,
        }
    }

    /// Whether the screens take clicks and the wheel.
    pub(super) fn mouse(&self) -> (bool, ValueSource) {
        set_or(self.config.mouse.as_ref(), true)
    }

    /// The command that shows a reminder, if there is one.
    pub(super) fn notify(&self) -> Option<&Setting<String>> {
        self.config.notify.as_ref()
    }

    /// Whether the status line has the text of a commitment.
    pub(super) fn status_words(&self) -> (bool, ValueSource) {
        set_or(self.config.status_words.as_ref(), true)
    }

    /// The same; not while the file has a mistake, since it may say so.
    pub(super) fn shows_status_words(&self) -> bool {
        self.mistakes.found.is_empty() && self.status_words().0
    }

    /// The day by which something is led better, and until when on it.
    pub(super) fn due_day(&self) -> DueDay {
        DueDay {
            weekday: self.due_weekday().0,
            until_hour: self.due_hour().0,
        }
    }

    pub(super) fn due_weekday(&self) -> (Weekday, ValueSource) {
        set_or(self.config.due_day.as_ref(), DueDay::default().weekday)
    }

    pub(super) fn due_hour(&self) -> (u32, ValueSource) {
        set_or(self.config.due_hour.as_ref(), DueDay::default().until_hour)
    }

    /// Where evidence comes from.
    pub(super) fn evidence(&self) -> &[EvidenceSource] {
        &self.config.evidence
    }

    /// The roles that have a colour of their own.
    pub(super) fn colors(&self) -> impl Iterator<Item = &(Role, Setting<Rgb>)> {
        self.config.colors.iter()
    }

    /// The settings of the screens.
    pub(super) fn terminal(&self, environment: TerminalEnvironment) -> TerminalEnvironment {
        TerminalEnvironment {
            colors: Colors {
                theme: self.theme.0,
                roles: self
                    .colors()
                    .map(|(role, color)| (*role, color.value))
                    .collect(),
            },
            mouse: self.mouse().0,
            ..environment
        }
    }

    /// The origin in words: "config.toml, line 3".
    pub(super) fn describe(&self, origin: ValueSource) -> String {
        match origin {
            ValueSource::Default => "default".to_owned(),
            ValueSource::Variable(name) | ValueSource::Flag(name) => name.to_owned(),
            ValueSource::File(line) => {
                let name = self.file.path.as_ref().and_then(|path| path.file_name());
                let name = name.map(|name| one_line(&name.display().to_string()));
                format!("{}, line {line}", name.unwrap_or_default())
            }
        }
    }
}

/// The settings of a file.
pub(super) fn read_config(path: &Path) -> Result<Config, Vec<FileError>> {
    let file = store::read_user_file(path).map_err(|unread| vec![unread])?;
    Config::parse(&file)
}

/// The value of the file, or the default.
fn set_or<T: Copy>(set: Option<&Setting<T>>, default: T) -> (T, ValueSource) {
    match set {
        Some(set) => (set.value, ValueSource::File(set.line)),
        None => (default, ValueSource::Default),
    }
}

/// As in git, what is set for this program goes before what is set for all.
fn choose_editor(
    environment: &ProcessEnvironment,
    set: Option<&Setting<String>>,
) -> (String, ValueSource) {
    match (set, &environment.editor) {
        (Some(set), _) => (set.value.clone(), ValueSource::File(set.line)),
        (None, Some((name, editor))) => (editor.clone(), ValueSource::Variable(name)),
        // POSIX has it everywhere.
        (None, None) => ("vi".to_owned(), ValueSource::Default),
    }
}

fn choose_theme(
    environment: &ProcessEnvironment,
    set: Option<&Setting<ThemeName>>,
) -> (ThemeName, ValueSource) {
    match environment.theme.as_deref().and_then(ThemeName::from_name) {
        Some(theme) => (theme, ValueSource::Variable("LEADBY_THEME")),
        None => set_or(set, ThemeName::default()),
    }
}

fn expand_home(sources: &mut [EvidenceSource], home: &str) {
    for source in sources {
        let commands = std::mem::take(&mut source.commands).into_iter();
        source.commands = commands.map(|command| command.expand_home(home)).collect();
    }
}
