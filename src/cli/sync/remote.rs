//! The journal's copy at the remote: fetched and read as an object, committed and pushed.
//!
//! One file on one branch. Whatever else lies there stays as it is, and nothing of it is ever
//! written to a disk here but as git's own objects.

use std::path::Path;

use super::SAFE;
use super::git::{Git, shown};
use super::seal::Seal;
use crate::cli::whereabouts::{for_shell, size};
use crate::failure::{Failure, Kind};
use crate::store::SyncFolder;

/// The branch, at the remote and as it was last seen.
const BRANCH: &str = "refs/heads/main";
const SEEN: &str = "refs/remotes/origin/main";

/// The file, open and sealed.
const OPEN: &str = "journal.jsonl";
const SEALED: &str = "journal.jsonl.age";

/// More than this many bytes are asked about first, and more than that never taken.
const LARGE: u64 = 50_000_000;
const LARGEST: u64 = 1_000_000_000;

/// The remote of a journal, and git's copy of it.
pub(super) struct Remote {
    git: Git,
    folder: SyncFolder,
    /// Its address as it may be shown.
    pub(super) name: String,
    seal: Option<Seal>,
}

/// What the remote held when it was last fetched.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Tip {
    /// The last commit; none where the branch is not there.
    commit: Option<String>,
    /// The rest of its tree, as git lists it.
    others: Vec<Vec<u8>>,
    /// The journal's object; none where there is no journal.
    journal: Option<String>,
}

/// The journal as the remote holds it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct There {
    /// Its bytes.
    pub(super) journal: Vec<u8>,
    /// Whether it is sealed to fewer keys than it will be from here.
    pub(super) is_sealed_to_others: bool,
}

impl Tip {
    /// Whether it holds no journal.
    pub(super) fn is_empty(&self) -> bool {
        self.journal.is_none()
    }

    /// Whether this is another commit.
    pub(super) fn is_other_than(&self, other: &Self) -> bool {
        self.commit != other.commit
    }
}

impl Remote {
    /// The remote that was set up for a journal; none when none was.
    pub(super) fn of(journal: &Path) -> Result<Option<Self>, Failure> {
        let Some(folder) = SyncFolder::hold(journal)? else {
            return Ok(None);
        };
        let git = Git::at(folder.path());
        let all = |name: &str| -> Result<Vec<String>, Failure> {
            let values = git.ask(&["config", "--file", "config", "-z", "--get-all", name])?;
            let values = values.unwrap_or_default();
            let values = values.split('\0').filter(|value| !value.is_empty());
            Ok(values.map(str::to_owned).collect())
        };
        let Some(url) = all("remote.origin.url")?.pop() else {
            return Ok(None);
        };
        let key = all("leadby.key")?.pop();
        let seal = key.map(|key| -> Result<Seal, Failure> {
            Ok(Seal {
                recipients: all("leadby.recipient")?,
                key: key.into(),
            })
        });
        Ok(Some(Self {
            seal: seal.transpose()?,
            name: shown(&url),
            git: git.talking_to(&url),
            folder,
        }))
    }

    /// Sets the remote of a journal up, or another one in its place.
    pub(super) fn set_up(journal: &Path, url: &str, seal: Option<Seal>) -> Result<Self, Failure> {
        let folder = SyncFolder::make(journal)?;
        folder.empty()?;
        let remote = Self {
            git: Git::at(folder.path()).talking_to(url),
            folder,
            name: shown(url),
            seal,
        };
        remote.make()?;
        let trouble = "the remote could not be noted";
        let set = |arguments: &[&str]| {
            let arguments = [&["config", "--file", "config"], arguments].concat();
            remote.git.run(&arguments, b"", trouble)
        };
        let unset = |name: &str| {
            let arguments = ["config", "--file", "config", "--unset-all", name];
            remote.git.ask(&arguments)
        };
        for name in ["leadby.recipient", "leadby.key"] {
            unset(name)?;
        }
        if let Some(seal) = &remote.seal {
            for recipient in &seal.recipients {
                set(&["--add", "leadby.recipient", recipient])?;
            }
            set(&["leadby.key", &seal.key.display().to_string()])?;
        }
        set(&["--replace-all", "remote.origin.url", url])?;
        Ok(remote)
    }

    /// Takes back what was set up.
    pub(super) fn give_up(&self) -> Result<(), Failure> {
        let unset = [
            "config",
            "--file",
            "config",
            "--unset-all",
            "remote.origin.url",
        ];
        self.git
            .run(&unset, b"", "the remote is still noted")
            .map(drop)
    }

    /// Makes the bare repository, or what of it is missing.
    fn make(&self) -> Result<(), Failure> {
        let trouble = "git's copy of the remote could not be made";
        let init = ["init", "-q", "--bare", "--template=", "."];
        self.git.run(&init, b"", trouble).map(drop)
    }

    /// Fetches what the remote holds. A copy here that was broken, by a power cut or a full disk,
    /// is made anew.
    pub(super) fn fetch(&self) -> Result<Tip, Failure> {
        let before = self.git.ask(&["rev-parse", "-q", "--verify", SEEN])?;
        let fetched = self.try_fetch();
        match (&fetched, &before) {
            // The history there is another one: what is only in the old one may have been forgotten.
            (Ok(tip), Some(before)) if !self.goes_on(before, tip)? => {}
            (Err(_), _) if !self.is_sound()? => {}
            _ => return fetched,
        }
        self.let_go()?;
        self.try_fetch()
    }

    /// Whether what the remote holds goes on from an earlier commit.
    fn goes_on(&self, before: &str, tip: &Tip) -> Result<bool, Failure> {
        let Some(now) = &tip.commit else {
            return Ok(false);
        };
        let ask = ["merge-base", "--is-ancestor", before, now];
        Ok(self.git.ask(&ask)?.is_some())
    }

    /// Removes everything of the remote that is kept here; the next fetch brings what it holds.
    fn let_go(&self) -> Result<(), Failure> {
        self.folder.empty()?;
        self.make()
    }

    fn try_fetch(&self) -> Result<Tip, Failure> {
        let trouble = format!("nothing could be fetched from {}", self.name);
        let to = format!("+{BRANCH}:{SEEN}");
        let mut fetch = vec!["fetch", "--no-tags", "--no-recurse-submodules"];
        fetch.extend(["--no-write-fetch-head", progress(), "origin", &to]);
        if let Err(failure) = self.git.talk(&fetch, &trouble) {
            if !failure.message().contains("couldn't find remote ref") {
                return Err(failure
                    .hint(format!("{SAFE}; nothing was sent or received"))
                    .hint(
                        "`leadby sync` tries again; `leadby sync init URL` names another remote",
                    ));
            }
            // The branch is not there yet, or not any more.
            self.git.ask(&["update-ref", "-d", SEEN])?;
            return Ok(Tip::default());
        }
        let commit = format!("{SEEN}^{{commit}}");
        let Some(commit) = self.git.ask(&["rev-parse", "-q", "--verify", &commit])? else {
            return Err(self.refused("its branch main is no commit"));
        };
        self.tip(commit)
    }

    /// What a commit holds.
    fn tip(&self, commit: String) -> Result<Tip, Failure> {
        let trouble = format!("what {} holds could not be read", self.name);
        let list = ["ls-tree", "-z", "--full-tree", &commit];
        let list = self.git.run(&list, b"", &trouble)?;
        let (ours, other) = match self.seal {
            None => (OPEN, SEALED),
            Some(_) => (SEALED, OPEN),
        };
        let mut tip = Tip {
            commit: Some(commit),
            ..Tip::default()
        };
        for entry in list
            .split(|byte| *byte == 0)
            .filter(|entry| !entry.is_empty())
        {
            let (kind, name) = parts(entry);
            if name == other.as_bytes() {
                return Err(self.sealed_otherwise());
            }
            if name != ours.as_bytes() {
                tip.others.push(entry.to_vec());
                continue;
            }
            tip.journal = match kind.as_slice() {
                ["100644" | "100755", "blob", object] => Some((*object).to_owned()),
                ["120000", ..] => return Err(self.refused(&format!("its {ours} is a link"))),
                ["040000", ..] => return Err(self.refused(&format!("its {ours} is a folder"))),
                _ => return Err(self.refused(&format!("its {ours} is no file"))),
            };
        }
        Ok(tip)
    }

    /// The journal as the remote holds it, without its seal; empty where it has none. Whether one
    /// that is far larger than ours, of which so many bytes are here, is wanted, `agree` says.
    pub(super) fn read(
        &self,
        tip: &Tip,
        ours: u64,
        agree: impl FnOnce(&str) -> Result<bool, Failure>,
    ) -> Result<There, Failure> {
        let Some(bytes) = self.bytes(tip, ours, agree)? else {
            return Ok(There::default());
        };
        Ok(match &self.seal {
            None => There {
                journal: bytes,
                is_sealed_to_others: false,
            },
            Some(seal) => There {
                journal: seal.open(&bytes)?,
                is_sealed_to_others: !seal.is_up_to_date(&bytes),
            },
        })
    }

    fn bytes(
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
            .object(&["cat-file", "-s", object], b"", &trouble)?;
        let length: u64 = length.parse().unwrap_or(u64::MAX);
        if length > LARGEST {
            return Err(self.refused("its journal is larger than any journal"));
        }
        if length > LARGE.max(ours.saturating_mul(2)) {
            let question = format!("The journal there has {}. Take it in?", size(length));
            if !agree(&question)? {
                return Err(self.refused("its journal is larger than was wanted"));
            }
        }
        let bytes = self.git.run(&["cat-file", "blob", object], b"", &trouble)?;
        Ok(Some(bytes))
    }

    /// Commits a journal on top of what the remote held; answers the new commit.
    pub(super) fn commit(&self, tip: &Tip, journal: &[u8]) -> Result<String, Failure> {
        self.commit_on(tip, tip.commit.as_deref(), journal)
    }

    /// Gives the remote this journal and no history before it; fails when another machine pushed
    /// since the last fetch.
    pub(super) fn begin_anew(&self, tip: &Tip, journal: &[u8]) -> Result<(), Failure> {
        let commit = self.commit_on(tip, None, journal)?;
        // Only where it is still what was read (git-push(1)).
        let seen = tip.commit.as_deref().unwrap_or_default();
        let lease = format!("--force-with-lease={BRANCH}:{seen}");
        self.push_with(&commit, &[&lease])?;
        // What was fetched before has the old history.
        self.let_go()
    }

    fn commit_on(
        &self,
        tip: &Tip,
        parent: Option<&str>,
        journal: &[u8],
    ) -> Result<String, Failure> {
        let trouble = "the journal could not be committed";
        let (name, sealed) = match &self.seal {
            None => (OPEN, None),
            Some(seal) => (SEALED, Some(seal.seal(journal)?)),
        };
        let write = ["hash-object", "-w", "--no-filters", "--stdin"];
        let bytes = sealed.as_deref().unwrap_or(journal);
        let object = self.git.object(&write, bytes, trouble)?;
        let mut tree = format!("100644 blob {object}\t{name}\0").into_bytes();
        for entry in &tip.others {
            tree.extend_from_slice(entry);
            tree.push(0);
        }
        let tree = self.git.object(&["mktree", "-z"], &tree, trouble)?;
        let mut commit = vec!["commit-tree", &tree, "-m", "journal"];
        commit.extend(parent.iter().flat_map(|parent| ["-p", parent]));
        self.git.commit(&commit, trouble)
    }

    /// Pushes a commit; fails when another machine pushed since the last fetch.
    pub(super) fn push(&self, commit: &str) -> Result<(), Failure> {
        self.push_with(commit, &[])
    }

    fn push_with(&self, commit: &str, options: &[&str]) -> Result<(), Failure> {
        let trouble = format!("{} did not take the journal", self.name);
        let to = format!("{commit}:{BRANCH}");
        let mut push = vec!["push", "--no-verify", "--no-follow-tags", progress()];
        push.extend(options);
        push.extend(["origin", &to]);
        self.git.talk(&push, &trouble)?;
        self.git.ask(&["update-ref", SEEN, commit])?;
        self.tidy()
    }

    /// Puts git's copy into one pack once it has grown: each push leaves the whole journal in it.
    fn tidy(&self) -> Result<(), Failure> {
        let counted = self.git.ask(&["count-objects", "-v"])?.unwrap_or_default();
        let loose = counted.lines().find_map(|line| line.strip_prefix("size: "));
        let kilobytes: u64 = loose.and_then(|loose| loose.parse().ok()).unwrap_or(0);
        if kilobytes > 20_000 {
            self.git.ask(&["repack", "-a", "-d", "-q"])?;
        }
        Ok(())
    }

    /// Whether git's copy here can be relied upon.
    fn is_sound(&self) -> Result<bool, Failure> {
        let check = ["fsck", "--no-dangling", "--no-progress"];
        Ok(self.git.ask(&check)?.is_some())
    }

    /// What is said of a remote that holds something else than expected.
    pub(super) fn refused(&self, what: &str) -> Failure {
        let message = format!("nothing was synchronised with {}: {what}", self.name);
        let look = format!(
            "`git -C {} log -p {SEEN}` shows what happened there",
            for_shell(self.folder.path())
        );
        Failure::new(Kind::Sync, message).hint(SAFE).hint(look)
    }

    fn sealed_otherwise(&self) -> Failure {
        match self.seal {
            None => self
                .refused("its journal is sealed, and this machine is set up without a seal")
                .hint("`leadby sync init URL --seal` names the key that opens it"),
            Some(_) => self
                .refused(&format!("it holds {OPEN}, which anybody there can read"))
                .hint("remove that file there, if it was you who put it there, then `leadby sync`"),
        }
    }
}

/// Whether git says how far it is: where somebody sees it.
fn progress() -> &'static str {
    if super::child::shows() {
        "--progress"
    } else {
        "--quiet"
    }
}

/// What git lists of a file in a tree: mode, kind and object, and its name.
fn parts(entry: &[u8]) -> (Vec<&str>, &[u8]) {
    let tab = entry.iter().position(|byte| *byte == b'\t');
    let (head, name) = entry.split_at(tab.unwrap_or(entry.len()));
    let head = std::str::from_utf8(head).unwrap_or_default();
    (head.split(' ').collect(), name.get(1..).unwrap_or_default())
}
