//! This week: the practices of the walk, how far they are, and where the walk continues.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::home_key;
use crate::app::keys::{Action, KeyContext};
use crate::app::screen::{Home, OpenCommitment};
use crate::app::{ClickTarget, Model, NextWalkStep};
use crate::calendar::DueDay;
use crate::insight::Progress;
use crate::report;
use crate::text;
use crate::ui::widget::{self, Panel};
use crate::ui::{Canvas, cells, sign};

const TITLE: &str = "This week";

/// Least columns for what was answered beside a practice.
const MIN_TEXT: usize = 40;

/// How the practices are laid out in a panel.
struct Grid {
    columns: usize,
    rows: usize,
    /// The columns of the longest name, with its sign and number.
    widest: usize,
    /// Whether what was answered is beside each.
    has_text: bool,
}

fn grid(home: &Home, canvas: &Canvas, width: u16) -> Grid {
    let widest = text::widest(home.practices.iter().map(|one| &one.name)) + 4;
    let room = usize::from(width.saturating_sub(4));
    let has_text = canvas.size.has_texts_beside() && room >= widest + MIN_TEXT;
    let columns = if has_text {
        1
    } else {
        ((room + 1) / (widest + 1)).clamp(1, 4)
    };
    Grid {
        columns,
        rows: home.practices.len().div_ceil(columns),
        widest,
        has_text,
    }
}

/// The least rows of its content.
pub(super) fn content_rows(home: &Home, canvas: &Canvas, width: u16) -> u16 {
    let more = usize::from(home.notes > 0) + 2 * usize::from(canvas.size.has_frames());
    cells(grid(home, canvas, width).rows + more)
}

pub(super) fn draw(home: &Home, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let next = model.next_walk_step();
    let all = home.practices.len();
    let done = home
        .practices
        .iter()
        .filter(|one| one.progress == Progress::Done);
    let done = done.count();
    let mut right = vec![Span::styled(format!("{done} of {all}"), theme.quiet)];
    if home.is_week_off() {
        let off = format!("{} off · ", sign::OFF);
        right.insert(0, Span::styled(off, theme.quiet));
    }
    let walk = walk_line(home, next, canvas);
    let has_frames = canvas.size.has_frames();
    let columns: usize = walk.iter().chain(&right).map(Span::width).sum();
    if !has_frames && columns + text::width(TITLE) + 14 <= usize::from(area.width) {
        right.insert(0, Span::raw("   "));
        right.splice(0..0, walk.clone());
    }
    let inner = Panel::with_keys(TITLE, right).draw(canvas, area);
    if !has_frames {
        let title = Rect { height: 1, ..area };
        canvas.add_target(title, ClickTarget::Action(Action::Walk));
    }
    draw_practices(home, canvas, inner, next);
    let mut rows = inner.rows();
    if has_frames && let Some(row) = rows.next_back() {
        canvas.draw_line(row, Line::from(walk));
        canvas.add_target(row, ClickTarget::Action(Action::Walk));
    }
    if home.notes > 0
        && let Some(row) = rows.next_back()
    {
        draw_notes(home, canvas, row);
    }
    if !has_frames {
        return;
    }
    // The bar is in the middle of what is left.
    let grid = grid(home, canvas, area.width);
    let left: Vec<Rect> = rows.skip(grid.rows).collect();
    if let Some(row) = left.get(left.len() / 2) {
        let bar = widget::bar(done, all, usize::from(row.width.min(76)), &theme);
        canvas.draw_line(*row, Line::from(bar.to_vec()));
    }
}

fn draw_practices(home: &Home, canvas: &mut Canvas, area: Rect, next: NextWalkStep) {
    let theme = *canvas.theme;
    let grid = grid(home, canvas, area.width + 4);
    // A blank is between two columns.
    let wide = (area.width + 1) / cells(grid.columns);
    for (at, practice) in home.practices.iter().enumerate() {
        let (column, row) = (at / grid.rows, at % grid.rows);
        let place = Rect {
            x: area.x + cells(column) * wide,
            y: area.y + cells(row),
            width: wide.saturating_sub(1),
            height: 1,
        };
        if place.y >= area.bottom() {
            continue;
        }
        let is_next =
            NextWalkStep::Practice(at) == next || (at == 0 && next == NextWalkStep::WeekStart);
        let (sign, style) = widget::progress_mark(practice.progress, &theme);
        let room = usize::from(place.width).saturating_sub(4);
        let name = text::clip(&practice.name, room.min(grid.widest));
        let name_style = match practice.progress {
            _ if is_next => widget::strong(&theme),
            Progress::NotStarted => theme.label,
            Progress::Partial | Progress::Done => theme.words,
        };
        let mut spans = vec![
            Span::styled(format!("{sign} "), style),
            Span::styled(format!("{} ", at + 1), theme.quiet),
            Span::styled(name, name_style),
        ];
        if grid.has_text {
            let gap = (grid.widest + 2).saturating_sub(4 + text::width(&practice.name));
            let room = room
                .saturating_sub(text::width(&practice.name) + gap)
                .min(76);
            let said = text::clip(&text::one_line(&practice.text), room);
            let style = match practice.progress {
                Progress::NotStarted => theme.quiet,
                Progress::Partial | Progress::Done => theme.words,
            };
            spans.push(Span::raw(" ".repeat(gap)));
            spans.push(Span::styled(said, style));
        }
        canvas.draw_line(place, Line::from(spans));
        canvas.add_target(place, ClickTarget::Action(Action::Practice(at + 1)));
        if is_next && home.chosen_week.is_none() {
            canvas.draw_cursor(place);
        }
    }
}

/// "⏎ continue with 4 · Next level"; without its key while that opens a chosen week.
fn walk_line(home: &Home, next: NextWalkStep, canvas: &Canvas) -> Vec<Span<'static>> {
    let label = walk_label(home, next, canvas.due_day);
    if home.chosen_week.is_some() {
        return vec![Span::styled(label, canvas.theme.label)];
    }
    vec![
        Span::styled(home_key(Action::Walk, canvas.keys), canvas.theme.accent),
        Span::styled(format!(" {label}"), canvas.theme.label),
    ]
}

pub(super) fn draw_notes(home: &Home, canvas: &mut Canvas, row: Rect) {
    let theme = *canvas.theme;
    let wait = if home.notes == 1 { "waits" } else { "wait" };
    let notes = text::counted_noun(home.notes, "note");
    let key = canvas.keys.key_name(KeyContext::Browsing, Action::Inbox);
    let line = Line::from(vec![
        Span::styled(key, theme.accent),
        Span::styled(format!(" {notes} {wait} in the inbox"), theme.label),
    ]);
    canvas.draw_line(row, line);
    canvas.add_target(row, ClickTarget::Action(Action::Inbox));
}

/// Where the walk goes on, after what is due.
fn walk_label(home: &Home, next: NextWalkStep, due_day: DueDay) -> String {
    let asks_due = home.open.iter().any(OpenCommitment::is_due);
    let (verb, there) = match next {
        NextWalkStep::WeekStart if home.is_week_off() => ("", "start it anyway".to_owned()),
        NextWalkStep::WeekStart => ("", "start the week".to_owned()),
        NextWalkStep::Practice(at) => match home.practices.get(at) {
            Some(one) => ("continue with ", format!("{} · {}", at + 1, one.name)),
            None => ("", "continue".to_owned()),
        },
        NextWalkStep::Commitment => ("continue with ", due_day.title()),
        NextWalkStep::FirstSteps => ("continue with ", "the first steps".to_owned()),
        NextWalkStep::Summary if asks_due => ("", "see the week".to_owned()),
        NextWalkStep::Summary => match home.practices.len() {
            1 => ("", "it is done: see the week".to_owned()),
            all => {
                let all = report::spell_number(all);
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
