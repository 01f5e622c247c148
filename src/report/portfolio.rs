//! A portfolio, and the pages for other readers: as Markdown, as a page of HTML, as JSON.
//!
//! Knows nothing of how its pieces were chosen.

mod json;
mod leaving;
mod length;
mod page;
mod sentences;
mod sheet;

pub use leaving::{leaving_list, leaving_pieces, leaving_source, leaving_summary};
pub use sentences::{
    KEY_FIGURES, OPEN, RESULTS, about_lines, commitment_facts, cut_note, first_page_summary,
    key_figures, open_facts, page_heading, page_subtitle, piece_day, result_words, talk_title,
};

use std::num::NonZeroUsize;

use self::json::portfolio_json;
use self::sheet::{sheet_json, sheet_page};
use super::PageFormat;
use super::html::page_html;
use super::markdown::page_markdown;
use crate::insight::TalkPage;

pub(super) use self::json::page_json;

/// How much of a portfolio is written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct PortfolioExtent {
    /// At most so many printed pages; `None` for all of it.
    pub pages: Option<NonZeroUsize>,
    /// Whether it has the sentences of the months.
    pub month_sentences: bool,
}

/// Any page for others in a format; a portfolio as far as `extent` says.
pub fn talk_page(page: &TalkPage, extent: PortfolioExtent, format: PageFormat) -> String {
    let blocks = || match page {
        TalkPage::Portfolio(portfolio) => page::portfolio_page(portfolio, extent),
        TalkPage::Sheet(sheet) => sheet_page(sheet),
    };
    match (format, page) {
        (PageFormat::Markdown, _) => page_markdown(&blocks()),
        (PageFormat::Html, _) => page_html(&blocks()),
        (PageFormat::Json, TalkPage::Portfolio(portfolio)) => portfolio_json(portfolio, extent),
        (PageFormat::Json, TalkPage::Sheet(sheet)) => sheet_json(sheet),
    }
}
