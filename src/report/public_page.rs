//! One item as others read it.
//!
//! Knows nothing of which fields are shared, no file and no clipboard.

use super::PageFormat;
use super::html::page_html;
use super::markdown::page_markdown;
use super::page::{Block, Page, Run};
use super::portfolio::page_json;
use crate::insight::PublicPage;

/// One item as a page of its own.
pub fn public_page(public: &PublicPage, format: PageFormat) -> String {
    let page = || Page {
        title: public.title.clone(),
        heading: Run::Text(public.title.clone()),
        under: Vec::new(),
        about: Vec::new(),
        blocks: vec![Block::Item(Box::new(public.clone()), 1)],
        as_of: None,
    };
    match format {
        PageFormat::Markdown => page_markdown(&page()),
        PageFormat::Html => page_html(&page()),
        PageFormat::Json => page_json(public),
    }
}

/// A file name for the page of an item: its title in lower case, with hyphens.
pub fn page_file_name(title: &str) -> String {
    const LONGEST: usize = 48;
    let mut name = String::new();
    for word in title.split(|character: char| !character.is_alphanumeric()) {
        let hyphen = usize::from(!name.is_empty());
        if word.is_empty() {
            continue;
        }
        if name.len() + hyphen + word.len() > LONGEST {
            break;
        }
        if hyphen > 0 {
            name.push('-');
        }
        name.extend(word.chars().flat_map(char::to_lowercase));
    }
    if name.is_empty() {
        "page".clone_into(&mut name);
    }
    name + ".md"
}

#[cfg(test)]
mod tests;
