//! The command line: what one call of `leadby` can do, and how the call ends.
//!
//! One file per command, each with its arguments and what it does; adding one is a file here and
//! an arm in `Command`. Knows nothing of what a line of the journal looks like on disk, or of
//! how a screen is drawn.
//!
//! All output goes through `output::Output`, which notices when it is lost; every error comes back
//! as a [`Failure`], whose kind chooses the exit code.

mod acts;
mod add;
mod advance;
mod answer;
mod answers;
mod check_in;
mod commit;
mod completions;
mod config;
mod confirm;
mod context;
mod delete;
mod demo;
mod doctor;
mod edit;
mod editor;
mod entry_text;
mod environment;
mod evidence;
mod export;
mod failures;
mod field_values;
mod file_mistakes;
mod forget;
mod history;
mod import;
mod ladder;
mod let_go;
mod licences;
mod list;
mod listing;
mod location;
mod look_back;
mod manual;
mod note;
mod off;
mod output;
mod page_output;
mod periods;
mod place;
mod portfolio;
mod practices;
mod remind;
mod remnants;
mod resolve;
mod restore;
mod review;
mod search;
mod settle;
mod show;
mod status;
mod sync;
mod tips;
mod trends;
mod turn_into;
mod undo;
mod user_config;
mod user_keys;
mod user_ladder;
mod user_practices;
mod walk;
mod whole_days;

use std::ffi::OsString;
use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::failure::{Failure, FailureKind};
use crate::terminal;
use crate::text;
use context::CommandContext;
use environment::ProcessEnvironment;
use output::Output;

/// A terminal journal for people who want to lead before they are given the title
#[derive(Debug, Parser)]
#[command(name = "leadby", version, max_term_width = 80, after_help = AFTER_HELP)]
struct Arguments {
    #[arg(
        long,
        help = "The journal file; LEADBY_JOURNAL sets another default",
        global = true,
        value_name = "PATH",
        value_parser = environment::path_parser(),
        value_hint = clap::ValueHint::FilePath,
        display_order = 900
    )]
    journal: Option<PathBuf>,
    /// Print nothing on success; exports, errors and warnings stay
    #[arg(long, short, global = true, display_order = 901)]
    quiet: bool,
    #[arg(
        long,
        help = "Colour: auto (as NO_COLOR says), always or never",
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value_t,
        hide_default_value = true,
        hide_possible_values = true,
        display_order = 902
    )]
    color: Colour,
    #[command(subcommand)]
    command: Option<CliCommand>,
}

/// When output is coloured.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Colour {
    #[default]
    Auto,
    Always,
    Never,
}

/// The commands in the order of `--help`. The arguments of a command are made when it is called;
/// their types have no doc comments, since clap would take those for the help of the command.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum CliCommand {
    /// Open the screens at this week's walk
    Walk(walk::Arguments),
    /// Commit to lead one thing better by a day
    Commit(commit::Arguments),
    /// Say how a commitment went: kept, missed, moved or let go
    #[command(alias = "checkin")]
    CheckIn(check_in::Arguments),
    /// Add a problem, a skill, a system or an item to any other list
    Add(add::Arguments),
    /// Catch a thought in the inbox, without choosing where it belongs
    Note(note::Arguments),
    /// Place a note of the inbox where it belongs, or let it go
    Place(place::Arguments),
    /// Answer a question, for this week or month or an earlier one
    Answer(answer::Arguments),
    /// Move an item to its next stage
    Advance(advance::Arguments),
    /// Let a commitment or an item go
    LetGo(let_go::Arguments),
    /// Turn an item into what its list says it can become, or an answer into a problem
    TurnInto(turn_into::Arguments),
    /// Mark days as off, so that nothing is asked or counted
    Off(off::Arguments),
    /// Settle a field that two machines changed before they met
    Settle(settle::Arguments),
    /// List commitments, answers, or the items of a list
    #[command(visible_alias = "ls")]
    List(list::Arguments),
    /// Search: words, "exact phrases", filters like kind:problem or since:3w
    #[command(visible_alias = "find")]
    Search(search::Arguments),
    /// Show one entry in full
    Show(show::Arguments),
    /// Change one entry; its earlier versions stay in the journal
    Edit(edit::Arguments),
    /// Delete one entry; its earlier versions stay in the journal
    #[command(visible_alias = "rm")]
    Delete(delete::Arguments),
    /// Show all answers to one question, or what changed between two
    Answers(answers::Arguments),
    /// Show the charts of a practice in words, or the last year
    Trends(trends::Arguments),
    /// Show every version of one entry, newest first
    History(history::Arguments),
    /// Undo the last change
    Undo(undo::UndoArguments),
    /// Redo the last change that was undone
    Redo(undo::RedoArguments),
    /// Delete an entry and its history for good; this cannot be undone
    Forget(forget::Arguments),
    /// Show the week, what is due and what was kept
    #[command(visible_alias = "today")]
    Status(status::Arguments),
    /// Look back: what was kept, done and solved, and what changed
    Review(review::Arguments),
    /// List what you did in a week, from commands that you name
    Evidence(evidence::Arguments),
    /// Make a portfolio of what was kept, solved, built and learned
    Portfolio(portfolio::Arguments),
    /// Show your career ladder with your evidence, and the gaps
    Ladder(ladder::Arguments),
    /// Print what is due, or nothing; install a reminder
    Remind(remind::Arguments),
    /// Write the journal for a spreadsheet, a calendar or a reader, or all of it as JSON
    Export(export::Arguments),
    /// Import another journal, an export, or a file of jrnl, taskwarrior, todo.txt and others
    // git's word for it.
    #[command(alias = "merge")]
    Import(import::Arguments),
    /// Sync the journal with its copy in a git repository
    Sync(sync::Arguments),
    /// List the weekly snapshots, or bring back what the journal lost since one
    Restore(restore::Arguments),
    /// Check the journal line by line and say how to fix problems
    Doctor(doctor::Arguments),
    /// Show where the journal is
    Where(location::Arguments),
    /// List the practices; check or start your own files
    Practices(practices::Arguments),
    /// Show your settings and keys; check or start the config file
    Config(config::Arguments),
    /// Open a sample journal in a temporary place; yours is not touched
    Demo(demo::Arguments),
    /// Print what makes a shell complete commands, ids, lists and days
    Completions(completions::Arguments),
    /// Write the manual page
    Man(manual::Arguments),
    /// Show the licences of leadby and of the crates it is built from
    Licences(licences::Arguments),
}

impl CliCommand {
    /// Whether its output depends on the user's files, so that mistakes in them are reported first. The screens report them themselves.
    fn uses_practices(&self) -> bool {
        !matches!(
            self,
            Self::Walk(_)
                | Self::Demo(_)
                | Self::Practices(_)
                | Self::Config(_)
                | Self::Completions(_)
                | Self::Man(_)
                | Self::Licences(_)
        )
    }

    /// Whether it shows entries, and so reports lines that are left out. `remind` runs unattended at
    /// the start of each shell; `doctor` and commands that add lines report them in full.
    fn shows_entries(&self) -> bool {
        matches!(
            self,
            Self::List(_)
                | Self::Search(_)
                | Self::Show(_)
                | Self::Answers(_)
                | Self::Trends(_)
                | Self::History(_)
                | Self::Status(_)
                | Self::Review(_)
                | Self::Portfolio(_)
                | Self::Ladder(_)
                | Self::Export(_)
        )
    }
}

const AFTER_HELP: &str = "\
Examples:
  leadby                                 open the screens
  leadby commit \"One owner for every release step\" --area process
  leadby check-in --kept --note \"all six steps have a name beside them\"
  leadby add problem \"Nobody knows who may restart the build\"
  leadby note ask Ana about the release page
  leadby list problems --plain | cut -f 5
  leadby review --quarter                what was kept, done and solved
  leadby search release owner since:3m   fuzzy, best match first
  leadby status --short                  one line for a prompt or a status bar

Days and texts:
  A day is written fri, tomorrow, in 3 days, 2w, next week, eom, 5th, 4 Dec,
  4.12. or 2026-12-04. What can be two days, like 4/12, is refused with both.
  Looking back, a day is the last one, and 2026-W48, nov or Q3 are days, too.
  A text of - is read from standard input; without one, your editor opens.

Exit codes:
  0  done
  1  nothing found, problems found, or something due (remind, status --short)
  2  invalid arguments, or no text from the editor
  3  the journal cannot be read or written
  4  the journal is in use by another program
  5  output could not be written
  6  sync failed; the local journal is intact

Environment:
  EDITOR            your editor, if VISUAL is not set; default vi
  LEADBY_CONFIG     the file of your settings
  LEADBY_JOURNAL    the journal file, unless --journal is given
  LEADBY_LADDER     the file of your career ladder
  LEADBY_NOW        a time like 2026-11-24T09:15:00+01:00 to use as now
  LEADBY_PRACTICES  the folder of your own practices
  LEADBY_THEME      the theme of the screens, such as light or gruvbox
  NO_COLOR          if not empty, no colour
  TMPDIR            where a text is while you edit it
  VISUAL            your editor, before EDITOR";

/// Runs the command line, and prints the error if it fails.
pub fn run() -> ExitCode {
    // This fails only where no such signal can end the program.
    let _ = terminal::make_oversized_writes_fail();
    let mut environment = ProcessEnvironment::read();
    environment.choose_colour();
    let mut output = Output::standard();
    let done = match environment.completion.take() {
        Some(request) => {
            completions::answer(&request, environment, &mut output).map(|()| ExitCode::SUCCESS)
        }
        None => parse_or_print_help(&environment, &mut output).and_then(|arguments| {
            arguments.map_or(Ok(ExitCode::SUCCESS), |it| {
                output.set_quiet(it.quiet);
                it.execute(environment, &mut output)
            })
        }),
    };
    // Output from before a failure is still printed.
    let flushed = output.flush();
    done.and_then(|code| match flushed {
        Ok(()) => Ok(code),
        Err(lost) => Err(lost
            .hint("nothing else is affected: the command was done")
            .into()),
    })
    .unwrap_or_else(|error| report_error(&error))
}

/// The whole command line, to make completions, the manual and tests from.
pub fn command() -> clap::Command {
    let mut command = Arguments::command();
    command.build();
    command
}

/// The arguments; `None` when help or the version was asked for and printed.
fn parse_or_print_help(
    environment: &ProcessEnvironment,
    output: &mut Output,
) -> anyhow::Result<Option<Arguments>> {
    let error = match parse_arguments(&environment.arguments) {
        Ok(arguments) => return Ok(Some(arguments)),
        Err(error) => error,
    };
    if error.use_stderr() {
        return Err(tips::explain(&error, environment).into());
    }
    let text = error.render();
    let text = if environment.shows_colour {
        text.ansi().to_string()
    } else {
        text.to_string()
    };
    output.write_text(&text)?;
    Ok(None)
}

/// Reads the arguments. If one of them can only be a text (`"- one owner"`), values may begin with
/// `-`; if none is, a mistyped option is an error and not a text.
fn parse_arguments(arguments: &[OsString]) -> Result<Arguments, clap::Error> {
    let mut command = Arguments::command();
    if let Some(first) = arguments.iter().position(is_hyphen_text) {
        command.build();
        let begins = |it: &OsString| it.as_encoded_bytes().starts_with(b"-");
        let options_follow = arguments[first..]
            .iter()
            .any(|it| begins(it) && !is_hyphen_text(it));
        command = command.mut_subcommands(|command| {
            command.mut_args(|argument| {
                let several = argument
                    .get_num_args()
                    .is_some_and(|it| it.max_values() > 1);
                // An argument of several words would swallow the options after it.
                let swallows = argument.is_positional() && several && options_follow;
                let takes_values = argument.get_action().takes_values();
                argument.allow_hyphen_values(takes_values && !swallows)
            })
        });
    }
    let mut matches = command.try_get_matches_from_mut(arguments)?;
    let read = Arguments::from_arg_matches_mut(&mut matches);
    let read = read.map_err(|error| error.format(&mut command));
    // Dropping it would only take time.
    std::mem::forget((command, matches));
    read
}

/// Whether an argument begins like an option but is a text: `- one`, `-3 days`, `--by the way`.
fn is_hyphen_text(argument: &OsString) -> bool {
    let Some(rest) = argument.to_str().and_then(|it| it.strip_prefix('-')) else {
        return false;
    };
    let name = rest.strip_prefix('-').unwrap_or(rest);
    let name = name.split('=').next().unwrap_or_default();
    let is_name = name.is_empty() || name.starts_with(|it: char| it.is_ascii_alphabetic());
    !matches!(rest, "" | "-") && (!is_name || name.contains(char::is_whitespace))
}

impl Arguments {
    fn execute(
        self,
        mut environment: ProcessEnvironment,
        output: &mut Output,
    ) -> anyhow::Result<ExitCode> {
        let arguments = std::mem::take(&mut environment.arguments);
        // It lives as long as the process; dropping it would only take time.
        let mut context =
            ManuallyDrop::new(CommandContext::new(self.journal, environment, output)?);
        let context = &mut *context;
        whole_days::refuse_split_day(&arguments, context.now)?;
        let command = self.command.as_ref();
        if command.is_some_and(CliCommand::uses_practices) {
            context.practices.mistakes.warn();
            context.config.mistakes.warn();
        }
        context.reports_left_out = command.is_some_and(CliCommand::shows_entries);
        let done = match self.command {
            None => walk::run_screens(context, None),
            Some(CliCommand::Walk(arguments)) => arguments.run(context),
            Some(CliCommand::Commit(arguments)) => arguments.run(context),
            Some(CliCommand::CheckIn(arguments)) => arguments.run(context),
            Some(CliCommand::Add(arguments)) => arguments.run(context),
            Some(CliCommand::Note(arguments)) => arguments.run(context),
            Some(CliCommand::Place(arguments)) => arguments.run(context),
            Some(CliCommand::Answer(arguments)) => arguments.run(context),
            Some(CliCommand::Advance(arguments)) => arguments.run(context),
            Some(CliCommand::LetGo(arguments)) => arguments.run(context),
            Some(CliCommand::TurnInto(arguments)) => arguments.run(context),
            Some(CliCommand::Off(arguments)) => arguments.run(context),
            Some(CliCommand::Settle(arguments)) => arguments.run(context),
            Some(CliCommand::Delete(arguments)) => arguments.run(context),
            Some(CliCommand::List(arguments)) => arguments.run(context),
            Some(CliCommand::Search(arguments)) => arguments.run(context),
            Some(CliCommand::Show(arguments)) => arguments.run(context),
            Some(CliCommand::Edit(arguments)) => arguments.run(context),
            Some(CliCommand::Answers(arguments)) => arguments.run(context),
            Some(CliCommand::Trends(arguments)) => arguments.run(context),
            Some(CliCommand::History(arguments)) => arguments.run(context),
            Some(CliCommand::Undo(arguments)) => arguments.run(context),
            Some(CliCommand::Redo(arguments)) => arguments.run(context),
            Some(CliCommand::Forget(arguments)) => arguments.run(context),
            Some(CliCommand::Remind(arguments)) => arguments.run(context),
            Some(CliCommand::Export(arguments)) => arguments.run(context),
            Some(CliCommand::Import(arguments)) => arguments.run(context),
            Some(CliCommand::Sync(arguments)) => arguments.run(context),
            Some(CliCommand::Restore(arguments)) => arguments.run(context),
            Some(CliCommand::Status(arguments)) => arguments.run(context),
            Some(CliCommand::Review(arguments)) => arguments.run(context),
            Some(CliCommand::Evidence(arguments)) => arguments.run(context),
            Some(CliCommand::Portfolio(arguments)) => arguments.run(context),
            Some(CliCommand::Ladder(arguments)) => arguments.run(context),
            Some(CliCommand::Doctor(arguments)) => arguments.run(context),
            Some(CliCommand::Where(arguments)) => arguments.run(context),
            Some(CliCommand::Practices(arguments)) => arguments.run(context),
            Some(CliCommand::Config(arguments)) => arguments.run(context),
            Some(CliCommand::Demo(arguments)) => arguments.run(context),
            Some(CliCommand::Completions(arguments)) => arguments.run(context),
            Some(CliCommand::Man(arguments)) => arguments.run(context),
            Some(CliCommand::Licences(arguments)) => arguments.run(context),
        };
        done.map_err(|error| match context.piped() {
            Some(bytes) => editor::keep_piped_input(bytes, error),
            None => error,
        })
        .map_err(|error| context.name_journal(error))?;
        Ok(context.exit_code)
    }
}

/// Prints an error on standard error and chooses the exit code.
fn report_error(error: &anyhow::Error) -> ExitCode {
    let Some(failure) = error.downcast_ref::<Failure>() else {
        write_stderr(&format!("leadby: {error:#}.\n"));
        return ExitCode::from(FailureKind::Journal.exit_code());
    };
    let message = failure.message();
    let stop = if message.ends_with(['.', '?', '!']) {
        ""
    } else {
        "."
    };
    let mut lines = vec![format!("leadby: {message}{stop}")];
    lines.extend(failure.hints().iter().map(|hint| format!("  {hint}")));
    lines.push(String::new());
    write_stderr(&lines.join("\n"));
    ExitCode::from(failure.kind().exit_code())
}

/// Writes to standard error; if that is lost too, there is no one left to tell.
fn write_stderr(text: &str) {
    let _ = io::stderr().write_all(text::escape_controls(text).as_bytes());
}
