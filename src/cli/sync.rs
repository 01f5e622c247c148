//! `leadby sync`: the journal and its copy in a git repository brought together.
//!
//! The only command that may use a network, and only as git does. It commits, merges and pushes the
//! journal's file and, once, the line in `.gitattributes` that has git keep the lines of both sides;
//! no other file of the repository is touched, and no lock is held while git works.

mod git;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::ask::agreed;
use super::context::Context;
use super::merge::newly_unsettled;
use super::whereabouts::{for_shell, shown};
use crate::failure::{Failure, Kind};
use crate::store::{self, Held};
use crate::words::count;
use git::Git;

const EXAMPLES: &str = "\
Examples:
  leadby sync
  leadby sync --yes                       from a timer: sets git up without asking, the first time

To begin, once, in the folder of the journal (leadby where names it):
  git init && git remote add origin URL   on the first machine
On every other machine clone that, and point LEADBY_JOURNAL at the journal in the clone.

The first time, it adds a line to .gitattributes that has git keep the lines of both sides
(merge=union), and one to .git/info/exclude that keeps drafts and snapshots out. It merges and never
rebases. Whatever goes wrong, the journal stays whole where it lies; the message says what to do.";

/// How often it begins again when somebody else pushed in between.
const TRIES: usize = 3;

/// What is said with every failure.
const SAFE: &str = "your journal is whole where it lies";

/// Bring the journal and its copy in a git repository together
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Do not ask before git is set up for the journal
    #[arg(long)]
    yes: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        // Something else than a journal is refused, as everywhere.
        context.open()?;
        let place = Place::find(&context.path)?;
        if !place.set_up(self.yes)? {
            context.output.line("Nothing was changed.")?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut sync = Sync {
            place,
            received: 0,
            sent: 0,
        };
        let before = context.open()?.journal;
        sync.bring_together(context)?;
        let (sent, received) = (count(sync.sent, "line"), count(sync.received, "line"));
        let with = &sync.place.remote;
        context.output.line(&format!(
            "In step with {with}: {sent} sent, {received} received."
        ))?;
        let after = context.open()?.journal;
        for line in newly_unsettled(&before, &after, &context.catalog) {
            context.output.line(&line)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The journal in its repository.
struct Place {
    git: Git,
    /// The journal's folder, without symbolic links.
    folder: PathBuf,
    /// The journal's file in it.
    name: String,
    branch: String,
    remote: String,
}

struct Sync {
    place: Place,
    received: usize,
    sent: usize,
}

impl Place {
    fn find(journal: &Path) -> Result<Self, Failure> {
        let missing = |_| {
            refused("there is no journal yet to synchronise")
                .hint("`leadby commit TEXT` or the first page of the walk begins one")
        };
        let real = journal.canonicalize().map_err(missing)?;
        let folder = real.parent().unwrap_or(&real).to_owned();
        let name = real.file_name().unwrap_or_default().to_string_lossy();
        let git = Git::at(&folder)?;
        let begin = "`git init && git remote add origin URL` in that folder begins; \
                     `leadby sync --help` says more";
        if git.ask(&["rev-parse", "--is-inside-work-tree"])?.as_deref() != Some("true") {
            let message = format!(
                "the journal's folder {} is in no git repository",
                shown(&folder)
            );
            return Err(refused(message).hint(begin));
        }
        let Some(branch) = git.ask(&["symbolic-ref", "--short", "-q", "HEAD"])? else {
            let failure = refused("the repository is on no branch (its head is detached)");
            return Err(failure.hint("`git switch BRANCH` goes back to one, then `leadby sync`"));
        };
        for (head, what) in [
            ("MERGE_HEAD", "merge"),
            ("REBASE_HEAD", "rebase"),
            ("CHERRY_PICK_HEAD", "cherry-pick"),
        ] {
            if git.ask(&["rev-parse", "-q", "--verify", head])?.is_some() {
                let failure = refused(format!("a {what} is under way in the repository"));
                let next = format!("`git {what} --continue` or `--abort` ends it");
                return Err(failure.hint(format!("{next}, then `leadby sync`")));
            }
        }
        let configured = git.ask(&["config", &format!("branch.{branch}.remote")])?;
        let remotes = git.ask(&["remote"])?.unwrap_or_default();
        let mut remotes = remotes.lines();
        let first = remotes
            .clone()
            .find(|name| *name == "origin")
            .or(remotes.next());
        let remote = configured
            .filter(|name| name != ".")
            .or(first.map(str::to_owned));
        let Some(remote) = remote.filter(|name| !name.is_empty()) else {
            let failure = refused("the repository has no remote to synchronise with");
            return Err(failure.hint("`git remote add origin URL` names one, then `leadby sync`"));
        };
        let place = Self {
            git,
            folder,
            name: name.into_owned(),
            branch,
            remote,
        };
        if place
            .git
            .ask(&["check-ignore", "-q", "--", &place.name])?
            .is_some()
        {
            let failure = refused("git is told to ignore the journal");
            return Err(failure.hint("take it out of .gitignore, then `leadby sync`"));
        }
        Ok(place)
    }

    /// The branch of the remote as git last saw it: `origin/main`.
    fn theirs(&self) -> String {
        format!("refs/remotes/{}/{}", self.remote, self.branch)
    }

    /// Sets git up for the journal where it is not; answers whether it is now.
    fn set_up(&self, yes: bool) -> Result<bool, Failure> {
        let attribute = self.git.ask(&["check-attr", "merge", "--", &self.name])?;
        let union = attribute.is_some_and(|answer| answer.ends_with(": merge: union"));
        let draft = format!("{}.draft", self.name);
        let out = self
            .git
            .ask(&["check-ignore", "-q", "--no-index", "--", &draft])?;
        let mut plan = Vec::new();
        if !union {
            plan.push(".gitattributes gets a line that has git keep the lines of both sides");
        }
        if out.is_none() {
            plan.push(".git/info/exclude gets a line that keeps drafts and snapshots out");
        }
        if plan.is_empty() {
            return Ok(true);
        }
        let question = format!("{}.\nSet git up like this?", plan.join(",\n"));
        if !agreed(&question, yes, "leadby sync --yes")? {
            return Ok(false);
        }
        let pattern = pattern(&self.name);
        if !union {
            if self.is_changed(".gitattributes")? {
                let failure = refused(".gitattributes has changes that are not committed");
                return Err(failure.hint("commit them, then `leadby sync`"));
            }
            let line = format!("{pattern} merge=union");
            store::add_line(&self.folder.join(".gitattributes"), &line)?;
        }
        if out.is_none() {
            let exclude = self.git.ask(&["rev-parse", "--git-path", "info/exclude"])?;
            let exclude = exclude.ok_or_else(|| refused("git does not say where it lies"))?;
            let line = format!("{}.*\n.leadby-*", self.name);
            store::add_line(&self.folder.join(exclude), &line)?;
        }
        Ok(true)
    }

    fn is_changed(&self, name: &str) -> Result<bool, Failure> {
        let status = self.git.ask(&["status", "--porcelain", "--", name])?;
        Ok(status.is_some_and(|status| !status.is_empty()))
    }
}

impl Sync {
    fn bring_together(&mut self, context: &Context<'_>) -> Result<(), Failure> {
        for turn in 1..=TRIES {
            self.commit()?;
            self.fetch()?;
            self.merge(context)?;
            match self.push() {
                Err(_) if turn < TRIES => {}
                pushed => return pushed,
            }
        }
        Ok(())
    }

    /// Commits the journal, and the line for git when it was just added; nothing else.
    fn commit(&self) -> Result<(), Failure> {
        let place = &self.place;
        let journal = place.folder.join(&place.name);
        if !Held::take(&journal)?.ends_with_a_line()? {
            let failure = refused("the last line of the journal has no end, as after a crash");
            return Err(failure.hint("the next save closes it off; then `leadby sync`"));
        }
        let mut names = Vec::new();
        for name in [place.name.as_str(), ".gitattributes"] {
            if place.is_changed(name)? {
                names.push(name);
            }
        }
        if names.is_empty() {
            return Ok(());
        }
        let trouble = "the journal could not be committed";
        let with = |start: &[&'static str]| {
            let mut arguments: Vec<&str> = start.to_vec();
            arguments.push("--");
            arguments.extend(&names);
            arguments
        };
        place
            .git
            .run(&with(&["add"]), trouble)
            .and_then(|()| {
                // What somebody has staged of other files stays staged.
                let commit = ["commit", "-q", "--no-verify", "-m", "journal", "--only"];
                place.git.run(&with(&commit), trouble)
            })
            .map_err(|failure| {
                let name = "`git config user.name` and `user.email` must be set";
                failure
                    .hint(SAFE)
                    .hint(format!("{name}; then `leadby sync`"))
            })
    }

    fn fetch(&self) -> Result<(), Failure> {
        let place = &self.place;
        let trouble = format!("{} could not be reached", place.remote);
        place
            .git
            .run(&["fetch", "-q", &place.remote], &trouble)
            .map_err(|failure| {
                failure
                    .hint(format!(
                        "{SAFE}, and committed there; nothing was sent or received"
                    ))
                    .hint("`leadby sync` again once it can be reached")
            })
    }

    /// Merges what the others have; every line that was here before is here after.
    fn merge(&mut self, context: &Context<'_>) -> Result<(), Failure> {
        let place = &self.place;
        let theirs = place.theirs();
        let journal = place.folder.join(&place.name);
        let held = Held::take(&journal)?;
        let before = held.lines()?;
        let there = format!("{theirs}:./{}", place.name);
        let there = place.git.bytes(&["show", &there])?.unwrap_or_default();
        let there: HashSet<&[u8]> = there.split(|byte| *byte == b'\n').collect();
        let unsent = before.iter().filter(|line| !there.contains(&***line));
        self.sent = unsent.count();
        if place
            .git
            .ask(&["rev-parse", "-q", "--verify", &theirs])?
            .is_none()
        {
            return Ok(());
        }
        let trouble = format!("git could not merge {}/{}", place.remote, place.branch);
        let merge = ["merge", "--ff", "--no-edit", "--no-verify", &theirs];
        let merged = place.git.run(&merge, &trouble);
        if merged.is_err() {
            // Where git did not even begin, there is nothing to end.
            let _ = place.git.ask(&["merge", "--abort"])?;
        }
        // git puts another file in the journal's place, and knows nothing of its lock and its mode.
        held.put_back(context.now)?;
        merged.map_err(|failure| {
            let folder = for_shell(&place.folder);
            failure
                .hint(format!(
                    "{SAFE}, and committed there; the merge was given up"
                ))
                .hint("other files of the repository are in the way: commit or unstage them")
                .hint(format!(
                    "`git -C {folder} merge {theirs}` shows which; then `leadby sync`"
                ))
        })?;
        let after = Held::take(&journal)?.lines()?;
        self.received += after.difference(&before).count();
        Ok(())
    }

    fn push(&self) -> Result<(), Failure> {
        let place = &self.place;
        let trouble = format!("{} did not take the journal", place.remote);
        let to = format!("HEAD:refs/heads/{}", place.branch);
        place
            .git
            .run(&["push", "-q", "-u", &place.remote, &to], &trouble)
            .map_err(|failure| {
                failure
                    .hint(format!(
                        "{SAFE}, committed and merged there; only sending it failed"
                    ))
                    .hint("`leadby sync` tries again")
            })
    }
}

/// A name as a line of `.gitattributes` has it.
fn pattern(name: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "._-".contains(letter);
    name.chars()
        .map(|letter| if plain(letter) { letter } else { '?' })
        .collect()
}

fn refused(message: impl Into<String>) -> Failure {
    let message = format!("nothing was synchronised: {}", message.into());
    Failure::new(Kind::Sync, message).hint(SAFE)
}
