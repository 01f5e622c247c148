//! All answers to one question, newest first, and what changed between two of them.

use super::filtered_list::{kept_cursor, move_cursor, moves_cursor};
use super::item_text::entry_screen;
use super::sections::Sections;
use super::{Scene, ScreenState};
use crate::app::keys::{Action, Binding, KeyContext};
use crate::app::route::{Outcome, Route};
use crate::calendar::{self, Now};
use crate::insight::{Difference, difference};
use crate::journal::{AnswerAt, Id, Period, Value, period_for};
use crate::practice::{Cadence, FieldKind, Practice, Step};

/// How many lines of the difference a key scrolls.
const PAGE: usize = 4;

#[derive(Clone, Debug)]
pub struct Compare {
    /// The practice's id.
    pub practice: String,
    /// The step's id.
    pub step: String,
    pub name: String,
    pub label: String,
    /// The question.
    pub prompt: String,
    /// Its number among the questions of the practice, from 1, and how many there are.
    pub position: (usize, usize),
    /// Its answers, newest first.
    pub rows: Vec<DatedAnswer>,
    /// The gaps above them: "3 weeks without an answer".
    pub gaps: Sections<(Period, String)>,
    pub cursor: usize,
    /// The period that the chosen answer is compared with.
    pub marked: Option<Period>,
    pub comparison: Option<Comparison>,
    /// The first line of the difference shown.
    pub first: usize,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DatedAnswer {
    pub period: Period,
    /// "Week 48".
    pub when: String,
    /// "3 weeks ago".
    pub ago: String,
    /// Its degree on a scale, from 1, and the number of degrees.
    pub degree: Option<(usize, usize)>,
    /// The text, one line for each dated line.
    pub words: String,
}

/// What changed from one answer to a later one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Comparison {
    /// "Week 44".
    pub from: String,
    /// "Week 48".
    pub to: String,
    pub difference: Difference,
}

impl Compare {
    pub(super) fn new(practice: &str, step: &str, scene: Scene<'_>) -> Option<Self> {
        let practice = scene.catalog.practice(practice)?;
        let questions: Vec<&Step> = comparable_questions(practice).collect();
        let at = questions.iter().position(|other| other.id == step)?;
        let step = questions[at];
        let kind = step.answer_kind()?;
        let now = period_for(practice.cadence, scene.now.week());
        let off = scene.off_days();
        let answers = scene
            .journal
            .answers_with_gaps(&practice.id, &step.id, &off, now);
        let (mut rows, mut gaps, mut gap) = (Vec::new(), Vec::new(), None);
        for answer in answers {
            match answer {
                AnswerAt::Gap(periods) => gap = Some(gap_text(periods, practice.cadence)),
                AnswerAt::Answer(period, value) => {
                    gaps.push(gap.take().map(|gap| (period, gap)));
                    rows.push(DatedAnswer {
                        period,
                        when: when(period, scene.now),
                        ago: ago(period, scene.now),
                        degree: degree(kind, value),
                        words: answer_text(kind, value, scene.now),
                    });
                }
            }
        }
        Some(Self {
            practice: practice.id.clone(),
            step: step.id.clone(),
            name: practice.name.clone(),
            label: step.label.clone(),
            prompt: step.prompt.clone(),
            position: (at + 1, questions.len()),
            rows,
            gaps: Sections::of(gaps.into_iter()),
            cursor: 0,
            marked: None,
            comparison: None,
            first: 0,
        })
    }

    /// The first question of a practice with an answer, or its first one; `None` if its answers
    /// cannot be compared.
    pub(super) fn first_of(practice: &str, scene: Scene<'_>) -> Option<Route> {
        let practice = scene.catalog.practice(practice)?;
        let answered = |step: &&Step| {
            let mut answers = scene.journal.answer_entries(&practice.id, &step.id);
            answers.next().is_some()
        };
        let step = comparable_questions(practice)
            .find(answered)
            .or_else(|| comparable_questions(practice).next())?;
        Some(Route::compare(&practice.id, &step.id))
    }

    pub fn chosen_answer(&self) -> Option<&DatedAnswer> {
        self.rows.get(self.cursor)
    }

    pub fn marked_answer(&self) -> Option<&DatedAnswer> {
        let mut said = self.rows.iter();
        said.find(|said| Some(said.period) == self.marked)
    }

    /// Opens the page of the chosen answer with its field focused.
    fn open(&self, scene: Scene<'_>) -> Outcome {
        Outcome::navigate_if(self.chosen_answer().and_then(|said| {
            let id = Id::answer(said.period, &self.practice, &self.step);
            entry_screen(&id, scene)
        }))
    }

    /// Moves on by this many questions of the practice, round and round.
    fn next_question(&mut self, by: usize, scene: Scene<'_>) {
        let Some(practice) = scene.catalog.practice(&self.practice) else {
            return;
        };
        let (at, all) = self.position;
        let step = comparable_questions(practice).nth((at - 1 + by) % all);
        if let Some(other) = step.and_then(|step| Self::new(&self.practice, &step.id, scene)) {
            *self = other;
        }
    }

    /// Compares the chosen and the marked answer, the earlier one first.
    fn compare(&mut self, scene: Scene<'_>) {
        (self.comparison, self.first) = (None, 0);
        let (Some(chosen), Some(mark)) = (self.chosen_answer(), self.marked_answer()) else {
            return;
        };
        let (from, to) = if chosen.period < mark.period {
            (chosen, mark)
        } else {
            (mark, chosen)
        };
        let value = |at: &DatedAnswer| {
            let (practice, step) = (&self.practice, &self.step);
            scene.journal.answer(at.period, practice, step)
        };
        let step = scene.catalog.step(&self.practice, &self.step);
        let kind = step.and_then(Step::answer_kind);
        if let (Some(kind), Some(before), Some(after)) = (kind, value(from), value(to))
            && from.period != to.period
        {
            self.comparison = Some(Comparison {
                from: from.when.clone(),
                to: to.when.clone(),
                difference: difference(kind, before, after),
            });
        }
    }

    /// About how many lines the difference has on a screen of 80 columns.
    fn longest(&self) -> usize {
        let said = self
            .comparison
            .as_ref()
            .map(|it| it.difference.with_signs());
        let rows = |line: &str| 1 + crate::text::width(line) / 70;
        said.map_or(0, |said| said.lines().map(rows).sum())
    }
}

impl ScreenState for Compare {
    fn route(&self) -> Route {
        Route::compare(&self.practice, &self.step)
    }

    fn title(&self) -> Option<String> {
        Some(format!("{} · all answers", self.name))
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        if move_cursor(action, &mut self.cursor, self.rows.len()) {
            self.compare(scene);
            return Outcome::stay();
        }
        match action {
            Action::Open => return self.open(scene),
            Action::Toggle => {
                let chosen = self.chosen_answer().map(|said| said.period);
                self.marked = chosen.filter(|_| self.marked != chosen);
                self.compare(scene);
            }
            Action::Left => self.next_question(self.position.1 - 1, scene),
            Action::Right => self.next_question(1, scene),
            Action::Earlier => self.first = self.first.saturating_sub(PAGE),
            Action::Later => self.first = (self.first + PAGE).min(self.longest()),
            _ => {}
        }
        Outcome::stay()
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        if let Some(fresh) = Self::new(&self.practice, &self.step, scene) {
            let (chosen, marked) = (self.chosen_answer().map(|said| said.period), self.marked);
            *self = Self { marked, ..fresh };
            self.cursor = kept_cursor(self.rows.iter().map(|row| row.period), chosen, 0);
            self.compare(scene);
        }
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::Open | Action::Toggle => self.chosen_answer().is_some(),
            Action::Left | Action::Right => self.position.1 > 1,
            Action::Earlier | Action::Later => self.longest() >= PAGE * 2,
            _ => moves_cursor(action),
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::Compare]
    }

    fn label(&self, binding: &Binding) -> Option<String> {
        match binding.action {
            Action::Toggle if self.marked.is_some() => Some("move the mark".to_owned()),
            _ => None,
        }
    }

    fn click_row(&mut self, at: usize, scene: Scene<'_>) -> Outcome {
        if self.cursor == at {
            return self.act(Action::Open, scene);
        }
        self.cursor = at;
        self.compare(scene);
        Outcome::stay()
    }

    fn limit_scroll(&mut self, first: usize) {
        self.first = first;
    }
}

/// The questions of a practice whose answers can be compared: those asked again each week or month.
pub(super) fn comparable_questions(practice: &Practice) -> impl Iterator<Item = &Step> {
    let again = practice.cadence != Cadence::Standing;
    practice
        .steps
        .iter()
        .filter(move |step| again && step.answer_kind().is_some())
}

/// "3 weeks without an answer".
fn gap_text(periods: usize, cadence: Cadence) -> String {
    let noun = match cadence {
        Cadence::Monthly => "month",
        Cadence::Weekly | Cadence::Standing => "week",
    };
    let count = crate::text::counted_noun(periods, noun);
    format!("{count} without an answer")
}

/// "Week 48", "November"; with the year if it is not the present one.
fn when(period: Period, now: Now) -> String {
    let year = |year: i32, present: i32| {
        if year == present {
            String::new()
        } else {
            format!(" {year}")
        }
    };
    match period {
        Period::Week(week) => {
            let year = year(week.year(), now.week().year());
            format!("Week {}{year}", week.number())
        }
        Period::Month(month) => {
            let year = year(month.year(), now.month().year());
            format!("{}{year}", month.name())
        }
        Period::Standing => "Always".to_owned(),
    }
}

fn ago(period: Period, now: Now) -> String {
    match period {
        Period::Week(week) => calendar::humanize_week(week, now.week()),
        Period::Month(month) if month == now.month() => "this month".to_owned(),
        Period::Month(month) if month == now.month().previous() => "last month".to_owned(),
        Period::Month(month) => calendar::humanize(month.last(), now.today()),
        Period::Standing => String::new(),
    }
}

fn degree(kind: &FieldKind, value: &Value) -> Option<(usize, usize)> {
    let FieldKind::Scale(degrees) = kind else {
        return None;
    };
    let at = degrees
        .iter()
        .position(|degree| Some(degree.id.as_str()) == value.as_text())?;
    Some((at + 1, degrees.len()))
}

/// An answer as text; marks in the order of the choices.
fn answer_text(kind: &FieldKind, value: &Value, now: Now) -> String {
    let lines: Vec<String> = match value {
        Value::Text(text) => return kind.label(text).to_owned(),
        Value::List(list) => {
            let mut marks: Vec<&String> = list.iter().collect();
            let choices = kind.choices();
            // Own words come after the choices.
            let place = |mark: &String| choices.iter().position(|choice| choice.id == *mark);
            marks.sort_by_key(|mark| place(mark).unwrap_or(usize::MAX));
            let labels: Vec<&str> = marks.iter().map(|mark| kind.label(mark)).collect();
            let count = match (kind, choices.len()) {
                (FieldKind::Checklist(_), all) => format!("{} of {all}: ", list.len()),
                _ => String::new(),
            };
            return format!("{count}{}", labels.join(" · "));
        }
        Value::Log(lines) => lines
            .iter()
            .map(|line| {
                format!(
                    "{}  {}",
                    calendar::short_date(line.on, now.today()),
                    line.text
                )
            })
            .collect(),
    };
    lines.join("\n")
}
