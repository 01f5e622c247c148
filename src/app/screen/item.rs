//! The form of one item: its fields, then the days it reached its stages.

use super::{Scene, ScreenState, form_actions, item_text, rule_results, settle};
use crate::app::ClickTarget;
use crate::app::form::{FieldNote, Form, FormEvent, FormField, convert_label};
use crate::app::keys::{Action, Binding, KeyContext};
use crate::app::route::{CommitSource, ItemSource, Navigation, Outcome, Route};
use crate::insight::improvement;
use crate::journal::rules::{
    Act, ItemEdit, NewItem, Refusal, TurnInto, new_item, next_stage, perform, target_register,
};
use crate::journal::{Change, Id, Item as Saved, Value, stage_of};
use crate::practice::{Field, FieldKind, ORIGIN_KEY, Register};
use crate::text::capitalized;

#[derive(Clone, Debug)]
pub struct ItemForm {
    /// The register's id.
    pub register: String,
    pub source: ItemSource,
    pub singular: String,
    /// What belongs there.
    pub about: String,
    pub example: String,
    /// What came of it, and whether it was long untouched, one line each.
    pub notes: Vec<FieldNote>,
    /// The singular of the register it can become an item of.
    pub becomes: Option<String>,
    /// The item it came from or became.
    pub linked: Option<Id>,
    pub has_preview: bool,
    pub form: Form,
    before: Saved,
}

impl ItemForm {
    pub(super) fn new(register: &str, source: ItemSource, scene: Scene<'_>) -> Option<Self> {
        let register = match source {
            ItemSource::Joining(_) => scene.catalog.joined_names()?.0,
            _ => scene.catalog.register(register)?,
        };
        let id = source.existing();
        let mut before = match id {
            Some(id) => scene.journal.item_or_preset(register, id)?,
            None => new_item(register, scene.now.today()),
        };
        if let ItemSource::Joining(name) = &source {
            before.set("title", Value::Text(name.clone()));
        }
        let mut form = item_form(register, &before, scene);
        if let Some(id) = id {
            form.set_entry(id, scene.journal.revision(id));
            settle::show_other_texts(&mut form, scene);
        }
        if matches!(source, ItemSource::Existing(_) | ItemSource::Joining(_)) {
            let first_empty = form
                .visible_fields()
                .find(|(_, input)| input.control.raw().is_empty())
                .map(|(at, _)| at);
            form.focus = first_empty.unwrap_or(0);
        }
        Some(Self {
            register: register.id.clone(),
            singular: register.singular.clone(),
            about: register.about.clone(),
            example: register.example.clone(),
            notes: match &source {
                ItemSource::Existing(id) => item_notes(register, id, &before, scene),
                ItemSource::For(id) => {
                    let said = item_text::expectation_text(id, scene);
                    said.map(FieldNote::from).into_iter().collect()
                }
                ItemSource::New | ItemSource::Joining(_) => Vec::new(),
            },
            becomes: id
                .and_then(|id| target_register(register, id, scene.basis()))
                .map(|register| register.singular.clone()),
            linked: id.and_then(|id| item_text::linked(id, scene)),
            has_preview: id.is_some() && item_text::has_preview(register, scene),
            form,
            source,
            before,
        })
    }

    /// The item; `None` while it is new.
    pub fn id(&self) -> Option<&Id> {
        self.source.existing()
    }

    /// The act that converts it once `changes` are saved.
    pub(super) fn conversion(&self, changes: &[Change]) -> Option<Act> {
        let unsaved = changes.iter().find_map(|change| change.body.as_item());
        let (id, unsaved) = (self.id().cloned()?, unsaved.cloned());
        Some(Act::TurnInto(TurnInto { id, unsaved }))
    }

    /// The notice if the item has no stage yet once `changes` are saved, with the key of its list
    /// for the first one.
    pub(super) fn not_started_notice(
        &self,
        changes: &[Change],
        scene: Scene<'_>,
    ) -> Option<String> {
        let register = scene.catalog.register(&self.register)?;
        let mut items = changes.iter().filter_map(|change| change.body.as_item());
        let item = items.find(|item| item.register == register.id)?;
        if stage_of(register, item).is_some() || register.unstaged.is_empty() {
            return None;
        }
        let next = next_stage(register, item)?;
        let key = scene.keys.key_name(KeyContext::Register, Action::Advance);
        let (unstaged, next) = (&register.unstaged, &next.name);
        Some(format!(
            "Saved, still {unstaged}. {key} in its list: {next}."
        ))
    }

    /// Updates what is derived from the typed text.
    pub(super) fn update_improvement(&mut self, scene: Scene<'_>) {
        if let Some(register) = scene.catalog.register(&self.register) {
            show_improvement(&mut self.form, register);
        }
    }

    pub(super) fn save(&mut self, scene: Scene<'_>) -> Option<Vec<Change>> {
        if !self.form.has_unsaved() && !self.form.is_deleted {
            return Some(Vec::new());
        }
        let mut values = self.form.values(scene.now)?;
        // Another program may have changed it meanwhile, so only fields changed here are set.
        let mut changed = values.clone();
        changed.retain(|field, _| self.form.field(field).is_some_and(FormField::is_changed));
        let register = self.register.clone();
        let act = match self.id().cloned() {
            Some(id) if !self.form.is_deleted => Act::Edit(ItemEdit {
                id,
                values: changed,
            }),
            Some(_) => {
                let from = self.before.values.get(ORIGIN_KEY).cloned();
                values.extend(from.map(|from| (ORIGIN_KEY.to_owned(), from)));
                Act::Add(NewItem { register, values })
            }
            None => {
                let title = values.remove("title");
                changed.extend(title.map(|title| ("title".to_owned(), title)));
                Act::Add(NewItem {
                    register,
                    values: changed,
                })
            }
        };
        let done = perform(&act, scene.basis());
        let done = done.inspect_err(|why| self.refuse(why, scene)).ok()?;
        Some(self.form.with_draft_id(done.changes))
    }

    fn refuse(&mut self, why: &Refusal, scene: Scene<'_>) {
        let said = rule_results::refusal_sentence(why, scene);
        match why {
            Refusal::Empty(_) => self
                .form
                .set_error("title", "Give it a name; a few words will do."),
            Refusal::StageInFuture { stage, .. } | Refusal::StageOutOfOrder { stage, .. } => {
                self.form.set_error(stage, said);
            }
            Refusal::EndsBeforeItBegins { field, .. } | Refusal::NoFirstDay(field) => {
                self.form.set_error(field, said);
            }
            _ => self.form.set_error("title", said),
        }
    }

    /// Goes back once `changes` are saved.
    fn leave(&self, changes: Vec<Change>, scene: Scene<'_>) -> Outcome {
        Outcome {
            notice: self.not_started_notice(&changes, scene),
            ..Outcome::back().saving(changes)
        }
    }
}

impl ScreenState for ItemForm {
    fn stands_for(&self) -> Option<String> {
        match &self.source {
            ItemSource::For(id) => Some(id.clone()),
            _ => None,
        }
    }

    fn route(&self) -> Route {
        Route::item_from(&self.register, self.source.clone())
    }

    fn title(&self) -> Option<String> {
        Some(match self.id() {
            Some(_) => self.singular.clone(),
            None => format!("new {}", self.singular),
        })
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match action {
            Action::Save => match self.save(scene) {
                Some(changes) => self.leave(changes, scene),
                None => Outcome::stay(),
            },
            Action::Back | Action::Practice(_) if self.form.is_deleted => {
                form_actions::leave(&self.form, action, scene)
            }
            Action::Back => match self.save(scene) {
                Some(changes) => self.leave(changes, scene),
                None => Outcome::back().with_notice(form_actions::KEPT),
            },
            Action::Practice(number) => Outcome::once_saved(self.save(scene), || {
                let route = form_actions::practice_route(number, scene);
                Outcome::navigate_if(route.map(Navigation::Replace))
            }),
            Action::CommitFrom | Action::Preview => {
                let Some(id) = self.id().cloned() else {
                    return Outcome::stay();
                };
                let route = match action {
                    Action::Preview => Route::Preview(id),
                    _ => Route::Commit(CommitSource::Entry(id)),
                };
                Outcome::once_saved(self.save(scene), || Outcome::open(route))
            }
            // Unsaved text may be the title, so it counts.
            Action::Convert => match self.save(scene) {
                Some(changes) => {
                    let converted = self
                        .conversion(&changes)
                        .map(|act| rule_results::outcome(&act, scene));
                    converted.unwrap_or_default().saving_before(changes)
                }
                None => Outcome::stay(),
            },
            Action::OpenLinked => {
                let linked = self.linked.as_ref();
                let there = linked.and_then(|id| item_text::entry_screen(id, scene));
                Outcome::once_saved(self.save(scene), || Outcome::navigate_if(there))
            }
            Action::History => form_actions::history(self.id().cloned(), scene),
            other => form_actions::act_in_form(self, other, scene),
        }
    }

    fn click(&mut self, target: ClickTarget, scene: Scene<'_>) -> Outcome {
        let note = match target {
            ClickTarget::Note(at) => self.notes.get(at),
            _ => None,
        };
        let opened = note.and_then(|note| item_text::entry_screen(note.opens.as_ref()?, scene));
        match opened {
            Some(screen) => form_actions::leave_unsaved(&self.form, screen),
            None => Outcome::stay(),
        }
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        if let Some(new) = Self::new(&self.register, self.source.clone(), scene) {
            let old = std::mem::replace(self, new);
            self.form.carry_over(old.form);
            self.update_improvement(scene);
            return;
        }
        // From now on, saving starts a new entry.
        self.form.start_new_entry();
        self.notes.clear();
        self.becomes = None;
        self.linked = None;
        self.has_preview = false;
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::Save => true,
            Action::CommitFrom | Action::History => self.id().is_some(),
            Action::Convert => self.becomes.is_some(),
            Action::OpenLinked => self.linked.is_some(),
            Action::Preview => self.has_preview,
            _ => self.form.is_enabled(action),
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[]
    }

    fn label(&self, binding: &Binding) -> Option<String> {
        match (binding.action, &self.becomes) {
            (Action::Convert, Some(becomes)) => Some(convert_label(becomes)),
            _ => form_actions::label(&self.form, self.save_label(), binding),
        }
    }

    has_form!(form);

    fn after_form_event(&mut self, event: FormEvent, scene: Scene<'_>) -> Outcome {
        if matches!(event, FormEvent::Edited | FormEvent::FocusMoved) {
            self.update_improvement(scene);
        }
        match event {
            FormEvent::Finished => self.act(Action::Save, scene),
            _ => form_actions::after_event(&mut self.form, event),
        }
    }

    fn focused_entry(&self, _: Scene<'_>) -> Option<Id> {
        self.id().cloned()
    }

    fn repoint_to(&mut self, new: &Id) {
        self.source = ItemSource::Existing(new.clone());
        self.form.is_deleted = false;
    }

    fn save_on_quit(&mut self, scene: Scene<'_>) -> Option<Vec<Change>> {
        if self.form.is_deleted {
            return None;
        }
        self.save(scene)
    }
}

fn item_notes(register: &Register, id: &Id, item: &Saved, scene: Scene<'_>) -> Vec<FieldNote> {
    let untouched = item_text::untouched(register, id, item, scene);
    let mut said: Vec<FieldNote> = untouched.into_iter().map(FieldNote::from).collect();
    said.extend(item_text::entry_notes(id, scene));
    said
}

/// Updates the text below the numbers from what was typed.
fn show_improvement(form: &mut Form, register: &Register) {
    let Some(fields) = &register.improves else {
        return;
    };
    let mut typed = Saved::new(&register.id);
    for input in &form.fields {
        typed.set(&input.name, input.control.raw());
    }
    let said = improvement(register, &typed);
    for input in &mut form.fields {
        if [&fields.after, &fields.unit].contains(&&input.name) {
            input.notes = said.iter().map(|it| it.describe().into()).collect();
        }
    }
}

fn item_form(register: &Register, item: &Saved, scene: Scene<'_>) -> Form {
    let mut fields: Vec<FormField> = register
        .fields
        .iter()
        .filter(|field| field.stage.is_none() && field.from.is_none())
        .map(|field| item_field(register, field, item, scene))
        .collect();
    for (at, stage) in register.stages.iter().enumerate() {
        fields.push(
            FormField::new(
                &stage.id,
                &capitalized(&stage.name),
                &FieldKind::Date,
                item.values.get(&stage.id),
                scene.now,
            )
            .with_prompt(
                "When? Leave it empty until it happens.",
                "today, yesterday, fri, 4 Nov or 2026-11-04",
            )
            // The stage it is in, and the next one.
            .shown_after(match at.checked_sub(1) {
                Some(before) => stages_from(register, before),
                None => Vec::new(),
            }),
        );
        let asked_with = |field: &Field| field.stage.clone().or_else(|| field.from.clone());
        let beside = |field: &&Field| asked_with(field).as_ref() == Some(&stage.id);
        for field in register.fields.iter().filter(beside) {
            fields.push(item_field(register, field, item, scene));
        }
    }
    let mut form = Form::new(fields);
    show_improvement(&mut form, register);
    form
}

fn item_field(register: &Register, field: &Field, item: &Saved, scene: Scene<'_>) -> FormField {
    let saved = item.values.get(&field.id);
    FormField::new(&field.id, &field.label, &field.kind, saved, scene.now)
        .with_prompt(&field.prompt, "")
        .shown_after(match field.stage.as_ref().or(field.from.as_ref()) {
            Some(stage) => {
                let at = register.stages.iter().position(|one| one.id == *stage);
                stages_from(register, at.unwrap_or_default())
            }
            None => Vec::new(),
        })
}

/// The ids of a stage and of those after it.
fn stages_from(register: &Register, at: usize) -> Vec<String> {
    let stages = register.stages.iter().skip(at);
    stages.map(|stage| stage.id.clone()).collect()
}
