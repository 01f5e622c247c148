//! How a commitment went: kept, missed, moved or let go, with a line of evidence.

use super::{Scene, stage};
use crate::app::form::{Form, Input};
use crate::calendar::{self, Now, Week};
use crate::journal::{Body, Change, Commitment, How, Id, Value};
use crate::practice::{Choice, FieldKind, Options};

/// How a commitment went.
#[derive(Clone, Debug)]
pub struct CheckIn {
    /// The commitment's entry.
    pub id: Id,
    /// The commitment as it stands.
    pub commitment: Commitment,
    /// The place it came from, in words; none when from nowhere in particular.
    pub origin: Option<String>,
    /// How it went, the evidence, and the new day if there is one.
    pub form: Form,
    /// Whether another program deleted it while the form was open.
    pub gone: bool,
    /// The past day that was asked about and may be saved when it is said again.
    asked: Option<String>,
}

impl CheckIn {
    pub(super) fn new(id: &Id, scene: Scene<'_>) -> Option<Self> {
        let commitment = scene.journal.commitment(id)?.clone();
        let now = scene.now;
        let choice = |id: &str, label: &str| Choice {
            id: id.to_owned(),
            label: label.to_owned(),
        };
        let how = FieldKind::Choice(Options {
            choices: vec![
                choice("kept", "kept"),
                choice("missed", "missed"),
                choice("moved", "moved to another day"),
                choice("let-go", "let go"),
            ],
            open: false,
        });
        let closing = commitment.closing.as_ref();
        let said = closing.map(|closing| {
            Value::Text(
                match closing.how {
                    How::Kept => "kept",
                    How::Missed => "missed",
                    How::LetGo => "let-go",
                }
                .to_owned(),
            )
        });
        let evidence = closing.map(|closing| Value::Text(closing.evidence.clone()));
        let next = Week::of(commitment.due.max(now.today())).next().friday();
        let due = Value::Text(
            if commitment.due < now.week().friday() && calendar::by_friday(now) > commitment.due {
                calendar::by_friday(now)
            } else {
                next
            }
            .to_string(),
        );
        let mut form = Form::new(vec![
            Input::new("how", "How it went", &how, said.as_ref(), now)
                .asking("Did you keep it?", ""),
            Input::new("note", "Evidence", &FieldKind::Line, evidence.as_ref(), now).asking(
                "One line of evidence, or why it moved.",
                "What would somebody see who looked?",
            ),
            Input::new("to", "New day", &FieldKind::Date, Some(&due), now).asking(
                "If it moved: to when?",
                "fri, tomorrow, +3d, 4 Dec or 2026-12-04",
            ),
        ]);
        form.are_about(id, scene.journal.revision(id));
        Some(Self {
            id: id.clone(),
            origin: commitment
                .origin
                .as_ref()
                .and_then(|origin| stage::place_in_words(origin, scene)),
            commitment,
            form,
            gone: false,
            asked: None,
        })
    }

    /// Brings it up to date with the journal, keeping what is being typed.
    pub(super) fn refresh(&mut self, scene: Scene<'_>) {
        if let Some(new) = Self::new(&self.id, scene) {
            let old = std::mem::replace(self, new);
            self.form.take_over(old.form);
            self.asked = old.asked;
        } else {
            // Saving begins a new entry from now on.
            self.gone = true;
            self.form.are_about_a_new_one();
        }
    }

    /// What is said once it is saved.
    pub(super) fn reply(&self, now: Now) -> String {
        match self.how().as_str() {
            "kept" => "Kept. This is what trust is made of.".to_owned(),
            "missed" => "Noted. The next one can be smaller.".to_owned(),
            "moved" => {
                let day = self
                    .form
                    .input("to")
                    .and_then(|input| input.control.value(now).ok());
                let day = day
                    .as_ref()
                    .and_then(Value::text)
                    .and_then(|day| day.parse().ok());
                match day {
                    Some(day) => format!("Moved to {}.", calendar::short(day, now.today())),
                    None => "Moved.".to_owned(),
                }
            }
            _ => "Let go.".to_owned(),
        }
    }

    pub(super) fn save(&mut self, scene: Scene<'_>) -> Option<Vec<Change>> {
        let today = scene.now.today();
        let how = self.how();
        let note = match self.form.input("note").map(|input| input.control.raw()) {
            Some(Value::Text(text)) => text,
            _ => String::new(),
        };
        let there = scene.journal.commitment(&self.id);
        let mut commitment = there.unwrap_or(&self.commitment).clone();
        if !commitment.is_open() && self.form.words().is_empty() && !self.gone {
            return Some(Vec::new());
        }
        match how.as_str() {
            "kept" => commitment.close(How::Kept, today, note),
            "missed" => commitment.close(How::Missed, today, note),
            "let-go" => commitment.close(How::LetGo, today, note),
            "moved" => {
                let values = self.form.values(scene.now)?;
                let to = values.get("to").and_then(Value::text).unwrap_or("");
                let Ok(day) = to.parse() else {
                    self.form.refuse("to", "To which day?");
                    return None;
                };
                if day < today && self.asked.as_deref() != Some(to) {
                    let ago = calendar::relative(day, today);
                    self.asked = Some(to.to_owned());
                    self.form.refuse(
                        "to",
                        format!("That was {ago}. Save once more if you mean it."),
                    );
                    return None;
                }
                commitment.closing = None;
                commitment.move_to(day, today, note);
            }
            _ => {
                self.form.refuse(
                    "how",
                    "Choose one with Space: kept, missed, moved or let go.",
                );
                return None;
            }
        }
        let body = Body::Commitment(commitment);
        Some(vec![if self.gone {
            Change {
                id: self.form.begun(),
                ..Change::new(body)
            }
        } else {
            Change::of(self.id.clone(), body)
        }])
    }

    fn how(&self) -> String {
        match self.form.input("how").map(|input| input.control.raw()) {
            Some(Value::Text(how)) => how,
            _ => String::new(),
        }
    }
}
