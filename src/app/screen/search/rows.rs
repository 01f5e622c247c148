//! The visible rows of a search, formatted, and where each one leads.

use chrono::NaiveDate;

use super::Search;
use crate::app::screen::sections::{SectionLine, Sections};
use crate::app::screen::{EntryPage, Scene};
use crate::calendar::Week;
use crate::journal::search::{Hit, SearchIndex, passages};
use crate::journal::{Body, Entry};
use crate::report::{self, HighlightedText};

/// How many weeks ago the looked-back weeks are, and in words.
const PAST_WEEKS: [(u32, &str); 3] = [(1, "last week"), (13, "a quarter ago"), (52, "a year ago")];

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SearchLine {
    /// One of the looked-back weeks, by index.
    PastWeek(usize),
    Gap,
    /// The heading of a week, and its number of entries.
    Week(Week, usize),
    /// A result, by index.
    Hit(usize),
}

/// A looked-back week.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PastWeek {
    pub ago: &'static str,
    pub week: Week,
    pub count: usize,
    pub longest_text: String,
}

/// A result, formatted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SearchRow {
    /// The day it is listed under.
    pub day: NaiveDate,
    /// What it is: "commitment", "problem", or the practice an answer belongs to.
    pub kind: String,
    /// Its text, with the matches marked.
    pub text: HighlightedText,
    /// The area of a commitment, the stage of an item, the question of an answer.
    pub side_text: String,
}

impl Search {
    pub fn lines(&self) -> usize {
        self.lines_above_hits() + self.weeks.lines()
    }

    pub fn chosen_line(&self) -> usize {
        let Some(hit) = self.cursor.checked_sub(self.past_weeks.len()) else {
            return self.cursor;
        };
        self.lines_above_hits() + self.weeks.line_of(hit)
    }

    /// The content of a line, counted from 0.
    pub fn line(&self, at: usize) -> Option<SearchLine> {
        if at < self.past_weeks.len() {
            return Some(SearchLine::PastWeek(at));
        }
        let Some(at) = at.checked_sub(self.lines_above_hits()) else {
            return Some(SearchLine::Gap);
        };
        Some(match self.weeks.line(at)? {
            SectionLine::Gap => SearchLine::Gap,
            SectionLine::Heading(week, count) => SearchLine::Week(week, count),
            SectionLine::Row(hit) => SearchLine::Hit(hit),
        })
    }

    /// A result by index, with its text in at most `columns`.
    pub fn search_row(&self, at: usize, scene: Scene<'_>, columns: usize) -> Option<SearchRow> {
        let hit = *self.hits.get(at)?;
        let (id, day) = scene.with_index(|index| (index.id(hit).clone(), index.day(hit)));
        let entry = scene.journal.current(&id)?;
        let (kind, beside) = kind_and_side_text(entry, scene);
        Some(SearchRow {
            day,
            kind,
            side_text: beside,
            text: report::excerpt(
                entry,
                scene.journal.unsettled(&entry.id),
                &self.query,
                scene.catalog,
                columns,
            ),
        })
    }

    /// The label and the best matching passage of the chosen entry, in at most `rows` lines of
    /// `columns`.
    pub fn detail(
        &self,
        scene: Scene<'_>,
        columns: usize,
        rows: usize,
    ) -> Option<(String, Vec<HighlightedText>)> {
        let id = self.chosen_id(scene)?;
        let entry = scene.journal.current(&id)?;
        let passage = report::best_passage(
            entry,
            scene.journal.unsettled(&entry.id),
            &self.query,
            scene.catalog,
        )?;
        let lines = HighlightedText::wrapped(&passage.text, &self.query, columns, rows);
        Some((passage.label.into_owned(), lines))
    }

    /// The page of the chosen entry, without the passage of [`Self::detail`] if it is its title or one
    /// of its texts.
    pub fn page_beside_passage(&self, scene: Scene<'_>) -> Option<EntryPage> {
        let id = self.chosen_id(scene)?;
        let entry = scene.journal.current(&id)?;
        let unsettled = scene.journal.unsettled(&id);
        let passage = report::best_passage(entry, unsettled, &self.query, scene.catalog)?;
        let mut page = EntryPage::of(&id, scene)?;
        if page.words == passage.text {
            page.words.clear();
        }
        page.texts.retain(|(_, words)| *words != passage.text);
        Some(page)
    }

    /// How many lines come before the results.
    fn lines_above_hits(&self) -> usize {
        match self.past_weeks.len() {
            0 => 0,
            weeks => weeks + 1,
        }
    }
}

pub(super) fn week_sections(index: &SearchIndex, hits: &[Hit]) -> Sections<Week> {
    let mut last = None;
    let week = |hit: &Hit| {
        let day = index.day(*hit);
        let week = last.filter(|week: &Week| week.contains(day));
        last = Some(week.unwrap_or_else(|| Week::of(day)));
        last
    };
    Sections::of(hits.iter().map(week))
}

/// The looked-back weeks that have entries.
pub(super) fn past_weeks(weeks: &Sections<Week>, hits: &[Hit], scene: Scene<'_>) -> Vec<PastWeek> {
    let this = scene.now.week();
    let looked = PAST_WEEKS.iter().filter_map(|(back, ago)| {
        let week = this.minus_weeks(*back);
        let (_, rows) = weeks.groups().find(|(other, _)| **other == week)?;
        let hits = &hits[rows];
        let said = hits.iter().filter_map(|hit| {
            let id = scene.with_index(|index| index.id(*hit).clone());
            let entry = scene.journal.current(&id)?;
            // It is shown before anything was looked for, whoever sits beside.
            if scene.journal.is_private(entry, scene.catalog) {
                return None;
            }
            // Chosen marks are not the user's own words.
            if let Body::Answer(answer) = &entry.body {
                answer.value.as_text()?;
            }
            // Neither are days off.
            if let Body::Item(item) = &entry.body
                && scene.catalog.register(&item.register)?.off.is_some()
            {
                return None;
            }
            let passage = passages(entry, &[], scene.catalog).into_iter().next()?;
            Some(passage.text.into_owned())
        });
        // Of several as long, the first.
        let longest = said.rev().max_by_key(|text| text.chars().count());
        Some(PastWeek {
            ago,
            week,
            count: hits.len(),
            longest_text: longest.unwrap_or_default(),
        })
    });
    looked.collect()
}

/// The kind of an entry, and the text shown beside it.
fn kind_and_side_text(entry: &Entry, scene: Scene<'_>) -> (String, String) {
    match &entry.body {
        Body::Commitment(commitment) => ("commitment".to_owned(), commitment.area.clone()),
        Body::Item(item) => match scene.catalog.register(&item.register) {
            Some(register) => (
                register.singular.clone(),
                report::item_state(item, scene.catalog, scene.now.today()),
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
        _ => (report::kind_id(entry).to_owned(), String::new()),
    }
}
