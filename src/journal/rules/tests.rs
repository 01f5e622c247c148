//! What every act writes, and when it is refused.

use super::*;
use crate::calendar::Span;
use crate::journal::samples::{catalog, day, entry_on};
use crate::journal::{Body, Commitment, Entry, Period, Value};
use crate::practice::ORIGIN_KEY;

fn entry(id: &str, body: Body) -> Entry {
    entry_on(id, "2026-11-16", body)
}

/// Made on Monday the 16th, due on Friday the 20th.
fn open_commitment() -> Commitment {
    Commitment {
        area: "calendar".to_owned(),
        ..Commitment::new("Weeds gone", day("2026-11-16"), day("2026-11-20"))
    }
}

fn kept_commitment() -> Commitment {
    let mut kept = open_commitment();
    kept.close(CommitmentOutcome::Kept, day("2026-11-19"), "not a weed");
    kept
}

mod items;

/// Performs an act on Tuesday the 24th in a journal with one entry called `x`.
fn perform_on(body: Body, act: &Act) -> Result<Performed, Refusal> {
    perform_on_day(body, act, "2026-11-24")
}

fn perform_on_day(body: Body, act: &Act, today: &str) -> Result<Performed, Refusal> {
    let journal = Journal::fold([entry("x", body)]);
    let catalog = catalog();
    let basis = Basis {
        journal: &journal,
        catalog: &catalog,
        today: day(today),
    };
    perform(act, basis)
}

fn on_open(act: &Act) -> Result<Performed, Refusal> {
    perform_on(Body::Commitment(open_commitment()), act)
}

fn on_kept(act: &Act) -> Result<Performed, Refusal> {
    perform_on(Body::Commitment(kept_commitment()), act)
}

/// What an act of one change writes.
fn only_body(done: &Performed) -> &Body {
    match done.changes.as_slice() {
        [change] => &change.body,
        other => panic!("{other:?}"),
    }
}

fn commitment(done: &Performed) -> &Commitment {
    only_body(done).as_commitment().expect("a commitment")
}

fn item(done: &Performed) -> &Item {
    only_body(done).as_item().expect("an item")
}

fn x() -> Id {
    Id::new("x")
}

fn check_in(how: CommitmentOutcome, on: Option<&str>, evidence: Option<&str>) -> Act {
    Act::CheckIn(CheckIn {
        id: x(),
        how,
        on: on.map(day),
        evidence: evidence.map(str::to_owned),
        again: None,
    })
}

fn move_to(to: &str, why: &str) -> Act {
    Act::Move(Reschedule {
        id: x(),
        to: day(to),
        why: why.to_owned(),
    })
}

fn bed(stages: &[(&str, &str)]) -> Body {
    let mut item = Item::of_texts("beds", [("title", "Peas")]);
    for (stage, on) in stages {
        item.set_reached(stage, day(on));
    }
    Body::Item(item)
}

#[test]
fn a_check_in_counts_on_the_day_it_was_done() {
    for (said, counts) in [
        (None, "2026-11-24"),
        (Some("2026-11-20"), "2026-11-20"),
        (Some("2026-11-16"), "2026-11-16"),
    ] {
        let act = check_in(CommitmentOutcome::Kept, said, Some("seen"));
        let done = on_open(&act).expect("an end");
        let closing = commitment(&done).closing.as_ref().expect("an end");
        assert_eq!(closing.on, day(counts));
        assert_eq!(closing.evidence, "seen");
    }
}

#[test]
fn a_day_in_the_future_or_before_the_promise_is_refused() {
    let act = check_in(CommitmentOutcome::Kept, Some("2026-11-25"), None);
    let refused = on_open(&act);
    assert_eq!(refused, Err(Refusal::DoneInFuture(day("2026-11-25"))));
    let act = check_in(CommitmentOutcome::Kept, Some("2026-11-15"), None);
    let refused = on_open(&act);
    let (on, made) = (day("2026-11-15"), day("2026-11-16"));
    assert_eq!(refused, Err(Refusal::DoneBeforeMade { on, made }));
}

#[test]
fn a_traveller_can_check_in_on_the_day_before_the_one_it_was_made() {
    for said in [None, Some("2026-11-15")] {
        let act = check_in(CommitmentOutcome::Kept, said, None);
        let done = perform_on_day(Body::Commitment(open_commitment()), &act, "2026-11-15");
        assert!(done.is_ok(), "{done:?}");
    }
}

#[test]
fn better_evidence_or_another_outcome_leaves_the_day() {
    let act = check_in(CommitmentOutcome::Kept, None, Some("not one weed"));
    let done = on_kept(&act).expect("a correction");
    let closing = commitment(&done).closing.clone().expect("an end");
    assert_eq!(
        (closing.on, closing.evidence.as_str()),
        (day("2026-11-19"), "not one weed")
    );
    let done = on_kept(&check_in(CommitmentOutcome::Missed, None, None));
    let done = done.expect("a correction");
    let closing = commitment(&done).closing.clone().expect("an end");
    assert_eq!(closing.how, CommitmentOutcome::Missed);
    assert_eq!(
        (closing.on, closing.evidence.as_str()),
        (day("2026-11-19"), "not a weed")
    );
    let done = on_kept(&check_in(CommitmentOutcome::Kept, None, None));
    assert_eq!(done, Ok(Performed::unchanged()));
}

#[test]
fn only_a_new_due_date_is_reported_as_past() {
    let past_due = |done: &Performed| done.past_due(day("2026-11-24"));
    let commit = |due: &str| {
        let new = NewCommitment {
            better: "Weeds gone".to_owned(),
            area: String::new(),
            due: day(due),
            origin: None,
        };
        perform_on(bed(&[]), &Act::Commit(new)).expect("a commitment")
    };
    assert_eq!(past_due(&commit("2026-11-23")), Some(day("2026-11-23")));
    assert_eq!(past_due(&commit("2026-11-24")), None);
    let moved = on_open(&move_to("2026-11-23", "")).expect("a move");
    assert_eq!(past_due(&moved), Some(day("2026-11-23")));
    // Other text leaves the day alone, which has passed by itself.
    let reword = |due: Option<&str>| Reword {
        id: x(),
        better: Some("No weed".to_owned()),
        area: None,
        due: due.map(day),
    };
    for (due, expected) in [
        (None, None),
        (Some("2026-11-20"), None),
        (Some("2026-11-19"), Some(day("2026-11-19"))),
    ] {
        let done = on_open(&Act::Reword(reword(due))).expect("a change");
        assert_eq!(past_due(&done), expected, "{due:?}");
    }
}

#[test]
fn a_day_is_moved_once_and_never_to_itself() {
    let done = on_open(&move_to("2026-11-27", "Ana is ill")).expect("a move");
    let moved = commitment(&done);
    assert_eq!(
        (moved.due, moved.first_due()),
        (day("2026-11-27"), day("2026-11-20"))
    );
    assert_eq!(moved.moves[0].why, "Ana is ill");
    let refused = on_open(&move_to("2026-11-20", ""));
    assert_eq!(refused, Err(Refusal::AlreadyDue(day("2026-11-20"))));
}

#[test]
fn equal_lines_and_equal_moves_of_a_day_are_one() {
    let mut moved = open_commitment();
    let (first, other, on) = (moved.due, day("2026-11-27"), day("2026-11-19"));
    for to in [other, first, other, first] {
        moved.move_to(to, on, "");
    }
    assert_eq!((moved.moves.len(), moved.due), (2, first));
    assert_eq!(moved.first_due(), first);
    let with_line = |before| Value::with_line(before, on, "Ana".to_owned());
    let one = with_line(None);
    assert_eq!(with_line(Some(&one)), one);
}

#[test]
fn what_has_ended_is_not_moved() {
    let refused = on_kept(&move_to("2026-12-04", "late"));
    let (how, ended) = (CommitmentOutcome::Kept, day("2026-11-19"));
    assert_eq!(refused, Err(Refusal::HasEnded { how, on: ended }));
    let due = Act::Reword(Reword {
        id: x(),
        better: None,
        area: None,
        due: Some(day("2026-12-04")),
    });
    let refused = on_kept(&due);
    assert_eq!(refused, Err(Refusal::HasEnded { how, on: ended }));
}

#[test]
fn on_the_day_it_was_made_another_day_corrects_it() {
    let reword = Act::Reword(Reword {
        id: x(),
        better: None,
        area: None,
        due: Some(day("2026-12-04")),
    });
    for act in [move_to("2026-12-04", ""), reword] {
        let done = perform_on_day(Body::Commitment(open_commitment()), &act, "2026-11-16")
            .expect("a correction");
        assert_eq!(commitment(&done).due, day("2026-12-04"));
        assert_eq!(commitment(&done).moves, []);
        let done = on_open(&act).expect("a move");
        assert_eq!(commitment(&done).moves.len(), 1);
    }
    // A reason would be lost.
    let act = move_to("2026-12-04", "Ana is ill");
    let done =
        perform_on_day(Body::Commitment(open_commitment()), &act, "2026-11-16").expect("a move");
    assert_eq!(commitment(&done).moves[0].why, "Ana is ill");
}

#[test]
fn text_and_area_change_and_nothing_else_does() {
    let act = Act::Reword(Reword {
        id: x(),
        better: Some("No weed".to_owned()),
        area: Some("Calendar".to_owned()),
        due: Some(day("2026-11-20")),
    });
    let done = on_kept(&act).expect("a change");
    let mut expected = kept_commitment();
    expected.better = "No weed".to_owned();
    expected.area = "Calendar".to_owned();
    assert_eq!(commitment(&done), &expected);
    assert_eq!(done.result, ActResult::Changed);
}

#[test]
fn a_question_is_answered_for_a_week_that_has_begun() {
    let answer = |step: &str, week: &str| {
        Act::Answer(Answer::new(
            Period::Week(week.parse().expect("a week")),
            "garden",
            step,
            Value::from("Moss"),
        ))
    };
    assert!(perform_on(bed(&[]), &answer("weeds", "2026-W48")).is_ok());
    assert!(perform_on(bed(&[]), &answer("weeds", "2026-W10")).is_ok());
    let refused = perform_on(bed(&[]), &answer("weeds", "2026-W49"));
    assert_eq!(
        refused,
        Err(Refusal::PeriodNotBegun(Span::Week(
            "2026-W49".parse().expect("a week")
        )))
    );
    let asked = |step: &str| Refusal::NotAsked {
        practice: "garden".to_owned(),
        step: step.to_owned(),
    };
    assert_eq!(
        perform_on(bed(&[]), &answer("moon", "2026-W48")),
        Err(asked("moon"))
    );
    assert_eq!(
        perform_on(bed(&[]), &answer("beds", "2026-W48")),
        Err(asked("beds"))
    );
}

#[test]
fn what_is_not_there_is_neither_changed_nor_deleted() {
    let id = Id::new("nothing");
    let reword = Reword {
        id: id.clone(),
        better: None,
        area: None,
        due: None,
    };
    let values = std::collections::BTreeMap::new();
    let edit = ItemEdit {
        id: id.clone(),
        values,
    };
    for act in [
        Act::Reword(reword),
        Act::Edit(edit),
        Act::StepBack(id.clone()),
        Act::LetGo(id.clone()),
        Act::TakeUp(id.clone()),
        Act::Delete(id.clone()),
    ] {
        assert_eq!(
            perform_on(bed(&[]), &act),
            Err(Refusal::NoSuchEntry),
            "{act:?}"
        );
    }
    assert_eq!(
        perform_on(bed(&[]), &Act::Undo(Vec::new())),
        Err(Refusal::NothingToUndo)
    );
    assert_eq!(
        perform_on(bed(&[]), &Act::Redo(Vec::new())),
        Err(Refusal::NothingToRedo)
    );
}

#[test]
fn a_check_in_goes_on_to_the_next_one_due() {
    let due = |id: &str, due: &str| {
        let mut commitment = open_commitment();
        commitment.due = day(due);
        entry(id, Body::Commitment(commitment))
    };
    let entries = [
        due("a", "2026-11-18"),
        due("b", "2026-11-20"),
        due("c", "2026-11-27"),
    ];
    let journal = Journal::fold(entries);
    let catalog = catalog();
    let basis = Basis {
        journal: &journal,
        catalog: &catalog,
        today: day("2026-11-24"),
    };
    let [a, b] = ["a", "b"].map(Id::new);
    assert_eq!(next_due(&[], basis), Some(a.clone()));
    assert_eq!(next_due(std::slice::from_ref(&a), basis), Some(b.clone()));
    assert_eq!(next_due(std::slice::from_ref(&b), basis), Some(a.clone()));
    assert_eq!(next_due(&[a, b], basis), None);
}
