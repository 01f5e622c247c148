//! A text written in the user's own editor.

use std::io::{self, IsTerminal};
use std::process::Command;
use std::time::{Duration, Instant};

use super::context::Context;
use super::say;
use super::whereabouts::shown;
use crate::failure::{Failure, Kind};
use crate::store::Scratch;
use crate::terminal;

/// An editor that is back sooner was either left at once, or is not one that is waited for.
const AT_ONCE: Duration = Duration::from_secs(2);

/// What came back from the editor, and the file it stands in.
#[derive(Debug)]
pub(super) struct Written {
    /// The text, its lines ended as ours are.
    pub(super) text: String,
    scratch: Scratch,
}

impl Written {
    /// What kept these words from being saved, with the place where they are kept.
    pub(super) fn keep(self, error: anyhow::Error) -> anyhow::Error {
        unsaved(error, |failure| kept(self.scratch, failure))
    }
}

/// Opens `text` in the editor, in a file of that name, and answers what was made of it. `instead`
/// is the way without an editor.
pub(super) fn write(
    context: &Context<'_>,
    name: &str,
    text: &str,
    instead: &str,
) -> Result<Written, Failure> {
    if !io::stdin().is_terminal() {
        let failure = Failure::new(
            Kind::Usage,
            "there is no text, and no terminal to write one",
        );
        return Err(failure.hint(instead));
    }
    let mut scratch = Scratch::new(name, text)?;
    // As git does it: by the shell, so that it may have arguments and quotes.
    let mut command = Command::new("/bin/sh");
    let script = format!("{} \"$@\"", context.editor);
    command
        .args(["-c", &script, &context.editor])
        .arg(scratch.path());
    let started = Instant::now();
    let ended = terminal::lend(|| command.status());
    let at_once = started.elapsed() < AT_ONCE;
    let trouble = match ended {
        Ok(status) if status.success() => None,
        Ok(_) => Some(format!("the editor ({}) did not end well", context.editor)),
        Err(error) => Some(format!(
            "the editor ({}) cannot be started: {error}",
            context.editor
        )),
    };
    let read = scratch.read();
    if let Some(trouble) = trouble {
        let failure = Failure::new(Kind::Output, format!("{trouble}, so nothing was saved"));
        let failure = failure.hint("VISUAL or EDITOR names another one");
        let touched = read.map_or(true, |now| now != text);
        return Err(if touched {
            kept(scratch, failure)
        } else {
            failure
        });
    }
    if at_once && !scratch.is_touched() {
        // Its window may still be open, and what is saved there must have a place.
        scratch.leave();
        say(&format!(
            "leadby: the editor ({}) came back at once with nothing written.\n  \
             if it has a window of its own, it has to wait: EDITOR=\"code --wait\"\n  \
             what is saved there goes to {}\n",
            context.editor,
            shown(scratch.path())
        ));
    }
    match read {
        Ok(text) => Ok(Written {
            text: text.replace("\r\n", "\n"),
            scratch,
        }),
        Err(failure) if scratch.path().exists() => Err(kept(scratch, failure)),
        Err(failure) => Err(failure),
    }
}

/// A text that is not among the arguments: written in the editor, and not empty.
pub(super) fn text(context: &Context<'_>, what: &str, instead: &str) -> Result<Written, Failure> {
    let mut written = write(context, &format!("{what}.txt"), "", instead)?;
    written.text = written.text.trim_end_matches('\n').to_owned();
    if written.text.trim().is_empty() {
        let message = format!("the {what} is empty, so nothing was saved");
        return Err(Failure::new(Kind::Usage, message));
    }
    Ok(written)
}

/// Words that were typed elsewhere and could not be saved, put into a file of their own.
pub(super) fn keep_words(words: &str, failure: Failure) -> Failure {
    match Scratch::new("words.txt", words) {
        Ok(scratch) => kept(scratch, failure),
        // They stand on the screen, and there is no other place.
        Err(_) => failure,
    }
}

/// What kept a text from being saved that came from standard input and is nowhere else, with the
/// place where it is kept, byte for byte.
pub(super) fn keep_input(bytes: &[u8], error: anyhow::Error) -> anyhow::Error {
    unsaved(error, |failure| match Scratch::new("words.txt", bytes) {
        Ok(scratch) => kept(scratch, failure),
        Err(no_place) => {
            let words = String::from_utf8_lossy(bytes);
            let words = words.trim_end_matches('\n');
            let message = no_place.message();
            failure.hint(format!("{message}, so here is what you wrote:\n{words}"))
        }
    })
}

/// The error, with what `keep` says where it means that words were not saved.
fn unsaved(error: anyhow::Error, keep: impl FnOnce(Failure) -> Failure) -> anyhow::Error {
    match error.downcast::<Failure>() {
        // They are saved; only what was to be printed is lost.
        Ok(failure) if failure.kind() == Kind::Output => failure.into(),
        Ok(failure) => keep(failure).into(),
        Err(error) => error,
    }
}

fn kept(scratch: Scratch, failure: Failure) -> Failure {
    let path = scratch.keep();
    failure.hint(format!("what you wrote is kept in {}", shown(&path)))
}
