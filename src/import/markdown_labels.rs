//! The labels by which the journal as Markdown is known again.
//!
//! `report/export/markdown.rs` writes them, `own_markdown.rs` reads them.

/// The first line.
pub const TITLE: &str = "# Leadership journal";

/// The heading of the answers that are for no week or month.
pub const STANDING: &str = "Standing answers";

/// The fact of an item that names its list.
pub const KIND: &str = "Kind";

/// The fact that says in words which entry another one came from.
pub const ORIGIN: &str = "Came from";

// The facts of a commitment.
pub const AREA: &str = "Area";
pub const MADE: &str = "Made";
pub const DUE: &str = "Due";
pub const STATE: &str = "State";
pub const MOVED: &str = "Moved";
pub const EVIDENCE: &str = "Evidence";
