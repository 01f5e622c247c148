//! The least each job can take: bare programs that read the same file, or draw as many rows.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::widgets::{self, ListState, Paragraph};

/// As its argument, this program reads a journal, parses it and prints it.
pub(crate) const COPY: &str = "--copy";

fn lines(path: &Path) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(path).expect("it was just written");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("it was just written"))
        .collect()
}

/// As its argument, this program appends a line to a file and returns once it is on the disk.
pub(crate) const APPEND: &str = "--append";

/// What every command pays that saves: it appends to a file that it opens, and waits for the disk.
pub(crate) fn append(path: &Path) {
    let mut options = OpenOptions::new();
    let mut file = options.append(true).open(path).expect("it is there");
    let written = file.write_all(&[b'x'; 200]).and_then(|()| file.sync_data());
    assert!(written.is_ok());
}

/// Reads, parses and prints all lines.
pub(crate) fn copy(path: &Path) {
    let mut out = BufWriter::new(io::stdout().lock());
    for line in lines(path) {
        let written = writeln!(out, "{line}");
        assert!(written.is_ok());
    }
}

/// Reads, parses and counts all lines, and draws the number.
pub(crate) fn first_frame(path: &Path) {
    let count = lines(path).len();
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("it is memory");
    terminal
        .draw(|frame| {
            let text = format!("{count} entries");
            frame.render_widget(Paragraph::new(text), frame.area());
        })
        .expect("it is memory");
}

/// A list on a screen of its own.
pub(crate) struct List {
    rows: Vec<String>,
    state: ListState,
    terminal: Terminal<TestBackend>,
}

impl List {
    pub(crate) fn of(count: usize) -> Self {
        Self {
            rows: (0..count)
                .map(|row| format!("{row} the release has one owner who asks"))
                .collect(),
            state: ListState::default(),
            terminal: Terminal::new(TestBackend::new(80, 24)).expect("it is memory"),
        }
    }

    /// Chooses the next row and draws.
    pub(crate) fn down(&mut self) {
        self.state.select_next();
        let list = widgets::List::new(self.rows.iter().map(String::as_str));
        self.terminal
            .draw(|frame| frame.render_stateful_widget(list, frame.area(), &mut self.state))
            .expect("it is memory");
    }
}
