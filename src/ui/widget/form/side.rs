//! The panels beside a field: another text for it, earlier answers and what came of them, and the
//! question over a year.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::plan::note_line;
use super::value_text;
use crate::app::ClickTarget;
use crate::app::form::{Control, FormField, LastAnswer, OtherText};
use crate::app::keys::{Action, KeyContext, KeyTable};
use crate::calendar::{self, Now};
use crate::insight::QuestionYear;
use crate::text;
use crate::ui::size::TEXT_COLUMNS;
use crate::ui::widget::weeks::year_bars;
use crate::ui::widget::{self, Panel, Urgency};
use crate::ui::{Canvas, cells};

/// Most rows for an answer, so that there is room for more than one.
const MOST_ROWS: usize = 12;

/// Least columns of a panel beside a field: two are side by side if there is room for both.
const MIN_COLUMNS: u16 = 34;

/// A panel beside a field.
pub(in crate::ui) struct Side {
    pub(in crate::ui) title: String,
    pub(in crate::ui) right: Vec<Span<'static>>,
    pub(in crate::ui) lines: Vec<Line<'static>>,
    /// A row for each item, where the lines do not fit; those that do not fit either are counted.
    pub(in crate::ui) rows: Vec<Line<'static>>,
    pub(in crate::ui) urgency: Urgency,
    /// What a click on it means.
    pub(in crate::ui) target: Option<ClickTarget>,
    /// Whether it is not worth the rows of the field where there is no room beside it.
    pub(in crate::ui) only_beside: bool,
}

impl Side {
    pub(in crate::ui) fn new(title: &str, lines: Vec<Line<'static>>) -> Self {
        Self {
            title: title.to_owned(),
            right: Vec::new(),
            lines,
            rows: Vec::new(),
            urgency: Urgency::None,
            target: None,
            only_beside: false,
        }
    }

    /// The rows it would like to have.
    pub(super) fn wanted_rows(&self, canvas: &Canvas) -> u16 {
        cells(self.lines.len()) + Panel::extra_rows(canvas)
    }

    /// Where the lines do not fit, a row for each item; of those that do not fit, how many they are.
    fn shorten(&mut self, room: usize, canvas: &Canvas) {
        if self.lines.len() <= room || self.rows.is_empty() {
            return;
        }
        self.lines = std::mem::take(&mut self.rows);
        let hidden = self.lines.len() - widget::shown_count(self.lines.len(), room);
        self.lines.truncate(self.lines.len() - hidden);
        self.lines.extend(widget::more_line(hidden, canvas.theme));
    }

    pub(super) fn draw(mut self, canvas: &mut Canvas, area: Rect) {
        if let Some(target) = self.target.take() {
            canvas.add_target(area, target);
        }
        let panel = Panel::with_keys(&self.title, std::mem::take(&mut self.right));
        let inner = panel.urgency(self.urgency).draw(canvas, area);
        self.shorten(usize::from(inner.height), canvas);
        let cut = self.lines.len() > usize::from(inner.height);
        let last = inner.bottom().saturating_sub(1);
        for (line, row) in self.lines.into_iter().zip(inner.rows()) {
            let used = cells(line.width());
            canvas.draw_line(row, line);
            if cut && row.y == last {
                // Behind the words, with a blank between if there is room for it.
                let gap = u16::from(used > 0 && used < row.width);
                let end = Rect {
                    x: row.x + used.min(row.width) + gap,
                    width: 1,
                    ..row
                };
                canvas.draw_line(end, Line::styled("…", canvas.theme.quiet));
            }
        }
    }
}

/// Whether a field has something beside it when it has the keys.
pub(super) fn has_side(field: &FormField) -> bool {
    let is_empty_list = matches!(&field.control, Control::Panel(panel) if panel.rows.is_empty());
    is_empty_list
        || field.other_text.is_some()
        || field.last_answer.is_some()
        || field.past.year.is_some()
}

/// The columns of a form, and those beside it where panels are side by side.
pub(super) fn columns(canvas: &Canvas, area: Rect) -> (Rect, Vec<Rect>) {
    if !canvas.size.has_frames() || canvas.has_panel() {
        return (super::measured(area), Vec::new());
    }
    let left = Rect {
        width: (area.width * 5 / 8 + 1).min(TEXT_COLUMNS + super::FRAME_COLUMNS),
        ..area
    };
    let rest = area.width.saturating_sub(left.width + 1);
    let count = if rest > 2 * MIN_COLUMNS { 2 } else { 1 };
    let width = (rest + 1) / count - 1;
    let beside = (0..count).map(|at| Rect {
        x: left.right() + 1 + at * (width + 1),
        width: width.min(TEXT_COLUMNS + super::FRAME_COLUMNS),
        ..area
    });
    (left, beside.collect())
}

/// Draws panels into columns: each goes below the others where most rows are left.
pub(super) fn draw_beside(sides: Vec<Side>, canvas: &mut Canvas, columns: &[Rect]) {
    let mut rest = columns.to_vec();
    for side in sides {
        let wanted = side.wanted_rows(canvas);
        let most = rest.iter().map(|column| column.height).max().unwrap_or(0);
        let Some(column) = rest.iter_mut().find(|column| column.height == most) else {
            return;
        };
        let height = wanted.min(column.height);
        if height <= Panel::extra_rows(canvas) {
            return;
        }
        side.draw(canvas, Rect { height, ..*column });
        column.y += height;
        column.height -= height;
    }
}

/// The panels of a field, what matters most first, with lines of `width` columns.
pub(super) fn of_field(field: &FormField, now: Now, canvas: &Canvas, width: u16) -> Vec<Side> {
    let theme = *canvas.theme;
    let columns = usize::from(width);
    let is_checklist = field
        .past
        .year
        .as_ref()
        .is_some_and(|year| !year.marks.is_empty());
    let mut sides = Vec::new();
    sides.extend(other_text(field, now, canvas, columns));
    if let Some(last) = field.last_answer.as_ref().filter(|_| !is_checklist) {
        let mut side = past_answer(field, last, canvas, columns);
        if field.other_text.is_none() {
            let key = key(Action::CopyLast, canvas.keys);
            side.right = widget::key_hint(key, "copies", &theme);
            side.target = Some(ClickTarget::Action(Action::CopyLast));
        }
        sides.push(side);
    }
    if let Some(year) = &field.past.year {
        sides.push(year_side(field, year, canvas, columns));
    }
    let earlier = field.past.earlier.as_ref();
    if let (Some(earlier), Control::Text(_)) = (earlier, &field.control) {
        sides.push(Side {
            only_beside: true,
            ..past_answer(field, earlier, canvas, columns)
        });
    }
    if let Control::Panel(panel) = &field.control
        && panel.rows.is_empty()
    {
        let about = format!("{}\n\nFor example: {}", panel.about, panel.example);
        let lines = widget::wrapped_lines(&about, (columns, MOST_ROWS), theme.quiet);
        sides.push(Side::new("What belongs here", lines.collect()));
    }
    sides
}

fn key(action: Action, keys: &KeyTable) -> String {
    let page = keys.key_name(KeyContext::Page, action);
    if page.is_empty() {
        keys.key_name(KeyContext::Form, action)
    } else {
        page
    }
}

/// An earlier answer and what came of it.
fn past_answer(field: &FormField, past: &LastAnswer, canvas: &Canvas, columns: usize) -> Side {
    let theme = *canvas.theme;
    let text = value_text(&field.kind, &past.value);
    let lines = widget::wrapped_lines(&text, (columns, MOST_ROWS), theme.label);
    let mut lines: Vec<Line> = lines.collect();
    if !past.notes.is_empty() {
        lines.push(Line::default());
    }
    for note in &past.notes {
        let mut wrapped = text::wrap(&text::one_line(&note.text), columns.saturating_sub(2), 3);
        for line in wrapped.iter_mut().skip(1) {
            line.insert_str(0, "  ");
        }
        lines.extend(wrapped.iter().map(|line| note_line(line, &theme)));
    }
    Side::new(&past.when, lines)
}

/// How much was answered over the year; of a checklist, how often each was marked.
fn year_side(field: &FormField, year: &QuestionYear, canvas: &Canvas, columns: usize) -> Side {
    let theme = *canvas.theme;
    let all = year.answers();
    let opens = Some(ClickTarget::Action(Action::Compare));
    let key = key(Action::Compare, canvas.keys);
    let right = widget::key_hint(key, &format!("all {all}"), &theme);
    if let Control::Pick(pick) = &field.control
        && !year.marks.is_empty()
    {
        let counts = year
            .marks
            .iter()
            .map(|marks| marks.iter().filter(|mark| **mark).count());
        // A label, a count, and a bar of what is left.
        let widest = text::widest(pick.choices.iter().map(|it| &it.label));
        let bar = columns.saturating_sub(widest + 5);
        let bar = bar.clamp(6, 24);
        let room = columns.saturating_sub(bar + 5);
        let lines = pick.choices.iter().zip(counts).map(|(choice, count)| {
            let label = text::fit(&text::one_line(&choice.label), room);
            let mut spans = vec![
                Span::styled(format!("{label} "), theme.label),
                Span::styled(format!("{count:>3} "), theme.words),
            ];
            spans.extend(widget::bar(count, all, bar, &theme));
            Line::from(spans)
        });
        let lines = lines.collect();
        return Side {
            right,
            target: opens,
            only_beside: true,
            ..Side::new("Over the year", lines)
        };
    }
    let title = match &field.control {
        Control::Text(_) => "Words per week",
        _ => "Week by week",
    };
    Side {
        right,
        target: opens,
        only_beside: true,
        ..Side::new(title, year_bars(year, columns, &theme))
    }
}

/// Another text of the same field.
fn other_text(field: &FormField, now: Now, canvas: &Canvas, columns: usize) -> Option<Side> {
    let copies = || {
        let key = key(Action::CopyLast, canvas.keys);
        match &field.control {
            _ if field.copy_source().is_none() => String::new(),
            Control::Text(_) => format!(", {key} adds it to yours"),
            _ => format!(", {key} uses it here"),
        }
    };
    let (title, text) = match field.other_text.as_ref()? {
        OtherText::SavedMeanwhile(value) if value.is_empty() => (
            "Removed meanwhile elsewhere",
            format!(
                "{} saves yours{}.",
                key(Action::Save, canvas.keys),
                copies()
            ),
        ),
        OtherText::SavedMeanwhile(value) => (
            "Saved meanwhile elsewhere",
            format!(
                "{}\n\n{} saves yours in its place{}.",
                value_text(&field.kind, value),
                key(Action::Save, canvas.keys),
                copies(),
            ),
        ),
        OtherText::Unsettled(value) => {
            let copies = copies();
            let text = match value_text(&field.kind, value) {
                text if text.is_empty() => "empty".to_owned(),
                text => match calendar::parse_iso_date(&text) {
                    Some(day) => calendar::short_date(day, now.today()),
                    None => text,
                },
            };
            let settle = key(Action::Settle, canvas.keys);
            (
                "≠ On another machine",
                format!("{text}\n\n{settle} settles which one counts{copies}."),
            )
        }
        OtherText::OlderDraft(value) => (
            "Your older draft, not saved",
            format!(
                "{}\n\n{} copies it.",
                value_text(&field.kind, value),
                key(Action::CopyLast, canvas.keys),
            ),
        ),
    };
    let lines = widget::wrapped_lines(&text, (columns, MOST_ROWS), canvas.theme.label);
    Some(Side {
        urgency: Urgency::Due,
        ..Side::new(title, lines.collect())
    })
}
