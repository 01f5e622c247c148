//! `leadby status`: the week and what is due, for a person, a status bar or a program.

use std::process::ExitCode;

use super::context::{Context, Opened};
use crate::failure::Failure;
use crate::journal::{EntryHead, Id};
use crate::report::{PromptProgram, Short, Status};
use crate::store::{Damage, Finding};
use crate::words::count;

const EXAMPLES: &str = r#"Examples:
  leadby status
  leadby status --short       W48 3/8 · ▸ One owner for every release step (Fri 27 Nov)
  leadby status --short --no-words                           W48 3/8 · ▸ Fri 27 Nov

Status bars and prompts give some characters a meaning: --for TARGET escapes these, so that your
text is only shown. Each line works as it is:

  ~/.tmux.conf          set -g status-right '#(leadby status --short --for tmux)'
                        set -g status-right-length 100
  ~/.bashrc             PROMPT_COMMAND='PS1="$(leadby status --short --for bash) \$ "'
  ~/.zshrc              precmd() { PROMPT="$(leadby status --short --for zsh) %# " }
  ~/.config/fish/       function fish_right_prompt; leadby status --short --for fish; end
    config.fish

For zsh, a backtick becomes a letter that looks like one. On a bar that others can see, use
--no-words. A commitment from a private page never has its text in --short.

--short exits with 1 when a commitment is due today or overdue, which it marks with !, else with
0. --json writes an object with today, week, days_to_friday, due, walk, commitments, record and
months."#;

/// Show the week, what is due and what was kept
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// One line, for a prompt or a status bar
    #[arg(long, conflicts_with = "json")]
    short: bool,
    /// The line for the status bar or prompt of this program
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
        // Only the page reports problems with lines; the rest reads only what it needs.
        if self.short {
            // In a prompt, standard error would be shown again with every prompt.
            context.reports_left_out = false;
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
        // Lines that are left out are reported on standard error.
        let changed = |finding: &Finding| finding.damage == Damage::ChangedOutside;
        if !opened.findings.is_empty() && opened.findings.iter().all(changed) {
            let need = if opened.findings.len() == 1 {
                "needs"
            } else {
                "need"
            };
            let lines = count(opened.findings.len(), "line");
            context.output.line(&format!(
                "\n! {lines} of the journal {need} a look: run leadby doctor."
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn line(&self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        let opened = open_for_line(context)?;
        let short = Short::at(context.now, &opened.journal, &context.catalog);
        let line = if self.no_words || short.is_private() {
            short.without_user_text()
        } else {
            short.line()
        };
        let line = match self.reader {
            None => line,
            Some(Target::Tmux) => PromptProgram::Tmux.escape(&line),
            Some(Target::Zsh) => PromptProgram::Zsh.escape(&line),
            Some(Target::Bash) => PromptProgram::Bash.escape(&line),
            Some(Target::Fish) => PromptProgram::Fish.escape(&line),
        };
        context.output.line(&line)?;
        Ok(ExitCode::from(u8::from(short.due() > 0)))
    }
}

/// Opens what the line needs of the journal, and then the origins of its commitment.
fn open_for_line(context: &Context<'_>) -> Result<Opened, Failure> {
    let needs = Short::needs(context.now);
    let mut origins: Vec<Id> = Vec::new();
    loop {
        let is_origin =
            |head: &dyn EntryHead| origins.iter().any(|id| id.as_str().as_bytes() == head.id());
        let opened = context.open_for(|head| needs(head) || is_origin(head))?;
        let short = Short::at(context.now, &opened.journal, &context.catalog);
        match short.missing_origin().cloned() {
            Some(id) if !origins.contains(&id) => origins.push(id),
            _ => return Ok(opened),
        }
    }
}
