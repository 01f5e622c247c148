//! How much memory the program takes, beside the size of the file and beside a bare program that
//! holds the same lines.
//!
//! A process is asked for by its number, so each is started anew. Where the system does not tell
//! (`/proc` of Linux does), nothing is said.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::widgets::Paragraph;

use crate::journal::Shape;
use crate::measure::say;
use crate::screen::{JournalFile, Screen, opened};

/// Told so, this program holds what it is told, and waits to be asked how much that takes.
pub(crate) const HOLD: &str = "--hold";

/// The file's lines as texts.
const LINES: &str = "lines";

/// The journal, with Home drawn once.
const SCREENS: &str = "screens";

/// What a process takes, in kilobytes.
#[derive(Clone, Copy, Default)]
struct Memory {
    peak: u64,
    rest: u64,
}

/// Holds what is in a file until nobody listens any more.
pub(crate) fn hold(what: &str, path: &Path) {
    if what == LINES {
        let text = fs::read_to_string(path).expect("it was just written");
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        drop(text);
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("it is memory");
        let words = format!("{} entries", lines.len());
        terminal
            .draw(|frame| frame.render_widget(Paragraph::new(words.as_str()), frame.area()))
            .expect("it is memory");
        wait();
        assert!(lines.iter().all(|line| !line.is_empty()));
    } else {
        let mut screen = Screen::new(opened(path));
        screen.draw();
        wait();
        assert!(!screen.model.journal().is_empty());
    }
}

/// Says that all is there, and waits until standard input ends.
fn wait() {
    let said = io::stdout().write_all(b"\n");
    assert!(said.is_ok());
    let ended = io::stdin().read_to_end(&mut Vec::new());
    assert!(ended.is_ok());
}

/// Measures, and says the ratios.
pub(crate) fn print_ratios() {
    let file = JournalFile::of(Shape::Years, 30_000);
    let size = fs::metadata(&file.path).map_or(1, |metadata| metadata.len() / 1024);
    let peak = |what: &str, taken: u64| {
        let what = format!("memory/{what} to its file: {taken} kB to {size} kB");
        say(ratio(taken, size), 4.0, &what);
    };
    if let Some(screens) = held(SCREENS, &file.path) {
        peak("30,000 entries open, at most", screens.peak);
    }
    if let Some(list) = listed(&file.path) {
        peak("30,000 entries as JSON, at most", list.peak);
    }
    for shape in [Shape::Years, Shape::OneList] {
        let file = JournalFile::of(shape, 10_000);
        if let Some((ours, bare)) = held(SCREENS, &file.path).zip(held(LINES, &file.path)) {
            let what = format!(
                "memory/10,000 entries ({shape:?}) at rest to their lines: {} kB to {} kB",
                ours.rest, bare.rest
            );
            say(ratio(ours.rest, bare.rest), 2.0, &what);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "no memory is that large")]
fn ratio(one: u64, other: u64) -> f64 {
    one as f64 / other as f64
}

/// What this program takes with something held.
fn held(what: &str, path: &Path) -> Option<Memory> {
    let program = std::env::current_exe().expect("this program runs");
    let mut child = Command::new(program)
        .args([HOLD, what])
        .arg(path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("this program runs");
    let mut ready = [0];
    let said = output(&mut child).read_exact(&mut ready);
    let memory = said.ok().and_then(|()| Memory::of(&child));
    drop(child.stdin.take());
    let ended = child.wait().expect("it is a child of ours");
    assert!(ended.success());
    memory
}

/// What the command takes while it writes everything as JSON.
fn listed(path: &Path) -> Option<Memory> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_leadby"))
        .args(["list", "--json", "--journal"])
        .arg(path)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program was built");
    let mut output = output(&mut child);
    let mut bytes = vec![0; 1 << 16];
    let mut most: Option<Memory> = None;
    while output.read(&mut bytes).is_ok_and(|length| length > 0) {
        // Asked for the last time before the pipe is read empty, so it is still there.
        if let Some(memory) = Memory::of(&child) {
            let peak = most.map_or(0, |most| most.peak).max(memory.peak);
            most = Some(Memory { peak, ..memory });
        }
    }
    let ended = child.wait().expect("it is a child of ours");
    assert!(ended.success());
    most
}

fn output(child: &mut Child) -> ChildStdout {
    child.stdout.take().expect("it is a pipe")
}

impl Memory {
    /// What a running process takes; none where the system does not tell.
    fn of(child: &Child) -> Option<Self> {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
        let kilobytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.trim().strip_suffix(" kB")?.parse().ok()
        };
        Some(Self {
            peak: kilobytes("VmHWM:")?,
            rest: kilobytes("VmRSS:")?,
        })
    }
}
