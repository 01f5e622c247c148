//! What a page of a review says in words, the same as HTML and as Markdown.
//!
//! Nothing says that there is none of something: what has no figure is left out. Knows no markup.

use super::with_same_days;
use crate::calendar::{Length, Span, Week, long_date};
use crate::insight::{
    AreaFigures, CommitmentInSpan, Excerpt, ExcerptKind, FigureChange, Progress, PublicReview,
    ReviewCharts, TitlesByStage,
};
use crate::journal::CommitmentOutcome;
use crate::report::days::{month_label, span_days, span_title};
use crate::report::year_figures::{first_dates_row, helped_row, kept_row};
use crate::report::{due_shift_from, sentence, share_text};
use crate::text::{capitalized, counted_noun};

/// The heading of the figures.
pub(super) const KEY_FIGURES: &str = "At a glance";

/// The heading of the texts worth reading again.
pub(super) const EXCERPTS: &str = "Worth reading again";

/// The heading of what reached a stage.
pub(super) const STAGES: &str = "What moved on";

/// The heading of what was said of each month.
pub(super) const MONTHS: &str = "The months in a sentence";

/// The text of a page about a span in which nothing was written.
pub(super) const EMPTY: &str = "Nothing was written in these days.";

/// "November 2026".
pub(super) fn title(review: &PublicReview) -> String {
    let figures = &review.review.figures;
    span_title(figures.span, figures.until)
}

/// "1 November to 24 November 2026, so far"; `None` if the title says so already.
pub(super) fn date_range(review: &PublicReview) -> Option<String> {
    let figures = &review.review.figures;
    let days = span_days(figures.span.first(), figures.until);
    if figures.until < figures.span.last() {
        Some(days + ", so far")
    } else {
        figures.span.length().map(|_| days)
    }
}

/// "Compared with October 2026, same days".
pub(super) fn changes_heading(review: &PublicReview) -> String {
    let before = &review.review.previous;
    let label = span_title(before.span, before.until);
    format!("Compared with {}", with_same_days(label, &review.review))
}

/// The figures, each a number and its label: "3 of 4", "commitments kept".
pub(super) fn key_figures(review: &PublicReview) -> Vec<(String, String)> {
    let figures = &review.review.figures;
    let mut lines: Vec<(String, String)> = kept_row(figures).into_iter().collect();
    let streak = figures.record.streak;
    if !lines.is_empty() && streak > 1 {
        lines.push((streak.to_string(), "kept in a row".to_owned()));
    }
    lines.extend(first_dates_row(figures));
    let mut add = |number: String, label: &str| lines.push((number, label.to_owned()));
    let done = figures.practices_done();
    if done.part > 0 {
        add(share_text(done), "practices done");
    }
    let full = figures.full_weeks();
    if full > 0 && figures.span.length() != Some(Length::Week) {
        let label = if full == 1 { "full week" } else { "full weeks" };
        add(full.to_string(), label);
    }
    match figures.problems_solved {
        0 => {}
        1 => add("1".to_owned(), "problem solved"),
        solved => add(solved.to_string(), "problems solved"),
    }
    lines.extend(helped_row(figures));
    lines
}

/// "Made 4, kept 3, missed 1, moved 1."; empty without any.
pub(super) fn commitment_counts(review: &PublicReview) -> String {
    let figures = &review.review.figures;
    let tally = figures.commitments;
    let counts = [
        ("made", figures.made),
        ("kept", tally.kept),
        ("missed", tally.missed),
        ("moved", figures.moved),
        ("let go", tally.let_go),
        ("open", tally.open),
    ];
    let said: Vec<String> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    if said.is_empty() {
        return String::new();
    }
    sentence(&said.join(", "))
}

/// The facts beside a commitment: "process", "kept 6 November 2026", "moved once, first due 30
/// October 2026".
pub(super) fn commitment_facts(one: &CommitmentInSpan) -> Vec<String> {
    let commitment = &one.commitment;
    let mut facts = Vec::new();
    if !commitment.area.trim().is_empty() {
        facts.push(commitment.area.clone());
    }
    let state = one.outcome.map_or("open, due", CommitmentOutcome::name);
    facts.push(format!("{state} {}", long_date(one.day)));
    let first = long_date(commitment.first_due);
    facts.extend(commitment.moved.map(|moved| due_shift_from(moved, first)));
    facts
}

/// "5, 4 kept", for an area.
pub(super) fn area_counts(area: &AreaFigures) -> String {
    let tally = area.commitments;
    match (tally.active(), tally.kept) {
        (all, kept) if all == kept => format!("{all}, kept"),
        (all, 0) => all.to_string(),
        (all, kept) => format!("{all}, {kept} kept"),
    }
}

/// The name of an area.
pub(super) fn area_name(area: &AreaFigures) -> &str {
    match area.area.trim() {
        "" => "no area",
        name => name,
    }
}

/// The practices with their weeks; none if nothing was begun in any.
pub(super) fn practices(review: &PublicReview) -> &[(String, Vec<Option<Progress>>)] {
    let practices = &review.charts.practices;
    let mut weeks = practices
        .iter()
        .flat_map(|(_, weeks)| weeks.iter().flatten());
    if weeks.any(|progress| *progress != Progress::NotStarted) {
        practices
    } else {
        &[]
    }
}

/// The weeks that the squares of the practices are about: "week 37 to 48".
pub(super) fn week_range(weeks: &[Week]) -> String {
    match (weeks.first(), weeks.last()) {
        (Some(first), Some(last)) if first < last => {
            format!("week {} to {}", first.number(), last.number())
        }
        (_, Some(last)) => format!("week {}", last.number()),
        _ => String::new(),
    }
}

/// The weeks or months of the commitments by their names: "48", "Nov".
pub(super) fn part_names(charts: &ReviewCharts) -> Vec<String> {
    let year = |(span, _): &(Span, _)| span.first().format("%Y").to_string();
    let years = charts.tallies.first().map(year) != charts.tallies.last().map(year);
    let name = |(span, _): &(Span, _)| match span {
        Span::Week(week) => week.number().to_string(),
        Span::Month(month) => month_label(*month, years),
        other => span_title(*other, other.last()),
    };
    charts.tallies.iter().map(name).collect()
}

/// What differs from the span before, unless there was nothing in it to compare with.
pub(super) fn changes(review: &PublicReview) -> &[FigureChange] {
    let changes = &review.review.changes;
    let had_some = |change: &FigureChange| change.before.is_some_and(|before| before > 0);
    if changes.iter().any(had_some) {
        changes
    } else {
        &[]
    }
}

/// "Problem by the stage it reached".
pub(super) fn stages_heading(stages: &TitlesByStage) -> String {
    capitalized(&format!("{} by the stage it reached", stages.singular))
}

/// What was said of whole months.
pub(super) fn month_excerpts(review: &PublicReview) -> Vec<&Excerpt> {
    let of_month = |one: &&Excerpt| one.kind == ExcerptKind::Month;
    review.review.excerpts.iter().filter(of_month).collect()
}

/// What else is worth reading again; evidence is with its commitment already.
pub(super) fn excerpts(review: &PublicReview) -> Vec<&Excerpt> {
    let shown = [ExcerptKind::Story, ExcerptKind::Answer];
    let all = review.review.excerpts.iter();
    all.filter(|one| shown.contains(&one.kind)).collect()
}

/// "3 of 4 weeks", for a reader who does not see the squares.
pub(super) fn weeks_done(weeks: &[Option<Progress>]) -> String {
    let (done, asked) = Progress::count_asked(weeks);
    format!("{done} of {}", counted_noun(asked, "week"))
}
