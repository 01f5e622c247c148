//! Everything the program knows while it runs.

use std::collections::BTreeMap;

use super::finder::Finder;
use super::overlay::Overlay;
use super::route::{Route, Then};
use super::screen::{Scene, Screen};
use crate::calendar::Now;
use crate::journal::{Journal, Turns, Value};
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
    /// Words that are not saved and stand on no open screen: by screen and field.
    pub(super) kept: BTreeMap<(String, String), Value>,
    /// Where the user was when words were last put down or a page was left.
    pub(super) place: Option<Draft>,
    /// What is to happen once the save under way is done.
    pub(super) pending: Option<Pending>,
    /// What can be taken back and put back.
    pub(super) turns: Turns,
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
}

impl Pending {
    pub(super) fn of_form(then: Then) -> Self {
        Self {
            then,
            of_form: true,
        }
    }
}

/// Something told once.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Notice {
    /// What.
    pub text: String,
    /// Whether it went wrong.
    pub wrong: bool,
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
            for (name, value) in &draft.words {
                if let Some((screen, field)) = name.split_once('#') {
                    kept.insert((screen.to_owned(), field.to_owned()), value.clone());
                }
            }
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
            kept,
            place,
            pending: None,
            turns: setup.turns,
            greeted: false,
            onward: false,
            save_failed: false,
        };
        if model.findings > 0 {
            let lines = crate::words::count(model.findings, "line");
            model.tell(format!(
                "{lines} of the journal need a look: leadby doctor names them. Nothing is lost."
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

    /// Words that are not saved and stand on no open screen, with their screen's and field's name:
    /// of several, the longest, as a person knows them by that.
    #[must_use]
    pub fn kept_words(&self) -> Option<(&str, &str, &Value)> {
        let length = |value: &Value| match value {
            Value::Text(text) => text.len(),
            Value::List(list) => list.iter().map(String::len).sum(),
            Value::Log(_) => 0,
        };
        self.kept
            .iter()
            .max_by_key(|(_, value)| length(value))
            .map(|((screen, field), value)| (screen.as_str(), field.as_str(), value))
    }

    /// How many fields' words are kept so.
    #[must_use]
    pub fn kept_count(&self) -> usize {
        self.kept.len()
    }

    /// What is being typed and not saved; none when everything is.
    #[must_use]
    pub fn draft(&self) -> Option<Draft> {
        let mut words: BTreeMap<String, Value> = self
            .kept
            .iter()
            .map(|((screen, field), value)| (format!("{screen}#{field}"), value.clone()))
            .collect();
        for screen in &self.screens {
            if let (Some(form), Some(name)) = (screen.form(), screen.route().name()) {
                for (field, value) in form.words() {
                    words.insert(format!("{name}#{field}"), value);
                }
            }
        }
        if words.is_empty() {
            return None;
        }
        let place = self.here().or_else(|| self.place.clone());
        let mut draft = place.or_else(|| self.kept_at())?;
        draft.words = words;
        Some(draft)
    }

    /// The place to come back to; none when there is none.
    #[must_use]
    pub fn place(&self) -> Option<Draft> {
        self.here().or_else(|| self.place.clone()).map(|mut place| {
            place.words = BTreeMap::new();
            place
        })
    }

    pub(super) fn tell(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            wrong: false,
        });
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
            self.tell("That is not there any more.");
            return;
        };
        if let (Some(name), Some(form)) = (route.name(), screen.form_mut()) {
            self.kept.retain(|(at, field), value| {
                let here = *at == name && form.input(field).is_some();
                if here {
                    form.restore(field, value);
                }
                !here
            });
            if let Some(place) = &self.place
                && place.screen == name
            {
                form.focus_on(&place.field, Some(place.cursor));
            }
        }
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
        if matches!(self.screen(), Screen::Page(_) | Screen::Commit(_)) || self.has_words() {
            self.place = self.here().or(self.place.take());
        }
        if let Some(screen) = self.screens.pop() {
            self.keep_words(&screen);
        }
    }

    fn keep_words(&mut self, screen: &Screen) {
        if let (Some(form), Some(name)) = (screen.form(), screen.route().name()) {
            for (field, value) in form.words() {
                self.kept.insert((name.clone(), field), value);
            }
        }
    }

    /// Brings the screen shown up to date; those behind it follow when they are shown again.
    pub(super) fn refresh(&mut self) {
        let (screens, scene) = self.parts();
        if let Some(screen) = screens.last_mut() {
            screen.refresh(scene);
        }
    }

    fn has_words(&self) -> bool {
        self.screen()
            .form()
            .is_some_and(|form| !form.words().is_empty())
    }

    /// The place of words that are not saved, when no other is known.
    fn kept_at(&self) -> Option<Draft> {
        let (screen, field) = self.kept.keys().next()?;
        Some(Draft {
            at: self.now.stamp(),
            screen: screen.clone(),
            field: field.clone(),
            cursor: (0, 0),
            words: BTreeMap::new(),
        })
    }

    /// The screen, field and cursor the user is at, when words are typed here, or on a screen
    /// behind this one.
    fn here(&self) -> Option<Draft> {
        self.screens.iter().rev().find_map(|screen| {
            let (field, cursor) = screen.form()?.place();
            Some(Draft {
                at: self.now.stamp(),
                screen: screen.route().name()?,
                field,
                cursor,
                words: BTreeMap::new(),
            })
        })
    }
}
