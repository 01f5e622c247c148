//! The practices of a call: the built-in ones, merged with the user's own.
//!
//! Mistakes in a file are collected to be reported; they stop nothing.

use std::path::Path;

use super::environment::{ProcessEnvironment, UserPath};
use super::file_mistakes::FileMistakes;
use crate::practice::{self, Catalog, ListedPractice};
use crate::store;
use crate::text::display_path;
use crate::user_file::FileError;

pub(super) struct PracticeSources {
    /// The folder of the user's own.
    pub(super) folder: UserPath,
    pub(super) exists: bool,
    pub(super) files: usize,
    pub(super) listed: Vec<ListedPractice>,
    pub(super) mistakes: FileMistakes,
}

impl PracticeSources {
    /// Reads the folder that the environment names.
    pub(super) fn load(environment: &ProcessEnvironment) -> (Self, Catalog) {
        let folder = environment.practices.clone();
        let mut read = match &folder.path {
            Some(folder) => store::read_practices(folder),
            None => store::PracticeFolder::default(),
        };
        // A folder that a variable names must be there.
        if let Some(named) = folder.to_read().filter(|_| !read.exists) {
            read.unread.push(missing_folder(named));
        }
        let files = read.files.len() + read.unread.len();
        let own = practice::merge_files(&read.files, read.unread);
        let practices = Self {
            folder,
            exists: read.exists,
            files,
            listed: own.practices,
            mistakes: FileMistakes {
                found: own.mistakes,
                heading: "some practice files cannot be used; the practices they change count as private.",
                lead: "a practice file is not used",
                check: "leadby practices check",
            },
        };
        (practices, own.catalog)
    }
}

fn missing_folder(folder: &Path) -> FileError {
    FileError {
        file: display_path(folder),
        line: None,
        reason: "no such folder".to_owned(),
    }
}
