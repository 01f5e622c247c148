//! The month wrap-up: its steps one below the other, the chosen one marked.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::ClickTarget;
use crate::app::screen::{MonthWrapUp, StepContent, WrapUpStep};
use crate::calendar::Month;
use crate::text;
use crate::ui::widget;
use crate::ui::{Canvas, Theme, cells, sign};

/// The indent of what a step shows.
const INDENT: &str = "   ";

/// The columns of a step's name.
const NAME: usize = 18;

pub(super) fn draw(wrap_up: &MonthWrapUp, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    // A title and its state are read together, on a wide screen too.
    let width = usize::from(area.width.min(96));
    let month = wrap_up.month.name();
    let said = if wrap_up.is_done() {
        format!("{month} is wrapped up. Nothing more to do here.")
    } else {
        format!("{month} is over. Do as much as you like; the one sentence is enough.")
    };
    let mut lines = vec![(Line::default(), None)];
    let said = widget::wrapped_lines(&said, (width, 2), theme.label);
    lines.extend(said.map(|line| (line, None)));
    lines.push((Line::default(), None));
    // Each other step takes a row and a blank one below it; what is left shows problems.
    let others = wrap_up.steps.len() * 2 + lines.len() + 5;
    let room = usize::from(area.height).saturating_sub(others).max(2);
    for (at, step) in wrap_up.steps.iter().enumerate() {
        let name = step_line(step, wrap_up.cursor == at, width, &theme);
        lines.push((name, Some(at)));
        let shown = match step.shows {
            StepContent::Problems => problem_lines(wrap_up, room, width, &theme),
            StepContent::Sentence => sentence(wrap_up, width, &theme),
            StepContent::Nothing => Vec::new(),
        };
        lines.extend(shown.into_iter().map(|line| (line, Some(at))));
        lines.push((Line::default(), None));
    }
    let mut is_first = true;
    for ((line, step), row) in lines.into_iter().zip(area.rows()) {
        // Of a step with more rows, the one with its name.
        if step == Some(wrap_up.cursor) && std::mem::take(&mut is_first) {
            canvas.draw_cursor(Rect {
                width: row.width.min(cells(width)),
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
    wrap_up: &MonthWrapUp,
    room: usize,
    width: usize,
    theme: &Theme,
) -> Vec<Line<'static>> {
    let mut names = vec![Span::raw(INDENT)];
    let mut signs = vec![Span::raw(INDENT)];
    for (number, month) in (1..).zip(&wrap_up.boxes) {
        let here = number == wrap_up.month.number();
        let (open, close) = if here { ("[", "]") } else { (" ", " ") };
        let name = Month::new(wrap_up.month.year(), number).map_or("", Month::name);
        let style = if here { theme.accent } else { theme.label };
        names.push(Span::styled(
            format!("{open}{}{close}", &name[..1.min(name.len())]),
            style,
        ));
        let (sign, style) = widget::month_sign(*month, theme);
        signs.push(Span::styled(format!(" {sign} "), style));
    }
    let mut lines = vec![Line::from(names), Line::from(signs)];
    let shown = widget::shown_count(wrap_up.problems.len(), room);
    let problems = wrap_up.problems.iter().take(shown);
    let states = problems.clone().map(|problem| &problem.state);
    let state_room = text::widest(states).min(width / 2);
    let title_room = width.saturating_sub(INDENT.len() + state_room + 5);
    for problem in problems {
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
    if wrap_up.problems.len() > shown {
        let more = format!("{INDENT}   and {} more", wrap_up.problems.len() - shown);
        lines.push(Line::styled(more, theme.quiet));
    }
    lines
}

fn sentence(wrap_up: &MonthWrapUp, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    if wrap_up.sentence.is_empty() {
        return Vec::new();
    }
    let said = format!("“{}”", text::one_line(&wrap_up.sentence));
    text::wrap(&said, width.saturating_sub(INDENT.len() + 1), 3)
        .into_iter()
        .map(|row| Line::styled(format!("{INDENT} {row}"), theme.words))
        .collect()
}
