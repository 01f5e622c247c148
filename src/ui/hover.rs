//! The mark on what the pointer of the mouse is on, if it can be clicked: its words are underlined, which
//! every theme shows and nothing else on a screen is.
//!
//! Knows only the frame and its [`Regions`]; what a click means is the model's.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use super::Regions;

/// The columns that a column of signs has at most.
const SIGNS: u16 = 3;

/// Underlines what can be clicked at a column and row, from 0.
pub fn draw_hover(regions: &Regions, (column, row): (u16, u16), buffer: &mut Buffer) {
    let Some(area) = regions.area_at(column, row) else {
        return;
    };
    let area = area.intersection(buffer.area);
    // A box is told by its first row of words. A column of signs may cross words that are not its own.
    let titled = area.rows().find(|row| has_words(buffer, *row));
    match titled.filter(|row| row.width > SIGNS || area.height == 1) {
        Some(row) => underline_words(buffer, row),
        None => {
            for place in area.positions() {
                if !is_blank(buffer, place) && !is_letter(buffer, place) {
                    underline(buffer, place);
                }
            }
        }
    }
}

fn has_words(buffer: &Buffer, row: Rect) -> bool {
    row.positions().any(|at| is_letter(buffer, at))
}

fn is_letter(buffer: &Buffer, at: Position) -> bool {
    symbol(buffer, at).chars().any(char::is_alphanumeric)
}

/// Underlines the words of a row, and the single blanks between them.
fn underline_words(buffer: &mut Buffer, row: Rect) {
    let is_word = |buffer: &Buffer, x: u16| {
        let at = Position::new(x, row.y);
        row.contains(at) && !is_blank(buffer, at) && !is_drawn_line(buffer, at)
    };
    for at in row.positions() {
        let between = is_blank(buffer, at)
            && at.x > row.x
            && is_word(buffer, at.x - 1)
            && is_word(buffer, at.x + 1);
        if between || is_word(buffer, at.x) {
            underline(buffer, at);
        }
    }
}

fn underline(buffer: &mut Buffer, at: Position) {
    if let Some(cell) = buffer.cell_mut(at) {
        cell.modifier.insert(Modifier::UNDERLINED);
    }
}

fn symbol(buffer: &Buffer, at: Position) -> &str {
    buffer.cell(at).map_or("", |cell| cell.symbol())
}

fn is_blank(buffer: &Buffer, at: Position) -> bool {
    symbol(buffer, at).trim().is_empty()
}

/// Whether it is part of a frame, a rule, a bar or a sign.
fn is_drawn_line(buffer: &Buffer, at: Position) -> bool {
    symbol(buffer, at).starts_with(|c| ('\u{2500}'..='\u{25ff}').contains(&c))
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Cell;
    use ratatui::style::Style;

    use super::*;
    use crate::app::ClickTarget;

    /// The underlined characters of each row, `.` for others.
    #[track_caller]
    fn check(rows: &[&str], area: Rect, target: ClickTarget, expected: &[&str]) {
        let width = rows[0].chars().count();
        let width = u16::try_from(width).expect("it is a row");
        let height = u16::try_from(rows.len()).expect("they are few");
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        for (y, row) in (0..).zip(rows) {
            buffer.set_string(0, y, row, Style::new());
        }
        let mut regions = Regions::default();
        regions.targets.push((area, target));
        draw_hover(&regions, (area.x, area.y), &mut buffer);
        let seen = buffer.area.rows().map(|row| {
            let cells = row.positions().filter_map(|at| buffer.cell(at));
            let is_marked = |cell: &Cell| cell.modifier.contains(Modifier::UNDERLINED);
            let shown = cells.map(|cell| if is_marked(cell) { cell.symbol() } else { "." });
            shown.collect::<String>()
        });
        assert_eq!(seen.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_words_of_a_row_are_underlined_and_no_gap_between_them() {
        check(
            &[
                " ▌■ A row of it  in 3 days ┃",
                "  ■ Another one             ",
            ],
            Rect::new(2, 0, 26, 1),
            ClickTarget::Row(0),
            &[
                "....A row of it..in 3 days..",
                "............................",
            ],
        );
    }

    #[test]
    fn of_a_box_the_title_is_underlined() {
        check(
            &["╭ Jan ── 4 ╮", "│ ■■ words │", "╰──────────╯"],
            Rect::new(0, 0, 12, 3),
            ClickTarget::Row(0),
            &["..Jan....4..", "............", "............"],
        );
    }

    #[test]
    fn of_a_column_of_signs_the_signs_are() {
        check(
            &["Dec", "■ ■", "✓ »", "Sol"],
            Rect::new(0, 0, 2, 4),
            ClickTarget::Week(0),
            &["...", "■..", "✓..", "..."],
        );
    }

    #[test]
    fn a_text_to_type_in_and_what_cannot_be_clicked_have_no_mark() {
        let text = ClickTarget::Text { row: 0, column: 0 };
        check(&["words"], Rect::new(0, 0, 5, 1), text, &["....."]);
        check(&["words"], Rect::ZERO, ClickTarget::Row(0), &["....."]);
    }
}
