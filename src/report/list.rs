//! Entries one per line: as a table for people, and with tabs for scripts.
//!
//! # The plain form
//! One entry per line, six columns, one tab between them: id, kind, day, state, title or text, area; a
//! seventh if there is anything to mark.
//!
//! - kind: `commitment`, `answer`, or the id of a register;
//! - day: `2026-11-27`, see [`Journal::listed_day`]; empty for a preset that was never written to;
//! - state: the id of a stage, the outcome of a commitment, the period of an answer, `in` or `out`;
//! - area: of a commitment; the practice and step of an answer as `audit/influence`; else empty;
//! - marks: `unsettled` if two machines changed a field differently, `newer` if a newer leadby wrote
//!   a version that is not shown; separated by a comma.
//!
//! Inside a column a newline is written `\n`, a tab `\t` and a backslash `\\`; other characters
//! that could control a terminal become visible signs. Columns may be added at the end of a line.

use std::collections::HashMap;
use std::ops::Deref;

use chrono::NaiveDate;

use super::describe;
use crate::calendar::{Now, Span};
use crate::journal::{Body, Entry, Id, Journal, OffDays, Selection};
use crate::practice::Catalog;
use crate::text;

/// One entry of a list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EntryRow<'a> {
    pub entry: ListedEntry<'a>,
    /// See [`Journal::listed_day`].
    pub day: NaiveDate,
}

/// An entry in a list. A list may have every entry of the journal, so a borrowed one takes no more
/// room than a pointer, unlike in a `Cow`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ListedEntry<'a> {
    /// From the journal.
    Saved(&'a Entry),
    /// A preset that was never written to.
    Preset(Box<Entry>),
}

impl EntryRow<'_> {
    /// Its day, which a preset has none of.
    fn day_column(&self) -> String {
        match self.entry {
            ListedEntry::Saved(_) => self.day.to_string(),
            ListedEntry::Preset(_) => String::new(),
        }
    }
}

impl Deref for ListedEntry<'_> {
    type Target = Entry;

    fn deref(&self) -> &Entry {
        match self {
            Self::Saved(entry) => entry,
            Self::Preset(entry) => entry,
        }
    }
}

pub fn entry_row<'a>(entry: &'a Entry, journal: &Journal, catalog: &Catalog) -> EntryRow<'a> {
    EntryRow {
        day: journal.listed_day(entry, catalog),
        entry: ListedEntry::Saved(entry),
    }
}

/// The entries of `selection` on the days of `span`, oldest first, and those of a day as they were
/// written. Without a span, presets that were never written to follow if their register was asked for
/// by name.
pub fn entry_rows<'a>(
    selection: &Selection<'_>,
    span: Option<Span>,
    journal: &'a Journal,
    catalog: &Catalog,
    now: Now,
) -> Vec<EntryRow<'a>> {
    let written = journal.entries_dated(catalog);
    let mut rows: Vec<EntryRow<'a>> = written
        .filter(|(day, _, entry)| {
            selection.contains(entry) && span.is_none_or(|span| span.contains(*day))
        })
        .map(|(day, _, entry)| EntryRow {
            entry: ListedEntry::Saved(entry),
            day,
        })
        .collect();
    rows.sort_by_cached_key(|row| {
        let id = &row.entry.id;
        let versions = journal.versions(id).iter();
        let first = versions.map(|version| (version.rev, version.at)).min();
        (row.day, first, id.clone())
    });
    if span.is_none() {
        let registers = selection.registers().iter();
        let presets = registers.flat_map(|register| super::preset_entries(register, journal, now));
        rows.extend(presets.map(|entry| EntryRow {
            entry: ListedEntry::Preset(Box::new(entry)),
            day: now.today(),
        }));
    }
    rows
}

/// A row in the plain form, without the newline at its end.
pub fn plain_row(row: &EntryRow<'_>, journal: &Journal, catalog: &Catalog) -> String {
    let entry = &row.entry;
    let mut marks = Vec::new();
    if !journal.unsettled(&entry.id).is_empty() {
        marks.push("unsettled");
    }
    if journal.has_newer(&entry.id) {
        marks.push("newer");
    }
    let area = match &entry.body {
        Body::Commitment(commitment) => commitment.area.clone(),
        Body::Answer(answer) => format!("{}/{}", answer.practice, answer.step),
        Body::Item(_) | Body::Choice(_) | Body::Deleted | Body::Forgotten | Body::Newer => {
            String::new()
        }
    };
    let mut columns = vec![
        escape_column(entry.id.as_str()),
        escape_column(describe::kind_id(entry)),
        row.day_column(),
        escape_column(&describe::state_id(entry, catalog)),
        escape_column(&describe::entry_text(entry, catalog)),
        escape_column(&area),
    ];
    if !marks.is_empty() {
        columns.push(marks.join(","));
    }
    columns.join("\t")
}

/// Rows as a table: id with kind and state, day, text. Each row is cut to `columns`, if given, so
/// that the text gets what is left.
pub fn entry_table(
    rows: &[EntryRow<'_>],
    journal: &Journal,
    catalog: &Catalog,
    today: NaiveDate,
    columns: Option<usize>,
) -> Vec<String> {
    let text = |entry: &Entry, room: usize| {
        let text = text::one_line(&describe::entry_text(entry, catalog));
        text::clip(&text, room)
    };
    entry_table_with(rows, journal, catalog, today, columns, text)
}

/// The same with another text for each entry, which gets as many columns as are left.
pub fn entry_table_with(
    rows: &[EntryRow<'_>],
    journal: &Journal,
    catalog: &Catalog,
    today: NaiveDate,
    columns: Option<usize>,
    text: impl Fn(&Entry, usize) -> String,
) -> Vec<String> {
    let off = OffDays::of(journal, catalog);
    let short = short_ids(journal.entries().chain(rows.iter().map(|row| &*row.entry)));
    let heads: Vec<String> = rows
        .iter()
        .map(|row| {
            let entry = &*row.entry;
            let id = short.get(&entry.id).copied();
            let id = id.unwrap_or(entry.id.as_str());
            text::escape_controls(&row_head(&text::one_line(id), entry, catalog, &off, today))
        })
        .collect();
    let widest = heads.iter().map(|head| text::width(head)).max();
    let most = columns.map_or(usize::MAX, |columns| (columns * 2 / 5).max(34));
    let width = widest.unwrap_or(0).min(most);
    let days = rows.iter().any(|row| row.entry.rev > 0);
    let lines = rows.iter().zip(&heads).map(|(row, head)| {
        let mut line = format!("{}  ", text::fit(head, width));
        if days {
            let day = match &row.entry.body {
                Body::Commitment(open) if open.is_open() => off.due_day(open).to_string(),
                _ => row.day_column(),
            };
            line.push_str(&text::fit(&day, 12));
        }
        let taken = text::width(&line);
        let room = columns.map_or(usize::MAX, |columns| columns.saturating_sub(taken));
        let mark = super::unsettled_sign(&row.entry.id, journal);
        let room = room.saturating_sub(text::width(mark));
        let text = format!("{mark}{}", text(&row.entry, room));
        match columns {
            Some(columns) if taken > columns => text::clip(&line, columns),
            _ if text.is_empty() => line.trim_end().to_owned(),
            _ => line + &text,
        }
    });
    lines.collect()
}

/// The short form of an id, unique among all entries of the journal.
pub fn short_id(id: &Id, journal: &Journal) -> String {
    let short = short_ids(journal.entries());
    let short = short.get(id).copied();
    short.unwrap_or(id.as_str()).to_owned()
}

/// The shortest unique end of each id, but not less than six characters, and for an id made of parts
/// everything after the first.
pub fn short_ids<'a>(entries: impl Iterator<Item = &'a Entry>) -> HashMap<&'a Id, &'a str> {
    let backwards = |id: &'a Id| id.as_str().bytes().rev();
    let mut ids: Vec<&Id> = entries.map(|entry| &entry.id).collect();
    ids.sort_unstable_by(|one, other| backwards(one).cmp(backwards(other)));
    ids.dedup();
    let shared = |one: usize, other: Option<usize>| -> usize {
        let other = other.and_then(|other| ids.get(other)).into_iter();
        let pairs = backwards(ids[one]).zip(other.flat_map(|other| backwards(other)));
        pairs.take_while(|(a, b)| a == b).count()
    };
    let ends = ids.iter().enumerate().map(|(place, id)| {
        let before = shared(place, place.checked_sub(1));
        let after = shared(place, Some(place + 1));
        let text = id.as_str();
        let six = text.char_indices().nth_back(5).map_or(0, |(at, _)| at);
        let shortest = text
            .split_once('/')
            .map_or(six, |(first, _)| first.len() + 1);
        let unique = text.len().saturating_sub(before.max(after) + 1);
        (*id, &text[text.floor_char_boundary(unique.min(shortest))..])
    });
    ends.collect()
}

/// The columns before the day: `7f3a9c  problem · solved`. The id of an answer says enough.
fn row_head(id: &str, entry: &Entry, catalog: &Catalog, off: &OffDays, today: NaiveDate) -> String {
    let kind = match &entry.body {
        Body::Answer(_) => return id.to_owned(),
        Body::Item(item) => describe::singular(item, catalog),
        Body::Deleted | Body::Forgotten | Body::Newer | Body::Commitment(_) | Body::Choice(_) => {
            describe::kind_id(entry)
        }
    };
    let state = describe::state_name(entry, catalog, off, today);
    if state.is_empty() {
        format!("{id}  {kind}")
    } else {
        format!("{id}  {kind} · {state}")
    }
}

pub(super) fn escape_column(text: &str) -> String {
    let mut column = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => column.push_str("\\n"),
            '\t' => column.push_str("\\t"),
            '\\' => column.push_str("\\\\"),
            _ => column.push(character),
        }
    }
    text::escape_controls(&column)
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn the_plain_form_is_a_line_an_entry() {
        let (journal, catalog) = (samples::journal(), samples::catalog());
        let rows = entry_rows(&Selection::All, None, &journal, &catalog, samples::now());
        let lines: Vec<String> = rows
            .iter()
            .map(|row| plain_row(row, &journal, &catalog))
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        0193c000-0000-7000-8000-00000000bbbb	commitment	2026-10-30	kept	Stand-up starts on time	process
        0193c000-0000-7000-8000-00000000cccc	problems	2026-11-19	solved	Nobody owned\nthe runbook\t日本	
        0193c000-0000-7000-8000-00000001aaaa	commitment	2026-11-20	open	Inbox rules	process
        answer/2026-W48/audit/scale	answer	2026-11-24	2026-W48	Good work	audit/scale
        0193c000-0000-7000-8000-00000000aaaa	commitment	2026-11-27	open	One owner for every release step	process
        "#);
    }

    #[test]
    fn the_table_shows_short_ids_and_fits() {
        let (journal, catalog) = (samples::journal(), samples::catalog());
        let now = samples::now();
        let rows = entry_rows(&Selection::All, None, &journal, &catalog, now);
        let wide = entry_table(&rows, &journal, &catalog, now.today(), None);
        insta::assert_snapshot!(wide.join("\n"), @r"
        00bbbb  commitment · kept     2026-10-30  Stand-up starts on time
        00cccc  problem · solved      2026-11-19  Nobody owned the runbook 日本
        01aaaa  commitment · overdue  2026-11-20  Inbox rules
        2026-W48/audit/scale          2026-11-24  Good work
        00aaaa  commitment · open     2026-11-27  One owner for every release step
        ");
        for line in entry_table(&rows, &journal, &catalog, now.today(), Some(40)) {
            assert!(text::width(&line) <= 40, "{line}");
        }
    }

    #[test]
    fn a_short_id_is_as_long_as_it_must_be() {
        let journal = Journal::fold(
            [
                "aaaa-1111112",
                "bbbb-2111112",
                "x",
                "answer/2026-W48/a/b",
                "item/a/b",
            ]
            .map(|id| samples::entry(id, Body::Commitment(samples::commitment("x", "2026-11-27")))),
        );
        let short = |id: &str| short_id(&Id::new(id), &journal);
        assert_eq!(short("aaaa-1111112"), "1111112");
        assert_eq!(short("bbbb-2111112"), "2111112");
        assert_eq!(short("x"), "x");
        assert_eq!(short("answer/2026-W48/a/b"), "2026-W48/a/b");
        assert_eq!(short("item/a/b"), "m/a/b");
        assert_eq!(short("not/in/it"), "not/in/it");
    }

    #[test]
    fn since_keeps_what_stands_under_a_later_day() {
        let (journal, catalog) = (samples::journal(), samples::catalog());
        let count = |since: &str| {
            let span = Span::Days(samples::day(since), NaiveDate::MAX);
            entry_rows(
                &Selection::Commitments,
                Some(span),
                &journal,
                &catalog,
                samples::now(),
            )
            .len()
        };
        assert_eq!(count("2026-10-30"), 3);
        assert_eq!(count("2026-10-31"), 2);
        assert_eq!(count("2026-11-27"), 1);
        assert_eq!(count("2026-11-28"), 0);
    }

    #[test]
    fn presets_are_listed_where_their_register_is_asked_for() {
        let (journal, catalog) = (samples::journal(), samples::catalog());
        let skills = Selection::from_name("skills", &catalog).expect("a register");
        let rows = entry_rows(&skills, None, &journal, &catalog, samples::now());
        let table = entry_table(&rows, &journal, &catalog, samples::now().today(), None);
        assert_eq!(
            table,
            ["skills/systems-thinking  skill · not started  Systems thinking"]
        );
    }
}
