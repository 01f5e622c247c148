//! What screens with a form have in common: save and continue, leave, commit to an answer.

use super::{PracticePage, Scene, Screen, item_text, rule_results};
use crate::app::form::{FormEvent, FormField, OtherText};
use crate::app::keys::{self, Action, KeyContext};
use crate::app::route::{CommitSource, Navigation, Outcome, Route};
use crate::journal::Id;
use crate::journal::rules::{Act, TurnInto};

/// Shown when unsaved text is left behind.
const KEPT: &str = "Kept as a draft, not saved yet.";

impl Screen {
    /// Handles the result of a key or an action in the form.
    pub fn after_form_event(&mut self, step: FormEvent, scene: Scene<'_>) -> Outcome {
        let outcome = |typed, moved| Outcome {
            draft_soon: typed,
            draft_now: moved,
            ..Outcome::default()
        };
        match (&mut *self, step) {
            (Self::Item(item), FormEvent::Edited | FormEvent::FocusMoved) => {
                item.update_improvement(scene);
            }
            (Self::Commit(commit), FormEvent::Edited | FormEvent::FocusMoved) => {
                commit.apply_chosen_answer();
            }
            _ => {}
        }
        match step {
            FormEvent::Unchanged => Outcome::stay(),
            FormEvent::Edited => outcome(true, false),
            FormEvent::FocusMoved => outcome(false, true),
            FormEvent::NextPage => match self {
                Self::Page(_) => self.act_on_form(Action::Save, scene),
                _ => {
                    if let Some(form) = self.form_mut() {
                        form.focus = 0;
                    }
                    outcome(false, true)
                }
            },
            FormEvent::PreviousPage => match self {
                Self::Page(_) => self.act_on_form(Action::PreviousPage, scene),
                _ => {
                    if let Some(form) = self.form_mut() {
                        form.focus = form.fields.len().saturating_sub(1);
                    }
                    outcome(false, true)
                }
            },
            FormEvent::RowOpened => match self {
                Self::Page(page) => page.open_or_add(scene),
                _ => Outcome::stay(),
            },
        }
    }

    /// The focused entry.
    #[must_use]
    pub fn focused_entry(&self, scene: Scene<'_>) -> Option<Id> {
        match self {
            Self::Page(page) => page.focused_entry(scene),
            Self::Item(item) => item.id.clone(),
            Self::CheckIn(check_in) => Some(check_in.id.clone()),
            Self::Commit(commit) => match &commit.source {
                CommitSource::Existing(id) => Some(id.clone()),
                CommitSource::Blank | CommitSource::Entry(_) | CommitSource::Walk(..) => None,
            },
            Self::List(list) => list.chosen().map(|row| row.id.clone()),
            Self::Commitments(list) => list.rows.get(list.cursor).map(|row| row.id.clone()),
            Self::History(history) => Some(history.id.clone()),
            _ => None,
        }
    }

    /// Opens every version of the focused entry.
    fn history(&self, scene: Scene<'_>) -> Outcome {
        match self
            .focused_entry(scene)
            .filter(|id| !scene.journal.versions(id).is_empty())
        {
            Some(id) => Outcome::open(Route::History(id)),
            None => Outcome::stay().with_notice("Nothing saved here yet."),
        }
    }

    /// Saves, then lets the chosen item go or converts it.
    fn save_and_convert(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        let Some(changes) = self.save(scene) else {
            return Outcome::stay();
        };
        let chosen = |page: &PracticePage| page.chosen_row().map(|(_, row)| row.id.clone());
        let row = match &*self {
            Self::Page(page) => chosen(page),
            _ => None,
        };
        let act = match (&*self, action) {
            (Self::Page(page), Action::LetGo) => chosen(page).map(Act::LetGo),
            (Self::Page(page), _) => chosen(page).map(|id| {
                let unsaved = None;
                Act::TurnInto(TurnInto { id, unsaved })
            }),
            // Unsaved text may be the title, so it counts.
            (Self::Item(item), Action::Convert) => item.conversion(&changes),
            _ => None,
        };
        match act {
            Some(act) => {
                let done = rule_results::outcome(&act, scene).for_row(row);
                done.saving_before(changes)
            }
            None => Outcome::stay().saving(changes),
        }
    }

    /// Saves, then opens the item that this one came from or became.
    fn open_linked(&mut self, scene: Scene<'_>) -> Outcome {
        let linked = match self {
            Self::Item(item) => item.linked.clone(),
            _ => None,
        };
        let place = linked.and_then(|id| item_text::entry_screen(&id, scene));
        match (place, self.save(scene)) {
            (Some(there), Some(changes)) => Outcome::navigate(there).saving(changes),
            _ => Outcome::stay(),
        }
    }

    /// Saves, then opens the preview of the item.
    fn open_story(&mut self, scene: Scene<'_>) -> Outcome {
        let id = match self {
            Self::Item(item) => item.id.clone(),
            _ => None,
        };
        match (id, self.save(scene)) {
            (Some(id), Some(changes)) => Outcome::open(Route::Preview(id)).saving(changes),
            _ => Outcome::stay(),
        }
    }

    /// Saves, then makes a commitment from the focused answer or item.
    fn commit_from(&mut self, scene: Scene<'_>) -> Outcome {
        let id = match self {
            Self::Page(page) => page.focused_text_entry(),
            Self::Item(item) => item.id.clone(),
            _ => None,
        };
        match (id, self.save(scene)) {
            (Some(id), Some(changes)) => {
                Outcome::open(Route::Commit(CommitSource::Entry(id))).saving(changes)
            }
            _ => Outcome::stay(),
        }
    }

    /// Goes back a page. Answers are saved on the way; a commitment only by its own key.
    fn previous_page(&mut self, scene: Scene<'_>) -> Outcome {
        match self {
            Self::Commit(commit) => match commit.previous(scene) {
                Some(route) => self.leave_unsaved(Navigation::Replace(route)),
                None => Outcome::stay(),
            },
            Self::Page(page) => {
                let Some(changes) = page.save(scene) else {
                    return Outcome::stay();
                };
                match page.previous(scene) {
                    Some(route) => Outcome::navigate(Navigation::Replace(route)).saving(changes),
                    None => Outcome::stay().saving(changes),
                }
            }
            _ => Outcome::stay(),
        }
    }

    /// Navigates without saving, and says so if text is left behind.
    fn leave_unsaved(&self, then: Navigation) -> Outcome {
        let typed = self
            .form()
            .is_some_and(|form| !form.unsaved_values().is_empty());
        let outcome = Outcome::navigate(then);
        if typed {
            outcome.with_notice(KEPT)
        } else {
            outcome
        }
    }

    /// Whether another program deleted the form's entry, so that saving adds a new one.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        match self {
            Self::Item(item) => item.is_deleted,
            Self::CheckIn(check_in) => check_in.is_deleted,
            Self::Commit(commit) => commit.is_deleted,
            _ => false,
        }
    }

    /// Points the form of a deleted entry to the new entry that it was saved as.
    pub fn repoint_to(&mut self, new: &Id) {
        match self {
            Self::Item(item) => (item.id, item.is_deleted) = (Some(new.clone()), false),
            Self::CheckIn(check_in) => (check_in.id, check_in.is_deleted) = (new.clone(), false),
            Self::Commit(commit) => {
                (commit.source, commit.is_deleted) = (CommitSource::Existing(new.clone()), false);
            }
            _ => {}
        }
    }

    /// The notice if saving replaces text that another program saved meanwhile.
    fn replaced_text_notice(&self) -> Option<String> {
        let inputs = &self.form()?.fields;
        let covers = |input: &FormField| {
            input.is_changed() && matches!(input.other_text, Some(OtherText::SavedMeanwhile(_)))
        };
        let input = inputs.iter().find(|input| covers(input))?;
        let key = keys::key_name(KeyContext::Form, Action::History);
        let label = &input.label;
        Some(format!(
            "Saved. {label}: the text it replaced is in the history, {key}."
        ))
    }

    pub(super) fn act_on_form(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        let covering = self.replaced_text_notice();
        let mut outcome = self.run_form_action(action, scene);
        if !outcome.changes.is_empty() && covering.is_some() {
            outcome.notice = covering;
        }
        outcome
    }

    /// Saves the form and continues.
    fn save_and_go_on(&mut self, scene: Scene<'_>) -> Outcome {
        if let Self::CheckIn(check_in) = self {
            let Some((changes, told)) = check_in.save(scene) else {
                return Outcome::stay();
            };
            // No “u to undo”: next may be a form, where `u` would be typed.
            let then = check_in.next(scene);
            return Outcome::navigate(then).saving(changes).with_notice(told);
        }
        let Some(changes) = self.save(scene) else {
            return Outcome::stay();
        };
        let then = match self {
            Self::Page(page) => Navigation::Replace(page.next(scene)),
            Self::Commit(commit) => commit.next(scene),
            _ => Navigation::Back,
        };
        let hint = match self {
            Self::Item(item) => item.not_started_notice(&changes, scene),
            _ => None,
        };
        Outcome {
            notice: hint,
            ..Outcome::navigate(then).saving(changes)
        }
    }

    fn run_form_action(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match action {
            Action::Save => self.save_and_go_on(scene),
            Action::Edit => match self {
                Self::CheckIn(check_in) => {
                    let change = CommitSource::Existing(check_in.id.clone());
                    self.leave_unsaved(Navigation::Open(Route::Commit(change)))
                }
                _ => Outcome::stay(),
            },
            // The unsaved text stays on the screen behind it.
            Action::CheckIn => match self {
                Self::Commit(commit) => match commit.due.clone() {
                    Some(due) => Outcome::open(Route::CheckIn(due)),
                    None => Outcome::stay(),
                },
                _ => Outcome::stay(),
            },
            Action::CopyLast
                if let Self::Commit(commit) = self
                    && !commit.answers.is_empty() =>
            {
                commit.use_answer();
                self.after_form_event(FormEvent::Edited, scene)
            }
            // Enter only moves on: Space or the key for it chooses an answer.
            Action::Choose
                if let Self::Commit(commit) = self
                    && commit
                        .form
                        .focused()
                        .is_some_and(|input| input.name == "from") =>
            {
                let step = commit.form.act(Action::NextField);
                self.after_form_event(step, scene)
            }
            Action::PreviousPage => self.previous_page(scene),
            Action::Back => match self {
                Self::Page(_) | Self::Item(_) if !self.is_deleted() => match self.save(scene) {
                    Some(changes) => Outcome {
                        notice: match self {
                            Self::Item(item) => item.not_started_notice(&changes, scene),
                            _ => None,
                        },
                        ..Outcome::back().saving(changes)
                    },
                    None => Outcome::back().with_notice(KEPT),
                },
                _ => self.leave_unsaved(Navigation::Back),
            },
            Action::Practice(number) => {
                let Some(practice) = scene.catalog.walk().nth(number.saturating_sub(1)) else {
                    return Outcome::stay();
                };
                let route = Route::Page {
                    practice: practice.id.clone(),
                    week: scene.now.week(),
                    page: 1,
                };
                // Commitments and check-ins are only saved by their own key.
                if self.is_deleted() || !matches!(self, Self::Page(_) | Self::Item(_)) {
                    return self.leave_unsaved(Navigation::Replace(route));
                }
                match self.save(scene) {
                    Some(changes) => Outcome::navigate(Navigation::Replace(route)).saving(changes),
                    None => Outcome::stay(),
                }
            }
            Action::CommitFrom => self.commit_from(scene),
            Action::LetGo | Action::Convert => self.save_and_convert(action, scene),
            Action::Preview => self.open_story(scene),
            Action::OpenLinked => self.open_linked(scene),
            Action::History => self.history(scene),
            Action::Trends => match self {
                Self::Page(page) => Outcome::open(Route::Trends(page.practice.clone())),
                _ => Outcome::stay(),
            },
            Action::Compare => match self {
                Self::Page(page) => page.question().map_or_else(Outcome::stay, Outcome::open),
                _ => Outcome::stay(),
            },
            Action::Advance => match self {
                Self::Page(page) => page.advance(scene),
                _ => Outcome::stay(),
            },
            other => {
                let step = self
                    .form_mut()
                    .map_or(FormEvent::Unchanged, |form| form.act(other));
                self.after_form_event(step, scene)
            }
        }
    }
}
