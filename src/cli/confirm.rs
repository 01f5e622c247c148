//! A question before something that cannot simply be undone, or that changes a lot.

use std::env;
use std::io::{self, IsTerminal};

use super::context::CommandContext;
use super::failures::usage;
use super::write_stderr;
use crate::failure::Failure;
use crate::text::shell_quote;

/// Whether the user agrees to what was printed, by `--yes` or at the terminal; if not, it is said that
/// nothing was changed.
pub(super) fn confirm(
    question: &str,
    yes: bool,
    context: &mut CommandContext<'_>,
) -> Result<bool, Failure> {
    if !yes {
        context.output.flush_or_fail()?;
    }
    let is_agreed = ask_confirmation(question, yes)?;
    if !is_agreed {
        context.print_line("Nothing was changed.")?;
    }
    Ok(is_agreed)
}

/// Whether the user agrees, by `--yes` or at the terminal.
///
/// Without a terminal it fails, and the hint is the same call with `--yes`.
pub(super) fn ask_confirmation(question: &str, yes: bool) -> Result<bool, Failure> {
    if yes {
        return Ok(true);
    }
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        let failure = usage("nothing was changed: no terminal to ask on");
        return Err(failure.hint(format!("`{}` skips the question", call_with_yes())));
    }
    write_stderr(&format!("{question} [y/N] "));
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).map_err(|error| {
        usage("nothing was changed: no answer could be read").with_source(error)
    })?;
    let answer = answer.trim().to_lowercase();
    Ok(matches!(answer.as_str(), "y" | "yes"))
}

/// The call as it was typed, with `--yes`.
fn call_with_yes() -> String {
    let typed = env::args_os().skip(1);
    let mut words: Vec<String> = typed.map(|word| shell_quote(&word)).collect();
    let end = words.iter().position(|word| word == "--");
    words.insert(end.unwrap_or(words.len()), "--yes".to_owned());
    format!("leadby {}", words.join(" "))
}
