//! Search results on one line, with their matches marked.
//!
//! The text is safe to show; the caller chooses how matches look.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::journal::search::{Passage, Query, first_passage, passages};
use crate::journal::{Entry, Unsettled};
use crate::practice::Catalog;
use crate::text;

/// Columns kept before the first match of a text that is cut off at its start.
const CONTEXT_COLUMNS: usize = 16;

/// How far a match is looked for behind what is shown.
const MATCH_BYTES: usize = 32;

/// Most columns of a part that is shown for its match.
const MAX_PART_COLUMNS: usize = 120;

/// A text that is safe to show, and the matches in it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct HighlightedText {
    text: String,
    matches: Vec<Range<usize>>,
}

impl HighlightedText {
    /// As much of a text as fits on one line of `columns`, with the first match in sight; `None` if
    /// nothing in it matches.
    fn around_match(text: &str, query: &Query, columns: usize) -> Option<Self> {
        let line = line_of(text, query);
        let first = query.first_place(&line)?;
        let start = start_of_excerpt(&line, &first, columns);
        let lead = if start > 0 { "…" } else { "" };
        let from = format!("{lead}{}", &line[start..]);
        let shown = text::clip(&from, columns);
        let kept = match shown.strip_suffix('…') {
            Some(kept) if shown != from => kept.len(),
            _ => shown.len(),
        };
        // A match that goes on behind the end is marked as far as it is shown.
        let end = from.ceil_char_boundary(kept + MATCH_BYTES);
        let places = query.places(&from[lead.len()..end]).into_iter();
        let places = places.map(|place| place.start + lead.len()..place.end + lead.len());
        Some(Self {
            matches: places
                .filter(|place| place.start < kept)
                .map(|place| place.start..place.end.min(kept))
                .collect(),
            text: shown,
        })
    }

    /// As much of a text as fits on one line of `columns`, from its start and without matches.
    fn plain(text: &str, query: &Query, columns: usize) -> Self {
        Self {
            text: text::clip(&line_of(text, query), columns),
            matches: Vec::new(),
        }
    }

    /// A text on at most `rows` lines of `columns`, starting near the first match.
    pub fn wrapped(text: &str, query: &Query, columns: usize, rows: usize) -> Vec<Self> {
        let room = columns.saturating_mul(rows).saturating_sub(columns / 2);
        let shown =
            Self::around_match(text, query, room).unwrap_or_else(|| Self::plain(text, query, room));
        let lines = text::wrap(&shown.text, columns, rows);
        let mut from = 0;
        let line = |line: String| {
            let at = shown.text[from..].find(line.trim_end_matches(['…', ' ']));
            let start = from + at.unwrap_or(0);
            from = start;
            let end = start + line.len();
            let places = shown.matches.iter().filter_map(|place| {
                let part = place.start.max(start)..place.end.min(end);
                let part = part.start.checked_sub(start)?..part.end.checked_sub(start)?;
                (part.start < part.end && line.get(part.clone()).is_some()).then_some(part)
            });
            Self {
                matches: places.collect(),
                text: line,
            }
        };
        lines.into_iter().map(line).collect()
    }

    /// The text in pieces, each with whether it is a match.
    pub fn segments(&self) -> Vec<(&str, bool)> {
        let mut pieces = Vec::new();
        let mut last = 0;
        for place in &self.matches {
            pieces.push((&self.text[last..place.start], false));
            pieces.push((&self.text[place.clone()], true));
            last = place.end;
        }
        pieces.push((&self.text[last..], false));
        pieces.retain(|(piece, _)| !piece.is_empty());
        pieces
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The same after `lead`.
    fn after(&self, lead: &str) -> Self {
        let places = self.matches.iter();
        Self {
            matches: places
                .map(|place| place.start + lead.len()..place.end + lead.len())
                .collect(),
            text: format!("{lead}{}", self.text),
        }
    }
}

/// A text, or the part of a long one that matches, on one line.
fn line_of(text: &str, query: &Query) -> String {
    let pages = query.pages(text);
    let mut line = text::one_line(pages);
    if !text.starts_with(pages) {
        line.insert(0, '…');
    }
    line
}

/// Where a line has to begin for the match `first` to be in sight.
fn start_of_excerpt(line: &str, first: &Range<usize>, columns: usize) -> usize {
    if text::width(&line[..first.end]) < columns || text::width(line) <= columns {
        return 0;
    }
    let mut room = CONTEXT_COLUMNS.min(columns / 3);
    let mut start = first.start;
    for (at, grapheme) in line[..first.start].grapheme_indices(true).rev() {
        let Some(left) = room.checked_sub(text::width(grapheme)) else {
            break;
        };
        room = left;
        start = at;
    }
    // Cut between words, if one ends before the match.
    if !line[..start].ends_with(' ') {
        let gap = line[start..first.start].find(' ');
        start = gap.map_or(start, |gap| start + gap + 1);
    }
    start
}

/// An entry on a line of `columns`: its title, and if that has no match, the part that has one.
pub fn excerpt(
    entry: &Entry,
    unsettled: &[Unsettled],
    query: &Query,
    catalog: &Catalog,
    columns: usize,
) -> HighlightedText {
    let Some(title) = first_passage(entry, catalog) else {
        return HighlightedText::default();
    };
    if let Some(head) = HighlightedText::around_match(&title, query, columns) {
        return head;
    }
    let head = |columns| HighlightedText::plain(&title, query, columns);
    let lead = format!("{} · ", head(columns.saturating_mul(2) / 5).text);
    let room = columns.saturating_sub(text::width(&lead));
    if room == 0 || !query.has_words() {
        return head(columns);
    }
    let others = passages(entry, unsettled, catalog).into_iter().skip(1);
    let room = room.min(MAX_PART_COLUMNS);
    let other = others.map(|part| HighlightedText::around_match(&part.text, query, room));
    let other = other.flatten().next();
    other.map_or_else(|| head(columns), |other| other.after(&lead))
}

/// The part of an entry with most matches, the first of several; its title if nothing matches.
pub fn best_passage<'a>(
    entry: &'a Entry,
    unsettled: &'a [Unsettled],
    query: &Query,
    catalog: &'a Catalog,
) -> Option<Passage<'a>> {
    let found = |part: &Passage<'_>| query.places(query.pages(&part.text)).len();
    // Of equals, the last one is the greatest.
    let parts = passages(entry, unsettled, catalog).into_iter().rev();
    parts.max_by_key(found)
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use crate::journal::{Body, Item, Value};

    fn query(text: &str) -> Query {
        Query::parse(text, &samples::catalog(), samples::now())
    }

    fn shown(marked: &HighlightedText) -> String {
        let pieces = marked.segments().into_iter();
        let shown = pieces.map(|(piece, looked_for)| {
            if looked_for {
                format!("[{piece}]")
            } else {
                piece.to_owned()
            }
        });
        shown.collect()
    }

    #[track_caller]
    fn check(typed: &str, columns: usize, expected: &str) {
        let mut item = Item::new("problems");
        item.set("title", Value::from("Nobody owned\nthe runbook"));
        item.set(
            "where",
            Value::Text(
                "a long way behind everything else there is at the 責任者 of \u{1b}[2J releases"
                    .to_owned(),
            ),
        );
        let entry = samples::entry("x", Body::Item(item));
        let marked = excerpt(&entry, &[], &query(typed), &samples::catalog(), columns);
        assert_eq!(shown(&marked), expected);
        assert!(text::width(marked.as_str()) <= columns);
    }

    #[test]
    fn an_excerpt_shows_what_was_looked_for() {
        check("", 40, "Nobody owned the runbook");
        check("kind:problem", 40, "Nobody owned the runbook");
        check("runbook", 40, "Nobody owned the [runbook]");
        check("runbook", 14, "…the [runbook]");
        check("runbook", 10, "…[runbook]");
        check("runbook", 4, "…[ru]…");
        check(
            "long",
            50,
            "Nobody owned the ru… · a [long] way behind everythi…",
        );
        check(
            "releases",
            60,
            "Nobody owned the runbook · …of ␛[2J [releases]",
        );
        check("責任", 44, "Nobody owned the… · …at the [責任]者 of ␛[2J …");
        check("runbook", 0, "");
    }

    #[test]
    fn wrapped_words_keep_their_places() {
        let text = "one two three four five six seven eight nine ten";
        let lines = |typed: &str, columns, rows| -> Vec<String> {
            let lines = HighlightedText::wrapped(text, &query(typed), columns, rows);
            lines.iter().map(shown).collect()
        };
        assert_eq!(
            lines("\"three four\" nine", 16, 4),
            [
                "one two [three]",
                "[four] five six",
                "seven eight [nine]",
                "ten"
            ]
        );
        assert_eq!(lines("ten", 16, 2), ["…nine [ten]"]);
        assert_eq!(lines("", 16, 1), ["one two…"]);
        assert!(lines("one", 0, 3).is_empty());
    }
}
