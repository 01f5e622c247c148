//! The work with one person, as a page: what is open, what was done together, what they said.
//!
//! Who is named where comes from the people of a journal; here is only what may leave it. Knows no
//! practice by name, and no output format.

use chrono::NaiveDate;

use super::bullets::{evidence_sentence, item_result};
use super::gather::{first_counted, is_shown, stays_in};
use super::sheet::{LineDay, Sheet, SheetLine, SheetPart, SheetSubject};
use crate::calendar::Span;
use crate::insight::people::{Mention, MentionSource, person};
use crate::journal::{Commitment, CommitmentOutcome, Entry, Item, Journal, OffDays, stage_label};
use crate::practice::{Catalog, FieldKind, Register, TITLE};

/// The page about the person with this name, in any spelling, by a name that others may see; `None` if
/// nothing of the kind names such a person. What is open counts on any day, the rest in the days of
/// `span` up to `today`.
pub(super) fn together(
    journal: &Journal,
    catalog: &Catalog,
    name: &str,
    (span, today): (Span, NaiveDate),
) -> Option<Sheet> {
    let known = person(journal, name, catalog)?;
    let (journal, catalog) = (&*journal.public_part(catalog), &catalog.public_part());
    let mut names = std::iter::once(&known.name).chain(&known.other_names);
    let person = names.find_map(|name| person(journal, name, catalog))?;
    let shared = person.mentions.iter();
    let shared: Vec<&Mention> = shared
        .filter(|mention| may_leave(mention, journal, catalog))
        .collect();
    let until = span.last().min(today);
    let days = shared.iter().map(|mention| mention.day);
    let days = days.filter(|day| span.first() <= *day);
    let first = first_counted(span, journal, days).min(until);
    let is_wanted = |day: NaiveDate| (first..=until).contains(&day);
    let mut sheet = Sheet {
        subject: SheetSubject::Person(person.name.clone()),
        name: String::new(),
        about: Vec::new(),
        first,
        until,
        sections: Vec::new(),
    };
    let (said, named): (Vec<&Mention>, Vec<&Mention>) =
        shared.into_iter().partition(|it| is_quote(it));
    let mut mentions: Vec<&Mention> = Vec::new();
    for mention in named {
        if mentions.iter().all(|one| one.entry.id != mention.entry.id) {
            mentions.push(mention);
        }
    }
    let off = OffDays::of(journal, catalog);
    let open = mentions.iter().rev().filter(|mention| mention.open);
    let open = open
        .filter_map(|mention| open_line(mention, &off))
        .collect();
    sheet.push(SheetPart::Open, open);
    let done = mentions.iter().filter(|it| !it.open && is_wanted(it.day));
    let done = done
        .filter_map(|mention| done_line(mention, &off))
        .collect();
    sheet.push(SheetPart::Together, done);
    let said = said.into_iter().chain(mentions.iter().copied());
    let said: Vec<&Mention> = said.filter(|mention| is_wanted(mention.day)).collect();
    sheet.push(SheetPart::Said, said_lines(&said));
    Some(sheet)
}

/// Whether others may see that an entry names someone: it is not private, and names them in a field
/// for people or in the title of what is about people, or is of a kind that is made to be shown. A
/// complaint that mentions someone is not.
fn may_leave(mention: &Mention<'_>, journal: &Journal, catalog: &Catalog) -> bool {
    let is_meant = match mention.source {
        MentionSource::Answer(_) => false,
        MentionSource::Commitment(_) => true,
        MentionSource::Item(register, field, _) => {
            let asks_who = || {
                register
                    .fields
                    .iter()
                    .any(|it| it.kind == FieldKind::Person)
            };
            field.kind == FieldKind::Person
                || register.portfolio.is_some()
                || (field.id == TITLE && asks_who())
        }
    };
    is_meant && stays_in(mention.entry, journal, catalog)
}

/// Whether an item is nothing but what the person said.
fn is_quote(mention: &Mention<'_>) -> bool {
    let MentionSource::Item(register, field, _) = mention.source else {
        return false;
    };
    let title = register.field(TITLE);
    title.is_some_and(|title| title.said_by.as_ref() == Some(&field.id))
}

fn open_line(mention: &Mention<'_>, off: &OffDays) -> Option<SheetLine> {
    let entry = mention.entry;
    match mention.source {
        MentionSource::Item(register, _, item) => {
            let since = LineDay::Since(mention.day);
            Some(item_line(entry, register, item, since))
        }
        MentionSource::Commitment(commitment) => Some(commitment_line(entry, commitment, off)),
        MentionSource::Answer(_) => None,
    }
}

fn done_line(mention: &Mention<'_>, off: &OffDays) -> Option<SheetLine> {
    let (entry, day) = (mention.entry, LineDay::Done(mention.day));
    match mention.source {
        MentionSource::Item(register, field, item) => {
            let mut line = item_line(entry, register, item, day);
            // The day of a name that belongs to a stage is that of the stage.
            let own = field.stage.as_deref().and_then(|id| register.stage(id));
            if let Some(own) = own.filter(|own| item.day(&own.id) == Some(mention.day)) {
                line.state.clone_from(&own.name);
            }
            Some(line)
        }
        MentionSource::Commitment(commitment) => {
            let closing = commitment.closing.as_ref()?;
            (closing.how == CommitmentOutcome::Kept).then(|| SheetLine {
                text: evidence_sentence(&closing.evidence),
                state: closing.how.name().to_owned(),
                day,
                ..commitment_line(entry, commitment, off)
            })
        }
        MentionSource::Answer(_) => None,
    }
}

/// A commitment, with the day it is due.
pub(super) fn commitment_line(entry: &Entry, commitment: &Commitment, off: &OffDays) -> SheetLine {
    SheetLine {
        id: entry.id.clone(),
        list: None,
        title: commitment.better.clone(),
        text: String::new(),
        number: String::new(),
        state: String::new(),
        day: LineDay::Due {
            day: off.due_day(commitment),
            first: off.first_due_day(commitment),
            moved: commitment.due_shift(),
        },
        due_before: commitment.earlier_due_days(off),
        said_by: None,
    }
}

/// An item, with its stage and what came of it so far.
pub(super) fn item_line(
    entry: &Entry,
    register: &Register,
    item: &Item,
    day: LineDay,
) -> SheetLine {
    let (text, number) = item_result(register, item);
    SheetLine {
        id: entry.id.clone(),
        list: Some(register.name.clone()),
        title: item.title().to_owned(),
        text,
        number,
        state: stage_label(register, item).to_owned(),
        day,
        due_before: Vec::new(),
        said_by: None,
    }
}

/// What a person said, newest first: the texts of items that say whose words they are.
fn said_lines(mentions: &[&Mention<'_>]) -> Vec<SheetLine> {
    let mut lines = Vec::new();
    for mention in mentions {
        let MentionSource::Item(register, by, item) = mention.source else {
            continue;
        };
        let said = register.fields.iter();
        let said = said.filter(|it| is_shown(it) && it.said_by.as_ref() == Some(&by.id));
        for field in said.filter(|field| !item.text(&field.id).trim().is_empty()) {
            let day = LineDay::Done(mention.day);
            lines.push(SheetLine {
                title: item.text(&field.id).to_owned(),
                text: String::new(),
                state: String::new(),
                said_by: Some(item.text(&by.id).to_owned()),
                ..item_line(mention.entry, register, item, day)
            });
        }
    }
    lines
}
