//! Everyone who is named, and one person across all practices.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Margin, Rect};
use ratatui::text::{Line, Span};

use super::entry;
use crate::app::Model;
use crate::app::screen::{MentionHeading, People, PersonPage, RowList, people};
use crate::calendar;
use crate::text;
use crate::ui::widget::{self, Panel, Row, draw_list_panel, draw_page, split_filtered, split_list};
use crate::ui::{Canvas, sign};

fn draw_nobody(canvas: &mut Canvas, area: Rect) {
    let (about, example) = people::EMPTY;
    widget::draw_empty(canvas, area.inner(Margin::new(2, 0)), about, example);
}

pub(super) fn draw_people(list: &People, model: &Model, canvas: &mut Canvas, area: Rect) {
    if list.rows.count() == 0 {
        draw_nobody(canvas, area);
        return;
    }
    let (theme, today) = (*canvas.theme, model.now().today());
    let [left, page] = split_filtered(canvas, area, &list.rows);
    let rows = draw_list_panel(canvas, left, "People", &list.rows, None);
    widget::draw_list(canvas, rows, &list.rows, |row| {
        let (sign, words) = if row.open > 0 {
            (sign::OPEN, widget::strong(&theme))
        } else {
            (" ", theme.words)
        };
        Row::new(sign, theme.due)
            .words(&row.name, words)
            .state(&row.times, theme.quiet)
            .day(&calendar::short_date(row.last, today), 10, theme.quiet)
    });
    let Some(row) = list.rows.chosen() else {
        return;
    };
    let name = text::one_line(&row.name);
    draw_page(canvas, page, &name, &row.times, |canvas, width| {
        let theme = canvas.theme;
        let practices = widget::wrapped_lines(&row.practices, (width, 3), theme.label);
        let mut lines: Vec<Line> = practices.collect();
        lines.push(Line::default());
        lines.extend(row.latest.iter().map(|(day, title, open)| {
            Row::new(if *open { sign::OPEN } else { " " }, theme.due)
                .words(title, theme.words)
                .state(&calendar::short_date(*day, today), theme.quiet)
                .line(width)
        }));
        lines
    });
}

pub(super) fn draw_person(person: &PersonPage, model: &Model, canvas: &mut Canvas, area: Rect) {
    if person.rows.is_empty() {
        draw_nobody(canvas, area);
        return;
    }
    let theme = *canvas.theme;
    // The summary, and a blank row below it.
    let [left, page] = split_list(canvas, area, person.sections.lines() + 2);
    let name = text::one_line(&person.name);
    let inner = Panel::new(&name, "").focus().draw(canvas, left);
    let [head, rows] = Layout::vertical([Length(2), Fill(1)]).areas(inner);
    let summary = text::one_line(&person.summary);
    canvas.draw_line(head, Line::styled(summary, theme.label));
    let heading = |heading: MentionHeading| {
        let style = if heading.is_open {
            theme.due
        } else {
            theme.label
        };
        let text = text::one_line(&heading.text);
        (Span::styled(text, style), String::new())
    };
    let (sections, cursor) = (&person.sections, person.cursor);
    widget::draw_sections(canvas, rows, sections, cursor, heading, |at| {
        let mention = person.rows.get(at)?;
        let (sign, style) = if mention.is_open {
            (sign::OPEN, theme.due)
        } else {
            (sign::DONE, theme.good)
        };
        let row = Row::new(sign, style)
            .words(&mention.title, theme.words)
            .state(&mention.state, theme.quiet);
        Some(row)
    });
    if let Some(mention) = person.chosen() {
        entry::draw(&mention.id, model, canvas, page, |_, _| Vec::new());
    }
}
