//! The page of one entry beside a list: its life from top to bottom, its texts, what came of it.

use chrono::NaiveDate;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::screen::{EntryPage, LifeSign, LifeStep};
use crate::calendar;
use crate::journal::Id;
use crate::text;
use crate::ui::widget::{self, draw_page};
use crate::ui::{Canvas, Theme, sign};

/// More rows than a page has for one of its texts.
const MOST: usize = 40;

/// Draws the page of an entry, and below it `more` lines of a width; returns whether it has one.
pub(super) fn draw(
    id: &Id,
    model: &Model,
    canvas: &mut Canvas,
    area: Rect,
    more: impl FnOnce(&Theme, usize) -> Vec<Line<'static>>,
) -> bool {
    let Some(page) = EntryPage::of(id, model.scene()) else {
        return false;
    };
    let kind = text::capitalized(&text::one_line(&page.kind));
    let today = model.now().today();
    let state = text::one_line(&page.state);
    draw_page(canvas, area, &kind, &state, |canvas, width| {
        let mut lines = page_lines(&page, today, width, canvas);
        lines.extend(more(canvas.theme, width));
        lines
    });
    true
}

/// Its lines; the first of them is blank if its title is left out.
pub(super) fn page_lines(
    page: &EntryPage,
    today: NaiveDate,
    width: usize,
    canvas: &Canvas,
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let strong = widget::strong(theme);
    let mut lines = match page.words.as_str() {
        "" => Vec::new(),
        words => wrapped(words, width, strong),
    };
    if let Some(improved) = &page.improved {
        lines.extend(wrapped(improved, width, theme.good));
    }
    if !page.life.is_empty() {
        lines.push(Line::default());
    }
    let rail = canvas.size.has_frames();
    lines.extend(life_lines(&page.life, today, width, rail, theme));
    for (label, words) in &page.texts {
        lines.push(Line::default());
        lines.push(Line::styled(text::one_line(label), theme.label));
        lines.extend(wrapped(words, width, theme.words));
    }
    if !page.notes.is_empty() {
        lines.push(Line::default());
    }
    for note in &page.notes {
        lines.extend(wrapped(note, width, theme.quiet));
    }
    lines
}

fn wrapped(words: &str, width: usize, style: Style) -> Vec<Line<'static>> {
    widget::prose_lines(words, (width, MOST), style)
}

/// The days of an entry, one below the other, joined by a line if there is room for one.
fn life_lines(
    life: &[LifeStep],
    today: NaiveDate,
    width: usize,
    rail: bool,
    theme: &Theme,
) -> Vec<Line<'static>> {
    let day = |step: &LifeStep| {
        let day = step.day.map(|day| calendar::short_date(day, today));
        day.unwrap_or_default()
    };
    let days = text::widest(life.iter().map(day)) + 2;
    let mut lines = Vec::new();
    for (at, step) in life.iter().enumerate() {
        let (sign, style) = life_sign(step.sign, theme);
        let is_last = at + 1 == life.len();
        let below = if is_last || !rail { " " } else { "│" };
        let event = match step.sign {
            LifeSign::Today(true) => theme.due,
            LifeSign::Next => theme.quiet,
            _ => theme.label,
        };
        lines.push(Line::from(vec![
            Span::styled(format!("{sign} "), style),
            Span::styled(text::fit(&day(step), days), theme.quiet),
            Span::styled(text::one_line(&step.event), event),
        ]));
        let said = text::one_line(&step.words);
        let room = width.saturating_sub(days + 2);
        for line in text::wrap(&said, room, MOST) {
            lines.push(Line::from(vec![
                Span::styled(text::fit(below, days + 2), theme.rule),
                Span::styled(line, theme.words),
            ]));
        }
        if rail && !is_last {
            lines.push(Line::styled("│", theme.rule));
        }
    }
    lines
}

fn life_sign(sign: LifeSign, theme: &Theme) -> (&'static str, Style) {
    match sign {
        LifeSign::Made => (sign::DAY_MADE, theme.label),
        LifeSign::Moved => (sign::MOVED, theme.due),
        LifeSign::Due => (sign::DAY_DUE, theme.label),
        LifeSign::Today(true) => (sign::TODAY, theme.due),
        LifeSign::Today(false) => (sign::TODAY, theme.accent),
        LifeSign::Ended(how) => widget::outcome_sign(how, theme),
        LifeSign::Reached => (sign::DONE, theme.good),
        LifeSign::Next => (sign::OPEN, theme.quiet),
    }
}
