//! The settings of a call: the user's config file, the variables, the defaults.
//!
//! Mistakes in the file are collected to be reported; they stop nothing.

use std::path::PathBuf;

use chrono::Weekday;

use super::environment::ProcessEnvironment;
use super::file_mistakes;
use crate::calendar::DueDay;
use crate::config::{Colors, Config, EvidenceSource, Setting, ThemeName};
use crate::failure::Failure;
use crate::store;
use crate::terminal::TerminalEnvironment;
use crate::text::one_line;
use crate::user_file::FileError;

/// The command that reports every mistake.
const CHECK: &str = "leadby config check";

/// The user's settings, and where they come from.
pub(super) struct ConfigSource {
    /// The file; `None` without a home folder.
    pub(super) path: Option<PathBuf>,
    pub(super) path_source: ValueSource,
    pub(super) exists: bool,
    pub(super) mistakes: Vec<FileError>,
    pub(super) journal_source: ValueSource,
    pub(super) practices_source: ValueSource,
    config: Config,
    editor: (String, ValueSource),
    theme: (Option<String>, ValueSource),
}

/// Where a value comes from, the weakest first.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum ValueSource {
    Default,
    /// The config file, at this line.
    File(usize),
    Variable(&'static str),
    Flag(&'static str),
}

impl ConfigSource {
    /// Reads the file that the environment names. `has_flag` tells whether `--journal` was given.
    pub(super) fn load(environment: &ProcessEnvironment, has_flag: bool) -> Self {
        let variable = |is_set: bool, name| {
            if is_set {
                ValueSource::Variable(name)
            } else {
                ValueSource::Default
            }
        };
        let path_source = variable(environment.config.is_some(), "LEADBY_CONFIG");
        let path = environment
            .config
            .clone()
            .or(environment.default_config.clone());
        // A file that a variable names must be there.
        let exists = path.as_ref().is_some_and(|path| path.exists());
        let is_read = exists || path_source != ValueSource::Default;
        let read = match path
            .as_ref()
            .filter(|_| is_read)
            .map(|path| store::read_user_file(path))
        {
            Some(Ok(file)) => Config::parse(&file),
            Some(Err(unread)) => Err(vec![unread]),
            None => Ok(Config::default()),
        };
        let (mut config, mistakes) = match read {
            Ok(config) => (config, Vec::new()),
            Err(mistakes) => (Config::default(), mistakes),
        };
        if let Some(home) = environment.home.as_ref().and_then(|home| home.to_str()) {
            expand_home(&mut config.evidence, home);
        }
        Self {
            path,
            path_source,
            exists,
            mistakes,
            journal_source: if has_flag {
                ValueSource::Flag("--journal")
            } else {
                variable(environment.journal.is_some(), "LEADBY_JOURNAL")
            },
            practices_source: variable(environment.practices.is_some(), "LEADBY_PRACTICES"),
            editor: choose_editor(environment, config.editor.as_ref()),
            theme: choose_theme(environment, config.theme.as_ref()),
            config,
        }
    }

    /// The command that opens an editor, and where it comes from.
    pub(super) fn editor(&self) -> (String, ValueSource) {
        self.editor.clone()
    }

    /// The name of the theme, as it was given.
    pub(super) fn theme(&self) -> (&str, ValueSource) {
        let name = self.theme.0.as_deref();
        (name.unwrap_or(ThemeName::default().name()), self.theme.1)
    }

    /// The colours of the screens. An unknown name in the variable changes nothing.
    fn colors(&self) -> Colors {
        Colors {
            theme: ThemeName::from_name(self.theme().0).unwrap_or_default(),
            roles: self.config.colors.clone(),
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

    /// The settings of the screens.
    pub(super) fn terminal(&self, environment: TerminalEnvironment) -> TerminalEnvironment {
        TerminalEnvironment {
            colors: self.colors(),
            mouse: self.mouse().0,
            ..environment
        }
    }

    /// What a command prints on standard error first, each line with its newline.
    pub(super) fn warning_lines(&self) -> Vec<String> {
        let heading = "your config file is not used until it is fixed.";
        file_mistakes::warning_lines(heading, &self.mistakes, CHECK)
    }

    /// The same in one line.
    pub(super) fn brief_warning(&self) -> Option<Failure> {
        file_mistakes::brief_warning("your config file is not used", &self.mistakes, CHECK)
    }

    /// The origin in words: "config.toml, line 3".
    pub(super) fn describe(&self, origin: ValueSource) -> String {
        match origin {
            ValueSource::Default => "default".to_owned(),
            ValueSource::Variable(name) | ValueSource::Flag(name) => name.to_owned(),
            ValueSource::File(line) => {
                let name = self.path.as_ref().and_then(|path| path.file_name());
                let name = name.map(|name| one_line(&name.display().to_string()));
                format!("{}, line {line}", name.unwrap_or_default())
            }
        }
    }
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
) -> (Option<String>, ValueSource) {
    match (&environment.theme, set) {
        (Some(theme), _) => (Some(theme.clone()), ValueSource::Variable("LEADBY_THEME")),
        (None, Some(set)) => (
            Some(set.value.name().to_owned()),
            ValueSource::File(set.line),
        ),
        (None, None) => (None, ValueSource::Default),
    }
}

fn expand_home(sources: &mut [EvidenceSource], home: &str) {
    for source in sources {
        let commands = std::mem::take(&mut source.commands).into_iter();
        source.commands = commands.map(|command| command.expand_home(home)).collect();
    }
}
