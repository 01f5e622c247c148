//! The review of a span as one self-contained page of HTML, with its charts.
//!
//! Knows nothing of how the figures were counted, nor of what was left out.

use std::fmt::Write;

use super::sentences;
use crate::calendar::{Length, Week, long_date};
use crate::insight::{Progress, PublicReview};
use crate::report::days::month_labels;
use crate::report::describe_change;
use crate::report::html::{
    Bar, BarRow, Chart, RowLabel, SquareRow, begin_section, document, end_section, escape_line,
    linked_line, paragraphs, write_bars, write_commitment, write_counts, write_figure, write_list,
    write_names,
};

/// How many weeks can each have their number below the squares.
const NUMBERED_WEEKS: usize = 14;

/// A review as a page of HTML; every line ends in a newline.
pub(super) fn review_html(review: &PublicReview) -> String {
    let title = sentences::title(review);
    let mut body = format!("<header>\n<h1>Review</h1>\n<p class=\"span\">{title}</p>\n");
    if let Some(days) = sentences::date_range(review) {
        let _ = writeln!(body, "<p class=\"quiet\">{days}</p>");
    }
    body.push_str("</header>\n<main>\n");
    if review.review.is_empty() {
        let _ = writeln!(body, "<p>{}</p>", sentences::EMPTY);
    } else {
        let figures = sentences::key_figures(review).into_iter();
        let figures =
            figures.map(|(number, what)| format!("<li><strong>{number}</strong> {what}</li>"));
        write_list(
            "glance",
            sentences::KEY_FIGURES,
            "glance",
            figures,
            &mut body,
        );
        let heading = sentences::changes_heading(review);
        let changes = sentences::changes(review).iter().map(|change| {
            let [sign, name, amount, rest] = describe_change(*change);
            format!("<li>{sign} {name} <strong>{amount}</strong>{rest}</li>")
        });
        write_list("changes", &heading, "changes", changes, &mut body);
        write_commitments(review, &mut body);
        write_practices(review, &mut body);
        write_areas(review, &mut body);
        write_stages(review, &mut body);
        let helped = &review.review.figures.helped;
        write_names("helped", "People helped", helped, &mut body);
        write_months(review, &mut body);
        write_excerpts(review, &mut body);
    }
    let day = long_date(review.review.figures.until);
    let _ = writeln!(body, "</main>\n<footer><p>As of {day}.</p></footer>");
    document(&format!("Review, {title}"), &body)
}

fn write_commitments(review: &PublicReview, page: &mut String) {
    let tallies = &review.charts.tallies;
    let counts = sentences::commitment_counts(review);
    if review.commitments.is_empty() && counts.is_empty() {
        return;
    }
    begin_section(page, "commitments", "Commitments");
    let _ = writeln!(page, "<p>{counts}</p>");
    let bars: Vec<Bar> = sentences::part_names(&review.charts)
        .into_iter()
        .zip(tallies)
        .map(|(label, (_, tally))| Bar {
            label,
            full: tally.kept,
            hollow: tally.missed,
        })
        .collect();
    // One bar alone says no more than the sentence.
    if bars.len() > 1 && bars.iter().any(|bar| bar.full + bar.hollow > 0) {
        let by = match review.review.figures.span.length() {
            Some(Length::Week) => "Kept, of those kept or missed, by week",
            _ => "Kept, of those kept or missed, by month",
        };
        write_bars("kept", by, &bars, page);
    }
    page.push_str("<ul class=\"brief\">\n");
    for one in &review.commitments {
        let facts = sentences::commitment_facts(one);
        let commitment = &one.commitment;
        write_commitment(&commitment.better, &facts, &commitment.evidence, page);
    }
    page.push_str("</ul>\n");
    end_section(page);
}

/// Each practice with its weeks as squares, and in how many it was done.
fn write_practices(review: &PublicReview, page: &mut String) {
    let (weeks, practices) = (&review.charts.weeks, sentences::practices(review));
    if practices.is_empty() {
        return;
    }
    let rows: Vec<SquareRow> = practices
        .iter()
        .map(|(name, progress)| SquareRow {
            label: RowLabel::new(name),
            squares: progress.clone(),
            note: Progress::count_asked(progress).0.to_string(),
        })
        .collect();
    let told: Vec<String> = practices
        .iter()
        .map(|(name, progress)| {
            let done = sentences::weeks_done(progress);
            format!("{}: {done}", escape_line(name))
        })
        .collect();
    let range = sentences::week_range(weeks);
    let title = format!("Done (full) and begun (hollow), {range}");
    let chart = Chart {
        id: "weeks",
        title: &title,
        description: &told.join(", "),
    };
    begin_section(page, "practices", "Practices");
    let drawing = chart.square_rows(&rows, &week_labels(weeks));
    write_figure(chart.title, &drawing, page);
    end_section(page);
}

/// The numbers of the weeks; of many, the months in which they are, by position.
fn week_labels(weeks: &[Week]) -> Vec<(usize, String)> {
    if weeks.len() > NUMBERED_WEEKS {
        return month_labels(weeks.iter().copied());
    }
    let numbers = weeks.iter().map(|week| week.number().to_string());
    numbers.enumerate().collect()
}

/// How many commitments each area had.
fn write_areas(review: &PublicReview, page: &mut String) {
    let areas = &review.review.figures.areas;
    if areas.is_empty() {
        return;
    }
    let told: Vec<String> = areas
        .iter()
        .map(|area| {
            let name = escape_line(sentences::area_name(area));
            format!("{name}: {}", sentences::area_counts(area))
        })
        .collect();
    let rows: Vec<BarRow> = areas
        .iter()
        .map(|area| BarRow {
            label: RowLabel::new(sentences::area_name(area)),
            count: area.commitments.active(),
            note: sentences::area_counts(area),
        })
        .collect();
    let chart = Chart {
        id: "areas-chart",
        title: "Commitments by area",
        description: &told.join("; "),
    };
    begin_section(page, "areas", "Where the weeks went");
    write_figure(chart.title, &chart.bar_rows(&rows), page);
    end_section(page);
}

fn write_stages(review: &PublicReview, page: &mut String) {
    let Some(stages) = &review.stages else {
        return;
    };
    begin_section(page, "stages", sentences::STAGES);
    write_counts(&sentences::stages_heading(stages), &stages.rows, page);
    end_section(page);
}

fn write_months(review: &PublicReview, page: &mut String) {
    let months = sentences::month_excerpts(review);
    if months.is_empty() {
        return;
    }
    begin_section(page, "months", sentences::MONTHS);
    page.push_str("<dl class=\"about\">\n");
    for one in months {
        let (month, text) = (escape_line(&one.about), linked_line(&one.text));
        let _ = writeln!(page, "<dt>{month}</dt><dd dir=\"auto\">{text}</dd>");
    }
    page.push_str("</dl>\n");
    end_section(page);
}

fn write_excerpts(review: &PublicReview, page: &mut String) {
    let excerpts = sentences::excerpts(review);
    if excerpts.is_empty() {
        return;
    }
    begin_section(page, "again", sentences::EXCERPTS);
    for one in excerpts {
        let _ = writeln!(
            page,
            "<article>\n<h3 dir=\"auto\">{}</h3>\n<p class=\"facts\">{}</p>\n\
             <blockquote>{}</blockquote>\n</article>",
            escape_line(&one.about),
            long_date(one.day),
            paragraphs(&one.text)
        );
    }
    end_section(page);
}
