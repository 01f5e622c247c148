//! All lists: commitments, people, every register, and the pages outside the walk.

use super::filtered_list::{FilterRow, FilteredList, SortOrder};
use super::{Scene, ScreenState, people};
use crate::app::keys::{Action, KeyContext};
use crate::app::route::{Outcome, Route};
use crate::insight;
use crate::journal::{Id, Item, stage_of};
use crate::practice::{Cadence, Register};

#[derive(Clone, Debug)]
pub struct Lists {
    pub sections: FilteredList<ListsSection>,
}

/// One list, or one page outside the walk.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ListsSection {
    /// Its heading: the practice it belongs to, or what it has in common with others.
    pub practice: String,
    pub name: String,
    /// How many entries it has, in words.
    pub count_text: String,
    /// What belongs there.
    pub about: String,
    /// Some of its entries, as its list shows them first.
    pub first: Vec<String>,
    pub route: Route,
}

impl FilterRow for ListsSection {
    type Key = Route;
    type Heading = String;

    fn row_key(&self) -> &Route {
        &self.route
    }

    fn filter_text(&self) -> String {
        format!("{} {} {}", self.practice, self.name, self.count_text)
    }

    fn heading(&self, _: SortOrder) -> Option<String> {
        Some(self.practice.clone())
    }
}

impl Lists {
    pub(super) fn new(scene: Scene<'_>) -> Self {
        Self {
            sections: FilteredList::new(all_sections(scene)),
        }
    }
}

impl ScreenState for Lists {
    fn route(&self) -> Route {
        Route::Lists
    }

    fn title(&self) -> Option<String> {
        Some("Everything you keep".to_owned())
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        self.sections.replace(all_sections(scene));
    }

    fn run(&mut self, action: Action, _: Scene<'_>) -> Outcome {
        let chosen = self.sections.chosen();
        let chosen = chosen.filter(|_| action == Action::Open);
        Outcome::open_if(chosen.map(|section| section.route.clone()))
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::List]
    }

    has_list!(sections);
}

fn all_sections(scene: Scene<'_>) -> Vec<ListsSection> {
    let open = scene.journal.open_commitments();
    let all = scene.journal.commitments().len();
    let mut sections = vec![ListsSection {
        practice: scene.now.due_day().title(),
        name: "Commitments".to_owned(),
        count_text: count_text(open.len(), all),
        about: "What you will lead better, and by when.".to_owned(),
        first: first(
            open.iter()
                .map(|(_, commitment)| commitment.better.as_str()),
        ),
        route: Route::Commitments,
    }];
    let mut people = Some(people_section(scene));
    for practice in scene.catalog.practices() {
        // After the walk, where most names come from.
        if practice.cadence != Cadence::Weekly {
            sections.extend(people.take());
        }
        for register in &practice.registers {
            let items = scene.journal.items_with_presets(register);
            sections.push(ListsSection {
                practice: practice.name.clone(),
                name: register.name.clone(),
                count_text: item_count_text(register, &items),
                about: register.about.clone(),
                first: first(items.iter().rev().map(|(_, item)| item.title())),
                route: Route::list(&register.id, None),
            });
        }
        if practice.cadence != Cadence::Weekly {
            sections.push(ListsSection {
                practice: practice.name.clone(),
                name: practice.title.clone(),
                count_text: String::new(),
                about: practice.intro.clone(),
                first: Vec::new(),
                route: Route::page(&practice.id, scene.now.week(), 1),
            });
        }
    }
    sections.extend(people);
    // Charts come after the text they show.
    let weekly = scene.catalog.walk().map(|practice| ListsSection {
        practice: "Trends".to_owned(),
        name: practice.name.clone(),
        count_text: String::new(),
        about: practice.intro.clone(),
        first: Vec::new(),
        route: Route::Trends(practice.id.clone()),
    });
    sections.extend(weekly);
    sections
}

fn first<'a>(titles: impl Iterator<Item = &'a str>) -> Vec<String> {
    /// As many as a page beside the lists has rows for.
    const MOST: usize = 24;
    titles.take(MOST).map(str::to_owned).collect()
}

fn people_section(scene: Scene<'_>) -> ListsSection {
    let people = insight::people(scene.journal, scene.catalog);
    let open = people
        .iter()
        .filter(|person| person.open_count() > 0)
        .count();
    ListsSection {
        practice: "People".to_owned(),
        name: "Everyone you named".to_owned(),
        count_text: match (people.len(), open) {
            (0, _) => "none yet".to_owned(),
            (all, 0) => all.to_string(),
            (all, open) => format!("{all}, {open} with something open"),
        },
        about: people::EMPTY.0.to_owned(),
        first: first(people.iter().map(|person| person.name.as_str())),
        route: Route::People,
    }
}

/// How many items a register has, and how many are open. For a monthly one, how many reached the
/// stage it counts.
fn item_count_text(register: &Register, items: &[(Id, Item)]) -> String {
    let all = items.len();
    let counted = register.monthly.as_deref();
    if let Some(stage) = counted.and_then(|stage| register.stage(stage)) {
        let reached = |(_, item): &&(Id, Item)| item.day(&stage.id).is_some();
        return match items.iter().filter(reached).count() {
            _ if all == 0 => count_text(0, 0),
            reached => format!("{all}, {reached} {}", stage.name),
        };
    }
    let closed = |item| stage_of(register, item).is_some_and(|stage| stage.closes);
    let open = items.iter().filter(|(_, item)| !closed(item)).count();
    count_text(open, all)
}

fn count_text(open: usize, all: usize) -> String {
    match (open, all) {
        (_, 0) => "none yet".to_owned(),
        (open, all) if open == 0 || open == all => all.to_string(),
        (open, all) => format!("{all}, {open} open"),
    }
}
