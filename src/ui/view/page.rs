//! A page of a practice, and an item of a register: a form with something beside it.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::form::{Control, Form};
use crate::app::screen::{ItemForm, PracticePage};
use crate::text;
use crate::ui::Canvas;
use crate::ui::widget::{self, split_columns};

/// Columns before the label of a choice.
const CHOICE_LEAD: usize = 8;

/// Least columns for the text beside a form, with the gap between.
const MIN_BESIDE: u16 = 20;

pub(super) fn draw(page: &PracticePage, model: &Model, canvas: &mut Canvas, area: Rect) {
    let stepper_rows = u16::from(!page.stepper.is_empty());
    let [stepper_row, _, title, intro, _, rest] = Layout::vertical([
        Constraint::Length(stepper_rows),
        Constraint::Length(1 - stepper_rows),
        Constraint::Length(1),
        Constraint::Length(if page.intro.is_empty() { 0 } else { 2 }),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    stepper(page, canvas, stepper_row);
    let heading = text::clip(&text::one_line(&page.title), usize::from(title.width));
    canvas.draw_line(title, Line::styled(heading, canvas.theme.heading));
    let width = intro.width.min(78);
    canvas.draw_text(Rect { width, ..intro }, &page.intro, canvas.theme.quiet);
    draw_form(&page.form, model, canvas, rest);
}

pub(super) fn draw_item(item: &ItemForm, model: &Model, canvas: &mut Canvas, area: Rect) {
    let became = u16::try_from(item.notes.len().min(3)).unwrap_or(3);
    let [_, about, links, _, rest] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(became),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    let hint = if item.id.is_none() {
        format!("For example: {}", item.example)
    } else {
        item.about.clone()
    };
    let hint = text::clip(&text::one_line(&hint), usize::from(area.width));
    if item.is_deleted {
        widget::draw_deleted_note(canvas, about);
    } else {
        canvas.draw_line(about, Line::styled(hint, canvas.theme.quiet));
    }
    for (line, row) in item.notes.iter().zip(links.rows()) {
        let line = text::clip(&text::one_line(line), usize::from(row.width));
        canvas.draw_line(row, Line::styled(line, canvas.theme.accent));
    }
    widget::draw_form_alone(&item.form, model.now(), canvas, rest);
}

/// The form, and beside it the answer of last time, if there is one.
fn draw_form(form: &Form, model: &Model, canvas: &mut Canvas, area: Rect) {
    let has_other = form
        .focused()
        .is_some_and(|input| input.other_text.is_some());
    if let [_, second] = form.fields.as_slice()
        && second.beside
        && !has_other
    {
        widget::draw_pair(&form.fields, form.focus, model.now(), canvas, area);
        return;
    }
    let beside = form.focused().is_some_and(|input| {
        let empty_list = match &input.control {
            Control::Panel(panel) => panel.rows.is_empty(),
            _ => false,
        };
        has_other || input.last_answer.is_some() || empty_list
    });
    if beside {
        let [left, right] = split_columns(area, form_width(form, area.width));
        widget::draw_form(form, model.now(), canvas, left, Some(right));
    } else {
        let width = area.width.min(96);
        widget::draw_form(form, model.now(), canvas, Rect { width, ..area }, None);
    }
}

/// The width of a form with something beside it: a little more than half, or as much as its choices
/// need while the rest stays readable.
fn form_width(form: &Form, width: u16) -> u16 {
    let choices = match form.focused().map(|input| &input.control) {
        Some(Control::Pick(pick)) => pick.choices.as_slice(),
        _ => &[],
    };
    let widest = choices.iter().map(|choice| text::width(&choice.label));
    let wanted = widest.max().map_or(0, |widest| widest + CHOICE_LEAD);
    let least = width * 5 / 8;
    let most = width.saturating_sub(MIN_BESIDE).max(least);
    u16::try_from(wanted).unwrap_or(u16::MAX).clamp(least, most)
}

/// The practices of the walk with their progress, the current one by name.
fn stepper(page: &PracticePage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    // A sign, a number, the name and a gap each, and the brackets around the current one.
    let names = page.stepper.iter().map(|(name, _)| text::width(name) + 6);
    let all_names = names.sum::<usize>() + 2 <= usize::from(area.width);
    let gap = if all_names { "  " } else { "   " };
    let mut spans = Vec::new();
    for (at, (name, progress)) in page.stepper.iter().enumerate() {
        let here = page.walk_position == Some(at);
        let label = if here || all_names {
            format!("{} {name}", at + 1)
        } else {
            format!("{}", at + 1)
        };
        spans.push(Span::styled(
            format!("{} ", widget::progress_sign(*progress)),
            widget::progress_style(*progress, &theme),
        ));
        if here {
            spans.push(Span::styled("[", theme.accent));
            spans.push(Span::styled(label, theme.accent));
            spans.push(Span::styled("]", theme.accent));
        } else {
            spans.push(Span::styled(label, theme.label));
        }
        spans.push(Span::raw(gap));
    }
    canvas.draw_line(area, Line::from(spans));
}
