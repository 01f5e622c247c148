//! The review of a span: lines for people, a figure per line for scripts, JSON for programs; and as a
//! page of HTML or Markdown.
//!
//! `insight` counts; the names of the figures are those of `assets/figures.md`.
//!
//! # The plain form
//! Two columns, one tab between them: `span`, `first`, `last` and `until`, then every figure by its
//! name; a rate without cases is empty.
//!
//! # JSON
//! One object: `span` (`2026-W48`, `2026-11`, `2026-Q4`, `2026`, or two days with a slash),
//! `first`, `last` and `until` (days), `figures` (every one by its name, a rate without cases null),
//! `record` (from the first commitment on: `kept`, `missed`, `streak`, `longest_streak`),
//! `areas` (`area`, `kept`, `missed`, `let_go`, `open`), `practices` (`id`, `done`), `done_by_week`
//! (`week`, `done`), `helped` (`name`, `times`), `registers` (`id`, `written`, `reached` by the
//! stage's id), `before` (`span`, `until` and `figures` of the span before), `changes` (`figure`,
//! `before`, `after`) and `again` (`id`, `kind` as `evidence`, `story`, `answer` or
//! `month`, `day`, `about`, `words`).

mod page;

use chrono::NaiveDate;
use serde_json::{Map, Value as Json, json};

use super::html::page_html;
use super::json::{counted_names, json_object};
use super::markdown::page_markdown;
use super::{PageFormat, share_text, spell_number};
use crate::calendar;
use crate::insight::{
    Excerpt, ExcerptKind, Figure, FigureChange, Figures, PublicReview, Review, Share, Tally,
};
use crate::practice::Catalog;
use crate::text::{counted_noun, one_line};

/// The text instead of "0 of 0", for a span before the first week.
pub const NO_PRACTICE_DUE: &str = "No practice was due in it.";

/// The name of the span before: "October", or "October, same days" if only as many of its days are
/// compared as this span has yet.
pub fn previous_label(review: &Review, today: NaiveDate) -> String {
    with_same_days(review.previous.span.label(today), review)
}

/// The name of the span before, and whether only as many of its days are compared as this span has yet.
fn with_same_days(label: String, review: &Review) -> String {
    let before = &review.previous;
    if before.until < before.span.last() {
        label + ", same days"
    } else {
        label
    }
}

/// A figure in words: "4", "75 %", or "–" if there is none.
pub fn figure_amount(figure: Figure, value: Option<usize>) -> String {
    match value {
        None => "–".to_owned(),
        Some(value) if figure.is_rate() => format!("{value} %"),
        Some(value) => value.to_string(),
    }
}

/// A change in four parts: its sign, "Kept", "4", and ", up from 2".
pub fn describe_change(shift: FigureChange) -> [String; 4] {
    let amount = |value| figure_amount(shift.figure, value);
    let before = amount(shift.before);
    let (sign, rest) = match shift.went_up() {
        Some(true) => ("▲", format!(", up from {before}")),
        Some(false) => ("▼", format!(", down from {before}")),
        None => ("·", format!(", was {before}")),
    };
    [
        sign.to_owned(),
        shift.figure.name().to_owned(),
        amount(shift.after),
        rest,
    ]
}

/// The sign of a text worth reading again.
pub fn excerpt_sign(kind: ExcerptKind) -> &'static str {
    match kind {
        ExcerptKind::Evidence => "✓",
        ExcerptKind::Story => "■",
        ExcerptKind::Answer => "“",
        ExcerptKind::Month => "·",
    }
}

/// For people: lines without a newline.
pub fn review_page(review: &Review, catalog: &Catalog, today: NaiveDate) -> Vec<String> {
    let figures = &review.figures;
    let (first, last) = (figures.span.first(), figures.span.last());
    let is_named = figures.span.length().is_some();
    let so_far = if is_named && figures.span.contains(today) {
        ", so far"
    } else {
        ""
    };
    let [from, to] = [first, last].map(|day| calendar::short_date(day, today));
    let days = match figures.span.length() {
        Some(_) => format!("{} · {from} to {to}", figures.span.label(today)),
        None if first == last => from,
        None => format!("{from} to {to}"),
    };
    let mut page = vec![days + so_far];
    if review.is_empty() {
        page.push(String::new());
        page.push("Nothing written.".to_owned());
        return page;
    }
    let mut part = |heading: &str, lines: Vec<String>| {
        page.extend([String::new(), heading.to_owned()]);
        page.extend(lines.into_iter().map(|line| format!("  {line}")));
    };
    part("Commitments", commitment_lines(figures));
    part("Practices", practice_lines(figures, catalog));
    let names: Vec<String> = figures
        .helped
        .iter()
        .map(|(name, _)| one_line(name))
        .collect();
    let mut people = format!("People helped {}", figures.people_helped());
    if !names.is_empty() {
        people.push_str(&format!(": {}", names.join(", ")));
    }
    let solved = format!("Problems solved {}", figures.problems_solved);
    part("Problems and people", vec![solved, people]);
    if !figures.areas.is_empty() {
        part("Where the weeks went", area_lines(figures));
    }
    let mut changes: Vec<String> = review
        .changes
        .iter()
        .map(|one| {
            let [sign, name, amount, rest] = describe_change(*one);
            format!("{sign} {name} {amount}{rest}")
        })
        .collect();
    if review.lacks_previous() {
        changes.push("Nothing was written then.".to_owned());
    } else if changes.is_empty() {
        changes.push("= About the same.".to_owned());
    }
    let compared = format!("Compared with {}", previous_label(review, today));
    part(&compared, changes);
    let again: Vec<String> = review
        .excerpts
        .iter()
        .flat_map(|one| {
            let about = format!("{} {}", excerpt_sign(one.kind), one_line(&one.about));
            [about, format!("  {}", one_line(&one.text))]
        })
        .collect();
    if !again.is_empty() {
        part("Worth reading again", again);
    }
    page
}

/// For others, or for the printer: a page; every line ends in a newline.
pub fn public_review(review: &PublicReview, format: PageFormat) -> String {
    match format {
        PageFormat::Markdown => page_markdown(&page::review_page(review)),
        PageFormat::Html => page_html(&page::review_page(review)),
        PageFormat::Json => review_json(&review.review) + "\n",
    }
}

/// "1 of 3 (33 %)"; `None` without cases.
fn rate_text(share: Share) -> Option<String> {
    let percent = share.percent()?;
    Some(format!("{} ({percent} %)", share_text(share)))
}

fn commitment_lines(figures: &Figures) -> Vec<String> {
    let tally = figures.commitments;
    let mut lines = vec![format!(
        "made {}, kept {}, missed {}, moved {}, let go {}, open {}",
        figures.made, tally.kept, tally.missed, figures.moved, tally.let_go, tally.open
    )];
    lines.extend(rate_text(tally.rate()).map(|rate| format!("kept {rate}")));
    let first_dates = rate_text(figures.first_date_rate());
    lines.extend(first_dates.map(|rate| format!("by first date {rate}")));
    lines.extend(streaks(figures));
    lines
}

/// "five in a row, longest streak six", if something ended in the span and there is a streak.
fn streaks(figures: &Figures) -> Option<String> {
    let record = figures.record;
    if figures.commitments.rate().whole == 0 || record.longest_streak < 2 {
        return None;
    }
    let longest = format!("longest streak {}", spell_number(record.longest_streak));
    Some(match record.streak {
        0 | 1 => longest,
        streak => format!("{} in a row, {longest}", spell_number(streak)),
    })
}

fn practice_lines(figures: &Figures, catalog: &Catalog) -> Vec<String> {
    let share = figures.practices_done();
    if share.whole == 0 {
        return vec![NO_PRACTICE_DUE.to_owned()];
    }
    let mut weeks = counted_noun(figures.weeks.len(), "week");
    if figures.weeks_off > 0 {
        weeks.push_str(&format!(" ({} more off)", figures.weeks_off));
    }
    let full = figures.full_weeks();
    let done = share_text(share);
    let mut lines = vec![format!("{done} done in {weeks}, {full} full")];
    let names = figures.practices.iter().filter_map(|one| {
        let practice = catalog.practice(&one.practice)?;
        Some(format!("{} {}", one_line(&practice.name), one.weeks_done()))
    });
    lines.push(names.collect::<Vec<_>>().join(", "));
    lines
}

fn area_lines(figures: &Figures) -> Vec<String> {
    figures
        .areas
        .iter()
        .map(|area| {
            let name = one_line(page::area_name(area));
            let tally = area.commitments;
            format!("{name} {}, {} kept", tally.active(), tally.kept)
        })
        .collect()
}

/// A figure per line, for scripts; without newlines.
pub fn review_plain(review: &Review) -> Vec<String> {
    let figures = &review.figures;
    let mut lines = vec![
        format!("span\t{}", figures.span),
        format!("first\t{}", figures.span.first()),
        format!("last\t{}", figures.span.last()),
        format!("until\t{}", figures.until),
    ];
    lines.extend(Figure::ALL.iter().map(|figure| {
        let value = figures
            .value_of(*figure)
            .map_or(String::new(), |value| value.to_string());
        format!("{}\t{value}", figure.id())
    }));
    lines
}

/// For programs, on one line without a newline.
pub fn review_json(review: &Review) -> String {
    let figures = &review.figures;
    let record = figures.record;
    let areas = figures.areas.iter().map(|area| {
        let Tally {
            kept,
            missed,
            let_go,
            open,
        } = area.commitments;
        json!({ "area": area.area, "kept": kept, "missed": missed, "let_go": let_go, "open": open })
    });
    let practices = figures
        .practices
        .iter()
        .map(|one| json!({ "id": one.practice, "done": one.weeks_done() }));
    let weeks = figures
        .done_by_week()
        .into_iter()
        .map(|(week, done)| json!({ "week": week.to_string(), "done": done }));
    let registers = figures.registers.iter().map(|one| {
        let reached: Map<String, Json> = one
            .reached
            .iter()
            .map(|(stage, count)| (stage.clone(), json!(count)))
            .collect();
        json!({ "id": one.register, "written": one.written, "reached": reached })
    });
    let changes = review
        .changes
        .iter()
        .map(|one| json!({ "figure": one.figure.id(), "before": one.before, "after": one.after }));
    json_object(&[
        ("span", json!(figures.span.to_string())),
        ("first", json!(figures.span.first().to_string())),
        ("last", json!(figures.span.last().to_string())),
        ("until", json!(figures.until.to_string())),
        ("figures", figures_json(figures)),
        (
            "record",
            json!({
                "kept": record.kept,
                "missed": record.missed,
                "streak": record.streak,
                "longest_streak": record.longest_streak,
            }),
        ),
        ("areas", areas.collect()),
        ("practices", practices.collect()),
        ("done_by_week", weeks.collect()),
        ("helped", counted_names(&figures.helped)),
        ("registers", registers.collect()),
        (
            "before",
            json!({
                "span": review.previous.span.to_string(),
                "until": review.previous.until.to_string(),
                "figures": figures_json(&review.previous),
            }),
        ),
        ("changes", changes.collect()),
        ("again", review.excerpts.iter().map(excerpt_json).collect()),
    ])
}

/// Every figure by its name.
fn figures_json(figures: &Figures) -> Json {
    let members = Figure::ALL
        .iter()
        .map(|figure| (figure.id().to_owned(), json!(figures.value_of(*figure))));
    Json::Object(members.collect())
}

fn excerpt_json(one: &Excerpt) -> Json {
    let kind = match one.kind {
        ExcerptKind::Evidence => "evidence",
        ExcerptKind::Story => "story",
        ExcerptKind::Answer => "answer",
        ExcerptKind::Month => "month",
    };
    json!({
        "id": one.id.as_str(),
        "kind": kind,
        "day": one.day.to_string(),
        "about": one.about,
        "words": one.text,
    })
}
