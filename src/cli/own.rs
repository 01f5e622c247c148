//! The practices of a call: the built-in ones, merged with the user's own.
//!
//! Mistakes in a file are collected to be reported; they stop nothing.

use std::path::{Path, PathBuf};

use super::environment::Environment;
use crate::failure::{Brief, Failure, Kind};
use crate::practice::{self, Catalog, Place, PracticeError};
use crate::store;
use crate::words::{count, one_line, quoted};

/// How many mistakes are reported by commands that are not about practices.
const SAID: usize = 3;

pub(super) struct Practices {
    /// The folder of the user's own; `None` without a home folder.
    pub(super) folder: Option<PathBuf>,
    pub(super) exists: bool,
    pub(super) files: usize,
    pub(super) listed: Vec<Place>,
    pub(super) mistakes: Vec<PracticeError>,
}

impl Practices {
    /// Reads the folder that the environment names.
    pub(super) fn gather(environment: &Environment) -> (Self, Catalog) {
        let named = environment.practices.clone();
        let folder = named.clone().or(environment.default_practices.clone());
        let mut read = match &folder {
            Some(folder) => store::read_practices(folder),
            None => store::PracticeFolder::default(),
        };
        if let Some(named) = named.filter(|_| !read.exists) {
            read.unread.push(missing_folder(&named));
        }
        let own = practice::gather(&read.files);
        let mut mistakes = read.unread;
        let files = read.files.len() + mistakes.len();
        mistakes.extend(own.mistakes);
        let practices = Self {
            folder,
            exists: read.exists,
            files,
            listed: own.places,
            mistakes,
        };
        (practices, own.catalog)
    }

    /// What a command prints on standard error first, each line with its newline.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.mistakes.is_empty() {
            lines.push("leadby: some practice files cannot be used.\n".to_owned());
            let said = self.mistakes.iter().take(SAID);
            lines.extend(said.map(|mistake| format!("  {}\n", one_line(&mistake.to_string()))));
            if self.mistakes.len() > SAID {
                let more = count(self.mistakes.len() - SAID, "mistake");
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
        let failure = Failure::new(Kind::Usage, message).hint("leadby practices check");
        Some(failure.with_brief(Brief {
            lead: "a practice file is not used".to_owned(),
            reason: "leadby practices check says why".to_owned(),
            hint: None,
            path: place,
        }))
    }
}

fn missing_folder(folder: &Path) -> PracticeError {
    PracticeError {
        file: one_line(&folder.display().to_string()),
        line: None,
        reason: "no such folder".to_owned(),
    }
}
