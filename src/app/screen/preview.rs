//! The preview of an item, as others read it: to read, copy or export.

use super::filtered_list::turn_page;
use super::{Scene, ScreenState};
use crate::app::Effect;
use crate::app::keys::{Action, KeyContext};
use crate::app::route::{Outcome, Route};
use crate::insight::{self, PublicPage};
use crate::journal::Id;
use crate::report::{self, PageFormat};

/// The most that common terminals accept for the clipboard; some accept a little more.
const CLIPBOARD: usize = 70_000;

#[derive(Clone, Debug)]
pub struct Preview {
    pub id: Id,
    pub page: PublicPage,
    /// The first line shown; the view limits it to the end.
    pub scroll: usize,
}

impl Preview {
    pub(super) fn new(id: &Id, scene: Scene<'_>) -> Option<Self> {
        Some(Self {
            id: id.clone(),
            page: insight::public_page(scene.journal, id, scene.catalog)?,
            scroll: 0,
        })
    }
}

impl ScreenState for Preview {
    fn route(&self) -> Route {
        Route::Preview(self.id.clone())
    }

    fn title(&self) -> Option<String> {
        Some("Preview".to_owned())
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        // How many lines there are is known when they are drawn.
        let lines = usize::from(u16::MAX);
        if turn_page(action, &mut self.scroll, lines) || action != Action::Copy {
            return Outcome::stay();
        }
        let page = report::public_page(&self.page, PageFormat::Markdown);
        if page.len() > CLIPBOARD {
            let key = scene.keys.key_name(KeyContext::Preview, Action::Export);
            let long = format!("Too long for the clipboard. Press {key} to export it.");
            return Outcome::stay().with_notice(long);
        }
        Outcome::stay()
            .with_effect(Effect::Copy(page))
            .with_notice("Sent to the clipboard. Some terminals ignore this.")
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        if let Some(fresh) = Self::new(&self.id, scene) {
            self.page = fresh.page;
        }
    }

    fn is_enabled(&self, action: Action) -> bool {
        matches!(
            action,
            Action::Up
                | Action::Down
                | Action::Earlier
                | Action::Later
                | Action::Copy
                | Action::Export
        )
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::Preview]
    }

    fn limit_scroll(&mut self, first: usize) {
        self.scroll = first;
    }

    fn export_name(&self) -> Option<String> {
        Some(report::page_file_name(&self.page.title))
    }

    fn export_text(&self, format: PageFormat, _: Scene<'_>) -> Option<String> {
        Some(report::public_page(&self.page, format))
    }
}
