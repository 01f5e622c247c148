//! The addresses in a text: those that lead to a page or to a person, and do nothing else.

use std::ops::Range;

const PAGES: [&str; 2] = ["https://", "http://"];
const MAIL: &str = "mailto:";

/// Whether a text is an address as far as its scheme says (RFC 3986, section 3.1).
pub fn is_address(text: &str) -> bool {
    let mut schemes = PAGES.into_iter().chain([MAIL]);
    schemes.any(|scheme| text.starts_with(scheme) && text.len() > scheme.len())
}

/// Where the addresses of mailboxes are in a text.
pub fn mail_addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('@').filter_map(|(at, _)| {
        let is_part = |it: char| it.is_alphanumeric() || "._%+-".contains(it);
        let (before, after) = (&text[..at], &text[at + 1..]);
        let start = before.trim_end_matches(is_part).len();
        let host = after.len() - after.trim_start_matches(is_part).len();
        let host = after[..host].trim_end_matches(['.', '-']);
        (start < at && host.contains('.')).then(|| start..at + 1 + host.len())
    })
}

/// Where the addresses of pages are in a text. What ends a sentence, or closes what was opened before
/// an address, is not part of it.
pub fn page_addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    text.split_inclusive(char::is_whitespace)
        .filter_map(move |word| {
            let at = next;
            next += word.len();
            let starts = PAGES.iter().filter_map(|scheme| word.find(scheme));
            let (before, rest) = word.split_at(starts.min()?);
            let ends = |it: char| {
                it.is_whitespace()
                    || ".,;:!?'\"*_]>".contains(it)
                    || (it == ')' && !rest.contains('('))
            };
            let start = at + before.len();
            let end = start + rest.trim_end_matches(ends).len();
            (!before.ends_with(char::is_alphanumeric)).then_some(start..end)
        })
}
