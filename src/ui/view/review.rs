//! The review of a span: figures, charts, and the text worth reading again.
//!
//! Each chart has its numbers beside it, so that nothing depends on colour or height alone.

mod charts;

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Margin, Rect};
use ratatui::text::{Line, Span};

use crate::app::keys::{Action, KeyContext};
use crate::app::screen::ReviewPage;
use crate::app::{ClickTarget, Model};
use crate::calendar;
use crate::insight::{Excerpt, FigureChange, Share};
use crate::report;
use crate::text;
use crate::ui::size::{LIST_COLUMNS, TEXT_COLUMNS};
use crate::ui::widget::{self, ListLine, Panel, Row};
use crate::ui::{Canvas, Theme, cells, sign};

/// How many rows the charts grow at most where there is room.
const TALLER: u16 = 8;

/// The most rows of a text worth reading again, with what it is about: where not all fit, and where
/// they do.
const EXCERPT_ROWS: u16 = 3;
const MOST_EXCERPT_ROWS: u16 = 8;

pub(super) fn draw(review: &ReviewPage, model: &Model, canvas: &mut Canvas, area: Rect) {
    let is_wide = !canvas.size.is_narrow();
    // The period is beside the tabs, or below them.
    let [head, rest] = Layout::vertical([
        Length(if canvas.size.has_frames() || !is_wide {
            2
        } else {
            1
        }),
        Fill(1),
    ])
    .areas(area);
    draw_tabs(review, model, canvas, head.inner(Margin::new(2, 0)));
    if review.review.is_empty() {
        draw_empty(review, canvas, rest.inner(Margin::new(2, 0)));
        return;
    }
    let extra = Panel::extra_rows(canvas);
    let changes = cells(review.review.changes.len().max(1)) + extra;
    let areas = cells(review.review.figures.areas.len().clamp(1, 4)) + extra;
    let width = rest.width.saturating_sub(4);
    let words = excerpt_heights(review, width, MOST_EXCERPT_ROWS);
    let words = words.iter().sum::<u16>().max(1) + extra;
    let practices = cells(review.charts.practices.len()) + 1 + extra;
    let upper = 7 + extra;
    if !is_wide {
        let [first, second, third, fourth] = Layout::vertical([
            Length(upper),
            Length(changes.min(3)),
            Length(1 + extra),
            Fill(1),
        ])
        .areas(rest);
        draw_commitments(review, canvas, first);
        draw_changes(review, canvas, second);
        draw_practices(review, model, canvas, third);
        draw_excerpts(review, canvas, fourth);
        return;
    }
    // What is worth reading again has the rows that the figures leave, and one text at least.
    let least_words = 2 + extra;
    let most = rest.height.saturating_sub(least_words);
    let kept = 6 + extra;
    let left = upper + changes + kept;
    let right = upper + practices + areas;
    // Taller charts say no more.
    let all = left.max(right);
    let wanted = all.max(rest.height.saturating_sub(words)).min(all + TALLER);
    let has_all = most >= all;
    let height = if has_all {
        wanted.min(most)
    } else {
        most.min(upper + changes.max(areas))
    };
    let [figures, excerpts] = Layout::vertical([Length(height), Fill(1)]).areas(rest);
    let [left, right] = Layout::horizontal([Fill(1), Fill(1)])
        .spacing(if canvas.size.has_frames() { 1 } else { 2 })
        .areas(figures);
    if has_all {
        let [first, second, third] =
            Layout::vertical([Length(upper), Length(changes), Fill(1)]).areas(left);
        draw_commitments(review, canvas, first);
        draw_changes(review, canvas, second);
        charts::draw_kept_and_missed(review, model, canvas, third);
        let [first, second, third] =
            Layout::vertical([Fill(1), Length(practices), Length(areas)]).areas(right);
        draw_practices(review, model, canvas, first);
        charts::draw_practice_by_practice(review, canvas, second);
        draw_areas(review, canvas, third);
    } else {
        let bands = [Length(upper), Fill(1)];
        let [first, second] = Layout::vertical(bands).areas(left);
        draw_commitments(review, canvas, first);
        draw_changes(review, canvas, second);
        let [first, second] = Layout::vertical(bands).areas(right);
        draw_practices(review, model, canvas, first);
        draw_areas(review, canvas, second);
    }
    draw_excerpts(review, canvas, excerpts);
}

/// A panel with a count or the like at its right; returns the area of its content.
fn panel(canvas: &mut Canvas, area: Rect, title: &str, right: &str) -> Rect {
    // A heading without a row below it would say nothing.
    if area.height <= 1 {
        return Rect::default();
    }
    Panel::new(title, right).draw(canvas, area)
}

/// The four lengths, the chosen one underlined, and the days with the keys to others.
fn draw_tabs(review: &ReviewPage, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let today = model.now().today();
    let tabs = Rect { height: 1, ..area };
    let is_below = canvas.size.is_narrow();
    let mut x = area.x;
    for (at, length) in calendar::Length::ALL.into_iter().enumerate() {
        let name = length.name();
        let width = cells(text::width(name));
        let place = Rect { x, width, ..tabs };
        let is_chosen = review.span.length() == Some(length);
        let style = if is_chosen { theme.accent } else { theme.label };
        let style = if is_chosen && (area.height == 1 || is_below) {
            style.underlined()
        } else {
            style
        };
        canvas.draw_line(place, Line::styled(name, style));
        if is_chosen && area.height > 1 && !is_below {
            let line = sign::DAYS_GONE.repeat(text::width(name));
            let below = Rect {
                y: area.y + 1,
                ..place
            };
            canvas.draw_line(below, Line::styled(line, theme.accent));
        }
        canvas.add_target(place, ClickTarget::Tab(at));
        x += width + 4;
    }
    let place = if is_below {
        Rect {
            y: area.y + 1,
            ..tabs
        }
    } else {
        Rect {
            x,
            width: area.right().saturating_sub(x),
            ..tabs
        }
    };
    draw_period(review, today, canvas, place);
}

/// The days of the span at the right, between the keys to the one before and the one after.
fn draw_period(review: &ReviewPage, today: chrono::NaiveDate, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let mut days = format!(
        "{} to {}",
        calendar::short_date(review.span.first(), today),
        calendar::short_date(review.span.last(), today)
    );
    if review.is_current {
        days.push_str(", so far");
    }
    let key = |action| canvas.keys.key_name(KeyContext::Review, action);
    let earlier = key(Action::Earlier);
    let later = if review.is_current {
        String::new()
    } else {
        format!("  {}", key(Action::Later))
    };
    let line = Line::from(vec![
        Span::styled(earlier.clone(), theme.accent),
        Span::styled(format!("  {days}"), theme.words),
        Span::styled(later.clone(), theme.accent),
    ]);
    let x = area.right().saturating_sub(cells(line.width()));
    let x = x.max(area.x);
    let place = Rect {
        x,
        width: area.right() - x,
        ..area
    };
    canvas.draw_line(place, line);
    let edge = cells(text::width(&earlier)).min(place.width);
    canvas.add_target(
        Rect {
            width: edge,
            ..place
        },
        ClickTarget::Action(Action::Earlier),
    );
    if !later.is_empty() {
        let width = cells(text::width(&later)).min(place.width);
        let x = place.right() - width;
        canvas.add_target(
            Rect { x, width, ..place },
            ClickTarget::Action(Action::Later),
        );
    }
}

fn draw_empty(review: &ReviewPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let name = review.span.length().map_or("span", calendar::Length::name);
    let [_, heading, text] = Layout::vertical([Length(1), Length(2), Fill(1)]).areas(area);
    let (said, hint) = if review.is_current {
        (
            format!("Nothing written this {name} yet."),
            "What you answer, commit to and solve appears here once saved.".to_owned(),
        )
    } else {
        let key = |action| canvas.keys.key_name(KeyContext::Review, action);
        let (earlier, later) = (key(Action::Earlier), key(Action::Later));
        (
            format!("Nothing was written in this {name}."),
            format!("Some are like that. {earlier} and {later} show the others."),
        )
    };
    canvas.draw_line(heading, Line::styled(said, theme.label));
    canvas.draw_text(text, &hint, theme.quiet);
}

fn draw_commitments(review: &ReviewPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let figures = &review.review.figures;
    let tally = figures.commitments;
    let made = format!("{} made", figures.made);
    let inner = panel(canvas, area, "Commitments", &made);
    let [bars, rate, first] = Layout::vertical([Length(5), Length(1), Length(1)]).areas(inner);
    charts::draw_bars(
        canvas,
        bars,
        &[
            (sign::KEPT, "kept", tally.kept, theme.good),
            (sign::MISSED, "missed", tally.missed, theme.wrong),
            (sign::MOVED, "moved", figures.moved, theme.due),
            (sign::LET_GO, "let go", tally.let_go, theme.quiet),
            (sign::PROMISE, "open", tally.open, theme.accent),
        ]
        .map(|(sign, name, count, style)| charts::NamedBar {
            name: format!("{sign} {name}"),
            count,
            style,
            note: String::new(),
        }),
    );
    let mut said = share_spans("Kept", "None ended", tally.rate(), &theme);
    let streak = report::in_a_row(figures.record.streak);
    if let Some(streak) = streak.filter(|_| tally.rate().whole > 0) {
        said.push(Span::styled(format!(", {streak}"), theme.label));
    }
    canvas.draw_line(rate, Line::from(said));
    let by_first = figures.first_date_rate();
    let by_first = share_spans("By first date", "No first dates yet", by_first, &theme);
    canvas.draw_line(first, Line::from(by_first));
}

/// "Kept 3 of 4, 75 %", or `none` without cases.
fn share_spans(name: &str, none: &'static str, share: Share, theme: &Theme) -> Vec<Span<'static>> {
    let Some(percent) = share.percent() else {
        return vec![Span::styled(none, theme.quiet)];
    };
    vec![
        Span::styled(format!("{name} "), theme.label),
        Span::styled(format!("{} of {}", share.part, share.whole), theme.words),
        Span::styled(format!(", {percent} %"), theme.label),
    ]
}

/// How many practices were done, part by part, and who was helped.
fn draw_practices(review: &ReviewPage, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let figures = &review.review.figures;
    let share = figures.practices_done();
    let done = if share.whole == 0 {
        report::NO_PRACTICE_DUE.to_owned()
    } else {
        format!("{} of {}", share.part, share.whole)
    };
    let inner = panel(canvas, area, "Practices done", &done);
    let has_weeks = figures.weeks_off > 0 || figures.full_weeks() > 0;
    let [chart, weeks, rest] = Layout::vertical([
        Fill(1),
        Length(u16::from(has_weeks && inner.height > 3)),
        Length(1),
    ])
    .areas(inner);
    charts::draw_columns(review, model, canvas, chart);
    let mut said = Vec::new();
    let full = figures.full_weeks();
    if full > 0 && review.week().is_none() {
        said.push(text::counted_noun(full, "full week"));
    }
    if figures.weeks_off > 0 {
        said.push(format!(
            "{} off",
            text::counted_noun(figures.weeks_off, "week")
        ));
    }
    canvas.draw_line(weeks, Line::styled(said.join(", "), theme.quiet));
    let counted = |count: usize, one: &str, more: &str| {
        let noun = if count == 1 { one } else { more };
        [
            Span::styled(count.to_string(), theme.words),
            Span::styled(format!(" {noun}"), theme.label),
        ]
    };
    let mut said = Vec::from(counted(
        figures.problems_solved,
        "problem solved, ",
        "problems solved, ",
    ));
    said.extend(counted(
        figures.people_helped(),
        "person helped",
        "people helped",
    ));
    let names: Vec<String> = figures
        .helped
        .iter()
        .map(|(name, _)| text::one_line(name))
        .collect();
    let taken: usize = said.iter().map(Span::width).sum();
    let room = usize::from(rest.width).saturating_sub(taken + 2);
    if !names.is_empty() && room > 8 {
        let names = text::clip(&names.join(", "), room);
        said.push(Span::styled(format!(": {names}"), theme.quiet));
    }
    let said = widget::clip_spans(said, usize::from(rest.width));
    canvas.draw_line(rest, Line::from(said));
}

/// What was, and what is: a row for each figure that changed.
fn draw_changes(review: &ReviewPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let title = format!("Compared with {}", review.compared_with);
    let inner = panel(canvas, area, &title, "");
    let width = usize::from(inner.width);
    let changes = &review.review.changes;
    let mut lines: Vec<Line> = changes
        .iter()
        .map(|change| change_row(*change, &theme).line(width))
        .collect();
    if review.review.lacks_previous() {
        lines.push(Line::styled("Nothing was written then.", theme.quiet));
    } else if lines.is_empty() {
        lines.push(Line::styled("= About the same.", theme.quiet));
    }
    let left = lines.len().saturating_sub(usize::from(inner.height));
    let last = usize::from(inner.height).saturating_sub(1);
    for (at, (line, row)) in lines.into_iter().zip(inner.rows()).enumerate() {
        if left > 0 && at == last {
            let more = format!("and {} more", left + 1);
            canvas.draw_line(row, Line::styled(more, theme.quiet));
        } else {
            canvas.draw_line(row, line);
        }
    }
}

/// "▲ Kept   2 → 4"; the sign says more or less, its colour better or worse.
fn change_row(change: FigureChange, theme: &Theme) -> Row {
    let [before, after] =
        [change.before, change.after].map(|value| report::figure_amount(change.figure, value));
    let is_better = change
        .figure
        .is_better_if_more()
        .zip(change.went_up())
        .map(|(more_is_better, went_up)| more_is_better == went_up);
    let style = match is_better {
        Some(true) => theme.good,
        Some(false) => theme.due,
        None => theme.label,
    };
    let sign = match change.went_up() {
        Some(true) => sign::MORE,
        Some(false) => sign::LESS,
        None => sign::NOTHING,
    };
    Row::new(sign, style)
        .words(change.figure.name(), theme.label)
        .day(&before, 5, theme.quiet)
        .state(sign::BECAME, theme.quiet)
        .day(&after, 5, widget::strong(theme))
}

fn draw_areas(review: &ReviewPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let title = match review.span.length() {
        Some(calendar::Length::Week) => "Where the week went",
        _ => "Where the weeks went",
    };
    let body = panel(canvas, area, title, "by area");
    let all = &review.review.figures.areas;
    if all.is_empty() {
        let words = match review.review.figures.commitments.active() {
            0 => "No commitment was active.",
            _ => "Only what was overdue before.",
        };
        canvas.draw_text(body, words, theme.quiet);
        return;
    }
    let shown = widget::shown_count(all.len(), usize::from(body.height));
    let bars: Vec<charts::NamedBar> = all[..shown]
        .iter()
        .map(|area| charts::NamedBar {
            name: if area.area.is_empty() {
                "no area".to_owned()
            } else {
                text::one_line(&area.area)
            },
            count: area.commitments.active(),
            style: theme.good,
            note: format!("{} kept", area.commitments.kept),
        })
        .collect();
    charts::draw_bars(canvas, body, &bars);
    if shown < all.len() {
        let row = Rect {
            y: body.y + cells(shown),
            height: 1.min(body.height),
            ..body
        };
        let more = text::counted_noun(all.len() - shown, "more area");
        canvas.draw_line(row, Line::styled(format!("and {more}"), theme.quiet));
    }
}

/// The text worth reading again: what it is about with its day, and below it the text.
fn draw_excerpts(review: &ReviewPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let all = &review.review.excerpts;
    let place = if all.len() > 1 {
        format!("{} of {}", review.cursor + 1, all.len())
    } else {
        String::new()
    };
    let body = panel(canvas, area, "Worth reading again", &place);
    if all.is_empty() {
        canvas.draw_line(
            body,
            Line::styled("Your own words appear here.", theme.quiet),
        );
        return;
    }
    if body.height < 2 {
        widget::draw_list_lines(canvas, body, all.len(), Some(review.cursor), |at| {
            let row = excerpt_row(all.get(at)?, &theme);
            Some(ListLine::Row(ClickTarget::Row(at), row))
        });
        return;
    }
    let width = body.width.min(LIST_COLUMNS);
    let whole = (EXCERPT_ROWS..=MOST_EXCERPT_ROWS).rev();
    let whole = whole
        .map(|most| excerpt_heights(review, width, most))
        .find(|heights| heights.iter().sum::<u16>() <= body.height);
    let heights = whole.unwrap_or_else(|| excerpt_heights(review, width, EXCERPT_ROWS));
    let until_cursor = |first: &usize| heights[*first..=review.cursor].iter().sum::<u16>();
    let first = (0..review.cursor).find(|first| until_cursor(first) <= body.height);
    let first = first.unwrap_or(review.cursor);
    let mut y = body.y;
    for (at, one) in all.iter().enumerate().skip(first) {
        let place = Rect {
            y,
            height: heights[at],
            width,
            ..body
        }
        .intersection(body);
        // Of the last one, a row of its text at least.
        if place.height < 2 {
            break;
        }
        y += place.height;
        let wide = Rect {
            width: width + 1,
            ..place
        };
        if at == review.cursor {
            canvas.draw_cursor(wide);
        }
        canvas.add_target(wide, ClickTarget::Row(at));
        let [above, below] = Layout::vertical([Length(1), Fill(1)]).areas(place);
        let row = excerpt_row(one, &theme).line(usize::from(width));
        canvas.draw_line(above, row);
        let below = Rect {
            x: below.x + 2,
            width: below.width.saturating_sub(2).min(TEXT_COLUMNS),
            ..below
        };
        canvas.draw_text(below, &text::one_line(&one.text), theme.words);
    }
    let lines = |heights: &[u16]| heights.iter().map(|rows| usize::from(*rows)).sum();
    let (above, lines) = (lines(&heights[..first]), lines(&heights));
    widget::draw_scroll_bar(canvas, body.right() + 1, body, above, lines);
}

/// The rows of each text worth reading again in `columns`, at most `most`.
fn excerpt_heights(review: &ReviewPage, columns: u16, most: u16) -> Vec<u16> {
    let width = usize::from(columns.saturating_sub(2).min(TEXT_COLUMNS));
    let texts = review.review.excerpts.iter();
    let heights = texts.map(|one| {
        let text = text::wrap(&text::one_line(&one.text), width, usize::from(most - 1));
        1 + cells(text.len().max(1))
    });
    heights.collect()
}

fn excerpt_row(one: &Excerpt, theme: &Theme) -> Row {
    let day = calendar::day_and_month(one.day);
    Row::new(report::excerpt_sign(one.kind), theme.good)
        .words(&one.about, theme.label)
        .state(&day, theme.quiet)
}
