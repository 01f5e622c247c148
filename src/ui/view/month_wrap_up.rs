//! The month wrap-up: its steps one below the other, the chosen one marked.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::ClickTarget;
use crate::app::screen::{MonthWrapUp, StepContent, WrapUpStep};
use crate::calendar::Month;
use crate::text;
use crate::ui::widget;
use crate::ui::{Canvas, Theme, sign};

/// The indent of what a step shows.
const INDENT: &str = "   ";

/// The columns of a step's name.
const NAME: usize = 18;

pub(super) fn draw(guide: &MonthWrapUp, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    // A title and its state are read together, on a wide screen too.
    let width = usize::from(area.width.min(96));
    let month = guide.month.name();
    let said = if guide.is_done() {
        format!("{month} is wrapped up. Nothing more to do here.")
    } else {
        format!("{month} is over. Do as much as you like; the one sentence is enough.")
    };
    let mut lines = vec![(Line::default(), None)];
    let said = widget::wrapped_lines(&said, (width, 2), theme.label);
    lines.extend(said.map(|line| (line, None)));
    lines.push((Line::default(), None));
    // Each other step takes a row and a blank one below it; what is left shows problems.
    let others = guide.steps.len() * 2 + lines.len() + 5;
    let room = usize::from(area.height).saturating_sub(others).max(2);
    for (at, step) in guide.steps.iter().enumerate() {
        let name = step_line(step, guide.cursor == at, width, &theme);
        lines.push((name, Some(at)));
        let shown = match step.shows {
            StepContent::Problems => problem_lines(guide, room, width, &theme),
            StepContent::Sentence => sentence(guide, width, &theme),
            StepContent::Nothing => Vec::new(),
        };
        lines.extend(shown.into_iter().map(|line| (line, Some(at))));
        lines.push((Line::default(), None));
    }
    let mut is_first = true;
    for ((line, step), row) in lines.into_iter().zip(area.rows()) {
        // Of a step with more rows, the one with its name.
        if step == Some(guide.cursor) && std::mem::take(&mut is_first) {
            canvas.draw_cursor(Rect {
                width: row.width.min(u16::try_from(width).unwrap_or(row.width)),
                ..row
            });
        }
        canvas.draw_line(row, line);
        if let Some(at) = step {
            canvas.add_target(row, ClickTarget::Row(at));
        }
    }
}

fn step_line(step: &WrapUpStep, chosen: bool, width: usize, theme: &Theme) -> Line<'static> {
    let (sign, style) = match step.progress {
        Some(progress) => widget::progress_mark(progress, theme),
        None => (" ", theme.quiet),
    };
    let name = text::fit(&text::one_line(&step.name), NAME);
    let about = text::clip(&text::one_line(&step.about), width.saturating_sub(NAME + 4));
    Line::from(vec![
        Span::styled(format!("{sign} "), style),
        Span::styled(name, if chosen { theme.accent } else { theme.words }),
        Span::styled(format!("  {about}"), theme.label),
    ])
}

/// The year of boxes, this month between brackets, and the problems of the month.
fn problem_lines(
    guide: &MonthWrapUp,
    room: usize,
    width: usize,
    theme: &Theme,
) -> Vec<Line<'static>> {
    let mut names = vec![Span::raw(INDENT)];
    let mut signs = vec![Span::raw(INDENT)];
    for (number, month) in (1..).zip(&guide.boxes) {
        let here = number == guide.month.number();
        let (open, close) = if here { ("[", "]") } else { (" ", " ") };
        let name = Month::new(guide.month.year(), number).map_or("", Month::name);
        let style = if here { theme.accent } else { theme.label };
        names.push(Span::styled(
            format!("{open}{}{close}", &name[..1.min(name.len())]),
            style,
        ));
        let (sign, style) = widget::month_sign(*month, theme);
        signs.push(Span::styled(format!(" {sign} "), style));
    }
    let mut lines = vec![Line::from(names), Line::from(signs)];
    let shown = widget::shown_count(guide.problems.len(), room);
    let widest = guide
        .problems
        .iter()
        .take(shown)
        .map(|problem| text::width(&problem.state));
    let state_room = widest.max().unwrap_or(0).min(width / 2);
    let title_room = width.saturating_sub(INDENT.len() + state_room + 5);
    for problem in guide.problems.iter().take(shown) {
        let (sign, style) = if problem.counts {
            (sign::DONE, theme.good)
        } else {
            (sign::BEGUN, theme.begun)
        };
        let title = text::fit(&text::one_line(&problem.title), title_room);
        let state = text::clip(&text::one_line(&problem.state), state_room);
        lines.push(Line::from(vec![
            Span::styled(format!("{INDENT} {sign} "), style),
            Span::styled(title, theme.words),
            Span::styled(format!("  {state}"), theme.quiet),
        ]));
    }
    if guide.problems.len() > shown {
        let more = format!("{INDENT}   and {} more", guide.problems.len() - shown);
        lines.push(Line::styled(more, theme.quiet));
    }
    lines
}

fn sentence(guide: &MonthWrapUp, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    if guide.sentence.is_empty() {
        return Vec::new();
    }
    let said = format!("“{}”", text::one_line(&guide.sentence));
    text::wrap(&said, width.saturating_sub(INDENT.len() + 1), 3)
        .into_iter()
        .map(|row| Line::styled(format!("{INDENT} {row}"), theme.words))
        .collect()
}
