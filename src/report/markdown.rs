//! A page as Markdown (`CommonMark`), with the tables that most readers support.
//!
//! No user text becomes markup. Knows nothing of what the page is about.

mod escape;

use std::fmt::Write;

use self::escape::{escape_cell, link_or_text, own_line};
use super::page::{Block, Fact, Page, PageRow, Run, Shape, Under, WeekRow};
use crate::calendar::long_date;
use crate::insight::{Progress, PublicPage, PublicValue, ReachedStage, ScaleByWeek};

pub(super) use self::escape::{escape_line, paragraphs};

/// A page as Markdown; every line ends in a newline. What is first ends in a rule.
pub(super) fn page_markdown(page: &Page) -> String {
    let mut written = format!("# {}\n", escape_line(page.heading.text()));
    for under in &page.under {
        let _ = match (under, page.as_of) {
            (Under::Span(text), _) => writeln!(written, "\n**{text}**"),
            (Under::Summary(text), Some(day)) => {
                writeln!(written, "\n{text} As of {}.", long_date(day))
            }
            (Under::Days(text) | Under::Quiet(text) | Under::Summary(text), _) => {
                writeln!(written, "\n{text}")
            }
        };
    }
    if !page.about.is_empty() {
        written.push('\n');
    }
    for (label, said) in &page.about {
        let (label, said) = (escape_line(label), escape_line(said));
        let _ = writeln!(written, "- {label}: {said}");
    }
    write_blocks(&page.blocks, &mut written);
    written
}

/// Blocks, each below a blank line.
fn write_blocks(blocks: &[Block], page: &mut String) {
    for block in blocks {
        write_block(block, page);
    }
}

fn write_block(block: &Block, page: &mut String) {
    match block {
        Block::Section(_, heading, blocks) => {
            let _ = writeln!(page, "\n## {}", escape_line(heading));
            write_blocks(blocks, page);
        }
        Block::First(blocks) => write_blocks(blocks, page),
        Block::Behind(blocks) => {
            page.push_str("\n---\n");
            write_blocks(blocks, page);
        }
        Block::Text(_, text) => write_lines([text], page),
        Block::Summary(text) => write_lines([paragraphs(text)], page),
        Block::List(_, rows) => write_lines(rows.iter().map(row_markdown), page),
        Block::Names(names) => {
            let names: Vec<String> = names.iter().map(|name| escape_line(name)).collect();
            write_lines([names.join(", ")], page);
        }
        Block::Terms(terms) => {
            let said = |(term, said): &(Run, String)| {
                format!("- {}: {}", run_markdown(term), own_line(said))
            };
            write_lines(terms.iter().map(said), page);
        }
        Block::Counts(heading, rows) => {
            let heading = escape_cell(heading);
            let _ = writeln!(page, "\n| {heading} | | |\n|---|---:|---|");
            for (label, titles) in rows {
                let said: Vec<String> = titles.iter().map(|title| escape_cell(title)).collect();
                let (label, count) = (escape_cell(label), titles.len());
                let _ = writeln!(page, "| {label} | {count} | {} |", said.join("; "));
            }
        }
        Block::Item(item, level) => write_item(item, *level, page),
        Block::Statement(text, blocks) => {
            let _ = writeln!(page, "\n**{}**", escape_line(text));
            write_blocks(blocks, page);
        }
        Block::Quote(about, day, text) => {
            let (about, day) = (escape_line(about), long_date(*day));
            let _ = writeln!(page, "\n### {about}\n\n{day}");
            let text = paragraphs(text);
            write_lines(text.lines().map(|line| format!("> {line}")), page);
        }
        Block::Chart(chart) => write_shape(&chart.shape, page),
        Block::Months(_, columns, months) => {
            let _ = writeln!(page, "\n| | {} |", columns.join(" | "));
            let _ = writeln!(page, "|---|{}", "---:|".repeat(columns.len()));
            for (month, counts) in months {
                let counts: Vec<String> = counts.iter().map(usize::to_string).collect();
                let _ = writeln!(page, "| {month} | {} |", counts.join(" | "));
            }
        }
    }
}

/// Lines below a blank line.
fn write_lines(lines: impl IntoIterator<Item = impl AsRef<str>>, page: &mut String) {
    page.push('\n');
    for line in lines {
        page.push_str(line.as_ref());
        page.push('\n');
    }
}

fn row_markdown(row: &PageRow) -> String {
    match row {
        PageRow::Line(runs, facts) | PageRow::Paragraph(runs, facts) => {
            let facts = facts.iter().map(|fact| format!(" · {}", escape_line(fact)));
            let line: String = runs.iter().map(run_markdown).chain(facts).collect();
            format!("- {line}")
        }
        PageRow::More(text) => format!("- {text}"),
        PageRow::Figure(number, what) => format!("- {}: **{number}**", escape_line(what)),
        PageRow::Name(name) => format!("- {}", escape_line(name)),
        PageRow::Result(title, day, number, words) => {
            let number = match escape_line(number) {
                none if none.is_empty() => none,
                number => format!("**{number}**"),
            };
            let below = [number, own_line(words), escape_line(day)].into_iter();
            let below: Vec<String> = below.filter(|it| !it.is_empty()).collect();
            format!("- **{}**  \n  {}", escape_line(title), below.join(" · "))
        }
        PageRow::Entry(title, facts, text) => {
            let facts: Vec<String> = facts.iter().map(fact_markdown).collect();
            let mut entry = format!("- **{}**  \n  {}", escape_line(title), facts.join(" · "));
            let text = paragraphs(text);
            if !text.is_empty() {
                entry.push('\n');
            }
            for line in text.lines() {
                let indent = if line.is_empty() { "" } else { "  " };
                let _ = write!(entry, "\n{indent}{line}");
            }
            entry
        }
    }
}

fn run_markdown(run: &Run) -> String {
    match run {
        Run::Own(text) | Run::Quiet(text) => text.clone(),
        Run::Text(text) => escape_line(text),
        Run::Marked(text) => own_line(text),
        Run::Strong(text) => format!("**{}**", escape_line(text)),
    }
}

fn fact_markdown(fact: &Fact) -> String {
    match fact {
        Fact::Text(text) => escape_line(text),
        Fact::Field(None, said) => value_markdown(said),
        Fact::Field(Some(heading), said) => {
            format!("{}: {}", escape_line(heading), value_markdown(said))
        }
    }
}

/// An item: its title is a heading of `level`, those of its fields are one below it.
fn write_item(item: &PublicPage, level: usize, page: &mut String) {
    let marks = "#".repeat(level);
    if level > 1 {
        let _ = writeln!(page, "\n{marks} {}", escape_line(&item.title));
    }
    if let Some(improved) = &item.improved {
        let _ = writeln!(page, "\n**{}**", escape_line(&improved.describe()));
    }
    for (name, said) in &item.sections {
        let (name, said) = (escape_line(name), value_markdown(said));
        let _ = writeln!(page, "\n{marks}# {name}\n\n{said}");
    }
    if !item.stages.is_empty() {
        write_lines(item.stages.iter().map(stage_markdown), page);
    }
}

fn value_markdown(value: &PublicValue) -> String {
    match value {
        PublicValue::Prose(text) => paragraphs(text),
        PublicValue::Line(text) => own_line(text),
        PublicValue::Location(text) => link_or_text(text),
        PublicValue::Lines(lines) => lines
            .iter()
            .map(|it| format!("- {}", own_line(it)))
            .collect::<Vec<String>>()
            .join("\n"),
    }
}

fn stage_markdown(stage: &ReachedStage) -> String {
    let mut line = format!("- {}", escape_line(&stage.label));
    for (name, said) in &stage.fields {
        let _ = write!(line, ". {}: {}", escape_line(name), value_markdown(said));
    }
    line
}

fn write_shape(shape: &Shape, page: &mut String) {
    let told = |(name, told): (&String, &String)| format!("- {}: {told}", escape_line(name));
    match shape {
        Shape::Bars(_) => {}
        Shape::BarRows(rows) => {
            let rows = rows.iter().map(|row| (&row.name, &row.told));
            write_lines(rows.map(told), page);
        }
        Shape::Weeks(range, _, rows) => {
            let heads = format!("| {range} | ■ done, ▪ begun | done |");
            let heads = [heads, "|---|---|---:|".to_owned()].into_iter();
            write_lines(heads.chain(rows.iter().map(weeks_markdown)), page);
        }
        Shape::Scale(scale, degrees) => {
            write_lines(
                degrees.iter().map(|(degree, weeks)| told((degree, weeks))),
                page,
            );
            page.push_str("\n```text\n");
            for (year, signs) in sparklines(scale) {
                let _ = writeln!(page, "{year}  {signs}");
            }
            page.push_str("```\n");
        }
    }
}

/// A row of squares, with how many are full.
fn weeks_markdown(row: &WeekRow) -> String {
    let signs = row.weeks.iter().map(|week| match week {
        Some(Progress::Done) => "■",
        Some(Progress::Partial) => "▪",
        Some(Progress::NotStarted) => "·",
        // Two of them would strike out what is between.
        None => "\\~",
    });
    let (name, signs) = (escape_cell(&row.name), signs.collect::<String>());
    format!("| {name} | {signs} | {} |", row.done())
}

/// A scale drawn with signs, a line per year: "2026", "▁▁▄█ █".
fn sparklines(scale: &ScaleByWeek) -> Vec<(i32, String)> {
    const SIGNS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let highest = scale.degrees.len().saturating_sub(1).max(1);
    let mut lines: Vec<(i32, String)> = Vec::new();
    for (week, degree) in &scale.weeks {
        let sign = degree.map_or('·', |degree| SIGNS[(7 * degree / highest).min(7)]);
        match lines.last_mut() {
            Some((year, line)) if *year == week.year() => line.push(sign),
            _ => lines.push((week.year(), sign.to_string())),
        }
    }
    lines
}
