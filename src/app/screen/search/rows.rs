//! The rows of a search: what is in sight, put into words, and where each leads.

use chrono::NaiveDate;

use super::Search;
use crate::app::route::{Route, Then};
use crate::app::screen::{Scene, stage};
use crate::calendar::Week;
use crate::journal::search::{Hit, SearchIndex, passages};
use crate::journal::{Body, Entry, Id, Period};
use crate::report::{self, Marked};

/// How many weeks ago the weeks were that are looked back at, and how long ago that is in words.
const BACK: [(u32, &str); 3] = [(1, "a week ago"), (13, "a quarter ago"), (52, "a year ago")];

/// One line of the list.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Line {
    /// One of the weeks that are looked back at, by its place.
    Back(usize),
    /// Nothing.
    Gap,
    /// A week begins, with so many entries.
    Week(Week, usize),
    /// What was found, by its place.
    Hit(usize),
}

/// Where a week begins among what was found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Begun {
    /// Its own line, counted from the first one of what was found.
    line: usize,
    /// Its first entry.
    first: usize,
    week: Week,
}

/// A week that is looked back at.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LookBack {
    /// How long ago it was.
    pub ago: &'static str,
    /// The week.
    pub week: Week,
    /// How much was written.
    pub count: usize,
    /// What was said at most length.
    pub said: String,
}

/// An entry that was found, in words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Found {
    /// The day it stands under.
    pub day: NaiveDate,
    /// What it is: "commitment", "problem", or the practice an answer belongs to.
    pub kind: String,
    /// What it says, with what was looked for.
    pub text: Marked,
    /// The area of a commitment, the stage of an item, the question of an answer.
    pub beside: String,
}

impl Search {
    /// How many lines there are.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.above() + self.weeks.len() + self.hits.len()
    }

    /// The line that is chosen.
    #[must_use]
    pub fn chosen_line(&self) -> usize {
        let Some(hit) = self.cursor.checked_sub(self.back.len()) else {
            return self.cursor;
        };
        self.above() + hit + self.weeks.partition_point(|week| week.first <= hit)
    }

    /// What stands on a line, counted from 0; none behind the last.
    #[must_use]
    pub fn line(&self, at: usize) -> Option<Line> {
        if at < self.back.len() {
            return Some(Line::Back(at));
        }
        let Some(at) = at.checked_sub(self.above()) else {
            return Some(Line::Gap);
        };
        let before = self.weeks.partition_point(|week| week.line <= at);
        if let Some(week) = before
            .checked_sub(1)
            .and_then(|number| self.weeks.get(number))
            && week.line == at
        {
            let next = self
                .weeks
                .get(before)
                .map_or(self.hits.len(), |next| next.first);
            return Some(Line::Week(week.week, next - week.first));
        }
        let hit = at - before;
        (hit < self.hits.len()).then_some(Line::Hit(hit))
    }

    /// What was found, by its place, in words; its text in at most `columns`.
    #[must_use]
    pub fn row(&self, at: usize, scene: Scene<'_>, columns: usize) -> Option<Found> {
        let hit = *self.hits.get(at)?;
        let (id, day) = scene.look(|index| (index.id(hit).clone(), index.day(hit)));
        let entry = scene.journal.current(&id)?;
        let (kind, beside) = names(entry, scene);
        Some(Found {
            day,
            kind,
            beside,
            text: report::excerpt(
                entry,
                scene.journal.unsettled(&entry.id),
                &self.query,
                scene.catalog,
                columns,
            ),
        })
    }

    /// The part of the chosen entry that says most of what was looked for, on at most `rows` lines
    /// of `columns`, behind what it is called.
    #[must_use]
    pub fn detail(
        &self,
        scene: Scene<'_>,
        columns: usize,
        rows: usize,
    ) -> Option<(String, Vec<Marked>)> {
        let id = self.chosen_id(scene)?;
        let entry = scene.journal.current(&id)?;
        let passage = report::best_passage(
            entry,
            scene.journal.unsettled(&entry.id),
            &self.query,
            scene.catalog,
        )?;
        let lines = Marked::wrapped(&passage.text, &self.query, columns, rows);
        Some((passage.label.into_owned(), lines))
    }

    /// How many lines stand above what was found.
    fn above(&self) -> usize {
        match self.back.len() {
            0 => 0,
            weeks => weeks + 1,
        }
    }
}

/// The weeks of what was found.
pub(super) fn weeks(index: &SearchIndex, hits: &[Hit]) -> Vec<Begun> {
    let mut weeks: Vec<Begun> = Vec::new();
    let mut last = None;
    for (first, hit) in hits.iter().enumerate() {
        let day = index.day(*hit);
        if last.is_some_and(|(monday, sunday)| monday <= day && day <= sunday) {
            continue;
        }
        let week = Week::of(day);
        last = Some((week.monday(), week.sunday()));
        weeks.push(Begun {
            // Those before it have a line each too.
            line: first + weeks.len(),
            first,
            week,
        });
    }
    weeks
}

/// The weeks that are looked back at, of all there are, where something was written.
pub(super) fn look_back(weeks: &[Begun], hits: &[Hit], scene: Scene<'_>) -> Vec<LookBack> {
    let this = scene.now.week();
    let looked = BACK.iter().filter_map(|(back, ago)| {
        let week = this.back(*back);
        let at = weeks.iter().position(|other| other.week == week)?;
        let end = weeks.get(at + 1).map_or(hits.len(), |next| next.first);
        let hits = &hits[weeks[at].first..end];
        let said = hits.iter().filter_map(|hit| {
            let id = scene.look(|index| index.id(*hit).clone());
            let entry = scene.journal.current(&id)?;
            // Marks that were chosen are nobody's own words.
            if let Body::Answer(answer) = &entry.body
                && answer.value.text().is_none()
            {
                return None;
            }
            let passage = passages(entry, &[], scene.catalog).into_iter().next()?;
            Some(passage.text.into_owned())
        });
        // The first of several as long.
        let said = said.fold(String::new(), |longest, text| {
            if text.chars().count() > longest.chars().count() {
                text
            } else {
                longest
            }
        });
        Some(LookBack {
            ago,
            week,
            count: hits.len(),
            said,
        })
    });
    looked.collect()
}

/// To the screen an entry stands on, an answer's in its field; to its versions where it has none.
pub(super) fn place(id: &Id, scene: Scene<'_>) -> Option<Then> {
    let entry = scene.journal.current(id)?;
    let there = match &entry.body {
        Body::Commitment(_) => Some(Then::Open(Route::CheckIn(id.clone()))),
        Body::Item(_) => stage::place(id, scene),
        Body::Answer(answer) => {
            let practice = scene.catalog.practice(&answer.practice);
            practice.map(|practice| {
                let page = Route::Page {
                    practice: practice.id.clone(),
                    week: match answer.period {
                        Period::Week(week) => week,
                        // The first week whose Thursday lies in the month, by which it belongs to it.
                        Period::Month(month) => Week::of(month.first() + chrono::Days::new(3)),
                        Period::Standing => scene.now.week(),
                    },
                    page: practice.step(&answer.step).map_or(1, |step| step.page),
                };
                Then::OpenAt(page, answer.step.clone())
            })
        }
        _ => None,
    };
    Some(there.unwrap_or_else(|| Then::Open(Route::History(id.clone()))))
}

/// What an entry is, and what stands beside it.
fn names(entry: &Entry, scene: Scene<'_>) -> (String, String) {
    match &entry.body {
        Body::Commitment(commitment) => ("commitment".to_owned(), commitment.area.clone()),
        Body::Item(item) => match scene.catalog.register(&item.register) {
            Some(register) => (
                register.singular.clone(),
                report::stage_in_words(item, scene.catalog).to_owned(),
            ),
            None => (item.register.clone(), String::new()),
        },
        Body::Answer(answer) => {
            let practice = scene.catalog.practice(&answer.practice);
            let step = practice.and_then(|practice| practice.step(&answer.step));
            (
                practice
                    .map_or(&answer.practice, |practice| &practice.name)
                    .clone(),
                step.map_or(&answer.step, |step| &step.label).to_lowercase(),
            )
        }
        _ => (report::kind(entry).to_owned(), String::new()),
    }
}
