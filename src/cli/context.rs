//! What every command works with: the journal, the practices, the time, the output.

use std::io::{self, Read};
use std::mem::ManuallyDrop;
use std::ops::RangeInclusive;
use std::path::{self, Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;

use super::environment::{ProcessEnvironment, UserPath};
use super::failures::usage;
use super::output::Output;
use super::user_config::ConfigSource;
use super::user_practices::PracticeSources;
use super::write_stderr;
use crate::calendar::{self, DayError, Direction, Length, Now, Span, Timestamp};
use crate::failure::{Failure, FailureKind};
use crate::journal::rules::Basis;
use crate::journal::{Change, Entry, Id, Journal, Unsettled};
use crate::practice::Catalog;
use crate::report;
use crate::store::{
    self, Appended, Damage, Finding, LineFilter, Loaded, Overwrite, Store, TempFile,
};
use crate::terminal::{self, Clock};
use crate::text::{self, display_path, quoted, shell_quote};

/// What one command works with.
pub(super) struct CommandContext<'a> {
    /// The journal file, by its absolute path.
    pub(super) path: PathBuf,
    /// How to call the program again for this journal: `leadby`, with `--journal` if it was given.
    pub(super) invocation: String,
    pub(super) clock: Clock,
    /// The time of the call, the same for all that a command does.
    pub(super) now: Now,
    pub(super) catalog: Catalog,
    /// Where the practices come from, and mistakes in the user's own.
    pub(super) practices: PracticeSources,
    /// The settings of the user, and where they come from.
    pub(super) config: ConfigSource,
    /// The file of the career ladder, which is read only where it counts.
    pub(super) ladder: UserPath,
    /// The command that opens an editor.
    pub(super) editor: String,
    /// Settings for the screens.
    pub(super) terminal: terminal::TerminalEnvironment,
    /// The columns of standard output; `None` if it is not a terminal.
    pub(super) columns: Option<usize>,
    /// Whether standard output is a terminal that wants colour.
    pub(super) shows_colour: bool,
    pub(super) output: &'a mut Output,
    /// Whether to report lines that are left out of what is read.
    pub(super) reports_left_out: bool,
    /// The lines of an answer that is not saved yet, for when the program is killed.
    pub(super) unsaved_lines: Option<TempFile>,
    /// What the program exits with if nothing fails.
    pub(super) exit_code: ExitCode,
    input_is_read: bool,
    /// A text from standard input that is nowhere else.
    piped_input: Option<Vec<u8>>,
}

/// The journal as it was read.
pub(super) struct OpenedJournal {
    pub(super) store: Store,
    /// Never dropped: it lives as long as the process.
    pub(super) journal: ManuallyDrop<Journal>,
    /// Problems with some of its lines.
    pub(super) findings: Vec<Finding>,
    /// Notes of `inbox.txt` that are shown already, and written with the next save.
    new_notes: Vec<Change>,
}

impl OpenedJournal {
    /// How many lines of the file are not in the journal.
    pub(super) fn left_out_count(&self) -> usize {
        let is_out = |it: &&Finding| it.damage != Damage::ChangedOutside;
        self.findings.iter().filter(is_out).count()
    }
}

impl<'a> CommandContext<'a> {
    pub(super) fn new(
        journal: Option<PathBuf>,
        environment: ProcessEnvironment,
        output: &'a mut Output,
    ) -> Result<Self, Failure> {
        let clock = clock_from(&environment)?;
        let (practices, catalog) = PracticeSources::load(&environment);
        let config = ConfigSource::load(&environment, journal.is_some());
        let clock = clock.with_due_day(config.due_day());
        let is_named = journal.is_some();
        let path = journal.or(environment.journal.path).ok_or_else(|| {
            usage("no home folder to keep the journal in")
                .hint("name a file with --journal PATH or LEADBY_JOURNAL")
        })?;
        if path.as_os_str().is_empty() {
            return Err(usage("--journal is empty; it takes the path of a file"));
        }
        let path = path::absolute(&path).unwrap_or(path);
        let call = if is_named {
            format!("leadby --journal {}", text::shell_quote(&path))
        } else {
            "leadby".to_owned()
        };
        Ok(Self {
            path,
            invocation: call,
            clock,
            now: clock.now(),
            catalog,
            practices,
            ladder: environment.ladder,
            editor: config.editor.0.clone(),
            terminal: config.terminal(environment.terminal),
            config,
            columns: environment.columns,
            shows_colour: environment.shows_colour,
            output,
            reports_left_out: false,
            unsaved_lines: None,
            exit_code: ExitCode::SUCCESS,
            input_is_read: false,
            piped_input: None,
        })
    }

    /// Reads the journal, without changing anything.
    pub(super) fn open(&self) -> Result<OpenedJournal, Failure> {
        Ok(self.open_with_entries(|_| ())?.0)
    }

    /// Reads the journal, and shows `look` its entries in the order of the lines.
    pub(super) fn open_with_entries<T>(
        &self,
        look: impl FnOnce(&[Entry]) -> T,
    ) -> Result<(OpenedJournal, T), Failure> {
        let (store, loaded) = Store::open(&self.path)?;
        let seen = look(&loaded.entries);
        let mut opened = self.check_opened(store, loaded)?;
        self.show_new_notes(&mut opened)?;
        Ok((opened, seen))
    }

    /// Reads only the versions that the filter names, and what a save has to know.
    pub(super) fn open_filtered(&self, filter: LineFilter<'_>) -> Result<OpenedJournal, Failure> {
        let (store, loaded) = Store::open_filtered(&self.path, self.now, filter)?;
        self.check_opened(store, loaded)
    }

    /// Adds the notes that wait in `inbox.txt` to a journal of which all items were read. Nothing is
    /// written.
    fn show_new_notes(&self, opened: &mut OpenedJournal) -> Result<(), Failure> {
        let read = opened.store.read_inbox(terminal::system_seconds());
        if self.reports_left_out {
            for failure in &read.left_alone {
                write_stderr(&format!("leadby: {}.\n", failure.message()));
            }
        }
        let notes = read.new_notes(&opened.journal, &self.catalog);
        let entries = Store::preview_notes(&notes, self.now)?;
        opened.journal.insert_all(entries);
        opened.new_notes = notes;
        Ok(())
    }

    /// Writes the notes of `inbox.txt` that are shown; returns what others wrote meanwhile.
    pub(super) fn take_in_notes(&self, opened: &mut OpenedJournal) -> Result<Vec<Entry>, Failure> {
        let notes = std::mem::take(&mut opened.new_notes);
        let taken_in = opened.store.take_in(&notes, self.now)?;
        Ok(taken_in.others.entries)
    }

    fn check_opened(&self, store: Store, loaded: Loaded) -> Result<OpenedJournal, Failure> {
        if store.is_foreign() {
            let path = display_path(&self.path);
            let message = format!("{path} is not a leadby journal and stays as it is");
            return Err(Failure::new(FailureKind::Journal, message)
                .hint("name another file with --journal PATH or LEADBY_JOURNAL")
                .hint("`leadby doctor` shows what it looks like"));
        }
        let opened = OpenedJournal {
            store,
            journal: ManuallyDrop::new(Journal::fold_list(loaded.entries)),
            findings: loaded.findings,
            new_notes: Vec::new(),
        };
        if self.reports_left_out {
            self.report_left_out(&opened);
        }
        Ok(opened)
    }

    /// Reports on standard error how many lines of the file are not shown.
    fn report_left_out(&self, opened: &OpenedJournal) {
        let left = match opened.left_out_count() {
            0 => return,
            1 => "1 line of the journal is".to_owned(),
            more => format!("{more} lines of the journal are"),
        };
        write_stderr(&format!(
            "leadby: {left} left out; `{} doctor` says why.\n",
            self.invocation
        ));
    }

    /// Saves one change; returns once it is on the disk, with the entry as it is now.
    pub(super) fn save(
        &self,
        opened: &mut OpenedJournal,
        change: Change,
    ) -> Result<Entry, Failure> {
        let saved = self.save_all(opened, &[change])?;
        saved.into_iter().next().ok_or_else(|| {
            Failure::new(
                FailureKind::Journal,
                "the text was saved, but its id is unknown",
            )
        })
    }

    /// Saves several changes at once; returns once they are on the disk. Says which texts of two
    /// machines they replaced.
    pub(super) fn save_all(
        &self,
        opened: &mut OpenedJournal,
        changes: &[Change],
    ) -> Result<Vec<Entry>, Failure> {
        let ids = changes.iter().filter_map(|change| change.id.clone());
        let unsettled = ids.map(|id| (opened.journal.unsettled(&id).to_vec(), id));
        let unsettled: Vec<(Vec<Unsettled>, Id)> = unsettled.collect();
        let saved = self.save_with(opened, changes, Store::append)?;
        for (before, id) in unsettled {
            self.report_settled(&before, &id, opened);
        }
        Ok(saved)
    }

    /// Says which of the fields that were unsettled before a save it settled, and where their other
    /// texts are.
    fn report_settled(&self, before: &[Unsettled], id: &Id, opened: &OpenedJournal) {
        let journal = &opened.journal;
        let left = journal.unsettled(id);
        let is_left = |one: &&Unsettled| left.iter().any(|other| other.field == one.field);
        let settled = before.iter().filter(|it| !is_left(it));
        let settled = settled.map(|it| report::field_name(id, &it.field, journal, &self.catalog));
        let settled: Vec<String> = settled.collect();
        if !settled.is_empty() && journal.current(id).is_some() {
            let (fields, id) = (settled.join(", "), report::short_id(id, journal));
            write_stderr(&format!(
                "leadby: {fields}: saved in place of the texts of two machines.\n  \
                 `{} history {}` shows them\n",
                self.invocation,
                shell_quote(id)
            ));
        }
    }

    /// Saves changes with one of the append functions of the store.
    pub(super) fn save_with(
        &self,
        opened: &mut OpenedJournal,
        changes: &[Change],
        append: impl FnOnce(&mut Store, &[Change], &Journal, Now) -> Result<Appended, Failure>,
    ) -> Result<Vec<Entry>, Failure> {
        let mut others = self.take_in_notes(opened)?;
        // What others wrote meanwhile was not seen, so nothing of it is replaced.
        let appended = append(&mut opened.store, changes, &opened.journal, self.now)?;
        if let Some(note) = &appended.note {
            let said = self.call_this(&note.text);
            write_stderr(&format!("leadby: saved, but {said}.\n"));
        }
        others.extend(appended.others.entries);
        let is_other = |entry: &&Entry| others.iter().any(|other| other.id == entry.id);
        let beside: Vec<Id> = appended
            .saved
            .iter()
            .filter(is_other)
            .map(|entry| entry.id.clone())
            .collect();
        let saved = appended.saved.iter().cloned();
        opened.journal.insert_all(others.into_iter().chain(saved));
        for id in beside
            .iter()
            .filter(|id| !opened.journal.unsettled(id).is_empty())
        {
            let said = report::describe_unsettled(id, &opened.journal, &self.catalog);
            write_stderr(&format!(
                "leadby: saved beside what another program wrote meanwhile: {said}.\n  \
                 `{} settle` shows both texts, and how to settle them\n",
                self.invocation
            ));
        }
        Ok(appended.saved)
    }

    pub(super) fn print_line(&mut self, line: impl AsRef<str>) -> Result<(), Failure> {
        self.output.write_line(line.as_ref())
    }

    pub(super) fn print_lines(
        &mut self,
        lines: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<(), Failure> {
        lines.into_iter().try_for_each(|line| self.print_line(line))
    }

    /// Writes a file of the user and says where it is; `hint` names another place, for the error.
    pub(super) fn write_user_file(
        &mut self,
        path: &Path,
        text: &str,
        overwrite: Overwrite,
        hint: &str,
    ) -> Result<(), Failure> {
        store::write_user_file(&self.path, path, text, overwrite, hint)?;
        self.print_line(format!("Written: {}", display_path(path)))
    }

    /// Confirms what was saved. If this line is lost, the text is not, and the error says so.
    pub(super) fn confirm_saved(&mut self, said: &str, entry: &Entry) -> anyhow::Result<()> {
        let line = format!("{said}  ({})", text::one_line(entry.id.as_str()));
        let printed = self
            .output
            .write_line(&line)
            .and_then(|()| self.output.flush());
        Ok(printed.map_err(|lost| lost.hint("your text is saved; only this message was lost"))?)
    }

    /// A text from the arguments, or from standard input when it is `-`.
    pub(super) fn text_or_input(&mut self, text: String) -> Result<String, Failure> {
        if text != "-" {
            return Ok(text);
        }
        let bytes = self.read_input()?;
        if !bytes.trim_ascii().is_empty() && !store::can_be_read_again(&io::stdin()) {
            self.piped_input = Some(bytes.clone());
        }
        let mut text = String::from_utf8(bytes)
            .map_err(|_| usage("standard input is not UTF-8 text").hint("nothing was saved"))?;
        // The byte order mark, which some programs write, is not part of the text.
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

    pub(super) fn piped(&self) -> Option<&[u8]> {
        self.piped_input.as_deref()
    }

    /// All of standard input, which can be read once.
    pub(super) fn read_input(&mut self) -> Result<Vec<u8>, Failure> {
        if std::mem::replace(&mut self.input_is_read, true) {
            return Err(usage("only one value can be read from standard input (-)"));
        }
        let mut bytes = Vec::new();
        io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|error| usage(format!("standard input cannot be read: {error}")))?;
        Ok(bytes)
    }

    /// Makes the commands in the hints of an error act on this journal and no other.
    pub(super) fn name_journal(&self, error: anyhow::Error) -> anyhow::Error {
        match error.downcast::<Failure>() {
            Ok(failure) => failure.map_hints(|hint| self.call_this(&hint)).into(),
            Err(other) => other,
        }
    }

    /// A text with "`leadby undo`" as a call for this journal.
    pub(super) fn call_this(&self, text: &str) -> String {
        let mut parts = text.split("`leadby");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |said, rest| {
            let call = match rest.chars().next() {
                Some(' ' | '`') if !rest.starts_with(" --journal ") => &*self.invocation,
                _ => "leadby",
            };
            said + "`" + call + rest
        })
    }

    /// The text, unless it is blank; `what` names it in the error.
    pub(super) fn require_text(text: String, what: &str) -> Result<String, Failure> {
        if text.trim().is_empty() {
            return Err(usage(format!("{what} is empty, so nothing was saved")));
        }
        Ok(text)
    }

    /// What the rules depend on, for a journal that is open.
    pub(super) fn basis<'j>(&'j self, journal: &'j Journal) -> Basis<'j> {
        Basis {
            journal,
            catalog: &self.catalog,
            today: self.now.today(),
        }
    }

    /// The due date that `text` means: never in the past, unless it is written with its year.
    pub(super) fn due_day(&self, text: &str) -> Result<NaiveDate, Failure> {
        calendar::parse_day(text, self.now, Direction::Future).map_err(|error| day_failure(&error))
    }

    /// The day that `text` means, as a new due date instead of `due`.
    pub(super) fn new_due_day(&self, text: &str, due: NaiveDate) -> Result<NaiveDate, Failure> {
        let another = Direction::Rescheduled(due);
        calendar::parse_day(text, self.now, another).map_err(|error| day_failure(&error))
    }

    /// The day that `text` means for something that happened: the last one of its name.
    pub(super) fn past_day(&self, text: &str) -> Result<NaiveDate, Failure> {
        calendar::parse_day(text, self.now, Direction::Past).map_err(|error| day_failure(&error))
    }

    /// The day that `text` means, past or ahead.
    pub(super) fn near_day(&self, text: &str) -> Result<NaiveDate, Failure> {
        calendar::parse_day(text, self.now, Direction::Near).map_err(|error| day_failure(&error))
    }

    /// The days that `text` means for a time off, first and last.
    pub(super) fn days(&self, text: &str) -> Result<RangeInclusive<NaiveDate>, Failure> {
        calendar::parse_days(text, self.now).map_err(|error| usage(error.to_string()))
    }

    /// The range of days that `text` means, looking back.
    pub(super) fn range(&self, text: &str) -> Result<RangeInclusive<NaiveDate>, Failure> {
        calendar::parse_range(text, self.now).map_err(|error| day_failure(&error))
    }

    /// The span of this length that `text` means; the current one if it is empty.
    pub(super) fn parse_span(&self, length: Length, text: &str) -> Result<Span, Failure> {
        if text.is_empty() {
            return Ok(Span::of(length, self.now.today()));
        }
        calendar::parse_span(text, self.now, length).map_err(|error| day_failure(&error))
    }
}

fn day_failure(error: &DayError) -> Failure {
    usage(error.for_option())
}

fn clock_from(environment: &ProcessEnvironment) -> Result<Clock, Failure> {
    let Some(text) = &environment.now else {
        return Ok(Clock::real());
    };
    let stamp = text
        .to_str()
        .and_then(|text| Timestamp::parse_from_rfc3339(text).ok());
    let stamp = stamp.ok_or_else(|| {
        let text = quoted(&text.to_string_lossy());
        usage(format!("LEADBY_NOW is “{text}”, which is not a time"))
            .hint("write it like 2026-11-24T09:15:00+01:00; unset, the clock is used")
    })?;
    Ok(Clock::fixed(Now::new(stamp)))
}
