//! `leadby completions SHELL`: what a shell needs to complete a command line.

use std::process::ExitCode;

use clap_complete::Shell;

use super::context::CommandContext;

const EXAMPLES: &str = "\
Examples:
  leadby completions bash > ~/.local/share/bash-completion/completions/leadby
  leadby completions zsh  > ~/.zfunc/_leadby
  leadby completions fish > ~/.config/fish/completions/leadby.fish";

/// Write the completions for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::command(), "leadby", &mut script);
        context.output.write_bytes(&script)?;
        Ok(ExitCode::SUCCESS)
    }
}
