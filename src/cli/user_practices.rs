//! The practices of a call: the built-in ones, merged with the user's own.
//!
//! Mistakes in a file are collected to be reported; they stop nothing.

use std::path::{Path, PathBuf};

use super::environment::ProcessEnvironment;
use crate::failure::{Brief, Failure, FailureKind};
use crate::practice::{self, Catalog, ListedPractice};
use crate::store;
use crate::text::{counted_noun, one_line, quoted};
use crate::user_file::FileError;

/// How many mistakes are reported by commands that are not about practices.
const MISTAKE_LIMIT: usize = 3;

pub(super) struct PracticeSources {
    /// The folder of the user's own; `None` without a home folder.
    pub(super) folder: Option<PathBuf>,
    pub(super) exists: bool,
    pub(super) files: usize,
    pub(super) listed: Vec<ListedPractice>,
    pub(super) mistakes: Vec<FileError>,
}

impl PracticeSources {
    /// Reads the folder that the environment names.
    pub(super) fn load(environment: &ProcessEnvironment) -> (Self, Catalog) {
        let named = environment.practices.clone();
        let folder = named.clone().or(environment.default_practices.clone());
        let mut read = match &folder {
            Some(folder) => store::read_practices(folder),
            None => store::PracticeFolder::default(),
        };
        if let Some(named) = named.filter(|_| !read.exists) {
            read.unread.push(missing_folder(&named));
        }
        let own = practice::merge_files(&read.files);
        let mut mistakes = read.unread;
        let files = read.files.len() + mistakes.len();
        mistakes.extend(own.mistakes);
        let practices = Self {
            folder,
            exists: read.exists,
            files,
            listed: own.practices,
            mistakes,
        };
        (practices, own.catalog)
    }

    /// What a command prints on standard error first, each line with its newline.
    pub(super) fn warning_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.mistakes.is_empty() {
            lines.push("leadby: some practice files cannot be used.\n".to_owned());
            let said = self.mistakes.iter().take(MISTAKE_LIMIT);
            lines.extend(said.map(|mistake| format!("  {}\n", one_line(&mistake.to_string()))));
            if self.mistakes.len() > MISTAKE_LIMIT {
                let more = counted_noun(self.mistakes.len() - MISTAKE_LIMIT, "mistake");
                lines.push(format!("  and {more} more: leadby practices check\n"));
            }
        }
        lines
    }

    /// The same in one line.
    pub(super) fn brief_warning(&self) -> Option<Failure> {
        let first = self.mistakes.first()?;
        let file = first.file.rsplit('/').next().unwrap_or_default();
        let line = first.line.map(|line| format!(", line {line}"));
        let place = format!("{}{}", quoted(file), line.unwrap_or_default());
        let message = format!("a practice file is not used: {place}");
        let failure = Failure::new(FailureKind::Usage, message).hint("leadby practices check");
        Some(failure.with_brief(Brief {
            lead: "a practice file is not used".to_owned(),
            reason: "leadby practices check says why".to_owned(),
            hint: None,
            path: place,
        }))
    }
}

fn missing_folder(folder: &Path) -> FileError {
    FileError {
        file: one_line(&folder.display().to_string()),
        line: None,
        reason: "no such folder".to_owned(),
    }
}
