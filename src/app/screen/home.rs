//! Home: the week at a glance; what is due comes first.

use super::{Scene, ScreenState, rule_results};
use crate::app::keys::{Action, Binding, KeyContext};
use crate::app::route::{Navigation, Outcome, Route};
use crate::calendar::{self, Month, Week};
use crate::insight::{self, MonthBox, Progress, Suggestion, month_dismissal};
use crate::journal::rules::{self, Act, perform, toggled_week};
use crate::journal::{Commitment, Id, OffDays, Period, Record, Value};
use crate::practice::{Ask, FieldKind, Provides};

/// How many weeks back Home looks for text worth reading again.
const LOOK_BACK: u32 = 8;

/// Home's figures, all computed from the journal when it changes.
#[derive(Clone, Debug)]
pub struct Home {
    /// The present week.
    pub week: Week,
    /// The practices of the walk by name, and how far each is this week.
    pub practices: Vec<(String, Progress)>,
    /// Open commitments by due day.
    pub open: Vec<OpenCommitment>,
    /// How the ended ones went.
    pub record: Record,
    /// The name of the register with twelve boxes.
    pub boxes_of: String,
    /// January to December of this year.
    pub boxes: Vec<MonthBox>,
    /// The last twelve weeks of each practice, this week last.
    pub strips: Vec<Strip>,
    /// Which of these weeks are off.
    pub off_weeks: Vec<bool>,
    /// Whether days can be marked as off.
    has_off_days: bool,
    /// Questions to get the user started.
    pub questions: Vec<String>,
    /// The user's role; may be empty.
    pub role: String,
    /// The user's own words, worth reading again: where and when they were written, and the text.
    pub again: Vec<(String, String)>,
    /// Whether the journal is empty.
    pub blank: bool,
    /// The month that is over and can be wrapped up.
    pub month_to_wrap_up: Option<Month>,
    /// Whether the month is past its 20th day and its box is empty.
    pub month_waits: bool,
    /// How many notes wait in the inbox.
    pub notes: usize,
    /// What could go into that box.
    pub suggestion: Option<Suggestion>,
}

/// An open commitment.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OpenCommitment {
    pub id: Id,
    pub commitment: Commitment,
    /// Whether it is due.
    pub is_due: bool,
}

/// A practice over the last weeks.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Strip {
    pub name: String,
    /// Its progress, oldest week first.
    pub weeks: Vec<Progress>,
}

impl Home {
    #[must_use]
    pub fn new(scene: Scene<'_>) -> Self {
        let Scene {
            now,
            catalog,
            journal,
            ..
        } = scene;
        let today = now.today();
        let week = now.week();
        let off = OffDays::of(journal, catalog);
        let practices: Vec<(String, Progress)> = catalog
            .walk()
            .map(|practice| {
                (
                    practice.name.clone(),
                    insight::progress(journal, practice, week),
                )
            })
            .collect();
        let boxes: Vec<MonthBox> = match catalog.monthly() {
            Some((register, _)) => (1..=12)
                .filter_map(|month| Month::new(now.month().year(), month))
                .map(|month| insight::month_box(journal, catalog, register, month, today))
                .collect(),
            None => Vec::new(),
        };
        Self {
            week,
            open: journal
                .open_commitments()
                .into_iter()
                .map(|(entry, commitment)| OpenCommitment {
                    id: entry.id.clone(),
                    is_due: off.is_due(commitment, today),
                    commitment: commitment.clone(),
                })
                .collect(),
            record: journal.record(today),
            boxes_of: catalog
                .monthly()
                .map(|(register, _)| register.name.clone())
                .unwrap_or_default(),
            month_to_wrap_up: insight::month_to_wrap_up(journal, catalog, today),
            month_waits: catalog.monthly().is_some_and(|(register, _)| {
                insight::is_month_box_overdue(journal, catalog, register, today)
            }),
            notes: rules::waiting_notes(scene.basis()).len(),
            suggestion: insight::suggestion(journal, catalog, today),
            boxes,
            strips: catalog
                .walk()
                .map(|practice| Strip {
                    name: practice.name.clone(),
                    weeks: (0..12)
                        .rev()
                        .map(|back| insight::progress(journal, practice, week.minus_weeks(back)))
                        .collect(),
                })
                .collect(),
            off_weeks: (0..12)
                .rev()
                .map(|back| off.is_week_off(week.minus_weeks(back)))
                .collect(),
            has_off_days: catalog.off().is_some(),
            questions: catalog
                .practices()
                .iter()
                .flat_map(|practice| practice.questions.clone())
                .collect(),
            role: insight::standing_answer(journal, catalog, Provides::Role)
                .unwrap_or_default()
                .to_owned(),
            again: again(scene),
            blank: rules::has_only_notes(scene.basis()),
            practices,
        }
    }

    /// Whether all working days of this week are off.
    #[must_use]
    pub fn is_week_off(&self) -> bool {
        self.off_weeks.last().is_some_and(|is_off| *is_off)
    }

    /// Dismisses the offered month.
    fn dismiss_month(&self, scene: Scene<'_>) -> Outcome {
        let month = self.month_to_wrap_up;
        let change = month.and_then(|month| month_dismissal(scene.catalog, month));
        match (month, change) {
            (Some(month), Some(change)) => Outcome::stay().saving(vec![change]).with_notice(
                format!("{} dismissed. {}", month.name(), rule_results::undo_hint()),
            ),
            _ => Outcome::stay(),
        }
    }
}

impl ScreenState for Home {
    fn route(&self) -> Route {
        Route::Home
    }

    fn title(&self) -> Option<String> {
        None
    }

    fn act(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match action {
            Action::Suggestion => {
                let Some(Suggestion { id, .. }) = &self.suggestion else {
                    return Outcome::stay();
                };
                // No “u to undo”: it opens as a form, where `u` would be typed.
                match perform(&Act::TakeUp(id.clone()), scene.basis()) {
                    Ok(done) => {
                        let told = rule_results::result_sentence(&done, scene);
                        let saved = Outcome::navigate(Navigation::OpenSaved).saving(done.changes);
                        saved.with_notice(told)
                    }
                    Err(why) => {
                        Outcome::stay().with_notice(rule_results::refusal_sentence(&why, scene))
                    }
                }
            }
            Action::CheckIn => {
                // The first due one; its form continues with the next.
                let due = self.open.iter().find(|open| open.is_due);
                let one = match (due, self.open.as_slice()) {
                    (Some(due), _) => Some(&due.id),
                    (None, [only]) => Some(&only.id),
                    _ => None,
                };
                match one {
                    Some(id) => Outcome::open(Route::CheckIn(id.clone())),
                    None => Outcome::open(Route::Commitments),
                }
            }
            Action::WrapUpMonth => match self.month_to_wrap_up {
                Some(month) => Outcome::open(Route::MonthWrapUp(month)),
                None => Outcome::stay(),
            },
            Action::DismissMonth => self.dismiss_month(scene),
            Action::WeekOff => {
                let act = toggled_week(self.week, scene.basis());
                rule_results::outcome(&act, scene)
            }
            Action::Quit => Outcome::navigate(Navigation::Quit),
            _ => Outcome::stay(),
        }
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        *self = Self::new(scene);
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::CheckIn => !self.open.is_empty(),
            Action::Suggestion => self.suggestion.is_some(),
            Action::WrapUpMonth | Action::DismissMonth => self.month_to_wrap_up.is_some(),
            Action::WeekOff => self.has_off_days && !self.blank,
            Action::Quit => true,
            _ => false,
        }
    }

    fn own_contexts(&self) -> &'static [KeyContext] {
        match self.month_to_wrap_up {
            Some(_) => &[KeyContext::WrapUpOffer, KeyContext::Home],
            None => &[KeyContext::Home],
        }
    }

    fn label(&self, binding: &Binding) -> Option<String> {
        match (binding.action, self.month_to_wrap_up) {
            (Action::Walk, _) if self.blank => Some("start".to_owned()),
            (Action::WeekOff, _) if self.is_week_off() => Some("week back on".to_owned()),
            (Action::WrapUpMonth, Some(month)) => Some(format!("wrap up {}", month.name())),
            _ => None,
        }
    }

    fn settle_route(&self, _: Scene<'_>) -> Option<Route> {
        Some(Route::Settle(None))
    }
}

/// The prose answers of the walk from about eight weeks ago, in the order of the walk.
fn again(scene: Scene<'_>) -> Vec<(String, String)> {
    let then = scene.now.week().minus_weeks(LOOK_BACK);
    let mut found = Vec::new();
    for practice in scene.catalog.walk() {
        for step in &practice.steps {
            if !matches!(step.ask, Ask::Answer(FieldKind::Prose)) {
                continue;
            }
            let before = Period::Week(then.next());
            let answer = scene.journal.answer_before(before, &practice.id, &step.id);
            if let Some((Period::Week(week), Value::Text(words))) = answer {
                let ago = calendar::humanize(week.monday(), scene.now.week().monday());
                found.push((format!("{} · {ago}", step.label), words.clone()));
            }
        }
    }
    found
}
