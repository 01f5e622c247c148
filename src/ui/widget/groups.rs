//! A list whose rows are in groups, each under its heading.

use ratatui::layout::Rect;

use super::rows::more;
use crate::ui::Canvas;

/// A line of a grouped list.
pub(in crate::ui) enum Part<MentionGroup, Row> {
    /// Between two groups.
    Gap,
    /// The heading of a group.
    Heading(MentionGroup),
    /// A row, by its place among all.
    Row(usize, Row),
}

/// The lines of all groups, one below the other.
pub(in crate::ui) fn parts<MentionGroup, Row>(
    groups: impl IntoIterator<Item = (MentionGroup, impl IntoIterator<Item = Row>)>,
) -> Vec<Part<MentionGroup, Row>> {
    let mut parts = Vec::new();
    let mut places = 0..;
    for (group, rows) in groups {
        if !parts.is_empty() {
            parts.push(Part::Gap);
        }
        parts.push(Part::Heading(group));
        let rows = rows.into_iter().zip(places.by_ref());
        parts.extend(rows.map(|(row, at)| Part::Row(at, row)));
    }
    parts
}

/// The lines that fit into `area`, each with its place there, with the row at `cursor` in sight;
/// arrows at the edge of `area` if there are more.
pub(in crate::ui) fn visible_lines<'a, MentionGroup, Row>(
    parts: &'a [Part<MentionGroup, Row>],
    cursor: usize,
    canvas: &mut Canvas,
    area: Rect,
) -> impl Iterator<Item = (&'a Part<MentionGroup, Row>, Rect)> + use<'a, MentionGroup, Row> {
    let chosen = parts
        .iter()
        .position(|part| matches!(part, Part::Row(at, _) if *at == cursor));
    let height = usize::from(area.height);
    let first = chosen.map_or(0, |at| (at + 1).saturating_sub(height));
    more(
        canvas,
        area,
        first,
        parts.len().saturating_sub(first + height),
    );
    parts.iter().skip(first).zip(area.rows())
}
