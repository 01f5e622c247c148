//! Home: what is due, the week, the months, and how it has been going.

mod banner;
mod lower_half;

use ratatui::layout::{Constraint, Layout, Margin, Rect};
use ratatui::text::{Line, Span};

use crate::app::keys::{self, Action, KeyContext};
use crate::app::screen::{Home, OpenCommitment};
use crate::app::{ClickTarget, Model, NextWalkStep};
use crate::journal::OffDays;
use crate::report;
use crate::text;
use crate::ui::Canvas;
use crate::ui::widget::{self, Panel, Urgency, draw_panel, split_columns};

/// How many commitments Home shows.
const MAX_COMMITMENTS: usize = 3;

pub(super) fn draw(home: &Home, model: &Model, canvas: &mut Canvas, area: Rect) {
    let area = area.inner(Margin::new(2, 0));
    // The banner includes the blank row at the top, so that the rest still fits.
    let [banner, area] = Layout::vertical([
        Constraint::Length(banner::banner_rows(home, model)),
        Constraint::Fill(1),
    ])
    .areas(area);
    banner::draw(home, model, canvas, banner);
    if home.blank {
        welcome(home, canvas, area);
        return;
    }
    let gap = if area.height > 24 { 2 } else { 1 };
    // A row for each practice below its heading, and no less than the eight that leadby brings.
    let strips = u16::try_from(home.strips.len().clamp(8, 9)).unwrap_or(9);
    let [top, _, bottom, more] = Layout::vertical([
        Constraint::Length(6 + Panel::extra_rows(canvas)),
        Constraint::Length(gap),
        Constraint::Length(1 + strips),
        Constraint::Fill(1),
    ])
    .areas(area);
    let left = (area.width * 2 / 5).clamp(34, 48);
    let [week, friday] = split_columns(top, left);
    let [months, strips] = split_columns(bottom, left);
    this_week(home, model, canvas, week);
    by_friday(home, model, canvas, friday);
    lower_half::draw_problems(home, model, canvas, months);
    lower_half::draw_weeks(home, canvas, strips);
    if more.height > 6 + gap {
        let more = Rect {
            y: more.y + gap,
            height: more.height - gap,
            ..more
        };
        let [ground, again] = split_columns(more, left);
        lower_half::draw_role(home, canvas, ground);
        lower_half::draw_past_answers(home, canvas, again);
    }
}

/// The very first screen.
fn welcome(home: &Home, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let pages = match home.practices.len() {
        1 => "one short page".to_owned(),
        pages => format!("{} short pages", lower_half::number_word(pages)),
    };
    let lines = [
        Line::styled("Welcome.", theme.accent),
        Line::default(),
        Line::styled(
            "This is a journal for leading what is already in your hands.",
            theme.words,
        ),
        Line::styled(
            format!("Ten minutes a week: {pages}, one thing led better by Friday."),
            theme.words,
        ),
        Line::default(),
        Line::from(vec![
            Span::styled(home_key(Action::Walk), theme.accent),
            Span::styled(
                " start. Skip what you like; nothing you type is lost.",
                theme.label,
            ),
        ]),
    ];
    let mut rows = area.rows();
    for (line, row) in lines.into_iter().zip(rows.by_ref()) {
        canvas.draw_line(row, line);
    }
    draw_notes(home, canvas, &mut rows);
    let heading =
        (!home.questions.is_empty()).then(|| Line::styled("To get you started", theme.heading));
    let questions = home.questions.iter();
    let questions = questions.map(|question| Line::styled(text::one_line(question), theme.label));
    for (line, row) in heading.into_iter().chain(questions).zip(rows.skip(1)) {
        canvas.draw_line(row, line);
    }
}

/// How many notes wait, in the next row; nothing if none do.
fn draw_notes(home: &Home, canvas: &mut Canvas, rows: &mut impl Iterator<Item = Rect>) {
    if home.notes == 0 {
        return;
    }
    let Some(row) = rows.next() else {
        return;
    };
    let theme = *canvas.theme;
    let wait = if home.notes == 1 { "waits" } else { "wait" };
    let notes = text::counted_noun(home.notes, "note");
    canvas.draw_line(
        row,
        Line::from(vec![
            Span::styled(
                keys::key_name(KeyContext::Browsing, Action::Inbox),
                theme.accent,
            ),
            Span::styled(format!(" {notes} {wait} in the inbox"), theme.label),
        ]),
    );
    canvas.add_target(row, ClickTarget::Action(Action::Inbox));
}

fn home_key(action: Action) -> String {
    keys::key_name(KeyContext::Home, action)
}

fn this_week(home: &Home, model: &Model, canvas: &mut Canvas, area: Rect) {
    let next = model.next_walk_step();
    let theme = *canvas.theme;
    let mut rows = area.rows();
    if let Some(row) = rows.next() {
        let mut heading = vec![Span::styled("This week", theme.heading)];
        if home.is_week_off() {
            let away = format!(" {} off", widget::OFF_SIGN);
            heading.push(Span::styled(away, theme.quiet));
        }
        canvas.draw_line(row, Line::from(heading));
    }
    let half = home.practices.len().div_ceil(2);
    // Long names on the left push the right half aside, as far as there is room.
    let names = home.practices.iter().take(half);
    let longest = names.map(|(name, _)| text::width(name)).max();
    let longest = u16::try_from(longest.unwrap_or_default()).unwrap_or(u16::MAX);
    let wide = (area.width / 2).max(longest.saturating_add(5).min(area.width / 2 + 2));
    for (at, row) in (0..half).zip(rows.by_ref()) {
        for (column, at) in [(0, at), (1, at + half)] {
            let Some((name, progress)) = home.practices.get(at) else {
                continue;
            };
            let place = Rect {
                x: row.x + column * wide,
                width: if column == 0 { wide } else { area.width - wide },
                ..row
            };
            // The sign and number before the name, and a blank after it.
            let room = usize::from(place.width).saturating_sub(4 + usize::from(column == 0));
            let next =
                NextWalkStep::Practice(at) == next || (at == 0 && next == NextWalkStep::WeekStart);
            canvas.draw_line(
                place,
                Line::from(vec![
                    Span::styled(
                        format!("{} ", widget::progress_sign(*progress)),
                        widget::progress_style(*progress, &theme),
                    ),
                    Span::styled(format!("{} ", at + 1), theme.quiet),
                    Span::styled(
                        text::clip(name, room),
                        if next { theme.accent } else { theme.words },
                    ),
                ]),
            );
            canvas.add_target(place, ClickTarget::Action(Action::Practice(at + 1)));
        }
    }
    let Some(row) = rows.next() else {
        return;
    };
    let text = walk_label(home, next);
    canvas.draw_line(
        row,
        Line::from(vec![
            Span::styled(home_key(Action::Walk), theme.accent),
            Span::styled(format!(" {text}"), theme.label),
        ]),
    );
    canvas.add_target(row, ClickTarget::Action(Action::Walk));
    draw_notes(home, canvas, &mut rows);
}

/// Where the walk goes on, after what is due.
fn walk_label(home: &Home, next: NextWalkStep) -> String {
    let asks_due = home.open.iter().any(|open| open.is_due);
    let (verb, there) = match next {
        NextWalkStep::WeekStart if home.is_week_off() => ("", "start it anyway".to_owned()),
        NextWalkStep::WeekStart => ("", "start the week".to_owned()),
        NextWalkStep::Practice(at) => match home.practices.get(at) {
            Some((name, _)) => ("continue with ", format!("{} · {name}", at + 1)),
            None => ("", "continue".to_owned()),
        },
        NextWalkStep::Commitment => ("continue with ", "By Friday".to_owned()),
        NextWalkStep::FirstSteps => ("continue with ", "the first steps".to_owned()),
        NextWalkStep::Summary if asks_due => ("", "see the week".to_owned()),
        NextWalkStep::Summary => match home.practices.len() {
            1 => ("", "it is done: see the week".to_owned()),
            all => {
                let all = lower_half::number_word(all);
                ("", format!("all {all} are done: see the week"))
            }
        },
    };
    if asks_due {
        format!("what is due, then {there}")
    } else {
        format!("{verb}{there}")
    }
}

fn by_friday(home: &Home, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let (today, off) = (model.now().today(), model.off_days());
    let due = home.open.iter().filter(|open| open.is_due).count();
    let (title, right, urgency) = if due > 0 {
        let check_in = vec![
            Span::styled(home_key(Action::CheckIn), theme.accent),
            Span::styled(" check in", theme.quiet),
        ];
        ("Due: how did it go?", check_in, Urgency::Due)
    } else {
        ("By Friday", Vec::new(), Urgency::None)
    };
    let panel = Panel {
        title,
        right,
        urgency,
    };
    let area = Rect {
        x: area.x - 2,
        width: area.width + 4,
        ..area
    };
    let area = draw_panel(canvas, area, panel);
    let mut rows = area.rows();
    let room = usize::from(area.width).saturating_sub(2);
    if home.open.is_empty()
        && let Some(row) = rows.next()
    {
        canvas.draw_line(
            row,
            Line::from(vec![
                Span::styled("Nothing open. ", theme.label),
                Span::styled(home_key(Action::Commit), theme.accent),
                Span::styled(" new commitment", theme.label),
            ]),
        );
    }
    let lines = home
        .open
        .iter()
        .take(MAX_COMMITMENTS)
        .flat_map(|open| commitment_lines(open, today, &off, room, &theme));
    let count = usize::from(area.height.saturating_sub(1));
    for (line, row) in lines.zip(rows.by_ref().take(count)) {
        canvas.draw_line(row, line);
    }
    let Some(last) = rows.next_back() else {
        return;
    };
    canvas.draw_line(last, record_line(home, usize::from(area.width), &theme));
}

/// Least columns of an area's name to recognise it.
const MIN_AREA: usize = 5;

/// A commitment: its text, its state, and that it was moved.
fn commitment_lines(
    open: &OpenCommitment,
    today: chrono::NaiveDate,
    off: &OffDays,
    room: usize,
    theme: &crate::ui::Theme,
) -> Vec<Line<'static>> {
    let commitment = &open.commitment;
    let (sign, style) = widget::commitment_sign(commitment, today, off, theme);
    let better = text::clip(&text::one_line(&commitment.better), room);
    let mut state = widget::commitment_day(commitment, today, off);
    if text::width(&state) > room {
        // The sign says that it is overdue; a day says how far away it is.
        state = match state.strip_prefix("overdue ") {
            Some(since) => since.to_owned(),
            None => first_part(&state, " · "),
        };
    }
    // The day matters most; an area can be recognised by its beginning.
    let left = room.saturating_sub(text::width(&state) + 3);
    let area = text::one_line(&commitment.area);
    let is_known = left >= text::width(&area).min(MIN_AREA);
    let area = text::clip(&area, left.min(16));
    if is_known && !area.is_empty() {
        state = format!("{area} · {state}");
    }
    let state_style = if open.is_due { theme.due } else { theme.quiet };
    let mut lines = vec![
        Line::from(vec![
            Span::styled(format!("{sign} "), style),
            Span::styled(better, theme.words),
        ]),
        Line::styled(format!("  {}", text::clip(&state, room)), state_style),
    ];
    if let Some(mut moved) = report::due_history(commitment, today) {
        if text::width(&moved) > room {
            moved = first_part(&moved, ", ");
        }
        lines.push(Line::styled(
            format!("  {}", text::clip(&moved, room)),
            theme.quiet,
        ));
    }
    lines
}

/// A text up to where its first part ends.
fn first_part(text: &str, end: &str) -> String {
    text.split(end).next().unwrap_or(text).to_owned()
}

/// "Kept ████████░░ 16 of 20, five in a row", and how many are open if not all are shown above;
/// without the streak if there is no room for both.
fn record_line(home: &Home, room: usize, theme: &crate::ui::Theme) -> Line<'static> {
    let record = home.record;
    let all = record.kept + record.missed;
    if all == 0 {
        return Line::default();
    }
    let full = (record.kept * 10 + all / 2) / all;
    let bar: String = (0..10)
        .map(|at| if at < full { '█' } else { '░' })
        .collect();
    let kept = format!("  {} of {all}", record.kept);
    let streak = match record.streak {
        0 | 1 => String::new(),
        streak => format!(", {} in a row", lower_half::number_word(streak)),
    };
    let open = match home.open.len() {
        all if all > MAX_COMMITMENTS => format!(" · {all} open"),
        _ => String::new(),
    };
    let whole = format!("{kept}{streak}{open}");
    let text = if text::width(&whole) + 16 <= room {
        whole
    } else {
        format!("{kept}{open}")
    };
    if text::width(&text) + 16 > room {
        return Line::styled(format!("Kept{text}"), theme.label);
    }
    Line::from(vec![
        Span::styled("Kept  ", theme.label),
        Span::styled(bar, theme.good),
        Span::styled(text, theme.words),
    ])
}
