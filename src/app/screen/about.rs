//! About: the idea, and who it comes from.

use super::{Scene, ScreenState};
use crate::app::route::Route;

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

    fn refresh(&mut self, _: Scene<'_>) {}
}
