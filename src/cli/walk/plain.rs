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

use std::process::ExitCode;

use chrono::NaiveDate;

use crate::calendar::{self, Month, Now, Week};
use crate::cli::context::{CommandContext, OpenedJournal};
use crate::cli::failures::usage;
use crate::cli::{acts, editor};
use crate::failure::Failure;
use crate::insight;
use crate::journal::rules::{Act, has_only_notes};
use crate::practice::Practice;
use crate::report::{self, StatusLine};
use crate::terminal::Clock;
use crate::text::{escape_controls, one_line};
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

/// How the walk goes on after a question.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum WalkFlow {
    Continue,
    /// To the question before.
    Back,
    /// The input has ended.
    Ended,
}

/// Asks the questions of a scope, one after the other, until the input ends.
pub(super) fn run_plain_walk(
    scope: Scope,
    context: &mut CommandContext<'_>,
) -> anyhow::Result<ExitCode> {
    let mut opened = context.open()?;
    let catalog = context.catalog.clone();
    let mut plan = WalkPlan::new(scope, &catalog, &opened.journal, context.now);
    print_greeting(&plan, context, &opened)?;
    if let Some(month) = plan.scope.month {
        print_month(month, context, &opened)?;
    }
    while ask_all(&plan, context, &mut opened)? == PlanEnd::NewWeek {
        let today = context.now.today();
        let (week, day) = (
            context.now.week().number(),
            calendar::short_date(today, today),
        );
        context.print_line(format!(
            "\nA new week has begun: Week {week} · {day}. What follows is for this week; \
             what you answered before is saved for the last one."
        ))?;
        plan = WalkPlan::of_new_week(&catalog, &opened.journal, context.now);
    }
    let short = StatusLine::new(context.now, &opened.journal, &catalog);
    context.print_line(format!("\n{}", short.text()))?;
    Ok(ExitCode::SUCCESS)
}

/// How a plan ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum PlanEnd {
    Finished,
    /// A new week began while a question was being answered.
    NewWeek,
}

/// Asks the questions of a plan that have no answer yet; going back, also the others.
fn ask_all(
    plan: &WalkPlan<'_>,
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> anyhow::Result<PlanEnd> {
    let mut last_heading = None;
    let mut next = plan.next(0, &opened.journal, context.now);
    while let Some(at) = next {
        let question = &plan.questions[at].question;
        let practice = question.practice();
        let heading = practice.map(|practice| &practice.id);
        if let Some(practice) = practice.filter(|_| heading != last_heading) {
            print_heading(practice, plan, context, opened)?;
        }
        last_heading = heading;
        let flow = match question {
            Question::Due(id) => commitment::ask_due(id, context, opened)?,
            Question::Note(id) => inbox::ask_place(id, plan.week, context, opened)?,
            Question::Step(practice, step) => {
                step::ask_step(practice, step, plan.week, context, opened)?
            }
            Question::Commitment(practice) => {
                commitment::ask_commitment(practice, plan.week, context, opened)?
            }
        };
        match flow {
            WalkFlow::Continue => next = plan.next(at + 1, &opened.journal, context.now),
            WalkFlow::Back => {
                next = plan.before(at, &opened.journal, context.now);
                if next.is_none() {
                    context.print_line("  That was the first question.")?;
                    next = Some(at);
                }
            }
            WalkFlow::Ended => return Ok(PlanEnd::Finished),
        }
        if plan.follows_clock() && update_week(&context.clock, &mut context.now) {
            return Ok(PlanEnd::NewWeek);
        }
    }
    Ok(PlanEnd::Finished)
}

/// Asks questions by their index, in order, going back where the answer says so.
fn ask_in_turn(
    count: usize,
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
    mut ask: impl FnMut(usize, &mut CommandContext<'_>, &mut OpenedJournal) -> anyhow::Result<WalkFlow>,
) -> anyhow::Result<WalkFlow> {
    let mut at = 0;
    while at < count {
        match ask(at, context, opened)? {
            WalkFlow::Continue => at += 1,
            WalkFlow::Back if at == 0 => return Ok(WalkFlow::Back),
            WalkFlow::Back => at -= 1,
            WalkFlow::Ended => return Ok(WalkFlow::Ended),
        }
    }
    Ok(WalkFlow::Continue)
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

fn print_greeting(
    plan: &WalkPlan<'_>,
    context: &mut CommandContext<'_>,
    opened: &OpenedJournal,
) -> Result<(), Failure> {
    let (today, present) = (context.now.today(), context.now.week());
    let when = match plan.scope.month {
        Some(month) => month.full_name(),
        None => plan.week.relative_label(present).unwrap_or_else(|| {
            let day = calendar::short_date(today, today);
            format!("Week {} · {day}", present.number())
        }),
    };
    context.print_line(when)?;
    context.print_line(
        "An empty line skips a question, and ends a text of several lines.\n\
         A line of only < goes back one question; \\< is that text.\n\
         Ctrl-D leaves the walk; each answer is saved at once.",
    )?;
    if plan.scope.is_unnamed() && has_only_notes(context.basis(&opened.journal)) {
        context.print_line("\nNew here? leadby walk --plain profile asks first who you are.")?;
    }
    if plan.is_off() {
        let week = plan.week;
        let line =
            format!("\nThis week is off. leadby walk --plain --week {week} asks all the same.");
        context.print_line(&line)?;
    }
    Ok(())
}

/// The items of a month that is wrapped up, as its page shows them.
fn print_month(
    month: Month,
    context: &mut CommandContext<'_>,
    opened: &OpenedJournal,
) -> Result<(), Failure> {
    let Some((register, _)) = context.catalog.monthly() else {
        return Ok(());
    };
    let today = context.now.today();
    let items = insight::items_of_month(&opened.journal, register, month, today);
    let name = escape_controls(&register.name);
    if items.is_empty() {
        return context.print_line(format!("\n{name}: none this time"));
    }
    let lines: Vec<String> = items
        .iter()
        .map(|(_, item)| format!("  {}", row::row_text(register, item, today)))
        .collect();
    context.print_line(format!("\n{name}:"))?;
    context.print_lines(lines)
}

fn print_heading(
    practice: &Practice,
    plan: &WalkPlan<'_>,
    context: &mut CommandContext<'_>,
    opened: &OpenedJournal,
) -> Result<(), Failure> {
    let heading = insight::practice_heading(&opened.journal, plan.catalog, practice);
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
    context.print_line(format!("\n{place}{heading}"))
}

/// Performs an act typed as `words` and saves it, or says why it is refused. Returns whether it was
/// done.
fn perform_and_report(
    act: Act,
    words: &str,
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> anyhow::Result<bool> {
    perform_or_ask(Ok(act), words, &mut None, context, opened)
}

/// The same for an act whose words may be invalid; a due day in the past is `asked` about first: written
/// again, it is meant.
fn perform_or_ask(
    act: Result<Act, Failure>,
    words: &str,
    asked: &mut Option<NaiveDate>,
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> anyhow::Result<bool> {
    let today = context.now.today();
    let done = act.and_then(|act| acts::perform(&act, context, opened));
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
            save_or_keep(&done.changes, words, context, opened)?;
            let said = report::act_result(&done.result, today);
            context.print_line(format!("  {}", escape_controls(&said)))?;
            Ok(true)
        }
        Err(failure) => {
            report_invalid(context, &failure, &[])?;
            Ok(false)
        }
    }
}

/// Saves what was typed, or keeps it in a file if that fails.
fn save_or_keep(
    changes: &[crate::journal::Change],
    words: &str,
    context: &CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> Result<(), Failure> {
    if changes.is_empty() {
        return Ok(());
    }
    let saved = context.save_all(opened, changes).map(drop);
    saved.map_err(|failure| editor::keep_text(words, failure))
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
