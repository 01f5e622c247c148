//! The portfolio by section, with a mark at what it includes.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::ClickTarget;
use crate::app::screen::PortfolioPage;
use crate::app::screen::portfolio::EMPTY;
use crate::insight::{Piece, PieceBody, PortfolioSection};
use crate::report;
use crate::text;
use crate::ui::Canvas;
use crate::ui::widget::{self, GroupLine};

pub(super) fn draw(screen: &PortfolioPage, canvas: &mut Canvas, area: Rect) {
    let theme = *canvas.theme;
    if screen.pieces().next().is_none() {
        let (about, example) = EMPTY;
        widget::draw_empty(canvas, area, about, example);
        return;
    }
    // The pieces matter most.
    let most = usize::from(area.height / 5);
    let glance = key_figure_rows(screen, usize::from(area.width), most);
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
        canvas.draw_line(row, Line::styled(line, theme.label));
    }
    let sections = screen
        .portfolio
        .sections
        .iter()
        .filter(|section| !section.pieces.is_empty());
    let parts = widget::group_lines(sections.map(|section| (section, &section.pieces)));
    let list = widget::without_arrow_column(body, parts.len());
    for (part, row) in widget::visible_lines(&parts, screen.cursor, canvas, body) {
        let row = Rect {
            width: list.width,
            ..row
        };
        match part {
            GroupLine::Gap => {}
            GroupLine::Heading(section) => draw_heading(section, canvas, row),
            GroupLine::Row(at, it) => draw_piece(*at, it, screen, canvas, row),
        }
    }
    if let Some((_, piece)) = screen.chosen() {
        canvas.draw_text(detail, &piece_text(piece), theme.label);
    }
}

/// The figures at a glance, on at most `most` rows; those that do not fit are counted.
fn key_figure_rows(screen: &PortfolioPage, width: usize, most: usize) -> Vec<String> {
    let figures: Vec<String> = report::key_figures(&screen.portfolio)
        .into_iter()
        .map(|(number, what)| text::one_line(&format!("{number} {what}")))
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
            Some(row) if text::width(row) + text::width(&figure) + 3 <= width => {
                row.push_str(" · ");
                row.push_str(&figure);
            }
            _ => rows.push(text::clip(&figure, width)),
        }
    }
    rows
}

fn draw_heading(section: &PortfolioSection, canvas: &mut Canvas, row: Rect) {
    let theme = *canvas.theme;
    let name = text::one_line(&section.heading);
    let (in_it, all) = (section.included_count(), section.pieces.len());
    let count = match all - in_it {
        0 => format!("  {in_it} in"),
        out => format!("  {in_it} in, {out} out"),
    };
    let room = usize::from(row.width).saturating_sub(text::width(&count));
    canvas.draw_line(
        row,
        Line::from(vec![
            Span::styled(text::clip(&name, room), theme.heading),
            Span::styled(count, theme.quiet),
        ]),
    );
}

fn draw_piece(at: usize, piece: &Piece, screen: &PortfolioPage, canvas: &mut Canvas, row: Rect) {
    let theme = *canvas.theme;
    let here = at == screen.cursor;
    let (sign, style, title) = if piece.is_included {
        ("[x] ", theme.good, theme.words)
    } else {
        ("[ ] ", theme.quiet, theme.label)
    };
    let state = format!(
        "  {} {}",
        text::one_line(&piece.state),
        piece.day.format("%-d %b %Y")
    );
    let state = text::clip(&state, usize::from(row.width) / 2);
    let room = usize::from(row.width).saturating_sub(text::width(&state) + 6);
    canvas.draw_line(
        row,
        Line::from(vec![
            Span::styled(if here { "› " } else { "  " }, theme.accent),
            Span::styled(sign, style),
            Span::styled(
                text::fit(&text::one_line(piece.title()), room),
                if here { theme.accent } else { title },
            ),
            Span::styled(state, theme.quiet),
        ]),
    );
    canvas.add_target(row, ClickTarget::Row(at));
}

/// The line about a piece.
fn piece_text(piece: &Piece) -> String {
    let said = match &piece.body {
        PieceBody::Commitment(pledge) => pledge.evidence.clone(),
        PieceBody::Item(story) => match (&story.improved, story.sections.last()) {
            (Some(improved), _) => improved.describe(),
            (None, Some((heading, said))) => format!("{heading}: {}", said.joined()),
            (None, None) => String::new(),
        },
    };
    let said = text::one_line(&said);
    match (said.is_empty(), piece.is_evidence) {
        (true, true) => "Included because it is done.".to_owned(),
        (false, true) => said,
        (_, false) => format!("Not evidence yet. {said}"),
    }
}
