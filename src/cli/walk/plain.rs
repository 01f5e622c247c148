//! The weekly walk without the screens: a question, a line or more for an answer, the next one.
//!
//! For screen readers, for terminals that show no screens, and for hands that pipe. Every answer is
//! saved before the next question. Knows nothing of the screens, and asks what they ask.

use std::io::{self, BufRead};
use std::process::ExitCode;

use crate::calendar::{self, Now};
use crate::cli::context::{Context, Opened};
use crate::cli::{editor, fields};
use crate::failure::{Failure, Kind};
use crate::journal::{Answer, Body, Change, Commitment, Item, Progress, Value, period};
use crate::practice::{Ask, Catalog, Choice, FieldKind, Practice, Register, Step};
use crate::report::{self, Short, same_name};
use crate::terminal::Clock;
use crate::words::{clip, one_line, quoted, visible};

/// What was typed to one question.
enum Typed {
    /// These words.
    Words(String),
    /// Nothing: to the next one.
    Nothing,
    /// Nothing more will come.
    Over,
}

/// Whether the walk goes on.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Pace {
    On,
    /// A new week began while a question was being answered.
    Anew,
    Over,
}

/// Asks what this week has no answer to yet, practice by practice.
pub(super) fn walk(context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
    let mut opened = context.open()?;
    let catalog = context.catalog.clone();
    greet(context, &opened)?;
    while through_the_week(&catalog, context, &mut opened)? == Pace::Anew {
        let today = context.now.today();
        let (week, day) = (context.now.week().number(), calendar::short(today, today));
        context.output.line(&format!(
            "\nA new week has begun: Week {week} · {day}. What follows is for this week; \
             what you answered before is saved for the last one."
        ))?;
    }
    let short = Short::at(context.now, &opened.journal, &catalog);
    context.output.line(&format!("\n{}", short.line()))?;
    Ok(ExitCode::SUCCESS)
}

fn through_the_week(
    catalog: &Catalog,
    context: &mut Context<'_>,
    opened: &mut Opened,
) -> anyhow::Result<Pace> {
    let week = context.now.week();
    let count = catalog.walk().count();
    for (number, practice) in (1..).zip(catalog.walk()) {
        if opened.journal.progress(practice, week) == Progress::Done {
            continue;
        }
        let heading = one_line(&opened.journal.heading(catalog, practice));
        let heading = format!("\n{number} of {count} · {heading}");
        context.output.line(&heading)?;
        match walk_through(practice, context, opened)? {
            Pace::On => {}
            pace => return Ok(pace),
        }
    }
    Ok(Pace::On)
}

/// Looks at the clock after an answer. What was asked belongs to the week in which it was asked, and
/// what is asked from now on to the present one.
fn turned(clock: &Clock, now: &mut Now) -> bool {
    let present = clock.now();
    let is_new = present.week() != now.week();
    if is_new {
        *now = present;
    }
    is_new
}

fn greet(context: &mut Context<'_>, opened: &Opened) -> Result<(), Failure> {
    let today = context.now.today();
    let day = calendar::short(today, today);
    let week = format!("Week {} · {day}", context.now.week().number());
    context.output.line(&week)?;
    context.output.line(
        "An empty line leaves a question for later, and ends a text of several lines.\n\
         Ctrl-D leaves the walk; each answer is saved at once.",
    )?;
    for due in report::reminders(&opened.journal, today, today) {
        context.output.line(&due)?;
    }
    Ok(())
}

fn walk_through(
    practice: &Practice,
    context: &mut Context<'_>,
    opened: &mut Opened,
) -> anyhow::Result<Pace> {
    let week = context.now.week();
    for step in &practice.steps {
        if opened.journal.is_step_done(practice, step, week) {
            continue;
        }
        if ask(practice, step, context, opened)? == Pace::Over {
            return Ok(Pace::Over);
        }
        if turned(&context.clock, &mut context.now) {
            return Ok(Pace::Anew);
        }
    }
    let made = opened.journal.week(&context.catalog, week).made;
    if practice.leads_to_commitment && made.is_empty() {
        let pace = commit(context, opened)?;
        if pace == Pace::On && turned(&context.clock, &mut context.now) {
            return Ok(Pace::Anew);
        }
        return Ok(pace);
    }
    Ok(Pace::On)
}

/// Asks one step, until the answer is one that it takes.
fn ask(
    practice: &Practice,
    step: &Step,
    context: &mut Context<'_>,
    opened: &mut Opened,
) -> anyhow::Result<Pace> {
    let stretch = period(practice.cadence, context.now.week());
    context
        .output
        .line(&format!("\n{}", visible(&step.prompt)))?;
    let kind = match &step.ask {
        Ask::Answer(kind) => kind,
        Ask::Register(id) => {
            let mut registers = practice.registers.iter();
            let Some(register) = registers.find(|register| register.id == *id) else {
                return Ok(Pace::On);
            };
            return add(register, context, opened);
        }
    };
    let before = opened
        .journal
        .answer_before(stretch, &practice.id, &step.id);
    if let Some((_, value)) = before {
        let last = clip(&quoted(&report::value_words(value, kind)), 72);
        context.output.line(&format!("  last time: {last}"))?;
    }
    for (number, choice) in (1..).zip(kind.choices()) {
        context
            .output
            .line(&format!("  {number}  {}", visible(&choice.label)))?;
    }
    loop {
        let words = match typed(context, *kind == FieldKind::Prose)? {
            Typed::Words(words) => by_number(&words, kind.choices()),
            Typed::Nothing => return Ok(Pace::On),
            Typed::Over => return Ok(Pace::Over),
        };
        match fields::value(kind, None, &words, context) {
            Ok(value) => {
                let answer = Answer {
                    period: stretch,
                    practice: practice.id.clone(),
                    step: step.id.clone(),
                    value,
                };
                let saved = context.save(opened, answer.change());
                saved.map_err(|failure| editor::keep_words(&words, failure))?;
                return Ok(Pace::On);
            }
            Err(failure) => again(context, &failure)?,
        }
    }
}

/// One more item of a list, by its title.
fn add(
    register: &Register,
    context: &mut Context<'_>,
    opened: &mut Opened,
) -> anyhow::Result<Pace> {
    let singular = visible(&register.singular);
    context
        .output
        .line(&format!("  a new {singular}, in a line"))?;
    let title = match typed(context, false)? {
        Typed::Words(words) => words,
        Typed::Nothing => return Ok(Pace::On),
        Typed::Over => return Ok(Pace::Over),
    };
    let mut item = Item::new(&register.id);
    item.set("title", Value::Text(title));
    for stage in register.stages.iter().filter(|stage| stage.starts) {
        item.reach(&stage.id, context.now.today());
    }
    let words = item.title().to_owned();
    save_new(Body::Item(item), &words, context, opened)?;
    Ok(Pace::On)
}

fn commit(context: &mut Context<'_>, opened: &mut Opened) -> anyhow::Result<Pace> {
    let (due, today) = (calendar::by_friday(context.now), context.now.today());
    let due_words = calendar::short(due, today);
    context
        .output
        .line(&format!("\nOne thing to lead better by {due_words}:"))?;
    let better = match typed(context, false)? {
        Typed::Words(words) => words,
        Typed::Nothing => return Ok(Pace::On),
        Typed::Over => return Ok(Pace::Over),
    };
    let areas = opened.journal.areas(&context.catalog);
    context.output.line("\nWhich area is it about?")?;
    for (number, area) in (1..).zip(&areas) {
        context
            .output
            .line(&format!("  {number}  {}", visible(area)))?;
    }
    let (area, pace) = match typed(context, false)? {
        Typed::Words(words) => (words, Pace::On),
        Typed::Nothing => (String::new(), Pace::On),
        // The commitment itself was said.
        Typed::Over => (String::new(), Pace::Over),
    };
    let by_number = numbered(&area, areas.len()).map(|at| areas[at].clone());
    let known = areas.into_iter().find(|known| same_name(known, &area));
    let commitment = Commitment {
        better,
        area: by_number.or(known).unwrap_or(area),
        due,
        made: today,
        moves: Vec::new(),
        closing: None,
        origin: None,
    };
    let words = commitment.better.clone();
    save_new(Body::Commitment(commitment), &words, context, opened)?;
    Ok(pace)
}

/// Saves something new; `words` are what was typed for it.
fn save_new(
    body: Body,
    words: &str,
    context: &Context<'_>,
    opened: &mut Opened,
) -> Result<(), Failure> {
    let change = Change::new(body);
    let saved = context.save(opened, change).map(drop);
    saved.map_err(|failure| editor::keep_words(words, failure))
}

/// Says why words were not taken; the question stands.
fn again(context: &mut Context<'_>, failure: &Failure) -> Result<(), Failure> {
    context
        .output
        .line(&format!("  {}", visible(failure.message())))?;
    for hint in failure.hints() {
        context.output.line(&format!("  {}", visible(hint)))?;
    }
    Ok(())
}

/// Reads a line, or lines up to an empty one.
fn typed(context: &mut Context<'_>, several: bool) -> Result<Typed, Failure> {
    let mut words = String::new();
    loop {
        context.output.text("> ")?;
        context.output.flush()?;
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line);
        let read = read.map_err(|error| {
            let failure = Failure::new(Kind::Usage, format!("the answer cannot be read: {error}"));
            failure
                .hint("the answers before it are saved")
                .because(error)
        })?;
        let line = line.trim_end_matches(['\n', '\r']);
        if read == 0 && words.is_empty() {
            return Ok(Typed::Over);
        }
        if line.trim().is_empty() {
            break;
        }
        if !words.is_empty() {
            words.push('\n');
        }
        words.push_str(line);
        if !several {
            break;
        }
    }
    Ok(if words.is_empty() {
        Typed::Nothing
    } else {
        Typed::Words(words)
    })
}

/// Choices named by their numbers, as words that name them.
fn by_number(words: &str, choices: &[Choice]) -> String {
    if choices.is_empty() {
        return words.to_owned();
    }
    let parts = words.split([',', ' ']).filter(|part| !part.is_empty());
    let ids: Option<Vec<&str>> = parts
        .map(|part| numbered(part, choices.len()).map(|at| choices[at].id.as_str()))
        .collect();
    ids.map_or_else(|| words.to_owned(), |ids| ids.join(","))
}

/// A place in a list, by its number from 1.
fn numbered(text: &str, count: usize) -> Option<usize> {
    let number: usize = text.trim().parse().ok()?;
    (1..=count).contains(&number).then(|| number - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Now {
        Now::new(text.parse().expect("an instant"))
    }

    #[test]
    fn a_question_belongs_to_the_week_it_was_asked_in() {
        let sunday = at("2026-11-22T23:59:00+01:00");
        let still_sunday = Clock::fixed(at("2026-11-22T23:59:59+01:00"));
        let monday = Clock::fixed(at("2026-11-23T00:00:00+01:00"));
        let mut now = sunday;
        assert!(!turned(&still_sunday, &mut now));
        assert_eq!(now, sunday);
        assert!(turned(&monday, &mut now));
        assert_eq!(now.week().to_string(), "2026-W48");
        assert!(!turned(&monday, &mut now));
    }
}
