//! The summary of a week.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::screen::Summary;
use crate::calendar;
use crate::insight::Progress;
use crate::report;
use crate::text;
use crate::ui::widget::{self, split_columns};
use crate::ui::{Canvas, Theme};

pub(super) fn draw(summary: &Summary, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let today = model.now().today();
    let [_, lead, _, rest] =
        Layout::vertical([Length(1), Length(1), Length(1), Fill(1)]).areas(area);
    let (answered, all) = summary.answered;
    let span = format!(
        "{} to {}",
        calendar::short_date(summary.week.monday(), today),
        calendar::short_date(summary.week.sunday(), today)
    );
    canvas.draw_line(
        lead,
        Line::from(vec![
            Span::styled(format!("{answered} of {all} answered"), theme.words),
            Span::styled(format!(" · {span}"), theme.quiet),
        ]),
    );
    let (heading, practices) = practice_lines(summary, model, &theme);
    let widest = practices
        .iter()
        .map(Line::width)
        .chain([heading.width()])
        .max();
    let widest = u16::try_from(widest.unwrap_or(0)).unwrap_or(u16::MAX - 4);
    let [left, right] = split_columns(rest, (widest + 4).min(rest.width / 2 - 1));
    canvas.draw_lines(left, [heading].into_iter().chain(practices));
    by_friday(summary, model, canvas, right);
}

/// The heading, and a line for each practice.
fn practice_lines(
    summary: &Summary,
    model: &Model,
    theme: &Theme,
) -> (Line<'static>, Vec<Line<'static>>) {
    let mut heading = Line::from(Span::styled("Practices", theme.heading));
    let all = report::spell_number(summary.practices.len());
    let said = match summary.full_weeks {
        0 => None,
        1 => Some(format!("  all {all} done")),
        weeks => {
            let weeks = report::spell_number(weeks);
            Some(format!("  all {all}, {weeks} weeks in a row"))
        }
    };
    heading.extend(said.map(|said| Span::styled(said, theme.good)));
    let is_off = model.off_days().is_week_off(summary.week);
    let lines = summary.practices.iter().map(|line| {
        // A practice that is begun names its open questions.
        let skipped = match line.progress {
            Progress::Done => String::new(),
            Progress::Partial => format!("without {}", line.skipped.join(", ")),
            Progress::NotStarted if is_off => "off".to_owned(),
            Progress::NotStarted if summary.has_later => "nothing".to_owned(),
            Progress::NotStarted => "not yet".to_owned(),
        };
        let (sign, style) = widget::progress_mark(line.progress, theme);
        Line::from(vec![
            Span::styled(format!("{sign} "), style),
            Span::styled(text::fit(&line.name, 15), theme.words),
            Span::styled(skipped, theme.quiet),
        ])
    });
    (heading, lines.collect())
}

/// What was promised, on two lines each if there is room for that, and what changed.
fn by_friday(summary: &Summary, model: &Model, canvas: &mut Canvas, area: Rect) {
    let (mut lines, hidden) = by_friday_lines(summary, model, canvas.theme, area, 2);
    if hidden > 0 {
        (lines, _) = by_friday_lines(summary, model, canvas.theme, area, 1);
    }
    canvas.draw_lines(area, lines);
}

/// The lines, and how many promises are only counted.
fn by_friday_lines(
    summary: &Summary,
    model: &Model,
    theme: &Theme,
    area: Rect,
    rows: usize,
) -> (Vec<Line<'static>>, usize) {
    let (today, off) = (model.now().today(), model.off_days());
    let width = usize::from(area.width);
    let below = change_lines(summary, width, theme);
    let height = usize::from(area.height);
    let mut lines = vec![Line::styled(model.now().due_day().title(), theme.heading)];
    if summary.commitments.is_empty() {
        lines.push(Line::styled("No commitment this week.", theme.quiet));
    }
    // The changes are always shown, however many commitments there are.
    let mut room = height.saturating_sub(below.len() + 1).max(4);
    let mut hidden = summary.commitments.len();
    for commitment in &summary.commitments {
        let promise = widget::commitment_lines(commitment, today, &off, (width, rows), theme);
        let promise: Vec<Line> = promise.collect();
        // With a row to count the others.
        if promise.len() + usize::from(hidden > 1) > room {
            break;
        }
        room -= promise.len();
        hidden -= 1;
        lines.extend(promise);
    }
    lines.extend(widget::more_line(hidden, theme));
    lines.extend(below);
    (lines, hidden)
}

fn change_lines(summary: &Summary, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let is_same = summary.changes.is_empty();
    if !summary.is_first {
        lines.extend([
            Line::default(),
            Line::styled("Since last week", theme.heading),
        ]);
        lines.extend(is_same.then(|| Line::styled("About the same.", theme.quiet)));
    } else if !is_same {
        lines.extend([Line::default(), Line::styled("New", theme.heading)]);
    }
    for change in &summary.changes {
        let change = text::one_line(change);
        lines.extend(widget::wrapped_lines(&change, (width, 2), theme.words));
    }
    let record = summary.record;
    if record.kept + record.missed > 0 {
        let text = format!("Kept {} of {}", record.kept, record.kept + record.missed);
        lines.extend([Line::default(), Line::styled(text, theme.label)]);
    }
    lines
}
