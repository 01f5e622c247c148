//! One question and all its answers, and beside or below them what changed between two.
//!
//! Removed and added words are between signs, so that no colour is needed to tell them apart.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::app::screen::{Compare, Comparison, DatedAnswer};
use crate::insight::{DiffSide, Difference};
use crate::report;
use crate::text;
use crate::ui::size::TEXT_COLUMNS;
use crate::ui::widget::{self, Panel, Row, draw_page, split_list};
use crate::ui::{Canvas, Theme, sign};

/// Between a sign and its text, so that no line breaks there; takes no room and is not shown.
const JOINER: char = '\u{2060}';

/// How many rows a mark of a list has.
const ROWS: usize = 3;

pub(super) fn draw(screen: &Compare, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    // The question has a row of its own.
    let [left, page] = split_list(canvas, area, screen.gaps.lines().max(1) + 1);
    let label = text::one_line(&screen.label);
    let panel = Panel::new(&label, counts(screen)).focus();
    let inner = panel.draw(canvas, left);
    let [prompt, list] = Layout::vertical([Length(1), Fill(1)]).areas(inner);
    let said = text::one_line(&screen.prompt);
    canvas.draw_line(prompt, Line::styled(said, theme.label));
    if screen.rows.is_empty() {
        let text = "No answers yet. Each one stays here, week by week.";
        canvas.draw_text(list, text, theme.quiet);
        return;
    }
    let gap = |(_, text)| (Span::styled(text, theme.quiet), String::new());
    widget::draw_sections(canvas, list, &screen.gaps, screen.cursor, gap, |at| {
        Some(answer_row(screen, screen.rows.get(at)?, &theme))
    });
    match (&screen.comparison, screen.chosen_answer()) {
        (Some(changed), _) => draw_difference(changed, screen.first, canvas, page),
        (None, Some(said)) => draw_answer(screen, said, canvas, page),
        (None, None) => {}
    }
}

/// "12 answers, question 2 of 3".
fn counts(screen: &Compare) -> String {
    let mut said = match screen.rows.len() {
        0 => Vec::new(),
        count => vec![text::counted_noun(count, "answer")],
    };
    if let (at, all @ 2..) = screen.position {
        said.push(format!("question {at} of {all}"));
    }
    said.join(", ")
}

/// An answer on one row: whether it is marked, its first words, and when it was given.
fn answer_row(screen: &Compare, said: &DatedAnswer, theme: &Theme) -> Row {
    let is_marked = screen.marked == Some(said.period);
    let sign = if is_marked { sign::DONE } else { " " };
    Row::new(sign, theme.accent)
        .words(&answer_text(said), theme.words)
        .state(&said.ago, theme.quiet)
        .day(&said.when, 7, theme.label)
}

/// The whole answer, and what a mark is for.
fn draw_answer(screen: &Compare, said: &DatedAnswer, canvas: &mut Canvas, area: Rect) {
    draw_page(canvas, area, &said.when, &said.ago, |canvas, width| {
        let rows = usize::from(area.height);
        let theme = canvas.theme;
        let words = widget::wrapped_lines(&answer_text(said), (width, rows), theme.words);
        let mut lines: Vec<Line> = words.collect();
        if let Some(mark) = screen.marked_answer() {
            let mark = &mark.when;
            let hint = format!("Marked: {mark}. Move to another answer to see what changed.");
            lines.push(Line::default());
            lines.extend(widget::wrapped_lines(&hint, (width, 3), theme.quiet));
        }
        lines
    });
}

/// The text, after a row of boxes if it is a degree of a scale.
fn answer_text(said: &DatedAnswer) -> String {
    match said.degree {
        Some((degree, all)) => {
            let boxes = sign::DONE.repeat(degree) + &sign::OPEN.repeat(all.saturating_sub(degree));
            format!("{boxes} {}", said.words)
        }
        None => said.words.clone(),
    }
}

fn draw_difference(changed: &Comparison, first: usize, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let what = report::change_amount(&changed.difference);
    let title = format!("{} {} {}", changed.from, sign::BECAME, changed.to);
    let body = Panel::new(&title, what).draw(canvas, area);
    let width = body.width.min(TEXT_COLUMNS);
    let lines = difference_lines(&changed.difference, usize::from(width), &theme);
    let (count, height) = (lines.len(), usize::from(body.height));
    let last = count.saturating_sub(height);
    let first = first.min(last);
    canvas.set_scroll_offset(first, last);
    canvas.draw_lines(body, lines.into_iter().skip(first));
    widget::draw_scroll_bar(canvas, body.right() + 1, body, first, count);
}

fn difference_lines(difference: &Difference, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    match difference {
        Difference::Text(runs) => {
            let mut pieces = Vec::new();
            for run in runs {
                let text = text::escape_controls(&run.text);
                let (open, close) = run.side.word_signs();
                pieces.push((run.side, format!("{open}{JOINER}{text}{JOINER}{close}")));
            }
            wrap_pieces(&pieces, width, theme)
        }
        Difference::List { .. } => difference
            .marks()
            .flat_map(|(side, mark)| {
                let rows = text::wrap(&text::one_line(mark), width.saturating_sub(2), ROWS);
                let sign = (side.line_sign(), theme.words);
                widget::signed_lines(sign, rows, side_style(side, theme))
            })
            .collect(),
    }
}

/// Pieces as lines that break where words end, each piece in its style.
fn wrap_pieces(pieces: &[(DiffSide, String)], width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let text: String = pieces.iter().map(|(_, piece)| piece.as_str()).collect();
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        for part in textwrap::wrap(line, width.max(1)) {
            // Only blanks are left out where a line ends.
            at += text[at..].find(part.as_ref()).unwrap_or(0);
            lines.push(line_between(pieces, at, at + part.len(), theme));
            at += part.len();
        }
    }
    lines
}

/// The text between two positions of the pieces, each in its style.
fn line_between(
    pieces: &[(DiffSide, String)],
    from: usize,
    to: usize,
    theme: &Theme,
) -> Line<'static> {
    let mut spans = Vec::new();
    let mut start = 0;
    for (side, piece) in pieces {
        let (low, high) = (from.max(start), to.min(start + piece.len()));
        if low < high {
            let text = piece[low - start..high - start].replace(JOINER, "");
            spans.push(Span::styled(text, side_style(*side, theme)));
        }
        start += piece.len();
    }
    Line::from(spans)
}

fn side_style(side: DiffSide, theme: &Theme) -> Style {
    match side {
        DiffSide::Removed => theme.quiet.add_modifier(Modifier::CROSSED_OUT),
        DiffSide::Added => theme.good.add_modifier(Modifier::UNDERLINED),
        DiffSide::Both => theme.words,
    }
}
