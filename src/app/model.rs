//! Everything the program knows while it runs.

use std::collections::{BTreeMap, HashSet};

use super::finder::Finder;
use super::kept::{self, Kept};
use super::overlay::Overlay;
use super::route::{Route, Source, Then};
use super::screen::{Scene, Screen};
use crate::calendar::Now;
use crate::failure::{Brief, Failure};
use crate::journal::{Entry, Id, Journal, Name, Turns};
use crate::practice::Catalog;
use crate::store::Draft;

/// What the program starts with.
#[derive(Debug)]
pub struct Setup {
    /// The present moment.
    pub now: Now,
    /// The practices.
    pub catalog: Catalog,
    /// The journal as read.
    pub journal: Journal,
    /// What of it can be taken back and put back.
    pub turns: Turns,
    /// How many lines of the file were not understood or were changed outside.
    pub findings: usize,
    /// Where the journal lies, for the user's eyes.
    pub path: String,
    /// Words that were being typed when the program was killed.
    pub draft: Option<Draft>,
    /// The place the user left.
    pub place: Option<Draft>,
    /// What to open first: `walk`, or a screen by its name; Home when none.
    pub open: Option<String>,
}

/// Everything the program knows while it runs.
#[derive(Debug)]
pub struct Model {
    pub(super) now: Now,
    pub(super) catalog: Catalog,
    pub(super) journal: Journal,
    /// What lasts from one search to the next.
    pub(super) finder: Finder,
    pub(super) findings: usize,
    pub(super) path: String,
    /// The screens behind one another, the one shown last; never empty.
    pub(super) screens: Vec<Screen>,
    pub(super) overlay: Option<Overlay>,
    pub(super) notice: Option<Notice>,
    /// The notice that the last key took off, for the help to show whole.
    pub(super) noticed: Option<Notice>,
    /// Versions that were in the journal and that another program took out of its file.
    pub(super) lost: Vec<Entry>,
    /// Words that are not saved and stand on no open screen: by screen and field.
    pub(super) kept: BTreeMap<(String, String), Kept>,
    /// Where the user was when words were last put down or a page was left.
    pub(super) place: Option<Draft>,
    /// What is to happen once the save under way is done.
    pub(super) pending: Option<Pending>,
    /// What can be taken back and put back.
    pub(super) turns: Turns,
    /// The versions that were written in this sitting.
    pub(super) own: HashSet<Name>,
    /// Whether the first steps were shown.
    pub(super) greeted: bool,
    /// Whether the walk goes on after the first steps.
    pub(super) onward: bool,
    /// Whether the last save failed, so that leaving must not wait for another.
    pub(super) save_failed: bool,
}

/// What is to happen once a save is done.
#[derive(Debug, Default)]
pub(super) struct Pending {
    pub(super) then: Then,
    /// Whether it saves what the present form holds.
    pub(super) of_form: bool,
    /// The row of a list in that form that the last version to be written is about.
    pub(super) row: Option<Id>,
}

/// Something told once.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Notice {
    /// What, the most important first.
    pub text: String,
    /// A file it is about, behind the text; as much of its end as there is room for is shown.
    pub path: Option<String>,
    /// All of it, a paragraph per line; empty where the text is all.
    pub whole: Vec<String>,
    /// Whether it went wrong.
    pub wrong: bool,
}

impl Notice {
    /// A notice that is all in one row.
    pub(super) fn of(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// What a failure says: the reason, then the way out, and last the file it is about.
    pub(super) fn of_failure(failure: &Failure) -> Self {
        let whole = std::iter::once(failure.message()).chain(failure.hints().iter().map(|x| &**x));
        let whole: Vec<String> = whole.map(str::to_owned).collect();
        let Some(brief) = failure.brief() else {
            return Self {
                text: whole.join(" · "),
                path: None,
                whole,
                wrong: true,
            };
        };
        Self {
            whole,
            ..Self::of_brief(brief)
        }
    }

    /// The same of what kept nothing from being done.
    pub(super) fn of_brief(brief: &Brief) -> Self {
        let way = brief.way.iter().map(|way| format!(" · {way}"));
        let said = format!("{}: {}", brief.lead, brief.reason);
        Self {
            text: std::iter::once(said).chain(way).collect(),
            path: Some(brief.path.clone()),
            whole: Vec::new(),
            wrong: true,
        }
    }
}

impl Model {
    /// The model at start.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        let finder = Finder::default();
        let scene = Scene {
            now: setup.now,
            catalog: &setup.catalog,
            journal: &setup.journal,
            finder: &finder,
        };
        let home = Screen::Home(super::screen::Home::new(scene));
        let mut kept = BTreeMap::new();
        let mut place = setup.place;
        if let Some(draft) = setup.draft {
            kept = kept::kept(&draft);
            if !kept.is_empty() {
                place = Some(draft);
            }
        }
        let mut model = Self {
            now: setup.now,
            catalog: setup.catalog,
            journal: setup.journal,
            finder,
            findings: setup.findings,
            path: setup.path,
            screens: vec![home],
            overlay: None,
            notice: None,
            noticed: None,
            lost: Vec::new(),
            kept,
            place,
            pending: None,
            turns: setup.turns,
            own: HashSet::new(),
            greeted: false,
            onward: false,
            save_failed: false,
        };
        model.sort_out_kept();
        if model.findings > 0 {
            let lines = crate::words::count(model.findings, "line");
            let (need, them) = match model.findings {
                1 => ("needs", "it"),
                _ => ("need", "them"),
            };
            model.tell(format!(
                "{lines} {need} a look: leadby doctor names {them}. Nothing is lost."
            ));
        }
        match setup.open.as_deref() {
            Some("walk") => {
                let route = model.walk_route();
                model.begin(&route);
            }
            Some(name) => {
                if let Some(route) = Route::named(name) {
                    model.open(&route);
                }
            }
            None => {}
        }
        model
    }

    /// Prepares a little of what the next key may need; whether more is left. For moments in which
    /// no key waits.
    #[must_use]
    pub fn prepare(&self) -> bool {
        self.finder.prepare(&self.journal, &self.catalog)
    }

    /// The screen shown.
    #[must_use]
    pub fn screen(&self) -> &Screen {
        self.screens
            .last()
            .expect("Home is never taken off the stack")
    }

    /// What lies over it.
    #[must_use]
    pub fn overlay(&self) -> Option<&Overlay> {
        self.overlay.as_ref()
    }

    /// Something to tell the user.
    #[must_use]
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// The journal as it now stands.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The practices.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// What a screen may look at.
    #[must_use]
    pub fn scene(&self) -> Scene<'_> {
        Scene {
            now: self.now,
            catalog: &self.catalog,
            journal: &self.journal,
            finder: &self.finder,
        }
    }

    /// The present moment, as last told.
    #[must_use]
    pub fn now(&self) -> Now {
        self.now
    }

    /// Where the journal lies.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The notice that the last key took off the screen.
    #[must_use]
    pub fn noticed(&self) -> Option<&Notice> {
        self.noticed.as_ref()
    }

    /// How many versions another program took out of the journal's file.
    #[must_use]
    pub fn lost(&self) -> usize {
        self.lost.len()
    }

    /// Whether the program ends once the save under way is done.
    #[must_use]
    pub fn leaves(&self) -> bool {
        let pending = self.pending.as_ref();
        pending.is_some_and(|pending| matches!(pending.then, Then::Quit))
    }

    pub(super) fn tell(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice::of(text));
    }

    /// The scene beside the screens, so that one can be changed while it looks at the other.
    pub(super) fn parts(&mut self) -> (&mut Vec<Screen>, Scene<'_>) {
        let scene = Scene {
            now: self.now,
            catalog: &self.catalog,
            journal: &self.journal,
            finder: &self.finder,
        };
        (&mut self.screens, scene)
    }

    /// Opens a screen over the present one, with the words that were kept for it.
    pub(super) fn open(&mut self, route: &Route) {
        // No form is open twice: the words on one that is covered go on in the new one.
        if let Some(name) = route.name() {
            let same = |screen: &Screen| screen.route().name().as_ref() == Some(&name);
            while let Some(at) = self.screens.iter().position(same) {
                let covered = self.screens.remove(at);
                self.keep_words(&covered);
            }
        }
        let (_, scene) = self.parts();
        let Some(mut screen) = Screen::open(route, scene) else {
            match self.begin_anew(route) {
                Some(new) => {
                    self.tell("It was deleted. Saving adds this as a new one.");
                    self.open(&new);
                }
                None => self.tell("That no longer exists."),
            }
            return;
        };
        self.put_back(&mut screen);
        if matches!(route, Route::Home) {
            self.screens.clear();
        }
        self.screens.push(screen);
    }

    /// Takes the present screen off, and shows the one behind it as things are now.
    pub(super) fn close(&mut self) {
        self.take_off();
        self.refresh();
    }

    /// Takes the present screen off; words on it that are not saved are kept. The one behind it is
    /// as it was when it was last shown.
    pub(super) fn take_off(&mut self) {
        if self.screens.len() < 2 {
            return;
        }
        let here = self.here();
        // What was saved is no place to come back to: the next one begins at its beginning.
        let stays = match self.screen() {
            Screen::Page(_) => true,
            Screen::Commit(commit) if matches!(commit.source, Source::Walk(..)) => {
                !commit.form.is_settled
            }
            _ => false,
        };
        if stays || self.has_words() {
            self.place = here.or(self.place.take());
        } else if let Some(name) = self.screen().route().name() {
            self.place.take_if(|place| place.screen == name);
        }
        if let Some(screen) = self.screens.pop() {
            self.keep_words(&screen);
        }
    }

    /// Brings the screen shown up to date; those behind it follow when they are shown again.
    pub(super) fn refresh(&mut self) {
        let (screens, scene) = self.parts();
        if let Some(screen) = screens.last_mut() {
            screen.refresh(scene);
        }
    }
}
