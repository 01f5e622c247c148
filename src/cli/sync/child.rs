//! Runs another program: its input, its output, and the progress shown meanwhile.
//!
//! Knows nothing of git or of journals.

use std::io::{self, IsTerminal, Read, Write};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::text;

/// The silence after which the user is told what it waits for.
const SILENCE_LIMIT: Duration = Duration::from_secs(10);

/// Runs a program with `input` as its standard input, until it and what it writes have ended.
///
/// If it talks to a remote, `with` is its name: on a terminal its progress is shown, and after ten
/// seconds of silence the user is told what it waits for.
pub(in crate::cli) fn run_program(
    command: &mut Command,
    input: &[u8],
    with: Option<&str>,
) -> io::Result<Output> {
    let mut shown = ProgressLine::new(with, shows_progress(), io::stderr());
    run_with_progress(command, input, &mut shown, SILENCE_LIMIT)
}

fn run_with_progress<W: Write>(
    command: &mut Command,
    input: &[u8],
    shown: &mut ProgressLine<'_, W>,
    patience: Duration,
) -> io::Result<Output> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (heard, chunks) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            // A program that ends before reading everything reports that itself.
            stdin.map(|mut stdin| stdin.write_all(input))
        });
        scope.spawn(move || forward_output(stderr, |chunk| heard.send(chunk).is_ok()));
        let answer = scope.spawn(move || {
            let mut answer = Vec::new();
            forward_output(stdout, |chunk| {
                answer.extend(chunk);
                true
            });
            answer
        });
        let mut errors = Vec::new();
        loop {
            match chunks.recv_timeout(patience) {
                Ok(chunk) => {
                    shown.show(&chunk);
                    errors.extend(chunk);
                }
                Err(RecvTimeoutError::Timeout) => shown.wait(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        shown.end();
        Ok(Output {
            status: child.wait()?,
            stdout: answer.join().unwrap_or_default(),
            stderr: errors,
        })
    })
}

/// Passes on the output of a program as it comes, until `to` returns `false`.
fn forward_output(from: Option<impl Read>, mut to: impl FnMut(Vec<u8>) -> bool) {
    let Some(mut from) = from else { return };
    let mut room = vec![0; 1 << 16];
    loop {
        match from.read(&mut room) {
            Ok(0) => return,
            Ok(read) if to(room[..read].to_vec()) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(_) | Err(_) => return,
        }
    }
}

/// Shows the progress of a program: its last line with a percentage.
struct ProgressLine<'a, W> {
    with: Option<&'a str>,
    on_terminal: bool,
    is_shown: bool,
    to: W,
}

impl<'a, W: Write> ProgressLine<'a, W> {
    fn new(with: Option<&'a str>, on_terminal: bool, to: W) -> Self {
        Self {
            with,
            on_terminal,
            is_shown: false,
            to,
        }
    }

    fn show(&mut self, chunk: &[u8]) {
        if self.with.is_none() || !self.on_terminal {
            return;
        }
        let text = String::from_utf8_lossy(chunk);
        let mut lines = text.split(['\r', '\n']);
        if let Some(line) = lines.rfind(|line| line.contains('%')) {
            self.draw_line(&text::clip(&text::one_line(line.trim()), 70));
        }
    }

    fn wait(&mut self) {
        let Some(with) = self.with else { return };
        let line = format!("Waiting for {}; Ctrl+C is safe.", text::clip(with, 45));
        if self.on_terminal {
            self.draw_line(&line);
        } else if !self.is_shown {
            let _ = writeln!(self.to, "{}", text::one_line(&line));
            self.is_shown = true;
        }
    }

    fn draw_line(&mut self, line: &str) {
        // Back to the beginning of the line, and clear it (ECMA-48).
        let _ = write!(self.to, "\r\u{1b}[K{line}");
        self.is_shown = true;
    }

    fn end(&mut self) {
        if self.is_shown && self.on_terminal {
            self.draw_line("");
        }
    }
}

/// Whether progress is shown on a terminal.
pub(super) fn shows_progress() -> bool {
    io::stderr().is_terminal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn much_goes_in_and_comes_out_at_once() {
        let input = vec![b'x'; 1 << 20];
        let output =
            run_program(&mut Command::new("cat"), &input, None).expect("cat is everywhere");
        assert_eq!(output.stdout, input);
        let mut failing = Command::new("sh");
        failing.args(["-c", "echo no >&2; exit 3"]);
        let output = run_program(&mut failing, &input, None).expect("sh is everywhere");
        assert_eq!(
            (output.status.code(), &*output.stderr),
            (Some(3), &b"no\n"[..])
        );
        assert!(run_program(&mut Command::new("/no/such/program"), b"", None).is_err());
    }

    /// What is shown of a program that prints something, then is silent for a while.
    fn progress_output(on_terminal: bool) -> String {
        let mut said = Vec::new();
        let with = Some("ssh://example.org/j.git");
        let script = "printf 'Counting: 50%% (1/2)\\r\\033[31m' >&2; sleep 0.4";
        let mut command = Command::new("sh");
        let mut progress = ProgressLine::new(with, on_terminal, &mut said);
        let patience = Duration::from_millis(100);
        let command = command.args(["-c", script]);
        run_with_progress(command, b"", &mut progress, patience).expect("sh is everywhere");
        String::from_utf8(said).expect("text")
    }

    #[test]
    fn progress_and_waiting_are_shown() {
        let waiting = "Waiting for ssh://example.org/j.git; Ctrl+C is safe.";
        assert_eq!(progress_output(false), format!("{waiting}\n"));
        let shown = progress_output(true);
        assert!(
            shown.starts_with("\r\u{1b}[KCounting: 50% (1/2)\r"),
            "{shown:?}"
        );
        assert!(
            shown.contains(waiting) && shown.ends_with("\r\u{1b}[K"),
            "{shown:?}"
        );
    }
}
