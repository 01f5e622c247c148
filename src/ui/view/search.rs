//! Search: the query on top, then the results, then the chosen one.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::app::screen::{Found, Search, SearchLine, search};
use crate::app::{Model, Target};
use crate::calendar::{self, Week};
use crate::report::{self, HighlightedText};
use crate::ui::Canvas;
use crate::ui::widget;
use crate::words;

/// Most columns for the kind of an entry.
const KIND: usize = 14;

/// Rows for the chosen entry.
const DETAIL: u16 = 3;

pub(super) fn draw(search: &Search, model: &Model, canvas: &mut Canvas, area: Rect) {
    if search.count == 0 {
        let (about, example) = search::EMPTY;
        widget::empty(canvas, area, about, example);
        return;
    }
    let [field, hint, list, _, detail] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(1),
        Constraint::Length(DETAIL),
    ])
    .areas(area);
    looked_for(search, canvas, field);
    self::hint(search, canvas, hint);
    if search.found() == 0 {
        let [_, place] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(list);
        let said = "No matches. Try fewer words or filters.";
        canvas.text(place, said, canvas.theme.label);
        return;
    }
    lines(search, model, canvas, list);
    chosen(search, model, canvas, detail);
}

/// The query, and how many entries it finds.
fn looked_for(search: &Search, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let order = if search.is_by_time() {
        "newest first"
    } else {
        "best first"
    };
    let said = format!("  {} of {} · {order}", search.found(), search.count);
    let width = u16::try_from(words::width(&said)).unwrap_or(0);
    let [lead, field, right] = Layout::horizontal([
        Constraint::Length(2),
        Constraint::Fill(1),
        Constraint::Length(width),
    ])
    .areas(area);
    canvas.line(right, Line::styled(said, theme.quiet));
    if search.is_typing {
        canvas.line(lead, Line::styled("/", theme.accent));
        widget::draw_text_field(&search.editor, canvas, field);
        if let Some(rest) = search.offered() {
            widget::draw_completion_at(rest, &search.editor, canvas, field);
        }
    } else if !search.editor.is_blank() {
        canvas.line(lead, Line::styled("/", theme.accent));
        let text = words::one_line(&search.editor.text());
        let text = words::clip(&text, usize::from(field.width));
        canvas.line(field, Line::styled(text, theme.words));
    }
}

/// What is wrong with the query, or what can come next.
fn hint(search: &Search, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let (said, style) = match search.troubles.first() {
        Some(trouble) => (format!("✗ {trouble}"), theme.wrong),
        None if search.is_typing && !search.values.is_empty() => {
            (search.values.join(" · "), theme.quiet)
        }
        None if search.is_typing && search.editor.is_blank() => (
            "words, “exact phrase”, -exclude, kind: area: person: since: until: week:".to_owned(),
            theme.quiet,
        ),
        None => return,
    };
    let room = usize::from(area.width).saturating_sub(2);
    let said = words::clip(&words::one_line(&said), room);
    canvas.line(area, Line::styled(format!("  {said}"), style));
}

fn lines(search: &Search, model: &Model, canvas: &mut Canvas, area: Rect) {
    let height = usize::from(area.height);
    let first = (search.chosen_line() + 1).saturating_sub(height);
    let today = model.now().today();
    let width = usize::from(area.width);
    let shown: Vec<Option<SearchLine>> =
        (first..first + height).map(|at| search.line(at)).collect();
    let found: Vec<Option<Found>> = shown
        .iter()
        .map(|line| match line {
            Some(SearchLine::Hit(at)) => search.row(*at, model.scene(), width),
            _ => None,
        })
        .collect();
    let widest = |of: fn(&Found) -> &str| {
        let widths = found
            .iter()
            .flatten()
            .map(|row| words::width(&words::one_line(of(row))));
        widths.max().unwrap_or(0)
    };
    let days = found
        .iter()
        .flatten()
        .map(|row| words::width(&calendar::short(row.day, today)));
    let rooms = ColumnWidths {
        day: days.max().unwrap_or(0),
        kind: widest(|row| &row.kind).min(KIND),
        beside: widest(|row| &row.side_text).min(width / 5),
    };
    for ((line, found), place) in shown.iter().zip(&found).zip(area.rows()) {
        match (line, found) {
            (Some(SearchLine::Week(week, count)), _) => draw_week_heading(*week, *count, model, canvas, place),
            (Some(SearchLine::Back(at)), _) => back(search, *at, canvas, place),
            (Some(SearchLine::Hit(at)), Some(_)) => {
                let taken = rooms.day + rooms.kind + rooms.beside + 8;
                let room = width.saturating_sub(taken);
                let Some(row) = search.row(*at, model.scene(), room) else {
                    continue;
                };
                let number = search.past_weeks.len() + at;
                draw_hit(
                    &row,
                    &rooms,
                    number == search.cursor,
                    room,
                    today,
                    canvas,
                    place,
                );
                canvas.add_target(place, Target::Row(number));
            }
            _ => {}
        }
    }
    let below = search.lines().saturating_sub(first + height);
    widget::more(canvas, area, first, below);
}

/// Columns for what is around the text.
struct ColumnWidths {
    day: usize,
    kind: usize,
    beside: usize,
}

fn draw_hit(
    row: &Found,
    rooms: &ColumnWidths,
    chosen: bool,
    room: usize,
    today: chrono::NaiveDate,
    canvas: &mut Canvas,
    area: Rect,
) {
    let theme = *canvas.theme;
    let style = if chosen { theme.accent } else { theme.words };
    let kind = words::one_line(&row.kind);
    let mut spans = vec![
        Span::styled(if chosen { "› " } else { "  " }, theme.accent),
        Span::styled(
            words::fit(&calendar::short(row.day, today), rooms.day),
            theme.quiet,
        ),
        Span::styled(
            format!("  {}  ", words::fit(&kind, rooms.kind)),
            theme.label,
        ),
    ];
    let missing = room.saturating_sub(words::width(row.text.text()));
    spans.extend(highlighted(&row.text, style));
    spans.push(Span::raw(" ".repeat(missing + 2)));
    let beside = words::clip(&words::one_line(&row.side_text), rooms.beside);
    spans.push(Span::styled(beside, theme.quiet));
    canvas.line(area, Line::from(spans));
}

/// The heading of a week: its name, its days, and how many entries it has.
fn draw_week_heading(week: Week, count: usize, model: &Model, canvas: &mut Canvas, area: Rect) {
    let now = model.now();
    let said = match week {
        week if week == now.week() => "This week".to_owned(),
        week if week == now.week().next() => "Next week".to_owned(),
        week if week == now.week().back(1) => "Last week".to_owned(),
        week if week.year() == now.week().year() => format!("Week {}", week.number()),
        week => format!("Week {} of {}", week.number(), week.year()),
    };
    let day = |day| {
        let short = calendar::short(day, day);
        short
            .split_once(' ')
            .map_or(short.clone(), |(_, day)| day.to_owned())
    };
    let entries = if count == 1 {
        "1 entry".to_owned()
    } else {
        format!("{count} entries")
    };
    let days = format!(
        " · {} to {} · {entries}",
        day(week.monday()),
        day(week.sunday())
    );
    canvas.line(
        area,
        Line::from(vec![
            Span::styled(said, canvas.theme.heading),
            Span::styled(days, canvas.theme.quiet),
        ]),
    );
}

/// An earlier week to look back at.
fn back(search: &Search, at: usize, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let Some(back) = search.past_weeks.get(at) else {
        return;
    };
    let chosen = search.cursor == at;
    let number = back.week.number();
    let lead = format!("{} · week {number}", back.ago);
    let longest = search.past_weeks.iter().map(|other| {
        words::width(other.ago) + other.week.number().to_string().len() + " · week ".len()
    });
    let lead = words::fit(&lead, longest.max().unwrap_or(0));
    let room = usize::from(area.width).saturating_sub(words::width(&lead) + 8);
    let said = words::clip(&words::one_line(&back.longest_text), room);
    canvas.line(
        area,
        Line::from(vec![
            Span::styled(if chosen { "› " } else { "  " }, theme.accent),
            Span::styled(lead, if chosen { theme.accent } else { theme.label }),
            Span::styled(format!("  “{said}”"), theme.quiet),
        ]),
    );
    canvas.add_target(area, Target::Row(at));
}

/// The text of the chosen entry.
fn chosen(search: &Search, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let width = usize::from(area.width);
    if let Some(back) = search.past_weeks.get(search.cursor) {
        let entries = if back.count == 1 {
            "1 entry"
        } else {
            "entries"
        };
        let said = match back.count {
            1 => format!("{entries} of that week"),
            count => format!("{} {entries} of that week", report::number(count)),
        };
        canvas.text(area, &said, theme.label);
        return;
    }
    let rows = usize::from(area.height);
    let Some((label, lines)) = search.detail(model.scene(), width, rows) else {
        return;
    };
    let label = words::one_line(&label);
    let offset = usize::from(!label.is_empty() && rows > 1);
    if offset > 0
        && let Some(row) = area.rows().next()
    {
        canvas.line(row, Line::styled(words::clip(&label, width), theme.label));
    }
    for (line, row) in lines.into_iter().zip(area.rows().skip(offset)) {
        canvas.line(row, Line::from(highlighted(&line, theme.words)));
    }
}

/// A text with its matches marked, by more than colour.
fn highlighted(text: &HighlightedText, style: Style) -> Vec<Span<'_>> {
    let found = style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
    text.pieces()
        .into_iter()
        .map(|(piece, looked_for)| Span::styled(piece, if looked_for { found } else { style }))
        .collect()
}
