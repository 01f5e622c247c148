//! The text of the About panel: the idea, and who it comes from.

/// The one line that is quoted, and who wrote it.
pub const QUOTATION: (&str, &str) = (
    "“Lead what you've been given before you ask for more.”",
    "Analytical Learner, the essay of that title",
);
