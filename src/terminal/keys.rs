//! What the user did: keys, pastes and the mouse, read from the terminal.
//!
//! Knows what a terminal sends, not what a key means.

use std::io;
use std::time::Duration;

use crossterm::event::{self, Event, KeyEventKind, MouseButton, MouseEventKind};

use crate::app::Msg;
use crate::ui::Regions;

/// As many events as are applied before the screen is drawn and signals are looked at again, so
/// that a flood cannot shut them out.
const BATCH: usize = 1_000;

/// crossterm looks at the terminal only while some of its time-out is left, so a time-out of zero
/// finds nothing. poll(2) counts milliseconds: less than one of them does not wait.
const NO_WAIT: Duration = Duration::from_micros(50);

/// Keys that came together.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// What they say, in order.
    pub(super) msgs: Vec<Msg>,
    /// Whether some were left for the next batch.
    pub(super) more: bool,
}

/// Takes what waits, without waiting; `regions` says what lies where on the screen.
///
/// A partial escape sequence stays with crossterm until the rest of it comes; that this does not
/// block is owed to the terminal being read through a description that does not (see `tty`).
pub(super) fn waiting(regions: &Regions) -> io::Result<Batch> {
    let mut batch = Batch::default();
    for _ in 0..BATCH {
        if !event::poll(NO_WAIT)? {
            return Ok(batch);
        }
        batch.msgs.extend(msg(event::read()?, regions));
    }
    batch.more = true;
    Ok(batch)
}

/// Sizes are told by the signal alone: crossterm notices the same one, and one is enough.
fn msg(event: Event, regions: &Regions) -> Option<Msg> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Msg::Key(key)),
        Event::Paste(text) => Some(Msg::Paste(lines(&text))),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::ScrollUp => Some(Msg::Wheel { up: true }),
            MouseEventKind::ScrollDown => Some(Msg::Wheel { up: false }),
            MouseEventKind::Down(MouseButton::Left) => {
                regions.at(mouse.column, mouse.row).map(Msg::Click)
            }
            _ => None,
        },
        Event::Key(_) | Event::Resize(..) | Event::FocusGained | Event::FocusLost => None,
    }
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
        let Some(Msg::Paste(text)) = msg(pasted, &Regions::default()) else {
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
        let msg = |event| msg(event, &Regions::default());
        assert!(msg(mouse(MouseEventKind::Moved)).is_none());
        assert!(msg(mouse(MouseEventKind::Down(MouseButton::Left))).is_none());
        assert!(msg(mouse(MouseEventKind::ScrollUp)).is_some());
        assert!(msg(key(KeyEventKind::Release)).is_none());
        assert!(msg(key(KeyEventKind::Repeat)).is_some());
        assert!(msg(Event::Resize(80, 24)).is_none());
    }
}
