//! What the user did: keys, pastes and the mouse, read from the terminal.
//!
//! Knows what a terminal sends, not what a key means.

use std::io;
use std::time::Duration;

use crossterm::event::{self, Event, KeyEventKind, MouseButton, MouseEventKind};

use crate::app::Msg;

/// As many events as are applied before the screen is drawn and signals are looked at again, so
/// that a flood cannot shut them out.
const BATCH: usize = 1_000;

/// crossterm looks at the terminal only while some of its time-out is left, so a time-out of zero
/// finds nothing. poll(2) counts milliseconds: less than one of them does not wait.
const NO_WAIT: Duration = Duration::from_micros(50);

/// One thing the user did.
#[derive(Debug)]
pub(super) enum Input {
    /// Something that says by itself what it is.
    Msg(Msg),
    /// A click at this column and row, from 0; what lies there, the last frame knows.
    Click(u16, u16),
}

/// What was done since the last look.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// In order.
    pub(super) inputs: Vec<Input>,
    /// Whether some were left for the next batch.
    pub(super) more: bool,
}

/// Takes what waits, without waiting.
///
/// A partial escape sequence stays with crossterm until the rest of it comes; that this does not
/// block is owed to the terminal being read through a description that does not (see `tty`).
pub(super) fn waiting() -> io::Result<Batch> {
    let mut batch = Batch::default();
    for _ in 0..BATCH {
        if !event::poll(NO_WAIT)? {
            return Ok(batch);
        }
        batch.inputs.extend(input(event::read()?));
    }
    batch.more = true;
    Ok(batch)
}

/// Sizes are told by the signal alone: crossterm notices the same one, and one is enough.
fn input(event: Event) -> Option<Input> {
    let msg = match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Msg::Key(key),
        Event::Paste(text) => Msg::Paste(lines(&text)),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                return Some(Input::Click(mouse.column, mouse.row));
            }
            MouseEventKind::ScrollUp => Msg::Wheel { up: true },
            MouseEventKind::ScrollDown => Msg::Wheel { up: false },
            _ => return None,
        },
        Event::Key(_) | Event::Resize(..) | Event::FocusGained | Event::FocusLost => return None,
    };
    Some(Input::Msg(msg))
}

/// Terminals send the Return key for each line break of a paste.
fn lines(pasted: &str) -> String {
    pasted.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseEvent};

    use super::*;

    #[test]
    fn a_paste_has_the_line_breaks_of_a_text() {
        let pasted = Event::Paste("one\rtwo\r\nthree\n".to_owned());
        let Some(Input::Msg(Msg::Paste(text))) = input(pasted) else {
            panic!("a paste is a message");
        };
        assert_eq!(text, "one\ntwo\nthree\n");
    }

    #[test]
    fn releases_movements_and_sizes_say_nothing() {
        let mouse = |kind| {
            Event::Mouse(MouseEvent {
                kind,
                column: 0,
                row: 0,
                modifiers: KeyModifiers::NONE,
            })
        };
        let key = |kind| {
            let (code, modifiers) = (KeyCode::Char('q'), KeyModifiers::NONE);
            Event::Key(KeyEvent::new_with_kind(code, modifiers, kind))
        };
        assert!(input(mouse(MouseEventKind::Moved)).is_none());
        assert!(input(mouse(MouseEventKind::Down(MouseButton::Right))).is_none());
        assert!(input(mouse(MouseEventKind::Down(MouseButton::Left))).is_some());
        assert!(input(key(KeyEventKind::Release)).is_none());
        assert!(input(key(KeyEventKind::Repeat)).is_some());
        assert!(input(Event::Resize(80, 24)).is_none());
    }
}
