//! What a page of a review says.
//!
//! Nothing says that there is none of something: what has no figure is left out. Knows no markup.

use super::with_same_days;
use crate::calendar::{Length, Span, Week, long_date};
use crate::insight::{
    AreaFigures, CommitmentInSpan, Excerpt, ExcerptKind, FigureChange, Progress, PublicReview,
    ReviewCharts,
};
use crate::journal::CommitmentOutcome;
use crate::report::days::{month_label, month_labels, span_days, span_title};
use crate::report::page::{
    Bar, BarRow, Block, Chart, Fact, Page, PageRow, Run, Shape, Under, WeekRow,
};
use crate::report::year_figures::{first_dates_row, helped_row, kept_row};
use crate::report::{counted_name, describe_change, due_shift_from, sentence, share_text};
use crate::text::{capitalized, counted_noun};

/// How many weeks can each have their number below the squares.
const NUMBERED_WEEKS: usize = 14;

/// A review as a page for others.
pub(super) fn review_page(review: &PublicReview) -> Page {
    let title = title(review);
    let days = date_range(review).map(Under::Quiet);
    let blocks = if review.review.is_empty() {
        vec![Block::Text(
            "",
            "Nothing was written in these days.".to_owned(),
        )]
    } else {
        sections(review).into_iter().flatten().collect()
    };
    Page {
        title: format!("Review, {title}"),
        heading: Run::Own("Review".to_owned()),
        under: [Under::Span(title)].into_iter().chain(days).collect(),
        about: Vec::new(),
        blocks,
        as_of: Some(review.review.figures.until),
    }
}

fn sections(review: &PublicReview) -> [Option<Block>; 9] {
    let figures = key_figures(review).into_iter().map(|(number, what)| {
        let what = Run::Own(format!(" {what}"));
        PageRow::Line(vec![Run::Strong(number), what], Vec::new())
    });
    let compared = changes_heading(review);
    let changes = changes(review).iter().map(|change| {
        let [sign, name, amount, rest] = describe_change(*change);
        let lead = Run::Own(format!("{sign} {name} "));
        PageRow::Line(vec![lead, Run::Strong(amount), Run::Own(rest)], Vec::new())
    });
    let stages = review.stages.as_ref().map(|stages| {
        let heading = capitalized(&format!("{} by the stage it reached", stages.singular));
        Block::Counts(heading, stages.rows.clone())
    });
    let helped = review.review.figures.helped.iter();
    let helped = helped.map(|(name, times)| PageRow::Name(counted_name(name, *times)));
    let months: Vec<(Run, String)> = excerpts(review, &[ExcerptKind::Month])
        .map(|one| (Run::Strong(one.about.clone()), one.text.clone()))
        .collect();
    let months = (!months.is_empty()).then_some(Block::Terms(months));
    // Evidence is with its commitment already.
    let quotes = excerpts(review, &[ExcerptKind::Story, ExcerptKind::Answer])
        .map(|one| Block::Quote(one.about.clone(), one.day, one.text.clone()));
    [
        Block::list("glance", "At a glance", "glance", figures),
        Block::list("changes", &compared, "changes", changes),
        Block::section("commitments", "Commitments", commitments(review)),
        Block::section("practices", "Practices", practices(review)),
        Block::section("areas", "Where the weeks went", areas(review)),
        Block::section("stages", "What moved on", stages),
        Block::list("helped", "People helped", "names", helped),
        Block::section("months", "The months in a sentence", months),
        Block::section("again", "Worth reading again", quotes),
    ]
}

/// How many there were, how they ended week by week or month by month, and each with its evidence.
fn commitments(review: &PublicReview) -> Vec<Block> {
    let counts = commitment_counts(review);
    if counts.is_empty() {
        return Vec::new();
    }
    let tallies = part_names(&review.charts).into_iter();
    let bars: Vec<Bar> = tallies
        .zip(&review.charts.tallies)
        .map(|(label, (_, tally))| Bar {
            label,
            full: tally.kept,
            hollow: tally.missed,
        })
        .collect();
    // One bar alone says no more than the sentence.
    let is_told = bars.len() > 1 && bars.iter().any(|bar| bar.full + bar.hollow > 0);
    let by = match review.review.figures.span.length() {
        Some(Length::Week) => "week",
        _ => "month",
    };
    let chart = is_told.then(|| {
        Block::Chart(Chart {
            id: "kept".to_owned(),
            title: format!("Kept, of those kept or missed, by {by}"),
            shape: Shape::Bars(bars),
        })
    });
    let rows = review.commitments.iter().map(|one| {
        let facts = commitment_facts(one).into_iter().map(Fact::Text).collect();
        let commitment = &one.commitment;
        PageRow::Entry(
            commitment.better.clone(),
            facts,
            commitment.evidence.clone(),
        )
    });
    let list = Block::List("brief", rows.collect());
    let counts = Block::Text("", counts);
    [counts].into_iter().chain(chart).chain([list]).collect()
}

/// Each practice with its weeks as squares, and in how many it was done; `None` if nothing was begun in
/// any.
fn practices(review: &PublicReview) -> Option<Block> {
    let (weeks, practices) = (&review.charts.weeks, &review.charts.practices);
    let mut all = practices
        .iter()
        .flat_map(|(_, weeks)| weeks.iter().flatten());
    if all.all(|progress| *progress == Progress::NotStarted) {
        return None;
    }
    let rows = practices.iter().map(|(name, weeks)| {
        let (done, asked) = Progress::count_asked(weeks);
        WeekRow {
            name: name.clone(),
            weeks: weeks.clone(),
            told: format!("{done} of {}", counted_noun(asked, "week")),
        }
    });
    let range = week_range(weeks);
    Some(Block::Chart(Chart {
        id: "weeks".to_owned(),
        title: format!("Done (full) and begun (hollow), {range}"),
        shape: Shape::Weeks(range, week_labels(weeks), rows.collect()),
    }))
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
fn areas(review: &PublicReview) -> Option<Block> {
    let areas = &review.review.figures.areas;
    let rows = areas.iter().map(|area| BarRow {
        name: area_name(area).to_owned(),
        count: area.commitments.active(),
        told: area_counts(area),
    });
    (!areas.is_empty()).then(|| {
        Block::Chart(Chart {
            id: "areas-chart".to_owned(),
            title: "Commitments by area".to_owned(),
            shape: Shape::BarRows(rows.collect()),
        })
    })
}

/// "November 2026".
fn title(review: &PublicReview) -> String {
    let figures = &review.review.figures;
    span_title(figures.span, figures.until)
}

/// "1 November to 24 November 2026, so far"; `None` if the title says so already.
fn date_range(review: &PublicReview) -> Option<String> {
    let figures = &review.review.figures;
    let days = span_days(figures.span.first(), figures.until);
    if figures.until < figures.span.last() {
        Some(days + ", so far")
    } else {
        figures.span.length().map(|_| days)
    }
}

/// "Compared with October 2026, same days".
fn changes_heading(review: &PublicReview) -> String {
    let before = &review.review.previous;
    let label = span_title(before.span, before.until);
    format!("Compared with {}", with_same_days(label, &review.review))
}

/// The figures, each a number and its label: "3 of 4", "commitments kept".
fn key_figures(review: &PublicReview) -> Vec<(String, String)> {
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
fn commitment_counts(review: &PublicReview) -> String {
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
fn commitment_facts(one: &CommitmentInSpan) -> Vec<String> {
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
fn area_counts(area: &AreaFigures) -> String {
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

/// The weeks that the squares of the practices are about: "week 37 to 48".
fn week_range(weeks: &[Week]) -> String {
    match (weeks.first(), weeks.last()) {
        (Some(first), Some(last)) if first < last => {
            format!("week {} to {}", first.number(), last.number())
        }
        (_, Some(last)) => format!("week {}", last.number()),
        _ => String::new(),
    }
}

/// The weeks or months of the commitments by their names: "48", "Nov".
fn part_names(charts: &ReviewCharts) -> Vec<String> {
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
fn changes(review: &PublicReview) -> &[FigureChange] {
    let changes = &review.review.changes;
    let had_some = |change: &FigureChange| change.before.is_some_and(|before| before > 0);
    if changes.iter().any(had_some) {
        changes
    } else {
        &[]
    }
}

/// What is worth reading again of these kinds.
fn excerpts<'a>(
    review: &'a PublicReview,
    kinds: &'a [ExcerptKind],
) -> impl Iterator<Item = &'a Excerpt> {
    let all = review.review.excerpts.iter();
    all.filter(|one| kinds.contains(&one.kind))
}
