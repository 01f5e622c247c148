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
    let [left, right] = split_columns(rest, rest.width / 2 - 1);
    draw_practices(
        summary,
        model.off_days().is_week_off(summary.week),
        canvas,
        left,
    );
    by_friday(summary, model, canvas, right);
}

fn draw_practices(summary: &Summary, is_off: bool, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let mut rows = area.rows();
    if let Some(row) = rows.next() {
        let mut heading = vec![Span::styled("Practices", theme.heading)];
        let all = report::spell_number(summary.practices.len());
        match summary.full_weeks {
            0 => {}
            1 => heading.push(Span::styled(format!("  all {all} done"), theme.good)),
            weeks => {
                let weeks = report::spell_number(weeks);
                let said = format!("  all {all}, {weeks} weeks in a row");
                heading.push(Span::styled(said, theme.good));
            }
        }
        canvas.draw_line(row, Line::from(heading));
    }
    for line in &summary.practices {
        let Some(row) = rows.next() else {
            return;
        };
        // A practice that is begun names its open questions.
        let skipped = match line.progress {
            Progress::Done => String::new(),
            Progress::Partial => format!("without {}", line.skipped.join(", ")),
            Progress::NotStarted if is_off => "off".to_owned(),
            Progress::NotStarted if summary.has_later => "nothing".to_owned(),
            Progress::NotStarted => "not yet".to_owned(),
        };
        let room = usize::from(area.width).saturating_sub(18);
        let (sign, style) = widget::progress_mark(line.progress, &theme);
        canvas.draw_line(
            row,
            Line::from(vec![
                Span::styled(format!("{sign} "), style),
                Span::styled(text::fit(&line.name, 15), theme.words),
                Span::styled(text::clip(&skipped, room), theme.quiet),
            ]),
        );
    }
}

fn by_friday(summary: &Summary, model: &Model, canvas: &mut Canvas, area: Rect) {
    let (today, off) = (model.now().today(), model.off_days());
    let theme = *canvas.theme;
    let room = usize::from(area.width).saturating_sub(2);
    let below = change_lines(summary, room, &theme);
    let height = usize::from(area.height);
    let mut lines = vec![Line::styled(model.now().due_day().title(), theme.heading)];
    if summary.commitments.is_empty() {
        lines.push(Line::styled("No commitment this week.", theme.quiet));
    }
    // The changes are always shown, however many commitments there are.
    let fits = height.saturating_sub(below.len() + 1).max(4) / 2;
    let all = summary.commitments.len();
    let shown = widget::shown_count(all, fits);
    for commitment in &summary.commitments[..shown] {
        let (sign, style) = widget::commitment_sign(commitment, today, &off, &theme);
        let better = text::clip(&text::one_line(&commitment.better), room);
        lines.push(Line::from(vec![
            Span::styled(format!("{sign} "), style),
            Span::styled(better, theme.words),
        ]));
        let state = text::clip(&widget::commitment_state(commitment, today, &off), room);
        lines.push(Line::styled(format!("  {state}"), theme.quiet));
    }
    lines.extend(widget::more_line(all - shown, &theme));
    lines.extend(below);
    canvas.draw_lines(area, lines);
}

fn change_lines(summary: &Summary, room: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = vec![
        Line::default(),
        Line::styled("Since last week", theme.heading),
    ];
    if summary.changes.is_empty() {
        lines.push(Line::styled("About the same.", theme.quiet));
    }
    lines.extend(summary.changes.iter().map(|change| {
        let change = text::clip(&text::one_line(change), room);
        Line::styled(change, theme.words)
    }));
    let record = summary.record;
    if record.kept + record.missed > 0 {
        let text = format!("Kept {} of {}", record.kept, record.kept + record.missed);
        lines.extend([Line::default(), Line::styled(text, theme.label)]);
    }
    lines
}
