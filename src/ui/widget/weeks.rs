//! Weeks side by side, with the names of their months.

use ratatui::text::{Line, Span};

use crate::calendar::{Month, Week};
use crate::insight::QuestionYear;
use crate::ui::{Theme, sign};

/// The names of the months in which weeks begin to stand, each where there is room for it.
pub(super) fn month_names(weeks: impl IntoIterator<Item = (usize, Week)>) -> String {
    let mut names = String::new();
    let mut before = None;
    for (column, week) in weeks {
        let month = Month::of(week.thursday());
        let is_first = before.replace(month) != Some(month);
        let used = names.len();
        if is_first && (used == 0 || used < column) {
            names.push_str(&" ".repeat(column - used));
            names.push_str(&month.name()[..3]);
        }
    }
    names
}

/// How much was answered week by week, as bars of two rows above the months; as many of the last
/// weeks as fit.
pub(super) fn year_bars(year: &QuestionYear, columns: usize, theme: &Theme) -> Vec<Line<'static>> {
    let most = year.amounts.iter().max().copied().unwrap_or(0).max(1);
    let weeks: Vec<(Week, usize)> = year
        .weeks
        .iter()
        .copied()
        .zip(year.amounts.iter().copied())
        .collect();
    // A column for each week, and one between two months.
    let month = |week: Week| Month::of(week.thursday());
    let mut used = 0;
    let first = weeks.iter().enumerate().rev().find_map(|(at, (week, _))| {
        let next = weeks.get(at + 1);
        let gap = usize::from(next.is_some_and(|(next, _)| month(*next) != month(*week)));
        used += 1 + gap;
        (used > columns).then_some(at + 1)
    });
    let shown = &weeks[first.unwrap_or(0)..];
    let mut rows = [Vec::new(), Vec::new()];
    let mut places = Vec::new();
    let mut column = 0;
    let mut before = None;
    for (week, amount) in shown {
        if before
            .replace(month(*week))
            .is_some_and(|last| last != month(*week))
        {
            for row in &mut rows {
                row.push(Span::raw(" "));
            }
            column += 1;
        }
        places.push((column, *week));
        column += 1;
        // Of sixteen steps, at least one is shown.
        let height = (amount * 16).div_ceil(most);
        let halves = [height.saturating_sub(8), height.min(8)];
        for (row, half) in rows.iter_mut().zip(halves) {
            row.push(Span::styled(sign::HEIGHTS[half], theme.good));
        }
        if *amount == 0
            && let Some(last) = rows[1].last_mut()
        {
            *last = Span::styled(sign::NOTHING, theme.quiet);
        }
    }
    let months = month_names(places);
    let mut lines: Vec<Line> = rows.into_iter().map(Line::from).collect();
    lines.push(Line::styled(months, theme.quiet));
    lines
}
