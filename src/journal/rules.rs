//! The rules: what every act means, when it is refused, and which versions it writes.
//!
//! Pure functions of the journal, the practices and the day. Screens, commands and the plain walk
//! ask here and word the answer; they have no rules of their own. A refusal is data, and so is the
//! result of an act. Knows no clock, no disk and no texts.

mod answer;
mod commitment;
mod item;
mod off;
mod place;
mod settle;
mod talk;

pub use commitment::{
    CheckIn, CommitmentSeed, NewCommitment, Reword, TextAnswer, commitment_seed, due_again,
    next_due, perform_on_deleted, same_again, text_answers,
};
pub use item::{
    ItemEdit, NewItem, item_or_preset, let_go_stage, linked_entry, new_item, next_stage,
    target_register,
};

pub use off::{TimeOff, UNTITLED, toggled_week};
pub use place::{
    Destination, Placement, evidence_from_notes, evidence_with_notes, has_only_notes,
    is_waiting_note, new_note, note_text, takes_evidence, takes_notes, waiting_notes,
};
pub use settle::{SettleField, TextChoice, settled_for_all};
pub use talk::remembered_talk;

use chrono::NaiveDate;

use super::{Answer, Body, Change, CommitmentOutcome, Id, Item, Journal};
use crate::calendar::Span;
use crate::practice::Catalog;

/// What a rule depends on.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// The journal as it is now.
    pub journal: &'a Journal,
    pub catalog: &'a Catalog,
    pub today: NaiveDate,
}

/// Declares the acts once, so that [`ActKind::ALL`] cannot miss one.
macro_rules! acts {
    ($($(#[doc = $doc:literal])+ $name:ident($data:ty),)+) => {
        /// Something a person can do to the journal.
        #[derive(Clone, Debug, Eq, PartialEq)]
        pub enum Act {
            $($(#[doc = $doc])+ $name($data),)+
        }

        /// Which act, without what it is about.
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        pub enum ActKind {
            $($(#[doc = $doc])+ $name,)+
        }

        impl ActKind {
            pub const ALL: &'static [Self] = &[$(Self::$name),+];
        }

        impl Act {
            pub fn kind(&self) -> ActKind {
                match self {
                    $(Self::$name(_) => ActKind::$name,)+
                }
            }
        }
    };
}

acts! {
    /// Make a commitment.
    Commit(NewCommitment),
    /// Record how a commitment ended: kept, missed, let go.
    CheckIn(CheckIn),
    /// Move a commitment to another day.
    Move(Reschedule),
    /// Change a commitment's text, area or day.
    Reword(Reword),
    /// Add an item to a list.
    Add(NewItem),
    /// Change the fields of an item.
    Edit(ItemEdit),
    /// Move an item to its next stage.
    Advance(Advance),
    /// Move an item out of the last stage it reached.
    StepBack(Id),
    /// Let an item or a commitment go.
    LetGo(Id),
    /// Turn an item into what its list says it can become.
    TurnInto(TurnInto),
    /// Place a note of the inbox where it belongs.
    Place(Placement),
    /// Make an answer the problem of its month.
    TakeUp(Id),
    /// Answer a question.
    Answer(Answer),
    /// Delete an entry.
    Delete(Id),
    /// Mark days as off.
    TakeOff(TimeOff),
    /// Make days that are off ordinary ones again.
    ComeBack(TimeOff),
    /// Settle a field that was changed on two sides.
    Settle(SettleField),
    /// Undo the next change in the undo history.
    Undo(Vec<Change>),
    /// Redo the change undone last.
    Redo(Vec<Change>),
}

/// Another day for a commitment.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reschedule {
    pub id: Id,
    /// The new day.
    pub to: NaiveDate,
    /// Why it moves; may be empty.
    pub why: String,
}

/// An item to move to its next stage.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Advance {
    pub id: Id,
    /// The day it reached the stage; today if `None`.
    pub on: Option<NaiveDate>,
}

/// An item to turn into another one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TurnInto {
    pub id: Id,
    /// The item as it is about to be saved, if that differs from the journal.
    pub unsaved: Option<Item>,
}

/// What an act writes, and its result.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Performed {
    /// The versions to write; empty if the journal says so already.
    pub changes: Vec<Change>,
    pub result: ActResult,
}

/// The result of an act.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ActResult {
    /// The journal says so already.
    Unchanged,
    /// A commitment was made, due on this day.
    Committed(NaiveDate),
    Ended {
        how: CommitmentOutcome,
        /// The day it was done.
        on: NaiveDate,
    },
    /// A commitment moved to another day; the old one is on record.
    Moved {
        from: NaiveDate,
        to: NaiveDate,
    },
    /// The day of a new commitment was corrected; nothing goes on record.
    Corrected(NaiveDate),
    /// An entry says something else.
    Changed,
    Added {
        /// One of its list, in the singular.
        singular: String,
        /// The name of the stage it is in, if it is in one.
        stage: Option<String>,
    },
    /// An item reached the stage with this name.
    Reached(String),
    /// An item left its last stage.
    SteppedBack {
        /// The name of the stage it left.
        left: String,
        /// The name of the stage it is in now; empty if it has none.
        now: String,
    },
    /// An item became one of another list too, in the singular.
    AlsoAdded(String),
    /// A note was placed where it belongs.
    Placed(PlacedIn),
    Answered,
    /// Days are off now, first and last.
    DaysOff(NaiveDate, NaiveDate),
    /// Days are not off any more, first and last.
    DaysBack(NaiveDate, NaiveDate),
    Deleted,
    /// A field that was changed on two sides has one text again.
    Settled,
    Undone,
    Redone,
}

/// Where a note was placed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PlacedIn {
    /// The answer to the question with this label.
    Answer(String),
    /// The list with this singular.
    List(String),
    /// The evidence of the entry with this text.
    Evidence(String),
}

/// Why an act is refused.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Refusal {
    /// The entry does not exist, or was deleted.
    NoSuchEntry,
    /// It is not an item of a list, and only items can do this.
    NotAnItem,
    /// A required text is empty.
    Empty(RequiredText),
    /// The day it was done is in the future.
    DoneInFuture(NaiveDate),
    /// The day it was done is before the day it was made.
    DoneBeforeMade {
        on: NaiveDate,
        made: NaiveDate,
    },
    /// The commitment has ended, so its day cannot change.
    HasEnded {
        how: CommitmentOutcome,
        on: NaiveDate,
    },
    /// It is already due on that day.
    AlreadyDue(NaiveDate),
    /// The day a stage was reached is in the future.
    StageInFuture {
        /// The stage's id.
        stage: String,
        name: String,
        on: NaiveDate,
    },
    /// A later stage would come before an earlier one.
    StageOutOfOrder {
        /// The id of the stage whose day was given.
        stage: String,
        /// The stage that comes first in the list's order, and the one after it.
        days: Box<[StageDay; 2]>,
    },
    /// Days off need their first day; has the field for it.
    NoFirstDay(String),
    /// Days off would end before they begin.
    EndsBeforeItBegins {
        /// The field of the last day.
        field: String,
        first: NaiveDate,
        last: NaiveDate,
    },
    /// The list has a preset with that title.
    AlreadyListed {
        id: Id,
        title: String,
    },
    /// The list does not exist.
    NoSuchList(String),
    /// No stage comes next; has the name of the current one.
    NoNextStage(String),
    NoStageReached,
    /// Entries of this kind cannot be let go; has the singular of the kind.
    CannotLetGo(String),
    /// Entries of this kind turn into nothing; has the singular of the kind.
    TurnsIntoNothing(String),
    /// It has already turned into this item.
    AlreadyTurned(Id),
    /// No practice has an inbox.
    NoInbox,
    /// It is not a note that waits in the inbox.
    NotWaiting,
    /// The question does not take text.
    TakesNoText {
        label: String,
    },
    /// The entry is not open, or takes no evidence.
    TakesNoEvidence,
    /// No practice asks this question.
    NotAsked {
        /// The practice's id.
        practice: String,
        /// The step's id.
        step: String,
    },
    /// These days have not begun.
    PeriodNotBegun(Span),
    /// No list is about days off.
    NoDaysOff,
    /// The days are a weekend, and this Friday before it is off.
    FollowsFriday(NaiveDate),
    /// The field has only one text.
    NothingToSettle,
    /// The field has no such text, or cannot join them all.
    NoSuchText,
    /// The undo history is empty.
    NothingToUndo,
    /// Nothing was undone since the last change.
    NothingToRedo,
}

/// A stage of an item, and the day it was reached.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StageDay {
    pub id: String,
    pub name: String,
    pub on: NaiveDate,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RequiredText {
    /// What better looks like.
    Better,
    /// The title of an item.
    Title,
    Note,
}

/// Applies the rules to an act: the versions to write, or why it is refused.
///
/// # Errors
/// When a rule refuses it; then nothing must be written.
pub fn perform(act: &Act, basis: Basis<'_>) -> Result<Performed, Refusal> {
    match act {
        Act::Commit(new) => commitment::commit(new, basis),
        Act::CheckIn(CheckIn { id, .. })
        | Act::Move(Reschedule { id, .. })
        | Act::Reword(Reword { id, .. }) => commitment::change(id, act, basis),
        Act::Add(new) => item::add(new, basis),
        Act::Edit(edit) => item::edit(edit, basis),
        Act::Advance(advance) => item::advance(&advance.id, advance.on, basis),
        Act::StepBack(id) => item::step_back(id, basis),
        Act::LetGo(id) if basis.journal.commitment(id).is_some() => commitment::let_go(id, basis),
        Act::LetGo(id) => item::let_go(id, basis),
        Act::TurnInto(turn) => item::turn_into(&turn.id, turn.unsaved.as_ref(), basis),
        Act::Place(placement) => place::place(placement, basis),
        Act::TakeUp(id) => item::take_up(id, basis),
        Act::Answer(said) => answer::answer(said, basis),
        Act::Delete(id) => answer::delete(id, basis),
        Act::TakeOff(days) => off::take_off(days, basis),
        Act::ComeBack(days) => off::come_back(days, basis),
        Act::Settle(settle) => settle::settle(settle, basis),
        Act::Undo(changes) if changes.is_empty() => Err(Refusal::NothingToUndo),
        Act::Redo(changes) if changes.is_empty() => Err(Refusal::NothingToRedo),
        Act::Undo(changes) => Ok(Performed {
            changes: changes.clone(),
            result: ActResult::Undone,
        }),
        Act::Redo(changes) => Ok(Performed {
            changes: changes.clone(),
            result: ActResult::Redone,
        }),
    }
}

impl Performed {
    /// The new due date, if it has passed: hardly what was meant, so the user is asked or told.
    pub fn past_due(&self, today: NaiveDate) -> Option<NaiveDate> {
        match self.result {
            ActResult::Committed(due)
            | ActResult::Corrected(due)
            | ActResult::Moved { to: due, .. } => Some(due).filter(|due| *due < today),
            // The same again is a commitment of its own.
            ActResult::Ended { .. } => self.changes.iter().find_map(|change| match &change.body {
                Body::Commitment(new) => Some(new.due).filter(|due| new.is_open() && *due < today),
                _ => None,
            }),
            _ => None,
        }
    }

    /// What an entry says now. If an act sets an unsettled field, that settles it, even to the text that
    /// is shown already; only then is an [unchanged](ActResult::Unchanged) entry written.
    fn edited(id: &Id, now: Body, result: ActResult, sets: &[&str], basis: Basis<'_>) -> Self {
        let unsettled = basis.journal.unsettled(id);
        let is_unsettled = |name: &&&str| unsettled.iter().any(|one| one.field == **name);
        let settles: Vec<String> = sets
            .iter()
            .filter(is_unsettled)
            .map(|name| (*name).to_owned())
            .collect();
        let result = match result {
            ActResult::Unchanged if settles.is_empty() => return Self::unchanged(),
            ActResult::Unchanged => ActResult::Settled,
            other => other,
        };
        let change = Change {
            settles,
            ..Change::of(id.clone(), now)
        };
        Self::of_change(change, result)
    }

    fn of_change(change: Change, result: ActResult) -> Self {
        Self {
            changes: vec![change],
            result,
        }
    }

    fn unchanged() -> Self {
        Self {
            changes: Vec::new(),
            result: ActResult::Unchanged,
        }
    }
}

#[cfg(test)]
mod tests;
