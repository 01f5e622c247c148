//! A new commitment: one area, what better looks like, by when.

use super::{Scene, page, stage};
use crate::app::form::{Form, Input, Last};
use crate::app::route::{Route, Source, Then};
use crate::calendar::{self, Week, by_friday};
use crate::journal::{Body, Change, Commitment, Id, Period, Value};
use crate::practice::{Choice, FieldKind, Options};

/// A new commitment.
#[derive(Clone, Debug)]
pub struct Commit {
    /// Where it comes from.
    pub source: Source,
    /// The place it comes from, in words; empty when from nowhere in particular.
    pub origin: String,
    /// Area, what better looks like, the day.
    pub form: Form,
    /// Those already made in this week, as they read.
    pub made: Vec<Commitment>,
    /// The past day that was asked about and may be saved when it is said again.
    asked: Option<String>,
}

impl Commit {
    pub(super) fn new(source: Source, scene: Scene<'_>) -> Self {
        let seed = match &source {
            Source::Entry(id) => seed(id, scene),
            Source::Alone | Source::Walk(..) => None,
        }
        .unwrap_or_default();
        let now = scene.now;
        let areas = FieldKind::Choice(Options {
            choices: scene
                .journal
                .areas(scene.catalog)
                .into_iter()
                .map(|area| Choice {
                    id: area.clone(),
                    label: area,
                })
                .collect(),
            open: true,
        });
        let due = if seed.today {
            now.today()
        } else {
            by_friday(now)
        };
        let due = Value::Text(due.to_string());
        let area = guess(&seed.words, &scene.journal.areas(scene.catalog)).map(Value::Text);
        let better = Value::Text(seed.words);
        let last = last_commitment(scene);
        let form = Form::new(vec![
            Input::new("area", "Area", &areas, area.as_ref(), now)
                .asking("Pick one area to lead better.", "Or write your own."),
            Input::new("better", "Better", &FieldKind::Line, Some(&better), now)
                .asking(
                    "What will be better, so that you can see it?",
                    "One sentence is enough.",
                )
                .after(last),
            Input::new("due", "By", &FieldKind::Date, Some(&due), now)
                .asking("By when?", "fri, tomorrow, +3d, 4 Dec or 2026-12-04"),
        ]);
        let week = now.week();
        Self {
            source,
            origin: seed.origin,
            form,
            made: scene
                .journal
                .commitments()
                .into_iter()
                .filter(|(_, commitment)| week.holds(commitment.made) || commitment.is_open())
                .map(|(_, commitment)| commitment.clone())
                .collect(),
            asked: None,
        }
    }

    /// Brings it up to date with the journal, keeping what is being typed.
    pub(super) fn refresh(&mut self, scene: Scene<'_>) {
        let old = std::mem::replace(self, Self::new(self.source.clone(), scene));
        self.form.take_over(old.form);
        self.asked = old.asked;
    }

    /// Where one goes from here.
    pub(super) fn next(&self, scene: Scene<'_>) -> Then {
        match &self.source {
            Source::Walk(practice, week) => {
                Then::Replace(page::next_in_walk(practice, *week, scene))
            }
            Source::Alone | Source::Entry(_) => Then::Back,
        }
    }

    /// Whether it follows a page of the walk.
    pub(super) fn is_of_a_walk(&self) -> bool {
        matches!(self.source, Source::Walk(..))
    }

    /// The page of the walk it follows; none for one that is no part of a walk.
    pub(super) fn previous(&self, scene: Scene<'_>) -> Option<Route> {
        let Source::Walk(practice, week) = &self.source else {
            return None;
        };
        let page = scene.catalog.practice(practice)?.pages();
        Some(Route::Page {
            practice: practice.clone(),
            week: *week,
            page,
        })
    }

    pub(super) fn save(&mut self, scene: Scene<'_>) -> Option<Vec<Change>> {
        let values = self.form.values(scene.now)?;
        let text = |name: &str| {
            values
                .get(name)
                .and_then(Value::text)
                .unwrap_or("")
                .to_owned()
        };
        let (area, better) = (text("area"), text("better"));
        if better.trim().is_empty() {
            if area.trim().is_empty() {
                return Some(Vec::new());
            }
            self.form
                .refuse("better", "Say what better looks like, or press Esc.");
            return None;
        }
        let Ok(due) = text("due").parse() else {
            self.form.refuse("due", "A commitment needs a day.");
            return None;
        };
        if due < scene.now.today() && self.asked.as_deref() != Some(&text("due")) {
            let ago = calendar::relative(due, scene.now.today());
            self.form.refuse(
                "due",
                format!("That was {ago}. Save once more if you mean it."),
            );
            self.asked = Some(text("due"));
            return None;
        }
        let origin = match &self.source {
            Source::Alone => None,
            Source::Entry(id) => Some(id.clone()),
            Source::Walk(practice, week) => walked(practice, *week, scene),
        };
        let change = Change::new(Body::Commitment(Commitment {
            better,
            area,
            due,
            made: scene.now.today(),
            moves: Vec::new(),
            closing: None,
            origin,
        }));
        Some(vec![Change {
            id: self.form.begun(),
            ..change
        }])
    }
}

fn last_commitment(scene: Scene<'_>) -> Option<Last> {
    let commitments = scene.journal.commitments();
    let (_, commitment) = commitments.iter().max_by_key(|(_, other)| other.made)?;
    Some(Last {
        when: calendar::short(commitment.made, scene.now.today()),
        value: Value::Text(commitment.better.clone()),
    })
}

/// What a commitment takes from the entry it comes from.
#[derive(Default)]
struct Seed {
    words: String,
    today: bool,
    origin: String,
}

fn seed(id: &Id, scene: Scene<'_>) -> Option<Seed> {
    let origin = stage::place_in_words(id, scene).unwrap_or_default();
    if let Some(entry) = scene.journal.current(id)
        && let Body::Answer(answer) = &entry.body
    {
        let words = answer.value.text().unwrap_or("").trim();
        return Some(Seed {
            words: words.lines().next().unwrap_or("").to_owned(),
            today: false,
            origin,
        });
    }
    let (register, item) = stage::item(id, scene)?;
    let field = register.commits.as_deref().unwrap_or("title");
    let words = match item.text(field) {
        "" => item.title(),
        words => words,
    };
    Some(Seed {
        words: words.lines().next().unwrap_or("").to_owned(),
        today: register.commits_today,
        origin,
    })
}

/// The area whose name stands in the words, if one does.
fn guess(words: &str, areas: &[String]) -> Option<String> {
    let words = words.to_lowercase();
    areas
        .iter()
        .find(|area| words.contains(&area.to_lowercase()))
        .cloned()
}

/// The answer of the walk that a commitment after a practice came from: the first it has.
fn walked(practice: &str, week: Week, scene: Scene<'_>) -> Option<Id> {
    let practice = scene.catalog.practice(practice)?;
    practice
        .steps
        .iter()
        .map(|step| Id::answer(Period::Week(week), &practice.id, &step.id))
        .find(|id| scene.journal.current(id).is_some())
}
