//! The words of other programs for a task that is no longer open.

use crate::journal::CommitmentOutcome;

/// What became of a task.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Ending {
    As(CommitmentOutcome),
    /// It was given up, which says nothing of how it went.
    Dropped,
}

/// What words for a task that was given up begin with.
const DROPPED: [&str; 9] = [
    "abandon", "abort", "cancel", "drop", "kill", "obsolete", "reject", "won't", "wont",
];

impl Ending {
    /// What a word says, in any spelling: "let go" of "LET-GO"; `None` if it is not one of them.
    pub(super) fn of(word: &str) -> Option<Self> {
        let word = plain_word(word);
        if DROPPED.iter().any(|it| word.starts_with(it)) {
            return Some(Self::Dropped);
        }
        let outcome = match word.as_str() {
            "done" | "kept" | "completed" | "complete" | "closed" => CommitmentOutcome::Kept,
            "missed" => CommitmentOutcome::Missed,
            "let go" => CommitmentOutcome::LetGo,
            _ => return None,
        };
        Some(Self::As(outcome))
    }
}

/// A word in one spelling: "in progress" of "In-Progress".
pub(super) fn plain_word(word: &str) -> String {
    word.trim().to_lowercase().replace(['-', '_'], " ")
}
