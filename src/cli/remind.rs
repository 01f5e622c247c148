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
use super::failures::{not_found, usage};
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

install writes, after asking, a systemd timer, a line of your crontab or a
launchd agent. On Monday, the day things are due (Friday, unless your settings
say another) and the 21st at nine it runs remind --notify, which says in
numbers, never in your words, what is due, how far the walk of the week is, and
whether the month still has an empty box; with nothing to say it is silent. It
runs the command of your settings, such as

  notify = \"notify-send leadby\"

with the text as its last argument; without one, a terminal shows it as a
notification, and cron mails it. uninstall removes what install wrote, whatever
starts it and for whichever journal. A reminder uses LEADBY_CONFIG,
LEADBY_PRACTICES, LEADBY_LADDER and XDG_CONFIG_HOME as they were at install.";

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
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        match self.command {
            Some(RemindCommand::Install(schedule)) => return schedule.install(context),
            Some(RemindCommand::Uninstall(schedule)) => return schedule.uninstall(context),
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
                None => Ok(()),
            };
        }
        let reminders = report::reminders(journal, catalog, by.unwrap_or(today), today);
        context.print_lines(&reminders)?;
        context.exit_code = ExitCode::from(u8::from(!reminders.is_empty()));
        Ok(())
    }
}

/// Shows a text by the user's command, or else on the terminal, or else as output.
fn notify(text: &str, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
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
            Ok(Some(status)) if status.success() => Ok(()),
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
    Ok(())
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
    /// Starts the reminders: shows what that means, asks, does it.
    fn install(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let scheduler = self.with.map_or_else(find_scheduler, Ok)?;
        let folder =
            folder(scheduler).ok_or_else(|| usage("no home folder to write a timer to"))?;
        let (paths, texts) = (
            scheduler.paths(&folder),
            scheduler.texts(&reminder(context)?),
        );
        for (path, text) in paths.iter().zip(&texts) {
            let path = display_path(path);
            let output = &mut *context.output;
            output.write_line(&format!("write   {path}\n\n{text}"))?;
        }
        if scheduler == Scheduler::Cron {
            let line = format!("write   this line of your crontab\n\n{}", texts[0]);
            context.output.write_line(&line)?;
        }
        let commands = scheduler.commands(&paths, true);
        show_commands(&commands, context)?;
        if Installed::find(scheduler).is_some_and(|it| !it.is_for_journal_of(&texts[0])) {
            context.print_line("This replaces the reminder of another journal.")?;
        }
        if self.print || !confirm("Install it?", self.yes, context)? {
            return Ok(());
        }
        if scheduler == Scheduler::Cron {
            change_crontab(&texts[0])?;
        }
        for (path, text) in paths.iter().zip(&texts) {
            let hint = "`leadby remind install --print` shows what to write";
            store::write_user_file(&context.path, path, text, Overwrite::Yes, hint)?;
        }
        for command in &commands {
            run(command, true)?;
        }
        Ok(context.print_line(format!("Installed: {}.", scheduler.name()))?)
    }

    /// Ends the reminders, whatever starts them: shows what is there, asks, removes it.
    fn uninstall(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let schedulers = self
            .with
            .as_ref()
            .map_or(Scheduler::value_variants(), std::slice::from_ref);
        let found = schedulers.iter().copied().filter_map(Installed::find);
        let found: Vec<Installed> = found.collect();
        if found.is_empty() {
            let with = self.with.map(|it| format!(" with {}", it.name()));
            let message = format!("nothing is installed{}", with.unwrap_or_default());
            return Err(not_found(message).into());
        }
        for installed in &found {
            installed.show(context)?;
        }
        if self.print || !confirm("Remove it?", self.yes, context)? {
            return Ok(());
        }
        for installed in &found {
            installed.remove()?;
        }
        let names: Vec<&str> = found.iter().map(|it| it.scheduler.name()).collect();
        Ok(context.print_line(format!("Removed: {}.", names.join(", ")))?)
    }
}

/// What `install` wrote for a program that starts reminders.
struct Installed {
    scheduler: Scheduler,
    files: Vec<PathBuf>,
    /// Lines of the crontab.
    lines: Vec<String>,
}

impl Installed {
    /// What is there; `None` without anything, or without such a program.
    fn find(scheduler: Scheduler) -> Option<Self> {
        let (mut files, mut lines) = (Vec::new(), Vec::new());
        if scheduler == Scheduler::Cron {
            let table = crontab().ok()?;
            let table = String::from_utf8_lossy(&table);
            lines.extend(
                table
                    .lines()
                    .filter(|line| is_ours(line))
                    .map(str::to_owned),
            );
        } else {
            files.extend(scheduler.paths(&folder(scheduler)?));
            files.retain(|path| path.symlink_metadata().is_ok());
        }
        let is_there = !files.is_empty() || !lines.is_empty();
        is_there.then_some(Self {
            scheduler,
            files,
            lines,
        })
    }

    /// Whether it reminds of the journal that this text names.
    fn is_for_journal_of(&self, text: &str) -> bool {
        let file = self.files.first().map(|path| store::read_user_file(path));
        let file = file.and_then(Result::ok).map(|file| file.text);
        let mut texts = self.lines.iter().chain(&file);
        texts.all(|it| journal_of(it) == journal_of(text))
    }

    fn show(&self, context: &mut CommandContext<'_>) -> Result<(), Failure> {
        let output = &mut *context.output;
        for path in &self.files {
            output.write_line(&format!("remove  {}", display_path(path)))?;
        }
        if !self.lines.is_empty() {
            let lines: Vec<String> = self.lines.iter().map(|it| escape_controls(it)).collect();
            let lines = lines.join("\n");
            output.write_line(&format!("remove  from your crontab\n\n{lines}\n"))?;
        }
        show_commands(&self.scheduler.commands(&self.files, false), context)
    }

    fn remove(&self) -> Result<(), Failure> {
        if !self.lines.is_empty() {
            return change_crontab("");
        }
        for command in &self.scheduler.commands(&self.files, false) {
            run(command, false)?;
        }
        let mut files = self.files.iter();
        files.try_for_each(|path| store::remove_user_file(path))
    }
}

/// The folder below which the files for this program are.
fn folder(scheduler: Scheduler) -> Option<PathBuf> {
    match scheduler {
        Scheduler::Launchd => environment::home_folder(),
        Scheduler::Systemd | Scheduler::Cron => environment::config_folder(),
    }
}

fn show_commands(
    commands: &[Vec<String>],
    context: &mut CommandContext<'_>,
) -> Result<(), Failure> {
    commands.iter().try_for_each(|command| {
        let command = one_line(&command.join(" "));
        context.output.write_line(&format!("run     {command}"))
    })
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
        .hint("`leadby remind install --with cron --print` shows a line for another program"))
}

/// What is run at its times, for this journal and with the files of this call.
fn reminder(context: &CommandContext<'_>) -> Result<Reminder, Failure> {
    let text = |path: &Path| {
        let text = path
            .to_str()
            .filter(|text| !text.contains(char::is_control));
        text.map(str::to_owned)
            .ok_or_else(|| usage(format!("a timer cannot name {}", display_path(path))))
    };
    let program = environment::program().unwrap_or_else(|| PathBuf::from("leadby"));
    let mut command = vec![text(&program)?];
    if context.config.journal_source != ValueSource::Default || environment::moves_data() {
        command.extend(["--journal".to_owned(), text(&context.path)?]);
    }
    command.extend(["remind", "--notify"].map(str::to_owned));
    let variables = environment::file_variables().into_iter();
    let variables = variables.map(|(name, path)| Ok((name, text(&path)?)));
    Ok(Reminder {
        variables: variables.collect::<Result<_, Failure>>()?,
        command,
        due: context.now.due_day().weekday,
    })
}

/// The user's crontab; it is empty for one who has none. What cannot be read is not taken for an
/// empty one, which would be written in its place.
fn crontab() -> Result<Vec<u8>, Failure> {
    let ended = run_program(Command::new("crontab").arg("-l"), b"", None);
    let output = ended.map_err(|_| crontab_failed())?;
    let said = String::from_utf8_lossy(&output.stderr).to_lowercase();
    let has_none = said.is_empty() || said.contains("no crontab") || said.contains("no such file");
    if output.status.success() || has_none {
        Ok(output.stdout)
    } else {
        Err(crontab_failed())
    }
}

/// Puts a line into the crontab in the place of those that are ours.
fn change_crontab(line: &str) -> Result<(), Failure> {
    let before = String::from_utf8(crontab()?).map_err(|_| crontab_failed())?;
    let others = before.lines().filter(|line| !is_ours(line));
    let after: String = others.map(|line| format!("{line}\n")).collect();
    let after = after + line;
    let ended = run_program(Command::new("crontab").arg("-"), after.as_bytes(), None);
    match ended {
        Ok(output) if output.status.success() => Ok(()),
        _ => Err(crontab_failed()),
    }
}

fn crontab_failed() -> Failure {
    Failure::new(
        FailureKind::Journal,
        "crontab cannot be read or written; its lines are as they were",
    )
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
                .hint("the files are written; `leadby remind uninstall` removes them"))
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
