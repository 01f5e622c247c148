//! The model as a picture. Never changes anything.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use crate::app::{Model, Target};

mod theme;

pub use theme::{Depth, Ground, Theme};

/// What can be clicked, and where.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Regions(Vec<(Rect, Target)>);

impl Regions {
    /// What lies at a column and row, from 0; the topmost of several.
    #[must_use]
    pub fn at(&self, column: u16, row: u16) -> Option<Target> {
        self.0
            .iter()
            .rev()
            .find(|(area, _)| area.contains(Position::new(column, row)))
            .map(|(_, target)| *target)
    }
}

/// Draws the whole screen, and says what on it can be clicked.
pub fn draw(model: &Model, theme: &Theme, frame: &mut Frame) -> Regions {
    let _ = (model, theme);
    frame.render_widget("leadby", frame.area());
    Regions::default()
}
