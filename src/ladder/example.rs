//! Ladders to start from: `assets/ladders/`.

/// A ladder to start from.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    pub name: &'static str,
    /// What it is like, in a few words.
    pub about: &'static str,
    /// The commented file.
    pub text: &'static str,
}

/// Every example; the first one is written if none is named.
pub const EXAMPLES: [Example; 2] = [
    Example {
        name: "scope",
        about: "five dimensions whose scope grows from your own work to the organisation",
        text: include_str!("../../assets/ladders/scope.toml"),
    },
    Example {
        name: "matrix",
        about: "a table of tracks and levels, several expectations in a cell",
        text: include_str!("../../assets/ladders/matrix.toml"),
    },
];
