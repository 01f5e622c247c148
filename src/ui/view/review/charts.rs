//! The charts of a review: horizontal bars, columns, weeks as squares, and what was kept and missed.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::panel;
use crate::app::route::Route;
use crate::app::screen::ReviewPage;
use crate::app::{ClickTarget, Model};
use crate::calendar::{self, Span as Days};
use crate::insight::Progress;
use crate::text;
use crate::ui::widget;
use crate::ui::{Canvas, Theme, cells, sign};

/// Most columns of a column of a chart.
const MAX_COLUMN: u16 = 6;

/// Least columns for the longest bar.
const LEAST_BAR: usize = 4;

/// A bar with its name, its count and a note at the right edge.
pub(super) struct NamedBar {
    pub(super) name: String,
    pub(super) count: usize,
    pub(super) style: Style,
    pub(super) note: String,
}

/// One bar on each row.
pub(super) fn draw_bars(canvas: &mut Canvas, area: Rect, bars: &[NamedBar]) {
    let theme = *canvas.theme;
    let widest = |of: fn(&NamedBar) -> usize| bars.iter().map(of).max().unwrap_or(0);
    let most = widest(|bar| bar.count);
    let digits = most.to_string().len();
    let note = widest(|bar| text::width(&bar.note));
    let columns = usize::from(area.width);
    let rest = columns.saturating_sub(digits + note + 5);
    // Names first, then bars.
    let name = widest(|bar| text::width(&bar.name)).min(rest.saturating_sub(LEAST_BAR));
    let room = rest - name;
    // A small count does not fill the row.
    let scale = most.max(8);
    for (bar, row) in bars.iter().zip(area.rows()) {
        let full = (bar.count * room).div_ceil(scale);
        let count = format!("  {:>digits$}  ", bar.count);
        let line = Line::from(vec![
            Span::styled(text::fit(&bar.name, name), theme.label),
            Span::styled(count, widget::strong(&theme)),
            Span::styled(sign::BAR.repeat(full), bar.style),
        ]);
        canvas.draw_line(row, line);
        let edge = Rect {
            x: row.right().saturating_sub(cells(note)),
            width: cells(note).min(row.width),
            ..row
        };
        let note = Line::styled(bar.note.clone(), theme.quiet);
        canvas.draw_line(edge, note.right_aligned());
    }
}

/// How many practices were done in each part of the span, the number above each column; the oldest
/// parts are left out if there is no room.
pub(super) fn draw_columns(review: &ReviewPage, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    if area.height < 2 {
        return;
    }
    let parts = cells(review.charts.done.len()).max(1);
    let width = ((area.width + 1) / parts)
        .saturating_sub(1)
        .clamp(2, MAX_COLUMN);
    let fit = usize::from((area.width + 1) / (width + 1));
    let skipped = review.charts.done.len().saturating_sub(fit);
    let chart = usize::from(area.height.saturating_sub(2));
    let most = review.charts.done_of.max(1);
    for (at, (part, done)) in review.charts.done.iter().skip(skipped).enumerate() {
        let name = part_name(*part);
        let x = area.x + cells(at) * (width + 1);
        let column = |y: u16| Rect::new(x, area.y + y, width, 1);
        add_part_target(canvas, Rect { x, width, ..area }, *part, review);
        let name_style = if part.contains(model.now().today()) {
            theme.accent
        } else {
            theme.quiet
        };
        // One letter of a month rather than two.
        let letters = if width < 3 && name.len() > 2 {
            1
        } else {
            usize::from(width)
        };
        let letters: String = name.chars().take(letters).collect();
        let bottom = area.height - 1;
        canvas.draw_line(column(bottom), Line::styled(letters, name_style).centered());
        let Some(done) = *done else {
            let off = Line::styled(sign::OFF, theme.quiet);
            canvas.draw_line(column(bottom - 1), off.centered());
            continue;
        };
        let eighths = (done * chart * 8).div_ceil(most).min(chart * 8);
        let filled = eighths.div_ceil(8);
        for row in 0..filled {
            let part = (eighths - row * 8).min(8);
            let bar = sign::HEIGHTS[part].repeat(usize::from(width));
            let y = bottom - 1 - cells(row);
            canvas.draw_line(column(y), Line::styled(bar, theme.good));
        }
        let number = Line::styled(done.to_string(), widget::strong(&theme));
        canvas.draw_line(column(bottom - 1 - cells(filled)), number.centered());
    }
}

/// Each practice with its weeks as squares, and in how many it was done; the oldest weeks are left
/// out if there is no room.
pub(super) fn draw_practice_by_practice(review: &ReviewPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let all = review.charts.weeks.len();
    let names = review.charts.practices.iter();
    let name = text::widest(names.map(|(name, _)| text::one_line(name)));
    let sum = format!("{all} of {all}").len();
    let room = usize::from(area.width).saturating_sub(name + sum + 8);
    let column = if all * 3 <= room { 3 } else { 1 };
    let shown = all.min(room / column);
    let right = match (
        review.charts.weeks.get(all - shown),
        review.charts.weeks.last(),
    ) {
        (Some(first), Some(last)) if first < last => {
            format!("week {} to {}", first.number(), last.number())
        }
        (_, Some(last)) => format!("week {}", last.number()),
        _ => String::new(),
    };
    let inner = panel(canvas, area, "Practice by practice", &right);
    let [head, body] = Layout::vertical([Length(1), Fill(1)]).areas(inner);
    if column > 1 {
        let numbers = review.charts.weeks[all - shown..].iter();
        let numbers: String = numbers
            .map(|week| format!("{:<3}", week.number()))
            .collect();
        let lead = " ".repeat(name + 2);
        canvas.draw_line(head, Line::styled(lead + &numbers, theme.quiet));
    } else {
        canvas.draw_line(head, Line::styled("one square a week", theme.quiet));
    }
    for (at, week) in review.charts.weeks[all - shown..].iter().enumerate() {
        let place = Rect {
            x: inner.x + cells(name + 2 + at * column),
            width: cells(column).min(2),
            ..inner
        };
        add_part_target(canvas, place, Days::Week(*week), review);
    }
    for ((label, weeks), row) in review.charts.practices.iter().zip(body.rows()) {
        let mut spans = vec![Span::styled(
            text::fit(&text::one_line(label), name + 2),
            theme.label,
        )];
        let last = weeks.len().saturating_sub(1);
        let recent = weeks.iter().enumerate().skip(all - shown);
        spans.extend(recent.map(|(at, progress)| {
            let (sign, style) = week_sign(*progress, review.is_current && at == last, &theme);
            let mark = match sign {
                _ if column == 1 => sign.to_owned(),
                sign::NOTHING | sign::OFF => format!("{sign}  "),
                _ => format!("{sign}{sign} "),
            };
            Span::styled(mark, style)
        }));
        let (done, asked) = Progress::count_asked(weeks);
        canvas.draw_line(row, Line::from(spans));
        let said = Line::from(vec![
            Span::styled(done.to_string(), widget::strong(&theme)),
            Span::styled(format!(" of {asked}"), theme.quiet),
        ]);
        canvas.draw_line(row, said.right_aligned());
    }
}

/// Done, begun, or nothing; what can still be done is open, and a week that is off has its sign.
fn week_sign(progress: Option<Progress>, is_open: bool, theme: &Theme) -> (&'static str, Style) {
    match progress {
        Some(Progress::Done) => (sign::DONE, theme.good),
        Some(Progress::Partial) => (sign::BEGUN, theme.begun),
        Some(Progress::NotStarted) if is_open => (sign::OPEN, theme.label),
        Some(Progress::NotStarted) => (sign::NOTHING, theme.quiet),
        None => (sign::OFF, theme.quiet),
    }
}

/// A sign for each commitment kept above a line, and for each missed below it, by week or month.
pub(super) fn draw_kept_and_missed(
    review: &ReviewPage,
    model: &Model,
    canvas: &mut Canvas,
    area: Rect,
) {
    let theme = *canvas.theme;
    let today = model.now().today();
    let tallies = &review.charts.tallies;
    let kept: usize = tallies.iter().map(|(_, tally)| tally.kept).sum();
    let missed: usize = tallies.iter().map(|(_, tally)| tally.missed).sum();
    let by = match review.span.length() {
        Some(calendar::Length::Week) => "by week",
        _ => "by month",
    };
    let title = format!("Kept and missed, {by}");
    let inner = panel(
        canvas,
        area,
        &title,
        &format!("{kept} kept, {missed} missed"),
    );
    let most_missed = tallies.iter().map(|(_, tally)| tally.missed).max();
    let below = cells(most_missed.unwrap_or(0)).clamp(1, 2);
    let [above, rule, below, names] =
        Layout::vertical([Fill(1), Length(1), Length(below), Length(1)]).areas(inner);
    canvas.draw_line(
        rule,
        Line::styled("─".repeat(usize::from(rule.width)), theme.rule),
    );
    let width = (inner.width / cells(tallies.len()).max(1)).clamp(3, 8);
    for (at, (span, tally)) in tallies.iter().enumerate() {
        let x = inner.x + cells(at) * width;
        let column = |row: Rect| Rect {
            x,
            width: width.min(inner.right().saturating_sub(x)),
            ..row
        };
        add_part_target(canvas, column(inner), *span, review);
        let style = if span.contains(today) {
            theme.accent
        } else {
            theme.quiet
        };
        canvas.draw_line(column(names), Line::styled(part_name(*span), style));
        let upwards: Vec<Rect> = above.rows().rev().map(column).collect();
        draw_signs(canvas, &upwards, tally.kept, (sign::KEPT, theme.good));
        let downwards: Vec<Rect> = below.rows().map(column).collect();
        draw_signs(
            canvas,
            &downwards,
            tally.missed,
            (sign::MISSED, theme.wrong),
        );
    }
}

/// A click on a part of a chart opens its week, or its review.
fn add_part_target(canvas: &mut Canvas, area: Rect, part: Days, review: &ReviewPage) {
    let route = match part {
        Days::Week(week) => Route::Summary(week),
        other if other == review.span => return,
        other => Route::Review(other),
    };
    canvas.add_target(area, ClickTarget::Open(route));
}

/// "Jan", "48".
fn part_name(span: Days) -> String {
    match span {
        Days::Week(week) => week.number().to_string(),
        other => other.first().format("%b").to_string(),
    }
}

/// A sign in each row, from the line outwards; if there are more, their number in the last row.
fn draw_signs(canvas: &mut Canvas, places: &[Rect], count: usize, (sign, style): (&str, Style)) {
    for (at, place) in places.iter().enumerate().take(count) {
        let is_last = at + 1 == places.len() && count > places.len();
        let said = if is_last {
            format!("{count}{sign}")
        } else {
            sign.to_owned()
        };
        canvas.draw_line(*place, Line::styled(said, style));
    }
}
