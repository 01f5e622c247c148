//! A form: the field with the keys at its full height, every other one on a line.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::control;
use super::rows::{columns, more};
use crate::app::Target;
use crate::app::form::{Control, Form, Input, Other};
use crate::app::keys::{self, Action, Context};
use crate::calendar::{self, Now};
use crate::journal::Value;
use crate::practice::FieldKind;
use crate::ui::Canvas;
use crate::words;

/// Columns for the labels of fields without the keys: at least, and at most.
const LABEL: (usize, usize) = (16, 26);

/// Least rows for the answer of last time.
const LEAST_BESIDE: u16 = 6;

/// Draws a form into `area`; the answer of last time goes to `beside`.
pub(in crate::ui) fn form(
    form: &Form,
    now: Now,
    canvas: &mut Canvas,
    area: Rect,
    beside: Option<Rect>,
) {
    if area.height == 0 || form.fields.is_empty() {
        return;
    }
    let shown: Vec<(usize, &Input)> = form.shown().collect();
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
    let labels = shown.iter().map(|(_, input)| words::width(&input.label));
    let label = labels.max().unwrap_or(0).clamp(LABEL.0, LABEL.1);
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
            canvas.add_target(place, Target::Field(at));
        }
        y += tall;
        below -= 1;
    }
    more(canvas, area, usize::from(hidden), below);
    if let (Some(beside), Some(input)) = (beside, form.focused()) {
        // Beside the field it belongs to, unless there is too little room from there on.
        let down = (at_field - area.y).min(beside.height.saturating_sub(LEAST_BESIDE));
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
    let others = wanted.focused().is_some_and(|input| input.other_text.is_some());
    if others {
        let [left, right] = columns(area, area.width * 5 / 8);
        form(wanted, now, canvas, left, Some(right));
    } else {
        let width = area.width.min(96);
        form(wanted, now, canvas, Rect { width, ..area }, None);
    }
}

/// Says that another program deleted what a form is about.
pub(in crate::ui) fn gone(canvas: &mut Canvas, row: Rect) {
    let key = keys::name(Context::Form, Action::Save);
    let said = format!("Deleted meanwhile by another program. {key} saves this as a new one.");
    let said = words::clip(&said, usize::from(row.width));
    canvas.line(row, Line::styled(said, canvas.theme.wrong));
}

/// Draws two fields that belong side by side, each at its full height.
pub(in crate::ui) fn pair(
    inputs: &[Input],
    focus: usize,
    now: Now,
    canvas: &mut Canvas,
    area: Rect,
) {
    let halves = columns(area, area.width / 2 - 1);
    for (at, (input, place)) in inputs.iter().zip(halves).enumerate() {
        if at == focus {
            focused(input, now, canvas, place);
        } else {
            draw_unfocused(input, canvas, place);
            canvas.add_target(place, Target::Field(at));
        }
    }
}

/// A field without the keys, with all its text.
fn draw_unfocused(input: &Input, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let row = Rect { height: 1, ..area };
    canvas.line(
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
            let titles = panel.rows.iter().map(|item| words::one_line(&item.title));
            let lines: Vec<String> = titles.map(|title| format!("· {title}")).collect();
            lines.join("\n")
        }
        control => said(&input.kind, &control.raw()),
    };
    if said.is_empty() {
        canvas.text(words, &input.prompt, theme.quiet);
    } else {
        canvas.text(words, &said, theme.words);
    }
}

/// A field without the keys: its label and as much of its text as fits.
fn collapsed(input: &Input, label: usize, canvas: &mut Canvas, area: Rect) {
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
            format!("{}  ", words::fit(&input.label, label)),
            canvas.theme.label,
        ),
        Span::styled(words::clip(&preview, room), canvas.theme.words),
    ]);
    canvas.line(area, line);
}

/// The field with the keys: label, question, help, the control, and what is wrong.
fn focused(input: &Input, now: Now, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    canvas.line(
        Rect { height: 1, ..area },
        Line::styled(format!("▸ {}", input.label), theme.accent),
    );
    let bottom = area.bottom();
    let row = |y| Rect::new(area.x + 2, y, area.width.saturating_sub(2), 1);
    let said = lines_below(input, now, area.width.saturating_sub(2));
    let below = u16::try_from(said.len()).unwrap_or(0);
    let mut y = area.y + 1;
    for (text, style) in [(&input.prompt, theme.label), (&input.help, theme.quiet)] {
        for line in wrapped(text, area.width.saturating_sub(2)) {
            // The control always needs a row.
            if y + 1 + below >= bottom {
                break;
            }
            canvas.line(row(y), Line::styled(line, style));
            y += 1;
        }
    }
    let control = Rect {
        height: bottom.saturating_sub(y + below).max(1),
        ..row(y)
    }
    .intersection(area);
    for row in control.y..control.bottom() {
        canvas.line(
            Rect::new(area.x, row, 1, 1),
            Line::styled("│", theme.accent),
        );
    }
    control::draw(&input.control, now, canvas, control);
    if let Some(name) = input.completion() {
        control::offered(name.rest, &input.control, canvas, control);
    }
    let style = match (&input.error, &input.control) {
        (Some(_), _) => theme.wrong,
        (None, Control::Panel(_)) => theme.quiet,
        (None, _) => theme.accent,
    };
    for (at, line) in said.into_iter().enumerate() {
        let y = control.bottom() + u16::try_from(at).unwrap_or(0);
        if y < bottom {
            canvas.line(row(y), Line::styled(line, style));
        }
    }
}

/// The lines below a field: what is wrong with it, the day that it means, how many more its list
/// has, what became of it.
fn lines_below(input: &Input, now: Now, width: u16) -> Vec<String> {
    let said = match (&input.error, &input.control) {
        (Some(wrong), _) => return wrapped(&format!("✗ {}", words::one_line(wrong)), width),
        (None, Control::Day(editor, direction)) if !editor.is_blank() => {
            let day = calendar::parse_day(&editor.text(), now, *direction);
            day.map(|day| format!("= {}", calendar::in_words(day, now.today())))
                .ok()
        }
        (None, Control::Panel(panel)) if panel.hidden_count > 0 => {
            Some(format!("and {} more in the list", panel.hidden_count))
        }
        _ => None,
    };
    let mut lines = said.map_or_else(Vec::new, |said| wrapped(&said, width));
    let became = input.notes.iter();
    let width = usize::from(width);
    lines.extend(became.flat_map(|line| words::wrap(&words::one_line(line), width, 2)));
    lines
}

/// Another text of the same field, the answer of last time, or what belongs here.
fn draw_beside(input: &Input, now: Now, canvas: &mut Canvas, area: Rect) {
    let key = |action| keys::name(Context::Form, action);
    let (heading, text) = match (&input.other_text, &input.last_answer, &input.control) {
        (Some(Other::SavedMeanwhile(value)), ..) => (
            "Saved meanwhile elsewhere".to_owned(),
            format!(
                "{}\n\n{} saves yours in its place, {} adds it to yours.",
                said(&input.kind, value),
                key(Action::Save),
                key(Action::CopyLast),
            ),
        ),
        (Some(Other::Unsettled(value)), _, control) => {
            let copies = match control {
                Control::Text(_) if value.is_empty() => String::new(),
                Control::Text(_) => format!(", {} adds it to yours", key(Action::CopyLast)),
                _ => format!(", {} uses it here", key(Action::CopyLast)),
            };
            let text = match said(&input.kind, value) {
                text if text.is_empty() => "empty".to_owned(),
                text => match calendar::parse_iso_date(&text) {
                    Some(day) => calendar::short(day, now.today()),
                    None => text,
                },
            };
            let settle = key(Action::Settle);
            (
                "≠ On another machine".to_owned(),
                format!("{text}\n\n{settle} settles which one counts{copies}."),
            )
        }
        (Some(Other::OlderDraft(value)), ..) => (
            "Your older draft, not saved".to_owned(),
            format!(
                "{}\n\n{} copies it.",
                said(&input.kind, value),
                key(Action::CopyLast),
            ),
        ),
        (None, Some(last), _) => (last.when.clone(), said(&input.kind, &last.value)),
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
    canvas.line(Rect { height: 1, ..area }, Line::styled(heading, style));
    canvas.text(rest, &text, canvas.theme.quiet);
}

fn said(kind: &FieldKind, value: &Value) -> String {
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
fn preview(input: &Input) -> String {
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
    words::one_line(&text)
}

/// The rows that a field with the keys would like to have.
fn wanted_height(input: &Input, now: Now, width: u16) -> u16 {
    let inner = width.saturating_sub(2);
    let lines = |text: &str| wrapped(text, inner).len();
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
fn wrapped(text: &str, width: u16) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    textwrap::wrap(text, usize::from(width.max(1)))
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect()
}
