//! `leadby doctor`: the journal looked over, line by line.

use std::process::ExitCode;

use super::context::Context;
use super::whereabouts;
use crate::journal::Journal;
use crate::store::{self, Damage, Finding, Store};
use crate::words::{count, one_line};

const EXAMPLES: &str = "\
It exits with 0 when all is well and with 1 when it found something. It changes nothing.";

/// Look the journal over, line by line, and say what to do about what is found
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {}

impl Arguments {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        let Self {} = self;
        let path = context.path.clone();
        let (store, loaded) = Store::open(&path)?;
        let unread = loaded
            .findings
            .iter()
            .filter(|finding| finding.what != Damage::ChangedOutside)
            .count();
        let lines = count(loaded.entries.len() + unread, "line");
        let journal = Journal::fold(loaded.entries);
        let entries = whereabouts::entries(&journal);
        let mut advice = Vec::new();
        let mut report = vec![format!("journal  {}", whereabouts::shown(&path))];
        report.push(format!("         {lines}, {entries}"));
        if store.is_foreign() {
            report.push(
                "         ! this file is no leadby journal; leadby never writes to it".to_owned(),
            );
            advice.push("Name another file with --journal PATH or LEADBY_JOURNAL.");
        }
        for finding in &loaded.findings {
            report.push(format!("         ! {}", said(finding)));
        }
        advice.extend(advised(&loaded.findings));
        match store::read_draft(&path) {
            Ok(None) => report.push("draft    none; everything typed is saved".to_owned()),
            Ok(Some(draft)) => {
                let at = draft.at.format("%Y-%m-%d %H:%M");
                report.push(format!("draft    words from {at}, not yet saved"));
                advice.push("Open leadby: it offers the words of the draft again.");
            }
            Err(failure) => {
                report.push(format!("draft    ! {}", one_line(failure.message())));
                advice.push("The draft is kept; its words can be read in it with any editor.");
            }
        }
        let well = advice.is_empty();
        if well {
            report.push("\nAll is well.".to_owned());
        } else {
            report.push("\nWhat to do".to_owned());
            report.extend(advice.into_iter().map(|line| format!("  {line}")));
        }
        for line in &report {
            context.output.line(line)?;
        }
        Ok(ExitCode::from(u8::from(!well)))
    }
}

fn said(finding: &Finding) -> String {
    let what = match &finding.what {
        Damage::ChangedOutside => "changed outside leadby; it counts as it stands".to_owned(),
        Damage::NewerVersion(version) => {
            format!("written by a newer leadby, in version {version} of the format")
        }
        Damage::UnknownKind(kind) => {
            format!(
                "an entry of a kind this leadby does not know: {}",
                one_line(kind)
            )
        }
        Damage::Unreadable(reason) => format!("it cannot be read: {}", one_line(reason)),
    };
    format!("line {}: {what}", finding.line)
}

/// One piece of advice for each sort of finding there is.
fn advised(findings: &[Finding]) -> Vec<&'static str> {
    let any = |wanted: fn(&Damage) -> bool| findings.iter().any(|finding| wanted(&finding.what));
    let mut advice = Vec::new();
    if any(|what| matches!(what, Damage::NewerVersion(_) | Damage::UnknownKind(_))) {
        advice.push(
            "Use the newer leadby that wrote those lines; until then they are kept as they are.",
        );
    }
    if any(|what| matches!(what, Damage::Unreadable(_))) {
        advice.push("Lines that cannot be read are kept as they are and hide no others; nothing has to be done.");
    }
    if any(|what| matches!(what, Damage::ChangedOutside)) {
        advice.push("Read what changed outside leadby with `leadby list`; editing it here makes it yours again.");
    }
    advice
}
