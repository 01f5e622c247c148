//! Reads the answer to a question: one line, several, or a number instead of text.

use std::io::{self, BufRead, IsTerminal};

use crate::cli::context::CommandContext;
use crate::failure::{Failure, FailureKind};
use crate::practice::Choice;
use crate::text::escape_controls;

pub(super) enum TypedAnswer {
    Text(String),
    /// An empty line: go to the next question.
    Empty,
    /// The input has ended.
    EndOfInput,
}

/// Reads a line, or lines up to an empty one.
pub(super) fn read_answer(
    context: &mut CommandContext<'_>,
    several: bool,
) -> Result<TypedAnswer, Failure> {
    let mut words = String::new();
    loop {
        context.output.write_text("> ")?;
        context.output.flush()?;
        if context.output.reader_is_gone() && io::stdin().is_terminal() {
            // No one sees the questions; only piped answers would still come.
            return Ok(TypedAnswer::EndOfInput);
        }
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line).map_err(|error| {
            let failure = Failure::new(
                FailureKind::Usage,
                format!("the answer cannot be read: {error}"),
            );
            failure
                .hint("the answers before it are saved")
                .with_source(error)
        })?;
        // Piped answers may begin with a byte order mark.
        let line = line.trim_end_matches(['\n', '\r']);
        let line = line.strip_prefix('\u{feff}').unwrap_or(line);
        if read == 0 && words.is_empty() {
            return Ok(TypedAnswer::EndOfInput);
        }
        if line.trim().is_empty() {
            break;
        }
        if !words.is_empty() {
            words.push('\n');
        }
        words.push_str(line);
        if !several {
            break;
        }
    }
    Ok(if words.is_empty() {
        TypedAnswer::Empty
    } else {
        TypedAnswer::Text(words)
    })
}

/// Lists choices, each with its number.
pub(super) fn list_choices(
    choices: &[Choice],
    context: &mut CommandContext<'_>,
) -> Result<(), Failure> {
    list_lines(choices.iter().map(|choice| choice.label.as_str()), context)
}

/// Lists lines, each with its number.
pub(super) fn list_lines<'a>(
    lines: impl Iterator<Item = &'a str>,
    context: &mut CommandContext<'_>,
) -> Result<(), Failure> {
    for (number, line) in (1..).zip(lines) {
        context
            .output
            .write_line(&format!("  {number}  {}", escape_controls(line)))?;
    }
    Ok(())
}

/// Says why an answer is invalid; the question is asked again. Choices are listed by number, as the
/// question lists them.
pub(super) fn report_invalid(
    context: &mut CommandContext<'_>,
    failure: &Failure,
    choices: &[Choice],
) -> Result<(), Failure> {
    context
        .output
        .write_line(&format!("  {}", escape_controls(failure.message())))?;
    if !choices.is_empty() {
        let named: Vec<String> = (1..)
            .zip(choices)
            .map(|(number, choice)| format!("{number} {}", choice.label))
            .collect();
        let line = format!("  choices: {}", escape_controls(&named.join(", ")));
        return context.output.write_line(&line);
    }
    for hint in failure.hints() {
        context
            .output
            .write_line(&format!("  {}", escape_controls(hint)))?;
    }
    Ok(())
}

/// Replaces numbers of choices by their ids.
pub(super) fn numbers_to_ids(words: &str, choices: &[Choice]) -> String {
    if choices.is_empty() {
        return words.to_owned();
    }
    let parts = words.split([',', ' ']).filter(|part| !part.is_empty());
    let ids: Option<Vec<&str>> = parts
        .map(|part| index_from_number(part, choices.len()).map(|at| choices[at].id.as_str()))
        .collect();
    ids.map_or_else(|| words.to_owned(), |ids| ids.join(","))
}

/// The index in a list for a number from 1.
pub(super) fn index_from_number(text: &str, count: usize) -> Option<usize> {
    let number: usize = text.trim().parse().ok()?;
    (1..=count).contains(&number).then(|| number - 1)
}
