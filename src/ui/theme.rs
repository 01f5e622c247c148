//! Colours and weights by what they mean, for every depth of colour and for dark and light.

use ratatui::style::{Color, Modifier, Style};

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Depth {
    /// None: only weight, underline and reverse.
    None,
    /// The sixteen of the terminal's own palette.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// 24 bits.
    True,
}

/// What colour the terminal's ground has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ground {
    /// Dark, or not known.
    Dark,
    /// Light.
    Light,
}

/// The styles everything is drawn with.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// The user's own words: the brightest thing on the screen.
    pub words: Style,
    /// Labels and prompts.
    pub label: Style,
    /// What matters less: help, dates, last week.
    pub quiet: Style,
    /// The one accent: where the focus is, what is on.
    pub accent: Style,
    /// What is good: kept, done.
    pub good: Style,
    /// What is due or overdue.
    pub due: Style,
    /// What is wrong with a field.
    pub wrong: Style,
    /// The chosen row.
    pub chosen: Style,
}

impl Theme {
    /// The theme for a terminal.
    #[must_use]
    pub fn new(depth: Depth, ground: Ground) -> Self {
        let light = ground == Ground::Light;
        let colour = |dark: (u8, u8, u8), pale: (u8, u8, u8), index: (u8, u8), basic: Color| {
            let (red, green, blue) = if light { pale } else { dark };
            match depth {
                Depth::None => Style::new(),
                Depth::Sixteen => Style::new().fg(basic),
                Depth::Indexed => {
                    Style::new().fg(Color::Indexed(if light { index.1 } else { index.0 }))
                }
                Depth::True => Style::new().fg(Color::Rgb(red, green, blue)),
            }
        };
        let accent = colour((94, 196, 182), (0, 105, 120), (79, 23), Color::Cyan);
        Self {
            words: Style::new().add_modifier(Modifier::BOLD),
            label: Style::new(),
            quiet: Style::new().add_modifier(Modifier::DIM),
            accent: accent.add_modifier(Modifier::BOLD),
            good: colour((126, 190, 110), (46, 110, 40), (107, 22), Color::Green),
            due: colour((226, 176, 82), (140, 88, 0), (179, 94), Color::Yellow),
            wrong: colour((232, 120, 110), (168, 40, 32), (174, 124), Color::Red),
            chosen: accent.add_modifier(Modifier::BOLD),
        }
    }
}
