//! Commitments: making one, and all of them.

use chrono::NaiveDate;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::route::CommitSource;
use crate::app::screen::{CommitForm, Commitments, RowList};
use crate::journal::{Commitment, OffDays};
use crate::text;
use crate::ui::widget::{self, FormView, Row, Side};
use crate::ui::{Canvas, Theme, sign};

pub(super) fn draw_commit(screen: &CommitForm, model: &Model, canvas: &mut Canvas, area: Rect) {
    let [intro, _, rest] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    let intro = widget::text_columns(intro);
    if screen.is_deleted {
        widget::draw_deleted_note(canvas, intro);
    } else {
        let said = match &screen.source {
            CommitSource::Existing(_) => "What better looks like, which area, by when.".to_owned(),
            _ if screen.origin.is_empty() => "One area, led better by Friday.".to_owned(),
            _ => format!("From {}.", screen.origin),
        };
        canvas.draw_text(intro, &said, canvas.theme.quiet);
    }
    let width = widget::side_width(canvas, rest);
    let mut view = FormView::new(&screen.form, model.now());
    view.sides
        .extend(recent_answers(screen, canvas.theme, width));
    view.sides
        .extend(existing(&screen.existing, model, canvas.theme, width));
    view.draw(canvas, rest);
}

/// The answers of the page before, with the origin marked.
fn recent_answers(screen: &CommitForm, theme: &Theme, width: usize) -> Option<Side> {
    let mut lines = Vec::new();
    for answer in &screen.answers {
        let is_chosen = screen.chosen_answer() == Some(answer);
        let (sign, style) = if is_chosen {
            (sign::DONE, theme.accent)
        } else {
            (sign::NOTHING, theme.quiet)
        };
        let said = format!("{}: {}", answer.label, answer.first_line);
        let texts = text::wrap(&text::one_line(&said), width.saturating_sub(2), 2);
        lines.extend(signed_lines((sign, style), texts, theme.words));
    }
    (!lines.is_empty()).then(|| Side::new("You just wrote", lines))
}

/// The user's commitments.
fn existing(made: &[Commitment], model: &Model, theme: &Theme, width: usize) -> Option<Side> {
    let (today, off) = (model.now().today(), model.off_days());
    let room = width.saturating_sub(2);
    let (mut lines, mut items) = (Vec::new(), Vec::new());
    for commitment in made {
        items.push(lines.len());
        let sign = widget::commitment_sign(commitment, today, &off, theme);
        let better = text::wrap(&text::one_line(&commitment.better), room, 2);
        let state = text::wrap(&widget::commitment_state(commitment, today, &off), room, 2);
        lines.extend(signed_lines(sign, better, theme.words));
        lines.extend(signed_lines((" ", theme.quiet), state, theme.quiet));
    }
    (!lines.is_empty()).then(|| Side {
        items,
        ..Side::new("Already yours", lines)
    })
}

/// Lines behind a sign in the first.
fn signed_lines(
    (sign, sign_style): (&'static str, Style),
    lines: Vec<String>,
    style: Style,
) -> impl Iterator<Item = Line<'static>> {
    lines.into_iter().enumerate().map(move |(at, line)| {
        let lead = if at == 0 { sign } else { " " };
        Line::from(vec![
            Span::styled(format!("{lead} "), sign_style),
            Span::styled(line, style),
        ])
    })
}

pub(super) fn draw_all(screen: &Commitments, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let today = model.now().today();
    if screen.rows.count() == 0 {
        widget::draw_empty(
            canvas,
            area,
            "What you will lead better, and by when.",
            "Inbox: every customer question answered the same day. By Friday.",
        );
        return;
    }
    let [head, list, detail] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(5),
    ])
    .areas(area);
    let order = screen.rows.filter().order.name();
    let off = model.off_days();
    widget::draw_list_head(canvas, head, &screen.rows, Some(order));
    widget::draw_list(canvas, list, &screen.rows, |_, row| {
        let (sign, style) = widget::commitment_sign(&row.commitment, today, &off, &theme);
        Row {
            sign,
            style,
            lead: row.area.clone(),
            text: row.commitment.better.clone(),
            state: row.state.clone(),
        }
    });
    let Some(row) = screen.rows.chosen() else {
        return;
    };
    let commitment = &row.commitment;
    let [_, better, state, evidence, origin] =
        Layout::vertical([Constraint::Length(1); 5]).areas(detail);
    let room = usize::from(detail.width);
    let from = if commitment.closing.is_some() {
        origin
    } else {
        evidence
    };
    if let Some(place) = &row.origin {
        let text = text::clip(&format!("from {}", text::one_line(place)), room);
        canvas.draw_line(from, Line::styled(text, theme.quiet));
    }
    let text = text::clip(&text::one_line(&commitment.better), room);
    canvas.draw_line(better, Line::styled(text, theme.words));
    canvas.draw_line(
        state,
        Line::from(area_and_state(commitment, today, &model.off_days(), &theme)),
    );
    if let Some(closing) = &commitment.closing {
        let text = text::clip(&text::one_line(&closing.evidence), room);
        canvas.draw_line(evidence, Line::styled(text, theme.label));
    }
}

/// Area and state of a commitment on one line.
fn area_and_state(
    commitment: &Commitment,
    today: NaiveDate,
    off: &OffDays,
    theme: &Theme,
) -> Vec<Span<'static>> {
    let (sign, style) = widget::commitment_sign(commitment, today, off, theme);
    let mut spans = vec![Span::styled(format!("{sign} "), style)];
    if !commitment.area.is_empty() {
        let area = text::clip(&text::one_line(&commitment.area), 24);
        spans.push(Span::styled(format!("{area} · "), theme.label));
    }
    spans.push(Span::styled(
        widget::commitment_state(commitment, today, off),
        theme.quiet,
    ));
    spans
}
