//! Evidence beside a form: what was done in its week, and what is taken from it.
//!
//! The keys that print a character go on to the form. Runs no command and reads no output itself.

use super::Effect;
use super::evidence_panel::EvidencePanel;
use super::form::{Control, Form};
use super::keys::{Action, KeyContext};
use super::model::{Model, Notice, Pending};
use super::route::{CommitSource, Route};
use crate::calendar::Week;
use crate::evidence::{self, CommandOutput, EvidenceLine};
use crate::journal::Value;
use crate::journal::rules::{Act, NewItem, Refusal, new_note};
use crate::practice::{FieldKind, Register};

impl Model {
    /// The evidence beside the form that is shown.
    pub fn evidence_panel(&self) -> Option<&EvidencePanel> {
        let panel = self.evidence.panel.as_ref()?;
        let is_beside = self.state().form().is_some() && week_of(self) == panel.week;
        is_beside.then_some(panel)
    }

    /// Whether a line of the evidence was taken already.
    pub fn is_taken(&self, line: &EvidenceLine) -> bool {
        self.evidence.taken.contains(line)
    }
}

/// The week that the screen is about.
fn week_of(model: &Model) -> Week {
    match model.state().route() {
        Route::Page { week, .. } | Route::Commit(CommitSource::Walk(_, week)) => week,
        _ => model.now.week(),
    }
}

/// Whether an action on the evidence has something to do now.
pub(super) fn is_enabled(model: &Model, action: Action) -> bool {
    let Some(panel) = model.evidence_panel() else {
        return false;
    };
    match action {
        Action::CloseEvidence => true,
        Action::AddEvidence => panel.chosen.is_some() && register(model).is_some(),
        Action::NoteEvidence => panel.chosen.is_some() && model.catalog.inbox().is_some(),
        _ => panel.chosen.is_some(),
    }
}

pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Evidence if model.evidence_panel().is_none() => return open(model),
        Action::Evidence | Action::CloseEvidence => {
            model.evidence.panel = None;
            return vec![Effect::StopCommands];
        }
        Action::MoveInEvidence(lines) => {
            if let Some(panel) = &mut model.evidence.panel {
                panel.move_by(lines);
            }
        }
        Action::TakeEvidence => return take(model),
        Action::AddEvidence => return add_item(model),
        Action::NoteEvidence => return add_note(model),
        _ => {}
    }
    Vec::new()
}

/// What the wheel does, which elsewhere means `action`.
pub(super) fn wheel(action: Action) -> Action {
    if action == Action::Up {
        Action::MoveInEvidence(-1)
    } else {
        Action::MoveInEvidence(1)
    }
}

/// A click chooses a line, or takes it if it is chosen already.
pub(super) fn click(model: &mut Model, group: usize, line: usize) -> Vec<Effect> {
    let Some(panel) = &mut model.evidence.panel else {
        return Vec::new();
    };
    if panel.chosen == Some((group, line)) {
        return take(model);
    }
    panel.choose((group, line));
    Vec::new()
}

/// Hides the evidence once its form is left, and ends its commands.
pub(super) fn close_if_left(model: &mut Model) -> Option<Effect> {
    if model.evidence.panel.is_none() || model.evidence_panel().is_some() {
        return None;
    }
    model.evidence.panel = None;
    Some(Effect::StopCommands)
}

/// Takes what a command gave.
pub(super) fn receive(model: &mut Model, number: usize, output: CommandOutput) {
    let now = model.now;
    let Some(panel) = &mut model.evidence.panel else {
        return;
    };
    panel.receive(number, output, now);
}

/// Shows the evidence of the screen's week, and runs its commands.
fn open(model: &mut Model) -> Vec<Effect> {
    let sources = &model.evidence.sources;
    if sources.is_empty() {
        let (short, told, more) = if model.evidence.is_config_unused {
            (
                "Your config file has mistakes: leadby config check lists them.",
                "Your config file is not used until it is fixed.",
                "`leadby config check` lists every mistake.",
            )
        } else {
            (
                "No source of evidence yet: leadby config init writes examples.",
                "No evidence yet: your config file names no source.",
                "`leadby config init` writes a file with examples: commits, merged requests, closed \
                 tickets, a calendar.",
            )
        };
        model.notice = Some(Notice {
            full_text: vec![told.to_owned(), more.to_owned()],
            ..Notice::of(short)
        });
        return Vec::new();
    }
    let week = week_of(model);
    let mut commands = Vec::new();
    for source in sources {
        let own = evidence::commands(source, week).into_iter();
        commands.extend(own.map(|command| (command, source.timeout)));
    }
    model.evidence.panel = Some(EvidencePanel::new(week, sources));
    vec![Effect::RunCommands(commands)]
}

/// The chosen line, unless it was taken already; then the user is told.
fn chosen(model: &mut Model) -> Option<EvidenceLine> {
    let line = model.evidence_panel()?.chosen_line()?.clone();
    // What is taken counts as chosen by the user, so that it stays chosen as more lines come.
    if let Some(panel) = &mut model.evidence.panel
        && let Some(at) = panel.chosen
    {
        panel.choose(at);
    }
    if model.is_taken(&line) {
        model.notify("Taken already.");
        return None;
    }
    Some(line)
}

/// Takes the chosen line into the focused text field.
fn take(model: &mut Model) -> Vec<Effect> {
    let Some(line) = chosen(model) else {
        return Vec::new();
    };
    let text = line.as_text();
    let (screen, scene) = model.screen_and_scene();
    let Some(event) = screen.form_mut().and_then(|form| form.add_line(&text)) else {
        let next = scene.keys.key_name(KeyContext::Form, Action::NextField);
        model.notify(format!(
            "This field takes no text. {next} goes to the next one."
        ));
        return Vec::new();
    };
    let outcome = screen.after_form_event(event, scene);
    model.evidence.taken.insert(line);
    outcome.effect.into_iter().collect()
}

/// The list that a line is added to: the focused one, or the first of the form.
fn register(model: &Model) -> Option<&Register> {
    let form: &Form = model.state().form()?;
    let panels = form.focused().into_iter().chain(&form.fields);
    let id = panels.into_iter().find_map(|field| match &field.control {
        Control::Panel(panel) => Some(&panel.register),
        _ => None,
    })?;
    model.catalog.register(id)
}

/// Adds the chosen line to a list of the page.
fn add_item(model: &mut Model) -> Vec<Effect> {
    let Some(line) = chosen(model) else {
        return Vec::new();
    };
    let Some(register) = register(model) else {
        return Vec::new();
    };
    let link_field = register
        .fields
        .iter()
        .find(|field| field.kind == FieldKind::Link);
    let (title, link) = match (&line.link, link_field) {
        (Some(link), Some(field)) => (line.text.clone(), Some((&field.id, link))),
        _ => (line.as_text(), None),
    };
    let link = link.map(|(id, link)| (id.clone(), Value::Text(link.clone())));
    let values = std::iter::once(("title".to_owned(), Value::Text(title))).chain(link);
    let new = NewItem {
        register: register.id.clone(),
        values: values.collect(),
    };
    save(model, line, Ok(new))
}

/// Keeps the chosen line as a note in the inbox.
fn add_note(model: &mut Model) -> Vec<Effect> {
    let Some(line) = chosen(model) else {
        return Vec::new();
    };
    let new = new_note(&line.as_text(), &model.catalog);
    save(model, line, new)
}

/// Saves a line as an item; it counts as taken once that is done.
fn save(model: &mut Model, line: EvidenceLine, new: Result<NewItem, Refusal>) -> Vec<Effect> {
    let pending = Pending {
        evidence: Some(line),
        ..Pending::default()
    };
    model.perform(new.map(Act::Add), |told| told + ".", pending)
}
