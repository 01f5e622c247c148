//! git, as a program that is called: what is asked of it and what it answers.
//!
//! Knows nothing of the journal but the name of its file. Every call is about one folder, and names
//! the files it is about: others in the repository are none of its business.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::failure::{Failure, Kind};
use crate::words;

/// git in the folder of the journal.
#[derive(Debug)]
pub(super) struct Git {
    folder: PathBuf,
}

impl Git {
    /// git in `folder`, once it is known to be there.
    pub(super) fn at(folder: &Path) -> Result<Self, Failure> {
        let git = Self {
            folder: folder.to_owned(),
        };
        git.call(&["--version"])?;
        Ok(git)
    }

    /// What git answers, without the line end; none when it fails.
    pub(super) fn ask(&self, arguments: &[&str]) -> Result<Option<String>, Failure> {
        let output = self.call(arguments)?;
        let answer = String::from_utf8_lossy(&output.stdout);
        let answer = answer.trim_end_matches('\n').to_owned();
        Ok(output.status.success().then_some(answer))
    }

    /// The bytes git answers; none when it fails.
    pub(super) fn bytes(&self, arguments: &[&str]) -> Result<Option<Vec<u8>>, Failure> {
        let output = self.call(arguments)?;
        Ok(output.status.success().then_some(output.stdout))
    }

    /// Has git do something; the failure says `trouble` and what git said last.
    pub(super) fn run(&self, arguments: &[&str], trouble: &str) -> Result<(), Failure> {
        let output = self.call(arguments)?;
        if output.status.success() {
            return Ok(());
        }
        Err(Failure::new(
            Kind::Sync,
            format!("{trouble}: {}", last_words(&output)),
        ))
    }

    fn call(&self, arguments: &[&str]) -> Result<Output, Failure> {
        let mut command = Command::new("git");
        // Within a hook, these would lead to another repository than the journal's.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            command.env_remove(name);
        }
        command
            .arg("-C")
            .arg(&self.folder)
            .args(["-c", "core.quotePath=false"])
            .args(arguments)
            .env("LC_ALL", "C.UTF-8")
            .env("GIT_EDITOR", "true")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        // This one refuses to be told that names are no patterns.
        if arguments.first() != Some(&"check-ignore") {
            command.env("GIT_LITERAL_PATHSPECS", "1");
        }
        command.output().map_err(|error| {
            let failure = Failure::new(Kind::Sync, "sync needs git, and there is none here");
            failure
                .hint("your journal is whole where it lies; install git, then `leadby sync`")
                .because(error)
        })
    }
}

/// The line in which git says what went wrong; where it announces names, with the first of them.
fn last_words(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    let said = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<&str> = errors
        .lines()
        .chain(said.lines().filter(|line| line.starts_with("CONFLICT")))
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let marks = ["! ", "CONFLICT ", "fatal: ", "error: "];
    let marked = marks.iter().find_map(|mark| {
        let place = lines.iter().position(|line| line.starts_with(mark))?;
        let words = lines[place].strip_prefix(mark)?;
        let words = words.split_once("): ").map_or(words, |(_, words)| words);
        match lines.get(place + 1) {
            Some(name) if words.ends_with(':') => Some(format!("{words} {name}")),
            _ => Some(words.to_owned()),
        }
    });
    let last = || lines.last().map(|line| (*line).to_owned());
    let words = marked.or_else(last);
    let words = words.as_deref().unwrap_or("git does not say why");
    words::clip(&words::one_line(words.trim_end_matches('.')), 120)
}
