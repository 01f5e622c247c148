//! Damaged journals: no panic, no delay, no change to the file, and one bad line hides no other.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::{Duration, Instant};

use leadby::journal::{Body, Entry, Journal};
use leadby::store::{Damage, Store, diagnose};

use super::faulty::Faulty;
use super::mutants::{FIXTURE, Mutant, long_line, mutants};
use super::{Home, Random, cases, is_full, item, moment, say};

/// Commands that read a journal; each mutant is read by one.
const READING: [&[&str]; 7] = [
    &["doctor"],
    &["list", "--json"],
    &["status"],
    &["list", "--plain"],
    &["where"],
    &["list"],
    &["status", "--short"],
];

/// The entry of each fixture line.
fn sound_entries() -> Vec<Entry> {
    let home = Home::with(FIXTURE);
    let (_, loaded) = Store::open(home.journal()).expect("the fixture");
    assert_eq!(loaded.findings, []);
    loaded.entries
}

fn look(path: &Path) -> (u64, i64, i64, u32) {
    let file = fs::metadata(path).expect("the journal");
    (file.len(), file.mtime(), file.mtime_nsec(), file.mode())
}

/// Reads a mutant in this process and, if `command` is given, with the program.
fn check(mutant: &Mutant, sound: &[Entry], command: Option<&[&str]>) {
    let what = &mutant.what;
    let home = Home::with(&mutant.bytes);
    let path = home.journal();
    let before = look(&path);
    let start = Instant::now();
    let (store, loaded) = Store::open(&path).expect("a reading");
    diagnose(&path, moment()).expect("a diagnosis");
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{what}: reading took too long"
    );
    for line in &mutant.whole {
        assert!(
            loaded.entries.contains(&sound[*line]),
            "{what}: line {line} is hidden"
        );
    }
    let found = !loaded.findings.is_empty() || store.is_foreign();
    assert_eq!(found, mutant.is_damaged, "{what}: {:?}", loaded.findings);
    let expected = Journal::fold(loaded.entries);

    if let Some(command) = command {
        // `run` enforces the time limit and fails on a panic.
        let called = home.run(command);
        let code = called.code.expect("it ends by itself");
        assert!([0, 1, 3].contains(&code), "{what}: {command:?} {called:?}");
        if command == READING[1] && !store.is_foreign() {
            let listed: Vec<serde_json::Value> =
                serde_json::from_str(&called.output).expect("JSON");
            // Decisions about an entry are not listed as rows.
            let rows = expected.entries();
            let rows = rows.filter(|entry| !matches!(entry.body, Body::Choice(_)));
            assert_eq!(listed.len(), rows.count(), "{what}");
        }
    }
    assert_eq!(look(&path), before, "{what}: reading changed it");
    assert_eq!(home.bytes(), mutant.bytes, "{what}: reading changed it");
}

#[test]
fn damage_hides_no_other_line_and_stops_no_command() {
    let mut random = Random::new();
    let sound = sound_entries();
    let mutants = mutants(cases(600, 10_000), &mut random);
    // In the short form, the program reads every tenth.
    let step = cases(10, 1);
    for (number, mutant) in mutants.iter().enumerate() {
        let command = READING[number / step % READING.len()];
        check(mutant, &sound, (number % step == 0).then_some(command));
    }
    say(&format!(
        "damage: {} mutants, each also read by the program, 0 panics, 0 waits, 0 altered, \
         0 lines hidden, seed {}",
        mutants.len(),
        random.seed
    ));
}

#[test]
fn a_line_longer_than_any_hides_no_other() {
    let length = if is_full() { 64 << 20 } else { 4 << 20 };
    let mutant = long_line(length);
    let sound = sound_entries();
    for command in &READING[..cases(1, READING.len())] {
        check(&mutant, &sound, Some(command));
    }
    say(&format!("damage: a line of {length} bytes, read in time"));
}

#[test]
fn a_flipped_bit_is_always_found() {
    let sound = sound_entries();
    let places = FIXTURE.len();
    let step = cases(37, 1);
    let home = Home::in_memory();
    let mut flips = 0;
    for (place, old) in FIXTURE.iter().enumerate().step_by(step) {
        let starts = FIXTURE[..place].iter().filter(|byte| **byte == b'\n');
        let line = starts.count();
        for bit in 0..8 {
            let mut bytes = FIXTURE.to_vec();
            bytes[place] ^= 1 << bit;
            home.put(&bytes);
            let (_, loaded) = Store::open(home.journal()).expect("a reading");
            flips += 1;
            // A damaged newline joins two lines, which the reader splits again.
            let found = !loaded.findings.is_empty();
            assert!(found, "bit {bit} of byte {place}");
            for (number, entry) in sound.iter().enumerate() {
                let hit = number == line || (*old == b'\n' && number == line + 1);
                assert!(hit || loaded.entries.contains(entry), "byte {place}");
            }
        }
    }
    say(&format!(
        "damage: {flips} single-bit flips in {places} bytes, all found"
    ));
}

#[test]
fn a_newer_version_is_named_and_kept() {
    let line = b"{\"v\":3,\"id\":\"x\",\"something\":\"new\"}\n";
    let home = Home::with(&[FIXTURE, line].concat());
    let (mut store, loaded) = Store::open(home.journal()).expect("a reading");
    assert_eq!(loaded.findings[0].damage, Damage::NewerVersion(3));
    let known = Journal::fold(loaded.entries);
    store
        .append(&[item("x")], &known, moment())
        .expect("a save");
    assert!(home.bytes().starts_with(&[FIXTURE, line].concat()));
    let called = home.run(&["doctor"]);
    assert!(
        called
            .output
            .contains("a newer leadby wrote it, in version 3"),
        "{called:?}"
    );
}

#[test]
fn entries_saved_after_damage_are_there() {
    let mut random = Random::new();
    for mutant in mutants(cases(400, 2_000), &mut random).iter().step_by(7) {
        let home = Home::with(&mutant.bytes);
        home.put_snapshot();
        let opened = Store::open_on(home.journal(), Faulty::fast());
        let (mut store, loaded) = opened.expect("a reading");
        if store.is_foreign() {
            continue;
        }
        let known = Journal::fold(loaded.entries.clone());
        store
            .append(&[item("x")], &known, moment())
            .expect("a save");
        assert!(home.bytes().starts_with(&mutant.bytes), "{}", mutant.what);
        let (_, after) = Store::open(home.journal()).expect("a reading");
        assert_eq!(
            after.entries.len(),
            loaded.entries.len() + 1,
            "{}",
            mutant.what
        );
    }
}
