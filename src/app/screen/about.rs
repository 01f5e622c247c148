//! What the About panel says: the idea, and whom it comes from.

/// The one line that is quoted, and who wrote it.
pub const QUOTATION: (&str, &str) = (
    "“Lead what you've been given before you ask for more.”",
    "Analytical Learner, the essay of that title",
);
