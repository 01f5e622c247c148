//! `leadby doctor`: the journal looked over, line by line.

use std::process::ExitCode;

use super::context::Context;
use super::whereabouts::{entries, for_shell, shown, size};
use crate::failure::Failure;
use crate::journal::Journal;
use crate::practice::Catalog;
use crate::report;
use crate::store::{self, Checkup, Damage, DraftState, Finding, Store};
use crate::words::{count, one_line};

const NOTES: &str = "\
It changes nothing, unless --repair is given: that sets the lines that cannot be read aside in a file
beside the journal, after a snapshot of it, and deletes nothing. Lines of a newer leadby stay. It exits with 0 when all is well and with 1 when it found something.";

/// Look the journal over, line by line, and say what to do about what is found
#[derive(Debug, clap::Args)]
#[command(after_help = NOTES)]
pub(super) struct Arguments {
    /// Set lines that cannot be read aside, in a file beside the journal
    #[arg(long)]
    repair: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        if self.repair {
            for line in repaired(context)? {
                context.output.line(&line)?;
            }
        }
        let checkup = store::checkup(&context.path)?;
        let (_, loaded) = Store::open(&context.path)?;
        let journal = Journal::fold(loaded.entries);
        let mut page = Page::default();
        page.journal(&checkup, &journal);
        page.drafts(&checkup.drafts);
        if !checkup.foreign {
            page.snapshots(&checkup);
            page.access(&checkup);
            page.copies(&checkup);
            page.leftovers(&checkup);
            page.unsettled(&journal, &context.catalog);
        }
        let well = page.found == 0;
        for line in page.finish() {
            context.output.line(&line)?;
        }
        Ok(ExitCode::from(u8::from(!well)))
    }
}

/// What is found, and what to do about it, each thing once.
#[derive(Default)]
struct Page {
    lines: Vec<String>,
    advice: Vec<String>,
    found: usize,
}

impl Page {
    fn journal(&mut self, checkup: &Checkup, journal: &Journal) {
        self.say("journal", &shown(&checkup.path));
        if let Some(link) = &checkup.link {
            self.say("", &format!("a link to {}", shown(link)));
        }
        if !checkup.exists {
            self.say("", "not there yet; the first save makes it");
            return;
        }
        let lines = count(checkup.lines, "line");
        self.say(
            "",
            &format!("{}, {lines}, {}", size(checkup.bytes), entries(journal)),
        );
        if checkup.foreign {
            self.find("this file is no leadby journal; leadby never writes to it");
            self.advise("Name another file with --journal PATH or LEADBY_JOURNAL.");
            return;
        }
        for finding in &checkup.findings {
            self.find(&said(finding));
            self.advise(advice(&finding.what));
        }
        // A last line that was cut off is among the findings already.
        let known = checkup
            .findings
            .last()
            .is_some_and(|last| last.line == checkup.lines);
        if checkup.unfinished && !known {
            self.find("the last line has no end: a save was cut off, or is going on right now");
            self.advise(
                "Nothing has to be done: the next save puts a line end before its own line.",
            );
        }
    }

    fn drafts(&mut self, drafts: &[DraftState]) {
        if drafts.is_empty() {
            self.say("draft", "none; everything typed is saved");
        }
        for draft in drafts {
            self.say("draft", &shown(draft.path()));
            match draft {
                DraftState::Waiting(_) => self.say(
                    "",
                    "holds words that are not saved yet; leadby offers them again",
                ),
                DraftState::InUse(_) => {
                    self.say("", "holds what is being typed in a leadby that is open");
                }
                DraftState::Unreadable(_, reason) => {
                    self.find(&one_line(reason));
                    self.advise("The draft is kept as it is; any editor shows the words in it.");
                }
            }
        }
    }

    fn leftovers(&mut self, checkup: &Checkup) {
        for path in &checkup.leftovers {
            let path = shown(path);
            self.find(&format!("an unfinished file that a crash left: {path}"));
            self.advise(
                "Unfinished files hold nothing the journal does not; with no leadby open, remove them.",
            );
        }
    }

    fn access(&mut self, checkup: &Checkup) {
        for (path, mode) in &checkup.open_to_others {
            self.find(&format!(
                "others on this machine can get at {} (mode {mode:o})",
                shown(path)
            ));
            let own = mode & 0o700;
            self.advise(&format!(
                "chmod {own:o} {} keeps it to you, if nobody else needs it.",
                for_shell(path)
            ));
        }
    }

    fn copies(&mut self, checkup: &Checkup) {
        for copy in &checkup.conflict_copies {
            self.find(&format!(
                "a synchronising program left a copy with lines that are not here: {}",
                shown(copy)
            ));
            self.advise(&format!("leadby merge {} takes them in.", for_shell(copy)));
        }
        for copy in &checkup.merged_copies {
            self.say("copy", &shown(copy));
            self.say("", "holds nothing that is not here; it may be removed");
        }
    }

    fn unsettled(&mut self, journal: &Journal, catalog: &Catalog) {
        for (entry, _) in journal.all_unsettled() {
            self.find(&report::changed_twice(&entry.id, journal, catalog));
            self.advise("leadby settle shows both texts, and settles which one counts.");
        }
    }

    fn snapshots(&mut self, checkup: &Checkup) {
        let snapshots = checkup.snapshots.len();
        if snapshots > 0 {
            let snapshots = count(snapshots, "snapshot");
            self.say(
                "backups",
                &format!("{snapshots}; leadby restore lists them"),
            );
        }
        if let Some(reason) = &checkup.unreadable_snapshots {
            self.say("backups", "not to be read");
            self.find(&one_line(reason));
            self.advise("leadby restore says what to do about the folder of the snapshots.");
        }
    }

    fn say(&mut self, name: &str, text: &str) {
        self.lines.push(format!("{name:<9}{text}"));
    }

    fn find(&mut self, text: &str) {
        self.found += 1;
        self.say("", &format!("! {text}"));
    }

    fn advise(&mut self, text: &str) {
        let line = format!("  {text}");
        if !self.advice.contains(&line) {
            self.advice.push(line);
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.lines.push(String::new());
        if self.found == 0 {
            self.lines.push("All is well.".to_owned());
        } else {
            self.lines.push("What to do".to_owned());
            self.lines.extend(self.advice);
        }
        self.lines
    }
}

/// Sets damaged lines aside, and says what was done.
fn repaired(context: &Context<'_>) -> Result<Vec<String>, Failure> {
    // Something else than a journal is refused, as everywhere.
    context.open()?;
    let repaired = store::repair(&context.path, context.now)?;
    if repaired.lines == 0 {
        return Ok(vec!["Nothing had to be set aside.\n".to_owned()]);
    }
    let lines = count(repaired.lines, "line");
    Ok(vec![
        format!("Set aside: {lines}, now in {}.", shown(&repaired.aside)),
        format!("The journal as it was: {}.\n", shown(&repaired.snapshot)),
    ])
}

fn said(finding: &Finding) -> String {
    let what = match &finding.what {
        Damage::ChangedOutside => {
            "it was changed outside leadby; it counts as it stands".to_owned()
        }
        Damage::NewerVersion(version) => {
            format!("a newer leadby wrote it, in version {version} of the format")
        }
        Damage::UnknownKind(kind) => {
            format!(
                "this leadby does not know what it holds: {}",
                one_line(kind)
            )
        }
        Damage::NotUnderstood(reason) => {
            format!("a newer leadby wrote it, as it seems: {}", one_line(reason))
        }
        Damage::Unreadable(reason) => format!("it cannot be read: {}", one_line(reason)),
    };
    format!("line {}: {what}", finding.line)
}

fn advice(damage: &Damage) -> &'static str {
    match damage {
        Damage::ChangedOutside => {
            "See with leadby list whether what was changed outside is as it should be."
        }
        Damage::NewerVersion(_) | Damage::UnknownKind(_) | Damage::NotUnderstood(_) => {
            "Lines of a newer leadby are kept as they are; the newer leadby shows them."
        }
        Damage::Unreadable(reason) if reason.contains("git conflict marker") => {
            "The lines git puts around a conflict are harmless, and the lines of both sides count: leadby \
             doctor --repair sets the marks aside; then commit the journal."
        }
        Damage::Unreadable(_) => {
            "Lines that cannot be read hide no other and can stay; leadby doctor --repair sets them aside."
        }
    }
}
