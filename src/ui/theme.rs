//! Colours and weights by meaning, for every depth of colour and for dark and light.
//!
//! The background is never painted and text keeps the terminal's own colour, so that a screen is
//! legible with any settings. Colour never carries a meaning alone: there is a sign or a word too.

use ratatui::style::{Color, Modifier, Style};

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ColorDepth {
    /// None: only weight, underline and reverse.
    None,
    /// The sixteen of the terminal's own palette.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// 24 bits.
    True,
}

/// The terminal's background.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Background {
    /// Dark, or unknown.
    Dark,
    Light,
}

/// The styles everything is drawn with.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// The user's own text: the brightest thing on the screen.
    pub words: Style,
    /// Labels and prompts.
    pub label: Style,
    /// What matters less: help, dates, last week, rules.
    pub quiet: Style,
    /// Headings of the parts of a screen.
    pub heading: Style,
    /// The one accent: where the focus is, what is on.
    pub accent: Style,
    /// What is good: kept, done.
    pub good: Style,
    /// What is due or overdue.
    pub due: Style,
    /// What is wrong with a field.
    pub wrong: Style,
    /// Whether the fonts have only few signs, as on the console of Linux.
    pub plain_signs: bool,
}

/// One colour in every depth: 24 bits for a dark and a light background, the index in the palette of
/// 256 for either, and one of the sixteen.
struct Hue {
    dark: (u8, u8, u8),
    light: (u8, u8, u8),
    index: (u8, u8),
    basic: Color,
}

const ACCENT: Hue = Hue {
    dark: (94, 196, 182),
    light: (0, 105, 120),
    index: (79, 23),
    basic: Color::Cyan,
};
const GOOD: Hue = Hue {
    dark: (140, 196, 120),
    light: (46, 110, 40),
    index: (114, 22),
    basic: Color::Green,
};
const DUE: Hue = Hue {
    dark: (232, 184, 92),
    light: (140, 80, 0),
    index: (179, 94),
    basic: Color::Yellow,
};
const WRONG: Hue = Hue {
    dark: (240, 130, 118),
    light: (168, 36, 28),
    index: (210, 124),
    basic: Color::Red,
};
const LABEL: Hue = Hue {
    dark: (176, 178, 186),
    light: (72, 74, 82),
    index: (249, 239),
    basic: Color::Reset,
};
const QUIET: Hue = Hue {
    dark: (134, 137, 146),
    light: (106, 108, 116),
    index: (245, 242),
    basic: Color::Reset,
};

impl Theme {
    #[must_use]
    pub fn new(depth: ColorDepth, ground: Background) -> Self {
        let light = ground == Background::Light;
        let of = |hue: &Hue| match depth {
            ColorDepth::None => Style::new(),
            ColorDepth::Sixteen => Style::new().fg(hue.basic),
            ColorDepth::Indexed => {
                let index = if light { hue.index.1 } else { hue.index.0 };
                Style::new().fg(Color::Indexed(index))
            }
            ColorDepth::True => {
                let (red, green, blue) = if light { hue.light } else { hue.dark };
                Style::new().fg(Color::Rgb(red, green, blue))
            }
        };
        let greys = matches!(depth, ColorDepth::Indexed | ColorDepth::True);
        Self {
            words: if greys {
                Style::new()
            } else {
                Style::new().add_modifier(Modifier::BOLD)
            },
            label: if greys { of(&LABEL) } else { Style::new() },
            quiet: if greys {
                of(&QUIET)
            } else {
                Style::new().add_modifier(Modifier::DIM)
            },
            heading: of(&LABEL).add_modifier(Modifier::BOLD),
            accent: of(&ACCENT).add_modifier(Modifier::BOLD),
            good: of(&GOOD),
            due: of(&DUE),
            wrong: of(&WRONG),
            plain_signs: false,
        }
    }
}
