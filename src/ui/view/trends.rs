//! The trends of a practice: charts above, as high as they need, the text of the chosen week below.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::chart::{ChartLines, chart_lines};
use crate::app::Model;
use crate::app::screen::Trends;
use crate::calendar::{self, Month, Week};
use crate::insight::ChartData;
use crate::report;
use crate::text;
use crate::ui::size::TEXT_COLUMNS;
use crate::ui::widget::{self, Panel};
use crate::ui::{Canvas, Theme, cells};

/// How wide the column of labels is.
const LABEL: usize = 16;

pub(super) fn draw(screen: &Trends, model: &Model, canvas: &mut Canvas, area: Rect) {
    let all = screen.charts.get(screen.first..).unwrap_or_default();
    // Two side by side, and two more below them if the terminal is tall.
    let bands = if area.height > 26 && all.len() > 2 {
        2
    } else {
        1
    };
    let columns = usize::from(area.width.saturating_sub(4).min(TEXT_COLUMNS));
    let mut heading = heading_lines(screen, usize::from(bands) * 2, columns, canvas.theme);
    heading.extend(canvas.size.has_frames().then(Line::default));
    let rows = cells(heading.len());
    let [head, mut rest] = Layout::vertical([Length(rows), Fill(1)]).areas(area);
    canvas.draw_lines(widget::text_columns(head), heading);
    let said = match bands {
        1 => rest.height * 2 / 5,
        _ => rest.height / 4,
    };
    let most = rest.height.saturating_sub(said) / bands;
    for pair in all.chunks(2).take(usize::from(bands)) {
        let band = Rect {
            height: most,
            ..rest
        };
        let drawn = draw_pair(pair, screen.week, canvas, band);
        rest.y += drawn;
        rest.height -= drawn;
    }
    draw_period(screen, model, canvas, rest);
}

/// What the charts are about, what keeps coming up in its answers, and what they ask of the next month.
fn heading_lines(
    screen: &Trends,
    most: usize,
    columns: usize,
    theme: &Theme,
) -> Vec<Line<'static>> {
    let count = screen.charts.len();
    let shown = count.saturating_sub(screen.first).min(most);
    let mut title = vec![Span::styled(screen.title.clone(), theme.heading)];
    if shown < count {
        let (from, to) = (screen.first + 1, screen.first + shown);
        title.push(Span::styled(
            match shown {
                1 => format!(" · {to} of {count}"),
                2 => format!(" · {from} and {to} of {count}"),
                _ => format!(" · {from} to {to} of {count}"),
            },
            theme.quiet,
        ));
    }
    let mut lines = vec![Line::from(title)];
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
        let width = columns.saturating_sub(LABEL + 2).max(20);
        let mut label = format!("For {}", question.month.name());
        for line in text::wrap(&question.text, width, 2) {
            lines.push(labelled(&label, line, theme.accent, theme.words));
            label.clear();
        }
        let why = text::clip(&report::mark_reason(question), width);
        lines.push(labelled("", why, theme.label, theme.quiet));
    }
    lines
}

/// One chart or two side by side, as high as the higher one; returns how many rows that is.
fn draw_pair(pair: &[(String, ChartData)], week: Week, canvas: &mut Canvas, area: Rect) -> u16 {
    let extra = Panel::extra_rows(canvas);
    let places = Layout::horizontal(vec![Fill(1); pair.len()])
        .spacing(1)
        .split(area);
    let drawn: Vec<ChartLines> = pair
        .iter()
        .zip(places.iter())
        .map(|((_, chart), place)| {
            let inside = Rect {
                width: place.width.saturating_sub(4),
                height: place.height.saturating_sub(extra),
                ..*place
            };
            chart_lines(chart, week, canvas, inside)
        })
        .collect();
    let most = drawn.iter().map(|chart| chart.all.len()).max().unwrap_or(0);
    let height = cells(most).saturating_add(extra);
    let height = height.min(area.height);
    for (((name, _), chart), place) in pair.iter().zip(drawn).zip(places.iter()) {
        let place = Rect { height, ..*place };
        let inner = Panel::new(name, "").draw(canvas, place);
        for row in inner
            .rows()
            .skip(chart.chosen.start)
            .take(chart.chosen.len())
        {
            canvas.draw_ground(row);
        }
        canvas.draw_lines(inner, chart.all);
    }
    height
}

/// What was written in the chosen week or month, in a panel as high as it needs.
fn draw_period(screen: &Trends, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let (name, when) = chosen_period(screen, model);
    let width = usize::from(area.width).saturating_sub(LABEL + 6).max(20);
    let extra = Panel::extra_rows(canvas);
    let left = usize::from(area.height.saturating_sub(extra));
    let mut lines: Vec<Line> = Vec::new();
    if screen.written.is_empty() {
        lines.push(Line::styled(
            match screen.month {
                Some(_) => "Nothing was marked in this month.",
                None => "Nothing was written in this week.",
            },
            theme.quiet,
        ));
    }
    let all = screen.written.len();
    let shown = widget::shown_count(all, left);
    let said = &screen.written[..shown];
    let wrapped = |said: &str, rows| text::wrap(&text::one_line(said), width, rows);
    let wanted: Vec<usize> = said.iter().map(|(_, it)| wrapped(it, left).len()).collect();
    // Something of each, before more of any.
    let shares = widget::share_rows(&wanted, left.saturating_sub(usize::from(shown < all)));
    for ((label, said), rows) in said.iter().zip(shares) {
        let mut label = text::capitalized(label);
        for line in wrapped(said, rows) {
            lines.push(labelled(&label, line, theme.label, theme.words));
            label.clear();
        }
    }
    lines.extend(widget::more_line(all - shown, &theme));
    let rows = cells(lines.len());
    let height = rows.saturating_add(extra).min(area.height);
    let panel = Panel::new(&name, when).focus();
    let inner = panel.draw(canvas, Rect { height, ..area });
    canvas.draw_lines(inner, lines);
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
