//! What the environment says about the terminal, and the folder for temporary files.
//!
//! The values are passed in; this file never reads the environment itself.

use std::path::PathBuf;

use crate::ui::{Background, ColorDepth, Theme};

/// The environment variables that concern the screen, as the caller read them.
#[derive(Clone, Debug, Default)]
pub struct TerminalEnvironment {
    /// `TERM`.
    pub term: Option<String>,
    /// Whether `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `COLORTERM`.
    pub colorterm: Option<String>,
    /// `COLORFGBG`, which some terminals set to their colours: `15;0`.
    pub colorfgbg: Option<String>,
    /// What the user asked for: `light` or `dark`.
    pub theme: Option<String>,
    /// Whether to take clicks and the wheel.
    pub mouse: bool,
    /// The folder for drafts that cannot be beside the journal; empty for none.
    pub temporary: PathBuf,
}

impl TerminalEnvironment {
    /// Whether the terminal says that it can show a screen.
    pub(super) fn shows_screens(&self) -> bool {
        self.term
            .as_deref()
            .is_some_and(|term| !term.is_empty() && term != "dumb")
    }

    #[must_use]
    pub fn theme(&self) -> Theme {
        Theme {
            plain_signs: self.term.as_deref() == Some("linux"),
            ..Theme::new(self.depth(), self.background())
        }
    }

    fn depth(&self) -> ColorDepth {
        let term = self.term.as_deref().unwrap_or_default();
        if self.no_color {
            ColorDepth::None
        } else if matches!(self.colorterm.as_deref(), Some("truecolor" | "24bit")) {
            ColorDepth::True
        } else if term.contains("256color") {
            ColorDepth::Indexed
        } else {
            ColorDepth::Sixteen
        }
    }

    fn background(&self) -> Background {
        match self.theme.as_deref() {
            Some("light") => Background::Light,
            Some("dark") => Background::Dark,
            _ => self.ground_of_the_terminal(),
        }
    }

    /// The last field of `COLORFGBG` is the background, as a palette number: white is 7 or 15, and
    /// 8 is the dark grey among the bright ones.
    fn ground_of_the_terminal(&self) -> Background {
        let colours = self.colorfgbg.as_deref().unwrap_or_default();
        match colours.rsplit(';').next().map(str::parse::<u8>) {
            Some(Ok(colour)) if colour >= 7 && colour != 8 => Background::Light,
            _ => Background::Dark,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(environment: &TerminalEnvironment, depth: ColorDepth, ground: Background) {
        assert_eq!(
            (environment.depth(), environment.background()),
            (depth, ground),
            "{environment:?}"
        );
    }

    #[test]
    fn colours_follow_what_the_terminal_says() {
        let mut environment = TerminalEnvironment {
            term: Some("xterm".to_owned()),
            ..TerminalEnvironment::default()
        };
        check(&environment, ColorDepth::Sixteen, Background::Dark);
        environment.term = Some("xterm-256color".to_owned());
        check(&environment, ColorDepth::Indexed, Background::Dark);
        environment.colorterm = Some("truecolor".to_owned());
        check(&environment, ColorDepth::True, Background::Dark);
        environment.no_color = true;
        check(&environment, ColorDepth::None, Background::Dark);
    }

    #[test]
    fn the_console_of_linux_gets_plain_signs() {
        for (term, plain) in [("linux", true), ("xterm-256color", false)] {
            let environment = TerminalEnvironment {
                term: Some(term.to_owned()),
                ..TerminalEnvironment::default()
            };
            assert_eq!(environment.theme().plain_signs, plain, "{term}");
        }
    }

    #[test]
    fn the_ground_is_asked_for_or_read_from_the_terminal() {
        let mut environment = TerminalEnvironment {
            colorfgbg: Some("0;default;15".to_owned()),
            ..TerminalEnvironment::default()
        };
        check(&environment, ColorDepth::Sixteen, Background::Light);
        environment.colorfgbg = Some("15;8".to_owned());
        check(&environment, ColorDepth::Sixteen, Background::Dark);
        environment.colorfgbg = Some("15;default".to_owned());
        check(&environment, ColorDepth::Sixteen, Background::Dark);
        environment.theme = Some("light".to_owned());
        check(&environment, ColorDepth::Sixteen, Background::Light);
        environment.colorfgbg = Some("0;15".to_owned());
        environment.theme = Some("dark".to_owned());
        check(&environment, ColorDepth::Sixteen, Background::Dark);
    }

    #[test]
    fn a_dumb_or_unnamed_terminal_shows_no_screens() {
        for (term, shows) in [
            (None, false),
            (Some(""), false),
            (Some("dumb"), false),
            (Some("xterm"), true),
        ] {
            let environment = TerminalEnvironment {
                term: term.map(str::to_owned),
                ..TerminalEnvironment::default()
            };
            assert_eq!(environment.shows_screens(), shows, "{environment:?}");
        }
    }
}
