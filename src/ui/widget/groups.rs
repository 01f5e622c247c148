//! A list whose rows are in groups, each under its heading.

use ratatui::layout::Rect;

use super::rows::draw_arrows;
use crate::ui::Canvas;

/// A line of a grouped list.
pub(in crate::ui) enum GroupLine<MentionGroup, Row> {
    /// Between two groups.
    Gap,
    /// The heading of a group.
    Heading(MentionGroup),
    /// A row, by its place among all.
    Row(usize, Row),
}

/// The lines of all groups, one below the other.
pub(in crate::ui) fn group_lines<MentionGroup, Row>(
    groups: impl IntoIterator<Item = (MentionGroup, impl IntoIterator<Item = Row>)>,
) -> Vec<GroupLine<MentionGroup, Row>> {
    let mut parts = Vec::new();
    let mut places = 0..;
    for (group, rows) in groups {
        if !parts.is_empty() {
            parts.push(GroupLine::Gap);
        }
        parts.push(GroupLine::Heading(group));
        let rows = rows.into_iter().zip(places.by_ref());
        parts.extend(rows.map(|(row, at)| GroupLine::Row(at, row)));
    }
    parts
}

/// The lines that fit into `area`, each with its place there, with the row at `cursor` in sight;
/// arrows at the edge of `area` if there are more.
pub(in crate::ui) fn visible_lines<'a, MentionGroup, Row>(
    parts: &'a [GroupLine<MentionGroup, Row>],
    cursor: usize,
    canvas: &mut Canvas,
    area: Rect,
) -> impl Iterator<Item = (&'a GroupLine<MentionGroup, Row>, Rect)> + use<'a, MentionGroup, Row> {
    let chosen = parts
        .iter()
        .position(|part| matches!(part, GroupLine::Row(at, _) if *at == cursor));
    let height = usize::from(area.height);
    let first = chosen.map_or(0, |at| (at + 1).saturating_sub(height));
    draw_arrows(
        canvas,
        area,
        first,
        parts.len().saturating_sub(first + height),
    );
    parts.iter().skip(first).zip(area.rows())
}
