//! Twelve boxes a year, and what is in the chosen one.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::ClickTarget;
use crate::app::screen::MonthBoxes;
use crate::calendar::Month;
use crate::insight::MonthBox;
use crate::ui::Canvas;
use crate::ui::widget::{self, Row};

pub(super) fn draw(months: &MonthBoxes, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let [_, first, _, second, legend, _, heading, items] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(2),
        Constraint::Length(1),
        Constraint::Length(2),
        Constraint::Length(2),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    for (at, month) in months.boxes.iter().enumerate() {
        let row = if at < 6 { first } else { second };
        let wide = (row.width / 6).min(16);
        let column = u16::try_from(at % 6).unwrap_or(0);
        let place = Rect {
            x: row.x + column * wide,
            width: wide,
            ..row
        };
        draw_month(months, at, *month, canvas, place);
    }
    let shown = |month| months.boxes.contains(&month);
    let without = match (shown(MonthBox::BeforeJournal), shown(MonthBox::Future)) {
        (true, true) => "before you began or to come",
        (true, false) => "before you began",
        (false, _) => "to come",
    };
    let mut named = vec![
        (MonthBox::Solved(1), "solved"),
        (MonthBox::UnderWay, "under way"),
        (MonthBox::Empty, "empty"),
    ];
    if shown(MonthBox::Off) {
        named.push((MonthBox::Off, "off"));
    }
    named.push((MonthBox::Future, without));
    let mut spans = vec![Span::raw("  ")];
    for (month, name) in named {
        let (sign, style) = widget::month_sign(month, &theme);
        spans.push(Span::styled(format!("{sign} "), style));
        spans.push(Span::styled(format!("{name}   "), theme.quiet));
    }
    canvas.draw_line(
        Rect {
            y: legend.y + 1,
            height: 1,
            ..legend
        },
        Line::from(spans),
    );
    let name = months.month().map_or("", Month::name);
    canvas.draw_line(
        heading,
        Line::styled(format!("{name} {}", months.year), theme.heading),
    );
    if months.items.is_empty() {
        widget::draw_empty(canvas, items, &months.about, &months.example);
        return;
    }
    let rows: Vec<Row> = months
        .items
        .iter()
        .map(|(title, state)| Row {
            sign: "·",
            style: theme.quiet,
            lead: String::new(),
            text: title.clone(),
            state: state.clone(),
        })
        .collect();
    widget::draw_rows(canvas, items, &rows, None, |_| {
        ClickTarget::Row(months.cursor)
    });
}

fn draw_month(months: &MonthBoxes, at: usize, month: MonthBox, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    canvas.add_target(area, ClickTarget::Row(at));
    let name = Month::new(months.year, u32::try_from(at + 1).unwrap_or(1)).map_or("", Month::name);
    let name = &name[..3.min(name.len())];
    let (sign, style) = widget::month_sign(month, &theme);
    let count = match month {
        MonthBox::Solved(count) if count > 1 => format!(" {count}"),
        _ => String::new(),
    };
    let chosen = months.cursor == at;
    let (open, close, name_style) = if chosen {
        ("[", "]", theme.accent)
    } else {
        (" ", " ", theme.label)
    };
    let [top, bottom] = Layout::vertical([Constraint::Length(1); 2]).areas(area);
    canvas.draw_line(
        top,
        Line::from(vec![
            Span::raw(" "),
            Span::styled(format!("{open}{name}{close}"), name_style),
        ]),
    );
    canvas.draw_line(
        bottom,
        Line::from(vec![
            Span::raw("   "),
            Span::styled(sign, style),
            Span::styled(count, theme.label),
        ]),
    );
}
