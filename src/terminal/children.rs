//! Commands that run beside the screens, and whose output is read as it comes.
//!
//! Nothing here waits for them: the event loop polls their pipes. Each has its own process group,
//! reads nothing, is asked for no password, and is ended when its time is up or when no one wants
//! its output any more. Knows nothing of what the output means.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags};
use rustix::process::{Pid, Signal as UnixSignal, kill_process_group};
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level;

use super::signals::{Signal, Signals};
use super::tty;
use crate::config::EvidenceCommand;
use crate::evidence::{CommandEnd, CommandOutput, LARGEST_FILE, MOST_BYTES};
use crate::store;

/// How many run at the same time.
const AT_ONCE: usize = 8;

/// How much of standard error is kept, from its end.
const LAST_ERRORS: usize = 4096;

/// The most that is read of one command before the keys are looked at again.
const PORTION: usize = 1 << 18;

/// How long to wait for a command that has closed its output, before it is looked at again.
const MOMENT: Duration = Duration::from_millis(20);

/// What commands find in their environment: no one can answer a question, and their output is read
/// by a program.
const ENVIRONMENT: [(&str, &str); 11] = [
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_PAGER", "cat"),
    ("PAGER", "cat"),
    ("GH_PROMPT_DISABLED", "1"),
    ("GH_NO_UPDATE_NOTIFIER", "1"),
    ("NO_PROMPT", "1"),
    ("SSH_ASKPASS", "false"),
    ("SSH_ASKPASS_REQUIRE", "force"),
    ("NO_COLOR", "1"),
    ("TERM", "dumb"),
];

/// Commands that run, wait to run, or have ended.
#[derive(Debug, Default)]
pub(super) struct Children {
    waiting: VecDeque<(usize, EvidenceCommand, Duration)>,
    running: Vec<Running>,
    ended: Vec<(usize, CommandOutput)>,
    /// Killed and not gone yet.
    killed: Vec<Child>,
}

#[derive(Debug)]
struct Running {
    number: usize,
    child: Child,
    stdout: Option<ChildStdout>,
    stderr: Option<ChildStderr>,
    output: Vec<u8>,
    errors: Vec<u8>,
    limit: Duration,
    deadline: Instant,
}

impl Children {
    /// Starts commands, each with the longest time it may take; those that still run are ended.
    pub(super) fn start(&mut self, commands: Vec<(EvidenceCommand, Duration)>) {
        self.stop();
        let numbered = commands.into_iter().enumerate();
        self.waiting = numbered
            .map(|(number, (command, limit))| (number, command, limit))
            .collect();
        self.fill();
    }

    /// Ends everything; nothing more comes of it.
    pub(super) fn stop(&mut self) {
        self.waiting.clear();
        self.ended.clear();
        for running in self.running.drain(..) {
            self.killed.push(running.kill());
        }
        self.reap();
    }

    /// What to poll.
    pub(super) fn fds(&self) -> impl Iterator<Item = PollFd<'_>> {
        self.running.iter().flat_map(|running| {
            let stdout = running.stdout.iter().map(AsFd::as_fd);
            let stderr = running.stderr.iter().map(AsFd::as_fd);
            let pipes = stdout.chain(stderr);
            pipes.map(|pipe| PollFd::from_borrowed_fd(pipe, PollFlags::IN))
        })
    }

    /// How long until one of them must be looked at, even without output.
    pub(super) fn due_in(&self) -> Option<Duration> {
        if !self.ended.is_empty() {
            return Some(Duration::ZERO);
        }
        let now = Instant::now();
        let due = self.running.iter().map(|running| {
            let left = running.deadline.saturating_duration_since(now);
            if running.is_silent() {
                left.min(MOMENT)
            } else {
                left
            }
        });
        due.min()
    }

    /// Reads what there is, and returns what has ended, by number.
    pub(super) fn take_ended(&mut self) -> Vec<(usize, CommandOutput)> {
        let mut at = 0;
        while let Some(running) = self.running.get_mut(at) {
            match running.read() {
                None => at += 1,
                Some(ended) => {
                    let mut running = self.running.swap_remove(at);
                    let bytes = std::mem::take(&mut running.output);
                    self.ended
                        .push((running.number, CommandOutput { bytes, ended }));
                    self.killed.push(running.kill());
                }
            }
        }
        self.reap();
        self.fill();
        std::mem::take(&mut self.ended)
    }

    /// Waits until one has ended, unless none is left.
    pub(super) fn wait_for_one(&mut self) -> Vec<(usize, CommandOutput)> {
        loop {
            let ended = self.take_ended();
            if !ended.is_empty() || self.is_idle() {
                return ended;
            }
            let mut fds: Vec<PollFd<'_>> = self.fds().collect();
            let _ = tty::wait_until_ready(&mut fds, self.due_in());
        }
    }

    fn is_idle(&self) -> bool {
        self.running.is_empty() && self.waiting.is_empty() && self.ended.is_empty()
    }

    /// Starts as many of the waiting ones as may run.
    fn fill(&mut self) {
        while self.running.len() < AT_ONCE
            && let Some((number, command, limit)) = self.waiting.pop_front()
        {
            let started = match &command {
                EvidenceCommand::File(path) => Err(read_file(path)),
                EvidenceCommand::Program(words) => {
                    let (program, arguments) = words.split_first().expect("a program has a name");
                    let mut command = Command::new(program);
                    command.args(arguments);
                    Running::start(number, command, limit).map_err(|error| not_started(&error))
                }
                EvidenceCommand::Shell(script) => {
                    let mut command = Command::new("/bin/sh");
                    command.args(["-c", script]);
                    Running::start(number, command, limit).map_err(|error| not_started(&error))
                }
            };
            match started {
                Ok(running) => self.running.push(running),
                Err(output) => self.ended.push((number, output)),
            }
        }
    }

    /// Forgets the killed ones that are gone.
    fn reap(&mut self) {
        self.killed
            .retain_mut(|child| matches!(child.try_wait(), Ok(None)));
    }
}

impl Drop for Children {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Running {
    fn start(number: usize, mut command: Command, limit: Duration) -> io::Result<Self> {
        let mut child = command
            .envs(ENVIRONMENT)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let pipes = [
            stdout.as_ref().map(AsFd::as_fd),
            stderr.as_ref().map(AsFd::as_fd),
        ];
        for pipe in pipes.into_iter().flatten() {
            rustix::io::ioctl_fionbio(pipe, true)?;
        }
        Ok(Self {
            number,
            child,
            stdout,
            stderr,
            output: Vec::new(),
            errors: Vec::new(),
            limit,
            deadline: Instant::now() + limit,
        })
    }

    /// Whether it has closed its output.
    fn is_silent(&self) -> bool {
        self.stdout.is_none() && self.stderr.is_none()
    }

    /// Reads what there is; returns how it ended, if it has.
    fn read(&mut self) -> Option<CommandEnd> {
        if read_portion(&mut self.stdout, &mut self.output) {
            self.stdout = None;
        }
        if read_portion(&mut self.stderr, &mut self.errors) {
            self.stderr = None;
        }
        let excess = self.errors.len().saturating_sub(LAST_ERRORS);
        self.errors.drain(..excess);
        if self.output.len() > MOST_BYTES {
            self.output.truncate(MOST_BYTES);
            return Some(CommandEnd::TooLong);
        }
        let is_over = Instant::now() >= self.deadline;
        if !self.is_silent() && !is_over {
            return None;
        }
        match self.child.try_wait() {
            // What it started may still hold the output, and be about to write to it.
            Ok(Some(status)) if self.is_silent() => Some(self.end(status)),
            _ if is_over => Some(CommandEnd::TimedOut(self.limit)),
            _ => None,
        }
    }

    fn end(&self, status: ExitStatus) -> CommandEnd {
        match (status.code(), status.signal()) {
            (Some(0), _) => CommandEnd::Success,
            (Some(code), _) => {
                let said = String::from_utf8_lossy(&self.errors);
                let last = said.lines().rfind(|line| !line.trim().is_empty());
                CommandEnd::ExitCode(code, last.unwrap_or_default().to_owned())
            }
            (None, signal) => CommandEnd::Signal(signal.unwrap_or_default()),
        }
    }

    /// Ends it and its process group, unless it has ended in order.
    fn kill(mut self) -> Child {
        // Without a process the number of its group may be another one's by now.
        if self.is_silent() && matches!(self.child.try_wait(), Ok(Some(_))) {
            return self.child;
        }
        let group = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(group) = group {
            // It may have ended already, with nothing left in its group.
            let _ = kill_process_group(group, UnixSignal::KILL);
        }
        self.child
    }
}

/// Reads a portion of what there is; true at the end.
fn read_portion(pipe: &mut Option<impl Read>, to: &mut Vec<u8>) -> bool {
    let Some(pipe) = pipe else {
        return false;
    };
    let mut room = vec![0; 1 << 16];
    let end = to.len() + PORTION;
    while to.len() < end {
        match pipe.read(&mut room) {
            Ok(0) => return true,
            Ok(read) => to.extend_from_slice(&room[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return error.kind() != io::ErrorKind::WouldBlock,
        }
    }
    false
}

fn read_file(path: &str) -> CommandOutput {
    match store::read_at_most(Path::new(path), LARGEST_FILE) {
        Ok(bytes) => CommandOutput {
            bytes,
            ended: CommandEnd::Success,
        },
        Err(reason) => CommandOutput {
            bytes: Vec::new(),
            ended: CommandEnd::NotStarted(reason),
        },
    }
}

fn not_started(error: &io::Error) -> CommandOutput {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "no such program".to_owned(),
        _ => format!("cannot be started: {error}"),
    };
    CommandOutput {
        bytes: Vec::new(),
        ended: CommandEnd::NotStarted(reason),
    }
}

/// Runs commands until all have ended, and returns what each gave; for commands without screens.
///
/// The commands are not in the group that a key like Ctrl+C reaches, so they are ended here. A
/// signal that asks for the end comes back as its number.
pub fn run_commands(
    commands: Vec<(EvidenceCommand, Duration)>,
) -> io::Result<Result<Vec<CommandOutput>, i32>> {
    let mut signals = Signals::listen(&Arc::new(AtomicBool::new(false)))?;
    let mut outputs = vec![None; commands.len()];
    let mut children = Children::default();
    children.start(commands);
    loop {
        for (number, output) in children.take_ended() {
            outputs[number] = Some(output);
        }
        if children.is_idle() {
            return Ok(Ok(outputs.into_iter().flatten().collect()));
        }
        let mut fds = vec![PollFd::new(&signals, PollFlags::IN)];
        fds.extend(children.fds());
        tty::wait_until_ready(&mut fds, children.due_in())?;
        for signal in signals.take_pending() {
            match signal {
                Signal::End(number) => return Ok(Err(number)),
                Signal::Stop => low_level::emulate_default_handler(SIGTSTP)?,
                Signal::Continue | Signal::Resize => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;
