//! How long the program takes and how much memory, beside bare programs that do the least the same
//! thing can take.
//!
//! `cargo bench` measures, and prints the ratios at the end: a machine's speed cancels out in them.
//! What each may be at most is said there too, and never tested: time is no test.
//!
//! A command that saves is beside a process that appends as much and waits for the disk, as no save can
//! do less; `status/bare` is a process that does nothing.

mod bare;
mod journal;
mod measure;
mod memory;
mod screen;

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use leadby::app::{self, Msg};
use leadby::journal::{Body, Change, Commitment, Journal};
use leadby::practice;
use leadby::report::StatusLine;
use leadby::store::{self, Appended, LineFilter, Store};

use journal::Shape;
use measure::Bench;
use screen::{JournalFile, Screen, opened, read};

/// Told so, this program is one that does nothing.
const NOTHING: &str = "--do-nothing";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [nothing] if nothing == NOTHING => return,
        [copy, path] if copy == bare::COPY => return bare::copy(path.as_ref()),
        [append, path] if append == bare::APPEND => return bare::append(path.as_ref()),
        [hold, what, path] if hold == memory::HOLD => return memory::hold(what, path.as_ref()),
        _ => {}
    }
    let mut bench = Bench::new();
    for shape in [Shape::Years, Shape::OneList] {
        first_frame(&mut bench, shape);
    }
    keys(&mut bench);
    list_keys(&mut bench);
    saves(&mut bench);
    commands(&mut bench);
    portfolio(&mut bench);
    for shape in [Shape::Years, Shape::OneList] {
        whole_journal(&mut bench, shape);
    }
    print_ratios(&bench);
}

#[expect(
    clippy::print_stdout,
    reason = "the figures are what this program is for"
)]
fn print_ratios(bench: &Bench) {
    println!("\nratio    at most  what");
    let median = 50;
    for shape in [Shape::Years, Shape::OneList] {
        let (ours, bare) = (
            format!("first frame/{shape:?}"),
            format!("first frame/{shape:?} bare"),
        );
        bench.ratio((&ours, &bare), median, 1.5);
    }
    bench.ratio(("key/30000", "key/100"), 99, 1.2);
    bench.ratio(("key/50 at once", "key/100"), median, 2.0);
    bench.ratio(("down/10000", "down/100"), 99, 1.2);
    bench.ratio(("down/10000", "down/bare"), median, 2.0);
    bench.ratio(("saved/30000", "saved/100"), 99, 1.2);
    bench.ratio(("save/100", "save/bare"), median, 1.2);
    bench.ratio(("save/30000", "save/bare"), median, 1.2);
    bench.ratio(("status/process", "status/bare"), median, 2.0);
    bench.ratio(("add/10000", "add/bare"), median, 2.0);
    bench.ratio(("add/10000", "add/10"), median, 1.5);
    bench.share("portfolio/choice", Duration::from_millis(16));
    for shape in [Shape::Years, Shape::OneList] {
        bench.share(&format!("portfolio/{shape:?}"), Duration::from_millis(100));
    }
    for shape in [Shape::Years, Shape::OneList] {
        for command in ["list", "search", "export"] {
            let (ours, bare) = (
                format!("{command}/{shape:?}"),
                format!("{command}/{shape:?} bare"),
            );
            bench.ratio((&ours, &bare), median, 2.0);
        }
    }
    memory::print_ratios();
}

/// From the file to the first frame, at 10,000 entries.
fn first_frame(bench: &mut Bench, shape: Shape) {
    let file = JournalFile::of(shape, 10_000);
    let name = format!("first frame/{shape:?}");
    bench.measure_in_turn(&mut [
        (&name, &mut || {
            let start = Instant::now();
            let mut screen = Screen::new(opened(&file.path));
            screen.draw();
            start.elapsed()
        }),
        (&format!("{name} bare"), &mut || {
            let start = Instant::now();
            bare::first_frame(&file.path);
            start.elapsed()
        }),
    ]);
    // Where the time goes.
    bench.measure(&format!("{name} 1 read"), || {
        let start = Instant::now();
        let opened = Store::open(&file.path);
        let taken = start.elapsed();
        assert!(opened.is_ok());
        taken
    });
    let (_, loaded) = Store::open(&file.path).expect("it was just written");
    bench.measure(&format!("{name} 2 fold"), || {
        let entries = loaded.entries.clone();
        let start = Instant::now();
        let journal = Journal::fold(entries);
        let taken = start.elapsed();
        assert!(!journal.is_empty());
        taken
    });
}

/// From a key to the frame that shows it: one that types, and one that saves
/// and leaves for Home.
fn keys(bench: &mut Bench) {
    for count in [100, 30_000] {
        let mut screen = Screen::at_a_text_field(count);
        let mut types = true;
        bench.measure(&format!("key/{count}"), || {
            types = !types;
            let code = if types {
                KeyCode::Backspace
            } else {
                KeyCode::Char('x')
            };
            let start = Instant::now();
            screen.press(KeyEvent::new(code, KeyModifiers::NONE));
            screen.draw();
            start.elapsed()
        });
        let mut screen = Screen::at_a_text_field(count);
        bench.measure(&format!("saved/{count}"), || {
            screen.press(KeyEvent::new(KeyCode::Char('x'), KeyModifiers::NONE));
            let changes = screen.press(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE));
            let saved = screen.written(changes);
            let start = Instant::now();
            let appended = Appended {
                saved,
                ..Appended::default()
            };
            let _ = app::update(&mut screen.model, Msg::Saved(appended));
            screen.draw();
            let taken = start.elapsed();
            screen.press(KeyEvent::new(KeyCode::Char('1'), KeyModifiers::NONE));
            taken
        });
    }
    // What waits in the queue is applied together and drawn once.
    let mut screen = Screen::at_a_text_field(100);
    let fifty = |code| [KeyEvent::new(code, KeyModifiers::NONE); 50];
    bench.measure("key/50 at once", || {
        let start = Instant::now();
        let typed = screen.model.printable_prefix(fifty(KeyCode::Char('x')));
        assert_eq!(typed.len(), 50);
        let _ = app::update(&mut screen.model, Msg::Typed(typed));
        screen.draw();
        let taken = start.elapsed();
        for key in fifty(KeyCode::Backspace) {
            screen.press(key);
        }
        taken
    });
}

/// From ↓ in a list to the frame that shows it, beside a bare list of as many rows.
fn list_keys(bench: &mut Bench) {
    let down = |screen: &mut Screen| {
        let start = Instant::now();
        screen.press(KeyEvent::new(KeyCode::Down, KeyModifiers::NONE));
        screen.draw();
        start.elapsed()
    };
    let (mut small, mut large) = (Screen::at_a_list(100), Screen::at_a_list(10_000));
    let mut bare = bare::List::of(10_000);
    bench.measure_in_turn(&mut [
        ("down/10000", &mut || down(&mut large)),
        ("down/100", &mut || down(&mut small)),
        ("down/bare", &mut || {
            let start = Instant::now();
            bare.down();
            start.elapsed()
        }),
    ]);
}

/// One save of one entry, until it is on the disk.
fn saves(bench: &mut Bench) {
    let now = journal::now();
    let change = Change::new(Body::Commitment(commitment()));
    let saving = |file: &JournalFile| {
        let (mut store, mut journal) = read(&file.path);
        let change = change.clone();
        move || {
            let start = Instant::now();
            let appended = store.append(std::slice::from_ref(&change), &journal, now);
            let taken = start.elapsed();
            for entry in appended.expect("there is room on the disk").saved {
                journal.insert(entry);
            }
            taken
        }
    };
    let (small, large) = (
        JournalFile::of(Shape::Years, 100),
        JournalFile::of(Shape::Years, 30_000),
    );
    let last = journal::entries(&practice::builtin(), Shape::Years, 30);
    let line = last
        .iter()
        .rfind(|entry| matches!(entry.body, Body::Commitment(_)))
        .map(store::encode_line)
        .expect("there is one each week");
    let line = format!("{line}\n");
    let file = JournalFile::of(Shape::Years, 100);
    let mut raw: File = OpenOptions::new()
        .append(true)
        .open(&file.path)
        .expect("it was just written");
    bench.measure_in_turn(&mut [
        ("save/100", &mut saving(&small)),
        ("save/30000", &mut saving(&large)),
        ("save/bare", &mut || {
            let start = Instant::now();
            raw.write_all(line.as_bytes()).expect("there is room");
            raw.sync_data().expect("the disk works");
            start.elapsed()
        }),
    ]);
}

/// Commands as whole processes: the line for a status bar at 1,000 entries, and something written
/// down at 10,000.
fn commands(bench: &mut Bench) {
    let file = JournalFile::of(Shape::Years, 1_000);
    let catalog = practice::builtin();
    bench.measure("status/text", || {
        let start = Instant::now();
        let now = journal::now();
        let read = Store::open_filtered(
            &file.path,
            now,
            LineFilter::EntriesOf(now.week(), &[], "off"),
        );
        let (_, loaded) = read.expect("it was just written");
        let journal = Journal::fold(loaded.entries);
        let line = StatusLine::new(now, &journal, &catalog).text();
        assert!(!line.is_empty());
        start.elapsed()
    });
    bench.measure("status/practices", || {
        let start = Instant::now();
        let catalog = practice::builtin();
        let taken = start.elapsed();
        assert!(!catalog.practices().is_empty());
        taken
    });
    let mut short = leadby(&["status", "--short"], &file);
    let mut nothing = itself(&[NOTHING]);
    bench.measure_in_turn(&mut [
        ("status/process", &mut || run(&mut short)),
        ("status/bare", &mut || run(&mut nothing)),
    ]);
    let (small, large) = (
        JournalFile::of(Shape::Years, 10),
        JournalFile::of(Shape::Years, 10_000),
    );
    let mut adds =
        [&small, &large].map(|file| leadby(&["add", "problem", "Nobody owns the release"], file));
    // The first save of a week makes a snapshot, too.
    for add in &mut adds {
        run(add);
    }
    let [to_small, to_large] = &mut adds;
    let log = JournalFile::of(Shape::Years, 10);
    let mut appended = itself(&[bare::APPEND, log.path.to_str().expect("it is text")]);
    bench.measure_in_turn(&mut [
        ("add/10000", &mut || run(to_large)),
        ("add/10", &mut || run(to_small)),
        ("add/bare", &mut || run(&mut appended)),
    ]);
}

/// The portfolio of a year at 10,000 entries: from a choice about an entry to the frame that shows it,
/// and the whole command that writes the page: a year of a diligent user, and one with a problem an
/// hour, of which every other one is solved.
fn portfolio(bench: &mut Bench) {
    let file = JournalFile::of(Shape::OneList, 10_000);
    let mut screen = Screen::new(opened(&file.path));
    screen.press(KeyEvent::new(KeyCode::Char('P'), KeyModifiers::SHIFT));
    screen.draw();
    bench.measure("portfolio/choice", || {
        let start = Instant::now();
        let changes = screen.press(KeyEvent::new(KeyCode::Char(' '), KeyModifiers::NONE));
        let appended = Appended {
            saved: screen.written(changes),
            ..Appended::default()
        };
        let _ = app::update(&mut screen.model, Msg::Saved(appended));
        screen.draw();
        start.elapsed()
    });
    for shape in [Shape::Years, Shape::OneList] {
        let file = JournalFile::of(shape, 10_000);
        let mut page = leadby(&["portfolio", "--format", "html"], &file);
        bench.measure(&format!("portfolio/{shape:?}"), || run(&mut page));
    }
}

/// Commands that read 10,000 entries and print them, beside a program that reads the same lines,
/// parses them and prints them.
fn whole_journal(bench: &mut Bench, shape: Shape) {
    let file = JournalFile::of(shape, 10_000);
    let path = file.path.to_str().expect("it is text");
    for arguments in [&["list"][..], &["search", "owner"], &["export", "json"]] {
        let name = format!("{}/{shape:?}", arguments[0]);
        let mut ours = leadby(arguments, &file);
        let mut bare = itself(&[bare::COPY, path]);
        bench.measure_in_turn(&mut [
            (&name, &mut || run(&mut ours)),
            (&format!("{name} bare"), &mut || run(&mut bare)),
        ]);
    }
}

/// How long a process takes from its start to its end.
fn run(command: &mut Command) -> Duration {
    let start = Instant::now();
    let ended = command.stdout(Stdio::null()).status();
    // `status` ends with 1 when something is due.
    assert!(ended.is_ok_and(|ended| ended.code().is_some_and(|code| code < 2)));
    start.elapsed()
}

fn leadby(arguments: &[&str], file: &JournalFile) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadby"));
    command.args(arguments).arg("--journal").arg(&file.path);
    command
}

/// This program, which is also the bare ones.
fn itself(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program runs"));
    command.args(arguments);
    command
}

fn commitment() -> Commitment {
    let today = journal::now().today();
    Commitment {
        area: "process".to_owned(),
        ..Commitment::new("One owner for every release step", today, today)
    }
}
