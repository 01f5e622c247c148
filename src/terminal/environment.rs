//! What the environment says about the terminal, and the folder for temporary files.
//!
//! The values are passed in; this file never reads the environment itself.

use std::path::PathBuf;

use crate::ui::{ColorDepth, Ground, Theme};

/// The environment variables that concern the screen, as the caller read them.
#[derive(Clone, Debug, Default)]
pub struct Environment {
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
    /// The folder for drafts that cannot be beside the journal; empty for none.
    pub temporary: PathBuf,
}

impl Environment {
    /// Whether the terminal says that it can show a screen.
    pub(super) fn shows_screens(&self) -> bool {
        self.term
            .as_deref()
            .is_some_and(|term| !term.is_empty() && term != "dumb")
    }

    #[must_use]
    pub fn theme(&self) -> Theme {
        Theme::new(self.depth(), self.ground())
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

    fn ground(&self) -> Ground {
        match self.theme.as_deref() {
            Some("light") => Ground::Light,
            Some("dark") => Ground::Dark,
            _ => self.ground_of_the_terminal(),
        }
    }

    /// The last field of `COLORFGBG` is the background, as a palette number: white is 7 or 15, and
    /// 8 is the dark grey among the bright ones.
    fn ground_of_the_terminal(&self) -> Ground {
        let colours = self.colorfgbg.as_deref().unwrap_or_default();
        match colours.rsplit(';').next().map(str::parse::<u8>) {
            Some(Ok(colour)) if colour >= 7 && colour != 8 => Ground::Light,
            _ => Ground::Dark,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(environment: &Environment, depth: ColorDepth, ground: Ground) {
        assert_eq!(
            (environment.depth(), environment.ground()),
            (depth, ground),
            "{environment:?}"
        );
    }

    #[test]
    fn colours_follow_what_the_terminal_says() {
        let mut environment = Environment {
            term: Some("xterm".to_owned()),
            ..Environment::default()
        };
        check(&environment, ColorDepth::Sixteen, Ground::Dark);
        environment.term = Some("xterm-256color".to_owned());
        check(&environment, ColorDepth::Indexed, Ground::Dark);
        environment.colorterm = Some("truecolor".to_owned());
        check(&environment, ColorDepth::True, Ground::Dark);
        environment.no_color = true;
        check(&environment, ColorDepth::None, Ground::Dark);
    }

    #[test]
    fn the_ground_is_asked_for_or_read_from_the_terminal() {
        let mut environment = Environment {
            colorfgbg: Some("0;default;15".to_owned()),
            ..Environment::default()
        };
        check(&environment, ColorDepth::Sixteen, Ground::Light);
        environment.colorfgbg = Some("15;8".to_owned());
        check(&environment, ColorDepth::Sixteen, Ground::Dark);
        environment.colorfgbg = Some("15;default".to_owned());
        check(&environment, ColorDepth::Sixteen, Ground::Dark);
        environment.theme = Some("light".to_owned());
        check(&environment, ColorDepth::Sixteen, Ground::Light);
        environment.colorfgbg = Some("0;15".to_owned());
        environment.theme = Some("dark".to_owned());
        check(&environment, ColorDepth::Sixteen, Ground::Dark);
    }

    #[test]
    fn a_dumb_or_unnamed_terminal_shows_no_screens() {
        for (term, shows) in [
            (None, false),
            (Some(""), false),
            (Some("dumb"), false),
            (Some("xterm"), true),
        ] {
            let environment = Environment {
                term: term.map(str::to_owned),
                ..Environment::default()
            };
            assert_eq!(environment.shows_screens(), shows, "{environment:?}");
        }
    }
}
