//! A page of a practice, and an item of a register: a form with something beside it.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::form::{Control, Form};
use crate::app::screen::{Item, Page};
use crate::ui::Canvas;
use crate::ui::widget::{self, columns};
use crate::words;

pub(super) fn draw(page: &Page, model: &Model, canvas: &mut Canvas, area: Rect) {
    let stepper_rows = u16::from(!page.stepper.is_empty());
    let [stepper_row, _, title, intro, _, rest] = Layout::vertical([
        Constraint::Length(stepper_rows),
        Constraint::Length(1 - stepper_rows),
        Constraint::Length(1),
        Constraint::Length(2),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    stepper(page, canvas, stepper_row);
    canvas.line(
        title,
        Line::styled(page.title.clone(), canvas.theme.heading),
    );
    canvas.text(intro, &page.intro, canvas.theme.quiet);
    form_beside(&page.form, model, canvas, rest);
}

pub(super) fn item(item: &Item, model: &Model, canvas: &mut Canvas, area: Rect) {
    let [_, about, _, rest] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    let hint = if item.id.is_none() {
        format!("For example: {}", item.example)
    } else {
        item.about.clone()
    };
    let hint = words::clip(&words::one_line(&hint), usize::from(area.width));
    canvas.line(about, Line::styled(hint, canvas.theme.quiet));
    let width = rest.width.min(96);
    widget::form(
        &item.form,
        model.now(),
        canvas,
        Rect { width, ..rest },
        None,
    );
}

/// The form, and beside it what was said last time, where there is something to say.
fn form_beside(form: &Form, model: &Model, canvas: &mut Canvas, area: Rect) {
    let beside = form.focused().is_some_and(|input| {
        let empty_list = match &input.control {
            Control::Panel(panel) => panel.rows.is_empty(),
            _ => false,
        };
        input.last.is_some() || empty_list
    });
    if beside {
        let [left, right] = columns(area, area.width * 5 / 8);
        widget::form(form, model.now(), canvas, left, Some(right));
    } else {
        let width = area.width.min(96);
        widget::form(form, model.now(), canvas, Rect { width, ..area }, None);
    }
}

/// The practices of the walk, told apart by sign, the present one by name.
fn stepper(page: &Page, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let names: usize = page
        .stepper
        .iter()
        .map(|(name, _)| words::width(name) + 7)
        .sum();
    let all_names = names <= usize::from(area.width);
    let mut spans = Vec::new();
    for (at, (name, progress)) in page.stepper.iter().enumerate() {
        let here = page.at == Some(at);
        let label = if here || all_names {
            format!("{} {name}", at + 1)
        } else {
            format!("{}", at + 1)
        };
        spans.push(Span::styled(
            format!("{} ", widget::sign(*progress)),
            widget::progress_style(*progress, &theme),
        ));
        if here {
            spans.push(Span::styled("[", theme.accent));
            spans.push(Span::styled(label, theme.accent));
            spans.push(Span::styled("]", theme.accent));
        } else {
            spans.push(Span::styled(label, theme.label));
        }
        spans.push(Span::raw("   "));
    }
    canvas.line(area, Line::from(spans));
}
