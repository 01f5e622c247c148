//! The program's own sentences in a portfolio, the same in every format.
//!
//! In the first person, for other readers. Knows no markup.

use crate::insight::{
    Piece, Portfolio, PortfolioSection, PublicCommitment, PublicPage, PublicValue, ScaleByWeek,
};
use crate::report::days::{long_date, span_days, span_title};
use crate::report::describe_due_shift;
use crate::text::counted_noun;

/// The text of an empty portfolio.
pub(super) const EMPTY: &str = "Nothing here yet. What is kept, solved, built and learned appears \
    here by itself, as it is written down.";

/// The heading of the figures.
pub(super) const KEY_FIGURES: &str = "At a glance";

/// The heading of the months.
pub(super) const MONTHS: &str = "Month by month";

/// "October to December 2026", or the days if it has no name.
pub(super) fn title(portfolio: &Portfolio) -> String {
    span_title(portfolio.span, portfolio.until)
}

/// "1 October to 24 November 2026".
pub(super) fn date_range(portfolio: &Portfolio) -> String {
    span_days(portfolio.span, portfolio.until)
}

/// The figures, each a number and its label: "17 of 21", "commitments kept".
#[must_use]
pub fn key_figures(portfolio: &Portfolio) -> Vec<(String, String)> {
    let figures = &portfolio.figures;
    let mut lines = Vec::new();
    let rate = figures.commitments.rate();
    if rate.whole > 0 {
        lines.push((
            format!("{} of {}", rate.part, rate.whole),
            "commitments kept".to_owned(),
        ));
    }
    let first = figures.first_date_rate();
    if first.whole > 0 {
        lines.push((
            format!("{} of {}", first.part, first.whole),
            "by the day first promised".to_owned(),
        ));
    }
    for section in portfolio.sections.iter().filter(|it| it.register.is_some()) {
        if section.included_count() > 0 {
            lines.push((
                section.included_count().to_string(),
                section.heading.clone(),
            ));
        }
    }
    for people in &portfolio.people {
        lines.push((people.names.len().to_string(), people.heading.clone()));
    }
    lines
}

/// "A selection: 15 of 17."; `None` if all evidence is included.
pub(super) fn selection_note(section: &PortfolioSection) -> Option<String> {
    let pieces = section.pieces.iter();
    let left_out = pieces
        .filter(|it| it.is_evidence && !it.is_included)
        .count();
    let of = section.evidence_count();
    (left_out > 0).then(|| format!("A selection: {} of {of}.", of - left_out))
}

/// The facts beside a commitment: "process", "kept 6 November 2026", "first due 30 October
/// 2026", "moved once".
#[must_use]
pub fn commitment_facts(piece: &Piece, pledge: &PublicCommitment) -> Vec<String> {
    let mut facts = Vec::new();
    if !pledge.area.trim().is_empty() {
        facts.push(pledge.area.clone());
    }
    facts.push(format!("{} {}", piece.state, long_date(piece.day)));
    facts.push(format!("first due {}", long_date(pledge.first_due)));
    facts.extend(pledge.moved.map(describe_due_shift));
    facts
}

/// "done 20 November 2026", and the other facts of an item, by their headings.
pub(super) fn item_facts(piece: &Piece, story: &PublicPage) -> Vec<(Option<String>, PublicValue)> {
    let mut facts: Vec<(Option<String>, PublicValue)> = Vec::new();
    for (heading, said) in &story.sections {
        facts.push((Some(heading.clone()), said.clone()));
    }
    let state = format!("{} {}", piece.state, long_date(piece.day));
    facts.push((None, PublicValue::Line(state.trim_start().to_owned())));
    for stage in &story.stages {
        let with = stage.fields.iter();
        facts.extend(with.map(|(heading, said)| (Some(heading.clone()), said.clone())));
    }
    facts
}

/// "exceptional: 9 weeks", highest first.
pub(super) fn degree_counts(scale: &ScaleByWeek) -> Vec<(&str, String)> {
    let degrees = scale.degrees.iter().enumerate().rev();
    let counted = degrees.map(|(at, name)| {
        let weeks = scale.weeks.iter().filter(|(_, degree)| *degree == Some(at));
        (name.as_str(), counted_noun(weeks.count(), "week"))
    });
    counted.collect()
}

/// A scale drawn with signs, a line per year: "2026", "▁▁▄█ █".
pub(super) fn sparklines(scale: &ScaleByWeek) -> Vec<(i32, String)> {
    const SIGNS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let highest = scale.degrees.len().saturating_sub(1).max(1);
    let mut lines: Vec<(i32, String)> = Vec::new();
    for (week, degree) in &scale.weeks {
        let sign = degree.map_or('·', |degree| SIGNS[(7 * degree / highest).min(7)]);
        match lines.last_mut() {
            Some((year, line)) if *year == week.year() => line.push(sign),
            _ => lines.push((week.year(), sign.to_string())),
        }
    }
    lines
}
