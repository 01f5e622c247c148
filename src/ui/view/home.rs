//! Home: what is promised, this week, a year of weeks, the months, and the user's own words.

mod banner;
mod by_friday;
mod first_run;
mod lower;
mod months;
mod this_week;
mod words;
mod year;

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Margin, Rect};

use self::by_friday::Detail;
use self::year::{PracticeRows, YearRows};
use crate::app::Model;
use crate::app::keys::{Action, KeyContext, KeyTable};
use crate::app::screen::Home;
use crate::ui::Canvas;
use crate::ui::widget::Panel;

/// The least rows of the months and the words, with their frames.
const LOWER_ROWS: u16 = 6;

/// What a window with frames shows, the most first: of each commitment, of the practices, whether the
/// months and the words have panels, and whether the signs are explained.
const FRAMED: [(Detail, PracticeRows, bool, bool); 14] = {
    use Detail::{Brief, Row, Spacious, Whole};
    use PracticeRows::{Bars, Each};
    [
        (Spacious, Each, true, true),
        (Whole, Each, true, true),
        (Whole, Each, true, false),
        (Spacious, Each, false, true),
        (Whole, Each, false, true),
        (Whole, Each, false, false),
        (Brief, Each, false, false),
        (Brief, Bars, true, false),
        (Brief, Bars, false, false),
        (Row, Each, true, true),
        (Row, Each, false, true),
        (Row, Each, false, false),
        (Row, Bars, true, false),
        (Row, Bars, false, false),
    ]
};

/// The columns of the commitments in a window where texts are beside the practices.
const PROMISE_COLUMNS: u16 = 84;

pub(super) fn draw(home: &Home, model: &Model, canvas: &mut Canvas, area: Rect) {
    let offers = banner::rows(home, model);
    let [banner, area] = Layout::vertical([Length(offers), Fill(1)]).areas(area);
    banner::draw(home, model, canvas, banner.inner(Margin::new(2, 0)));
    if home.blank {
        first_run::draw(home, canvas, area.inner(Margin::new(2, 0)));
    } else if canvas.size.has_frames() {
        draw_framed(home, model, canvas, area);
    } else {
        draw_stacked(home, model, canvas, area);
    }
}

fn home_key(action: Action, keys: &KeyTable) -> String {
    keys.key_name(KeyContext::Home, action)
}

/// The commitments and this week side by side, the year below, and then the months and the words.
fn draw_framed(home: &Home, model: &Model, canvas: &mut Canvas, area: Rect) {
    let left = if canvas.size.has_texts_beside() {
        PROMISE_COLUMNS
    } else {
        area.width * 3 / 5
    };
    let week = this_week::content_rows(home, canvas, area.width - left - 1);
    let top = |canvas: &Canvas, detail: Detail| {
        let spare = if detail == Detail::Spacious { 2 } else { 0 };
        let promises = by_friday::content_rows(home, canvas, left, detail);
        promises.max(week + spare) + 2
    };
    let mut rows = YearRows {
        practices: PracticeRows::Each,
        solved: false,
        legend: true,
    };
    let fitting = FRAMED.into_iter().find(|tried| {
        let (detail, practices, has_lower, legend) = *tried;
        rows = YearRows {
            practices,
            solved: !has_lower,
            legend,
        };
        let lower = if has_lower { LOWER_ROWS } else { 0 };
        top(canvas, detail) + rows.count(home) + 2 + lower <= area.height
    });
    let (detail, has_lower) = fitting.map_or((Detail::Row, false), |(detail, _, lower, _)| {
        (detail, lower)
    });
    let mut year = rows.count(home) + 2;
    if fitting.is_none() {
        // The year goes before a commitment that is due.
        let room = area
            .height
            .saturating_sub(by_friday::least_rows(home, canvas) + 2);
        rows.solved = year <= room;
        year = rows.count(home) + 2;
        if year > room {
            year = 0;
        }
    }
    let top_rows = top(canvas, detail).min(area.height.saturating_sub(year));
    // In a tall window the months have what they need, and what is left shows more.
    let spare = area.height.saturating_sub(year + top_rows);
    let mut lower_rows = if has_lower { spare } else { 0 };
    let needed = months::rows_with_words(area.width * 3 / 5);
    let last = home.lower.as_ref().filter(|_| has_lower);
    let last = last.filter(|_| spare >= needed + LOWER_ROWS);
    if last.is_some() {
        lower_rows = needed;
        let whole = YearRows {
            practices: PracticeRows::EachBelowBars,
            solved: true,
            ..rows
        };
        let tall = whole.count(home) + 2;
        if spare + year >= needed + lower::WANTED_ROWS + tall {
            (rows, year) = (whole, tall);
        }
    }
    let [top_area, year_area, lower, last_area] = Layout::vertical([
        if has_lower { Length(top_rows) } else { Fill(1) },
        Length(year),
        Length(lower_rows),
        Length(if last.is_some() {
            area.height.saturating_sub(top_rows + year + lower_rows)
        } else {
            0
        }),
    ])
    .areas(area);
    if let Some(last) = last {
        lower::draw(last, model, canvas, last_area);
    }
    let [promises, week] = beside(top_area, left);
    by_friday::draw(home, model, canvas, promises, detail);
    this_week::draw(home, model, canvas, week);
    if year > 0 {
        year::draw(home, canvas, year_area, rows);
    }
    if has_lower {
        if home.earlier.is_empty() {
            months::draw(home, model, canvas, lower);
        } else {
            let [months, words] = beside(lower, area.width * 3 / 5);
            months::draw(home, model, canvas, months);
            words::draw(home, canvas, words);
        }
    }
}

/// Two panels with a column between them.
fn beside(area: Rect, left: u16) -> [Rect; 2] {
    let [left, _, right] = Layout::horizontal([Length(left), Length(1), Fill(1)]).areas(area);
    [left, right]
}

/// One below the other; where there is little room, less of the year and of each commitment.
fn draw_stacked(home: &Home, model: &Model, canvas: &mut Canvas, area: Rect) {
    let extra = Panel::extra_rows(canvas);
    let week = this_week::content_rows(home, canvas, area.width) + extra;
    let most = if canvas.size.is_narrow() {
        PracticeRows::Bars
    } else {
        PracticeRows::Each
    };
    let tried = [
        (Detail::Whole, most),
        (Detail::Brief, most),
        (Detail::Whole, PracticeRows::Bars),
        (Detail::Brief, PracticeRows::Bars),
    ];
    let rows = |practices| YearRows {
        practices,
        solved: true,
        legend: false,
    };
    let needed = |canvas: &Canvas, (detail, practices): (Detail, PracticeRows)| {
        let promises = by_friday::content_rows(home, canvas, area.width, detail);
        promises + week + rows(practices).count(home) + 2 * extra
    };
    let fitting = tried
        .into_iter()
        .find(|tried| needed(canvas, *tried) <= area.height);
    let (detail, practices) = fitting.unwrap_or((Detail::Row, PracticeRows::Bars));
    let year = rows(practices).count(home) + extra;
    let promises = by_friday::content_rows(home, canvas, area.width, detail) + extra;
    // The year goes before a commitment that is due; it needs a row of months and one of signs.
    let least = by_friday::least_rows(home, canvas) + extra;
    let year = year.min(area.height.saturating_sub(week + least));
    let year = if year < extra + 2 { 0 } else { year };
    let promises = promises.min(area.height.saturating_sub(week + year));
    let mut spare = area.height.saturating_sub(promises + week + year);
    let mut gap = || {
        let gap = spare.min(1);
        spare -= gap;
        gap
    };
    let gaps = [gap(), gap(), gap()];
    let (months, words) = if spare >= 2 * LOWER_ROWS {
        (LOWER_ROWS, spare - LOWER_ROWS)
    } else if spare >= LOWER_ROWS {
        (LOWER_ROWS, 0)
    } else {
        (0, 0)
    };
    let [promises, _, week, _, year, _, months, words] = Layout::vertical([
        Length(promises),
        Length(gaps[0]),
        Length(week),
        Length(gaps[1]),
        Length(year),
        Length(gaps[2]),
        Length(months),
        Length(words),
    ])
    .areas(area);
    by_friday::draw(home, model, canvas, promises, detail);
    this_week::draw(home, model, canvas, week);
    if year.height > 0 {
        year::draw(home, canvas, year, rows(practices));
    }
    if months.height > 0 {
        months::draw(home, model, canvas, months);
    }
    if words.height > 0 {
        words::draw(home, canvas, words);
    }
}
