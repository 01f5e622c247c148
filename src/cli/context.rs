//! What every command works with: the journal, the practices, the moment, the way out.

use std::io::{self, Read};
use std::mem::ManuallyDrop;
use std::path::{self, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;

use super::environment::Environment;
use super::output::Output;
use super::own::Practices;
use super::say;
use crate::calendar::{self, DayError, Direction, Length, Now, Span, Stamp};
use crate::failure::{Failure, Kind};
use crate::journal::{Change, Entry, Head, Journal};
use crate::practice::Catalog;
use crate::store::{self, Appended, Damage, Finding, Loaded, Store};
use crate::terminal::{self, Clock};
use crate::words::{self, quoted};

/// The surroundings of one command.
pub(super) struct Context<'a> {
    /// The journal file, by a path that is right in any folder.
    pub(super) path: PathBuf,
    /// How the program is called again for this journal: `leadby`, with `--journal` if it was given.
    pub(super) call: String,
    /// Where the time comes from.
    pub(super) clock: Clock,
    /// The moment of the call; one for all that a command does.
    pub(super) now: Now,
    /// The practices in use.
    pub(super) catalog: Catalog,
    /// Where they come from, and what is wrong with the user's own.
    pub(super) practices: Practices,
    /// The command that opens an editor.
    pub(super) editor: String,
    /// What concerns the screens.
    pub(super) terminal: terminal::Environment,
    /// How many columns standard output has; none when it is not a terminal.
    pub(super) columns: Option<usize>,
    /// Whether standard output is a terminal that wants colour.
    pub(super) shows_colour: bool,
    /// Where results go.
    pub(super) output: &'a mut Output,
    /// Whether lines that are left out of what is read are remarked on.
    pub(super) says_left_out: bool,
    input_is_read: bool,
    /// A text that came from standard input and can be read nowhere else.
    piped: Option<Vec<u8>>,
}

/// The journal as it was read.
pub(super) struct Opened {
    /// The file.
    pub(super) store: Store,
    /// What it holds. It ends with the process, and is not taken apart before.
    pub(super) journal: ManuallyDrop<Journal>,
    /// What is wrong with some of its lines.
    pub(super) findings: Vec<Finding>,
}

impl<'a> Context<'a> {
    /// The surroundings that arguments and environment ask for.
    pub(super) fn new(
        journal: Option<PathBuf>,
        environment: Environment,
        output: &'a mut Output,
    ) -> Result<Self, Failure> {
        let clock = clock(&environment)?;
        let (practices, catalog) = Practices::gather(&environment);
        let is_named = journal.is_some();
        let path = journal
            .or(environment.journal)
            .or(environment.default_journal)
            .ok_or_else(|| {
                Failure::new(
                    Kind::Usage,
                    "there is no home folder to keep the journal in",
                )
                .hint("name a file with --journal PATH or LEADBY_JOURNAL")
            })?;
        if path.as_os_str().is_empty() {
            return Err(Failure::new(
                Kind::Usage,
                "--journal is empty; it takes the path of a file",
            ));
        }
        let path = path::absolute(&path).unwrap_or(path);
        let call = if is_named {
            format!("leadby --journal {}", words::for_shell(&path))
        } else {
            "leadby".to_owned()
        };
        Ok(Self {
            path,
            call,
            clock,
            now: clock.now(),
            catalog,
            practices,
            // The one that POSIX has everywhere.
            editor: environment.editor.unwrap_or_else(|| "vi".to_owned()),
            terminal: environment.terminal,
            columns: environment.columns,
            shows_colour: environment.shows_colour,
            output,
            says_left_out: false,
            input_is_read: false,
            piped: None,
        })
    }

    /// Reads the journal, without changing anything.
    pub(super) fn open(&self) -> Result<Opened, Failure> {
        Ok(self.open_with(|_| ())?.0)
    }

    /// Reads the journal, and what follows from the order of its lines.
    pub(super) fn open_with<T>(
        &self,
        look: impl FnOnce(&[Entry]) -> T,
    ) -> Result<(Opened, T), Failure> {
        let (store, loaded) = Store::open(&self.path)?;
        let seen = look(&loaded.entries);
        Ok((self.opened(store, loaded)?, seen))
    }

    /// Reads of the journal the versions that are `wanted`, and what a save has to know.
    pub(super) fn open_for(&self, wanted: impl Fn(&dyn Head) -> bool) -> Result<Opened, Failure> {
        let (store, loaded) = Store::open_for(&self.path, self.now, wanted)?;
        self.opened(store, loaded)
    }

    fn opened(&self, store: Store, loaded: Loaded) -> Result<Opened, Failure> {
        if store.is_foreign() {
            let path = words::one_line(&self.path.display().to_string());
            let message = format!("{path} is no leadby journal, and is left as it is");
            return Err(Failure::new(Kind::Journal, message)
                .hint("name another file with --journal PATH or LEADBY_JOURNAL")
                .hint("`leadby doctor` says what it looks like"));
        }
        if self.says_left_out {
            self.say_left_out(&loaded.findings);
        }
        Ok(Opened {
            store,
            journal: ManuallyDrop::new(Journal::fold_list(loaded.entries)),
            findings: loaded.findings,
        })
    }

    /// One line on standard error about lines that are in the file and not in what is shown.
    fn say_left_out(&self, findings: &[Finding]) {
        let left = findings
            .iter()
            .filter(|it| it.what != Damage::ChangedOutside);
        let left = match left.count() {
            0 => return,
            1 => "1 line of the journal is".to_owned(),
            more => format!("{more} lines of the journal are"),
        };
        say(&format!(
            "leadby: {left} left out; `{} doctor` says why.\n",
            self.call
        ));
    }

    /// Saves one change; returns once it is on the disk, with the entry as it now stands.
    pub(super) fn save(&self, opened: &mut Opened, change: Change) -> Result<Entry, Failure> {
        let saved = self.save_all(opened, &[change])?;
        saved.into_iter().next().ok_or_else(|| {
            Failure::new(
                Kind::Journal,
                "the journal took the words and did not say under which id",
            )
        })
    }

    /// Saves several changes at once; returns once they are on the disk.
    pub(super) fn save_all(
        &self,
        opened: &mut Opened,
        changes: &[Change],
    ) -> Result<Vec<Entry>, Failure> {
        self.save_with(opened, changes, Store::append)
    }

    /// Saves changes by one of the store's ways to save.
    pub(super) fn save_with(
        &self,
        opened: &mut Opened,
        changes: &[Change],
        append: impl FnOnce(&mut Store, &[Change], &Journal, Now) -> Result<Appended, Failure>,
    ) -> Result<Vec<Entry>, Failure> {
        let appended = append(&mut opened.store, changes, &opened.journal, self.now)?;
        if let Some(note) = &appended.note {
            say(&format!("leadby: it is saved, but {}.\n", note.text));
        }
        let saved = appended.saved.iter().cloned();
        let others = appended.others.entries;
        opened.journal.absorb_all(others.into_iter().chain(saved));
        Ok(appended.saved)
    }

    /// Says what was saved. Losing this line is not losing the words, and the error says so.
    pub(super) fn confirm(&mut self, said: &str, entry: &Entry) -> anyhow::Result<ExitCode> {
        let line = format!("{said}  ({})", words::one_line(entry.id.as_str()));
        let printed = self.output.line(&line).and_then(|()| self.output.flush());
        printed.map_err(|lost| {
            lost.hint("your words are saved; only the line that says so is lost")
        })?;
        Ok(ExitCode::SUCCESS)
    }

    /// A text from the arguments, or from standard input when it is `-`.
    pub(super) fn text(&mut self, text: String) -> Result<String, Failure> {
        if text != "-" {
            return Ok(text);
        }
        let bytes = self.input()?;
        if !bytes.trim_ascii().is_empty() && !store::can_be_read_again(&io::stdin()) {
            self.piped = Some(bytes.clone());
        }
        let mut text = String::from_utf8(bytes).map_err(|_| {
            Failure::new(Kind::Usage, "standard input is not UTF-8 text").hint("nothing was saved")
        })?;
        // Some programs put it before UTF-8; it is no part of the words.
        if let Some(rest) = text.strip_prefix('\u{feff}') {
            text = rest.to_owned();
        }
        if text.ends_with('\n') {
            text.pop();
            if text.ends_with('\r') {
                text.pop();
            }
        }
        Ok(text)
    }

    /// A text that was read from standard input and can be read nowhere else.
    pub(super) fn piped(&self) -> Option<&[u8]> {
        self.piped.as_deref()
    }

    /// All of standard input, which can be read once.
    pub(super) fn input(&mut self) -> Result<Vec<u8>, Failure> {
        if std::mem::replace(&mut self.input_is_read, true) {
            return Err(Failure::new(
                Kind::Usage,
                "standard input can stand for one text only, and two are -",
            ));
        }
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map_err(|error| {
            Failure::new(
                Kind::Usage,
                format!("standard input cannot be read: {error}"),
            )
        })?;
        Ok(bytes)
    }

    /// A text, if it says something; `what` names it when it does not.
    pub(super) fn full(text: String, what: &str) -> Result<String, Failure> {
        if text.trim().is_empty() {
            return Err(Failure::new(
                Kind::Usage,
                format!("{what} is empty, so nothing was saved"),
            ));
        }
        Ok(text)
    }

    /// The day that `text` means, where something is due: never one in the past, unless it is
    /// written with its year.
    pub(super) fn day(&self, text: &str) -> Result<NaiveDate, Failure> {
        calendar::parse_day(text, self.now, Direction::Ahead).map_err(|error| not_a_day(&error))
    }

    /// The day that `text` means, where what is due on `due` gets another one.
    pub(super) fn another_day(&self, text: &str, due: NaiveDate) -> Result<NaiveDate, Failure> {
        let another = Direction::Another(due);
        calendar::parse_day(text, self.now, another).map_err(|error| not_a_day(&error))
    }

    /// The day that `text` means, where something happened: the last one of its name.
    pub(super) fn past_day(&self, text: &str) -> Result<NaiveDate, Failure> {
        calendar::parse_day(text, self.now, Direction::Back).map_err(|error| not_a_day(&error))
    }

    /// The first of the days that `text` means to someone who looks back.
    pub(super) fn since(&self, text: &str) -> Result<NaiveDate, Failure> {
        let days = calendar::parse_stretch(text, self.now).map_err(|error| not_a_day(&error))?;
        Ok(*days.start())
    }

    /// The span of this length that `text` means; the present one if it is empty.
    pub(super) fn span(&self, length: Length, text: &str) -> Result<Span, Failure> {
        if text.is_empty() {
            return Ok(Span::of(length, self.now.today()));
        }
        calendar::parse_span(text, self.now, length).map_err(|error| not_a_day(&error))
    }
}

fn not_a_day(error: &DayError) -> Failure {
    Failure::new(Kind::Usage, error.to_string())
}

fn clock(environment: &Environment) -> Result<Clock, Failure> {
    let Some(text) = &environment.now else {
        return Ok(Clock::real());
    };
    let stamp = text
        .to_str()
        .and_then(|text| Stamp::parse_from_rfc3339(text).ok());
    let stamp = stamp.ok_or_else(|| {
        let text = quoted(&text.to_string_lossy());
        Failure::new(
            Kind::Usage,
            format!("LEADBY_NOW is “{text}”, which is no instant"),
        )
        .hint("it is written like 2026-11-24T09:15:00+01:00; without it, the clock is asked")
    })?;
    Ok(Clock::fixed(Now::new(stamp)))
}
