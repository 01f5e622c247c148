//! The portfolio by section, with a mark at what it includes.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::Target;
use crate::app::screen::Portfolio;
use crate::app::screen::portfolio::EMPTY;
use crate::report::{Piece, Section, Told};
use crate::ui::Canvas;
use crate::ui::widget::{self, Part};
use crate::words;

pub(super) fn draw(screen: &Portfolio, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    if screen.pieces().next().is_none() {
        let (about, example) = EMPTY;
        widget::empty(canvas, area, about, example);
        return;
    }
    // The pieces matter most.
    let most = usize::from(area.height / 5);
    let glance = glance(screen, usize::from(area.width), most);
    let [_, figures, _, body, _, detail] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(u16::try_from(glance.len()).unwrap_or(1)),
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(1),
        Constraint::Length(2),
    ])
    .areas(area);
    for (line, row) in glance.into_iter().zip(figures.rows()) {
        canvas.line(row, Line::styled(line, theme.label));
    }
    let sections = screen
        .portfolio
        .sections
        .iter()
        .filter(|section| !section.pieces.is_empty());
    let parts = widget::parts(sections.map(|section| (section, &section.pieces)));
    let list = widget::without_arrow_column(body, parts.len());
    for (part, row) in widget::visible_lines(&parts, screen.cursor, canvas, body) {
        let row = Rect {
            width: list.width,
            ..row
        };
        match part {
            Part::Gap => {}
            Part::Heading(section) => heading(section, canvas, row),
            Part::Row(at, it) => piece(*at, it, screen, canvas, row),
        }
    }
    if let Some((_, piece)) = screen.chosen() {
        canvas.text(detail, &said(piece), theme.label);
    }
}

/// The figures at a glance, on at most `most` rows; those that do not fit are counted.
fn glance(screen: &Portfolio, width: usize, most: usize) -> Vec<String> {
    let figures: Vec<String> = screen
        .portfolio
        .glance()
        .into_iter()
        .map(|(number, what)| words::one_line(&format!("{number} {what}")))
        .collect();
    let shown = (0..=figures.len()).rev().map(|shown| {
        let more = (shown < figures.len()).then(|| format!("and {} more", figures.len() - shown));
        wrap_figures(figures[..shown].iter().cloned().chain(more), width)
    });
    let mut fitting = shown.filter(|rows| rows.len() <= most);
    fitting.next().unwrap_or_default()
}

fn wrap_figures(figures: impl Iterator<Item = String>, width: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for figure in figures {
        match rows.last_mut() {
            Some(row) if words::width(row) + words::width(&figure) + 3 <= width => {
                row.push_str(" · ");
                row.push_str(&figure);
            }
            _ => rows.push(words::clip(&figure, width)),
        }
    }
    rows
}

fn heading(section: &Section, canvas: &mut Canvas, row: Rect) {
    let theme = *canvas.theme;
    let name = words::one_line(&section.heading);
    let (in_it, all) = (section.shown(), section.pieces.len());
    let count = match all - in_it {
        0 => format!("  {in_it} in"),
        out => format!("  {in_it} in, {out} out"),
    };
    let room = usize::from(row.width).saturating_sub(words::width(&count));
    canvas.line(
        row,
        Line::from(vec![
            Span::styled(words::clip(&name, room), theme.heading),
            Span::styled(count, theme.quiet),
        ]),
    );
}

fn piece(at: usize, piece: &Piece, screen: &Portfolio, canvas: &mut Canvas, row: Rect) {
    let theme = *canvas.theme;
    let here = at == screen.cursor;
    let (sign, style, title) = if piece.is_in {
        ("[x] ", theme.good, theme.words)
    } else {
        ("[ ] ", theme.quiet, theme.label)
    };
    let state = format!(
        "  {} {}",
        words::one_line(&piece.state),
        piece.day.format("%-d %b %Y")
    );
    let state = words::clip(&state, usize::from(row.width) / 2);
    let room = usize::from(row.width).saturating_sub(words::width(&state) + 6);
    canvas.line(
        row,
        Line::from(vec![
            Span::styled(if here { "› " } else { "  " }, theme.accent),
            Span::styled(sign, style),
            Span::styled(
                words::fit(&words::one_line(piece.title()), room),
                if here { theme.accent } else { title },
            ),
            Span::styled(state, theme.quiet),
        ]),
    );
    canvas.add_target(row, Target::Row(at));
}

/// The line about a piece.
fn said(piece: &Piece) -> String {
    let said = match &piece.told {
        Told::Commitment(pledge) => pledge.evidence.clone(),
        Told::Item(story) => match (&story.improved, story.sections.last()) {
            (Some(improved), _) => improved.words(),
            (None, Some((heading, said))) => format!("{heading}: {}", said.joined()),
            (None, None) => String::new(),
        },
    };
    let said = words::one_line(&said);
    match (said.is_empty(), piece.is_evidence) {
        (true, true) => "Included because it is done.".to_owned(),
        (false, true) => said,
        (_, false) => format!("Not evidence yet. {said}"),
    }
}
