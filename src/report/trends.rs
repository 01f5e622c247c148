//! The trends of a practice, and the last year week by week, in words: each number beside what it
//! counts, so that they can be read aloud. Signs that only make sense in columns are not used.
//!
//! For the user alone: it includes private practices.
//!
//! # JSON
//! Of a practice one object: `practice` (its id), `charts`, `recurring` (`label`, `words`, `weeks`: in
//! how many of the last eight), and `question` (null, or `month`, `text` and `why`). Of the year one
//! object with `weeks`: `week`, `off`, `practices` (by id `done`, `half` or `not-yet`) and
//! `commitment` (null, or `due`, `open`, `missed`, `kept`, `moved` or `let-go`; of several, what
//! matters most). What a chart has depends on its `kind`, see `assets/schema/trends.json`.

mod json;

use chrono::NaiveDate;

use super::marks::question_lines;
use super::{hanging_lines, indented};
use crate::calendar::{Month, Week, long_date};
use crate::insight::{
    Area, ChartData, MonthBox, PracticeTrends, Progress, PromiseState, WeekOfYear,
};
use crate::practice::{Catalog, Practice};
use crate::text::{counted_noun, one_line};
pub use json::{trends_json, year_json};

/// The trends of a practice; every line ends in a newline. `None` if there is nothing to tell.
pub fn practice_trends(practice: &Practice, trends: &PracticeTrends) -> Option<String> {
    if trends.charts.is_empty() && trends.recurring.is_empty() && trends.question.is_none() {
        return None;
    }
    let mut lines = vec![one_line(&practice.title)];
    for (title, data) in &trends.charts {
        lines.extend([String::new(), one_line(title)]);
        lines.extend(chart_lines(data).into_iter().map(|line| indented(&line)));
    }
    if !trends.recurring.is_empty() {
        lines.extend([String::new(), "What keeps coming up".to_owned()]);
    }
    for (label, words, weeks) in &trends.recurring {
        let (label, words) = (one_line(label), one_line(words));
        lines.push(format!(
            "  {label}: “{words}” in {weeks} of the last 8 weeks"
        ));
    }
    if let Some(question) = &trends.question {
        lines.extend(question_lines(question));
    }
    lines.push(String::new());
    Some(lines.join("\n"))
}

/// A chart in words, the newest first where it is about weeks or months.
fn chart_lines(data: &ChartData) -> Vec<String> {
    let lines = match data {
        ChartData::Line { degrees, weeks } => {
            let name = |degree: &usize| degrees.get(*degree).map_or("", String::as_str);
            let said = weeks.iter().rev();
            said.filter_map(|(week, degree)| {
                Some(format!("{week}  {}", one_line(name(degree.as_ref()?))))
            })
            .collect()
        }
        ChartData::Grid { weeks, rows } => grid_lines(weeks, rows),
        ChartData::Weeks(weeks) => weeks
            .iter()
            .flat_map(|(week, text)| hanging_lines(&format!("{week}  "), text, "  "))
            .collect(),
        ChartData::Months { year, boxes } => (1..)
            .zip(boxes)
            .filter_map(|(number, state)| {
                let month = Month::new(*year, number)?;
                Some(format!("{}  {}", month.name(), month_state(*state)))
            })
            .collect(),
        ChartData::Stages(stages) => stages
            .iter()
            .flat_map(|(name, titles)| {
                let stage = format!("{}  {}", one_line(name), titles.len());
                let titles = titles.iter().rev();
                std::iter::once(stage).chain(titles.map(|title| format!("  {}", one_line(title))))
            })
            .collect(),
        ChartData::Bars { bars, items } => {
            let bars = bars.iter();
            bars.map(|(name, count)| format!("{}  {count}", one_line(name)))
                .chain([format!("{items} in all")])
                .collect()
        }
        ChartData::People(people) => people
            .iter()
            .map(|(name, times, day)| {
                let times = counted_noun(*times, "time");
                format!("{}  {times}, last on {}", one_line(name), long_date(*day))
            })
            .collect(),
        ChartData::Turned(months) => months
            .iter()
            .rev()
            .filter(|(_, _, began)| *began > 0)
            .map(|(month, reached, began)| format!("{}  {reached} of {began}", month.full_name()))
            .collect(),
        ChartData::Versus { names, months } => versus_lines(names, months),
        ChartData::Areas(areas) => areas.iter().map(area_line).collect(),
        ChartData::Marks { months, rows } => mark_lines(months, rows),
    };
    if lines.is_empty() {
        return vec!["none yet".to_owned()];
    }
    lines
}

/// How often each row was marked, then what was marked in each week.
fn grid_lines(weeks: &[Week], rows: &[(String, Vec<bool>)]) -> Vec<String> {
    let count = |marks: &Vec<bool>| marks.iter().filter(|mark| **mark).count();
    let counts = rows.iter().map(|(name, marks)| {
        let (name, marked) = (one_line(name), count(marks));
        format!("{name}  {marked} of {}", counted_noun(weeks.len(), "week"))
    });
    let by_week = weeks.iter().enumerate().rev().filter_map(|(at, week)| {
        let marked = rows
            .iter()
            .filter(|(_, marks)| marks.get(at) == Some(&true));
        let names: Vec<String> = marked.map(|(name, _)| one_line(name)).collect();
        (!names.is_empty()).then(|| format!("{week}  {}", names.join(", ")))
    });
    // Without a week there is nothing to count.
    let counts = counts.filter(|_| !weeks.is_empty());
    counts.chain(by_week).collect()
}

fn month_state(state: MonthBox) -> String {
    match state {
        MonthBox::Solved(count) => format!("{count} solved"),
        MonthBox::UnderWay => "under way".to_owned(),
        MonthBox::Open | MonthBox::Empty => "empty".to_owned(),
        MonthBox::Off => "off".to_owned(),
        MonthBox::BeforeJournal => "before the journal".to_owned(),
        MonthBox::Future => "to come".to_owned(),
    }
}

fn versus_lines(names: &[String; 2], months: &[(Month, [usize; 2])]) -> Vec<String> {
    let [one, other] = names.each_ref().map(|name| one_line(name));
    let said = |counts: [usize; 2]| format!("{one} {}, {other} {}", counts[0], counts[1]);
    let sum = |at: usize| months.iter().map(|(_, counts)| counts[at]).sum();
    let with_any = months.iter().rev().filter(|(_, counts)| *counts != [0, 0]);
    std::iter::once(format!("In all  {}", said([sum(0), sum(1)])))
        .chain(with_any.map(|(month, counts)| format!("{}  {}", month.full_name(), said(*counts))))
        .collect()
}

fn area_line(area: &Area) -> String {
    let last = |day: NaiveDate| {
        let times = counted_noun(area.kept, "time");
        format!("{times}, last on {}", long_date(day))
    };
    let led = area.last.map_or("not yet".to_owned(), last);
    let open = if area.open { ", open" } else { "" };
    format!("{}  {led}{open}", one_line(&area.name))
}

/// In how many months each was marked, then what was marked in each month.
fn mark_lines(months: &[Month], rows: &[(String, Vec<Option<bool>>)]) -> Vec<String> {
    let counts = rows.iter().filter_map(|(name, marks)| {
        let marked = marks.iter().filter(|mark| **mark == Some(true)).count();
        let answered = marks.iter().flatten().count();
        (answered > 0).then(|| {
            let months = counted_noun(answered, "month");
            format!("{}  {marked} of {months}", one_line(name))
        })
    });
    let by_month = months.iter().enumerate().rev().filter_map(|(at, month)| {
        let at_month = |marks: &Vec<Option<bool>>| marks.get(at).copied().flatten();
        let is_answered = rows.iter().any(|(_, marks)| at_month(marks).is_some());
        let marked = rows
            .iter()
            .filter(|(_, marks)| at_month(marks) == Some(true));
        let names: Vec<String> = marked.map(|(name, _)| one_line(name)).collect();
        let names = if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        };
        is_answered.then(|| format!("{}  {names}", month.full_name()))
    });
    counts.chain(by_month).collect()
}

/// The last year, newest week first; every line ends in a newline.
pub fn year_page(weeks: &[WeekOfYear], catalog: &Catalog) -> String {
    let weeks = weeks.iter().rev();
    let lines: Vec<String> = weeks.map(|week| week_line(week, catalog)).collect();
    let title = match lines.len() {
        1 => "This week".to_owned(),
        weeks => format!("The last {weeks} weeks"),
    };
    format!("{title}\n\n{}\n", lines.join("\n"))
}

/// "2026-W48  3 of 8 done: Audit, Mastery, Problem; begun: Systems; commitment due".
fn week_line(week: &WeekOfYear, catalog: &Catalog) -> String {
    let of = |wanted: Progress| -> Vec<String> {
        let all = catalog.walk().zip(&week.progress);
        all.filter(|(_, progress)| **progress == wanted)
            .map(|(practice, _)| one_line(&practice.name))
            .collect()
    };
    let (done, begun) = (of(Progress::Done), of(Progress::Partial));
    let mut said = Vec::new();
    if week.is_off {
        said.push("off".to_owned());
    }
    let all = week.progress.len();
    match done.len() {
        0 if week.is_off => {}
        number if number == 0 || number == all => said.push(format!("{number} of {all} done")),
        number => said.push(format!("{number} of {all} done: {}", done.join(", "))),
    }
    if !begun.is_empty() {
        said.push(format!("begun: {}", begun.join(", ")));
    }
    if let Some(state) = week.promise {
        said.push(format!("commitment {}", promise_name(state)));
    }
    format!("{}  {}", week.week, said.join("; "))
}

fn promise_name(state: PromiseState) -> &'static str {
    match state {
        PromiseState::LetGo => "let go",
        PromiseState::Moved => "moved",
        PromiseState::Kept => "kept",
        PromiseState::Missed => "missed",
        PromiseState::Open => "open",
        PromiseState::Due => "due",
    }
}
