//! git, as a program that is called: it carries the journal's bytes, and knows nothing of them.
//!
//! It works in its own bare repository, without work tree, index, hooks or attributes. Of the user's
//! git settings only those for reaching the remote (ssh, credentials, proxies) have an effect.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::{INTACT_HINT, child};
use crate::failure::{Failure, FailureKind};
use crate::text;

/// Variables that point git to another repository: `git rev-parse --local-env-vars`, without those
/// that only carry settings.
const REPOSITORY_VARIABLES: [&str; 13] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CONFIG",
    "GIT_OBJECT_DIRECTORY",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_REPLACE_REF_BASE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
];

/// Settings that override those of the user.
const OVERRIDES: [&str; 12] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "core.fsync=all",
    "core.logAllRefUpdates=false",
    "fetch.writeCommitGraph=false",
    "gc.auto=0",
    "init.defaultBranch=main",
    "maintenance.auto=false",
    "push.gpgSign=false",
    "push.recurseSubmodules=no",
    "i18n.commitEncoding=UTF-8",
];

/// git, in one repository.
#[derive(Debug)]
pub(super) struct Git {
    folder: PathBuf,
    /// Whether the folder is our bare repository, and not in a work tree of the user.
    is_ours: bool,
    /// The remote as it is shown, and the address git may repeat in messages.
    remote: Option<(String, String)>,
}

impl Git {
    /// git in our bare repository at `path`.
    pub(super) fn in_own_repository(path: &Path) -> Self {
        Self {
            folder: path.to_owned(),
            is_ours: true,
            remote: None,
        }
    }

    /// git in a repository of the user, to ask it something.
    pub(super) fn in_user_repository(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            is_ours: false,
            remote: None,
        }
    }

    /// Sets the remote, so that its address is hidden in messages.
    pub(super) fn with_remote(mut self, url: &str) -> Self {
        self.remote = Some((redacted_url(url), url.to_owned()));
        self
    }

    /// The output of git, without the newline; `None` if it ends with the status `no`, which is an
    /// answer and not a failure.
    pub(super) fn ask(&self, arguments: &[&str], no: i32) -> Result<Option<String>, Failure> {
        self.ask_with(arguments, |status| status == no)
    }

    /// [`Git::ask`], where every failure but a kill is a no.
    pub(super) fn try_run(&self, arguments: &[&str]) -> Result<Option<String>, Failure> {
        self.ask_with(arguments, |status| status != 0)
    }

    fn ask_with(
        &self,
        arguments: &[&str],
        is_no: impl Fn(i32) -> bool,
    ) -> Result<Option<String>, Failure> {
        let output = self.call_git(arguments, b"", false)?;
        if output.status.code().is_some_and(is_no) {
            return Ok(None);
        }
        let answer = self.check_output(output, "nothing was synced: git failed");
        let answer = answer.map_err(|failure| failure.hint(INTACT_HINT))?;
        Ok(Some(trimmed_text(&answer)))
    }

    /// Runs git with `input`, and returns its output.
    pub(super) fn run(
        &self,
        arguments: &[&str],
        input: &[u8],
        trouble: &str,
    ) -> Result<Vec<u8>, Failure> {
        let output = self.call_git(arguments, input, false)?;
        self.check_output(output, trouble)
    }

    /// [`Git::run`] for the remote: progress is shown.
    pub(super) fn run_with_progress(
        &self,
        arguments: &[&str],
        trouble: &str,
    ) -> Result<(), Failure> {
        self.check_output(self.call_git(arguments, b"", true)?, trouble)?;
        Ok(())
    }

    /// The object that git wrote or named.
    pub(super) fn run_for_object(
        &self,
        arguments: &[&str],
        input: &[u8],
        trouble: &str,
    ) -> Result<String, Failure> {
        Ok(trimmed_text(&self.run(arguments, input, trouble)?))
    }

    /// [`Git::run_for_object`] for a commit, as the user that git knows, or as leadby if it knows none.
    pub(super) fn run_for_commit(
        &self,
        arguments: &[&str],
        trouble: &str,
    ) -> Result<String, Failure> {
        let mut known = true;
        for person in ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"] {
            // Without this git makes up a name from the user and the machine.
            let ask = ["-c", "user.useConfigOnly=true", "var", person];
            known &= self.try_run(&ask)?.is_some();
        }
        let unknown = [
            "-c",
            "user.name=leadby",
            "-c",
            "user.email=leadby@localhost",
        ];
        let start: &[&str] = if known { &[] } else { &unknown };
        self.run_for_object(&[start, arguments].concat(), b"", trouble)
    }

    fn check_output(&self, output: Output, trouble: &str) -> Result<Vec<u8>, Failure> {
        if output.status.success() {
            return Ok(output.stdout);
        }
        let mut why = error_line(&output);
        if let Some((shown, url)) = &self.remote {
            why = why.replace(url.as_str(), shown);
        }
        Err(Failure::new(FailureKind::Sync, format!("{trouble}: {why}")))
    }

    fn call_git(&self, arguments: &[&str], input: &[u8], far: bool) -> Result<Output, Failure> {
        self.output(arguments, input, far).map_err(|error| {
            let failure = Failure::new(FailureKind::Sync, "sync needs git, which was not found");
            failure
                .hint("your journal is intact; install git, then `leadby sync`")
                .with_source(error)
        })
    }

    fn output(&self, arguments: &[&str], input: &[u8], far: bool) -> io::Result<Output> {
        let mut command = Command::new("git");
        for name in REPOSITORY_VARIABLES {
            command.env_remove(name);
        }
        if self.is_ours {
            command.env("GIT_DIR", &self.folder);
        }
        command
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .env("GIT_EDITOR", "true")
            // The messages of git are read here, so they must not be translated.
            .env("LC_ALL", "C")
            .current_dir(&self.folder);
        for setting in OVERRIDES {
            command.args(["-c", setting]);
        }
        command.args(arguments);
        let with = self
            .remote
            .as_ref()
            .filter(|_| far)
            .map(|(shown, _)| shown.as_str());
        child::run_program(&mut command, input, with)
    }
}

/// An address made safe to show: without a password, or a token in its place.
pub(super) fn redacted_url(url: &str) -> String {
    let hidden = || {
        let (scheme, rest) = url.split_once("://")?;
        let end = rest.find('/').unwrap_or(rest.len());
        let (user, host) = rest[..end].rsplit_once('@')?;
        let user = match user.split_once(':') {
            _ if scheme.starts_with("http") => String::new(),
            Some((name, _)) => format!("{name}@"),
            None => return None,
        };
        Some(format!("{scheme}://{user}{host}{}", &rest[end..]))
    };
    text::one_line(&hidden().unwrap_or_else(|| url.to_owned()))
}

/// Those of `files`, all in `folder`, that a git repository of the user tracks. Without git, none
/// could be pushed.
pub(in crate::cli) fn tracked_files(
    folder: &Path,
    files: &[PathBuf],
) -> Result<Vec<PathBuf>, Failure> {
    let is_in_one = folder.ancestors().any(|it| it.join(".git").exists());
    let names = files
        .iter()
        .filter_map(|file| file.strip_prefix(folder).ok());
    let names: Vec<&str> = names.filter_map(Path::to_str).collect();
    if !is_in_one || names.is_empty() {
        return Ok(Vec::new());
    }
    let list = ["--literal-pathspecs", "ls-files", "-z", "--"];
    let git = Git::in_user_repository(folder);
    let listed = match git.output(&[&list, &*names].concat(), b"", false) {
        Ok(output) if error_line(&output).starts_with("not a git repository") => Vec::new(),
        Ok(output) => git.check_output(output, "git failed")?,
        Err(_) => Vec::new(),
    };
    Ok(trimmed_text(&listed)
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(|name| folder.join(name))
        .collect())
}

fn trimmed_text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.trim_end_matches('\n').to_owned()
}

/// What git says when ssh, or another program that it starts for a remote, has failed.
const UNREAD: &str = "Could not read from remote repository";

/// The line in which git says what went wrong; if it announces names, with the first of them.
fn error_line(output: &Output) -> String {
    if let Some(number) = output.status.signal() {
        return format!("git was ended by signal {number}");
    }
    reason_in(&String::from_utf8_lossy(&output.stderr))
}

/// What git, or ssh for it, says in its errors.
fn reason_in(errors: &str) -> String {
    let lines: Vec<&str> = errors
        .split(['\n', '\r'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let marks = ["! ", "fatal: ", "error: "];
    let marked = marks.iter().find_map(|mark| {
        let place = lines.iter().position(|line| line.starts_with(mark))?;
        let words = lines[place].strip_prefix(mark)?;
        // ssh has said why on the line before.
        if let (true, Some(before)) = (words.starts_with(UNREAD), place.checked_sub(1)) {
            return Some(lines[before].to_owned());
        }
        // "! [remote rejected] 4f1c… -> main (why)"
        let why = words
            .strip_suffix(')')
            .and_then(|words| words.rsplit_once('('));
        let words = why.filter(|_| *mark == "! ").map_or(words, |(_, why)| why);
        match lines.get(place + 1) {
            Some(name) if words.ends_with(':') => Some(format!("{words} {name}")),
            _ => Some(words.to_owned()),
        }
    });
    let last = || lines.last().map(|line| (*line).to_owned());
    let words = marked.or_else(last);
    let words = words.as_deref().unwrap_or("git does not say why");
    text::clip(&text::one_line(words.trim_end_matches('.')), 120)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_the_line_that_says_most() {
        let after = "fatal: Could not read from remote repository.\n\nPlease make sure you have \
                     the correct access rights\nand the repository exists.\n";
        let denied = "git@example.org: Permission denied (publickey).\r\n";
        for (said, expected) in [
            (
                format!("{denied}{after}"),
                "git@example.org: Permission denied (publickey)",
            ),
            (
                format!("Host key verification failed.\n{after}"),
                "Host key verification failed",
            ),
            (after.to_owned(), "Could not read from remote repository"),
            ("fatal: no such branch\n".to_owned(), "no such branch"),
            (String::new(), "git does not say why"),
        ] {
            assert_eq!(reason_in(&said), expected);
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        for (url, expected) in [
            (
                "https://anna:secret@example.org/j.git",
                "https://example.org/j.git",
            ),
            (
                "https://token@example.org/j.git",
                "https://example.org/j.git",
            ),
            ("ssh://anna:a@b@example.org", "ssh://anna@example.org"),
            ("ssh://git@example.org/j.git", "ssh://git@example.org/j.git"),
            ("https://example.org/a:b@c", "https://example.org/a:b@c"),
            ("git@example.org:anna/j.git", "git@example.org:anna/j.git"),
            ("/srv/journal.git", "/srv/journal.git"),
        ] {
            assert_eq!(redacted_url(url), expected);
        }
    }
}
