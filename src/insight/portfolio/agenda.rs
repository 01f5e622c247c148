//! The agenda of the next talk: what was promised, what is under way, what the user needs and wants
//! to show, and the results since the last talk.
//!
//! Knows of practices only what they declare, and no output format.

use chrono::{Days, NaiveDate};

use super::Portfolio;
use super::bullets::result_line;
use super::gather::{is_left_out, public_answer, public_registers, stays_in};
use super::sheet::{LineDay, Sheet, SheetLine, SheetPart, SheetSubject};
use super::together::{commitment_line, item_line};
use crate::calendar::Span;
use crate::journal::{Id, Journal, OffDays, Period, stage_of};
use crate::practice::{Catalog, Provides, Step};

/// The last day of a talk before `today`, as the list of talks has it.
pub fn last_talk(journal: &Journal, catalog: &Catalog, today: NaiveDate) -> Option<NaiveDate> {
    let (register, field) = catalog.talks()?;
    let items = journal.items(&register.id).into_iter();
    let days = items.filter_map(|(_, item)| item.day(field));
    days.filter(|day| *day < today).max()
}

/// The days of an agenda: since the last talk, or the last four weeks.
pub(super) fn since_last_talk(journal: &Journal, catalog: &Catalog, today: NaiveDate) -> Span {
    let before = today.checked_sub_days(Days::new(DAYS_WITHOUT_TALK));
    let last = last_talk(journal, catalog, today).or(before);
    Span::since(last.unwrap_or(today), today)
}

/// How far an agenda looks back without a talk before.
const DAYS_WITHOUT_TALK: u64 = 28;

/// The agenda, with the results of `portfolio`; `last` is the day of the last talk.
pub(super) fn agenda(
    portfolio: &Portfolio,
    journal: &Journal,
    catalog: &Catalog,
    last: Option<NaiveDate>,
) -> Sheet {
    let mut sheet = Sheet {
        subject: SheetSubject::Agenda { last },
        name: String::new(),
        about: portfolio.about.clone(),
        first: last.map_or(portfolio.first, |_| portfolio.span.first()),
        until: portfolio.until,
        sections: Vec::new(),
    };
    let until = portfolio.until;
    sheet.push(SheetPart::Promised, promised(journal, catalog, until));
    sheet.push(SheetPart::UnderWay, under_way(journal, catalog, until));
    let own_words = |what| own_words(journal, catalog, what);
    sheet.push(SheetPart::Needs, own_words(Provides::Needs));
    sheet.push(SheetPart::ToShow, own_words(Provides::ToShow));
    let results = portfolio.included_pieces();
    let results = results.filter(|(_, piece)| piece.can_be_result());
    let results = results.map(|(section, piece)| result_line(section, piece, journal, catalog));
    sheet.push(SheetPart::Results, results.collect());
    sheet
}

/// The open commitments that were made by then, by their days.
fn promised(journal: &Journal, catalog: &Catalog, until: NaiveDate) -> Vec<SheetLine> {
    let commitments = journal.commitments().into_iter();
    let mut open: Vec<_> = commitments
        .filter(|(_, it)| it.is_open() && it.made <= until)
        .filter(|(entry, _)| stays_in(entry, journal, catalog))
        .collect();
    open.sort_by_key(|(entry, it)| (it.due, &entry.id));
    let off = OffDays::of(journal, catalog);
    let lines = open.into_iter();
    lines
        .map(|(entry, it)| commitment_line(entry, it, &off))
        .collect()
}

/// What was begun by then, and is no evidence yet, in the lists that become evidence with a stage.
fn under_way(journal: &Journal, catalog: &Catalog, until: NaiveDate) -> Vec<SheetLine> {
    let mut lines = Vec::new();
    for (_, register) in public_registers(catalog) {
        let key = register.portfolio.as_deref();
        let Some(key) = key.filter(|key| register.stage(key).is_some()) else {
            continue;
        };
        for (entry, item) in journal.items(&register.id) {
            let is_evidence = item.day(key).is_some();
            let stage = stage_of(register, item).filter(|stage| !stage.closes);
            let day = stage.and_then(|stage| item.day(&stage.id));
            let day = day.filter(|day| *day <= until);
            if let Some(day) = day.filter(|_| !is_evidence && stays_in(entry, journal, catalog)) {
                lines.push(item_line(entry, register, item, LineDay::Since(day)));
            }
        }
    }
    lines
}

/// The ids of the user's own words on an agenda. Each is left out as a whole, with all its lines.
pub fn agenda_answers(catalog: &Catalog) -> impl Iterator<Item = Id> {
    let all = [Provides::Needs, Provides::ToShow].into_iter();
    all.filter_map(|what| Some(public_step(catalog, what)?.0))
}

/// What the user wrote about something, a line each, unless it is left out.
fn own_words(journal: &Journal, catalog: &Catalog, what: Provides) -> Vec<SheetLine> {
    let text = public_answer(journal, catalog, what);
    let (Some((id, step)), Some(text)) = (public_step(catalog, what), text) else {
        return Vec::new();
    };
    if is_left_out(&id, journal) {
        return Vec::new();
    }
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let lines = lines.map(|line| SheetLine {
        id: id.clone(),
        list: Some(step.label.clone()),
        title: String::new(),
        text: line.trim().to_owned(),
        number: String::new(),
        state: String::new(),
        day: LineDay::None,
        due_before: Vec::new(),
        said_by: None,
    });
    lines.collect()
}

/// The step whose answer provides `what`, and the id of that answer; `None` if it is private.
fn public_step(catalog: &Catalog, what: Provides) -> Option<(Id, &Step)> {
    let (practice, step) = catalog.provider(what)?;
    let id = Id::answer(Period::Standing, &practice.id, &step.id);
    (!practice.private).then_some((id, step))
}
