//! Evidence beside a form: what was done in its week, by source.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use crate::app::{ClickTarget, EvidenceGroup, EvidencePanel, Model, WindowSize};
use crate::evidence::EvidenceLine;
use crate::text;
use crate::ui::Canvas;
use crate::ui::widget::{Panel, draw_scroll_bar, strong};

/// The least and the most columns beside a form; in between, two fifths of the screen.
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

/// The area of the evidence, if it is shown: beside a form where panels have frames, which shortens it
/// to its own rows, else in the lower half.
pub(in crate::ui) fn evidence_area(model: &Model, size: WindowSize, body: Rect) -> Option<Rect> {
    model.evidence_panel()?;
    let beside = size.has_frames();
    let width = (body.width * 2 / 5).clamp(COLUMNS.0, COLUMNS.1);
    let (left, above) = if beside {
        (body.width.saturating_sub(width), 0)
    } else {
        (0, body.height - body.height / 2)
    };
    Some(Rect {
        x: body.x + left,
        y: body.y + above,
        width: body.width - left,
        height: body.height - above,
    })
}

/// Draws the evidence over what the form leaves, if it is shown.
pub(in crate::ui) fn draw_evidence(model: &Model, canvas: &mut Canvas) {
    let (Some(panel), Some(place)) = (model.evidence_panel(), canvas.panel) else {
        return;
    };
    canvas.frame.render_widget(Clear, place);
    let title = format!("Evidence · Week {}", panel.week.number());
    let inner = Panel::new(&title, "").draw(canvas, place);
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
    let chosen = rows.iter().position(|row| row.is_chosen);
    let last = rows.iter().rposition(|row| row.is_chosen).unwrap_or(0);
    // The heading of the first line stays in sight.
    let first = (last + 1).saturating_sub(height);
    let count = rows.len();
    for ((at, row), place) in rows.into_iter().enumerate().skip(first).zip(area.rows()) {
        // Up to the frame.
        let wide = Rect {
            width: place.width + 1,
            ..place
        };
        if chosen == Some(at) {
            canvas.draw_cursor(wide);
        } else if row.is_chosen {
            canvas.draw_ground(wide);
        }
        canvas.draw_line(place, row.line);
        if let Some(target) = row.target {
            canvas.add_target(wide, target);
        }
    }
    draw_scroll_bar(canvas, area.right() + 1, area, first, count);
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
    let columns = usize::from(width);
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
        let wrapped = text::wrap(problem, columns.saturating_sub(2), 3).into_iter();
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
    let sign = if is_taken { "✓ " } else { "  " };
    let style = match (is_chosen, is_taken) {
        (true, _) => strong(theme),
        (false, true) => theme.quiet,
        (false, false) => theme.words,
    };
    let lead = 2 + text::width(&day);
    let room = columns.saturating_sub(lead);
    let words = if is_chosen {
        text::wrap(&line.text, room, CHOSEN_ROWS)
    } else {
        vec![line.text.clone()]
    };
    let indent = || Span::raw(" ".repeat(lead));
    let mut rows = Vec::new();
    for (number, words) in words.into_iter().enumerate() {
        let words = Span::styled(words, style);
        rows.push(match number {
            0 => Line::from(vec![
                Span::styled(sign, theme.accent),
                Span::styled(day.clone(), theme.label),
                words,
            ]),
            _ => Line::from(vec![indent(), words]),
        });
    }
    if let Some(link) = line.link.as_ref().filter(|_| is_chosen) {
        let link = Span::styled(text::clip(link, room), theme.quiet);
        rows.push(Line::from(vec![indent(), link]));
    }
    rows
}
