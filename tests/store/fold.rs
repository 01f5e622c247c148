//! What counts when several machines change an entry: journals and their expected result, in any
//! order, with duplicates, and by import.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::Days;
use leadby::calendar::Now;
use leadby::journal::{
    Body, Change, Commitment, CommitmentOutcome, Id, Item, Journal, UndoHistory, Unsettled, Value,
};
use leadby::practice::builtin;
use leadby::report;
use leadby::store::{Import, Store, forget};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value as Json};

use super::replicas::{journals, machines, meetings};
use super::{home, merge, now, read, save};

/// Journals, each with its lines and the expected entries.
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/fold");

fn fixtures() -> Vec<(String, Map<String, Json>)> {
    let folder = fs::read_dir(FIXTURES).expect("the fixtures");
    let files = folder.map(|file| file.expect("a file").path());
    let mut fixtures: Vec<(String, Map<String, Json>)> = files
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a fixture");
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            (
                name.into_owned(),
                serde_json::from_str(&text).expect("JSON"),
            )
        })
        .collect();
    fixtures.sort_by(|(one, _), (two, _)| one.cmp(two));
    fixtures
}

fn lines(fixture: &Map<String, Json>) -> Vec<String> {
    let lines = fixture["lines"].as_array().expect("lines");
    let text = |line: &Json| line.as_str().expect("a line").to_owned();
    lines.iter().map(text).collect()
}

/// Null, an empty text and a missing member are equal; the order matters in lists, not in objects.
fn plain(json: &Json) -> Json {
    match json {
        Json::Object(members) => {
            let said = members
                .iter()
                .map(|(name, json)| (name.clone(), plain(json)));
            let said = said.filter(|(_, json)| !json.is_null() && json.as_str() != Some(""));
            Json::Object(said.collect())
        }
        Json::Array(list) => list.iter().map(plain).collect(),
        other => other.clone(),
    }
}

/// Compares a journal with the expected result; returns the differences.
fn differences(journal: &Journal, fixture: &Map<String, Json>) -> Vec<String> {
    let catalog = builtin();
    let expected = fixture["expect"].as_object().expect("expectations");
    let mut differences = Vec::new();
    for (id, expected) in expected {
        let id = Id::new(id.as_str());
        let Some(entry) = journal.current(&id) else {
            if expected["there"] != Json::Bool(false) {
                differences.push(format!("{id} is not there"));
            }
            continue;
        };
        let found = report::entry_json(entry, journal, &catalog);
        let found: BTreeMap<String, Json> = serde_json::from_str(&found).expect("JSON");
        let expected = expected.as_object().expect("members");
        let is_told = |name: &&String| *name == "unsettled" || *name == "newer";
        let names = expected.keys().filter(|name| *name != "there");
        for name in names.chain(found.keys().filter(is_told)) {
            let (found, expected) = (found.get(name), expected.get(name));
            let (found, expected) = (found.map(plain), expected.map(plain));
            let said = |json: Option<Json>| json.unwrap_or(Json::Null);
            let (found, expected) = (said(found), said(expected));
            if found != expected {
                differences.push(format!("{id} {name}: {found} for {expected}"));
            }
        }
    }
    differences
}

/// Everything that counts, as text to compare.
fn state(journal: &Journal) -> Vec<String> {
    let entries = journal.entries();
    let said = entries.map(|entry| {
        let id = &entry.id;
        let unsettled = journal.unsettled(id);
        format!("{entry:?} {unsettled:?} {}", journal.has_newer(id))
    });
    said.collect()
}

fn write(path: &Path, lines: &[String]) {
    fs::write(path, lines.join("\n") + "\n").expect("a journal");
}

#[test]
fn every_journal_folds_to_the_expected_result() {
    let fixtures = fixtures();
    assert!(fixtures.len() >= 25);
    for (name, fixture) in fixtures {
        let lines = lines(&fixture);
        let turned: Vec<String> = lines.iter().rev().cloned().collect();
        let doubled = [lines.clone(), lines.clone()].concat();
        let mut journals = Vec::new();
        for lines in [&lines, &turned, &doubled] {
            let (_home, path) = home();
            write(&path, lines);
            journals.push(Journal::fold(read(&path).entries));
            let one_by_one = read(&path).entries.into_iter();
            journals.push(one_by_one.fold(Journal::default(), |mut journal, entry| {
                journal.insert(entry);
                journal
            }));
        }
        let (_home, path) = home();
        let import = Import::read((lines.join("\n") + "\n").into_bytes()).expect("a journal");
        let (mut store, _) = Store::open(&path).expect("nothing yet");
        store.import(&import, &mut |_| ()).expect("an import");
        journals.push(Journal::fold(read(&path).entries));
        // Its export gives the same result.
        let mut document = Vec::new();
        let (store, _) = Store::open(&path).expect("a journal");
        let export = store.export(now()).expect("an export");
        export.write(&mut document).expect("a document");
        let (_home, copy) = home();
        let import = Import::read(document).expect("an export");
        let (mut store, _) = Store::open(&copy).expect("nothing yet");
        store.import(&import, &mut |_| ()).expect("an import");
        journals.push(Journal::fold(read(&copy).entries));
        for journal in &journals {
            assert_eq!(differences(journal, &fixture), [] as [&str; 0], "{name}");
            // Forgotten entries may still be there if they were not removed yet.
            assert_eq!(state(journal), state(&journals[0]), "{name}");
        }
    }
}

/// An action on one of three machines.
#[derive(Clone, Copy, Debug)]
enum Act {
    Add,
    Edit(usize, u8),
    /// Adds a choice to a list, or removes it.
    Choose(u8),
    Answer(u8),
    Commit,
    Move(u8),
    CheckIn(CommitmentOutcome),
    Delete,
    Settle,
    Undo,
    Redo,
    Forget,
    Merge(usize),
}

fn act() -> impl Strategy<Value = (usize, Act)> {
    let act = prop_oneof![
        2 => Just(Act::Add),
        6 => (0_usize..3, 0_u8..3).prop_map(|(field, text)| Act::Edit(field, text)),
        3 => (0_u8..3).prop_map(Act::Choose),
        3 => (0_u8..3).prop_map(Act::Answer),
        1 => Just(Act::Commit),
        2 => (0_u8..3).prop_map(Act::Move),
        2 => prop_oneof![Just(CommitmentOutcome::Kept), Just(CommitmentOutcome::LetGo)].prop_map(Act::CheckIn),
        1 => Just(Act::Delete),
        1 => Just(Act::Settle),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
        1 => Just(Act::Forget),
        5 => (0_usize..3).prop_map(Act::Merge),
    ];
    (0_usize..3, act)
}

/// The entry that all three machines edit.
fn problem() -> Id {
    Id::new("01a20c9f-6370-7a5c-8d0d-1966ddf864c5")
}

fn promise() -> Id {
    Id::new("01a20c9f-6371-7b1e-9a00-0c29aa0f1e42")
}

fn instant(turn: usize) -> Now {
    let minute = (turn * 7) % 60;
    let at = format!("2026-11-24T09:{minute:02}:00+01:00");
    Now::new(at.parse().expect("an instant"))
}

/// The change for an action, or `None` if there is nothing to do.
fn change(act: Act, journal: &Journal) -> Option<Change> {
    let today = now().today();
    let item = journal.item(&problem()).cloned();
    let edited = |edit: &dyn Fn(&mut Item)| {
        let mut item = item.clone()?;
        edit(&mut item);
        Some(Change::of(problem(), Body::Item(item)))
    };
    let committed = |edit: &dyn Fn(&mut Commitment)| {
        let mut commitment = journal.commitment(&promise())?.clone();
        edit(&mut commitment);
        Some(Change::of(promise(), Body::Commitment(commitment)))
    };
    match act {
        Act::Add => {
            let mut new = Item::new("problems");
            new.set("title", Value::from("Nobody owns the release"));
            item.is_none()
                .then(|| Change::of(problem(), Body::Item(new)))
        }
        Act::Edit(field, text) => edited(&|item| {
            // An empty text empties the field. No two fields say the same, so that each text is found
            // where it was written.
            let name = ["title", "did", "improved"][field];
            let text = ["", "A cron job", "A reminder"][usize::from(text)];
            let text = match text {
                "" => String::new(),
                text => format!("{text}, {name}"),
            };
            item.set(name, Value::Text(text));
        }),
        Act::Choose(choice) => edited(&|item| {
            let mut list = match item.values.get("helped") {
                Some(Value::List(list)) => list.clone(),
                _ => Vec::new(),
            };
            let name = ["Ana", "Ben", "Ida"][usize::from(choice)].to_owned();
            match list.iter().position(|other| *other == name) {
                Some(place) => drop(list.remove(place)),
                None => list.push(name),
            }
            item.set("helped", Value::List(list));
        }),
        Act::Answer(text) => Some(super::answer(["one", "two", "three"][usize::from(text)])),
        Act::Commit => {
            let commitment = Commitment::new("One owner", today, today);
            let new = journal.commitment(&promise()).is_none();
            new.then(|| Change::of(promise(), Body::Commitment(commitment)))
        }
        Act::Move(days) => committed(&|commitment| {
            commitment.move_to(today + Days::new(u64::from(days) + 1), today, "");
        }),
        Act::CheckIn(how) => committed(&|commitment| commitment.close(how, today, "seen")),
        Act::Delete => item.map(|_| Change::of(problem(), Body::Deleted)),
        Act::Settle => {
            let (entry, unsettled) = journal.all_unsettled().next()?;
            Some(Change {
                settles: unsettled.iter().map(|one| one.field.clone()).collect(),
                ..Change::of(entry.id.clone(), entry.body.clone())
            })
        }
        Act::Undo | Act::Redo | Act::Forget | Act::Merge(_) => None,
    }
}

fn perform(path: &Path, others: &[PathBuf], act: Act, turn: usize) -> Result<(), TestCaseError> {
    let (mut store, loaded) = super::open(path);
    let history = UndoHistory::replay(&loaded.entries, Default::default());
    let journal = Journal::fold(loaded.entries);
    let first = |saves: Vec<Vec<leadby::journal::UndoStep>>| -> Vec<Change> {
        let turns = saves.into_iter().next().unwrap_or_default();
        turns.into_iter().map(|turn| turn.change).collect()
    };
    let changes = match act {
        Act::Merge(other) => {
            if others[other] != path && others[other].exists() {
                merge(&mut store, &others[other]);
            }
            return Ok(());
        }
        Act::Forget => {
            let id = problem();
            if !journal.versions(&id).is_empty() {
                forget(path, &id, false, instant(turn)).expect("forgotten");
            }
            return Ok(());
        }
        Act::Undo => first(history.undoable(&journal, 1)),
        Act::Redo => first(history.redoable(&journal, 1)),
        _ => change(act, &journal).into_iter().collect(),
    };
    for change in &changes {
        let id = change.id.clone().expect("an id");
        let before = journal.unsettled(&id).to_vec();
        let saved = store.append(std::slice::from_ref(change), &journal, instant(turn));
        let saved = saved.expect("a save").saved;
        let after = Journal::fold(read(path).entries);
        let shown = after.current(&id).map(|entry| in_one_order(&entry.body));
        let written = (change.body != Body::Deleted).then(|| in_one_order(&change.body));
        prop_assert_eq!(shown, written, "{:?} shows what it wrote", act);
        if change.undoes.is_some() {
            continue;
        }
        // Fields it does not touch stay unsettled, and no field becomes unsettled.
        let untouched = |one: &&Unsettled| {
            let open = &saved[0].lineage.open;
            open.iter().any(|field| **field == *one.field)
        };
        let left: Vec<Unsettled> = before.iter().filter(untouched).cloned().collect();
        prop_assert_eq!(after.unsettled(&id), left, "{:?}", act);
    }
    Ok(())
}

/// Every text in a version that no later version covers is shown, unsettled, undone, deleted or
/// forgotten.
fn no_text_is_lost(journal: &Journal, id: &Id) -> Result<(), TestCaseError> {
    let shown = journal
        .current(id)
        .map(|entry| texts(&entry.body))
        .unwrap_or_default();
    let unsettled = format!("{:?}", journal.unsettled(id));
    let traced = journal.traced_versions(id);
    let descends = |later: usize, from: usize| {
        let mut open = vec![later];
        while let Some(at) = open.pop() {
            if at == from {
                return true;
            }
            open.extend(&traced[at].parents);
        }
        false
    };
    for (at, version) in traced.iter().enumerate() {
        if version.entry.lineage.is_undo() {
            // An undo repeats an earlier text and adds none.
            continue;
        }
        let below = texts(&version.base);
        let said = texts(&version.entry.body).into_iter();
        for text in said.filter(|text| !below.contains(text)) {
            let covered = |later: usize| {
                let body = &traced[later].entry.body;
                later != at && descends(later, at) && !texts(body).contains(&text)
            };
            let holds = shown.contains(&text)
                || unsettled.contains(&text)
                || version.is_undone
                || (0..traced.len()).any(covered);
            prop_assert!(
                holds,
                "{} of {} is nowhere",
                text,
                version.entry.lineage.name
            );
        }
    }
    Ok(())
}

/// The content with its lists and moves sorted: a list that is joined is ordered by the times of the
/// versions that added its elements, so a clock that is behind changes the order and nothing else.
fn in_one_order(body: &Body) -> Body {
    let mut body = body.clone();
    if let Body::Commitment(commitment) = &mut body {
        commitment
            .moves
            .sort_by_key(|moved| (moved.on, moved.from, moved.to));
    }
    if let Body::Item(item) = &mut body {
        for (_, value) in &mut item.values {
            if let Value::List(list) = value {
                list.sort();
            }
        }
    }
    body
}

fn texts(body: &Body) -> Vec<String> {
    match body {
        Body::Answer(answer) => answer
            .value
            .as_text()
            .map(str::to_owned)
            .into_iter()
            .collect(),
        Body::Item(item) => item
            .values
            .values()
            .flat_map(|value| match value {
                Value::Text(text) => vec![text.clone()],
                Value::List(list) => list.clone(),
                Value::Log(log) => log.iter().map(|line| line.text.clone()).collect(),
            })
            .collect(),
        Body::Commitment(commitment) => {
            let evidence = commitment
                .closing
                .iter()
                .map(|closing| closing.evidence.clone());
            evidence.chain([commitment.better.clone()]).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn a_choice_by_a_clock_that_is_behind_shows_what_it_wrote() {
    let (_home, paths) = machines();
    let acts = [
        (0, Act::Edit(0, 0)),
        (0, Act::Add),
        (2, Act::Add),
        (2, Act::Undo),
        (0, Act::Add),
        (0, Act::Answer(0)),
        (0, Act::Add),
        (0, Act::Redo),
        (0, Act::Add),
        (0, Act::Add),
        (0, Act::Merge(2)),
        (0, Act::Undo),
        (1, Act::Add),
        (0, Act::Answer(0)),
        (0, Act::Add),
        (0, Act::Choose(2)),
        (1, Act::Add),
        (0, Act::Add),
        (0, Act::Choose(0)),
    ];
    for (turn, (machine, act)) in acts.into_iter().enumerate() {
        perform(&paths[machine], &paths, act, turn).expect("it shows what it wrote");
    }
}

#[test]
fn a_move_by_a_clock_that_is_behind_shows_what_it_wrote() {
    let (_home, paths) = machines();
    let acts = [
        (4, 1, Act::Commit),
        (5, 1, Act::Move(2)),
        (7, 2, Act::Move(0)),
        (10, 2, Act::Commit),
        (17, 2, Act::Merge(1)),
        (18, 2, Act::Move(2)),
    ];
    for (turn, machine, act) in acts {
        perform(&paths[machine], &paths, act, turn).expect("it shows what it wrote");
    }
}

#[test]
fn a_deletion_undone_by_an_earlier_leadby_leaves_nothing_open() {
    let id = problem();
    let line = |rev: u64, minute: u32, lineage: &str, said: &str| {
        format!(
            r#"{{"v":1,"id":"{id}","rev":{rev},{lineage}"at":"2026-11-21T09:{minute:02}:00+01:00",{said}}}"#
        )
    };
    let title = r#""kind":"item","register":"problems","values":{"title":"Nobody owns it"}"#;
    let deleted = r#""kind":"deleted""#;
    let undone = [
        // The deletion is undone by its number, or by a name that is not here.
        (r#""undoes":2,"#, ""),
        (r#""undoes":"0badcafe","#, ""),
        (r#""undoes":2,"#, r#""undoes":1,"#),
    ];
    for (undo, delete) in undone {
        let (_home, path) = home();
        write(
            &path,
            &[
                line(1, 0, "", title),
                line(2, 1, delete, deleted),
                line(3, 2, undo, title),
            ],
        );
        let (mut store, loaded) = super::open(&path);
        let mut journal = Journal::fold(loaded.entries.clone());
        assert_eq!(journal.unsettled(&id), []);
        let edit = change(Act::Edit(1, 1), &journal).expect("an edit");
        let saved = save(&mut store, &mut journal, &[edit]);
        let open = |saved: &[leadby::journal::Entry]| saved[0].lineage.open.iter().count();
        assert_eq!(
            (open(&saved), journal.unsettled(&id)),
            (0, &[][..]),
            "{undo}"
        );
        let history = UndoHistory::replay(&read(&path).entries, Default::default());
        let undo = history.undoable(&journal, 1).remove(0).remove(0).change;
        let saved = save(&mut store, &mut journal, &[undo]);
        assert_eq!((open(&saved), journal.unsettled(&id)), (0, &[][..]));
        assert_eq!(journal.item(&id).map(Item::title), Some("Nobody owns it"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_change_on_three_machines_loses_text(acts in vec(act(), 1..24)) {
        let (_home, paths) = machines();
        for (turn, (machine, act)) in acts.iter().enumerate() {
            perform(&paths[*machine], &paths, *act, turn)?;
        }
        for (machine, other) in meetings() {
            perform(&paths[machine], &paths, Act::Merge(other), 0)?;
        }
        let all = journals(&paths);
        prop_assert_eq!(state(&all[0]), state(&all[1]));
        prop_assert_eq!(state(&all[1]), state(&all[2]));
        let mut lines = read(&paths[0]).entries;
        lines.reverse();
        prop_assert_eq!(state(&all[0]), state(&Journal::fold(lines)));
        for id in [problem(), promise(), super::answer("").id.expect("an id")] {
            no_text_is_lost(&all[0], &id)?;
        }
    }
}
