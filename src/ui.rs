//! The model as a picture. Never changes anything.

use ratatui::Frame;

use crate::app::Model;

mod theme;

pub use theme::{Depth, Ground, Theme};

/// Draws the whole screen.
pub fn draw(model: &Model, theme: &Theme, frame: &mut Frame) {
    let _ = (model, theme);
    frame.render_widget("leadby", frame.area());
}
