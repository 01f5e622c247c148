//! `leadby status`: where things stand, for a person, a status bar or a program.

use std::process::ExitCode;

use super::context::{Context, Opened};
use crate::failure::Failure;
use crate::journal::{Head, Id};
use crate::report::{Reader, Short, Status};
use crate::store::{Damage, Finding};
use crate::words::count;

const EXAMPLES: &str = r#"Examples:
  leadby status
  leadby status --short       W48 3/8 · ▸ One owner for every release step (Fri 27 Nov)
  leadby status --short --no-words                           W48 3/8 · ▸ Fri 27 Nov

Status bars and prompts take some characters of a text for something else: --for TARGET escapes
these, so that whatever you wrote is only shown. Each line works as it is:

  ~/.tmux.conf          set -g status-right '#(leadby status --short --for tmux)'
                        set -g status-right-length 100
  ~/.bashrc             PROMPT_COMMAND='PS1="$(leadby status --short --for bash) \$ "'
  ~/.zshrc              precmd() { PROMPT="$(leadby status --short --for zsh) %# " }
  ~/.config/fish/       function fish_right_prompt; leadby status --short --for fish; end
    config.fish

For zsh, a backtick becomes a letter that looks like one. A bar that others can see is better off
with --no-words. A commitment that came from a private page never has its words in --short.

--short exits with 1 when a commitment is due today or overdue, which it marks with !, else with
0. --json writes an object with today, week, days_to_friday, due, walk, commitments, record and
months."#;

/// Say where things stand: the week, what is due, what was kept
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// One line, for a prompt or a status bar
    #[arg(long, conflicts_with = "json")]
    short: bool,
    /// The line for a status bar or a prompt of this program
    #[arg(long = "for", value_enum, value_name = "TARGET", requires = "short")]
    reader: Option<Target>,
    /// The line without any text of yours
    #[arg(long, requires = "short")]
    no_words: bool,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

/// What takes the line.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Target {
    Tmux,
    Zsh,
    Bash,
    Fish,
}

impl Arguments {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        // Only the page says what is wrong with lines; for the rest, what bears on it is enough.
        if self.short {
            // It goes into a prompt or a status bar; what stands on standard error there comes
            // back with every prompt.
            context.says_left_out = false;
            return self.line(context);
        }
        let opened = if self.json {
            context.open_for(Status::needs(context.now))?
        } else {
            context.open()?
        };
        let status = Status::at(context.now, &opened.journal, &context.catalog);
        if self.json {
            context.output.line(&status.json())?;
            return Ok(ExitCode::SUCCESS);
        }
        context.output.text(&status.in_words())?;
        // Others are left out, and standard error says so.
        let changed = |finding: &Finding| finding.what == Damage::ChangedOutside;
        if !opened.findings.is_empty() && opened.findings.iter().all(changed) {
            let need = if opened.findings.len() == 1 {
                "needs"
            } else {
                "need"
            };
            let lines = count(opened.findings.len(), "line");
            context.output.line(&format!(
                "\n! {lines} of the journal {need} a look; leadby doctor says which."
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn line(&self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        let opened = open_for_line(context)?;
        let short = Short::at(context.now, &opened.journal, &context.catalog);
        let line = if self.no_words || short.is_private() {
            short.without_words()
        } else {
            short.line()
        };
        let line = match self.reader {
            None => line,
            Some(Target::Tmux) => Reader::Tmux.escape(&line),
            Some(Target::Zsh) => Reader::Zsh.escape(&line),
            Some(Target::Bash) => Reader::Bash.escape(&line),
            Some(Target::Fish) => Reader::Fish.escape(&line),
        };
        context.output.line(&line)?;
        Ok(ExitCode::from(u8::from(short.due() > 0)))
    }
}

/// Opens what the line needs of the journal, and what its commitment came from, step by step.
fn open_for_line(context: &Context<'_>) -> Result<Opened, Failure> {
    let needs = Short::needs(context.now);
    let mut origins: Vec<Id> = Vec::new();
    loop {
        let is_origin = |head: &dyn Head| {
            let mut origins = origins.iter();
            origins.any(|id| id.as_str().as_bytes() == head.id())
        };
        let opened = context.open_for(|head| needs(head) || is_origin(head))?;
        let short = Short::at(context.now, &opened.journal, &context.catalog);
        match short.missing_origin().cloned() {
            Some(id) if !origins.contains(&id) => origins.push(id),
            _ => return Ok(opened),
        }
    }
}
