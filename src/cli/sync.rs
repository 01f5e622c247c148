//! `leadby sync`: the journal and its copy at a remote brought together.
//!
//! The only command that may use a network, and only as git does. git carries: it fetches, holds
//! objects and pushes, in a bare repository of its own beside the journal. What the remote holds is
//! read as an object and taken in as `leadby import` does it; git never writes the journal.

mod child;
pub(super) mod git;
mod remote;
mod seal;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::ask::agreed;
use super::context::{Context, Opened};
use super::import::{back_up, far, forgotten_there, newly_unsettled};
use crate::failure::{Failure, Kind};
use crate::store::{Import, Union};
use crate::words::{self, count, for_shell, quoted};
use git::Git;
pub(super) use git::tracked;
use remote::{Remote, Tip};
use seal::Seal;

const EXAMPLES: &str = "\
Examples:
  leadby sync init git@example.org:anna/journal.git
  leadby sync                             as often as you like
  leadby sync --yes                       from a timer: never asks

Set it up once on each machine, with the same URL: an empty repository of your own to begin with.
The lines that either side lacks are added to it, and none is ever removed but those of entries you
forgot. Whatever goes wrong, the journal stays whole where it lies; the message says what to do.

Whoever can read the remote can read the journal, unless it is sealed: see leadby sync init --help.";

const INIT_EXAMPLES: &str = "\
Examples:
  leadby sync init git@example.org:anna/journal.git
  leadby sync init /media/stick/journal.git --yes
  leadby sync init URL --seal --to age1anna --to age1spare --key anna.txt --spare spare.txt

git reaches the remote, with your own ssh keys, passwords and proxies. The journal is one file
there, journal.jsonl on the branch main; other files there stay as they are.

Whoever can read the remote, and whoever runs it, can read the journal. With --seal, age (or rage)
seals it before it leaves this machine: there is only journal.jsonl.age then, which nobody can read
without one of your keys. They still see how large it is and when it changes.

age-keygen makes a key: --to names its public half, --key the file of its private half. Have two at
least, one for each machine and one for a bad day, which you keep somewhere else; --spare tries
that one before the first time anything is sent, and is not remembered. When a machine is added, its key
is one more --to: name all of them again, on the first machine first.";

/// How often it begins again when another machine pushed in between.
const AGAIN: usize = 5;

/// What is said with every failure.
const SAFE: &str = "your journal is whole where it lies";

/// Bring the journal and its copy at a remote together
#[derive(Debug, clap::Args)]
#[command(
    after_help = EXAMPLES,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Sub>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

#[derive(Debug, clap::Subcommand)]
enum Sub {
    Init(Init),
}

/// Name the remote, and bring the journal together with it for the first time
#[derive(Debug, clap::Args)]
#[command(after_help = INIT_EXAMPLES)]
struct Init {
    /// Where the remote is, as git takes it: an address, or a folder
    #[arg(value_hint = clap::ValueHint::Url)]
    url: String,
    /// Seal the journal, so that the remote cannot read it
    #[arg(long, requires_all = ["to", "key"])]
    seal: bool,
    /// Whoever can open it: a public key of age, or of ssh
    #[arg(long, value_name = "PUBLIC_KEY", requires = "seal")]
    to: Vec<String>,
    /// The file of the private key that opens it on this machine
    #[arg(long, value_name = "FILE", requires = "seal", value_hint = clap::ValueHint::FilePath)]
    key: Option<PathBuf>,
    /// The file of the private key for a bad day, which is only tried
    #[arg(long, value_name = "FILE", requires = "seal", value_hint = clap::ValueHint::FilePath)]
    spare: Option<PathBuf>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        // Something else than a journal is refused, as everywhere.
        let mut opened = context.open()?;
        let (remote, yes) = match self.command {
            None => {
                let remote = Remote::of(&context.path)?;
                (remote.ok_or_else(|| not_set_up(&context.path))?, self.yes)
            }
            Some(Sub::Init(init)) => match init.set_up(context)? {
                Some(remote) => (remote, init.yes),
                None => {
                    context.output.line("Nothing was changed.")?;
                    return Ok(ExitCode::SUCCESS);
                }
            },
        };
        let done = bring_together(context, &mut opened, &remote, (yes, Sending::OnTop))?;
        for line in done.words(&remote.name) {
            context.output.line(&line)?;
        }
        if done.received > 0 {
            let after = context.open()?.journal;
            for line in newly_unsettled(&opened.journal, &after, &context.catalog) {
                context.output.line(&line)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Init {
    /// Sets the remote up, once somebody agreed; none when nobody did.
    fn set_up(&self, context: &Context<'_>) -> Result<Option<Remote>, Failure> {
        let url = address(&self.url)?;
        let seal = self.key.as_deref().map(|key| self.seal(key)).transpose()?;
        let name = git::shown(&url);
        let (how, who) = match &seal {
            Some(seal) => (
                format!("sealed to {}", count(seal.recipients.len(), "key")),
                "Without one of the keys nobody can read it there, nor you.",
            ),
            None => (
                "branch main".to_owned(),
                "Whoever can read that, and whoever runs it, can read the journal.",
            ),
        };
        let before = Remote::of(&context.path)?.map(|remote| remote.name);
        let before = before.filter(|before| *before != name);
        let before = before.map(|before| format!("It takes the place of {before}.\n"));
        let question = format!(
            "The journal will be sent to {name}, {how}.\n{}{who}\nSet it up like this?",
            before.unwrap_or_default()
        );
        let again = format!("leadby sync init {} --yes", for_shell(&self.url));
        if !agreed(&question, self.yes, &again)? {
            return Ok(None);
        }
        let is_sealed = seal.is_some();
        let remote = Remote::set_up(&context.path, &url, seal)?;
        if is_sealed && self.spare.is_none() && remote.fetch()?.is_empty() {
            remote.give_up()?;
            return Err(one_key("a key for a bad day was not tried")
                .hint("`--spare FILE` names its file, for this one time"));
        }
        Ok(Some(remote))
    }

    fn seal(&self, key: &Path) -> Result<Seal, Failure> {
        if self.to.len() < 2 {
            return Err(one_key("one key is not enough"));
        }
        let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let seal = Seal {
            recipients: self.to.clone(),
            key: whole(key),
        };
        seal.try_out(self.spare.as_deref().map(whole).as_deref())?;
        Ok(seal)
    }
}

/// What is said where the loss of one key would be the loss of everything at the remote.
fn one_key(what: &str) -> Failure {
    let message = format!(
        "nothing was set up: {what}; should the one of this machine be lost, nobody could open \
         what lies at the remote"
    );
    Failure::new(Kind::Usage, message).hint(
        "`age-keygen -o FILE` makes one: name it with --to and --spare, and keep it elsewhere",
    )
}

/// What came of a synchronisation.
#[derive(Debug, Default)]
struct Done {
    sent: usize,
    received: usize,
    /// The lines of forgotten entries that were taken out there.
    removed: usize,
    /// The lines here that nobody can read.
    unreadable: usize,
    /// Entries that are gone here, as they were forgotten there.
    gone: Vec<String>,
}

impl Done {
    fn words(&self, name: &str) -> Vec<String> {
        let (sent, received) = (count(self.sent, "line"), count(self.received, "line"));
        let mut lines = vec![format!(
            "In step with {name}: {sent} sent, {received} received."
        )];
        lines.extend(self.gone.iter().cloned());
        if self.removed > 0 {
            let removed = count(self.removed, "line");
            lines.push(format!(
                "What you forgot was removed there, {removed}; the history there still has it: \
                 `leadby forget ID --everywhere`."
            ));
        }
        if self.unreadable > 0 {
            let lines_here = count(self.unreadable, "line");
            lines.push(format!(
                "{lines_here} here cannot be read and stayed here; `leadby doctor` names what is wrong."
            ));
        }
        lines
    }
}

/// How what is brought together goes to the remote.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Sending {
    /// On top of what it holds, where anything is new.
    OnTop,
    /// With no history before it.
    Anew,
}

/// What the remote of a journal is called; none where none was set up.
pub(super) fn remote_of(journal: &Path) -> Result<Option<String>, Failure> {
    Ok(Remote::of(journal)?.map(|remote| remote.name))
}

/// Takes the history of the journal at its remote away, with what was forgotten in it; answers what
/// is to be said of that.
pub(super) fn forget_history(
    context: &Context<'_>,
    opened: &mut Opened,
) -> Result<Vec<String>, Failure> {
    let Some(remote) = Remote::of(&context.path)? else {
        return Ok(Vec::new());
    };
    let done = bring_together(context, opened, &remote, (true, Sending::Anew));
    let name = &remote.name;
    done.map_err(|failure| {
        failure.hint(format!(
            "it is forgotten here; the history at {name} still has it"
        ))
    })?;
    Ok(vec![
        format!("The history at {name} begins anew, without it."),
        "A host may keep what was there before for some weeks; ask it to remove that, if it matters."
            .to_owned(),
    ])
}

/// What is to be said of a git repository that somebody keeps the journal in.
pub(super) fn tracked_history(journal: &Path) -> Option<String> {
    let folder = journal.parent()?;
    let tracked = tracked(folder, &[journal.to_owned()]);
    let folder = words::one_line(&folder.display().to_string());
    let text = format!("Still in the history of the git repository that {folder} lies in.");
    (!tracked.is_empty()).then_some(text)
}

fn bring_together(
    context: &Context<'_>,
    opened: &mut Opened,
    remote: &Remote,
    (yes, sending): (bool, Sending),
) -> Result<Done, Failure> {
    let mut done = Done::default();
    let mut tip = remote.fetch()?;
    for turn in 0.. {
        let ours = context.path.metadata().map_or(0, |file| file.len());
        let there = remote.read(&tip, ours, |question| {
            agreed(question, yes, "leadby sync --yes")
        })?;
        let Some(copy) = Import::of_journal(there.journal) else {
            return Err(remote.refused("its journal.jsonl is no leadby journal"));
        };
        let compared = opened
            .store
            .weigh(&copy, &mut far("Looked at", copy.length()))?;
        if compared.added > 0 {
            back_up(context, opened);
            let gone = forgotten_there(&compared, &opened.journal, &context.catalog);
            done.gone.extend(gone);
            done.received += opened
                .store
                .import(&copy, &mut far("Taken in", copy.length()))?
                .added;
        }
        let union = opened.store.union(&copy)?;
        done.unreadable = union.unreadable;
        if sending == Sending::OnTop && !union.is_news() && !there.is_sealed_to_others {
            return Ok(done);
        }
        let Err(failure) = send(remote, &tip, &union, sending) else {
            (done.sent, done.removed) = (union.added, union.removed);
            return Ok(done);
        };
        let received = count(done.received, "line");
        let failure = failure.hint(format!(
            "{SAFE}, with {received} received; not all was sent"
        ));
        // Another machine was faster, or the remote does not take it.
        let last = std::mem::replace(&mut tip, remote.fetch()?);
        if turn >= AGAIN || !tip.is_other_than(&last) {
            return Err(failure.hint("`leadby sync` tries again"));
        }
    }
    Ok(done)
}

fn send(remote: &Remote, tip: &Tip, union: &Union, sending: Sending) -> Result<(), Failure> {
    match sending {
        Sending::Anew => remote.begin_anew(tip, &union.bytes),
        Sending::OnTop => remote.push(&remote.commit(tip, &union.bytes)?),
    }
}

/// An address as git is to have it: a folder by its whole path, as git works in another one.
fn address(url: &str) -> Result<String, Failure> {
    let refused = |why: &str| {
        let message = format!("nothing was set up: {why}");
        Failure::new(Kind::Usage, message)
    };
    if url.trim().is_empty() || url.starts_with('-') || url.contains(['\n', '\0']) {
        return Err(refused(&format!("“{}” is no address", quoted(url))));
    }
    let folder = Path::new(url);
    if folder.is_dir() {
        let whole = std::path::absolute(folder);
        let whole = whole.map_err(|_| refused("the folder has no whole path"))?;
        return Ok(whole.display().to_string());
    }
    Ok(url.to_owned())
}

/// What is said where no remote was set up; where the journal lies in somebody's git repository, its
/// remote is named.
fn not_set_up(journal: &Path) -> Failure {
    let known = || {
        let real = journal.canonicalize().ok()?;
        let git = Git::around(real.parent()?);
        git.ask(&["config", "--get", "remote.origin.url"]).ok()?
    };
    let failure = refused("no remote was set up yet");
    match known() {
        Some(url) => failure
            .hint(format!(
                "`leadby sync init {}` sets up the one of the git repository the journal lies in",
                for_shell(git::shown(&url))
            ))
            .hint("that repository itself is not touched any more: git only carries the lines"),
        None => failure.hint("`leadby sync init URL` sets one up; `--help` says more"),
    }
}

fn refused(message: impl Into<String>) -> Failure {
    let message = format!("nothing was synchronised: {}", message.into());
    Failure::new(Kind::Sync, message).hint(SAFE)
}
