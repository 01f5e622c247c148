//! Reads the files of other programs: a text with a day is a note, a task with a day is a commitment.
//!
//! Text in, entries out, with every line that was not understood. One file per format. Knows no disk,
//! and no journal: whether an entry is known already shows by its id, which is made from what the
//! file says (RFC 9562, version 5), so that importing twice is the same as importing once.

mod csv_table;
mod day_one;
mod ending;
mod jrnl;
mod json;
mod ladder_table;
pub mod markdown_labels;
mod markdown_list;
mod org;
mod own_markdown;
mod own_tables;
mod taskwarrior;
mod todo_txt;
mod tui_journal;

pub use ladder_table::{LadderReading, read_ladder};

use std::collections::HashMap;

use chrono::{Months, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use uuid::Uuid;

use crate::calendar::{Direction, Now, Timestamp, parse_day};
use crate::journal::rules::{Refusal, new_note};
use crate::journal::{Body, Change, Commitment, CommitmentOutcome, Id, Item};
use crate::practice::Catalog;

/// The namespace of the ids (RFC 9562, section 6.6); it never changes.
const NAMESPACE: Uuid = Uuid::from_u128(0x8f2e_1d40_55b3_4d0a_b6c1_90de_7a2f_3c15);

/// A format that is read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Format {
    Jrnl,
    TuiJournal,
    Taskwarrior,
    TodoTxt,
    Org,
    DayOne,
    Markdown,
    /// What `leadby export md` writes.
    OwnMarkdown,
    Csv,
}

/// What a file says.
#[derive(Debug, Default)]
pub struct Reading {
    pieces: Vec<ImportedEntry>,
    /// What was left out: the line, and why.
    pub left_out: Vec<(usize, String)>,
    /// What is imported as text because it was not understood: the line, and what it is.
    pub not_understood: Vec<(usize, String)>,
}

/// An entry of a file.
#[derive(Debug)]
struct ImportedEntry {
    written: Option<Written>,
    what: Content,
}

/// When something was written.
#[derive(Clone, Debug)]
struct Written {
    /// As the file says it, the same on every machine.
    key: String,
    at: Timestamp,
}

#[derive(Debug)]
enum Content {
    Note(String),
    Task(Task),
    /// An entry of a leadby journal.
    Own(Id, Body),
    /// The same without its id, with a text that identifies it.
    Known(String, Body),
}

#[derive(Debug, Default)]
struct Task {
    text: String,
    area: String,
    due: Option<NaiveDate>,
    /// What became of it, perhaps on a day that the file does not say.
    outcome: Option<CommitmentOutcome>,
    /// When it was done, or closed in another way.
    done: Option<NaiveDate>,
    /// What of it is not understood and stays in the text: the line, a name and the value.
    unclear: Vec<(usize, String, String)>,
}

/// A change and the time it is written under.
pub type DatedChange = (Change, Now);

impl Format {
    pub const ALL: [Self; 9] = [
        Self::Jrnl,
        Self::TuiJournal,
        Self::Taskwarrior,
        Self::TodoTxt,
        Self::Org,
        Self::DayOne,
        Self::Markdown,
        Self::OwnMarkdown,
        Self::Csv,
    ];

    /// The name to type for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jrnl => "jrnl",
            Self::TuiJournal => "tui-journal",
            Self::Taskwarrior => "taskwarrior",
            Self::TodoTxt => "todo.txt",
            Self::Org => "org",
            Self::DayOne => "day-one",
            Self::Markdown => "markdown",
            Self::OwnMarkdown => "leadby-markdown",
            Self::Csv => "csv",
        }
    }

    /// The format that a text is in, by its content and the name of its file; `None` if it fits none
    /// for certain.
    pub fn recognize(text: &str, file: &str) -> Option<Self> {
        let file = file.to_lowercase();
        let text = text.trim_start_matches('\u{feff}');
        let first = text.lines().find(|line| !line.trim().is_empty())?;
        if first == markdown_labels::TITLE {
            return Some(Self::OwnMarkdown);
        }
        if begins_like_json(text) {
            return json::recognize(text);
        }
        if jrnl::heading(first).is_some() {
            return Some(Self::Jrnl);
        }
        match file.rsplit_once('.').map(|(_, ending)| ending) {
            Some("org") => return Some(Self::Org),
            Some("csv" | "tsv") => return Some(Self::Csv),
            Some("md" | "markdown") => return Some(Self::Markdown),
            _ if file.ends_with("todo.txt") || file.ends_with("done.txt") => {
                return Some(Self::TodoTxt);
            }
            _ => {}
        }
        let all = |is: fn(&str) -> bool| {
            let mut lines = text.lines().filter(|line| !line.trim().is_empty());
            lines.all(is)
        };
        let is_todo = |line: &str| todo_txt::is_marked(line) || line.starts_with("x ");
        if all(is_todo) && text.lines().any(todo_txt::is_marked) {
            return Some(Self::TodoTxt);
        }
        if org::is_marked(text) {
            return Some(Self::Org);
        }
        if markdown_list::is_marked(first) {
            return Some(Self::Markdown);
        }
        csv_table::is_marked(first).then_some(Self::Csv)
    }

    /// Whether words with an `@` are tags there; here they are names of people.
    pub fn has_at_tags(self) -> bool {
        matches!(self, Self::Jrnl | Self::TodoTxt | Self::Org)
    }

    /// Reads a text in this format.
    pub fn read(self, text: &str, catalog: &Catalog, now: Now) -> Reading {
        let mut reading = Reading::default();
        let text = text.trim_start_matches('\u{feff}');
        match self {
            Self::Jrnl => jrnl::read(text, now, &mut reading),
            Self::TuiJournal => tui_journal::read(text, now, &mut reading),
            Self::Taskwarrior => taskwarrior::read(text, now, &mut reading),
            Self::TodoTxt => todo_txt::read(text, now, &mut reading),
            Self::Org => org::read(text, now, &mut reading),
            Self::DayOne => day_one::read(text, now, &mut reading),
            Self::Markdown => markdown_list::read(text, now, &mut reading),
            Self::OwnMarkdown => own_markdown::read(text, catalog, now, &mut reading),
            Self::Csv => csv_table::read(text, catalog, now, &mut reading),
        }
        reading
    }
}

impl Reading {
    /// The entries, each with the time it was written, oldest first; refused for notes if there is no
    /// inbox.
    pub fn changes(&self, catalog: &Catalog, now: Now) -> Result<Vec<DatedChange>, Refusal> {
        let note = |text: &str| {
            let note = new_note(text, catalog)?;
            Ok(Body::Item(Item::with_values(note.register, note.values)))
        };
        let mut counts: HashMap<String, usize> = HashMap::new();
        let mut changes: Vec<DatedChange> = Vec::new();
        for piece in &self.pieces {
            let written = piece.written.clone().or_else(|| piece.done(now));
            // A clock that is ahead dates nothing into the future.
            let at = written.map_or(now, |it| Now::new(it.at.min(now.timestamp())));
            let day = piece.written.as_ref().map_or("", |written| &written.key);
            let mut id = |day: &str, text: &str| {
                let name = format!("{day}\n{text}");
                let count = counts.entry(name.clone()).or_default();
                *count += 1;
                let uuid = Uuid::new_v5(&NAMESPACE, format!("{count}\n{name}").as_bytes());
                Id::new(uuid.hyphenated().to_string())
            };
            let change = match &piece.what {
                Content::Own(id, body) => Change::of(id.clone(), body.clone()),
                Content::Known(key, body) => Change::of(id("", key), body.clone()),
                Content::Task(task) if task.due.or(task.done).is_some() => {
                    Change::of(id(day, &task.text), Body::Commitment(task.commitment(at)))
                }
                Content::Note(text) => Change::of(id(day, text), note(text)?),
                Content::Task(task) => {
                    // A note has no area of its own.
                    let area = Some(task.area.trim()).filter(|area| !area.is_empty());
                    let area = area.map_or_else(String::new, |area| format!("area: {area}"));
                    Change::of(id(day, &task.text), note(&joined(&task.text, &area))?)
                }
            };
            changes.push((change, at));
        }
        changes.sort_by_key(|(_, at)| at.timestamp());
        Ok(changes)
    }

    fn note(&mut self, line: usize, text: String, written: Option<Written>) {
        if text.trim().is_empty() {
            return self.leave_out(line, "no text");
        }
        let what = Content::Note(text);
        self.pieces.push(ImportedEntry { written, what });
    }

    /// A task that was closed without a day was so when it was due, or written if it is due ahead,
    /// and by today; without these, it is left out.
    fn task(&mut self, line: usize, mut task: Task, written: Option<Written>, today: NaiveDate) {
        if task.outcome.is_some() && task.done.is_none() {
            let past = task.due.filter(|due| *due <= today);
            let day = past.or(written.as_ref().map(Written::day)).or(task.due);
            task.done = day.map(|day| day.min(today));
            if task.done.is_none() {
                let state = match task.outcome {
                    Some(CommitmentOutcome::Missed) => "missed",
                    Some(CommitmentOutcome::LetGo) => "let go",
                    Some(CommitmentOutcome::Kept) | None => "done",
                };
                let mut why = format!("{state}, but without a day");
                for (_, name, value) in &task.unclear {
                    why.push_str(&format!("; {name} not understood: {value}"));
                }
                return self.leave_out(line, why);
            }
        }
        for (line, name, value) in task.unclear.drain(..) {
            let what = format!("{name} not understood, so it stays in the text: {value}");
            self.not_understood.push((line, what));
        }
        let what = Content::Task(task);
        self.pieces.push(ImportedEntry { written, what });
    }

    fn leave_out_dropped(&mut self, line: usize) {
        self.leave_out(line, "given up there");
    }

    fn leave_out(&mut self, line: usize, why: impl Into<String>) {
        self.left_out.push((line, why.into()));
    }
}

impl ImportedEntry {
    /// When it was done, which is after it was written.
    fn done(&self, now: Now) -> Option<Written> {
        match &self.what {
            Content::Task(task) => Written::local(task.done?, None, now),
            Content::Note(_) | Content::Own(..) | Content::Known(..) => None,
        }
    }
}

impl Task {
    /// Names a value that stays in the text.
    fn not_understood(&mut self, line: usize, name: &str, value: &str) {
        let unclear = (line, name.to_owned(), value.to_owned());
        self.unclear.push(unclear);
    }

    /// A task that was done is kept, on the day it was done, if nothing else is said of it.
    fn commitment(&self, written: Now) -> Commitment {
        let due = self.due.or(self.done).unwrap_or_else(|| written.today());
        let mut commitment = Commitment {
            area: self.area.clone(),
            ..Commitment::new(self.text.clone(), written.today(), due)
        };
        if let Some(done) = self.done {
            let outcome = self.outcome.unwrap_or(CommitmentOutcome::Kept);
            commitment.close(outcome, done, "");
        }
        commitment
    }
}

impl Written {
    /// A day and time of a clock whose offset is not written down; `now` has that of this machine.
    fn local(day: NaiveDate, time: Option<NaiveTime>, now: Now) -> Option<Self> {
        let noon = NaiveTime::from_hms_opt(12, 0, 0)?;
        let moment = NaiveDateTime::new(day, time.unwrap_or(noon));
        let offset = *now.timestamp().offset();
        Some(Self {
            key: time.map_or(day.to_string(), |_| moment.to_string()),
            at: offset.from_local_datetime(&moment).single()?,
        })
    }

    /// A time as RFC 3339 writes it.
    fn instant(text: &str, now: Now) -> Option<Self> {
        let at = Timestamp::parse_from_rfc3339(text).ok()?;
        Some(Self {
            key: at.to_utc().to_rfc3339(),
            at: at.with_timezone(now.timestamp().offset()),
        })
    }

    fn day(&self) -> NaiveDate {
        self.at.date_naive()
    }
}

/// Whether a text begins as a document of objects in JSON, and not as `[A page](…)` or `[ ] a task`.
pub fn begins_like_json(text: &str) -> bool {
    let (text, quote_or_end) = (text.trim_start(), ['"', '}']);
    let rest = |sign| text.strip_prefix(sign).map(str::trim_start);
    let is_object = |rest: &str| rest.is_empty() || rest.starts_with(quote_or_end);
    let is_list = |rest: &str| rest.is_empty() || rest.starts_with(['{', '"']);
    rest('{').is_some_and(is_object) || rest('[').is_some_and(is_list)
}

/// A time of day, with or without seconds, of 12 or 24 hours.
fn time_of_day(text: &str) -> Option<NaiveTime> {
    let formats = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p"];
    let parse = |format| NaiveTime::parse_from_str(text, format).ok();
    formats.into_iter().find_map(parse)
}

/// The day that a text names in full, with its year; `None` if it is not one for certain.
fn full_date(text: &str, now: Now) -> Option<NaiveDate> {
    let read = |now| parse_day(text, now, Direction::Past).ok();
    // Without a year, or as a distance from today, it was another day twenty years ago.
    let earlier = now.today().checked_sub_months(Months::new(240))?;
    read(now).filter(|day| read(now.on(earlier)) == Some(*day))
}

/// A title and what follows it, as one text.
fn joined(title: &str, rest: &str) -> String {
    let rest = rest.trim_end().trim_start_matches('\n');
    match (title.trim(), rest) {
        (title, "") => title.to_owned(),
        ("", rest) => rest.trim().to_owned(),
        (title, rest) => format!("{title}\n{rest}"),
    }
}

#[cfg(test)]
mod tests;
