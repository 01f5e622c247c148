//! `leadby remind`: what is due, for cron, a timer or the start of a shell; and what starts it.

mod schedule;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use clap::ValueEnum;

use super::confirm::confirm;
use super::context::CommandContext;
use super::environment::{self, ValueSource};
use super::failures::usage;
use super::sync::run_program;
use crate::failure::{Failure, FailureKind};
use crate::report;
use crate::store::{self, Overwrite};
use crate::text::{display_path, escape_controls, one_line};
use schedule::{Reminder, Scheduler, is_ours, journal_of};

/// How long the command of `notify` may take.
const NOTIFY_LIMIT: Duration = Duration::from_secs(10);

const EXAMPLES: &str = "\
Examples:
  leadby remind                              what is due today or overdue
  leadby remind --by tomorrow
  leadby remind install --print              what would be written, and where
  leadby remind install

With nothing due it prints nothing and exits with 0; else it prints one line
each, and exits with 1. A commitment from a private page is printed without its
text. At the start of a shell, in ~/.profile:

  leadby remind

install writes, after asking, a systemd timer, two lines of your crontab or a
launchd agent. On Monday, the day things are due (Friday, unless your settings
say another) and the 21st at nine it runs remind --notify, which says in
numbers, never in your words, what is due, how far the walk of the week is, and
whether the month still has an empty box; with nothing to say it is silent. It
runs the command of your settings, such as

  notify = \"notify-send leadby\"

with the text as its last argument; without one, a terminal shows it as a
notification, and cron mails it. uninstall removes what install wrote.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    /// What is due by this day, instead of today
    #[arg(long, value_name = "WHEN")]
    by: Option<String>,
    /// Say in numbers what waits, as a notification
    #[arg(long, conflicts_with = "by")]
    notify: bool,
    #[command(subcommand)]
    command: Option<RemindCommand>,
}

#[derive(Debug, clap::Subcommand)]
enum RemindCommand {
    /// Let the machine remind you on Monday, the day things are due and the 21st
    Install(Schedule),
    /// Remove what install wrote
    Uninstall(Schedule),
}

#[derive(Debug, clap::Args)]
struct Schedule {
    /// What starts it; without it, what this machine has
    #[arg(long, value_name = "NAME")]
    with: Option<Scheduler>,
    /// Only show what would be done
    #[arg(long)]
    print: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
        match self.command {
            Some(RemindCommand::Install(schedule)) => return schedule.change(context, true),
            Some(RemindCommand::Uninstall(schedule)) => return schedule.change(context, false),
            None => {}
        }
        let today = context.now.today();
        let by = self.by.map(|when| context.due_day(&when)).transpose()?;
        let opened = context.open()?;
        let (journal, catalog) = (&opened.journal, &context.catalog);
        if self.notify {
            let waiting = report::waiting(context.now, journal, catalog);
            return match waiting {
                Some(text) => notify(&text, context),
                None => Ok(ExitCode::SUCCESS),
            };
        }
        let reminders = report::reminders(journal, catalog, by.unwrap_or(today), today);
        context.print_lines(&reminders)?;
        Ok(ExitCode::from(u8::from(!reminders.is_empty())))
    }
}

/// Shows a text by the user's command, or else on the terminal, or else as output.
fn notify(text: &str, context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
    if let Some(notify) = context.config.notify() {
        let command = &notify.value;
        let words = shell_words::split(command).unwrap_or_default();
        let (program, arguments) = words
            .split_first()
            .ok_or_else(|| unusable("failed", command))?;
        let ended = run_within(
            Command::new(program).args(arguments).arg(text),
            NOTIFY_LIMIT,
        );
        return match ended {
            Ok(Some(status)) if status.success() => Ok(ExitCode::SUCCESS),
            Ok(None) => Err(unusable("took longer than 10 seconds, and was ended", command).into()),
            _ => Err(unusable("failed", command).into()),
        };
    }
    context.print_line(text)?;
    if io::stdout().is_terminal() {
        context.output.flush_or_fail()?;
        // OSC 9 of iTerm2, OSC 777 of urxvt: a terminal shows one of them and ignores the other.
        let notification = format!("\u{1b}]9;{text}\u{7}\u{1b}]777;notify;leadby;{text}\u{7}");
        let _ = io::stdout().write_all(notification.as_bytes());
        let _ = io::stdout().flush();
    }
    Ok(ExitCode::SUCCESS)
}

/// Waits for a command; `None` for one that takes longer, which is ended.
fn run_within(command: &mut Command, limit: Duration) -> io::Result<Option<ExitStatus>> {
    let mut child = command.spawn()?;
    let end = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= end {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(20));
    }
}

fn unusable(why: &str, command: &str) -> Failure {
    let message = format!("the command of `notify` {why}: {}", one_line(command));
    usage(message).hint("`leadby config` shows where it is set")
}

impl Schedule {
    /// Starts the reminders, or ends them: shows what that means, asks, does it.
    fn change(self, context: &mut CommandContext<'_>, starts: bool) -> anyhow::Result<ExitCode> {
        let scheduler = self.with.map_or_else(find_scheduler, Ok)?;
        let folder = match scheduler {
            Scheduler::Launchd => environment::home_folder(),
            Scheduler::Systemd | Scheduler::Cron => environment::config_folder(),
        };
        let folder = folder.ok_or_else(|| usage("no home folder to write a timer to"))?;
        let command = notify_command(context)?;
        let due = context.now.due_day().weekday;
        let files = scheduler.files(&folder, &command, due);
        let commands = scheduler.commands(&files, starts);
        show_plan(context, scheduler, &files, &command, &commands, starts)?;
        if self.print {
            return Ok(ExitCode::SUCCESS);
        }
        let question = if starts { "Install it?" } else { "Remove it?" };
        if !confirm(question, self.yes, context)? {
            return Ok(ExitCode::SUCCESS);
        }
        if scheduler == Scheduler::Cron {
            change_crontab(starts.then(|| cron_lines(&command, due)).as_deref())?;
        }
        if starts {
            for (path, text) in &files {
                let hint = "remind install --print shows what to write";
                store::write_user_file(path, text, Overwrite::Yes, hint)?;
            }
        }
        for command in &commands {
            run(command, starts)?;
        }
        if !starts {
            for (path, _) in &files {
                store::remove_user_file(path)?;
            }
        }
        let done = if starts { "Installed" } else { "Removed" };
        context.print_line(format!("{done}: {}.", scheduler.name()))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Shows what would be written or removed, and what would be run.
fn show_plan(
    context: &mut CommandContext<'_>,
    scheduler: Scheduler,
    files: &[(PathBuf, String)],
    command: &[String],
    commands: &[Vec<String>],
    starts: bool,
) -> Result<(), Failure> {
    let due = context.now.due_day().weekday;
    let output = &mut *context.output;
    let verb = if starts { "write" } else { "remove" };
    for (path, text) in files {
        output.write_line(&format!("{verb:<6}  {}", display_path(path)))?;
        if starts {
            output.write_line(&format!("\n{text}"))?;
        }
    }
    if scheduler == Scheduler::Cron {
        output.write_line(&format!("{verb:<6}  these lines of your crontab\n"))?;
        output.write_line(&cron_lines(command, due))?;
    }
    for command in commands {
        output.write_line(&format!("run     {}", one_line(&command.join(" "))))?;
    }
    Ok(())
}

/// What this machine starts programs with.
fn find_scheduler() -> Result<Scheduler, Failure> {
    if cfg!(target_os = "macos") {
        return Ok(Scheduler::Launchd);
    }
    let answers = |program: &str, arguments: &[&str]| {
        let ended = run_program(Command::new(program).args(arguments), b"", None);
        ended.is_ok_and(|output| output.status.success())
    };
    if answers("systemctl", &["--user", "show-environment"]) {
        return Ok(Scheduler::Systemd);
    }
    // Without a table of one's own it fails, and still is there.
    if run_program(Command::new("crontab").arg("-l"), b"", None).is_ok() {
        return Ok(Scheduler::Cron);
    }
    Err(usage("neither systemd nor cron runs for you here")
        .hint("remind install --with cron --print shows lines for another program"))
}

/// The command that is run at its times, for this journal.
fn notify_command(context: &CommandContext<'_>) -> Result<Vec<String>, Failure> {
    let text = |path: &Path| {
        let text = path
            .to_str()
            .filter(|text| !text.contains(char::is_control));
        text.map(str::to_owned)
            .ok_or_else(|| usage(format!("a timer cannot name {}", display_path(path))))
    };
    let program = environment::program().unwrap_or_else(|| PathBuf::from("leadby"));
    let mut command = vec![text(&program)?];
    if context.config.journal_source != ValueSource::Default {
        command.extend(["--journal".to_owned(), text(&context.path)?]);
    }
    command.extend(["remind", "--notify"].map(str::to_owned));
    Ok(command)
}

fn change_crontab(lines: Option<&str>) -> Result<(), Failure> {
    let failed = || Failure::new(FailureKind::Journal, "crontab did not take the lines");
    let before = run_program(Command::new("crontab").arg("-l"), b"", None).map_err(|_| failed())?;
    // Without a table of one's own it fails, and prints nothing.
    let before = String::from_utf8(before.stdout).map_err(|_| failed())?;
    let after = without_ours(&before) + lines.unwrap_or_default();
    let ended = run_program(Command::new("crontab").arg("-"), after.as_bytes(), None);
    match ended {
        Ok(output) if output.status.success() => Ok(()),
        _ => Err(failed()),
    }
}

/// Runs a command; ending what is not there is no failure.
fn run(command: &[String], must_succeed: bool) -> Result<(), Failure> {
    let (program, arguments) = command.split_first().expect("a command has a program");
    let ended = run_program(Command::new(program).args(arguments), b"", None);
    match ended {
        Ok(output) if output.status.success() || !must_succeed => Ok(()),
        Err(_) if !must_succeed => Ok(()),
        _ => {
            let message = format!("`{}` failed", one_line(&command.join(" ")));
            Err(Failure::new(FailureKind::Journal, message)
                .hint("the files are written; remind uninstall removes them"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_takes_too_long_is_ended() {
        let run = |script: &str, limit| {
            let mut command = Command::new("/bin/sh");
            run_within(command.args(["-c", script]), Duration::from_millis(limit))
        };
        let ended = run("exec sleep 60", 50).expect("a shell");
        assert_eq!(ended, None);
        let ended = run("exit 3", 60_000).expect("a shell");
        assert_eq!(ended.and_then(|status| status.code()), Some(3));
    }
}
