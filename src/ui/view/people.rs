//! Everyone who is named, and one person across all practices.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::ClickTarget;
use crate::app::screen::{People, PersonPage, RowList, people};
use crate::text;
use crate::ui::Canvas;
use crate::ui::widget::{self, GroupLine, Row};

pub(super) fn draw_people(list: &People, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    if list.rows.count() == 0 {
        let (about, example) = people::EMPTY;
        widget::draw_empty(canvas, area, about, example);
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
    widget::draw_list_head(canvas, head, &list.rows, None);
    widget::draw_list(canvas, items, &list.rows, |_, row| Row {
        sign: if row.open > 0 { "○" } else { "·" },
        style: if row.open > 0 { theme.due } else { theme.quiet },
        lead: String::new(),
        text: row.name.clone(),
        state: row.state.clone(),
    });
    if let Some(row) = list.rows.chosen() {
        let told = text::one_line(&row.practices);
        canvas.draw_text(practices, &told, theme.label);
        let last = format!("last: {}", text::one_line(&row.latest));
        canvas.draw_text(latest, &last, theme.quiet);
    }
}

pub(super) fn draw_person(person: &PersonPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    if person.groups.is_empty() {
        let (about, example) = people::EMPTY;
        widget::draw_empty(canvas, area, about, example);
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
    let line = text::clip(&text::one_line(&person.summary), usize::from(told.width));
    canvas.draw_line(told, Line::styled(line, theme.label));
    let groups = person.groups.iter();
    let parts = widget::group_lines(groups.map(|group| {
        let rows = group.rows.iter();
        (group, rows.map(|row| (row, group.open)))
    }));
    let state_room = state_room(person, body);
    for (part, row) in widget::visible_lines(&parts, person.cursor, canvas, body) {
        match part {
            GroupLine::Gap => {}
            GroupLine::Heading(group) => {
                let style = if group.open { theme.due } else { theme.heading };
                let heading = text::one_line(&group.heading);
                let heading = text::clip(&heading, usize::from(row.width));
                canvas.draw_line(row, Line::styled(heading, style));
            }
            GroupLine::Row(at, (mention, open)) => {
                let here = *at == person.cursor;
                let (sign, style) = if *open {
                    ("○ ", theme.due)
                } else {
                    ("● ", theme.good)
                };
                let room = usize::from(row.width).saturating_sub(state_room + 6);
                let title = text::fit(&text::one_line(&mention.title), room);
                let state = text::clip(&text::one_line(&mention.state), state_room);
                let words = if here { theme.accent } else { theme.words };
                canvas.draw_line(
                    row,
                    Line::from(vec![
                        Span::styled(if here { "› " } else { "  " }, theme.accent),
                        Span::styled(sign, style),
                        Span::styled(title, words),
                        Span::styled(format!("  {state}"), theme.quiet),
                    ]),
                );
                canvas.add_target(row, ClickTarget::Row(*at));
            }
        }
    }
    if let Some((_, stage)) = person.chosen().and_then(|row| row.next.as_ref()) {
        canvas.draw_line(
            next,
            Line::from(vec![
                Span::styled("next: ", theme.quiet),
                Span::styled(text::one_line(stage), theme.label),
            ]),
        );
    }
}

/// Columns for what the rows are and since when.
fn state_room(person: &PersonPage, area: Rect) -> usize {
    let rows = person.groups.iter().flat_map(|group| &group.rows);
    let widest = rows
        .map(|row| text::width(&text::one_line(&row.state)))
        .max();
    widest.unwrap_or(0).min(usize::from(area.width) / 2)
}
