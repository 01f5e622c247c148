//! Search and timeline: the query on top, then the results, and the chosen one as a page.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Margin, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::entry;
use crate::app::screen::{PastWeek, Search, SearchLine, search};
use crate::app::{ClickTarget, Model};
use crate::calendar::{self, Week};
use crate::report::HighlightedText;
use crate::text;
use crate::ui::widget::{self, ListLine, Panel, Row, draw_page, split_list};
use crate::ui::{Canvas, Theme, sign};

/// Columns for a text of which only what is beside it is needed.
const LEAST_TEXT: usize = 8;

pub(super) fn draw(search: &Search, model: &Model, canvas: &mut Canvas, area: Rect) {
    let is_asked = search.is_typing || !search.editor.is_blank();
    if search.count == 0 && !is_asked {
        let (about, example) = search::EMPTY;
        widget::draw_empty(canvas, area.inner(Margin::new(2, 0)), about, example);
        return;
    }
    let theme = *canvas.theme;
    // The query and its hint, and a blank row for no matches.
    let [left, page] = split_list(canvas, area, search.lines() + 3);
    let order = if search.is_by_time() {
        "newest first"
    } else {
        "best first"
    };
    let said = format!("{order}, {} of {}", search.hit_count(), search.count);
    let title = if search.is_search {
        "Search"
    } else {
        "Timeline"
    };
    let inner = Panel::new(title, said).focus().draw(canvas, left);
    let query = u16::from(is_asked);
    let [field, hint, list] = Layout::vertical([
        Length(query),
        Length(u16::from(hint_text(search, &theme).is_some())),
        Fill(1),
    ])
    .areas(inner);
    draw_query(search, canvas, field);
    self::hint(search, canvas, hint);
    if search.hit_count() == 0 {
        let said = match search.count {
            0 => search::EMPTY.0,
            _ => "No matches. Try fewer words or filters.",
        };
        canvas.draw_text(list, said, theme.label);
        return;
    }
    draw_results(search, model, canvas, list);
    draw_chosen(search, model, canvas, page);
}

fn draw_query(search: &Search, canvas: &mut Canvas, area: Rect) {
    if area.is_empty() {
        return;
    }
    let field = widget::draw_query(&search.editor, search.is_typing, canvas, area);
    if let Some(rest) = search.completion_text() {
        widget::draw_completion(rest, &search.editor, canvas, field);
    }
}

/// What is wrong with the query, or what can come next.
fn hint_text(search: &Search, theme: &Theme) -> Option<(String, Style)> {
    match search.troubles.first() {
        Some(trouble) => Some((format!("{} {trouble}", sign::MISSED), theme.wrong)),
        None if search.is_typing && !search.values.is_empty() => {
            Some((search.values.join(" · "), theme.quiet))
        }
        None if search.is_typing && search.editor.is_blank() => Some((
            "words, “exact phrase”, -exclude, kind: area: person: since: until: week:".to_owned(),
            theme.quiet,
        )),
        None => None,
    }
}

fn hint(search: &Search, canvas: &mut Canvas, area: Rect) {
    let Some((said, style)) = hint_text(search, canvas.theme) else {
        return;
    };
    let said = format!("  {}", text::one_line(&said));
    canvas.draw_line(area, Line::styled(said, style));
}

fn draw_results(search: &Search, model: &Model, canvas: &mut Canvas, area: Rect) {
    let (theme, columns) = (*canvas.theme, usize::from(area.width));
    let chosen = Some(search.chosen_line());
    widget::draw_list_lines(canvas, area, search.lines(), chosen, |at| {
        Some(match search.line(at)? {
            SearchLine::Gap => ListLine::Gap,
            SearchLine::Week(week, count) => week_heading(week, count, model, &theme),
            SearchLine::PastWeek(at) => ListLine::Row(
                ClickTarget::Row(at),
                past_week_row(search.past_weeks.get(at)?, &theme),
            ),
            SearchLine::Hit(at) => ListLine::Row(
                ClickTarget::Row(search.past_weeks.len() + at),
                hit_row(search, at, model, columns, &theme)?,
            ),
        })
    });
}

/// A result: its words around what was looked for, what it is, and its day.
fn hit_row(
    search: &Search,
    at: usize,
    model: &Model,
    columns: usize,
    theme: &Theme,
) -> Option<Row> {
    // The room for its words depends on what is beside them.
    let beside = search.search_row(at, model.scene(), LEAST_TEXT)?;
    let day = calendar::short_date(beside.day, model.now().today());
    let row = Row::new(" ", theme.quiet)
        .state(&beside.kind, theme.label)
        .day(&day, 10, theme.quiet);
    let text = search
        .search_row(at, model.scene(), row.room(columns))?
        .text;
    Some(row.spans(highlighted(&text, theme.words)))
}

/// The heading of a week: its name, its days, and how many entries it has.
fn week_heading(week: Week, count: usize, model: &Model, theme: &Theme) -> ListLine {
    let now = model.now();
    let near = week.near_name(now.week()).map(text::capitalized);
    let said = near.unwrap_or_else(|| week.label(now.week()));
    let days = format!(
        "{} to {} · {}",
        calendar::day_and_month(week.monday()),
        calendar::day_and_month(week.sunday()),
        text::counted_noun(count, "entry")
    );
    ListLine::Heading(Span::styled(said, theme.heading), days)
}

/// An earlier week to look back at.
fn past_week_row(back: &PastWeek, theme: &Theme) -> Row {
    let when = format!("{} · week {:>2}", back.ago, back.week.number());
    Row::new(sign::QUOTE, theme.quiet)
        .words(&back.longest_text, theme.quiet)
        .state(&when, theme.label)
}

/// The text of the chosen entry.
fn draw_chosen(search: &Search, model: &Model, canvas: &mut Canvas, area: Rect) {
    if let Some(back) = search.past_weeks.get(search.cursor) {
        let title = format!("Week {}", back.week.number());
        let entries = text::counted_noun(back.count, "entry");
        draw_page(canvas, area, &title, &entries, |canvas, width| {
            let size = (width, usize::from(area.height));
            widget::wrapped_lines(&back.longest_text, size, canvas.theme.words).collect()
        });
        return;
    }
    let hit = search.cursor - search.past_weeks.len();
    let Some(row) = search.search_row(hit, model.scene(), LEAST_TEXT) else {
        return;
    };
    // Without words to mark, its whole page, as beside the other lists.
    if search.editor.is_blank()
        && let Some(id) = search.chosen_id(model.scene())
        && entry::draw(&id, model, canvas, area, |_, _| Vec::new())
    {
        return;
    }
    let kind = text::capitalized(&text::one_line(&row.kind));
    let beside = text::one_line(&row.side_text);
    draw_page(canvas, area, &kind, &beside, |canvas, width| {
        let rows = usize::from(area.height);
        let Some((label, found)) = search.detail(model.scene(), width, rows) else {
            return Vec::new();
        };
        let label = text::clip(&text::one_line(&label), width);
        let mut lines = vec![Line::styled(label, canvas.theme.label)];
        let words = canvas.theme.words;
        lines.extend(
            found
                .iter()
                .map(|line| Line::from(highlighted(line, words))),
        );
        if let Some(page) = search.page_beside_passage(model.scene()) {
            if !page.words.is_empty() {
                lines.push(Line::default());
            }
            let today = model.now().today();
            lines.extend(entry::page_lines(&page, today, width, canvas));
        }
        lines
    });
}

/// A text with its matches marked, by more than colour.
fn highlighted(text: &HighlightedText, style: Style) -> Vec<Span<'static>> {
    let found = style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
    let spans = text.segments().into_iter().map(|(piece, looked_for)| {
        let style = if looked_for { found } else { style };
        Span::styled(piece.to_owned(), style)
    });
    spans.collect()
}
