//! How a commitment went: kept, missed or let go on a day, with a line of evidence; or moved to
//! another day, with a reason.

mod typing;

use super::{Scene, ScreenState, form_actions, item_text, rule_results, settle};
use crate::app::editor::TextInput;
use crate::app::form::{Control, Form, FormEvent, FormField};
use crate::app::keys::{Action, Key, KeyContext};
use crate::app::route::{CommitSource, Navigation, Outcome, Route};
use crate::calendar::{self, DayError, Direction, Now, Week, parse_day};
use crate::journal::rules::{
    Act, CheckIn as Ended, Performed, Refusal, Reschedule, due_again, evidence_from_notes, perform,
    perform_on_deleted,
};
use crate::journal::{Change, Commitment, CommitmentOutcome, Id, Record, Value};
use crate::practice::{Choice, FieldKind};
use crate::report::{days_late, due_and_distance, spell_number};
use typing::TypedLetters;

/// The choices that end it; their fields are also shown before anything is chosen.
const ENDS: &[&str] = &["", "kept", "missed", "let-go"];

/// The choices after which the same may be wanted again.
const MAY_RECUR: &[&str] = &["", "kept", "missed"];

#[derive(Clone, Debug)]
pub struct CheckInForm {
    /// The commitment's entry.
    pub id: Id,
    /// The commitment as saved.
    pub commitment: Commitment,
    /// How all that ended went.
    pub record: Record,
    /// What it came from, in words.
    pub origin: Option<String>,
    /// How it went, then the evidence and the day, or the reason and the new day.
    pub form: Form,
    /// The past day that needs a second save to confirm it.
    asked: Option<String>,
    /// The line that goes with another answer, and that a second save leaves out.
    left_out: Option<String>,
    /// What was marked when the line was last carried along.
    marked: String,
    /// The letters typed since the question how it went has the focus.
    typed: TypedLetters,
}

impl CheckInForm {
    pub(super) fn new(id: &Id, scene: Scene<'_>) -> Option<Self> {
        let commitment = scene.journal.commitment(id)?.clone();
        let now = scene.now;
        let [kept, missed, let_go] =
            CommitmentOutcome::ALL.map(|how| Choice::new(how.id(), how.name()));
        let moved = Choice::new("moved", "moved to another day");
        let how = FieldKind::choice([kept, missed, moved, let_go], false);
        let closing = commitment.closing.as_ref();
        let said = closing.map(|closing| Value::from(closing.how.id()));
        // Notes that were placed as its evidence, until it has its own line.
        let evidence = match closing {
            Some(closing) => closing.evidence.clone(),
            None => evidence_from_notes(id, scene.basis()),
        };
        let evidence = Some(Value::Text(evidence)).filter(|evidence| !evidence.is_empty());
        let on = closing.map_or(now.today(), |closing| closing.on);
        let on = Value::Text(on.to_string());
        let another = Direction::Rescheduled(commitment.due);
        let mut form = Form::new(vec![
            FormField::new("how", "How it went", &how, said.as_ref(), now)
                .with_prompt("Did you keep it?", ""),
            FormField::new("note", "Evidence", &FieldKind::Line, evidence.as_ref(), now)
                .with_prompt("One line of evidence.", "What would someone see?")
                .shown_when("how", &["", "kept"]),
            // What was not kept has nothing to see.
            FormField::new("reason", "Why", &FieldKind::Line, evidence.as_ref(), now)
                .with_prompt("Why?", "Optional.")
                .shown_when("how", &["missed", "let-go"]),
            FormField::new("on", "On", &day_choices(&commitment, scene), Some(&on), now)
                .with_prompt("On which day?", "Another day: fri, yesterday or 20 Nov")
                .with_past_days()
                .suggested_if(closing.is_none())
                .shown_when("how", ENDS),
            FormField::new("again", "Again", &again_choice(&commitment, now), None, now)
                .with_prompt("The same again?", "A new commitment with the same words.")
                .shown_when("how", if commitment.is_open() { MAY_RECUR } else { &[] }),
            FormField::new("why", "Why", &FieldKind::Line, None, now)
                .with_prompt("Why does it move?", "Optional.")
                .shown_when("how", &["moved"]),
            FormField::due_day("to", "New day", next_day(&commitment, now), now, another)
                .with_prompt("Moved to when?", "fri, tomorrow, 2w, 4 Dec or 2026-12-04")
                .suggested_if(true)
                .shown_when("how", &["moved"]),
        ]);
        form.set_entry(id, scene.journal.revision(id));
        settle::show_other_texts(&mut form, scene);
        Some(Self {
            id: id.clone(),
            origin: commitment
                .origin
                .as_ref()
                .and_then(|origin| item_text::place_text(origin, scene)),
            commitment,
            record: scene.journal.record(now.today()),
            marked: form.text("how"),
            form,
            asked: None,
            left_out: None,
            typed: TypedLetters::default(),
        })
    }

    /// Where to go once it is saved: from a due one to the next due one, else back.
    pub(super) fn next(&self, scene: Scene<'_>) -> Navigation {
        let was_due = self.commitment.is_open()
            && scene.off_days().is_due(&self.commitment, scene.now.today());
        if was_due {
            Navigation::NextDue
        } else {
            Navigation::Back
        }
    }

    /// The changes to save, and the sentence about them.
    pub(super) fn save(&mut self, scene: Scene<'_>) -> Option<(Vec<Change>, String)> {
        if self.asks_about_hidden_line() {
            return None;
        }
        let how = self.form.text("how");
        if how == "moved" {
            return self.save_move(scene);
        }
        let Some(how) = CommitmentOutcome::from_id(&how) else {
            let choices = "Choose one: kept, missed, moved or let go.";
            self.form.set_error("how", choices);
            return None;
        };
        let line = typing::line_field(how.id());
        let evidence = self
            .form
            .field(line)
            .filter(|input| input.is_changed())
            .map(|_| self.form.text(line));
        if self.form.text("on").is_empty() {
            self.form.set_error("on", "On which day?");
            return None;
        }
        let on = self.done_day(scene.now);
        let on = on.inspect_err(|why| self.form.set_error("on", why.to_string()));
        let on = on.ok()?;
        let act = Act::CheckIn(Ended {
            id: self.id.clone(),
            how,
            on,
            evidence,
            again: self.again(scene.now),
        });
        let done = self.perform(&act, scene)?;
        let notice = match how {
            _ if done.changes.is_empty() => rule_results::result_sentence(&done, scene),
            CommitmentOutcome::Missed => "Noted. The next one can be smaller.".to_owned(),
            CommitmentOutcome::Kept if on.is_none_or(|on| on == scene.now.today()) => {
                let (journal, today) = (scene.journal, scene.now.today());
                kept_sentence(
                    journal.record(today),
                    journal.record_after(&done.changes, today),
                )
            }
            _ => rule_results::result_sentence(&done, scene),
        };
        let notice = match self.again(scene.now) {
            Some(due) => {
                let off = scene.off_days();
                let due = due_and_distance(due, &off, scene.now.today());
                format!("{notice} The same again is due {due}.")
            }
            None => notice,
        };
        Some((self.form.with_draft_id(done.changes), notice))
    }

    /// The day the same is due again, if that is marked.
    fn again(&self, now: Now) -> Option<chrono::NaiveDate> {
        let field = self.form.field("again")?;
        let marked = self.form.is_shown(field) && !field.control.raw().is_empty();
        marked.then(|| due_again(&self.commitment, now.today()))
    }

    /// The day it was done, if it was changed in the form.
    fn done_day(&self, now: Now) -> Result<Option<chrono::NaiveDate>, DayError> {
        let input = self.form.field("on").filter(|input| input.is_changed());
        input
            .map(|_| parse_day(&self.form.text("on"), now, Direction::Past))
            .transpose()
    }

    fn save_move(&mut self, scene: Scene<'_>) -> Option<(Vec<Change>, String)> {
        self.take_day_typed_as_reason(scene.now);
        let values = self.form.values(scene.now)?;
        let said = values.get("to").and_then(Value::as_text).unwrap_or("");
        let Ok(to) = said.parse() else {
            self.form.set_error("to", "To which day?");
            return None;
        };
        let act = Act::Move(Reschedule {
            id: self.id.clone(),
            to,
            why: self.form.text("why"),
        });
        let done = self.perform(&act, scene)?;
        if let Some(ask) = rule_results::past_due_question(&done, said, &mut self.asked, scene) {
            self.form.set_error("to", ask);
            return None;
        }
        let notice = rule_results::result_sentence(&done, scene);
        Some((self.form.with_draft_id(done.changes), notice))
    }

    fn perform(&mut self, act: &Act, scene: Scene<'_>) -> Option<Performed> {
        // A commitment deleted meanwhile is saved as a new one, as it was when the form was opened.
        let done = if self.form.is_deleted {
            perform_on_deleted(&self.commitment, act, scene.basis())
        } else {
            perform(act, scene.basis())
        };
        let done = done.inspect_err(|why| {
            let field = match why {
                Refusal::DoneInFuture(_) | Refusal::DoneBeforeMade { .. } => "on",
                Refusal::AlreadyDue(_) => "to",
                _ => "how",
            };
            let said = rule_results::refusal_sentence(why, scene);
            self.form.set_error(field, said);
        });
        done.ok()
    }

    /// The day shown when it is said how it went is part of it, also after midnight.
    fn keep_day(&mut self) {
        if !self.form.text("how").is_empty() {
            self.form.accept_suggestion("on");
        }
    }

    /// Whether nothing was said, so that saving only goes on: it settles nothing by chance.
    fn is_untouched(&self) -> bool {
        !self.form.is_deleted && !self.form.has_unsaved()
    }

    fn asks_how(&self) -> bool {
        self.form.focused().is_some_and(|field| field.name == "how")
    }
}

impl ScreenState for CheckInForm {
    fn route(&self) -> Route {
        Route::CheckIn(self.id.clone())
    }

    fn title(&self) -> Option<String> {
        Some("Check in".to_owned())
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        let is_letter = matches!(
            action,
            Action::Kept | Action::Missed | Action::Moved | Action::LetGo | Action::Toggle
        );
        if !is_letter || !self.asks_how() {
            self.typed = TypedLetters::default();
        }
        match action {
            // Space marks too and never unmarks: “let go” typed in full has one.
            Action::Toggle if self.asks_how() => {
                let longer = format!("{} ", self.typed.letters);
                match self.answer_beginning(&longer) {
                    Some(_) if longer.len() > 1 => self.typed.letters = longer,
                    _ => self.typed = TypedLetters::default(),
                }
                if let Some(Control::Pick(pick)) = self.form.focused_control() {
                    pick.choose();
                }
                self.after_form_event(FormEvent::Edited, scene)
            }
            Action::Kept => self.type_letter('k', scene),
            Action::Missed => self.type_letter('m', scene),
            Action::Moved => self.type_letter('v', scene),
            Action::LetGo => self.type_letter('l', scene),
            Action::Save if self.is_untouched() => {
                let notice = if self.commitment.is_open() {
                    "Still open."
                } else {
                    "Nothing changed."
                };
                Outcome::navigate(self.next(scene)).with_notice(notice)
            }
            Action::Save => match self.save(scene) {
                // No “u to undo”: next may be a form, where `u` would be typed.
                Some((changes, notice)) => Outcome::navigate(self.next(scene))
                    .saving(changes)
                    .with_notice(notice),
                None => Outcome::stay(),
            },
            Action::Edit => {
                let route = Route::Commit(CommitSource::Existing(self.id.clone()));
                form_actions::leave_unsaved(&self.form, Navigation::Open(route))
            }
            Action::Back | Action::Practice(_) => form_actions::leave(&self.form, action, scene),
            Action::History => form_actions::history(Some(self.id.clone()), scene),
            other => {
                let outcome = form_actions::act_in_form(self, other, scene);
                if self.form.focused().is_some_and(|field| field.name == "to") {
                    self.take_day_typed_as_reason(scene.now);
                }
                outcome
            }
        }
    }

    fn input(&mut self, input: TextInput<'_>, scene: Scene<'_>) -> Option<Outcome> {
        let letter = match input {
            TextInput::Key(key) => Key::from_event(key).character(),
            TextInput::Edit(_) | TextInput::Paste(_) => None,
        };
        match (letter, input) {
            (Some(letter), _) if self.asks_how() => Some(self.type_letter(letter, scene)),
            (_, TextInput::Paste(text)) if self.asks_how() && !self.form.text("how").is_empty() => {
                Some(self.type_line(text, scene))
            }
            _ => form_actions::type_into_form(self, input, scene),
        }
    }

    fn after_form_event(&mut self, event: FormEvent, scene: Scene<'_>) -> Outcome {
        match event {
            FormEvent::Finished => self.act(Action::Save, scene),
            _ => {
                self.carry_line();
                self.keep_day();
                form_actions::after_event(&mut self.form, event)
            }
        }
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        if let Some(new) = Self::new(&self.id, scene) {
            let old = std::mem::replace(self, new);
            self.form.carry_over(old.form);
            self.keep_day();
            (self.asked, self.left_out) = (old.asked, old.left_out);
            self.marked = old.marked;
        } else {
            // From now on, saving starts a new entry.
            self.form.start_new_entry();
        }
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            // The keys of the answers are those of the first field; a click means them anywhere.
            Action::Kept
            | Action::Missed
            | Action::Moved
            | Action::LetGo
            | Action::Save
            | Action::History => true,
            Action::Edit => !self.form.is_deleted,
            _ => self.form.is_enabled(action),
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        if self.asks_how() {
            &[KeyContext::CheckIn]
        } else {
            &[]
        }
    }

    fn save_label(&self) -> &'static str {
        match (self.form.is_deleted, self.is_untouched()) {
            (true, _) => "save as new",
            (false, true) if self.commitment.is_open() => "not now",
            (false, _) => "save",
        }
    }

    has_form!(form);

    fn focused_entry(&self, _: Scene<'_>) -> Option<Id> {
        Some(self.id.clone())
    }

    fn repoint_to(&mut self, new: &Id) {
        self.id = new.clone();
        self.form.is_deleted = false;
    }
}

/// The days to choose from: today, the due day if it is past, the saved day; and any other in own
/// words. How late today is, is said before it is saved.
fn day_choices(commitment: &Commitment, scene: Scene<'_>) -> FieldKind {
    let today = scene.now.today();
    let off = scene.off_days();
    let late = days_late(commitment, &off, today);
    let late = late.map_or_else(String::new, |late| format!(", {late}"));
    let mut days = vec![(today, format!("today{late}"))];
    let due = off.due_day(commitment);
    if (commitment.made..today).contains(&due) {
        days.push((due, "the day it was due".to_owned()));
    }
    if let Some(closing) = &commitment.closing
        && !days.iter().any(|(day, _)| *day == closing.on)
    {
        let ago = calendar::humanize(closing.on, today);
        days.push((closing.on, ago));
    }
    let choices = days.into_iter().map(|(day, what)| {
        let label = format!("{}, {what}", calendar::short_date(day, today));
        Choice::new(day.to_string(), label)
    });
    FieldKind::choice(choices, true)
}

/// The offer to commit to the same again.
fn again_choice(commitment: &Commitment, now: Now) -> FieldKind {
    let due = due_again(commitment, now.today());
    let label = format!("due {}", calendar::date_and_distance(due, now.today()));
    FieldKind::Checklist(vec![Choice::new("again", label)])
}

/// The suggested new day: the next due day that leaves time.
fn next_day(commitment: &Commitment, now: Now) -> chrono::NaiveDate {
    let (due, next) = (now.due_day(), calendar::next_due_day(now));
    if commitment.due < due.in_week(now.week()) && next > commitment.due {
        return next;
    }
    due.in_week(Week::of(commitment.due.max(now.today())).next())
}

/// "Kept. 18 of 22, five → six in a row.", from the records before and after it. A correction may
/// change neither, and what ended on one day counts in the order it was due.
fn kept_sentence(before: Record, after: Record) -> String {
    let ended = after.kept + after.missed;
    let streak = spell_number(after.streak);
    let in_a_row = match after.streak {
        _ if ended == 1 => return "Kept. The first one.".to_owned(),
        0 | 1 => String::new(),
        longest if longest > before.longest_streak => {
            format!(", {streak} in a row: the longest yet")
        }
        longer if longer == before.streak + 1 => {
            format!(", {} → {streak} in a row", spell_number(before.streak))
        }
        _ => format!(", {streak} in a row"),
    };
    format!("Kept. {} of {ended}{in_a_row}.", after.kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_kept_one_is_what_the_record_says() {
        let record = |kept, missed, streak, longest_streak| Record {
            kept,
            missed,
            streak,
            longest_streak,
        };
        let said = kept_sentence;
        let none = Record::default();
        assert_eq!(said(none, record(1, 0, 1, 1)), "Kept. The first one.");
        let (two, three) = (record(2, 1, 2, 5), record(3, 1, 3, 5));
        assert_eq!(said(two, three), "Kept. 3 of 4, two → three in a row.");
        assert_eq!(said(three, three), "Kept. 3 of 4, three in a row.");
        let longest = record(3, 0, 3, 3);
        let said_longest = said(record(2, 1, 1, 1), longest);
        assert_eq!(
            said_longest,
            "Kept. 3 of 3, three in a row: the longest yet."
        );
        assert_eq!(
            said(record(1, 1, 1, 1), record(2, 1, 1, 1)),
            "Kept. 2 of 3."
        );
    }
}
