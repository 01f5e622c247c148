//! What every page of HTML shares: its frame and style, charts, and user text made safe.
//!
//! A page is self-contained: no script, no other file, no network. Knows nothing of what it is about.

mod chart;
mod escape;
mod style;

use std::fmt::Write;

use super::counted_name;

pub(super) use chart::{Bar, BarRow, Chart, MAX_LABEL, RowLabel, SquareRow};
pub(super) use escape::{escape_line, link_or_text, linked_line, paragraphs};

/// A whole page with that title and body; both are escaped already, every line of the body ends in
/// a newline.
pub(super) fn document(title: &str, body: &str) -> String {
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
pub(super) fn write_about(about: &[(String, String)], page: &mut String) {
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

/// Begins a section under a heading; `id` is unique in the page.
pub(super) fn begin_section(page: &mut String, id: &str, heading: &str) {
    let heading = escape_line(heading);
    let _ = writeln!(
        page,
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\" dir=\"auto\">{heading}</h2>"
    );
}

pub(super) fn end_section(page: &mut String) {
    page.push_str("</section>\n");
}

/// A section that is one list, of items that are escaped already; nothing without items.
pub(super) fn write_list(
    id: &str,
    heading: &str,
    class: &str,
    items: impl Iterator<Item = String>,
    page: &mut String,
) {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        return;
    }
    begin_section(page, id, heading);
    let _ = writeln!(page, "<ul class=\"{class}\">\n{}\n</ul>", items.join("\n"));
    end_section(page);
}

/// A section of names of people, each with how often; nothing without names.
pub(super) fn write_names(id: &str, heading: &str, names: &[(String, usize)], page: &mut String) {
    let items = names.iter().map(|(name, times)| {
        let name = escape_line(&counted_name(name, *times));
        format!("<li dir=\"auto\">{name}</li>")
    });
    write_list(id, heading, "names", items, page);
}

/// A chart of bars under a caption; both are escaped already, and `id` is unique in the page.
pub(super) fn write_bars(id: &str, title: &str, bars: &[Bar], page: &mut String) {
    let told: Vec<String> = bars.iter().map(Bar::describe).collect();
    let chart = Chart {
        id,
        title,
        description: &told.join(", "),
    };
    write_figure(title, &chart.bars(bars), page);
}

/// A drawing under a caption, which is escaped already.
pub(super) fn write_figure(caption: &str, drawing: &str, page: &mut String) {
    let _ = writeln!(
        page,
        "<figure>\n<figcaption>{caption}</figcaption>\n{drawing}\n</figure>"
    );
}

/// Texts on one line, each in its own direction.
fn joined_texts(texts: &[String], between: &str) -> String {
    let texts = texts.iter();
    let texts: Vec<String> = texts
        .map(|text| format!("<bdi>{}</bdi>", escape_line(text)))
        .collect();
    texts.join(between)
}

/// A table of names, each with how many titles there are and which.
pub(super) fn write_counts(heading: &str, rows: &[(String, Vec<String>)], page: &mut String) {
    let heading = escape_line(heading);
    let _ = writeln!(
        page,
        "<table>\n<caption dir=\"auto\">{heading}</caption>\n<tbody>"
    );
    for (label, titles) in rows {
        let _ = writeln!(
            page,
            "<tr><th scope=\"row\" dir=\"auto\">{}</th><td class=\"count\">{}</td><td>{}</td></tr>",
            escape_line(label),
            titles.len(),
            joined_texts(titles, "; ")
        );
    }
    page.push_str("</tbody>\n</table>\n");
}

/// What follows a text on its line, each behind a dot.
pub(super) fn write_facts(facts: &[String], page: &mut String) {
    for fact in facts {
        let fact = escape_line(fact);
        let _ = write!(
            page,
            " <span class=\"fact\">·\u{a0}<bdi>{fact}</bdi></span>"
        );
    }
}

/// A commitment in a list: what better looked like, the facts about it, and the evidence.
pub(super) fn write_commitment(better: &str, facts: &[String], evidence: &str, page: &mut String) {
    let _ = writeln!(
        page,
        "<li><p class=\"title\" dir=\"auto\">{}</p><p class=\"facts\">{}</p>{}</li>",
        escape_line(better),
        joined_texts(facts, " · "),
        paragraphs(evidence)
    );
}
