//! `leadby evidence`: what the user's commands say about a week.

use std::process::ExitCode;

use serde_json::json;

use super::context::CommandContext;
use super::failures::{not_found, unknown_name};
use super::listing::print_json;
use super::write_stderr;
use crate::calendar::{self, Length, Now, Week};
use crate::config::EvidenceSource;
use crate::evidence::{self, Evidence, EvidenceLine};
use crate::failure::{Failure, FailureKind};
use crate::terminal::{self, ExitReason};
use crate::text::{clip, one_line};

const EXAMPLES: &str = "\
Examples:
  leadby evidence                         what you did this week, by source
  leadby evidence git --week last-week    also 2026-W47 or a day
  leadby evidence --plain | cut -f 3
  leadby evidence --text | fzf | leadby answer audit/influence -
  leadby evidence --text | fzf | leadby add problem -
  leadby evidence --text | fzf | leadby note -

Your config file names the sources: commands like git log, or a calendar file;
`leadby config init` writes one with examples. They run only here and when you
ask for them in a form. Exit code 1 means that nothing was found or that a
command failed.

--plain writes one line per piece, with tabs between columns: source, day
(2026-11-24), text, link. --json writes a list of objects with source, day,
text and link; what is not known is null. --text writes text and link only, as
a form takes them.";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Only these sources
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Another week: last-week, 2026-W47 or a day in it
    #[arg(long, value_name = "WHEN")]
    week: Option<String>,
    /// One piece per line, with tabs between columns
    #[arg(long, conflicts_with_all = ["json", "text"])]
    plain: bool,
    /// A JSON list of objects
    #[arg(long, conflicts_with = "text")]
    json: bool,
    /// Text and link, one piece per line
    #[arg(long)]
    text: bool,
}

impl Arguments {
    pub(super) fn run(self, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
        let week = match &self.week {
            Some(when) => Week::of(context.parse_span(Length::Week, when)?.first()),
            None => context.now.week(),
        };
        let all = context.config.evidence().to_vec();
        if all.is_empty() && !context.config.mistakes.found.is_empty() {
            let message = "no source of evidence while your config file is not used";
            return Err(not_found(message)
                .hint("`leadby config check` lists every mistake")
                .into());
        }
        let sources = self.sources(&all)?;
        let mut commands = Vec::new();
        for source in &sources {
            let own = evidence::commands(source, week).into_iter();
            commands.extend(own.map(|command| (command, source.timeout)));
        }
        let ended = terminal::run_commands(commands).map_err(|error| {
            Failure::new(
                FailureKind::Output,
                format!("commands cannot be run: {error}"),
            )
        })?;
        let outputs = match ended {
            Ok(outputs) => outputs,
            Err(signal) => {
                context.exit_code = ExitReason::Signal(signal).reraise()?;
                return Ok(());
            }
        };
        let mut outputs = outputs.as_slice();
        let mut found: Vec<(&EvidenceSource, Evidence)> = Vec::new();
        for source in sources {
            let (own, rest) = outputs.split_at(source.commands.len().min(outputs.len()));
            outputs = rest;
            let read = evidence::read_outputs(source, own, week, context.now);
            found.push((source, read));
        }
        let problems = found.iter().flat_map(|(source, evidence)| {
            let name = one_line(&source.name);
            let said = evidence.problems.iter();
            said.map(move |problem| format!("leadby: {name}: {problem}.\n"))
        });
        let problems: String = problems.collect();
        let has_failed = found.iter().any(|(_, evidence)| evidence.has_failed);
        let is_none = found.iter().all(|(_, evidence)| evidence.lines.is_empty());
        self.print(&found, context)?;
        write_stderr(&problems);
        if is_none && !has_failed {
            return Err(not_found("no evidence of that week").into());
        }
        context.exit_code = ExitCode::from(u8::from(has_failed));
        Ok(())
    }

    /// The sources that are asked for.
    fn sources<'a>(&self, all: &'a [EvidenceSource]) -> Result<Vec<&'a EvidenceSource>, Failure> {
        if all.is_empty() {
            return Err(not_found("no source of evidence is set up")
                .hint("`leadby config init` writes a file with examples"));
        }
        let find = |name: &String| {
            let found = all.iter().find(|source| source.name == *name);
            found.ok_or_else(|| {
                let names: Vec<String> = all.iter().map(|it| one_line(&it.name)).collect();
                unknown_name("source", name, &names)
            })
        };
        if self.names.is_empty() {
            return Ok(all.iter().collect());
        }
        self.names.iter().map(find).collect()
    }

    fn print(
        &self,
        found: &[(&EvidenceSource, Evidence)],
        context: &mut CommandContext<'_>,
    ) -> Result<(), Failure> {
        let (now, columns) = (context.now, context.columns);
        let output = &mut *context.output;
        let pieces = || {
            found.iter().flat_map(|(source, evidence)| {
                let lines = evidence.lines.iter();
                lines.map(move |line| (source.name.as_str(), line))
            })
        };
        if self.json {
            return print_json(pieces().map(|(source, line)| as_json(source, line)), output);
        }
        if self.plain || self.text {
            return pieces().try_for_each(|(source, line)| {
                output.write_line(&if self.text {
                    line.as_text()
                } else {
                    as_columns(source, line)
                })
            });
        }
        for (source, evidence) in found.iter().filter(|(_, it)| !it.lines.is_empty()) {
            output.write_line(&one_line(&source.name))?;
            for line in &evidence.lines {
                output.write_line(&as_row(line, now, columns))?;
            }
        }
        Ok(())
    }
}

fn as_json(source: &str, line: &EvidenceLine) -> String {
    let day = line.day.map(|day| day.to_string());
    let object =
        json!({"source": one_line(source), "day": day, "text": line.text, "link": line.link});
    object.to_string()
}

fn as_columns(source: &str, line: &EvidenceLine) -> String {
    let day = line.day.map(|day| day.to_string()).unwrap_or_default();
    let link = line.link.as_deref().unwrap_or_default();
    [&one_line(source), &day, &line.text, link].join("\t")
}

fn as_row(line: &EvidenceLine, now: Now, columns: Option<usize>) -> String {
    let day = line.day.map_or_else(String::new, |day| {
        format!("{}  ", calendar::short_date(day, now.today()))
    });
    let row = format!("  {day}{}", line.as_text());
    columns.map_or(row.clone(), |columns| clip(&row, columns))
}
