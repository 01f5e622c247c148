//! Reads what the user does in the terminal: keys, pastes and the mouse.
//!
//! Knows what a terminal sends, not what a key means.

use std::io;
use std::time::{Duration, Instant};

use crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};

use super::reports::Reports;
use super::sequences::Sequences;
use super::tty::Tty;
use crate::app::Msg;

/// The most events handled before the screen is drawn and signals are checked again, so that a
/// flood cannot block them.
const BATCH: usize = 1_000;

/// crossterm checks the terminal only while some of its time-out is left, so a time-out of zero
/// finds nothing. poll(2) counts milliseconds: less than one does not wait.
const NO_WAIT: Duration = Duration::from_micros(50);

/// How long to ask crossterm for the next part of a sequence or paste that it may have read: on a busy
/// machine, [`NO_WAIT`] may be over before it looks.
const AT_HAND: Duration = Duration::from_millis(5);

/// Longer than a terminal pauses in the middle of a paste, shorter than a hand needs for the next
/// key.
const BREATH: Duration = Duration::from_millis(30);

#[derive(Debug)]
pub(super) enum UserInput {
    /// A message for the model.
    Msg(Msg),
    /// The button was pressed at this column and row, from 0; the last frame knows what is there.
    Press(u16, u16),
    Release(u16, u16),
    /// The pointer of the mouse is there now.
    Move(u16, u16),
    /// The window lost the focus, and the pointer may be in another one.
    Away,
}

impl UserInput {
    pub(super) fn key(&self) -> Option<KeyEvent> {
        match self {
            Self::Msg(Msg::Key(key)) => Some(*key),
            Self::Msg(_) | Self::Press(..) | Self::Release(..) | Self::Move(..) | Self::Away => {
                None
            }
        }
    }
}

/// The inputs since the last read.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) inputs: Vec<UserInput>,
    /// Whether the terminal may have other colours: its window got the focus, or it said so.
    pub(super) recolored: bool,
    /// Whether some are left for the next batch.
    pub(super) more: bool,
}

/// The state of reading from the terminal.
#[derive(Debug, Default)]
pub(super) struct InputReader {
    /// Takes out what crossterm does not understand.
    reports: Reports,
    /// Joins what crossterm splits.
    sequences: Sequences,
    /// Whether the next input may still belong to a paste.
    pasting: bool,
    /// Whether a key was ignored because of that.
    ignored_key: bool,
}

/// The user may have pressed it, on a slow line that delivers it together with the paste.
const LEFT_OUT: &str = "Ignored a key sent with the paste; press it again if you meant it.";

impl InputReader {
    /// The terminal was asked; returns until when its answers are expected.
    pub(super) fn expect_answers(&mut self, count: usize) -> Instant {
        self.sequences.expect(count, Instant::now())
    }

    /// The answers since the last call, and whether the last one expected is among them.
    pub(super) fn take_answers(&mut self) -> (Vec<String>, bool) {
        self.sequences.take_answers()
    }

    /// Reads the pending inputs without waiting, except a moment for the rest of a paste.
    ///
    /// A partial escape sequence stays in crossterm until the rest of it comes; this does not block
    /// because what crossterm reads never does (see `tty`).
    pub(super) fn read_pending(&mut self, tty: &Tty) -> io::Result<Batch> {
        self.read(tty, 1)
    }

    /// The same before a wait: what crossterm has read and keeps would stay there until a byte comes.
    pub(super) fn read_before_wait(&mut self, tty: &Tty) -> io::Result<Batch> {
        self.read(tty, 3)
    }

    fn read(&mut self, tty: &Tty, asks: usize) -> io::Result<Batch> {
        let mut batch = Batch::default();
        for _ in 0..BATCH {
            let open = self.sequences.wait_time(BREATH, NO_WAIT, Instant::now());
            let patience = if self.pasting {
                BREATH
            } else {
                open.unwrap_or(NO_WAIT)
            };
            let came = self.wait_for_event(tty, patience, asks)?;
            batch.recolored |= self.reports.take_recolored();
            if came {
                let event = event::read()?;
                batch.recolored |= event == Event::FocusGained;
                for event in self.sequences.push(event, Instant::now()) {
                    self.accept(event, &mut batch.inputs);
                }
                batch.recolored |= self.sequences.take_recolored();
            } else if open.is_some() {
                for event in self.sequences.give_up() {
                    self.accept(event, &mut batch.inputs);
                }
            } else {
                self.rest(&mut batch.inputs);
                return Ok(batch);
            }
        }
        batch.more = true;
        Ok(batch)
    }

    /// Whether an event came within `patience`. crossterm is asked this often for what it has read, and
    /// then until it has read all that was passed on to it.
    fn wait_for_event(&mut self, tty: &Tty, patience: Duration, asks: usize) -> io::Result<bool> {
        let end = Instant::now() + patience;
        for _ in 0..asks {
            if event::poll(patience.min(AT_HAND))? {
                return Ok(true);
            }
        }
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if !tty.pass_on(&mut self.reports, left)? {
                return Ok(false);
            }
            if event::poll(NO_WAIT)? {
                return Ok(true);
            }
        }
    }

    /// Nothing came for a while: a paste is over.
    fn rest(&mut self, inputs: &mut Vec<UserInput>) {
        self.pasting = false;
        if std::mem::take(&mut self.ignored_key) {
            inputs.push(UserInput::Msg(Msg::Notice(LEFT_OUT.to_owned())));
        }
    }

    /// Some terminals do not remove an end mark inside a paste, so the text may go on after it and
    /// look like keys. No one presses a key while a paste comes in: until nothing has come for a
    /// moment, a character is part of the paste, and any other key is ignored. The mark at the true
    /// end would tell them apart, but crossterm took the first one for the end and does not report
    /// another.
    fn accept(&mut self, event: Event, inputs: &mut Vec<UserInput>) {
        let input = match (event, self.pasting) {
            (Event::Key(key), true) => {
                let character = pasted(key);
                self.ignored_key |= character.is_none() && key.kind != KeyEventKind::Release;
                character.map(|character| UserInput::Msg(Msg::Paste(character.to_string())))
            }
            (Event::Mouse(_), true) => None,
            (event, _) => {
                self.pasting |= matches!(event, Event::Paste(_));
                input(event)
            }
        };
        match (inputs.last_mut(), input) {
            (Some(UserInput::Msg(Msg::Paste(before))), Some(UserInput::Msg(Msg::Paste(text)))) => {
                before.push_str(&text);
            }
            // Only where it came to rest matters.
            (Some(last @ UserInput::Move(..)), Some(moved @ UserInput::Move(..))) => *last = moved,
            (_, input) => inputs.extend(input),
        }
    }
}

/// The pasted character that looked like a key.
fn pasted(key: KeyEvent) -> Option<char> {
    let plain = key.modifiers.difference(KeyModifiers::SHIFT).is_empty();
    match key.code {
        KeyCode::Char(character) if plain => Some(character),
        KeyCode::Enter if plain => Some('\n'),
        KeyCode::Tab if plain => Some('\t'),
        _ => None,
    }
}

/// Only the signal reports sizes: crossterm notices the same one, and one is enough.
fn input(event: Event) -> Option<UserInput> {
    let msg = match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Msg::Key(key),
        Event::Paste(text) => Msg::Paste(lines(&text)),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                return Some(UserInput::Press(mouse.column, mouse.row));
            }
            MouseEventKind::Up(MouseButton::Left) => {
                return Some(UserInput::Release(mouse.column, mouse.row));
            }
            MouseEventKind::Moved | MouseEventKind::Drag(_) => {
                return Some(UserInput::Move(mouse.column, mouse.row));
            }
            MouseEventKind::ScrollUp => Msg::Wheel { up: true },
            MouseEventKind::ScrollDown => Msg::Wheel { up: false },
            _ => return None,
        },
        Event::FocusLost => return Some(UserInput::Away),
        Event::Key(_) | Event::Resize(..) | Event::FocusGained => return None,
    };
    Some(UserInput::Msg(msg))
}

/// Terminals send Return for each line break of a paste.
fn lines(pasted: &str) -> String {
    pasted.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use crossterm::event::MouseEvent;

    use super::*;

    #[test]
    fn a_paste_has_the_line_breaks_of_a_text() {
        let pasted = Event::Paste("one\rtwo\r\nthree\n".to_owned());
        let Some(UserInput::Msg(Msg::Paste(text))) = input(pasted) else {
            panic!("a paste is a message");
        };
        assert_eq!(text, "one\ntwo\nthree\n");
    }

    #[test]
    fn what_follows_a_paste_at_once_is_more_of_it_and_no_key() {
        let mut keys = InputReader::default();
        let mut inputs = Vec::new();
        let key = |code, modifiers| Event::Key(KeyEvent::new(code, modifiers));
        let click = MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column: 0,
            row: 0,
            modifiers: KeyModifiers::NONE,
        };
        for event in [
            Event::Paste("one".to_owned()),
            key(KeyCode::Char('q'), KeyModifiers::NONE),
            key(KeyCode::Esc, KeyModifiers::NONE),
            key(KeyCode::Char('s'), KeyModifiers::CONTROL),
            Event::Mouse(click),
            key(KeyCode::Enter, KeyModifiers::NONE),
            key(KeyCode::Char('T'), KeyModifiers::SHIFT),
        ] {
            keys.accept(event, &mut inputs);
        }
        let [UserInput::Msg(Msg::Paste(text))] = &inputs[..] else {
            panic!("it is one paste: {inputs:?}");
        };
        assert_eq!(text, "oneq\nT");
        // Once the paste is over, the user is told, and a key is a key.
        keys.rest(&mut inputs);
        assert!(matches!(
            inputs.last(),
            Some(UserInput::Msg(Msg::Notice(_)))
        ));
        inputs.clear();
        keys.rest(&mut inputs);
        assert!(inputs.is_empty(), "it is reported once");
        keys.accept(key(KeyCode::Char('q'), KeyModifiers::NONE), &mut inputs);
        assert!(matches!(inputs.last(), Some(UserInput::Msg(Msg::Key(_)))));
    }

    #[test]
    fn after_a_paste_that_is_only_words_nothing_is_said() {
        let (mut keys, mut inputs) = (InputReader::default(), Vec::new());
        let release = (KeyCode::Enter, KeyModifiers::NONE, KeyEventKind::Release);
        for event in [
            Event::Paste("one".to_owned()),
            Event::Key(KeyEvent::from(KeyCode::Char('t'))),
            Event::Key(KeyEvent::new_with_kind(release.0, release.1, release.2)),
        ] {
            keys.accept(event, &mut inputs);
        }
        keys.rest(&mut inputs);
        assert!(
            matches!(&inputs[..], [UserInput::Msg(Msg::Paste(_))]),
            "{inputs:?}"
        );
    }

    #[test]
    fn of_several_movements_only_the_last_is_kept() {
        let (mut keys, mut inputs) = (InputReader::default(), Vec::new());
        let mouse = |kind, column| {
            Event::Mouse(MouseEvent {
                kind,
                column,
                row: 0,
                modifiers: KeyModifiers::NONE,
            })
        };
        for event in [
            mouse(MouseEventKind::Moved, 1),
            mouse(MouseEventKind::Moved, 2),
            mouse(MouseEventKind::Down(MouseButton::Left), 2),
            mouse(MouseEventKind::Drag(MouseButton::Left), 3),
            mouse(MouseEventKind::Drag(MouseButton::Left), 4),
        ] {
            keys.accept(event, &mut inputs);
        }
        assert!(
            matches!(
                inputs[..],
                [
                    UserInput::Move(2, 0),
                    UserInput::Press(2, 0),
                    UserInput::Move(4, 0)
                ]
            ),
            "{inputs:?}"
        );
    }

    #[test]
    fn releases_and_sizes_say_nothing() {
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
        assert!(input(mouse(MouseEventKind::Down(MouseButton::Right))).is_none());
        assert!(input(mouse(MouseEventKind::Down(MouseButton::Left))).is_some());
        assert!(input(mouse(MouseEventKind::Up(MouseButton::Left))).is_some());
        assert!(input(key(KeyEventKind::Release)).is_none());
        assert!(input(key(KeyEventKind::Repeat)).is_some());
        assert!(input(Event::Resize(80, 24)).is_none());
    }
}
