//! Home: the week at a glance; what is due comes first.

use chrono::NaiveDate;

use super::{Scene, ScreenState, rule_results};
use crate::app::ClickTarget;
use crate::app::keys::{Action, Binding, KeyContext};
use crate::app::route::{Navigation, Outcome, Route};
use crate::calendar::{Length, Month, Span, Week};
use crate::insight::{
    self, BriefItem, EarlierWords, Figures, MonthBox, Progress, StagedItem, Suggestion, WeekOfYear,
    month_dismissal,
};
use crate::journal::rules::{self, Act, toggled_week};
use crate::journal::{Commitment, CommitmentOutcome, Id, Journal, OffDays, Period, Record, Value};
use crate::practice::{FieldKind, Practice};
use crate::report;

/// Home's figures, all computed from the journal when it changes.
#[derive(Clone, Debug)]
pub struct Home {
    /// The present week.
    pub week: Week,
    pub practices: Vec<WalkPractice>,
    /// The last year, oldest week first, the present one last.
    pub year: Vec<WeekOfYear>,
    /// The week of the year that is chosen, if it is not the present one.
    pub chosen_week: Option<usize>,
    /// Open commitments by due day, those that are due first.
    pub open: Vec<OpenCommitment>,
    /// The last ones that ended, newest first.
    pub ended: Vec<EndedCommitment>,
    /// How the ended ones went.
    pub record: Record,
    /// The name of the register with twelve boxes.
    pub boxes_of: String,
    /// Its id.
    boxes: String,
    /// The months of the last weeks and of this year.
    pub months: Vec<MonthOfHome>,
    /// Whether days can be marked as off.
    has_off_days: bool,
    /// The user's own words, worth reading again.
    pub earlier: Vec<EarlierWords>,
    /// Whether the journal is empty.
    pub blank: bool,
    /// The month that is over and can be wrapped up.
    pub month_to_wrap_up: Option<Month>,
    /// The month before this one, if it can be wrapped up, offered or not.
    pub last_month: Option<Month>,
    /// Whether the month is past its 20th day and its box is empty.
    pub month_waits: bool,
    /// How many notes wait in the inbox.
    pub notes: usize,
    /// What could go into that box.
    pub suggestion: Option<Suggestion>,
    /// What a tall window shows more; `None` in others, so that nothing is gathered unseen.
    pub lower: Option<LowerPanels>,
}

/// What Home shows below all else.
#[derive(Clone, Debug)]
pub struct LowerPanels {
    /// The items written in the last weeks, newest first.
    pub latest: Vec<BriefItem>,
    /// The open items that wait, the longest first.
    pub waiting: Vec<BriefItem>,
    /// The year in figures, each a number and its label.
    pub figures: Vec<(String, String)>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WalkPractice {
    pub name: String,
    pub progress: Progress,
    /// What was answered, or what is asked.
    pub text: String,
}

/// A month and what its box is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MonthOfHome {
    pub month: Month,
    pub state: MonthBox,
    /// What was solved in it first, or what is under way.
    pub item: Option<StagedItem>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OpenCommitment {
    pub id: Id,
    pub commitment: Commitment,
    pub due: NaiveDate,
    /// How many days it is over, if it is due.
    pub days_over: Option<usize>,
}

impl OpenCommitment {
    pub fn is_due(&self) -> bool {
        self.days_over.is_some()
    }
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EndedCommitment {
    pub id: Id,
    pub better: String,
    pub how: CommitmentOutcome,
    /// The day it ended.
    pub on: NaiveDate,
}

/// The most ended commitments that Home shows.
const ENDED: usize = 6;

impl Home {
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
        let practices = catalog
            .walk()
            .map(|practice| walk_practice(practice, scene))
            .collect();
        let mut open: Vec<OpenCommitment> = journal
            .open_commitments()
            .into_iter()
            .map(|(entry, commitment)| OpenCommitment {
                id: entry.id.clone(),
                due: off.due_day(commitment),
                days_over: off.days_over(commitment, today),
                commitment: commitment.clone(),
            })
            .collect();
        open.sort_by_key(|open| !open.is_due());
        let boxes = catalog.monthly();
        let (boxes_of, boxes) = boxes
            .map(|(register, _)| (register.counted_name().to_owned(), register.id.clone()))
            .unwrap_or_default();
        Self {
            week,
            open,
            ended: last_ended(journal),
            record: journal.record(today),
            boxes_of,
            boxes,
            month_to_wrap_up: insight::month_to_wrap_up(journal, catalog, today),
            last_month: Some(now.month().previous())
                .filter(|month| insight::can_wrap_up(journal, catalog, *month, today)),
            month_waits: !rules::has_only_notes(scene.basis())
                && catalog.monthly().is_some_and(|(register, _)| {
                    insight::is_month_box_overdue(journal, catalog, register, today)
                }),
            notes: rules::waiting_notes(scene.basis()).len(),
            suggestion: insight::suggestion(journal, catalog, today),
            months: months(scene),
            year: insight::year_of_weeks(journal, catalog, &off, now),
            chosen_week: None,
            has_off_days: catalog.off().is_some(),
            earlier: insight::earlier_words(journal, catalog, week),
            blank: rules::has_only_notes(scene.basis()),
            lower: LowerPanels::new(scene),
            practices,
        }
    }

    /// Whether all working days of this week are off.
    pub fn is_week_off(&self) -> bool {
        self.year.last().is_some_and(|week| week.is_off)
    }

    pub fn months_of(&self, year: i32) -> impl Iterator<Item = &MonthOfHome> {
        let of_year = move |month: &&MonthOfHome| month.month.year() == year;
        self.months.iter().filter(of_year)
    }

    /// The items of a month.
    pub fn month_route(&self, month: Month) -> Route {
        Route::list(&self.boxes, Some(month))
    }

    /// Chooses a week of the year; the present one is chosen by choosing none.
    fn choose_week(&mut self, at: usize) {
        self.chosen_week = (at + 1 < self.year.len()).then_some(at);
    }

    fn open_week(&self) -> Outcome {
        Outcome::open(Route::Summary(self.shown_week().0))
    }

    /// The chosen week, else the present one, and whether it is off.
    fn shown_week(&self) -> (Week, bool) {
        let chosen = self.chosen_week.and_then(|at| self.year.get(at));
        let shown = chosen.or(self.year.last());
        shown.map_or((self.week, false), |shown| (shown.week, shown.is_off))
    }

    fn dismiss_month(&self, scene: Scene<'_>) -> Outcome {
        let month = self.month_to_wrap_up;
        let change = month.and_then(|month| month_dismissal(scene.catalog, month));
        match (month, change) {
            (Some(month), Some(change)) => {
                let said = format!("{} dismissed.", month.name());
                Outcome::stay().saving_undoable(vec![change], said)
            }
            _ => Outcome::stay(),
        }
    }
}

impl LowerPanels {
    /// Those for a tall window; `None` in others.
    fn new(scene: Scene<'_>) -> Option<Self> {
        if !scene.window.has_lower_panels() {
            return None;
        }
        let (journal, catalog, today) = (scene.journal, scene.catalog, scene.now.today());
        let year = Span::of(Length::Year, today);
        let figures = Figures::of(journal, catalog, year, today);
        Some(Self {
            latest: insight::latest_items(journal, catalog, today),
            waiting: insight::longest_waiting(journal, catalog, today),
            figures: report::year_figures(&figures, catalog),
        })
    }
}

impl ScreenState for Home {
    fn route(&self) -> Route {
        Route::Home
    }

    fn title(&self) -> Option<String> {
        None
    }

    fn run(&mut self, action: Action, scene: Scene<'_>) -> Outcome {
        match action {
            Action::Suggestion => {
                let Some(Suggestion { id, .. }) = &self.suggestion else {
                    return Outcome::stay();
                };
                let act = Act::TakeUp(id.clone());
                rule_results::outcome(&act, scene).then(Navigation::OpenSaved)
            }
            Action::CheckIn => {
                // The first due one; its form continues with the next.
                let due = self.open.iter().find(|open| open.is_due());
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
            Action::WrapUpMonth => Outcome::open_if(self.last_month.map(Route::MonthWrapUp)),
            Action::DismissMonth => self.dismiss_month(scene),
            Action::WeekOff => {
                let act = toggled_week(self.shown_week().0, scene.basis());
                rule_results::outcome(&act, scene)
            }
            Action::Left => {
                let at = self
                    .chosen_week
                    .unwrap_or(self.year.len().saturating_sub(1));
                self.choose_week(at.saturating_sub(1));
                Outcome::stay()
            }
            Action::Right => {
                self.choose_week(self.chosen_week.map_or(self.year.len(), |at| at + 1));
                Outcome::stay()
            }
            Action::Last => {
                self.chosen_week = None;
                Outcome::stay()
            }
            Action::Open => self.open_week(),
            Action::Quit => Outcome::navigate(Navigation::Quit),
            _ => Outcome::stay(),
        }
    }

    fn resized(&mut self, scene: Scene<'_>) {
        if scene.window.has_lower_panels() != self.lower.is_some() {
            self.lower = LowerPanels::new(scene);
        }
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        let chosen = self.chosen_week.filter(|_| self.week == scene.now.week());
        *self = Self::new(scene);
        self.chosen_week = chosen;
    }

    /// Opens the week that is clicked; it is chosen first.
    fn click(&mut self, target: ClickTarget, _: Scene<'_>) -> Outcome {
        match target {
            ClickTarget::Week(at) if self.chosen_week == Some(at) => self.open_week(),
            ClickTarget::Week(at) => {
                self.choose_week(at);
                Outcome::stay()
            }
            _ => Outcome::stay(),
        }
    }

    fn is_enabled(&self, action: Action) -> bool {
        match action {
            Action::CheckIn => !self.open.is_empty(),
            Action::Suggestion => self.suggestion.is_some(),
            Action::WrapUpMonth => self.last_month.is_some(),
            Action::DismissMonth => self.month_to_wrap_up.is_some(),
            Action::WeekOff => self.has_off_days && !self.blank,
            Action::Left => !self.blank,
            Action::Right | Action::Last | Action::Open => self.chosen_week.is_some(),
            Action::Quit => true,
            _ => false,
        }
    }

    /// It cannot be closed: nothing is behind it.
    fn contexts(&self) -> Vec<KeyContext> {
        let chosen = self.chosen_week.map(|_| KeyContext::ChosenWeek);
        let offer = self.month_to_wrap_up.map(|_| KeyContext::WrapUpOffer);
        let home = [KeyContext::Home, KeyContext::Browsing, KeyContext::Anywhere];
        chosen.into_iter().chain(offer).chain(home).collect()
    }

    fn label(&self, binding: &Binding) -> Option<String> {
        match (binding.action, self.month_to_wrap_up) {
            (Action::Walk, _) if self.blank => Some("start".to_owned()),
            (Action::WeekOff, _) if self.shown_week().1 => Some("week back on".to_owned()),
            (Action::WrapUpMonth, Some(month)) => Some(format!("wrap up {}", month.name())),
            _ => None,
        }
    }

    fn settle_route(&self, _: Scene<'_>) -> Option<Route> {
        Some(Route::Settle(None))
    }
}

/// The commitments that ended last, newest first.
fn last_ended(journal: &Journal) -> Vec<EndedCommitment> {
    let last = journal.last_ended_commitments(ENDED).into_iter();
    last.filter_map(|(entry, commitment)| {
        let closing = commitment.closing.as_ref()?;
        Some(EndedCommitment {
            id: entry.id.clone(),
            better: commitment.better.clone(),
            how: closing.how,
            on: closing.on,
        })
    })
    .collect()
}

/// The months of this year, and those of the year of weeks before it.
fn months(scene: Scene<'_>) -> Vec<MonthOfHome> {
    let Scene {
        now,
        catalog,
        journal,
        ..
    } = scene;
    let Some((register, _)) = catalog.monthly() else {
        return Vec::new();
    };
    let year = now.month().year();
    let boxes: Vec<(Month, MonthBox)> = (year - 1..=year)
        .flat_map(|year| insight::month_boxes(journal, catalog, register, year, now.today()))
        .collect();
    let months: Vec<Month> = boxes.iter().map(|(month, _)| *month).collect();
    let items = insight::first_items(journal, register, &months, now.today());
    let months = boxes.into_iter().zip(items);
    months
        .map(|((month, state), item)| MonthOfHome { month, state, item })
        .collect()
}

/// A practice with what was answered this week, or what it asks first.
fn walk_practice(practice: &Practice, scene: Scene<'_>) -> WalkPractice {
    let week = Period::Week(scene.now.week());
    let answers = || {
        let steps = practice.steps.iter();
        steps.filter_map(|step| Some((step, step.answer_kind()?)))
    };
    let is_text = |kind: &FieldKind| matches!(kind, FieldKind::Line | FieldKind::Prose);
    // Words say more than a choice.
    let texts = answers().filter(|(_, kind)| is_text(kind));
    let others = answers().filter(|(_, kind)| !is_text(kind));
    let answered = texts.chain(others).find_map(|(step, kind)| {
        let answer = scene.journal.answer(week, &practice.id, &step.id)?;
        let is_log = matches!(answer, Value::Log(_));
        (!is_log).then(|| report::field_text(answer, kind))
    });
    let progress = insight::progress(scene.journal, practice, scene.now.week());
    let asked = || practice.steps.first().map(|step| step.prompt.clone());
    let asked = || asked().filter(|_| progress == Progress::NotStarted);
    WalkPractice {
        name: practice.name.clone(),
        progress,
        text: answered
            .filter(|text| !text.is_empty())
            .or_else(asked)
            .unwrap_or_default(),
    }
}
