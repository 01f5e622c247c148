//! What can be clicked under the pointer has a mark, which costs nothing while it stays the same.

use super::processor::assert_idle;
use super::terminal::{Home, Terminal};

/// The pointer comes to a column and row, from 1.
fn moved(column: u16, row: u16) -> String {
    format!("\x1b[<35;{column};{row}M")
}

/// Waits until exactly these words of the last row are underlined.
#[track_caller]
fn wait_for_mark(terminal: &Terminal, words: &str) {
    terminal.wait_until(&format!("a mark under {words:?}"), |screen| {
        let (rows, columns) = screen.size();
        let cells = (0..columns.get()).filter_map(|x| screen.cell(rows.get() - 1, x));
        let marked: String = cells
            .filter(|cell| cell.underline())
            .map(|cell| {
                if cell.has_contents() {
                    cell.contents()
                } else {
                    " "
                }
            })
            .collect();
        marked == words
    });
}

#[test]
fn the_pointer_marks_what_can_be_clicked_and_a_key_takes_the_mark_away() {
    let home = Home::new().with("NO_COLOR", "1");
    let mut terminal = Terminal::start(&home);
    let first = terminal.first_screen();
    let footer = first.lines().last().expect("it has rows");
    let (before, _) = footer.split_once("p problems").expect("it is there");
    let column = u16::try_from(before.chars().count()).expect("it is a row") + 1;
    assert_idle(terminal.process());
    let before = terminal.written();
    // Nothing can be clicked in the header.
    for column in 1..40 {
        terminal.write(&moved(column, 1));
    }
    assert_idle(terminal.process());
    assert_eq!(terminal.written(), before, "nothing changed");
    terminal.write(&moved(column, 24));
    wait_for_mark(&terminal, "p problems");
    assert_idle(terminal.process());
    let marked = terminal.written();
    for right in 1..10 {
        terminal.write(&moved(column + right, 24));
    }
    assert_idle(terminal.process());
    assert_eq!(terminal.written(), marked, "it is marked already");
    terminal.write(&moved(column, 1));
    wait_for_mark(&terminal, "");
    terminal.write(&moved(column, 24));
    wait_for_mark(&terminal, "p problems");
    // The window loses the focus.
    terminal.write("\x1b[O");
    wait_for_mark(&terminal, "");
    terminal.write(&moved(column, 24));
    wait_for_mark(&terminal, "p problems");
    terminal.write("?");
    wait_for_mark(&terminal, "");
    terminal.write("?");
    terminal.wait_until_contains("one column a week");
    terminal.write("q");
    terminal.wait_until_over();
    terminal.assert_given_back();
}
