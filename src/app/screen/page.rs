//! A page of a practice: its steps as a form, with the previous answers beside them.

mod past;

use super::{Scene, ScreenState, form_actions, item_text, panel, rule_results, settle};
use crate::app::ClickTarget;
use crate::app::form::{Control, Form, FormEvent, FormField, PanelRow};
use crate::app::keys::{Action, Binding, KeyContext};
use crate::app::route::{CommitSource, Navigation, Outcome, Route};
use crate::calendar::{Month, Week};
use crate::insight::{self, Progress};
use crate::journal::rules::{Act, Advance, NewItem, TurnInto, note_text, perform, waiting_notes};
use crate::journal::{Answer, Change, Entry, Id, Period, Value, VersionName, period_for};
use crate::practice::{Ask, Cadence, FieldKind, Practice, Step};
use crate::store::{About, text_checksum};

#[derive(Clone, Debug)]
pub struct PracticePage {
    /// The practice's id.
    pub practice: String,
    /// The week its answers are for.
    pub week: Week,
    /// The number of the page, from 1.
    pub page: u32,
    pub pages: u32,
    pub name: String,
    pub title: String,
    /// What it is about; empty once the user knows it.
    pub intro: String,
    /// Questions for a blank moment, on its first page.
    pub questions: Vec<String>,
    /// The practices of the walk by name, and how far each is; empty outside the walk.
    pub stepper: Vec<(String, Progress)>,
    /// The month its answers are for, if it is asked once a month.
    pub month: Option<Month>,
    /// Whether it is asked once and kept current.
    pub standing: bool,
    /// Its position in the walk, from 0.
    pub walk_position: Option<usize>,
    pub form: Form,
    /// The notes that wait in the inbox, on a page of this week's walk.
    pub waiting: Vec<String>,
    /// What was done here to rows of its lists, newest last.
    done: Vec<RowChange>,
}

/// A version that was written from a row of a list.
#[derive(Clone, Debug)]
pub struct RowChange {
    row: Id,
    /// The entry written; another one if the row was converted.
    pub(in crate::app) id: Id,
    pub(in crate::app) name: VersionName,
}

impl PracticePage {
    pub(super) fn new(practice: &str, week: Week, page: u32, scene: Scene<'_>) -> Option<Self> {
        let practice = scene.catalog.practice(practice)?;
        let mut built = Self {
            practice: practice.id.clone(),
            week,
            page,
            pages: practice.pages(),
            name: practice.name.clone(),
            title: insight::practice_heading(scene.journal, scene.catalog, practice),
            intro: if is_familiar(practice, scene) {
                String::new()
            } else {
                practice.intro.clone()
            },
            questions: if page == 1 {
                practice.questions.clone()
            } else {
                Vec::new()
            },
            stepper: Vec::new(),
            month: match period_for(practice.cadence, week) {
                Period::Month(month) => Some(month),
                Period::Week(_) | Period::Standing => None,
            },
            standing: practice.cadence == Cadence::Standing,
            walk_position: scene
                .catalog
                .walk()
                .position(|other| other.id == practice.id),
            form: page_form(practice, week, page, &[], scene),
            waiting: Vec::new(),
            done: Vec::new(),
        };
        built.update_walk(scene);
        let first_open = practice
            .steps
            .iter()
            .filter(|step| step.page == page)
            .position(|step| !insight::is_step_done(scene.journal, practice, step, week));
        built.form.focus = first_open.unwrap_or(0);
        Some(built)
    }

    /// Where the walk goes from here.
    pub(super) fn next(&self, scene: Scene<'_>) -> Route {
        // The walk of another week ends with this page.
        if self.page < self.pages && self.other_week(scene).is_none() {
            return Route::page(&self.practice, self.week, self.page + 1);
        }
        let practice = scene.catalog.practice(&self.practice);
        if practice.is_some_and(|practice| practice.leads_to_commitment) {
            return Route::Commit(CommitSource::Walk(self.practice.clone(), self.week));
        }
        match practice.map(|practice| practice.cadence) {
            Some(Cadence::Weekly) => next_in_walk(&self.practice, self.week, scene),
            _ => Route::Home,
        }
    }

    /// "Week 36, last week": the week of a page of the walk, if it is not the present one.
    pub fn other_week(&self, scene: Scene<'_>) -> Option<String> {
        self.walk_position
            .and_then(|_| self.week.relative_label(scene.now.week()))
    }

    pub(super) fn previous(&self, scene: Scene<'_>) -> Option<Route> {
        if self.page > 1 {
            return Some(Route::page(&self.practice, self.week, self.page - 1));
        }
        let before = self.walk_position?.checked_sub(1)?;
        let practice = scene.catalog.walk().nth(before)?;
        Some(Route::page(&practice.id, self.week, practice.pages()))
    }

    pub(super) fn save(&mut self, scene: Scene<'_>) -> Option<Vec<Change>> {
        let practice = scene.catalog.practice(&self.practice)?;
        let values = self.form.values(scene.now)?;
        let mut changes = Vec::new();
        for step in &practice.steps {
            let (Some(value), Some(field)) = (values.get(&step.id), self.form.field(&step.id))
            else {
                continue;
            };
            if !field.is_changed() {
                continue;
            }
            let act = match (&step.ask, &field.control) {
                (Ask::Answer(_), _) => Act::Answer(Answer {
                    period: period_for(practice.cadence, self.week),
                    practice: practice.id.clone(),
                    step: step.id.clone(),
                    value: value.clone(),
                }),
                (Ask::Register(id), Control::Panel(panel)) if !panel.editor.is_blank() => {
                    let title = Value::Text(panel.editor.text());
                    Act::Add(NewItem {
                        register: id.clone(),
                        values: [("title".to_owned(), title)].into(),
                    })
                }
                (Ask::Register(_), _) => continue,
            };
            let id = field.entry.as_ref().map(|about| about.id.clone());
            let done = perform(&act, scene.basis()).inspect_err(|why| {
                let said = rule_results::refusal_sentence(why, scene);
                self.form.set_error(&step.id, said);
            });
            changes.extend(done.ok()?.changes.into_iter().map(|change| Change {
                id: change.id.or(id.clone()),
                ..change
            }));
        }
        Some(changes)
    }

    /// Opens the chosen item of a panel, or adds the one whose title was typed.
    pub(super) fn open_or_add(&mut self, scene: Scene<'_>) -> Outcome {
        let Some(Control::Panel(panel)) = self.form.focused().map(|field| &field.control) else {
            return Outcome::stay();
        };
        let register = panel.register.clone();
        if let Some(row) = panel.rows.get(panel.cursor) {
            return Outcome::open(Route::item(&register, &row.id));
        }
        if panel.editor.is_blank() {
            let event = self.form.act(Action::Continue);
            return self.after_form_event(event, scene);
        }
        // The new item is above the line, which is empty again for the next one.
        Outcome::once_saved(self.save(scene), Outcome::stay)
    }

    /// The focused entry: the chosen item of a panel, or an answer in words.
    pub(super) fn focused_text_entry(&self) -> Option<Id> {
        if let Some(row) = self.chosen_row() {
            return Some(row.id.clone());
        }
        let field = self.form.focused()?;
        let words = matches!(&field.control, Control::Text(editor) if !editor.is_blank());
        (words && self.walk_position.is_some())
            .then(|| Id::answer(Period::Week(self.week), &self.practice, &field.name))
    }

    /// All answers to the focused question, or the whole list.
    pub(super) fn question(&self) -> Option<Route> {
        let field = self.form.focused()?;
        if let Control::Panel(panel) = &field.control {
            return Some(Route::list(&panel.register, None));
        }
        (!self.standing).then(|| Route::compare(&self.practice, &field.name))
    }

    fn update_walk(&mut self, scene: Scene<'_>) {
        if self.walk_position.is_some() {
            self.waiting = match self.other_week(scene) {
                None => waiting_notes(scene.basis())
                    .into_iter()
                    .map(|(_, item)| note_text(item, scene.catalog))
                    .collect(),
                Some(_) => Vec::new(),
            };
            self.stepper = scene
                .catalog
                .walk()
                .map(|practice| {
                    let progress = insight::progress(scene.journal, practice, self.week);
                    (practice.name.clone(), progress)
                })
                .collect();
        }
    }

    /// The label of letting the chosen item of a panel go or converting it, if it can be done.
    fn row_label(&self, action: Action) -> Option<String> {
        self.chosen_row()?.action_label(action)
    }

    /// Saves the answers, then does something to the chosen item of a panel.
    fn act_on_row(&mut self, scene: Scene<'_>, act: impl FnOnce(Id) -> Act) -> Outcome {
        let Some(row) = self.chosen_row() else {
            return Outcome::stay();
        };
        let id = row.id.clone();
        let after = rule_results::outcome(&act(id.clone()), scene).for_row(Some(id));
        let changes = self.save(scene);
        changes.map_or_else(Outcome::stay, |changes| after.saving_before(changes))
    }

    /// Whether something was done here to the chosen row.
    fn can_undo(&self) -> bool {
        let chosen = self.chosen_row().map(|row| &row.id);
        self.done.iter().any(|done| Some(&done.row) == chosen)
    }

    fn chosen_row(&self) -> Option<&PanelRow> {
        match &self.form.focused()?.control {
            Control::Panel(panel) => panel.rows.get(panel.cursor),
            _ => None,
        }
    }
}

impl ScreenState for PracticePage {
    fn route(&self) -> Route {
        Route::page(&self.practice, self.week, self.page)
    }

    fn title(&self) -> Option<String> {
        let name = &self.name;
        Some(match (self.walk_position, self.month) {
            (Some(at), _) => format!("{name} · {} of {}", at + 1, self.stepper.len()),
            (None, Some(month)) => format!("{name} · {}", month.full_name()),
            (None, None) if self.pages > 1 => format!("{name} · {} of {}", self.page, self.pages),
            (None, None) => name.clone(),
        })
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match action {
            Action::Save => Outcome::once_saved(self.save(scene), || {
                Outcome::navigate(Navigation::Replace(self.next(scene)))
            }),
            Action::PreviousPage => Outcome::once_saved(self.save(scene), || {
                Outcome::navigate_if(self.previous(scene).map(Navigation::Replace))
            }),
            Action::Back => match self.save(scene) {
                Some(changes) => Outcome::back().saving(changes),
                None => Outcome::back().with_notice(form_actions::KEPT),
            },
            Action::Practice(number) => Outcome::once_saved(self.save(scene), || {
                let route = form_actions::practice_route(number, scene);
                Outcome::navigate_if(route.map(Navigation::Replace))
            }),
            Action::CommitFrom => {
                let source = self.focused_text_entry().map(CommitSource::Entry);
                Outcome::once_saved(self.save(scene), || {
                    Outcome::open_if(source.map(Route::Commit))
                })
            }
            Action::Advance => self.act_on_row(scene, |id| Act::Advance(Advance { id, on: None })),
            Action::LetGo => self.act_on_row(scene, Act::LetGo),
            Action::Convert => {
                self.act_on_row(scene, |id| Act::TurnInto(TurnInto { id, unsaved: None }))
            }
            Action::History => form_actions::history(self.focused_entry(scene), scene),
            Action::Trends => Outcome::open(Route::Trends(self.practice.clone())),
            Action::Compare => Outcome::open_if(self.question()),
            other => form_actions::act_in_form(self, other, scene),
        }
    }

    fn click(&mut self, target: ClickTarget, scene: Scene<'_>) -> Outcome {
        let notes = self.form.focused().map(|field| &field.notes);
        let note = match target {
            ClickTarget::Note(at) => notes.and_then(|notes| notes.get(at)),
            _ => None,
        };
        let opened = note.and_then(|note| item_text::entry_screen(note.opens.as_ref()?, scene));
        match opened {
            Some(screen) => Outcome::once_saved(self.save(scene), || Outcome::navigate(screen)),
            None => Outcome::stay(),
        }
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        let Some(practice) = scene.catalog.practice(&self.practice) else {
            return;
        };
        let new = page_form(practice, self.week, self.page, &self.done, scene);
        let old = std::mem::replace(&mut self.form, new);
        self.form.carry_over(old);
        self.update_walk(scene);
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::Save | Action::Trends | Action::History => true,
            Action::PreviousPage => self.page > 1 || self.walk_position > Some(0),
            Action::PreviousField => {
                self.form.has_previous_field() || self.is_enabled(Action::PreviousPage)
            }
            Action::Compare => self.question().is_some(),
            Action::CommitFrom => self.focused_text_entry().is_some(),
            Action::Advance => self.chosen_row().is_some_and(|row| row.has_next_stage),
            Action::LetGo | Action::Convert => self.row_label(action).is_some(),
            Action::UndoInForm => self.can_undo(),
            _ => self.form.is_enabled(action),
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::Page]
    }

    fn label(&self, binding: &Binding) -> Option<String> {
        let page = match binding.action {
            Action::NextField if !self.form.has_next_field() => Some("next page".to_owned()),
            Action::PreviousField if !self.form.has_previous_field() => {
                Some("previous page".to_owned())
            }
            Action::Compare if self.form.focused().is_some_and(FormField::is_list) => {
                Some("whole list".to_owned())
            }
            _ => None,
        };
        page.or_else(|| self.row_label(binding.action))
            .or_else(|| form_actions::label(&self.form, self.save_label(), binding))
    }

    fn save_label(&self) -> &'static str {
        "save & next"
    }

    has_form!(form);

    fn after_form_event(&mut self, event: FormEvent, scene: Scene<'_>) -> Outcome {
        match event {
            FormEvent::NextPage | FormEvent::Finished => self.act(Action::Save, scene),
            FormEvent::PreviousPage => self.act(Action::PreviousPage, scene),
            FormEvent::RowOpened => self.open_or_add(scene),
            _ => form_actions::after_event(&mut self.form, event),
        }
    }

    fn focused_entry(&self, scene: Scene<'_>) -> Option<Id> {
        if let Some(row) = self.chosen_row() {
            return Some(row.id.clone());
        }
        let practice = scene.catalog.practice(&self.practice)?;
        let step = practice.step(&self.form.focused()?.name)?;
        let period = period_for(practice.cadence, self.week);
        Some(Id::answer(period, &practice.id, &step.id))
    }

    fn is_walk_position(&self) -> bool {
        true
    }

    fn save_on_quit(&mut self, scene: Scene<'_>) -> Option<Vec<Change>> {
        self.save(scene)
    }

    fn record_row_change(&mut self, row: Id, entry: &Entry) {
        self.done.push(RowChange {
            row,
            id: entry.id.clone(),
            name: entry.lineage.name.clone(),
        });
    }

    fn take_row_change(&mut self) -> Option<RowChange> {
        let chosen = self.chosen_row()?.id.clone();
        let last = self.done.iter().rposition(|done| done.row == chosen)?;
        Some(self.done.remove(last))
    }
}

/// The page of the walk after a practice, or the week's summary after the last one. After another
/// week, it continues with the first practice of the present week that is not done.
pub(super) fn next_in_walk(practice: &str, week: Week, scene: Scene<'_>) -> Route {
    let present = scene.now.week();
    let mut walk = scene.catalog.walk();
    let next = if week == present {
        walk.skip_while(|other| other.id != practice).nth(1)
    } else {
        walk.find(|other| insight::progress(scene.journal, other, present) != Progress::Done)
    };
    next.map_or(Route::Summary(present), |next| {
        Route::page(&next.id, present, 1)
    })
}

fn page_form(
    practice: &Practice,
    week: Week,
    page: u32,
    done: &[RowChange],
    scene: Scene<'_>,
) -> Form {
    let kept: Vec<&Id> = done.iter().map(|done| &done.row).collect();
    // The same for all steps, and every refresh asks.
    let is_familiar = is_familiar(practice, scene);
    let fields = practice
        .steps
        .iter()
        .filter(|step| step.page == page)
        .map(|step| {
            let mut field = step_field(practice, step, week, &kept, scene);
            if is_familiar {
                field.help.clear();
            }
            field
        });
    let mut form = Form::new(fields.collect());
    settle::show_other_texts(&mut form, scene);
    form
}

fn step_field(
    practice: &Practice,
    step: &Step,
    week: Week,
    kept: &[&Id],
    scene: Scene<'_>,
) -> FormField {
    let (kind, control) = match &step.ask {
        Ask::Answer(kind) => {
            let at = period_for(practice.cadence, week);
            let saved = scene.journal.answer(at, &practice.id, &step.id);
            (kind.clone(), Control::new(kind, saved, scene.now))
        }
        Ask::Register(id) => (
            FieldKind::Line,
            Control::Panel(panel::panel(practice, id, week, kept, scene)),
        ),
    };
    let mut field = FormField::with_control(&step.id, &step.label, &kind, control)
        .with_prompt(&step.prompt, &step.help)
        .with_last_answer(past::last_answer(practice, step, week, scene));
    field.past = past::past_answers(practice, step, week, scene);
    field.beside = step.beside;
    if step.answer_kind().is_some() {
        let id = Id::answer(period_for(practice.cadence, week), &practice.id, &step.id);
        field.entry = Some(About {
            rev: scene.journal.revision(&id),
            id: id.clone(),
        });
        field.notes = item_text::entry_notes(&id, scene);
        if (practice.cadence, &kind) == (Cadence::Standing, &FieldKind::Line) {
            field.notes.extend(item_text::answer_periods(&id, scene));
        }
    }
    field
}

/// In how many earlier weeks a page was walked before it is familiar.
pub(in crate::app) const WALKS: usize = 3;

/// Whether the page of a practice was walked in three weeks before this one, with the words it has
/// now.
fn is_familiar(practice: &Practice, scene: Scene<'_>) -> bool {
    let present = scene.now.week().to_string();
    let page = scene.walked_pages.get(&practice.id);
    page.filter(|page| page.words == words_checksum(practice))
        .is_some_and(|page| page.weeks.iter().filter(|week| **week != present).count() >= WALKS)
}

/// A checksum of the words of a practice that can be folded away.
pub(in crate::app) fn words_checksum(practice: &Practice) -> String {
    let steps = practice.steps.iter();
    let steps = steps.flat_map(|step| [step.prompt.as_str(), step.help.as_str()]);
    let all: Vec<&str> = std::iter::once(practice.intro.as_str())
        .chain(steps)
        .collect();
    text_checksum(all.join("\n"))
}
