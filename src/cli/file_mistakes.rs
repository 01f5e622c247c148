//! Mistakes in files that the user writes, as every command and the screens report them.

use crate::failure::{Brief, Failure, FailureKind};
use crate::text::{counted_noun, one_line, quoted};
use crate::user_file::FileError;

/// How many mistakes are reported by commands that are not about these files.
pub(super) const MISTAKE_LIMIT: usize = 3;

/// The first mistakes on standard error, each line with its newline; `check` is the command that
/// reports all. Nothing without a mistake.
pub(super) fn warning_lines(heading: &str, mistakes: &[FileError], check: &str) -> Vec<String> {
    if mistakes.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![format!("leadby: {heading}\n")];
    let said = mistakes.iter().take(MISTAKE_LIMIT);
    lines.extend(said.map(|mistake| format!("  {}\n", one_line(&mistake.to_string()))));
    if mistakes.len() > MISTAKE_LIMIT {
        let more = counted_noun(mistakes.len() - MISTAKE_LIMIT, "mistake");
        lines.push(format!("  and {more} more: {check}\n"));
    }
    lines
}

/// The first mistake in one line.
pub(super) fn brief_warning(
    lead: &str,
    mistakes: &[FileError],
    check: &'static str,
) -> Option<Failure> {
    let first = mistakes.first()?;
    let file = first.file.rsplit('/').next().unwrap_or_default();
    let line = first.line.map(|line| format!(", line {line}"));
    let place = format!("{}{}", quoted(file), line.unwrap_or_default());
    let failure = Failure::new(FailureKind::Usage, format!("{lead}: {place}")).hint(check);
    Some(failure.with_brief(Brief {
        lead: lead.to_owned(),
        reason: format!("{check} says why"),
        hint: None,
        path: place,
    }))
}
