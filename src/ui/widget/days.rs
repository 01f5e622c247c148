//! The life of a commitment as a line of days: made, moved, due, today.

use chrono::{Datelike, NaiveDate};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::calendar;
use crate::journal::{Commitment, DueShift, OffDays};
use crate::report;
use crate::text;
use crate::ui::Theme;
use crate::ui::sign;
use crate::ui::size::TEXT_COLUMNS;

/// The most columns of a day.
const DAY_COLUMNS: usize = 2;

#[derive(Clone, Copy, Eq, PartialEq)]
enum MarkKind {
    Made,
    MovedFrom,
    Due,
    Today,
}

#[derive(Clone, Copy)]
struct Point {
    on: NaiveDate,
    kind: MarkKind,
}

/// "Fri 13 »━━━━━━━ Fri 20 ◎━━━◆ today, 4 days over", to scale as far as there is room; the day it
/// was first due stays whatever is left out. `None` if there is no room for that.
pub(in crate::ui) fn days_line(
    commitment: &Commitment,
    today: NaiveDate,
    off: &OffDays,
    room: usize,
    theme: &Theme,
) -> Option<Line<'static>> {
    let room = room.min(usize::from(TEXT_COLUMNS));
    let (due, over) = (off.due_day(commitment), off.days_over(commitment, today));
    let mut points = points(commitment, off, today);
    let mut end = match over {
        Some(over) if over > 0 => format!("today, {} over", text::counted_noun(over, "day")),
        None if due < today => "today, a day off".to_owned(),
        _ => calendar::humanize(due.max(today), today),
    };
    if matches!(commitment.due_shift(), Some(DueShift::Earlier))
        && let Some(history) = report::due_history(commitment, off, today)
    {
        end = format!("{end} · {history}");
    }
    let moves = |points: &[Point]| {
        let moved = points
            .iter()
            .filter(|point| point.kind == MarkKind::MovedFrom);
        moved.count()
    };
    let all_moves = moves(&points);
    loop {
        let mut told = end.clone();
        if moves(&points) < all_moves
            && let Some(shift) = commitment.due_shift()
        {
            told = format!("{told} · {}", report::describe_due_shift(shift));
        }
        let least = points.len() + labels_width(&points, today) + text::width(&told) + 1;
        // At least a column between two of them.
        let least = least + points.len() - 1;
        if let Some(left) = room.checked_sub(least) {
            return Some(line(&points, left, &told, today, over.is_some(), theme));
        }
        // The moves in between go first, then the day it was made.
        let later_moves = points
            .iter()
            .rposition(|point| point.kind == MarkKind::MovedFrom);
        let goes = match later_moves.filter(|_| moves(&points) > 1) {
            Some(at) => at,
            None => points
                .iter()
                .position(|point| point.kind == MarkKind::Made)?,
        };
        points.remove(goes);
    }
}

/// The columns of the days, with the blanks around them.
fn labels_width(points: &[Point], today: NaiveDate) -> usize {
    let columns = points.iter().enumerate().map(|(at, point)| {
        let label = text::width(&label(*point, today));
        let has_two = at > 0 && point.on <= today;
        if label > 0 {
            label + 1 + usize::from(has_two)
        } else {
            0
        }
    });
    columns.sum()
}

/// By day; of several on one day, the first.
fn points(commitment: &Commitment, off: &OffDays, today: NaiveDate) -> Vec<Point> {
    let due = off.due_day(commitment);
    let moved = commitment.moves.iter();
    let moved = moved.map(|moved| off.first_day_back(moved.from));
    let moved = moved.filter(|from| *from < due);
    let mut points: Vec<Point> = moved
        .map(|on| (on, MarkKind::MovedFrom))
        .chain([
            (due, MarkKind::Due),
            (commitment.made, MarkKind::Made),
            (today, MarkKind::Today),
        ])
        .map(|(on, kind)| Point { on, kind })
        .collect();
    points.sort_by_key(|point| point.on);
    points.dedup_by_key(|point| point.on);
    points
}

fn line(
    points: &[Point],
    room: usize,
    end: &str,
    today: NaiveDate,
    is_due: bool,
    theme: &Theme,
) -> Line<'static> {
    let urgent = |style: Style| if is_due { theme.due } else { style };
    let days = |from: &Point, to: &Point| {
        usize::try_from((to.on - from.on).num_days()).unwrap_or_default()
    };
    let all: usize = points.windows(2).map(|pair| days(&pair[0], &pair[1])).sum();
    let mut spans = Vec::new();
    let mut before: Option<&Point> = None;
    for point in points {
        if let Some(before) = before {
            let days = days(before, point);
            let more = (days * room).checked_div(all).unwrap_or_default();
            let columns = 1 + more.min((days * DAY_COLUMNS).saturating_sub(1));
            let (sign, style) = if point.on > today {
                (sign::DAYS_AHEAD, theme.quiet)
            } else if before.kind == MarkKind::Made {
                (sign::DAYS_GONE, theme.quiet)
            } else {
                (sign::DAYS_GONE, urgent(theme.quiet))
            };
            spans.push(Span::styled(sign.repeat(columns), style));
        }
        let label = label(*point, today);
        let (sign, style) = match point.kind {
            MarkKind::Made => (sign::DAY_MADE, theme.quiet),
            MarkKind::MovedFrom => (sign::MOVED, theme.due),
            MarkKind::Due => (sign::DAY_DUE, urgent(theme.accent)),
            MarkKind::Today => (sign::TODAY, urgent(theme.accent)),
        };
        let sign = Span::styled(sign, style);
        if label.is_empty() {
            spans.push(sign);
        } else if point.on > today {
            spans.push(sign);
            spans.push(Span::styled(format!(" {label}"), theme.label));
        } else {
            let blank = if before.is_some() { " " } else { "" };
            spans.push(Span::styled(format!("{blank}{label} "), theme.label));
            spans.push(sign);
        }
        before = Some(point);
    }
    spans.push(Span::styled(format!(" {end}"), urgent(theme.accent)));
    Line::from(spans)
}

/// The day, without the month of today; today needs none.
fn label(point: Point, today: NaiveDate) -> String {
    if point.kind == MarkKind::Today {
        return String::new();
    }
    day_label(point.on, today)
}

/// "Fri 13", or "Fri 30 Oct" in another month.
fn day_label(day: NaiveDate, today: NaiveDate) -> String {
    let mut label = calendar::short_date(day, today);
    if (day.year(), day.month()) == (today.year(), today.month())
        && let Some(end) = label.rfind(' ')
    {
        label.truncate(end);
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::samples::entry_on;
    use crate::journal::{Body, Item, Journal, OffDays};
    use crate::practice::builtin;
    use crate::ui::{Background, ColorDepth};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn commitment(made: &str, due: &str) -> Commitment {
        Commitment {
            better: "x".to_owned(),
            area: String::new(),
            due: day(due),
            made: day(made),
            moves: Vec::new(),
            closing: None,
            origin: None,
        }
    }

    #[track_caller]
    fn check(commitment: &Commitment, room: usize, expected: Option<&str>) {
        let theme = Theme::new(ColorDepth::None, Background::Dark);
        let today = day("2026-11-24");
        let line = days_line(commitment, today, &OffDays::default(), room, &theme);
        let line = line.map(|line| line.to_string());
        assert_eq!(line.as_deref(), expected);
        assert!(line.is_none_or(|line| text::width(&line) <= room));
    }

    #[test]
    fn days_are_to_scale_up_to_today_and_after() {
        let open = commitment("2026-11-23", "2026-11-27");
        check(&open, 60, Some("Mon 23 ●━━◆╌╌╌╌╌╌◎ Fri 27 in 3 days"));
        check(&open, 33, Some("Mon 23 ●━━◆╌╌╌╌◎ Fri 27 in 3 days"));
        let new = commitment("2026-11-24", "2026-12-04");
        check(&new, 36, Some("Tue 24 ●╌╌╌╌╌╌◎ Fri 4 Dec in 10 days"));
        check(&new, 20, None);
        let today = commitment("2026-11-23", "2026-11-24");
        check(&today, 60, Some("Mon 23 ●━━ Tue 24 ◎ today"));
    }

    #[test]
    fn the_day_it_was_first_due_stays_the_longest() {
        let mut moved = commitment("2026-11-02", "2026-11-06");
        moved.move_to(day("2026-11-13"), day("2026-11-06"), "");
        moved.move_to(day("2026-11-20"), day("2026-11-13"), "");
        let whole = "Mon 2 ●━━ Fri 6 »━━━ Fri 13 »━━━ Fri 20 ◎━━◆ today, 4 days over";
        check(&moved, 66, Some(whole));
        check(
            &moved,
            55,
            Some("Fri 6 »━━━ Fri 20 ◎━◆ today, 4 days over · moved twice"),
        );
        check(&moved, 44, None);
    }

    #[test]
    fn what_is_over_is_not_due_on_a_day_off() {
        let theme = Theme::new(ColorDepth::None, Background::Dark);
        let over = commitment("2026-11-09", "2026-11-20");
        let today = day("2026-11-24");
        let item = Body::Item(Item::of_texts("off", [("first", "2026-11-24")]));
        let journal = Journal::fold([entry_on("off", "2026-11-24", item)]);
        let off = OffDays::of(&journal, &builtin());
        let line = days_line(&over, today, &off, 60, &theme);
        let said = "Mon 9 ●━━━━━━━━━━━━━━━━━━ Fri 20 ◎━━━━━━━◆ today, a day off";
        assert_eq!(line.map(|line| line.to_string()).as_deref(), Some(said));
    }

    #[test]
    fn a_day_brought_forward_is_said_in_words() {
        let mut moved = commitment("2026-11-23", "2026-11-27");
        moved.move_to(day("2026-11-25"), day("2026-11-24"), "");
        check(
            &moved,
            76,
            Some("Mon 23 ●━━◆╌╌◎ Wed 25 tomorrow · moved earlier, first due Fri 27 Nov"),
        );
    }
}
