//! A commitment being made or changed: what will be better, in which area, by when.

use super::{Scene, ScreenState, form_actions, item_text, page, rule_results, settle};
use crate::app::form::{Control, Form, FormEvent, FormField, LastAnswer};
use crate::app::keys::{Action, Binding, KeyContext};
use crate::app::route::{CommitSource, Navigation, Outcome, Route};
use crate::calendar::{self, Direction, DueDay, next_due_day};
use crate::journal::rules::{
    Act, ActResult, NewCommitment, Refusal, Reword, TextAnswer, commitment_seed, next_due, perform,
    perform_on_deleted, text_answers,
};
use crate::journal::{Change, Commitment, Id, Value};
use crate::practice::{Choice, FieldKind};

#[derive(Clone, Debug)]
pub struct CommitForm {
    pub source: CommitSource,
    /// What it comes from, in words; may be empty.
    pub origin: String,
    pub form: Form,
    /// The open ones, and those made this week.
    pub existing: Vec<Commitment>,
    /// The first one that is due, to check in.
    pub due: Option<Id>,
    /// The answers on the previous page of the walk.
    pub answers: Vec<TextAnswer>,
    due_day: DueDay,
    /// The last state of the commitment being changed.
    before: Option<Commitment>,
    /// The past day that needs a second save to confirm it.
    asked: Option<String>,
    /// The answer whose text was used last.
    used: String,
}

impl CommitForm {
    pub(super) fn new(source: CommitSource, scene: Scene<'_>) -> Option<Self> {
        let now = scene.now;
        let answers = match &source {
            CommitSource::Walk(practice, week) => match scene.catalog.practice(practice) {
                Some(practice) => text_answers(practice, *week, scene.journal),
                None => Vec::new(),
            },
            _ => Vec::new(),
        };
        let before = match source.existing() {
            Some(id) => Some(scene.journal.commitment(id)?.clone()),
            None => None,
        };
        let seed = match &source {
            CommitSource::Entry(id) => commitment_seed(id, scene.basis()),
            _ => None,
        };
        let origin = match &source {
            CommitSource::Entry(id) if seed.is_some() => item_text::place_text(id, scene),
            CommitSource::Expectation(id) => item_text::expectation_text(id, scene),
            _ => None,
        };
        let next_due_day = next_due_day(now);
        let (words, area, due) = match (&before, seed) {
            (Some(it), _) => (it.better.clone(), Some(it.area.clone()), it.due),
            (None, Some(seed)) if seed.due_today => (seed.better, seed.area, now.today()),
            (None, Some(seed)) => (seed.better, seed.area, next_due_day),
            (None, None) => (String::new(), None, next_due_day),
        };
        let known = scene.journal.areas(scene.catalog);
        let area = area.map(Value::Text);
        let areas = known.into_iter();
        let areas = FieldKind::choice(areas.map(|area| Choice::new(area.clone(), area)), true);
        let better = Value::Text(words);
        let changed = source.existing().cloned();
        let last = last_made(scene);
        // An open one is in the list of those that are already made.
        let copied = last.filter(|last| !last.is_open());
        let copied = copied.filter(|_| changed.is_none() && answers.is_empty());
        let mut fields = vec![
            FormField::new("better", "Better", &FieldKind::Line, Some(&better), now)
                .with_prompt("What will be visibly better?", "One sentence is enough.")
                .with_last_answer(copied.map(|last| last_answer(last, scene))),
        ];
        if !answers.is_empty() {
            fields.push(answer_field(&answers, scene));
        }
        let mut areas = FormField::new("area", "Area", &areas, area.as_ref(), now)
            .with_prompt("Pick an area, or write your own.", "");
        if let (Control::Pick(pick), None) = (&mut areas.control, area) {
            pick.begin_at(last.map_or("", |last| &last.area));
        }
        fields.push(areas);
        // One that is changed moves from its due day; a new one has none yet.
        let direction = match &before {
            Some(before) => Direction::Rescheduled(before.due),
            None => Direction::Future,
        };
        // The due day of one that ended cannot change.
        if before.as_ref().is_none_or(Commitment::is_open) {
            fields.push(
                FormField::due_day("due", "By", due, now, direction)
                    .with_prompt("By when?", "fri, tomorrow, 2w, 4 Dec or 2026-12-04"),
            );
        }
        let week = now.week();
        let mut form = Form::new(fields);
        if let Some(id) = &changed {
            form.set_entry(id, scene.journal.revision(id));
            settle::show_other_texts(&mut form, scene);
        }
        Some(Self {
            due: next_due(&[], scene.basis()),
            source,
            origin: origin.unwrap_or_default(),
            form,
            due_day: now.due_day(),
            before,
            existing: scene
                .journal
                .commitments()
                .into_iter()
                .filter(|(_, commitment)| week.contains(commitment.made) || commitment.is_open())
                .filter(|(entry, _)| changed.as_ref() != Some(&entry.id))
                .map(|(_, commitment)| commitment.clone())
                .collect(),
            answers,
            asked: None,
            used: String::new(),
        })
    }

    /// Where to go once it is saved.
    pub(super) fn next(&self, scene: Scene<'_>) -> Navigation {
        match &self.source {
            CommitSource::Walk(practice, week) => {
                Navigation::Replace(page::next_in_walk(practice, *week, scene))
            }
            _ => Navigation::Back,
        }
    }

    /// Whether it changes an existing commitment.
    pub(super) fn is_change(&self) -> bool {
        self.source.existing().is_some()
    }

    pub(super) fn is_of_a_walk(&self) -> bool {
        matches!(self.source, CommitSource::Walk(..))
    }

    /// The page of the walk that it follows, if it is part of a walk.
    pub(super) fn previous(&self, scene: Scene<'_>) -> Option<Route> {
        let CommitSource::Walk(practice, week) = &self.source else {
            return None;
        };
        let page = scene.catalog.practice(practice)?.pages();
        Some(Route::page(practice, *week, page))
    }

    pub fn chosen_answer(&self) -> Option<&TextAnswer> {
        let from = self.form.text("from");
        self.answers.iter().find(|one| one.id.as_str() == from)
    }

    /// Uses the next answer as the text, or none after the last one.
    pub(super) fn use_answer(&mut self) {
        let at = self
            .answers
            .iter()
            .position(|one| Some(one) == self.chosen_answer());
        let next = self.answers.get(at.map_or(0, |at| at + 1));
        let next = next.map_or("", |one| one.id.as_str());
        self.form.restore("from", &Value::Text(next.to_owned()));
        self.apply_chosen_answer();
    }

    /// Copies a newly chosen answer into the text, unless another text was typed.
    pub(super) fn apply_chosen_answer(&mut self) {
        let from = self.form.text("from");
        if from == self.used {
            return;
        }
        let words = self
            .chosen_answer()
            .map_or_else(String::new, |one| one.first_line.clone());
        let better = self.form.text("better");
        let before = self.answers.iter().find(|one| one.id.as_str() == self.used);
        let is_used = before.is_some_and(|one| one.first_line == better);
        if better.trim().is_empty() || is_used {
            self.form.restore("better", &Value::Text(words));
        }
        self.used = from;
    }

    /// The changes to save, and the sentence about a day that moved.
    pub(super) fn save(&mut self, scene: Scene<'_>) -> Option<(Vec<Change>, Option<String>)> {
        let values = self.form.values(scene.now)?;
        let text = |name: &str| values.get(name).and_then(Value::as_text).unwrap_or("");
        let (area, better, said) = (text("area"), text("better"), text("due"));
        let is_new = !self.is_change();
        if is_new && better.trim().is_empty() && area.trim().is_empty() {
            return Some((Vec::new(), None));
        }
        let due = match (self.form.field("due"), said.parse()) {
            (Some(_), Err(_)) => {
                self.form.set_error("due", "Add a due date.");
                return None;
            }
            (_, due) => due.ok(),
        };
        let act = match (&self.source, due) {
            (CommitSource::Existing(id), due) => {
                let changed = |name: &str| self.form.field(name).is_some_and(FormField::is_changed);
                Act::Reword(Reword {
                    id: id.clone(),
                    better: changed("better").then(|| better.to_owned()),
                    area: changed("area").then(|| area.to_owned()),
                    due: due.filter(|_| changed("due")),
                })
            }
            (source, due) => Act::Commit(NewCommitment {
                better: better.to_owned(),
                area: area.to_owned(),
                due: due?,
                origin: match source {
                    CommitSource::Entry(id) => Some(id.clone()),
                    _ => self.chosen_answer().map(|one| one.id.clone()),
                },
            }),
        };
        let done = match &self.before {
            Some(before) if self.form.is_deleted => perform_on_deleted(before, &act, scene.basis()),
            _ => perform(&act, scene.basis()),
        };
        let done = done.inspect_err(|why| self.refuse(why, scene)).ok()?;
        if let Some(ask) = rule_results::past_due_question(&done, said, &mut self.asked, scene) {
            self.form.set_error("due", ask);
            return None;
        }
        let has_moved = matches!(
            done.result,
            ActResult::Moved { .. } | ActResult::Corrected(_)
        );
        let notice = has_moved.then(|| rule_results::result_sentence(&done, scene));
        Some((self.form.with_draft_id(done.changes), notice))
    }

    fn refuse(&mut self, why: &Refusal, scene: Scene<'_>) {
        match why {
            Refusal::Empty(_) => {
                let back = scene.keys.key_name(KeyContext::Form, Action::Back);
                let empty = format!("Say what better looks like, or press {back}.");
                self.form.set_error("better", empty);
            }
            Refusal::HasEnded { .. } | Refusal::AlreadyDue(_) => {
                self.form
                    .set_error("due", rule_results::refusal_sentence(why, scene));
            }
            _ => self
                .form
                .set_error("better", rule_results::refusal_sentence(why, scene)),
        }
    }
}

impl ScreenState for CommitForm {
    fn stands_for(&self) -> Option<String> {
        match &self.source {
            CommitSource::Expectation(id) => Some(id.clone()),
            _ => None,
        }
    }

    fn route(&self) -> Route {
        Route::Commit(self.source.clone())
    }

    fn title(&self) -> Option<String> {
        Some(if self.is_change() {
            "Commitment".to_owned()
        } else {
            self.due_day.title()
        })
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match action {
            Action::Save => {
                let Some((changes, notice)) = self.save(scene) else {
                    return Outcome::stay();
                };
                let saved = Outcome::navigate(self.next(scene)).saving(changes);
                match notice {
                    Some(notice) => saved.with_notice(notice),
                    None => saved,
                }
            }
            // The unsaved text stays on the screen behind it.
            Action::CheckIn => Outcome::open_if(self.due.clone().map(Route::CheckIn)),
            Action::CopyLast if !self.answers.is_empty() => {
                self.use_answer();
                self.after_form_event(FormEvent::Edited, scene)
            }
            Action::PreviousPage => match self.previous(scene) {
                Some(route) => form_actions::leave_unsaved(&self.form, Navigation::Replace(route)),
                None => Outcome::stay(),
            },
            Action::Back | Action::Practice(_) => form_actions::leave(&self.form, action, scene),
            Action::History => form_actions::history(self.focused_entry(scene), scene),
            other => form_actions::act_in_form(self, other, scene),
        }
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        let Some(new) = Self::new(self.source.clone(), scene) else {
            // From now on, saving starts a new entry.
            self.form.start_new_entry();
            return;
        };
        let old = std::mem::replace(self, new);
        self.form.carry_over(old.form);
        self.asked = old.asked;
        self.used = old.used;
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::Save => true,
            Action::PreviousPage => self.is_of_a_walk(),
            Action::CheckIn => self.due.is_some(),
            Action::History => self.is_change(),
            Action::CopyLast if !self.answers.is_empty() => true,
            _ => self.form.is_enabled(action),
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        if self.is_of_a_walk() {
            &[KeyContext::Page]
        } else {
            &[]
        }
    }

    fn label(&self, binding: &Binding) -> Option<String> {
        match binding.action {
            Action::CopyLast if !self.answers.is_empty() => Some("use an answer".to_owned()),
            _ => form_actions::label(&self.form, self.save_label(), binding),
        }
    }

    fn save_label(&self) -> &'static str {
        match &self.source {
            _ if self.form.is_deleted => "save as new",
            CommitSource::Walk(..) => "commit & next",
            CommitSource::Blank | CommitSource::Entry(_) | CommitSource::Expectation(_) => "commit",
            CommitSource::Existing(_) => "save",
        }
    }

    has_form!(form);

    fn after_form_event(&mut self, event: FormEvent, scene: Scene<'_>) -> Outcome {
        if event == FormEvent::Finished {
            return self.act(Action::Save, scene);
        }
        if matches!(event, FormEvent::Edited | FormEvent::FocusMoved) {
            self.apply_chosen_answer();
        }
        form_actions::after_event(&mut self.form, event)
    }

    fn focused_entry(&self, _: Scene<'_>) -> Option<Id> {
        self.source.existing().cloned()
    }

    fn repoint_to(&mut self, new: &Id) {
        self.source = CommitSource::Existing(new.clone());
        self.form.is_deleted = false;
    }

    // A saved form is not a position to come back to.
    fn is_walk_position(&self) -> bool {
        self.is_of_a_walk() && !self.form.is_saved
    }
}

/// The field for choosing one of the previous page's answers.
fn answer_field(answers: &[TextAnswer], scene: Scene<'_>) -> FormField {
    let choices = answers.iter().map(|one| {
        let label = format!("{}: {}", one.label, one.first_line);
        Choice::new(one.id.to_string(), label)
    });
    let kind = FieldKind::choice(choices, false);
    FormField::new("from", "From", &kind, None, scene.now)
        .with_prompt("Does it come from what you just wrote?", "Optional.")
}

fn last_made(scene: Scene<'_>) -> Option<&Commitment> {
    let commitments = scene.journal.commitments().into_iter();
    let last = commitments.max_by_key(|(_, commitment)| commitment.made);
    last.map(|(_, commitment)| commitment)
}

fn last_answer(last: &Commitment, scene: Scene<'_>) -> LastAnswer {
    LastAnswer {
        when: format!(
            "Your last one, {}",
            calendar::short_date(last.made, scene.now.today())
        ),
        value: Value::Text(last.better.clone()),
        notes: Vec::new(),
    }
}
