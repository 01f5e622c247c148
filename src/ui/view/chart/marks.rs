//! Charts of what was marked, week by week or month by month, and of areas.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::last_items;
use crate::calendar::{self, Month, Week};
use crate::insight::Area;
use crate::text;
use crate::ui::{Canvas, widget};

/// The least number of columns for marks beside a long name.
const MIN_MARKS: usize = 12;

/// A row for each thing marked. Where the names are long the marks move close together, so that
/// more of a name can be read.
pub(super) fn grid(
    weeks: &[Week],
    rows: &[(String, Vec<bool>)],
    week: Week,
    canvas: &Canvas,
    area: Rect,
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let width = usize::from(area.width);
    let widest = rows.iter().map(|(name, _)| text::width(name)).max();
    let full = widest.unwrap_or(0) + 2;
    let (step, lead) = if full + 2 * MIN_MARKS <= width {
        (2, full)
    } else {
        (1, full.min(width.saturating_sub(MIN_MARKS)).max(2))
    };
    let fits = width.saturating_sub(lead) / step;
    let shown = last_items(weeks, fits);
    let mut lines: Vec<Line> = rows
        .iter()
        .map(|(name, marks)| {
            let mut spans = vec![Span::styled(
                format!("{}  ", text::fit(name, lead - 2)),
                theme.label,
            )];
            for (then, mark) in shown.iter().zip(last_items(marks, fits)) {
                let (sign, style) = if *mark {
                    ("▪", theme.good)
                } else {
                    ("·", theme.quiet)
                };
                let style = if *then == week { theme.accent } else { style };
                spans.push(Span::styled(text::fit(sign, step), style));
            }
            Line::from(spans)
        })
        .collect();
    let place = shown.iter().position(|then| *then == week);
    lines.push(caret_line(place.map(|at| lead + at * step), canvas));
    lines
}

/// A row for each mark or choice, a column for each month.
pub(super) fn mark_lines(
    months: &[Month],
    rows: &[(String, Vec<Option<bool>>)],
    month: Month,
    canvas: &Canvas,
    area: Rect,
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let width = usize::from(area.width);
    let widest = rows.iter().map(|(name, _)| text::width(name)).max();
    let lead = (widest.unwrap_or(0) + 2).min(width.saturating_sub(2 * months.len()));
    let mut letters = vec![Span::raw(" ".repeat(lead))];
    for then in months {
        let style = if *then == month {
            theme.accent
        } else {
            theme.quiet
        };
        letters.push(Span::styled(format!("{} ", &then.name()[..1]), style));
    }
    let mut lines = vec![Line::from(letters)];
    lines.extend(rows.iter().map(|(name, marks)| {
        let name = text::fit(name, lead.saturating_sub(2));
        let mut spans = vec![Span::styled(format!("{name}  "), theme.label)];
        for (then, mark) in months.iter().zip(marks) {
            let (sign, style) = match mark {
                Some(true) => ("▪ ", theme.good),
                Some(false) => ("· ", theme.quiet),
                None => ("  ", theme.quiet),
            };
            let style = if *then == month { theme.accent } else { style };
            spans.push(Span::styled(sign, style));
        }
        Line::from(spans)
    }));
    lines
}

/// Each area with how often it was led and when last; those that were not, quietly.
pub(super) fn area_lines(areas: &[Area], canvas: &Canvas, area: Rect) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let shown = widget::shown_count(areas.len(), usize::from(area.height));
    let names: Vec<String> = areas[..shown]
        .iter()
        .map(|area| text::one_line(&area.name))
        .collect();
    let widest = names.iter().map(|name| text::width(name)).max();
    // After the name: how often in six columns, and the day with what is open in 22.
    let lead = widest
        .unwrap_or(0)
        .min(usize::from(area.width).saturating_sub(28));
    let mut lines: Vec<Line> = names
        .iter()
        .zip(areas)
        .map(|(name, area)| {
            let kept = match area.kept {
                0 => " ".repeat(6),
                kept => format!("{kept:>3} ×  "),
            };
            let day = area.last.map(calendar::medium_date);
            let day = day.unwrap_or_else(|| "not yet".to_owned());
            let state = if area.open {
                format!("{day} · open")
            } else {
                day
            };
            Line::from(vec![
                Span::styled(format!("{}  ", text::fit(name, lead)), theme.words),
                Span::styled(kept, theme.good),
                Span::styled(state, theme.quiet),
            ])
        })
        .collect();
    lines.extend(widget::more_line(areas.len() - shown, theme));
    lines
}

/// A caret in the column of the chosen week.
pub(super) fn caret_line(column: Option<usize>, canvas: &Canvas) -> Line<'static> {
    match column {
        Some(column) => Line::from(vec![
            Span::raw(" ".repeat(column)),
            Span::styled("▴", canvas.theme.accent),
        ]),
        None => Line::default(),
    }
}
