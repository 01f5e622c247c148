//! Everyone who is named, and one person across all practices.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Margin, Rect};
use ratatui::text::{Line, Span};

use super::entry;
use crate::app::screen::{MentionGroup, MentionRow, People, PersonPage, RowList, people};
use crate::app::{ClickTarget, Model};
use crate::calendar;
use crate::text;
use crate::ui::widget::{
    self, ListLine, Panel, Row, draw_list_panel, draw_page, draw_panel, split_filtered, split_list,
};
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
    if person.groups.is_empty() {
        draw_nobody(canvas, area);
        return;
    }
    let theme = *canvas.theme;
    let lines = person_lines(&person.groups);
    // The summary, and a blank row below it.
    let [left, page] = split_list(canvas, area, lines.len() + 2);
    let name = text::one_line(&person.name);
    let panel = Panel::new(&name, "").focus();
    let inner = draw_panel(canvas, left, panel);
    let [head, rows] = Layout::vertical([Length(2), Fill(1)]).areas(inner);
    let summary = text::clip(&text::one_line(&person.summary), usize::from(head.width));
    canvas.draw_line(head, Line::styled(summary, theme.label));
    let chosen = lines
        .iter()
        .position(|line| matches!(line, PersonLine::Row(at, ..) if *at == person.cursor));
    widget::draw_list_lines(canvas, rows, lines.len(), chosen, |at| {
        Some(match lines.get(at)? {
            PersonLine::Heading(group) => {
                let style = if group.open { theme.due } else { theme.label };
                let heading = text::one_line(&group.heading);
                ListLine::Heading(Span::styled(heading, style), String::new())
            }
            PersonLine::Row(at, open, mention) => {
                let (sign, style) = if *open {
                    (sign::OPEN, theme.due)
                } else {
                    (sign::DONE, theme.good)
                };
                let row = Row::new(sign, style)
                    .words(&mention.title, theme.words)
                    .state(&mention.state, theme.quiet);
                ListLine::Row(ClickTarget::Row(*at), row)
            }
        })
    });
    if let Some(mention) = person.chosen() {
        entry::draw(&mention.id, model, canvas, page, |_, _| Vec::new());
    }
}

enum PersonLine<'a> {
    Heading(&'a MentionGroup),
    /// A row counted through all groups, whether it is open, and what it is.
    Row(usize, bool, &'a MentionRow),
}

fn person_lines(groups: &[MentionGroup]) -> Vec<PersonLine<'_>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for group in groups {
        lines.push(PersonLine::Heading(group));
        for mention in &group.rows {
            lines.push(PersonLine::Row(at, group.open, mention));
            at += 1;
        }
    }
    lines
}
