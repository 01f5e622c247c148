//! What is typed at a check-in: letters that say how it went, and the line about it.

use super::CheckInForm;
use crate::app::editor::TextInput;
use crate::app::form::{Control, FormEvent, FormField};
use crate::app::route::Outcome;
use crate::app::screen::{Scene, ScreenState};
use crate::calendar::{Direction, Now, parse_day};
use crate::journal::Value;
use crate::journal::search::bare;
use crate::practice::Choice;
use crate::text::quoted;

/// Letters that say how it went, or that begin the line about it.
#[derive(Clone, Debug, Default)]
pub(super) struct TypedLetters {
    pub(super) letters: String,
    /// What was marked before the first of them.
    pub(super) before: Option<String>,
}

impl CheckInForm {
    /// Takes a letter typed where it is asked how it went. The letter of an answer marks it, as its
    /// whole word does; what goes on as no answer is the line about what is marked.
    pub(super) fn type_letter(&mut self, letter: char, scene: Scene<'_>) -> Outcome {
        let marked = self.form.text("how");
        let TypedLetters { letters, before } = std::mem::take(&mut self.typed);
        let longer = format!("{letters}{letter}");
        let goes_on = self.answer_beginning(&longer);
        if let Some(how) = goes_on.filter(|_| !letters.is_empty()) {
            self.typed = TypedLetters {
                letters: longer,
                before,
            };
            return self.mark(&how, scene);
        }
        let is_command = letters.chars().count() == 1;
        // "let-go" is typed "let go".
        let is_word = bare(letters.trim_end()) == marked.replace('-', " ");
        let other = self.answer_beginning(&letter.to_string());
        let other = other.filter(|_| letters.is_empty() || is_command);
        match (other, before) {
            // A capital begins a sentence.
            (Some(how), _) if marked.is_empty() || letter.is_lowercase() => {
                self.typed = TypedLetters {
                    letters: letter.to_string(),
                    before: Some(marked).filter(|marked| !marked.is_empty()),
                };
                self.mark(&how, scene)
            }
            _ if marked.is_empty() => Outcome::stay(),
            _ if is_word => self.type_line(&letter.to_string(), scene),
            // The word was not about another answer.
            (_, Some(before)) if !(letters.is_empty() || is_command && letter.is_uppercase()) => {
                self.mark(&before, scene);
                self.type_line(&longer, scene)
            }
            // The first letter marked it, and is no part of the line.
            _ => {
                let first: String = letters.chars().take(1).collect();
                if let Some(how) = self.answer_beginning(&first).filter(|_| !first.is_empty()) {
                    self.mark(&how, scene);
                }
                let line: String = letters.chars().skip(1).chain([letter]).collect();
                self.type_line(&line, scene)
            }
        }
    }

    /// The answer whose letter this is, or whose words begin so.
    pub(super) fn answer_beginning(&self, letters: &str) -> Option<String> {
        if bare(letters) == "v" {
            return Some("moved".to_owned());
        }
        let Control::Pick(pick) = &self.form.field("how")?.control else {
            return None;
        };
        // Of punctuation nothing is left, and everything begins with nothing.
        let typed = Some(bare(letters)).filter(|typed| !typed.is_empty())?;
        let begins = |choice: &&Choice| bare(&choice.label).starts_with(&typed);
        Some(pick.choices.iter().find(begins)?.id.clone())
    }

    /// Types into the line about how it went: the evidence, or why it moves.
    pub(super) fn type_line(&mut self, text: &str, scene: Scene<'_>) -> Outcome {
        let text = text.trim_start();
        if text.is_empty() {
            return Outcome::stay();
        }
        self.form.focus_on(line_field(&self.form.text("how")), None);
        let event = self.form.input(TextInput::Paste(text));
        self.after_form_event(event, scene)
    }

    /// Marks how it went. It stays there, so that a word typed in full marks what it says.
    pub(super) fn mark(&mut self, how: &str, scene: Scene<'_>) -> Outcome {
        self.form.focus_on("how", None);
        self.form.restore("how", &Value::Text(how.to_owned()));
        self.after_form_event(FormEvent::Edited, scene)
    }

    /// Takes the line that was typed along to the one that is shown for another answer: the evidence
    /// becomes the reason, or the reason the evidence.
    pub(super) fn carry_line(&mut self) {
        let how = self.form.text("how");
        if how != self.marked {
            for hidden in hidden_lines(&how) {
                self.form.move_typed(hidden, line_field(&how));
            }
            self.marked = how;
        }
    }

    /// Whether it first asks about a line that goes with another answer, and that would be lost.
    pub(super) fn asks_about_hidden_line(&mut self) -> bool {
        let is_typed = |field: &&FormField| field.is_changed() && !field.control.raw().is_empty();
        let how = self.form.text("how");
        let mut hidden = hidden_lines(&how).filter_map(|name| self.form.field(name));
        let Some(field) = hidden.find(is_typed) else {
            return false;
        };
        let line = Some(self.form.text(&field.name));
        if line == self.left_out {
            return false;
        }
        let what = if field.name == "note" {
            "evidence"
        } else {
            "reason"
        };
        let said = quoted(line.as_deref().unwrap_or_default());
        let ask = format!("Save again to leave out the {what} “{said}”.");
        self.form.set_error("how", ask);
        self.left_out = line;
        true
    }

    /// What is typed behind the letter for “moved” is the reason. A day is no reason but the new day,
    /// as long as no other was chosen.
    pub(super) fn take_day_typed_as_reason(&mut self, now: Now) {
        let why = self.form.text("why");
        let direction = Direction::Rescheduled(self.commitment.due);
        let day = parse_day(&why, now, direction);
        if let (Ok(day), Some(to)) = (day, self.form.field("to"))
            && !to.is_changed()
        {
            self.form.restore("to", &Value::Text(day.to_string()));
            self.form.restore("why", &Value::Text(String::new()));
        }
    }
}

/// The line that goes with an answer: why it moved, why it was not kept, or the evidence.
pub(super) fn line_field(how: &str) -> &'static str {
    match how {
        "moved" => "why",
        "missed" | "let-go" => "reason",
        _ => "note",
    }
}

/// The lines that go with other answers.
fn hidden_lines(how: &str) -> impl Iterator<Item = &'static str> {
    let shown = line_field(how);
    let lines = ["note", "reason", "why"];
    lines.into_iter().filter(move |line| *line != shown)
}
