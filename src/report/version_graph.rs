//! The versions of an entry as a graph: which of them were made in parallel.
//!
//! ```text
//! ●      4  made from both
//! │ ●    3  on the desk
//! ● │    3  on the train
//! ●      2  what both were made from
//! ```

use crate::journal::TracedVersion;

/// The graph beside one version.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct GraphRow {
    /// Beside its first line; empty if no versions are parallel.
    pub head: String,
    /// Beside the lines below.
    pub below: String,
}

/// The graph of `versions`, newest first.
pub(super) fn graph_rows(versions: &[TracedVersion<'_>]) -> Vec<GraphRow> {
    let is_line = (1..versions.len()).all(|at| versions[at].parents == [at - 1]);
    if is_line {
        return vec![GraphRow::default(); versions.len()];
    }
    // The next version on each lane.
    let mut lanes: Vec<Option<usize>> = Vec::new();
    let mut drawn: Vec<(usize, Vec<bool>, Vec<bool>)> = Vec::new();
    for at in (0..versions.len()).rev() {
        let place = lanes.iter().position(|lane| *lane == Some(at));
        let place = place.unwrap_or_else(|| free_lane(&mut lanes));
        lanes[place] = Some(at);
        let head = lanes.iter().map(Option::is_some).collect();
        for lane in &mut lanes {
            lane.take_if(|waiting| *waiting == at);
        }
        for parent in &versions[at].parents {
            // Two lanes that meet continue in the first.
            match lanes.iter().position(|lane| *lane == Some(*parent)) {
                Some(lane) if lane < place => continue,
                Some(lane) => lanes[lane] = None,
                None => {}
            }
            let lane = match lanes[place] {
                None => place,
                Some(_) => free_lane(&mut lanes),
            };
            lanes[lane] = Some(*parent);
        }
        drawn.push((place, head, lanes.iter().map(Option::is_some).collect()));
    }
    let width = lanes.len();
    let row = |there: &[bool], dot: Option<usize>| {
        let sign = |lane: usize| match there.get(lane) {
            _ if dot == Some(lane) => "● ",
            Some(true) => "│ ",
            Some(false) | None => "  ",
        };
        (0..width).map(sign).collect()
    };
    drawn
        .iter()
        .map(|(place, head, below)| GraphRow {
            head: row(head, Some(*place)),
            below: row(below, None),
        })
        .collect()
}

/// A lane without a next version, a new one if there is none.
fn free_lane(lanes: &mut Vec<Option<usize>>) -> usize {
    lanes.iter().position(Option::is_none).unwrap_or_else(|| {
        lanes.push(None);
        lanes.len() - 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Body, Entry, Id};

    #[track_caller]
    fn check(parents: &[&[usize]], expected: &[&str]) {
        let entry = Entry::new(
            Id::new("a"),
            1,
            "2026-11-24T09:15:02+01:00".parse().expect("an instant"),
            Body::Deleted,
        );
        let traced: Vec<TracedVersion<'_>> = parents
            .iter()
            .map(|parents| TracedVersion {
                entry: &entry,
                parents: parents.to_vec(),
                base: Body::Deleted,
                undoes: None,
                is_undone: false,
                settles: Vec::new(),
                opens: Vec::new(),
            })
            .collect();
        let drawn: Vec<String> = graph_rows(&traced)
            .iter()
            .map(|rails| rails.head.trim_end().to_owned())
            .collect();
        assert_eq!(drawn, expected);
    }

    #[test]
    fn a_fork_has_two_lanes_until_a_version_names_both() {
        check(&[&[], &[0], &[1]], &["", "", ""]);
        check(&[&[], &[0], &[0]], &["●", "│ ●", "●"]);
        check(&[&[], &[0], &[0], &[1, 2]], &["●", "│ ●", "● │", "●"]);
        check(&[&[], &[]], &["●", "●"]);
        check(&[&[], &[0], &[0], &[0]], &["●", "│ ●", "│ ●", "●"]);
    }
}
