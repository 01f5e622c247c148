//! The journal's copy at the remote: fetched and read as an object, committed and pushed.
//!
//! One file on one branch. Other files there stay as they are, and are only ever written to a disk
//! here as git's own objects.

use std::path::Path;

use super::git::{Git, redacted_url};
use super::seal::Seal;
use super::{INTACT_HINT, NEW_REPOSITORY, not_synced};
use crate::failure::{Failure, FailureKind};
use crate::journal::Id;
use crate::store::{SyncFolder, has_text_of, id_member};
use crate::text::{display_path, format_size, shell_path};

/// The branch, at the remote and as it was last seen.
const BRANCH: &str = "refs/heads/main";
const TRACKING_BRANCH: &str = "refs/remotes/origin/main";

/// What is saved of a remote: its address, the keys it is sealed to, and the file of the one that
/// opens it.
const ADDRESS: &str = "remote.origin.url";
const RECIPIENT: &str = "leadby.recipient";
const KEY: &str = "leadby.key";

/// The file, open and sealed.
const PLAIN_FILE: &str = "journal.jsonl";
const SEALED_FILE: &str = "journal.jsonl.age";

/// Above the first size the user is asked; above the second it is always refused, in bytes.
const ASK_ABOVE_BYTES: u64 = 50_000_000;
const MAX_BYTES: u64 = 1_000_000_000;

/// The remote of a journal, and git's copy of it.
pub(in crate::cli) struct Remote {
    git: Git,
    folder: SyncFolder,
    /// Its address, made safe to show.
    pub(in crate::cli) name: String,
    /// For git, which gets it each time: a remote of the same name elsewhere in its settings would
    /// replace parts of it.
    url: String,
    seal: Option<Seal>,
    /// Whether it is the one of the journal already; if not, the name of the one that is.
    is_saved: bool,
    before: Option<String>,
}

/// What the remote had when it was last fetched.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Tip {
    /// `None` if the branch does not exist.
    commit: Option<String>,
    /// The rest of the tree, as git lists it.
    other_files: Vec<Vec<u8>>,
    /// The object of the journal; `None` if there is no journal.
    journal: Option<String>,
}

/// The journal at the remote.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct RemoteJournal {
    pub(super) bytes: Vec<u8>,
    /// Whether it is sealed to fewer keys than it will be from here.
    pub(super) is_sealed_to_others: bool,
}

impl Tip {
    /// Whether it has no journal.
    pub(super) fn is_empty(&self) -> bool {
        self.journal.is_none()
    }

    pub(super) fn differs_from(&self, other: &Self) -> bool {
        self.commit != other.commit
    }
}

impl Remote {
    /// The remote that is set up for a journal.
    pub(in crate::cli) fn for_journal(journal: &Path) -> Result<Option<Self>, Failure> {
        let Some(folder) = SyncFolder::lock_existing(journal)? else {
            return Ok(None);
        };
        let git = Git::in_own_repository(folder.path());
        let all = |name| saved(&git, name);
        let Some(url) = all(ADDRESS)?.pop() else {
            return Ok(None);
        };
        let (key, recipients) = (all(KEY)?.pop(), all(RECIPIENT)?);
        let seal = match (key, recipients.is_empty()) {
            (None, true) => None,
            (Some(key), false) => Some(Seal {
                recipients,
                key: key.into(),
            }),
            // Half a seal is not a reason to send the journal unsealed.
            _ => return Err(incomplete_seal(&folder.path().join("config"))),
        };
        Ok(Some(Self {
            seal,
            name: redacted_url(&url),
            git: git.with_remote(&url),
            folder,
            url,
            is_saved: true,
            before: None,
        }))
    }

    /// The name of the remote that is set up for a journal.
    pub(super) fn saved_name(journal: &Path) -> Result<Option<String>, Failure> {
        let Some(folder) = SyncFolder::lock_existing(journal)? else {
            return Ok(None);
        };
        let url = saved(&Git::in_own_repository(folder.path()), ADDRESS)?.pop();
        Ok(url.map(|url| redacted_url(&url)))
    }

    /// A remote for a journal, to try: it is [saved](Self::save) once it worked. `before` is the name
    /// of the one that is set up.
    pub(super) fn new(
        journal: &Path,
        url: &str,
        seal: Option<Seal>,
        before: Option<String>,
    ) -> Result<Self, Failure> {
        let folder = SyncFolder::create(journal)?;
        folder.empty()?;
        let remote = Self {
            git: Git::in_own_repository(folder.path()).with_remote(url),
            folder,
            name: redacted_url(url),
            url: url.to_owned(),
            seal,
            is_saved: false,
            before,
        };
        remote.init_repository()?;
        Ok(remote)
    }

    pub(super) fn is_saved(&self) -> bool {
        self.is_saved
    }

    /// Saves the remote as the one of the journal.
    pub(super) fn save(&self) -> Result<(), Failure> {
        if self.is_saved() {
            return Ok(());
        }
        let set = |arguments: &[&str]| {
            let arguments = [&["config", "--file", "config"], arguments].concat();
            let trouble = "the remote could not be saved";
            self.git.run(&arguments, b"", trouble).map(drop)
        };
        // Without an address nothing is sent, whatever the moment it is killed at.
        for name in [ADDRESS, RECIPIENT, KEY] {
            let unset = ["config", "--file", "config", "--unset-all", name];
            self.git.ask(&unset, 5)?;
        }
        if let Some(seal) = &self.seal {
            for recipient in &seal.recipients {
                set(&["--add", RECIPIENT, recipient])?;
            }
            set(&[KEY, &seal.key.display().to_string()])?;
        }
        set(&[ADDRESS, &self.url])
    }

    /// Adds to the failure of a remote that is not saved which one is.
    pub(super) fn name_saved(&self, failure: Failure) -> Failure {
        if self.is_saved {
            return failure;
        }
        // What it has is not what the saved one has.
        let _ = self.drop_local_copy();
        failure.hint(match &self.before {
            Some(before) => format!("{before} is still the remote of this journal"),
            None => "no remote is set up yet; run it again once that is solved".to_owned(),
        })
    }

    /// Creates the bare repository, or the missing parts of it.
    fn init_repository(&self) -> Result<(), Failure> {
        let trouble = "git's copy of the remote could not be created";
        let init = ["init", "-q", "--bare", "--template=", "."];
        self.git.run(&init, b"", trouble).map(drop)
    }

    /// Fetches the remote. A local copy broken by a power cut or a full disk is rebuilt.
    pub(super) fn fetch(&self) -> Result<Tip, Failure> {
        let before = self
            .git
            .try_run(&["rev-parse", "-q", "--verify", TRACKING_BRANCH])?;
        let fetched = self.try_fetch();
        match (&fetched, &before) {
            // Its history was rewritten: what is only in the old one may have been forgotten.
            (Ok(tip), Some(before)) if !self.descends_from(before, tip)? => {}
            (Err(_), _) if !self.is_intact()? => {}
            _ => return fetched,
        }
        self.drop_local_copy()?;
        self.try_fetch()
    }

    /// Whether the remote's commit descends from an earlier one.
    fn descends_from(&self, before: &str, tip: &Tip) -> Result<bool, Failure> {
        let Some(now) = &tip.commit else {
            return Ok(false);
        };
        let ask = ["merge-base", "--is-ancestor", before, now];
        Ok(self.git.try_run(&ask)?.is_some())
    }

    /// Removes the local copy of the remote; the next fetch brings it again.
    fn drop_local_copy(&self) -> Result<(), Failure> {
        self.folder.empty()?;
        self.init_repository()
    }

    fn try_fetch(&self) -> Result<Tip, Failure> {
        let trouble = format!("could not fetch from {}", self.name);
        let to = format!("+{BRANCH}:{TRACKING_BRANCH}");
        let mut fetch = vec!["fetch", "--no-tags", "--no-recurse-submodules"];
        fetch.extend(["--no-write-fetch-head", progress_option(), &self.url, &to]);
        if let Err(failure) = self.git.run_with_progress(&fetch, &trouble) {
            if !failure.message().contains("couldn't find remote ref") {
                let failure = failure.hint(format!("{INTACT_HINT}; nothing was sent or received"));
                return Err(if self.is_saved() {
                    failure.hint(
                        "`leadby sync` tries again; `leadby sync init URL` sets another remote",
                    )
                } else {
                    failure
                });
            }
            // The branch does not exist yet, or no longer.
            self.git.try_run(&["update-ref", "-d", TRACKING_BRANCH])?;
            return Ok(Tip::default());
        }
        let commit = format!("{TRACKING_BRANCH}^{{commit}}");
        let verify = ["rev-parse", "-q", "--verify", &commit];
        let Some(commit) = self.git.ask(&verify, 1)? else {
            return Err(self.sync_failure("its branch main is not a commit"));
        };
        self.read_tip(commit)
    }

    fn read_tip(&self, commit: String) -> Result<Tip, Failure> {
        let trouble = format!("the content of {} could not be read", self.name);
        let list = ["ls-tree", "-z", "--full-tree", &commit];
        let list = self.git.run(&list, b"", &trouble)?;
        let (ours, other) = match self.seal {
            None => (PLAIN_FILE, SEALED_FILE),
            Some(_) => (SEALED_FILE, PLAIN_FILE),
        };
        let mut tip = Tip {
            commit: Some(commit),
            ..Tip::default()
        };
        for entry in list
            .split(|byte| *byte == 0)
            .filter(|entry| !entry.is_empty())
        {
            let (kind, name) = parse_tree_entry(entry);
            if name == other.as_bytes() {
                return Err(self.seal_mismatch());
            }
            if name != ours.as_bytes() {
                tip.other_files.push(entry.to_vec());
                continue;
            }
            tip.journal = match kind.as_slice() {
                ["100644" | "100755", "blob", object] => Some((*object).to_owned()),
                ["120000", ..] => return Err(self.sync_failure(&format!("its {ours} is a link"))),
                ["040000", ..] => return Err(self.sync_failure(&format!("its {ours} is a folder"))),
                _ => return Err(self.sync_failure(&format!("its {ours} is not a file"))),
            };
        }
        Ok(tip)
    }

    /// The journal at the remote, unsealed; empty if there is none. If it is much larger than the
    /// `ours` bytes here, `agree` decides whether to read it.
    pub(super) fn read_journal(
        &self,
        tip: &Tip,
        ours: u64,
        agree: impl FnOnce(&str) -> Result<bool, Failure>,
    ) -> Result<RemoteJournal, Failure> {
        let Some(bytes) = self.journal_bytes(tip, ours, agree)? else {
            return Ok(RemoteJournal::default());
        };
        Ok(match &self.seal {
            None => RemoteJournal {
                bytes,
                is_sealed_to_others: false,
            },
            Some(seal) => RemoteJournal {
                bytes: seal.open(&bytes)?,
                is_sealed_to_others: !seal.is_up_to_date(&bytes),
            },
        })
    }

    fn journal_bytes(
        &self,
        tip: &Tip,
        ours: u64,
        agree: impl FnOnce(&str) -> Result<bool, Failure>,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let Some(object) = &tip.journal else {
            return Ok(None);
        };
        let trouble = format!("the journal at {} could not be read", self.name);
        let length = self
            .git
            .run_for_object(&["cat-file", "-s", object], b"", &trouble)?;
        let length: u64 = length.parse().unwrap_or(u64::MAX);
        if length > MAX_BYTES {
            return Err(self.sync_failure("its journal is too large to be one"));
        }
        if length > ASK_ABOVE_BYTES.max(ours.saturating_mul(2)) {
            let question = format!("The journal there has {}. Import it?", format_size(length));
            if !agree(&question)? {
                return Err(self.sync_failure("its journal is larger than you want"));
            }
        }
        let bytes = self.git.run(&["cat-file", "blob", object], b"", &trouble)?;
        Ok(Some(bytes))
    }

    /// Commits a journal on top of the remote's history; returns the new commit.
    pub(super) fn commit(&self, tip: &Tip, journal: &[u8]) -> Result<String, Failure> {
        self.commit_with_parent(tip, tip.commit.as_deref(), journal)
    }

    /// Gives the remote this journal without any history; fails if another machine pushed since the
    /// last fetch.
    pub(super) fn push_without_history(&self, tip: &Tip, journal: &[u8]) -> Result<(), Failure> {
        let commit = self.commit_with_parent(tip, None, journal)?;
        // Only if it still is what was read (git-push(1)).
        let seen = tip.commit.as_deref().unwrap_or_default();
        let lease = format!("--force-with-lease={BRANCH}:{seen}");
        self.push_with(&commit, &[&lease])?;
        // The local copy has the old history.
        self.drop_local_copy()
    }

    fn commit_with_parent(
        &self,
        tip: &Tip,
        parent: Option<&str>,
        journal: &[u8],
    ) -> Result<String, Failure> {
        let trouble = "the journal could not be committed";
        let (name, sealed) = match &self.seal {
            None => (PLAIN_FILE, None),
            Some(seal) => (SEALED_FILE, Some(seal.seal(journal)?)),
        };
        let write = ["hash-object", "-w", "--no-filters", "--stdin"];
        let bytes = sealed.as_deref().unwrap_or(journal);
        let object = self.git.run_for_object(&write, bytes, trouble)?;
        let mut tree = format!("100644 blob {object}\t{name}\0").into_bytes();
        for entry in &tip.other_files {
            tree.extend_from_slice(entry);
            tree.push(0);
        }
        let tree = self.git.run_for_object(&["mktree", "-z"], &tree, trouble)?;
        let mut commit = vec!["commit-tree", &tree, "-m", "journal"];
        commit.extend(parent.iter().flat_map(|parent| ["-p", parent]));
        self.git.run_for_commit(&commit, trouble)
    }

    /// Pushes a commit; fails if another machine pushed since the last fetch.
    pub(super) fn push(&self, commit: &str) -> Result<(), Failure> {
        self.push_with(commit, &[])
    }

    fn push_with(&self, commit: &str, options: &[&str]) -> Result<(), Failure> {
        let trouble = format!("could not push to {}", self.name);
        let to = format!("{commit}:{BRANCH}");
        let mut push = vec!["push", "--no-verify", "--no-follow-tags", progress_option()];
        push.extend(options);
        push.extend([&*self.url, &to]);
        self.git.run_with_progress(&push, &trouble)?;
        // It is there; the next fetch makes up for what fails now.
        let _ = self.git.try_run(&["update-ref", TRACKING_BRANCH, commit]);
        let _ = self.repack_if_large();
        Ok(())
    }

    /// Whether a sealed remote has the journal unsealed in its history.
    pub(super) fn has_plain_history(&self) -> Result<bool, Failure> {
        if self.seal.is_none() {
            return Ok(false);
        }
        let look = ["rev-list", "-1", TRACKING_BRANCH, "--", PLAIN_FILE];
        Ok(self
            .git
            .try_run(&look)?
            .is_some_and(|found| !found.is_empty()))
    }

    /// Whether the history, as it was last seen, has text of a forgotten entry; `None` if it was not
    /// seen, or is sealed. What was never sent is removed from the local copy.
    pub(super) fn has_in_history(&self, id: &Id) -> Result<Option<bool>, Failure> {
        let trouble = "the copy of the remote could not be searched";
        self.git.run(&["prune", "--expire=now"], b"", trouble)?;
        let seen = ["rev-parse", "-q", "--verify", TRACKING_BRANCH];
        if self.seal.is_some() || self.git.ask(&seen, 1)?.is_none() {
            return Ok(None);
        }
        let commits = self.git.run(&["rev-list", TRACKING_BRANCH], b"", trouble)?;
        let text = format!("-S{}", id_member(id));
        let mut search = vec![
            "diff-tree",
            "--stdin",
            "--root",
            "-r",
            "-m",
            "-p",
            "-U0",
            "--text",
        ];
        search.extend(["--no-ext-diff", "--no-textconv", &text, "--", PLAIN_FILE]);
        let found = self.git.run(&search, &commits, trouble)?;
        let lines = found.split(|byte| *byte == b'\n');
        let mut added = lines.filter_map(|line| line.strip_prefix(b"+"));
        Ok(Some(added.any(|line| has_text_of(line, id))))
    }

    /// The names of what else is at the remote and may have a history.
    pub(super) fn other_refs(&self) -> Vec<String> {
        let listed = self.git.try_run(&["ls-remote", "--quiet", &self.url]);
        let listed = listed.ok().flatten().unwrap_or_default();
        let names = listed.lines().filter_map(|line| line.split('\t').nth(1));
        let names = names.filter(|name| !["HEAD", BRANCH].contains(name) && !name.ends_with("^{}"));
        let short = |name: &str| {
            let short = name.strip_prefix("refs/heads/");
            let short = short.or(name.strip_prefix("refs/tags/"));
            short.unwrap_or(name).to_owned()
        };
        names.map(short).collect()
    }

    /// Packs git's copy once it has grown: each push adds the whole journal to it.
    fn repack_if_large(&self) -> Result<(), Failure> {
        let counted = self
            .git
            .try_run(&["count-objects", "-v"])?
            .unwrap_or_default();
        let loose = counted.lines().find_map(|line| line.strip_prefix("size: "));
        let kilobytes: u64 = loose.and_then(|loose| loose.parse().ok()).unwrap_or(0);
        if kilobytes > 20_000 {
            self.git.try_run(&["repack", "-a", "-d", "-q"])?;
        }
        Ok(())
    }

    /// Whether git's local copy is intact.
    fn is_intact(&self) -> Result<bool, Failure> {
        let check = ["fsck", "--no-dangling", "--no-progress"];
        Ok(self.git.try_run(&check)?.is_some())
    }

    /// The failure when the remote has something unexpected.
    pub(super) fn sync_failure(&self, what: &str) -> Failure {
        let message = format!("nothing was synced with {}: {what}", self.name);
        let failure = Failure::new(FailureKind::Sync, message).hint(INTACT_HINT);
        if !self.is_saved() {
            return failure;
        }
        failure.hint(format!(
            "`git -C {} log -p {TRACKING_BRANCH}` shows what happened there",
            shell_path(self.folder.path())
        ))
    }

    fn seal_mismatch(&self) -> Failure {
        match self.seal {
            None => self
                .sync_failure("its journal is sealed, and this machine is set up without a seal")
                .hint("`leadby sync init URL --seal` sets the key that opens it"),
            Some(_) => self
                .sync_failure(&format!(
                    "it has {PLAIN_FILE}, which anyone there can read, and its history keeps it"
                ))
                .hint(NEW_REPOSITORY),
        }
    }
}

/// What is saved under a name; nothing only if git says so.
fn saved(git: &Git, name: &str) -> Result<Vec<String>, Failure> {
    let read = ["config", "--file", "config", "-z", "--get-all", name];
    let values = git.ask(&read, 1)?.unwrap_or_default();
    let values = values.split('\0').filter(|value| !value.is_empty());
    Ok(values.map(str::to_owned).collect())
}

fn incomplete_seal(settings: &Path) -> Failure {
    let settings = display_path(settings);
    not_synced(&format!("the seal is not complete in {settings}"))
        .hint(INTACT_HINT)
        .hint("`leadby sync init URL --seal` with every --to and your --key sets it up again")
}

/// Whether a push failed because another git had the branch locked, such as that of a sync that was
/// killed.
pub(super) fn is_branch_locked(failure: &Failure) -> bool {
    let reasons = ["failed to update ref", "cannot lock ref"];
    reasons.iter().any(|why| failure.message().contains(why))
}

/// The option for git: progress only on a terminal.
fn progress_option() -> &'static str {
    if super::child::shows_progress() {
        "--progress"
    } else {
        "--quiet"
    }
}

/// What git lists of a file in a tree: mode, kind and object, and its name.
fn parse_tree_entry(entry: &[u8]) -> (Vec<&str>, &[u8]) {
    let tab = entry.iter().position(|byte| *byte == b'\t');
    let (head, name) = entry.split_at(tab.unwrap_or(entry.len()));
    let head = std::str::from_utf8(head).unwrap_or_default();
    (head.split(' ').collect(), name.get(1..).unwrap_or_default())
}
