//! Commitments: making one, checking in on one, and all of them.

use chrono::NaiveDate;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::keys::{self, Action, KeyContext};
use crate::app::route::CommitSource;
use crate::app::screen::{CheckInForm, CommitForm, Commitments, RowList};
use crate::calendar;
use crate::insight::{self, Stuck};
use crate::journal::{Commitment, OffDays};
use crate::text;
use crate::ui::widget::{self, Row, split_columns};
use crate::ui::{Canvas, Theme};

/// Most rows for the moves of a commitment.
const MAX_MOVE_ROWS: u16 = 4;

pub(super) fn draw_commit(screen: &CommitForm, model: &Model, canvas: &mut Canvas, area: Rect) {
    let [intro, rest] = Layout::vertical([Constraint::Length(3), Constraint::Fill(1)]).areas(area);
    let intro = Rect {
        y: intro.y + 1,
        height: 2,
        ..intro
    };
    if screen.is_deleted {
        widget::draw_deleted_note(canvas, Rect { height: 1, ..intro });
    } else {
        let said = match &screen.source {
            CommitSource::Existing(_) => "What better looks like, which area, by when.".to_owned(),
            _ if screen.origin.is_empty() => "One area, led better by Friday.".to_owned(),
            _ => format!("From {}.", screen.origin),
        };
        canvas.draw_text(intro, &said, canvas.theme.quiet);
    }
    let [left, right] = split_columns(rest, rest.width * 5 / 8);
    let other = screen
        .form
        .focused()
        .is_some_and(|input| input.other_text.is_some());
    let beside = other.then_some(right);
    widget::draw_form(&screen.form, model.now(), canvas, left, beside);
    if beside.is_none() {
        let below = draw_recent_answers(screen, canvas, right);
        draw_commitments(&screen.existing, model, canvas, below);
    }
}

/// The answers of the page before, with the origin marked; returns the rest of the area.
fn draw_recent_answers(screen: &CommitForm, canvas: &mut Canvas, area: Rect) -> Rect {
    let theme = *canvas.theme;
    if screen.answers.is_empty() {
        return area;
    }
    let room = usize::from(area.width).saturating_sub(2);
    let mut lines = vec![Line::styled("You just wrote", theme.heading)];
    for answer in &screen.answers {
        let is_chosen = screen.chosen_answer() == Some(answer);
        let (sign, style) = if is_chosen {
            ("●", theme.accent)
        } else {
            ("·", theme.quiet)
        };
        let said = format!("{}: {}", answer.label, answer.first_line);
        for (at, text) in text::wrap(&text::one_line(&said), room, 2)
            .into_iter()
            .enumerate()
        {
            let lead = if at == 0 { sign } else { " " };
            lines.push(Line::from(vec![
                Span::styled(format!("{lead} "), style),
                Span::styled(text, theme.words),
            ]));
        }
    }
    let taken = u16::try_from(lines.len() + 1).unwrap_or(area.height);
    for (line, row) in lines.into_iter().zip(area.rows()) {
        canvas.draw_line(row, line);
    }
    let taken = taken.min(area.height);
    Rect {
        y: area.y + taken,
        height: area.height - taken,
        ..area
    }
}

/// The user's commitments, as many as fit.
fn draw_commitments(made: &[Commitment], model: &Model, canvas: &mut Canvas, area: Rect) {
    let (today, off) = (model.now().today(), model.off_days());
    let theme = *canvas.theme;
    if made.is_empty() {
        return;
    }
    let mut lines = vec![Line::styled("Already yours", theme.heading)];
    let height = usize::from(area.height);
    let room = usize::from(area.width).saturating_sub(2);
    for (at, commitment) in made.iter().enumerate() {
        let (sign, style) = widget::commitment_sign(commitment, today, &off, &theme);
        let better = text::wrap(&text::one_line(&commitment.better), room, 2);
        let state = text::wrap(&widget::commitment_state(commitment, today, &off), room, 2);
        let better = better.into_iter().map(|line| (line, theme.words));
        let state = state.into_iter().map(|line| (line, theme.quiet));
        let told: Vec<Line> = better
            .chain(state)
            .enumerate()
            .map(|(at, (line, line_style))| {
                let lead = if at == 0 { sign } else { " " };
                Line::from(vec![
                    Span::styled(format!("{lead} "), style),
                    Span::styled(line, line_style),
                ])
            })
            .collect();
        // Leave a row for how many more there are.
        let is_last = at + 1 == made.len();
        if lines.len() + told.len() + usize::from(!is_last) > height {
            let more = format!("and {} more", made.len() - at);
            lines.push(Line::styled(more, theme.quiet));
            break;
        }
        lines.extend(told);
    }
    for (line, row) in lines.into_iter().zip(area.rows()) {
        canvas.draw_line(row, line);
    }
}

pub(super) fn draw_check_in(screen: &CheckInForm, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let commitment = &screen.commitment;
    let today = model.now().today();
    let told = move_lines(commitment, today, usize::from(area.width));
    let offer = way_out(commitment, today, &theme);
    let lead = if model.asks_due_in_walk() {
        "First, what is due"
    } else {
        ""
    };
    let [above, better, state, moves, out, _, rest] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(2),
        Constraint::Length(1),
        Constraint::Length(u16::try_from(told.len()).unwrap_or(MAX_MOVE_ROWS)),
        Constraint::Length(u16::from(offer.is_some())),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    canvas.draw_line(above, Line::styled(lead, theme.quiet));
    canvas.draw_text(better, &commitment.better, theme.words);
    let mut spans = area_and_state(commitment, today, &model.off_days(), &theme);
    let width = |spans: &[Span<'_>]| spans.iter().map(Span::width).sum::<usize>();
    if width(&spans) > usize::from(area.width)
        && let Some(last) = spans.last_mut()
    {
        // Every move is shown below with its days.
        let day = last.content.split(" · ").next().unwrap_or_default();
        last.content = day.to_owned().into();
    }
    if let Some(origin) = &screen.origin {
        let origin = text::clip(&text::one_line(origin), 40);
        spans.push(Span::styled(format!(" · from {origin}"), theme.quiet));
    }
    if screen.is_deleted {
        widget::draw_deleted_note(canvas, state);
    } else {
        canvas.draw_line(state, Line::from(spans));
    }
    for (text, row) in told.into_iter().zip(moves.rows()) {
        canvas.draw_line(row, Line::styled(text, theme.quiet));
    }
    if let Some(offer) = offer {
        canvas.draw_line(out, offer);
    }
    widget::draw_form_alone(&screen.form, model.now(), canvas, rest);
}

/// The offer for a commitment that was moved twice or is weeks overdue: a smaller one, or none.
fn way_out(commitment: &Commitment, today: NaiveDate, theme: &Theme) -> Option<Line<'static>> {
    let reason = match insight::stuck(commitment, today)? {
        Stuck::Moved(2) => "Moved twice: ".to_owned(),
        Stuck::Moved(times) => format!("Moved {times} times: "),
        Stuck::Late(weeks) => format!("{weeks} weeks late: "),
    };
    let key = |context, action| Span::styled(keys::key_name(context, action), theme.accent);
    Some(Line::from(vec![
        Span::styled(reason, theme.label),
        key(KeyContext::Form, Action::Edit),
        Span::styled(" make it smaller, or ", theme.label),
        key(KeyContext::CheckIn, Action::LetGo),
        Span::styled(" let it go", theme.label),
    ]))
}

/// Each move with its reason, newest first, as many as fit.
fn move_lines(commitment: &Commitment, today: NaiveDate, width: usize) -> Vec<String> {
    commitment
        .moves
        .iter()
        .rev()
        .flat_map(|step| {
            let day = |day| calendar::short_date(day, today);
            let (on, from, to) = (day(step.on), day(step.from), day(step.to));
            let mut text = format!("moved on {on}: {from} → {to}");
            if !step.why.is_empty() {
                text.push_str(&format!(" · {}", text::one_line(&step.why)));
            }
            text::wrap(&text, width, 2)
        })
        .take(usize::from(MAX_MOVE_ROWS))
        .collect()
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
