//! The commitment of the walk, and check-ins for those that are due.

use super::typed::{Typed, again, numbered, list_lines, typed};
use super::{WalkFlow, act};
use crate::calendar;
use crate::cli::context::{Context, Opened};
use crate::failure::Failure;
use crate::journal::rules::{Act, CheckIn, Move, NewCommitment, text_answers};
use crate::journal::{Commitment, How, Id, same_name};
use crate::practice::Practice;
use crate::report;
use crate::words::one_line;

/// The answers to “How did it go?” by number; `None` moves it to another day.
const OUTCOMES: [(&str, &str, Option<How>); 4] = [
    ("kept", "kept", Some(How::Kept)),
    ("missed", "missed", Some(How::Missed)),
    ("moved", "moved to another day", None),
    ("let go", "let go", Some(How::LetGo)),
];

/// Asks how it went with each commitment that is due.
pub(super) fn check_in_all(context: &mut Context<'_>, opened: &mut Opened) -> anyhow::Result<WalkFlow> {
    let today = context.now.today();
    let open = opened.journal.open_commitments().into_iter();
    let due: Vec<(Id, Commitment)> = open
        .filter(|(_, commitment)| commitment.due <= today)
        .map(|(entry, commitment)| (entry.id.clone(), commitment.clone()))
        .collect();
    for (id, commitment) in due {
        let mut said = vec![one_line(&commitment.better)];
        said.push(format!("due {}", calendar::in_words(commitment.due, today)));
        said.extend(report::moved(&commitment, today));
        context.output.line(&format!("\n! {}", said.join(" · ")))?;
        context.output.line("How did it go?")?;
        if ask_outcome(&id, &commitment, context, opened)? == WalkFlow::Over {
            return Ok(WalkFlow::Over);
        }
    }
    Ok(WalkFlow::On)
}

fn ask_outcome(
    id: &Id,
    commitment: &Commitment,
    context: &mut Context<'_>,
    opened: &mut Opened,
) -> anyhow::Result<WalkFlow> {
    list_lines(OUTCOMES.iter().map(|(_, label, _)| *label), context)?;
    let how = loop {
        let words = match typed(context, false)? {
            Typed::Words(words) => words,
            Typed::Nothing => return Ok(WalkFlow::On),
            Typed::Over => return Ok(WalkFlow::Over),
        };
        let mut outcomes = OUTCOMES.iter();
        let named = outcomes.position(|(name, ..)| same_name(name, &words));
        match numbered(&words, OUTCOMES.len()).or(named) {
            Some(at) => break OUTCOMES[at].2,
            None => {
                let choices = "  choices: 1 kept, 2 missed, 3 moved, 4 let go";
                context.output.line(choices)?;
            }
        }
    };
    match how {
        Some(how) => ask_evidence(id, how, commitment, context, opened),
        None => moved(id, commitment, context, opened),
    }
}

fn ask_evidence(
    id: &Id,
    how: How,
    commitment: &Commitment,
    context: &mut Context<'_>,
    opened: &mut Opened,
) -> anyhow::Result<WalkFlow> {
    let today = context.now.today();
    context.output.line("One line of evidence?")?;
    let (evidence, mut pace) = line(context)?;
    // If it is due today, there is no day to ask about.
    while pace == WalkFlow::On && commitment.due < today {
        let day = calendar::short(today, today);
        context.output.line(&format!(
            "On which day? An empty line means today, {day}; 1 the day it was due, {}.",
            calendar::short(commitment.due, today)
        ))?;
        let (words, after) = line(context)?;
        pace = after;
        let on = match words.trim() {
            "" => None,
            "1" => Some(commitment.due),
            words => match context.past_day(words) {
                Ok(day) => Some(day),
                Err(failure) => {
                    again(context, &failure, &[])?;
                    continue;
                }
            },
        };
        if act(&check_in_act(id, how, on, &evidence), &evidence, context, opened)? {
            return Ok(pace);
        }
    }
    act(&check_in_act(id, how, None, &evidence), &evidence, context, opened)?;
    Ok(pace)
}

fn check_in_act(id: &Id, how: How, on: Option<chrono::NaiveDate>, evidence: &str) -> Act {
    Act::CheckIn(CheckIn {
        id: id.clone(),
        how,
        on,
        evidence: Some(evidence.to_owned()).filter(|text| !text.is_empty()),
    })
}

fn moved(
    id: &Id,
    commitment: &Commitment,
    context: &mut Context<'_>,
    opened: &mut Opened,
) -> anyhow::Result<WalkFlow> {
    context.output.line("Why does it move?")?;
    let (why, mut pace) = line(context)?;
    while pace == WalkFlow::On {
        context
            .output
            .line("Moved to when? fri, tomorrow, +3d, 4 Dec or 2026-12-04")?;
        let (words, after) = line(context)?;
        pace = after;
        if words.is_empty() {
            context.output.line("  it stays as it is")?;
            break;
        }
        match context.new_due_day(&words, commitment.due) {
            Ok(to) => {
                let id = id.clone();
                let moved = Act::Move(Move {
                    id,
                    to,
                    why: why.clone(),
                });
                if act(&moved, &why, context, opened)? {
                    break;
                }
            }
            Err(failure) => again(context, &failure, &[])?,
        }
    }
    Ok(pace)
}

/// Asks for one thing to lead better; lists the answers just given, and a number uses one.
pub(super) fn commit(
    practice: &Practice,
    context: &mut Context<'_>,
    opened: &mut Opened,
) -> anyhow::Result<WalkFlow> {
    let today = context.now.today();
    let friday = calendar::by_friday(context.now);
    let answers = text_answers(practice, context.now.week(), &opened.journal);
    let asked = if answers.is_empty() {
        "\nOne thing to lead better:"
    } else {
        "\nOne thing to lead better; a number uses what you just wrote:"
    };
    context.output.line(asked)?;
    let lines: Vec<String> = answers
        .iter()
        .map(|answer| format!("{}: {}", answer.label, one_line(&answer.first_line)))
        .collect();
    list_lines(lines.iter().map(String::as_str), context)?;
    let better = match typed(context, false)? {
        Typed::Words(words) => words,
        Typed::Nothing => return Ok(WalkFlow::On),
        Typed::Over => return Ok(WalkFlow::Over),
    };
    let used = numbered(&better, answers.len()).map(|at| &answers[at]);
    let origin = used.map(|answer| answer.id.clone());
    let better = used.map_or(better, |answer| answer.first_line.clone());
    let areas = opened.journal.areas(&context.catalog);
    context.output.line("\nWhich area is it about?")?;
    list_lines(areas.iter().map(String::as_str), context)?;
    // Once the commitment itself is typed, the end of the input does not discard it.
    let (area, mut pace) = line(context)?;
    let area = numbered(&area, areas.len()).map_or(area, |at| areas[at].clone());
    let new = |due| {
        Act::Commit(NewCommitment {
            better: better.clone(),
            area: area.clone(),
            due,
            origin: origin.clone(),
        })
    };
    while pace == WalkFlow::On {
        let day = calendar::short(friday, today);
        context
            .output
            .line(&format!("\nBy when? An empty line means {day}."))?;
        let (words, after) = line(context)?;
        pace = after;
        if words.is_empty() {
            break;
        }
        match context.day(&words) {
            Ok(due) if act(&new(due), &better, context, opened)? => return Ok(pace),
            Ok(_) => {}
            Err(failure) => again(context, &failure, &[])?,
        }
    }
    act(&new(friday), &better, context, opened)?;
    Ok(pace)
}

/// One line, which may be empty.
fn line(context: &mut Context<'_>) -> Result<(String, WalkFlow), Failure> {
    Ok(match typed(context, false)? {
        Typed::Words(words) => (words, WalkFlow::On),
        Typed::Nothing => (String::new(), WalkFlow::On),
        Typed::Over => (String::new(), WalkFlow::Over),
    })
}
