//! Changes a setting in the user's config file, and leaves everything else in it as it is.

use std::path::Path;

use super::atomic_write::Overwrite;
use super::io_error::display_path;
use super::user_file::{read_user_file, write_user_file};
use crate::config::{Config, ThemeName};
use crate::failure::{Failure, FailureKind};
use crate::user_file::UserFile;

/// Makes a theme the one of the next start. A missing file is created.
///
/// # Errors
/// When there is no place for the file, when it has mistakes, or when it cannot be read or written.
pub fn keep_theme(path: Option<&Path>, theme: ThemeName) -> Result<(), Failure> {
    const ANOTHER_FILE: &str = "LEADBY_CONFIG sets another file";
    let Some(path) = path else {
        let message = "no home folder to keep settings in";
        return Err(Failure::new(FailureKind::Usage, message).hint(ANOTHER_FILE));
    };
    let mistaken = |mistake: &dyn std::fmt::Display| {
        let message = format!("the theme was not kept: {mistake}");
        Failure::new(FailureKind::Usage, message).hint("leadby config check lists every mistake")
    };
    let file = if path.exists() {
        read_user_file(path).map_err(|unread| mistaken(&unread))?
    } else {
        UserFile {
            path: display_path(path),
            text: String::new(),
        }
    };
    let text = Config::with_theme(&file, theme)
        .map_err(|mistakes| mistaken(mistakes.first().expect("a failure has a mistake")))?;
    write_user_file(path, &text, Overwrite::Yes, ANOTHER_FILE)
}
