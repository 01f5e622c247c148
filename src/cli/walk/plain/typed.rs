//! What is typed to a question: a line, several, a number in place of words.

use std::io::{self, BufRead, IsTerminal};

use crate::cli::context::Context;
use crate::failure::{Failure, Kind};
use crate::practice::Choice;
use crate::words::visible;

/// What was typed to one question.
pub(super) enum Typed {
    /// These words.
    Words(String),
    /// Nothing: to the next one.
    Nothing,
    /// Nothing more will come.
    Over,
}

/// Reads a line, or lines up to an empty one.
pub(super) fn typed(context: &mut Context<'_>, several: bool) -> Result<Typed, Failure> {
    let mut words = String::new();
    loop {
        context.output.text("> ")?;
        context.output.flush()?;
        if context.output.reader_is_gone() && io::stdin().is_terminal() {
            // Nobody sees the questions; answers that are piped are on their way.
            return Ok(Typed::Over);
        }
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line);
        let read = read.map_err(|error| {
            let failure = Failure::new(Kind::Usage, format!("the answer cannot be read: {error}"));
            failure
                .hint("the answers before it are saved")
                .because(error)
        })?;
        // The mark stands before the first of piped answers, if at all.
        let line = line.trim_end_matches(['\n', '\r']);
        let line = line.strip_prefix('\u{feff}').unwrap_or(line);
        if read == 0 && words.is_empty() {
            return Ok(Typed::Over);
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
        Typed::Nothing
    } else {
        Typed::Words(words)
    })
}

/// Lists choices, each with the number that stands for it.
pub(super) fn numbered_choices(
    choices: &[Choice],
    context: &mut Context<'_>,
) -> Result<(), Failure> {
    numbered_lines(choices.iter().map(|choice| choice.label.as_str()), context)
}

/// Lists lines, each with its number.
pub(super) fn numbered_lines<'a>(
    lines: impl Iterator<Item = &'a str>,
    context: &mut Context<'_>,
) -> Result<(), Failure> {
    for (number, line) in (1..).zip(lines) {
        context
            .output
            .line(&format!("  {number}  {}", visible(line)))?;
    }
    Ok(())
}

/// Says why words were not taken; the question stands. Choices are named by their numbers, as the
/// question names them.
pub(super) fn again(
    context: &mut Context<'_>,
    failure: &Failure,
    choices: &[Choice],
) -> Result<(), Failure> {
    context
        .output
        .line(&format!("  {}", visible(failure.message())))?;
    if !choices.is_empty() {
        let named = (1..).zip(choices);
        let named = named.map(|(number, choice)| format!("{number} {}", choice.label));
        let named: Vec<String> = named.collect();
        let line = format!("  choices: {}", visible(&named.join(", ")));
        return context.output.line(&line);
    }
    for hint in failure.hints() {
        context.output.line(&format!("  {}", visible(hint)))?;
    }
    Ok(())
}

/// Choices named by their numbers, as words that name them.
pub(super) fn by_number(words: &str, choices: &[Choice]) -> String {
    if choices.is_empty() {
        return words.to_owned();
    }
    let parts = words.split([',', ' ']).filter(|part| !part.is_empty());
    let ids: Option<Vec<&str>> = parts
        .map(|part| numbered(part, choices.len()).map(|at| choices[at].id.as_str()))
        .collect();
    ids.map_or_else(|| words.to_owned(), |ids| ids.join(","))
}

/// A place in a list, by its number from 1.
pub(super) fn numbered(text: &str, count: usize) -> Option<usize> {
    let number: usize = text.trim().parse().ok()?;
    (1..=count).contains(&number).then(|| number - 1)
}
