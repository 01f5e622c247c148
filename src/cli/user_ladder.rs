//! The career ladder of a call: the user's file, or what is wrong with it.

use std::path::{Path, PathBuf};

use super::environment::ProcessEnvironment;
use super::file_mistakes::MISTAKE_LIMIT;
use super::user_config::ValueSource;
use crate::failure::{Failure, FailureKind};
use crate::ladder::{self, Ladder, UserLadder};
use crate::practice::Catalog;
use crate::store;
use crate::text::one_line;
use crate::user_file::FileError;

/// Where the ladder is.
#[derive(Clone, Debug)]
pub(super) struct LadderFile {
    /// `None` without a home folder.
    pub(super) path: Option<PathBuf>,
    pub(super) origin: ValueSource,
}

impl LadderFile {
    /// The file that the environment names.
    pub(super) fn of(environment: &ProcessEnvironment) -> Self {
        let named = environment.ladder.clone();
        Self {
            origin: match &named {
                Some(_) => ValueSource::Variable("LEADBY_LADDER"),
                None => ValueSource::Default,
            },
            path: named.or(environment.default_ladder.clone()),
        }
    }

    /// This file, which is there.
    pub(super) fn named(path: PathBuf) -> Self {
        Self {
            path: Some(path),
            origin: ValueSource::Default,
        }
    }

    /// The ladder; `None` if there is no file, unless a variable names one.
    pub(super) fn read(&self, catalog: &Catalog) -> UserLadder {
        let is_there = |path: &&PathBuf| self.origin != ValueSource::Default || path.exists();
        let Some(path) = self.path.as_ref().filter(is_there) else {
            return Ok(None);
        };
        read_ladder(path, catalog).map(Some)
    }

    /// The ladder, or a failure that says how to begin, or what to mend.
    pub(super) fn require(&self, catalog: &Catalog) -> Result<Ladder, Failure> {
        match self.read(catalog) {
            Ok(Some(ladder)) => Ok(ladder),
            Ok(None) => Err(missing_ladder()),
            Err(mistakes) => Err(unusable_ladder(&mistakes)),
        }
    }
}

/// The ladder of a file.
pub(super) fn read_ladder(path: &Path, catalog: &Catalog) -> Result<Ladder, Vec<FileError>> {
    let file = store::read_user_file(path).map_err(|unread| vec![unread])?;
    ladder::parse(&file, catalog)
}

fn missing_ladder() -> Failure {
    let message = "no career ladder yet: what your company expects, with your evidence beside it";
    Failure::new(FailureKind::NotFound, message)
        .hint("`leadby ladder init` writes an example to make your own")
        .hint("`leadby ladder import FILE` reads a table that you have")
}

fn unusable_ladder(mistakes: &[FileError]) -> Failure {
    let message = "your ladder file is not used until it is fixed";
    let mistakes = mistakes.iter().take(MISTAKE_LIMIT);
    let failure = Failure::new(FailureKind::Usage, message);
    mistakes
        .fold(failure, |failure, mistake| {
            failure.hint(one_line(&mistake.to_string()))
        })
        .hint("`leadby ladder check` lists every mistake")
}
