//! Runs rules for screens and puts the results into words. Contains no rule.

use chrono::Datelike;

use super::Scene;
use crate::app::route::Outcome;
use crate::calendar;
use crate::journal::rules::{self, Act, ActResult, Basis, Performed, Refusal};
use crate::journal::{Id, Inclusion, PortfolioChoice};
use crate::report::{act_result, refusal, sentence, spell_number};

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

pub(super) fn result_sentence(done: &Performed, scene: Scene<'_>) -> String {
    format!("{}.", act_result(&done.result, scene.basis()))
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
            if let Some(whole) = whole_item(&done, scene) {
                told = format!("{told} {whole}");
            }
            Outcome::stay().saving_undoable(done.changes, told)
        }
        Err(why) => Outcome::stay().with_notice(refusal_sentence(&why, scene)),
    }
}

/// "All five stages: nine solved in 2026.": after the last stage of an item that counts in a month.
fn whole_item(done: &Performed, scene: Scene<'_>) -> Option<String> {
    let (register, _) = scene.catalog.monthly()?;
    let (ActResult::Reached(_), [change]) = (&done.result, &*done.changes) else {
        return None;
    };
    let item = change.body.as_item()?;
    let is_whole = register
        .stages
        .iter()
        .all(|stage| item.day(&stage.id).is_some());
    if item.register != register.id || !is_whole {
        return None;
    }
    let stage = register.monthly.as_deref()?;
    let year = item.day(stage)?.year();
    let others = scene.journal.dated_items(&register.id);
    let solved = others.filter(|(id, days, _)| {
        Some(*id) != change.id.as_ref() && days.day(stage).is_some_and(|day| day.year() == year)
    });
    Some(format!(
        "All {} stages: {} {stage} in {year}.",
        spell_number(register.stages.len()),
        spell_number(solved.count() + 1),
        stage = register.stage(stage).map_or(stage, |one| &one.name),
    ))
}

/// Why an act is refused, as a sentence.
pub(super) fn refusal_sentence(why: &Refusal, scene: Scene<'_>) -> String {
    sentence(&refusal(why, scene.now.today()))
}

/// Chooses whether an entry is told to others, and says so; `None` leaves that to the entry itself.
pub(super) fn choose_inclusion(
    id: &Id,
    portfolio: Option<Inclusion>,
    said: &str,
    scene: Scene<'_>,
) -> Outcome {
    let choice = PortfolioChoice {
        portfolio,
        ..scene.journal.choice_to_change(id)
    };
    Outcome::stay().saving_undoable(vec![choice.into_change()], said)
}
