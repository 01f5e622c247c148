//! A question before something that cannot simply be taken back, or that changes much.

use std::io::{self, IsTerminal};

use super::say;
use crate::failure::{Failure, Kind};

/// Whether the user agrees: said with `--yes`, or typed at the terminal.
///
/// Without a terminal nobody can be asked, and the failure names `again`, the call that needs no
/// question.
pub(super) fn agreed(question: &str, yes: bool, again: &str) -> Result<bool, Failure> {
    if yes {
        return Ok(true);
    }
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        let failure = Failure::new(
            Kind::Usage,
            "nothing was changed: there is nobody to ask here",
        );
        return Err(failure.hint(format!("`{again}` does it without asking")));
    }
    say(&format!("{question} [y/N] "));
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).map_err(|error| {
        Failure::new(Kind::Usage, "nothing was changed: no answer could be read").because(error)
    })?;
    let answer = answer.trim().to_lowercase();
    Ok(matches!(answer.as_str(), "y" | "yes"))
}
