//! One entry in words: its kind, its state, its text.
//!
//! Text is as stored; the caller makes it safe to show.

use chrono::{Datelike, NaiveDate};

use crate::calendar::{self, Week};
use crate::journal::{
    Answer, Body, Commitment, DatedLine, Entry, Id, Inclusion, Item, Journal, Move, OffDays,
    Period, Value, stage_label, stage_of,
};
use crate::practice::{Catalog, FieldKind, Step};

/// The kind of an entry: `commitment`, `answer`, `choice`, or the id of the register an item is in.
pub fn kind_id(entry: &Entry) -> &str {
    match &entry.body {
        Body::Deleted | Body::Forgotten | Body::Newer => "deleted",
        Body::Answer(_) => "answer",
        Body::Item(item) => &item.register,
        Body::Commitment(_) => "commitment",
        Body::Choice(_) => "choice",
    }
}

/// The state of an entry for a script: `open`, `kept`, `missed` or `let-go` of a commitment; the
/// id of the stage an item is in, `-` for none; the week or month of an answer, `standing` for
/// one without; `in`, `out` or `first` of a choice, `-` of one about the place alone.
pub fn state_id(entry: &Entry, catalog: &Catalog) -> String {
    match &entry.body {
        Body::Deleted | Body::Forgotten | Body::Newer => "deleted".to_owned(),
        Body::Answer(answer) => period_label(answer.period),
        Body::Item(item) => catalog
            .register(&item.register)
            .and_then(|register| stage_of(register, item))
            .map_or_else(|| "-".to_owned(), |stage| stage.id.clone()),
        Body::Commitment(commitment) => commitment_state_id(commitment).to_owned(),
        Body::Choice(choice) => choice.portfolio.map_or("-", Inclusion::id).to_owned(),
    }
}

/// The same for a person: "overdue", "not started", "week 48".
pub(super) fn state_name(
    entry: &Entry,
    catalog: &Catalog,
    off: &OffDays,
    today: NaiveDate,
) -> String {
    match &entry.body {
        Body::Deleted | Body::Forgotten | Body::Newer => "deleted".to_owned(),
        Body::Answer(answer) => period_name(answer.period, today),
        Body::Item(item) => item_state(item, catalog, today),
        Body::Commitment(commitment) => urgency(commitment, off, today).to_owned(),
        Body::Choice(choice) => choice.label(),
    }
}

/// The text of an entry: what better looks like, the title of an item, the answer itself.
pub fn entry_text(entry: &Entry, catalog: &Catalog) -> String {
    match &entry.body {
        Body::Deleted | Body::Forgotten | Body::Newer => String::new(),
        Body::Answer(answer) => answer_text(answer, catalog),
        Body::Item(item) => item.title().to_owned(),
        Body::Commitment(commitment) => commitment.better.clone(),
        Body::Choice(choice) => choice.entry.to_string(),
    }
}

/// The text that identifies an entry: of a choice, that of the entry it is about.
pub fn entry_title(entry: &Entry, journal: &Journal, catalog: &Catalog) -> String {
    match &entry.body {
        Body::Choice(choice) => origin_text(&choice.entry, journal, catalog),
        _ => entry_text(entry, catalog),
    }
}

/// A value as a field of that kind shows it.
pub fn field_text(stored: &Value, kind: &FieldKind) -> String {
    value_text(stored, Some(kind))
}

/// A value as it is shown: choices by their labels, lines of a log with their days.
pub(super) fn value_text(value: &Value, kind: Option<&FieldKind>) -> String {
    if let Value::Log(lines) = value {
        let lines: Vec<String> = lines.iter().map(dated_line).collect();
        return lines.join("\n");
    }
    let labels = kind.map_or_else(|| value.texts(), |kind| value.labels(kind));
    labels.join(", ")
}

/// "2026-11-24  Drew the loop".
pub(super) fn dated_line(line: &DatedLine) -> String {
    format!("{}  {}", line.on, line.text)
}

/// The text of the entry that another one came from or is about; its id if it is not there.
pub(super) fn origin_text(origin: &Id, journal: &Journal, catalog: &Catalog) -> String {
    match journal.current(origin) {
        Some(entry) => entry_text(entry, catalog),
        None if journal.is_forgotten(origin) => "an entry that was forgotten".to_owned(),
        None => origin.to_string(),
    }
}

/// What an item is called: "problem"; the id of its register if that is not known.
pub(super) fn singular<'a>(item: &'a Item, catalog: &'a Catalog) -> &'a str {
    let register = catalog.register(&item.register);
    register.map_or(&item.register, |register| &register.singular)
}

/// The step of an answer, if its practice is known.
pub(super) fn step_of<'a>(answer: &Answer, catalog: &'a Catalog) -> Option<&'a Step> {
    catalog.step(&answer.practice, &answer.step)
}

/// An answer as its question shows it; as it is stored if its practice is not known.
pub(super) fn answer_text(answer: &Answer, catalog: &Catalog) -> String {
    let step = step_of(answer, catalog);
    value_text(&answer.value, step.and_then(Step::answer_kind))
}

/// "open", "due today", "overdue", "kept", "missed", "let go".
pub(super) fn urgency(commitment: &Commitment, off: &OffDays, today: NaiveDate) -> &'static str {
    match &commitment.closing {
        Some(closing) => closing.how.name(),
        None if off.is_overdue(commitment, today) => "overdue",
        None if off.is_due(commitment, today) => "due today",
        None => "open",
    }
}

/// "learning", "not started", or empty for a register without stages.
pub fn stage_name<'a>(item: &Item, catalog: &'a Catalog) -> &'a str {
    catalog
        .register(&item.register)
        .map_or("", |register| stage_label(register, item))
}

/// The same; of days off, which days they are.
pub fn item_state(item: &Item, catalog: &Catalog, today: NaiveDate) -> String {
    match off_days(item, catalog) {
        Some((first, last)) => day_range(first, last, today),
        None => stage_name(item, catalog).to_owned(),
    }
}

/// The first and the last of days off, if an item is about some.
fn off_days(item: &Item, catalog: &Catalog) -> Option<(NaiveDate, NaiveDate)> {
    let register = catalog.register(&item.register)?;
    let fields = register.off.as_ref()?;
    let first = item.day(&fields.from)?;
    Some((first, item.day(&fields.to).unwrap_or(first)))
}

/// "Thu 24 Dec", "Thu 24 Dec to Fri 25 Dec".
pub fn day_range(first: NaiveDate, last: NaiveDate, today: NaiveDate) -> String {
    let from = calendar::short_date(first, today);
    if first == last {
        return from;
    }
    format!("{from} to {}", calendar::short_date(last, today))
}

/// `2026-W48`, `2026-11`, or `None` for a standing answer.
pub(super) fn period_id(period: Period) -> Option<String> {
    match period {
        Period::Standing => None,
        Period::Month(month) => Some(month.to_string()),
        Period::Week(week) => Some(week.to_string()),
    }
}

/// The same, and `standing` for a standing answer.
pub(super) fn period_label(period: Period) -> String {
    period_id(period).unwrap_or_else(|| "standing".to_owned())
}

/// "Fri 6 Nov to Fri 13 Nov: waiting for Ana".
pub(super) fn move_text(moved: &Move, today: NaiveDate) -> String {
    let [from, to] = [moved.from, moved.to].map(|day| calendar::short_date(day, today));
    let why = if moved.why.is_empty() { "" } else { ": " };
    format!("{from} to {to}{why}{}", moved.why)
}

/// `open`, `kept`, `missed`, `let-go`.
pub(super) fn commitment_state_id(commitment: &Commitment) -> &'static str {
    let closing = commitment.closing.as_ref();
    closing.map_or("open", |closing| closing.how.id())
}

fn period_name(period: Period, today: NaiveDate) -> String {
    let year = |year: i32, present: i32| {
        if year == present {
            String::new()
        } else {
            format!(" {year}")
        }
    };
    match period {
        Period::Standing => "standing".to_owned(),
        Period::Month(month) => format!("{}{}", month.name(), year(month.year(), today.year())),
        // A week around New Year is in the year of its Thursday.
        Period::Week(week) => {
            let year = year(week.year(), Week::of(today).year());
            format!("week {}{year}", week.number())
        }
    }
}

/// The sign before an open commitment: `!` if it is due or overdue.
pub(super) fn due_sign(commitment: &Commitment, off: &OffDays, today: NaiveDate) -> &'static str {
    if off.is_due(commitment, today) {
        "!"
    } else {
        "▸"
    }
}
