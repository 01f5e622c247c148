//! Text that is typed and not saved: on open screens, and kept from closed ones.
//!
//! Knows no file; `kept_drafts` decides which kept drafts still matter.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::form::{Form, OtherText};
use super::kept_drafts::{KeptDraft, KeptDraftStatus, ShownDraft, draft_status, kept_drafts_from};
use super::model::Model;
use super::route::{CommitSource, Route};
use super::screen::{Scene, Screen};
use crate::calendar::parse_iso_date;
use crate::journal::{Body, Change, Commitment, Id, Item, Journal, Value};
use crate::store::Draft;

impl Model {
    /// A draft that is on no open screen. Of several, one that can be resumed comes first, then the
    /// one at the last position, then the longest words, which a person recognises best: the id of
    /// an entry and a day are none.
    pub fn kept_draft(&self) -> Option<ShownDraft<'_>> {
        let length = |value: &Value| match value {
            Value::Text(text) => text.len(),
            Value::List(list) => list.iter().map(String::len).sum(),
            Value::Log(_) => 0,
        };
        let place = self
            .last_position
            .as_ref()
            .map(|place| place.screen.as_str());
        let (at, kept) = self.kept_drafts.iter().max_by_key(|((screen, _), kept)| {
            let waits = kept.status == KeptDraftStatus::Waiting;
            let is_words = kept.value.as_text().is_none_or(|text| {
                parse_iso_date(text).is_none() && self.journal().current(&Id::new(text)).is_none()
            });
            let is_last = Some(screen.as_str()) == place;
            (waits, is_last, is_words, length(&kept.value))
        })?;
        Some(ShownDraft {
            screen: &at.0,
            field: &at.1,
            value: &kept.value,
            is_superseded: kept.status == KeptDraftStatus::Superseded,
        })
    }

    /// Whether there is a draft of a screen that is not open.
    pub(super) fn has_kept_draft(&self, name: &str) -> bool {
        self.kept_drafts.keys().any(|(screen, _)| screen == name)
    }

    /// Offers another stored draft; whether any of it is still not saved.
    pub fn offer_draft(&mut self, draft: &Draft) -> bool {
        self.kept_drafts = kept_drafts_from(draft);
        self.update_kept_drafts();
        !self.kept_drafts.is_empty()
    }

    /// The text of that draft, for showing: the labels of what is chosen, and of a text what differs
    /// from the saved one.
    pub fn kept_draft_text(&self) -> String {
        let Some(kept) = self.kept_draft() else {
            return String::new();
        };
        let screen = Route::from_name(kept.screen);
        let screen = screen.and_then(|route| Screen::open(&route, self.scene()));
        let form = screen.as_ref().and_then(|screen| screen.state().form());
        let field = form.and_then(|form| form.field(kept.field));
        let label = |id: &String| field.map_or(id.clone(), |field| field.kind.label(id).to_owned());
        match kept.value {
            Value::Text(text) if label(text) != *text => label(text),
            Value::Text(text) => match field.map(|field| field.control.raw()) {
                Some(Value::Text(saved)) => unsaved_part(text, &saved),
                _ => text.clone(),
            },
            Value::List(list) => list.iter().map(label).collect::<Vec<_>>().join(", "),
            Value::Log(_) => String::new(),
        }
    }

    /// How many fields the screen of that draft has a draft of, and how many other screens have one.
    pub fn kept_draft_counts(&self) -> (usize, usize) {
        let shown = self.kept_draft().map(|kept| kept.screen);
        let mut screens: Vec<&str> = self
            .kept_drafts
            .keys()
            .map(|(screen, _)| &**screen)
            .collect();
        let fields = screens
            .iter()
            .filter(|screen| Some(**screen) == shown)
            .count();
        screens.dedup();
        (fields, screens.len().saturating_sub(1))
    }

    /// Discards the draft of the screen that [`Model::kept_draft`] is of.
    pub(super) fn discard_kept_draft(&mut self) {
        if let Some(shown) = self.kept_draft().map(|kept| kept.screen.to_owned()) {
            self.kept_drafts.retain(|(screen, _), _| *screen != shown);
        }
    }

    /// What is typed and not saved, or `None` if everything is saved.
    pub fn draft(&self) -> Option<Draft> {
        let mut words = BTreeMap::new();
        let mut about = BTreeMap::new();
        for ((screen, field), kept) in &self.kept_drafts {
            let name = format!("{screen}#{field}");
            words.insert(name.clone(), kept.value.clone());
            about.extend(kept.about.clone().map(|about| (name, about)));
        }
        for screen in &self.screens {
            let (Some(form), Some(name)) = (screen.state().form(), screen.state().route().name())
            else {
                continue;
            };
            for input in form.unsaved_fields() {
                let name = format!("{name}#{}", input.name);
                about.extend(input.entry.clone().map(|entry| (name.clone(), entry)));
                words.insert(name, input.draft_value(self.now));
            }
        }
        if words.is_empty() {
            return None;
        }
        let place = self
            .current_position()
            .or_else(|| self.last_position.clone())
            .or_else(|| self.kept_draft_position())?;
        Some(Draft {
            values: words,
            about,
            ..place
        })
    }

    /// The draft to store. Text that starts a new entry gets its id now, so that it is never saved
    /// twice.
    pub fn draft_with_ids(&mut self, mut new_id: impl FnMut(&[Id]) -> Id) -> Option<Draft> {
        let kept = self
            .kept_drafts
            .values()
            .filter_map(|kept| kept.about.as_ref());
        let open = self
            .screens
            .iter()
            .filter_map(|screen| screen.state().form())
            .flat_map(|form| &form.fields)
            .filter_map(|input| input.entry.as_ref());
        let mut taken: Vec<Id> = kept.chain(open).map(|about| about.id.clone()).collect();
        for form in self
            .screens
            .iter_mut()
            .filter_map(|screen| screen.state_mut().form_mut())
        {
            form.assign_ids(|| {
                let id = new_id(&taken);
                taken.push(id.clone());
                id
            });
        }
        self.draft()
    }

    /// The last position, to come back to.
    pub fn last_position(&self) -> Option<Draft> {
        self.current_position()
            .or_else(|| self.last_position.clone())
            .map(|place| Draft {
                values: BTreeMap::new(),
                about: BTreeMap::new(),
                ..place
            })
    }

    /// Restores drafts on a screen that is being opened; superseded ones only appear beside their
    /// fields. The last position counts where there is a draft, and where the walk continues.
    pub(super) fn restore_drafts(&mut self, screen: &mut Screen) {
        let is_walk_position = screen.state().is_walk_position();
        let (Some(name), Some(form)) =
            (screen.state().route().name(), screen.state_mut().form_mut())
        else {
            return;
        };
        // A position outside the walk is that of a draft.
        let has_position = is_walk_position || self.has_kept_draft(&name);
        self.kept_drafts.retain(|(at, field), kept| {
            let here = form.fields.iter_mut().find(|input| input.name == *field);
            let Some(input) = here.filter(|_| *at == name) else {
                return true;
            };
            if kept.status == KeptDraftStatus::Superseded {
                input.other_text = Some(OtherText::OlderDraft(kept.value.clone()));
                return true;
            }
            input.control.restore(&kept.value);
            input.entry = input.entry.take().or(kept.about.take());
            false
        });
        if let Some(place) = &self.last_position
            && place.screen == name
            && has_position
        {
            form.focus_on(&place.field, Some(place.cursor));
        }
        form.show_hidden_drafts();
    }

    /// The form of an entry that was deleted, or is gone without a trace, after text was typed there,
    /// as if it had been open meanwhile: saving adds a new one. `None` if no text waits for it.
    pub(super) fn open_deleted(&mut self, route: &Route) -> Option<Screen> {
        let name = route.name()?;
        let id = route.edited_entry()?;
        if !self.has_kept_draft(&name) {
            return None;
        }
        let versions = self.journal.versions(id).iter().rev();
        let mut bodies = versions.map(|version| &version.body);
        let is_gone = |body: &&Body| matches!(body, Body::Deleted | Body::Newer | Body::Forgotten);
        let last = bodies.find(|body| !is_gone(body)).cloned();
        // A forgotten entry stays so in its journal.
        let mut before = last
            .as_ref()
            .map_or_else(Journal::default, |_| self.journal.clone());
        let last = last.or_else(|| empty_body(route, self.now.today()))?;
        before.simulate(&Change::of(id.clone(), last), self.now.timestamp());
        let journal = &before;
        let mut screen = Screen::open(
            route,
            Scene {
                journal,
                ..self.scene()
            },
        )?;
        screen.state_mut().refresh(self.scene());
        for ((screen, _), kept) in &mut self.kept_drafts {
            if *screen == name {
                kept.about.take_if(|about| about.rev > 0);
            }
        }
        self.notify("It was deleted. Saving adds this as a new one.");
        Some(screen)
    }

    pub(super) fn keep_draft(&mut self, screen: &Screen) {
        if let (Some(form), Some(name)) = (screen.state().form(), screen.state().route().name()) {
            for input in form.unsaved_fields() {
                let words = KeptDraft {
                    value: input.draft_value(self.now),
                    about: input.entry.clone(),
                    status: KeptDraftStatus::Waiting,
                };
                let place = (name.clone(), input.name.clone());
                self.kept_drafts.insert(place, words);
            }
        }
    }

    /// Drops drafts that have been saved, and marks those that the journal has superseded.
    pub(super) fn update_kept_drafts(&mut self) {
        if self.kept_drafts.is_empty() {
            return;
        }
        let mut kept = std::mem::take(&mut self.kept_drafts);
        let scene = self.scene();
        kept.retain(
            |(screen, field), kept| match draft_status(screen, field, kept, scene) {
                Some(standing) => {
                    kept.status = standing;
                    true
                }
                None => false,
            },
        );
        self.kept_drafts = kept;
    }

    /// Whether the present screen has unsaved text.
    pub(super) fn has_unsaved_text(&self) -> bool {
        self.state().form().is_some_and(Form::has_unsaved)
    }

    /// The position of a kept draft, when no other is known.
    fn kept_draft_position(&self) -> Option<Draft> {
        let (screen, field) = self.kept_drafts.keys().next()?;
        Some(self.position_at(screen.clone(), field.clone(), (0, 0)))
    }

    /// The screen, field and cursor the user is at, on this form or on one behind it.
    pub(super) fn current_position(&self) -> Option<Draft> {
        self.screens.iter().rev().find_map(|screen| {
            let (field, cursor) = screen.state().form()?.cursor_position();
            Some(self.position_at(screen.state().route().name()?, field, cursor))
        })
    }

    fn position_at(&self, screen: String, field: String, cursor: (usize, usize)) -> Draft {
        Draft {
            at: self.now.timestamp(),
            screen,
            field,
            cursor,
            values: BTreeMap::new(),
            about: BTreeMap::new(),
        }
    }
}

/// A text from a few words before what is not saved of it.
fn unsaved_part(text: &str, saved: &str) -> String {
    const CONTEXT: usize = 12;
    let same = text.chars().zip(saved.chars()).take_while(|(a, b)| a == b);
    let known: String = text
        .chars()
        .take(same.count().saturating_sub(CONTEXT))
        .collect();
    let words = known.trim_end_matches(|character: char| !character.is_whitespace());
    match text.strip_prefix(words) {
        Some(rest) if !words.is_empty() => format!("…{rest}"),
        _ => text.to_owned(),
    }
}

/// What stands in the form of an entry of which nothing is left but its draft.
fn empty_body(route: &Route, today: NaiveDate) -> Option<Body> {
    match route {
        Route::Item { register, .. } => Some(Body::Item(Item::new(register))),
        Route::CheckIn(_) | Route::Commit(CommitSource::Existing(_)) => {
            Some(Body::Commitment(Commitment {
                better: "a commitment that is gone".to_owned(),
                area: String::new(),
                due: today,
                made: today,
                moves: Vec::new(),
                closing: None,
                origin: None,
            }))
        }
        _ => None,
    }
}
