//! The user's own editor: a text goes in, what was written comes back.
//!
//! Whatever the editor does, no text is lost: what it wrote and what could not be read stays in a
//! file, and the failure says where. Knows nothing of what the text is for.

use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGINT, SIGQUIT};
use signal_hook::flag;

use crate::failure::{Failure, FailureKind};
use crate::store::TempFile;
use crate::text::{display_path, one_line};

/// An editor that returns sooner was either closed at once, or does not wait for its window.
const SHORTEST_EDIT: Duration = Duration::from_secs(2);

/// A text from the editor, and the file it is in.
#[derive(Debug)]
pub struct EditedText {
    /// The text, with plain newlines.
    pub text: String,
    /// The file, which goes when this is dropped.
    pub file: TempFile,
    /// Whether the editor ended at once and wrote nothing; then the file stays, as a window may
    /// still be open.
    pub ended_at_once: bool,
}

/// Opens `text` in the editor, in a file called `name`, and returns the edited text. `run` runs the
/// command to its end. If that fails, what was written is kept in a file, and the failure says
/// where.
pub fn edit_text(
    editor: &str,
    name: &str,
    text: &str,
    run: impl FnOnce(&mut Command) -> io::Result<ExitStatus>,
) -> Result<EditedText, Failure> {
    let mut file = TempFile::new(name, text)?;
    let mut command = command(editor, file.path());
    let started = Instant::now();
    let ended = run(&mut command);
    let at_once = started.elapsed() < SHORTEST_EDIT;
    let shown = one_line(editor);
    let trouble = match ended {
        Ok(status) if status.success() => None,
        Ok(_) => Some(format!("the editor ({shown}) failed")),
        Err(error) => Some(format!("the editor ({shown}) cannot be started: {error}")),
    };
    let read = file.read();
    if let Some(trouble) = trouble {
        let failure = Failure::new(
            FailureKind::Usage,
            format!("{trouble}, so nothing was saved"),
        );
        let failure = failure.hint("VISUAL or EDITOR sets another one");
        let touched = read.map_or(true, |now| now != text);
        return Err(if touched {
            keep_file(file, failure)
        } else {
            failure
        });
    }
    let ended_at_once = at_once && !file.was_changed();
    if ended_at_once {
        // Its window may still be open, so the file stays for what is saved there.
        file.keep_on_drop();
    }
    match read {
        Ok(text) => Ok(EditedText {
            text: text.replace("\r\n", "\n"),
            file,
            ended_at_once,
        }),
        Err(failure) if file.path().is_file() => Err(keep_file(file, failure)),
        Err(failure) => Err(failure),
    }
}

/// Runs `job`, in which another program has the terminal: a key that interrupts that program
/// reaches both, and must not end this one.
///
/// Afterwards such a key works as before. The other program inherits nothing of this.
pub fn lend<T>(job: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let over = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGQUIT] {
        flag::register_conditional_default(signal, Arc::clone(&over))?;
    }
    let done = job();
    over.store(true, Ordering::SeqCst);
    done
}

/// Keeps the file, and adds to the failure where it is.
pub fn keep_file(file: TempFile, failure: Failure) -> Failure {
    let path = file.into_kept();
    failure.hint(format!("what you wrote is kept in {}", display_path(&path)))
}

/// Through the shell, as git does it, so that the editor may have arguments and quotes.
fn command(editor: &str, file: &Path) -> Command {
    let wait = waiting_argument(editor).map(|argument| format!(" {argument}"));
    let script = format!("{editor}{} \"$@\"", wait.unwrap_or_default());
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &script, editor]).arg(file);
    command
}

/// The argument that is missing for an editor with a window of its own to wait until that is closed.
fn waiting_argument(editor: &str) -> Option<&'static str> {
    let words = shell_words::split(editor).ok()?;
    let (program, arguments) = words.split_first()?;
    let program = program.rsplit('/').next()?;
    let (argument, other_form) = match program {
        "code" | "code-insiders" | "codium" | "vscodium" | "cursor" | "windsurf" | "subl"
        | "sublime_text" | "zed" | "zeditor" | "atom" | "mate" | "gedit" | "xed" | "bbedit"
        | "lapce" | "idea" | "pycharm" | "webstorm" | "goland" | "clion" | "rustrover" => {
            ("--wait", "-w")
        }
        "gvim" | "mvim" => ("-f", "--nofork"),
        "kate" | "kwrite" => ("--block", "-b"),
        _ => return None,
    };
    let has_one = arguments
        .iter()
        .any(|it| it == argument || it == other_form);
    (!has_one).then_some(argument)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(editor: &str, expected: Option<&str>) {
        assert_eq!(waiting_argument(editor), expected, "{editor}");
    }

    #[test]
    fn an_editor_with_a_window_is_told_to_wait() {
        check("code", Some("--wait"));
        check("/usr/local/bin/code -n", Some("--wait"));
        check("code --wait", None);
        check("subl -w -n", None);
        check(
            "'/Applications/Sublime Text.app/Contents/SharedSupport/bin/subl'",
            Some("--wait"),
        );
        check("gvim", Some("-f"));
        check("gvim --nofork", None);
        check("kate", Some("--block"));
        check("zed", Some("--wait"));
        check("vim", None);
        check("emacsclient -t", None);
        check("barcode", None);
        // What is not a plain command is left as it is.
        check("f() { code \"$1\"; }; f", None);
        check("code 'unfinished", None);
        check("", None);
    }

    /// Runs an editor on "old\n"; returns the text, or the message of the failure.
    fn edit(editor: &str) -> Result<String, Failure> {
        edit_text(editor, "a.txt", "old\n", Command::status).map(|edited| edited.text)
    }

    #[test]
    fn what_is_written_comes_back() {
        assert_eq!(edit("sed -i s/old/new/").expect("a text"), "new\n");
        assert_eq!(edit("printf 'a\\r\\nb' >").expect("a text"), "a\nb");
        assert_eq!(edit("cp /dev/null").expect("a text"), "");
    }

    #[test]
    fn an_editor_that_ends_at_once_leaves_the_file() {
        let edited = edit_text("true", "a.txt", "old", Command::status).expect("a text");
        assert_eq!((edited.text.as_str(), edited.ended_at_once), ("old", true));
        let path = edited.file.path().to_owned();
        drop(edited);
        assert!(path.exists());
        // Its window may be open.
        assert!(!crate::store::unsaved_texts().contains(&path));
        assert!(crate::store::kept_texts().contains(&path));
        std::fs::remove_dir_all(path.parent().expect("a folder")).expect("the folder");
    }

    #[test]
    fn what_a_failing_editor_wrote_is_kept() {
        let hints = |failure: &Failure| {
            failure
                .hints()
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        let failed = edit("false").expect_err("it fails");
        assert_eq!(hints(&failed).len(), 1, "{failed:?}");
        for editor in [
            "f() { echo new > \"$1\"; false; }; f",
            "printf '\\377\\376' >",
        ] {
            let failed = edit(editor).expect_err("it fails");
            let hints = hints(&failed);
            let (_, path) = hints
                .last()
                .and_then(|it| it.split_once("kept in "))
                .expect("a path");
            let folder = Path::new(path).parent().expect("a folder");
            assert!(!std::fs::read(path).expect("a file").is_empty());
            std::fs::remove_dir_all(folder).expect("the folder");
        }
    }
}
