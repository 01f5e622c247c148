//! A ladder as Markdown (`CommonMark`). No user text becomes markup.

use std::fmt::Write;

use chrono::NaiveDate;

use super::{evidence_summary, ladder_title, parts, proof_facts, tied_proofs, without_evidence};
use crate::calendar::long_date;
use crate::insight::LadderStanding;
use crate::report::markdown::escape_line;
use crate::report::sentence;

/// A ladder as a page of Markdown; every line ends in a newline. What is only proposed is not on it.
pub(super) fn ladder_markdown(standing: &LadderStanding, today: NaiveDate) -> String {
    let title = escape_line(&ladder_title(standing));
    let (summary, day) = (evidence_summary(standing), long_date(today));
    let mut page = format!("# {title}\n\n{summary}. As of {day}.\n");
    for (heading, ones) in parts(standing) {
        let _ = writeln!(page, "\n## {}", escape_line(&heading));
        for one in ones {
            let _ = writeln!(page, "\n**{}**\n", escape_line(&one.expectation.text));
            for (lead, proof) in tied_proofs(one) {
                let facts = proof_facts(proof, today);
                let facts = facts.iter().map(|fact| format!(" · {}", escape_line(fact)));
                let (title, facts) = (escape_line(&proof.title), facts.collect::<String>());
                let _ = writeln!(page, "- {lead}{title}{facts}");
            }
            if one.tied.is_empty() {
                let _ = writeln!(page, "{}", sentence(without_evidence(one)));
            }
        }
    }
    page
}
