//! Mistakes in files that the user writes, as every command and the screens report them.

use std::path::Path;
use std::process::ExitCode;

use super::failures::usage;
use super::output::Output;
use super::write_stderr;
use crate::failure::Failure;
use crate::text::{counted_noun, display_path, one_line, quoted};
use crate::user_file::FileError;

/// How many mistakes are reported by commands that are not about these files.
pub(super) const MISTAKE_LIMIT: usize = 3;

/// The mistakes in the user's files of one kind, and how they are reported.
pub(super) struct FileMistakes {
    pub(super) found: Vec<FileError>,
    /// What they mean, above a list of them.
    pub(super) heading: &'static str,
    /// What they mean, in one line.
    pub(super) lead: &'static str,
    /// The command that reports every one.
    pub(super) check: &'static str,
}

impl FileMistakes {
    /// Reports the first ones on standard error; nothing without one.
    pub(super) fn warn(&self) {
        if self.found.is_empty() {
            return;
        }
        write_stderr(&format!("leadby: {}\n", self.heading));
        for mistake in self.found.iter().take(MISTAKE_LIMIT) {
            write_stderr(&format!("  {}\n", one_line(&mistake.to_string())));
        }
        if self.found.len() > MISTAKE_LIMIT {
            let more = counted_noun(self.found.len() - MISTAKE_LIMIT, "mistake");
            write_stderr(&format!("  and {more} more: {}\n", self.check));
        }
    }

    /// The first one in one line.
    pub(super) fn brief_warning(&self) -> Option<Failure> {
        let (lead, check) = (self.lead, self.check);
        let first = self.found.first()?;
        let file = first.file.rsplit('/').next().unwrap_or_default();
        let line = first.line.map(|line| format!(", line {line}"));
        let place = format!("{}{}", quoted(file), line.unwrap_or_default());
        let failure =
            usage(format!("{lead}: {place}")).hint(format!("`{check}` lists every mistake"));
        Some(failure.in_a_row(lead, &format!("{check} says why"), None, &place))
    }
}

/// Refuses to check a file that is not there.
pub(super) fn require_file(path: &Path) -> Result<(), Failure> {
    if path.exists() {
        return Ok(());
    }
    Err(usage(format!("no file at {}", display_path(path))).hint("check the path"))
}

/// Prints the mistakes of files that were checked, or for a file without one the line beside them;
/// returns the exit code, 1 when there is a mistake.
pub(super) fn print_checked(
    checked: &[(Vec<FileError>, String)],
    output: &mut Output,
) -> Result<ExitCode, Failure> {
    for (mistakes, good) in checked {
        for mistake in mistakes {
            output.write_line(&one_line(&mistake.to_string()))?;
        }
        if mistakes.is_empty() {
            output.write_line(good)?;
        }
    }
    let has_mistakes = checked.iter().any(|(mistakes, _)| !mistakes.is_empty());
    Ok(ExitCode::from(u8::from(has_mistakes)))
}
