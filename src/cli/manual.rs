//! `leadby man`: the manual page, made from the same declaration as `--help`.

use std::io;
use std::process::ExitCode;

use clap_mangen::Man;

use super::context::CommandContext;

const EXAMPLES: &str = "\
Examples:
  leadby man | man -l -
  leadby man > ~/.local/share/man/man1/leadby.1";

/// Write the manual page
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
        let Self {} = self;
        context.output.write_text(&page(super::command())?)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// One page for the program and all its commands.
fn page(mut program: clap::Command) -> anyhow::Result<String> {
    program.build();
    let mut page = section(&program, |man, page| {
        man.render_title(page)?;
        man.render_name_section(page)
    })?;
    page.push_str(".SH SYNOPSIS\n\\fBleadby\\fR [\\fIOPTIONS\\fR] [\\fICOMMAND\\fR]\n");
    page.push_str(".SH OPTIONS\n");
    page.push_str(&options(&program)?);
    page.push_str(".SH COMMANDS\n");
    for command in program.get_subcommands() {
        page.push_str(&command_section(command)?);
        for inner in command.get_subcommands() {
            page.push_str(&command_section(inner)?);
        }
    }
    for part in after_help(&program).split("\n\n") {
        let (title, body) = part.split_once('\n').unwrap_or(("Notes:", part));
        let title = title.trim_end_matches(':').to_uppercase();
        let text = format!(".SH \"{title}\"\n.nf\n{}\n.fi\n", roff(body));
        page.push_str(&text);
    }
    Ok(page)
}

/// The section of one command; empty for `help`.
fn command_section(command: &clap::Command) -> anyhow::Result<String> {
    if command.get_name() == "help" {
        return Ok(String::new());
    }
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    // Subcommands have their own sections.
    let usage = usage.lines().next().unwrap_or_default();
    let about = command
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default();
    let heading = format!(".SS \"{}\"\n{}.\n", roff(usage), roff(&about));
    let own = command.clone().mut_args(|argument| {
        let everywhere = argument.is_global_set() || argument.get_id() == "help";
        argument.hide(everywhere)
    });
    Ok(heading + &options(&own)? + &preformatted(&own))
}

/// What one part of the generator writes about `command`.
fn section(
    command: &clap::Command,
    write: impl FnOnce(&Man, &mut dyn io::Write) -> io::Result<()>,
) -> anyhow::Result<String> {
    let mut text = Vec::new();
    write(&Man::new(command.clone()), &mut text)?;
    Ok(String::from_utf8(text)?)
}

/// The options and arguments of `command`, without the heading above them.
fn options(command: &clap::Command) -> anyhow::Result<String> {
    let text = section(command, Man::render_options_section)?;
    let below = text.split_once(".SH OPTIONS\n").map(|(_, below)| below);
    Ok(below.unwrap_or_default().to_owned())
}

fn preformatted(command: &clap::Command) -> String {
    let text = after_help(command);
    if text.is_empty() {
        return String::new();
    }
    format!(".PP\n.nf\n{}\n.fi\n", roff(&text))
}

fn after_help(command: &clap::Command) -> String {
    command
        .get_after_help()
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// Escapes text for the manual page, so that no character is read as an instruction.
fn roff(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('"', "\\(dq");
    escaped
        .lines()
        .map(|line| {
            if line.starts_with(['.', '\'']) {
                format!("\\&{line}")
            } else {
                line.to_owned()
            }
        })
        .collect::<Vec<String>>()
        .join("\n")
}
