//! Everyone who is named anywhere, the last mentioned first.

use chrono::NaiveDate;

use super::filtered_list::{FilterRow, FilteredList};
use super::{Scene, ScreenState};
use crate::app::keys::{Action, KeyContext};
use crate::app::route::{Outcome, Route};
use crate::insight;
use crate::text::counted_noun;

/// The text of the empty screen: what belongs there, and a good example.
pub const EMPTY: (&str, &str) = (
    "Everyone you name is listed here: who is waiting for you, who you helped, told or taught. \
     Open a name for a summary before you meet.",
    "“Ana, Priya and Łukasz” under With in a follow-up adds three people",
);

/// How many of the last mentions of a person are shown beside the list.
const LATEST: usize = 20;

#[derive(Clone, Debug)]
pub struct People {
    /// The people, the last mentioned first.
    pub rows: FilteredList<PersonRow>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PersonRow {
    pub name: String,
    /// How many things are open with them.
    pub open: usize,
    /// How often they were mentioned, and how much is open, in words.
    pub times: String,
    /// The day they were last mentioned.
    pub last: NaiveDate,
    /// How often each practice names them, in words.
    pub practices: String,
    /// What they were last mentioned in: the day, the text, and whether it is open; newest first.
    pub latest: Vec<(NaiveDate, String, bool)>,
}

impl FilterRow for PersonRow {
    type Key = String;
    type Heading = i32;

    fn row_key(&self) -> &String {
        &self.name
    }

    fn filter_text(&self) -> String {
        let latest = self.latest.first().map_or("", |(_, text, _)| text);
        format!("{} {} {latest}", self.name, self.practices)
    }
}

impl People {
    pub(super) fn new(scene: Scene<'_>) -> Self {
        Self {
            rows: FilteredList::new(all(scene)),
        }
    }
}

impl ScreenState for People {
    fn route(&self) -> Route {
        Route::People
    }

    fn title(&self) -> Option<String> {
        Some("People".to_owned())
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        self.rows.replace(all(scene));
    }

    fn run(&mut self, action: Action, _: Scene<'_>) -> Outcome {
        let chosen = self.rows.chosen().filter(|_| action == Action::Open);
        Outcome::open_if(chosen.map(|row| Route::Person(row.name.clone())))
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        &[KeyContext::List]
    }

    has_list!(rows);
}

/// "Communication 2 · Multiplier 3": how often each practice names a person.
pub(super) fn mentions_by_practice(person: &crate::insight::Person<'_>) -> String {
    let counts: Vec<String> = person
        .by_practice()
        .into_iter()
        .map(|(practice, times)| format!("{} {times}", practice.name))
        .collect();
    counts.join(" · ")
}

fn all(scene: Scene<'_>) -> Vec<PersonRow> {
    let row = |person: insight::Person<'_>| {
        let mut times = counted_noun(person.mentions.len(), "time");
        let open = person.open_count();
        if open > 0 {
            times = format!("{times}, {open} open");
        }
        let last = person.last_mentioned();
        let latest = person.mentions.iter().take(LATEST);
        PersonRow {
            open,
            times,
            last,
            practices: mentions_by_practice(&person),
            latest: latest
                .map(|mention| (mention.day, mention.source.title().to_owned(), mention.open))
                .collect(),
            name: person.name,
        }
    };
    let people = insight::people(scene.journal, scene.catalog).into_iter();
    people.map(row).collect()
}
