//! The rules of commitments: making, checking in, moving and rewording them.

use chrono::NaiveDate;

use super::place::{evidence_with_notes, is_waiting_note, mark_placed};
use super::{Act, ActResult, Basis, Performed, Refusal, RequiredText, Reschedule, item_or_preset};
use crate::calendar::Week;
use crate::journal::{
    Body, Change, Commitment, CommitmentOutcome, Id, Journal, OffDays, period_for, same_name,
};
use crate::practice::{Ask, FieldKind, INTO_COMMITMENT, INTO_KEY, Practice};

/// A commitment to make.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NewCommitment {
    /// What better looks like.
    pub better: String,
    /// The area it is about; may be empty.
    pub area: String,
    pub due: NaiveDate,
    /// The entry it comes from, if any.
    pub origin: Option<Id>,
}

/// How a commitment ended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CheckIn {
    pub id: Id,
    pub how: CommitmentOutcome,
    /// The day it was done; if `None`, the day it already ended on, or else today.
    pub on: Option<NaiveDate>,
    /// A line of evidence; if `None`, the one it already has.
    pub evidence: Option<String>,
    /// The day the same is due again, as a new commitment.
    pub again: Option<NaiveDate>,
}

/// What changes about a commitment; `None` keeps the old value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reword {
    pub id: Id,
    /// What better looks like.
    pub better: Option<String>,
    pub area: Option<String>,
    pub due: Option<NaiveDate>,
}

impl Reword {
    /// The names of the fields it sets.
    fn sets(&self) -> Vec<&'static str> {
        let sets = [
            ("better", self.better.is_some()),
            ("area", self.area.is_some()),
            ("due", self.due.is_some()),
        ];
        let sets = sets.into_iter().filter(|(_, is_set)| *is_set);
        sets.map(|(name, _)| name).collect()
    }
}

pub(super) fn commit(new: &NewCommitment, basis: Basis<'_>) -> Result<Performed, Refusal> {
    if new.better.trim().is_empty() {
        return Err(Refusal::Empty(RequiredText::Better));
    }
    let commitment = Commitment {
        area: known_spelling(&new.area, basis),
        origin: new.origin.clone(),
        ..Commitment::new(new.better.clone(), basis.today, new.due)
    };
    let change = Change::new(Body::Commitment(commitment));
    let mut done = Performed::of_change(change, ActResult::Committed(new.due));
    // What is made from a note that waits places it.
    let note = new.origin.as_ref().filter(|id| is_waiting_note(id, basis));
    done.changes
        .extend(note.and_then(|id| mark_placed(id, (INTO_KEY, INTO_COMMITMENT), basis)));
    Ok(done)
}

/// Checks a commitment in, moves it or rewords it.
pub(super) fn change(id: &Id, act: &Act, basis: Basis<'_>) -> Result<Performed, Refusal> {
    let before = basis.journal.commitment(id).ok_or(Refusal::NoSuchEntry)?;
    let (now, result) = changed(before, act, basis)?;
    let result = if now == *before {
        ActResult::Unchanged
    } else {
        result
    };
    let sets = match act {
        Act::CheckIn(_) => vec!["closing"],
        Act::Reword(reword) => reword.sets(),
        _ => Vec::new(),
    };
    let done = Performed::edited(id, Body::Commitment(now), result, &sets, basis);
    with_again(done, before, act, basis)
}

/// Applies an act to a commitment that was deleted meanwhile, as a new one.
///
/// # Errors
/// When a rule refuses it, or it is not about a commitment.
pub fn perform_on_deleted(
    before: &Commitment,
    act: &Act,
    basis: Basis<'_>,
) -> Result<Performed, Refusal> {
    let (now, result) = changed(before, act, basis)?;
    let done = Performed::of_change(Change::new(Body::Commitment(now)), result);
    with_again(done, before, act, basis)
}

/// A commitment after an act.
fn changed(
    before: &Commitment,
    act: &Act,
    basis: Basis<'_>,
) -> Result<(Commitment, ActResult), Refusal> {
    match act {
        Act::CheckIn(said) => checked_in(before, said, basis),
        Act::Move(Reschedule { to, why, .. }) => {
            let mut now = before.clone();
            let result = reschedule(&mut now, *to, why, basis.today)?;
            Ok((now, result))
        }
        Act::Reword(reword) => reworded(before, reword, basis),
        _ => Err(Refusal::NoSuchEntry),
    }
}

/// Adds the same commitment again, as a new one from the same origin, if a check-in says so.
fn with_again(
    mut done: Performed,
    before: &Commitment,
    act: &Act,
    basis: Basis<'_>,
) -> Result<Performed, Refusal> {
    if let Act::CheckIn(CheckIn {
        again: Some(due), ..
    }) = act
    {
        if done.changes.is_empty() {
            done.result = ActResult::Committed(*due);
        }
        let again = commit(&same_again(before, *due), basis)?;
        done.changes.extend(again.changes);
    }
    Ok(done)
}

/// The same commitment again, by a day.
pub fn same_again(commitment: &Commitment, due: NaiveDate) -> NewCommitment {
    NewCommitment {
        better: commitment.better.clone(),
        area: commitment.area.clone(),
        due,
        origin: commitment.origin.clone(),
    }
}

/// The day that “the same next week” means: the weekday it was due, after today.
pub fn due_again(commitment: &Commitment, today: NaiveDate) -> NaiveDate {
    let weeks = commitment.due.iter_weeks().skip(1);
    let mut later = weeks.skip_while(|day| *day <= today);
    later.next().unwrap_or(commitment.due)
}

/// Ends a commitment, or corrects how it ended. The day it ended stays unless another is given, so
/// that better evidence does not change the figures of a month.
fn checked_in(
    before: &Commitment,
    said: &CheckIn,
    basis: Basis<'_>,
) -> Result<(Commitment, ActResult), Refusal> {
    let closing = before.closing.as_ref();
    let on = said
        .on
        .or_else(|| closing.map(|closing| closing.on))
        .unwrap_or(basis.today);
    if said.on.is_some() {
        check_done_day(on, before.made, basis.today)?;
    }
    let evidence = said
        .evidence
        .clone()
        .or_else(|| evidence_with_notes(&said.id, "", basis))
        .or_else(|| closing.map(|closing| closing.evidence.clone()));
    let mut now = before.clone();
    now.close(said.how, on, evidence.unwrap_or_default());
    let result = ActResult::Ended { how: said.how, on };
    Ok((now, result))
}

/// Refuses a day on which a commitment made on `made` cannot have been done. Today is always fine:
/// a traveller's today may be the day before it was made.
fn check_done_day(on: NaiveDate, made: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    if on > today {
        return Err(Refusal::DoneInFuture(on));
    }
    if on < made && on < today {
        return Err(Refusal::DoneBeforeMade { on, made });
    }
    Ok(())
}

pub(super) fn let_go(id: &Id, basis: Basis<'_>) -> Result<Performed, Refusal> {
    let said = CheckIn {
        id: id.clone(),
        how: CommitmentOutcome::LetGo,
        on: None,
        evidence: None,
        again: None,
    };
    change(id, &Act::CheckIn(said), basis)
}

/// Moves a commitment to another day. On the day it was made this is a correction, unless it was
/// moved before or a reason is given, which would be lost; after that it is a move, and the old day
/// stays on record.
fn reschedule(
    commitment: &mut Commitment,
    to: NaiveDate,
    why: &str,
    today: NaiveDate,
) -> Result<ActResult, Refusal> {
    if let Some(closing) = &commitment.closing {
        return Err(Refusal::HasEnded {
            how: closing.how,
            on: closing.on,
        });
    }
    if to == commitment.due {
        return Err(Refusal::AlreadyDue(to));
    }
    let is_new = commitment.made == today && commitment.moves.is_empty();
    if is_new && why.trim().is_empty() {
        commitment.due = to;
        return Ok(ActResult::Corrected(to));
    }
    let from = commitment.due;
    commitment.move_to(to, today, why);
    Ok(ActResult::Moved { from, to })
}

/// A commitment with another text, area or day.
fn reworded(
    before: &Commitment,
    reword: &Reword,
    basis: Basis<'_>,
) -> Result<(Commitment, ActResult), Refusal> {
    let mut now = before.clone();
    if let Some(better) = &reword.better {
        if better.trim().is_empty() {
            return Err(Refusal::Empty(RequiredText::Better));
        }
        now.better.clone_from(better);
    }
    if let Some(area) = &reword.area {
        // Another spelling of its own area is used as typed.
        let is_spelling = same_name(area, &before.area);
        now.area = if is_spelling {
            area.trim().to_owned()
        } else {
            known_spelling(area, basis)
        };
    }
    let mut result = ActResult::Changed;
    // The same day sent with another text is not a move to refuse.
    if let Some(due) = reword.due.filter(|due| *due != before.due) {
        result = reschedule(&mut now, due, "", basis.today)?;
    }
    Ok((now, result))
}

/// The commitment to check in next: the first open one due today or before that is not in `passed`.
pub fn next_due(passed: &[Id], basis: Basis<'_>) -> Option<Id> {
    let off = OffDays::of(basis.journal, basis.catalog);
    let mut open = basis.journal.open_commitments().into_iter();
    let next = open.find(|(entry, commitment)| {
        off.is_due(commitment, basis.today) && !passed.contains(&entry.id)
    });
    next.map(|(entry, _)| entry.id.clone())
}

/// An answer that a commitment can come from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TextAnswer {
    pub id: Id,
    /// The question, in one to three words.
    pub label: String,
    /// Its first line, which becomes the text of the commitment.
    pub first_line: String,
}

/// The text answers to a practice in a week, in the order of its questions.
pub fn text_answers(practice: &Practice, week: Week, journal: &Journal) -> Vec<TextAnswer> {
    let period = period_for(practice.cadence, week);
    practice
        .steps
        .iter()
        .filter_map(|step| {
            if !matches!(step.ask, Ask::Answer(FieldKind::Prose | FieldKind::Line)) {
                return None;
            }
            let answer = journal.answer(period, &practice.id, &step.id)?;
            let words = answer.as_text()?.trim().lines().next()?.trim();
            Some(TextAnswer {
                id: Id::answer(period, &practice.id, &step.id),
                label: step.label.clone(),
                first_line: words.to_owned(),
            })
        })
        .collect()
}

/// What a commitment made from an entry starts with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CommitmentSeed {
    /// What better looks like.
    pub better: String,
    /// The first area that the text names.
    pub area: Option<String>,
    /// Whether it is due on the day it is made, not on Friday.
    pub due_today: bool,
}

/// What a commitment made from an answer or an item starts with; `None` if it is neither.
pub fn commitment_seed(from: &Id, basis: Basis<'_>) -> Option<CommitmentSeed> {
    let first_line = |words: &str| words.lines().next().unwrap_or("").to_owned();
    let (better, due_today) = match basis.journal.current(from).map(|entry| &entry.body) {
        Some(Body::Answer(answer)) => (
            first_line(answer.value.as_text().unwrap_or("").trim()),
            false,
        ),
        _ => {
            let (register, item) = item_or_preset(from, basis)?;
            let words = match item.text(register.commits.as_deref().unwrap_or("title")) {
                "" => item.title(),
                words => words,
            };
            (first_line(words), register.commits_today)
        }
    };
    let lower = better.to_lowercase();
    let mut areas = basis.journal.areas(basis.catalog).into_iter();
    Some(CommitmentSeed {
        area: areas.find(|area| lower.contains(&area.to_lowercase())),
        better,
        due_today,
    })
}

/// The spelling of an area that is already in use, or else the one given.
fn known_spelling(area: &str, basis: Basis<'_>) -> String {
    basis
        .journal
        .areas(basis.catalog)
        .into_iter()
        .find(|known| same_name(known, area))
        .unwrap_or_else(|| area.trim().to_owned())
}
