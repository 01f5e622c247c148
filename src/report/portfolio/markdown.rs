//! A portfolio as Markdown (`CommonMark`), with the tables that most readers support.
//!
//! No user text becomes markup. Knows nothing of how the pieces were chosen.

use std::fmt::Write;

use super::sentences;
use crate::insight::{Piece, PieceBody, Portfolio, PortfolioSection, PublicPage};
use crate::report::counted_name;
use crate::report::days::month_label;
use crate::report::markdown::{escape_cell, escape_line, listed};
use crate::report::public_page::{page_markdown, value_markdown};

/// A portfolio as a page of Markdown; every line ends in a newline.
#[must_use]
pub fn portfolio_markdown(portfolio: &Portfolio) -> String {
    let mut page = String::from("# Portfolio\n\n");
    let _ = writeln!(page, "**{}**", sentences::title(portfolio));
    let days = sentences::date_range(portfolio);
    if days != sentences::title(portfolio) {
        let _ = writeln!(page, "\n{days}");
    }
    if !portfolio.about.is_empty() {
        page.push('\n');
    }
    for (label, said) in &portfolio.about {
        let _ = writeln!(page, "- {}: {}", escape_line(label), escape_line(said));
    }
    if portfolio.is_empty() {
        let _ = writeln!(page, "\n{}", sentences::EMPTY);
        return page;
    }
    write_key_figures(portfolio, &mut page);
    for section in portfolio
        .sections
        .iter()
        .filter(|it| it.included_count() > 0)
    {
        write_section(section, &mut page);
    }
    for people in &portfolio.people {
        let names: Vec<String> = people
            .names
            .iter()
            .map(|(name, times)| escape_line(&counted_name(name, *times)))
            .collect();
        let _ = writeln!(
            page,
            "\n## {}\n\n{}",
            escape_line(&people.heading),
            names.join(", ")
        );
    }
    for scale in &portfolio.scales {
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
    page
}

fn write_key_figures(portfolio: &Portfolio, page: &mut String) {
    let _ = writeln!(page, "\n## {}\n", sentences::KEY_FIGURES);
    for (number, what) in sentences::key_figures(portfolio) {
        let _ = writeln!(page, "- **{number}** {}", escape_line(&what));
    }
    if portfolio.months.len() < 2 {
        return;
    }
    let _ = writeln!(page, "\n| {} | kept | missed | solved |", sentences::MONTHS);
    page.push_str("|---|---:|---:|---:|\n");
    for month in &portfolio.months {
        let name = format!("{} {}", month_label(month.month, false), month.month.year());
        let _ = writeln!(
            page,
            "| {name} | {} | {} | {} |",
            month.kept, month.missed, month.solved
        );
    }
}

fn write_section(section: &PortfolioSection, page: &mut String) {
    let _ = writeln!(page, "\n## {}", escape_line(&section.heading));
    if let Some(selection) = sentences::selection_note(section) {
        let _ = writeln!(page, "\n{selection}");
    }
    for spread in &section.spreads {
        let _ = writeln!(
            page,
            "\n| {} | | |\n|---|---:|---|",
            escape_cell(&spread.heading)
        );
        for (label, titles) in &spread.rows {
            let said: Vec<String> = titles.iter().map(|title| escape_cell(title)).collect();
            let _ = writeln!(
                page,
                "| {} | {} | {} |",
                escape_cell(label),
                titles.len(),
                said.join("; ")
            );
        }
    }
    if section.is_brief {
        page.push('\n');
    }
    for piece in section.included_pieces() {
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
    let _ = writeln!(
        page,
        "- **{}**  \n  {}",
        escape_line(&story.title),
        facts.join(" · ")
    );
}
