//! The charts of a review, by ratatui's widgets: horizontal and vertical bars, and a rate as a line.

use ratatui::layout::{Constraint, Direction, Layout, Rect};
use ratatui::style::Style;
use ratatui::symbols::Marker;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Axis, Bar, BarChart, BarGroup, Chart, Dataset, GraphType, Sparkline};

use crate::app::Model;
use crate::app::screen::ReviewPage;
use crate::calendar::Length;
use crate::text;
use crate::ui::Canvas;
use crate::ui::widget;

/// Most columns of a vertical bar.
const MAX_BAR_WIDTH: u16 = 6;

/// Horizontal bars, one per row: a name, a count, the bar, and a note.
pub(super) fn horizontal_bars(
    canvas: &mut Canvas,
    area: Rect,
    bars: &[(String, usize, String, Style)],
) {
    let theme = *canvas.theme;
    let most = bars.iter().map(|(_, count, ..)| *count).max().unwrap_or(0);
    let digits = most.to_string().len();
    let behind = bars
        .iter()
        .map(|(.., said, _)| text::width(said))
        .max()
        .unwrap_or(0);
    let widest = bars.iter().map(|(name, ..)| text::width(name)).max();
    let lead = widest.unwrap_or(0).min(usize::from(area.width) * 2 / 5);
    // The notes have their own column at the right.
    let behind = u16::try_from(if behind > 0 { behind + 1 } else { 0 }).unwrap_or(0);
    let [left, right] =
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(behind)]).areas(area);
    let group: Vec<Bar> = bars
        .iter()
        .map(|(name, count, _, style)| {
            let name = text::fit(&text::clip(name, lead), lead);
            Bar::new(*count as u64)
                .label(Line::from(vec![
                    Span::styled(name, theme.label),
                    Span::styled(format!(" {count:>digits$}"), theme.words),
                ]))
                .text_value("")
                .style(*style)
        })
        .collect();
    // A small count does not fill the row.
    let scale = u64::try_from(most.max(8)).unwrap_or(8);
    let chart = BarChart::default()
        .direction(Direction::Horizontal)
        .data(BarGroup::default().bars(&group))
        .bar_gap(0)
        .max(scale);
    canvas.frame.render_widget(chart, left);
    for ((.., said, _), row) in bars.iter().zip(right.rows()) {
        canvas.draw_line(row, Line::styled(said.clone(), theme.quiet).right_aligned());
    }
}

/// How many practices were done in each part of the span; for a week, the progress of each too.
pub(super) fn vertical_bars(review: &ReviewPage, canvas: &mut Canvas, area: Rect) {
    if review.span.length() == Some(Length::Week) {
        week_progress(review, canvas, area);
        return;
    }
    let theme = *canvas.theme;
    let parts = u16::try_from(review.done.len()).unwrap_or(u16::MAX).max(1);
    let width = ((area.width + 1) / parts)
        .saturating_sub(1)
        .clamp(1, MAX_BAR_WIDTH);
    let bars: Vec<Bar> = review
        .done
        .iter()
        .map(|(name, done)| {
            let letters = if width < 3 && name.len() > 2 {
                1
            } else {
                usize::from(width)
            };
            let name: String = name.chars().take(letters).collect();
            Bar::new(*done as u64)
                .label(Line::styled(name, theme.quiet))
                .value_style(theme.words)
                .style(theme.good)
        })
        .collect();
    let chart = BarChart::default()
        .data(BarGroup::default().bars(&bars))
        .bar_width(width)
        .bar_gap(1)
        .max(u64::try_from(review.done_of.max(1)).unwrap_or(1));
    canvas.frame.render_widget(chart, area);
}

/// The practices of one week with their progress, and how many were done in the weeks up to it.
fn week_progress(review: &ReviewPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let wide = area.width / 2;
    let height = usize::from(area.height.saturating_sub(1)).max(1);
    let [marks, line] = Layout::vertical([Constraint::Fill(1), Constraint::Length(1)]).areas(area);
    for (at, (name, progress, _)) in review.practices.iter().enumerate().take(height * 2) {
        let column = u16::try_from(at / height).unwrap_or(0);
        let row = u16::try_from(at % height).unwrap_or(0);
        let place = Rect::new(marks.x + column * wide, marks.y + row, wide, 1);
        let name = text::clip(&text::one_line(name), usize::from(wide).saturating_sub(3));
        let sign = format!("{} ", widget::progress_sign(*progress));
        canvas.draw_line(
            place,
            Line::from(vec![
                Span::styled(sign, widget::progress_style(*progress, &theme)),
                Span::styled(name, theme.label),
            ]),
        );
    }
    let done: Vec<u64> = review.done.iter().map(|(_, done)| *done as u64).collect();
    let columns = u16::try_from(done.len()).unwrap_or(0);
    let [spark, said] =
        Layout::horizontal([Constraint::Length(columns), Constraint::Fill(1)]).areas(line);
    let sparkline = Sparkline::default()
        .data(&done)
        .max(u64::try_from(review.done_of.max(1)).unwrap_or(1))
        .style(theme.good);
    canvas.frame.render_widget(sparkline, spark);
    let first = review.done.first().map_or("", |(week, _)| week);
    let last = review.done.last().map_or("", |(week, _)| week);
    let weeks = if first == last {
        format!("  week {last}")
    } else {
        format!("  weeks {first} to {last}")
    };
    canvas.draw_line(said, Line::styled(weeks, theme.quiet));
}

/// The kept rate of the spans up to this one, as a line; a span without a rate is skipped.
pub(super) fn rates(review: &ReviewPage, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let [heading, body] =
        Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let title = match review.span.length() {
        Some(Length::Week) => "Kept rate, week by week",
        _ => "Kept rate, month by month",
    };
    canvas.draw_line(heading, Line::styled(title, theme.heading));
    let points: Vec<(f64, f64)> = review
        .rates
        .iter()
        .enumerate()
        .filter_map(|(at, (_, rate))| {
            let percent = f64::from(u32::try_from((*rate)?).ok()?);
            Some((f64::from(u32::try_from(at).ok()?), percent))
        })
        .collect();
    if points.len() < 2 {
        canvas.draw_text(
            body,
            "The line starts once two of them have something kept or missed.",
            theme.quiet,
        );
        return;
    }
    let last = f64::from(u32::try_from(review.rates.len() - 1).unwrap_or(1));
    let today = model.now().today();
    let name = |at: usize| {
        let (span, _) = review.rates.get(at)?;
        Some(span.label(today))
    };
    let name = |at: usize| name(at).unwrap_or_default();
    let across = Axis::default()
        .bounds([0.0, last])
        .labels([name(0), name(review.rates.len() - 1)])
        .style(theme.quiet);
    let up = Axis::default()
        .bounds([0.0, 100.0])
        .labels(["0 %", "50", "100"])
        .style(theme.quiet);
    let line = Dataset::default()
        .marker(Marker::Braille)
        .graph_type(GraphType::Line)
        .style(theme.accent)
        .data(&points);
    let chart = Chart::new(vec![line])
        .x_axis(across)
        .y_axis(up)
        .legend_position(None);
    canvas.frame.render_widget(chart, body);
}

/// In how many weeks each practice was done.
pub(super) fn practice_bars(review: &ReviewPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let [heading, body] =
        Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let weeks = match review.span.length() {
        Some(Length::Week) => review.done.len(),
        _ => review.review.figures.weeks.len(),
    };
    let weeks = text::counted_noun(weeks, "week");
    let title = format!("Practice by practice, of {weeks}");
    canvas.draw_line(heading, Line::styled(title, theme.heading));
    let bars: Vec<(String, usize, String, Style)> = review
        .practices
        .iter()
        .take(usize::from(body.height))
        .map(|(name, _, done)| (text::one_line(name), *done, String::new(), theme.good))
        .collect();
    horizontal_bars(canvas, body, &bars);
}
