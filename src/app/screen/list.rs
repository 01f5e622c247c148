//! The items of a register, or those of one month.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::filtered_list::{FilterRow, FilteredList, RowList, SortKey, SortOrder, list_label};
use super::panel::panel_row;
use super::{Scene, ScreenState, item_text, rule_results};
use crate::app::form::PanelRow;
use crate::app::keys::{Action, Binding, KeyContext};
use crate::app::route::{CommitSource, Outcome, Route};
use crate::calendar::Month;
use crate::insight::{self, improvement};
use crate::journal::rules::{Act, Advance, TurnInto};
use crate::journal::{Id, Item, Value, stage_of};
use crate::practice::Register;
use crate::report::{field_text, unsettled_sign};

#[derive(Clone, Debug)]
pub struct List {
    /// The register's id.
    pub register: String,
    /// The month, if only one is shown.
    pub month: Option<Month>,
    pub name: String,
    /// What belongs here.
    pub about: String,
    pub example: String,
    /// The items: open ones, then the others, newest first.
    pub rows: FilteredList<ItemRow>,
    pub has_preview: bool,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ItemRow {
    pub item: PanelRow,
    /// The other fields in one line: with who, what.
    pub detail: String,
    /// The item it came from or became.
    pub linked: Option<Id>,
    /// The day it is listed under.
    day: Option<NaiveDate>,
    /// The position of its stage, from 1; 0 without one.
    stage: usize,
}

impl FilterRow for ItemRow {
    type Key = Id;
    type Heading = i32;

    fn row_key(&self) -> &Id {
        &self.item.id
    }

    fn filter_text(&self) -> String {
        format!("{} {} {}", self.item.title, self.detail, self.item.state)
    }

    fn heading(&self, order: SortOrder) -> Option<i32> {
        self.sort_key().year_in(order, self.item.closed)
    }

    fn sort_key(&self) -> SortKey<'_> {
        SortKey {
            title: &self.item.title,
            day: self.day,
            stage: self.stage,
        }
    }
}

impl List {
    pub(super) fn new(register: &str, month: Option<Month>, scene: Scene<'_>) -> Option<Self> {
        let register = scene.catalog.register(register)?;
        Some(Self {
            register: register.id.clone(),
            month,
            name: register.name.clone(),
            about: register.about.clone(),
            example: register.example.clone(),
            rows: FilteredList::new(item_rows(register, month, scene)),
            has_preview: item_text::has_preview(register, scene),
        })
    }
}

impl ScreenState for List {
    fn route(&self) -> Route {
        Route::list(&self.register, self.month)
    }

    fn title(&self) -> Option<String> {
        Some(match self.month {
            Some(month) => format!("{} · {}", self.name, month.full_name()),
            None => self.name.clone(),
        })
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        if let Some(register) = scene.catalog.register(&self.register) {
            self.rows.replace(item_rows(register, self.month, scene));
        }
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        let id = self.focused_entry(scene);
        match (action, id) {
            (Action::Add, _) => Outcome::open(Route::new_item(&self.register)),
            (Action::Open, Some(id)) => Outcome::open(Route::item(&self.register, &id)),
            (Action::History, Some(id)) if !scene.journal.versions(&id).is_empty() => {
                Outcome::open(Route::History(id))
            }
            (Action::Preview, Some(id)) => Outcome::open(Route::Preview(id)),
            (Action::CommitFrom, Some(id)) => Outcome::open(Route::Commit(CommitSource::Entry(id))),
            (Action::Delete, Some(id)) => rule_results::outcome(&Act::Delete(id), scene),
            (Action::Advance, Some(id)) => {
                rule_results::outcome(&Act::Advance(Advance { id, on: None }), scene)
            }
            (Action::PreviousStage, Some(id)) => rule_results::outcome(&Act::StepBack(id), scene),
            (Action::LetGo, Some(id)) => rule_results::outcome(&Act::LetGo(id), scene),
            (Action::Convert, Some(id)) => {
                let unsaved = None;
                rule_results::outcome(&Act::TurnInto(TurnInto { id, unsaved }), scene)
            }
            (Action::OpenLinked, Some(id)) => {
                let other = item_text::linked(&id, scene);
                Outcome::navigate_if(other.and_then(|other| item_text::entry_screen(&other, scene)))
            }
            _ => Outcome::stay(),
        }
    }

    fn is_enabled(&self, action: Action) -> bool {
        let chosen_has = |what: fn(&ItemRow) -> bool| self.rows.chosen().is_some_and(what);
        match action {
            Action::Add => true,
            Action::Sort => self.rows.count() > 1,
            Action::Delete | Action::History | Action::CommitFrom => chosen_has(|_| true),
            Action::Advance => chosen_has(|row| row.item.has_next_stage),
            Action::PreviousStage => chosen_has(|row| row.stage > 0),
            Action::LetGo => chosen_has(|row| row.item.let_go_stage.is_some()),
            Action::Convert => chosen_has(|row| row.item.becomes.is_some()),
            Action::OpenLinked => chosen_has(|row| row.linked.is_some()),
            Action::Preview => self.has_preview && chosen_has(|_| true),
            _ => self.rows.is_enabled(action),
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::List, KeyContext::Register]
    }

    has_list!(rows);

    fn choose_entry(&mut self, id: &Id) -> bool {
        self.rows.choose(id)
    }

    fn label(&self, binding: &Binding) -> Option<String> {
        self.rows
            .chosen()
            .and_then(|row| row.item.action_label(binding.action))
            .or_else(|| list_label(&self.rows, binding))
    }

    fn focused_entry(&self, _: Scene<'_>) -> Option<Id> {
        self.rows.chosen().map(|row| row.item.id.clone())
    }
}

fn item_rows(register: &Register, month: Option<Month>, scene: Scene<'_>) -> Vec<ItemRow> {
    let items: Vec<(Id, Item)> = match month {
        Some(month) => insight::items_of_month(scene.journal, register, month, scene.now.today())
            .into_iter()
            .map(|(entry, item)| (entry.id.clone(), item.clone()))
            .collect(),
        None => scene.journal.items_with_presets(register),
    };
    let mut rows: Vec<ItemRow> = items
        .into_iter()
        .map(|(id, item)| {
            let sign = unsettled_sign(&id, scene.journal);
            let linked = item_text::linked(&id, scene);
            let (day, stage) = day_and_stage(register, &id, &item, scene);
            let mut row = panel_row(register, id, &item, scene);
            row.state.insert_str(0, sign);
            ItemRow {
                item: row,
                detail: detail(register, &item),
                linked,
                day,
                stage,
            }
        })
        .collect();
    if register.presets.is_empty() {
        rows.reverse();
    }
    rows.sort_by_key(|row| {
        let closed = row.item.closed;
        (closed, closed.then_some(Reverse(row.day)))
    });
    rows
}

/// The day of its last stage, or the day it was first written; and the position of that stage.
fn day_and_stage(
    register: &Register,
    id: &Id,
    item: &Item,
    scene: Scene<'_>,
) -> (Option<NaiveDate>, usize) {
    let stage = stage_of(register, item);
    let mut stages = register.stages.iter();
    let place = stages.position(|other| Some(other) == stage);
    let reached = stage.and_then(|stage| item.day(&stage.id));
    let day = reached.or_else(|| scene.journal.first_written_day(id));
    (day, place.map_or(0, |at| at + 1))
}

/// The fields of an item except its title and stages, in one line.
fn detail(register: &Register, item: &Item) -> String {
    let mut parts = Vec::new();
    let improved = improvement(register, item);
    let is_in_numbers = |id: &String| match (&register.improves, &improved) {
        (Some(fields), Some(_)) => [&fields.before, &fields.after, &fields.unit].contains(&id),
        _ => false,
    };
    for field in register.fields.iter().skip(1) {
        if is_in_numbers(&field.id) {
            continue;
        }
        match item.values.get(&field.id) {
            Some(Value::Log(lines)) => parts.extend(lines.last().map(|line| line.text.clone())),
            Some(value) => parts.push(field_text(value, &field.kind)),
            None => {}
        }
    }
    // First, so that a long text does not hide it.
    parts.splice(0..0, improved.map(|improved| improved.describe()));
    parts.join(" · ")
}
