//! Failures as most commands report them.

use crate::failure::{Failure, FailureKind};
use crate::text::quoted;

/// The failure when an argument is invalid.
pub(super) fn usage(message: impl Into<String>) -> Failure {
    Failure::new(FailureKind::Usage, message)
}

/// The failure when nothing matches what was asked for.
pub(super) fn not_found(message: impl Into<String>) -> Failure {
    Failure::new(FailureKind::NotFound, message)
}

/// The failure when nothing of a kind, such as a practice, has this name; the hint is the names there are.
pub(super) fn unknown_name(kind: &str, name: &str, known: &[impl AsRef<str>]) -> Failure {
    let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
    let message = format!("no {kind} called “{}”", quoted(name));
    usage(message).hint(format!("{kind}s: {}", known.join(", ")))
}
