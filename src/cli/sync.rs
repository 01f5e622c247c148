//! `leadby sync`: syncs the journal with its copy at a remote.
//!
//! With `forget --everywhere`, the only command that may use a network, and only as git does. git
//! carries: it fetches, keeps objects and pushes, in its own bare repository beside the journal. The
//! remote's journal is read as an object and added as `leadby import` does it; git never writes the
//! journal.

mod child;
pub(super) mod git;
mod remote;
mod seal;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::confirm::ask_confirmation;
use super::context::{CommandContext, OpenedJournal};
use super::failures::usage;
use super::import::{
    back_up, changed_on_both_sides, changed_there, deleted_there, describe_forgotten,
    forgotten_there, progress_reporter,
};
use super::remnants;
use super::write_stderr;
use crate::failure::{Failure, FailureKind};
use crate::journal::Id;
use crate::store::{self, Import, SyncFolder, Union};
use crate::text::{self, counted_noun, quoted, shell_quote};
pub(super) use child::run_program;
use git::Git;
pub(super) use git::tracked_files;
pub(super) use remote::Remote;
use remote::Tip;
use seal::Seal;

const EXAMPLES: &str = "\
Examples:
  leadby sync init git@example.org:anna/journal.git
  leadby sync                             as often as you like
  leadby sync --yes                       from a timer: never asks

Set it up once on each machine, with the same URL: at first, an empty
repository of your own. Each side gets the lines it lacks, and none is ever
removed but those of entries you forgot. Whatever goes wrong, the local journal
stays intact; the message says what to do.

Anyone who can read the remote can read the journal, unless it is sealed:
leadby sync init --help.";

const INIT_EXAMPLES: &str = "\
Examples:
  leadby sync init git@example.org:anna/journal.git
  leadby sync init /media/stick/journal.git --yes
  leadby sync init URL --seal --to age1anna --to age1spare --key anna.txt \\
      --spare spare.txt

git reaches the remote, with your own ssh keys, passwords and proxies. The
journal is one file there, journal.jsonl on the branch main; other files there
stay as they are.

Anyone who can read or run the remote can read the journal. With --seal, age
(or rage) seals it before it leaves this machine: the remote has only
journal.jsonl.age then, which no one can read without one of your keys. Its
size and the times it changes can still be seen.

age-keygen creates a key: --to is its public half, --key the file of its
private half. Have at least two, one for each machine and a spare that you keep
somewhere else; --spare tries the spare before anything is first sent, and is
not remembered. A new machine's key is one more --to: give all of them again,
on the first machine first.";

/// How often it retries when another machine pushed in between, or was just writing the branch.
const MAX_RETRIES: usize = 5;

/// How long it waits for another git to write the branch.
const MOMENT: Duration = Duration::from_millis(200);

/// The way out of a history with the journal unsealed.
const NEW_REPOSITORY: &str =
    "`leadby sync init URL --seal …` with a new, empty repository, then delete this one";

/// A hint of every failure.
const INTACT_HINT: &str = "your journal is intact";

#[derive(Debug, clap::Args)]
#[command(
    after_help = EXAMPLES,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<SyncCommand>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

#[derive(Debug, clap::Subcommand)]
enum SyncCommand {
    Init(InitArguments),
}

/// Set up the remote and sync with it for the first time
#[derive(Debug, clap::Args)]
#[command(after_help = INIT_EXAMPLES)]
struct InitArguments {
    /// The remote, as git takes it: an address, or a folder
    #[arg(value_hint = clap::ValueHint::Url)]
    url: String,
    /// Seal the journal, so that the remote cannot read it
    #[arg(long, requires_all = ["to", "key"])]
    seal: bool,
    /// A key that can open it: a public key of age, or of ssh
    #[arg(long, value_name = "PUBLIC_KEY", requires = "seal")]
    to: Vec<String>,
    /// The file of the private key that opens it on this machine
    #[arg(long, value_name = "FILE", requires = "seal", value_hint = clap::ValueHint::FilePath)]
    key: Option<PathBuf>,
    /// The file of the spare private key, which is only tried
    #[arg(long, value_name = "FILE", requires = "seal", value_hint = clap::ValueHint::FilePath)]
    spare: Option<PathBuf>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        // Anything but a journal is refused, as everywhere.
        let mut opened = context.open()?;
        // A note that waits goes with the rest.
        let others = context.take_in_notes(&mut opened)?;
        opened.journal.insert_all(others);
        let (remote, yes) = match self.command {
            None => {
                let remote = Remote::for_journal(&context.path)?;
                (remote.ok_or_else(|| no_remote(&context.path))?, self.yes)
            }
            Some(SyncCommand::Init(init)) => match init.set_up(context)? {
                Some(remote) => (remote, init.yes),
                None => {
                    return Ok(context.print_line("Nothing was changed.")?);
                }
            },
        };
        let done = sync_with(context, &mut opened, &remote, (yes, PushMode::OnHistory));
        let done = done.map_err(|failure| remote.name_saved(failure))?;
        remote.save()?;
        context.print_lines(done.report_lines(&remote.name, &context.invocation))?;
        if remote.has_plain_history()? {
            context.print_line(format!(
                "The history at {} still has the journal unsealed: {NEW_REPOSITORY}.",
                remote.name
            ))?;
        }
        if done.received > 0 {
            let after = context.open()?.journal;
            context.print_lines(changed_there(&opened.journal, &after, &context.catalog))?;
            context.print_lines(deleted_there(&opened.journal, &after, &context.catalog))?;
            context.print_lines(changed_on_both_sides(&opened.journal, &after, context))?;
        }
        Ok(())
    }
}

impl InitArguments {
    /// Sets the remote up if the user agrees; `None` if not.
    fn set_up(&self, context: &CommandContext<'_>) -> Result<Option<Remote>, Failure> {
        let url = parse_address(&self.url)?;
        let seal = self
            .key
            .as_deref()
            .map(|key| self.create_seal(key))
            .transpose()?;
        let name = git::redacted_url(&url);
        let (how, who) = match &seal {
            Some(seal) => (
                format!("sealed to {}", counted_noun(seal.recipients.len(), "key")),
                "Without a key no one can read it there, not even you.",
            ),
            None => (
                "branch main".to_owned(),
                "Anyone who can read or run that can read the journal.",
            ),
        };
        let before = Remote::saved_name(&context.path)?;
        let other = before.as_ref().filter(|before| **before != name);
        let replaced = other.map(|before| format!("It replaces {before}.\n"));
        let question = format!(
            "The journal will be sent to {name}, {how}.\n{}{who}\nSet it up like this?",
            replaced.unwrap_or_default()
        );
        if !ask_confirmation(&question, self.yes)? {
            return Ok(None);
        }
        let is_sealed = seal.is_some();
        let remote = Remote::new(&context.path, &url, seal, before)?;
        if is_sealed && self.spare.is_none() {
            let tip = remote.fetch();
            if tip
                .map_err(|failure| remote.name_saved(failure))?
                .is_empty()
            {
                return Err(single_key_failure("no spare key was tried")
                    .hint("`--spare FILE` tries one, this one time"));
            }
        }
        Ok(Some(remote))
    }

    fn create_seal(&self, key: &Path) -> Result<Seal, Failure> {
        let mut recipients: Vec<String> = Vec::new();
        for to in self.to.iter().map(|to| to.trim().to_owned()) {
            if !recipients.contains(&to) {
                recipients.push(to);
            }
        }
        if recipients.len() < 2 {
            return Err(single_key_failure("one key is not enough"));
        }
        let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let seal = Seal {
            recipients,
            key: whole(key),
        };
        seal.check_keys(self.spare.as_deref().map(whole).as_deref())?;
        Ok(seal)
    }
}

/// The failure when losing one key would lose everything at the remote.
fn single_key_failure(what: &str) -> Failure {
    let message = format!(
        "nothing was set up: {what}; if the key of this machine is lost, no one can open what is \
         at the remote"
    );
    usage(message).hint(
        "`age-keygen -o FILE` creates one: give it to --to and --spare, and keep it elsewhere",
    )
}

/// What a sync did.
#[derive(Debug, Default)]
struct SyncResult {
    sent: usize,
    received: usize,
    /// Lines of forgotten entries that were removed there.
    removed: usize,
    /// The entries on those lines.
    forgotten: BTreeSet<Id>,
    /// Unreadable lines here.
    unreadable: usize,
    /// Entries that are gone here because they were forgotten there.
    gone: Vec<String>,
}

impl SyncResult {
    fn report_lines(&self, name: &str, call: &str) -> Vec<String> {
        let (sent, received) = (
            counted_noun(self.sent, "line"),
            counted_noun(self.received, "line"),
        );
        let mut lines = vec![format!(
            "Synced with {name}: {sent} sent, {received} received."
        )];
        lines.extend(self.gone.iter().cloned());
        if self.removed > 0 {
            let removed = counted_noun(self.removed, "line");
            lines.push(format!(
                "What you forgot was removed there, {removed}; the history there still has it:"
            ));
            lines.extend(self.forgotten.iter().map(|id| {
                let id = shell_quote(id.as_str());
                format!("`{call} forget {id} --everywhere` removes it there too.")
            }));
        }
        if self.unreadable > 0 {
            let lines_here = counted_noun(self.unreadable, "line");
            lines.push(format!(
                "{lines_here} here unreadable, not sent; `{call} doctor` lists them."
            ));
        }
        lines
    }
}

/// How the journal is pushed to the remote.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum PushMode {
    /// On top of its history, if anything is new.
    OnHistory,
    /// Without its old history.
    WithoutHistory,
}

/// Removes the history of the journal at its remote, with what was forgotten in it; returns lines
/// that report it.
pub(super) fn forget_history(
    context: &CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> Result<Vec<String>, Failure> {
    let Some(remote) = Remote::for_journal(&context.path)? else {
        return Ok(Vec::new());
    };
    let done = sync_with(context, opened, &remote, (true, PushMode::WithoutHistory));
    let name = &remote.name;
    done.map_err(|failure| {
        failure.hint(format!(
            "it is forgotten here; the history at {name} still has it"
        ))
    })?;
    let mut lines = vec![
        format!("The history at {name} starts over, without it."),
        "A host may keep what was there before for some weeks; ask it to remove that, if it matters."
            .to_owned(),
    ];
    let others = remote.other_refs();
    if !others.is_empty() {
        let others = text::one_line(&others.join(", "));
        lines.push(format!(
            "Other branches or tags there may still have it: {}.",
            text::clip(&others, 120)
        ));
    }
    Ok(lines)
}

/// The note about the history at the remote called `name`, and the copy of it here, after an entry
/// was forgotten in the journal. What was never sent is removed from the copy.
pub(super) fn history_note(context: &CommandContext<'_>, name: &str, id: &Id) -> Option<String> {
    let (call, quoted) = (&context.invocation, shell_quote(id.as_str()));
    let remote = Remote::for_journal(&context.path).ok().flatten();
    let found = remote.and_then(|remote| remote.has_in_history(id).ok().flatten());
    let still = match found {
        Some(false) => return None,
        Some(true) => "Still",
        None => "Perhaps still",
    };
    let copy = text::display_path(&SyncFolder::of(&context.path));
    Some(format!(
        "{still} in the history at {name}, and in the copy of it in {copy}: \
         `{call} forget {quoted} --everywhere` removes it from both."
    ))
}

/// The note about a git repository that the journal is in.
pub(super) fn tracked_note(journal: &Path) -> Option<String> {
    let folder = journal.parent()?;
    let tracked = tracked_files(folder, &[journal.to_owned()]);
    let folder = text::display_path(folder);
    let repository = format!("in the history of the git repository that {folder} is in");
    match tracked {
        Ok(tracked) => (!tracked.is_empty()).then(|| format!("Still {repository}.")),
        Err(failure) => Some(format!("Perhaps still {repository}: {failure}.")),
    }
}

fn sync_with(
    context: &CommandContext<'_>,
    opened: &mut OpenedJournal,
    remote: &Remote,
    (yes, sending): (bool, PushMode),
) -> Result<SyncResult, Failure> {
    let mut done = SyncResult::default();
    let mut tip = remote.fetch()?;
    for turn in 0.. {
        let ours = context.path.metadata().map_or(0, |file| file.len());
        let there = remote.read_journal(&tip, ours, |question| ask_confirmation(question, yes))?;
        let Some(copy) = Import::from_journal(there.bytes) else {
            return Err(remote.sync_failure("its journal.jsonl is not a leadby journal"));
        };
        let compared = opened
            .store
            .preview_import(&copy, &mut progress_reporter("Checked", copy.length()))?;
        if compared.added > 0 {
            back_up(context, opened);
            let gone = forgotten_there(&compared, &opened.journal);
            let imported = opened
                .store
                .import(&copy, &mut progress_reporter("Imported", copy.length()))?;
            done.received += imported.added;
            if let Err(failure) = store::note_received(&context.path, &imported.names) {
                write_stderr(&format!(
                    "leadby: {failure}; undo takes it for a change of yours.\n"
                ));
            }
            for (id, lines) in gone.iter().zip(remnants::after_forgetting(context, &gone)) {
                let line = describe_forgotten(id, &opened.journal, &context.catalog);
                done.gone.push(line);
                done.gone.extend(lines);
            }
        }
        let union = opened.store.union(&copy)?;
        done.unreadable = union.unreadable;
        if sending == PushMode::OnHistory && !union.needs_update() && !there.is_sealed_to_others {
            return Ok(done);
        }
        let Err(failure) = push_union(remote, &tip, &union, sending) else {
            (done.sent, done.removed) = (union.added, union.removed);
            done.forgotten = union.forgotten;
            return Ok(done);
        };
        let received = counted_noun(done.received, "line");
        let failure = failure.hint(format!(
            "{INTACT_HINT}, with {received} received; not all was sent"
        ));
        // Another machine was faster, or is just writing, or the remote refuses it.
        let is_locked = remote::is_branch_locked(&failure);
        if is_locked && turn < MAX_RETRIES {
            thread::sleep(MOMENT);
        }
        let last = std::mem::replace(&mut tip, remote.fetch()?);
        if turn >= MAX_RETRIES || !(is_locked || tip.differs_from(&last)) {
            let locked = "the branch there is locked; if no git is at work, delete its main.lock";
            let again = "`leadby sync` tries again";
            let hints = [(is_locked, locked), (remote.is_saved(), again)].into_iter();
            let hints = hints.filter(|(is_so, _)| *is_so);
            return Err(hints.fold(failure, |failure, (_, hint)| failure.hint(hint)));
        }
    }
    Ok(done)
}

fn push_union(remote: &Remote, tip: &Tip, union: &Union, sending: PushMode) -> Result<(), Failure> {
    match sending {
        PushMode::WithoutHistory => remote.push_without_history(tip, &union.bytes),
        PushMode::OnHistory => remote.push(&remote.commit(tip, &union.bytes)?),
    }
}

/// An address for git: a folder by its absolute path, as git runs in another folder.
fn parse_address(url: &str) -> Result<String, Failure> {
    let refused = |why: &str| usage(format!("nothing was set up: {why}"));
    if url.trim().is_empty() || url.starts_with('-') || url.contains(['\n', '\0']) {
        return Err(refused(&format!("“{}” is not an address", quoted(url))));
    }
    let folder = Path::new(url);
    if folder.is_dir() {
        let whole =
            std::path::absolute(folder).map_err(|_| refused("the folder has no absolute path"))?;
        return Ok(whole.display().to_string());
    }
    Ok(url.to_owned())
}

/// The failure when no remote is set up; if the journal is in the user's own git repository, the
/// hint is its remote.
fn no_remote(journal: &Path) -> Failure {
    let known = || {
        let real = journal.canonicalize().ok()?;
        let git = Git::in_user_repository(real.parent()?);
        git.try_run(&["config", "--get", "remote.origin.url"])
            .ok()?
    };
    let failure = not_synced("no remote is set up yet").hint(INTACT_HINT);
    match known() {
        Some(url) => failure
            .hint(format!(
                "`leadby sync init {}` sets up the remote of the git repository the journal is in",
                shell_quote(git::redacted_url(&url))
            ))
            .hint("that repository itself is not touched: git only carries the lines"),
        None => failure.hint("`leadby sync init URL` sets one up; `--help` says more"),
    }
}

/// The failure when nothing was synced.
fn not_synced(why: &str) -> Failure {
    Failure::new(FailureKind::Sync, format!("nothing was synced: {why}"))
}
