//! The commitment of the walk, and check-ins for those that are due.

use chrono::NaiveDate;

use super::answer_input::{
    Reply, index_from_number, index_of, list_lines, print_present, read_answer,
};
use super::{PlainWalk, WalkFlow};
use crate::calendar::{self, Week};
use crate::cli::context::CommandContext;
use crate::journal::rules::{
    Act, CheckIn, NewCommitment, Reschedule, TextAnswer, commitment_seed, due_again,
    evidence_from_notes, same_again, text_answers,
};
use crate::journal::{Commitment, CommitmentOutcome, Id, OffDays};
use crate::practice::Practice;
use crate::report;
use crate::text::one_line;

/// The answers to “How did it go?”; `None` moves it to another day.
const OUTCOMES: [(&str, Option<CommitmentOutcome>); 4] = [
    ("kept", Some(CommitmentOutcome::Kept)),
    ("missed", Some(CommitmentOutcome::Missed)),
    ("moved to another day", None),
    ("let go", Some(CommitmentOutcome::LetGo)),
];

/// Asks how it went with a commitment that is due, or went.
pub(super) fn ask_due(id: &Id, walk: &mut PlainWalk<'_, '_>) -> anyhow::Result<WalkFlow> {
    let today = walk.context.now.today();
    loop {
        let Some(commitment) = walk.opened.journal.commitment(id).cloned() else {
            return Ok(WalkFlow::Continue);
        };
        let mut said = vec![one_line(&commitment.better)];
        let off = OffDays::of(&walk.opened.journal, &walk.context.catalog);
        let due = calendar::date_and_distance(off.due_day(&commitment), today);
        said.push(format!("due {due}"));
        said.extend(report::due_history(&commitment, today));
        if let Some(closing) = &commitment.closing {
            let on = calendar::short_date(closing.on, today);
            said.push(format!("{} on {on}", closing.how.name()));
        }
        let sign = if commitment.is_open() { "!" } else { "·" };
        walk.print_line(format!("\n{sign} {}", said.join(" · ")))?;
        walk.print_line("How did it go?")?;
        // Back from the question after it, how it went is asked again.
        if let Some(flow) = ask_outcome(id, &commitment, walk)? {
            return Ok(flow);
        }
    }
}

/// Asks how it went and what follows from that; `None` to ask how it went again.
fn ask_outcome(
    id: &Id,
    commitment: &Commitment,
    walk: &mut PlainWalk<'_, '_>,
) -> anyhow::Result<Option<WalkFlow>> {
    let labels = OUTCOMES.map(|(label, _)| label);
    list_lines(labels.into_iter(), walk.context)?;
    let how = loop {
        let words = match read_answer(walk.context, false)? {
            Reply::Given(words) => words,
            Reply::Left(flow) => return Ok(Some(flow)),
        };
        match index_of(&words, &labels) {
            Some(at) => break OUTCOMES[at].1,
            None => walk.print_line("  choices: 1 kept, 2 missed, 3 moved, 4 let go")?,
        }
    };
    let flow = match how {
        Some(how) => ask_evidence(id, how, commitment, walk)?,
        None => ask_new_day(id, commitment, walk)?,
    };
    Ok(Some(flow).filter(|flow| *flow != WalkFlow::Back))
}

fn ask_evidence(
    id: &Id,
    how: CommitmentOutcome,
    commitment: &Commitment,
    walk: &mut PlainWalk<'_, '_>,
) -> anyhow::Result<WalkFlow> {
    let today = walk.context.now.today();
    let mut evidence = match &commitment.closing {
        Some(closing) => closing.evidence.clone(),
        None => evidence_from_notes(id, walk.basis()),
    };
    let mut is_done = false;
    // If it is due today or has ended, there is no day to ask about.
    let asks_day = commitment.is_open() && commitment.due < today;
    let count = if asks_day { 2 } else { 1 };
    let flow = walk.ask_in_turn(count, |at, walk| {
        if at == 0 {
            walk.print_line("One line of evidence?")?;
            return ask_line(&mut evidence, walk.context);
        }
        loop {
            let day = calendar::short_date(today, today);
            walk.print_line(format!(
                "On which day? An empty line means today, {day}; 1 the day it was due, {}.",
                calendar::short_date(commitment.due, today)
            ))?;
            let on = match read_answer(walk.context, false)? {
                Reply::Given(words) if words.trim() == "1" => Ok(Some(commitment.due)),
                Reply::Given(words) => walk.context.past_day(&words).map(Some),
                Reply::Left(WalkFlow::Continue) => Ok(None),
                Reply::Left(flow) => return Ok(flow),
            };
            let act = on.map(|on| check_in_act(id, how, on, &evidence));
            is_done = walk.perform_or_ask(act, &evidence, &mut None)?;
            if is_done {
                return Ok(WalkFlow::Continue);
            }
        }
    })?;
    // Once it is said how it went, the end of the input does not discard it.
    if flow != WalkFlow::Back && !is_done {
        let act = check_in_act(id, how, None, &evidence);
        is_done = walk.perform_and_report(act, &evidence)?;
    }
    if flow == WalkFlow::Continue && is_done && commitment.is_open() {
        return ask_again(commitment, walk);
    }
    Ok(flow)
}

/// Asks whether the same is due again, as a new commitment.
fn ask_again(commitment: &Commitment, walk: &mut PlainWalk<'_, '_>) -> anyhow::Result<WalkFlow> {
    let today = walk.context.now.today();
    let offered = due_again(commitment, today);
    let day = calendar::short_date(offered, today);
    let mut asked = None;
    loop {
        walk.print_line(format!(
            "The same again? An empty line means no; 1 by {day}, or another day."
        ))?;
        let due = match read_answer(walk.context, false)? {
            Reply::Given(words) if words.trim() == "1" => Ok(offered),
            Reply::Given(words) => walk.context.due_day(&words),
            Reply::Left(flow) => return Ok(flow),
        };
        let act = due.map(|due| Act::Commit(same_again(commitment, due)));
        if walk.perform_or_ask(act, &commitment.better, &mut asked)? {
            return Ok(WalkFlow::Continue);
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

fn ask_new_day(
    id: &Id,
    commitment: &Commitment,
    walk: &mut PlainWalk<'_, '_>,
) -> anyhow::Result<WalkFlow> {
    let (mut why, mut asked) = (String::new(), None);
    walk.ask_in_turn(2, |at, walk| {
        if at == 0 {
            walk.print_line("Why does it move?")?;
            return ask_line(&mut why, walk.context);
        }
        loop {
            walk.print_line("Moved to when? fri, tomorrow, +3d, 4 Dec or 2026-12-04")?;
            let words = match read_answer(walk.context, false)? {
                Reply::Given(words) => words,
                Reply::Left(flow) => {
                    if flow == WalkFlow::Continue {
                        walk.print_line("  it stays as it is")?;
                    }
                    return Ok(flow);
                }
            };
            let to = walk.context.new_due_day(&words, commitment.due);
            let act = to.map(|to| {
                Act::Move(Reschedule {
                    id: id.clone(),
                    to,
                    why: why.clone(),
                })
            });
            if walk.perform_or_ask(act, &why, &mut asked)? {
                return Ok(WalkFlow::Continue);
            }
        }
    })
}

/// Asks for one thing to lead better; lists the answers just given, and a number uses one.
pub(super) fn ask_commitment(
    practice: &Practice,
    week: Week,
    walk: &mut PlainWalk<'_, '_>,
) -> anyhow::Result<WalkFlow> {
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
pub(super) fn ask_commitment_from(
    id: &Id,
    walk: &mut PlainWalk<'_, '_>,
) -> anyhow::Result<WalkFlow> {
    let basis = walk.basis();
    let Some(seed) = commitment_seed(id, basis) else {
        return Ok(WalkFlow::Continue);
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
) -> anyhow::Result<WalkFlow> {
    // What was typed, or offered and kept, is saved even if the input ends.
    let mut is_wanted = false;
    let (mut is_done, mut asked) = (false, None);
    let flow = walk.ask_in_turn(3, |at, walk| match at {
        0 => {
            let flow = ask_better(&mut draft, answers, walk.context)?;
            is_wanted =
                !draft.better.trim().is_empty() && (is_wanted || flow == WalkFlow::Continue);
            Ok(flow)
        }
        _ if !is_wanted => Ok(WalkFlow::Continue),
        1 => {
            let areas = walk.opened.journal.areas(&walk.context.catalog);
            walk.print_line("\nWhich area is it about?")?;
            list_lines(areas.iter().map(String::as_str), walk.context)?;
            let flow = ask_line(&mut draft.area, walk.context)?;
            if let Some(at) = index_from_number(&draft.area, areas.len()) {
                draft.area.clone_from(&areas[at]);
            }
            Ok(flow)
        }
        _ => loop {
            let today = walk.context.now.today();
            let day = calendar::short_date(draft.due, today);
            walk.print_line(format!("\nBy when? An empty line means {day}."))?;
            let due = match read_answer(walk.context, false)? {
                Reply::Given(words) => walk.context.due_day(&words),
                Reply::Left(WalkFlow::Continue) => Ok(draft.due),
                Reply::Left(flow) => return Ok(flow),
            };
            let act = due.map(|due| {
                Act::Commit(NewCommitment {
                    due,
                    ..draft.clone()
                })
            });
            is_done = walk.perform_or_ask(act, &draft.better, &mut asked)?;
            if is_done {
                return Ok(WalkFlow::Continue);
            }
        },
    })?;
    if is_wanted && !is_done {
        let (better, due) = (draft.better.clone(), draft.due);
        // The offered day is not asked about, even if midnight has passed.
        walk.perform_or_ask(Ok(Act::Commit(draft)), &better, &mut Some(due))?;
    }
    Ok(flow)
}

fn ask_better(
    draft: &mut NewCommitment,
    answers: &[TextAnswer],
    context: &mut CommandContext<'_>,
) -> anyhow::Result<WalkFlow> {
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
    let flow = ask_line(&mut better, context)?;
    if let Some(at) = index_from_number(&better, answers.len()) {
        draft.better.clone_from(&answers[at].first_line);
        draft.origin = Some(answers[at].id.clone());
    } else if better != draft.better {
        draft.better = better;
        // Text of its own comes from none of the answers.
        draft.origin.take_if(|_| !answers.is_empty());
    }
    Ok(flow)
}

/// Asks for one line; an empty one leaves the text as it is.
fn ask_line(text: &mut String, context: &mut CommandContext<'_>) -> anyhow::Result<WalkFlow> {
    if !text.is_empty() {
        print_present(&one_line(text), context)?;
    }
    match read_answer(context, false)? {
        Reply::Given(words) => {
            *text = words;
            Ok(WalkFlow::Continue)
        }
        Reply::Left(flow) => Ok(flow),
    }
}
