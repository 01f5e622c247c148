//! Three machines that write, undo, redo and merge at random converge.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use leadby::calendar::Now;
use leadby::journal::{
    Body, Change, Closing, Commitment, CommitmentOutcome, Id, Journal, UndoHistory,
};
use leadby::store::backup_folder;
use proptest::collection::vec;
use proptest::prelude::*;
use tempfile::TempDir;

use super::{answer, home, item, merge, open, read};

/// The paths of three journals, in one folder that is deleted when the first value is dropped.
pub(super) fn machines() -> (TempDir, Vec<PathBuf>) {
    let (home, _) = home();
    let paths = (0..3).map(|number| home.path().join(format!("{number}.jsonl")));
    let paths: Vec<PathBuf> = paths.collect();
    for path in &paths {
        // Snapshots would take time and are not tested here.
        fs::write(backup_folder(path), "").expect("something in the way");
    }
    (home, paths)
}

/// Pairs of machines to merge, until all three have met twice.
pub(super) fn meetings() -> impl Iterator<Item = (usize, usize)> {
    (0..18).map(|meeting| (meeting / 3 % 3, meeting % 3))
}

pub(super) fn journals(paths: &[PathBuf]) -> Vec<Journal> {
    let entries = paths.iter().map(|path| read(path).entries);
    entries.map(Journal::fold).collect()
}

/// An action on one machine.
#[derive(Clone, Copy, Debug)]
enum Step {
    Say(u8),
    Add,
    Commit,
    CheckIn(CommitmentOutcome),
    Delete(u8),
    Undo,
    Redo,
    /// Merges another machine's journal.
    Merge(usize),
}

fn step() -> impl Strategy<Value = (usize, Step)> {
    let step = prop_oneof![
        1 => any::<u8>().prop_map(Step::Say),
        1 => Just(Step::Add),
        1 => Just(Step::Commit),
        1 => prop_oneof![Just(CommitmentOutcome::Kept), Just(CommitmentOutcome::Missed), Just(CommitmentOutcome::LetGo)]
            .prop_map(Step::CheckIn),
        1 => any::<u8>().prop_map(Step::Delete),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
        2 => (0_usize..3).prop_map(Step::Merge),
    ];
    (0_usize..3, step)
}

/// One clock for all, which sometimes goes back.
fn now(turn: usize) -> Now {
    let minute = (turn * 7) % 60;
    let instant = format!("2026-11-24T09:{minute:02}:00+01:00");
    Now::new(instant.parse().expect("an instant"))
}

fn take(path: &Path, others: &[PathBuf], step: Step, turn: usize) {
    let (mut store, loaded) = open(path);
    let turns = UndoHistory::replay(&loaded.entries, Default::default());
    let journal = Journal::fold(loaded.entries);
    let first = |saves: Vec<Vec<leadby::journal::UndoStep>>| -> Vec<Change> {
        let turns = saves.into_iter().next().unwrap_or_default();
        turns.into_iter().map(|turn| turn.change).collect()
    };
    let changes = match step {
        Step::Say(text) => vec![answer(&format!("{}", text % 4))],
        Step::Add => vec![item("a"), item("b")],
        Step::Commit => vec![commitment(None, None)],
        Step::CheckIn(how) => {
            let open = journal.commitments();
            let open = open.iter().find(|(_, it)| it.closing.is_none());
            let closed = open.map(|(entry, _)| commitment(Some(entry.id.clone()), Some(how)));
            closed.into_iter().collect()
        }
        Step::Delete(which) => {
            let ids: Vec<&Id> = journal.entries().map(|entry| &entry.id).collect();
            let id = ids.get(usize::from(which) % ids.len().max(1));
            let deleted = id.map(|id| Change::of((*id).clone(), Body::Deleted));
            deleted.into_iter().collect()
        }
        Step::Undo => first(turns.undoable(&journal, 1)),
        Step::Redo => first(turns.redoable(&journal, 1)),
        Step::Merge(other) => {
            if others[other] != path && others[other].exists() {
                merge(&mut store, &others[other]);
            }
            return;
        }
    };
    let before: Vec<Change> = changes
        .iter()
        .filter_map(|it| now_says(it, &journal))
        .collect();
    let saved = store.append(&changes, &journal, now(turn)).expect("a save");
    // An undo can be redone at once, and a redo undone.
    let entries = read(path).entries;
    let (turns, journal) = (
        UndoHistory::replay(&entries, Default::default()),
        Journal::fold(entries),
    );
    let way_back = match step {
        Step::Undo => turns.redoable(&journal, 1),
        Step::Redo | Step::Say(_) | Step::Delete(_) => turns.undoable(&journal, 1),
        _ => return,
    };
    // What only settles a pair changes nothing that stands.
    let is_same = changes
        .iter()
        .map(|it| &it.body)
        .eq(before.iter().map(|it| &it.body));
    if saved.saved.is_empty() || is_same {
        return;
    }
    for change in first(way_back) {
        let stood = before.iter().find(|before| before.id == change.id);
        let stood = stood.map(|before| &before.body);
        assert_eq!(Some(&change.body), stood, "{step:?}");
    }
}

/// The change back to what an entry says before `change`.
fn now_says(change: &Change, journal: &Journal) -> Option<Change> {
    let id = change.id.clone()?;
    let current = journal.current(&id).map(|entry| entry.body.clone());
    Some(Change::of(id, current.unwrap_or(Body::Deleted)))
}

fn commitment(id: Option<Id>, how: Option<CommitmentOutcome>) -> Change {
    let today = now(0).today();
    let body = Body::Commitment(Commitment {
        better: "One owner".to_owned(),
        area: String::new(),
        due: today,
        made: today,
        moves: Vec::new(),
        closing: how.map(|how| Closing {
            how,
            on: today,
            evidence: String::new(),
        }),
        origin: None,
    });
    match id {
        Some(id) => Change::of(id, body),
        None => Change::new(body),
    }
}

fn lines(path: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn three_machines_always_converge(steps in vec(step(), 1..14)) {
        let (_home, paths) = machines();
        for (turn, (machine, step)) in steps.iter().enumerate() {
            take(&paths[*machine], &paths, *step, turn);
        }
        for (machine, other) in meetings() {
            take(&paths[machine], &paths, Step::Merge(other), 0);
        }
        let all = journals(&paths);
        prop_assert_eq!(&all[0], &all[1]);
        prop_assert_eq!(&all[1], &all[2]);
        prop_assert_eq!(lines(&paths[0]), lines(&paths[1]));
        prop_assert_eq!(lines(&paths[1]), lines(&paths[2]));
        for path in paths.iter().filter(|path| path.exists()) {
            prop_assert_eq!(read(path).findings, []);
        }
    }
}

#[test]
fn an_undo_that_removed_an_entry_can_be_redone_and_undone_again() {
    let home = tempfile::tempdir().expect("a folder");
    let machines: Vec<PathBuf> = (0..2)
        .map(|at| home.path().join(format!("{at}.jsonl")))
        .collect();
    let steps = [
        (0, Step::Say(0)),
        (1, Step::Merge(0)),
        (0, Step::Say(1)),
        (1, Step::Undo),
        (0, Step::Merge(1)),
        (0, Step::Redo),
    ];
    for (turn, (at, step)) in steps.into_iter().enumerate() {
        take(&machines[at], &machines, step, turn);
    }
}
