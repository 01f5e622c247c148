//! Every screen at every size: no panic, no control characters, and no meaning that only colour
//! carries.

use leadby::app::keys::Action;
use leadby::app::{ClickTarget, Msg};
use leadby::ui::ColorDepth;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use crate::play::{Picture, Play, TUESDAY};
use crate::screens::{JOURNALS, SCREENS, entries, open};

const SIZES: [(u16, u16); 24] = [
    (0, 0),
    (1, 1),
    (0, 24),
    (80, 0),
    (59, 19),
    (59, 24),
    (80, 19),
    (60, 20),
    (60, 24),
    (60, 45),
    (66, 21),
    (72, 22),
    (79, 23),
    (80, 24),
    (80, 25),
    (81, 28),
    (90, 31),
    (97, 33),
    (104, 35),
    (112, 37),
    (119, 39),
    (120, 40),
    (121, 41),
    (130, 45),
];

#[test]
fn every_screen_fits_every_size() {
    for journal in JOURNALS {
        for (screen, keys) in SCREENS {
            let Some(play) = open(journal, screen, keys) else {
                continue;
            };
            for size in SIZES {
                check(&play, size, &format!("{screen}, {journal}, {size:?}"));
            }
        }
    }
}

#[test]
fn every_field_fits_the_smallest_and_the_usual_size() {
    for journal in JOURNALS {
        for (screen, keys) in SCREENS {
            let Some(mut play) = open(journal, screen, keys) else {
                continue;
            };
            let fields = play
                .model
                .state()
                .form()
                .map_or(0, |form| form.fields.len());
            for field in 0..fields {
                for size in [(60, 20), (80, 24), (130, 45)] {
                    let place = format!("{screen}, field {field}, {journal}, {size:?}");
                    check(&play, size, &place);
                }
                if field + 1 < fields && !screen.starts_with("help") {
                    play.keys("<Tab>");
                }
            }
        }
    }
}

#[test]
fn in_a_window_that_is_too_small_only_ctrl_c_acts() {
    let mut play = Play::with(&entries("sample"), TUESDAY);
    play.size(59, 19)
        .shows("needs 60 × 20")
        .shows("59 × 19")
        .shows("Ctrl+C quits");
    let lines = play.lines();
    play.keys("1cu:x?q<Enter><Esc><F1><C-s>")
        .paste("words")
        .at_once("words")
        .tell(Msg::Wheel { up: false })
        .tell(Msg::Click(ClickTarget::Action(Action::Review)))
        .size(80, 24)
        .shows("This week");
    assert_eq!(play.lines(), lines);
    play.keys("n").size(80, 19).keys("unseen").size(80, 24);
    play.hides("unseen").size(59, 19).keys("<C-c>");
    assert!(play.left);
}

/// The colour of frames says nothing and may be hard to read, and a hue that is reversed would be a block
/// in the row of the cursor.
#[test]
fn with_sixteen_colours_no_letter_has_that_of_a_frame_and_the_cursor_row_has_none() {
    for (screen, keys) in SCREENS {
        let Some(play) = open("sample", screen, keys) else {
            continue;
        };
        for size in [(80, 24), (120, 40)] {
            let picture = play.picture_of(size, ColorDepth::Sixteen);
            for cell in &picture.cells.content {
                let is_letter = cell.symbol().chars().any(char::is_alphanumeric);
                let place = || format!("{screen}, {size:?}, {cell:?}\n{}", picture.text());
                assert!(!is_letter || cell.fg != Color::DarkGray, "{}", place());
                if cell.modifier.contains(Modifier::REVERSED) {
                    assert_eq!(
                        (cell.fg, cell.bg),
                        (Color::Reset, Color::Reset),
                        "{}",
                        place()
                    );
                }
            }
        }
    }
}

#[track_caller]
fn check(play: &Play, size: (u16, u16), place: &str) {
    let plain = play.picture_of(size, ColorDepth::None);
    let coloured = play.picture_of(size, ColorDepth::True);
    assert_eq!(symbols(&plain), symbols(&coloured), "{place}");
    harmless(&plain, place);
}

fn symbols(picture: &Picture) -> Vec<&str> {
    let Buffer { content, .. } = &picture.cells;
    content.iter().map(ratatui::buffer::Cell::symbol).collect()
}

#[track_caller]
fn harmless(picture: &Picture, place: &str) {
    for symbol in symbols(picture) {
        let acts = |character: char| {
            character.is_control()
                || matches!(
                    character,
                    '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}'
                        | '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}'
                )
        };
        assert!(!symbol.contains(acts), "{place}: {symbol:?}");
    }
}
