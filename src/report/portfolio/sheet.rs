//! A page of headed lines, rendered: as Markdown, as a page of HTML, as JSON.
//!
//! The words are the same in every format. No user text becomes markup. Knows nothing of how the
//! lines were chosen.

mod json;
mod words;

use std::fmt::Write;

use self::words::LineWords;
use crate::insight::Sheet;
use crate::report::html;
use crate::report::markdown;

pub(super) use json::sheet_json;

/// A page as Markdown; every line ends in a newline.
pub(super) fn sheet_markdown(sheet: &Sheet) -> String {
    let mut page = format!("# {}\n", markdown::escape_line(&words::title(sheet)));
    let _ = writeln!(page, "\n{}", words::days(sheet));
    markdown::write_about(&sheet.about, &mut page);
    for section in &sheet.sections {
        let lines = section.lines.iter();
        let lines = lines.map(|line| format!("- {}", line_markdown(&words::line(sheet, line))));
        markdown::write_list(words::heading(section.part), lines, &mut page);
    }
    page
}

fn line_markdown(line: &LineWords) -> String {
    let (title, text) = (&line.title, markdown::own_line(&line.text));
    let mut shown = match (title.is_empty(), text.is_empty()) {
        (true, _) => text,
        (false, true) => format!("**{}**", markdown::escape_line(title)),
        (false, false) => format!("**{}**{} {text}", markdown::escape_line(title), line.colon),
    };
    for fact in &line.facts {
        let _ = write!(shown, " · {}", markdown::escape_line(fact));
    }
    shown
}

/// A page as one self-contained page of HTML; every line ends in a newline.
pub(super) fn sheet_html(sheet: &Sheet) -> String {
    let title = html::escape_line(&words::title(sheet));
    let mut body = format!(
        "<header>\n<h1 dir=\"auto\">{title}</h1>\n<p class=\"span\">{}</p>\n",
        words::days(sheet)
    );
    html::write_about(&sheet.about, &mut body);
    body.push_str("</header>\n<main>\n");
    for (number, section) in (1..).zip(&sheet.sections) {
        let (id, heading) = (format!("section-{number}"), words::heading(section.part));
        let lines = section.lines.iter();
        let lines = lines.map(|line| format!("<li>{}</li>", line_html(&words::line(sheet, line))));
        html::write_list(&id, heading, "lines", lines, &mut body);
    }
    body.push_str("</main>\n");
    html::document(&title, &body)
}

fn line_html(line: &LineWords) -> String {
    let (title, text) = (
        html::linked_line(&line.title),
        html::linked_line(&line.text),
    );
    let mut shown = match (title.is_empty(), text.is_empty()) {
        (true, _) => text,
        (false, true) => format!("<strong>{title}</strong>"),
        (false, false) => format!("<strong>{title}</strong>{} {text}", line.colon),
    };
    html::write_facts(&line.facts, &mut shown);
    format!("<p dir=\"auto\">{shown}</p>")
}
