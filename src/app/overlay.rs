//! What covers a screen for a moment: the help, the palette, a question.

use super::editor::{Editor, TextInput};
use super::keys::Action;
use super::screen::turn_page;
use crate::config::ThemeName;
use crate::journal::search::RowMatcher;
use crate::journal::{Change, Id};

/// A panel over the screen.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The keys that work here, scrolled down by this many lines.
    Help(usize),
    /// Actions by name.
    Palette(Box<Palette>),
    /// The themes; the screen is drawn in the one at this place in [`ThemeName::ALL`].
    Themes(usize),
    /// Asks before a draft is discarded.
    ConfirmDiscard,
    /// Asks before undoing a change from an earlier session or another program.
    ConfirmUndo(Box<UndoRequest>),
    /// The expectations of the ladder that an entry can stand for.
    Expectations(ExpectationChoice),
    /// Asks for the file name of a page.
    FileName(Box<Editor>),
    /// Asks before a page overwrites a file.
    ConfirmOverwrite { path: String, text: String },
}

impl Overlay {
    pub(super) fn themes(chosen: ThemeName) -> Self {
        let at = ThemeName::ALL.iter().position(|theme| *theme == chosen);
        Self::Themes(at.unwrap_or_default())
    }

    /// Moves its cursor, or scrolls the help; returns whether the action is one that does.
    pub(super) fn move_cursor(&mut self, action: Action) -> bool {
        let (cursor, rows) = match self {
            // How many lines there are is known when they are drawn.
            Self::Help(scroll) => (scroll, usize::from(u16::MAX)),
            Self::Themes(at) => (at, ThemeName::ALL.len()),
            Self::Expectations(choice) => (&mut choice.cursor, choice.rows.len()),
            Self::Palette(palette) => {
                let rows = palette.matching().len();
                (&mut palette.cursor, rows)
            }
            _ => return false,
        };
        turn_page(action, cursor, rows)
    }

    /// Types into its text field; returns whether it has one.
    pub(super) fn input(&mut self, input: TextInput<'_>) -> bool {
        match self {
            Self::Palette(palette) => {
                palette.editor.take(input);
                palette.cursor = 0;
            }
            Self::FileName(name) => {
                name.take(input);
            }
            _ => return false,
        }
        true
    }
}

/// A change to undo or redo, once it is confirmed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct UndoRequest {
    pub redo: bool,
    /// For example "problem · Release steps, of Sat 21 Nov".
    pub name: String,
    /// What it does, one line per field.
    pub lines: Vec<String>,
    pub(super) changes: Vec<Change>,
}

impl UndoRequest {
    /// There is nothing to undo, or to redo.
    pub(super) fn nothing(redo: bool) -> Self {
        Self {
            redo,
            ..Self::default()
        }
    }
}

/// What an entry stands for on the ladder: a list to mark.
#[derive(Clone, Debug)]
pub struct ExpectationChoice {
    pub entry: Id,
    pub title: String,
    pub rows: Vec<ExpectationRow>,
    pub cursor: usize,
}

/// An expectation that an entry can stand for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ExpectationRow {
    /// The expectation's id.
    pub id: String,
    pub area: String,
    pub text: String,
    pub is_tied: bool,
}

#[derive(Clone, Debug)]
pub struct PaletteCommand {
    pub label: String,
    /// Its key where the palette was opened; empty if it has none.
    pub key: String,
    pub action: Action,
}

/// Finds actions by name.
#[derive(Clone, Debug)]
pub struct Palette {
    pub editor: Editor,
    /// Every action available where the palette was opened.
    pub all: Vec<PaletteCommand>,
    /// The chosen row among the matches.
    pub cursor: usize,
}

impl Palette {
    pub fn new(all: Vec<PaletteCommand>) -> Self {
        Self {
            editor: Editor::single_line(""),
            all,
            cursor: 0,
        }
    }

    /// The actions whose label matches the typed text, in their order.
    pub fn matching(&self) -> Vec<&PaletteCommand> {
        let matcher = RowMatcher::new(&self.editor.text());
        self.all
            .iter()
            .filter(|command| matcher.matches(&command.label))
            .collect()
    }

    pub fn chosen(&self) -> Option<Action> {
        self.matching()
            .get(self.cursor)
            .map(|command| command.action)
    }
}
