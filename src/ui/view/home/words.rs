//! The user's own words of some weeks ago, and what became of them.

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::ClickTarget;
use crate::app::route::Route;
use crate::app::screen::Home;
use crate::calendar;
use crate::insight::EarlierWords;
use crate::text;
use crate::ui::size::TEXT_COLUMNS;
use crate::ui::widget::{self, Panel};
use crate::ui::{Canvas, Theme, cells, sign};

/// The most rows of a piece, and of what became of it.
const ROWS: usize = 4;

pub(super) fn draw(home: &Home, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let Some(first) = home.earlier.first() else {
        return;
    };
    let present = home.week.monday();
    let ago = |words: &EarlierWords| calendar::humanize(words.week.monday(), present);
    let title = format!("{} you wrote", ago(first));
    let inner = Panel::new(&title, first.label.as_str()).draw(canvas, area);
    let mut y = inner.y;
    for (at, words) in home.earlier.iter().enumerate() {
        let mut lines = lines(words, usize::from(inner.width.min(TEXT_COLUMNS)), &theme);
        if at > 0 {
            let when = format!("{} · {}", words.label, ago(words));
            lines.insert(0, Line::styled(when, theme.quiet));
        }
        let left = usize::from(inner.bottom().saturating_sub(y));
        if at == 0 {
            lines.truncate(left);
        }
        // No question without its answer.
        if lines.len() > left {
            break;
        }
        let height = cells(lines.len());
        let place = Rect { y, height, ..inner };
        canvas.draw_lines(place, lines);
        let page = Route::page(&words.practice, words.week, 1);
        canvas.add_target(place, ClickTarget::Open(page));
        y += height + 1;
    }
}

fn lines(words: &EarlierWords, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let said = format!("“{}”", text::one_line(&words.text));
    let mut lines: Vec<Line> = widget::wrapped_lines(&said, (width, ROWS), theme.words).collect();
    let Some(became) = &words.became else {
        return lines;
    };
    let sign = match &became.closing {
        Some(closing) => widget::outcome_sign(closing.how, theme),
        None => (sign::PROMISE, theme.accent),
    };
    let better = text::one_line(&became.better);
    let better = text::wrap(&better, width.saturating_sub(2), ROWS);
    lines.extend(widget::signed_lines(sign, better, theme.label));
    lines
}
