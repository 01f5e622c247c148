//! The user's own words of some weeks ago, those first that became something.

use crate::calendar::Week;
use crate::journal::{Body, Commitment, Id, Journal, Period, Value};
use crate::practice::{Ask, Catalog, FieldKind};

/// How many weeks back words are worth reading again.
const LOOK_BACK: u32 = 8;

/// Half a year back, and no less than four weeks, words that became something are worth it too.
const BECAME_BACK: std::ops::RangeInclusive<i64> = 4..=26;

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
#[must_use]
pub fn earlier_words(journal: &Journal, catalog: &Catalog, present: Week) -> Vec<EarlierWords> {
    let weeks_ago = |week: Week| (present.monday() - week.monday()).num_days() / 7;
    let became = journal
        .commitments()
        .into_iter()
        .filter_map(|(_, commitment)| Some((commitment, commitment.origin.as_ref()?)))
        .filter_map(|(commitment, origin)| {
            let mut words = answered(journal, catalog, origin)?;
            words.became = Some(commitment.clone());
            BECAME_BACK
                .contains(&weeks_ago(words.week))
                .then_some(words)
        })
        .min_by_key(|words| {
            let is_kept = words.became.as_ref().is_some_and(|it| !it.is_open());
            let away = weeks_ago(words.week).abs_diff(i64::from(LOOK_BACK));
            (!is_kept, away)
        });
    let then = present.minus_weeks(LOOK_BACK);
    let mut found: Vec<EarlierWords> = became.into_iter().collect();
    for practice in catalog.walk() {
        for step in &practice.steps {
            if !matches!(step.ask, Ask::Answer(FieldKind::Prose)) {
                continue;
            }
            let before = Period::Week(then.next());
            let answer = journal.answer_before(before, &practice.id, &step.id);
            if let Some((period, _)) = answer
                && let Some(words) = answered(
                    journal,
                    catalog,
                    &Id::answer(period, &practice.id, &step.id),
                )
                && found.iter().all(|other| other.text != words.text)
            {
                found.push(words);
            }
        }
    }
    found
}

/// The prose answer to a question of the walk that an id is of.
fn answered(journal: &Journal, catalog: &Catalog, id: &Id) -> Option<EarlierWords> {
    let Body::Answer(answer) = &journal.current(id)?.body else {
        return None;
    };
    let (Period::Week(week), Value::Text(text)) = (answer.period, &answer.value) else {
        return None;
    };
    let practice = catalog.practice(&answer.practice)?;
    let step = practice.step(&answer.step)?;
    let is_prose = matches!(step.ask, Ask::Answer(FieldKind::Prose));
    (is_prose && !text.trim().is_empty()).then(|| EarlierWords {
        practice: answer.practice.clone(),
        step: answer.step.clone(),
        label: step.label.clone(),
        week,
        text: text.clone(),
        became: None,
    })
}
