//! A portfolio as Markdown (`CommonMark`), with the tables that most readers support.
//!
//! No user text becomes markup. Knows nothing of how the pieces were chosen.

use std::fmt::Write;

use super::length::Behind;
use super::{PortfolioExtent, sentences};
use crate::insight::{Piece, PieceBody, Portfolio, PortfolioSection, PublicPage, ResultOutcome};
use crate::report::counted_name;
use crate::report::days::short_month;
use crate::report::markdown::{
    escape_line, listed, own_line, paragraphs, write_about, write_counts, write_list,
};
use crate::report::public_page::{page_markdown, value_markdown};

/// A portfolio as a page of Markdown; every line ends in a newline. The first page ends in a rule.
pub fn portfolio_markdown(portfolio: &Portfolio, extent: PortfolioExtent) -> String {
    let mut page = format!("# {}\n\n", escape_line(&sentences::page_heading(portfolio)));
    let _ = writeln!(page, "**{}**", sentences::page_subtitle(portfolio));
    write_about(&sentences::about_lines(portfolio), &mut page);
    let summary = paragraphs(&sentences::first_page_summary(portfolio));
    if !summary.is_empty() {
        let _ = writeln!(page, "\n{summary}");
    }
    if portfolio.is_empty() {
        let _ = writeln!(page, "\n{}", sentences::EMPTY);
        return page;
    }
    write_first_page(portfolio, &mut page);
    let behind = Behind::of(portfolio, extent);
    if !behind.is_empty() {
        page.push_str("\n---\n");
        write_behind(portfolio, &behind, &mut page);
    }
    page
}

/// The results, the figures and what is open.
fn write_first_page(portfolio: &Portfolio, page: &mut String) {
    let results = portfolio.first_pieces().into_iter().map(|piece| {
        let (title, ResultOutcome { number, words }) = sentences::result_words(piece);
        let number = if number.is_empty() {
            number
        } else {
            format!("**{}**", escape_line(&number))
        };
        let parts = [
            number,
            own_line(&words),
            escape_line(&sentences::piece_day(piece)),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        let (title, below) = (escape_line(&title), parts.join(" · "));
        format!("- **{title}**  \n  {below}")
    });
    write_list(sentences::RESULTS, results, page);
    let figures = sentences::key_figures(portfolio).into_iter();
    let figures = figures.map(|(number, what)| format!("- {}: **{number}**", escape_line(&what)));
    write_list(sentences::KEY_FIGURES, figures, page);
    let (open, more) = sentences::open_facts(portfolio);
    let open = open.iter();
    let open =
        open.map(|(title, state)| format!("- {} · {}", escape_line(title), escape_line(state)));
    let more = more.map(|more| format!("- {more}"));
    write_list(sentences::OPEN, open.chain(more), page);
}

fn write_behind(portfolio: &Portfolio, behind: &Behind, page: &mut String) {
    for (section, pieces) in behind.sections(portfolio) {
        write_section(section, &pieces, page);
    }
    if behind.has_months {
        write_months(portfolio, page);
    }
    if behind.has_sentences {
        let said = portfolio.month_sentences.iter();
        let said =
            said.map(|(month, said)| format!("- {}: {}", short_month(*month), own_line(said)));
        write_list(sentences::MONTH_SENTENCES, said, page);
    }
    for people in portfolio.people.iter().take(behind.people) {
        let names: Vec<String> = people
            .names
            .iter()
            .map(|(name, times)| escape_line(&counted_name(name, *times)))
            .collect();
        let (heading, names) = (escape_line(&people.heading), names.join(", "));
        let _ = writeln!(page, "\n## {heading}\n\n{names}");
    }
    for scale in portfolio.scales.iter().take(behind.scales) {
        let _ = writeln!(page, "\n## {}\n", escape_line(&scale.heading));
        for (degree, weeks) in sentences::degree_counts(scale) {
            let _ = writeln!(page, "- {}: {weeks}", escape_line(degree));
        }
        page.push_str("\n```text\n");
        for (year, signs) in sentences::sparklines(scale) {
            let _ = writeln!(page, "{year}  {signs}");
        }
        page.push_str("```\n");
    }
}

/// The months, with a column for each figure that is anything but zero.
fn write_months(portfolio: &Portfolio, page: &mut String) {
    let figures = sentences::month_columns(portfolio);
    let names: Vec<&str> = figures.iter().map(|(name, _)| *name).collect();
    let _ = writeln!(
        page,
        "\n## {}\n\n| | {} |",
        sentences::MONTHS,
        names.join(" | ")
    );
    let _ = writeln!(page, "|---|{}", "---:|".repeat(names.len()));
    for month in &portfolio.months {
        let cells: Vec<String> = figures
            .iter()
            .map(|(_, of)| of(month).to_string())
            .collect();
        let (month, cells) = (short_month(month.month), cells.join(" | "));
        let _ = writeln!(page, "| {month} | {cells} |");
    }
}

fn write_section(section: &PortfolioSection, pieces: &[&Piece], page: &mut String) {
    let _ = writeln!(
        page,
        "\n## {}",
        escape_line(sentences::section_heading(section))
    );
    if let Some(selection) = sentences::selection_note(section) {
        let _ = writeln!(page, "\n{selection}");
    }
    for spread in &section.spreads {
        write_counts(&spread.heading, &spread.rows, page);
    }
    if section.is_brief {
        page.push('\n');
    }
    for piece in pieces {
        match &piece.body {
            PieceBody::Commitment(pledge) => {
                let facts = sentences::commitment_facts(piece, pledge);
                page.push_str(&listed(&pledge.better, &facts, &pledge.evidence));
            }
            PieceBody::Item(story) if section.is_brief => write_brief_item(piece, story, page),
            PieceBody::Item(story) => {
                let _ = write!(page, "\n{}", page_markdown(story, 3));
            }
        }
    }
}

/// An item on a line or two.
fn write_brief_item(piece: &Piece, story: &PublicPage, page: &mut String) {
    let facts: Vec<String> = sentences::item_facts(piece, story)
        .into_iter()
        .map(|(heading, said)| match heading {
            Some(heading) => format!("{}: {}", escape_line(&heading), value_markdown(&said)),
            None => value_markdown(&said),
        })
        .collect();
    let (title, facts) = (escape_line(&story.title), facts.join(" · "));
    let _ = writeln!(page, "- **{title}**  \n  {facts}");
}
