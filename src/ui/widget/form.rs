//! A form: the question and the field with the keys in a frame that grows with its text, every
//! other field with its answer, and beside it what was answered before.

mod plan;
mod side;

pub(in crate::ui) use plan::note_line;
pub(in crate::ui) use side::Side;

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use self::plan::{FormLayout, WantedRows};
use super::rows::{draw_arrows, split_columns};
use super::{Panel, control, strong};
use crate::app::ClickTarget;
use crate::app::form::{Control, Form, FormField};
use crate::app::keys::{Action, KeyContext};
use crate::calendar::{self, Now};
use crate::journal::Value;
use crate::practice::FieldKind;
use crate::report;
use crate::text;
use crate::ui::size::TEXT_COLUMNS;
use crate::ui::{Canvas, cells, sign};

/// The columns that a panel takes beside its text.
const FRAME_COLUMNS: u16 = 4;

/// Most rows for what a page is about.
const ABOUT_ROWS: usize = 4;

/// Most columns for the labels of fields without the keys.
const MAX_LABEL: usize = 26;

pub(in crate::ui) struct FormView<'a> {
    pub(in crate::ui) form: &'a Form,
    pub(in crate::ui) now: Now,
    /// How many of its first fields are drawn elsewhere.
    pub(in crate::ui) skip: usize,
    /// What it is about, above it: less important than any field, the first text more than others.
    pub(in crate::ui) about: Vec<(&'a str, Style)>,
    /// Panels beside it, after those of the field with the keys.
    pub(in crate::ui) sides: Vec<Side>,
}

impl<'a> FormView<'a> {
    pub(in crate::ui) fn new(form: &'a Form, now: Now) -> Self {
        Self {
            form,
            now,
            skip: 0,
            about: Vec::new(),
            sides: Vec::new(),
        }
    }

    /// Draws it into `area`, whose edges are those of the panels; returns what it leaves below its
    /// fields, without the columns of panels beside them.
    pub(in crate::ui) fn draw(mut self, canvas: &mut Canvas, area: Rect) -> Rect {
        let mut left_over = Rect { height: 0, ..area };
        if area.height == 0 {
            return left_over;
        }
        let area = canvas.form_area(area);
        let has_sides = !self.sides.is_empty() || self.form.fields.iter().any(side::has_side);
        let (left, beside) = if has_sides {
            side::columns(canvas, area)
        } else {
            (measured(area), Vec::new())
        };
        let width = beside.first().map_or(left.width, |beside| beside.width);
        let width = width.saturating_sub(FRAME_COLUMNS);
        let mut sides = match self.form.focused() {
            Some(field) => side::of_field(field, self.now, canvas, width),
            None => Vec::new(),
        };
        sides.extend(std::mem::take(&mut self.sides));
        if !beside.is_empty() {
            side::draw_beside(std::mem::take(&mut sides), canvas, &beside);
            left_over = left;
        }
        sides.retain(|side| !side.only_beside);
        let height = self.draw_fields(sides, canvas, left);
        let y = area.bottom() - height;
        Rect {
            y,
            height,
            ..left_over
        }
    }

    /// The fields one below the other, with panels below the one with the keys; returns the rows
    /// they leave.
    fn draw_fields(self, under: Vec<Side>, canvas: &mut Canvas, area: Rect) -> u16 {
        let form = self.form;
        let shown: Vec<(usize, &FormField)> = form
            .visible_fields()
            .filter(|(at, _)| *at >= self.skip)
            .collect();
        let labels = shown.iter().map(|(_, field)| &field.label);
        let label = text::widest(labels).min(MAX_LABEL);
        let width = area.width.saturating_sub(FRAME_COLUMNS);
        let is_focused = |at: usize| at == form.focus;
        let focused = shown.iter().find(|(at, _)| is_focused(*at));
        let others: Vec<u16> = shown
            .iter()
            .filter(|(at, _)| !is_focused(*at))
            .map(|(_, field)| rows_of_answer(field, label, width, canvas))
            .collect();
        let about = about_lines(&self.about, width);
        let wanted = WantedRows {
            focused: focused.map(|(_, field)| *field),
            others: &others,
            under: under.iter().map(|side| side.wanted_rows(canvas)).sum(),
            about: cells(about.len()),
        };
        let plan = FormLayout::new(&wanted, self.now, width, area.height, canvas);
        for (line, row) in about.into_iter().zip(text_columns(area).rows()) {
            if row.y < area.y + plan.about {
                canvas.draw_line(row, line);
            }
        }
        let lead = plan.about + u16::from(plan.about > 0);
        let area = Rect {
            y: area.y + lead,
            height: area.height.saturating_sub(lead),
            ..area
        };
        let mut rows = plan.others.iter();
        let mut tall = |at: usize| {
            if is_focused(at) {
                plan.question_rows(canvas) + plan.under
            } else {
                rows.next().copied().unwrap_or(1)
            }
        };
        let places: Vec<(usize, &FormField, u16)> = shown
            .iter()
            .map(|(at, field)| (*at, *field, tall(*at)))
            .collect();
        let hidden = hidden_above(&places, form.focus, area.height);
        let mut y = area.y;
        let mut below = places.len() - hidden;
        let mut under = Some(under).filter(|_| plan.under > 0);
        let mut draw_under = |canvas: &mut Canvas, y: u16| {
            let height = plan.under;
            let place = Rect { y, height, ..area }.intersection(area);
            let sides = under.take()?;
            side::draw_beside(sides, canvas, &[place]);
            Some(height)
        };
        for (number, (at, field, tall)) in places.into_iter().enumerate().skip(hidden) {
            let is_focused = is_focused(at);
            if number > hidden {
                y += if is_focused {
                    plan.around
                } else {
                    plan.between
                };
            }
            let place = Rect { y, ..area }.intersection(area);
            if place.height < if is_focused { 1 } else { tall } {
                break;
            }
            if is_focused {
                draw_question(field, &plan, true, self.now, canvas, place);
                y += plan.question_rows(canvas);
                y += draw_under(canvas, y).unwrap_or(0);
                y += plan.around - plan.between.min(plan.around);
            } else {
                let height = tall;
                draw_answer(field, label, canvas, Rect { height, ..place });
                canvas.add_target(Rect { height, ..place }, ClickTarget::Field(at));
                y += tall;
            }
            below -= 1;
        }
        y += draw_under(canvas, y).unwrap_or(0);
        draw_arrows(canvas, text_columns(area), hidden, below);
        area.bottom().saturating_sub(y)
    }
}

/// What a page is about: the first text on one line, the others on a few.
pub(in crate::ui) fn about_lines(about: &[(&str, Style)], width: u16) -> Vec<Line<'static>> {
    let lines = about.iter().enumerate().flat_map(|(at, (text, style))| {
        let rows = if at == 0 { 1 } else { ABOUT_ROWS };
        let lines = text::wrap(&text::one_line(text), usize::from(width), rows);
        lines.into_iter().map(|line| Line::styled(line, *style))
    });
    lines.collect()
}

/// How many of the first fields are hidden, so that the field after the one with the keys is in
/// sight.
fn hidden_above(places: &[(usize, &FormField, u16)], focus: usize, height: u16) -> usize {
    let at = places.iter().position(|(at, ..)| *at == focus);
    let until = at.map_or(0, |at| (at + 2).min(places.len()));
    let needed = |hidden: usize| {
        let rows = places[hidden..until].iter().map(|(.., rows)| *rows);
        rows.sum::<u16>()
    };
    let most = at.unwrap_or(0);
    (0..most)
        .find(|hidden| needed(*hidden) <= height)
        .unwrap_or(most)
}

/// The columns of a form with nothing beside it.
fn measured(area: Rect) -> Rect {
    let width = area.width.min(TEXT_COLUMNS + FRAME_COLUMNS);
    Rect { width, ..area }
}

/// The columns of text in a panel beside a form.
pub(in crate::ui) fn side_width(canvas: &Canvas, area: Rect) -> usize {
    let (left, beside) = side::columns(canvas, area);
    let column = beside.first().copied().unwrap_or(left);
    usize::from(column.width.saturating_sub(FRAME_COLUMNS))
}

pub(in crate::ui) fn text_columns(area: Rect) -> Rect {
    Rect {
        x: area.x + 2,
        width: area.width.saturating_sub(FRAME_COLUMNS),
        ..area
    }
}

/// Says that another program deleted what a form is about.
pub(in crate::ui) fn draw_deleted_note(canvas: &mut Canvas, row: Rect) {
    let key = canvas.keys.key_name(KeyContext::Form, Action::Save);
    let said = format!("Deleted meanwhile by another program. {key} saves this as a new one.");
    canvas.draw_line(row, Line::styled(said, canvas.theme.wrong));
}

/// Draws two fields that belong side by side.
pub(in crate::ui) fn draw_pair(form: &Form, now: Now, canvas: &mut Canvas, area: Rect) {
    let area = canvas.form_area(area);
    let halves = split_columns(area, area.width / 2 - 1).map(measured);
    for ((at, field), place) in form.fields.iter().enumerate().zip(halves) {
        let width = place.width.saturating_sub(FRAME_COLUMNS);
        let wanted = WantedRows {
            focused: Some(field),
            ..WantedRows::default()
        };
        let plan = FormLayout::new(&wanted, now, width, place.height, canvas);
        draw_question(field, &plan, at == form.focus, now, canvas, place);
        if at != form.focus {
            canvas.add_target(place, ClickTarget::Field(at));
        }
    }
}

/// The rows for the whole answer of a field without the keys.
fn rows_of_answer(field: &FormField, label: usize, width: u16, canvas: &Canvas) -> u16 {
    let rows = match &field.control {
        Control::Panel(panel) if canvas.size.has_frames() && !panel.rows.is_empty() => {
            panel.rows.len() + usize::from(Panel::extra_rows(canvas))
        }
        _ => {
            let width = usize::from(width).saturating_sub(label + 4);
            text::wrap(&answer_text(field), width, plan::MOST_ROWS).len()
        }
    };
    cells(rows).max(1)
}

/// A field without the keys: its label and as much of its answer as fits; a list as a panel.
fn draw_answer(field: &FormField, label: usize, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let frame = Panel::extra_rows(canvas);
    if let Control::Panel(list) = &field.control
        && canvas.size.has_frames()
        && area.height > frame
    {
        let panel = Panel::new(&field.label, control::count_text(list));
        let inner = panel.draw(canvas, area);
        control::draw_list_rows(list, None, canvas, inner);
        return;
    }
    let area = text_columns(area);
    let answer = answer_text(field);
    let (sign, style) = match (&field.error, answer.is_empty()) {
        (Some(_), _) => (sign::MISSED, theme.wrong),
        // It has another text, which is shown once it has the keys.
        _ if field.other_text.is_some() => ("≠", theme.due),
        (None, true) => (sign::OPEN, theme.quiet),
        (None, false) => (sign::DONE, theme.good),
    };
    canvas.draw_line(
        area,
        Line::from(vec![
            Span::styled(format!("{sign} "), style),
            Span::styled(text::clip(&field.label, label), theme.label),
        ]),
    );
    let lead = cells(label + 4);
    let words = Rect {
        x: area.x + lead,
        width: area.width.saturating_sub(lead),
        ..area
    };
    canvas.draw_text(words, &answer, theme.words);
}

/// The question, its help, the field in its panel, and what is said below it.
fn draw_question(
    field: &FormField,
    plan: &FormLayout,
    has_keys: bool,
    now: Now,
    canvas: &mut Canvas,
    area: Rect,
) {
    let theme = *canvas.theme;
    let text_area = text_columns(area);
    let mut rows = text_area.rows();
    let questions = plan.prompt.iter().map(|line| (line, strong(&theme)));
    let helps = plan.help.iter().map(|line| (line, theme.quiet));
    for ((line, style), row) in questions.chain(helps).zip(&mut rows) {
        canvas.draw_line(row, Line::styled(line.as_str(), style));
    }
    let above = cells(plan.prompt.len() + plan.help.len());
    let place = Rect {
        y: area.y.saturating_add(above),
        height: plan.control + Panel::extra_rows(canvas),
        ..area
    }
    .intersection(area);
    if place.height < 2 {
        return;
    }
    let panel = Panel::new(&field.label, amount_text(field, canvas)).focus_if(has_keys);
    let inner = panel.draw(canvas, place);
    if has_keys {
        if !canvas.size.has_frames() {
            for row in inner.rows() {
                let edge = Rect {
                    x: area.x,
                    width: 1,
                    ..row
                };
                canvas.draw_line(edge, Line::styled("│", theme.accent));
            }
        }
        control::draw(field, now, canvas, inner);
    } else if let Control::Panel(list) = &field.control {
        control::draw_list_rows(list, None, canvas, inner);
    } else {
        canvas.draw_text(inner, &answer_text(field), theme.words);
    }
    let below = Rect {
        y: place.bottom(),
        height: area.bottom().saturating_sub(place.bottom()),
        ..text_area
    };
    for (said, row) in plan.said.iter().zip(below.rows()) {
        canvas.draw_line(row, said.line(&theme));
        if let Some(note) = said.note.filter(|_| has_keys) {
            canvas.add_target(row, ClickTarget::Note(note));
        }
    }
}

/// How much is in a field, where there is a frame to say it in.
fn amount_text(field: &FormField, canvas: &Canvas) -> String {
    match &field.control {
        _ if !canvas.size.has_frames() => String::new(),
        Control::Text(editor) if editor.is_multiline() => {
            let text = editor.text();
            match text::word_count(&text) {
                0 => String::new(),
                words => text::counted_noun(words, text::word_noun(&text)),
            }
        }
        Control::Panel(panel) => control::count_text(panel),
        _ => String::new(),
    }
}

fn answer_text(field: &FormField) -> String {
    match &field.control {
        Control::Log(log) => match (log.editor.is_blank(), log.lines.last()) {
            (true, Some(last)) => last.text.clone(),
            _ => log.editor.text(),
        },
        Control::Panel(panel) if panel.editor.is_blank() => {
            let titles: Vec<&str> = panel.rows.iter().map(|row| row.title.as_str()).collect();
            match titles.as_slice() {
                [] => String::new(),
                [only] => text::one_line(only),
                [first @ .., last] => {
                    format!("{} · and {} more", text::one_line(last), first.len())
                }
            }
        }
        // As it is written to be edited, a day far away has the form of a file.
        Control::Day(editor, _) => match editor.text().parse() {
            Ok(day) => calendar::medium_date(day),
            Err(_) => editor.text(),
        },
        control => report::field_text(&control.raw(), &field.kind),
    }
}

/// A value as text, a list with a line for each.
fn value_text(kind: &FieldKind, value: &Value) -> String {
    let mark = if matches!(value, Value::List(_)) {
        "· "
    } else {
        ""
    };
    let lines = value.labels(kind).into_iter();
    let lines: Vec<String> = lines.map(|line| format!("{mark}{line}")).collect();
    lines.join("\n")
}
