//! A portfolio rendered: as Markdown, as a page of HTML, as JSON.
//!
//! Knows nothing of how its pieces were chosen.

mod html;
mod json;
mod leaving;
mod length;
mod markdown;
mod sentences;
mod sheet;

pub use html::portfolio_html;
pub use json::portfolio_json;
pub use leaving::{leaving_list, leaving_pieces, leaving_source, leaving_summary};
pub use markdown::portfolio_markdown;
pub use sentences::{
    KEY_FIGURES, OPEN, RESULTS, about_lines, commitment_facts, cut_note, first_page_summary,
    key_figures, open_facts, page_heading, page_subtitle, piece_day, result_words, talk_title,
};

use std::num::NonZeroUsize;

use self::sheet::{sheet_html, sheet_json, sheet_markdown};
use super::PageFormat;
use super::public_page::page_markdown;
use crate::insight::{PublicPage, TalkPage};

/// How much of a portfolio is written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct PortfolioExtent {
    /// At most so many printed pages; `None` for all of it.
    pub pages: Option<NonZeroUsize>,
    /// Whether it has the sentences of the months.
    pub month_sentences: bool,
}

/// One item as a page of its own.
pub fn public_page(public: &PublicPage, format: PageFormat) -> String {
    match format {
        PageFormat::Markdown => page_markdown(public, 1),
        PageFormat::Html => html::page_html(public),
        PageFormat::Json => json::page_json(public),
    }
}

/// Any page for others in a format; a portfolio as far as `extent` says.
pub fn talk_page(page: &TalkPage, extent: PortfolioExtent, format: PageFormat) -> String {
    match (page, format) {
        (TalkPage::Portfolio(page), PageFormat::Markdown) => portfolio_markdown(page, extent),
        (TalkPage::Portfolio(page), PageFormat::Html) => portfolio_html(page, extent),
        (TalkPage::Portfolio(page), PageFormat::Json) => portfolio_json(page, extent),
        (TalkPage::Sheet(sheet), PageFormat::Markdown) => sheet_markdown(sheet),
        (TalkPage::Sheet(sheet), PageFormat::Html) => sheet_html(sheet),
        (TalkPage::Sheet(sheet), PageFormat::Json) => sheet_json(sheet),
    }
}
