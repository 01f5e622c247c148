//! The practices of a call: the built-in ones, with the user's laid on them.
//!
//! What is wrong with a file is kept to be said; it stops nothing.

use std::path::{Path, PathBuf};

use super::environment::Environment;
use crate::failure::{Brief, Failure, Kind};
use crate::practice::{self, Catalog, Place, PracticeError};
use crate::store;
use crate::words::{count, one_line, quoted};

/// How many mistakes a command says that is asked for something else.
const SAID: usize = 3;

/// Where the practices come from.
pub(super) struct Practices {
    /// The folder of the user's own; none without a home folder.
    pub(super) folder: Option<PathBuf>,
    /// Whether there is such a folder.
    pub(super) exists: bool,
    /// How many files are in it.
    pub(super) files: usize,
    /// All of them, in their order.
    pub(super) places: Vec<Place>,
    /// What is wrong with the files.
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
            read.unread.push(missing(&named));
        }
        let own = practice::gather(&read.files);
        let mut mistakes = read.unread;
        let files = read.files.len() + mistakes.len();
        mistakes.extend(own.mistakes);
        let practices = Self {
            folder,
            exists: read.exists,
            files,
            places: own.places,
            mistakes,
        };
        (practices, own.catalog)
    }

    /// What a command says on standard error before anything else, each with its line end.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.mistakes.is_empty() {
            lines.push("leadby: not everything in your practice files can be used.\n".to_owned());
            let said = self.mistakes.iter().take(SAID);
            lines.extend(said.map(|mistake| format!("  {}\n", one_line(&mistake.to_string()))));
            if self.mistakes.len() > SAID {
                let more = count(self.mistakes.len() - SAID, "mistake");
                lines.push(format!("  and {more} more: leadby practices check\n"));
            }
        }
        lines
    }

    /// The same where there is one line for it.
    pub(super) fn in_short(&self) -> Option<Failure> {
        let first = self.mistakes.first()?;
        let file = first.file.rsplit('/').next().unwrap_or_default();
        let line = first.line.map(|line| format!(", line {line}"));
        let place = format!("{}{}", quoted(file), line.unwrap_or_default());
        let message = format!("a practice file is not used: {place}");
        let failure = Failure::new(Kind::Usage, message).hint("leadby practices check");
        Some(failure.in_brief(Brief {
            lead: "a practice file is not used".to_owned(),
            reason: "leadby practices check says why".to_owned(),
            way: None,
            path: place,
        }))
    }
}

fn missing(folder: &Path) -> PracticeError {
    PracticeError {
        file: one_line(&folder.display().to_string()),
        line: None,
        reason: "there is no such folder".to_owned(),
    }
}
