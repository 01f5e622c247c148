//! A portfolio as Markdown (`CommonMark`), with the tables that most readers support.
//!
//! No user text becomes markup. Knows nothing of how the pieces were chosen.

use std::fmt::Write;

use super::text;
use super::{Piece, Pledge, Portfolio, Section, Told};
use crate::report::markdown::{cell, line, prose};
use crate::report::story::Story;

impl Portfolio {
    /// As a page of Markdown; every line ends in a newline.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut page = String::from("# Portfolio\n\n");
        let _ = writeln!(page, "**{}**", text::title(self));
        let days = text::days(self);
        if days != text::title(self) {
            let _ = writeln!(page, "\n{days}");
        }
        if !self.about.is_empty() {
            page.push('\n');
        }
        for (label, said) in &self.about {
            let _ = writeln!(page, "- {}: {}", line(label), line(said));
        }
        if self.is_empty() {
            let _ = writeln!(page, "\n{}", text::EMPTY);
            return page;
        }
        self.write_key_figures(&mut page);
        for section in self.sections.iter().filter(|it| it.shown() > 0) {
            section.markdown(&mut page);
        }
        for people in &self.people {
            let names: Vec<String> = people
                .names
                .iter()
                .map(|(name, times)| line(&text::name(name, *times)))
                .collect();
            let _ = writeln!(
                page,
                "\n## {}\n\n{}",
                line(&people.heading),
                names.join(", ")
            );
        }
        for scale in &self.lines {
            let _ = writeln!(page, "\n## {}\n", line(&scale.heading));
            for (degree, weeks) in text::degrees(scale) {
                let _ = writeln!(page, "- {}: {weeks}", line(degree));
            }
            page.push_str("\n```text\n");
            for (year, signs) in text::drawn(scale) {
                let _ = writeln!(page, "{year}  {signs}");
            }
            page.push_str("```\n");
        }
        page
    }

    fn write_key_figures(&self, page: &mut String) {
        let _ = writeln!(page, "\n## {}\n", text::GLANCE);
        for (number, what) in text::glance(self) {
            let _ = writeln!(page, "- **{number}** {}", line(&what));
        }
        if self.months.len() < 2 {
            return;
        }
        let _ = writeln!(page, "\n| {} | kept | missed | solved |", text::MONTHS);
        page.push_str("|---|---:|---:|---:|\n");
        for month in &self.months {
            let name = format!("{} {}", text::month(month.month, false), month.month.year());
            let _ = writeln!(
                page,
                "| {name} | {} | {} | {} |",
                month.kept, month.missed, month.solved
            );
        }
    }
}

impl Section {
    fn markdown(&self, page: &mut String) {
        let _ = writeln!(page, "\n## {}", line(&self.heading));
        if let Some(selection) = text::selection(self) {
            let _ = writeln!(page, "\n{selection}");
        }
        for spread in &self.spreads {
            let _ = writeln!(page, "\n| {} | | |\n|---|---:|---|", cell(&spread.heading));
            for (label, titles) in &spread.rows {
                let said: Vec<String> = titles.iter().map(|title| cell(title)).collect();
                let _ = writeln!(
                    page,
                    "| {} | {} | {} |",
                    cell(label),
                    titles.len(),
                    said.join("; ")
                );
            }
        }
        if self.is_brief {
            page.push('\n');
        }
        for piece in self.included_pieces() {
            match &piece.told {
                Told::Commitment(pledge) => write_commitment(piece, pledge, page),
                Told::Item(story) if self.is_brief => write_brief_item(piece, story, page),
                Told::Item(story) => {
                    let _ = write!(page, "\n{}", story.markdown(3));
                }
            }
        }
    }
}

fn write_commitment(piece: &Piece, pledge: &Pledge, page: &mut String) {
    let beside: Vec<String> = text::beside(piece, pledge)
        .iter()
        .map(|fact| line(fact))
        .collect();
    let (better, beside) = (line(&pledge.better), beside.join(" · "));
    let _ = writeln!(page, "- **{better}**  \n  {beside}");
    let evidence = prose(&pledge.evidence);
    if !evidence.is_empty() {
        page.push('\n');
    }
    for line in evidence.lines() {
        let indent = if line.is_empty() { "" } else { "  " };
        let _ = writeln!(page, "{indent}{line}");
    }
}

/// An item on a line or two.
fn write_brief_item(piece: &Piece, story: &Story, page: &mut String) {
    let facts: Vec<String> = text::item_facts(piece, story)
        .into_iter()
        .map(|(heading, said)| match heading {
            Some(heading) => format!("{}: {}", line(&heading), said.markdown()),
            None => said.markdown(),
        })
        .collect();
    let _ = writeln!(
        page,
        "- **{}**  \n  {}",
        line(&story.title),
        facts.join(" · ")
    );
}
