//! The pictures of the README are the screens of the sample year, drawn from the buffer that the
//! terminal would get.
//!
//! `README=update cargo test --test tui pictures` draws them anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use leadby::ui::{Background, ColorDepth, Theme};
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use crate::play::{Play, TUESDAY};

/// The pictures, each with its keys from Home and its rows.
const PICTURES: [(&str, &str, u16); 3] =
    [("home", "", 30), ("walk", "1", 30), ("check-in", "c", 26)];

const COLUMNS: u16 = 104;

/// A cell in units of the picture.
const CELL: (f32, f32) = (8.4, 18.0);

/// The colours of the terminal: its ground and its text.
const TERMINALS: [(&str, Background, &str, &str); 2] = [
    ("dark", Background::Dark, "#121218", "#e6e6ea"),
    ("light", Background::Light, "#fafaf8", "#1c1c20"),
];

#[test]
fn the_pictures_match_the_screens() {
    for (name, keys, rows) in PICTURES {
        let mut play = Play::with(&crate::screens::entries("sample"), TUESDAY);
        play.size(COLUMNS, rows).keys(keys);
        for (kind, background, ground, text) in TERMINALS {
            let theme = Theme::new(ColorDepth::True, background);
            let cells = play.themed(&theme).cells;
            check(&format!("{name}-{kind}.svg"), &svg(&cells, ground, text));
        }
    }
}

#[track_caller]
fn check(name: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets/pictures")
        .join(name);
    if fs::read_to_string(&path).is_ok_and(|found| found == expected) {
        return;
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "a switch for the person who runs the test"
    )]
    let update = std::env::var("README").is_ok_and(|value| value == "update");
    assert!(
        update,
        "{name} is another screen now; README=update cargo test --test tui pictures draws it"
    );
    #[expect(
        clippy::disallowed_methods,
        reason = "the picture is under version control"
    )]
    fs::write(path, expected).expect("the picture can be written");
}

/// The cells as a picture: a rectangle for each ground, and a text for each run of one style, drawn
/// to the width of its cells in whatever font there is.
fn svg(cells: &Buffer, ground: &str, text: &str) -> String {
    let (wide, high) = (
        f32::from(COLUMNS) * CELL.0,
        f32::from(cells.area.height) * CELL.1,
    );
    let mut picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.0} {high:.0}\" \
         font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" \
         font-size=\"14\" xml:space=\"preserve\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{ground}\"/>\n"
    );
    for row in 0..cells.area.height {
        let mut column = 0;
        while column < COLUMNS {
            let start = column;
            let first = &cells[(start, row)];
            let mut run = String::new();
            while column < COLUMNS && same_style(&cells[(column, row)], first) {
                run.push_str(cells[(column, row)].symbol());
                column += 1;
            }
            let (x, y) = (f32::from(start) * CELL.0, f32::from(row) * CELL.1);
            let width = f32::from(column - start) * CELL.0;
            let (mut fore, mut back) = (hex(first.fg, text), hex(first.bg, ground));
            if first.modifier.contains(Modifier::REVERSED) {
                (fore, back) = (back, fore);
            }
            if back != ground {
                let _ = writeln!(
                    picture,
                    "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{:.1}\" fill=\"{back}\"/>",
                    CELL.1
                );
            }
            if !run.trim().is_empty() {
                let bold = if first.modifier.contains(Modifier::BOLD) {
                    " font-weight=\"bold\""
                } else {
                    ""
                };
                let run = run.replace('&', "&amp;").replace('<', "&lt;");
                let _ = writeln!(
                    picture,
                    "<text x=\"{x:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" \
                     lengthAdjust=\"spacingAndGlyphs\" fill=\"{fore}\"{bold}>{run}</text>",
                    y + 13.5
                );
            }
        }
    }
    picture.push_str("</svg>\n");
    picture
}

fn same_style(one: &ratatui::buffer::Cell, other: &ratatui::buffer::Cell) -> bool {
    (one.fg, one.bg, one.modifier) == (other.fg, other.bg, other.modifier)
}

fn hex(color: Color, default: &str) -> String {
    match color {
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        _ => default.to_owned(),
    }
}
