//! The panel of a register on a page: its open items, and those touched this week.

use std::cmp::Reverse;

use super::{Scene, item_text};
use crate::app::editor::Editor;
use crate::app::form::{Panel, PanelRow};
use crate::calendar::Week;
use crate::insight::{days_waiting, page_items};
use crate::journal::rules::{let_go_stage, next_stage, target_register};
use crate::journal::{Id, Item, stage_of};
use crate::practice::{Practice, Register};

/// How many items a panel shows at most.
const PANEL_ROWS: usize = 6;

/// The open items, those touched this week, and those in `kept`, which must stay in sight.
pub(super) fn panel(
    practice: &Practice,
    register: &str,
    week: Week,
    kept: &[&Id],
    scene: Scene<'_>,
) -> Panel {
    let found = practice
        .registers
        .iter()
        .find(|candidate| candidate.id == register);
    let mut rows = Vec::new();
    let mut ages = Vec::new();
    let mut left_out = 0;
    if let Some(register) = found {
        for (id, item) in page_items(scene.journal, scene.catalog, register, week, kept) {
            let since = days_waiting(register, &item, scene.now.today());
            ages.push(Reverse(since));
            rows.push(panel_row(register, id, &item, scene));
        }
        let all = rows.len();
        if register.ages {
            rows = oldest_first(ages, rows);
        } else if register.presets.is_empty() {
            rows.drain(..rows.len().saturating_sub(PANEL_ROWS));
        }
        left_out = all - rows.len();
    }
    let about = |text: fn(&Register) -> &String| found.map(text).cloned().unwrap_or_default();
    Panel {
        register: register.to_owned(),
        about: about(|register| &register.about),
        example: about(|register| &register.example),
        cursor: rows.len(),
        rows,
        hidden_count: left_out,
        editor: Editor::single_line(""),
    }
}

pub(super) fn panel_row(register: &Register, id: Id, item: &Item, scene: Scene<'_>) -> PanelRow {
    let becomes = target_register(register, &id, scene.basis());
    PanelRow {
        title: item.title().to_owned(),
        state: item_text::full_state(register, &id, item, scene),
        let_go_stage: let_go_stage(register, item).map(|stage| stage.name.clone()),
        becomes: becomes.map(|register| register.singular.clone()),
        has_next_stage: next_stage(register, item).is_some(),
        closed: stage_of(register, item).is_some_and(|stage| stage.closes),
        id,
    }
}

/// Items by waiting time, longest first, closed ones last. The newest always stays, so that an item
/// just added can be seen.
fn oldest_first(ages: Vec<Reverse<Option<i64>>>, mut rows: Vec<PanelRow>) -> Vec<PanelRow> {
    let newest = rows.last().map(|row| row.id.clone());
    let mut aged: Vec<(Reverse<Option<i64>>, PanelRow)> = ages.into_iter().zip(rows).collect();
    aged.sort_by_key(|(age, _)| *age);
    rows = aged.into_iter().map(|(_, row)| row).collect();
    let newest = rows.iter().position(|row| Some(&row.id) == newest.as_ref());
    if let Some(at) = newest.filter(|at| *at >= PANEL_ROWS) {
        rows.swap(at, PANEL_ROWS - 1);
    }
    rows.truncate(PANEL_ROWS);
    rows
}
