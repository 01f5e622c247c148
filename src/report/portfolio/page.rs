//! What a portfolio says, block by block; its sentences are in `sentences.rs`.
//!
//! Knows nothing of how the pieces were chosen, and no markup.

use super::length::Behind;
use super::{PortfolioExtent, sentences};
use crate::insight::{
    MonthFigures, Piece, PieceBody, Portfolio, PortfolioSection, ResultOutcome, ScaleByWeek,
};
use crate::report::counted_name;
use crate::report::days::{month_label, short_month};
use crate::report::page::{Bar, Block, Chart, Fact, Page, PageRow, Run, Shape, Under};

/// The bar of a month: how many in full, and how many hollow on top of them.
type MonthCounts = fn(&MonthFigures) -> (usize, usize);

pub(super) fn portfolio_page(portfolio: &Portfolio, extent: PortfolioExtent) -> Page {
    let summary = sentences::first_page_summary(portfolio);
    let summary = (!summary.is_empty()).then_some(Block::Summary(summary));
    let blocks = if portfolio.is_empty() {
        let empty = Block::Text("", sentences::EMPTY.to_owned());
        summary.into_iter().chain([empty]).collect()
    } else {
        let first = summary.into_iter().chain(first_page(portfolio)).collect();
        let behind = behind(portfolio, &Behind::of(portfolio, extent));
        let behind = (!behind.is_empty()).then_some(Block::Behind(behind));
        [Block::First(first)].into_iter().chain(behind).collect()
    };
    Page {
        title: format!("Portfolio, {}", sentences::title(portfolio)),
        heading: Run::Text(sentences::page_heading(portfolio)),
        under: vec![Under::Span(sentences::page_subtitle(portfolio))],
        about: sentences::about_lines(portfolio),
        blocks,
        as_of: None,
    }
}

/// The results, the figures and what is open.
fn first_page(portfolio: &Portfolio) -> impl Iterator<Item = Block> {
    let results = portfolio.first_pieces().into_iter().map(|piece| {
        let (title, ResultOutcome { number, words }) = sentences::result_words(piece);
        PageRow::Result(title, sentences::piece_day(piece), number, words)
    });
    let figures = sentences::key_figures(portfolio).into_iter();
    let figures = figures.map(|(number, what)| PageRow::Figure(number, what));
    let (open, more) = sentences::open_facts(portfolio);
    let open = open.into_iter().map(|(title, state)| {
        let state = Run::Quiet(format!("· {state}"));
        PageRow::Line(
            vec![Run::Text(title), Run::Own(" ".to_owned()), state],
            Vec::new(),
        )
    });
    let open = open.chain(more.map(PageRow::More));
    let lists = [
        Block::list("results", sentences::RESULTS, "results", results),
        Block::list("glance", sentences::KEY_FIGURES, "glance", figures),
        Block::list("open", sentences::OPEN, "open", open),
    ];
    lists.into_iter().flatten()
}

/// What is behind the first page.
fn behind(portfolio: &Portfolio, behind: &Behind) -> Vec<Block> {
    let sections = (1..).zip(behind.sections(portfolio));
    let sections = sections.map(|(number, (it, pieces))| section(it, &pieces, number));
    let mut blocks: Vec<Block> = sections.collect();
    if behind.has_months {
        blocks.extend(Block::section(
            "months",
            sentences::MONTHS,
            [months(portfolio)],
        ));
    }
    if behind.has_sentences {
        let said = portfolio.month_sentences.iter();
        let said = said.map(|(month, said)| (Run::Own(short_month(*month)), said.clone()));
        let said = Block::Terms(said.collect());
        blocks.extend(Block::section(
            "sentences",
            sentences::MONTH_SENTENCES,
            [said],
        ));
    }
    for (number, people) in (1..).zip(&portfolio.people).take(behind.people) {
        let names = people.names.iter();
        let names = names
            .map(|(name, times)| counted_name(name, *times))
            .collect();
        let id = format!("people-{number}");
        blocks.extend(Block::section(&id, &people.heading, [Block::Names(names)]));
    }
    for (number, scale) in (1..).zip(&portfolio.scales).take(behind.scales) {
        let id = format!("line-{number}");
        let chart = scale_chart(format!("{id}-chart"), scale);
        blocks.extend(Block::section(&id, &scale.heading, [chart]));
    }
    blocks
}

fn section(section: &PortfolioSection, pieces: &[&Piece], number: usize) -> Block {
    let note = sentences::selection_note(section);
    let note = note.map(|note| Block::Text("note", note)).into_iter();
    let spreads = section.spreads.iter();
    let spreads = spreads.map(|it| Block::Counts(it.heading.clone(), it.rows.clone()));
    let mut blocks: Vec<Block> = note.chain(spreads).collect();
    if section.is_brief {
        let rows = pieces.iter().map(|piece| brief_row(piece));
        blocks.push(Block::List("brief", rows.collect()));
    } else {
        let items = pieces.iter().filter_map(|piece| match &piece.body {
            PieceBody::Item(item) => Some(Block::Item(Box::new(item.clone()), 3)),
            // Those are brief.
            PieceBody::Commitment(_) => None,
        });
        blocks.extend(items);
    }
    let heading = sentences::section_heading(section).to_owned();
    Block::Section(format!("section-{number}"), heading, blocks)
}

/// A commitment with its evidence, or an item on a line or two.
fn brief_row(piece: &Piece) -> PageRow {
    let title = piece.title().to_owned();
    match &piece.body {
        PieceBody::Commitment(commitment) => {
            let facts = sentences::commitment_facts(piece, commitment).into_iter();
            let facts = facts.map(Fact::Text).collect();
            PageRow::Entry(title, facts, commitment.evidence.clone())
        }
        PieceBody::Item(item) => {
            let facts = sentences::item_facts(piece, item).into_iter();
            let facts = facts.map(|(heading, said)| Fact::Field(heading, said));
            PageRow::Entry(title, facts.collect(), String::new())
        }
    }
}

/// The months, with a chart or a column for each figure that is anything but zero.
fn months(portfolio: &Portfolio) -> Block {
    let months = &portfolio.months;
    let kept: MonthCounts = if sentences::shows_missed(portfolio) {
        |it| (it.kept, it.missed)
    } else {
        |it| (it.kept, 0)
    };
    let charts: [(&str, &str, MonthCounts); 2] = [
        ("solved", "Problems solved by month", |it| (it.solved, 0)),
        ("kept", "Commitments kept by month", kept),
    ];
    let year = |it: &MonthFigures| it.month.year();
    let years = months.first().map(year) != months.last().map(year);
    let charts = charts
        .into_iter()
        .filter(|(_, _, counts)| months.iter().any(|it| counts(it) != (0, 0)))
        .map(|(id, title, counts)| {
            let bars = months.iter().map(|it| {
                let (full, hollow) = counts(it);
                let label = month_label(it.month, years);
                Bar {
                    label,
                    full,
                    hollow,
                }
            });
            Chart {
                id: id.to_owned(),
                title: title.to_owned(),
                shape: Shape::Bars(bars.collect()),
            }
        });
    let (columns, figures): (Vec<_>, Vec<_>) =
        sentences::month_columns(portfolio).into_iter().unzip();
    let rows = months.iter().map(|it| {
        let counts = figures.iter().map(|of| of(it)).collect();
        (short_month(it.month), counts)
    });
    Block::Months(charts.collect(), columns, rows.collect())
}

fn scale_chart(id: String, scale: &ScaleByWeek) -> Block {
    let told = sentences::degree_counts(scale).into_iter();
    let told = told
        .map(|(degree, weeks)| (degree.to_owned(), weeks))
        .collect();
    Block::Chart(Chart {
        id,
        title: scale.heading.clone(),
        shape: Shape::Scale(scale.clone(), told),
    })
}
