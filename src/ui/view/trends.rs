//! The trends of a practice: charts above, the text of the chosen week below.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::chart;
use crate::app::Model;
use crate::app::screen::Trends;
use crate::calendar::{self, Month};
use crate::insight::ChartData;
use crate::report;
use crate::text;
use crate::ui::widget::{self, split_columns};
use crate::ui::{Canvas, cells};

/// How wide the column of labels is.
const LABEL: usize = 16;

pub(super) fn draw(screen: &Trends, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let all = screen.charts.get(screen.first..).unwrap_or_default();
    // Two side by side, and two more below them if the terminal is tall.
    let bands = if area.height > 26 && all.len() > 2 {
        2
    } else {
        1
    };
    let said_height = match (all.is_empty(), bands) {
        (true, _) => area.height,
        (false, 1) => area.height * 2 / 5,
        (false, _) => area.height / 4,
    };
    // Marks have as many rows as there are, so the rest is for what was written.
    let said_height = match all {
        [(_, ChartData::Marks { rows, .. })] => {
            let chart = cells(rows.len()).saturating_add(3);
            area.height.saturating_sub(chart).max(said_height)
        }
        _ => said_height,
    };
    let [title, pictures, said] =
        Layout::vertical([Length(2), Fill(1), Length(said_height.saturating_sub(2))]).areas(area);
    let count = screen.charts.len();
    let shown = all.len().min(bands * 2);
    let mut heading = vec![Span::styled(screen.title.clone(), theme.heading)];
    if shown < count {
        let (from, to) = (screen.first + 1, screen.first + shown);
        heading.push(Span::styled(
            match shown {
                1 => format!(" · {to} of {count}"),
                2 => format!(" · {from} and {to} of {count}"),
                _ => format!(" · {from} to {to} of {count}"),
            },
            theme.quiet,
        ));
    }
    canvas.draw_line(title, Line::from(heading));
    let rows = Layout::vertical(vec![Fill(1); bands]).split(pictures);
    for (pair, row) in all.chunks(2).zip(rows.iter()) {
        let row = Rect {
            height: row.height.saturating_sub(1),
            ..*row
        };
        match pair {
            [(heading, only)] => chart::draw(heading, only, screen.week, canvas, row),
            [(first, one), (second, other)] => {
                let [left, right] = split_columns(row, row.width / 2 - 1);
                chart::draw(first, one, screen.week, canvas, left);
                chart::draw(second, other, screen.week, canvas, right);
            }
            _ => {}
        }
    }
    draw_week(screen, model, canvas, said);
}

fn draw_week(screen: &Trends, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let width = usize::from(area.width).saturating_sub(LABEL + 2).max(20);
    let mut lines: Vec<Line> = Vec::new();
    for (label, words, weeks) in &screen.recurring {
        lines.push(Line::from(vec![
            Span::styled(format!("{label}: "), theme.label),
            Span::styled(format!("“{}”", text::one_line(words)), theme.words),
            Span::styled(
                format!(" came up in {weeks} of the last 8 weeks"),
                theme.label,
            ),
        ]));
    }
    if let Some(question) = &screen.question {
        let mut label = format!("For {}", question.month.name());
        for line in text::wrap(&question.text, width, 2) {
            lines.push(labelled(&label, line, theme.accent, theme.words));
            label.clear();
        }
        let why = text::clip(&report::mark_reason(question), width);
        lines.push(labelled("", why, theme.label, theme.quiet));
    }
    let (name, when) = chosen_period(screen, model);
    lines.push(Line::from(vec![
        Span::styled(format!("‹ {name} › "), theme.accent),
        Span::styled(when, theme.quiet),
    ]));
    if screen.written.is_empty() {
        lines.push(Line::styled(
            match screen.month {
                Some(_) => "Nothing was marked in this month.",
                None => "Nothing was written in this week.",
            },
            theme.quiet,
        ));
    }
    let left = usize::from(area.height).saturating_sub(lines.len());
    let all = screen.written.len();
    let shown = widget::shown_count(all, left);
    let said = &screen.written[..shown];
    let wrapped = |said: &str, rows| text::wrap(&text::one_line(said), width, rows);
    let wanted: Vec<usize> = said.iter().map(|(_, it)| wrapped(it, left).len()).collect();
    // Something of each, before more of any.
    let shares = widget::share_rows(&wanted, left.saturating_sub(usize::from(shown < all)));
    for ((label, said), rows) in said.iter().zip(shares) {
        let mut label = label.clone();
        for line in wrapped(said, rows) {
            lines.push(labelled(&label, line, theme.label, theme.words));
            label.clear();
        }
    }
    lines.extend(widget::more_line(all - shown, &theme));
    canvas.draw_lines(area, lines);
}

fn labelled(label: &str, text: String, label_style: Style, style: Style) -> Line<'static> {
    Line::from(vec![
        Span::styled(format!("{}  ", text::fit(label, LABEL)), label_style),
        Span::styled(text, style),
    ])
}

/// The chosen week or month, and how long ago it was.
fn chosen_period(screen: &Trends, model: &Model) -> (String, String) {
    let now = model.now();
    if let Some(month) = screen.month {
        let name = month.full_name();
        let when = if month == Month::of(now.week().thursday()) {
            "this month, beside the one before"
        } else {
            "beside the month before"
        };
        return (name, when.to_owned());
    }
    let monday = screen.week.monday();
    let ago = calendar::humanize_week(screen.week, now.week());
    let from = calendar::short_date(monday, now.today());
    let name = format!("Week {}", screen.week.number());
    (name, format!("{ago} · from {from}"))
}
