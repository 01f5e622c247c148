//! Whether git has been told to keep files that are no one else's business: drafts and snapshots go
//! wherever the repository is pushed to.
//!
//! Asks git for the names it knows and for nothing else; without git, no repository can be pushed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Those of `files`, all of them in `folder`, that a git repository tracks.
pub(super) fn tracked(folder: &Path, files: &[PathBuf]) -> Vec<PathBuf> {
    let is_in_one = folder.ancestors().any(|it| it.join(".git").exists());
    let names = files
        .iter()
        .filter_map(|file| file.strip_prefix(folder).ok());
    let names: Vec<&Path> = names.collect();
    if !is_in_one || names.is_empty() {
        return Vec::new();
    }
    let mut git = Command::new("git");
    // Within a hook, these would lead to another repository.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        git.env_remove(name);
    }
    git.arg("-C")
        .arg(folder)
        // A repository may name a program here, and to look is not to run it.
        .args(["-c", "core.fsmonitor=false", "ls-files", "-z", "--"])
        .args(names)
        .env("GIT_LITERAL_PATHSPECS", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    let listed = git.output().ok().filter(|listed| listed.status.success());
    let listed = listed.map_or_else(Vec::new, |listed| listed.stdout);
    let names = listed.split(|byte| *byte == 0).filter(|it| !it.is_empty());
    names.map(|name| folder.join(path(name))).collect()
}

fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}
