//! Evidence beside a form: what was done in its week, by source.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use crate::app::{ClickTarget, EvidenceGroup, EvidencePanel, Model};
use crate::evidence::EvidenceLine;
use crate::text;
use crate::ui::Canvas;
use crate::ui::widget::{draw_scroll_bar, rounded_block};

/// The least and the most columns; in between, two fifths of the screen.
const COLUMNS: (u16, u16) = (30, 64);

/// The most rows for the chosen line.
const CHOSEN_ROWS: usize = 4;

struct EvidenceRow {
    line: Line<'static>,
    target: Option<ClickTarget>,
    is_chosen: bool,
}

impl EvidenceRow {
    fn plain(line: Line<'static>) -> Self {
        Self {
            line,
            target: None,
            is_chosen: false,
        }
    }
}

/// The area of the evidence, if it is shown; a form shortens it to its own rows.
pub(in crate::ui) fn evidence_area(model: &Model, body: Rect) -> Option<Rect> {
    model.evidence_panel()?;
    let width = (body.width * 2 / 5).clamp(COLUMNS.0, COLUMNS.1);
    let x = body.right().saturating_sub(width);
    Some(Rect { x, width, ..body })
}

/// Draws the evidence beside the form, if it is shown.
pub(in crate::ui) fn draw_evidence(model: &Model, canvas: &mut Canvas) {
    let (Some(panel), Some(place)) = (model.evidence_panel(), canvas.panel) else {
        return;
    };
    let title = format!(" Evidence · Week {} ", panel.week.number());
    let block = rounded_block(canvas.theme.quiet).title(Line::styled(title, canvas.theme.heading));
    let inner = block.inner(place);
    canvas.frame.render_widget(Clear, place);
    canvas.frame.render_widget(block, place);
    draw_rows(panel, model, canvas, inner);
}

fn draw_rows(panel: &EvidencePanel, model: &Model, canvas: &mut Canvas, area: Rect) {
    let rows: Vec<EvidenceRow> = panel
        .groups
        .iter()
        .enumerate()
        .flat_map(|(at, group)| group_rows(group, at, panel, model, canvas, area.width))
        .collect();
    let height = usize::from(area.height);
    let last = rows.iter().rposition(|row| row.is_chosen).unwrap_or(0);
    // The heading of the first line stays in sight.
    let first = (last + 1).saturating_sub(height);
    draw_scroll_bar(canvas, area.right(), area, first, rows.len());
    for (row, place) in rows.into_iter().skip(first).zip(area.rows()) {
        canvas.draw_line(place, row.line);
        if let Some(target) = row.target {
            canvas.add_target(place, target);
        }
    }
}

fn group_rows(
    group: &EvidenceGroup,
    at: usize,
    panel: &EvidencePanel,
    model: &Model,
    canvas: &Canvas,
    width: u16,
) -> Vec<EvidenceRow> {
    let theme = canvas.theme;
    let columns = usize::from(width).saturating_sub(2);
    let note = match &group.evidence {
        None => " · running",
        Some(evidence) if evidence.lines.is_empty() && evidence.problems.is_empty() => {
            " · nothing this week"
        }
        Some(_) => "",
    };
    let name = text::clip(
        &text::one_line(group.name()),
        columns.saturating_sub(text::width(note)),
    );
    let mut rows = vec![EvidenceRow::plain(Line::from(vec![
        Span::styled(name, theme.heading),
        Span::styled(note, theme.quiet),
    ]))];
    let Some(evidence) = &group.evidence else {
        return rows;
    };
    for problem in &evidence.problems {
        let wrapped = text::wrap(problem, columns, 3).into_iter();
        let style = if evidence.has_failed {
            theme.wrong
        } else {
            theme.quiet
        };
        rows.extend(
            wrapped.map(|line| EvidenceRow::plain(Line::styled(format!("  {line}"), style))),
        );
    }
    for (number, line) in evidence.lines.iter().enumerate() {
        let is_chosen = panel.chosen == Some((at, number));
        let lines = line_rows(line, is_chosen, model, canvas, columns);
        rows.extend(lines.into_iter().map(|line| EvidenceRow {
            line,
            target: Some(ClickTarget::Evidence(at, number)),
            is_chosen,
        }));
    }
    rows
}

/// The rows of a line: one, or more if it is the chosen one.
fn line_rows(
    line: &EvidenceLine,
    is_chosen: bool,
    model: &Model,
    canvas: &Canvas,
    columns: usize,
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let is_taken = model.is_taken(line);
    // The week is in the title.
    let day = line
        .day
        .map_or_else(String::new, |day| day.format("%a ").to_string());
    let sign = match (is_chosen, is_taken) {
        (true, _) => "› ",
        (false, true) => "✓ ",
        (false, false) => "  ",
    };
    let style = match (is_chosen, is_taken) {
        (true, _) => theme.accent,
        (false, true) => theme.quiet,
        (false, false) => theme.words,
    };
    let room = columns.saturating_sub(text::width(&day));
    if !is_chosen {
        return vec![Line::from(vec![
            Span::styled(sign, theme.accent),
            Span::styled(day, theme.label),
            Span::styled(line.text.clone(), style),
        ])];
    }
    let taken = if is_taken { "✓ " } else { "" };
    let mut rows = Vec::new();
    let indent = " ".repeat(2 + text::width(&day));
    let wrapped = text::wrap(&format!("{taken}{}", line.text), room, CHOSEN_ROWS);
    for (number, words) in wrapped.into_iter().enumerate() {
        let words = Span::styled(words, style);
        rows.push(if number == 0 {
            let day = Span::styled(day.clone(), theme.label);
            Line::from(vec![Span::styled(sign, theme.accent), day, words])
        } else {
            Line::from(vec![Span::raw(indent.clone()), words])
        });
    }
    if let Some(link) = &line.link {
        let link = text::clip(link, room);
        rows.push(Line::from(vec![
            Span::raw(indent),
            Span::styled(link, theme.quiet),
        ]));
    }
    rows
}
