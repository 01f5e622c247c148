//! `leadby doctor`: the journal looked over, line by line.

use std::process::ExitCode;

use chrono::NaiveDate;

use super::context::Context;
use super::sync;
use super::whereabouts::{entries, for_shell, shown, size};
use crate::calendar;
use crate::failure::Failure;
use crate::journal::Journal;
use crate::practice::Catalog;
use crate::report;
use crate::store::{
    self, Ahead, Checkup, CopyContent, Damage, DraftState, Finding, LineAhead, Store,
};
use crate::words::{self, count, one_line};

/// How many lines of one kind are named one by one.
const SHOWN: usize = 5;

const NOTES: &str = "\
It changes nothing, unless --repair is given: that sets the lines that cannot be read aside in a file
beside the journal, after a snapshot of it, and deletes nothing. Lines of a newer leadby stay. It also
looks at copies, snapshots and drafts beside the journal: a copy may be removed only where it says so.
It exits with 0 when all is well and with 1 when it found something.";

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
        let checkup = store::checkup(&context.path, context.now)?;
        let (_, loaded) = Store::open(&context.path)?;
        let journal = Journal::fold(loaded.entries);
        let mut page = Page::new(context);
        page.journal(&checkup, &journal);
        page.drafts(&checkup.drafts);
        if !checkup.foreign {
            page.snapshots(&checkup);
            page.dated_ahead(&checkup.ahead);
            page.access(&checkup);
            page.copies(&checkup);
            page.leftovers(&checkup);
            page.unsettled(&journal, &context.catalog);
        }
        page.kept_words();
        let well = page.found == 0;
        for line in page.finish() {
            context.output.line(&line)?;
        }
        Ok(ExitCode::from(u8::from(!well)))
    }
}

/// What is found, and what to do about it, each thing once.
struct Page {
    /// How leadby is called for this journal.
    call: String,
    today: NaiveDate,
    lines: Vec<String>,
    advice: Vec<String>,
    found: usize,
}

impl Page {
    fn new(context: &Context<'_>) -> Self {
        Self {
            call: context.call.clone(),
            today: context.now.today(),
            lines: Vec::new(),
            advice: Vec::new(),
            found: 0,
        }
    }

    fn journal(&mut self, checkup: &Checkup, journal: &Journal) {
        self.say("journal", &shown(&checkup.path));
        if let Some(link) = &checkup.link {
            let to = checkup.path.with_file_name(link);
            self.say("", &format!("a link to {}", shown(&to)));
        }
        if let Some((path, reason)) = &checkup.unwritable {
            self.find(&format!("nothing can be saved: {}: {reason}", shown(path)));
            self.advise(
                "What is written is safe; for anything new, make that place writable or choose another with --journal PATH.",
            );
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
        let folder = checkup.path.parent().unwrap_or(&checkup.path);
        for path in sync::tracked(folder, &checkup.neighbours) {
            self.find(&format!(
                "a git repository tracks {}, and may send it anywhere",
                shown(&path)
            ));
            self.advise(&format!(
                "git -C {} rm --cached {} takes it out of the next commit; the file stays.",
                for_shell(folder),
                for_shell(path.strip_prefix(folder).unwrap_or(&path))
            ));
        }
    }

    fn dated_ahead(&mut self, ahead: &Ahead) {
        for LineAhead { line, at } in ahead.lines.iter().take(SHOWN) {
            let day = calendar::short(at.date_naive(), self.today);
            self.find(&format!("line {line}: it is dated {day}, which is to come"));
        }
        if let Some(more) = ahead.lines.len().checked_sub(SHOWN).filter(|it| *it > 0) {
            let lines = count(more, "more line");
            self.find(&format!("{lines} dated ahead"));
        }
        if !ahead.lines.is_empty() {
            self.advise(
                "A line dated ahead was written by a wrong clock, or is read by one. It counts; where two machines \
                 changed the same text it wins, until leadby edit or leadby settle says otherwise.",
            );
        }
        for snapshot in &ahead.snapshots {
            let path = &snapshot.path;
            self.find(&format!("a snapshot of a week to come: {}", shown(path)));
            self.advise(
                "Snapshots dated ahead were made by a wrong clock, and stay until you remove them.",
            );
        }
    }

    fn copies(&mut self, checkup: &Checkup) {
        for copy in &checkup.copies {
            let path = shown(&copy.path);
            match &copy.content {
                CopyContent::Missing { .. } => {
                    let what = if copy.is_conflict {
                        "a synchronising program left a copy with lines that are not here"
                    } else {
                        "another journal beside it has lines that are not here"
                    };
                    self.find(&format!("{what}: {path}"));
                    let merge = format!("{} import {}", self.call, for_shell(&copy.path));
                    self.advise(&if copy.is_conflict {
                        format!("{merge} takes them in.")
                    } else {
                        format!("{merge} takes them in, if they belong here.")
                    });
                }
                CopyContent::Known => {
                    self.say("copy", &path);
                    self.say(
                        "",
                        if copy.is_conflict {
                            "every line of it is in the journal; it may be removed"
                        } else {
                            "every line of it is in the journal"
                        },
                    );
                }
                CopyContent::Unread(reason) => {
                    self.say("copy", &path);
                    self.find(&format!("it cannot be read: {reason}; leave it"));
                    self.advise("A copy that cannot be read may hold text that is nowhere else: keep it, and look into it with an editor.");
                }
            }
        }
    }

    /// Text that a failed save left in the temporary folder.
    fn kept_words(&mut self) {
        for path in store::kept_words() {
            self.say("text", &shown(&path));
            self.say("", "kept when it could not be saved, or still in an editor; remove it once you have it");
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
        if let Some((snapshot, lines)) = &checkup.fuller_snapshot {
            let (name, lines) = (one_line(&snapshot.name), count(*lines, "line"));
            let journal = match (checkup.exists, checkup.lines) {
                (false, _) => "the journal is missing, and",
                (true, 0) => "the journal is empty, and",
                _ => "the journal got shorter:",
            };
            self.find(&format!(
                "{journal} the snapshot {name} has {lines} that are not in it"
            ));
            let restore = format!("{} restore {}", self.call, words::for_shell(&snapshot.name));
            self.advise(&format!(
                "{restore} shows what would come back; with --yes it brings it back."
            ));
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
