//! What was forgotten, at the remote, in its history, and beside the journals.

use super::*;

#[test]
fn a_seal_says_what_is_in_the_history_unsealed() {
    let Some(world) = World::synced() else {
        return;
    };
    let one = &world.one;
    let (Some(first), Some(spare)) = (key(one, "first"), key(one, "spare")) else {
        return;
    };
    let all = ["--to", &first.1, "--to", &spare.1, "--key", &first.0];
    let url = world.url();
    let init = ["sync", "init", &url, "--seal", "--yes", "--spare", &spare.0];
    let init = [&init[..], &all[..]].concat();
    assert_snapshot!(world.seen(&one.run(&init)), @"
    -- standard error --
    leadby: nothing was synced with $HUB: it has journal.jsonl, which anyone there can read, and its history keeps it.
      your journal is intact
      `leadby sync init URL --seal …` with a new, empty repository, then delete this one
      $HUB is still the remote of this journal
    -- exit code 6 --
    ");
    // Removed there by hand, it is still in the history.
    world.hub_holds(&[("100644", "README", b"x")]);
    let said = one.ok(&init);
    assert!(said.contains("still has the journal unsealed"), "{said}");
    // A new repository has nothing of it.
    let empty = World::new().expect("there is git");
    let mut init = init.clone();
    let new = empty.url();
    init[2] = &new;
    let said = one.ok(&init);
    assert!(!said.contains("unsealed"), "{said}");
}

#[test]
fn the_history_is_named_only_if_it_has_the_text() {
    let Some(world) = World::synced() else {
        return;
    };
    let (one, other) = (&world.one, &world.other);
    // Never sent.
    one.ok(&["commit", "Never sent"]);
    let said = one.ok(&["forget", &one.id("Never sent"), "--yes"]);
    assert!(!said.contains("in the history"), "{said}");
    one.ok(&["sync"]);
    // Sent.
    let id = one.id("From the other");
    let said = one.ok(&["forget", &id, "--yes"]);
    assert!(said.contains("Still in the history at"), "{said}");
    assert!(said.contains("journal.jsonl.sync"), "{said}");
    one.ok(&["sync"]);
    let said = one.ok(&["forget", &id, "--backups", "--yes"]);
    assert!(said.contains("Still in the history at"), "{said}");
    // Removed there by one machine, it is not named on the other.
    one.ok(&["forget", &id, "--everywhere", "--yes"]);
    other.ok(&["sync"]);
    let said = other.ok(&["forget", &id, "--backups", "--yes"]);
    assert!(!said.contains("in the history"), "{said}");
    let said = one.ok(&["forget", &id, "--backups", "--yes"]);
    assert!(!said.contains("Still in the history"), "{said}");
}

#[test]
fn text_that_was_never_sent_leaves_the_copy_of_the_remote() {
    let Some(world) = World::synced() else {
        return;
    };
    let one = &world.one;
    one.ok(&["commit", "A word that was refused"]);
    world.hook("pre-receive", "exit 1");
    assert_eq!(one.run(&["sync"]).code, Some(6));
    one.ok(&["forget", &one.id("was refused"), "--yes"]);
    let copy = one.folder().join("journal.jsonl.sync");
    let list = [
        "cat-file",
        "--batch-all-objects",
        "--batch-check=%(objectname) %(objecttype)",
    ];
    for line in one.git_in(&copy, &list).lines() {
        if let Some(blob) = line.strip_suffix(" blob") {
            let text = one.git_in(&copy, &["cat-file", "blob", blob]);
            assert!(!text.contains("was refused"), "{text}");
        }
    }
}

#[test]
fn other_branches_and_tags_are_named_when_the_history_starts_over() {
    let Some(world) = World::synced() else {
        return;
    };
    let one = &world.one;
    world.hub_git(&["branch", "old"], b"");
    world.hub_git(&["tag", "v1"], b"");
    let said = one.ok(&["forget", &one.id("From one"), "--everywhere", "--yes"]);
    assert!(
        said.contains("Other branches or tags there may still have it: old, v1"),
        "{said}"
    );
}

#[test]
fn a_machine_that_forgets_by_sync_names_its_snapshots() {
    let Some(world) = World::synced() else {
        return;
    };
    let (one, other) = (&world.one, &world.other);
    other.ok(&["sync"]);
    let id = one.id("From one");
    // A snapshot of the other machine has it.
    let backups = other.folder().join("journal.jsonl.backups");
    fs::create_dir_all(&backups).expect("a folder");
    fs::copy(other.journal(), backups.join("2026-W47.jsonl")).expect("a snapshot");
    one.ok(&["forget", &id, "--yes"]);
    one.ok(&["sync"]);
    let said = other.ok(&["sync"]);
    assert!(said.contains("Still in 1 snapshot."), "{said}");
    assert!(said.contains("--backups` removes it from"), "{said}");
    let said = other.ok(&["forget", &id, "--backups", "--yes"]);
    assert!(said.contains("Removed from 1 snapshot"), "{said}");
}

#[test]
fn snapshots_are_named_also_if_the_entry_was_deleted_here() {
    let Some(world) = World::new() else { return };
    for machine in [&world.one, &world.other] {
        machine.ok(&["sync", "init", &world.url(), "--yes"]);
    }
    world.one.ok(&["note", "my salary is 80000"]);
    let id = world.one.id("salary");
    for machine in [&world.one, &world.other] {
        machine.ok(&["sync"]);
    }
    // A save makes a snapshot of what was there before.
    world.other.ok(&["note", "something else"]);
    world.one.ok(&["delete", &id]);
    for machine in [&world.one, &world.other] {
        machine.ok(&["sync"]);
    }
    world.one.ok(&["forget", &id, "--everywhere", "--yes"]);
    let said = world.other.ok(&["sync"]);
    assert!(
        said.contains("what was deleted here was forgotten there"),
        "{said}"
    );
    assert!(said.contains("Still in 1 snapshot."), "{said}");
}
