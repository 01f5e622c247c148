//! Joins what a terminal sends in one piece and crossterm splits: Alt with an arrow key as the
//! Terminal of macOS sends it (`ESC ESC [ D`), and answers to questions that an earlier program
//! asked (`ESC ] 11 ; … BEL`), which would be typed as text.
//!
//! What a person types is held back no longer than it takes to see that it is neither.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// An answer that pauses for this long was cut off: what comes next is typed.
const CUT_OFF: Duration = Duration::from_millis(300);

/// The sequence being read.
#[derive(Debug, Default)]
pub(super) struct Sequences {
    state: SequenceState,
    /// Its events, as long as they may be something else.
    held: Vec<Event>,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum SequenceState {
    #[default]
    None,
    /// After an Esc.
    Escape,
    /// After `ESC ESC [` or `ESC ESC O`, which end with the first letter.
    Key,
    /// After the start of an answer: `ESC ]`, `ESC P`, `ESC _`, `ESC ^` or `ESC X`.
    Answer,
    /// Inside what can only be an answer; when its last part came, and whether that was an Esc.
    InAnswer(Instant, bool),
}

impl Sequences {
    /// How long to wait for the next part of a sequence; `None` if none is open.
    pub(super) fn wait_time(&self, breath: Duration, no_wait: Duration) -> Option<Duration> {
        match self.state {
            SequenceState::None | SequenceState::InAnswer(..) => None,
            SequenceState::Escape => Some(no_wait),
            SequenceState::Key | SequenceState::Answer => Some(breath),
        }
    }

    /// Takes an event; returns those that do not belong to a sequence, in order.
    pub(super) fn push(&mut self, event: Event, now: Instant) -> Vec<Event> {
        let Event::Key(key) = event else {
            let mut out = self.give_up();
            out.push(event);
            return out;
        };
        if key.kind == KeyEventKind::Release {
            return vec![event];
        }
        match self.state {
            SequenceState::None => self.begin(key),
            SequenceState::Escape => match key.code {
                KeyCode::Char('[' | 'O') if is_plain(key) => self.hold(event, SequenceState::Key),
                _ => self.release(key),
            },
            SequenceState::Key => match key.code {
                KeyCode::Char('0'..='?') if is_plain(key) => self.hold(event, SequenceState::Key),
                KeyCode::Char(end @ '@'..='~') if is_plain(key) => self.end_of_key(end),
                _ => self.release(key),
            },
            SequenceState::Answer if is_end(key) => self.drop_all(),
            SequenceState::Answer if key.code == KeyCode::Esc => {
                self.hold(event, SequenceState::InAnswer(now, true))
            }
            SequenceState::Answer => {
                self.held.push(event);
                if self.is_surely_an_answer() {
                    self.state = SequenceState::InAnswer(now, false);
                    self.held.clear();
                }
                Vec::new()
            }
            SequenceState::InAnswer(before, _) if now.duration_since(before) > CUT_OFF => {
                self.drop_all();
                self.begin(key)
            }
            SequenceState::InAnswer(_, escaped) => {
                self.held.clear();
                if is_end(key) || (escaped && key.code == KeyCode::Char('\\')) {
                    return self.drop_all();
                }
                self.state = SequenceState::InAnswer(now, key.code == KeyCode::Esc);
                Vec::new()
            }
        }
    }

    /// Nothing more came in time: the held events were typed.
    pub(super) fn give_up(&mut self) -> Vec<Event> {
        if !matches!(self.state, SequenceState::InAnswer(..)) {
            self.state = SequenceState::None;
        }
        std::mem::take(&mut self.held)
    }

    fn begin(&mut self, key: KeyEvent) -> Vec<Event> {
        let is_alt = key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            KeyCode::Esc if key.modifiers.is_empty() => {
                self.hold(Event::Key(key), SequenceState::Escape)
            }
            KeyCode::Char(']' | 'P' | '_' | '^' | 'X') if is_alt => {
                self.hold(Event::Key(key), SequenceState::Answer)
            }
            _ => vec![Event::Key(key)],
        }
    }

    fn hold(&mut self, event: Event, state: SequenceState) -> Vec<Event> {
        self.held.push(event);
        self.state = state;
        Vec::new()
    }

    fn drop_all(&mut self) -> Vec<Event> {
        self.held.clear();
        self.state = SequenceState::None;
        Vec::new()
    }

    /// The held events were typed; the key may begin something else.
    fn release(&mut self, key: KeyEvent) -> Vec<Event> {
        let mut out = self.give_up();
        out.extend(self.begin(key));
        out
    }

    /// The key that ends in this letter, with Alt. An unknown one is ignored and never becomes an
    /// Esc.
    fn end_of_key(&mut self, end: char) -> Vec<Event> {
        let parameters = self.held_text();
        let code = match (end, parameters.trim_start_matches(['[', 'O'])) {
            ('A', "") => Some(KeyCode::Up),
            ('B', "") => Some(KeyCode::Down),
            ('C', "") => Some(KeyCode::Right),
            ('D', "") => Some(KeyCode::Left),
            ('H', "") | ('~', "1" | "7") => Some(KeyCode::Home),
            ('F', "") | ('~', "4" | "8") => Some(KeyCode::End),
            ('~', "3") => Some(KeyCode::Delete),
            ('~', "5") => Some(KeyCode::PageUp),
            ('~', "6") => Some(KeyCode::PageDown),
            _ => None,
        };
        self.drop_all();
        let key = code.map(|code| Event::Key(KeyEvent::new(code, KeyModifiers::ALT)));
        key.into_iter().collect()
    }

    /// Whether the held events begin as no one types: `]11;`, `P>|`, `P1$`, `_G`.
    fn is_surely_an_answer(&self) -> bool {
        let text = self.held_text();
        let (begin, text) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
        let behind = text.trim_start_matches(|c: char| c.is_ascii_digit());
        match begin {
            "]" => behind.len() < text.len() && behind.starts_with(';'),
            "P" => text
                .trim_start_matches(['>', '=', '!', '?'])
                .trim_start_matches(|c: char| c.is_ascii_digit() || c == ';')
                .starts_with(['|', '$', '+', '!']),
            "_" => text.starts_with('G'),
            _ => false,
        }
    }

    fn held_text(&self) -> String {
        let character = |event: &Event| match event {
            Event::Key(KeyEvent {
                code: KeyCode::Char(character),
                ..
            }) => Some(*character),
            _ => None,
        };
        self.held.iter().filter_map(character).collect()
    }
}

fn is_plain(key: KeyEvent) -> bool {
    key.modifiers.difference(KeyModifiers::SHIFT).is_empty()
}

/// BEL, which crossterm calls Ctrl+G, and `ESC \`.
fn is_end(key: KeyEvent) -> bool {
    matches!(
        (key.code, key.modifiers),
        (KeyCode::Char('g'), KeyModifiers::CONTROL) | (KeyCode::Char('\\'), KeyModifiers::ALT)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The events that crossterm makes from these bytes.
    fn events(bytes: &str) -> Vec<Event> {
        let mut events = Vec::new();
        let mut rest = bytes.chars().peekable();
        while let Some(character) = rest.next() {
            let mut modifiers = KeyModifiers::NONE;
            let mut code = KeyCode::Char(character);
            match character {
                '\x07' => (code, modifiers) = (KeyCode::Char('g'), KeyModifiers::CONTROL),
                '\x1b' if rest.next_if_eq(&'\x1b').is_some() || rest.peek().is_none() => {
                    code = KeyCode::Esc;
                }
                '\x1b' => {
                    code = KeyCode::Char(rest.next().expect("it was peeked at"));
                    modifiers = KeyModifiers::ALT;
                }
                _ => {}
            }
            if matches!(code, KeyCode::Char(letter) if letter.is_uppercase()) {
                modifiers |= KeyModifiers::SHIFT;
            }
            events.push(Event::Key(KeyEvent::new(code, modifiers)));
        }
        events
    }

    /// The events for bytes that come at once.
    fn taken(bytes: &str) -> Vec<Event> {
        let mut sequences = Sequences::default();
        let now = Instant::now();
        let mut out: Vec<Event> = Vec::new();
        for event in events(bytes) {
            out.extend(sequences.push(event, now));
        }
        out.extend(sequences.give_up());
        out
    }

    #[test]
    fn alt_with_an_arrow_is_never_an_escape() {
        let alt = |code| vec![Event::Key(KeyEvent::new(code, KeyModifiers::ALT))];
        assert_eq!(taken("\x1b\x1b[D"), alt(KeyCode::Left));
        assert_eq!(taken("\x1b\x1b[C"), alt(KeyCode::Right));
        assert_eq!(taken("\x1b\x1bOA"), alt(KeyCode::Up));
        assert_eq!(taken("\x1b\x1b[3~"), alt(KeyCode::Delete));
        assert_eq!(taken("\x1b\x1b[1;2D"), []);
        assert_eq!(taken("\x1b\x1b[Z"), []);
        assert_eq!(
            taken("a\x1b\x1b[Db"),
            [events("a"), alt(KeyCode::Left), events("b")].concat()
        );
    }

    #[test]
    fn an_answer_of_the_terminal_is_swallowed_whole() {
        for answer in [
            "\x1b]11;rgb:1e1e/1e1e/2e2e\x07",
            "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
            "\x1b]52;c;bm90aGluZyB0byB0eXBl\x07",
            "\x1b]lleadby — a title\x1b\\",
            "\x1bP>|XTerm(370)\x1b\\",
            "\x1bP1$r0m\x1b\\",
            "\x1bP1+r544e=787465726d\x1b\\",
            "\x1b_Gi=31;OK\x1b\\",
        ] {
            assert_eq!(taken(answer), [], "{answer:?}");
            let around = format!("a{answer}b");
            assert_eq!(taken(&around), events("ab"), "{answer:?}");
        }
    }

    #[test]
    fn an_answer_may_come_in_pieces_and_without_an_end() {
        let mut sequences = Sequences::default();
        let begin = Instant::now();
        let mut at = begin;
        let mut out = Vec::new();
        for event in events("\x1b]11;rgb:") {
            out.extend(sequences.push(event, at));
        }
        out.extend(sequences.give_up());
        at += Duration::from_millis(200);
        // The end, torn between its two characters.
        for event in [events("1e1e\x1b"), events("\\")].concat() {
            out.extend(sequences.push(event, at));
        }
        assert_eq!(out, []);
        for event in events("\x1b]11;rgb:") {
            out.extend(sequences.push(event, at));
        }
        at += Duration::from_millis(301);
        for event in events("typed") {
            out.extend(sequences.push(event, at));
        }
        assert_eq!(out, events("typed"));
    }

    #[test]
    fn whatever_else_is_typed_stays_as_it_is() {
        for typed in [
            "\x1b", "\x1b]", "\x1b]1", "\x1bPage", "\x1bx[D", "[D", "]11;rgb:", "\x07", "\x1b\\",
        ] {
            assert_eq!(taken(typed), events(typed), "{typed:?}");
        }
        // Esc, and a moment later the rest.
        let mut sequences = Sequences::default();
        let now = Instant::now();
        let escape = events("\x1b");
        assert_eq!(sequences.push(escape[0].clone(), now), []);
        assert_eq!(sequences.give_up(), escape);
        let rest: Vec<Event> = events("[D")
            .into_iter()
            .flat_map(|event| sequences.push(event, now))
            .collect();
        assert_eq!(rest, events("[D"));
    }
}
