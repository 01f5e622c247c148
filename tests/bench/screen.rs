//! A journal on the disk, and the program's screens on one that is memory.

use std::path::{Path, PathBuf};

use crossterm::event::KeyEvent;
use leadby::app::keys::KeyTable;
use leadby::app::{self, Effect, Model, Msg, Setup};
use leadby::calendar::Week;
use leadby::journal::{Entry, Journal, UndoHistory};
use leadby::practice::{self, Catalog};
use leadby::store::{self, Store};
use leadby::ui::{self, Background, ColorDepth, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tempfile::TempDir;

use crate::journal::{self, Shape};

/// A journal in a folder of its own, on the disk that the program is built on.
pub(crate) struct JournalFile {
    pub(crate) path: PathBuf,
    _folder: TempDir,
}

impl JournalFile {
    pub(crate) fn of(shape: Shape, count: usize) -> Self {
        let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder can be made");
        let path = folder.path().join("journal.jsonl");
        let entries = journal::entries(&practice::builtin(), shape, count);
        store::create_journal(&path, &entries).expect("it can be written");
        Self {
            path,
            _folder: folder,
        }
    }
}

/// A model and the screen it is drawn on.
pub(crate) struct Screen {
    pub(crate) model: Model,
    theme: Theme,
    terminal: Terminal<TestBackend>,
    revision: u64,
}

impl Screen {
    pub(crate) fn new(model: Model) -> Self {
        Self {
            model,
            theme: Theme::new(ColorDepth::True, Background::Dark),
            terminal: Terminal::new(TestBackend::new(80, 24)).expect("it is memory"),
            revision: 1,
        }
    }

    /// The first page of the walk, at a journal of `count` entries.
    pub(crate) fn at_a_text_field(count: usize) -> Self {
        let catalog = practice::builtin();
        let journal = Journal::fold(journal::entries(&catalog, Shape::Years, count));
        let week = journal::now().week();
        let mut screen = Self::new(model(
            journal,
            UndoHistory::default(),
            Some(page(&catalog, week)),
        ));
        screen.draw();
        assert!(screen.model.is_typing());
        screen
    }

    /// The list of problems, at a journal of `count` of them.
    pub(crate) fn at_a_list(count: usize) -> Self {
        let catalog = practice::builtin();
        let journal = Journal::fold(journal::entries(&catalog, Shape::OneList, count));
        let (problems, _) = catalog.monthly().expect("problems are monthly");
        let open = format!("list/{}", problems.id);
        let mut screen = Self::new(model(journal, UndoHistory::default(), Some(open)));
        screen.draw();
        assert!(!screen.model.is_typing());
        screen
    }

    pub(crate) fn press(&mut self, key: KeyEvent) -> Vec<Effect> {
        app::update(&mut self.model, Msg::Key(key))
    }

    pub(crate) fn draw(&mut self) {
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
    pub(crate) fn written(&mut self, effects: Vec<Effect>) -> Vec<Entry> {
        let changes = effects.into_iter().find_map(|effect| match effect {
            Effect::Save(changes) => Some(changes),
            _ => None,
        });
        let written = changes
            .expect("something was typed")
            .into_iter()
            .map(|change| {
                self.revision += 1;
                Entry::new(
                    change.id.expect("an answer has a natural id"),
                    self.revision,
                    journal::now().timestamp(),
                    change.body,
                )
            });
        written.collect()
    }
}

pub(crate) fn read(path: &Path) -> (Store, Journal) {
    let (store, loaded) = Store::open(path).expect("it was just written");
    assert!(loaded.findings.is_empty());
    (store, Journal::fold(loaded.entries))
}

/// The program as it is opened at a journal.
pub(crate) fn opened(path: &Path) -> Model {
    let (_, loaded) = Store::open(path).expect("it was just written");
    let turns = UndoHistory::recent(&loaded.entries, Default::default());
    model(Journal::fold(loaded.entries), turns, None)
}

fn model(journal: Journal, turns: UndoHistory, open: Option<String>) -> Model {
    Model::new(Setup {
        now: journal::now(),
        catalog: practice::builtin(),
        keys: KeyTable::default(),
        undo_history: turns,
        journal,
        findings: 0,
        path: String::new(),
        draft: None,
        last_position: None,
        walked_pages: Default::default(),
        open,
    })
}

/// The name of the walk's first page, which begins with a text field.
fn page(catalog: &Catalog, week: Week) -> String {
    let first = catalog.walk().next().expect("there are eight");
    format!("page/{}/{week}/1", first.id)
}
