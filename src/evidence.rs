//! What commands and files say about a week: their output, read as lines with a day and a link.
//!
//! Runs nothing and reads no file: the output is passed in. Knows no journal.

mod columns;
mod ics;
mod json;
mod recurrence;

use std::time::Duration;

use chrono::NaiveDate;

use crate::calendar::{Now, Week};
use crate::config::{EvidenceCommand, EvidenceSource, OutputFormat};
use crate::text::{clip, counted_noun, one_line, quoted};
use columns::{OutputRow, clean, read_lines};

/// The most bytes of output that are read of one command.
pub const MOST_BYTES: usize = 1 << 20;

/// The most bytes of a file.
pub const LARGEST_FILE: u64 = 1 << 24;

/// The most lines of one source that are shown.
const MOST_LINES: usize = 2_000;

/// The most columns of what a command says about its failure.
const LONGEST_REASON: usize = 400;

/// Something done in a week.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct EvidenceLine {
    pub day: Option<NaiveDate>,
    /// On one line, and safe to show.
    pub text: String,
    /// A link, or another reference such as a commit.
    pub link: Option<String>,
}

/// What a command or a file gave.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CommandOutput {
    pub bytes: Vec<u8>,
    pub ended: CommandEnd,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CommandEnd {
    Success,
    /// With this exit code, and its last line on standard error.
    ExitCode(i32, String),
    Signal(i32),
    /// It was ended because it took longer than this.
    TimedOut(Duration),
    /// It was ended because it wrote too much.
    TooLong,
    /// It cannot be started, or the file cannot be read, for this reason.
    NotStarted(String),
}

/// The lines of a source for a week, the earliest first.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Evidence {
    pub lines: Vec<EvidenceLine>,
    /// What went wrong and what is missing, one sentence each, safe to show.
    pub problems: Vec<String>,
    pub has_failed: bool,
}

/// The commands of a source for a week: its placeholders are filled in.
pub fn commands(source: &EvidenceSource, week: Week) -> Vec<EvidenceCommand> {
    let (first, last) = (week.monday(), week.sunday());
    let values = [
        ("{from}", first.to_string()),
        ("{to}", last.to_string()),
        ("{before}", first.pred_opt().unwrap_or(first).to_string()),
        ("{after}", last.succ_opt().unwrap_or(last).to_string()),
        ("{week}", week.to_string()),
    ];
    let fill = |command: &EvidenceCommand| {
        values
            .iter()
            .fold(command.clone(), |command, (placeholder, value)| {
                command.replace(placeholder, value)
            })
    };
    source.commands.iter().map(fill).collect()
}

/// Reads what the commands of a source gave, in their order.
pub fn read_outputs(
    source: &EvidenceSource,
    outputs: &[CommandOutput],
    week: Week,
    now: Now,
) -> Evidence {
    let mut evidence = Evidence::default();
    let mut failures: Vec<String> = Vec::new();
    for (command, output) in source.commands.iter().zip(outputs) {
        let said = String::from_utf8_lossy(&output.bytes);
        let rows = match source.format {
            OutputFormat::Lines => Ok(read_lines(&said, now)),
            OutputFormat::Json => json::read_json(&said, &source.columns, now),
            OutputFormat::Ics => ics::read_events(&said, week, now).map(|events| {
                for (number, what) in [
                    (
                        events.not_repeated,
                        "left out: rules that are unknown or take too long",
                    ),
                    (
                        events.first_only,
                        "only on its first day: a rule that is unknown or takes too long",
                    ),
                ] {
                    if number > 0 {
                        let events = counted_noun(number, "repeating event");
                        evidence.problems.push(format!("{events} {what}"));
                    }
                }
                events.rows
            }),
        };
        let failure = output.ended.problem(&command_name(command));
        evidence.has_failed |= failure.is_some();
        match rows {
            Ok(rows) => {
                let is_in_week = |day| week.contains(day);
                let this_week = rows
                    .into_iter()
                    .filter(|row| row.day.is_none_or(is_in_week));
                let this_week: Vec<OutputRow> = this_week.collect();
                let (all, before) = (this_week.len(), evidence.lines.len());
                evidence.lines.extend(
                    this_week
                        .into_iter()
                        .filter_map(|row| row.into_line(source.link.as_deref())),
                );
                let without_text = all - (evidence.lines.len() - before);
                if without_text > 0 && source.format == OutputFormat::Json {
                    let objects = counted_noun(without_text, "object");
                    let text = source.columns.get(1).map_or("", String::as_str);
                    let problem = format!("{objects} left out: no text in `{}`", quoted(text));
                    evidence.problems.push(problem);
                }
                failures.extend(failure);
            }
            // What a failed command printed need not be JSON.
            Err(reason) => {
                evidence.has_failed = true;
                let name = command_name(command);
                failures.push(failure.unwrap_or_else(|| format!("{name}: {reason}")));
            }
        }
    }
    failures.dedup();
    evidence.problems.splice(0..0, failures);
    evidence
        .lines
        .sort_by_key(|line| (line.day.is_none(), line.day));
    if evidence.lines.len() > MOST_LINES {
        let more = counted_noun(evidence.lines.len() - MOST_LINES, "more line");
        evidence.problems.push(format!("{more} left out"));
        evidence.lines.truncate(MOST_LINES);
    }
    evidence
}

impl EvidenceLine {
    /// Text and link on one line, as it is taken into a text.
    pub fn as_text(&self) -> String {
        match &self.link {
            // Brackets would become part of a link in most programs.
            Some(link) if link.contains("://") => format!("{} {link}", self.text),
            Some(reference) => format!("{} ({reference})", self.text),
            None => self.text.clone(),
        }
    }
}

impl CommandEnd {
    /// What went wrong; `None` for nothing.
    fn problem(&self, name: &str) -> Option<String> {
        let problem = match self {
            Self::Success => return None,
            Self::ExitCode(code, said) => {
                let said = clip(&one_line(&clean(said)), LONGEST_REASON);
                let reason = if said.is_empty() {
                    said
                } else {
                    format!(": {said}")
                };
                format!("{name} failed with exit code {code}{reason}")
            }
            Self::Signal(number) => format!("{name} was ended by signal {number}"),
            Self::TimedOut(limit) => {
                let limit = counted_noun(usize::try_from(limit.as_secs()).unwrap_or(0), "second");
                format!("{name} was ended: it took longer than {limit}")
            }
            Self::TooLong => format!("{name} was ended: it wrote more than 1 MB"),
            Self::NotStarted(reason) => format!("{name}: {}", one_line(reason)),
        };
        Some(problem)
    }
}

/// What a command is called in messages.
fn command_name(command: &EvidenceCommand) -> String {
    match command {
        EvidenceCommand::Program(words) => quoted(words.first().map_or("", String::as_str)),
        EvidenceCommand::Shell(_) => "the script".to_owned(),
        EvidenceCommand::File(path) => quoted(path),
    }
}

#[cfg(test)]
mod tests;
