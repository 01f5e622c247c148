//! A form: the field with the keys at its full height, every other one on a line.

use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::control;
use super::rows::{draw_arrows, split_columns};
use crate::app::ClickTarget;
use crate::app::form::{Control, Form, FormField, OtherText};
use crate::app::keys::{self, Action, KeyContext};
use crate::calendar::{self, Now};
use crate::journal::Value;
use crate::practice::FieldKind;
use crate::text;
use crate::ui::Canvas;

/// Columns for the labels of fields without the keys: at least, and at most.
const LABEL_WIDTHS: (usize, usize) = (16, 26);

/// Least rows for the answer of last time.
const MIN_BESIDE: u16 = 6;

/// Draws a form into `area`; the answer of last time goes to `beside`.
pub(in crate::ui) fn draw_form(
    form: &Form,
    now: Now,
    canvas: &mut Canvas,
    area: Rect,
    beside: Option<Rect>,
) {
    if area.height == 0 || form.fields.is_empty() {
        return;
    }
    let area = canvas.form_area(area);
    let beside = beside.filter(|_| !canvas.has_panel());
    let shown: Vec<(usize, &FormField)> = form.visible_fields().collect();
    let focus = shown.iter().position(|(at, _)| *at == form.focus);
    let others = u16::try_from(shown.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let room = area.height.saturating_sub(others).max(area.height.min(9));
    let height = form
        .focused()
        .map_or(0, |input| wanted_height(input, now, area.width).min(room));
    let above = u16::try_from(focus.unwrap_or(0)).unwrap_or(u16::MAX);
    let total = others.saturating_add(height);
    let hidden = if total <= area.height {
        0
    } else {
        // One row below the field with the keys stays in sight, where there is one.
        (above + height + 1).min(total).saturating_sub(area.height)
    };
    let labels = shown.iter().map(|(_, input)| text::width(&input.label));
    let label = labels
        .max()
        .unwrap_or(0)
        .clamp(LABEL_WIDTHS.0, LABEL_WIDTHS.1);
    let mut y = area.y;
    let mut at_field = area.y;
    let mut below = shown.len().saturating_sub(usize::from(hidden));
    for (at, input) in shown.into_iter().skip(usize::from(hidden)) {
        let tall = if at == form.focus { height } else { 1 };
        if y + tall > area.bottom() {
            break;
        }
        let place = Rect::new(area.x, y, area.width, tall);
        if at == form.focus {
            at_field = y;
            focused(input, now, canvas, place);
        } else {
            collapsed(input, label, canvas, place);
            canvas.add_target(place, ClickTarget::Field(at));
        }
        y += tall;
        below -= 1;
    }
    draw_arrows(canvas, area, usize::from(hidden), below);
    if let (Some(beside), Some(input)) = (beside, form.focused()) {
        // Beside the field it belongs to, unless there is too little room from there on.
        let down = (at_field - area.y).min(beside.height.saturating_sub(MIN_BESIDE));
        let beside = Rect {
            y: beside.y + down,
            height: beside.height - down,
            ..beside
        };
        draw_beside(input, now, canvas, beside);
    }
}

/// Draws a form with nothing beside it, except another text of the field with the keys.
pub(in crate::ui) fn draw_form_alone(wanted: &Form, now: Now, canvas: &mut Canvas, area: Rect) {
    let others = wanted
        .focused()
        .is_some_and(|input| input.other_text.is_some());
    if others {
        let [left, right] = split_columns(area, area.width * 5 / 8);
        draw_form(wanted, now, canvas, left, Some(right));
    } else {
        let width = area.width.min(96);
        draw_form(wanted, now, canvas, Rect { width, ..area }, None);
    }
}

/// Says that another program deleted what a form is about.
pub(in crate::ui) fn draw_deleted_note(canvas: &mut Canvas, row: Rect) {
    let key = keys::key_name(KeyContext::Form, Action::Save);
    let said = format!("Deleted meanwhile by another program. {key} saves this as a new one.");
    let said = text::clip(&said, usize::from(row.width));
    canvas.draw_line(row, Line::styled(said, canvas.theme.wrong));
}

/// Draws two fields that belong side by side, each at its full height.
pub(in crate::ui) fn draw_pair(
    inputs: &[FormField],
    focus: usize,
    now: Now,
    canvas: &mut Canvas,
    area: Rect,
) {
    let area = canvas.form_area(area);
    let halves = split_columns(area, area.width / 2 - 1);
    for (at, (input, place)) in inputs.iter().zip(halves).enumerate() {
        if at == focus {
            focused(input, now, canvas, place);
        } else {
            draw_unfocused(input, canvas, place);
            canvas.add_target(place, ClickTarget::Field(at));
        }
    }
}

/// A field without the keys, with all its text.
fn draw_unfocused(input: &FormField, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let row = Rect { height: 1, ..area };
    canvas.draw_line(
        row,
        Line::styled(format!("  {}", input.label), theme.heading),
    );
    let words = Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(1),
    };
    let said = match &input.control {
        Control::Panel(panel) => {
            let titles = panel.rows.iter().map(|item| text::one_line(&item.title));
            let lines: Vec<String> = titles.map(|title| format!("· {title}")).collect();
            lines.join("\n")
        }
        control => value_text(&input.kind, &control.raw()),
    };
    if said.is_empty() {
        canvas.draw_text(words, &input.prompt, theme.quiet);
    } else {
        canvas.draw_text(words, &said, theme.words);
    }
}

/// A field without the keys: its label and as much of its text as fits.
fn collapsed(input: &FormField, label: usize, canvas: &mut Canvas, area: Rect) {
    let preview = preview(input);
    let (sign, style) = match (&input.error, preview.is_empty()) {
        (Some(_), _) => ("✗", canvas.theme.wrong),
        // It has another text, which is shown once it has the keys.
        _ if input.other_text.is_some() => ("≠", canvas.theme.due),
        (None, true) => ("○", canvas.theme.quiet),
        (None, false) => ("●", canvas.theme.good),
    };
    let room = usize::from(area.width).saturating_sub(label + 4);
    let line = Line::from(vec![
        Span::styled(format!("{sign} "), style),
        Span::styled(
            format!("{}  ", text::fit(&input.label, label)),
            canvas.theme.label,
        ),
        Span::styled(text::clip(&preview, room), canvas.theme.words),
    ]);
    canvas.draw_line(area, line);
}

/// The field with the keys: label, question, help, the control, and what is wrong.
fn focused(input: &FormField, now: Now, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    canvas.draw_line(
        Rect { height: 1, ..area },
        Line::styled(format!("▸ {}", input.label), theme.accent),
    );
    let bottom = area.bottom();
    let row = |y| Rect::new(area.x + 2, y, area.width.saturating_sub(2), 1);
    let said = lines_below(input, now, area.width.saturating_sub(2));
    let below = u16::try_from(said.len()).unwrap_or(0);
    let mut y = area.y + 1;
    // The question is the brightest line of the page.
    let question = theme.words.add_modifier(Modifier::BOLD);
    for (text, style) in [(&input.prompt, question), (&input.help, theme.quiet)] {
        for line in wrap_lines(text, area.width.saturating_sub(2)) {
            // The control always needs a row.
            if y + 1 + below >= bottom {
                break;
            }
            canvas.draw_line(row(y), Line::styled(line, style));
            y += 1;
        }
    }
    let control = Rect {
        height: bottom.saturating_sub(y + below).max(1),
        ..row(y)
    }
    .intersection(area);
    for row in control.y..control.bottom() {
        canvas.draw_line(
            Rect::new(area.x, row, 1, 1),
            Line::styled("│", theme.accent),
        );
    }
    control::draw(&input.control, now, canvas, control);
    if let Some(name) = input.completion() {
        control::draw_completion(name.suffix, &input.control, canvas, control);
    }
    let style = match (&input.error, &input.control) {
        (Some(_), _) => theme.wrong,
        (None, Control::Panel(_)) => theme.quiet,
        (None, _) => theme.accent,
    };
    for (at, line) in said.into_iter().enumerate() {
        let y = control.bottom() + u16::try_from(at).unwrap_or(0);
        if y < bottom {
            canvas.draw_line(row(y), Line::styled(line, style));
        }
    }
}

/// The lines below a field: what is wrong with it, the day that it means, how many more its list
/// has, what became of it.
fn lines_below(input: &FormField, now: Now, width: u16) -> Vec<String> {
    let said = match (&input.error, &input.control) {
        (Some(wrong), _) => return wrap_lines(&format!("✗ {}", text::one_line(wrong)), width),
        (None, Control::Day(editor, direction)) if !editor.is_blank() => {
            let day = calendar::parse_day(&editor.text(), now, *direction);
            day.map(|day| format!("= {}", calendar::date_and_distance(day, now.today())))
                .ok()
        }
        (None, Control::Panel(panel)) if panel.hidden_count > 0 => {
            Some(format!("and {} more in the list", panel.hidden_count))
        }
        _ => None,
    };
    let mut lines = said.map_or_else(Vec::new, |said| wrap_lines(&said, width));
    let became = input.notes.iter();
    let width = usize::from(width);
    lines.extend(became.flat_map(|line| text::wrap(&text::one_line(line), width, 2)));
    lines
}

/// Another text of the same field, the answer of last time, or what belongs here.
fn draw_beside(input: &FormField, now: Now, canvas: &mut Canvas, area: Rect) {
    let key = |action| keys::key_name(KeyContext::Form, action);
    let (heading, text) = match (&input.other_text, &input.last_answer, &input.control) {
        (Some(OtherText::SavedMeanwhile(value)), ..) => (
            "Saved meanwhile elsewhere".to_owned(),
            format!(
                "{}\n\n{} saves yours in its place, {} adds it to yours.",
                value_text(&input.kind, value),
                key(Action::Save),
                key(Action::CopyLast),
            ),
        ),
        (Some(OtherText::Unsettled(value)), _, control) => {
            let copies = match control {
                Control::Text(_) if value.is_empty() => String::new(),
                Control::Text(_) => format!(", {} adds it to yours", key(Action::CopyLast)),
                _ => format!(", {} uses it here", key(Action::CopyLast)),
            };
            let text = match value_text(&input.kind, value) {
                text if text.is_empty() => "empty".to_owned(),
                text => match calendar::parse_iso_date(&text) {
                    Some(day) => calendar::short_date(day, now.today()),
                    None => text,
                },
            };
            let settle = key(Action::Settle);
            (
                "≠ On another machine".to_owned(),
                format!("{text}\n\n{settle} settles which one counts{copies}."),
            )
        }
        (Some(OtherText::OlderDraft(value)), ..) => (
            "Your older draft, not saved".to_owned(),
            format!(
                "{}\n\n{} copies it.",
                value_text(&input.kind, value),
                key(Action::CopyLast),
            ),
        ),
        (None, Some(last), _) => (last.when.clone(), value_text(&input.kind, &last.value)),
        (None, None, Control::Panel(panel)) if panel.rows.is_empty() => (
            "What belongs here".to_owned(),
            format!("{}\n\nFor example: {}", panel.about, panel.example),
        ),
        _ => return,
    };
    let rest = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    let style = match &input.other_text {
        Some(_) => canvas.theme.due,
        None => canvas.theme.heading,
    };
    canvas.draw_line(Rect { height: 1, ..area }, Line::styled(heading, style));
    canvas.draw_text(rest, &text, canvas.theme.quiet);
}

fn value_text(kind: &FieldKind, value: &Value) -> String {
    match value {
        Value::Text(text) => kind.label(text).to_owned(),
        Value::List(list) => {
            let labels: Vec<String> = list
                .iter()
                .map(|one| format!("· {}", kind.label(one)))
                .collect();
            labels.join("\n")
        }
        Value::Log(lines) => {
            let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
            lines.join("\n")
        }
    }
}

/// A field's text on one line.
fn preview(input: &FormField) -> String {
    let text = match &input.control {
        Control::Log(log) => match (log.editor.is_blank(), log.lines.last()) {
            (true, Some(last)) => last.text.clone(),
            _ => log.editor.text(),
        },
        Control::Panel(panel) if panel.editor.is_blank() => {
            let titles: Vec<&str> = panel.rows.iter().map(|row| row.title.as_str()).collect();
            match titles.as_slice() {
                [] => String::new(),
                [only] => (*only).to_owned(),
                [first @ .., last] => format!("{last} · and {} more", first.len()),
            }
        }
        control => match control.raw() {
            Value::Text(text) => input.kind.label(&text).to_owned(),
            Value::List(list) => {
                let labels: Vec<&str> = list.iter().map(|one| input.kind.label(one)).collect();
                labels.join(", ")
            }
            Value::Log(_) => String::new(),
        },
    };
    text::one_line(&text)
}

/// The rows that a field with the keys would like to have.
fn wanted_height(input: &FormField, now: Now, width: u16) -> u16 {
    let inner = width.saturating_sub(2);
    let lines = |text: &str| wrap_lines(text, inner).len();
    let control = match &input.control {
        // Prose takes all the room there is.
        Control::Text(editor) if editor.is_multiline() => usize::from(u16::MAX / 2),
        Control::Text(editor) => lines(&editor.text()).max(1) + 1,
        Control::Day(..) => 1,
        Control::Pick(pick) => pick.choices.len() + usize::from(pick.own.is_some()),
        Control::Log(log) => log.lines.len() + 3,
        Control::Panel(panel) => panel.rows.len() + 1,
    };
    let below = lines_below(input, now, inner).len();
    let wanted = 1 + lines(&input.prompt) + lines(&input.help) + control + below;
    u16::try_from(wanted).unwrap_or(u16::MAX)
}

/// `text` in lines of at most `width` columns; none if it is empty.
fn wrap_lines(text: &str, width: u16) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    textwrap::wrap(text, usize::from(width.max(1)))
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect()
}
