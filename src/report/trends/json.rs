//! The trends of a practice and the last year as JSON, as the module above describes it.

use serde_json::{Map, Value as Json, json};

use super::promise_name;
use crate::insight::{ChartData, MonthBox, PracticeTrends, PromiseState, WeekOfYear};
use crate::practice::{Catalog, Practice};
use crate::report::json::json_object;
use crate::report::marks::mark_reason;
use crate::report::status::{box_id, progress_id};

/// The trends of a practice, on one line without a newline.
pub fn trends_json(practice: &Practice, trends: &PracticeTrends) -> String {
    let charts = trends.charts.iter().map(|(title, data)| {
        let mut chart = chart_json(data);
        chart["title"] = json!(title);
        chart
    });
    let recurring = trends
        .recurring
        .iter()
        .map(|(label, words, weeks)| json!({ "label": label, "words": words, "weeks": weeks }));
    let question = trends.question.as_ref().map(|question| {
        json!({
            "month": question.month.to_string(),
            "text": question.text,
            "why": mark_reason(question),
        })
    });
    json_object(&[
        ("practice", json!(practice.id)),
        ("charts", charts.collect()),
        ("recurring", recurring.collect()),
        ("question", json!(question)),
    ])
}

/// What a chart has, with its kind.
fn chart_json(data: &ChartData) -> Json {
    match data {
        ChartData::Line { degrees, weeks } => {
            let weeks = weeks.iter().map(|(week, degree)| {
                json!({ "week": week.to_string(), "degree": degree.map(|at| &degrees[at]) })
            });
            json!({ "kind": "line", "degrees": degrees, "weeks": weeks.collect::<Json>() })
        }
        ChartData::Grid { weeks, rows } => {
            let weeks = weeks.iter().map(ToString::to_string);
            json!({ "kind": "grid", "weeks": weeks.collect::<Vec<_>>(), "rows": mark_rows(rows) })
        }
        ChartData::Weeks(weeks) => {
            let weeks = weeks
                .iter()
                .map(|(week, text)| json!({ "week": week.to_string(), "text": text }));
            json!({ "kind": "weeks", "weeks": weeks.collect::<Json>() })
        }
        ChartData::Months { year, boxes } => {
            let months = (1..)
                .zip(boxes)
                .map(|(number, state): (u32, _)| month_json(*year, number, *state));
            json!({ "kind": "months", "months": months.collect::<Json>() })
        }
        ChartData::Stages(stages) => {
            let stages = stages
                .iter()
                .map(|(name, titles)| json!({ "name": name, "titles": titles }));
            json!({ "kind": "stages", "stages": stages.collect::<Json>() })
        }
        ChartData::Bars { bars, items } => {
            let bars = bars
                .iter()
                .map(|(name, count)| json!({ "name": name, "count": count }));
            json!({ "kind": "counts", "counts": bars.collect::<Json>(), "items": items })
        }
        ChartData::People(people) => {
            let people = people.iter().map(
                |(name, times, day)| json!({ "name": name, "times": times, "last": day.to_string() }),
            );
            json!({ "kind": "people", "people": people.collect::<Json>() })
        }
        ChartData::Turned(months) => {
            let months = months.iter().map(|(month, reached, began)| {
                json!({ "month": month.to_string(), "reached": reached, "began": began })
            });
            json!({ "kind": "turned", "months": months.collect::<Json>() })
        }
        ChartData::Versus { names, months } => {
            let months = months
                .iter()
                .map(|(month, counts)| json!({ "month": month.to_string(), "counts": counts }));
            json!({ "kind": "versus", "names": names, "months": months.collect::<Json>() })
        }
        ChartData::Areas(areas) => {
            let areas = areas.iter().map(|area| {
                let last = area.last.map(|day| day.to_string());
                json!({ "name": area.name, "kept": area.kept, "last": last, "open": area.open })
            });
            json!({ "kind": "areas", "areas": areas.collect::<Json>() })
        }
        ChartData::Marks { months, rows } => {
            let months = months.iter().map(ToString::to_string);
            json!({ "kind": "marks", "months": months.collect::<Vec<_>>(), "rows": mark_rows(rows) })
        }
    }
}

fn mark_rows<T: serde::Serialize>(rows: &[(String, Vec<T>)]) -> Json {
    rows.iter()
        .map(|(name, marks)| json!({ "name": name, "marks": marks }))
        .collect()
}

fn month_json(year: i32, number: u32, state: MonthBox) -> Json {
    let (name, solved) = box_id(state);
    json!({ "month": format!("{year}-{number:02}"), "box": name, "solved": solved })
}

/// The last year, oldest week first, on one line without a newline.
pub fn year_json(weeks: &[WeekOfYear], catalog: &Catalog) -> String {
    let weeks = weeks.iter().map(|week| {
        let practices: Map<String, Json> = catalog
            .walk()
            .zip(&week.progress)
            .map(|(practice, progress)| (practice.id.clone(), json!(progress_id(*progress))))
            .collect();
        json!({
            "week": week.week.to_string(),
            "off": week.is_off,
            "practices": practices,
            "commitment": week.promise.map(promise_id),
        })
    });
    json_object(&[("weeks", weeks.collect())])
}

/// The id of a state in the schema; only one differs from its name.
fn promise_id(state: PromiseState) -> &'static str {
    match state {
        PromiseState::LetGo => "let-go",
        other => promise_name(other),
    }
}
