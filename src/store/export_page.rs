//! Exports a page of the journal to a file of its own.
//!
//! It gets an unused name, so no key overwrites a file. Knows nothing of what is on the page.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::atomic_write::{Overwrite, write_atomically};
use super::disk::{Disk, RealDisk};
use super::io_error::{describe_error, display_path};
use crate::failure::{Brief, Failure, FailureKind};

/// The most pages of one name.
const MOST: usize = 99;

/// Writes `text` to `name` in `folder`, with a number after the name if it is taken; returns the
/// path.
///
/// # Errors
/// When it cannot be written there, or all the numbers are taken.
pub fn write_page(folder: &Path, name: &str, text: &str) -> Result<PathBuf, Failure> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "md"));
    let numbered = (2..=MOST).map(|number| format!("{stem}-{number}.{ending}"));
    for name in std::iter::once(name.to_owned()).chain(numbered) {
        let path = folder.join(name);
        match write_atomically(&path, text.as_bytes(), Overwrite::Never) {
            Ok(()) => return Ok(RealDisk.real_path(&path).unwrap_or(path)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => {
                let message = format!(
                    "{} cannot be written: {}",
                    display_path(&path),
                    describe_error(&error)
                );
                return Err(Failure::new(FailureKind::Output, message)
                    .hint("start leadby in your own folder")
                    .with_brief(Brief {
                        lead: "not written".to_owned(),
                        reason: describe_error(&error),
                        hint: Some("start leadby in your own folder".to_owned()),
                        path: display_path(&path),
                    })
                    .with_source(error));
            }
        }
    }
    let message = format!("this folder has {MOST} files of that name");
    Err(Failure::new(FailureKind::Output, message).hint("move some of them elsewhere"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_page_takes_the_place_of_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |text| write_page(folder.path(), "one.md", text).expect("a page");
        let written = [write("1"), write("2"), write("3")];
        let read = |path: &PathBuf| fs::read_to_string(path).expect("a reading");
        assert_eq!(written.each_ref().map(read), ["1", "2", "3"]);
        assert!(written[2].ends_with("one-3.md"), "{written:?}");
        assert!(written[0].is_absolute());
    }

    #[test]
    fn where_nothing_can_be_written_it_says_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let failure = write_page(&folder.path().join("gone"), "one.md", "").expect_err("a failure");
        assert!(failure.message().contains("no such folder"));
        for number in 1..=MOST {
            write_page(folder.path(), "one.md", &number.to_string()).expect("a page");
        }
        let failure = write_page(folder.path(), "one.md", "").expect_err("a failure");
        assert!(failure.message().contains("99 files"));
        let first = fs::read_to_string(folder.path().join("one.md"));
        assert_eq!(first.expect("a reading"), "1");
    }
}
