//! The user's own words of some weeks ago, those first that became something.

use crate::calendar::Week;
use crate::journal::{Body, Commitment, Id, Journal, Period, Value};
use crate::practice::{Ask, Catalog, FieldKind, Step};

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
    // Only what is chosen is copied: a long journal has thousands of them.
    let became = journal
        .commitments()
        .into_iter()
        .filter_map(|(_, commitment)| {
            let said = prose_answer(journal, catalog, commitment.origin.as_ref()?)?;
            let is_near = BECAME_BACK.contains(&weeks_ago(said.week));
            is_near.then_some((commitment, said))
        })
        .min_by_key(|(commitment, said)| {
            let away = weeks_ago(said.week).abs_diff(i64::from(LOOK_BACK));
            (commitment.is_open(), away)
        })
        .map(|(commitment, said)| EarlierWords {
            became: Some(commitment.clone()),
            ..said.into_words()
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
            let said = answer.and_then(|(period, _)| {
                let id = Id::answer(period, &practice.id, &step.id);
                prose_answer(journal, catalog, &id)
            });
            if let Some(said) = said
                && found.iter().all(|other| other.text != said.text)
            {
                found.push(said.into_words());
            }
        }
    }
    found
}

/// A prose answer to a question of the walk.
struct ProseAnswer<'a> {
    practice: &'a str,
    step: &'a Step,
    week: Week,
    text: &'a str,
}

impl ProseAnswer<'_> {
    fn into_words(self) -> EarlierWords {
        EarlierWords {
            practice: self.practice.to_owned(),
            step: self.step.id.clone(),
            label: self.step.label.clone(),
            week: self.week,
            text: self.text.to_owned(),
            became: None,
        }
    }
}

/// The prose answer to a question of the walk that an id is of.
fn prose_answer<'a>(
    journal: &'a Journal,
    catalog: &'a Catalog,
    id: &Id,
) -> Option<ProseAnswer<'a>> {
    let Body::Answer(answer) = &journal.current(id)?.body else {
        return None;
    };
    let (Period::Week(week), Value::Text(text)) = (answer.period, &answer.value) else {
        return None;
    };
    let practice = catalog.practice(&answer.practice)?;
    let step = practice.step(&answer.step)?;
    let is_prose = matches!(step.ask, Ask::Answer(FieldKind::Prose));
    (is_prose && !text.trim().is_empty()).then_some(ProseAnswer {
        practice: &practice.id,
        step,
        week,
        text,
    })
}
