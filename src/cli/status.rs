//! `leadby status`: the week and what is due, for a person, a status bar or a program.

use std::process::ExitCode;

use super::context::{CommandContext, OpenedJournal};
use super::environment;
use crate::failure::Failure;
use crate::journal::Id;
use crate::report::{PromptProgram, Status, StatusLine};
use crate::store::LineFilter;
use crate::text::counted_noun;

const EXAMPLES: &str = r#"Examples:
  leadby status
  leadby status --short              W48 3/8 · ▸ One owner for it (Fri 27 Nov)
  leadby status --short --no-words   W48 3/8 · ▸ Fri 27 Nov

Status bars and prompts give some characters a meaning: --for TARGET escapes
these, so that your text is only shown. Each line works as it is:

  ~/.tmux.conf
    set -g status-right '#(leadby status --short --for tmux)'
    set -g status-right-length 100
  ~/.bashrc
    PROMPT_COMMAND='PS1="$(leadby status --short --for bash) \$ "'
  ~/.zshrc
    precmd() { PROMPT="$(leadby status --short --for zsh) %# " }
  ~/.config/fish/config.fish
    function fish_right_prompt; leadby status --short --for fish; end

For zsh, a backtick becomes a letter that looks like one. On a bar that others
can see, use --no-words, or status_words = false in your settings. A commitment
from a private page never has its text in --short.

--short exits with 1 when a commitment is due today or overdue, which it marks
with !, else with 0. --json writes an object with today, week, days_to_friday,
due, walk, commitments, record, months and inbox (how many notes wait)."#;

const PROMPTS: [(&str, PromptProgram); 4] = [
    ("tmux", PromptProgram::Tmux),
    ("zsh", PromptProgram::Zsh),
    ("bash", PromptProgram::Bash),
    ("fish", PromptProgram::Fish),
];

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// One line, for a prompt or a status bar
    #[arg(long, conflicts_with = "json")]
    short: bool,
    /// The line for the status bar or prompt of this program
    #[arg(long = "for", value_name = "TARGET", ignore_case = true, value_parser = environment::by_name(PROMPTS), requires = "short")]
    reader: Option<PromptProgram>,
    /// The line without any text of yours
    #[arg(long, requires = "short")]
    no_words: bool,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        if self.short {
            // In a prompt, standard error would be shown again with every prompt.
            context.reports_left_out = false;
            return self.print_line(context);
        }
        let opened = context.open()?;
        let status = Status::new(context.now, &opened.journal, &context.catalog);
        if self.json {
            return Ok(context.print_line(status.json())?);
        }
        context.output.write_text(&status.page())?;
        // Lines that are left out are reported on standard error.
        if !opened.findings.is_empty() && opened.left_out_count() == 0 {
            let need = if opened.findings.len() == 1 {
                "needs"
            } else {
                "need"
            };
            let lines = counted_noun(opened.findings.len(), "line");
            let call = &context.invocation;
            context.print_line(format!(
                "\n! {lines} of the journal {need} a look: run {call} doctor."
            ))?;
        }
        Ok(())
    }

    fn print_line(&self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let opened = open_for_line(context)?;
        let short = StatusLine::new(context.now, &opened.journal, &context.catalog);
        let has_words = !self.no_words && context.config.shows_status_words();
        let line = if !has_words || short.is_private() {
            short.without_user_text()
        } else {
            short.text()
        };
        let line = match self.reader {
            Some(reader) => reader.escape(&line),
            None => line,
        };
        context.print_line(line)?;
        context.exit_code = ExitCode::from(u8::from(short.due_count() > 0));
        Ok(())
    }
}

/// Opens what the line needs of the journal, and then the origins of its commitment.
fn open_for_line(context: &CommandContext<'_>) -> Result<OpenedJournal, Failure> {
    let week = context.now.week();
    let off = context
        .catalog
        .off()
        .map_or("", |(register, _)| &register.id);
    let mut origins: Vec<Id> = Vec::new();
    loop {
        let opened = context.open_filtered(LineFilter::EntriesOf(week, &origins, off))?;
        let short = StatusLine::new(context.now, &opened.journal, &context.catalog);
        match short.unread_origin().cloned() {
            Some(id) if !origins.contains(&id) => origins.push(id),
            _ => return Ok(opened),
        }
    }
}
