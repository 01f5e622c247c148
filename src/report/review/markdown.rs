//! The review of a span as Markdown (`CommonMark`), with the tables that most readers support.
//!
//! No user text becomes markup. Knows nothing of how the figures were counted, nor of what was left
//! out.

use std::fmt::Write;

use super::sentences;
use crate::calendar::long_date;
use crate::insight::{Progress, PublicReview};
use crate::report::markdown::{
    escape_cell, escape_line, listed, own_line, paragraphs, write_counts, write_list,
};
use crate::report::{counted_name, describe_change};

/// A review as a page of Markdown; every line ends in a newline.
pub(super) fn review_markdown(review: &PublicReview) -> String {
    let mut page = format!("# Review\n\n**{}**\n", sentences::title(review));
    if let Some(days) = sentences::date_range(review) {
        let _ = writeln!(page, "\n{days}");
    }
    if review.review.is_empty() {
        let _ = writeln!(page, "\n{}", sentences::EMPTY);
        return page;
    }
    let figures = sentences::key_figures(review);
    let figures = figures
        .into_iter()
        .map(|(number, what)| format!("- **{number}** {what}"));
    write_list(sentences::KEY_FIGURES, figures, &mut page);
    let changes = sentences::changes(review).iter().map(|change| {
        let [sign, name, amount, rest] = describe_change(*change);
        format!("- {sign} {name} **{amount}**{rest}")
    });
    write_list(&sentences::changes_heading(review), changes, &mut page);
    write_commitments(review, &mut page);
    write_practices(review, &mut page);
    let areas = review.review.figures.areas.iter().map(|area| {
        let name = escape_line(sentences::area_name(area));
        format!("- {name}: {}", sentences::area_counts(area))
    });
    write_list("Where the weeks went", areas, &mut page);
    if let Some(stages) = &review.stages {
        let _ = writeln!(page, "\n## {}", sentences::STAGES);
        write_counts(&sentences::stages_heading(stages), &stages.rows, &mut page);
    }
    let helped = review.review.figures.helped.iter();
    let helped = helped.map(|(name, times)| {
        let name = counted_name(name, *times);
        format!("- {}", escape_line(&name))
    });
    write_list("People helped", helped, &mut page);
    let months = sentences::month_excerpts(review).into_iter();
    let months = months.map(|one| {
        let (month, text) = (escape_line(&one.about), own_line(&one.text));
        format!("- **{month}**: {text}")
    });
    write_list(sentences::MONTHS, months, &mut page);
    write_excerpts(review, &mut page);
    page
}

fn write_commitments(review: &PublicReview, page: &mut String) {
    let counts = sentences::commitment_counts(review);
    if counts.is_empty() {
        return;
    }
    let _ = writeln!(page, "\n## Commitments\n\n{counts}\n");
    for one in &review.commitments {
        let facts = sentences::commitment_facts(one);
        let commitment = &one.commitment;
        page.push_str(&listed(&commitment.better, &facts, &commitment.evidence));
    }
}

/// Each practice with its weeks as squares, and in how many it was done.
fn write_practices(review: &PublicReview, page: &mut String) {
    let practices = sentences::practices(review);
    if practices.is_empty() {
        return;
    }
    let weeks = sentences::week_range(&review.charts.weeks);
    let _ = writeln!(
        page,
        "\n## Practices\n\n| {weeks} | ■ done, ▪ begun | done |\n|---|---|---:|"
    );
    for (name, progress) in practices {
        let signs: String = progress
            .iter()
            .map(|it| match it {
                Some(Progress::Done) => "■",
                Some(Progress::Partial) => "▪",
                Some(Progress::NotStarted) => "·",
                // Two of them would strike out what is between.
                None => "\\~",
            })
            .collect();
        let (done, _) = Progress::count_asked(progress);
        let _ = writeln!(page, "| {} | {signs} | {done} |", escape_cell(name));
    }
}

fn write_excerpts(review: &PublicReview, page: &mut String) {
    let excerpts = sentences::excerpts(review);
    if !excerpts.is_empty() {
        let _ = writeln!(page, "\n## {}", sentences::EXCERPTS);
    }
    for one in excerpts {
        let (about, day) = (escape_line(&one.about), long_date(one.day));
        let _ = writeln!(page, "\n### {about}\n\n{day}\n");
        for line in paragraphs(&one.text).lines() {
            let _ = writeln!(page, "> {line}");
        }
    }
}
