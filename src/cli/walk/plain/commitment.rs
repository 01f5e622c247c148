//! The commitment of the walk, and check-ins for those that are due.

use super::answer_input::{
    TypedAnswer, index_from_number, list_lines, read_answer, report_invalid,
};
use super::{WalkFlow, perform_and_report};
use crate::calendar;
use crate::cli::context::{CommandContext, OpenedJournal};
use crate::failure::Failure;
use crate::journal::rules::{Act, CheckIn, NewCommitment, Reschedule, text_answers};
use crate::journal::{Commitment, CommitmentOutcome, Id, same_name};
use crate::practice::Practice;
use crate::report;
use crate::text::one_line;

/// The answers to “How did it go?” by number; `None` moves it to another day.
const OUTCOMES: [(&str, &str, Option<CommitmentOutcome>); 4] = [
    ("kept", "kept", Some(CommitmentOutcome::Kept)),
    ("missed", "missed", Some(CommitmentOutcome::Missed)),
    ("moved", "moved to another day", None),
    ("let go", "let go", Some(CommitmentOutcome::LetGo)),
];

/// Asks how it went with each commitment that is due.
pub(super) fn check_in_all(
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> anyhow::Result<WalkFlow> {
    let today = context.now.today();
    let open = opened.journal.open_commitments().into_iter();
    let due: Vec<(Id, Commitment)> = open
        .filter(|(_, commitment)| commitment.due <= today)
        .map(|(entry, commitment)| (entry.id.clone(), commitment.clone()))
        .collect();
    for (id, commitment) in due {
        let mut said = vec![one_line(&commitment.better)];
        said.push(format!(
            "due {}",
            calendar::date_and_distance(commitment.due, today)
        ));
        said.extend(report::due_history(&commitment, today));
        context
            .output
            .write_line(&format!("\n! {}", said.join(" · ")))?;
        context.output.write_line("How did it go?")?;
        if ask_outcome(&id, &commitment, context, opened)? == WalkFlow::Ended {
            return Ok(WalkFlow::Ended);
        }
    }
    Ok(WalkFlow::Continue)
}

fn ask_outcome(
    id: &Id,
    commitment: &Commitment,
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> anyhow::Result<WalkFlow> {
    list_lines(OUTCOMES.iter().map(|(_, label, _)| *label), context)?;
    let how = loop {
        let words = match read_answer(context, false)? {
            TypedAnswer::Text(words) => words,
            TypedAnswer::Empty => return Ok(WalkFlow::Continue),
            TypedAnswer::EndOfInput => return Ok(WalkFlow::Ended),
        };
        let mut outcomes = OUTCOMES.iter();
        let named = outcomes.position(|(name, ..)| same_name(name, &words));
        match index_from_number(&words, OUTCOMES.len()).or(named) {
            Some(at) => break OUTCOMES[at].2,
            None => {
                let choices = "  choices: 1 kept, 2 missed, 3 moved, 4 let go";
                context.output.write_line(choices)?;
            }
        }
    };
    match how {
        Some(how) => ask_evidence(id, how, commitment, context, opened),
        None => ask_new_day(id, commitment, context, opened),
    }
}

fn ask_evidence(
    id: &Id,
    how: CommitmentOutcome,
    commitment: &Commitment,
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> anyhow::Result<WalkFlow> {
    let today = context.now.today();
    context.output.write_line("One line of evidence?")?;
    let (evidence, mut pace) = read_line_or_empty(context)?;
    // If it is due today, there is no day to ask about.
    while pace == WalkFlow::Continue && commitment.due < today {
        let day = calendar::short_date(today, today);
        context.output.write_line(&format!(
            "On which day? An empty line means today, {day}; 1 the day it was due, {}.",
            calendar::short_date(commitment.due, today)
        ))?;
        let (words, after) = read_line_or_empty(context)?;
        pace = after;
        let on = match words.trim() {
            "" => None,
            "1" => Some(commitment.due),
            words => match context.past_day(words) {
                Ok(day) => Some(day),
                Err(failure) => {
                    report_invalid(context, &failure, &[])?;
                    continue;
                }
            },
        };
        if perform_and_report(
            &check_in_act(id, how, on, &evidence),
            &evidence,
            context,
            opened,
        )? {
            return Ok(pace);
        }
    }
    perform_and_report(
        &check_in_act(id, how, None, &evidence),
        &evidence,
        context,
        opened,
    )?;
    Ok(pace)
}

fn check_in_act(
    id: &Id,
    how: CommitmentOutcome,
    on: Option<chrono::NaiveDate>,
    evidence: &str,
) -> Act {
    Act::CheckIn(CheckIn {
        id: id.clone(),
        how,
        on,
        evidence: Some(evidence.to_owned()).filter(|text| !text.is_empty()),
    })
}

fn ask_new_day(
    id: &Id,
    commitment: &Commitment,
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> anyhow::Result<WalkFlow> {
    context.output.write_line("Why does it move?")?;
    let (why, mut pace) = read_line_or_empty(context)?;
    while pace == WalkFlow::Continue {
        context
            .output
            .write_line("Moved to when? fri, tomorrow, +3d, 4 Dec or 2026-12-04")?;
        let (words, after) = read_line_or_empty(context)?;
        pace = after;
        if words.is_empty() {
            context.output.write_line("  it stays as it is")?;
            break;
        }
        match context.new_due_day(&words, commitment.due) {
            Ok(to) => {
                let id = id.clone();
                let moved = Act::Move(Reschedule {
                    id,
                    to,
                    why: why.clone(),
                });
                if perform_and_report(&moved, &why, context, opened)? {
                    break;
                }
            }
            Err(failure) => report_invalid(context, &failure, &[])?,
        }
    }
    Ok(pace)
}

/// Asks for one thing to lead better; lists the answers just given, and a number uses one.
pub(super) fn ask_commitment(
    practice: &Practice,
    context: &mut CommandContext<'_>,
    opened: &mut OpenedJournal,
) -> anyhow::Result<WalkFlow> {
    let today = context.now.today();
    let friday = calendar::by_friday(context.now);
    let answers = text_answers(practice, context.now.week(), &opened.journal);
    let asked = if answers.is_empty() {
        "\nOne thing to lead better:"
    } else {
        "\nOne thing to lead better; a number uses what you just wrote:"
    };
    context.output.write_line(asked)?;
    let lines: Vec<String> = answers
        .iter()
        .map(|answer| format!("{}: {}", answer.label, one_line(&answer.first_line)))
        .collect();
    list_lines(lines.iter().map(String::as_str), context)?;
    let better = match read_answer(context, false)? {
        TypedAnswer::Text(words) => words,
        TypedAnswer::Empty => return Ok(WalkFlow::Continue),
        TypedAnswer::EndOfInput => return Ok(WalkFlow::Ended),
    };
    let used = index_from_number(&better, answers.len()).map(|at| &answers[at]);
    let origin = used.map(|answer| answer.id.clone());
    let better = used.map_or(better, |answer| answer.first_line.clone());
    let areas = opened.journal.areas(&context.catalog);
    context.output.write_line("\nWhich area is it about?")?;
    list_lines(areas.iter().map(String::as_str), context)?;
    // Once the commitment itself is typed, the end of the input does not discard it.
    let (area, mut pace) = read_line_or_empty(context)?;
    let area = index_from_number(&area, areas.len()).map_or(area, |at| areas[at].clone());
    let new = |due| {
        Act::Commit(NewCommitment {
            better: better.clone(),
            area: area.clone(),
            due,
            origin: origin.clone(),
        })
    };
    while pace == WalkFlow::Continue {
        let day = calendar::short_date(friday, today);
        context
            .output
            .write_line(&format!("\nBy when? An empty line means {day}."))?;
        let (words, after) = read_line_or_empty(context)?;
        pace = after;
        if words.is_empty() {
            break;
        }
        match context.due_day(&words) {
            Ok(due) if perform_and_report(&new(due), &better, context, opened)? => return Ok(pace),
            Ok(_) => {}
            Err(failure) => report_invalid(context, &failure, &[])?,
        }
    }
    perform_and_report(&new(friday), &better, context, opened)?;
    Ok(pace)
}

/// One line, which may be empty.
fn read_line_or_empty(context: &mut CommandContext<'_>) -> Result<(String, WalkFlow), Failure> {
    Ok(match read_answer(context, false)? {
        TypedAnswer::Text(words) => (words, WalkFlow::Continue),
        TypedAnswer::Empty => (String::new(), WalkFlow::Continue),
        TypedAnswer::EndOfInput => (String::new(), WalkFlow::Ended),
    })
}
