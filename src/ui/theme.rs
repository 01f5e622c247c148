//! Colours and weights by meaning: from a theme, the terminal's own colours, and how many it shows.
//!
//! The background is never painted but under the cursor, so colours are made for the background that the
//! terminal has, as far as it is known. The user's own text is the strongest. Colour never carries a
//! meaning alone: there is a sign or a word too.

use ratatui::style::{Color, Modifier, Style};

use super::color::{contrast, indexed, is_light, legible, mix, nearest_index};
use crate::config::{Colors, Rgb, Role, ThemeName};

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum ColorDepth {
    /// None: only weight, underline and reverse.
    None,
    /// The sixteen of the terminal's own palette, or eight and bold.
    #[default]
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// 24 bits.
    True,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Background {
    /// Dark, or unknown.
    #[default]
    Dark,
    Light,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct TerminalColors {
    pub depth: ColorDepth,
    /// The colours of its text and its background, once it has said so.
    pub foreground: Option<Rgb>,
    pub background: Option<Rgb>,
    /// What its background is taken for until then.
    pub guess: Background,
    /// Whether its fonts have only few signs, as on the console of Linux.
    pub plain_signs: bool,
}

/// The styles everything is drawn with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Theme {
    /// The user's own text: the strongest on the screen.
    pub words: Style,
    /// Labels and prompts.
    pub label: Style,
    /// What matters less: help, dates, last week.
    pub quiet: Style,
    /// Frames and rules, which say nothing.
    pub rule: Style,
    /// Headings of the parts of a screen.
    pub heading: Style,
    /// The one accent: where the focus is, what is on.
    pub accent: Style,
    /// What is good: kept, done.
    pub good: Style,
    /// What is begun and not finished.
    pub begun: Style,
    /// What is due or overdue.
    pub due: Style,
    /// What is wrong with a field.
    pub wrong: Style,
    /// The chosen row, over its full width, under the styles of what is in it.
    pub cursor: Style,
    /// Whether signs are drawn in their plain form.
    pub plain_signs: bool,
}

/// The background that a theme is made for, and its colours on it: words, accent, good, due and wrong; the
/// others are mixed from them.
type ColorSet = [u32; 6];

const DARK: ColorSet = [
    0x12_12_18, 0xe6_e6_ea, 0x5e_c4_b6, 0x8c_c4_78, 0xe8_b8_5c, 0xf0_82_76,
];
const LIGHT: ColorSet = [
    0xfa_fa_f8, 0x1c_1c_20, 0x00_69_78, 0x2e_6e_28, 0x8c_50_00, 0xa8_24_1c,
];

/// The colours of a theme, for a dark and a light background.
const fn color_sets(theme: ThemeName) -> [ColorSet; 2] {
    match theme {
        ThemeName::Terminal | ThemeName::Mono => [DARK, LIGHT],
        ThemeName::Dark => [DARK, DARK],
        ThemeName::Light => [LIGHT, LIGHT],
        ThemeName::HighContrast => [
            [
                0x00_00_00, 0xff_ff_ff, 0x5c_f0_ff, 0x7c_ff_6b, 0xff_d0_40, 0xff_9a_8c,
            ],
            [
                0xff_ff_ff, 0x00_00_00, 0x00_45_60, 0x0c_4a_08, 0x5c_30_00, 0x84_00_00,
            ],
        ],
        ThemeName::Solarized => [
            [
                0x00_2b_36, 0x93_a1_a1, 0x2a_a1_98, 0x85_99_00, 0xb5_89_00, 0xdc_32_2f,
            ],
            [
                0xfd_f6_e3, 0x58_6e_75, 0x2a_a1_98, 0x85_99_00, 0xb5_89_00, 0xdc_32_2f,
            ],
        ],
        ThemeName::Gruvbox => [
            [
                0x28_28_28, 0xeb_db_b2, 0x8e_c0_7c, 0xb8_bb_26, 0xfa_bd_2f, 0xfb_49_34,
            ],
            [
                0xfb_f1_c7, 0x3c_38_36, 0x42_7b_58, 0x79_74_0e, 0xb5_76_14, 0x9d_00_06,
            ],
        ],
        ThemeName::Catppuccin => [
            [
                0x1e_1e_2e, 0xcd_d6_f4, 0x94_e2_d5, 0xa6_e3_a1, 0xf9_e2_af, 0xf3_8b_a8,
            ],
            [
                0xef_f1_f5, 0x4c_4f_69, 0x17_92_99, 0x40_a0_2b, 0xdf_8e_1d, 0xd2_0f_39,
            ],
        ],
        ThemeName::Nord => [
            [
                0x2e_34_40, 0xd8_de_e9, 0x88_c0_d0, 0xa3_be_8c, 0xeb_cb_8b, 0xbf_61_6a,
            ],
            [
                0xec_ef_f4, 0x2e_34_40, 0x5e_81_ac, 0xa3_be_8c, 0xd0_87_70, 0xbf_61_6a,
            ],
        ],
    }
}

/// The least contrast of words, of other text, and of signs that are only a bar or a square.
const WORDS: f64 = 7.0;
const TEXT: f64 = 4.5;
const SIGNS: f64 = 3.0;

/// Shares of the way from the background to the words, in percent.
const LABEL_SHARE: u16 = 76;
const QUIET_SHARE: u16 = 58;
const RULE_SHARE: u16 = 27;
/// The share of the good colour in what is only begun, and of the accent under the cursor.
const BEGUN_SHARE: u16 = 60;
const CURSOR_SHARE: u16 = 16;

impl TerminalColors {
    /// A terminal that says nothing of its colours.
    pub fn unknown(depth: ColorDepth, guess: Background) -> Self {
        Self {
            depth,
            guess,
            ..Self::default()
        }
    }

    fn background_is_light(&self, theme: ThemeName) -> bool {
        match (self.background, theme) {
            (Some(background), _) => is_light(background),
            (None, ThemeName::Light) => true,
            (None, ThemeName::Dark) => false,
            (None, _) => self.guess == Background::Light,
        }
    }

    /// Whether text that the terminal dims, to about half, is known to be legible.
    fn dims_legibly(&self) -> bool {
        match (self.foreground, self.background) {
            (Some(text), Some(background)) => {
                contrast(mix(background, text, 50), background) >= TEXT
            }
            _ => false,
        }
    }
}

impl Theme {
    /// The terminal's own theme, where it says nothing of its colours.
    pub fn new(depth: ColorDepth, background: Background) -> Self {
        let terminal = TerminalColors::unknown(depth, background);
        Self::of(&Colors::default(), &terminal)
    }

    /// The styles of a theme in a terminal.
    pub fn of(colors: &Colors, terminal: &TerminalColors) -> Self {
        let mono = colors.theme == ThemeName::Mono;
        match terminal.depth {
            ColorDepth::True | ColorDepth::Indexed => Self::mixed(colors, terminal),
            ColorDepth::Sixteen if !mono => Self::basic(colors.theme, terminal),
            ColorDepth::Sixteen | ColorDepth::None => Self::colorless(terminal),
        }
    }

    /// The colours of every role, ready for the terminal's background.
    fn mixed(colors: &Colors, terminal: &TerminalColors) -> Self {
        let light = terminal.background_is_light(colors.theme);
        let set = color_sets(colors.theme)[usize::from(light)];
        let [background, words, accent, good, due, wrong] = set;
        let of = |hex: u32| {
            let [_, red, green, blue] = hex.to_be_bytes();
            Rgb(red, green, blue)
        };
        let own = |role| {
            let mut roles = colors.roles.iter().rev();
            roles
                .find(|(other, _)| *other == role)
                .map(|(_, color)| *color)
        };
        let background = terminal.background.unwrap_or(of(background));
        let from_terminal = colors.theme == ThemeName::Terminal;
        let foreground = terminal.foreground.filter(|_| from_terminal);
        let chosen = foreground.unwrap_or(of(words));
        let hue = |hex: u32| match colors.theme {
            ThemeName::Mono => chosen,
            _ => of(hex),
        };
        let (words_least, text_least) = match colors.theme {
            ThemeName::HighContrast => (2.0 * WORDS, WORDS),
            _ => (WORDS, TEXT),
        };
        let accent =
            own(Role::Accent).unwrap_or_else(|| legible(hue(accent), text_least, &[background]));
        let mut cursor = own(Role::Cursor).unwrap_or_else(|| mix(background, accent, CURSOR_SHARE));
        if terminal.depth == ColorDepth::Indexed {
            cursor = indexed(nearest_index(cursor, 1.0, &[]));
        }
        let backgrounds = [background, cursor];
        // What the user chose stays as it is.
        let made =
            |role, color, least| own(role).unwrap_or_else(|| legible(color, least, &backgrounds));
        let paint = |role, Rgb(red, green, blue): Rgb, least| match terminal.depth {
            ColorDepth::True => Color::Rgb(red, green, blue),
            _ => {
                let least = if own(role).is_some() { 1.0 } else { least };
                Color::Indexed(nearest_index(Rgb(red, green, blue), least, &backgrounds))
            }
        };
        let fg = |role, color, least| Style::new().fg(paint(role, made(role, color, least), least));
        let words = made(Role::Words, chosen, words_least);
        let words_color = paint(Role::Words, words, words_least);
        let shade = |role, share| fg(role, mix(background, words, share), text_least);
        let good_color = made(Role::Good, hue(good), text_least);
        let rule = own(Role::Rule).unwrap_or_else(|| mix(background, words, RULE_SHARE));
        let words_are_the_terminals = from_terminal
            && words == chosen
            && terminal.foreground.is_some() == terminal.background.is_some();
        Self {
            words: if words_are_the_terminals {
                Style::new()
            } else {
                Style::new().fg(words_color)
            },
            label: shade(Role::Label, LABEL_SHARE),
            quiet: shade(Role::Quiet, QUIET_SHARE),
            rule: Style::new().fg(paint(Role::Rule, rule, 1.0)),
            heading: shade(Role::Label, LABEL_SHARE).add_modifier(Modifier::BOLD),
            accent: fg(Role::Accent, accent, text_least).add_modifier(Modifier::BOLD),
            good: fg(Role::Good, hue(good), text_least),
            begun: fg(Role::Begun, mix(background, good_color, BEGUN_SHARE), SIGNS),
            due: fg(Role::Due, hue(due), text_least),
            wrong: fg(Role::Wrong, hue(wrong), text_least),
            cursor: match colors.theme {
                ThemeName::Mono => Style::new().add_modifier(Modifier::REVERSED),
                _ => {
                    let under = paint(Role::Cursor, cursor, 1.0);
                    Style::new().bg(under).fg(words_color)
                }
            },
            plain_signs: terminal.plain_signs,
        }
    }

    /// The sixteen colours are the terminal's, and only their names are known: on a light background,
    /// yellow, cyan and green are too pale in most terminals.
    fn basic(theme: ThemeName, terminal: &TerminalColors) -> Self {
        let fg = |color: Color| Style::new().fg(color);
        let bold = |color: Color| fg(color).add_modifier(Modifier::BOLD);
        let [accent, good, due, wrong, rule] = if terminal.background_is_light(theme) {
            [
                Color::Blue,
                Color::Reset,
                Color::Magenta,
                Color::Red,
                Color::Gray,
            ]
        } else {
            [
                Color::Cyan,
                Color::Green,
                Color::Yellow,
                Color::LightRed,
                Color::DarkGray,
            ]
        };
        Self {
            words: Style::new().add_modifier(Modifier::BOLD),
            rule: fg(rule),
            accent: bold(accent),
            good: fg(good),
            begun: fg(good),
            due: bold(due),
            wrong: bold(wrong),
            ..Self::colorless(terminal)
        }
    }

    fn colorless(terminal: &TerminalColors) -> Self {
        let (plain, bold) = (Style::new(), Style::new().add_modifier(Modifier::BOLD));
        let quiet = if terminal.dims_legibly() {
            plain.add_modifier(Modifier::DIM)
        } else {
            plain
        };
        Self {
            words: plain,
            label: plain,
            quiet,
            rule: quiet,
            heading: bold,
            accent: bold,
            good: plain,
            begun: plain,
            due: bold,
            wrong: bold,
            cursor: Style::new().add_modifier(Modifier::REVERSED),
            plain_signs: terminal.plain_signs,
        }
    }
}

#[cfg(test)]
mod tests;
