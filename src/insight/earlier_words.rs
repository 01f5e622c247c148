//! The user's own words of some weeks ago, those first that became something.

use crate::calendar::Week;
use crate::journal::{Body, Commitment, Id, Journal, Period, Value};
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
#[must_use]
pub fn earlier_words(journal: &Journal, catalog: &Catalog, present: Week) -> Vec<EarlierWords> {
    let weeks_ago = |week: Week| (present.monday() - week.monday()).num_days() / 7;
    // Only what is chosen is copied: a long journal has thousands of them.
    let mut answers = Vec::new();
    for week in BECAME_BACK.map(|back| present.minus_weeks(back)) {
        for (practice, step) in prose_steps(catalog) {
            let id = Id::answer(Period::Week(week), &practice.id, &step.id);
            answers.push((week, id));
        }
    }
    let became = answers
        .iter()
        .flat_map(|(week, id)| {
            let from = journal.commitments_from(id).into_iter();
            from.filter_map(move |made| Some((*week, made, prose_answer(journal, catalog, id)?)))
        })
        .min_by_key(|(week, (entry, commitment), _)| {
            let away = weeks_ago(*week).abs_diff(i64::from(LOOK_BACK));
            (
                commitment.is_open(),
                away,
                commitment.due,
                commitment.made,
                &entry.id,
            )
        })
        .map(|(_, (_, commitment), said)| EarlierWords {
            became: Some(commitment.clone()),
            ..said.into_words()
        });
    let then = present.minus_weeks(LOOK_BACK);
    let mut found: Vec<EarlierWords> = became.into_iter().collect();
    for (practice, step) in prose_steps(catalog) {
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
    found
}

/// The questions of the walk that are answered in prose, in its order.
fn prose_steps(catalog: &Catalog) -> impl Iterator<Item = (&Practice, &Step)> {
    let steps = catalog.walk().flat_map(|practice| {
        let steps = practice.steps.iter();
        steps.map(move |step| (practice, step))
    });
    steps.filter(|(_, step)| matches!(step.ask, Ask::Answer(FieldKind::Prose)))
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
