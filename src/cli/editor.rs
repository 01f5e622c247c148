//! A text written in the user's own editor.

use std::io::{self, IsTerminal};
use std::process::Command;

use super::context::CommandContext;
use super::failures::usage;
use super::write_stderr;
use crate::failure::{Failure, FailureKind};
use crate::store::TempFile;
use crate::terminal::{self, EditedText};
use crate::text::display_path;

/// Keeps the text that could not be saved, and adds its path to the error.
pub(super) fn keep_on_failure(written: EditedText, error: anyhow::Error) -> anyhow::Error {
    map_unsaved(error, |failure| terminal::keep_file(written.file, failure))
}

/// Opens `text` in the editor, in a file called `name`, and returns the edited text. `instead` is
/// the hint if there is no terminal.
pub(super) fn edit(
    context: &CommandContext<'_>,
    name: &str,
    text: &str,
    instead: &str,
) -> Result<EditedText, Failure> {
    if !io::stdin().is_terminal() {
        let failure = usage("no text given, and no terminal to edit in");
        return Err(failure.hint(instead));
    }
    let run = |command: &mut Command| terminal::lend(|| command.status());
    let written = terminal::edit_text(&context.editor, name, text, run)?;
    if written.ended_at_once {
        write_stderr(&format!(
            "leadby: the editor ({}) closed at once with nothing written.\n  \
             if it has its own window, it has to wait: EDITOR=\"code --wait\"\n  \
             what you save there goes to {}\n",
            context.editor,
            display_path(written.file.path())
        ));
    }
    Ok(written)
}

/// A text written in the editor, which must not be empty.
pub(super) fn require_text(
    context: &CommandContext<'_>,
    what: &str,
    instead: &str,
) -> Result<EditedText, Failure> {
    let mut written = edit(context, &format!("{what}.txt"), "", instead)?;
    let text = written.text.trim_end_matches('\n').to_owned();
    written.text = CommandContext::require_text(text, &format!("the {what}"))?;
    Ok(written)
}

/// Keeps text that could not be saved, in its own file, or else in the one its lines were kept in.
pub(super) fn keep_text(words: &str, lines: Option<TempFile>, failure: Failure) -> Failure {
    match TempFile::new("words.txt", words).ok().or(lines) {
        Some(scratch) => terminal::keep_file(scratch, failure),
        // The text is still on the screen, and there is no other place.
        None => failure,
    }
}

/// Keeps text from standard input that could not be saved and is nowhere else, byte for byte, and
/// adds its path to the error.
pub(super) fn keep_piped_input(bytes: &[u8], error: anyhow::Error) -> anyhow::Error {
    map_unsaved(error, |failure| match TempFile::new("words.txt", bytes) {
        Ok(scratch) => terminal::keep_file(scratch, failure),
        Err(no_place) => {
            let words = String::from_utf8_lossy(bytes);
            let words = words.trim_end_matches('\n');
            let message = no_place.message();
            failure.hint(format!("{message}, so here is what you wrote:\n{words}"))
        }
    })
}

/// Applies `keep` to an error that means the text was not saved.
fn map_unsaved(error: anyhow::Error, keep: impl FnOnce(Failure) -> Failure) -> anyhow::Error {
    match error.downcast::<Failure>() {
        // The text is saved; only the output is lost.
        Ok(failure) if failure.kind() == FailureKind::Output => failure.into(),
        Ok(failure) => keep(failure).into(),
        Err(error) => error,
    }
}
