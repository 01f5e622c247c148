//! Search: the query on top, then the results, then the chosen one.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::app::screen::{Search, SearchLine, SearchRow, search};
use crate::app::{ClickTarget, Model};
use crate::calendar::{self, Week};
use crate::report::{self, HighlightedText};
use crate::text;
use crate::ui::Canvas;
use crate::ui::widget;

/// Most columns for the kind of an entry.
const MAX_KIND: usize = 14;

/// Rows for the chosen entry.
const DETAIL_ROWS: u16 = 3;

pub(super) fn draw(search: &Search, model: &Model, canvas: &mut Canvas, area: Rect) {
    if search.count == 0 {
        let (about, example) = search::EMPTY;
        widget::draw_empty(canvas, area, about, example);
        return;
    }
    let [field, hint, list, _, detail] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(1),
        Constraint::Length(DETAIL_ROWS),
    ])
    .areas(area);
    draw_query(search, canvas, field);
    self::hint(search, canvas, hint);
    if search.hit_count() == 0 {
        let [_, place] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(list);
        let said = "No matches. Try fewer words or filters.";
        canvas.draw_text(place, said, canvas.theme.label);
        return;
    }
    draw_results(search, model, canvas, list);
    draw_chosen(search, model, canvas, detail);
}

/// The query, and how many entries it finds.
fn draw_query(search: &Search, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let order = if search.is_by_time() {
        "newest first"
    } else {
        "best first"
    };
    let said = format!("  {} of {} · {order}", search.hit_count(), search.count);
    let width = u16::try_from(text::width(&said)).unwrap_or(0);
    let [lead, field, right] = Layout::horizontal([
        Constraint::Length(2),
        Constraint::Fill(1),
        Constraint::Length(width),
    ])
    .areas(area);
    canvas.draw_line(right, Line::styled(said, theme.quiet));
    if search.is_typing {
        canvas.draw_line(lead, Line::styled("/", theme.accent));
        widget::draw_text_field(&search.editor, canvas, field);
        if let Some(rest) = search.completion_text() {
            widget::draw_completion_at(rest, &search.editor, canvas, field);
        }
    } else if !search.editor.is_blank() {
        canvas.draw_line(lead, Line::styled("/", theme.accent));
        let text = text::one_line(&search.editor.text());
        let text = text::clip(&text, usize::from(field.width));
        canvas.draw_line(field, Line::styled(text, theme.words));
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
    let said = text::clip(&text::one_line(&said), room);
    canvas.draw_line(area, Line::styled(format!("  {said}"), style));
}

fn draw_results(search: &Search, model: &Model, canvas: &mut Canvas, area: Rect) {
    let height = usize::from(area.height);
    let first = (search.chosen_line() + 1).saturating_sub(height);
    let today = model.now().today();
    let width = usize::from(area.width);
    let shown: Vec<Option<SearchLine>> =
        (first..first + height).map(|at| search.line(at)).collect();
    let found: Vec<Option<SearchRow>> = shown
        .iter()
        .map(|line| match line {
            Some(SearchLine::Hit(at)) => search.search_row(*at, model.scene(), width),
            _ => None,
        })
        .collect();
    let widest = |of: fn(&SearchRow) -> &str| {
        let widths = found
            .iter()
            .flatten()
            .map(|row| text::width(&text::one_line(of(row))));
        widths.max().unwrap_or(0)
    };
    let days = found
        .iter()
        .flatten()
        .map(|row| text::width(&calendar::short_date(row.day, today)));
    let rooms = ColumnWidths {
        day: days.max().unwrap_or(0),
        kind: widest(|row| &row.kind).min(MAX_KIND),
        beside: widest(|row| &row.side_text).min(width / 5),
    };
    for ((line, found), place) in shown.iter().zip(&found).zip(area.rows()) {
        match (line, found) {
            (Some(SearchLine::Week(week, count)), _) => {
                draw_week_heading(*week, *count, model, canvas, place);
            }
            (Some(SearchLine::PastWeek(at)), _) => draw_past_week(search, *at, canvas, place),
            (Some(SearchLine::Hit(at)), Some(_)) => {
                let taken = rooms.day + rooms.kind + rooms.beside + 8;
                let room = width.saturating_sub(taken);
                let Some(row) = search.search_row(*at, model.scene(), room) else {
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
                canvas.add_target(place, ClickTarget::Row(number));
            }
            _ => {}
        }
    }
    let below = search.lines().saturating_sub(first + height);
    widget::draw_arrows(canvas, area, first, below);
}

/// Columns for what is around the text.
struct ColumnWidths {
    day: usize,
    kind: usize,
    beside: usize,
}

fn draw_hit(
    row: &SearchRow,
    rooms: &ColumnWidths,
    chosen: bool,
    room: usize,
    today: chrono::NaiveDate,
    canvas: &mut Canvas,
    area: Rect,
) {
    let theme = *canvas.theme;
    let style = if chosen { theme.accent } else { theme.words };
    let kind = text::one_line(&row.kind);
    let mut spans = vec![
        Span::styled(if chosen { "› " } else { "  " }, theme.accent),
        Span::styled(
            text::fit(&calendar::short_date(row.day, today), rooms.day),
            theme.quiet,
        ),
        Span::styled(format!("  {}  ", text::fit(&kind, rooms.kind)), theme.label),
    ];
    let missing = room.saturating_sub(text::width(row.text.as_str()));
    spans.extend(highlighted(&row.text, style));
    spans.push(Span::raw(" ".repeat(missing + 2)));
    let beside = text::clip(&text::one_line(&row.side_text), rooms.beside);
    spans.push(Span::styled(beside, theme.quiet));
    canvas.draw_line(area, Line::from(spans));
}

/// The heading of a week: its name, its days, and how many entries it has.
fn draw_week_heading(week: Week, count: usize, model: &Model, canvas: &mut Canvas, area: Rect) {
    let now = model.now();
    let said = match week {
        week if week == now.week() => "This week".to_owned(),
        week if week == now.week().next() => "Next week".to_owned(),
        week if week == now.week().minus_weeks(1) => "Last week".to_owned(),
        week if week.year() == now.week().year() => format!("Week {}", week.number()),
        week => format!("Week {} of {}", week.number(), week.year()),
    };
    let day = |day| {
        let short = calendar::short_date(day, day);
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
    canvas.draw_line(
        area,
        Line::from(vec![
            Span::styled(said, canvas.theme.heading),
            Span::styled(days, canvas.theme.quiet),
        ]),
    );
}

/// An earlier week to look back at.
fn draw_past_week(search: &Search, at: usize, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let Some(back) = search.past_weeks.get(at) else {
        return;
    };
    let chosen = search.cursor == at;
    let number = back.week.number();
    let lead = format!("{} · week {number}", back.ago);
    let longest = search.past_weeks.iter().map(|other| {
        text::width(other.ago) + other.week.number().to_string().len() + " · week ".len()
    });
    let lead = text::fit(&lead, longest.max().unwrap_or(0));
    let room = usize::from(area.width).saturating_sub(text::width(&lead) + 8);
    let said = text::clip(&text::one_line(&back.longest_text), room);
    canvas.draw_line(
        area,
        Line::from(vec![
            Span::styled(if chosen { "› " } else { "  " }, theme.accent),
            Span::styled(lead, if chosen { theme.accent } else { theme.label }),
            Span::styled(format!("  “{said}”"), theme.quiet),
        ]),
    );
    canvas.add_target(area, ClickTarget::Row(at));
}

/// The text of the chosen entry.
fn draw_chosen(search: &Search, model: &Model, canvas: &mut Canvas, area: Rect) {
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
            count => format!("{} {entries} of that week", report::spell_number(count)),
        };
        canvas.draw_text(area, &said, theme.label);
        return;
    }
    let rows = usize::from(area.height);
    let Some((label, lines)) = search.detail(model.scene(), width, rows) else {
        return;
    };
    let label = text::one_line(&label);
    let offset = usize::from(!label.is_empty() && rows > 1);
    if offset > 0
        && let Some(row) = area.rows().next()
    {
        canvas.draw_line(row, Line::styled(text::clip(&label, width), theme.label));
    }
    for (line, row) in lines.into_iter().zip(area.rows().skip(offset)) {
        canvas.draw_line(row, Line::from(highlighted(&line, theme.words)));
    }
}

/// A text with its matches marked, by more than colour.
fn highlighted(text: &HighlightedText, style: Style) -> Vec<Span<'_>> {
    let found = style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
    text.segments()
        .into_iter()
        .map(|(piece, looked_for)| Span::styled(piece, if looked_for { found } else { style }))
        .collect()
}
