//! One item of a register, as a form: its fields, then the days it reached its stages.

use std::sync::Arc;

use super::people::names;
use super::{Scene, stage};
use crate::app::form::{Form, Input};
use crate::journal::{Body, Change, Id, Improvement, Item as Saved, Value, improvement};
use crate::practice::{Field, FieldKind, Register};

/// One item.
#[derive(Clone, Debug)]
pub struct Item {
    /// The register's id.
    pub register: String,
    /// Which item; a new one when none.
    pub id: Option<Id>,
    /// What one of the register is called.
    pub singular: String,
    /// What belongs there.
    pub about: String,
    /// A good example.
    pub example: String,
    /// That nobody touched it for long, and what became of it, a line each.
    pub became: Vec<String>,
    /// What it can turn into, in the singular.
    pub turns_into: Option<String>,
    /// The item it came from or turned into.
    pub linked: Option<Id>,
    /// Whether it can be told to others.
    pub is_told: bool,
    /// Its fields.
    pub form: Form,
    /// Whether another program deleted it while the form was open.
    pub gone: bool,
    before: Saved,
}

impl Item {
    pub(super) fn new(register: &str, id: Option<Id>, scene: Scene<'_>) -> Option<Self> {
        let register = scene.catalog.register(register)?;
        let before = match &id {
            Some(id) => scene.journal.item_or_preset(register, id)?,
            None => stage::fresh(register, "", scene),
        };
        let mut form = form(register, &before, scene);
        if let Some(id) = &id {
            form.are_about(id, scene.journal.revision(id));
            form.focus = form
                .inputs
                .iter()
                .position(|input| input.control.raw().is_empty())
                .unwrap_or(0);
        }
        Some(Self {
            register: register.id.clone(),
            singular: register.singular.clone(),
            about: register.about.clone(),
            example: register.example.clone(),
            became: id
                .as_ref()
                .map_or_else(Vec::new, |id| said(register, id, &before, scene)),
            turns_into: id
                .as_ref()
                .and_then(|id| stage::turning_into(register, id, scene))
                .map(|register| register.singular.clone()),
            linked: id.as_ref().and_then(|id| stage::linked(id, scene)),
            is_told: id.is_some() && stage::is_told(register, scene),
            gone: false,
            form,
            id,
            before,
        })
    }

    /// Brings it up to date with the journal, keeping what is being typed.
    pub(super) fn refresh(&mut self, scene: Scene<'_>) {
        if let Some(new) = Self::new(&self.register, self.id.clone(), scene) {
            let old = std::mem::replace(self, new);
            self.form.take_over(old.form);
            self.typed(scene);
            return;
        }
        // Saving begins a new entry from now on.
        self.gone = true;
        self.form.are_about_a_new_one();
        self.became.clear();
        self.turns_into = None;
        self.linked = None;
        self.is_told = false;
    }

    /// The item it turns into once `changes` are saved, and what to say about it.
    pub(super) fn turned_into(
        &self,
        changes: &[Change],
        scene: Scene<'_>,
    ) -> Option<(Change, String)> {
        let now = changes.iter().find_map(|change| match &change.body {
            Body::Item(item) => Some(item),
            _ => None,
        });
        stage::turned_into_from(self.id.as_ref()?, now, scene)
    }

    /// Says what follows from what was typed.
    pub(super) fn typed(&mut self, scene: Scene<'_>) {
        if let Some(register) = scene.catalog.register(&self.register) {
            tell_improvement(&mut self.form, register);
        }
    }

    pub(super) fn save(&mut self, scene: Scene<'_>) -> Option<Vec<Change>> {
        if self.form.words().is_empty() && !self.gone {
            return Some(Vec::new());
        }
        let values = self.form.values(scene.now)?;
        if values.get("title").is_none_or(Value::is_empty) {
            self.form
                .refuse("title", "Give it a name; a few words will do.");
            return None;
        }
        // Somebody else may have changed it meanwhile: only what was changed here is set.
        let mut item = self
            .id
            .as_ref()
            .and_then(|id| scene.journal.item(id))
            .unwrap_or(&self.before)
            .clone();
        for (field, value) in values {
            let changed = self.form.input(&field).is_some_and(Input::is_changed);
            if changed {
                item.set(&field, value);
            }
        }
        let body = Body::Item(item);
        let change = match &self.id {
            Some(id) if !self.gone => Change::of(id.clone(), body),
            _ => Change {
                id: self.form.begun(),
                ..Change::new(body)
            },
        };
        Some(vec![change])
    }
}

fn said(register: &Register, id: &Id, item: &Saved, scene: Scene<'_>) -> Vec<String> {
    let mut said: Vec<String> = stage::untouched(register, id, item, scene)
        .into_iter()
        .collect();
    said.extend(stage::became(id, scene));
    said
}

/// Brings what is said below the numbers up to date with what was typed.
fn tell_improvement(form: &mut Form, register: &Register) {
    let Some(fields) = &register.improves else {
        return;
    };
    let mut typed = Saved::new(&register.id);
    for input in &form.inputs {
        typed.set(&input.name, input.control.raw());
    }
    let said = improvement(register, &typed);
    for input in &mut form.inputs {
        if [&fields.after, &fields.unit].contains(&&input.name) {
            input.became = said.iter().map(Improvement::words).collect();
        }
    }
}

fn form(register: &Register, item: &Saved, scene: Scene<'_>) -> Form {
    let names = names(register.fields.iter().map(|field| &field.kind), scene);
    let mut inputs: Vec<Input> = register
        .fields
        .iter()
        .filter(|field| field.stage.is_none())
        .map(|field| input(field, item, &names, scene))
        .collect();
    for stage in &register.stages {
        let mut label = stage.name.clone();
        if let Some(first) = label.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        inputs.push(
            Input::new(
                &stage.id,
                &label,
                &FieldKind::Date,
                item.values.get(&stage.id),
                scene.now,
            )
            .asking(
                "On which day? It stays empty until it is so.",
                "today, fri, 4 Dec or 2026-12-04",
            ),
        );
        let beside = |field: &&Field| field.stage.as_deref() == Some(&stage.id);
        for field in register.fields.iter().filter(beside) {
            inputs.push(input(field, item, &names, scene));
        }
    }
    let mut form = Form::new(inputs);
    tell_improvement(&mut form, register);
    form
}

fn input(field: &Field, item: &Saved, names: &Arc<[String]>, scene: Scene<'_>) -> Input {
    let saved = item.values.get(&field.id);
    Input::new(&field.id, &field.label, &field.kind, saved, scene.now)
        .asking(&field.prompt, "")
        .knowing(names)
}
