//! What every page of HTML shares: its frame and style, charts, and user text made safe.
//!
//! A page is self-contained: no script, no other file, no network. Knows nothing of what it is about.

mod chart;
mod escape;
mod palette;
mod style;

use std::fmt::Write;

pub(super) use chart::{Bar, Chart, MAX_LABEL};
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

/// A chart of bars under a caption; both are escaped already, and `id` is unique in the page.
pub(super) fn write_bars(id: &str, title: &str, bars: &[Bar], page: &mut String) {
    let told: Vec<String> = bars.iter().map(Bar::describe).collect();
    let chart = Chart {
        id,
        title,
        description: &told.join(", "),
    };
    let _ = writeln!(
        page,
        "<figure>\n<figcaption>{title}</figcaption>\n{}\n</figure>",
        chart.bars(bars)
    );
}
