//! The inbox: the notes that wait, and where one may belong; and the line that catches a note.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::text::Line;

use super::overlay::draw_box;
use crate::app::Model;
use crate::app::form::Control;
use crate::app::keys::{Action, KeyContext};
use crate::app::screen::{InboxPage, NoteForm, NoteRow, Places};
use crate::text;
use crate::ui::widget::{self, Row, draw_text_field};
use crate::ui::{Canvas, cells};

/// The kinds of places, with what each is.
const KINDS: [(Action, &str); 5] = [
    (Action::PlaceInAnswer, "to an answer of this week or month"),
    (
        Action::PlaceInList,
        "to a list: a problem, a skill, a decision",
    ),
    (Action::CommitFrom, "make it a commitment"),
    (Action::PlaceAsEvidence, "evidence of something open"),
    (Action::LetGo, "let it go"),
];

/// The columns of the box for a note, with its frame, and the rows its text has at most.
const NOTE_COLUMNS: u16 = 72;
const NOTE_ROWS: usize = 6;

/// Rows for the places, with their heading.
const PLACE_ROWS: u16 = 6;

pub(super) fn draw(screen: &InboxPage, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let Some(note) = screen.chosen() else {
        let inbox = model.catalog().inbox().map(|(register, _)| register);
        if let Some(register) = inbox {
            widget::draw_empty(canvas, area, &register.about, &register.example);
        }
        return;
    };
    let wanted = cells(screen.notes.len());
    let places = match &screen.places {
        Some(places) => 1 + cells(places.options.len()),
        None => PLACE_ROWS,
    };
    let least = PLACE_ROWS.min(places);
    let words = text::wrap(&note.text, usize::from(area.width), 3).len();
    let words = cells(words);
    let room = area.height.saturating_sub(3 + words + least);
    // Once a note is chosen, the places need the room of the list.
    let (listed, gap) = match &screen.places {
        Some(_) => (0, 0),
        None => (wanted.min(room).max(1), 1),
    };
    let [_, list, _, text, _, below] = Layout::vertical([
        Length(1),
        Length(listed),
        Length(gap),
        Length(words),
        Length(1),
        Fill(1),
    ])
    .areas(area);
    let row = |note: &NoteRow| {
        Row::new(" ", theme.quiet)
            .words(note.text.lines().next().unwrap_or_default(), theme.words)
            .state(&note.when, theme.quiet)
    };
    widget::draw_rows(canvas, list, &screen.notes, Some(screen.cursor), row);
    canvas.draw_text(text, &note.text, theme.words);
    match &screen.places {
        Some(places) => draw_places(places, canvas, below),
        None => draw_kinds(canvas, below),
    }
}

fn draw_kinds(canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let mut rows = area.rows();
    if let Some(row) = rows.next() {
        canvas.draw_line(row, Line::styled("Where does it belong?", theme.heading));
    }
    widget::draw_offers(&KINDS, KeyContext::Inbox, "  ", canvas, rows);
}

fn draw_places(places: &Places, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let [head, list] = Layout::vertical([Length(1), Fill(1)]).areas(area);
    canvas.draw_line(head, Line::styled(places.title, theme.heading));
    let keys = canvas.keys;
    let rows: Vec<_> = (1..).zip(&places.options).collect();
    let cursor = Some(places.cursor);
    widget::draw_rows(canvas, list, &rows, cursor, |(number, place)| {
        let key = keys.key_name(KeyContext::Place, Action::Take(*number));
        Row::new(format!("{key:1}"), theme.accent)
            .words(&place.name, theme.words)
            .state(&place.within, theme.quiet)
    });
}

/// A box over the screen behind it.
pub(super) fn draw_note(note: &NoteForm, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let field = note.form.focused();
    let editor = match field.map(|field| &field.control) {
        Some(Control::Text(editor)) => Some(editor),
        _ => None,
    };
    let columns = usize::from(area.width.min(NOTE_COLUMNS).saturating_sub(4));
    // The cursor stands behind the text.
    let lines = editor.map(|editor| text::wrap(&(editor.text() + "_"), columns, NOTE_ROWS).len());
    let rows = lines
        .and_then(|lines| u16::try_from(lines).ok())
        .unwrap_or(1);
    let inner = draw_box("A note for the inbox", NOTE_COLUMNS, rows + 4, canvas, area);
    let [input, _, hint] = Layout::vertical([Length(rows), Length(1), Length(1)]).areas(inner);
    if let Some(editor) = editor {
        draw_text_field(editor, canvas, input);
    }
    let error = field.and_then(|field| field.error.as_deref());
    let (said, style) = match error {
        Some(error) => (error, theme.wrong),
        None => ("The next walk asks where it belongs.", theme.label),
    };
    canvas.draw_line(hint, Line::styled(said, style));
}
