//! A ladder as one self-contained page of HTML.

use std::fmt::Write;

use chrono::NaiveDate;

use super::{evidence_summary, ladder_title, parts, proof_facts, tied_proofs, without_evidence};
use crate::calendar::long_date;
use crate::insight::{ExpectationStanding, LadderStanding};
use crate::report::html::{begin_section, document, end_section, escape_line, write_facts};
use crate::report::sentence;

/// A ladder as a page of HTML; every line ends in a newline. What is only proposed is not on it.
pub(super) fn ladder_html(standing: &LadderStanding, today: NaiveDate) -> String {
    let title = escape_line(&ladder_title(standing));
    let mut body = format!(
        "<header>\n<h1 dir=\"auto\">{title}</h1>\n<p class=\"quiet\">{}</p>\n</header>\n<main>\n",
        sentence(&evidence_summary(standing))
    );
    for (number, (heading, ones)) in (1..).zip(parts(standing)) {
        begin_section(&mut body, &format!("area-{number}"), &heading);
        for one in ones {
            write_expectation(one, today, &mut body);
        }
        end_section(&mut body);
    }
    let day = long_date(today);
    let _ = writeln!(body, "</main>\n<footer><p>As of {day}.</p></footer>");
    document(&title, &body)
}

fn write_expectation(one: &ExpectationStanding, today: NaiveDate, body: &mut String) {
    let text = escape_line(&one.expectation.text);
    let _ = writeln!(body, "<article>\n<h3 dir=\"auto\">{text}</h3>");
    if one.tied.is_empty() {
        let nothing = sentence(without_evidence(one));
        let _ = writeln!(body, "<p class=\"quiet\">{nothing}</p>");
    } else {
        body.push_str("<ul>\n");
        for (lead, proof) in tied_proofs(one) {
            let title = escape_line(&proof.title);
            let _ = write!(body, "<li>{lead}<bdi>{title}</bdi>");
            write_facts(&proof_facts(proof, today), body);
            body.push_str("</li>\n");
        }
        body.push_str("</ul>\n");
    }
    body.push_str("</article>\n");
}
