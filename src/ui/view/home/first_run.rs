//! The very first screen: the year to come, and ways in.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::home_key;
use crate::app::ClickTarget;
use crate::app::keys::{Action, KeyContext};
use crate::app::screen::Home;
use crate::calendar::Month;
use crate::report;
use crate::text;
use crate::ui::widget;
use crate::ui::{Canvas, cells, sign};

/// The most columns, so that the year is in the middle of a wide window.
const COLUMNS: u16 = 80;

pub(super) fn draw(home: &Home, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let width = area.width.min(COLUMNS);
    let short = match home.practices.len() {
        1 => "one short page".to_owned(),
        pages => format!("{} short pages", report::spell_number(pages)),
    };
    // A row for each page where there is room for that, one for all where there is not.
    let rows = |pages: usize| cells(pages + 4);
    let besides = 9;
    let pages = home.practices.len();
    let pages = if area.height >= rows(pages) + besides {
        pages
    } else {
        1
    };
    let needed = rows(pages) + besides;
    let is_spacious = area.height > needed + 1;
    let area = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + area.height.saturating_sub(needed).min(4) / 2,
        width,
        height: area.height,
    };
    let mut y = area.y;
    let mut row = |rows: u16| {
        let place = Rect::new(area.x, y, area.width, 1).intersection(area);
        y += rows;
        place
    };
    canvas.draw_line(
        row(1 + u16::from(is_spacious)),
        Line::styled(
            "Lead what is already in your hands.",
            widget::strong(&theme),
        ),
    );
    let friday = canvas.due_day.name();
    let promise = format!("Ten minutes a week: {short}, one thing led better by {friday}.");
    let lines = text::wrap(&promise, usize::from(width), 2).len();
    let place = row(if lines > 1 { 3 } else { 2 });
    canvas.draw_text(Rect { height: 2, ..place }, &promise, theme.words);
    let place = row(rows(pages) + 1);
    let height = rows(pages).min(area.bottom().saturating_sub(place.y));
    draw_year(home, pages, canvas, Rect { height, ..place });
    for (at, (key, way, leads_to, action)) in ways(canvas).into_iter().enumerate() {
        let place = row(1);
        let used = 4 + text::width(&way) + text::width(&leads_to);
        let gap = " ".repeat(usize::from(area.width).saturating_sub(used));
        let style = if at == 0 {
            widget::strong(&theme)
        } else {
            theme.label
        };
        let line = Line::from(vec![
            Span::styled(text::fit(&key, 4), theme.accent),
            Span::styled(way, style),
            Span::styled(format!("{gap}{leads_to}"), theme.quiet),
        ]);
        canvas.draw_line(place, line);
        canvas.add_target(place, ClickTarget::Action(action));
        if at == 0 {
            canvas.draw_cursor(place);
        }
    }
    let assured = [
        "Skip what you like. Nothing you type is lost. It stays on this machine.",
        "Nothing you type is lost. It stays on this machine.",
    ];
    let fits = |said: &&str| text::width(said) <= usize::from(width);
    let sure = assured.into_iter().find(fits).unwrap_or(assured[1]);
    canvas.draw_line(row(1), Line::styled(sure, theme.quiet));
    if is_spacious {
        row(1);
    }
    let place = row(1);
    if home.notes > 0 {
        super::this_week::draw_notes(home, canvas, place);
        return;
    }
    let demo = Line::from(vec![
        Span::styled("leadby demo", theme.accent),
        Span::styled(" in the shell shows a sample year", theme.quiet),
    ]);
    canvas.draw_line(place, demo);
}

/// Where to begin: the key, what it does, what that leads to, and its action.
fn ways(canvas: &Canvas) -> [(String, String, String, Action); 3] {
    let first = Action::Practice(1);
    let commit = format!("one thing to lead better by {}", canvas.due_day.name());
    [
        (
            home_key(Action::Walk, canvas.keys),
            "say who you are first".to_owned(),
            "three pages, then the week".to_owned(),
            Action::Walk,
        ),
        (
            canvas.keys.key_name(KeyContext::Browsing, first),
            "straight to this week".to_owned(),
            "its first page".to_owned(),
            first,
        ),
        (
            home_key(Action::Commit, canvas.keys),
            commit,
            "one sentence".to_owned(),
            Action::Commit,
        ),
    ]
}

/// The weeks from this one on, all still to come; with a row for each page, or one for all.
fn draw_year(home: &Home, pages: usize, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let names = home.practices.iter().map(|one| text::width(&one.name) + 2);
    let names = names.filter(|_| pages > 1).max().unwrap_or(0).max(9) + 1;
    let mut rows = area.rows();
    if let Some(row) = rows.next() {
        let heading = vec![
            Span::styled("Your year ", theme.heading),
            Span::styled("one column a week", theme.quiet),
        ];
        canvas.draw_line(row, Line::from(heading));
    }
    let mut months = " ".repeat(names);
    // The first month may have too few weeks left for its name.
    let this = Month::of(home.week.thursday());
    if Month::of(home.week.next().next().thursday()) == this {
        months.push_str(&this.name()[..3]);
    }
    let mut dots = String::new();
    let mut week = home.week;
    let room = usize::from(area.width).saturating_sub(names);
    for at in 0..52 {
        let month = Month::of(week.thursday());
        let is_new = at > 0 && Month::of(week.minus_weeks(1).thursday()) != month;
        if text::width(&dots) + 1 + usize::from(is_new) > room.saturating_sub(1) {
            break;
        }
        if is_new {
            dots.push(' ');
            let here = names + 1 + text::width(&dots);
            if here > text::width(&months) && here + 3 <= usize::from(area.width) {
                months = text::fit(&months, here);
                months.push_str(&month.name()[..3]);
            }
        }
        if at > 0 {
            dots.push_str(sign::NOTHING);
        }
        week = week.next();
    }
    if let Some(row) = rows.next() {
        canvas.draw_line(row, Line::styled(months, theme.quiet));
    }
    let promises = canvas.due_day.title();
    let practices: Vec<(String, &str, &str)> = if pages == 1 {
        vec![(String::new(), "Each week", sign::OPEN)]
    } else {
        let practices = home.practices.iter().zip(1..);
        practices
            .map(|(one, number)| (format!("{number} "), &*one.name, sign::OPEN))
            .collect()
    };
    for ((number, name, sign), row) in practices
        .into_iter()
        .chain([(String::new(), &*promises, sign::PROMISE)])
        .zip(&mut rows)
    {
        let left = names.saturating_sub(text::width(&number));
        let line = Line::from(vec![
            Span::styled(number, theme.quiet),
            Span::styled(text::fit(&text::clip(name, left - 1), left), theme.label),
            Span::styled(sign, theme.accent),
            Span::styled(dots.clone(), theme.quiet),
        ]);
        canvas.draw_line(row, line);
    }
    if let Some(row) = rows.next() {
        let foot = format!("{}↑ this week", " ".repeat(names));
        canvas.draw_line(row, Line::styled(foot, theme.accent));
    }
}
