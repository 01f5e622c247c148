//! What lies over a screen for a moment: the keys, the palette, a question.

use super::editor::Editor;
use super::keys::Action;
use crate::journal::Change;
use crate::journal::search::RowMatcher;

/// What lies over the screen.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// The keys that work here, scrolled down by so many lines.
    Help(u16),
    /// Actions to be found by name.
    Palette(Box<Palette>),
    /// Whether words that are not saved are really to be thrown away.
    ThrowAway,
    /// Whether a change from before this sitting, or of another program, is to be undone.
    Undo(Box<AskedUndo>),
    /// What the file of a page is to be called.
    Naming(Box<Editor>),
    /// Whether a page is really to take the place of a file.
    WriteOver {
        /// The file.
        path: String,
        /// What is to be on it.
        text: String,
    },
}

/// A change to be undone or redone, once it is agreed to.
#[derive(Clone, Debug, Default)]
pub struct AskedUndo {
    /// Whether it is redone.
    pub redo: bool,
    /// What it is: "problem · Release steps, of Sat 21 Nov".
    pub name: String,
    /// What follows from it, a line per field.
    pub lines: Vec<String>,
    /// The versions to write.
    pub(super) changes: Vec<Change>,
}

/// An action under the name it is found by.
#[derive(Clone, Debug)]
pub struct Command {
    /// What it does.
    pub label: String,
    /// The key for it where the palette was opened; empty where there is none.
    pub key: String,
    /// The action.
    pub action: Action,
}

/// Actions to be found by name.
#[derive(Clone, Debug)]
pub struct Palette {
    /// What is looked for.
    pub editor: Editor,
    /// Everything that can be done where the palette was opened.
    pub all: Vec<Command>,
    /// The chosen row of those that match.
    pub cursor: usize,
}

impl Palette {
    /// A palette of these actions.
    #[must_use]
    pub fn new(all: Vec<Command>) -> Self {
        Self {
            editor: Editor::line(""),
            all,
            cursor: 0,
        }
    }

    /// Those whose label matches what is typed, in their order.
    #[must_use]
    pub fn matching(&self) -> Vec<&Command> {
        let matcher = RowMatcher::new(&self.editor.text());
        let commands = self.all.iter();
        commands
            .filter(|command| matcher.matches(&command.label))
            .collect()
    }

    /// The action of the chosen row.
    #[must_use]
    pub fn chosen(&self) -> Option<Action> {
        self.matching()
            .get(self.cursor)
            .map(|command| command.action)
    }
}
