//! About: the idea, and who it comes from.

use super::{Scene, ScreenState};
use crate::app::keys::Action;
use crate::app::route::{Outcome, Route};

/// The one line that is quoted, and who wrote it.
pub const QUOTATION: (&str, &str) = (
    "“Lead what you've been given before you ask for more.”",
    "Analytical Learner, the essay of that title",
);

#[derive(Clone, Copy, Debug)]
pub struct AboutPage;

impl ScreenState for AboutPage {
    fn route(&self) -> Route {
        Route::About
    }

    fn title(&self) -> Option<String> {
        Some("About".to_owned())
    }

    fn run(&mut self, action: Action, _: Scene<'_>) -> Outcome {
        match action {
            Action::Back => Outcome::back(),
            _ => Outcome::stay(),
        }
    }

    fn refresh(&mut self, _: Scene<'_>) {}
}
