//! The colours of the screens, as the user sets them: a theme by name, and single roles.
//!
//! Knows names and numbers; how they become styles is decided in `ui`.

use std::fmt;

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeValue;

use super::Setting;
use crate::user_file::{Mistake, Table, note, unknown_key};

/// A colour in 24 bits: red, green, blue.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(try_from = "String")]
pub struct Rgb(pub u8, pub u8, pub u8);

impl TryFrom<String> for Rgb {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let digits = text
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let [_, red, green, blue] = number
            .ok_or_else(|| format!("`{text}` is not a colour; one is written like \"#5ec4b6\""))?
            .to_be_bytes();
        Ok(Self(red, green, blue))
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(red, green, blue) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// A set of colours.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeName {
    /// Mixed from the colours of the terminal.
    #[default]
    Terminal,
    Dark,
    Light,
    HighContrast,
    Solarized,
    Gruvbox,
    Catppuccin,
    Nord,
    Mono,
}

impl ThemeName {
    /// Every theme, in the order they are shown.
    pub const ALL: [Self; 9] = [
        Self::Terminal,
        Self::Dark,
        Self::Light,
        Self::HighContrast,
        Self::Solarized,
        Self::Gruvbox,
        Self::Catppuccin,
        Self::Nord,
        Self::Mono,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
            Self::Solarized => "solarized",
            Self::Gruvbox => "gruvbox",
            Self::Catppuccin => "catppuccin",
            Self::Nord => "nord",
            Self::Mono => "mono",
        }
    }

    /// The theme with this name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|theme| theme.name().eq_ignore_ascii_case(name))
    }
}

/// What a colour is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Role {
    /// The user's own text.
    Words,
    /// Names of fields, what keys do.
    Label,
    /// Dates, help, what is over.
    Quiet,
    /// Frames and rules.
    Rule,
    /// Where you are, keys, today.
    Accent,
    /// Done, kept.
    Good,
    /// Begun and not finished.
    Begun,
    /// Due, moved.
    Due,
    /// Missed, a field in error.
    Wrong,
    /// The background of the chosen row.
    Cursor,
}

/// The names of the roles in the file.
const ROLES: [(&str, Role); 10] = [
    ("words", Role::Words),
    ("label", Role::Label),
    ("quiet", Role::Quiet),
    ("rule", Role::Rule),
    ("accent", Role::Accent),
    ("good", Role::Good),
    ("begun", Role::Begun),
    ("due", Role::Due),
    ("wrong", Role::Wrong),
    ("cursor", Role::Cursor),
];

impl Role {
    /// The name in the file.
    pub fn name(self) -> &'static str {
        let role = ROLES.iter().find(|(_, role)| *role == self);
        role.map_or("", |(name, _)| name)
    }
}

/// The theme and the roles that the user gave a colour of their own.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Colors {
    pub theme: ThemeName,
    pub roles: Vec<(Role, Rgb)>,
}

/// The roles in the value of `colors`, and the mistakes in them.
pub(super) fn read_roles(
    value: Spanned<DeValue<'_>>,
    line_at: &dyn Fn(usize) -> usize,
) -> (Vec<(Role, Setting<Rgb>)>, Vec<Mistake>) {
    let (mut roles, mut mistakes) = (Vec::new(), Vec::new());
    let Some(mut table) = note(Table::new(value), &mut mistakes) else {
        return (roles, mistakes);
    };
    for (name, role) in ROLES {
        let color = note(table.take(name), &mut mistakes).flatten();
        roles.extend(color.map(|(at, value)| {
            let line = line_at(at);
            (role, Setting { value, line })
        }));
    }
    let names = ROLES.map(|(name, _)| name);
    mistakes.extend(
        table
            .left()
            .map(|(at, key)| Mistake::at(at, unknown_key(&key, &names))),
    );
    (roles, mistakes)
}
