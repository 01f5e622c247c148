//! What Home offers above everything else: words that are not saved yet, or a month that is over.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::home_key;
use crate::app::keys::{self, Action, Context};
use crate::app::route::{Route, Source};
use crate::app::{Model, Target};
use crate::calendar::Month;
use crate::journal::Value;
use crate::practice::Cadence;
use crate::ui::Canvas;
use crate::words;

/// How many rows it takes, the blank one below it with them.
pub(super) fn rows(model: &Model) -> u16 {
    match model.month_over() {
        _ if model.kept_words().is_some() => 3,
        Some(_) => 2,
        None => 1,
    }
}

pub(super) fn draw(model: &Model, canvas: &mut Canvas, area: Rect) {
    if model.kept_words().is_some() {
        kept_words(model, canvas, area);
    } else if let Some(month) = model.month_over() {
        month_over(month, canvas, Rect { height: 1, ..area });
    }
}

/// Words that were typed and not saved, offered again.
fn kept_words(model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let Some((screen, field, value)) = model.kept_words() else {
        return;
    };
    let said = match value {
        Value::Text(text) => words::one_line(text),
        Value::List(list) => words::one_line(&list.join(", ")),
        Value::Log(_) => String::new(),
    };
    let place = place_in_words(model, screen, field);
    let lead = if said.is_empty() {
        format!("✎ Not saved yet: {place}")
    } else {
        format!("✎ Not saved yet, {place}: ")
    };
    let room = usize::from(area.width).saturating_sub(words::width(&lead) + 2);
    let [first, second, _] = Layout::vertical([Constraint::Length(1); 3]).areas(area);
    canvas.line(
        first,
        Line::from(vec![
            Span::styled(lead, theme.due),
            Span::styled(quoted(&said, room), theme.words),
        ]),
    );
    canvas.line(
        second,
        Line::from(vec![
            Span::raw("  "),
            Span::styled(home_key(Action::PickUp), theme.accent),
            Span::styled(" picks them up   ", theme.label),
            Span::styled(home_key(Action::ThrowAway), theme.accent),
            Span::styled(" lets them go", theme.label),
        ]),
    );
    canvas.clickable(Rect { height: 2, ..area }, Target::Action(Action::PickUp));
}

/// A month that is over, offered to be looked back on.
fn month_over(month: Month, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let key = |action| keys::name(Context::Offered, action);
    canvas.line(
        area,
        Line::from(vec![
            Span::styled(format!("{} is over. ", month.name()), theme.heading),
            Span::styled(key(Action::LookBack), theme.accent),
            Span::styled(" looks back on it   ", theme.label),
            Span::styled(key(Action::PassOver), theme.accent),
            Span::styled(" lets it go", theme.label),
        ]),
    );
    canvas.clickable(area, Target::Action(Action::LookBack));
}

/// Words in quotation marks; nothing where there are none, as when a field was emptied.
fn quoted(said: &str, room: usize) -> String {
    if said.is_empty() {
        String::new()
    } else {
        format!("“{}”", words::clip(said, room))
    }
}

fn place_in_words(model: &Model, screen: &str, field: &str) -> String {
    match Route::named(screen) {
        Some(Route::Page { practice, week, .. }) => {
            let practice = model.catalog().practice(&practice);
            let step = practice.and_then(|practice| practice.step(field));
            let place = match (practice, step) {
                (Some(practice), Some(step)) => format!("{} · {}", practice.name, step.label),
                _ => "a page".to_owned(),
            };
            let weekly = practice.is_some_and(|practice| practice.cadence == Cadence::Weekly);
            let other = week.beside(model.now().week()).filter(|_| weekly);
            other.map_or_else(|| place.clone(), |week| format!("{place} · {week}"))
        }
        Some(Route::Commit(Source::Changed(_))) => "a commitment".to_owned(),
        Some(Route::Commit(_)) => "a new commitment".to_owned(),
        Some(Route::CheckIn(_)) => "a check-in".to_owned(),
        Some(Route::Item { register, .. }) => model
            .catalog()
            .register(&register)
            .map_or_else(String::new, |register| register.singular.clone()),
        _ => "somewhere".to_owned(),
    }
}
