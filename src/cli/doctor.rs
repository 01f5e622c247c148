//! `leadby doctor`: checks the journal line by line.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::slice;

use chrono::NaiveDate;

use super::context::CommandContext;
use super::sync;
use crate::calendar;
use crate::failure::Failure;
use crate::journal::Journal;
use crate::practice::Catalog;
use crate::report;
use crate::store::{
    self, CopyContent, Damage, Diagnosis, DraftState, Finding, FutureDates, FutureLine, InboxLines,
    Store,
};
use crate::terminal;
use crate::text::{self, counted_noun, display_path, format_size, one_line, shell_path};

/// How many lines of one kind are named one by one.
const LISTED_LINES: usize = 5;

const NOTES: &str = "\
It changes nothing, unless --repair is given: that moves unreadable lines to a
file beside the journal, after a snapshot of it, and deletes nothing. Lines of
a newer leadby stay. It also checks copies, snapshots and drafts beside the
journal: remove a copy only where it says so. It exits with 0 when all is well
and with 1 when it found problems.";

#[derive(Debug, clap::Args)]
#[command(after_help = NOTES)]
pub(super) struct Arguments {
    /// Move unreadable lines to a file beside the journal
    #[arg(long)]
    repair: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        if self.repair {
            context.print_lines(repair(context)?)?;
        }
        let diagnosis = store::diagnose(&context.path, context.now)?;
        let (mut opened, loaded) = Store::open(&context.path)?;
        let journal = Journal::fold(loaded.entries);
        let inbox = opened.read_inbox(terminal::system_seconds());
        let mut page = DoctorPage::new(context);
        page.journal(&diagnosis, &journal);
        page.drafts(&diagnosis.drafts);
        if !diagnosis.foreign {
            page.snapshots(&diagnosis);
            page.future_dates(&diagnosis.future_dates);
            page.access(&diagnosis);
            page.copies(&diagnosis);
            page.leftovers(&diagnosis);
            page.unsettled(&journal, &context.catalog);
            page.inbox(&inbox, &journal, &context.catalog);
        }
        page.kept_texts();
        let well = page.problems == 0;
        context.print_lines(page.finish())?;
        context.exit_code = ExitCode::from(u8::from(!well));
        Ok(())
    }
}

/// What was found, and what to do about it, each advice once.
struct DoctorPage {
    /// How to call leadby for this journal.
    invocation: String,
    today: NaiveDate,
    lines: Vec<String>,
    advice: Vec<String>,
    problems: usize,
}

impl DoctorPage {
    fn new(context: &CommandContext<'_>) -> Self {
        Self {
            invocation: context.invocation.clone(),
            today: context.now.today(),
            lines: Vec::new(),
            advice: Vec::new(),
            problems: 0,
        }
    }

    fn journal(&mut self, diagnosis: &Diagnosis, journal: &Journal) {
        self.add_row("journal", &display_path(&diagnosis.path));
        if let Some(link) = &diagnosis.link {
            let to = diagnosis.path.with_file_name(link);
            self.add_detail(&format!("a link to {}", display_path(&to)));
        }
        if let Some((path, reason)) = &diagnosis.unwritable {
            // The journal is appended to in a folder where nothing else can be written.
            let what = if diagnosis.exists && *path != diagnosis.path {
                "only entries can be saved, no drafts and no snapshots"
            } else {
                "nothing can be saved"
            };
            self.add_problem(&format!("{what}: {}: {reason}", display_path(path)));
            self.add_advice(
                "What is saved is safe; to save more, make that place writable or choose another with --journal PATH.",
            );
        }
        if !diagnosis.exists {
            self.add_detail("not there yet; the first save creates it");
            return;
        }
        let lines = counted_noun(diagnosis.lines, "line");
        self.add_detail(&format!(
            "{}, {lines}, {}",
            format_size(diagnosis.bytes),
            counted_noun(journal.entries().count(), "entry")
        ));
        if diagnosis.foreign {
            self.add_problem("this file is not a leadby journal; leadby never writes to it");
            self.add_advice("Name another file with --journal PATH or LEADBY_JOURNAL.");
            return;
        }
        for finding in &diagnosis.findings {
            self.add_problem(&describe_finding(finding));
            self.add_advice(advice_for(&finding.damage));
        }
        // A last line that was cut off is among the findings already.
        let known = diagnosis
            .findings
            .last()
            .is_some_and(|last| last.line == diagnosis.lines);
        if diagnosis.unfinished && !known {
            self.add_problem("the last line has no newline at its end; all of it was read");
            self.add_advice("Nothing to do: the next save puts a newline before its own line.");
        }
    }

    fn drafts(&mut self, drafts: &[DraftState]) {
        if drafts.is_empty() {
            self.add_row("draft", "none; everything typed is saved");
        }
        for draft in drafts {
            self.add_row("draft", &display_path(draft.path()));
            match draft {
                DraftState::Waiting(_) => {
                    self.add_detail("has typed text; leadby offers what is not saved yet");
                }
                DraftState::InUse(_) => {
                    self.add_detail("has what is being typed in an open leadby");
                }
                DraftState::Unreadable(_, reason) => {
                    self.add_problem(&one_line(reason));
                    self.add_advice("The draft is kept as it is; any editor shows its text.");
                }
            }
        }
    }

    /// The file beside the journal that other programs write notes to.
    fn inbox(&mut self, inbox: &InboxLines, journal: &Journal, catalog: &Catalog) {
        for path in &inbox.files {
            self.add_row("inbox", &display_path(path));
        }
        let new = inbox.new_notes(journal, catalog).len();
        match (inbox.line_count(), new) {
            _ if inbox.files.is_empty() => {}
            (0, _) => self.add_detail("no notes"),
            (all, 0) => self.add_detail(&format!(
                "{}, all in the journal",
                counted_noun(all, "note")
            )),
            (all, new) => {
                let all = counted_noun(all, "note");
                self.add_detail(&format!("{all}; the next save takes in {new}"));
            }
        }
        for failure in &inbox.left_alone {
            self.add_problem(&one_line(failure.message()));
            for hint in failure.hints() {
                self.add_advice(&format!("In inbox.txt, {hint}."));
            }
        }
    }

    fn leftovers(&mut self, diagnosis: &Diagnosis) {
        for path in &diagnosis.leftovers {
            let path = display_path(path);
            self.add_problem(&format!("an unfinished file left by a crash: {path}"));
            self.add_advice(
                "Unfinished files have nothing the journal lacks; with no leadby open, remove them.",
            );
        }
    }

    fn access(&mut self, diagnosis: &Diagnosis) {
        for (path, mode) in &diagnosis.open_to_others {
            self.add_problem(&format!(
                "others on this machine can open {} (mode {mode:o})",
                display_path(path)
            ));
            let own = mode & 0o700;
            self.add_advice(&format!(
                "`chmod {own:o} {}` makes it yours alone, if no one else needs it.",
                shell_path(path)
            ));
        }
        let copies = diagnosis.copies.iter().map(|copy| &copy.path);
        let mut beside: Vec<PathBuf> = copies.chain(&diagnosis.neighbours).cloned().collect();
        // Of a link, git has only where it leads.
        match (&diagnosis.link, diagnosis.path.canonicalize()) {
            (Some(_), Ok(target)) => self.tracked(&target, slice::from_ref(&target)),
            _ => beside.insert(0, diagnosis.path.clone()),
        }
        self.tracked(&diagnosis.path, &beside);
    }

    /// Names those of `files` that a git repository tracks, all in the folder of `journal` or below.
    fn tracked(&mut self, journal: &Path, files: &[PathBuf]) {
        let folder = journal.parent().unwrap_or(journal);
        let tracked = sync::tracked_files(folder, files);
        let tracked = tracked.unwrap_or_else(|failure| {
            self.add_problem(&format!(
                "whether a git repository tracks the journal is not known: {failure}"
            ));
            Vec::new()
        });
        for path in tracked {
            self.add_problem(&format!(
                "a git repository tracks {}, and may send it anywhere",
                display_path(&path)
            ));
            self.add_advice(&format!(
                "`git -C {} rm --cached {}` removes it from the next commit; the file stays.",
                shell_path(folder),
                shell_path(path.strip_prefix(folder).unwrap_or(&path))
            ));
        }
    }

    fn future_dates(&mut self, ahead: &FutureDates) {
        for FutureLine { line, at } in ahead.lines.iter().take(LISTED_LINES) {
            let day = calendar::short_date(at.date_naive(), self.today);
            self.add_problem(&format!("line {line}: it is dated {day}, in the future"));
        }
        if let Some(more) = ahead
            .lines
            .len()
            .checked_sub(LISTED_LINES)
            .filter(|it| *it > 0)
        {
            let lines = counted_noun(more, "more line");
            self.add_problem(&format!("{lines} dated ahead"));
        }
        if !ahead.lines.is_empty() {
            let call = &self.invocation;
            self.add_advice(&format!(
                "A line dated ahead comes from a wrong clock, there or here. It counts; where two machines changed \
                 the same text it wins, until `{call} edit` or `{call} settle` decides otherwise.",
            ));
        }
        for snapshot in &ahead.snapshots {
            let path = &snapshot.path;
            self.add_problem(&format!(
                "a snapshot of a future week: {}",
                display_path(path)
            ));
            self.add_advice(
                "Snapshots dated ahead come from a wrong clock, and stay until you remove them.",
            );
        }
    }

    fn copies(&mut self, diagnosis: &Diagnosis) {
        for copy in &diagnosis.copies {
            let path = display_path(&copy.path);
            match &copy.content {
                CopyContent::Missing { .. } => {
                    let what = if copy.is_conflict {
                        "a sync tool left a copy with lines that are not here"
                    } else {
                        "another journal beside it has lines that are not here"
                    };
                    self.add_problem(&format!("{what}: {path}"));
                    let merge = format!("{} import {}", self.invocation, shell_path(&copy.path));
                    self.add_advice(&if copy.is_conflict {
                        format!("`{merge}` adds them.")
                    } else {
                        format!("`{merge}` adds them, if they belong here.")
                    });
                }
                CopyContent::NothingMissing => {
                    self.add_row("copy", &path);
                    self.add_detail(if copy.is_conflict {
                        "every line of it is in the journal; it may be removed"
                    } else {
                        "every line of it is in the journal"
                    });
                }
                CopyContent::Unread(reason) => {
                    self.add_row("copy", &path);
                    self.add_problem(&format!("it cannot be read: {reason}; leave it"));
                    self.add_advice("An unreadable copy may have text that is nowhere else: keep it, and look into it with an editor.");
                }
            }
        }
    }

    /// Text that a failed save left in the temporary folder.
    fn kept_texts(&mut self) {
        let kept = store::kept_texts().into_iter();
        for path in kept.filter(|path| store::was_written(path)) {
            self.add_row("text", &display_path(&path));
            self.add_detail("kept when it could not be saved, or still in an editor; remove it once you have it");
        }
    }

    fn unsettled(&mut self, journal: &Journal, catalog: &Catalog) {
        for (entry, _) in journal.all_unsettled() {
            self.add_problem(&report::describe_unsettled(&entry.id, journal, catalog));
            let call = &self.invocation;
            self.add_advice(&format!(
                "`{call} settle` shows both texts, and how to settle them."
            ));
        }
    }

    fn snapshots(&mut self, diagnosis: &Diagnosis) {
        let snapshots = diagnosis.snapshots.len();
        if snapshots > 0 {
            let snapshots = counted_noun(snapshots, "snapshot");
            self.add_row(
                "backups",
                &format!("{snapshots}; leadby restore lists them"),
            );
        }
        if let Some((snapshot, lines)) = &diagnosis.fuller_snapshot {
            let (name, lines) = (one_line(&snapshot.name), counted_noun(*lines, "line"));
            let journal = match (diagnosis.exists, diagnosis.lines) {
                (false, _) => "the journal is missing, and",
                (true, 0) => "the journal is empty, and",
                _ => "the journal got shorter:",
            };
            self.add_problem(&format!(
                "{journal} the snapshot {name} has {lines} that it lacks"
            ));
            let restore = format!(
                "{} restore {}",
                self.invocation,
                text::shell_quote(&snapshot.name)
            );
            self.add_advice(&format!(
                "`{restore}` shows what would come back; with --yes it brings it back."
            ));
        }
        if let Some(reason) = &diagnosis.unreadable_snapshots {
            self.add_row("backups", "unreadable");
            self.add_problem(&one_line(reason));
            self.add_advice(&format!(
                "`{} restore` says what to do about the snapshot folder.",
                self.invocation
            ));
        }
    }

    fn add_row(&mut self, name: &str, text: &str) {
        self.lines.push(format!("{name:<9}{text}"));
    }

    /// A further line about the row above.
    fn add_detail(&mut self, text: &str) {
        self.add_row("", text);
    }

    fn add_problem(&mut self, text: &str) {
        self.problems += 1;
        self.add_detail(&format!("! {text}"));
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
fn repair(context: &CommandContext<'_>) -> Result<Vec<String>, Failure> {
    // Anything but a journal is refused, as everywhere.
    context.open()?;
    let repaired = store::repair(&context.path, context.now)?;
    if repaired.lines == 0 {
        return Ok(vec!["Nothing had to be moved.\n".to_owned()]);
    }
    let lines = counted_noun(repaired.lines, "line");
    Ok(vec![
        format!(
            "Moved: {lines}, now in {}.",
            display_path(&repaired.damaged_file)
        ),
        format!(
            "The journal as it was: {}.\n",
            display_path(&repaired.snapshot)
        ),
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

fn advice_for(damage: &Damage) -> &'static str {
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
