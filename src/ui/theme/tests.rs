//! Every role of every theme is read on every background, at every depth of colour.

use ratatui::style::{Color, Modifier, Style};

use super::*;

/// Grounds and text of terminals that people use.
const TERMINALS: [(&str, u32, u32); 13] = [
    ("dark", 0x12_12_18, 0xe6_e6_ea),
    ("light", 0xfa_fa_f8, 0x1c_1c_20),
    ("Solarized dark", 0x00_2b_36, 0x83_94_96),
    ("Solarized light", 0xfd_f6_e3, 0x65_7b_83),
    ("Gruvbox dark", 0x28_28_28, 0xeb_db_b2),
    ("Gruvbox light", 0xfb_f1_c7, 0x3c_38_36),
    ("Catppuccin Mocha", 0x1e_1e_2e, 0xcd_d6_f4),
    ("Catppuccin Latte", 0xef_f1_f5, 0x4c_4f_69),
    ("Nord", 0x2e_34_40, 0xd8_de_e9),
    ("Dracula", 0x28_2a_36, 0xf8_f8_f2),
    ("Tokyo Night", 0x1a_1b_26, 0xc0_ca_f5),
    ("xterm white", 0xff_ff_ff, 0x00_00_00),
    ("Linux console", 0x00_00_00, 0xaa_aa_aa),
];

fn rgb(hex: u32) -> Rgb {
    let [_, red, green, blue] = hex.to_be_bytes();
    Rgb(red, green, blue)
}

fn terminal(depth: ColorDepth, background: u32, text: u32) -> TerminalColors {
    TerminalColors {
        foreground: Some(rgb(text)),
        background: Some(rgb(background)),
        ..TerminalColors::unknown(depth, Background::Dark)
    }
}

/// What xterm draws for a colour by name; the terminal's own text for none.
fn drawn(color: Option<Color>, text: Rgb) -> Rgb {
    match color {
        Some(Color::Rgb(red, green, blue)) => Rgb(red, green, blue),
        Some(Color::Indexed(index)) => indexed(index),
        Some(Color::Red) => Rgb(205, 0, 0),
        Some(Color::LightRed) => Rgb(255, 0, 0),
        Some(Color::Green) => Rgb(0, 205, 0),
        Some(Color::Yellow) => Rgb(205, 205, 0),
        Some(Color::Blue) => Rgb(0, 0, 238),
        Some(Color::Magenta) => Rgb(205, 0, 205),
        Some(Color::Cyan) => Rgb(0, 205, 205),
        Some(Color::Reset) | None => text,
        other => panic!("{other:?}"),
    }
}

/// The roles with their least contrast.
fn roles(theme: &Theme) -> [(&'static str, Style, f64); 9] {
    [
        ("words", theme.words, WORDS),
        ("label", theme.label, TEXT),
        ("quiet", theme.quiet, TEXT),
        ("heading", theme.heading, TEXT),
        ("accent", theme.accent, TEXT),
        ("good", theme.good, TEXT),
        ("begun", theme.begun, SIGNS),
        ("due", theme.due, TEXT),
        ("wrong", theme.wrong, TEXT),
    ]
}

#[test]
fn every_role_is_read_on_every_background_and_under_the_cursor() {
    for (name, background, text) in TERMINALS {
        for theme in ThemeName::ALL {
            for depth in [ColorDepth::True, ColorDepth::Indexed] {
                let colors = Colors {
                    theme,
                    roles: Vec::new(),
                };
                let theme = Theme::of(&colors, &terminal(depth, background, text));
                let cursor = theme.cursor.bg.map(|color| drawn(Some(color), rgb(text)));
                for background in [Some(rgb(background)), cursor].into_iter().flatten() {
                    for (role, style, least) in roles(&theme) {
                        let color = drawn(style.fg, rgb(text));
                        let found = contrast(color, background);
                        assert!(
                            found >= least,
                            "{role} of {colors:?} has {found:.2} on {name}, {background:?}, {depth:?}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn the_words_are_the_strongest_and_the_cursor_can_be_seen() {
    for (name, background, text) in TERMINALS {
        for theme in ThemeName::ALL {
            let colors = Colors {
                theme,
                roles: Vec::new(),
            };
            let theme = Theme::of(&colors, &terminal(ColorDepth::True, background, text));
            let of = |style: Style| contrast(drawn(style.fg, rgb(text)), rgb(background));
            assert!(of(theme.words) > of(theme.label), "{colors:?} on {name}");
            // Both may have been moved to the least there is, in steps of their own.
            let (label, quiet) = (of(theme.label), of(theme.quiet));
            assert!(label + 0.2 > quiet, "{label} {quiet}: {colors:?} on {name}");
            match theme.cursor.bg {
                Some(cursor) => {
                    let found = contrast(drawn(Some(cursor), rgb(text)), rgb(background));
                    assert!(found > 1.1, "{found:.2}: {colors:?} on {name}");
                }
                None => assert!(theme.cursor.add_modifier.contains(Modifier::REVERSED)),
            }
        }
    }
}

#[test]
fn with_sixteen_colours_nothing_is_pale_in_the_palette_of_xterm() {
    for (background, text) in [(0x00_00_00, 0xe5_e5_e5), (0xff_ff_ff, 0x00_00_00)] {
        let theme = Theme::of(
            &Colors::default(),
            &terminal(ColorDepth::Sixteen, background, text),
        );
        for (role, style, _) in roles(&theme) {
            let found = contrast(drawn(style.fg, rgb(text)), rgb(background));
            assert!(found >= TEXT, "{role} has {found:.2} on {background:06x}");
            assert!(
                background == 0 || !matches!(style.fg, Some(Color::Yellow | Color::Cyan)),
                "{role}"
            );
        }
    }
}

#[test]
fn until_the_terminal_answers_its_own_words_stay_and_the_cursor_brings_both_colours() {
    for depth in [ColorDepth::True, ColorDepth::Indexed] {
        let theme = Theme::new(depth, Background::Dark);
        assert_eq!(theme.words, Style::new());
        let (fg, bg) = (theme.cursor.fg, theme.cursor.bg);
        assert!(fg.is_some() && bg.is_some(), "{depth:?}");
    }
}

#[test]
fn without_colour_words_are_not_bold_and_the_cursor_is_reversed() {
    let none = Theme::new(ColorDepth::None, Background::Dark);
    assert_eq!(none.words, Style::new());
    assert_eq!(none.cursor, Style::new().add_modifier(Modifier::REVERSED));
    let mono = Colors {
        theme: ThemeName::Mono,
        roles: Vec::new(),
    };
    let mono = Theme::of(&mono, &terminal(ColorDepth::True, 0, 0xff_ff_ff));
    assert_eq!(mono.cursor, Style::new().add_modifier(Modifier::REVERSED));
    assert_eq!(mono.accent.fg, mono.good.fg);
}

#[test]
fn words_are_dimmed_only_where_that_can_be_read() {
    let dims = |background, text| {
        let terminal = terminal(ColorDepth::Sixteen, background, text);
        let theme = Theme::of(&Colors::default(), &terminal);
        theme.quiet.add_modifier.contains(Modifier::DIM)
    };
    assert!(dims(0, 0xff_ff_ff));
    assert!(!dims(0x00_2b_36, 0x83_94_96), "Solarized");
    assert!(!dims(0xff_ff_ff, 0), "black, dimmed, is 3.9 to 1 on white");
}

#[test]
fn the_roles_are_mixed_as_designed_and_one_can_be_set() {
    let terminal = terminal(ColorDepth::True, 0x12_12_18, 0xe6_e6_ea);
    let mut colors = Colors::default();
    let theme = Theme::of(&colors, &terminal);
    let color = |hex| Some(Color::from_u32(hex));
    assert_eq!(theme.label.fg, color(0xb3_b3_b8));
    assert_eq!(theme.rule.fg, color(0x4b_4b_51));
    assert_eq!(theme.cursor.bg, color(0x1e_2e_31));
    assert_eq!(theme.accent.fg, color(0x5e_c4_b6));
    colors.roles = vec![(Role::Accent, Rgb(1, 2, 3))];
    assert_eq!(Theme::of(&colors, &terminal).accent.fg, color(0x01_02_03));
    // With 256 colours the nearest one, though it is dark on a dark background.
    let indexed = TerminalColors {
        depth: ColorDepth::Indexed,
        ..terminal
    };
    let near = Theme::of(&colors, &indexed).accent.fg;
    assert!(matches!(near, Some(Color::Indexed(0 | 16))), "{near:?}");
}
