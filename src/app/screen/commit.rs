//! A new commitment: one area, what better looks like, by when.

use super::{Scene, page};
use crate::app::form::{Form, Input, Last};
use crate::app::route::Then;
use crate::calendar::{self, Week, by_friday};
use crate::journal::{Body, Change, Commitment, Id, Period, Value};
use crate::practice::{Choice, FieldKind, Options};

/// A new commitment.
#[derive(Clone, Debug)]
pub struct Commit {
    /// The practice it comes after, when it is part of the walk, and its week.
    pub after: Option<(String, Week)>,
    /// Area, what better looks like, the day.
    pub form: Form,
    /// Those already made in this week, as they read.
    pub made: Vec<Commitment>,
    /// The past day that was asked about and may be saved when it is said again.
    asked: Option<String>,
}

impl Commit {
    pub(super) fn new(after: Option<(String, Week)>, scene: Scene<'_>) -> Self {
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
        let due = Value::Text(by_friday(now).to_string());
        let last = last_commitment(scene);
        let form = Form::new(vec![
            Input::new("area", "Area", &areas, None, now)
                .asking("Pick one area to lead better.", "Or write your own."),
            Input::new("better", "Better", &FieldKind::Line, None, now)
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
            after,
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

    /// Where one goes from here.
    pub(super) fn next(&self, scene: Scene<'_>) -> Then {
        match &self.after {
            Some((practice, week)) => Then::Replace(page::next_in_walk(practice, *week, scene)),
            None => Then::Back,
        }
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
        let origin = self.after.as_ref().and_then(|(practice, week)| {
            let practice = scene.catalog.practice(practice)?;
            let step = practice.steps.first()?;
            let id = Id::answer(Period::Week(*week), &practice.id, &step.id);
            scene.journal.current(&id).map(|entry| entry.id.clone())
        });
        Some(vec![Change {
            id: None,
            body: Body::Commitment(Commitment {
                better,
                area,
                due,
                made: scene.now.today(),
                moves: Vec::new(),
                closing: None,
                origin,
            }),
            undoes: None,
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
