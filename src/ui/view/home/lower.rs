//! What a tall window shows more: what was written last, what waits, and the year in figures.

use ratatui::layout::Constraint::Fill;
use ratatui::layout::{Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::home_key;
use crate::app::keys::Action;
use crate::app::route::Route;
use crate::app::screen::LowerPanels;
use crate::app::{ClickTarget, Model};
use crate::calendar;
use crate::insight::BriefItem;
use crate::text;
use crate::ui::size::LIST_COLUMNS;
use crate::ui::widget::{self, Panel, Row};
use crate::ui::{Canvas, sign};

/// The columns from which the figures have a panel of their own.
const WITH_FIGURES: u16 = 150;

/// The rows that show most of what there is, with the frame.
pub(super) const WANTED_ROWS: u16 = 10;

pub(super) fn draw(lower: &LowerPanels, model: &Model, canvas: &mut Canvas, area: Rect) {
    let with_figures = area.width >= WITH_FIGURES;
    let parts = if with_figures { [5, 5, 4] } else { [1, 1, 0] };
    let [latest, waiting, figures] = Layout::horizontal(parts.map(Fill)).spacing(1).areas(area);
    let today = model.now().today();
    draw_latest(lower, today, canvas, latest);
    draw_waiting(lower, today, canvas, waiting);
    if with_figures {
        let title = format!("{} in figures", model.now().month().year());
        draw_figures(lower, &title, canvas, figures);
    }
}

fn draw_latest(lower: &LowerPanels, today: chrono::NaiveDate, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let key = home_key(Action::Timeline, canvas.keys);
    let hint = widget::key_hint(key, "timeline", &theme);
    let columns = hint.iter().map(Span::width).sum();
    let panel = Panel::with_keys("Lately", hint).click(0, columns, Action::Timeline);
    let inner = panel.draw(canvas, area);
    let day = |item: &BriefItem| calendar::short_date(item.day, today);
    let days = text::widest(lower.latest.iter().map(day));
    let kinds = text::widest(lower.latest.iter().map(|item| &item.kind));
    for (item, row) in lower.latest.iter().zip(inner.rows()) {
        let missing = days.saturating_sub(text::width(&day(item)));
        let when = " ".repeat(missing) + &day(item);
        let kind = text::fit(&text::one_line(&item.kind), kinds);
        let line = Line::from(vec![
            Span::styled(format!("{when}  {kind}  "), theme.quiet),
            Span::styled(text::one_line(&item.title), theme.words),
        ]);
        canvas.draw_line(row, line);
        canvas.add_target(row, item_page(item));
    }
}

fn draw_waiting(lower: &LowerPanels, today: chrono::NaiveDate, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let open = match lower.waiting.len() {
        0 => "none".to_owned(),
        open => format!("{open} open"),
    };
    let inner = Panel::new("Waiting longest", open).draw(canvas, area);
    let columns = usize::from(inner.width.min(LIST_COLUMNS));
    let has_blanks = usize::from(inner.height) >= 3 * lower.waiting.len();
    let mut rows = inner.rows();
    for item in &lower.waiting {
        let days = usize::try_from((today - item.day).num_days()).unwrap_or_default();
        let since = text::counted_noun(days, "day");
        let title = Row::new(sign::OPEN, theme.label).words(&item.title, theme.words);
        let lines = if item.people.is_empty() {
            vec![title.state(&since, theme.quiet)]
        } else {
            let people = Row::new(" ", Style::new()).words(&item.people, theme.quiet);
            vec![title, people.state(&since, theme.quiet)]
        };
        for line in lines {
            let Some(row) = rows.next() else { return };
            canvas.draw_line(row, line.line(columns));
            canvas.add_target(row, item_page(item));
        }
        if has_blanks {
            rows.next();
        }
    }
}

fn item_page(item: &BriefItem) -> ClickTarget {
    ClickTarget::Open(Route::item(&item.register, &item.id))
}

fn draw_figures(lower: &LowerPanels, title: &str, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let key = home_key(Action::Portfolio, canvas.keys);
    let panel = Panel::with_keys(title, widget::key_hint(key, "portfolio", &theme));
    canvas.add_target(area, ClickTarget::Action(Action::Portfolio));
    let inner = panel.draw(canvas, area);
    let widest = text::widest(lower.figures.iter().map(|(number, _)| number));
    for ((number, label), row) in lower.figures.iter().zip(inner.rows()) {
        let missing = widest.saturating_sub(text::width(number));
        let line = Line::from(vec![
            Span::raw(" ".repeat(missing)),
            Span::styled(number.clone(), widget::strong(&theme)),
            Span::styled(format!("  {}", text::one_line(label)), theme.label),
        ]);
        canvas.draw_line(row, line);
    }
}
