//! The lower parts of Home: the months, the weeks, and earlier answers.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::keys::{self, Action, KeyContext};
use crate::app::screen::Home;
use crate::app::{ClickTarget, Model};
use crate::insight::{MonthBox, Progress, Suggestion};
use crate::text;
use crate::ui::Canvas;
use crate::ui::size::TEXT_COLUMNS;
use crate::ui::widget::{self, OFF_SIGN};

/// Columns for the name of a practice before its weeks.
const NAME: usize = 15;

pub(super) fn draw_problems(home: &Home, model: &Model, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let mut rows = area.rows();
    let mut next = |canvas: &mut Canvas, line: Line| {
        if let Some(row) = rows.next() {
            canvas.draw_line(row, line);
            canvas.add_target(row, ClickTarget::Action(Action::Problems));
        }
    };
    let year = model.now().month().year();
    let heading = format!("{} {year}", home.boxes_of);
    next(canvas, Line::styled(heading, theme.heading));
    next(canvas, Line::styled("J F M A M J J A S O N D", theme.quiet));
    let mut spans = Vec::new();
    for month in &home.boxes {
        let (sign, style) = widget::month_sign(*month, &theme);
        spans.push(Span::styled(format!("{sign} "), style));
    }
    next(canvas, Line::from(spans));
    next(canvas, Line::default());
    let solved: usize = home
        .boxes
        .iter()
        .map(|month| match month {
            MonthBox::Solved(count) => *count,
            MonthBox::UnderWay
            | MonthBox::Empty
            | MonthBox::Off
            | MonthBox::BeforeJournal
            | MonthBox::Future => 0,
        })
        .sum();
    let text = match solved {
        0 => "None yet this year.".to_owned(),
        count => format!("{} so far.", number_word_capitalized(count)),
    };
    next(canvas, Line::styled(text, theme.label));
    if home.month_waits {
        let month = model.now().month().name();
        next(
            canvas,
            Line::styled(format!("{month} still has room for one."), theme.due),
        );
        let Some(suggestion) = &home.suggestion else {
            next(canvas, Line::styled("A small one counts.", theme.quiet));
            return;
        };
        let words = suggestion_lines(suggestion, usize::from(area.width));
        for (line, style) in words.into_iter().zip([theme.words, theme.quiet]) {
            if let Some(row) = rows.next() {
                canvas.draw_line(row, Line::styled(line, style));
                canvas.add_target(row, ClickTarget::Action(Action::Suggestion));
            }
        }
    }
}

/// What was put up with, and when it was written or how often it came up.
fn suggestion_lines(suggestion: &Suggestion, width: usize) -> [String; 2] {
    let key = keys::key_name(KeyContext::Home, Action::Suggestion);
    let words = text::clip(&text::one_line(&suggestion.text), width.saturating_sub(2));
    let when = match suggestion.weeks {
        Some(weeks) => format!("in {weeks} of your last 8 weeks"),
        None => format!("from week {}", suggestion.week.number()),
    };
    [format!("“{words}”"), format!("{when} · {key} use it")]
}

fn number_word_capitalized(number: usize) -> String {
    let mut word = number_word(number);
    if let Some(first) = word.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    word
}

pub(super) fn draw_weeks(home: &Home, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let mut rows = area.rows();
    let all = home
        .strips
        .iter()
        .map(|strip| strip.weeks.len())
        .max()
        .unwrap_or_default();
    // The latest weeks count most; the last one needs no blank after it.
    let weeks = all.min((usize::from(area.width) + 1).saturating_sub(NAME) / 2);
    if let Some(row) = rows.next() {
        let mut heading = if weeks == all {
            format!("Practices, last {all} weeks")
        } else {
            format!("Last {weeks} weeks")
        };
        if home
            .off_weeks
            .iter()
            .rev()
            .take(weeks)
            .any(|is_off| *is_off)
        {
            heading.push_str(&format!(" · {OFF_SIGN} off"));
        }
        canvas.draw_line(row, Line::styled(heading, theme.heading));
    }
    for (strip, row) in home.strips.iter().zip(rows) {
        let mut spans = vec![Span::styled(
            text::fit(&text::clip(&strip.name, NAME - 1), NAME),
            theme.label,
        )];
        let shown = strip.weeks.iter().zip(&home.off_weeks);
        for (progress, is_off) in shown.skip(strip.weeks.len().saturating_sub(weeks)) {
            let (sign, style) = match progress {
                Progress::Done => ("▪", theme.good),
                Progress::Partial => ("◦", theme.accent),
                Progress::NotStarted if *is_off => (OFF_SIGN, theme.quiet),
                Progress::NotStarted => ("·", theme.quiet),
            };
            spans.push(Span::styled(format!("{sign} "), style));
        }
        canvas.draw_line(row, Line::from(spans));
    }
}

/// The role, and the questions to get started.
pub(super) fn draw_role(home: &Home, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let [heading, role, _, questions] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(2),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    canvas.draw_line(heading, Line::styled("Your role", theme.heading));
    let said = if home.role.is_empty() {
        let key = keys::key_name(KeyContext::Home, Action::Profile);
        format!("Press {key} to add your role and what you own.")
    } else {
        home.role.clone()
    };
    canvas.draw_text(role, &said, theme.words);
    canvas.draw_text(questions, &home.questions.join("\n"), theme.quiet);
}

/// Earlier answers to the same questions.
pub(super) fn draw_past_answers(home: &Home, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let mut rows = area.rows();
    if let (Some(row), false) = (rows.next(), home.again.is_empty()) {
        canvas.draw_line(
            row,
            Line::styled("Earlier, in your own words", theme.heading),
        );
    }
    let width = usize::from(area.width.min(TEXT_COLUMNS));
    let mut left = usize::from(area.height).saturating_sub(1);
    for (when, said) in &home.again {
        let said = text::wrap(&text::one_line(said), width, 2);
        // No question without its answer.
        if left < said.len() + 1 {
            break;
        }
        left = left.saturating_sub(said.len() + 2);
        let when = Line::styled(when.clone(), theme.quiet);
        let said = said.into_iter().map(|line| Line::styled(line, theme.words));
        for (line, row) in std::iter::once(when).chain(said).zip(rows.by_ref()) {
            canvas.draw_line(row, line);
        }
        rows.next();
    }
}

/// A small number as a word.
pub(super) fn number_word(number: usize) -> String {
    let names = [
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    names
        .get(number)
        .map_or_else(|| number.to_string(), |name| (*name).to_owned())
}
