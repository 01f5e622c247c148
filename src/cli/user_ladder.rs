//! The career ladder of a call: the user's file, or what is wrong with it.

use std::path::Path;

use super::environment::UserPath;
use super::failures::{not_found, usage};
use super::file_mistakes::MISTAKE_LIMIT;
use crate::failure::Failure;
use crate::ladder::{self, Ladder, UserLadder};
use crate::practice::Catalog;
use crate::store;
use crate::text::one_line;
use crate::user_file::FileError;

/// The ladder in a file; `None` if there is no file, unless a variable names one.
pub(super) fn read_ladder(file: &UserPath, catalog: &Catalog) -> UserLadder {
    let path = file.to_read();
    path.map(|path| read_ladder_at(path, catalog)).transpose()
}

/// The ladder, or a failure that says how to begin, or what to mend.
pub(super) fn require_ladder(file: &UserPath, catalog: &Catalog) -> Result<Ladder, Failure> {
    match read_ladder(file, catalog) {
        Ok(Some(ladder)) => Ok(ladder),
        Ok(None) => Err(missing_ladder()),
        Err(mistakes) => Err(unusable_ladder(&mistakes)),
    }
}

/// The ladder of a file that must be there.
pub(super) fn read_ladder_at(path: &Path, catalog: &Catalog) -> Result<Ladder, Vec<FileError>> {
    let file = store::read_user_file(path).map_err(|unread| vec![unread])?;
    ladder::parse(&file, catalog)
}

fn missing_ladder() -> Failure {
    not_found("no career ladder yet: what your company expects, with your evidence beside it")
        .hint("`leadby ladder init` writes an example to make your own")
        .hint("`leadby ladder import FILE` reads a table that you have")
}

fn unusable_ladder(mistakes: &[FileError]) -> Failure {
    let message = "your ladder file is not used until it is fixed";
    let mistakes = mistakes.iter().take(MISTAKE_LIMIT);
    let failure = usage(message);
    mistakes
        .fold(failure, |failure, mistake| {
            failure.hint(one_line(&mistake.to_string()))
        })
        .hint("`leadby ladder check` lists every mistake")
}
