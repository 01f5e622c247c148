//! Commitments: making one, and all of them.

use chrono::{Datelike, NaiveDate};
use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Margin, Rect};
use ratatui::text::{Line, Span};

use super::entry;
use crate::app::Model;
use crate::app::route::CommitSource;
use crate::app::screen::{CommitForm, CommitmentRow, Commitments, RowList};
use crate::calendar;
use crate::journal::{Commitment, OffDays};
use crate::text;
use crate::ui::widget::{self, FormView, Row, Side, draw_list_panel, split_filtered};
use crate::ui::{Canvas, Theme, sign};

pub(super) fn draw_commit(screen: &CommitForm, model: &Model, canvas: &mut Canvas, area: Rect) {
    let [intro, _, rest] = Layout::vertical([Length(1), Length(1), Fill(1)]).areas(area);
    let intro = widget::text_columns(intro);
    if screen.form.is_deleted {
        widget::draw_deleted_note(canvas, intro);
    } else {
        let said = match &screen.source {
            CommitSource::Existing(_) => "What better looks like, which area, by when.".to_owned(),
            _ if screen.origin.is_empty() => {
                format!("One area, led better by {}.", canvas.due_day.name())
            }
            CommitSource::Expectation(_) => screen.origin.clone(),
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
        let sign = if is_chosen {
            (sign::DONE, theme.accent)
        } else {
            (sign::NOTHING, theme.quiet)
        };
        let said = format!("{}: {}", answer.label, answer.first_line);
        let texts = text::wrap(&text::one_line(&said), width.saturating_sub(2), 2);
        lines.extend(widget::signed_lines(sign, texts, theme.words));
    }
    (!lines.is_empty()).then(|| Side::new("You just wrote", lines))
}

/// The user's commitments.
fn existing(made: &[Commitment], model: &Model, theme: &Theme, width: usize) -> Option<Side> {
    let (today, off) = (model.now().today(), model.off_days());
    let lines = made.iter().flat_map(|commitment| {
        widget::commitment_lines(commitment, today, &off, (width, 2), theme)
    });
    let rows = made
        .iter()
        .map(|commitment| commitment_row(commitment, "", today, &off, theme, None).line(width));
    (!made.is_empty()).then(|| Side {
        rows: rows.collect(),
        right: vec![Span::styled(format!("{} open", made.len()), theme.quiet)],
        ..Side::new("Already yours", lines.collect())
    })
}

pub(super) fn draw_all(screen: &Commitments, model: &Model, canvas: &mut Canvas, area: Rect) {
    if screen.rows.count() == 0 {
        let by = canvas.due_day.title();
        widget::draw_empty(
            canvas,
            area.inner(Margin::new(2, 0)),
            "What you will lead better, and by when.",
            &format!("Inbox: every customer question answered the same day. {by}."),
        );
        return;
    }
    let (theme, today, off) = (*canvas.theme, model.now().today(), model.off_days());
    let [list, page] = split_filtered(canvas, area, &screen.rows);
    let order = screen.rows.filter().order.name();
    let mut rows = draw_list_panel(canvas, list, "Commitments", &screen.rows, Some(order));
    if canvas.size.has_frames() {
        let foot = rows.height.saturating_sub(1);
        let legend = Rect {
            y: rows.y + foot,
            height: rows.height - foot,
            ..rows
        };
        rows.height = foot.saturating_sub(1);
        draw_legend(canvas, legend);
    }
    widget::draw_list(canvas, rows, &screen.rows, |row| {
        commitment_row(&row.commitment, row.unsettled, today, &off, &theme, None)
    });
    let Some(row) = screen.rows.chosen() else {
        return;
    };
    entry::draw(&row.id, model, canvas, page, |theme, width| {
        let others: Vec<&CommitmentRow> = screen.others_about_area().collect();
        if others.is_empty() {
            return Vec::new();
        }
        let area = text::one_line(&row.commitment.area);
        let heading = format!("All you promised about {area}");
        let rows = others.into_iter();
        let rows = rows.map(|row| {
            let ended = row.commitment.closing.as_ref().map(|closing| closing.on);
            let other_year = ended.filter(|on| on.year() != today.year());
            let day = other_year.map(|on| on.format("%b %Y").to_string());
            commitment_row(&row.commitment, row.unsettled, today, &off, theme, day).line(width)
        });
        let above = [
            Line::default(),
            Line::styled("─".repeat(width), theme.rule),
            Line::styled(text::clip(&heading, width), theme.quiet),
            Line::default(),
        ];
        above.into_iter().chain(rows).collect()
    });
}

/// A commitment in a list: the open ones strong, how the others ended by sign and day; `ended` if that
/// needs another text than the day and its month.
fn commitment_row(
    commitment: &Commitment,
    unsettled: &str,
    today: NaiveDate,
    off: &OffDays,
    theme: &Theme,
    ended: Option<String>,
) -> Row {
    let (sign, style) = widget::commitment_sign(commitment, today, off, theme);
    let (words, day, day_style) = match &commitment.closing {
        // The year is above it in the list.
        Some(closing) => (
            theme.words,
            ended.unwrap_or_else(|| calendar::day_and_month(closing.on)),
            theme.quiet,
        ),
        None => match off.days_over(commitment, today) {
            Some(over) if over > 0 => {
                let over = format!("{} over", text::counted_noun(over, "day"));
                (widget::strong(theme), over, theme.due)
            }
            _ => {
                let day = calendar::humanize(off.due_day(commitment), today);
                (widget::strong(theme), day, style)
            }
        },
    };
    let later = commitment.moves.iter().filter(|step| step.is_later());
    let moved = sign::MOVED.repeat(later.count().min(3));
    Row::new(sign, style)
        .words(&commitment.better, words)
        .state(unsettled, theme.due)
        .state(&moved, theme.due)
        .day(&day, 6, day_style)
}

/// The signs of the list with their meanings.
fn draw_legend(canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let signs = [
        (sign::KEPT, theme.good, "kept"),
        (sign::MISSED, theme.wrong, "missed"),
        (sign::MOVED, theme.due, "moved"),
        (sign::LET_GO, theme.quiet, "let go"),
        (sign::DUE, theme.due, "due"),
        (sign::PROMISE, theme.accent, "open"),
    ];
    let spans = signs.into_iter().flat_map(|(sign, style, meaning)| {
        let meaning = format!(" {meaning}  ");
        [
            Span::styled(sign, style),
            Span::styled(meaning, theme.quiet),
        ]
    });
    canvas.draw_line(area, spans.collect::<Line>());
}
