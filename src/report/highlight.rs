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

/// Most columns of a part that is shown for its match.
const MAX_PART_COLUMNS: usize = 120;

/// A text that is safe to show, and the matches in it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct HighlightedText {
    text: String,
    matches: Vec<Range<usize>>,
}

impl HighlightedText {
    /// A text on one line.
    #[must_use]
    pub fn one_line(text: &str, query: &Query) -> Self {
        let pages = query.pages(text);
        let mut line = text::one_line(pages);
        if !text.starts_with(pages) {
            line.insert(0, '…');
        }
        Self {
            matches: query.places(&line),
            text: line,
        }
    }

    /// A text on at most `rows` lines of `columns`, starting near the first match.
    #[must_use]
    pub fn wrapped(text: &str, query: &Query, columns: usize, rows: usize) -> Vec<Self> {
        let whole = Self::one_line(text, query);
        let room = columns.saturating_mul(rows);
        let shown = whole.clipped_around_match(room.saturating_sub(columns / 2));
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

    /// Whether it has no match.
    #[must_use]
    pub fn has_no_match(&self) -> bool {
        self.matches.is_empty()
    }

    /// The text in pieces, each with whether it is a match.
    #[must_use]
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

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// As much of it as fits in `columns`, with the first match in sight.
    #[must_use]
    fn clipped_around_match(&self, columns: usize) -> Self {
        let first = self.matches.first().map_or(0, |place| place.start);
        let length = self.matches.first().map_or(0, Range::len);
        let seen = text::width(&self.text[..(first + length).min(self.text.len())]);
        if seen < columns || text::width(&self.text) <= columns {
            return self.clipped(columns);
        }
        let mut graphemes = self.text[..first].grapheme_indices(true).rev();
        let mut room = CONTEXT_COLUMNS.min(columns / 3);
        let mut start = first;
        for (at, grapheme) in graphemes.by_ref() {
            let Some(left) = room.checked_sub(text::width(grapheme)) else {
                break;
            };
            room = left;
            start = at;
        }
        // Cut between words, if one ends before the match.
        if !self.text[..start].ends_with(' ') {
            let gap = self.text[start..first].find(' ');
            start = gap.map_or(start, |gap| start + gap + 1);
        }
        self.starting_at(start, "…").clipped(columns)
    }

    /// The text from byte `start` on, after `lead`.
    fn starting_at(&self, start: usize, lead: &str) -> Self {
        let moved = |at: usize| at - start + lead.len();
        let places = self.matches.iter().filter(|place| place.start >= start);
        Self {
            matches: places
                .map(|place| moved(place.start)..moved(place.end))
                .collect(),
            text: format!("{lead}{}", &self.text[start..]),
        }
    }

    fn clipped(&self, columns: usize) -> Self {
        let text = text::clip(&self.text, columns);
        if text == self.text {
            return self.clone();
        }
        let kept = text.len() - text.strip_suffix('…').map_or(0, |_| '…'.len_utf8());
        let places = self.matches.iter().filter(|place| place.start < kept);
        Self {
            matches: places
                .map(|place| place.start..place.end.min(kept))
                .collect(),
            text,
        }
    }

    fn joined_with(mut self, other: &Self) -> Self {
        let by = self.text.len();
        let places = other.matches.iter();
        self.matches
            .extend(places.map(|place| place.start + by..place.end + by));
        self.text.push_str(&other.text);
        self
    }
}

/// An entry on a line of `columns`: its title, and if that has no match, the part that has one.
#[must_use]
pub fn excerpt(
    entry: &Entry,
    unsettled: &[Unsettled],
    query: &Query,
    catalog: &Catalog,
    columns: usize,
) -> HighlightedText {
    let Some(head) = first_passage(entry, catalog) else {
        return HighlightedText::default();
    };
    let head = HighlightedText::one_line(&head, query);
    if !head.has_no_match() || !query.has_words() {
        return head.clipped_around_match(columns);
    }
    let mut others = passages(entry, unsettled, catalog)
        .into_iter()
        .skip(1)
        .map(|part| HighlightedText::one_line(&part.text, query));
    let Some(other) = others.find(|marked| !marked.has_no_match()) else {
        return head.clipped_around_match(columns);
    };
    let head = head.clipped(columns.saturating_mul(2) / 5);
    let between = HighlightedText {
        text: " · ".to_owned(),
        matches: Vec::new(),
    };
    let taken = text::width(&head.text) + text::width(&between.text);
    let room = columns.saturating_sub(taken).min(MAX_PART_COLUMNS);
    head.joined_with(&between)
        .joined_with(&other.clipped_around_match(room))
        .clipped(columns)
}

/// The part of an entry with most matches, the first of several; its title if nothing matches.
#[must_use]
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
