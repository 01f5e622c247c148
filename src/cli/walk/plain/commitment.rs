//! The commitment of the walk, and check-ins for those that are due.

use chrono::NaiveDate;

use super::answer_input::{index_from_number, index_of, list_lines, print_present, read_answer};
use super::{Answered, Left, PlainWalk, typed_day, unless_failed};
use crate::calendar::{self, Direction, Week};
use crate::cli::context::CommandContext;
use crate::failure::Failure;
use crate::insight;
use crate::journal::rules::{
    Act, CheckIn, NewCommitment, Reschedule, Reword, TextAnswer, commitment_seed, due_again,
    evidence_from_notes, same_again, text_answers,
};
use crate::journal::{Commitment, CommitmentOutcome, Id, OffDays};
use crate::practice::Practice;
use crate::report;
use crate::text::one_line;

/// What is said about a commitment that is due.
#[derive(Clone, Copy)]
enum DueAnswer {
    Ended(CommitmentOutcome),
    Moved,
    Smaller,
}

/// The answers to “How did it go?”; the last one only where it is [stuck](insight::stuck).
const ANSWERS: [(&str, DueAnswer); 5] = [
    ("kept", DueAnswer::Ended(CommitmentOutcome::Kept)),
    ("missed", DueAnswer::Ended(CommitmentOutcome::Missed)),
    ("moved to another day", DueAnswer::Moved),
    ("let go", DueAnswer::Ended(CommitmentOutcome::LetGo)),
    ("make it smaller", DueAnswer::Smaller),
];

/// Asks how it went with a commitment that is due, or went.
pub(super) fn ask_due(id: &Id, walk: &mut PlainWalk<'_, '_>) -> Answered {
    let today = walk.context.now.today();
    loop {
        let Some(commitment) = walk.opened.journal.commitment(id).cloned() else {
            return Ok(());
        };
        let mut said = vec![one_line(&commitment.better)];
        let off = OffDays::of(&walk.opened.journal, &walk.context.catalog);
        let due = calendar::date_and_distance(off.due_day(&commitment), today);
        said.push(format!("due {due}"));
        said.extend(report::due_history(&commitment, &off, today));
        if let Some(closing) = &commitment.closing {
            let on = calendar::short_date(closing.on, today);
            said.push(format!("{} on {on}", closing.how.name()));
        }
        let sign = if commitment.is_open() { "!" } else { "·" };
        walk.print_line(format!("\n{sign} {}", said.join(" · ")))?;
        let stuck = insight::stuck(&commitment, &off, today);
        if let Some(stuck) = stuck {
            let reason = report::stuck_reason(stuck);
            walk.print_line(format!("{reason}: make it smaller, or let it go."))?;
        }
        walk.print_line("How did it go?")?;
        let asked = match ask_how(stuck.is_some(), walk)? {
            DueAnswer::Ended(how) => ask_evidence(id, how, &commitment, walk),
            DueAnswer::Moved => ask_new_day(id, &commitment, walk),
            DueAnswer::Smaller => match ask_smaller(id, &commitment, walk) {
                // It is still due, so how it went is asked again.
                Ok(()) | Err(Left::Skipped) => continue,
                left => left,
            },
        };
        // Back from the question after it, how it went is asked again.
        if !matches!(asked, Err(Left::Back)) {
            return asked;
        }
    }
}

/// Asks how it went.
fn ask_how(is_stuck: bool, walk: &mut PlainWalk<'_, '_>) -> Answered<DueAnswer> {
    let answers = if is_stuck {
        &ANSWERS[..]
    } else {
        &ANSWERS[..4]
    };
    let labels: Vec<&str> = answers.iter().map(|(label, _)| *label).collect();
    list_lines(labels.iter().copied(), walk.context)?;
    loop {
        let words = read_answer(walk.context, false)?;
        if let Some(at) = index_of(&words, &labels) {
            return Ok(answers[at].1);
        }
        let choices = (1..)
            .zip(&labels)
            .map(|(number, label)| format!("{number} {label}"));
        let choices: Vec<String> = choices.collect();
        walk.print_line(format!("  choices: {}", choices.join(", ")))?;
    }
}

/// Asks for a smaller text.
fn ask_smaller(id: &Id, commitment: &Commitment, walk: &mut PlainWalk<'_, '_>) -> Answered {
    walk.print_line("Which smaller part of it?")?;
    let mut better = commitment.better.clone();
    ask_line(&mut better, walk.context)?;
    let act = Act::Reword(Reword {
        id: id.clone(),
        better: Some(better.clone()),
        area: None,
        due: None,
    });
    walk.perform_and_report(act, &better)?;
    Ok(())
}

fn ask_evidence(
    id: &Id,
    how: CommitmentOutcome,
    commitment: &Commitment,
    walk: &mut PlainWalk<'_, '_>,
) -> Answered {
    let today = walk.context.now.today();
    let before = match &commitment.closing {
        Some(closing) => closing.evidence.clone(),
        None => evidence_from_notes(id, walk.basis()),
    };
    let mut evidence = before.clone();
    let mut is_done = false;
    // If it is due today or has ended, there is no day to ask about.
    let off = OffDays::of(&walk.opened.journal, &walk.context.catalog);
    let due = off.due_day(commitment);
    let asks_day = commitment.is_open() && due < today;
    let late = report::days_late(commitment, &off, today);
    let late = late.map_or_else(String::new, |late| format!(", {late}"));
    let count = if asks_day { 2 } else { 1 };
    let asked = walk.ask_in_turn(count, |at, walk| {
        if at == 0 {
            walk.print_line(match how {
                CommitmentOutcome::Kept => "One line of evidence?",
                CommitmentOutcome::Missed | CommitmentOutcome::LetGo => "Why? Optional.",
            })?;
            return ask_line(&mut evidence, walk.context);
        }
        loop {
            let day = calendar::short_date(today, today);
            walk.print_line(format!(
                "On which day? Empty: today, {day}{late}. 1: {}, the day it was due.",
                calendar::short_date(due, today)
            ))?;
            let on = match read_answer(walk.context, false) {
                Ok(words) if words.trim() == "1" => Ok(Some(due)),
                Ok(words) => typed_day(&words, Direction::Past, walk).map(Some),
                Err(Left::Skipped) => Ok(None),
                Err(left) => return Err(left),
            };
            let act = on.map(|on| check_in_act(id, how, on, &evidence));
            is_done = walk.perform_or_ask(act, &evidence, &mut None)?;
            if is_done {
                return Ok(());
            }
        }
    });
    let asked = unless_failed(asked)?;
    // Once it is said how it went, the end of the input does not discard it.
    if matches!(asked, Err(Left::Back)) {
        if evidence != before {
            print_unsaved("evidence", &evidence, walk)?;
        }
    } else if !is_done {
        let act = check_in_act(id, how, None, &evidence);
        is_done = walk.perform_and_report(act, &evidence)?;
    }
    let may_recur = commitment.is_open() && how != CommitmentOutcome::LetGo;
    if asked.is_ok() && is_done && may_recur {
        return ask_again(commitment, walk);
    }
    asked
}

/// Asks whether the same is due again, as a new commitment.
fn ask_again(commitment: &Commitment, walk: &mut PlainWalk<'_, '_>) -> Answered {
    let today = walk.context.now.today();
    let offered = due_again(commitment, today);
    let day = calendar::short_date(offered, today);
    let mut asked = None;
    loop {
        walk.print_line(format!(
            "The same again? Empty: no. 1: by {day}. Or another day."
        ))?;
        let words = read_answer(walk.context, false)?;
        let due = match words.trim() {
            "1" => Ok(offered),
            _ => typed_day(&words, Direction::Future, walk),
        };
        let act = due.map(|due| Act::Commit(same_again(commitment, due)));
        if walk.perform_or_ask(act, &commitment.better, &mut asked)? {
            return Ok(());
        }
    }
}

fn check_in_act(id: &Id, how: CommitmentOutcome, on: Option<NaiveDate>, evidence: &str) -> Act {
    Act::CheckIn(CheckIn {
        id: id.clone(),
        how,
        on,
        evidence: Some(evidence.to_owned()).filter(|text| !text.is_empty()),
        again: None,
    })
}

fn ask_new_day(id: &Id, commitment: &Commitment, walk: &mut PlainWalk<'_, '_>) -> Answered {
    let (mut why, mut asked) = (String::new(), None);
    let mut is_done = false;
    let left = walk.ask_in_turn(2, |at, walk| {
        if at == 0 {
            walk.print_line("Why does it move?")?;
            return ask_line(&mut why, walk.context);
        }
        loop {
            walk.print_line("Moved to when? fri, tomorrow, +3d, 4 Dec or 2026-12-04")?;
            let words = match read_answer(walk.context, false) {
                Err(Left::Skipped) => return Ok(walk.print_line("  it stays as it is")?),
                read => read?,
            };
            let to = typed_day(&words, Direction::Rescheduled(commitment.due), walk);
            let act = to.map(|to| {
                Act::Move(Reschedule {
                    id: id.clone(),
                    to,
                    why: why.clone(),
                })
            });
            is_done = walk.perform_or_ask(act, &why, &mut asked)?;
            if is_done {
                return Ok(());
            }
        }
    });
    let left = unless_failed(left)?;
    if !is_done {
        print_unsaved("reason", &why, walk)?;
    }
    left
}

/// Says which text goes with nothing that was saved, so that it can be used again.
fn print_unsaved(what: &str, text: &str, walk: &mut PlainWalk<'_, '_>) -> Result<(), Failure> {
    match text {
        "" => Ok(()),
        text => walk.print_line(format!("  the {what} is not saved: {}", one_line(text))),
    }
}

/// Asks for one thing to lead better; lists the answers just given, and a number uses one.
pub(super) fn ask_commitment(
    practice: &Practice,
    week: Week,
    walk: &mut PlainWalk<'_, '_>,
) -> Answered {
    let answers = text_answers(practice, week, &walk.opened.journal);
    let draft = NewCommitment {
        better: String::new(),
        area: String::new(),
        due: calendar::next_due_day(walk.context.now),
        origin: None,
    };
    ask_draft(draft, &answers, walk)
}

/// Asks for a commitment that comes from an item.
pub(super) fn ask_commitment_from(id: &Id, walk: &mut PlainWalk<'_, '_>) -> Answered {
    let basis = walk.basis();
    let Some(seed) = commitment_seed(id, basis) else {
        return Ok(());
    };
    let draft = NewCommitment {
        better: seed.better,
        area: seed.area.unwrap_or_default(),
        due: if seed.due_today {
            basis.today
        } else {
            calendar::next_due_day(walk.context.now)
        },
        origin: Some(id.clone()),
    };
    ask_draft(draft, &[], walk)
}

/// Asks for a commitment, which is due on the day of the draft if no other one is given.
fn ask_draft(
    mut draft: NewCommitment,
    answers: &[TextAnswer],
    walk: &mut PlainWalk<'_, '_>,
) -> Answered {
    // What was typed, or offered and kept, is saved even if the input ends.
    let mut is_wanted = false;
    let (mut is_done, mut asked) = (false, None);
    let asked = walk.ask_in_turn(3, |at, walk| match at {
        0 => {
            let asked = ask_better(&mut draft, answers, walk.context);
            let goes_on = matches!(asked, Ok(()) | Err(Left::Skipped));
            is_wanted = !draft.better.trim().is_empty() && (is_wanted || goes_on);
            asked
        }
        _ if !is_wanted => Ok(()),
        1 => {
            let areas = walk.opened.journal.areas(&walk.context.catalog);
            walk.print_line("\nWhich area is it about?")?;
            list_lines(areas.iter().map(String::as_str), walk.context)?;
            let asked = ask_line(&mut draft.area, walk.context);
            if let Some(at) = index_from_number(&draft.area, areas.len()) {
                draft.area.clone_from(&areas[at]);
            }
            asked
        }
        _ => loop {
            let today = walk.context.now.today();
            let day = calendar::short_date(draft.due, today);
            walk.print_line(format!("\nBy when? An empty line means {day}."))?;
            let due = match read_answer(walk.context, false) {
                Ok(words) => typed_day(&words, Direction::Future, walk),
                Err(Left::Skipped) => Ok(draft.due),
                Err(left) => return Err(left),
            };
            let act = due.map(|due| {
                Act::Commit(NewCommitment {
                    due,
                    ..draft.clone()
                })
            });
            is_done = walk.perform_or_ask(act, &draft.better, &mut asked)?;
            if is_done {
                return Ok(());
            }
        },
    });
    let asked = unless_failed(asked)?;
    if is_wanted && !is_done {
        let (better, due) = (draft.better.clone(), draft.due);
        // The offered day is not asked about, even if midnight has passed.
        walk.perform_or_ask(Ok(Act::Commit(draft)), &better, &mut Some(due))?;
    }
    asked
}

fn ask_better(
    draft: &mut NewCommitment,
    answers: &[TextAnswer],
    context: &mut CommandContext<'_>,
) -> Answered {
    let asked = if answers.is_empty() {
        "\nOne thing to lead better:"
    } else {
        "\nOne thing to lead better; a number uses what you just wrote:"
    };
    context.print_line(asked)?;
    let lines: Vec<String> = answers
        .iter()
        .map(|answer| format!("{}: {}", answer.label, one_line(&answer.first_line)))
        .collect();
    list_lines(lines.iter().map(String::as_str), context)?;
    let mut better = draft.better.clone();
    let asked = ask_line(&mut better, context);
    if let Some(at) = index_from_number(&better, answers.len()) {
        draft.better.clone_from(&answers[at].first_line);
        draft.origin = Some(answers[at].id.clone());
    } else if better != draft.better {
        draft.better = better;
        // Text of its own comes from none of the answers.
        draft.origin.take_if(|_| !answers.is_empty());
    }
    asked
}

/// Asks for one line; an empty one leaves the text as it is.
fn ask_line(text: &mut String, context: &mut CommandContext<'_>) -> Answered {
    if !text.is_empty() {
        print_present(&one_line(text), context)?;
    }
    *text = read_answer(context, false)?;
    Ok(())
}
