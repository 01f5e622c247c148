//! A page as HTML: its frame and style, its blocks, charts, and user text made safe.
//!
//! A page is self-contained: no script, no other file, no network. All text of the journal passes
//! through `escape_line` or what is built on it. Knows nothing of what the page is about.

mod chart;
mod escape;
mod style;

use std::fmt::Write;

use self::chart::figure;
use self::escape::{escape_html, escape_line, link_or_text, linked_line, paragraphs};
use super::page::{Block, Fact, Page, PageRow, Run, Under};
use crate::calendar::long_date;
use crate::insight::{PublicPage, PublicValue};

/// A page as HTML; every line ends in a newline. In print, what is first is a sheet of paper.
pub(super) fn page_html(page: &Page) -> String {
    let direction = match &page.heading {
        Run::Own(_) => "",
        _ => " dir=\"auto\"",
    };
    let heading = escape_line(page.heading.text());
    let mut body = format!("<header>\n<h1{direction}>{heading}</h1>\n");
    for under in &page.under {
        match under {
            Under::Span(text) | Under::Days(text) => write_text("span", text, &mut body),
            Under::Quiet(text) | Under::Summary(text) => write_text("quiet", text, &mut body),
        }
    }
    write_about(&page.about, &mut body);
    body.push_str("</header>\n<main>\n");
    write_blocks(&page.blocks, &mut body);
    body.push_str("</main>\n");
    if let Some(day) = page.as_of {
        let day = long_date(day);
        let _ = writeln!(body, "<footer><p>As of {day}.</p></footer>");
    }
    document(&escape_line(&page.title), &body)
}

/// A whole page with that title and body; both are escaped already, every line of the body ends in
/// a newline.
fn document(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>\n{}</style>\n</head>\n\
         <body>\n<div class=\"page\">\n{body}</div>\n</body>\n</html>\n",
        style::sheet()
    )
}

/// Who wrote a page: each label with its text.
fn write_about(about: &[(String, String)], page: &mut String) {
    if about.is_empty() {
        return;
    }
    page.push_str("<dl class=\"about\">\n");
    for (label, said) in about {
        let (label, said) = (escape_line(label), escape_line(said));
        let _ = writeln!(
            page,
            "<dt dir=\"auto\">{label}</dt><dd dir=\"auto\">{said}</dd>"
        );
    }
    page.push_str("</dl>\n");
}

fn write_blocks(blocks: &[Block], page: &mut String) {
    for block in blocks {
        write_block(block, page);
    }
}

fn write_block(block: &Block, page: &mut String) {
    match block {
        Block::Section(id, heading, blocks) => {
            let heading = escape_line(heading);
            let _ = writeln!(
                page,
                "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\" dir=\"auto\">{heading}</h2>"
            );
            write_blocks(blocks, page);
            page.push_str("</section>\n");
        }
        Block::First(blocks) => write_group("first", blocks, page),
        Block::Behind(blocks) => write_group("behind", blocks, page),
        Block::Text(style, text) => write_text(style, text, page),
        Block::Summary(text) => {
            let _ = writeln!(page, "<div class=\"summary\">{}</div>", paragraphs(text));
        }
        Block::List(style, rows) => write_list(style, rows, page),
        Block::Names(names) => {
            let rows: Vec<PageRow> = names.iter().cloned().map(PageRow::Name).collect();
            write_list("names", &rows, page);
        }
        Block::Terms(terms) => {
            page.push_str("<dl class=\"about\">\n");
            for (term, said) in terms {
                let (term, said) = (escape_line(term.text()), linked_line(said));
                let _ = writeln!(page, "<dt>{term}</dt><dd dir=\"auto\">{said}</dd>");
            }
            page.push_str("</dl>\n");
        }
        Block::Counts(heading, rows) => write_counts(heading, rows, page),
        Block::Item(item, level) => {
            page.push_str("<article>\n");
            if *level > 1 {
                let _ = writeln!(page, "<h3 dir=\"auto\">{}</h3>", escape_line(&item.title));
            }
            write_item(item, page);
            page.push_str("</article>\n");
        }
        Block::Statement(text, blocks) => {
            let text = escape_line(text);
            let _ = writeln!(page, "<article>\n<h3 dir=\"auto\">{text}</h3>");
            write_blocks(blocks, page);
            page.push_str("</article>\n");
        }
        Block::Quote(about, day, text) => {
            let (about, day, text) = (escape_line(about), long_date(*day), paragraphs(text));
            let _ = writeln!(
                page,
                "<article>\n<h3 dir=\"auto\">{about}</h3>\n<p class=\"facts\">{day}</p>\n\
                 <blockquote>{text}</blockquote>\n</article>"
            );
        }
        Block::Chart(chart) => page.push_str(&figure(chart)),
        Block::Months(charts, ..) => {
            page.push_str("<div class=\"charts\">\n");
            page.extend(charts.iter().map(figure));
            page.push_str("</div>\n");
        }
    }
}

fn write_group(style: &str, blocks: &[Block], page: &mut String) {
    let _ = writeln!(page, "<div class=\"{style}\">");
    write_blocks(blocks, page);
    page.push_str("</div>\n");
}

/// A paragraph in the program's own words.
fn write_text(style: &str, text: &str, page: &mut String) {
    let (style, text) = (class(style), escape_line(text));
    let _ = writeln!(page, "<p{style}>{text}</p>");
}

/// The attribute for a name in the style sheet; nothing without one.
fn class(style: &str) -> String {
    if style.is_empty() {
        return String::new();
    }
    format!(" class=\"{style}\"")
}

fn write_list(style: &str, rows: &[PageRow], page: &mut String) {
    let _ = writeln!(page, "<ul{}>", class(style));
    for row in rows {
        let _ = writeln!(page, "{}", row_html(row));
    }
    page.push_str("</ul>\n");
}

fn row_html(row: &PageRow) -> String {
    match row {
        PageRow::Line(runs, facts) => format!("<li>{}</li>", line_html(runs, facts)),
        PageRow::Paragraph(runs, facts) => {
            format!("<li><p dir=\"auto\">{}</p></li>", line_html(runs, facts))
        }
        PageRow::More(text) => format!("<li class=\"quiet\">{}</li>", escape_line(text)),
        PageRow::Figure(number, what) => format!(
            "<li><strong>{number}</strong> <span dir=\"auto\">{}</span></li>",
            escape_line(what)
        ),
        PageRow::Name(name) => format!("<li dir=\"auto\">{}</li>", escape_line(name)),
        PageRow::Result(title, day, number, words) => {
            let (title, day) = (escape_line(title), escape_line(day));
            let number = Some(escape_line(number)).filter(|it| !it.is_empty());
            let number = number.map(|number| format!("<strong>{number}</strong>"));
            let words = Some(linked_line(words)).filter(|it| !it.is_empty());
            let change: Vec<String> = number.into_iter().chain(words).collect();
            let change = match change.join(" · ") {
                none if none.is_empty() => none,
                change => format!("<p class=\"change\" dir=\"auto\">{change}</p>\n"),
            };
            format!(
                "<li><p class=\"title\" dir=\"auto\">{title}</p><p class=\"when\">{day}</p>\n\
                 {change}</li>"
            )
        }
        PageRow::Entry(title, facts, text) => {
            let facts: Vec<String> = facts.iter().map(fact_html).collect();
            format!(
                "<li><p class=\"title\" dir=\"auto\">{}</p><p class=\"facts\">{}</p>{}</li>",
                escape_line(title),
                facts.join(" · "),
                paragraphs(text)
            )
        }
    }
}

/// The parts of a line, and what follows them, each fact behind a dot.
fn line_html(runs: &[Run], facts: &[String]) -> String {
    let runs = runs.iter().map(|run| match run {
        Run::Own(text) => escape_html(text),
        Run::Quiet(text) => format!("<span class=\"quiet\">{}</span>", escape_line(text)),
        Run::Text(text) => format!("<bdi>{}</bdi>", escape_line(text)),
        Run::Marked(text) => linked_line(text),
        Run::Strong(text) => format!("<strong>{}</strong>", linked_line(text)),
    });
    let facts = facts.iter().map(|fact| {
        let fact = escape_line(fact);
        format!(" <span class=\"fact\">·\u{a0}<bdi>{fact}</bdi></span>")
    });
    runs.chain(facts).collect()
}

fn fact_html(fact: &Fact) -> String {
    match fact {
        Fact::Text(text) => format!("<bdi>{}</bdi>", escape_line(text)),
        Fact::Field(None, said) => format!("<bdi>{}</bdi>", inline_html(said)),
        Fact::Field(Some(heading), said) => {
            format!("{}: <bdi>{}</bdi>", escape_line(heading), inline_html(said))
        }
    }
}

/// A table of names, each with how many titles there are and which.
fn write_counts(heading: &str, rows: &[(String, Vec<String>)], page: &mut String) {
    let heading = escape_line(heading);
    let _ = writeln!(
        page,
        "<table>\n<caption dir=\"auto\">{heading}</caption>\n<tbody>"
    );
    for (label, titles) in rows {
        let said: Vec<String> = titles
            .iter()
            .map(|title| format!("<bdi>{}</bdi>", escape_line(title)))
            .collect();
        let _ = writeln!(
            page,
            "<tr><th scope=\"row\" dir=\"auto\">{}</th><td class=\"count\">{}</td><td>{}</td></tr>",
            escape_line(label),
            titles.len(),
            said.join("; ")
        );
    }
    page.push_str("</tbody>\n</table>\n");
}

/// What is under the title of an item.
fn write_item(item: &PublicPage, page: &mut String) {
    if let Some(improved) = &item.improved {
        let improved = escape_line(&improved.describe());
        let _ = writeln!(page, "<p class=\"improved\" dir=\"auto\">{improved}</p>");
    }
    if !item.sections.is_empty() {
        page.push_str("<dl class=\"fields\">\n");
        for (heading, what) in &item.sections {
            let (heading, what) = (escape_line(heading), value_html(what));
            let _ = writeln!(
                page,
                "<div><dt dir=\"auto\">{heading}</dt><dd>{what}</dd></div>"
            );
        }
        page.push_str("</dl>\n");
    }
    if !item.stages.is_empty() {
        page.push_str("<ul class=\"stages\">\n");
        for stage in &item.stages {
            let _ = write!(page, "<li><bdi>{}</bdi>", escape_line(&stage.label));
            for (heading, what) in &stage.fields {
                let (heading, what) = (escape_line(heading), inline_html(what));
                let _ = write!(page, "; {heading}: <bdi>{what}</bdi>");
            }
            page.push_str("</li>\n");
        }
        page.push_str("</ul>\n");
    }
}

/// The content of a field, as paragraphs or a list.
fn value_html(what: &PublicValue) -> String {
    match what {
        PublicValue::Prose(text) => paragraphs(text),
        PublicValue::Line(text) => format!("<p dir=\"auto\">{}</p>", linked_line(text)),
        PublicValue::Location(text) => format!("<p dir=\"auto\">{}</p>", link_or_text(text)),
        PublicValue::Lines(lines) => {
            let items: String = lines
                .iter()
                .map(|it| format!("<li dir=\"auto\">{}</li>", linked_line(it)))
                .collect();
            format!("<ul>{items}</ul>")
        }
    }
}

/// The content of a field, within a line.
fn inline_html(what: &PublicValue) -> String {
    match what {
        PublicValue::Prose(text) | PublicValue::Line(text) => linked_line(text),
        PublicValue::Location(text) => link_or_text(text),
        PublicValue::Lines(lines) => linked_line(&lines.join("; ")),
    }
}
