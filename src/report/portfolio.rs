//! A portfolio rendered: as Markdown, as a page of HTML, as JSON.
//!
//! Knows nothing of how its pieces were chosen.

mod html;
mod json;
mod length;
mod markdown;
mod sentences;

pub use html::portfolio_html;
pub use json::portfolio_json;
pub use markdown::portfolio_markdown;
pub use sentences::{
    KEY_FIGURES, OPEN, RESULTS, about_lines, commitment_facts, first_page_summary, key_figures,
    open_facts, page_heading, page_subtitle, piece_day, result_words,
};

use std::num::NonZeroUsize;

/// How much of a portfolio is written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct PortfolioExtent {
    /// At most so many printed pages; `None` for all of it.
    pub pages: Option<NonZeroUsize>,
    /// Whether it has the sentences of the months.
    pub month_sentences: bool,
}
