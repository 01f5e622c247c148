//! A page of headed lines: what it says, in words, and as JSON.
//!
//! For other readers, so every date has its year. Knows no markup, and nothing of how the lines were
//! chosen.

mod json;

use crate::calendar::{Month, long_date};
use crate::insight::{LineDay, Sheet, SheetLine, SheetPart, SheetSubject};
use crate::report::days::span_days;
use crate::report::due_shift_from;
use crate::report::page::{Block, Page, PageRow, Run, Under};
use crate::text::one_line;

pub(super) use json::sheet_json;

pub(super) fn sheet_page(sheet: &Sheet) -> Page {
    let title = title(sheet);
    let sections = (1..).zip(&sheet.sections).filter_map(|(number, section)| {
        let rows = section.lines.iter().map(|line| row(sheet, line));
        let id = format!("section-{number}");
        Block::list(&id, heading(section.part), "lines", rows)
    });
    Page {
        heading: Run::Text(title.clone()),
        title,
        under: vec![Under::Days(days(sheet))],
        about: sheet.about.clone(),
        blocks: sections.collect(),
        as_of: None,
    }
}

fn title(sheet: &Sheet) -> String {
    match &sheet.subject {
        SheetSubject::Bullets if !sheet.name.trim().is_empty() => one_line(&sheet.name),
        SheetSubject::Bullets => "What I did, and what came of it".to_owned(),
        SheetSubject::Agenda { .. } => "For our next talk".to_owned(),
        SheetSubject::Person(name) => format!("My work with {name}"),
    }
}

/// "1 October to 24 November 2026", "Since 4 November 2026".
fn days(sheet: &Sheet) -> String {
    if let SheetSubject::Agenda { last: Some(last) } = sheet.subject
        && last == sheet.first
    {
        return format!("Since {}", long_date(last));
    }
    span_days(sheet.first, sheet.until)
}

pub(super) fn heading(part: SheetPart) -> &'static str {
    match part {
        SheetPart::Results => "Results",
        SheetPart::Promised => "What I promised",
        SheetPart::UnderWay => "What is under way",
        SheetPart::Needs => "What I need",
        SheetPart::ToShow => "What I want to show",
        SheetPart::Open => "Open between us",
        SheetPart::Together => "Done together",
        SheetPart::Said => "In their own words",
    }
}

fn row(sheet: &Sheet, line: &SheetLine) -> PageRow {
    let (title, said_by) = match &line.said_by {
        Some(name) => {
            let by = match name.trim() {
                "" => String::new(),
                name => format!("said by {name}"),
            };
            (format!("“{}”", line.title.trim()), by)
        }
        None => (without_stop(&line.title).to_owned(), String::new()),
    };
    let state = match &sheet.subject {
        SheetSubject::Bullets => "",
        // “said by” says it.
        _ if !said_by.is_empty() => "",
        SheetSubject::Agenda { .. } | SheetSubject::Person(_) => &line.state,
    };
    let facts = [vec![said_by, line.number.clone()], day(sheet, state, line)].concat();
    let facts = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    if title.is_empty() {
        return PageRow::Paragraph(vec![Run::Marked(line.text.trim().to_owned())], facts);
    }
    let ends = title.ends_with(|last: char| "?!:…。！？”".contains(last));
    let between = if ends { " " } else { ": " };
    let mut runs = vec![Run::Strong(title)];
    let text = without_stop(&line.text);
    if !text.is_empty() {
        runs.extend([Run::Own(between.to_owned()), Run::Marked(text.to_owned())]);
    }
    PageRow::Paragraph(runs, facts)
}

fn day(sheet: &Sheet, state: &str, line: &SheetLine) -> Vec<String> {
    match (&sheet.subject, line.day) {
        (SheetSubject::Bullets, LineDay::Done(day)) => {
            vec![Month::of(day).full_name()]
        }
        (_, LineDay::None) => Vec::new(),
        (_, LineDay::Done(day)) => vec![format!("{state} {}", long_date(day)).trim().to_owned()],
        (_, LineDay::Since(day)) => {
            let since = format!("{state} since {}", long_date(day));
            vec![since.trim().to_owned()]
        }
        (_, LineDay::Due { day, first, moved }) => {
            let moved = moved.map(|moved| {
                let then = line.due_before.iter().skip(1);
                let then = then.map(|day| format!(", then {}", long_date(*day)));
                due_shift_from(moved, long_date(first)) + &then.collect::<String>()
            });
            let lead = if day < sheet.until { "was due" } else { "due" };
            let due = format!("{lead} {}", long_date(day));
            [due].into_iter().chain(moved).collect()
        }
    }
}

/// A text without the full stop at its end, since more follows on its line.
fn without_stop(text: &str) -> &str {
    let text = text.trim();
    match text.strip_suffix('.') {
        Some(rest) if !rest.ends_with('.') => rest,
        _ => text,
    }
}
