//! The colours of the screens in this terminal: what the user chose, and what the terminal says of
//! its own.
//!
//! The terminal is asked and never waited for: the screens are drawn from a guess, and once more if
//! the answer differs.

use crate::config::{Colors, Rgb, ThemeName};
use crate::ui::{TerminalColors, Theme};

/// Asks for the colours of text and background (OSC 10 and 11), then for what every terminal answers,
/// its attributes, so that an end without answers can be seen (see `tty`).
const ASK: &[u8] = b"\x1b]10;?\x1b\\\x1b]11;?\x1b\\\x1b[c";

/// How many of the answers name a colour.
pub(super) const ANSWERS: usize = 2;

/// The colours, and the styles made of them.
#[derive(Debug)]
pub(super) struct ScreenColors {
    chosen: Colors,
    terminal: TerminalColors,
    theme: Theme,
    ask: bool,
}

impl ScreenColors {
    pub(super) fn new(chosen: Colors, terminal: TerminalColors) -> Self {
        Self {
            theme: Theme::of(&chosen, &terminal),
            // The console of Linux answers nothing.
            ask: !terminal.plain_signs,
            chosen,
            terminal,
        }
    }

    pub(super) fn theme(&self) -> &Theme {
        &self.theme
    }

    /// What to ask the terminal now, if anything.
    pub(super) fn question(&mut self) -> Option<&'static [u8]> {
        std::mem::take(&mut self.ask).then_some(ASK)
    }

    /// The colours of the terminal may have changed. One that never answered is not asked again.
    pub(super) fn ask_again(&mut self) {
        self.ask = self.terminal.background.is_some();
    }

    pub(super) fn choose(&mut self, theme: ThemeName) {
        if self.chosen.theme != theme {
            self.chosen.theme = theme;
            self.remix();
        }
    }

    /// Takes an answer of the terminal; returns whether a style changed.
    pub(super) fn take_answer(&mut self, answer: &str) -> bool {
        if let Some(color) = answer.strip_prefix("]10;").and_then(color) {
            // The background is answered next; the screen is drawn again only once.
            self.terminal.foreground = Some(color);
            return false;
        }
        if let Some(color) = answer.strip_prefix("]11;").and_then(color) {
            self.terminal.background = Some(color);
        }
        self.remix()
    }

    fn remix(&mut self) -> bool {
        let before = self.theme;
        self.theme = Theme::of(&self.chosen, &self.terminal);
        self.theme != before
    }
}

/// A colour as X11 writes it (`XParseColor`): `rgb:1e1e/1e1e/2e2e` with one to four digits each,
/// `rgba:…/…/…/…`, or `#1e1e2e`.
fn color(text: &str) -> Option<Rgb> {
    if let Some(digits) = text.strip_prefix('#') {
        let third = digits.len() / 3;
        let part = |at: usize| scaled(digits.get(at * third..(at + 1) * third)?);
        return (digits.len() == third * 3)
            .then(|| Some(Rgb(part(0)?, part(1)?, part(2)?)))
            .flatten();
    }
    let text = text.strip_prefix("rgba:").or(text.strip_prefix("rgb:"))?;
    let mut parts = text.split('/').map(scaled);
    Some(Rgb(parts.next()??, parts.next()??, parts.next()??))
}

/// One to four digits as a part of 255.
fn scaled(digits: &str) -> Option<u8> {
    let most = match digits.len() {
        1..=4 => 16_u32.pow(u32::try_from(digits.len()).ok()?) - 1,
        _ => return None,
    };
    let value = u32::from_str_radix(digits, 16).ok()?;
    u8::try_from(value * 255 / most).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{Background, ColorDepth};

    #[test]
    fn colours_are_read_as_terminals_write_them() {
        let expected = Some(Rgb(0x1e, 0x1f, 0x2e));
        for text in [
            "rgb:1e1e/1f1f/2e2e",
            "rgb:1e/1f/2e",
            "rgba:1e1e/1f1f/2e2e/ffff",
            "#1e1f2e",
            "#1e1e1f1f2e2e",
        ] {
            assert_eq!(color(text), expected, "{text}");
        }
        assert_eq!(color("rgb:f/0/8"), Some(Rgb(255, 0, 136)));
        for text in [
            "",
            "rgb:",
            "rgb:1e/1f",
            "rgb:x/y/z",
            "?",
            "#12",
            "rgb:12345/1/1",
            "blue",
        ] {
            assert_eq!(color(text), None, "{text}");
        }
    }

    #[test]
    fn an_answer_changes_the_styles_only_if_it_differs_from_the_guess() {
        let terminal = TerminalColors::unknown(ColorDepth::True, Background::Dark);
        let mut colors = ScreenColors::new(Colors::default(), terminal);
        assert!(!colors.take_answer("]11;what"));
        assert!(!colors.take_answer("]52;c;aGk="));
        assert!(!colors.take_answer("]10;rgb:1c1c/1c1c/2020"), "not yet");
        assert!(colors.take_answer("]11;rgb:fafa/fafa/f8f8"));
        assert!(
            !colors.take_answer("]11;rgb:fafa/fafa/f8f8"),
            "the same again"
        );
    }
}
