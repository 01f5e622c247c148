//! The kinds of chart, each legible without colour.

use std::ops::Range;

use chrono::NaiveDate;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::calendar::{self, Month, Week};
use crate::insight::{Area, ChartData, MonthBox};
use crate::text;
use crate::ui::widget;
use crate::ui::{Canvas, Theme, sign};

/// The lines of a chart, and those of them that are about the chosen week.
pub(super) struct ChartLines {
    pub(super) all: Vec<Line<'static>>,
    pub(super) chosen: Range<usize>,
}

/// What is drawn of a chart in an area; `week` is the chosen one.
pub(super) fn chart_lines(
    drawing: &ChartData,
    week: Week,
    canvas: &Canvas,
    area: Rect,
) -> ChartLines {
    let all = match drawing {
        ChartData::Line { degrees, weeks } => scale_lines(degrees, weeks, week, canvas, area),
        ChartData::Grid { weeks, rows } => grid(weeks, rows, week, canvas, area),
        ChartData::Weeks(weeks) => return text_lines(weeks, week, canvas, area),
        ChartData::Months { year, boxes } => month_box_lines(*year, boxes, canvas),
        ChartData::Stages(rungs) => stages(rungs, canvas, area),
        ChartData::Bars { bars, items } => bar_lines(bars, *items, canvas, area),
        ChartData::People(people) => people_lines(people, canvas, area),
        ChartData::Turned(months) => month_share_lines(months, canvas, area),
        ChartData::Areas(areas) => area_lines(areas, canvas, area),
        ChartData::Marks { months, rows } => {
            let month = Month::of(week.thursday());
            mark_lines(months, rows, month, canvas, area)
        }
        ChartData::Versus { names, months } => month_pair_lines(names, months, canvas, area),
    };
    ChartLines { all, chosen: 0..0 }
}

/// The highest degree on top; a week without an answer is a gap.
fn scale_lines(
    degrees: &[String],
    weeks: &[(Week, Option<usize>)],
    week: Week,
    canvas: &Canvas,
    area: Rect,
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let lead = text::widest(degrees) + 2;
    let shown = last_items(weeks, usize::from(area.width).saturating_sub(lead) / 2);
    let mut lines: Vec<Line> = degrees
        .iter()
        .enumerate()
        .rev()
        .map(|(at, name)| {
            let mut spans = vec![Span::styled(text::fit(name, lead), theme.label)];
            for (then, degree) in shown {
                let (sign, style) = match degree {
                    Some(degree) if *degree == at => ("■ ", theme.good),
                    Some(degree) if *degree > at => ("│ ", theme.quiet),
                    Some(_) | None => ("  ", theme.quiet),
                };
                let style = if *then == week { theme.accent } else { style };
                spans.push(Span::styled(sign, style));
            }
            Line::from(spans)
        })
        .collect();
    let place = shown.iter().position(|(then, _)| *then == week);
    lines.push(caret_line(place.map(|at| lead + at * 2), canvas));
    lines
}

/// The text of each week, newest first, at most two lines each.
fn text_lines(weeks: &[(Week, String)], week: Week, canvas: &Canvas, area: Rect) -> ChartLines {
    let theme = canvas.theme;
    let width = usize::from(area.width).saturating_sub(WEEK).max(8);
    let mut all = Vec::new();
    let mut chosen = 0..0;
    for (then, said) in weeks {
        let start = all.len();
        let style = if *then == week {
            theme.accent
        } else {
            theme.quiet
        };
        let mut lead = format!("Week {}", then.number());
        let left = usize::from(area.height).saturating_sub(start);
        for line in text::wrap(&text::one_line(said), width, left.min(2)) {
            all.push(Line::from(vec![
                Span::styled(text::fit(&lead, WEEK), style),
                Span::styled(line, theme.words),
            ]));
            lead.clear();
        }
        if *then == week {
            chosen = start..all.len();
        }
    }
    if all.is_empty() {
        all.push(Line::styled("Nothing written yet.", theme.quiet));
    }
    ChartLines { all, chosen }
}

fn month_box_lines(year: i32, boxes: &[MonthBox], canvas: &Canvas) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let mut signs = Vec::new();
    for month in boxes {
        let (sign, style) = widget::month_sign(*month, theme);
        signs.push(Span::styled(format!("{sign} "), style));
    }
    let solved = boxes
        .iter()
        .filter(|month| matches!(month, MonthBox::Solved(_)))
        .count();
    vec![
        Line::styled("J F M A M J J A S O N D", theme.quiet),
        Line::from(signs),
        Line::styled(
            format!("{} in {year}", text::counted_noun(solved, "month")),
            theme.label,
        ),
    ]
}

/// A rung for each stage, with as many of its items below it as fit.
fn stages(rungs: &[(String, Vec<String>)], canvas: &Canvas, area: Rect) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let room = usize::from(area.width).saturating_sub(2);
    let height = usize::from(area.height);
    let wanted: Vec<usize> = rungs.iter().map(|(_, titles)| titles.len()).collect();
    let shown = widget::share_rows(&wanted, height.saturating_sub(rungs.len()));
    let mut lines = Vec::new();
    for ((name, titles), shown) in rungs.iter().zip(shown) {
        lines.push(Line::from(vec![
            Span::styled(format!("{name} "), theme.label),
            Span::styled(titles.len().to_string(), theme.words),
        ]));
        let newest = titles.iter().rev().take(shown);
        for (at, title) in (1..).zip(newest) {
            // The last one that fits says how many do not.
            let more = match titles.len() - shown {
                hidden if at == shown && hidden > 0 => format!(" and {hidden} more"),
                _ => String::new(),
            };
            let title = text::clip(
                &text::one_line(title),
                room.saturating_sub(text::width(&more)),
            );
            lines.push(Line::from(vec![
                Span::styled(format!("  {title}"), theme.words),
                Span::styled(more, theme.quiet),
            ]));
        }
    }
    lines
}

/// The least columns for a bar and its count.
const MIN_BAR: usize = 14;

fn bar_lines(
    bars: &[(String, usize)],
    items: usize,
    canvas: &Canvas,
    area: Rect,
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let width = usize::from(area.width);
    let widest = text::widest(bars.iter().map(|(name, _)| name));
    let lead = (widest + 2).min(width.saturating_sub(MIN_BAR));
    let most = bars.iter().map(|(_, count)| *count).max();
    let most = most.unwrap_or(0).max(1);
    let room = width.saturating_sub(lead + 5).clamp(1, 24);
    let mut lines: Vec<Line> = bars
        .iter()
        .map(|(name, count)| {
            let long = (count * room).div_ceil(most);
            Line::from(vec![
                Span::styled(
                    format!("{}  ", text::fit(name, lead.saturating_sub(2))),
                    theme.label,
                ),
                Span::styled("█".repeat(long), theme.good),
                Span::styled(format!(" {count}"), theme.words),
            ])
        })
        .collect();
    lines.push(Line::styled(format!("{items} in all"), theme.quiet));
    lines
}

/// As many people as fit, and how many more there are.
fn people_lines(
    people: &[(String, usize, NaiveDate)],
    canvas: &Canvas,
    area: Rect,
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    if people.is_empty() {
        return vec![Line::styled("No one yet.", theme.quiet)];
    }
    let names: Vec<&str> = people.iter().map(|(name, ..)| name.as_str()).collect();
    // After the name: how often in six columns, and the day in eleven.
    name_lines(&names, 20, canvas, area, |at, lead| {
        let (_, times, day) = &people[at];
        let is_narrow = usize::from(area.width) < lead + 25;
        let last = if is_narrow { "" } else { "last " };
        let day = calendar::medium_date(*day);
        [
            Span::styled(format!("{times:>3} ×  "), theme.good),
            Span::styled(format!("{last}{day}"), theme.quiet),
        ]
    })
}

/// Names in a column that leaves so many columns for what is `behind` each, and how many more there
/// are.
fn name_lines(
    names: &[&str],
    left: usize,
    canvas: &Canvas,
    area: Rect,
    behind: impl Fn(usize, usize) -> [Span<'static>; 2],
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let shown = widget::shown_count(names.len(), usize::from(area.height));
    let shown: Vec<String> = names[..shown].iter().copied().map(text::one_line).collect();
    let lead = text::widest(&shown).min(usize::from(area.width).saturating_sub(left));
    let line = |(at, name): (usize, &String)| {
        let name = format!("{}  ", text::fit(name, lead));
        let mut spans = vec![Span::styled(name, theme.words)];
        spans.extend(behind(at, lead));
        Line::from(spans)
    };
    let lines = shown.iter().enumerate().map(line);
    lines
        .chain(widget::more_line(names.len() - shown.len(), theme))
        .collect()
}

fn month_share_lines(
    months: &[(Month, usize, usize)],
    canvas: &Canvas,
    area: Rect,
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let mut lines: Vec<Line> = months
        .iter()
        .rev()
        .filter(|(_, _, all)| *all > 0)
        .map(|(month, turned, all)| {
            let said = format!(" {turned} of {all}");
            let room = usize::from(area.width).saturating_sub(MONTH + text::width(&said));
            let kinds = [
                ("■ ", *turned, theme.good),
                ("□ ", all - turned, theme.quiet),
            ];
            let mut spans = vec![month_span(*month, theme)];
            spans.extend(sign_spans(kinds, room, theme));
            spans.push(Span::styled(said, theme.words));
            Line::from(spans)
        })
        .collect();
    if lines.is_empty() {
        lines.push(Line::styled("None yet.", theme.quiet));
    }
    lines
}

/// A row for each month with any of the two, newest first.
fn month_pair_lines(
    names: &[String; 2],
    months: &[(Month, [usize; 2])],
    canvas: &Canvas,
    area: Rect,
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let kinds = [("▲ ", theme.due), ("■ ", theme.good)];
    let room = usize::from(area.width).saturating_sub(MONTH);
    let all = |at: usize| months.iter().map(|(_, counts)| counts[at]).sum::<usize>();
    let mut legend = Vec::new();
    for (at, (sign, style)) in kinds.into_iter().enumerate() {
        legend.push(Span::styled(sign, style));
        legend.push(Span::styled(
            format!("{} {}   ", names[at], all(at)),
            theme.label,
        ));
    }
    let mut lines = vec![Line::from(legend)];
    for (month, counts) in months.iter().rev() {
        if *counts == [0, 0] {
            continue;
        }
        let mut spans = vec![month_span(*month, theme)];
        let [one, other] = kinds;
        let counted = [(one.0, counts[0], one.1), (other.0, counts[1], other.1)];
        spans.extend(sign_spans(counted, room, theme));
        lines.push(Line::from(spans));
    }
    lines
}

/// The least number of columns for marks beside a long name.
const MIN_MARKS: usize = 12;

/// A row for each thing marked. Where the names are long the marks move close together, so that
/// more of a name can be read.
fn grid(
    weeks: &[Week],
    rows: &[(String, Vec<bool>)],
    week: Week,
    canvas: &Canvas,
    area: Rect,
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let width = usize::from(area.width);
    let full = text::widest(rows.iter().map(|(name, _)| name)) + 2;
    let (step, lead) = if full + 2 * MIN_MARKS <= width {
        (2, full)
    } else {
        (1, full.min(width.saturating_sub(MIN_MARKS)).max(2))
    };
    let fits = width.saturating_sub(lead) / step;
    let shown = last_items(weeks, fits);
    let mut lines: Vec<Line> = rows
        .iter()
        .map(|(name, marks)| {
            let mut spans = vec![Span::styled(
                format!("{}  ", text::fit(name, lead - 2)),
                theme.label,
            )];
            for (then, mark) in shown.iter().zip(last_items(marks, fits)) {
                let (sign, style) = if *mark {
                    (sign::DONE, theme.good)
                } else {
                    (sign::NOTHING, theme.quiet)
                };
                let style = if *then == week { theme.accent } else { style };
                spans.push(Span::styled(text::fit(sign, step), style));
            }
            Line::from(spans)
        })
        .collect();
    let place = shown.iter().position(|then| *then == week);
    lines.push(caret_line(place.map(|at| lead + at * step), canvas));
    lines
}

/// A row for each mark or choice, a column for each month.
fn mark_lines(
    months: &[Month],
    rows: &[(String, Vec<Option<bool>>)],
    month: Month,
    canvas: &Canvas,
    area: Rect,
) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let width = usize::from(area.width);
    let widest = text::widest(rows.iter().map(|(name, _)| name));
    let lead = (widest + 2).min(width.saturating_sub(2 * months.len()));
    let mut letters = vec![Span::raw(" ".repeat(lead))];
    for then in months {
        let style = if *then == month {
            theme.accent
        } else {
            theme.quiet
        };
        letters.push(Span::styled(format!("{} ", &then.name()[..1]), style));
    }
    let mut lines = vec![Line::from(letters)];
    lines.extend(rows.iter().map(|(name, marks)| {
        let name = text::fit(name, lead.saturating_sub(2));
        let mut spans = vec![Span::styled(format!("{name}  "), theme.label)];
        for (then, mark) in months.iter().zip(marks) {
            let (sign, style) = match mark {
                Some(true) => ("■ ", theme.good),
                Some(false) => ("· ", theme.quiet),
                None => ("  ", theme.quiet),
            };
            let style = if *then == month { theme.accent } else { style };
            spans.push(Span::styled(sign, style));
        }
        Line::from(spans)
    }));
    lines
}

/// Each area with how often it was led and when last; those that were not, quietly.
fn area_lines(areas: &[Area], canvas: &Canvas, area: Rect) -> Vec<Line<'static>> {
    let theme = canvas.theme;
    let names: Vec<&str> = areas.iter().map(|area| area.name.as_str()).collect();
    // After the name: how often in six columns, and the day with what is open in 22.
    name_lines(&names, 28, canvas, area, |at, _| {
        let area = &areas[at];
        let kept = match area.kept {
            0 => " ".repeat(6),
            kept => format!("{kept:>3} ×  "),
        };
        let day = area.last.map(calendar::medium_date);
        let day = day.unwrap_or_else(|| "not yet".to_owned());
        let state = if area.open {
            format!("{day} · open")
        } else {
            day
        };
        [
            Span::styled(kept, theme.good),
            Span::styled(state, theme.quiet),
        ]
    })
}

/// A caret in the column of the chosen week.
fn caret_line(column: Option<usize>, canvas: &Canvas) -> Line<'static> {
    match column {
        Some(column) => Line::from(vec![
            Span::raw(" ".repeat(column)),
            Span::styled("▴", canvas.theme.accent),
        ]),
        None => Line::default(),
    }
}

/// The columns of a week's name.
const WEEK: usize = 9;

/// The columns of a month's name.
const MONTH: usize = 5;

fn month_span(month: Month, theme: &Theme) -> Span<'static> {
    Span::styled(format!("{}  ", &month.name()[..3]), theme.label)
}

/// A sign for each thing of two kinds. If `room` is too small for all, what is not drawn of a kind
/// is counted, and neither takes what the other needs of its half.
fn sign_spans(
    kinds: [(&str, usize, Style); 2],
    room: usize,
    theme: &Theme,
) -> impl Iterator<Item = Span<'static>> {
    let wanted = kinds.map(|(_, count, _)| count * 2);
    let others = [wanted[1], wanted[0]];
    let room = room / 2 * 2;
    let quiet = theme.quiet;
    kinds
        .into_iter()
        .zip(others)
        .flat_map(move |(kind, other)| {
            let (sign, count, style) = kind;
            let room = room.saturating_sub(other.min(room / 2));
            let drawn = if count * 2 <= room {
                count
            } else {
                let more = format!("+{count} ");
                room.saturating_sub(more.len()) / 2
            };
            let more = (drawn < count).then(|| Span::styled(format!("+{} ", count - drawn), quiet));
            std::iter::once(Span::styled(sign.repeat(drawn), style)).chain(more)
        })
}

fn last_items<T>(all: &[T], count: usize) -> &[T] {
    &all[all.len().saturating_sub(count)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_without_room_are_counted() {
        use super::super::super::{Background, ColorDepth};
        let theme = Theme::new(ColorDepth::None, Background::Dark);
        let drawn = |counts: [usize; 2], room| {
            let kinds = [
                ("■ ", counts[0], theme.good),
                ("□ ", counts[1], theme.quiet),
            ];
            let spans = sign_spans(kinds, room, &theme);
            spans
                .map(|span| span.content.into_owned())
                .collect::<String>()
        };
        assert_eq!(drawn([1, 2], 6), "■ □ □ ");
        assert_eq!(drawn([1, 22], 24), "■ □ □ □ □ □ □ □ □ □ +13 ");
        assert_eq!(drawn([30, 22], 24), "■ ■ ■ ■ +26 □ □ □ □ +18 ");
        for room in 16..60 {
            for counts in [[0, 99], [99, 0], [99, 999], [3, 40], [7, 6]] {
                let drawn = drawn(counts, room);
                assert!(text::width(&drawn) <= room, "{drawn} in {room}");
            }
        }
    }
}
