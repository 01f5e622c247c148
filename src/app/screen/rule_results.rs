//! Runs rules for screens and puts the results into words. Contains no rule.

use super::Scene;
use crate::app::keys::{self, Action, KeyContext};
use crate::app::route::Outcome;
use crate::calendar;
use crate::journal::CommitmentOutcome;
use crate::journal::rules::{self, Act, Basis, Performed, Refusal};
use crate::report::{act_result, refusal, sentence};

impl<'a> Scene<'a> {
    /// What the rules need.
    pub(in crate::app) fn basis(self) -> Basis<'a> {
        Basis {
            journal: self.journal,
            catalog: self.catalog,
            today: self.now.today(),
        }
    }
}

/// The result of an act, as a sentence.
pub(super) fn result_sentence(done: &Performed, scene: Scene<'_>) -> String {
    format!("{}.", act_result(&done.result, scene.now.today()))
}

/// "That was 3 days ago. Save again to confirm.": shown by the field for a due day in the past.
/// Saving the same text again confirms it; `asked` remembers the text.
pub(super) fn past_due_question(
    done: &Performed,
    said: &str,
    asked: &mut Option<String>,
    scene: Scene<'_>,
) -> Option<String> {
    let today = scene.now.today();
    let due = done.past_due(today)?;
    if asked.as_deref() == Some(said) {
        return None;
    }
    *asked = Some(said.to_owned());
    let ago = calendar::humanize(due, today);
    Some(format!("That was {ago}. Save again to confirm."))
}

/// Saves the changes of an act and says so, or says why it is refused.
pub(super) fn outcome(act: &Act, scene: Scene<'_>) -> Outcome {
    match rules::perform(act, scene.basis()) {
        Ok(done) => {
            let mut told = result_sentence(&done, scene);
            if !done.changes.is_empty() {
                told = format!("{told} {}", undo_hint());
            }
            Outcome::stay().saving(done.changes).with_notice(told)
        }
        Err(why) => Outcome::stay().with_notice(refusal_sentence(&why, scene)),
    }
}

/// Why an act is refused, as a sentence.
pub(super) fn refusal_sentence(why: &Refusal, scene: Scene<'_>) -> String {
    sentence(&refusal(why, scene.now.today()))
}

/// The id of the choice for how a commitment ended.
pub(super) fn choice_id(how: CommitmentOutcome) -> &'static str {
    match how {
        CommitmentOutcome::Kept => "kept",
        CommitmentOutcome::Missed => "missed",
        CommitmentOutcome::LetGo => "let-go",
    }
}

/// "u to undo."
pub(super) fn undo_hint() -> String {
    format!(
        "{} to undo.",
        keys::key_name(KeyContext::Browsing, Action::Undo)
    )
}
