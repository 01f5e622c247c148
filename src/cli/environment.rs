//! The environment, read once: variables, the home folder, what standard output is.
//!
//! No other code reads it; it is passed what it needs.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{self, Path, PathBuf};

use clap::builder::{PathBufValueParser, PossibleValuesParser, TypedValueParser};
use directories::{BaseDirs, ProjectDirs};

use super::failures::usage;
use crate::config::Colors;
use crate::failure::Failure;
use crate::terminal;

/// Set by the scripts of `leadby completions` to the name of the shell that asks.
pub(super) const COMPLETION_VARIABLE: &str = "LEADBY_COMPLETE";

/// Where a value comes from, the weakest first.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum ValueSource {
    Default,
    /// The config file, at this line.
    File(usize),
    Variable(&'static str),
    Flag(&'static str),
}

/// The path of a file or folder of the user, and what names it.
#[derive(Clone, Debug)]
pub(super) struct UserPath {
    /// `None` without a home folder.
    pub(super) path: Option<PathBuf>,
    pub(super) source: ValueSource,
}

impl UserPath {
    /// The path in a variable, unless it is empty; else the default one.
    fn read(variable: &'static str, default: Option<PathBuf>) -> Self {
        let named = nonempty_variable(variable).map(PathBuf::from);
        let source = match named {
            Some(_) => ValueSource::Variable(variable),
            None => ValueSource::Default,
        };
        let path = named.map(expand_tilde).or(default);
        Self { path, source }
    }

    /// The path of the file to read; `None` if there is none, unless a variable names it.
    pub(super) fn to_read(&self) -> Option<&Path> {
        let path = self.path.as_deref();
        path.filter(|path| self.source != ValueSource::Default || path.exists())
    }

    /// The path to write `what` to; `another` is the hint without one.
    pub(super) fn to_write(&self, what: &str, another: &str) -> Result<PathBuf, Failure> {
        let path = self.path.clone();
        path.ok_or_else(|| usage(format!("no home folder to keep {what} in")).hint(another))
    }
}

/// What a shell asks on Tab.
#[derive(Debug)]
pub(super) struct CompletionRequest {
    /// The name of the shell.
    pub(super) shell: String,
    /// The place of the word to complete; the last one if a shell does not say it.
    pub(super) place: Option<usize>,
    /// Whether bash lists what there is, instead of writing it to the command line.
    pub(super) lists: bool,
}

#[derive(Debug)]
pub(super) struct ProcessEnvironment {
    /// The name the program was called by, and its arguments.
    pub(super) arguments: Vec<OsString>,
    /// The journal file, as `LEADBY_JOURNAL` names it.
    pub(super) journal: UserPath,
    /// The folder of the user's own practices, as `LEADBY_PRACTICES` names it.
    pub(super) practices: UserPath,
    /// The config file, as `LEADBY_CONFIG` names it.
    pub(super) config: UserPath,
    /// The file of the career ladder, as `LEADBY_LADDER` names it.
    pub(super) ladder: UserPath,
    /// The home folder.
    pub(super) home: Option<PathBuf>,
    /// `LEADBY_NOW`, unless it is empty.
    pub(super) now: Option<OsString>,
    /// `LEADBY_THEME`, unless it is empty.
    pub(super) theme: Option<String>,
    /// `VISUAL` or `EDITOR`, with its name: a command of the shell, as people set it.
    pub(super) editor: Option<(&'static str, String)>,
    /// What a shell asks on Tab, instead of a command.
    pub(super) completion: Option<CompletionRequest>,
    /// Settings for the screens.
    pub(super) terminal: terminal::TerminalEnvironment,
    /// The columns of standard output; `None` if it is not a terminal.
    pub(super) columns: Option<usize>,
    /// Whether standard output is a terminal that wants colour.
    pub(super) shows_colour: bool,
}

impl ProcessEnvironment {
    pub(super) fn read() -> Self {
        let no_color = nonempty_variable("NO_COLOR").is_some();
        let term = utf8_variable("TERM");
        let is_terminal = io::stdout().is_terminal();
        let folders = ProjectDirs::from("", "", "leadby");
        let folders = folders.as_ref();
        let in_config_folder = |name| folders.map(|it| it.config_dir().join(name));
        let in_data_folder = |name| folders.map(|it| it.data_dir().join(name));
        let dumb = term.as_deref().is_none_or(|term| term == "dumb");
        Self {
            arguments: std::env::args_os().collect(),
            journal: UserPath::read("LEADBY_JOURNAL", in_data_folder("journal.jsonl")),
            practices: UserPath::read("LEADBY_PRACTICES", in_config_folder("practices")),
            config: UserPath::read("LEADBY_CONFIG", in_config_folder("config.toml")),
            ladder: UserPath::read("LEADBY_LADDER", in_config_folder("ladder.toml")),
            home: home_folder(),
            now: nonempty_variable("LEADBY_NOW"),
            theme: utf8_variable("LEADBY_THEME"),
            // With a blank editor, the shell would run the text itself.
            editor: ["VISUAL", "EDITOR"]
                .into_iter()
                .filter_map(|name| Some((name, utf8_variable(name)?)))
                .find(|(_, editor)| !editor.trim().is_empty()),
            completion: completion_request(),
            columns: stdout_columns(),
            shows_colour: is_terminal && !no_color && !dumb,
            terminal: terminal::TerminalEnvironment {
                term,
                no_color,
                colorterm: utf8_variable("COLORTERM"),
                colorfgbg: utf8_variable("COLORFGBG"),
                term_program: utf8_variable("TERM_PROGRAM"),
                colors: Colors::default(),
                mouse: true,
                temporary: std::env::temp_dir(),
            },
        }
    }

    /// What `--color` says, read before all other arguments, as it applies to their errors, too.
    pub(super) fn choose_colour(&mut self) {
        let arguments = self.arguments.iter().map(|it| it.to_string_lossy());
        let arguments: Vec<_> = arguments.take_while(|it| *it != "--").collect();
        let after = |at: usize| arguments.get(at + 1).map(std::convert::AsRef::as_ref);
        let choice = arguments.iter().enumerate().find_map(|(at, it)| {
            let rest = it.strip_prefix("--color")?;
            rest.strip_prefix('=').or_else(|| after(at))
        });
        let is_coloured = match choice {
            Some("always") => true,
            Some("never") => false,
            _ => return,
        };
        self.shows_colour = is_coloured;
        self.terminal.no_color = !is_coloured;
    }
}

/// Reads a path argument; see [`expand_tilde`].
pub(super) fn path_parser() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().map(expand_tilde)
}

/// Reads one of some values by its name, in any case.
pub(super) fn by_name<T: Copy + Send + Sync + 'static, const N: usize>(
    named: [(&'static str, T); N],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(named.map(|(name, _)| name)).map(move |typed| {
        let is_it = |(name, _): &(&str, T)| name.eq_ignore_ascii_case(&typed);
        let found = named.into_iter().find(is_it);
        found.expect("the parser accepts only these names").1
    })
}

/// Replaces a leading `~` by the home folder, which a shell does not do in quotes and after `=`; a
/// folder that is called `~` is `./~`.
pub(super) fn expand_tilde(path: PathBuf) -> PathBuf {
    match (path.strip_prefix("~"), BaseDirs::new()) {
        (Ok(rest), Some(folders)) => folders.home_dir().join(rest),
        _ => path,
    }
}

/// Whether the file to write is standard output.
pub(super) fn is_standard_output(path: &Path) -> bool {
    path == "-" || path == "/dev/stdout"
}

/// A variable, unless it is empty.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the edge at which the environment is read"
)]
fn nonempty_variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

fn utf8_variable(name: &str) -> Option<String> {
    nonempty_variable(name)?.into_string().ok()
}

/// What a shell asks, by the variables that its script sets.
fn completion_request() -> Option<CompletionRequest> {
    // What bash says when it lists, on a second Tab or where all are shown at once.
    let listing = ["63", "33", "64"];
    Some(CompletionRequest {
        shell: utf8_variable(COMPLETION_VARIABLE)?,
        place: utf8_variable("_CLAP_COMPLETE_INDEX").and_then(|place| place.parse().ok()),
        lists: utf8_variable("_CLAP_COMPLETE_COMP_TYPE")
            .is_some_and(|kind| listing.contains(&kind.as_str())),
    })
}

/// Where a user's programs have their settings.
pub(super) fn config_folder() -> Option<PathBuf> {
    BaseDirs::new().map(|folders| folders.config_dir().to_owned())
}

/// The home folder.
pub(super) fn home_folder() -> Option<PathBuf> {
    BaseDirs::new().map(|folders| folders.home_dir().to_owned())
}

/// The variables by which other files are read than without them, for a call from elsewhere.
pub(super) fn file_variables() -> Vec<(&'static str, PathBuf)> {
    let own = ["LEADBY_CONFIG", "LEADBY_PRACTICES", "LEADBY_LADDER"].into_iter();
    let own = own.filter_map(|name| Some((name, UserPath::read(name, None).path?)));
    let absolute = |(name, path): (_, PathBuf)| (name, path::absolute(&path).unwrap_or(path));
    let config = config_folder().filter(|it| is_moved(it, ".config"));
    let config = config.map(|path| ("XDG_CONFIG_HOME", path));
    config.into_iter().chain(own).map(absolute).collect()
}

/// Whether `XDG_DATA_HOME` says where journals are.
pub(super) fn moves_data() -> bool {
    BaseDirs::new().is_some_and(|folders| is_moved(folders.data_dir(), ".local/share"))
}

/// Whether a folder is not in its place in the home folder; on a Mac no variable says so.
fn is_moved(folder: &Path, place: &str) -> bool {
    cfg!(not(target_os = "macos")) && home_folder().is_some_and(|home| home.join(place) != folder)
}

/// The file of this program.
pub(super) fn program() -> Option<PathBuf> {
    std::env::current_exe().ok()
}

fn stdout_columns() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    (size.ws_col > 0).then_some(usize::from(size.ws_col))
}
