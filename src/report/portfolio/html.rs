//! A portfolio as one self-contained page of HTML: no script, no other file, no network.
//!
//! All text of the journal passes through `words`. Knows nothing of how the pieces were chosen.

mod escape;
mod style;

use std::fmt::Write;

use self::escape::{escape_line, link_or_text, paragraphs};
use super::chart::{Bar, Chart, MAX_LABEL};
use super::sentences;
use super::{
    ChoiceCounts, MonthFigures, Piece, PieceBody, Portfolio, PortfolioSection, PublicCommitment,
    ScaleByWeek,
};
use crate::calendar::Month;
use crate::report::public_page::{PublicPage, PublicValue};
use crate::text::clip;

/// The bar of a month: how many in full, and how many hollow on top of them.
type MonthCounts = fn(&MonthFigures) -> (usize, usize);

impl Portfolio {
    /// As a page of HTML; every line ends in a newline.
    #[must_use]
    pub fn html(&self) -> String {
        let title = sentences::title(self);
        let mut page = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" \
             content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>Portfolio, {title}</title>\n<style>\n{}</style>\n</head>\n\
             <body>\n<div class=\"page\">\n",
            style::sheet()
        );
        self.write_header(&mut page);
        page.push_str("<main>\n");
        if self.is_empty() {
            let _ = writeln!(page, "<p>{}</p>", sentences::EMPTY);
        } else {
            self.write_body(&mut page);
        }
        let _ = write!(
            page,
            "</main>\n<footer><p>As of {}.</p></footer>\n</div>\n</body>\n</html>\n",
            sentences::long_date(self.until)
        );
        page
    }

    fn write_header(&self, page: &mut String) {
        let (title, days) = (sentences::title(self), sentences::date_range(self));
        let _ = writeln!(
            page,
            "<header>\n<h1>Portfolio</h1>\n<p class=\"span\">{title}</p>"
        );
        if days != title {
            let _ = writeln!(page, "<p class=\"quiet\">{days}</p>");
        }
        if !self.about.is_empty() {
            page.push_str("<dl class=\"about\">\n");
            for (label, said) in &self.about {
                let (label, said) = (escape_line(label), escape_line(said));
                let _ = writeln!(
                    page,
                    "<dt dir=\"auto\">{label}</dt><dd dir=\"auto\">{said}</dd>"
                );
            }
            page.push_str("</dl>\n");
        }
        page.push_str("</header>\n");
    }

    fn write_body(&self, page: &mut String) {
        begin_section(page, "glance", sentences::KEY_FIGURES);
        page.push_str("<ul class=\"glance\">\n");
        for (number, what) in sentences::key_figures(self) {
            let what = escape_line(&what);
            let _ = writeln!(
                page,
                "<li><strong>{number}</strong> <span dir=\"auto\">{what}</span></li>"
            );
        }
        page.push_str("</ul>\n");
        self.write_month_charts(page);
        end_section(page);
        let sections = self.sections.iter().filter(|it| it.included_count() > 0);
        for (number, section) in (1..).zip(sections) {
            section.write_html(number, page);
        }
        for (number, people) in (1..).zip(&self.people) {
            begin_section(page, &format!("people-{number}"), &people.heading);
            page.push_str("<ul class=\"names\">\n");
            for (name, times) in &people.names {
                let name = escape_line(&sentences::counted_name(name, *times));
                let _ = writeln!(page, "<li dir=\"auto\">{name}</li>");
            }
            page.push_str("</ul>\n");
            end_section(page);
        }
        for (number, scale) in (1..).zip(&self.scales) {
            let id = format!("line-{number}");
            begin_section(page, &id, &scale.heading);
            let _ = writeln!(
                page,
                "<figure>\n{}\n</figure>",
                self::scale_chart(&id, scale)
            );
            end_section(page);
        }
    }

    fn write_month_charts(&self, page: &mut String) {
        // For one month, the figures above say it all.
        if self.months.len() < 2 {
            return;
        }
        let charts: [(&str, &str, MonthCounts); 2] = [
            ("kept", "Commitments kept by month", |it| {
                (it.kept, it.missed)
            }),
            ("solved", "Problems solved by month", |it| (it.solved, 0)),
        ];
        page.push_str("<div class=\"charts\">\n");
        for (id, title, part) in charts {
            let parts: Vec<(usize, usize)> = self.months.iter().map(part).collect();
            if parts.iter().all(|part| *part == (0, 0)) {
                continue;
            }
            let years = self.months.first().map(|it| it.month.year())
                != self.months.last().map(|it| it.month.year());
            let bars: Vec<Bar> = self
                .months
                .iter()
                .zip(&parts)
                .map(|(month, (full, hollow))| Bar {
                    label: sentences::month_label(month.month, years),
                    full: *full,
                    hollow: *hollow,
                })
                .collect();
            let told: Vec<String> = bars.iter().map(describe_bar).collect();
            let chart = Chart {
                id,
                title,
                description: &told.join(", "),
            };
            let _ = writeln!(
                page,
                "<figure>\n<figcaption>{title}</figcaption>\n{}\n</figure>",
                chart.bars(&bars)
            );
        }
        page.push_str("</div>\n");
    }
}

impl PortfolioSection {
    fn write_html(&self, number: usize, page: &mut String) {
        begin_section(page, &format!("section-{number}"), &self.heading);
        if let Some(selection) = sentences::selection_note(self) {
            let _ = writeln!(page, "<p class=\"note\">{selection}</p>");
        }
        for spread in &self.spreads {
            spread.html(page);
        }
        if self.is_brief {
            page.push_str("<ul class=\"brief\">\n");
        }
        for piece in self.included_pieces() {
            match &piece.body {
                PieceBody::Commitment(pledge) => write_commitment(piece, pledge, page),
                PieceBody::Item(story) if self.is_brief => write_brief_item(piece, story, page),
                PieceBody::Item(story) => write_item(story, page),
            }
        }
        if self.is_brief {
            page.push_str("</ul>\n");
        }
        end_section(page);
    }
}

impl ChoiceCounts {
    fn html(&self, page: &mut String) {
        let heading = escape_line(&self.heading);
        let _ = writeln!(
            page,
            "<table>\n<caption dir=\"auto\">{heading}</caption>\n<tbody>"
        );
        for (label, titles) in &self.rows {
            let said: Vec<String> = titles
                .iter()
                .map(|it| format!("<bdi>{}</bdi>", escape_line(it)))
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
}

fn begin_section(page: &mut String, id: &str, heading: &str) {
    let heading = escape_line(heading);
    let _ = writeln!(
        page,
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\" dir=\"auto\">{heading}</h2>"
    );
}

fn end_section(page: &mut String) {
    page.push_str("</section>\n");
}

fn write_commitment(piece: &Piece, pledge: &PublicCommitment, page: &mut String) {
    let facts: Vec<String> = sentences::commitment_facts(piece, pledge)
        .iter()
        .map(|it| format!("<bdi>{}</bdi>", escape_line(it)))
        .collect();
    let _ = writeln!(
        page,
        "<li><p class=\"title\" dir=\"auto\">{}</p><p class=\"facts\">{}</p>{}</li>",
        escape_line(&pledge.better),
        facts.join(" · "),
        paragraphs(&pledge.evidence)
    );
}

/// An item on a line or two.
fn write_brief_item(piece: &Piece, story: &PublicPage, page: &mut String) {
    let facts: Vec<String> = sentences::item_facts(piece, story)
        .into_iter()
        .map(|(heading, said)| match heading {
            Some(heading) => format!(
                "{}: <bdi>{}</bdi>",
                escape_line(&heading),
                inline_html(&said)
            ),
            None => format!("<bdi>{}</bdi>", inline_html(&said)),
        })
        .collect();
    let _ = writeln!(
        page,
        "<li><p class=\"title\" dir=\"auto\">{}</p><p class=\"facts\">{}</p></li>",
        escape_line(&story.title),
        facts.join(" · ")
    );
}

fn write_item(story: &PublicPage, page: &mut String) {
    let _ = writeln!(
        page,
        "<article>\n<h3 dir=\"auto\">{}</h3>",
        escape_line(&story.title)
    );
    if let Some(improved) = &story.improved {
        let _ = writeln!(
            page,
            "<p class=\"improved\" dir=\"auto\">{}</p>",
            escape_line(&improved.describe())
        );
    }
    if !story.sections.is_empty() {
        page.push_str("<dl class=\"fields\">\n");
        for (heading, what) in &story.sections {
            let _ = writeln!(
                page,
                "<div><dt dir=\"auto\">{}</dt><dd>{}</dd></div>",
                escape_line(heading),
                value_html(what)
            );
        }
        page.push_str("</dl>\n");
    }
    if !story.stages.is_empty() {
        page.push_str("<ul class=\"stages\">\n");
        for stage in &story.stages {
            let _ = write!(page, "<li><bdi>{}</bdi>", escape_line(&stage.label));
            for (heading, what) in &stage.fields {
                let _ = write!(
                    page,
                    "; {}: <bdi>{}</bdi>",
                    escape_line(heading),
                    inline_html(what)
                );
            }
            page.push_str("</li>\n");
        }
        page.push_str("</ul>\n");
    }
    page.push_str("</article>\n");
}

/// The content of a field, as paragraphs or a list.
fn value_html(what: &PublicValue) -> String {
    match what {
        PublicValue::Prose(text) => paragraphs(text),
        PublicValue::Line(text) => format!("<p dir=\"auto\">{}</p>", escape_line(text)),
        PublicValue::Location(text) => format!("<p dir=\"auto\">{}</p>", link_or_text(text)),
        PublicValue::Lines(lines) => {
            let items: String = lines
                .iter()
                .map(|it| format!("<li dir=\"auto\">{}</li>", escape_line(it)))
                .collect();
            format!("<ul>{items}</ul>")
        }
    }
}

/// The content of a field, within a line.
fn inline_html(what: &PublicValue) -> String {
    match what {
        PublicValue::Prose(text) | PublicValue::Line(text) => escape_line(text),
        PublicValue::Location(text) => link_or_text(text),
        PublicValue::Lines(lines) => escape_line(&lines.join("; ")),
    }
}

/// "Jan 2026: 3 of 4", "Feb: 2".
fn describe_bar(bar: &Bar) -> String {
    let Bar {
        label,
        full,
        hollow,
    } = bar;
    if *hollow > 0 {
        format!("{label}: {full} of {}", full + hollow)
    } else {
        format!("{label}: {full}")
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
    chart.scale_line(&degrees, &points, &month_labels(scale))
}

/// Labels for the weeks in which a month begins, as many as fit, by position.
fn month_labels(scale: &ScaleByWeek) -> Vec<(usize, String)> {
    let mut labels: Vec<(usize, Month)> = Vec::new();
    for (at, (week, _)) in scale.weeks.iter().enumerate() {
        let month = Month::of(week.thursday());
        if labels.last().is_none_or(|(_, last)| *last != month) {
            labels.push((at, month));
        }
    }
    let every = 1 + labels.len() / 8;
    labels
        .into_iter()
        .step_by(every)
        .map(|(at, month)| (at, month.name().chars().take(3).collect()))
        .collect()
}
