//! Everything the program knows while it runs.

use std::collections::{BTreeMap, HashSet};

use super::Effect;
use super::evidence_panel::CollectedEvidence;
use super::kept_drafts::{self, KeptDraft};
use super::keys::KeyTable;
use super::overlay::Overlay;
use super::route::{Navigation, Route};
use super::screen::{Scene, Screen, ScreenState};
use super::search_cache::SearchCache;
use super::window::WindowSize;
use crate::calendar::{Now, Week};
use crate::config::{EvidenceSource, ThemeName};
use crate::evidence::EvidenceLine;
use crate::failure::{Brief, Failure};
use crate::journal::rules::{self, Act, Basis, Refusal};
use crate::journal::{Entry, Id, Journal, OffDays, UndoHistory, VersionName};
use crate::ladder::UserLadder;
use crate::practice::Catalog;
use crate::report;
use crate::store::{Draft, WalkedPages};

#[derive(Debug)]
pub struct Setup {
    pub now: Now,
    pub catalog: Catalog,
    pub keys: KeyTable,
    pub journal: Journal,
    /// Its changes that can be undone and redone.
    pub undo_history: UndoHistory,
    /// How many lines of the file were not understood or were changed outside.
    pub findings: usize,
    /// The journal's path, for showing.
    pub path: String,
    pub draft: Option<Draft>,
    pub last_position: Option<Draft>,
    /// How often the pages were walked.
    pub walked_pages: WalkedPages,
    /// What to open first: `walk`, or a screen by its name; otherwise Home.
    pub open: Option<String>,
}

/// Everything the program knows while it runs.
#[derive(Debug)]
pub struct Model {
    pub(super) now: Now,
    pub(super) catalog: Catalog,
    pub(super) keys: KeyTable,
    pub(super) journal: Journal,
    pub(super) search_cache: SearchCache,
    pub(super) findings: usize,
    pub(super) path: String,
    pub(super) window: WindowSize,
    /// The stack of screens, the one shown last; never empty.
    pub(super) screens: Vec<Screen>,
    pub(super) overlay: Option<Overlay>,
    pub(super) notice: Option<Notice>,
    /// The notice that the last key dismissed; the help shows it in full.
    pub(super) previous_notice: Option<Notice>,
    /// Versions that another program removed from the journal's file.
    pub(super) lost: Vec<Entry>,
    pub(super) journal_file: FilePresence,
    /// Where evidence comes from, what it shows, and what was taken.
    pub(super) evidence: CollectedEvidence,
    /// The career ladder, or the mistakes in its file.
    pub(super) ladder: UserLadder,
    /// The theme that was kept last.
    pub(super) theme: ThemeName,
    /// Drafts that are on no open screen, by screen and field.
    pub(super) kept_drafts: BTreeMap<(String, String), KeptDraft>,
    /// The last position: where a draft was kept or a page was left.
    pub(super) last_position: Option<Draft>,
    /// What happens once the present save is done.
    pub(super) pending: Option<Pending>,
    /// The changes that can be undone and redone.
    pub(super) undo_history: UndoHistory,
    pub(super) own_versions: HashSet<VersionName>,
    /// How often the pages were walked.
    pub(super) walked_pages: WalkedPages,
    /// The same as last noted on the disk.
    pub(super) noted_pages: WalkedPages,
    pub(super) first_steps_shown: bool,
    /// The week whose walk offered the notes that wait.
    pub(super) notes_offered: Option<Week>,
    /// Whether the walk continues after what it began with: what is due, or the first steps.
    pub(super) continue_walk: bool,
    /// The due commitments that were asked about one after the other, whether they ended or not.
    pub(super) asked_due: Vec<Id>,
    /// Whether the last save failed, so that quitting does not try again.
    pub(super) save_failed: bool,
}

/// What happens once a save is done.
#[derive(Debug, Default)]
pub(super) struct Pending {
    pub(super) then: Navigation,
    pub(super) saves_form: bool,
    /// The row of a list in that form that the last version belongs to.
    pub(super) row: Option<Id>,
    /// The line of the evidence that is then taken.
    pub(super) evidence: Option<EvidenceLine>,
    /// The expectation of the ladder that the first saved entry stands for.
    pub(super) expectation: Option<String>,
}

/// A message shown until the next key.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Notice {
    /// The message, the most important part first.
    pub text: String,
    /// A file it is about, shown behind the text and cut at the front if there is no room.
    pub path: Option<String>,
    /// The full message, one paragraph per line; empty if `text` is all.
    pub full_text: Vec<String>,
    pub is_error: bool,
    /// Whether the key that undoes is added once it is saved.
    pub offers_undo: bool,
}

impl Notice {
    pub(super) fn of(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A failure: the reason, then the hint, then the file it is about.
    pub(super) fn of_failure(failure: &Failure) -> Self {
        let whole: Vec<String> = std::iter::once(failure.message())
            .chain(failure.hints().iter().map(|hint| &**hint))
            .map(str::to_owned)
            .collect();
        let Some(brief) = failure.brief() else {
            return Self {
                text: whole.join(" · "),
                full_text: whole,
                is_error: true,
                ..Self::default()
            };
        };
        Self {
            full_text: whole,
            ..Self::of_brief(brief)
        }
    }

    /// The same for a problem that did not stop anything.
    pub(super) fn of_brief(brief: &Brief) -> Self {
        let way = brief.hint.iter().map(|way| format!(" · {way}"));
        let said = format!("{}: {}", brief.lead, brief.reason);
        Self {
            text: std::iter::once(said).chain(way).collect(),
            path: Some(brief.path.clone()),
            is_error: true,
            ..Self::default()
        }
    }
}

/// Whether the journal's file is where it was.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum FilePresence {
    There,
    /// Nothing is at its path.
    Gone,
}

/// The scene of a model, which leaves its screens free to change.
macro_rules! scene_of {
    ($model:expr) => {
        Scene {
            now: $model.now,
            catalog: &$model.catalog,
            keys: &$model.keys,
            ladder: &$model.ladder,
            journal: &$model.journal,
            search_cache: &$model.search_cache,
            walked_pages: &$model.walked_pages,
            window: $model.window,
        }
    };
}

impl Model {
    pub fn new(setup: Setup) -> Self {
        let mut kept = BTreeMap::new();
        let mut place = setup.last_position;
        if let Some(draft) = setup.draft {
            kept = kept_drafts::kept_drafts_from(&draft);
            if !kept.is_empty() {
                place = Some(draft);
            }
        }
        let mut model = Self {
            now: setup.now,
            catalog: setup.catalog,
            keys: setup.keys,
            journal: setup.journal,
            search_cache: SearchCache::default(),
            findings: setup.findings,
            path: setup.path,
            window: WindowSize::LEAST,
            screens: Vec::new(),
            overlay: None,
            notice: None,
            previous_notice: None,
            lost: Vec::new(),
            journal_file: FilePresence::There,
            evidence: CollectedEvidence::default(),
            ladder: Ok(None),
            theme: ThemeName::default(),
            kept_drafts: kept,
            last_position: place,
            pending: None,
            undo_history: setup.undo_history,
            own_versions: HashSet::new(),
            noted_pages: setup.walked_pages.clone(),
            walked_pages: setup.walked_pages,
            first_steps_shown: false,
            notes_offered: None,
            continue_walk: false,
            asked_due: Vec::new(),
            save_failed: false,
        };
        let home = Screen::Home(super::screen::Home::new(model.scene()));
        model.screens.push(home);
        model.update_kept_drafts();
        if model.findings > 0 {
            let lines = crate::text::counted_noun(model.findings, "line");
            let need = if model.findings == 1 { "needs" } else { "need" };
            model.notify(format!(
                "{lines} {need} a look: run leadby doctor. Nothing is lost."
            ));
        }
        match setup.open.as_deref() {
            Some("walk") => {
                let route = model.walk_route();
                model.start_walk(&route);
            }
            Some(name) => {
                if let Some(route) = Route::from_name(name) {
                    model.open(&route);
                }
            }
            None => {}
        }
        model
    }

    /// With sources of evidence; `None` while the config file is not used.
    pub fn with_evidence_sources(mut self, sources: Option<Vec<EvidenceSource>>) -> Self {
        self.evidence.is_config_unused = sources.is_none();
        self.evidence.sources = sources.unwrap_or_default();
        self
    }

    pub fn with_ladder(mut self, ladder: UserLadder) -> Self {
        self.ladder = ladder;
        self
    }

    pub fn with_theme(mut self, theme: ThemeName) -> Self {
        self.theme = theme;
        self
    }

    /// The theme to draw with: while one is chosen, the one that is looked at.
    pub fn theme(&self) -> ThemeName {
        match self.overlay {
            Some(Overlay::Themes(at)) => ThemeName::ALL.get(at).copied().unwrap_or_default(),
            _ => self.theme,
        }
    }

    /// Prepares a little of what the next key may need, and returns whether more is left. For moments
    /// in which no key waits.
    pub fn prepare(&self) -> bool {
        self.search_cache.prepare(&self.journal, &self.catalog)
    }

    pub fn screen(&self) -> &Screen {
        self.screens
            .last()
            .expect("Home is never taken off the stack")
    }

    /// What the present screen is, whichever it is.
    pub fn state(&self) -> &dyn ScreenState {
        self.screen().state()
    }

    pub fn overlay(&self) -> Option<&Overlay> {
        self.overlay.as_ref()
    }

    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    pub fn keys(&self) -> &KeyTable {
        &self.keys
    }

    /// What a screen may read.
    pub fn scene(&self) -> Scene<'_> {
        scene_of!(self)
    }

    /// What the rules need.
    pub(super) fn basis(&self) -> Basis<'_> {
        self.scene().basis()
    }

    pub fn screen_behind(&self) -> Option<&Screen> {
        let behind = self.screens.len().checked_sub(2)?;
        self.screens.get(behind)
    }

    /// The time of the last clock message.
    pub fn now(&self) -> Now {
        self.now
    }

    pub fn off_days(&self) -> OffDays {
        self.scene().off_days()
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    /// The notice that the last key dismissed.
    pub fn previous_notice(&self) -> Option<&Notice> {
        self.previous_notice.as_ref()
    }

    /// How many versions another program removed from the journal's file.
    pub fn lost_count(&self) -> usize {
        self.lost.len()
    }

    /// The versions that can be added to the journal's file again: those it lost, or all if it is
    /// gone.
    pub(super) fn restorable(&self) -> Vec<Entry> {
        if self.journal_file == FilePresence::There {
            return self.lost.clone();
        }
        let mut all = self.journal.clone();
        all.insert_all(self.lost.clone());
        all.missing_from(&Journal::default())
    }

    /// Whether the program quits once the present save is done.
    pub fn quits_after_save(&self) -> bool {
        let pending = self.pending.as_ref();
        pending.is_some_and(|pending| matches!(pending.then, Navigation::Quit))
    }

    pub(super) fn notify(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice::of(text));
    }

    /// Performs an act and says so, as `said` words its result, or says why it is refused.
    pub(super) fn perform(
        &mut self,
        act: Result<Act, Refusal>,
        said: impl FnOnce(String) -> String,
        pending: Pending,
    ) -> Vec<Effect> {
        match act.and_then(|act| rules::perform(&act, self.basis())) {
            Ok(done) => {
                let result = report::act_result(&done.result, self.basis());
                self.notify(said(result));
                self.pending = Some(pending);
                vec![Effect::Save(done.changes)]
            }
            Err(why) => {
                let refusal = report::refusal(&why, self.now.today());
                self.notify(report::sentence(&refusal));
                Vec::new()
            }
        }
    }

    /// The screens and the scene, so that a screen can change while it reads the scene.
    pub(super) fn screens_and_scene(&mut self) -> (&mut Vec<Screen>, Scene<'_>) {
        (&mut self.screens, scene_of!(self))
    }

    /// The present screen and what it may read.
    pub(super) fn screen_and_scene(&mut self) -> (&mut dyn ScreenState, Scene<'_>) {
        let (screens, scene) = self.screens_and_scene();
        let screen = screens
            .last_mut()
            .expect("Home is never taken off the stack");
        (screen.state_mut(), scene)
    }

    /// Opens a screen over the present one and restores its drafts.
    pub(super) fn open(&mut self, route: &Route) {
        // No form is open twice: the text of a covered one moves to the new one.
        if let Some(name) = route.name() {
            let same = |screen: &Screen| screen.state().route().name().as_ref() == Some(&name);
            while let Some(at) = self.screens.iter().position(same) {
                let covered = self.screens.remove(at);
                self.keep_draft(&covered);
            }
        }
        let (_, scene) = self.screens_and_scene();
        let screen = Screen::open(route, scene).or_else(|| self.open_deleted(route));
        let Some(mut screen) = screen else {
            self.notify("That no longer exists.");
            return;
        };
        self.note_walked(route);
        self.restore_drafts(&mut screen);
        if matches!(route, Route::Home) {
            self.screens.clear();
        }
        self.screens.push(screen);
    }

    /// Closes the present screen and refreshes the one behind it, or closes that one too if nothing
    /// is left to do there.
    pub(super) fn close(&mut self) {
        self.pop_screen();
        self.refresh();
        if self.state().is_finished() {
            self.pop_screen();
            self.refresh();
        }
    }

    /// Removes the present screen and keeps its unsaved text. Does not refresh the one behind it.
    pub(super) fn pop_screen(&mut self) {
        if self.screens.len() < 2 {
            return;
        }
        let here = self.current_position();
        if self.state().is_walk_position() || self.has_unsaved_text() {
            self.last_position = here.or(self.last_position.take());
        } else if let Some(name) = self.state().route().name() {
            self.last_position.take_if(|place| place.screen == name);
        }
        if let Some(screen) = self.screens.pop() {
            self.keep_draft(&screen);
        }
    }

    /// Refreshes the screen shown; those behind it follow when they are shown again.
    pub(super) fn refresh(&mut self) {
        let (screen, scene) = self.screen_and_scene();
        screen.refresh(scene);
    }
}
