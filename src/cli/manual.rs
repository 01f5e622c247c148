//! `leadby man`: the manual page, made from the same declaration as `--help`.

use std::io;

use clap_mangen::Man;

use super::context::CommandContext;

const EXAMPLES: &str = "\
Examples:
  leadby man | man -l -
  mkdir -p ~/.local/share/man/man1
  leadby man > ~/.local/share/man/man1/leadby.1";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let Self {} = self;
        Ok(context
            .output
            .for_export()
            .write_text(&page(&super::command())?)?)
    }
}

/// One page for the program and all its commands.
fn page(program: &clap::Command) -> anyhow::Result<String> {
    let mut page = section(program, |man, page| {
        man.render_title(page)?;
        man.render_name_section(page)
    })?;
    page.push_str(".SH SYNOPSIS\n\\fBleadby\\fR [\\fIOPTIONS\\fR] [\\fICOMMAND\\fR]\n");
    page.push_str(".SH OPTIONS\n");
    page.push_str(&options(program)?);
    page.push_str(".SH COMMANDS\n");
    let is_help = |it: &&clap::Command| it.get_name() == "help";
    for command in program.get_subcommands().filter(|it| !is_help(it)) {
        page.push_str(&command_section(command)?);
        for inner in command.get_subcommands().filter(|it| !is_help(it)) {
            page.push_str(&command_section(inner)?);
        }
    }
    for part in after_help(program).split("\n\n") {
        let (title, body) = part.split_once('\n').unwrap_or(("Notes:", part));
        let title = title.trim_end_matches(':').to_uppercase();
        page.push_str(&format!(".SH \"{title}\"\n{}", paragraphs(body)));
    }
    Ok(page)
}

/// The section of one command.
fn command_section(command: &clap::Command) -> anyhow::Result<String> {
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
    Ok(heading + &options(&own)? + &paragraphs(&after_help(&own)))
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
    let mut parts: Vec<String> = Vec::new();
    for line in below.unwrap_or_default().lines() {
        // A heading of options belongs to its command, not beside all commands.
        let line = match line.strip_prefix(".SH ") {
            Some(title) => format!(".PP\n\\fB{}\\fR", title.trim_matches('"')),
            None => line.to_owned(),
        };
        match parts.last_mut().filter(|_| line != ".TP") {
            Some(part) => part.push_str(&format!("\n{line}")),
            None => parts.push(line),
        }
    }
    // A hidden argument is written as well, without a word about it.
    parts.retain(|part| !part.ends_with('\n'));
    Ok(parts.iter().map(|part| format!("{part}\n")).collect())
}

/// Text as paragraphs; indented lines stay as they are, near the edge, so that they fit.
fn paragraphs(text: &str) -> String {
    let mut page = String::new();
    for paragraph in text.split("\n\n").filter(|it| !it.is_empty()) {
        page.push_str(".PP\n");
        let lines: Vec<&str> = paragraph.lines().collect();
        for run in lines.chunk_by(|one, other| one.starts_with("  ") == other.starts_with("  ")) {
            let is_indented = run[0].starts_with("  ");
            let run: Vec<&str> = run
                .iter()
                .map(|it| it.strip_prefix("  ").unwrap_or(it))
                .collect();
            let run = roff(&run.join("\n"));
            page.push_str(&if is_indented {
                format!(".nf\n.in 2n\n{run}\n.in\n.fi\n")
            } else {
                format!("{run}\n")
            });
        }
    }
    page
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
