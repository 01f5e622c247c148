//! The review of a span: figures, charts, and the text worth reading again.
//!
//! The charts are ratatui's own: bars, a sparkline, a line. Each has its numbers beside or in it, so
//! that nothing depends on colour or height alone. There is no calendar: a review goes by weeks and
//! not by days, and ratatui's would bring a second library of dates.

mod charts;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::screen::ReviewPage;
use crate::app::{ClickTarget, Model};
use crate::calendar::{self, Length};
use crate::insight::{Excerpt, FigureChange, Share};
use crate::report;
use crate::text;
use crate::ui::widget::{self, split_columns};
use crate::ui::{Canvas, Theme};

pub(super) fn draw(review: &ReviewPage, model: &Model, canvas: &mut Canvas, area: Rect) {
    let tall = area.height >= 32;
    let [head, _, rest] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    lengths(review, model, canvas, head);
    if review.review.is_empty() {
        draw_empty(review, canvas, rest);
        return;
    }
    let [upper, _, middle, _, lower, _, words] = Layout::vertical([
        Constraint::Length(8),
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(u16::from(tall)),
        Constraint::Length(if tall { 9 } else { 0 }),
        Constraint::Length(u16::from(tall)),
        Constraint::Length(if tall { 7 } else { 4 }),
    ])
    .areas(rest);
    let left_width = area.width / 2 - 3;
    let [left, right] = split_columns(upper, left_width);
    draw_commitments(review, canvas, left);
    draw_practices(review, canvas, right);
    let [left, right] = split_columns(middle, left_width);
    draw_comparison(review, canvas, left);
    draw_areas(review, canvas, right);
    if tall {
        let [left, right] = split_columns(lower, left_width);
        charts::rates(review, model, canvas, left);
        charts::practice_bars(review, canvas, right);
    }
    draw_excerpts(review, canvas, words);
}

/// The four lengths, the chosen one marked, and the days on the right.
fn lengths(review: &ReviewPage, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let today = model.now().today();
    let mut spans = Vec::new();
    for length in Length::ALL {
        let (open, close, style) = if review.span.length() == Some(length) {
            ("‹ ", " ›  ", theme.accent)
        } else {
            ("  ", "    ", theme.quiet)
        };
        spans.push(Span::styled(
            format!("{open}{}{close}", length.name()),
            style,
        ));
    }
    let mut days = format!(
        "{} to {}",
        calendar::short_date(review.span.first(), today),
        calendar::short_date(review.span.last(), today)
    );
    if review.is_current {
        days.push_str(", so far");
    }
    canvas.draw_line(area, Line::from(spans));
    canvas.draw_line(area, Line::styled(days, theme.label).right_aligned());
}

fn draw_empty(review: &ReviewPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let name = review.span.length().map_or("span", Length::name);
    let [heading, text] =
        Layout::vertical([Constraint::Length(2), Constraint::Fill(1)]).areas(area);
    let (said, hint) = if review.is_current {
        (
            format!("Nothing written this {name} yet."),
            "What you answer, commit to and solve appears here once saved.",
        )
    } else {
        (
            format!("Nothing was written in this {name}."),
            "Some are like that. [ and ] show the others.",
        )
    };
    canvas.draw_line(
        Rect {
            height: 1,
            ..heading
        },
        Line::styled(said, theme.label),
    );
    canvas.draw_text(text, hint, theme.quiet);
}

fn draw_commitments(review: &ReviewPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let figures = &review.review.figures;
    let tally = figures.commitments;
    let [heading, bars, rate, first] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(5),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(area);
    canvas.draw_line(heading, Line::styled("Commitments", theme.heading));
    charts::horizontal_bars(
        canvas,
        bars,
        &[
            ("✓ kept", tally.kept, theme.good),
            ("✗ missed", tally.missed, theme.label),
            ("» moved", figures.moved, theme.due),
            ("– let go", tally.let_go, theme.quiet),
            ("▸ open", tally.open, theme.accent),
        ]
        .map(|(name, count, style)| (name.to_owned(), count, String::new(), style)),
    );
    let mut said = share_spans("Kept", "None ended", tally.rate(), &theme);
    if tally.rate().whole > 0 && figures.record.streak > 1 {
        let row = format!("{} in a row", report::spell_number(figures.record.streak));
        said.push(Span::styled(format!(", {row}"), theme.label));
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

fn draw_practices(review: &ReviewPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let figures = &review.review.figures;
    let [heading, chart, done, rest] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(1),
        Constraint::Length(1),
    ])
    .areas(area);
    let title = format!("Practices done, {}", review.parts);
    canvas.draw_line(heading, Line::styled(title, theme.heading));
    charts::vertical_bars(review, canvas, chart);
    let share = figures.practices_done();
    let mut said = if share.whole == 0 {
        vec![Span::styled(report::NO_PRACTICE_DUE, theme.quiet)]
    } else {
        vec![
            Span::styled(format!("{} of {}", share.part, share.whole), theme.words),
            Span::styled(" practices done", theme.label),
        ]
    };
    let full = figures.full_weeks();
    if full > 0 && review.week().is_none() {
        let weeks = if full == 1 { "week" } else { "weeks" };
        let text = format!(", {} full {weeks}", report::spell_number(full));
        said.push(Span::styled(text, theme.label));
    }
    if figures.weeks_off > 0 {
        let off = text::counted_noun(figures.weeks_off, "week");
        said.push(Span::styled(format!(", {off} off"), theme.quiet));
    }
    canvas.draw_line(done, Line::from(said));
    let mut said = vec![
        Span::styled(figures.problems_solved.to_string(), theme.words),
        Span::styled(
            if figures.problems_solved == 1 {
                " problem solved, "
            } else {
                " problems solved, "
            },
            theme.label,
        ),
        Span::styled(figures.people_helped().to_string(), theme.words),
        Span::styled(
            if figures.people_helped() == 1 {
                " person helped"
            } else {
                " people helped"
            },
            theme.label,
        ),
    ];
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
    canvas.draw_line(rest, Line::from(said));
}

fn draw_comparison(review: &ReviewPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let mut rows = area.rows();
    if let Some(row) = rows.next() {
        let heading = format!("Compared with {}", review.compared_with);
        canvas.draw_line(row, Line::styled(heading, theme.heading));
    }
    let changes = &review.review.changes;
    let mut lines: Vec<Line> = changes
        .iter()
        .map(|one| change_line(*one, &theme))
        .collect();
    if review.review.lacks_previous() {
        let said = "Nothing was written.";
        lines.push(Line::styled(said, theme.quiet));
    } else if lines.is_empty() {
        lines.push(Line::styled("= About the same.", theme.quiet));
    }
    draw_lines(canvas, rows.collect(), lines, "more");
}

/// "▲ Kept 4, up from 2".
fn change_line(shift: FigureChange, theme: &Theme) -> Line<'static> {
    let [sign, name, amount, rest] = report::describe_change(shift);
    Line::from(vec![
        Span::styled(format!("{sign} "), theme.accent),
        Span::styled(format!("{name} "), theme.label),
        Span::styled(amount, theme.words),
        Span::styled(rest, theme.label),
    ])
}

fn draw_areas(review: &ReviewPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let [heading, body] =
        Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let title = match review.span.length() {
        Some(Length::Week) => "Where the week went",
        _ => "Where the weeks went",
    };
    canvas.draw_line(heading, Line::styled(title, theme.heading));
    let all = &review.review.figures.areas;
    if all.is_empty() {
        canvas.draw_text(body, "No commitment was active.", theme.quiet);
        return;
    }
    let room = usize::from(body.height);
    let shown = if all.len() > room {
        room.saturating_sub(1)
    } else {
        all.len()
    };
    let bars: Vec<(String, usize, String, Style)> = all[..shown]
        .iter()
        .map(|area| {
            let name = if area.area.is_empty() {
                "no area".to_owned()
            } else {
                text::one_line(&area.area)
            };
            let tally = area.commitments;
            let kept = format!("{} kept", tally.kept);
            (name, tally.active(), kept, theme.accent)
        })
        .collect();
    charts::horizontal_bars(canvas, body, &bars);
    if shown < all.len() {
        let row = Rect {
            y: body.y + u16::try_from(shown).unwrap_or(0),
            height: 1,
            ..body
        };
        let more = text::counted_noun(all.len() - shown, "more area");
        canvas.draw_line(row, Line::styled(format!("and {more}"), theme.quiet));
    }
}

/// The lines that fit, and in the last row how many do not.
fn draw_lines(canvas: &mut Canvas, rows: Vec<Rect>, lines: Vec<Line<'static>>, what: &str) {
    let left = lines.len().saturating_sub(rows.len());
    let last = rows.len().saturating_sub(1);
    let style = canvas.theme.quiet;
    for (at, (line, row)) in lines.into_iter().zip(rows).enumerate() {
        if left > 0 && at == last {
            let more = format!("and {} {what}", report::spell_number(left + 1));
            canvas.draw_line(row, Line::styled(more, style));
        } else {
            canvas.draw_line(row, line);
        }
    }
}

/// The text worth reading again, each on one row, or on two with its subject above.
fn draw_excerpts(review: &ReviewPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let [heading, body] =
        Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let all = &review.review.excerpts;
    let each = if body.height >= 6 { 2 } else { 1 };
    let fit = usize::from(body.height / each);
    let mut title = vec![Span::styled("Worth reading again", theme.heading)];
    if all.len() > fit {
        let place = format!("  {} of {}", review.cursor + 1, all.len());
        title.push(Span::styled(place, theme.quiet));
    }
    canvas.draw_line(heading, Line::from(title));
    if all.is_empty() {
        canvas.draw_line(
            Rect { height: 1, ..body },
            Line::styled("Your own words appear here.", theme.quiet),
        );
        return;
    }
    let first = (review.cursor + 1).saturating_sub(fit);
    widget::draw_arrows(canvas, body, first, all.len().saturating_sub(first + fit));
    for (at, one) in all.iter().enumerate().skip(first).take(fit) {
        let y = body.y + u16::try_from(at - first).unwrap_or(0) * each;
        let place = Rect {
            y,
            height: each,
            ..body
        };
        draw_excerpt(one, review.cursor == at, canvas, place);
        canvas.add_target(place, ClickTarget::Row(at));
    }
}

fn draw_excerpt(one: &Excerpt, chosen: bool, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let sign = report::excerpt_sign(one.kind);
    let (mark, style) = if chosen {
        ("› ", theme.accent)
    } else {
        ("  ", theme.words)
    };
    let width = usize::from(area.width).saturating_sub(4);
    let about = text::one_line(&one.about);
    let said = text::one_line(&one.text);
    let lead = vec![
        Span::styled(mark, theme.accent),
        Span::styled(format!("{sign} "), theme.quiet),
    ];
    let row = Rect { height: 1, ..area };
    if area.height == 1 {
        let about = text::clip(&about, width / 3);
        let room = width.saturating_sub(text::width(&about) + 2);
        let mut spans = lead;
        spans.push(Span::styled(format!("{about}: "), theme.label));
        spans.push(Span::styled(text::clip(&said, room), style));
        canvas.draw_line(row, Line::from(spans));
        return;
    }
    let mut spans = lead;
    spans.push(Span::styled(text::clip(&about, width), theme.label));
    canvas.draw_line(row, Line::from(spans));
    let below = Rect {
        x: area.x + 4,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(1),
    };
    canvas.draw_text(below, &said, style);
}
