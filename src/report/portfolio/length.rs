//! How much of a portfolio fits on so many sheets of paper.
//!
//! An estimate of the printed page, a little more careful than the paper needs, so that a length that
//! was asked for is held. Knows no markup.

use super::{PortfolioExtent, sentences};
use crate::insight::{Piece, PieceBody, Portfolio, PortfolioSection, PublicPage, PublicValue};
use crate::journal::Id;
use crate::text::{one_line, width};

/// The lines of a sheet, and the columns of a line: the smaller of A4 and Letter each.
const SHEET_LINES: usize = 44;
const LINE_COLUMNS: usize = 92;

/// The lines of a heading of a section, with the space around it.
const HEADING_LINES: usize = 4;

/// The lines of a chart.
const CHART_LINES: usize = 15;

/// What of a portfolio is behind its first page, in the order it is written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Behind {
    /// How many included pieces of each section.
    pieces: Vec<usize>,
    pub(super) has_months: bool,
    pub(super) has_sentences: bool,
    /// How many of the groups of people, and of the scales.
    pub(super) people: usize,
    pub(super) scales: usize,
}

impl Behind {
    pub(super) fn of(portfolio: &Portfolio, extent: PortfolioExtent) -> Self {
        let sheets = extent.pages.map(|pages| pages.get() - 1);
        let mut paper = Paper {
            lines: 0,
            last: sheets.map(|sheets| sheets * SHEET_LINES),
        };
        let first = portfolio.first_pieces();
        let is_told =
            |piece: &Piece| first.iter().any(|it| it.id == piece.id) && is_told_in_two_lines(piece);
        let sections = portfolio.sections.iter().map(|section| {
            // A page that repeats the first one says nothing.
            let is_repeated = section.spreads.is_empty() && section.included_pieces().all(is_told);
            if is_repeated {
                0
            } else {
                paper.section(section)
            }
        });
        let pieces: Vec<usize> = sections.collect();
        // Who was helped is beside what was done for them.
        let has_pieces = pieces.iter().any(|count| *count > 0);
        let rows = portfolio.month_sentences.len();
        Self {
            pieces,
            has_months: has_month_figures(portfolio) && paper.takes(HEADING_LINES + CHART_LINES),
            has_sentences: extent.month_sentences
                && rows > 0
                && paper.takes(HEADING_LINES + 2 * rows),
            people: portfolio
                .people
                .iter()
                .filter(|_| has_pieces)
                .take_while(|it| paper.takes(HEADING_LINES + 2 * it.names.len().div_ceil(5)))
                .count(),
            scales: portfolio
                .scales
                .iter()
                .take_while(|_| paper.takes(HEADING_LINES + CHART_LINES))
                .count(),
        }
    }

    /// The sections that are written, each with those of its pieces that are.
    pub(super) fn sections<'a>(
        &self,
        portfolio: &'a Portfolio,
    ) -> Vec<(&'a PortfolioSection, Vec<&'a Piece>)> {
        let sections = portfolio.sections.iter().zip(&self.pieces);
        sections
            .filter(|(_, count)| **count > 0)
            .map(|(section, count)| (section, section.included_pieces().take(*count).collect()))
            .collect()
    }

    /// What is told of a portfolio with this behind its first page, without the texts that are not.
    pub(super) fn told_part(&self, portfolio: &Portfolio) -> Portfolio {
        let ids = |pieces: Vec<&Piece>| -> Vec<Id> {
            let pieces = pieces.into_iter();
            pieces.map(|piece| piece.id.clone()).collect()
        };
        let first = ids(portfolio.first_pieces());
        let open = ids(sentences::listed_open_pieces(portfolio));
        let mut told = portfolio.clone();
        for (section, count) in told.sections.iter_mut().zip(&self.pieces) {
            if *count == 0 {
                section.spreads.clear();
            }
            let spreads = section.spreads.iter().flat_map(|spread| &spread.rows);
            let titles: Vec<&String> = spreads.flat_map(|(_, titles)| titles).collect();
            let is_in_spread = |piece: &Piece| titles.iter().any(|it| *it == piece.title());
            let mut left = *count;
            section.pieces.retain_mut(|piece| {
                let is_behind = piece.is_included && left > 0;
                left -= usize::from(is_behind);
                if is_behind {
                    return true;
                }
                let is_first = first.contains(&piece.id);
                if is_first {
                    piece.keep_result();
                } else {
                    piece.keep_title();
                }
                is_first || open.contains(&piece.id) || (piece.is_included && is_in_spread(piece))
            });
        }
        told.people.truncate(self.people);
        told.scales.truncate(self.scales);
        if !self.has_sentences {
            told.month_sentences.clear();
        }
        told
    }
}

/// Whether the months have figures worth a table: more than one month, and something in it.
pub(super) fn has_month_figures(portfolio: &Portfolio) -> bool {
    let months = &portfolio.months;
    // For one month, the figures of the first page say it all.
    months.len() > 1 && months.iter().any(|it| it.kept + it.solved > 0)
}

/// Paper that is filled from the top.
struct Paper {
    /// The lines that are taken.
    lines: usize,
    /// The lines there are; `None` without a limit.
    last: Option<usize>,
}

impl Paper {
    /// Takes lines that stay together, if they are there.
    fn takes(&mut self, lines: usize) -> bool {
        let Some(last) = self.last else {
            return true;
        };
        // What does not fit at the end of a sheet goes to the next one.
        let left = SHEET_LINES - self.lines % SHEET_LINES;
        let gap = if lines > left && lines <= SHEET_LINES {
            left
        } else {
            0
        };
        let end = self.lines + gap + lines;
        if end > last {
            // Nothing that comes later may fill the gap.
            self.lines = last;
            return false;
        }
        self.lines = end;
        true
    }

    /// How many included pieces of a section there is room for.
    fn section(&mut self, section: &PortfolioSection) -> usize {
        if self.last.is_none() {
            return section.included_count();
        }
        let Some(first) = section.included_pieces().next() else {
            return 0;
        };
        let note = sentences::selection_note(section).map_or(0, |_| 2);
        let spreads = section.spreads.iter().map(|spread| {
            let rows = spread.rows.iter().map(|(label, titles)| {
                // The label is beside its titles, in a column of its own.
                let titles: usize = titles.iter().map(|title| width(title) + 2).sum();
                (titles * 2 / LINE_COLUMNS + 1).max(width(label) * 3 / LINE_COLUMNS + 1) + 1
            });
            rows.sum::<usize>() + 2
        });
        let heading = HEADING_LINES + note + spreads.sum::<usize>();
        let brief = section.is_brief;
        if !self.takes(heading + piece_lines(first, brief)) {
            return 0;
        }
        let others = section.included_pieces().skip(1);
        1 + others
            .take_while(|piece| self.takes(piece_lines(piece, brief)))
            .count()
    }
}

/// Whether the two lines of a piece on the first page say all of it.
fn is_told_in_two_lines(piece: &Piece) -> bool {
    let (title, outcome) = sentences::result_words(piece);
    let is_said = |text: &str| {
        let text = one_line(text);
        text.trim().is_empty() || [&outcome.number, &outcome.words].contains(&&text)
    };
    let is_all = match &piece.body {
        PieceBody::Commitment(commitment) => {
            commitment.area.trim().is_empty()
                && commitment.moved.is_none()
                && is_said(&commitment.evidence)
        }
        PieceBody::Item(page) => {
            page.stages.len() < 2
                && page
                    .sections
                    .iter()
                    .all(|(_, said)| is_said(&said.joined()))
        }
    };
    is_all && title == one_line(piece.title())
}

/// The lines of a piece, with the space around it.
fn piece_lines(piece: &Piece, is_brief: bool) -> usize {
    let title = text_lines(piece.title());
    match &piece.body {
        PieceBody::Commitment(commitment) => {
            let facts = sentences::commitment_facts(piece, commitment);
            title + text_lines(&facts.join(" · ")) + text_lines(&commitment.evidence) + 1
        }
        PieceBody::Item(page) if is_brief => {
            let facts = sentences::item_facts(piece, page).into_iter();
            let facts: usize = facts
                .map(|(heading, said)| {
                    heading.map_or(0, |it| width(&it)) + value_columns(&said) + 5
                })
                .sum();
            title + facts.div_ceil(LINE_COLUMNS) + 1
        }
        PieceBody::Item(page) => title + page_lines(page) + 2,
    }
}

fn page_lines(page: &PublicPage) -> usize {
    let fields = page.sections.iter().map(|(_, said)| match said {
        PublicValue::Lines(lines) => lines.iter().map(|line| text_lines(line)).sum::<usize>() + 2,
        PublicValue::Prose(text) | PublicValue::Line(text) | PublicValue::Location(text) => {
            text_lines(text) + 2
        }
    });
    let stages = page.stages.iter().map(|stage| {
        let fields = stage.fields.iter();
        let fields = fields.map(|(heading, said)| width(heading) + value_columns(said) + 4);
        width(&stage.label) + fields.sum::<usize>() + 6
    });
    let stages: usize = stages.sum();
    usize::from(page.improved.is_some()) + fields.sum::<usize>() + stages.div_ceil(LINE_COLUMNS)
}

fn value_columns(said: &PublicValue) -> usize {
    width(&said.joined())
}

/// The lines of a text that is wrapped; blank lines are the space between paragraphs.
fn text_lines(text: &str) -> usize {
    text.lines()
        .map(|line| width(line) / LINE_COLUMNS + 1)
        .sum()
}
