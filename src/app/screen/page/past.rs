//! What was answered to a question of a page before.

use crate::app::form::{LastAnswer, PastAnswers};
use crate::app::screen::{Scene, item_text};
use crate::calendar::{self, Week};
use crate::insight;
use crate::journal::{Id, Period, period_for};
use crate::practice::{Practice, Step};

/// How many weeks ago the earlier answer was given, at least.
const WEEKS_AGO: u32 = 8;

/// The answer before the one that is asked for.
pub(super) fn last_answer(
    practice: &Practice,
    step: &Step,
    week: Week,
    scene: Scene<'_>,
) -> Option<LastAnswer> {
    answer_before(period_for(practice.cadence, week), practice, step, scene).map(|(_, last)| last)
}

/// An answer of some weeks ago, unless it is the last one, and the last year.
pub(super) fn past_answers(
    practice: &Practice,
    step: &Step,
    week: Week,
    scene: Scene<'_>,
) -> PastAnswers {
    let year = insight::question_year(scene.journal, practice, step, week);
    let earlier = || {
        let last = answer_before(Period::Week(week), practice, step, scene)?;
        let before = Period::Week(week.minus_weeks(WEEKS_AGO - 1));
        answer_before(before, practice, step, scene).filter(|earlier| earlier.0 != last.0)
    };
    // Only weekly questions have a year.
    let earlier = year.as_ref().and_then(|_| earlier());
    PastAnswers {
        earlier: earlier.map(|(_, earlier)| earlier),
        year,
    }
}

fn answer_before(
    at: Period,
    practice: &Practice,
    step: &Step,
    scene: Scene<'_>,
) -> Option<(Period, LastAnswer)> {
    let (period, value) = scene.journal.answer_before(at, &practice.id, &step.id)?;
    let present = scene.now.week();
    let when = match period {
        Period::Week(then) if then == present.minus_weeks(1) => "Last week".to_owned(),
        Period::Week(then) => {
            let ago = calendar::humanize(then.monday(), present.monday());
            format!("Week {} · {ago}", then.number())
        }
        Period::Month(month) => month.full_name(),
        Period::Standing => return None,
    };
    let id = Id::answer(period, &practice.id, &step.id);
    let last = LastAnswer {
        when,
        value: value.clone(),
        notes: item_text::entry_notes(&id, scene),
    };
    Some((period, last))
}
