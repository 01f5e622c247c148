//! Words that are typed and not saved: on the screens that are open, and kept of those that were.
//!
//! Which of them are still to be offered is decided here, from what the journal says by now. Knows
//! no file.

use std::collections::BTreeMap;

use super::form::{Control, Other};
use super::model::Model;
use super::route::Route;
use super::screen::{Scene, Screen};
use crate::journal::{Body, Entry, Id, Period, Value, period};
use crate::store::{About, Draft};

/// Words of a field on a screen that is not open.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    value: Value,
    about: Option<About>,
    standing: Standing,
}

/// What is to become of kept words.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Standing {
    /// They are to be gone on with.
    Waiting,
    /// What they are about was saved, changed or ended since; they are only shown.
    Superseded,
}

/// Kept words as they are shown.
#[derive(Clone, Copy, Debug)]
pub struct KeptWords<'a> {
    /// The name of their screen.
    pub screen: &'a str,
    /// The name of their field there.
    pub field: &'a str,
    /// The words.
    pub value: &'a Value,
    /// Whether what they are about was saved, changed or ended since.
    pub superseded: bool,
}

/// The words of a draft, by screen and field.
pub(super) fn kept(draft: &Draft) -> BTreeMap<(String, String), Kept> {
    let mut kept = BTreeMap::new();
    for (name, value) in &draft.words {
        if let Some((screen, field)) = name.split_once('#') {
            let words = Kept {
                value: value.clone(),
                about: draft.about.get(name).cloned(),
                standing: Standing::Waiting,
            };
            kept.insert((screen.to_owned(), field.to_owned()), words);
        }
    }
    kept
}

impl Model {
    /// Words that are not saved and stand on no open screen: of several, those that are gone on with
    /// first, and of these the longest, as a person knows them by that.
    #[must_use]
    pub fn kept_words(&self) -> Option<KeptWords<'_>> {
        let length = |value: &Value| match value {
            Value::Text(text) => text.len(),
            Value::List(list) => list.iter().map(String::len).sum(),
            Value::Log(_) => 0,
        };
        let place = self.place.as_ref().map(|place| place.screen.as_str());
        let (at, kept) = self.kept.iter().max_by_key(|((screen, _), kept)| {
            let waits = kept.standing == Standing::Waiting;
            (waits, Some(screen.as_str()) == place, length(&kept.value))
        })?;
        Some(KeptWords {
            screen: &at.0,
            field: &at.1,
            value: &kept.value,
            superseded: kept.standing == Standing::Superseded,
        })
    }

    /// How many fields' words are kept so.
    #[must_use]
    pub fn kept_count(&self) -> usize {
        self.kept.len()
    }

    /// What is being typed and not saved; none when everything is.
    #[must_use]
    pub fn draft(&self) -> Option<Draft> {
        let mut words = BTreeMap::new();
        let mut about = BTreeMap::new();
        for ((screen, field), kept) in &self.kept {
            let name = format!("{screen}#{field}");
            words.insert(name.clone(), kept.value.clone());
            about.extend(kept.about.clone().map(|about| (name, about)));
        }
        for screen in &self.screens {
            let (Some(form), Some(name)) = (screen.form(), screen.route().name()) else {
                continue;
            };
            for (field, value) in form.words() {
                let input = form.input(&field);
                let name = format!("{name}#{field}");
                about.extend(input.and_then(|input| Some((name.clone(), input.about.clone()?))));
                words.insert(name, value);
            }
        }
        if words.is_empty() {
            return None;
        }
        let place = self.here().or_else(|| self.place.clone());
        let place = place.or_else(|| self.kept_at())?;
        Some(Draft {
            words,
            about,
            ..place
        })
    }

    /// What is being typed and not saved, to be written down: what begins a new entry gets its id
    /// now, so that it is never saved twice.
    pub fn put_down(&mut self, mut mint: impl FnMut(&[Id]) -> Id) -> Option<Draft> {
        let kept = self.kept.values().filter_map(|kept| kept.about.as_ref());
        let open = self.screens.iter().filter_map(Screen::form);
        let open = open.flat_map(|form| &form.inputs);
        let open = open.filter_map(|input| input.about.as_ref());
        let mut taken: Vec<Id> = kept.chain(open).map(|about| about.id.clone()).collect();
        for form in self.screens.iter_mut().filter_map(Screen::form_mut) {
            form.begin(|| {
                let id = mint(&taken);
                taken.push(id.clone());
                id
            });
        }
        self.draft()
    }

    /// The place to come back to; none when there is none.
    #[must_use]
    pub fn place(&self) -> Option<Draft> {
        self.here().or_else(|| self.place.clone()).map(|mut place| {
            place.words = BTreeMap::new();
            place.about = BTreeMap::new();
            place
        })
    }

    /// Puts kept words back on a screen that is being opened; those that the journal went past only
    /// stand beside their fields.
    pub(super) fn put_back(&mut self, screen: &mut Screen) {
        let (Some(name), Some(form)) = (screen.route().name(), screen.form_mut()) else {
            return;
        };
        self.kept.retain(|(at, field), kept| {
            let here = form.inputs.iter_mut().find(|input| input.name == *field);
            let Some(input) = here.filter(|_| *at == name) else {
                return true;
            };
            if kept.standing == Standing::Superseded {
                input.other = Some(Other::OlderDraft(kept.value.clone()));
                return true;
            }
            input.control.restore(&kept.value);
            input.about = input.about.take().or(kept.about.take());
            false
        });
        if let Some(place) = &self.place
            && place.screen == name
        {
            form.focus_on(&place.field, Some(place.cursor));
        }
    }

    /// Words on the form of an item that is no longer there go to the form of a new one.
    pub(super) fn begin_anew(&mut self, route: &Route) -> Option<Route> {
        let Route::Item {
            register,
            id: Some(_),
        } = route
        else {
            return None;
        };
        let new = Route::Item {
            register: register.clone(),
            id: None,
        };
        let (old_name, new_name) = (route.name()?, new.name()?);
        let kept = std::mem::take(&mut self.kept);
        let mut moved = false;
        for ((at, field), mut words) in kept {
            let there = (new_name.clone(), field.clone());
            if at == old_name && !self.kept.contains_key(&there) {
                words.about = words.about.filter(|about| about.rev == 0);
                self.kept.insert(there, words);
                moved = true;
            } else {
                self.kept.insert((at, field), words);
            }
        }
        if let Some(place) = self.place.as_mut().filter(|place| place.screen == old_name) {
            place.screen = new_name;
        }
        moved.then_some(new)
    }

    pub(super) fn keep_words(&mut self, screen: &Screen) {
        if let (Some(form), Some(name)) = (screen.form(), screen.route().name()) {
            for (field, value) in form.words() {
                let words = Kept {
                    value,
                    about: form.input(&field).and_then(|input| input.about.clone()),
                    standing: Standing::Waiting,
                };
                self.kept.insert((name.clone(), field), words);
            }
        }
    }

    /// Drops kept words that are saved by now, and marks those that the journal went past.
    pub(super) fn sort_out_kept(&mut self) {
        if self.kept.is_empty() {
            return;
        }
        let mut kept = std::mem::take(&mut self.kept);
        let scene = self.scene();
        kept.retain(
            |(screen, field), kept| match judged(screen, field, kept, scene) {
                Some(standing) => {
                    kept.standing = standing;
                    true
                }
                None => false,
            },
        );
        self.kept = kept;
    }

    /// Whether there are words on the present screen.
    pub(super) fn has_words(&self) -> bool {
        let form = self.screen().form();
        form.is_some_and(|form| !form.words().is_empty())
    }

    /// The place of words that are not saved, when no other is known.
    fn kept_at(&self) -> Option<Draft> {
        let (screen, field) = self.kept.keys().next()?;
        Some(self.at(screen.clone(), field.clone(), (0, 0)))
    }

    /// The screen, field and cursor the user is at, when words are typed here, or on a screen
    /// behind this one.
    pub(super) fn here(&self) -> Option<Draft> {
        self.screens.iter().rev().find_map(|screen| {
            let (field, cursor) = screen.form()?.place();
            Some(self.at(screen.route().name()?, field, cursor))
        })
    }

    fn at(&self, screen: String, field: String, cursor: (usize, usize)) -> Draft {
        Draft {
            at: self.now.stamp(),
            screen,
            field,
            cursor,
            words: BTreeMap::new(),
            about: BTreeMap::new(),
        }
    }
}

/// How it stands with kept words; none when they are saved.
fn judged(screen: &str, field: &str, kept: &Kept, scene: Scene<'_>) -> Option<Standing> {
    let Some(route) = Route::named(screen) else {
        return Some(Standing::Waiting);
    };
    let about = kept.about.as_ref();
    let opened = Screen::open(&route, scene);
    let input = opened.as_ref().and_then(Screen::form);
    let mut input = input.and_then(|form| form.input(field)).cloned();
    let is_day = matches!(&input, Some(input) if matches!(input.control, Control::Day(..)));
    // What was typed of an entry is no news once more of it is saved, and a day alone says nothing.
    let superseded = |versions: &[Entry]| {
        let is_saved = is_day || versions.iter().any(|entry| holds(&entry.body, &kept.value));
        (!is_saved).then_some(Standing::Superseded)
    };
    let natural = natural(&route, field, scene);
    if let Some(about) = about.filter(|about| natural.as_ref() != Some(&about.id)) {
        let versions = scene.journal.versions(&about.id);
        if versions.is_empty() {
            return Some(Standing::Waiting);
        }
        return superseded(versions);
    }
    let (Some(input), Some(id)) = (&mut input, natural) else {
        let ended = matches!(route, Route::CheckIn(_));
        return Some(if ended {
            Standing::Superseded
        } else {
            Standing::Waiting
        });
    };
    input.control.restore(&kept.value);
    if !input.is_changed() {
        return None;
    }
    if went_past(about, &id, field, scene) {
        return superseded(scene.journal.current(&id).map_or(&[], std::slice::from_ref));
    }
    Some(Standing::Waiting)
}

/// The id of the entry that a field of a screen is about, where it has one by itself.
fn natural(route: &Route, field: &str, scene: Scene<'_>) -> Option<Id> {
    match route {
        Route::Page { practice, week, .. } => {
            let practice = scene.catalog.practice(practice)?;
            let step = practice.step(field)?;
            let is_answer = matches!(step.ask, crate::practice::Ask::Answer(_));
            let at: Period = period(practice.cadence, *week);
            is_answer.then(|| Id::answer(at, &practice.id, field))
        }
        Route::CheckIn(id) => Some(id.clone()),
        Route::Item { id, .. } => id.clone(),
        _ => None,
    }
}

/// Whether the journal says something else by now than stood in the form when words were typed.
fn went_past(about: Option<&About>, id: &Id, field: &str, scene: Scene<'_>) -> bool {
    let current = scene.journal.current(id).map(|entry| &entry.body);
    let Some(about) = about else {
        // A draft of an earlier leadby. All that can be seen is that there is nothing to say any more.
        return matches!(current, Some(Body::Commitment(commitment)) if !commitment.is_open());
    };
    if scene.journal.revision(id) <= about.rev {
        return false;
    }
    let versions = scene.journal.versions(id);
    let before = versions.iter().rfind(|entry| entry.rev <= about.rev);
    match (before.map(|entry| &entry.body), current) {
        (Some(Body::Item(before)), Some(Body::Item(now))) => {
            before.values.get(field) != now.values.get(field)
        }
        (None, Some(Body::Item(now))) => now.values.contains_key(field),
        (before, now) => before != now,
    }
}

/// Whether an entry says these words, or more.
fn holds(body: &Body, value: &Value) -> bool {
    let texts = |value: &Value| match value {
        Value::Text(text) => vec![text.clone()],
        Value::List(list) => list.clone(),
        Value::Log(lines) => lines.iter().map(|line| line.text.clone()).collect(),
    };
    let said: Vec<String> = match body {
        Body::Answer(answer) => texts(&answer.value),
        Body::Item(item) => item.values.values().flat_map(texts).collect(),
        Body::Commitment(commitment) => {
            let why = commitment.moves.iter().map(|step| step.why.clone());
            let end = commitment.closing.iter().map(|end| end.evidence.clone());
            let words = [commitment.better.clone(), commitment.area.clone()];
            words.into_iter().chain(why).chain(end).collect()
        }
        Body::Deleted | Body::Forgotten | Body::Newer | Body::Choice(_) => Vec::new(),
    };
    let holds = |text: &String| said.iter().any(|said| said.contains(text.trim()));
    texts(value).iter().all(holds)
}
