//! `leadby list`: entries one per line, as a table, with tabs, or as JSON.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::context::CommandContext;
use super::failures::{not_found, usage};
use super::listing::{ListingFormat, fail_if_empty, print_json};
use super::look_back::LookBack;
use super::resolve;
use crate::calendar::Span;
use crate::failure::Failure;
use crate::insight::{self, Person};
use crate::journal::rules::is_waiting_note;
use crate::journal::search::{Query, SearchIndex};
use crate::journal::{Body, Id, Journal};
use crate::practice::Catalog;
use crate::report::{self, EntryRow, ListedEntry, Selection, same_name};
use crate::text::quoted;

const EXAMPLES: &str = "\
Examples:
  leadby list                          everything, oldest first
  leadby list --open                   what is not done, also --done
  leadby list commitments --area process --since \"1 Oct\"
  leadby list problems --state solved --plain | cut -f 5
  leadby list --due this-week          also fri, next-week, 2026-12
  leadby list --week last              what is dated in that week
  leadby list --limit 10               the last ten
  leadby list inbox                    notes that wait; --all shows placed ones
  leadby list people                   everyone you named, last mentioned first
  leadby list people/Ana               where Ana is named, oldest first
  leadby list --json | jq -r '.[] | select(.kind == \"commitment\") | .better'

A list goes by any beginning of its name, or of a word of it, that only one
has: hero, loop, dec.

`leadby add joined-name Annie --set person=Ana` makes both names one person.

--plain writes one entry per line, with tabs between columns: id, kind, day
(2026-11-27), state, title or text, area (of an answer: practice/step). Inside
a column a newline is \\n, a tab \\t and a backslash \\\\. Of people: name, times
mentioned, how many are open, day of the last, and how often each practice
names them (communication=2,multiplier=1).

--json writes a list of objects with id, kind, rev and at, and further members
by their kind:
  commitment  better, area, due, first_due, made, state, moves, closing, origin
  item        register, title, stage, values
  answer      practice, step, period, value
Of people: name, mentions (ids, newest first), open (ids), last, practices
(times by id).";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What to list: all, commitments, answers, a list like problems, a practice like audit, people,
    /// or one person like people/Ana
    #[arg(default_value = "all", hide_default_value = true)]
    kind: String,
    #[command(flatten)]
    format: ListingFormat,
    #[command(flatten)]
    only: Filters,
    /// At most this many: the last ones, or the first with --sort
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// The order; without it, by day
    #[arg(long, value_enum, value_name = "KEY")]
    sort: Option<SortBy>,
    /// With inbox: notes that were placed or let go, too
    #[arg(long = "all")]
    with_placed: bool,
    #[command(flatten)]
    days: LookBack,
}

// Which entries are listed, as the filters of a search say it.
#[derive(Debug, clap::Args)]
struct Filters {
    /// Only what can still be done: commitments without an outcome, items before their last stage
    #[arg(long, conflicts_with = "done")]
    open: bool,
    /// Only what is over: kept, missed or let go, or in the last stage of its list
    #[arg(long)]
    done: bool,
    /// Only commitments in this area, or those that begin like it
    #[arg(long)]
    area: Option<String>,
    /// Only what names this person, or all whose names begin so
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    /// Only this state or stage: open, overdue, kept, missed, let-go, solved, …
    #[arg(long)]
    state: Option<String>,
    /// Only commitments due then: fri, this-week, 4 Dec, 2026-12
    #[arg(long, value_name = "WHEN")]
    due: Option<String>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum SortBy {
    Day,
    Newest,
    Title,
    Area,
    State,
}

impl Filters {
    /// The query that finds these entries; blank without an option.
    fn query(&self, context: &CommandContext<'_>) -> Result<Query, Failure> {
        let mut query = Query::default();
        let is = match (self.open, self.done) {
            (true, _) => Some("open"),
            (_, true) => Some("done"),
            _ => None,
        };
        for (name, value) in [
            ("is", is),
            ("area", self.area.as_deref()),
            ("person", self.person.as_deref()),
            ("state", self.state.as_deref()),
            ("due", self.due.as_deref()),
        ] {
            if let Some(value) = value {
                query.filter_by(name, value, &context.catalog, context.now);
            }
        }
        match query.errors().first() {
            Some(error) => Err(usage(error.clone())),
            None => Ok(query),
        }
    }
}

/// Keeps the rows that a query finds.
fn keep_found(
    rows: &mut Vec<EntryRow<'_>>,
    query: &Query,
    journal: &Journal,
    catalog: &Catalog,
) -> Result<(), Failure> {
    if query.is_blank() {
        return Ok(());
    }
    let mut index = SearchIndex::new(journal, catalog);
    let hits = index.search(query, journal, catalog);
    let found: HashSet<&Id> = hits.iter().map(|hit| index.id(*hit)).collect();
    rows.retain(|row| match &row.entry {
        ListedEntry::Saved(entry) => found.contains(&entry.id),
        ListedEntry::Preset(entry) => query.fits_preset(entry, journal, catalog),
    });
    match index.unmatched(query, journal, catalog).into_iter().next() {
        Some(filter) if rows.is_empty() => Err(not_found(filter)),
        _ => Ok(()),
    }
}

impl SortBy {
    fn sort(self, rows: &mut [EntryRow<'_>], catalog: &Catalog) {
        match self {
            Self::Day => {}
            Self::Newest => rows.sort_by_key(|row| Reverse(row.day)),
            Self::Title => {
                rows.sort_by_cached_key(|row| {
                    report::entry_text(&row.entry, catalog).to_lowercase()
                });
            }
            Self::Area => rows.sort_by_cached_key(|row| match &row.entry.body {
                Body::Commitment(commitment) => (false, commitment.area.to_lowercase()),
                _ => (true, String::new()),
            }),
            Self::State => rows.sort_by_cached_key(|row| report::state_id(&row.entry, catalog)),
        }
    }
}

/// The failure where nothing of its kind was ever written, and how to write some.
fn nothing_listed(selection: Selection<'_>, catalog: &Catalog) -> Failure {
    match selection {
        Selection::Commitments => {
            not_found("no commitments yet").hint("`leadby commit TEXT` makes one")
        }
        Selection::Register(register) if register.inbox.is_some() => {
            not_found("no notes wait").hint("`leadby note TEXT` adds one")
        }
        Selection::Register(register) if register.off.is_some() => {
            not_found("no days off").hint("`leadby off DAYS` marks some")
        }
        Selection::Register(register) => {
            let name = selection.typed_name(catalog);
            not_found(format!("no {} yet", register.singular))
                .hint(format!("`leadby add {name} TITLE` adds one"))
        }
        _ => not_found("no matches"),
    }
}

/// What can be listed.
enum ListTarget<'a> {
    Entries(Selection<'a>),
    People,
    /// The entries that name this person.
    Person(&'a str),
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let catalog = context.catalog.clone();
        let (what, span) = (self.target(&catalog)?, self.days.span(context)?);
        let query = self.only.query(context)?;
        let opened = context.open()?;
        let journal = &opened.journal;
        let rows = |selection: &Selection<'_>| {
            report::entry_rows(selection, span, journal, &catalog, context.now)
        };
        let mut rows = match what {
            ListTarget::Entries(selection) => {
                let mut rows = rows(&selection);
                let inbox = catalog.inbox().map(|(register, _)| register);
                let is_inbox = selection.registers().iter().map(Some).eq([inbox]);
                if is_inbox && !self.with_placed {
                    let basis = context.basis(journal);
                    rows.retain(|row| is_waiting_note(&row.entry.id, basis));
                }
                rows
            }
            ListTarget::Person(name) => {
                let name = resolve::person(name, journal, &catalog)?;
                let person = insight::person(journal, &name, &catalog)
                    .ok_or_else(|| resolve::unknown_person(&name))?;
                let named = |id: &Id| person.mentions.iter().any(|it| it.entry.id == *id);
                let mut rows = rows(&Selection::All);
                rows.retain(|row| named(&row.entry.id));
                rows
            }
            ListTarget::People => {
                let people = self.people(journal, &catalog, span, &query)?;
                self.print_people(&people, context)?;
                let nothing = match span {
                    None => not_found("no people yet")
                        .hint("a name in a field for people is listed, and @name in any text"),
                    Some(_) => not_found("no matches"),
                };
                return fail_if_empty(people.is_empty(), journal.is_empty(), nothing);
            }
        };
        let nothing = match what {
            ListTarget::Entries(selection) if rows.is_empty() && span.is_none() => {
                nothing_listed(selection, &catalog)
            }
            _ => not_found("no matches"),
        };
        keep_found(&mut rows, &query, journal, &catalog)?;
        if !(self.format.json || self.format.plain) {
            // An emptied answer says nothing to a person.
            rows.retain(|row| match &row.entry.body {
                Body::Answer(answer) => !answer.value.is_empty(),
                _ => true,
            });
        }
        let limit = self.limit.unwrap_or(usize::MAX);
        match self.sort {
            Some(key) => {
                key.sort(&mut rows, &catalog);
                rows.truncate(limit);
            }
            None => drop(rows.drain(..rows.len().saturating_sub(limit))),
        }
        self.format
            .print(&rows, journal, context, nothing, |context| {
                let (today, columns) = (context.now.today(), context.columns);
                report::entry_table(&rows, journal, &catalog, today, columns)
            })
    }

    /// The people of some days; filters are for entries.
    fn people<'a>(
        &self,
        journal: &'a Journal,
        catalog: &'a Catalog,
        span: Option<Span>,
        query: &Query,
    ) -> Result<Vec<Person<'a>>, Failure> {
        if !query.is_blank() || self.sort.is_some() {
            let failure = usage("people have no state, area or due day, and one order");
            return Err(
                failure.hint("`leadby list --person NAME --open` lists what is open with someone")
            );
        }
        let mut people = insight::people(journal, catalog);
        people.retain(|person| {
            let mut mentions = person.mentions.iter();
            span.is_none_or(|span| mentions.any(|mention| span.contains(mention.day)))
        });
        people.truncate(self.limit.unwrap_or(usize::MAX));
        Ok(people)
    }

    /// What to list. A list or practice of the user's own called people goes before the people.
    fn target<'a>(&'a self, catalog: &'a Catalog) -> Result<ListTarget<'a>, Failure> {
        if let Some(selection) = Selection::from_name(&self.kind, catalog) {
            return Ok(ListTarget::Entries(selection));
        }
        let begun = Selection::from_beginning(&self.kind, catalog);
        let is_people = |word: &str| same_name(word, "people") || same_name(word, "person");
        match self.kind.split_once('/') {
            None if is_people(&self.kind) => return Ok(ListTarget::People),
            Some((word, name)) if is_people(word) => return Ok(ListTarget::Person(name)),
            _ => {}
        }
        let fitting = match begun {
            Ok(selection) => return Ok(ListTarget::Entries(selection)),
            Err(fitting) => fitting,
        };
        if !fitting.is_empty() {
            let mut names: Vec<String> = fitting.iter().map(|it| it.typed_name(catalog)).collect();
            let mut seen = HashSet::new();
            names.retain(|name| seen.insert(name.clone()));
            let (name, names) = (quoted(&self.kind), names.join(" or "));
            return Err(usage(format!("“{name}” can be {names}")));
        }
        let message = format!("nothing called “{}” to list", quoted(&self.kind));
        let mut names = Selection::names(catalog);
        names.push("people".to_owned());
        let hint = format!("names: {}", names.join(", "));
        Err(usage(message).hint(hint))
    }

    fn print_people(
        &self,
        people: &[Person<'_>],
        context: &mut CommandContext<'_>,
    ) -> Result<(), Failure> {
        if self.format.json {
            return print_json(people.iter().map(report::people_json), context.output);
        }
        context.print_lines(if self.format.plain {
            people.iter().map(report::people_plain).collect()
        } else {
            report::people_table(people, context.now.today(), context.columns)
        })
    }
}
