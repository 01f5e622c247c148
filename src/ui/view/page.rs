//! A page of a practice, and an item of a register: a form with something beside it.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::keys::Action;
use crate::app::screen::{ItemForm, PracticePage};
use crate::app::{ClickTarget, Model};
use crate::text;
use crate::ui::size::TEXT_COLUMNS;
use crate::ui::widget::{self, FormView, Side, text_columns};
use crate::ui::{Canvas, cells, sign};

/// The most notes of the inbox beside a page.
const MAX_NOTES: usize = 4;

pub(super) fn draw(page: &PracticePage, model: &Model, canvas: &mut Canvas, area: Rect) {
    let stepper_rows = if page.stepper.is_empty() {
        0
    } else {
        1 + u16::from(canvas.size.has_frames())
    };
    let [stepper_row, _, rest] =
        Layout::vertical([Length(stepper_rows), Length(stepper_rows / 2), Fill(1)]).areas(area);
    stepper(page, canvas, text_columns(stepper_row));
    let mut about = vec![
        (page.title.as_str(), canvas.theme.label),
        (page.intro.as_str(), canvas.theme.quiet),
    ];
    let questions = page.questions.iter();
    about.extend(questions.map(|question| (question.as_str(), canvas.theme.label)));
    let form = &page.form;
    if let [_, second] = form.fields.as_slice()
        && second.beside
        && canvas.size.has_frames()
        && form.fields.iter().all(|input| input.other_text.is_none())
    {
        return draw_pair(page, &about, model, canvas, rest);
    }
    let mut view = FormView::new(form, model.now());
    view.about = about;
    if !page.waiting.is_empty() && canvas.size.has_frames() {
        view.sides.push(inbox(&page.waiting, canvas));
    }
    view.draw(canvas, rest);
}

/// Two fields side by side, below what the page is about.
fn draw_pair(
    page: &PracticePage,
    about: &[(&str, Style)],
    model: &Model,
    canvas: &mut Canvas,
    area: Rect,
) {
    let width = area.width.saturating_sub(4).min(TEXT_COLUMNS);
    let about = widget::about_lines(about, width);
    let lead = cells(about.len() + 1);
    canvas.draw_lines(text_columns(area), about);
    let [_, rest] = Layout::vertical([Length(lead), Fill(1)]).areas(area);
    widget::draw_pair(&page.form, model.now(), canvas, rest);
}

/// What waits in the inbox and may belong on a page.
fn inbox(waiting: &[String], canvas: &Canvas) -> Side {
    let lines = waiting.iter().take(MAX_NOTES).map(|note| {
        let note = text::clip(&text::one_line(note), usize::from(TEXT_COLUMNS));
        Line::styled(note, canvas.theme.label)
    });
    Side {
        right: vec![Span::styled(waiting.len().to_string(), canvas.theme.quiet)],
        target: Some(ClickTarget::Action(Action::Inbox)),
        ..Side::new("Waits in the inbox", lines.collect())
    }
}

pub(super) fn draw_item(item: &ItemForm, model: &Model, canvas: &mut Canvas, area: Rect) {
    let became = cells(item.notes.len().min(3));
    let hint = if item.id().is_none() {
        format!("For example: {}", item.example)
    } else {
        item.about.clone()
    };
    let columns = usize::from(text_columns(area).width.min(TEXT_COLUMNS));
    let rows = usize::from(area.height / 8).max(1);
    let hint = text::wrap(&text::one_line(&hint), columns, rows);
    let hint_rows = cells(hint.len().max(1));
    let [about, links, _, rest] =
        Layout::vertical([Length(hint_rows), Length(became), Length(1), Fill(1)]).areas(area);
    let (about, links) = (text_columns(about), text_columns(links));
    if item.form.is_deleted {
        widget::draw_deleted_note(canvas, about);
    } else {
        let quiet = canvas.theme.quiet;
        let hint = hint.into_iter().map(|line| Line::styled(line, quiet));
        canvas.draw_lines(about, hint);
    }
    for (at, (note, row)) in item.notes.iter().zip(links.rows()).enumerate() {
        let line = widget::note_line(&text::one_line(&note.text), canvas.theme);
        canvas.draw_line(row, line);
        if note.opens.is_some() {
            canvas.add_target(row, ClickTarget::Note(at));
        }
    }
    FormView::new(&item.form, model.now()).draw(canvas, rest);
}

/// The practices of the walk with their progress, the current one by name, and a stroke under it
/// where there is a row for it.
fn stepper(page: &PracticePage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    // A sign, a number, the name and a gap each.
    let names = page.stepper.iter().map(|(name, _)| text::width(name) + 6);
    let all_names = names.sum::<usize>() <= usize::from(area.width) + 2;
    let mut x = area.x;
    for (at, (name, progress)) in page.stepper.iter().enumerate() {
        let here = page.walk_position == Some(at);
        let label = if here || all_names {
            format!("{} {name}", at + 1)
        } else {
            format!("{}", at + 1)
        };
        let width = cells(text::width(&label) + 2);
        let place = Rect { x, width, ..area }.intersection(area);
        let (sign, style) = widget::progress_mark(*progress, &theme);
        let label_style = if here { theme.accent } else { theme.label };
        let line = Line::from(vec![
            Span::styled(format!("{sign} "), style),
            Span::styled(label, label_style),
        ]);
        canvas.draw_line(
            Rect {
                height: 1.min(place.height),
                ..place
            },
            line,
        );
        if here && area.height > 1 {
            let under = Rect {
                y: area.y + 1,
                height: 1,
                ..place
            };
            let stroke = sign::DAYS_GONE.repeat(usize::from(place.width));
            canvas.draw_line(under, Line::styled(stroke, theme.accent));
        }
        canvas.add_target(place, ClickTarget::Action(Action::Practice(at + 1)));
        x = x.saturating_add(width + 2);
    }
}
