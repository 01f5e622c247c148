//! What can be typed where: for each argument the ids, lists, questions, names and days that fit.

use std::cmp::Reverse;
use std::ffi::OsStr;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use super::super::answers::questions;
use super::super::context::CommandContext;
use super::super::environment::UserPath;
use super::super::user_ladder::read_ladder;
use crate::calendar::{self, DayError, Direction, Length, Now, Span};
use crate::insight;
use crate::journal::rules::{
    Basis, is_waiting_note, let_go_stage, next_stage, takes_evidence, target_register,
};
use crate::journal::{Body, Entry, Journal, Selection};
use crate::ladder::Ladder;
use crate::practice::{Catalog, Practice};
use crate::report;
use crate::store::{self, Store};
use crate::terminal;
use crate::text;

/// The tag of candidates that are entries.
pub(super) const ENTRIES: &str = "entries";

/// A longer list of entries is no help.
const MOST_ENTRIES: usize = 200;

const DAYS_AHEAD: [&str; 12] = [
    "today", "tomorrow", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "1w", "2w", "eom",
];
const DAYS_PAST: [&str; 10] = [
    "today",
    "yesterday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "1w",
];
const SPANS_PAST: [&str; 9] = [
    "today",
    "yesterday",
    "this-week",
    "last-week",
    "this-month",
    "last-month",
    "4w",
    "3m",
    "this-year",
];
/// Ahead and back; a distance would be one day.
const SPANS_NEAR: [&str; 8] = [
    "today",
    "tomorrow",
    "this-week",
    "next-week",
    "last-week",
    "this-month",
    "next-month",
    "last-month",
];

/// What is known of the journal and the settings when a shell asks.
pub(super) struct Known {
    path: PathBuf,
    now: Now,
    catalog: Catalog,
    ladder: UserPath,
    evidence: Vec<String>,
}

/// What an argument takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum ArgumentKind {
    Entries(EntryFilter),
    Lists,
    /// What `list` takes.
    Listed,
    Tables,
    Questions,
    PracticeIds,
    Practices,
    /// Practices with charts.
    Charted,
    Areas,
    People,
    States,
    DaysAhead,
    DaysPast,
    SpansPast,
    SpansNear,
    Spans(Length),
    Levels,
    Expectations,
    EvidenceSources,
    Snapshots,
}

/// Which entries a command works with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum EntryFilter {
    Any,
    OpenCommitment,
    WaitingNote,
    TakesEvidence,
    Unsettled,
    HasNextStage,
    CanBeLetGo,
    CanTurnInto,
}

/// The command line with what can be typed for each argument.
pub(super) fn with_candidates(command: clap::Command, known: &Arc<Known>) -> clap::Command {
    let name = command.get_name().to_owned();
    let command = command.mut_args(|argument| {
        let Some(words) = words_of(&name, argument.get_id().as_str()) else {
            return argument;
        };
        let known = Arc::clone(known);
        argument.add(ArgValueCompleter::new(move |typed: &OsStr| {
            let typed = typed.to_string_lossy().to_lowercase();
            let mut found = known.candidates(words);
            found.retain(|it| {
                let value = it.get_value().to_string_lossy();
                value.to_lowercase().starts_with(&typed)
            });
            found
        }))
    });
    command.mut_subcommands(|command| with_candidates(command, known))
}

/// What an argument of a command takes; `None` for a text, a number, a file, and choices that the
/// argument declares itself.
fn words_of(command: &str, argument: &str) -> Option<ArgumentKind> {
    use EntryFilter::{
        Any, CanBeLetGo, CanTurnInto, HasNextStage, OpenCommitment, TakesEvidence, Unsettled,
        WaitingNote,
    };
    Some(match (command, argument) {
        ("check-in", "id") => ArgumentKind::Entries(OpenCommitment),
        ("place", "id") => ArgumentKind::Entries(WaitingNote),
        ("place", "evidence") => ArgumentKind::Entries(TakesEvidence),
        ("settle", "id") => ArgumentKind::Entries(Unsettled),
        ("advance", "id") => ArgumentKind::Entries(HasNextStage),
        ("let-go", "id") => ArgumentKind::Entries(CanBeLetGo),
        ("turn-into", "id") => ArgumentKind::Entries(CanTurnInto),
        ("starter", "id") => ArgumentKind::PracticeIds,
        ("walk", "practices") => ArgumentKind::Practices,
        ("trends", "practice") => ArgumentKind::Charted,
        // Its choices are its own.
        ("import", _) => return None,
        (_, "id" | "from" | "include" | "leave_out" | "first" | "up" | "down") => {
            ArgumentKind::Entries(Any)
        }
        ("list", "kind") => ArgumentKind::Listed,
        (_, "register" | "list") => ArgumentKind::Lists,
        (_, "table") => ArgumentKind::Tables,
        (_, "question" | "answer") => ArgumentKind::Questions,
        (_, "area") => ArgumentKind::Areas,
        (_, "person") => ArgumentKind::People,
        (_, "state") => ArgumentKind::States,
        (_, "by" | "moved" | "again") => ArgumentKind::DaysAhead,
        (_, "on") => ArgumentKind::DaysPast,
        (_, "since" | "until") => ArgumentKind::SpansPast,
        (_, "due" | "days") => ArgumentKind::SpansNear,
        (_, "week" | "diff" | "when_and_text") => ArgumentKind::Spans(Length::Week),
        (_, "month") => ArgumentKind::Spans(Length::Month),
        (_, "quarter") => ArgumentKind::Spans(Length::Quarter),
        (_, "year") => ArgumentKind::Spans(Length::Year),
        ("ladder", "level") => ArgumentKind::Levels,
        ("tie" | "untie", "expectation") => ArgumentKind::Expectations,
        ("evidence", "names") => ArgumentKind::EvidenceSources,
        ("restore", "name") => ArgumentKind::Snapshots,
        _ => return None,
    })
}

impl Known {
    pub(super) fn new(context: &CommandContext<'_>) -> Self {
        let sources = context.config.evidence().iter();
        Self {
            path: context.path.clone(),
            now: context.now,
            catalog: context.catalog.clone(),
            ladder: context.ladder.clone(),
            evidence: sources.map(|source| source.name.clone()).collect(),
        }
    }

    /// The user's ladder; an empty one without it, or with a mistake in its file.
    fn ladder(&self) -> Ladder {
        let read = read_ladder(&self.ladder, &self.catalog);
        read.ok().flatten().unwrap_or_default()
    }

    /// All that an argument takes, without what is typed; nothing if the journal cannot be read.
    fn candidates(&self, words: ArgumentKind) -> Vec<CompletionCandidate> {
        let catalog = &self.catalog;
        match words {
            ArgumentKind::Entries(kind) => self
                .journal()
                .map_or_else(Vec::new, |it| self.entries(kind, &it)),
            ArgumentKind::Lists => self.lists().map(plain).collect(),
            ArgumentKind::Listed => {
                let names = Selection::names(catalog).into_iter();
                names.chain(["people".to_owned()]).map(plain).collect()
            }
            ArgumentKind::Tables => {
                let first = ["commitments", "answers"].map(str::to_owned);
                first.into_iter().chain(self.lists()).map(plain).collect()
            }
            ArgumentKind::Questions => self.questions(),
            ArgumentKind::PracticeIds | ArgumentKind::Practices | ArgumentKind::Charted => {
                let practices = catalog.practices().iter();
                let offered = practices
                    .filter(|it| words != ArgumentKind::Charted || !it.charts.is_empty())
                    .map(|it| match words {
                        ArgumentKind::PracticeIds => (it.id.clone(), it.name.clone()),
                        _ => (self.typed_name(it), it.name.clone()),
                    });
                offered.map(described).collect()
            }
            ArgumentKind::Areas => self.journal().map_or_else(Vec::new, |journal| {
                journal.areas(catalog).into_iter().map(plain).collect()
            }),
            ArgumentKind::People => self.journal().map_or_else(Vec::new, |journal| {
                let people = insight::people(&journal, catalog);
                people
                    .into_iter()
                    .map(|person| plain(person.name))
                    .collect()
            }),
            ArgumentKind::States => {
                let first = ["open", "overdue", "kept", "missed", "let-go"].map(str::to_owned);
                let stages = catalog.registers().flat_map(|it| &it.stages);
                let mut states = first.to_vec();
                for stage in stages {
                    if !states.contains(&stage.id) {
                        states.push(stage.id.clone());
                    }
                }
                states.into_iter().map(plain).collect()
            }
            ArgumentKind::DaysAhead => self.days(&DAYS_AHEAD, Direction::Future),
            ArgumentKind::DaysPast => self.days(&DAYS_PAST, Direction::Past),
            ArgumentKind::SpansPast => self.ranges(&SPANS_PAST, calendar::parse_range),
            ArgumentKind::SpansNear => self.ranges(&SPANS_NEAR, calendar::parse_days),
            ArgumentKind::Spans(length) => self.spans(length),
            ArgumentKind::Levels => {
                let levels = self.ladder().levels.into_iter();
                let levels = levels.map(|it| (it.id, it.name));
                levels.map(described).collect()
            }
            ArgumentKind::Expectations => {
                let all = self.ladder().expectations.into_iter();
                let all = all.map(|it| (it.id, it.text));
                all.map(described).collect()
            }
            ArgumentKind::EvidenceSources => self.evidence.iter().cloned().map(plain).collect(),
            ArgumentKind::Snapshots => {
                let snapshots = store::snapshots(&self.path).unwrap_or_default();
                let newest_first = snapshots.into_iter().rev();
                newest_first.map(|snapshot| plain(snapshot.name)).collect()
            }
        }
    }

    /// The journal with the notes of `inbox.txt`. Nothing is written.
    fn journal(&self) -> Option<Journal> {
        let (mut store, loaded) = Store::open(&self.path).ok()?;
        let mut journal = Journal::fold_list(loaded.entries);
        let read = store.read_inbox(terminal::system_seconds());
        let notes = read.new_notes(&journal, &self.catalog);
        journal.insert_all(Store::preview_notes(&notes, self.now).ok()?);
        Some(journal)
    }

    fn entries(&self, kind: EntryFilter, journal: &Journal) -> Vec<CompletionCandidate> {
        let basis = Basis {
            journal,
            catalog: &self.catalog,
            today: self.now.today(),
        };
        let mut fitting: Vec<&Entry> = journal
            .entries()
            .filter(|entry| kind.accepts(entry, basis))
            .collect();
        fitting.sort_by_key(|entry| match &entry.body {
            Body::Commitment(commitment) if commitment.is_open() => {
                (false, Some(commitment.due), Reverse(entry.at))
            }
            _ => (true, None, Reverse(entry.at)),
        });
        fitting.truncate(MOST_ENTRIES);
        let short = report::short_ids(journal.entries());
        let candidate = |entry: &Entry| {
            let id = short.get(&entry.id).copied();
            let text = if journal.is_private(entry, &self.catalog) {
                "private".to_owned()
            } else {
                report::entry_text(entry, &self.catalog)
            };
            let text = text::clip(&text::one_line(&text), 60);
            let id = id.unwrap_or(entry.id.as_str()).to_owned();
            described((id, text)).tag(Some(ENTRIES.into()))
        };
        fitting.into_iter().map(candidate).collect()
    }

    fn lists(&self) -> impl Iterator<Item = String> {
        let registers = self.catalog.registers();
        registers.map(|it| Selection::Register(it).typed_name(&self.catalog))
    }

    fn typed_name(&self, practice: &Practice) -> String {
        Selection::Practice(practice).typed_name(&self.catalog)
    }

    fn questions(&self) -> Vec<CompletionCandidate> {
        let questions = self.catalog.practices().iter().flat_map(questions);
        let questions = questions.map(|(practice, step, _)| {
            let question = format!("{}/{}", self.typed_name(practice), step.id);
            (question, step.label.clone())
        });
        questions.map(described).collect()
    }

    fn days(&self, words: &[&str], direction: Direction) -> Vec<CompletionCandidate> {
        let today = self.now.today();
        let day = |word: &&str| {
            let day = calendar::parse_day(word, self.now, direction).ok()?;
            let help = calendar::date_and_distance(day, today);
            Some(described(((*word).to_owned(), help)))
        };
        words.iter().filter_map(day).collect()
    }

    fn ranges(
        &self,
        words: &[&str],
        parse: fn(&str, Now) -> Result<RangeInclusive<NaiveDate>, DayError>,
    ) -> Vec<CompletionCandidate> {
        let today = self.now.today();
        let range = |word: &&str| {
            let days = parse(word, self.now).ok()?;
            let help = report::day_range(*days.start(), *days.end(), today);
            Some(described(((*word).to_owned(), help)))
        };
        words.iter().filter_map(range).collect()
    }

    /// This span and those before it, a year of them.
    fn spans(&self, length: Length) -> Vec<CompletionCandidate> {
        let today = self.now.today();
        let number = match length {
            Length::Week => 53,
            Length::Month => 12,
            Length::Quarter | Length::Year => 4,
        };
        let spans = std::iter::successors(Some(Span::of(length, today)), |it| Some(it.previous()));
        let candidate = |span: Span| described((span.to_string(), span.label(today)));
        spans.take(number).map(candidate).collect()
    }
}

impl EntryFilter {
    fn accepts(self, entry: &Entry, basis: Basis<'_>) -> bool {
        let register_and_item = match &entry.body {
            Body::Item(item) => basis.catalog.register(&item.register).map(|it| (it, item)),
            _ => None,
        };
        let is_open = matches!(&entry.body, Body::Commitment(it) if it.is_open());
        match self {
            Self::Any => !matches!(
                entry.body,
                Body::Deleted | Body::Choice(_) | Body::Forgotten
            ),
            Self::OpenCommitment => is_open,
            Self::WaitingNote => is_waiting_note(&entry.id, basis),
            Self::TakesEvidence => takes_evidence(&entry.id, basis),
            Self::Unsettled => !basis.journal.unsettled(&entry.id).is_empty(),
            Self::HasNextStage => {
                register_and_item.is_some_and(|(list, item)| next_stage(list, item).is_some())
            }
            Self::CanBeLetGo => {
                is_open
                    || register_and_item
                        .is_some_and(|(list, item)| let_go_stage(list, item).is_some())
            }
            Self::CanTurnInto => register_and_item
                .is_some_and(|(list, _)| target_register(list, &entry.id, basis).is_some()),
        }
    }
}

fn plain(value: String) -> CompletionCandidate {
    CompletionCandidate::new(value)
}

fn described((value, help): (String, String)) -> CompletionCandidate {
    CompletionCandidate::new(value).help(Some(help.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is typed freely: texts, numbers, assignments of fields.
    const TEXTS: [&str; 16] = [
        "assignments",
        "to",
        "field",
        "limit",
        "pages",
        "note",
        "take",
        "text",
        "title",
        "url",
        "words",
        "interval",
        // Levels of a table that is read only then.
        "now",
        "next",
        "columns",
        "weeks",
    ];

    #[test]
    fn each_argument_says_what_can_be_typed() {
        let mut forgotten = Vec::new();
        let mut command = crate::cli::command();
        command.build();
        forgotten_in(&command, &mut forgotten);
        assert_eq!(forgotten, Vec::<String>::new());
    }

    fn forgotten_in(command: &clap::Command, forgotten: &mut Vec<String>) {
        for argument in command.get_arguments() {
            let id = argument.get_id().as_str();
            let is_known = words_of(command.get_name(), id).is_some()
                || !argument.get_action().takes_values()
                || !argument.get_possible_values().is_empty()
                || argument.get_value_hint() != clap::ValueHint::Unknown
                || TEXTS.contains(&id);
            if !is_known {
                forgotten.push(format!("{} {id}", command.get_name()));
            }
        }
        let commands = command.get_subcommands();
        commands.for_each(|it| forgotten_in(it, forgotten));
    }
}
