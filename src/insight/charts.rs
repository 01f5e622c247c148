//! The data behind the charts of a practice over time.

use chrono::NaiveDate;

use super::areas::{Area, areas_led};
use super::figures::first_week;
use super::marks::{answer, ids, is_answered};
use super::people::mention_counts;
use super::progress::{MonthBox, month_boxes};
use crate::calendar::{Month, Week};
use crate::journal::{Item, Journal, OffDays, Period, Value, stage_label, stage_of};
use crate::practice::{
    Ask, Cadence, Catalog, ChartKind, ChartSpec, Choice, FieldKind, Practice, Register,
};

/// What a chart shows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ChartData {
    /// A degree for each week that is not off, from 0; `None` without an answer.
    Line {
        /// The degrees by name, lowest first.
        degrees: Vec<String>,
        /// Oldest first.
        weeks: Vec<(Week, Option<usize>)>,
    },
    /// Marks by row and week, of the weeks since the first one that are not off.
    Grid {
        /// Oldest first.
        weeks: Vec<Week>,
        /// Each row's name, and its marks by week.
        rows: Vec<(String, Vec<bool>)>,
    },
    /// The text of each week that has some, newest first.
    Weeks(Vec<(Week, String)>),
    /// January to December.
    Months { year: i32, boxes: Vec<MonthBox> },
    /// Titles by stage; items without a stage come first.
    Stages(Vec<(String, Vec<String>)>),
    /// A count by name.
    Bars {
        bars: Vec<(String, usize)>,
        /// The number of items.
        items: usize,
    },
    /// People by name, how often they are named and when last, most often named first.
    People(Vec<(String, usize, NaiveDate)>),
    /// For each month, how many items reached the stage, and how many began.
    Turned(Vec<(Month, usize, usize)>),
    /// For each month, how many of each of two kinds.
    Versus {
        /// The names of the two, in the plural.
        names: [String; 2],
        /// Oldest first.
        months: Vec<(Month, [usize; 2])>,
    },
    /// The one led last comes first.
    Areas(Vec<Area>),
    /// What was marked, by row and month.
    Marks {
        /// Oldest first.
        months: Vec<Month>,
        /// Each row's name, and its marks by month; `None` without an answer.
        rows: Vec<(String, Vec<Option<bool>>)>,
    },
}

/// How many weeks a chart goes back.
const WEEKS: u32 = 26;

/// How many months a chart goes back.
const MONTHS: usize = 12;

/// What `picture` shows in the week of `today`.
///
/// `None` if it names something the practice lacks, which reading a practice rules out.
pub fn chart_data(
    journal: &Journal,
    catalog: &Catalog,
    practice: &Practice,
    picture: &ChartSpec,
    today: NaiveDate,
) -> Option<ChartData> {
    let present = Week::of(today);
    let weeks = || (0..WEEKS).rev().map(|back| present.minus_weeks(back));
    let off = OffDays::of(journal, catalog);
    let asked = || weeks().filter(|week| !off.is_week_off(*week));
    Some(match &picture.kind {
        ChartKind::Line { step } => scale_by_week(journal, practice, step, asked())?,
        ChartKind::Grid { step } => {
            let kind = practice.step(step)?.answer_kind()?;
            let marked = |week, id: &String| {
                let answer = journal.answer(Period::Week(week), &practice.id, step);
                matches!(answer, Some(Value::List(list)) if list.contains(id))
            };
            let first = first_week(journal, catalog, today);
            let weeks: Vec<Week> = asked().filter(|week| first <= *week).collect();
            let row = |choice: &Choice| {
                let marks = weeks.iter().map(|week| marked(*week, &choice.id));
                (choice.label.clone(), marks.collect())
            };
            ChartData::Grid {
                rows: kind.choices().iter().map(row).collect(),
                weeks,
            }
        }
        ChartKind::Weeks { step } => {
            let said = |week| {
                let answer = journal.answer(Period::Week(week), &practice.id, step)?;
                let text = answer.as_text()?.trim();
                (!text.is_empty()).then(|| (week, text.to_owned()))
            };
            ChartData::Weeks(weeks().rev().filter_map(said).collect())
        }
        ChartKind::Months { register } => {
            let year = Month::of(today).year();
            let boxes = month_boxes(journal, catalog, practice.register(register)?, year, today);
            ChartData::Months {
                year,
                boxes: boxes.map(|(_, state)| state).collect(),
            }
        }
        ChartKind::Ladder { register } => titles_by_stage(journal, practice.register(register)?),
        ChartKind::Coverage { register, field } | ChartKind::Balance { register, field } => {
            items_by_choice(journal, practice.register(register)?, field)?
        }
        ChartKind::People { register, field } => {
            let register = practice.register(register)?;
            ChartData::People(mention_counts(journal, catalog, practice, register, field))
        }
        ChartKind::Turned { register, stage } => {
            reached_by_month(journal, practice.register(register)?, stage, today)
        }
        ChartKind::Versus { register, other } => closed_by_month(
            journal,
            [practice.register(register)?, practice.register(other)?],
            today,
        ),
        ChartKind::Areas => ChartData::Areas(areas_led(journal, catalog)),
        ChartKind::Marks => marks_by_month(journal, practice, today)?,
    })
}

/// [`ChartData::Line`] of a step over `weeks`; `None` if the step asks for items.
pub fn scale_by_week(
    journal: &Journal,
    practice: &Practice,
    step: &str,
    weeks: impl IntoIterator<Item = Week>,
) -> Option<ChartData> {
    let kind = practice.step(step)?.answer_kind()?;
    let degree = |week| {
        let answer = journal.answer(Period::Week(week), &practice.id, step)?;
        let id = answer.as_text()?;
        kind.choices().iter().position(|choice| choice.id == id)
    };
    let degrees = kind.choices().iter().map(|choice| choice.label.clone());
    Some(ChartData::Line {
        degrees: degrees.collect(),
        weeks: weeks.into_iter().map(|week| (week, degree(week))).collect(),
    })
}

fn titles_by_stage(journal: &Journal, register: &Register) -> ChartData {
    let mut rungs: Vec<(String, Vec<String>)> = Vec::new();
    if !register.unstaged.is_empty() {
        rungs.push((register.unstaged.clone(), Vec::new()));
    }
    for stage in &register.stages {
        rungs.push((stage.name.clone(), Vec::new()));
    }
    for (_, item) in journal.items_with_presets(register) {
        let name = stage_label(register, &item);
        if let Some((_, titles)) = rungs.iter_mut().find(|(rung, _)| rung == name) {
            titles.push(item.title().to_owned());
        }
    }
    ChartData::Stages(rungs)
}

fn items_by_choice(journal: &Journal, register: &Register, field: &str) -> Option<ChartData> {
    let items = journal.items(&register.id);
    let chosen = items.iter().map(|(_, item)| ids(item.values.get(field)));
    let chosen: Vec<Vec<&str>> = chosen.collect();
    let count = |id: &str| chosen.iter().filter(|ids| ids.contains(&id)).count();
    Some(ChartData::Bars {
        bars: register
            .field(field)?
            .kind
            .choices()
            .iter()
            .map(|choice| (choice.label.clone(), count(&choice.id)))
            .collect(),
        items: items.len(),
    })
}

fn reached_by_month(
    journal: &Journal,
    register: &Register,
    stage: &str,
    today: NaiveDate,
) -> ChartData {
    let items = journal.items(&register.id);
    let began = |item: &Item| {
        register
            .stages
            .iter()
            .find_map(|stage| item.day(&stage.id))
            .map(Month::of)
    };
    let row = |month: Month| {
        let of_month = || items.iter().filter(|(_, item)| began(item) == Some(month));
        let turned = of_month().filter(|(_, item)| item.day(stage).is_some());
        (month, turned.count(), of_month().count())
    };
    let is_before = |(month, _, all): &_| journal.is_before_first_month(*month, today) && *all == 0;
    let rows = last_months(today).into_iter().map(row);
    ChartData::Turned(rows.skip_while(is_before).collect())
}

/// An item counts in the month it reached a stage that closes it.
fn closed_by_month(journal: &Journal, registers: [&Register; 2], today: NaiveDate) -> ChartData {
    let closed = registers.map(|register| {
        journal
            .items(&register.id)
            .into_iter()
            .filter_map(|(_, item)| {
                let closing = stage_of(register, item).filter(|stage| stage.closes)?;
                item.day(&closing.id)
            })
            .map(Month::of)
            .collect::<Vec<Month>>()
    });
    let count = |month: Month| {
        let of_month = |all: &Vec<Month>| all.iter().filter(|one| **one == month).count();
        [of_month(&closed[0]), of_month(&closed[1])]
    };
    let is_before =
        |(month, counts): &_| journal.is_before_first_month(*month, today) && *counts == [0, 0];
    ChartData::Versus {
        names: registers.map(|register| register.counted_name().to_owned()),
        months: last_months(today)
            .into_iter()
            .map(|month| (month, count(month)))
            .skip_while(is_before)
            .collect(),
    }
}

/// [`ChartData::Marks`] of the last twelve months, without those before the journal and its first
/// answer: a row for each mark of a checklist, and one for the last option of each choice. `None` for a
/// practice that is not monthly.
pub(super) fn marks_by_month(
    journal: &Journal,
    practice: &Practice,
    today: NaiveDate,
) -> Option<ChartData> {
    if practice.cadence != Cadence::Monthly {
        return None;
    }
    let mut months = last_months(today);
    let is_before = |month: &&Month| {
        journal.is_before_first_month(**month, today) && !is_answered(journal, practice, **month)
    };
    months.drain(..months.iter().take_while(is_before).count());
    let mut rows = Vec::new();
    for step in &practice.steps {
        let answer = |month: &Month| answer(journal, practice, step, *month);
        match &step.ask {
            Ask::Answer(FieldKind::Checklist(choices)) => {
                for choice in choices {
                    let marked = |month: &Month| match answer(month)? {
                        Value::List(list) => Some(list.contains(&choice.id)),
                        Value::Text(_) | Value::Log(_) => None,
                    };
                    let marks = months.iter().map(marked).collect();
                    rows.push((choice.label.clone(), marks));
                }
            }
            Ask::Answer(FieldKind::Choice(options)) => {
                let last = options.choices.last();
                let is_last = |month: &Month| {
                    let chosen = answer(month)?.as_text()?;
                    Some(last.is_some_and(|last| last.id == chosen))
                };
                let marks = months.iter().map(is_last).collect();
                let name = last.map_or(&step.label, |last| &last.label);
                rows.push((name.clone(), marks));
            }
            _ => {}
        }
    }
    Some(ChartData::Marks { months, rows })
}

/// The last twelve months, the present one last.
pub(super) fn last_months(today: NaiveDate) -> Vec<Month> {
    let back = std::iter::successors(Some(Month::of(today)), |month| Some(month.previous()));
    let mut months: Vec<Month> = back.take(MONTHS).collect();
    months.reverse();
    months
}
