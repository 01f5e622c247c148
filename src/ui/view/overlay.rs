//! Overlays: the keys, the palette, a question.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Margin, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use crate::app::editor::Editor;
use crate::app::keys::{Action, Binding, Key, KeyContext, KeyTable};
use crate::app::route::Route;
use crate::app::{ClickTarget, ExpectationChoice, Model, Overlay, Palette, UndoRequest};
use crate::config::ThemeName;
use crate::text;
use crate::ui::widget::{
    Row, box_mark, draw_rows, draw_scroll_bar, draw_text_field, rounded_block, wrapped_lines,
};
use crate::ui::{Canvas, Theme, cells, sign};

pub(in crate::ui) fn draw_overlay(model: &Model, canvas: &mut Canvas, area: Rect) {
    match model.overlay() {
        None => {}
        Some(Overlay::Help(scroll)) => help(model, *scroll, canvas, area),
        Some(Overlay::Palette(palette)) => draw_palette(palette, canvas, area),
        Some(Overlay::Themes(at)) => draw_themes(*at, canvas, area),
        Some(Overlay::Expectations(choice)) => draw_expectations(choice, canvas, area),
        Some(Overlay::FileName(editor)) => draw_file_name(editor, canvas, area),
        Some(Overlay::ConfirmOverwrite { path, .. }) => draw_overwrite_question(path, canvas, area),
        Some(Overlay::ConfirmDiscard) => draw_discard_question(model, canvas, area),
        Some(Overlay::ConfirmUndo(asked)) => draw_undo_question(asked, canvas, area),
    }
}

fn draw_discard_question(model: &Model, canvas: &mut Canvas, area: Rect) {
    let inner = draw_box("Discard this draft?", 60, 6, canvas, area);
    let room = usize::from(inner.width);
    let [words_row, _, question] = Layout::vertical([Length(1); 3]).areas(inner);
    let others = match model.kept_draft_counts().0 {
        0 | 1 => String::new(),
        fields => format!(" and {} more of it", fields - 1),
    };
    let room = room.saturating_sub(text::width(&others) + 2);
    let said = text::clip(&text::one_line(&model.kept_draft_text()), room);
    canvas.draw_line(
        words_row,
        Line::from(vec![
            Span::styled(format!("“{said}”"), canvas.theme.words),
            Span::styled(others, canvas.theme.label),
        ]),
    );
    let does = "discards it for good.";
    draw_confirmation("It was never saved. ", does, canvas, question);
}

/// Asks whether to undo a change from an earlier session.
fn draw_undo_question(asked: &UndoRequest, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let (title, verb) = if asked.redo {
        ("Redo this change?", "redoes it.")
    } else {
        ("Undo this change?", "undoes it.")
    };
    let width = area.width.min(UNDO_COLUMNS);
    // Without the frame and a blank on both sides.
    let room = usize::from(width.saturating_sub(4));
    let mut lines: Vec<Line> = wrapped_lines(&asked.name, (room, 2), theme.words).collect();
    for told in asked.lines.iter().take(3) {
        lines.extend(wrapped_lines(told, (room, 3), theme.label));
    }
    lines.push(Line::default());
    let height = cells(lines.len() + 3);
    let inner = draw_box(title, width, height, canvas, area);
    if let Some(row) = inner.rows().take(lines.len() + 1).last() {
        draw_confirmation("It was not made in this session. ", verb, canvas, row);
    }
    canvas.draw_lines(inner, lines);
}

const UNDO_COLUMNS: u16 = 66;

const HELP_COLUMNS: u16 = 66;

/// The widest column of keys, with the blanks behind it.
const MAX_KEYS: usize = 22;

/// Every key that works on the screen below, and in text.
fn help(model: &Model, scroll: usize, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let mut contexts = model.state().contexts();
    // The keys of all text fields, a filter too, come after those of the screen.
    if model.state().is_typing() {
        contexts.retain(|context| *context != KeyContext::Text);
        let end = contexts.len().saturating_sub(1);
        contexts.insert(end, KeyContext::Text);
    }
    let room = usize::from(area.width.min(HELP_COLUMNS)).saturating_sub(6);
    let mut lines = message_lines(model, room, &theme);
    lines.extend(page_lines(model, room, &theme));
    let keys = help_lines(model, &contexts);
    let named = keys.iter().filter(|(_, label)| !label.is_empty());
    let column = (text::widest(named.map(|(keys, _)| keys)) + 3).min(MAX_KEYS);
    let signs = sign::LEGEND.map(|(signs, meaning)| (signs.to_owned(), meaning.to_owned()));
    let rows = keys
        .into_iter()
        .chain([("Signs".to_owned(), String::new())]);
    for (keys, label) in rows.chain(signs) {
        if label.is_empty() {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.push(Line::styled(keys, theme.heading));
            continue;
        }
        lines.push(Line::from(vec![
            Span::styled(text::fit(&keys, column), theme.accent),
            Span::styled(label, theme.words),
        ]));
    }
    let height = cells(lines.len() + 2);
    let inner = draw_box("Keys", HELP_COLUMNS, height, canvas, area);
    let last = lines.len().saturating_sub(usize::from(inner.height));
    let first = scroll.min(last);
    canvas.set_scroll_offset(first, last);
    draw_scroll_bar(canvas, inner.right() + 1, inner, first, lines.len());
    canvas.draw_lines(inner, lines.into_iter().skip(first));
}

/// The whole message that was on the screen when help was opened, if one row was too short for it.
fn message_lines(model: &Model, room: usize, theme: &Theme) -> Vec<Line<'static>> {
    let Some(notice) = model
        .previous_notice()
        .filter(|notice| !notice.full_text.is_empty())
    else {
        return Vec::new();
    };
    let mut lines = vec![Line::styled("The message", theme.heading)];
    for text in &notice.full_text {
        lines.extend(wrapped_lines(text, (room, 40), theme.words));
    }
    lines
}

/// What the page of the walk is about, with the help of its questions: folded away once it is known.
fn page_lines(model: &Model, room: usize, theme: &Theme) -> Vec<Line<'static>> {
    let Route::Page { practice, page, .. } = model.state().route() else {
        return Vec::new();
    };
    let Some(practice) = model.catalog().practice(&practice) else {
        return Vec::new();
    };
    let helps = practice.steps.iter().filter(|step| step.page == page);
    let helps = helps.filter(|step| !step.help.is_empty());
    let helps = helps.map(|step| format!("{}: {}", step.label, step.help));
    let texts = std::iter::once(practice.intro.clone()).chain(helps);
    let mut lines = vec![Line::styled("This page", theme.heading)];
    for text in texts.filter(|text| !text.is_empty()) {
        lines.extend(wrapped_lines(
            &text::one_line(&text),
            (room, 4),
            theme.words,
        ));
    }
    lines
}

/// Keys and what they do, under headings; a heading has no second part.
fn help_lines(model: &Model, contexts: &[KeyContext]) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut taken: Vec<Key> = Vec::new();
    for context in contexts {
        lines.push((context.help_heading().to_owned(), String::new()));
        // A key that does nothing here is not one of its keys; the next change can be undone.
        let works = |action| {
            matches!(action, Action::Undo | Action::Redo) || model.is_enabled_on_screen(action)
        };
        for binding in model
            .keys()
            .bindings(&[*context])
            .filter(|row| works(row.action))
        {
            if let Action::Practice(number) = binding.action {
                if number == 1 {
                    let count = model.catalog().walk().count().min(9);
                    let keys = practice_keys(model.keys(), count);
                    lines.push((keys, "go to practice".to_owned()));
                }
                continue;
            }
            // A narrower context may use a key for something else, or call it something else.
            let is_free = |key: &Key| !taken.contains(key);
            let keys: Vec<Key> = binding.keys.iter().copied().filter(is_free).collect();
            if keys.is_empty() && !binding.keys.is_empty() {
                continue;
            }
            taken.extend(&keys);
            let free = Binding {
                keys: keys.into(),
                ..binding.clone()
            };
            let names = model.keys().key_names(&free).join("  ");
            let row = (names, model.general_label(binding));
            if !lines.contains(&row) {
                lines.push(row);
            }
        }
        lines.pop_if(|(_, label)| label.is_empty());
    }
    lines
}

/// "1 – 8": the keys of the practices, in one row of the help.
fn practice_keys(keys: &KeyTable, count: usize) -> String {
    let names =
        (1..=count).map(|number| keys.key_name(KeyContext::Browsing, Action::Practice(number)));
    let names: Vec<String> = names.collect();
    let are_digits = names
        .iter()
        .zip(1..)
        .all(|(name, at)| *name == format!("{at}"));
    if are_digits {
        return format!("1 – {count}");
    }
    names.join(" ")
}

fn draw_palette(palette: &Palette, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let matching = palette.matching();
    let inner = draw_box("What would you like to do?", 56, 16, canvas, area);
    let [input, list] = Layout::vertical([Length(2), Fill(1)]).areas(inner);
    canvas.draw_line(Rect { height: 1, ..input }, Line::styled(":", theme.accent));
    let [_, field] = Layout::horizontal([Length(2), Fill(1)]).areas(Rect { height: 1, ..input });
    draw_text_field(&palette.editor, canvas, field);
    if matching.is_empty() {
        canvas.draw_line(list, Line::styled("No command by that name.", theme.quiet));
    }
    let cursor = Some(palette.cursor);
    draw_rows(canvas, list, &matching, cursor, |command| {
        Row::new(" ", theme.quiet)
            .words(&command.label, theme.words)
            .state(&command.key, theme.quiet)
    });
}

/// The themes, at the right, so that the screen can be seen in the one looked at.
fn draw_themes(cursor: usize, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let width = area.width.min(24);
    let area = Rect {
        x: area.right() - width,
        width,
        ..area
    };
    let height = cells(ThemeName::ALL.len() + 2);
    let inner = draw_box("Theme", width, height, canvas, area);
    draw_rows(canvas, inner, &ThemeName::ALL, Some(cursor), |name| {
        Row::new(" ", theme.quiet).words(name.name(), theme.words)
    });
}

fn draw_expectations(choice: &ExpectationChoice, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let rows = cells(choice.rows.len());
    let height = rows.saturating_add(4);
    let inner = draw_box("What is it evidence for?", 76, height, canvas, area);
    let [title, list] = Layout::vertical([Length(2), Fill(1)]).areas(inner);
    let said = Line::styled(text::one_line(&choice.title), theme.words);
    canvas.draw_line(Rect { height: 1, ..title }, said);
    draw_rows(canvas, list, &choice.rows, Some(choice.cursor), |row| {
        let (sign, style) = box_mark(row.is_tied, &theme);
        Row::new(sign, style)
            .words(&row.text, theme.words)
            .state(&row.area, theme.quiet)
    });
}

fn draw_file_name(editor: &Editor, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let inner = draw_box("Export to which file?", 64, 5, canvas, area);
    let [input, _, hint] = Layout::vertical([Length(1); 3]).areas(inner);
    draw_text_field(editor, canvas, input);
    let said = "The extension sets the format: .html, .md or .json";
    canvas.draw_line(hint, Line::styled(said, theme.label));
}

fn draw_overwrite_question(path: &str, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let inner = draw_box("Overwrite this file?", 64, 5, canvas, area);
    let [file, _, question] = Layout::vertical([Length(1); 3]).areas(inner);
    let path = Line::styled(text::one_line(path), theme.words);
    canvas.draw_line(file, path);
    let does = "overwrites it, any other key cancels.";
    draw_confirmation("", does, canvas, question);
}

/// The row of a dialog with a sentence, and what the key does that confirms it; a click on it does
/// that too.
fn draw_confirmation(said: &str, does: &str, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let key = canvas.keys.key_name(KeyContext::Question, Action::Confirm);
    let line = Line::from(vec![
        Span::styled(said, theme.label),
        Span::styled(key, theme.accent),
        Span::styled(format!(" {does}"), theme.label),
    ]);
    canvas.draw_line(area, line);
    canvas.add_target(area, ClickTarget::Action(Action::Confirm));
}

/// Draws a box in the middle of `area`; returns the area inside it.
pub(super) fn draw_box(
    title: &str,
    width: u16,
    height: u16,
    canvas: &mut Canvas,
    area: Rect,
) -> Rect {
    let place = area.centered(
        Length(width.min(area.width)),
        Length(height.min(area.height)),
    );
    let block = rounded_block(canvas.theme.quiet)
        .title(Line::styled(format!(" {title} "), canvas.theme.heading));
    canvas.frame.render_widget(Clear, place);
    let inner = block.inner(place).inner(Margin::new(1, 0));
    canvas.frame.render_widget(block, place);
    inner
}
