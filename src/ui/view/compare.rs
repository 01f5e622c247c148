//! One question and all its answers, and beside or below them what changed between two.
//!
//! Removed and added words are between signs, so that no colour is needed to tell them apart.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::app::ClickTarget;
use crate::app::screen::{AnswerRow, Compare, Comparison, DatedAnswer};
use crate::insight::{DiffSide, Difference};
use crate::text;
use crate::ui::widget::{self, split_columns};
use crate::ui::{Canvas, Theme};

/// From this width on, what changed is beside the answers.
const WIDE: u16 = 110;

/// The column of "Week 48" and its sign.
const LEAD: usize = 18;

/// Between a sign and its text, so that no line breaks there; takes no room and is not shown.
const JOINER: char = '\u{2060}';

/// How many rows an answer has, unless it is the chosen one.
const ROWS: usize = 3;

pub(super) fn draw(screen: &Compare, canvas: &mut Canvas, area: Rect) {
    let [_, heading, prompt, _, rest] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
    ])
    .areas(area);
    draw_title(screen, canvas, heading);
    let said = text::clip(&text::one_line(&screen.prompt), usize::from(prompt.width));
    canvas.draw_line(prompt, Line::styled(said, canvas.theme.label));
    if screen.rows.is_empty() {
        let text = "No answers yet. Each one stays here, week by week.";
        canvas.draw_text(rest, text, canvas.theme.quiet);
        return;
    }
    if screen.marked_answer().is_none() {
        draw_answers(screen, canvas, rest);
        return;
    }
    let (left, pane) = if area.width >= WIDE {
        let [left, right] = split_columns(rest, rest.width / 2);
        (left, right)
    } else {
        let [above, _, below] = Layout::vertical([
            Constraint::Fill(1),
            Constraint::Length(1),
            Constraint::Length(rest.height / 2),
        ])
        .areas(rest);
        (above, below)
    };
    draw_answers(screen, canvas, left);
    match &screen.comparison {
        Some(changed) => difference(changed, screen.first, canvas, pane),
        None => {
            let mark = screen.marked_answer().map_or("", |said| &said.when);
            let text = format!("Marked: {mark}. Move to another answer to see what changed.");
            canvas.draw_text(pane, &text, canvas.theme.quiet);
        }
    }
}

fn draw_title(screen: &Compare, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let answers = screen.rows.iter().filter(|row| row.answer().is_some());
    let mut quiet = match answers.count() {
        0 => String::new(),
        count => format!(" · {}", text::counted_noun(count, "answer")),
    };
    if let (at, all @ 2..) = screen.position {
        quiet.push_str(&format!(" · question {at} of {all}"));
    }
    canvas.draw_line(
        area,
        Line::from(vec![
            Span::styled(text::one_line(&screen.label), theme.heading),
            Span::styled(quiet, theme.quiet),
        ]),
    );
}

/// The answers one below the other, the chosen one in sight and with more rows than the others.
fn draw_answers(screen: &Compare, canvas: &mut Canvas, area: Rect) {
    let height = usize::from(area.height);
    let width = usize::from(area.width).saturating_sub(LEAD);
    let most = |at: usize| {
        if at == screen.cursor {
            (height / 2).max(ROWS)
        } else {
            ROWS
        }
    };
    let block = |said: &DatedAnswer, rows: usize| text::wrap(&answer_text(said), width, rows);
    let rows_of = |at: usize| match &screen.rows[at] {
        AnswerRow::Gap(_) => 1,
        AnswerRow::Answer(said) => {
            let least = if at == screen.cursor { 2 } else { 1 };
            block(said, most(at)).len().max(least)
        }
    };
    // As many as fit above the chosen one.
    let mut first = screen.cursor;
    let mut taken = rows_of(first);
    while let Some(above) = first.checked_sub(1) {
        taken += rows_of(above);
        if taken > height {
            break;
        }
        first = above;
    }
    let mut y = area.y;
    let mut at = first;
    while at < screen.rows.len() && y < area.bottom() {
        let rows = u16::try_from(rows_of(at)).unwrap_or(u16::MAX);
        let place = Rect {
            y,
            height: rows.min(area.bottom() - y),
            ..area
        };
        match &screen.rows[at] {
            AnswerRow::Gap(text) => {
                let text = format!("{}· {text}", " ".repeat(LEAD));
                canvas.draw_line(place, Line::styled(text, canvas.theme.quiet));
            }
            AnswerRow::Answer(said) => {
                let lines = block(said, most(at).min(usize::from(place.height)));
                draw_answer(screen, said, at == screen.cursor, lines, canvas, place);
                canvas.add_target(place, ClickTarget::Row(at));
            }
        }
        y += place.height;
        at += 1;
    }
    widget::draw_arrows(canvas, area, first, screen.rows.len() - at);
}

fn draw_answer(
    screen: &Compare,
    said: &DatedAnswer,
    chosen: bool,
    lines: Vec<String>,
    canvas: &mut Canvas,
    area: Rect,
) {
    let theme = *canvas.theme;
    let marked = screen.marked == Some(said.period);
    let style = if chosen { theme.accent } else { theme.label };
    let mut lines = lines.into_iter();
    let room = usize::from(area.width).saturating_sub(LEAD);
    for (at, row) in area.rows().enumerate() {
        let lead = match at {
            0 => Span::styled(text::fit(&said.when, LEAD - 4), style),
            1 if chosen => Span::styled(text::fit(&said.ago, LEAD - 4), theme.quiet),
            _ => Span::raw(" ".repeat(LEAD - 4)),
        };
        let sign = |sign, on| Span::styled(if at == 0 && on { sign } else { "  " }, theme.accent);
        let words = text::clip(&lines.next().unwrap_or_default(), room);
        canvas.draw_line(
            row,
            Line::from(vec![
                sign("› ", chosen),
                sign("◆ ", marked),
                lead,
                Span::styled(words, theme.words),
            ]),
        );
    }
}

/// The text, after a row of boxes if it is a degree of a scale.
fn answer_text(said: &DatedAnswer) -> String {
    match said.degree {
        Some((degree, all)) => {
            let boxes = "■".repeat(degree) + &"□".repeat(all.saturating_sub(degree));
            format!("{boxes} {}", said.words)
        }
        None => said.words.clone(),
    }
}

fn difference(changed: &Comparison, first: usize, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    let [heading, body] =
        Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let (gone, come) = changed.difference.counts();
    let what = match changed.difference {
        _ if changed.difference.is_unchanged() => " · the same".to_owned(),
        Difference::Text(_) => format!(" · {} out, {come} in", text::counted_noun(gone, "word")),
        Difference::List { .. } => format!(" · {gone} out, {come} in"),
    };
    let names = format!("{} → {}", changed.from, changed.to);
    canvas.draw_line(
        heading,
        Line::from(vec![
            Span::styled(names, theme.heading),
            Span::styled(what, theme.quiet),
        ]),
    );
    let lines = difference_lines(&changed.difference, usize::from(body.width), &theme);
    let height = usize::from(body.height);
    let first = first.min(lines.len().saturating_sub(height));
    canvas.set_scroll_offset(first);
    let below = lines.len().saturating_sub(first + height);
    for (line, row) in lines.into_iter().skip(first).zip(body.rows()) {
        canvas.draw_line(row, line);
    }
    widget::draw_arrows(canvas, body, first, below);
}

/// The difference on lines of a width.
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
                let signs = [side.line_sign()].into_iter().chain(std::iter::repeat(" "));
                let rows = text::wrap(&text::one_line(mark), width.saturating_sub(2), ROWS);
                signs.zip(rows).map(move |(sign, row)| {
                    let words = Span::styled(row, side_style(side, theme));
                    Line::from(vec![Span::styled(format!("{sign} "), theme.words), words])
                })
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
