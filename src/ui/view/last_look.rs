//! A last look at a page before it leaves: its pieces, and who and what is named in the chosen one.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Margin, Rect};
use ratatui::text::Line;

use crate::app::ClickTarget;
use crate::app::keys::{Action, KeyContext};
use crate::app::screen::{LastLook, LookRow};
use crate::report;
use crate::text;
use crate::ui::size::TEXT_COLUMNS;
use crate::ui::widget::{self, ListLine, Panel, Row, split_list};
use crate::ui::{Canvas, Theme, cells};

pub(super) fn draw(screen: &LastLook, canvas: &mut Canvas, area: Rect) {
    let width = usize::from(area.inner(Margin::new(2, 0)).width);
    let summary = if screen.is_empty() {
        let key = canvas.keys.key_name(KeyContext::Portfolio, Action::Toggle);
        format!(
            "This page is empty, so there is nothing to export. {key} on the portfolio includes more."
        )
    } else {
        screen.summary()
    };
    // The names are what it is for.
    let most = usize::from(area.height / 3);
    let summary = widget::wrapped_lines(&summary, (width, most), canvas.theme.quiet);
    let summary: Vec<Line> = summary.collect();
    let rows = cells(summary.len() + 1);
    let [above, body] = Layout::vertical([Length(rows), Fill(1)]).areas(area);
    canvas.draw_lines(above.inner(Margin::new(2, 0)), summary);
    let [left, page] = split_list(canvas, body, screen.rows.len());
    // The list comes last: the cursor of the terminal stands there.
    draw_piece(screen, canvas, page);
    draw_rows(screen, canvas, left);
}

fn draw_rows(screen: &LastLook, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let place = match screen.rows.len() {
        0 => String::new(),
        rows => format!("{} of {rows}", screen.cursor + 1),
    };
    let rows = Panel::new("What leaves", place).focus().draw(canvas, area);
    let chosen = (!screen.rows.is_empty()).then_some(screen.cursor);
    widget::draw_list_lines(canvas, rows, screen.rows.len(), chosen, |at| {
        let row = screen.rows.get(at)?;
        let line = look_row(row, &theme).mark(ClickTarget::Mark(at));
        Some(ListLine::Row(ClickTarget::Row(at), line))
    });
}

fn look_row(row: &LookRow, theme: &Theme) -> Row {
    let (sign, style) = widget::box_mark(row.is_in, theme);
    let words = if row.is_in { theme.words } else { theme.quiet };
    let names = text::one_line(&row.piece.names.join(", "));
    Row::new(sign, style)
        .words(&row.piece.title, words)
        .state(&names, theme.quiet)
}

/// The chosen piece: its whole title, where it came from, and who and what is named in it.
fn draw_piece(screen: &LastLook, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let Some(row) = screen.chosen() else {
        return;
    };
    let source = report::leaving_source(&row.piece);
    let state = if row.is_in { "" } else { "taken out" };
    let inner = Panel::new(&source, state).draw(canvas, area);
    let width = usize::from(inner.width.min(TEXT_COLUMNS));
    let title = widget::wrapped_lines(&row.piece.title, (width, 4), widget::strong(&theme));
    let mut lines: Vec<Line> = title.collect();
    lines.push(Line::default());
    for one in row.piece.names.iter().chain(&row.piece.links) {
        let one = text::clip(&text::one_line(one), width);
        lines.push(Line::styled(one, theme.words));
    }
    canvas.draw_lines(inner, lines);
}
