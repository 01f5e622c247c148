//! A portfolio rendered: as Markdown, as a page of HTML, as JSON.
//!
//! Knows nothing of how its pieces were chosen.

mod html;
mod json;
mod markdown;
mod sentences;

pub use html::portfolio_html;
pub use json::portfolio_json;
pub use markdown::portfolio_markdown;
pub use sentences::{commitment_facts, key_figures};
