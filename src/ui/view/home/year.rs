//! A year of weeks: what was done of each practice, and what became of the commitments.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::home_key;
use crate::app::ClickTarget;
use crate::app::keys::{Action, KeyContext};
use crate::app::screen::Home;
use crate::calendar::{self, Month};
use crate::insight::{Progress, PromiseState, WeekOfYear};
use crate::report;
use crate::text;
use crate::ui::widget::{self, Panel};
use crate::ui::{Canvas, Theme, cells, sign};

/// How many heights a bar has in one row.
const EIGHTHS: usize = 8;

#[derive(Clone, Copy)]
pub(super) struct YearRows {
    pub(super) practices: PracticeRows,
    /// What was solved in each month, where the months have no panel.
    pub(super) solved: bool,
    pub(super) legend: bool,
}

#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum PracticeRows {
    /// One row of bars for all.
    Bars,
    /// A row for each.
    Each,
    /// A row for each below bars for all, and blank rows between the parts.
    EachBelowBars,
}

/// The rows of the bars with the blank one below them, and of the two blank ones further down.
const BAR_ROWS: u16 = 6;

impl YearRows {
    /// How many these are, with that of the months.
    pub(super) fn count(self, home: &Home) -> u16 {
        let practices = match self.practices {
            PracticeRows::Bars => 1,
            PracticeRows::Each | PracticeRows::EachBelowBars => home.practices.len(),
        };
        let more = usize::from(self.solved) + usize::from(self.legend);
        let bars = if self.has_bars_above() { BAR_ROWS } else { 0 };
        u16::try_from(practices + 2 + more).unwrap_or(u16::MAX - BAR_ROWS) + bars
    }

    fn has_bars_above(self) -> bool {
        self.practices == PracticeRows::EachBelowBars
    }
}

/// The weeks that fit, newest last, each with its column.
struct Columns<'a> {
    weeks: Vec<(usize, u16, &'a WeekOfYear)>,
    /// The columns of a week.
    wide: u16,
}

/// Columns for the sums at the right, from three columns a week.
const SUMS: u16 = 22;

impl<'a> Columns<'a> {
    /// The last weeks that fit; further back, if the chosen week is not among them.
    fn new(home: &'a Home, canvas: &Canvas, area: Rect, names: u16) -> Self {
        let mut end = home.year.len();
        let mut columns = Self::up_to(end, home, canvas, area, names);
        let first = |columns: &Self| columns.weeks.first().map_or(0, |(at, ..)| *at);
        while home.chosen_week.is_some_and(|at| at < first(&columns)) {
            end -= 1;
            columns = Self::up_to(end, home, canvas, area, names);
        }
        columns
    }

    /// The weeks before the place `end` that fit.
    fn up_to(end: usize, home: &'a Home, canvas: &Canvas, area: Rect, names: u16) -> Self {
        let wide = canvas.size.week_columns();
        let left = area.x + names;
        let mut right = area.right();
        if wide > 1 && left + wide * 52 + SUMS <= right {
            right -= SUMS;
        }
        // The last week needs no blank after it.
        let mut x = right + u16::from(wide > 1);
        let mut weeks = Vec::new();
        for (at, week) in home.year.iter().enumerate().take(end).rev() {
            // A month begins apart where a week has one column.
            let is_apart = wide == 1
                && !canvas.size.is_narrow()
                && home
                    .year
                    .get(at + 1)
                    .is_some_and(|next| next.month != week.month);
            let needed = wide + u16::from(is_apart);
            if x < left + needed {
                break;
            }
            x -= needed;
            weeks.push((at, x, week));
        }
        weeks.reverse();
        // What is left over is left over at the right.
        let spare = weeks.first().map_or(0, |(_, x, _)| x - left);
        for (_, x, _) in &mut weeks {
            *x -= spare;
        }
        Self { weeks, wide }
    }

    /// The first shown week of each month.
    fn months(&self) -> impl Iterator<Item = (Month, u16)> {
        let first = |at: usize| {
            let (_, x, week) = self.weeks[at];
            let before = at.checked_sub(1).map(|at| self.weeks[at].2.month);
            (before != Some(week.month)).then_some((week.month, x))
        };
        (0..self.weeks.len()).filter_map(first)
    }
}

pub(super) fn draw(home: &Home, canvas: &mut Canvas, area: Rect, rows: YearRows) {
    let theme = *canvas.theme;
    let promises = canvas.due_day.title();
    let practices = home
        .practices
        .iter()
        .filter(|_| rows.practices != PracticeRows::Bars);
    let names = text::widest(practices.map(|one| &one.name).chain([&promises]));
    let names = cells(names.min(15) + 1);
    let inside = Rect {
        x: area.x + 2,
        width: area.width.saturating_sub(4),
        ..area
    };
    let columns = Columns::new(home, canvas, inside, names);
    let shown = columns.weeks.len();
    let last = columns.weeks.last().map_or(0, |(at, ..)| at + 1);
    let title = if shown == home.year.len() {
        "A year of weeks".to_owned()
    } else if last == home.year.len() {
        format!("The last {shown} weeks")
    } else {
        format!("{shown} weeks")
    };
    let room = usize::from(area.width).saturating_sub(text::width(&title) + 9);
    let right = right_of_title(home, canvas, room);
    let all: usize = right.iter().map(Span::width).sum();
    let mut panel = Panel::with_keys(&title, right).focus_if(home.chosen_week.is_some());
    if home.chosen_week.is_none() {
        let [left, right] = WEEK_KEYS.map(|action| text::width(&home_key(action, canvas.keys)));
        panel = panel
            .click(0, left, Action::Left)
            .click(left + 1, right, Action::Right);
    } else {
        let key = canvas.keys.key_name(KeyContext::ChosenWeek, Action::Open);
        let hint = text::width(&key) + OPEN.len() + 1;
        panel = panel.click(all.saturating_sub(hint), hint, Action::Open);
    }
    let inner = panel.draw(canvas, area);
    let mut places = inner.rows();
    if let Some(row) = places.next() {
        draw_months(&columns, canvas, row);
    }
    if rows.has_bars_above() {
        draw_tall_bars(home, &columns, canvas, &mut places, names);
    }
    if rows.practices != PracticeRows::Bars {
        for (at, practice) in home.practices.iter().enumerate() {
            let Some(row) = places.next() else { break };
            draw_name(canvas, row, &practice.name, names);
            for (number, x, week) in &columns.weeks {
                let is_present = number + 1 == home.year.len();
                let progress = week.progress.get(at).copied();
                let mark = progress_cell(progress, week, is_present, &theme);
                draw_cell(canvas, row, (*x, columns.wide), mark);
            }
            draw_sum(home, at, &columns, canvas, row);
        }
    } else if let Some(row) = places.next() {
        draw_name(canvas, row, "Practices", names);
        for (_, x, week) in &columns.weeks {
            draw_cell(canvas, row, (*x, columns.wide), bar_cell(week, &theme));
        }
    }
    skip_blank(&mut places, rows);
    if let Some(row) = places.next() {
        draw_name(canvas, row, &promises, names);
        for (_, x, week) in &columns.weeks {
            if let Some(promise) = week.promise {
                draw_cell(canvas, row, (*x, 1), promise_cell(promise, &theme));
            }
        }
    }
    if rows.solved
        && let Some(row) = places.next()
    {
        draw_name(canvas, row, "Solved", names);
        super::months::draw_solved_row(home, canvas, row, columns.months());
    }
    skip_blank(&mut places, rows);
    if rows.legend
        && let Some(row) = places.next()
    {
        draw_legend(home, canvas, row, names);
    }
    let height = rows.count(home).saturating_sub(u16::from(rows.legend));
    choose_weeks(
        home,
        &columns,
        canvas,
        inner.intersection(Rect { height, ..inner }),
    );
}

/// Makes weeks ones that can be clicked, and shows the chosen one.
fn choose_weeks(home: &Home, columns: &Columns<'_>, canvas: &mut Canvas, area: Rect) {
    for (at, x, week) in &columns.weeks {
        let column = Rect::new(*x, area.y, columns.wide, area.height).intersection(area);
        // A blank one shows nothing to click.
        if !week.is_before_journal {
            canvas.add_target(column, ClickTarget::Week(*at));
        }
        if home.chosen_week == Some(*at) {
            let signs = Rect {
                y: area.y + 1,
                width: columns.wide.min(2),
                height: area.height.saturating_sub(1),
                ..column
            };
            canvas.draw_chosen_column(signs);
        }
    }
}

fn skip_blank(places: &mut impl Iterator<Item = Rect>, rows: YearRows) {
    if rows.has_bars_above() {
        places.next();
    }
}

/// How many practices were done in each week, as bars three rows high.
fn draw_tall_bars(
    home: &Home,
    columns: &Columns<'_>,
    canvas: &mut Canvas,
    places: &mut impl Iterator<Item = Rect>,
    names: u16,
) {
    const HIGH: usize = 3;
    let theme = *canvas.theme;
    let all = home.practices.len().max(1);
    let said = [
        "",
        "Practices",
        &format!("of {}", report::spell_number(all)),
    ];
    for (level, row) in places.take(HIGH).enumerate() {
        draw_name(canvas, row, said[level], names);
        let below = (HIGH - 1 - level) * EIGHTHS;
        for (_, x, week) in &columns.weeks {
            let height = (week.done() * HIGH * EIGHTHS).div_ceil(all);
            let mark = match height.saturating_sub(below).min(EIGHTHS) {
                0 if level + 1 == HIGH => bar_cell(week, &theme),
                0 => continue,
                part => (sign::HEIGHTS[part], theme.good),
            };
            draw_cell(canvas, row, (*x, columns.wide), mark);
        }
    }
    places.next();
}

const WEEK_KEYS: [Action; 2] = [Action::Left, Action::Right];

/// What the key does that opens a chosen week.
const OPEN: &str = "open";

/// The keys that choose a week; of the chosen one, its days and how much was done.
fn right_of_title(home: &Home, canvas: &Canvas, room: usize) -> Vec<Span<'static>> {
    let theme = canvas.theme;
    let chosen = home.chosen_week.and_then(|at| home.year.get(at));
    let Some(chosen) = chosen else {
        let keys = WEEK_KEYS.map(|action| home_key(action, canvas.keys));
        return widget::key_hint(keys.join(" "), "a week", theme);
    };
    let (week, today) = (chosen.week, home.week.monday());
    let day = |day| calendar::short_date(day, today);
    let done = if chosen.is_off {
        "off".to_owned()
    } else {
        format!("{} of {}", chosen.done(), home.practices.len())
    };
    let key = canvas.keys.key_name(KeyContext::ChosenWeek, Action::Open);
    let mut spans = widget::key_hint(key, OPEN, theme);
    let taken: usize = spans.iter().map(Span::width).sum();
    // The days, if there is room for them.
    let texts = [
        format!(
            "Week {} · {} to {} · {done}   ",
            week.number(),
            day(week.monday()),
            day(week.sunday())
        ),
        format!("{} · {done}   ", week.label(home.week)),
    ];
    let fits = |said: &&String| text::width(said) + taken <= room;
    let said = texts.iter().find(fits).unwrap_or(&texts[1]);
    spans.insert(0, Span::styled(said.clone(), theme.words));
    spans
}

/// The months above their first weeks, as far as each name has room.
fn draw_months(columns: &Columns<'_>, canvas: &mut Canvas, row: Rect) {
    let style = canvas.theme.quiet;
    let mut months = columns.months().peekable();
    let mut free = row.x;
    while let Some((month, x)) = months.next() {
        let next = months.peek().map_or(u16::MAX, |(_, next)| *next);
        // A month that has just begun is named up to the edge.
        let x = x.min(row.right().saturating_sub(3));
        if x >= free && x + 4 <= next {
            let place = Rect::new(x, row.y, 3, 1);
            canvas.draw_line(place, Line::styled(&month.name()[..3], style));
            free = x + 4;
        }
    }
}

fn draw_name(canvas: &mut Canvas, row: Rect, name: &str, names: u16) {
    let place = Rect {
        width: names,
        ..row
    };
    let name = text::clip(name, usize::from(names.saturating_sub(1)));
    canvas.draw_line(place, Line::styled(name, canvas.theme.label));
}

/// A sign; two beside each other where a week has room for that.
fn draw_cell(canvas: &mut Canvas, row: Rect, (x, wide): (u16, u16), mark: (&'static str, Style)) {
    let (sign, style) = mark;
    let is_dot = sign == sign::NOTHING || sign == sign::OFF;
    let columns = if wide > 2 && !is_dot { 2 } else { 1 };
    let place = Rect::new(x, row.y, columns, 1);
    canvas.draw_line(
        place,
        Line::styled(sign.repeat(usize::from(columns)), style),
    );
}

fn progress_cell(
    progress: Option<Progress>,
    week: &WeekOfYear,
    is_present: bool,
    theme: &Theme,
) -> (&'static str, Style) {
    match progress {
        Some(Progress::NotStarted) | None if week.is_off || !is_present => empty_cell(week, theme),
        Some(progress) => widget::progress_mark(progress, theme),
        None => (sign::OPEN, theme.quiet),
    }
}

/// A week in which nothing was done; blank before the first that has anything.
fn empty_cell(week: &WeekOfYear, theme: &Theme) -> (&'static str, Style) {
    let sign = if week.is_off {
        sign::OFF
    } else if week.is_before_journal {
        " "
    } else {
        sign::NOTHING
    };
    (sign, theme.quiet)
}

/// How many practices were done, as a bar.
fn bar_cell(week: &WeekOfYear, theme: &Theme) -> (&'static str, Style) {
    let (done, all) = (week.done(), week.progress.len().max(1));
    match (done * EIGHTHS).div_ceil(all).min(EIGHTHS) {
        0 => empty_cell(week, theme),
        height => (sign::HEIGHTS[height], theme.good),
    }
}

fn promise_cell(promise: PromiseState, theme: &Theme) -> (&'static str, Style) {
    match promise {
        PromiseState::LetGo => (sign::LET_GO, theme.quiet),
        PromiseState::Moved => (sign::MOVED, theme.due),
        PromiseState::Kept => (sign::KEPT, theme.good),
        PromiseState::Missed => (sign::MISSED, theme.wrong),
        PromiseState::Open => (sign::PROMISE, theme.accent),
        PromiseState::Due => (sign::DUE, theme.due),
    }
}

/// In how many weeks a practice was done, where there is room at the right.
fn draw_sum(home: &Home, at: usize, columns: &Columns<'_>, canvas: &mut Canvas, row: Rect) {
    let Some((_, x, _)) = columns.weeks.last() else {
        return;
    };
    let left = x + columns.wide + 1;
    if columns.wide < 2 || left + SUMS > row.right() + 3 {
        return;
    }
    let theme = *canvas.theme;
    let is_done = |week: &&WeekOfYear| week.progress.get(at) == Some(&Progress::Done);
    let done = home.year.iter().filter(is_done).count();
    let place = Rect {
        x: left,
        width: row.right() - left,
        ..row
    };
    let bar = usize::from(place.width).saturating_sub(4);
    let mut spans = vec![Span::styled(format!("{done:>2}  "), theme.label)];
    spans.extend(widget::bar(done, home.year.len(), bar, &theme));
    canvas.draw_line(place, Line::from(spans));
}

/// What the signs mean; fewer of them in a narrow window.
fn draw_legend(home: &Home, canvas: &mut Canvas, row: Rect, names: u16) {
    let theme = *canvas.theme;
    let mark = |progress| widget::progress_mark(progress, &theme);
    let mut named = vec![
        (mark(Progress::Done), "done"),
        (mark(Progress::Partial), "begun"),
        ((sign::NOTHING, theme.quiet), "nothing"),
        (mark(Progress::NotStarted), "still open"),
    ];
    if home.year.iter().any(|week| week.is_off) {
        named.push(((sign::OFF, theme.quiet), "off"));
    }
    for (promise, name) in [
        (PromiseState::Kept, "kept"),
        (PromiseState::Missed, "missed"),
        (PromiseState::Moved, "moved"),
        (PromiseState::LetGo, "let go"),
        (PromiseState::Due, "due"),
        (PromiseState::Open, "open"),
    ] {
        named.push((promise_cell(promise, &theme), name));
    }
    let place = Rect {
        x: row.x + names,
        width: row.width.saturating_sub(names),
        ..row
    };
    let mut room = usize::from(place.width) + 2;
    let mut spans = Vec::new();
    for ((sign, style), name) in named {
        let Some(left) = room.checked_sub(text::width(name) + 4) else {
            break;
        };
        room = left;
        spans.push(Span::styled(format!("{sign} "), style));
        spans.push(Span::styled(format!("{name}  "), theme.quiet));
    }
    canvas.draw_line(place, Line::from(spans));
}
