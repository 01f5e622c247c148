//! A text written in the user's own editor.

use std::io::{self, IsTerminal};
use std::process::Command;
use std::time::{Duration, Instant};

use super::context::Context;
use super::say;
use super::whereabouts::shown;
use crate::failure::{Failure, Kind};
use crate::store::TempFile;
use crate::terminal;

/// An editor that returns sooner was either closed at once, or does not wait for its window.
const SHORTEST_EDIT: Duration = Duration::from_secs(2);

/// The text from the editor, and the file it is in.
#[derive(Debug)]
pub(super) struct Written {
    /// The text, with plain newlines.
    pub(super) text: String,
    temp_file: TempFile,
}

impl Written {
    /// Keeps the text that could not be saved, and adds its path to the error.
    pub(super) fn keep(self, error: anyhow::Error) -> anyhow::Error {
        map_unsaved(error, |failure| kept(self.temp_file, failure))
    }
}

/// Opens `text` in the editor, in a file called `name`, and returns the edited text. `instead` is
/// the hint if there is no terminal.
pub(super) fn write(
    context: &Context<'_>,
    name: &str,
    text: &str,
    instead: &str,
) -> Result<Written, Failure> {
    if !io::stdin().is_terminal() {
        let failure = Failure::new(Kind::Usage, "no text given, and no terminal to edit in");
        return Err(failure.hint(instead));
    }
    let mut scratch = TempFile::new(name, text)?;
    // Through the shell, as git does it, so that it may have arguments and quotes.
    let mut command = Command::new("/bin/sh");
    let script = format!("{} \"$@\"", context.editor);
    command
        .args(["-c", &script, &context.editor])
        .arg(scratch.path());
    let started = Instant::now();
    let ended = terminal::lend(|| command.status());
    let at_once = started.elapsed() < SHORTEST_EDIT;
    let trouble = match ended {
        Ok(status) if status.success() => None,
        Ok(_) => Some(format!("the editor ({}) failed", context.editor)),
        Err(error) => Some(format!(
            "the editor ({}) cannot be started: {error}",
            context.editor
        )),
    };
    let read = scratch.read();
    if let Some(trouble) = trouble {
        let failure = Failure::new(Kind::Output, format!("{trouble}, so nothing was saved"));
        let failure = failure.hint("VISUAL or EDITOR sets another one");
        let touched = read.map_or(true, |now| now != text);
        return Err(if touched {
            kept(scratch, failure)
        } else {
            failure
        });
    }
    if at_once && !scratch.was_changed() {
        // Its window may still be open, so the file stays for what is saved there.
        scratch.leave();
        say(&format!(
            "leadby: the editor ({}) closed at once with nothing written.\n  \
             if it has its own window, it has to wait: EDITOR=\"code --wait\"\n  \
             what you save there goes to {}\n",
            context.editor,
            shown(scratch.path())
        ));
    }
    match read {
        Ok(text) => Ok(Written {
            text: text.replace("\r\n", "\n"),
            temp_file: scratch,
        }),
        Err(failure) if scratch.path().exists() => Err(kept(scratch, failure)),
        Err(failure) => Err(failure),
    }
}

/// A text written in the editor, which must not be empty.
pub(super) fn text(context: &Context<'_>, what: &str, instead: &str) -> Result<Written, Failure> {
    let mut written = write(context, &format!("{what}.txt"), "", instead)?;
    written.text = written.text.trim_end_matches('\n').to_owned();
    if written.text.trim().is_empty() {
        let message = format!("the {what} is empty, so nothing was saved");
        return Err(Failure::new(Kind::Usage, message));
    }
    Ok(written)
}

/// Keeps text that could not be saved, in its own file.
pub(super) fn keep_words(words: &str, failure: Failure) -> Failure {
    match TempFile::new("words.txt", words) {
        Ok(scratch) => kept(scratch, failure),
        // The text is still on the screen, and there is no other place.
        Err(_) => failure,
    }
}

/// Keeps text from standard input that could not be saved and is nowhere else, byte for byte, and
/// adds its path to the error.
pub(super) fn keep_piped_input(bytes: &[u8], error: anyhow::Error) -> anyhow::Error {
    map_unsaved(error, |failure| match TempFile::new("words.txt", bytes) {
        Ok(scratch) => kept(scratch, failure),
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
        Ok(failure) if failure.kind() == Kind::Output => failure.into(),
        Ok(failure) => keep(failure).into(),
        Err(error) => error,
    }
}

fn kept(scratch: TempFile, failure: Failure) -> Failure {
    let path = scratch.keep();
    failure.hint(format!("what you wrote is kept in {}", shown(&path)))
}
