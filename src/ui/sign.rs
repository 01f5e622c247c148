//! The signs of the screens: one sign has one meaning everywhere, and no sign stands without a word
//! near it.
//!
//! Views draw the signs below. Where a font lacks them, the finished frame is rewritten, cell by cell,
//! so a plain sign takes one column too.

use ratatui::buffer::Buffer;

/// Done, marked, reached: a page, a habit, a stage, an entry that is included.
pub(super) const DONE: &str = "■";
/// Text, but not all that was asked.
pub(super) const BEGUN: &str = "▪";
/// Can still be done.
pub(super) const OPEN: &str = "□";
/// Nothing, and its time is over, or not here yet.
pub(super) const NOTHING: &str = "·";
/// A week or month that is off.
pub(super) const OFF: &str = "~";
/// An answer is wanted.
pub(super) const DUE: &str = "!";
/// An open commitment.
pub(super) const PROMISE: &str = "▸";
/// How a commitment ended, or that its day was moved.
pub(super) const KEPT: &str = "✓";
pub(super) const MISSED: &str = "✗";
pub(super) const MOVED: &str = "»";
pub(super) const LET_GO: &str = "–";
/// On a line of days: the day it was made, the day it is due, today.
pub(super) const DAY_MADE: &str = "●";
pub(super) const DAY_DUE: &str = "◎";
pub(super) const TODAY: &str = "◆";
/// On a line of days: days gone and days to come. The first is also under the chosen tab.
pub(super) const DAYS_GONE: &str = "━";
pub(super) const DAYS_AHEAD: &str = "╌";
/// Became; then and now.
pub(super) const BECAME: &str = "→";
/// More and less than before; the colour says whether that is good.
pub(super) const MORE: &str = "▲";
pub(super) const LESS: &str = "▼";
/// Before your own words from another day.
pub(super) const QUOTE: &str = "“";
/// Where `⏎` acts, at the left edge of the chosen row.
pub(super) const CURSOR: &str = "▌";
/// The thumb of a scroll bar, in a frame.
pub(super) const SCROLL: &str = "┃";
/// The filled part of a bar.
pub(super) const BAR: &str = "▆";
/// The rest of a bar, of another height so that it is seen without colours.
pub(super) const BAR_EMPTY: &str = "▁";

/// The heights of a bar in one row, from none, in eighths.
pub(super) const HEIGHTS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// What the signs mean, for the help.
pub(super) const LEGEND: [(&str, &str); 6] = [
    ("■ ▪ □", "done, begun, still open"),
    ("· ~", "nothing, off"),
    ("! ▸", "an answer is wanted, an open commitment"),
    ("✓ ✗ » –", "kept, missed, moved, let go"),
    ("● ◎ ◆", "the day it was made, the day it is due, today"),
    ("→ ▲ ▼", "became, more, less than before"),
];

/// What stands for a sign where fonts have few: the 256 characters of a console, of which even
/// arrows and half blocks may be missing. Frames and rules stay, with square corners.
const PLAIN: [(&str, &str); 44] = [
    (DONE, "#"),
    (BEGUN, "-"),
    (OPEN, "_"),
    (NOTHING, "."),
    (DUE, "!"),
    (PROMISE, ">"),
    (KEPT, "+"),
    (MISSED, "x"),
    (MOVED, "»"),
    (LET_GO, "-"),
    (DAY_MADE, "o"),
    (DAY_DUE, "O"),
    (TODAY, "*"),
    (DAYS_GONE, "="),
    (DAYS_AHEAD, "-"),
    (BECAME, ">"),
    (MORE, "^"),
    (LESS, "v"),
    (QUOTE, "\""),
    (CURSOR, ">"),
    (SCROLL, "#"),
    (BAR, "#"),
    // The heights of a bar, in three steps; the number is near.
    ("▁", "."),
    ("▂", "."),
    ("▃", ":"),
    ("▄", ":"),
    ("▅", ":"),
    ("▇", "#"),
    ("█", "#"),
    ("”", "\""),
    ("‘", "'"),
    ("’", "'"),
    // Not "~": a path that is cut would begin in the home folder.
    ("…", "*"),
    ("⏎", "┘"),
    ("‹", "<"),
    ("›", ">"),
    ("◂", "<"),
    ("←", "<"),
    ("↑", "^"),
    ("↓", "v"),
    ("╭", "┌"),
    ("╮", "┐"),
    ("╰", "└"),
    ("╯", "┘"),
];

/// Replaces every sign by its plain form.
pub(super) fn make_plain(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if let Some((_, plain)) = PLAIN.iter().find(|(sign, _)| *sign == cell.symbol()) {
            cell.set_symbol(plain);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    #[test]
    fn a_plain_sign_takes_the_column_of_its_sign_and_is_in_every_font() {
        let of_code_page_437 = "»┌┐└┘";
        for (at, (sign, plain)) in PLAIN.iter().enumerate() {
            assert_eq!(text::width(sign), 1, "{sign}");
            assert_eq!(text::width(plain), 1, "{plain}");
            assert!(
                plain.is_ascii() || of_code_page_437.contains(plain),
                "{plain}"
            );
            assert!(
                PLAIN[..at].iter().all(|(other, _)| other != sign),
                "{sign} twice"
            );
        }
    }

    #[test]
    fn states_that_can_stand_side_by_side_stay_apart() {
        for group in [
            [DONE, BEGUN, OPEN, NOTHING].as_slice(),
            &[DUE, PROMISE, KEPT, MISSED, MOVED, LET_GO],
            &[DAY_MADE, DAY_DUE, TODAY, DAYS_GONE, DAYS_AHEAD, MOVED],
            &[MORE, LESS],
        ] {
            let row = group.concat();
            let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
            buffer.set_string(0, 0, &row, Style::new());
            make_plain(&mut buffer);
            let drawn: Vec<&str> = buffer.content[..group.len()]
                .iter()
                .map(ratatui::buffer::Cell::symbol)
                .collect();
            let mut apart = drawn.clone();
            apart.sort_unstable();
            apart.dedup();
            assert_eq!(apart.len(), group.len(), "{row} → {drawn:?}");
        }
    }
}
