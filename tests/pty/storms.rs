//! More than anyone does: sizes, keys and pastes by the thousand.

use rustix::process::Signal;

use leadby::store::Store;

use super::terminal::{Home, Terminal};
use super::{is_full, start_typing};

/// `short`, or `full` in the full form.
fn cases(short: u64, full: u64) -> u64 {
    if is_full() { full } else { short }
}

/// A repeatable random generator: `SplitMix64`.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % end as u64).expect("it is below a usize")
    }
}

/// Back at the first size, the window shows the first screen again.
#[track_caller]
fn repaints(terminal: &mut Terminal, first: &str) {
    terminal.resize(59, 25);
    terminal.wait_until_contains("this is 59 × 25");
    terminal.resize(80, 24);
    terminal.wait_until("the first screen again", |screen| {
        screen.contents() == first
    });
}

#[test]
fn every_size_is_drawn_and_the_first_one_redrawn() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    let first = terminal.first_screen();
    let mut random = Random(742);
    for number in 0..742_u16 {
        let (columns, rows) = match number % 7 {
            0 => (0, 0),
            1 => (1, 1),
            2 => (20, 5),
            3 if number % 35 == 3 => (500, 200),
            _ => (random.below(200), random.below(70)),
        };
        let cells = |number| u16::try_from(number).expect("it is a window");
        terminal.resize(cells(columns), cells(rows));
        if number % 50 == 0 {
            repaints(&mut terminal, &first);
        }
    }
    repaints(&mut terminal, &first);
    terminal.write("q");
    assert!(terminal.wait_until_over().success());
    terminal.assert_given_back();
}

/// Input from a keyboard, a mouse or a broken line; likely ones more often.
const KEYS: &[&str] = &[
    "\r",
    "\r",
    "\t",
    "\t",
    "\x1b[Z",
    "\x1b",
    "\x1b",
    " ",
    "\x1b[A",
    "\x1b[B",
    "\x1b[C",
    "\x1b[D",
    "\x1b[H",
    "\x1b[F",
    "\x1b[5~",
    "\x1b[6~",
    "\x1b[3~",
    "\x7f",
    "\x1bOP",
    "\x13",
    "\x13",
    "\x0e",
    "\x10",
    "\x0f",
    "\x14",
    "\x07",
    "\x0c",
    "\x15",
    "\x17",
    "\x01",
    "\x05",
    "\x0b",
    "\x19",
    "\x1a",
    "\x1b[<0;9;9M",
    "\x1b[<0;9;9m",
    "\x1b[<0;40;12M",
    "\x1b[<0;40;12m",
    "\x1b[<64;5;5M",
    "\x1b[<65;5;5M",
    "\x1b[200~pasted\rwords\x1b[201~",
    "\x1b[200~",
    "\x1b[201~",
    "\x1b[",
    "\x1b[999;999;999~",
    "\x1bx",
    "é",
    "日",
    "👩\u{200d}👧",
    "\u{202e}",
    "\u{300}",
    "\0",
    "a",
    "c",
    "d",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "q",
    "r",
    "s",
    "t",
    "u",
    "x",
    "y",
    "/",
    "?",
    ":",
    "[",
    "]",
    "1",
    "2",
    "3",
    "8",
    "9",
    "0",
    "H",
    "G",
    "L",
];

#[track_caller]
fn check_keys(seed: u64, keys: u64) {
    // A terminal that is not asked for its colours: this one answers nothing, and the end would wait.
    let home = Home::new().with("TERM", "linux");
    let mut random = Random(seed);
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("leadby");
    for _ in 0..keys.div_ceil(20) {
        let some: String = (0..20).map(|_| KEYS[random.below(KEYS.len())]).collect();
        if let Some(status) = terminal.type_and_see(&some) {
            // A random key may quit; that is not a crash.
            assert!(
                status.success(),
                "seed {seed}: {status}, {}",
                terminal.contents()
            );
            terminal.assert_given_back();
            terminal = Terminal::start(&home);
            terminal.wait_until_contains("leadby");
        }
    }
    // A sequence may be incomplete; the end of a paste and Escape complete it.
    terminal.write("\x1b[201~\x1b");
    terminal.resize(79, 24);
    terminal.resize(80, 24);
    // The last keys may have quit it, however late it took them.
    let status = terminal.wait_until_contains_or_over("leadby");
    let status = status.unwrap_or_else(|| {
        terminal.signal(Signal::TERM);
        terminal.wait_until_over()
    });
    assert!(
        status.success() || status.signal() == Some("Terminated"),
        "seed {seed}: {status}"
    );
    terminal.assert_given_back();
    let (_, loaded) = Store::open(home.journal()).expect("a journal");
    assert_eq!(loaded.findings, [], "seed {seed}");
}

#[test]
fn twenty_thousand_random_keys_do_not_crash_it() {
    for seed in 1..=5 {
        check_keys(seed, cases(200, 4_000));
    }
}

/// Pastes `words` on Home, which ignores them, and into a field; checks that the field shows
/// `shows`.
#[track_caller]
fn check_paste(words: &str, shows: &str) {
    check_paste_that(words, shows, "Nothing here takes pasted text.");
}

/// The same, where the first paste has this message.
#[track_caller]
fn check_paste_that(words: &str, shows: &str, message: &str) {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    let first = terminal.first_screen();
    terminal.write_while_read(&format!("\x1b[200~{words}\x1b[201~"));
    // The next key clears it.
    terminal.wait_until_contains(message);
    terminal.write("\x1b[15~");
    repaints(&mut terminal, &first);
    start_typing(&mut terminal);
    terminal.write_while_read(&format!("before \x1b[200~{words}\x1b[201~"));
    terminal.wait_until_contains(shows);
    terminal.wait_until_contains("Role");
    terminal.signal(Signal::TERM);
    let status = terminal.wait_until_over();
    assert_eq!(status.signal(), Some("Terminated"), "{status}");
    terminal.assert_given_back();
    assert!(!home.journal().exists(), "something was saved");
}

#[test]
fn a_paste_of_several_lines_runs_no_command() {
    check_paste("one\rtwo\r\nthree\n", "three");
}

#[test]
fn a_paste_of_escape_sequences_runs_no_command() {
    check_paste("q\x1b[2J\x1b[31mred\x07\x1b]0;title\x07\x13\x03 end", "end");
}

#[test]
fn a_paste_that_contains_its_end_code_runs_no_command() {
    // Some terminals remove the end-of-paste code from pasted text; not all of them.
    let words = "one\x1b[201~q\x13\x1b\x1b[<0;3;3Mn\r\x1b[15~two";
    check_paste_that(words, "two", "Ignored a key");
}

#[test]
fn a_paste_of_a_megabyte_is_accepted() {
    let words = "A line of words.\r".repeat(1_000_000 / 17);
    check_paste(&format!("{words}the end"), "the end");
}

#[test]
fn a_key_that_a_slow_line_cuts_in_two_is_one_key() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    start_typing(&mut terminal);
    // Answers of the terminal are no longer expected.
    std::thread::sleep(std::time::Duration::from_secs(4));
    terminal.write("lead");
    terminal.wait_until_contains("lead");
    for rest in ["[D", "[<35;10;10M", "[200~q, \x1b[201~"] {
        terminal.write("\x1b");
        std::thread::sleep(std::time::Duration::from_millis(5));
        terminal.write(rest);
    }
    terminal.wait_until_contains("leaq, d");
}
