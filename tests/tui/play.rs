//! A session at the screens without a terminal: keys go in as text, screens come out as text.
//!
//! Runs the effects of the program itself, on a real journal in a temporary folder, so that a journey
//! ends in what is in the file. Time stands still until it is moved.

mod keys;
mod made;
mod picture;
mod starts;

pub(crate) use made::{commitment, item};
pub(crate) use picture::Picture;
pub(crate) use starts::{fed, output};

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use leadby::app::keys::KeyTable;
use leadby::app::screen::{ListsSection, Screen};
use leadby::app::{ClickTarget, Model, Msg, Setup};
use leadby::calendar::{DueDay, Now};
use leadby::config::{Config, KeysFile};
use leadby::journal::{
    Body, Change, Commitment, Entry, Id, Item, Journal, Period, UndoHistory, Value,
};
use leadby::practice::builtin;
use leadby::store::{self, Disk, Drafts, Opened, RealDisk, Store};
use leadby::terminal::{Effects, PendingEffects};
use leadby::ui::{self, Background, ColorDepth, Regions, Theme};
use leadby::user_file::UserFile;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tempfile::TempDir;

/// The Tuesday on which everything begins, unless a test says otherwise.
pub(crate) const TUESDAY: &str = "2026-11-24T09:15:00+01:00";

/// Somebody at the screens.
pub(crate) struct Play {
    home: TempDir,
    effects: Effects,
    pub(crate) model: Model,
    now: Now,
    size: (u16, u16),
    keys: KeyTable,
    /// Whether the journal can be opened for writing.
    broken: Arc<AtomicBool>,
    /// Whether the program has ended.
    pub(crate) left: bool,
    /// What was given to the clipboard last.
    pub(crate) copied: Option<String>,
    /// What was given to the editor last.
    pub(crate) edited: Option<String>,
}

/// A disk that never waits for another program, and that has no room while it is broken.
#[derive(Debug)]
struct TestDisk(Arc<AtomicBool>);

impl Disk for TestDisk {
    fn wait(&self, _: Duration) {}

    /// A process that another test is just starting has a copy of every lock of this one, until it
    /// has closed them. The start returns before that (`vfork` ends when the child has its own
    /// memory, and files are closed after it), so a lock can seem to be taken for a moment.
    fn try_lock(&self, file: &fs::File) -> io::Result<bool> {
        for _ in 0..1000 {
            if RealDisk.try_lock(file)? {
                return Ok(true);
            }
            thread::sleep(Duration::from_millis(1));
        }
        Ok(false)
    }

    fn sync_data(&self, _: &fs::File) -> io::Result<()> {
        Ok(())
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn open_to_append(&self, path: &Path) -> io::Result<Opened> {
        if self.0.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        RealDisk.open_to_append(path)
    }
}

pub(crate) fn moment(text: &str) -> Now {
    Now::new(text.parse().expect("an instant"))
}

impl Play {
    /// An empty journal on a Tuesday morning.
    pub(crate) fn new() -> Self {
        Self::with(&[], TUESDAY)
    }

    /// A journal of these entries, opened at a moment.
    pub(crate) fn with(entries: &[Entry], at: &str) -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        if !entries.is_empty() {
            store::create_journal(&journal_in(&home), entries).expect("a journal");
        }
        Self::open(home, moment(at), (80, 24), KeyTable::default())
    }

    /// A journal of these lines, as other machines wrote them.
    #[expect(
        clippy::disallowed_methods,
        reason = "the store writes no lines of others"
    )]
    pub(crate) fn reading(lines: &[&str], at: &str) -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        let text = lines.iter().map(|line| format!("{line}\n"));
        fs::write(journal_in(&home), text.collect::<String>()).expect("a journal");
        Self::open(home, moment(at), (80, 24), KeyTable::default())
    }

    /// Reads the journal, the draft and the place, as the program does when it starts.
    fn open(home: TempDir, now: Now, size: (u16, u16), keys: KeyTable) -> Self {
        let path = journal_in(&home);
        let broken = Arc::new(AtomicBool::new(false));
        let disk = || TestDisk(Arc::clone(&broken));
        let (store, loaded) = Store::open_on(&path, disk()).expect("a reading");
        let mut drafts = Drafts::new_on(&path, disk());
        let model = Model::new(Setup {
            now,
            catalog: builtin(),
            keys: keys.clone(),
            findings: loaded.findings.len(),
            undo_history: UndoHistory::recent(
                &loaded.entries,
                leadby::store::read_added(store.path()),
            ),
            journal: Journal::fold(loaded.entries),
            path: "/home/ada/.local/share/leadby/journal.jsonl".to_owned(),
            draft: drafts.read().expect("a draft or none"),
            last_position: store::read_last_position(&path),
            walked_pages: store::read_walked_pages(&path),
            open: None,
        });
        let mut play = Self {
            effects: Effects::new(store, drafts).writing_to(home.path()),
            home,
            model,
            now,
            size,
            keys,
            broken,
            left: false,
            copied: None,
            edited: None,
        };
        play.size(size.0, size.1);
        play
    }

    /// The same journal with the keys of this keys file.
    #[must_use]
    pub(crate) fn with_keys(mut self, file: &str) -> Self {
        let file = KeysFile::parse(file).expect("a keys file");
        self.keys = KeyTable::with_own(&file).expect("keys without mistakes");
        self.kill()
    }

    /// The same journal with another due day.
    #[must_use]
    pub(crate) fn with_due_day(mut self, due_day: DueDay) -> Self {
        self.now = self.now.with_due_day(due_day);
        self.kill()
    }

    /// With the sources of evidence of this config file.
    #[must_use]
    pub(crate) fn with_evidence(mut self, config: &str) -> Self {
        let file = UserFile {
            path: "config.toml".to_owned(),
            text: config.to_owned(),
        };
        let config = Config::parse(&file).expect("a config without mistakes");
        self.model = self.model.with_evidence_sources(Some(config.evidence));
        self
    }

    /// With a config file that is not used.
    #[must_use]
    pub(crate) fn without_config(mut self) -> Self {
        self.model = self.model.with_evidence_sources(None);
        self
    }

    /// With this ladder file.
    #[must_use]
    pub(crate) fn with_ladder(mut self, text: &str) -> Self {
        let file = UserFile {
            path: "ladder.toml".to_owned(),
            text: text.to_owned(),
        };
        let ladder = leadby::ladder::parse(&file, &builtin());
        self.model = self.model.with_ladder(ladder.map(Some));
        self
    }

    /// Waits until all commands have ended.
    pub(crate) fn wait_for_commands(&mut self) -> &mut Self {
        loop {
            let ended = self.effects.wait_for_command();
            if ended.is_empty() {
                return self;
            }
            for msg in ended {
                self.tell(msg);
            }
        }
    }

    /// Moves the clock, and says so as `terminal` does.
    pub(crate) fn at(&mut self, moment_text: &str) -> &mut Self {
        self.now = moment(moment_text).with_due_day(self.now.due_day());
        self.tell(Msg::Clock(self.now))
    }

    pub(crate) fn size(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.size = (columns, rows);
        self.tell(Msg::Resized(columns, rows))
    }

    /// Presses keys: every character is one, and so is `<Enter>`, `<S-Tab>`, `<C-s>`; see [`keys`].
    pub(crate) fn keys(&mut self, text: &str) -> &mut Self {
        for key in keys::events(text) {
            self.tell(Msg::Key(key));
        }
        self
    }

    /// Presses keys faster than they are taken.
    pub(crate) fn at_once(&mut self, text: &str) -> &mut Self {
        let events = keys::events(text);
        let typed = self.model.printable_prefix(events.iter().copied());
        let rest = events.into_iter().skip(typed.chars().count());
        if !typed.is_empty() {
            self.tell(Msg::Typed(typed));
        }
        for key in rest {
            self.tell(Msg::Key(key));
        }
        self
    }

    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        self.tell(Msg::Paste(text.to_owned()))
    }

    /// Opens one of the lists from Home, or one of the pages outside the walk, by the beginning of its
    /// name or of "heading/name".
    #[track_caller]
    pub(crate) fn shelf(&mut self, name: &str) -> &mut Self {
        self.keys("l");
        let Screen::Lists(lists) = self.model.screen() else {
            panic!("no lists:\n{self}");
        };
        let is_meant = |list: &ListsSection| {
            list.name.starts_with(name) || format!("{}/{}", list.practice, list.name) == name
        };
        let at = lists.sections.shown().position(is_meant);
        let at = at.unwrap_or_else(|| panic!("no list {name}:\n{self}"));
        self.keys(&"<Down>".repeat(at)).keys("<Enter>")
    }

    /// Looks at the screen, and lets it say how far it is scrolled, as `terminal` does.
    pub(crate) fn look(&mut self) -> &mut Self {
        if let Some(first) = self.picture(ColorDepth::None).regions.scroll_offset() {
            self.tell(Msg::Scrolled(first));
        }
        self
    }

    /// Clicks on the first place on the screen that reads `text`.
    #[track_caller]
    pub(crate) fn click(&mut self, text: &str) -> &mut Self {
        let target = self.under(text);
        self.tell(Msg::Click(target.unwrap_or_else(|| {
            panic!("{text} is not to be clicked on:\n{self}")
        })))
    }

    /// What a click on the first place that reads `text` means.
    #[track_caller]
    pub(crate) fn under(&self, text: &str) -> Option<ClickTarget> {
        let picture = self.picture(ColorDepth::None);
        let (column, row) = picture
            .find(text)
            .unwrap_or_else(|| panic!("{text} is not on:\n{self}"));
        picture.regions.target_at(column, row)
    }

    /// Two seconds without a key.
    pub(crate) fn pause(&mut self) -> &mut Self {
        if self.effects.draft_due_in().is_some()
            && let Some(msg) = self.effects.write_draft(&mut self.model, self.now)
        {
            self.tell(msg);
        }
        self
    }

    pub(crate) fn break_disk(&mut self) -> &mut Self {
        self.broken.store(true, Ordering::Relaxed);
        self
    }

    pub(crate) fn mend_disk(&mut self) -> &mut Self {
        self.broken.store(false, Ordering::Relaxed);
        self
    }

    /// Another program saves, and its lines are noticed.
    pub(crate) fn others_save(&mut self, changes: &[Change]) -> &mut Self {
        let (mut other, loaded) = Store::open(self.path()).expect("a reading");
        let known = Journal::fold(loaded.entries);
        other
            .append(changes, &known, self.now)
            .expect("another program's save");
        self.notice()
    }

    /// Another leadby runs beside this one, and what it saves is noticed.
    pub(crate) fn others_run(&mut self, arguments: &[&str]) -> &mut Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_leadby"));
        command.env_clear().args(arguments);
        command
            .env("HOME", self.home.path())
            .env("LEADBY_JOURNAL", self.path())
            .env("LEADBY_NOW", self.now.timestamp().to_rfc3339());
        let done = output(&mut command);
        let complaint = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{arguments:?}: {complaint}");
        self.notice()
    }

    /// Notices what another program saved.
    fn notice(&mut self) -> &mut Self {
        let news = self.effects.read_changes();
        self.tell(news.expect("what another program saved"))
    }

    /// Another program puts this in the place of what is in the file.
    pub(crate) fn others_replace_unseen(&mut self, text: &str) -> &mut Self {
        let file = fs::File::create(self.path());
        file.and_then(|mut file| file.write_all(text.as_bytes()))
            .expect("a journal");
        self
    }

    /// The same, and it is noticed.
    pub(crate) fn others_replace(&mut self, text: &str) -> &mut Self {
        self.others_replace_unseen(text);
        self.notice()
    }

    /// Another program writes to `inbox.txt`, and it is noticed.
    pub(crate) fn others_note(&mut self, lines: &str) -> &mut Self {
        let path = self.path().with_file_name("inbox.txt");
        let file = fs::File::options().create(true).append(true).open(path);
        file.and_then(|mut file| file.write_all(lines.as_bytes()))
            .expect("a note");
        self.wake()
    }

    /// Wakes up, and takes in what is new in `inbox.txt`.
    pub(crate) fn wake(&mut self) -> &mut Self {
        match self.effects.take_in_notes(&self.model, self.now) {
            Some(news) => self.tell(news),
            None => self,
        }
    }

    /// Another program deletes an entry, and it is noticed.
    pub(crate) fn others_delete(&mut self, id: &Id) -> &mut Self {
        self.others_save(&[Change::of(id.clone(), Body::Deleted)])
    }

    /// Another program takes the item with this title out of the file for good, and this one
    /// notices.
    pub(crate) fn others_forget(&mut self, title: &str) -> &mut Self {
        let id = self
            .entries()
            .into_iter()
            .find(|entry| matches!(&entry.body, Body::Item(item) if item.title() == title))
            .expect("an item with this title")
            .id;
        store::forget(&self.path(), &id, false, self.now).expect("a journal without it");
        self.notice()
    }

    /// Tells the model something, and does what follows.
    pub(crate) fn tell(&mut self, msg: Msg) -> &mut Self {
        assert!(!self.left, "the program has ended");
        let PendingEffects {
            quit, copy, edit, ..
        } = self.effects.dispatch(&mut self.model, msg, self.now);
        self.edited = edit.or(self.edited.take());
        self.left = quit;
        self.copied = copy.or(self.copied.take());
        self
    }

    /// Ends in order, words put down, and starts again.
    #[must_use]
    pub(crate) fn restart(mut self) -> Self {
        let kept = self.effects.keep_draft(&mut self.model, self.now);
        assert_eq!(kept.expect("a draft or none"), None, "elsewhere");
        self.kill()
    }

    /// Ends at once, as `kill -9` does it, and starts again.
    #[must_use]
    pub(crate) fn kill(self) -> Self {
        // The system takes its locks away with it.
        drop(self.effects);
        Self::open(self.home, self.now, self.size, self.keys)
    }

    /// Presses keys that save, and is killed when that is done, but before the draft is gone.
    #[must_use]
    pub(crate) fn kill_once_saved(mut self, keys: &str) -> Self {
        let draft = fs::read(store::draft_path(&self.path())).expect("a draft");
        let before = self.entries().len();
        self.keys(keys);
        assert!(self.entries().len() > before, "nothing was saved:\n{self}");
        self.with_draft(&draft)
    }

    /// Is killed, and starts again with this draft.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "a test puts a file where a crash left it"
    )]
    pub(crate) fn with_draft(self, draft: &[u8]) -> Self {
        fs::write(store::draft_path(&self.path()), draft).expect("a draft");
        self.kill()
    }

    pub(crate) fn path(&self) -> PathBuf {
        journal_in(&self.home)
    }

    pub(crate) fn has_draft(&self) -> bool {
        store::draft_path(&self.path()).exists()
    }

    /// Every version that stands in the file.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        Store::open(self.path()).expect("a reading").1.entries
    }

    /// The lines of the file.
    pub(crate) fn lines(&self) -> String {
        fs::read_to_string(self.path()).unwrap_or_default()
    }

    /// What the file says.
    pub(crate) fn journal(&self) -> Journal {
        Journal::fold(self.entries())
    }

    /// What was answered this week; empty when nothing was.
    pub(crate) fn answer(&self, practice: &str, step: &str) -> String {
        let week = Period::Week(self.now.week());
        match self.journal().answer(week, practice, step) {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::List(list)) => list.join(","),
            Some(other) => panic!("{practice}/{step}: {other:?}"),
            None => String::new(),
        }
    }

    /// The items of a register, oldest first.
    pub(crate) fn items(&self, register: &str) -> Vec<Item> {
        let journal = self.journal();
        let items = journal.items(register).into_iter();
        items.map(|(_, item)| item.clone()).collect()
    }

    pub(crate) fn titles(&self, register: &str) -> Vec<String> {
        let items = self.items(register).into_iter();
        items.map(|item| item.title().to_owned()).collect()
    }

    /// The commitments, the earliest due first.
    pub(crate) fn commitments(&self) -> Vec<Commitment> {
        let journal = self.journal();
        let all = journal.commitments().into_iter();
        all.map(|(_, commitment)| commitment.clone()).collect()
    }

    /// The words on the screen, and the cursor as `█` or as a line under a character.
    pub(crate) fn screen(&self) -> String {
        self.picture(ColorDepth::None).text()
    }

    #[track_caller]
    pub(crate) fn shows(&mut self, text: &str) -> &mut Self {
        assert!(self.screen().contains(text), "no “{text}” on:\n{self}");
        self
    }

    #[track_caller]
    pub(crate) fn hides(&mut self, text: &str) -> &mut Self {
        assert!(!self.screen().contains(text), "“{text}” on:\n{self}");
        self
    }

    /// The screen in its colours.
    pub(crate) fn picture(&self, depth: ColorDepth) -> Picture {
        self.picture_of(self.size, depth)
    }

    pub(crate) fn picture_of(&self, size: (u16, u16), depth: ColorDepth) -> Picture {
        self.drawn(size, &Theme::new(depth, Background::Dark))
    }

    /// The screen in the colours of a theme.
    pub(crate) fn themed(&self, theme: &Theme) -> Picture {
        self.drawn(self.size, theme)
    }

    fn drawn(&self, (columns, rows): (u16, u16), theme: &Theme) -> Picture {
        let mut terminal =
            Terminal::new(TestBackend::new(columns, rows)).expect("a screen in memory");
        let mut regions = Regions::default();
        terminal
            .draw(|frame| regions = ui::draw(&self.model, theme, frame))
            .expect("a drawing in memory");
        let backend = terminal.backend();
        let cursor = backend.cursor_visible().then(|| backend.cursor_position());
        // The event loop moves the terminal's cursor there, whether it is seen or not.
        let moved_to = regions.cursor();
        assert!(
            cursor.is_none() || cursor == moved_to,
            "typed at {cursor:?}, but the cursor is at {moved_to:?}"
        );
        Picture {
            cells: backend.buffer().clone(),
            regions,
            cursor,
        }
    }
}

fn journal_in(home: &TempDir) -> PathBuf {
    home.path().join("journal.jsonl")
}

impl fmt::Display for Play {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.screen())
    }
}
