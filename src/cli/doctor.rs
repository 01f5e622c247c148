//! `leadby doctor`: checks the journal line by line.

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
It changes nothing, unless --repair is given: that moves unreadable lines to a file beside the
journal, after a snapshot of it, and deletes nothing. Lines of a newer leadby stay. It also checks
copies, snapshots and drafts beside the journal: remove a copy only where it says so. It exits with
0 when all is well and with 1 when it found problems.";

/// Check the journal line by line and say how to fix problems
#[derive(Debug, clap::Args)]
#[command(after_help = NOTES)]
pub(super) struct Arguments {
    /// Move unreadable lines to a file beside the journal
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
            page.future_dates(&checkup.future_dates);
            page.access(&checkup);
            page.copies(&checkup);
            page.leftovers(&checkup);
            page.unsettled(&journal, &context.catalog);
        }
        page.kept_words();
        let well = page.problems == 0;
        for line in page.finish() {
            context.output.line(&line)?;
        }
        Ok(ExitCode::from(u8::from(!well)))
    }
}

/// What was found, and what to do about it, each advice once.
struct Page {
    /// How to call leadby for this journal.
    invocation: String,
    today: NaiveDate,
    lines: Vec<String>,
    advice: Vec<String>,
    problems: usize,
}

impl Page {
    fn new(context: &Context<'_>) -> Self {
        Self {
            invocation: context.invocation.clone(),
            today: context.now.today(),
            lines: Vec::new(),
            advice: Vec::new(),
            problems: 0,
        }
    }

    fn journal(&mut self, checkup: &Checkup, journal: &Journal) {
        self.add_row("journal", &shown(&checkup.path));
        if let Some(link) = &checkup.link {
            let to = checkup.path.with_file_name(link);
            self.add_row("", &format!("a link to {}", shown(&to)));
        }
        if let Some((path, reason)) = &checkup.unwritable {
            self.find(&format!("nothing can be saved: {}: {reason}", shown(path)));
            self.add_advice(
                "What is saved is safe; to save more, make that place writable or choose another with --journal PATH.",
            );
        }
        if !checkup.exists {
            self.add_row("", "not there yet; the first save creates it");
            return;
        }
        let lines = count(checkup.lines, "line");
        self.add_row(
            "",
            &format!("{}, {lines}, {}", size(checkup.bytes), entries(journal)),
        );
        if checkup.foreign {
            self.find("this file is not a leadby journal; leadby never writes to it");
            self.add_advice("Name another file with --journal PATH or LEADBY_JOURNAL.");
            return;
        }
        for finding in &checkup.findings {
            self.find(&describe_finding(finding));
            self.add_advice(advice(&finding.damage));
        }
        // A last line that was cut off is among the findings already.
        let known = checkup
            .findings
            .last()
            .is_some_and(|last| last.line == checkup.lines);
        if checkup.unfinished && !known {
            self.find("the last line is cut off: a save was interrupted, or is running now");
            self.add_advice("Nothing to do: the next save puts a newline before its own line.");
        }
    }

    fn drafts(&mut self, drafts: &[DraftState]) {
        if drafts.is_empty() {
            self.add_row("draft", "none; everything typed is saved");
        }
        for draft in drafts {
            self.add_row("draft", &shown(draft.path()));
            match draft {
                DraftState::Waiting(_) => {
                    self.add_row("", "has text that is not saved yet; leadby offers it again");
                }
                DraftState::InUse(_) => {
                    self.add_row("", "has what is being typed in an open leadby");
                }
                DraftState::Unreadable(_, reason) => {
                    self.find(&one_line(reason));
                    self.add_advice("The draft is kept as it is; any editor shows its text.");
                }
            }
        }
    }

    fn leftovers(&mut self, checkup: &Checkup) {
        for path in &checkup.leftovers {
            let path = shown(path);
            self.find(&format!("an unfinished file left by a crash: {path}"));
            self.add_advice(
                "Unfinished files have nothing the journal lacks; with no leadby open, remove them.",
            );
        }
    }

    fn access(&mut self, checkup: &Checkup) {
        for (path, mode) in &checkup.open_to_others {
            self.find(&format!(
                "others on this machine can open {} (mode {mode:o})",
                shown(path)
            ));
            let own = mode & 0o700;
            self.add_advice(&format!(
                "chmod {own:o} {} makes it yours alone, if no one else needs it.",
                for_shell(path)
            ));
        }
        let folder = checkup.path.parent().unwrap_or(&checkup.path);
        for path in sync::tracked(folder, &checkup.neighbours) {
            self.find(&format!(
                "a git repository tracks {}, and may send it anywhere",
                shown(&path)
            ));
            self.add_advice(&format!(
                "git -C {} rm --cached {} removes it from the next commit; the file stays.",
                for_shell(folder),
                for_shell(path.strip_prefix(folder).unwrap_or(&path))
            ));
        }
    }

    fn future_dates(&mut self, ahead: &Ahead) {
        for LineAhead { line, at } in ahead.lines.iter().take(SHOWN) {
            let day = calendar::short(at.date_naive(), self.today);
            self.find(&format!("line {line}: it is dated {day}, in the future"));
        }
        if let Some(more) = ahead.lines.len().checked_sub(SHOWN).filter(|it| *it > 0) {
            let lines = count(more, "more line");
            self.find(&format!("{lines} dated ahead"));
        }
        if !ahead.lines.is_empty() {
            self.add_advice(
                "A line dated ahead comes from a wrong clock, there or here. It counts; where two machines changed \
                 the same text it wins, until leadby edit or leadby settle decides otherwise.",
            );
        }
        for snapshot in &ahead.snapshots {
            let path = &snapshot.path;
            self.find(&format!("a snapshot of a future week: {}", shown(path)));
            self.add_advice(
                "Snapshots dated ahead come from a wrong clock, and stay until you remove them.",
            );
        }
    }

    fn copies(&mut self, checkup: &Checkup) {
        for copy in &checkup.copies {
            let path = shown(&copy.path);
            match &copy.content {
                CopyContent::Missing { .. } => {
                    let what = if copy.is_conflict {
                        "a sync tool left a copy with lines that are not here"
                    } else {
                        "another journal beside it has lines that are not here"
                    };
                    self.find(&format!("{what}: {path}"));
                    let merge = format!("{} import {}", self.invocation, for_shell(&copy.path));
                    self.add_advice(&if copy.is_conflict {
                        format!("{merge} adds them.")
                    } else {
                        format!("{merge} adds them, if they belong here.")
                    });
                }
                CopyContent::Known => {
                    self.add_row("copy", &path);
                    self.add_row(
                        "",
                        if copy.is_conflict {
                            "every line of it is in the journal; it may be removed"
                        } else {
                            "every line of it is in the journal"
                        },
                    );
                }
                CopyContent::Unread(reason) => {
                    self.add_row("copy", &path);
                    self.find(&format!("it cannot be read: {reason}; leave it"));
                    self.add_advice("An unreadable copy may have text that is nowhere else: keep it, and look into it with an editor.");
                }
            }
        }
    }

    /// Text that a failed save left in the temporary folder.
    fn kept_words(&mut self) {
        for path in store::kept_words() {
            self.add_row("text", &shown(&path));
            self.add_row("", "kept when it could not be saved, or still in an editor; remove it once you have it");
        }
    }

    fn unsettled(&mut self, journal: &Journal, catalog: &Catalog) {
        for (entry, _) in journal.all_unsettled() {
            self.find(&report::describe_unsettled(&entry.id, journal, catalog));
            self.add_advice("leadby settle shows both texts, and settles which one counts.");
        }
    }

    fn snapshots(&mut self, checkup: &Checkup) {
        let snapshots = checkup.snapshots.len();
        if snapshots > 0 {
            let snapshots = count(snapshots, "snapshot");
            self.add_row(
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
            let restore = format!("{} restore {}", self.invocation, words::for_shell(&snapshot.name));
            self.add_advice(&format!(
                "{restore} shows what would come back; with --yes it brings it back."
            ));
        }
        if let Some(reason) = &checkup.unreadable_snapshots {
            self.add_row("backups", "unreadable");
            self.find(&one_line(reason));
            self.add_advice("leadby restore says what to do about the snapshot folder.");
        }
    }

    fn add_row(&mut self, name: &str, text: &str) {
        self.lines.push(format!("{name:<9}{text}"));
    }

    fn find(&mut self, text: &str) {
        self.problems += 1;
        self.add_row("", &format!("! {text}"));
    }

    fn add_advice(&mut self, text: &str) {
        let line = format!("  {text}");
        if !self.advice.contains(&line) {
            self.advice.push(line);
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.lines.push(String::new());
        if self.problems == 0 {
            self.lines.push("All is well.".to_owned());
        } else {
            self.lines.push("What to do".to_owned());
            self.lines.extend(self.advice);
        }
        self.lines
    }
}

/// Moves unreadable lines to a file, and reports it.
fn repaired(context: &Context<'_>) -> Result<Vec<String>, Failure> {
    // Anything but a journal is refused, as everywhere.
    context.open()?;
    let repaired = store::repair(&context.path, context.now)?;
    if repaired.lines == 0 {
        return Ok(vec!["Nothing had to be moved.\n".to_owned()]);
    }
    let lines = count(repaired.lines, "line");
    Ok(vec![
        format!("Moved: {lines}, now in {}.", shown(&repaired.damaged_file)),
        format!("The journal as it was: {}.\n", shown(&repaired.snapshot)),
    ])
}

fn describe_finding(finding: &Finding) -> String {
    let what = match &finding.damage {
        Damage::ChangedOutside => "it was changed outside leadby; it counts as it is".to_owned(),
        Damage::NewerVersion(version) => {
            format!("a newer leadby wrote it, in version {version} of the format")
        }
        Damage::UnknownKind(kind) => {
            format!("this leadby does not know its kind: {}", one_line(kind))
        }
        Damage::NotUnderstood(reason) => {
            format!("it seems to be from a newer leadby: {}", one_line(reason))
        }
        Damage::Unreadable(reason) => format!("it cannot be read: {}", one_line(reason)),
    };
    format!("line {}: {what}", finding.line)
}

fn advice(damage: &Damage) -> &'static str {
    match damage {
        Damage::ChangedOutside => {
            "Check with leadby list that what was changed outside is as it should be."
        }
        Damage::NewerVersion(_) | Damage::UnknownKind(_) | Damage::NotUnderstood(_) => {
            "Lines of a newer leadby are kept as they are; the newer leadby shows them."
        }
        Damage::Unreadable(reason) if reason.contains("git conflict marker") => {
            "The lines git puts around a conflict are harmless, and the lines of both sides count: leadby \
             doctor --repair moves the marks out; then commit the journal."
        }
        Damage::Unreadable(_) => {
            "Unreadable lines hide no others and can stay; leadby doctor --repair moves them to a file."
        }
    }
}
