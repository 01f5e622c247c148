//! The walk without the screens: a question, a line or more for an answer, the next one.
//!
//! For screen readers, terminals without screens, and pipes. Every answer is saved before the next
//! question. Knows nothing of the screens, and asks what they ask.

mod answer_input;
mod commitment;
mod inbox;
mod item;
mod plan;
mod row;
mod step;

use chrono::NaiveDate;

use crate::calendar::{self, Direction, Month, Now, Week};
use crate::cli::context::{CommandContext, OpenedJournal};
use crate::cli::failures::usage;
use crate::cli::{acts, editor};
use crate::failure::Failure;
use crate::insight;
use crate::journal::rules::{Act, Basis, has_only_notes};
use crate::journal::{Change, Id};
use crate::practice::Practice;
use crate::report::{self, StatusLine};
use crate::store;
use crate::terminal::Clock;
use crate::text::{display_path, escape_controls, one_line};
use answer_input::report_invalid;
use plan::{Question, WalkPlan};

/// What a plain walk is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// The ids of the practices to ask; if empty, those of the weekly walk, or of the month.
    pub(super) practices: Vec<String>,
    /// Another week than the present one.
    pub(super) week: Option<Week>,
    /// A month, for what is asked monthly.
    pub(super) month: Option<Month>,
}

impl Scope {
    /// Whether nothing is named: the walk of the present week.
    fn is_unnamed(&self) -> bool {
        self.practices.is_empty() && self.week.is_none() && self.month.is_none()
    }
}

/// What comes of a question; `?` passes on how it was left.
type Answered<T = ()> = Result<T, Left>;

/// How a question was left without an answer.
enum Left {
    /// By an empty line; the next one is asked.
    Skipped,
    /// For the question before.
    Back,
    /// The input has ended.
    Ended,
    Failed(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Left {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// The day that an answer means.
fn typed_day(
    words: &str,
    direction: Direction,
    walk: &PlainWalk<'_, '_>,
) -> Result<NaiveDate, Failure> {
    let day = calendar::parse_day(words, walk.context.now, direction);
    day.map_err(|error| usage(error.to_string()))
}

/// What comes of questions after which something is saved, unless one of them failed.
fn unless_failed(asked: Answered) -> Answered<Answered> {
    match asked {
        Err(Left::Failed(error)) => Err(Left::Failed(error)),
        asked => Ok(asked),
    }
}

/// A walk that is under way.
struct PlainWalk<'a, 'b> {
    context: &'a mut CommandContext<'b>,
    /// The journal, with what was saved since.
    opened: OpenedJournal,
}

/// Asks the questions of a scope, one after the other, until the input ends.
pub(super) fn run_plain_walk(scope: Scope, context: &mut CommandContext<'_>) -> anyhow::Result<()> {
    let opened = context.open()?;
    let catalog = context.catalog.clone();
    let walk = &mut PlainWalk { context, opened };
    let mut plan = WalkPlan::new(scope, &catalog, &walk.opened.journal, walk.context.now);
    print_greeting(&plan, walk)?;
    for path in store::unsaved_texts() {
        let path = display_path(&path);
        walk.print_line(format!(
            "\nText that was not saved is in {path}; remove the file once you have it."
        ))?;
    }
    if let Some(month) = plan.scope.month {
        print_month(month, walk)?;
    }
    while ask_all(&plan, walk)? == PlanEnd::NewWeek {
        let now = walk.context.now;
        let week = now.week().number();
        let day = calendar::short_date(now.today(), now.today());
        walk.print_line(format!(
            "\nA new week has begun: Week {week} · {day}. What follows is for this week; \
             what you answered before is saved for the last one."
        ))?;
        plan = WalkPlan::of_new_week(&catalog, &walk.opened.journal, now);
    }
    let short = StatusLine::new(walk.context.now, &walk.opened.journal, &catalog).text();
    Ok(walk.print_line(format!("\n{short}"))?)
}

/// How a plan ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum PlanEnd {
    Finished,
    /// A new week began while a question was being answered.
    NewWeek,
}

/// Asks the questions of a plan that have no answer yet; going back, also the others.
fn ask_all(plan: &WalkPlan<'_>, walk: &mut PlainWalk<'_, '_>) -> anyhow::Result<PlanEnd> {
    let mut last_heading = None;
    let mut asked_before = Vec::new();
    let mut next = plan.next(0, &walk.opened.journal, walk.context.now);
    while let Some(at) = next {
        let question = &plan.questions[at].question;
        let practice = question.practice();
        let heading = practice.map(|practice| &practice.id);
        if let Some(practice) = practice.filter(|_| heading != last_heading) {
            print_heading(practice, plan, walk)?;
        }
        last_heading = heading;
        let asked = match question {
            Question::Due(id) => commitment::ask_due(id, walk),
            Question::Note(id) => inbox::ask_place(id, plan.week, walk),
            Question::Step(practice, step) => step::ask_step(practice, step, plan.week, walk),
            Question::Commitment(practice) => commitment::ask_commitment(practice, plan.week, walk),
        };
        match asked {
            Ok(()) | Err(Left::Skipped) => {
                asked_before.push(at);
                next = plan.next(at + 1, &walk.opened.journal, walk.context.now);
            }
            Err(Left::Back) => {
                let (journal, now) = (&walk.opened.journal, walk.context.now);
                let can_be_asked = |at: &usize| plan.can_be_asked(*at, journal, now);
                next = std::iter::from_fn(|| asked_before.pop()).find(can_be_asked);
                next = next.or_else(|| (0..at).rev().find(can_be_asked));
                if next.is_none() {
                    walk.print_line("  That was the first question.")?;
                    next = Some(at);
                }
            }
            Err(Left::Ended) => return Ok(PlanEnd::Finished),
            Err(Left::Failed(error)) => return Err(error),
        }
        if plan.follows_clock() && update_week(&walk.context.clock, &mut walk.context.now) {
            return Ok(PlanEnd::NewWeek);
        }
    }
    Ok(PlanEnd::Finished)
}

/// Whether a new week has begun, in which case `now` is updated. A question belongs to the week in
/// which it was asked, and later ones to the new week.
fn update_week(clock: &Clock, now: &mut Now) -> bool {
    let present = clock.now();
    let is_new = present.week() != now.week();
    if is_new {
        *now = present;
    }
    is_new
}

fn print_greeting(plan: &WalkPlan<'_>, walk: &mut PlainWalk<'_, '_>) -> Result<(), Failure> {
    let (today, present) = (walk.context.now.today(), walk.context.now.week());
    let when = match plan.scope.month {
        Some(month) => month.full_name(),
        None => plan.week.relative_label(present).unwrap_or_else(|| {
            let day = calendar::short_date(today, today);
            format!("Week {} · {day}", present.number())
        }),
    };
    walk.print_line(when)?;
    walk.print_line(
        "An empty line skips a question, and ends a text of several lines.\n\
         A line of only < goes back one question; \\< is that text.\n\
         Ctrl-D leaves the walk; each answer is saved at once.",
    )?;
    if plan.scope.is_unnamed() && has_only_notes(walk.basis()) {
        let call = &walk.context.invocation;
        let line = format!("\nNew here? {call} walk --plain profile asks first who you are.");
        walk.print_line(&line)?;
    }
    if plan.is_off() {
        let (call, week) = (&walk.context.invocation, plan.week);
        let line = format!("\nThis week is off. {call} walk --plain --week {week} asks anyway.");
        walk.print_line(&line)?;
    }
    Ok(())
}

/// The items of a month that is wrapped up, as its page shows them.
fn print_month(month: Month, walk: &mut PlainWalk<'_, '_>) -> Result<(), Failure> {
    let Some((register, stage)) = walk.context.catalog.monthly() else {
        return Ok(());
    };
    let today = walk.context.now.today();
    let items = insight::items_of_month(&walk.opened.journal, register, month, today);
    let counting = items
        .iter()
        .filter(|(_, item)| item.day(stage).is_some_and(|day| month.contains(day)))
        .count();
    let stage = register.stage(stage).map_or(stage, |stage| &stage.name);
    let count = report::month_count(counting, items.len(), stage);
    let heading = escape_controls(&format!("\n{}: {count}", register.name));
    let lines: Vec<String> = items
        .iter()
        .map(|(_, item)| format!("  {}", row::row_text(register, item, today)))
        .collect();
    walk.print_line(heading)?;
    walk.context.print_lines(lines)
}

fn print_heading(
    practice: &Practice,
    plan: &WalkPlan<'_>,
    walk: &mut PlainWalk<'_, '_>,
) -> Result<(), Failure> {
    let heading = insight::practice_heading(&walk.opened.journal, plan.catalog, practice);
    let heading = one_line(&heading);
    let count = plan.catalog.walk().count();
    let position = plan
        .catalog
        .walk()
        .position(|other| other.id == practice.id);
    let place = match (position, plan.month_of(practice)) {
        (Some(at), _) => format!("{} of {count} · ", at + 1),
        (None, Some(month)) => format!("{} · ", month.full_name()),
        (None, None) => String::new(),
    };
    walk.print_line(format!("\n{place}{heading}"))?;
    let questions = practice.questions.iter();
    walk.context
        .print_lines(questions.map(|question| one_line(question)))
}

impl PlainWalk<'_, '_> {
    fn basis(&self) -> Basis<'_> {
        self.context.basis(&self.opened.journal)
    }

    fn print_line(&mut self, line: impl AsRef<str>) -> Result<(), Failure> {
        self.context.print_line(line)
    }

    /// Asks questions by their index, in order, going back where the answer says so.
    fn ask_in_turn(
        &mut self,
        count: usize,
        mut ask: impl FnMut(usize, &mut Self) -> Answered,
    ) -> Answered {
        let mut at = 0;
        while at < count {
            match ask(at, self) {
                Ok(()) | Err(Left::Skipped) => at += 1,
                Err(Left::Back) if at > 0 => at -= 1,
                left => return left,
            }
        }
        Ok(())
    }

    /// Performs an act typed as `words` and saves it, or says why it is refused. Returns whether it
    /// was done.
    fn perform_and_report(&mut self, act: Act, words: &str) -> anyhow::Result<bool> {
        self.perform_or_ask(Ok(act), words, &mut None)
    }

    /// The same for an act whose words may be invalid; a due day in the past is `asked` about first:
    /// written again, it is meant.
    fn perform_or_ask(
        &mut self,
        act: Result<Act, Failure>,
        words: &str,
        asked: &mut Option<NaiveDate>,
    ) -> anyhow::Result<bool> {
        let today = self.context.now.today();
        let done = act.and_then(|act| acts::perform(&act, self.context, &self.opened));
        let done = done.and_then(|done| match done.past_due(today) {
            Some(due) if *asked != Some(due) => {
                *asked = Some(due);
                let ago = calendar::humanize(due, today);
                Err(usage(format!(
                    "that was {ago}; write it again if it is meant"
                )))
            }
            _ => Ok(done),
        });
        match done {
            Ok(done) => {
                self.save_or_keep(&done.changes, words)?;
                let said = report::act_result(&done.result, self.basis());
                self.print_line(format!("  {}", escape_controls(&said)))?;
                Ok(true)
            }
            Err(failure) => {
                report_invalid(self.context, &failure, &[])?;
                Ok(false)
            }
        }
    }

    /// Says which other texts an unsettled field has.
    fn print_texts_beside(&mut self, id: &Id, field: &str) -> Result<(), Failure> {
        let today = self.context.now.today();
        for text in report::texts_beside(id, field, &self.opened.journal, today) {
            self.print_line(format!(
                "  ≠ also: {text}\n  A new text settles which counts."
            ))?;
        }
        Ok(())
    }

    /// Saves what was typed, or keeps it in a file if that fails.
    fn save_or_keep(&mut self, changes: &[Change], words: &str) -> Result<(), Failure> {
        let lines = self.context.unsaved_lines.take();
        if changes.is_empty() {
            return Ok(());
        }
        let saved = self.context.save_all(&mut self.opened, changes);
        saved
            .map(drop)
            .map_err(|failure| editor::keep_text(words, lines, failure))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now_at(text: &str) -> Now {
        Now::new(text.parse().expect("an instant"))
    }

    #[test]
    fn a_question_belongs_to_the_week_it_was_asked_in() {
        let sunday = now_at("2026-11-22T23:59:00+01:00");
        let still_sunday = Clock::fixed(now_at("2026-11-22T23:59:59+01:00"));
        let monday = Clock::fixed(now_at("2026-11-23T00:00:00+01:00"));
        let mut now = sunday;
        assert!(!update_week(&still_sunday, &mut now));
        assert_eq!(now, sunday);
        assert!(update_week(&monday, &mut now));
        assert_eq!(now.week().to_string(), "2026-W48");
        assert!(!update_week(&monday, &mut now));
    }
}
