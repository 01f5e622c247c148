//! Everyone who is named, and one person across all practices.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::Target;
use crate::app::screen::{People, Person, people};
use crate::ui::Canvas;
use crate::ui::widget::{self, Part, Row};
use crate::words;

pub(super) fn all(list: &People, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    if list.count() == 0 {
        let (about, example) = people::EMPTY;
        widget::empty(canvas, area, about, example);
        return;
    }
    let [head, items, _, practices, latest] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(2),
    ])
    .areas(area);
    let counts = (list.cursor, list.rows.len(), list.count());
    widget::sifted(canvas, head, &list.filter, None, counts);
    let rows: Vec<Row> = list
        .rows
        .iter()
        .map(|row| Row {
            sign: if row.open > 0 { "○" } else { "·" },
            style: if row.open > 0 { theme.due } else { theme.quiet },
            lead: String::new(),
            text: row.name.clone(),
            state: row.state.clone(),
        })
        .collect();
    widget::rows(canvas, items, &rows, Some(list.cursor), Target::Row);
    if let Some(row) = list.rows.get(list.cursor) {
        let told = words::one_line(&row.practices);
        canvas.text(practices, &told, theme.label);
        let last = format!("last: {}", words::one_line(&row.latest));
        canvas.text(latest, &last, theme.quiet);
    }
}

pub(super) fn one(person: &Person, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    if person.groups.is_empty() {
        let (about, example) = people::EMPTY;
        widget::empty(canvas, area, about, example);
        return;
    }
    let [_, told, _, body, next] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(1),
    ])
    .areas(area);
    let line = words::clip(&person.summary, usize::from(told.width));
    canvas.line(told, Line::styled(line, theme.label));
    let groups = person.groups.iter();
    let parts = widget::parts(groups.map(|group| {
        let rows = group.rows.iter();
        (group, rows.map(|row| (row, group.open)))
    }));
    let state_room = state_room(person, body);
    for (part, row) in widget::visible_lines(&parts, person.cursor, canvas, body) {
        match part {
            Part::Gap => {}
            Part::Heading(group) => {
                let style = if group.open { theme.due } else { theme.heading };
                let heading = words::one_line(&group.heading);
                let heading = words::clip(&heading, usize::from(row.width));
                canvas.line(row, Line::styled(heading, style));
            }
            Part::Row(at, (mention, open)) => {
                let here = *at == person.cursor;
                let (sign, style) = if *open {
                    ("○ ", theme.due)
                } else {
                    ("● ", theme.good)
                };
                let room = usize::from(row.width).saturating_sub(state_room + 6);
                let title = words::fit(&words::one_line(&mention.title), room);
                let state = words::clip(&words::one_line(&mention.state), state_room);
                let words = if here { theme.accent } else { theme.words };
                canvas.line(
                    row,
                    Line::from(vec![
                        Span::styled(if here { "› " } else { "  " }, theme.accent),
                        Span::styled(sign, style),
                        Span::styled(title, words),
                        Span::styled(format!("  {state}"), theme.quiet),
                    ]),
                );
                canvas.add_target(row, Target::Row(*at));
            }
        }
    }
    if let Some((_, stage)) = person.chosen().and_then(|row| row.next.as_ref()) {
        canvas.line(
            next,
            Line::from(vec![
                Span::styled("next: ", theme.quiet),
                Span::styled(words::one_line(stage), theme.label),
            ]),
        );
    }
}

/// Columns for what the rows are and since when.
fn state_room(person: &Person, area: Rect) -> usize {
    let rows = person.groups.iter().flat_map(|group| &group.rows);
    let widest = rows
        .map(|row| words::width(&words::one_line(&row.state)))
        .max();
    widest.unwrap_or(0).min(usize::from(area.width) / 2)
}
