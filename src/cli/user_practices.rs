//! The practices of a call: the built-in ones, merged with the user's own.
//!
//! Mistakes in a file are collected to be reported; they stop nothing.

use std::path::{Path, PathBuf};

use super::environment::ProcessEnvironment;
use super::file_mistakes;
use crate::failure::Failure;
use crate::practice::{self, Catalog, ListedPractice};
use crate::store;
use crate::text::display_path;
use crate::user_file::FileError;

/// The command that reports every mistake.
const CHECK: &str = "leadby practices check";

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
        let heading = "some practice files cannot be used.";
        file_mistakes::warning_lines(heading, &self.mistakes, CHECK)
    }

    /// The same in one line.
    pub(super) fn brief_warning(&self) -> Option<Failure> {
        file_mistakes::brief_warning("a practice file is not used", &self.mistakes, CHECK)
    }
}

fn missing_folder(folder: &Path) -> FileError {
    FileError {
        file: display_path(folder),
        line: None,
        reason: "no such folder".to_owned(),
    }
}
