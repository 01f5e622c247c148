//! A portfolio as one self-contained page of HTML: no script, no other file, no network.
//!
//! All text of the journal passes through `escape_line` or what is built on it. Knows nothing of how
//! the pieces were chosen.

use std::fmt::Write;

use super::length::Behind;
use super::{PortfolioExtent, sentences};
use crate::insight::{
    MonthFigures, Piece, PieceBody, Portfolio, PortfolioSection, PublicPage, PublicValue,
    ResultOutcome, ScaleByWeek,
};
use crate::report::days::{month_label, month_labels, short_month};
use crate::report::html::{
    Bar, Chart, MAX_LABEL, begin_section, document, end_section, escape_line, link_or_text,
    linked_line, paragraphs, write_about, write_bars, write_commitment, write_counts, write_list,
    write_names,
};
use crate::text::clip;

/// The bar of a month: how many in full, and how many hollow on top of them.
type MonthCounts = fn(&MonthFigures) -> (usize, usize);

/// A portfolio as a page of HTML; every line ends in a newline. In print the first page is a sheet.
pub fn portfolio_html(portfolio: &Portfolio, extent: PortfolioExtent) -> String {
    let mut body = String::new();
    write_header(portfolio, &mut body);
    body.push_str("<main>\n");
    if portfolio.is_empty() {
        write_summary(portfolio, &mut body);
        let _ = writeln!(body, "<p>{}</p>", sentences::EMPTY);
    } else {
        body.push_str("<div class=\"first\">\n");
        write_summary(portfolio, &mut body);
        write_first_page(portfolio, &mut body);
        body.push_str("</div>\n");
        let behind = Behind::of(portfolio, extent);
        if !behind.is_empty() {
            body.push_str("<div class=\"behind\">\n");
            write_behind(portfolio, &behind, &mut body);
            body.push_str("</div>\n");
        }
    }
    body.push_str("</main>\n");
    let title = format!("Portfolio, {}", sentences::title(portfolio));
    document(&title, &body)
}

fn write_header(portfolio: &Portfolio, page: &mut String) {
    let _ = writeln!(
        page,
        "<header>\n<h1 dir=\"auto\">{}</h1>\n<p class=\"span\">{}</p>",
        escape_line(&sentences::page_heading(portfolio)),
        sentences::page_subtitle(portfolio)
    );
    write_about(&sentences::about_lines(portfolio), page);
    page.push_str("</header>\n");
}

fn write_summary(portfolio: &Portfolio, page: &mut String) {
    let summary = paragraphs(&sentences::first_page_summary(portfolio));
    if !summary.is_empty() {
        let _ = writeln!(page, "<div class=\"summary\">{summary}</div>");
    }
}

/// The results, the figures and what is open.
fn write_first_page(portfolio: &Portfolio, page: &mut String) {
    let results = portfolio.first_pieces().into_iter().map(result_html);
    write_list("results", sentences::RESULTS, "results", results, page);
    let figures = sentences::key_figures(portfolio).into_iter();
    let figures = figures.map(|(number, what)| {
        let what = escape_line(&what);
        format!("<li><strong>{number}</strong> <span dir=\"auto\">{what}</span></li>")
    });
    write_list("glance", sentences::KEY_FIGURES, "glance", figures, page);
    let (open, more) = sentences::open_facts(portfolio);
    let open = open.iter().map(|(title, state)| {
        let (title, state) = (escape_line(title), escape_line(state));
        format!("<li><bdi>{title}</bdi> <span class=\"quiet\">· {state}</span></li>")
    });
    let more = more.map(|more| format!("<li class=\"quiet\">{more}</li>"));
    write_list("open", sentences::OPEN, "open", open.chain(more), page);
}

/// A result in two lines: its title and its day, and what it changed.
fn result_html(piece: &Piece) -> String {
    let (title, ResultOutcome { number, words }) = sentences::result_words(piece);
    let mut item = format!(
        "<li><p class=\"title\" dir=\"auto\">{}</p><p class=\"when\">{}</p>\n",
        escape_line(&title),
        escape_line(&sentences::piece_day(piece))
    );
    let number = if number.is_empty() {
        number
    } else {
        format!("<strong>{}</strong>", escape_line(&number))
    };
    let parts = [number, linked_line(&words)];
    let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    if !parts.is_empty() {
        let change = parts.join(" · ");
        let _ = writeln!(item, "<p class=\"change\" dir=\"auto\">{change}</p>");
    }
    item + "</li>"
}

/// What is behind the first page.
fn write_behind(portfolio: &Portfolio, behind: &Behind, page: &mut String) {
    for (number, (section, pieces)) in (1..).zip(behind.sections(portfolio)) {
        write_section(section, &pieces, number, page);
    }
    if behind.has_months {
        begin_section(page, "months", sentences::MONTHS);
        write_month_charts(portfolio, page);
        end_section(page);
    }
    if behind.has_sentences {
        begin_section(page, "sentences", sentences::MONTH_SENTENCES);
        page.push_str("<dl class=\"about\">\n");
        for (month, said) in &portfolio.month_sentences {
            let (month, said) = (short_month(*month), linked_line(said));
            let _ = writeln!(page, "<dt>{month}</dt><dd dir=\"auto\">{said}</dd>");
        }
        page.push_str("</dl>\n");
        end_section(page);
    }
    for (number, people) in (1..).zip(&portfolio.people).take(behind.people) {
        let id = format!("people-{number}");
        write_names(&id, &people.heading, &people.names, page);
    }
    for (number, scale) in (1..).zip(&portfolio.scales).take(behind.scales) {
        let id = format!("line-{number}");
        begin_section(page, &id, &scale.heading);
        let _ = writeln!(page, "<figure>\n{}\n</figure>", scale_chart(&id, scale));
        end_section(page);
    }
}

fn write_month_charts(portfolio: &Portfolio, page: &mut String) {
    let kept: MonthCounts = if sentences::shows_missed(portfolio) {
        |it| (it.kept, it.missed)
    } else {
        |it| (it.kept, 0)
    };
    let charts: [(&str, &str, MonthCounts); 2] = [
        ("solved", "Problems solved by month", |it| (it.solved, 0)),
        ("kept", "Commitments kept by month", kept),
    ];
    page.push_str("<div class=\"charts\">\n");
    for (id, title, part) in charts {
        let parts: Vec<(usize, usize)> = portfolio.months.iter().map(part).collect();
        if parts.iter().all(|part| *part == (0, 0)) {
            continue;
        }
        let years = portfolio.months.first().map(|it| it.month.year())
            != portfolio.months.last().map(|it| it.month.year());
        let bars: Vec<Bar> = portfolio
            .months
            .iter()
            .zip(&parts)
            .map(|(month, (full, hollow))| Bar {
                label: month_label(month.month, years),
                full: *full,
                hollow: *hollow,
            })
            .collect();
        write_bars(id, title, &bars, page);
    }
    page.push_str("</div>\n");
}

fn write_section(section: &PortfolioSection, pieces: &[&Piece], number: usize, page: &mut String) {
    let heading = sentences::section_heading(section);
    begin_section(page, &format!("section-{number}"), heading);
    if let Some(selection) = sentences::selection_note(section) {
        let _ = writeln!(page, "<p class=\"note\">{selection}</p>");
    }
    for spread in &section.spreads {
        write_counts(&spread.heading, &spread.rows, page);
    }
    if section.is_brief {
        page.push_str("<ul class=\"brief\">\n");
    }
    for piece in pieces {
        match &piece.body {
            PieceBody::Commitment(pledge) => {
                let facts = sentences::commitment_facts(piece, pledge);
                write_commitment(&pledge.better, &facts, &pledge.evidence, page);
            }
            PieceBody::Item(story) if section.is_brief => write_brief_item(piece, story, page),
            PieceBody::Item(story) => write_item(story, page),
        }
    }
    if section.is_brief {
        page.push_str("</ul>\n");
    }
    end_section(page);
}

/// An item on a line or two.
fn write_brief_item(piece: &Piece, story: &PublicPage, page: &mut String) {
    let facts: Vec<String> = sentences::item_facts(piece, story)
        .into_iter()
        .map(|(heading, said)| {
            let said = format!("<bdi>{}</bdi>", inline_html(&said));
            match heading {
                Some(heading) => format!("{}: {said}", escape_line(&heading)),
                None => said,
            }
        })
        .collect();
    let _ = writeln!(
        page,
        "<li><p class=\"title\" dir=\"auto\">{}</p><p class=\"facts\">{}</p></li>",
        escape_line(&story.title),
        facts.join(" · ")
    );
}

/// One item as a page of its own; every line ends in a newline.
pub(super) fn page_html(story: &PublicPage) -> String {
    let title = escape_line(&story.title);
    let mut body =
        format!("<header>\n<h1 dir=\"auto\">{title}</h1>\n</header>\n<main>\n<article>\n");
    write_fields(story, &mut body);
    body.push_str("</article>\n</main>\n");
    document(&title, &body)
}

fn write_item(story: &PublicPage, page: &mut String) {
    let title = escape_line(&story.title);
    let _ = writeln!(page, "<article>\n<h3 dir=\"auto\">{title}</h3>");
    write_fields(story, page);
    page.push_str("</article>\n");
}

/// What is under the title of an item.
fn write_fields(story: &PublicPage, page: &mut String) {
    if let Some(improved) = &story.improved {
        let improved = escape_line(&improved.describe());
        let _ = writeln!(page, "<p class=\"improved\" dir=\"auto\">{improved}</p>");
    }
    if !story.sections.is_empty() {
        page.push_str("<dl class=\"fields\">\n");
        for (heading, what) in &story.sections {
            let (heading, what) = (escape_line(heading), value_html(what));
            let _ = writeln!(
                page,
                "<div><dt dir=\"auto\">{heading}</dt><dd>{what}</dd></div>"
            );
        }
        page.push_str("</dl>\n");
    }
    if !story.stages.is_empty() {
        page.push_str("<ul class=\"stages\">\n");
        for stage in &story.stages {
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

fn scale_chart(id: &str, scale: &ScaleByWeek) -> String {
    let degrees: Vec<String> = scale
        .degrees
        .iter()
        .map(|it| escape_line(&clip(it, MAX_LABEL)))
        .collect();
    let points: Vec<Option<usize>> = scale.weeks.iter().map(|(_, degree)| *degree).collect();
    let told: Vec<String> = sentences::degree_counts(scale)
        .into_iter()
        .map(|(degree, weeks)| format!("{}: {weeks}", escape_line(degree)))
        .collect();
    let chart = Chart {
        id: &format!("{id}-chart"),
        title: &escape_line(&scale.heading),
        description: &told.join(", "),
    };
    let weeks = scale.weeks.iter().map(|(week, _)| *week);
    chart.scale_line(&degrees, &points, &month_labels(weeks))
}
