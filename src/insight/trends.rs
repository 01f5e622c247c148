//! A practice over time: its charts, what keeps coming up in it, and the question that follows.

use super::charts::{ChartData, chart_data};
use super::next_question::{NextQuestion, next_question};
use super::recurring::recurring;
use crate::calendar::Now;
use crate::journal::Journal;
use crate::practice::{Ask, Catalog, FieldKind, Practice};

/// The trends of a practice.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PracticeTrends {
    /// Its charts, each with a heading.
    pub charts: Vec<(String, ChartData)>,
    /// The question for the next month that follows from the marks.
    pub question: Option<NextQuestion>,
    /// What keeps coming up: the label of the step, the words, and in how many of the last eight
    /// weeks.
    pub recurring: Vec<(String, String, usize)>,
}

impl PracticeTrends {
    /// The trends of a practice as they are now.
    pub fn of(journal: &Journal, catalog: &Catalog, practice: &Practice, now: Now) -> Self {
        let today = now.today();
        let charts = practice.charts.iter().filter_map(|chart| {
            let data = chart_data(journal, catalog, practice, chart, today)?;
            Some((chart.title.clone(), data))
        });
        let prose = practice
            .steps
            .iter()
            .filter(|step| matches!(step.ask, Ask::Answer(FieldKind::Prose)));
        let recurring = prose.filter_map(|step| {
            let (words, weeks) = recurring(journal, &practice.id, &step.id, now.week())?;
            Some((step.label.clone(), words, weeks))
        });
        Self {
            charts: charts.collect(),
            question: next_question(journal, practice, today),
            recurring: recurring.collect(),
        }
    }
}
