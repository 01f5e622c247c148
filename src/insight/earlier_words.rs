//! The user's own words of some weeks ago, those first that became something.

use super::progress::walk_steps;
use crate::calendar::Week;
use crate::journal::{Commitment, Id, Journal, Period, Value};
use crate::practice::{Ask, Catalog, FieldKind, Practice, Step};

/// How many weeks back words are worth reading again.
const LOOK_BACK: u32 = 8;

/// Half a year back, and no less than four weeks, words that became something are worth it too.
const BECAME_BACK: std::ops::RangeInclusive<u32> = 4..=26;

/// An answer of some weeks ago.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EarlierWords {
    /// The practice's id.
    pub practice: String,
    /// The step's id.
    pub step: String,
    /// The step's label.
    pub label: String,
    pub week: Week,
    pub text: String,
    /// The commitment that came from it.
    pub became: Option<Commitment>,
}

/// The words that became something, the one nearest to eight weeks ago; then the prose answers of
/// the walk from about then, in the order of the walk.
pub fn earlier_words(journal: &Journal, catalog: &Catalog, present: Week) -> Vec<EarlierWords> {
    let weeks_ago = |week: Week| (present.monday() - week.monday()).num_days() / 7;
    // Only what is chosen is copied: a long journal has thousands of them.
    let mut found = Vec::new();
    for week in BECAME_BACK.map(|back| present.minus_weeks(back)) {
        for (practice, step) in prose_steps(catalog) {
            let period = Period::Week(week);
            let id = Id::answer(period, &practice.id, &step.id);
            for made in journal.commitments_from(&id) {
                let answer = journal.answer(period, &practice.id, &step.id);
                let text = answer.and_then(|answer| answer.as_text());
                let text = text.filter(|text| !text.trim().is_empty());
                found.extend(text.map(|text| (made, (week, practice, step, text))));
            }
        }
    }
    let became = found
        .into_iter()
        .min_by_key(|((entry, commitment), (week, ..))| {
            let away = weeks_ago(*week).abs_diff(i64::from(LOOK_BACK));
            (
                commitment.is_open(),
                away,
                commitment.due,
                commitment.made,
                &entry.id,
            )
        })
        .map(|((_, commitment), said)| EarlierWords {
            became: Some(commitment.clone()),
            ..words(said)
        });
    let then = present.minus_weeks(LOOK_BACK);
    let mut found: Vec<EarlierWords> = became.into_iter().collect();
    for (practice, step) in prose_steps(catalog) {
        let before = Period::Week(then.next());
        let answer = journal.answer_before(before, &practice.id, &step.id);
        if let Some((Period::Week(week), Value::Text(text))) = answer
            && found.iter().all(|other| other.text != *text)
        {
            found.push(words((week, practice, step, text)));
        }
    }
    found
}

/// The questions of the walk that are answered in prose, in its order.
fn prose_steps(catalog: &Catalog) -> impl Iterator<Item = (&Practice, &Step)> {
    walk_steps(catalog).filter(|(_, step)| step.ask == Ask::Answer(FieldKind::Prose))
}

/// A prose answer for a week to a question of the walk.
fn words((week, practice, step, text): (Week, &Practice, &Step, &str)) -> EarlierWords {
    EarlierWords {
        practice: practice.id.clone(),
        step: step.id.clone(),
        label: step.label.clone(),
        week,
        text: text.to_owned(),
        became: None,
    }
}
