//! What Home offers on top: a draft, a month that is over, fields with two texts.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::home_key;
use crate::app::keys::{Action, KeyContext};
use crate::app::route::{CommitSource, ItemSource, Route};
use crate::app::screen::Home;
use crate::app::{ClickTarget, Model, ShownDraft};
use crate::calendar::Month;
use crate::practice::Cadence;
use crate::report;
use crate::text;
use crate::ui::{Canvas, cells};

pub(super) fn rows(home: &Home, model: &Model) -> u16 {
    let offers = [
        model.kept_draft().is_some(),
        home.month_to_wrap_up.is_some(),
        model.journal().has_unsettled(),
        home.month_waits,
    ];
    cells(offers.into_iter().filter(|offer| *offer).count())
}

pub(super) fn draw(home: &Home, model: &Model, canvas: &mut Canvas, area: Rect) {
    let mut rows = area.rows();
    if let Some(kept) = model.kept_draft()
        && let Some(row) = rows.next()
    {
        draw_draft(kept, model, canvas, row);
    }
    if let Some(month) = home.month_to_wrap_up
        && let Some(row) = rows.next()
    {
        draw_month_over(month, canvas, row);
    }
    if model.journal().has_unsettled()
        && let Some(row) = rows.next()
    {
        draw_unsettled(model, canvas, row);
    }
    if home.month_waits
        && let Some(row) = rows.next()
    {
        draw_room_for_one(home, model, canvas, row);
    }
}

/// A month with an empty box, and what could go into it.
fn draw_room_for_one(home: &Home, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let month = model.now().month().name();
    // A suggestion says itself what it is.
    let lead = match model.catalog().monthly() {
        Some((register, _)) if home.suggestion.is_none() => {
            let singular = text::one_line(&register.singular);
            format!("{month} still has room for one {singular}. ")
        }
        _ => format!("{month} still has room for one. "),
    };
    let room = usize::from(area.width).saturating_sub(text::width(&lead));
    let mut line = Line::styled(lead, theme.due);
    line.extend(super::months::suggestion_line(home, room, canvas).spans);
    canvas.draw_line(area, line);
    let action = match home.suggestion {
        Some(_) => Action::Suggestion,
        None => Action::Problems,
    };
    canvas.add_target(area, ClickTarget::Action(action));
}

/// The fields that two machines changed differently, to be settled.
fn draw_unsettled(model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let entries: Vec<_> = model.journal().all_unsettled().collect();
    let fields = entries.iter().map(|(_, unsettled)| unsettled.len()).sum();
    let count = text::counted_noun(fields, "field");
    let verb = if fields == 1 { "has" } else { "have" };
    let lead = format!("≠ {count} {verb} two texts: ");
    let keys = vec![
        Span::raw("  "),
        Span::styled(home_key(Action::Settle, canvas.keys), theme.accent),
        Span::styled(" settle", theme.label),
    ];
    let taken: usize = keys.iter().map(|span| text::width(&span.content)).sum();
    // The quotation marks take two columns.
    let room = usize::from(area.width).saturating_sub(taken + text::width(&lead) + 2);
    let first = entries
        .first()
        .map(|(entry, _)| report::entry_title(entry, model.journal(), model.catalog()));
    let first = text::one_line(&first.unwrap_or_default());
    let mut spans = vec![
        Span::styled(lead, theme.due),
        Span::styled(in_quotes(&first, room), theme.words),
    ];
    spans.extend(keys);
    canvas.draw_line(area, Line::from(spans));
    canvas.add_target(area, ClickTarget::Action(Action::Settle));
}

/// A draft, offered again; or only shown, if a newer version was saved without it.
fn draw_draft(kept: ShownDraft<'_>, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let said = text::one_line(&model.kept_draft_text());
    let (sign, resume) = if kept.is_superseded {
        ("✎ Older draft", " show  ")
    } else {
        ("✎ Draft", " resume  ")
    };
    let others = match model.kept_draft_counts().1 {
        0 => String::new(),
        others => format!(" and {others} more"),
    };
    let keys = vec![
        Span::styled(others, theme.label),
        Span::raw("  "),
        Span::styled(home_key(Action::ResumeDraft, canvas.keys), theme.accent),
        Span::styled(resume, theme.label),
        Span::styled(home_key(Action::DiscardDraft, canvas.keys), theme.accent),
        Span::styled(" discard", theme.label),
    ];
    let taken: usize = keys.iter().map(|span| text::width(&span.content)).sum();
    let room = usize::from(area.width).saturating_sub(taken);
    let (place, title) = screen_name(model, kept.screen, kept.field);
    // Blanks, a comma, a colon and quotation marks.
    let around = text::width(sign) + if title.is_some() { 9 } else { 6 };
    let least = text::width(&said).min(room / if title.is_some() { 4 } else { 2 });
    let place = text::clip(&place, room.saturating_sub(around + least));
    // The title and the text share the rest; one takes what the other leaves.
    let rest = room.saturating_sub(around + text::width(&place));
    let title = title.map(|title| {
        let room = (rest / 2).max(rest.saturating_sub(text::width(&said)));
        format!(" “{}”", text::clip(&text::one_line(&title), room))
    });
    let title = title.unwrap_or_default();
    let lead = if said.is_empty() {
        format!("{sign}, {place}{title}")
    } else {
        format!("{sign}, {place}{title}: ")
    };
    let room = room.saturating_sub(text::width(&lead) + 2);
    let mut spans = vec![
        Span::styled(lead, theme.due),
        Span::styled(in_quotes(&said, room), theme.words),
    ];
    spans.extend(keys);
    canvas.draw_line(area, Line::from(spans));
    canvas.add_target(area, ClickTarget::Action(Action::ResumeDraft));
}

/// A month that is over, with an offer to wrap it up.
fn draw_month_over(month: Month, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let key = |action| canvas.keys.key_name(KeyContext::WrapUpOffer, action);
    canvas.draw_line(
        area,
        Line::from(vec![
            Span::styled(format!("{} is over. ", month.name()), theme.heading),
            Span::styled(key(Action::WrapUpMonth), theme.accent),
            Span::styled(" wrap up  ", theme.label),
            Span::styled(key(Action::DismissMonth), theme.accent),
            Span::styled(" dismiss", theme.label),
        ]),
    );
    canvas.add_target(area, ClickTarget::Action(Action::WrapUpMonth));
}

/// Text in quotation marks; nothing if it is empty, as after a field was cleared.
fn in_quotes(said: &str, room: usize) -> String {
    if said.is_empty() {
        String::new()
    } else {
        format!("“{}”", text::clip(said, room))
    }
}

/// What a draft belongs to, and the title of the entry it is about.
fn screen_name(model: &Model, screen: &str, field: &str) -> (String, Option<String>) {
    let commitment = |id| model.journal().commitment(id);
    let title_of = |id| commitment(id).map(|commitment| commitment.better.clone());
    let (name, title) = match Route::from_name(screen) {
        Some(Route::Page { practice, week, .. }) => {
            let practice = model.catalog().practice(&practice);
            let step = practice.and_then(|practice| practice.step(field));
            let (Some(practice), Some(step)) = (practice, step) else {
                return ("a page".to_owned(), None);
            };
            let weekly = practice.cadence == Cadence::Weekly;
            // There is no room for the step as well, and the week matters more.
            let week = week.relative_label(model.now().week()).filter(|_| weekly);
            let beside = week.as_deref().unwrap_or(&step.label);
            return (format!("{} · {beside}", practice.name), None);
        }
        Some(Route::Commit(CommitSource::Existing(id))) => match title_of(&id) {
            Some(title) => ("commitment", Some(title)),
            None => ("a deleted commitment", None),
        },
        Some(Route::Commit(_)) => ("new commitment", None),
        Some(Route::Note) => ("note", None),
        Some(Route::CheckIn(id)) => match title_of(&id) {
            Some(title) => ("check-in of", Some(title)),
            None => ("check-in of a deleted commitment", None),
        },
        Some(Route::Item {
            source: ItemSource::Joining(name),
            ..
        }) => ("joined name", Some(name)),
        Some(Route::Item { register, source }) => {
            let Some(register) = model.catalog().register(&register) else {
                return (String::new(), None);
            };
            let singular = &register.singular;
            let id = source.existing();
            let item = id.and_then(|id| model.journal().item_or_preset(register, id));
            return match item {
                Some(item) => (singular.clone(), Some(item.title().to_owned())),
                None if id.is_some() => (format!("a deleted {singular}"), None),
                None => (format!("new {singular}"), None),
            };
        }
        _ => ("somewhere", None),
    };
    (name.to_owned(), title)
}
