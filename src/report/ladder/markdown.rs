//! A ladder as Markdown (`CommonMark`). No user text becomes markup.

use std::fmt::Write;

use chrono::NaiveDate;

use super::{NOTHING_YET, ladder_summary, ladder_title, parts, proof_age};
use crate::insight::{LadderStanding, Proof};
use crate::report::days::long_date;
use crate::report::markdown::escape_line;
use crate::report::sentence;

/// A ladder as a page of Markdown; every line ends in a newline. What is only proposed is not on it.
#[must_use]
pub fn ladder_markdown(standing: &LadderStanding, today: NaiveDate) -> String {
    let mut page = format!(
        "# {}\n\n{}. As of {}.\n",
        escape_line(&ladder_title(standing)),
        ladder_summary(standing),
        long_date(today)
    );
    for (heading, ones) in parts(standing) {
        let _ = writeln!(page, "\n## {}", escape_line(&heading));
        for one in ones {
            let _ = writeln!(page, "\n**{}**\n", escape_line(&one.expectation.text));
            let point = |proof: &Proof, lead: &str| {
                let (title, age) = (escape_line(&proof.title), proof_age(proof, today));
                format!("- {lead}{title} · {}", escape_line(&age))
            };
            for proof in one.evidence() {
                let _ = writeln!(page, "{}", point(proof, ""));
            }
            for proof in one.under_way() {
                let _ = writeln!(page, "{}", point(proof, "On its way: "));
            }
            if one.tied.is_empty() {
                let _ = writeln!(page, "{}", sentence(NOTHING_YET));
            }
        }
    }
    page
}
