//! How long the program takes, beside bare programs that do the least the same thing can take.
//!
//! `cargo bench` measures, and prints the ratios at the end: a machine's speed cancels out in them.
//! What each may be at most is said there too, and never tested: time is no test.

mod journal;

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use criterion::Criterion;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use leadby::app::{self, Effect, Model, Msg, Setup};
use leadby::calendar::Week;
use leadby::journal::{Body, Change, Commitment, Entry, Journal, Turns};
use leadby::practice::{self, Catalog};
use leadby::report::Status;
use leadby::store::{self, Appended, Store};
use leadby::ui::{self, Depth, Ground, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::widgets::Paragraph;
use tempfile::TempDir;

/// Told so, this program is one that does nothing.
const NOTHING: &str = "--do-nothing";

fn main() {
    if std::env::args().any(|argument| argument == NOTHING) {
        return;
    }
    let mut bench = Bench::new();
    first_frame(&mut bench);
    keys(&mut bench);
    saves(&mut bench);
    status(&mut bench);
    bench.print_ratios();
}

/// From the file to the first frame, at 10,000 entries.
fn first_frame(bench: &mut Bench) {
    let file = JournalFile::of(10_000);
    bench.measure("first frame/leadby", || {
        let start = Instant::now();
        let (_, journal) = read(&file.path);
        let mut screen = Screen::new(model(journal, None));
        screen.draw();
        start.elapsed()
    });
    // Where the time goes.
    bench.measure("first frame/1 read", || {
        let start = Instant::now();
        let opened = Store::open(&file.path);
        let taken = start.elapsed();
        assert!(opened.is_ok());
        taken
    });
    let (_, loaded) = Store::open(&file.path).expect("it was just written");
    bench.measure("first frame/2 fold", || {
        let entries = loaded.entries.clone();
        let start = Instant::now();
        let journal = Journal::fold(entries);
        let taken = start.elapsed();
        assert!(!journal.is_empty());
        taken
    });
    bench.measure("first frame/3 home", || {
        let (_, journal) = read(&file.path);
        let start = Instant::now();
        let _model = model(journal, None);
        start.elapsed()
    });
    bench.measure("first frame/bare", || {
        let start = Instant::now();
        let text = std::fs::read_to_string(&file.path).expect("it was just written");
        let lines: Vec<serde_json::Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).expect("it was just written"))
            .collect();
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("it is memory");
        terminal
            .draw(|frame| {
                let words = format!("{} entries", lines.len());
                frame.render_widget(Paragraph::new(words), frame.area());
            })
            .expect("it is memory");
        start.elapsed()
    });
}

/// From a key to the frame that shows it: one that types, and one that saves
/// and leaves for Home.
fn keys(bench: &mut Bench) {
    for count in [100, 100_000] {
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
}

/// One save of one entry, until it is on the disk.
fn saves(bench: &mut Bench) {
    let now = journal::now();
    let change = Change {
        id: None,
        undoes: None,
        body: Body::Commitment(commitment()),
    };
    for count in [100, 100_000] {
        let file = JournalFile::of(count);
        let (mut store, mut journal) = read(&file.path);
        bench.measure(&format!("save/{count}"), || {
            let start = Instant::now();
            let appended = store.append(std::slice::from_ref(&change), &journal, now);
            let taken = start.elapsed();
            for entry in appended.expect("there is room on the disk").saved {
                journal.absorb(entry);
            }
            taken
        });
    }
    let file = JournalFile::of(100);
    let last = journal::entries(&practice::builtin(), 30);
    let line = last
        .iter()
        .rfind(|entry| matches!(entry.body, Body::Commitment(_)))
        .map(store::line)
        .expect("there is one each week");
    let line = format!("{line}\n");
    let mut raw: File = OpenOptions::new()
        .append(true)
        .open(&file.path)
        .expect("it was just written");
    bench.measure("save/bare", || {
        let start = Instant::now();
        raw.write_all(line.as_bytes()).expect("there is room");
        raw.sync_data().expect("the disk works");
        start.elapsed()
    });
}

/// The line for a status bar, at 1,000 entries: as a text, and as a whole process.
fn status(bench: &mut Bench) {
    let file = JournalFile::of(1_000);
    let catalog = practice::builtin();
    bench.measure("status/text", || {
        let start = Instant::now();
        let (_, journal) = read(&file.path);
        let line = Status::at(journal::now(), &journal, &catalog).short();
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
    let run = |command: &mut Command| {
        let start = Instant::now();
        let ended = command.stdout(Stdio::null()).status();
        assert!(ended.is_ok());
        start.elapsed()
    };
    let mut leadby = Command::new(env!("CARGO_BIN_EXE_leadby"));
    leadby
        .args(["status", "--short", "--journal"])
        .arg(&file.path);
    bench.measure("status/process", || run(&mut leadby));
    let mut nothing = Command::new(std::env::current_exe().expect("this program runs"));
    nothing.arg(NOTHING);
    bench.measure("status/bare", || run(&mut nothing));
}

/// The measurements of this run, by name.
struct Bench {
    criterion: Criterion,
    taken: Vec<(String, Vec<Duration>)>,
}

impl Bench {
    fn new() -> Self {
        let criterion = Criterion::default()
            .sample_size(20)
            .warm_up_time(Duration::from_millis(500))
            .measurement_time(Duration::from_secs(3))
            .configure_from_args();
        Self {
            criterion,
            taken: Vec::new(),
        }
    }

    /// Measures what `once` answers, as often as criterion wants; nothing when it was not asked for.
    fn measure(&mut self, name: &str, mut once: impl FnMut() -> Duration) {
        let mut taken = Vec::new();
        self.criterion.bench_function(name, |bencher| {
            bencher.iter_custom(|times| {
                let before = taken.len();
                taken.extend((0..times).map(|_| once()));
                taken[before..].iter().sum()
            });
        });
        taken.sort_unstable();
        self.taken.push((name.to_owned(), taken));
    }

    #[expect(
        clippy::print_stdout,
        reason = "the figures are what this program is for"
    )]
    fn print_ratios(&self) {
        println!("\nratio    at most  what");
        let median = 50;
        self.ratio(("first frame/leadby", "first frame/bare"), median, 1.5);
        self.ratio(("key/100000", "key/100"), 99, 1.2);
        self.ratio(("saved/100000", "saved/100"), 99, 1.2);
        self.ratio(("save/100", "save/bare"), median, 1.1);
        self.ratio(("save/100000", "save/bare"), median, 1.1);
        self.ratio(("status/process", "status/bare"), median, 2.0);
    }

    #[expect(
        clippy::print_stdout,
        reason = "the figures are what this program is for"
    )]
    fn ratio(&self, (ours, theirs): (&str, &str), percentile: usize, most: f64) {
        let (Some(one), Some(other)) = (self.at(ours, percentile), self.at(theirs, percentile))
        else {
            return;
        };
        let ratio = one.as_secs_f64() / other.as_secs_f64();
        let of = if percentile == 50 { "median" } else { "p99" };
        println!("{ratio:<9.2}{most:<9.1}{ours} to {theirs}: {of} {one:.1?} to {other:.1?}");
    }

    /// The time within which so many of a hundred were done.
    fn at(&self, name: &str, percentile: usize) -> Option<Duration> {
        let (_, taken) = self.taken.iter().find(|(taken, _)| taken == name)?;
        taken
            .get((taken.len() * percentile / 100).min(taken.len().checked_sub(1)?))
            .copied()
    }
}

/// A journal in a folder of its own, on the disk that the program is built on.
struct JournalFile {
    path: PathBuf,
    _folder: TempDir,
}

impl JournalFile {
    fn of(count: usize) -> Self {
        let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder can be made");
        let path = folder.path().join("journal.jsonl");
        let entries = journal::entries(&practice::builtin(), count);
        store::create(&path, &entries).expect("it can be written");
        Self {
            path,
            _folder: folder,
        }
    }
}

/// A model and the screen it is drawn on.
struct Screen {
    model: Model,
    theme: Theme,
    terminal: Terminal<TestBackend>,
    revision: u64,
}

impl Screen {
    fn new(model: Model) -> Self {
        Self {
            model,
            theme: Theme::new(Depth::True, Ground::Dark),
            terminal: Terminal::new(TestBackend::new(80, 24)).expect("it is memory"),
            revision: 1,
        }
    }

    /// The first page of the walk, at a journal of `count` entries.
    fn at_a_text_field(count: usize) -> Self {
        let catalog = practice::builtin();
        let journal = Journal::fold(journal::entries(&catalog, count));
        let week = journal::now().week();
        let mut screen = Self::new(model(journal, Some(page(&catalog, week))));
        screen.draw();
        assert!(screen.model.is_typing());
        screen
    }

    fn press(&mut self, key: KeyEvent) -> Vec<Effect> {
        app::update(&mut self.model, Msg::Key(key))
    }

    fn draw(&mut self) {
        let Self {
            model,
            theme,
            terminal,
            ..
        } = self;
        terminal
            .draw(|frame| {
                ui::draw(model, theme, frame);
            })
            .expect("it is memory");
    }

    /// What a save would answer, without the disk.
    fn written(&mut self, effects: Vec<Effect>) -> Vec<Entry> {
        let changes = effects.into_iter().find_map(|effect| match effect {
            Effect::Save(changes) => Some(changes),
            _ => None,
        });
        let written = changes
            .expect("something was typed")
            .into_iter()
            .map(|change| {
                self.revision += 1;
                Entry {
                    id: change.id.expect("an answer has a natural id"),
                    rev: self.revision,
                    undoes: None,
                    at: journal::now().stamp(),
                    body: change.body,
                }
            });
        written.collect()
    }
}

fn read(path: &Path) -> (Store, Journal) {
    let (store, loaded) = Store::open(path).expect("it was just written");
    assert!(loaded.findings.is_empty());
    (store, Journal::fold(loaded.entries))
}

fn model(journal: Journal, open: Option<String>) -> Model {
    Model::new(Setup {
        now: journal::now(),
        catalog: practice::builtin(),
        turns: Turns::default(),
        journal,
        findings: 0,
        path: String::new(),
        draft: None,
        place: None,
        open,
    })
}

/// The name of the walk's first page, which begins with a text field.
fn page(catalog: &Catalog, week: Week) -> String {
    let first = catalog.walk().next().expect("there are eight");
    format!("page/{}/{week}/1", first.id)
}

fn commitment() -> Commitment {
    let today = journal::now().today();
    Commitment {
        better: "One owner for every release step".to_owned(),
        area: "process".to_owned(),
        due: today,
        made: today,
        moves: Vec::new(),
        closing: None,
        origin: None,
    }
}
