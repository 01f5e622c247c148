//! What the environment says about the terminal, and the folder for temporary files.
//!
//! The values are passed in; this file never reads the environment itself.

use std::path::PathBuf;

use crate::config::Colors;
use crate::ui::{Background, ColorDepth, TerminalColors};

/// How `TERM` begins in terminals with 24 bits.
const TRUE_COLOR: [&str; 7] = [
    "xterm-kitty",
    "xterm-ghostty",
    "alacritty",
    "foot",
    "wezterm",
    "contour",
    "rio",
];

/// `TERM_PROGRAM` of terminals with 24 bits whose `TERM` does not tell.
const TRUE_COLOR_PROGRAMS: [&str; 7] = [
    "iTerm.app",
    "WezTerm",
    "ghostty",
    "vscode",
    "WarpTerminal",
    "Hyper",
    "rio",
];

/// The environment variables that concern the screen, as the caller read them.
#[derive(Clone, Debug, Default)]
pub struct TerminalEnvironment {
    pub term: Option<String>,
    /// Whether `NO_COLOR` is set and not empty.
    pub no_color: bool,
    pub colorterm: Option<String>,
    /// `COLORFGBG`, which some terminals set to their colours: `15;0`.
    pub colorfgbg: Option<String>,
    /// `TERM_PROGRAM`, the name of the terminal or of what runs in it.
    pub term_program: Option<String>,
    /// The theme and the colours that the user chose.
    pub colors: Colors,
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

    /// What the terminal shows, before it is asked.
    pub(super) fn terminal_colors(&self) -> TerminalColors {
        TerminalColors {
            plain_signs: self.term.as_deref() == Some("linux"),
            ..TerminalColors::unknown(self.depth(), self.background())
        }
    }

    /// Known terminals are known by name: `COLORTERM` does not come along with ssh.
    fn depth(&self) -> ColorDepth {
        let term = self.term.as_deref().unwrap_or_default();
        let is_one_of = |names: &[&str]| names.iter().any(|name| term.starts_with(name));
        if self.no_color {
            ColorDepth::None
        } else if matches!(self.colorterm.as_deref(), Some("truecolor" | "24bit"))
            || term.ends_with("-direct")
            || is_one_of(&TRUE_COLOR)
        {
            ColorDepth::True
        } else if is_one_of(&["tmux", "screen"]) {
            // `TERM_PROGRAM` may be that of the terminal around it.
            ColorDepth::Indexed
        } else if self
            .term_program
            .as_deref()
            .is_some_and(|program| TRUE_COLOR_PROGRAMS.contains(&program))
        {
            ColorDepth::True
        } else if term.contains("256color") {
            ColorDepth::Indexed
        } else {
            ColorDepth::Sixteen
        }
    }

    /// The last field of `COLORFGBG` is the background, as a palette number: white is 7 or 15, and
    /// 8 is the dark grey among the bright ones.
    fn background(&self) -> Background {
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
    fn check(environment: &TerminalEnvironment, depth: ColorDepth, background: Background) {
        assert_eq!(
            (environment.depth(), environment.background()),
            (depth, background),
            "{environment:?}"
        );
    }

    #[test]
    fn the_depth_is_that_of_the_terminal_by_name_if_no_variable_says() {
        for (term, program, depth) in [
            ("xterm", None, ColorDepth::Sixteen),
            ("vt220", None, ColorDepth::Sixteen),
            ("linux", None, ColorDepth::Sixteen),
            ("xterm-256color", None, ColorDepth::Indexed),
            ("screen", None, ColorDepth::Indexed),
            ("tmux-256color", Some("tmux"), ColorDepth::Indexed),
            ("screen", Some("iTerm.app"), ColorDepth::Indexed),
            (
                "xterm-256color",
                Some("Apple_Terminal"),
                ColorDepth::Indexed,
            ),
            ("xterm-256color", Some("iTerm.app"), ColorDepth::True),
            ("xterm-kitty", None, ColorDepth::True),
            ("xterm-ghostty", None, ColorDepth::True),
            ("alacritty", None, ColorDepth::True),
            ("alacritty-direct", None, ColorDepth::True),
            ("foot-extra", None, ColorDepth::True),
            ("wezterm", None, ColorDepth::True),
            ("xterm-direct", None, ColorDepth::True),
            ("konsole-direct", None, ColorDepth::True),
        ] {
            let mut environment = TerminalEnvironment {
                term: Some(term.to_owned()),
                term_program: program.map(str::to_owned),
                ..TerminalEnvironment::default()
            };
            check(&environment, depth, Background::Dark);
            environment.colorterm = Some("truecolor".to_owned());
            check(&environment, ColorDepth::True, Background::Dark);
            environment.no_color = true;
            check(&environment, ColorDepth::None, Background::Dark);
        }
    }

    #[test]
    fn the_console_of_linux_gets_plain_signs() {
        for (term, plain) in [("linux", true), ("xterm-256color", false)] {
            let environment = TerminalEnvironment {
                term: Some(term.to_owned()),
                ..TerminalEnvironment::default()
            };
            assert_eq!(environment.terminal_colors().plain_signs, plain, "{term}");
        }
    }

    #[test]
    fn the_ground_is_guessed_from_what_the_terminal_set() {
        for (colours, background) in [
            ("0;default;15", Background::Light),
            ("0;7", Background::Light),
            ("15;8", Background::Dark),
            ("15;default", Background::Dark),
        ] {
            let environment = TerminalEnvironment {
                colorfgbg: Some(colours.to_owned()),
                ..TerminalEnvironment::default()
            };
            check(&environment, ColorDepth::Sixteen, background);
        }
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
