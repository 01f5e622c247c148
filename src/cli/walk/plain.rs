//! The weekly walk without the screens: a question, a line or more for an answer, the next one.
//!
//! For screen readers, terminals without screens, and pipes. Every answer is saved before the next
//! question. Knows nothing of the screens, and asks what they ask.

mod answer_input;
mod commitment;
mod item;

use std::process::ExitCode;

use crate::calendar::{self, Now};
use crate::cli::context::{CommandContext, OpenedJournal};
use crate::cli::{acts, editor, field_values};
use crate::failure::{Failure, FailureKind};
use crate::insight::{self, Progress};
use crate::journal::rules::Act;
use crate::journal::{Answer, period_for};
use crate::practice::{Ask, Catalog, FieldKind, Practice, Step};
use crate::report::{self, StatusLine};
use crate::terminal::Clock;
use crate::text::{clip, escape_controls, one_line, quoted};
use answer_input::{TypedAnswer, list_choices, numbers_to_ids, read_answer, report_invalid};

/// How the walk goes on.
#[derive(Clone, Copy, Eq, PartialEq)]
enum WalkFlow {
    Continue,
    /// A new week began while a question was being answered.
    NewWeek,
    Ended,
}

/// Asks how it went with what is due, then what this week has no answer to yet, practice by
/// practice.
pub(super) fn run_plain_walk(context: &mut CommandContext<'_>) -> anyhow::Result<ExitCode> {
    let mut opened = context.open()?;
    let catalog = context.catalog.clone();
    print_greeting(context)?;
    if commitment::check_in_all(context, &mut opened)? == WalkFlow::Continue {
        while ask_week(&catalog, context, &mut opened)? == WalkFlow::NewWeek {
            let today = context.now.today();
            let (week, day) = (
                context.now.week().number(),
                calendar::short_date(today, today),
            );
            context.output.write_line(&format!(
                "\nA new week has begun: Week {week} · {day}. What follows is for this week; \
                 what you answered before is saved for the last one."
            ))?;
        }
    }
    let short = StatusLine::new(context.now, &opened.journal, &catalog);
    context.output.write_line(&format!("\n{}", short.text()))?;
    Ok(ExitCode::SUCCESS)
}

fn ask_week(
    catalog: &Catalog,
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> anyhow::Result<WalkFlow> {
    let week = context.now.week();
    let count = catalog.walk().count();
    for (number, practice) in (1..).zip(catalog.walk()) {
        if insight::progress(&opened.journal, practice, week) == Progress::Done {
            continue;
        }
        let heading = one_line(&insight::practice_heading(
            &opened.journal,
            catalog,
            practice,
        ));
        let heading = format!("\n{number} of {count} · {heading}");
        context.output.write_line(&heading)?;
        match ask_practice(practice, context, opened)? {
            WalkFlow::Continue => {}
            pace => return Ok(pace),
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

fn print_greeting(context: &mut CommandContext<'_>) -> Result<(), Failure> {
    let today = context.now.today();
    let day = calendar::short_date(today, today);
    let week = format!("Week {} · {day}", context.now.week().number());
    context.output.write_line(&week)?;
    context.output.write_line(
        "An empty line skips a question, and ends a text of several lines.\n\
         Ctrl-D leaves the walk; each answer is saved at once.",
    )
}

fn ask_practice(
    practice: &Practice,
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> anyhow::Result<WalkFlow> {
    let week = context.now.week();
    for step in &practice.steps {
        if insight::is_step_done(&opened.journal, practice, step, week) {
            continue;
        }
        if ask_step(practice, step, context, opened)? == WalkFlow::Ended {
            return Ok(WalkFlow::Ended);
        }
        if update_week(&context.clock, &mut context.now) {
            return Ok(WalkFlow::NewWeek);
        }
    }
    let made = insight::week_view(&opened.journal, &context.catalog, week).made;
    if practice.leads_to_commitment && made.is_empty() {
        let pace = commitment::ask_commitment(practice, context, opened)?;
        if pace == WalkFlow::Continue && update_week(&context.clock, &mut context.now) {
            return Ok(WalkFlow::NewWeek);
        }
        return Ok(pace);
    }
    Ok(WalkFlow::Continue)
}

/// Asks one step, until the answer is valid.
fn ask_step(
    practice: &Practice,
    step: &Step,
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> anyhow::Result<WalkFlow> {
    let stretch = period_for(practice.cadence, context.now.week());
    context
        .output
        .write_line(&format!("\n{}", escape_controls(&step.prompt)))?;
    let kind = match &step.ask {
        Ask::Answer(kind) => kind,
        Ask::Register(id) => {
            let mut registers = practice.registers.iter();
            let Some(register) = registers.find(|register| register.id == *id) else {
                return Ok(WalkFlow::Continue);
            };
            return item::ask_list(register, context, opened);
        }
    };
    let before = opened
        .journal
        .answer_before(stretch, &practice.id, &step.id);
    if let Some((_, value)) = before {
        let last = clip(&quoted(&report::field_text(value, kind)), 72);
        context.output.write_line(&format!("  last time: {last}"))?;
    }
    list_choices(kind.choices(), context)?;
    loop {
        let words = match read_answer(context, *kind == FieldKind::Prose)? {
            TypedAnswer::Text(words) => numbers_to_ids(&words, kind.choices()),
            TypedAnswer::Empty => return Ok(WalkFlow::Continue),
            TypedAnswer::EndOfInput => return Ok(WalkFlow::Ended),
        };
        let done = field_values::parse_value(kind, None, &words, context).and_then(|value| {
            let answer = Answer {
                period: stretch,
                practice: practice.id.clone(),
                step: step.id.clone(),
                value,
            };
            acts::perform(&Act::Answer(answer), context, opened)
        });
        match done {
            Ok(done) => {
                save_or_keep(&done.changes, &words, context, opened)?;
                return Ok(WalkFlow::Continue);
            }
            Err(failure) => report_invalid(context, &failure, kind.choices())?,
        }
    }
}

/// Performs an act typed as `words` and saves it, or says why it is refused or that its day is in
/// the past. Returns whether it was done.
fn perform_and_report(
    act: &Act,
    words: &str,
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> anyhow::Result<bool> {
    match acts::perform(act, context, opened) {
        Ok(done) => {
            let today = context.now.today();
            if let Some(due) = done.past_due(today) {
                let ago = calendar::humanize(due, today);
                let failure = Failure::new(FailureKind::Usage, format!("that was {ago}"));
                report_invalid(context, &failure, &[])?;
                return Ok(false);
            }
            save_or_keep(&done.changes, words, context, opened)?;
            let said = report::act_result(&done.result, context.now.today());
            context
                .output
                .write_line(&format!("  {}", escape_controls(&said)))?;
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
