//! Joins what a terminal sends in one piece and crossterm splits: Alt with an arrow key as the
//! Terminal of macOS sends it (`ESC ESC [ D`), and answers to questions (`ESC ] 11 ; … BEL`), which
//! would be typed as text: those that this program asked, and those of an earlier one.
//!
//! What a person types is held back no longer than it takes to see that it is neither; a little
//! longer while answers are expected, as a slow line may deliver them in pieces.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// An answer that pauses for this long was cut off: what comes next is typed.
const CUT_OFF: Duration = Duration::from_millis(300);

/// How long an answer that is expected may pause, on a slow line.
const SLOW_LINE: Duration = Duration::from_secs(1);

/// How long answers are expected. Until then Esc waits up to [`CUT_OFF`], as one may begin with it.
const EXPECTED: Duration = Duration::from_secs(3);

/// The longest answer that is kept.
const LONGEST: usize = 64;

/// The sequence being read.
#[derive(Debug, Default)]
pub(super) struct Sequences {
    state: SequenceState,
    /// Its events, as long as they may be something else.
    held: Vec<Event>,
    /// The text of the answer being read.
    answer: String,
    /// The answers read, each from its first character on: `]11;rgb:…`.
    answers: Vec<String>,
    /// Whether the terminal reported other colours.
    recolored: bool,
    /// When an Esc came, if nothing has come since.
    escaped: Option<Instant>,
    /// Until when more answers are expected, and how many.
    expected: Option<(Instant, usize)>,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum SequenceState {
    #[default]
    None,
    /// After an Esc.
    Escape,
    /// After `ESC ESC [` or `ESC ESC O`, which end with the first letter.
    Key,
    /// After the `[` of a report whose Esc came so much earlier that it was taken for a key.
    Report,
    /// After the start of an answer: `ESC ]`, `ESC P`, `ESC _`, `ESC ^` or `ESC X`.
    Answer,
    /// Inside what can only be an answer; when its last part came, and whether that was an Esc.
    InAnswer(Instant, bool),
}

impl Sequences {
    /// The terminal was asked for this many answers; returns until when they are expected.
    pub(super) fn expect(&mut self, answers: usize, now: Instant) -> Instant {
        let until = now + EXPECTED;
        self.expected = Some((until, answers));
        until
    }

    fn expects_answers(&self, now: Instant) -> bool {
        self.expected.is_some_and(|(until, _)| now < until)
    }

    /// The answers since the last call, and whether the last one expected is among them.
    pub(super) fn take_answers(&mut self) -> (Vec<String>, bool) {
        let answers = std::mem::take(&mut self.answers);
        let is_last = self.expected.is_none_or(|(_, left)| left == 0);
        let all = !answers.is_empty() && is_last;
        (answers, all)
    }

    /// Whether the terminal reported other colours since the last call, in pieces; whole reports are
    /// taken out before (see `reports`).
    pub(super) fn take_recolored(&mut self) -> bool {
        std::mem::take(&mut self.recolored)
    }

    /// How long to wait for the next part of a sequence; `None` if none is open.
    pub(super) fn wait_time(
        &self,
        breath: Duration,
        no_wait: Duration,
        now: Instant,
    ) -> Option<Duration> {
        match (self.state, self.expects_answers(now)) {
            (SequenceState::None | SequenceState::InAnswer(..), _) => None,
            (SequenceState::Escape, false) => Some(no_wait),
            (SequenceState::Report, _) if self.held.len() > 1 => Some(CUT_OFF),
            (SequenceState::Report, _) | (SequenceState::Key | SequenceState::Answer, false) => {
                Some(breath)
            }
            (SequenceState::Escape | SequenceState::Key, true) => Some(CUT_OFF),
            (SequenceState::Answer, true) => Some(SLOW_LINE),
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
            SequenceState::None => self.begin(key, now),
            SequenceState::Escape => match key.code {
                KeyCode::Char(']') if is_plain(key) && self.expects_answers(now) => {
                    self.hold(event, SequenceState::Answer)
                }
                KeyCode::Char('[' | 'O') if is_plain(key) => self.hold(event, SequenceState::Key),
                _ => self.release(key, now),
            },
            SequenceState::Key => match key.code {
                KeyCode::Char('0'..='?') if is_plain(key) => self.hold(event, SequenceState::Key),
                KeyCode::Char(end @ '@'..='~') if is_plain(key) => self.end_of_key(end),
                _ => self.release(key, now),
            },
            SequenceState::Report => match (key.code, self.held.len()) {
                (KeyCode::Char('?'), 1) | (KeyCode::Char('0'..='9' | ';'), 2..) => {
                    self.hold(event, SequenceState::Report)
                }
                (KeyCode::Char('n'), 7..) if is_plain(key) && self.is_report() => {
                    self.end_of_key('n')
                }
                _ => self.release(key, now),
            },
            // Without its Esc, or with one of its own, it may be typed; an answer begins with a number.
            SequenceState::Answer
                if !self.begins_with_alt()
                    && !matches!(key.code, KeyCode::Char('0'..='9' | ';')) =>
            {
                self.release(key, now)
            }
            SequenceState::Answer if is_end(key) => self.drop_all(),
            SequenceState::Answer if key.code == KeyCode::Esc => {
                self.hold(event, SequenceState::InAnswer(now, true))
            }
            SequenceState::Answer => {
                self.held.push(event);
                if self.is_surely_an_answer() {
                    self.answer = self.held_text();
                    self.state = SequenceState::InAnswer(now, false);
                    self.held.clear();
                }
                Vec::new()
            }
            SequenceState::InAnswer(before, _) if self.is_cut_off(before, now) => {
                self.drop_all();
                self.begin(key, now)
            }
            SequenceState::InAnswer(_, escaped) => {
                self.held.clear();
                if is_end(key) || (escaped && key.code == KeyCode::Char('\\')) {
                    self.end_answer(now);
                    return self.drop_all();
                }
                match key.code {
                    KeyCode::Char(part) if self.answer.len() < LONGEST => self.answer.push(part),
                    _ => {}
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

    fn is_cut_off(&self, before: Instant, now: Instant) -> bool {
        let pause = if self.expects_answers(now) {
            SLOW_LINE
        } else {
            CUT_OFF
        };
        now.duration_since(before) > pause
    }

    /// After the last one, the attributes of the terminal follow (`ESC [ ? … c`): crossterm drops them,
    /// unless a slow line tears them apart.
    fn end_answer(&mut self, now: Instant) {
        self.expected = self.expected.map(|(until, left)| match left {
            0 | 1 => (now + SLOW_LINE, 0),
            more => (until, more - 1),
        });
        self.answers.push(std::mem::take(&mut self.answer));
    }

    fn begin(&mut self, key: KeyEvent, now: Instant) -> Vec<Event> {
        let is_alt = key.modifiers.contains(KeyModifiers::ALT);
        let escaped = self.escaped.take();
        match key.code {
            KeyCode::Esc if key.modifiers.is_empty() => {
                self.escaped = Some(now);
                self.hold(Event::Key(key), SequenceState::Escape)
            }
            KeyCode::Char(']' | 'P' | '_' | '^' | 'X') if is_alt => {
                self.hold(Event::Key(key), SequenceState::Answer)
            }
            // Its Esc came so much earlier that it was taken for a key.
            KeyCode::Char(']') if is_plain(key) && self.expects_answers(now) => {
                self.hold(Event::Key(key), SequenceState::Answer)
            }
            KeyCode::Char('[')
                if is_plain(key)
                    && escaped.is_some_and(|then| now.duration_since(then) < CUT_OFF) =>
            {
                self.hold(Event::Key(key), SequenceState::Report)
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
    fn release(&mut self, key: KeyEvent, now: Instant) -> Vec<Event> {
        let mut out = self.give_up();
        out.extend(self.begin(key, now));
        out
    }

    /// The key that ends in this letter, with Alt. An unknown one is ignored and never becomes an
    /// Esc.
    fn end_of_key(&mut self, end: char) -> Vec<Event> {
        let is_report = self.is_report();
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
        self.recolored |= end == 'n' && is_report;
        self.drop_all();
        let key = code.map(|code| Event::Key(KeyEvent::new(code, KeyModifiers::ALT)));
        key.into_iter().collect()
    }

    /// Whether the held events are those of a report of other colours, but for its last one.
    fn is_report(&self) -> bool {
        self.held_text().starts_with("[?997;")
    }

    fn begins_with_alt(&self) -> bool {
        let first = self.held.first().and_then(Event::as_key_event);
        first.is_some_and(|key| key.modifiers.contains(KeyModifiers::ALT))
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
    fn an_expected_answer_may_come_in_any_pieces_and_is_never_typed() {
        for answer in [
            "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
            "\x1b]11;rgb:1e1e/1e1e/2e2e\x07",
        ] {
            for cut in 1..answer.len() {
                let (mut sequences, mut at) = (Sequences::default(), Instant::now());
                sequences.expect(1, at);
                let (before, after) = answer.split_at(cut);
                let mut out = Vec::new();
                for piece in [before, after, "x"] {
                    for event in events(piece) {
                        out.extend(sequences.push(event, at));
                    }
                    // Less than the reader waits for.
                    at += Duration::from_millis(250);
                }
                assert_eq!(out, events("x"), "{before:?} {after:?}");
                let expected = vec!["]11;rgb:1e1e/1e1e/2e2e".to_owned()];
                assert_eq!(sequences.take_answers(), (expected, true));
            }
        }
    }

    #[test]
    fn answers_that_come_byte_by_byte_are_never_typed() {
        let (mut sequences, mut at) = (Sequences::default(), Instant::now());
        sequences.expect(2, at);
        let answers = "\x1b]10;rgb:0/0/0\x1b\\\x1b]11;rgb:0/0/0\x07\x1b[?62;22cx";
        let mut out = Vec::new();
        for byte in answers.chars() {
            for event in events(&byte.to_string()) {
                out.extend(sequences.push(event, at));
            }
            // The reader gives up where this is longer than it waits.
            let wait = sequences.wait_time(Duration::from_millis(30), Duration::ZERO, at);
            let pause = Duration::from_millis(60);
            at += pause;
            if wait.is_some_and(|wait| wait < pause) {
                out.extend(sequences.give_up());
            }
        }
        assert_eq!(out, events("x"));
        assert_eq!(sequences.take_answers().0.len(), 2);
    }

    #[test]
    fn an_answer_whose_escape_came_long_before_is_never_typed() {
        let mut sequences = Sequences::default();
        let now = Instant::now();
        sequences.expect(2, now);
        let mut out = sequences.push(events("\x1b")[0].clone(), now);
        out.extend(sequences.give_up());
        for event in events("]11;rgb:0/0/0\x07") {
            out.extend(sequences.push(event, now));
        }
        assert_eq!(out, events("\x1b"), "only the key is seen");
        let expected = vec!["]11;rgb:0/0/0".to_owned()];
        assert_eq!(sequences.take_answers(), (expected, false));
        // What is typed meanwhile stays typed.
        for typed in ["]", "]x", "[1]", "\x1b", "] and\x1b", "]]1"] {
            let mut out = Vec::new();
            for event in events(typed) {
                out.extend(sequences.push(event, now));
            }
            out.extend(sequences.give_up());
            assert_eq!(out, events(typed), "{typed:?}");
        }
    }

    #[test]
    fn a_report_whose_escape_came_alone_is_never_typed() {
        for (expects_answers, keys) in [(false, "\x1b"), (true, "")] {
            let (mut sequences, mut at) = (Sequences::default(), Instant::now());
            if expects_answers {
                sequences.expect(2, at);
            }
            let mut out = Vec::new();
            for byte in "\x1b[?997;1nx".chars() {
                for event in events(&byte.to_string()) {
                    out.extend(sequences.push(event, at));
                }
                let wait = sequences.wait_time(Duration::from_millis(30), Duration::ZERO, at);
                let pause = Duration::from_millis(20);
                at += pause;
                if wait.is_some_and(|wait| wait < pause) {
                    out.extend(sequences.give_up());
                }
            }
            let expected = [events(keys), events("x")].concat();
            assert_eq!(out, expected, "expects answers: {expects_answers}");
            assert!(sequences.take_recolored());
        }
        // Esc and a bracket soon after stay two keys.
        let (mut sequences, at) = (Sequences::default(), Instant::now());
        for typed in ["[", "[x", "[?", "[?n", "[?9;x", "[[", "[a]"] {
            let mut out = sequences.push(events("\x1b")[0].clone(), at);
            out.extend(sequences.give_up());
            for event in events(typed) {
                out.extend(sequences.push(event, at));
            }
            out.extend(sequences.give_up());
            assert_eq!(out, [events("\x1b"), events(typed)].concat(), "{typed:?}");
            assert!(!sequences.take_recolored());
        }
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
