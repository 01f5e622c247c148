//! Acts as screens do them: what the rules answer, put into words. Holds no rule.

use super::Scene;
use crate::app::keys::{self, Action, Context};
use crate::app::route::Outcome;
use crate::journal::{Change, Commitment};
use crate::journal::rules::{self, Act, Basis, Refusal};
use crate::report::{act_result, refusal, sentence};

impl<'a> Scene<'a> {
    /// What the rules look at.
    pub(super) fn basis(self) -> Basis<'a> {
        Basis {
            journal: self.journal,
            catalog: self.catalog,
            today: self.now.today(),
        }
    }
}

/// What an act writes, and what to say about it, as a sentence.
pub(super) fn perform(act: &Act, scene: Scene<'_>) -> Result<(Vec<Change>, String), Refusal> {
    let done = rules::perform(act, scene.basis())?;
    let told = act_result(&done.result, scene.now.today());
    Ok((done.changes, format!("{told}.")))
}

/// The same of a commitment that is not in the journal any more: it is written as a new one.
pub(super) fn perform_on(
    commitment: &Commitment,
    act: &Act,
    scene: Scene<'_>,
) -> Result<(Vec<Change>, String), Refusal> {
    let done = rules::perform_anew(commitment, act, scene.basis())?;
    let told = act_result(&done.result, scene.now.today());
    Ok((done.changes, format!("{told}.")))
}

/// What was done, and the key that undoes it if it was anything.
pub(super) fn with_hint(changes: &[Change], told: &str) -> String {
    if changes.is_empty() {
        return told.to_owned();
    }
    format!("{told} {}", undo_hint())
}

/// Saves what an act writes and says so, or says why it is refused.
pub(super) fn done(act: &Act, scene: Scene<'_>) -> Outcome {
    match perform(act, scene) {
        Ok((changes, told)) => {
            let told = with_hint(&changes, &told);
            Outcome::stay().saving(changes).telling(told)
        }
        Err(why) => Outcome::stay().telling(refused(&why, scene)),
    }
}

/// Why an act is refused, as a sentence.
pub(super) fn refused(why: &Refusal, scene: Scene<'_>) -> String {
    sentence(&refusal(why, scene.now.today()))
}

/// "u to undo."
pub(super) fn undo_hint() -> String {
    format!("{} to undo.", keys::name(Context::Browsing, Action::Undo))
}
