//! A sealed sync in which age is killed (SIGKILL) when it has written a part of its output.
//!
//! With the real age where it is installed, and with a stand-in that seals nothing, but as it does:
//! what it is given comes out bit by bit.

use std::os::unix::fs::PermissionsExt;

use leadby::calendar::Week;
use leadby::journal::{Answer, Body, Entry, Id, Period, Value};
use leadby::store;

use super::*;

/// Exchanges letters, behind a head as age writes it. The key in `first.txt` opens what is for
/// `age1first`.
const STAND_IN: &str = r#"#!/bin/sh
if [ "$1" = -d ]; then
    key=${3##*/} fits=
    while IFS= read -r line; do
        case $line in ---*) break ;; "-> X25519 age1${key%.txt}") fits=1 ;; esac
    done
    [ "$fits" ] || { echo 'age: error: no identity matched' >&2; exit 1; }
    exec tr b-za a-z
fi
printf 'age-encryption.org/v1\n'
for word; do
    [ "$before" = -r ] && printf -- '-> X25519 %s\nr\n' "$word"
    before=$word
done
printf -- '--- mac\n'
exec tr a-z b-za
"#;

/// Runs the program beside it called `real`, unless there is a file called `kill-seal` or `kill-open`:
/// then it is killed once it has written something, and so is this.
const KILLED: &str = r#"#!/bin/bash
here=${0%/*}
work=seal
[ "$1" = -d ] && work=open
[ -e "$here/kill-$work" ] || exec "$here/real" "$@"
rm "$here/kill-$work"
rm -f "$here/in" "$here/out"
mkfifo "$here/in"
"$here/real" "$@" < "$here/in" > "$here/out" &
age=$!
exec 3> "$here/in"
head -c 200000 >&3
for _ in {1..1000}; do
    [ -s "$here/out" ] && break
    sleep 0.01
done
kill -KILL $age
wait $age 2> /dev/null
cat "$here/out"
kill -KILL $$
"#;

/// The text of which nothing may be outside the journals.
const SECRET: &str = "nobody reads this";

/// A folder with an age that can be killed.
struct Age {
    folder: tempfile::TempDir,
}

impl Age {
    fn new(real: Option<&Path>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let age = Self { folder };
        match real {
            Some(real) => symlink(real, age.folder.path().join("real")).expect("a link"),
            None => age.write("real", STAND_IN),
        }
        age.write("age", KILLED);
        age
    }

    fn write(&self, name: &str, script: &str) {
        let path = self.folder.path().join(name);
        fs::write(&path, script).expect("a script");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("its mode");
    }

    /// The file that kills the next age which seals or opens.
    fn kill_file(&self, work: &str) -> PathBuf {
        self.folder.path().join(format!("kill-{work}"))
    }

    fn run(&self, machine: &Machine, arguments: &[&str]) -> Called {
        let paths = std::env::var_os("PATH").unwrap_or_default();
        let own = self.folder.path().to_owned();
        let paths = std::env::join_paths(std::iter::once(own).chain(std::env::split_paths(&paths)));
        let mut command = machine.command(arguments);
        command.env("PATH", paths.expect("a path"));
        machine
            .environment
            .finish(command.spawn().expect("the program starts"))
    }

    #[track_caller]
    fn ok(&self, machine: &Machine, arguments: &[&str]) -> String {
        let called = self.run(machine, arguments);
        assert_eq!(called.code, Some(0), "{arguments:?}: {}", called.errors);
        called.output
    }
}

/// A journal of which age does not hold all at once.
fn fill(machine: &Machine) {
    let mut week: Week = "2026-W48".parse().expect("a week");
    let entries = (0..300).map(|number| {
        week = week.minus_weeks(1);
        let period = Period::Week(week);
        Entry::new(
            Id::answer(period, "audit", "influence"),
            1,
            "2026-11-20T09:00:00+01:00".parse().expect("an instant"),
            Body::Answer(Answer::new(
                period,
                "audit",
                "influence",
                Value::Text(format!("{number} {SECRET} ").repeat(80)),
            )),
        )
    });
    let entries: Vec<Entry> = entries.collect();
    fs::create_dir_all(machine.folder()).expect("a folder");
    store::create_journal(&machine.journal(), &entries).expect("a journal");
}

/// Everything that could be left behind: the files of a machine that contain the text, without its
/// journal and the snapshots of it, and the objects of its repository.
fn traces(machine: &Machine) -> (Vec<PathBuf>, String) {
    fn below(folder: &Path, found: &mut Vec<PathBuf>) {
        for file in fs::read_dir(folder).expect("a folder") {
            let path = file.expect("a file").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() && !name.ends_with(".backups") {
                below(&path, found);
            } else if path.is_file() && !name.ends_with("journal.jsonl") {
                let bytes = fs::read(&path).expect("a file");
                let text = String::from_utf8_lossy(&bytes);
                if text.contains(SECRET) {
                    found.push(path);
                }
            }
        }
    }
    let mut found = Vec::new();
    below(machine.environment.home(), &mut found);
    let repository = machine.folder().join("journal.jsonl.sync");
    let objects = if repository.exists() {
        let all = [
            "cat-file",
            "--batch-check",
            "--batch-all-objects",
            "--unordered",
        ];
        let listed = machine.git_in(&repository, &all);
        let mut lines: Vec<&str> = listed.lines().collect();
        lines.sort_unstable();
        lines.join("\n")
    } else {
        String::new()
    };
    (found, objects)
}

/// A sync in which age is killed while it seals or opens: nothing is lost here or there, and the
/// message says so.
#[track_caller]
fn check_killed(age: &Age, world: &World, machine: &Machine, work: &str) {
    let journal = fs::read(machine.journal()).expect("the journal");
    let (there, before) = (world.hub_git(&["for-each-ref"], b""), traces(machine));
    fs::write(age.kill_file(work), "").expect("a file");
    let called = age.run(machine, &["sync"]);
    assert!(!age.kill_file(work).exists(), "not called: {called:?}");
    assert_eq!(called.code, Some(6), "{called:?}");
    assert!(
        called.errors.contains("was ended by signal 9"),
        "{called:?}"
    );
    let after = fs::read(machine.journal()).expect("the journal");
    assert!(after.starts_with(&journal), "{called:?}");
    assert_eq!(world.hub_git(&["for-each-ref"], b""), there);
    let (found, objects) = traces(machine);
    assert_eq!(found, before.0, "{called:?}");
    // What was fetched may be there; a sealed half is not.
    let new = objects.lines().filter(|line| !before.1.contains(line));
    for line in new {
        let name = line.split(' ').next().expect("a name");
        world.hub_git(&["cat-file", "-e", name], b"");
    }
}

fn check(real: Option<&Path>) {
    let Some(world) = World::new() else { return };
    let age = Age::new(real);
    let (one, other) = (&world.one, &world.other);
    let keys =
        [(one, "first"), (one, "spare"), (other, "second")].map(|(machine, name)| match real {
            Some(_) => key(machine, name).expect("age is installed"),
            None => (format!("{name}.txt"), format!("age1{name}")),
        });
    let [first, spare, second] = &keys;
    let all = ["--to", &first.1, "--to", &spare.1, "--to", &second.1];
    let url = world.url();
    let init = |key: &str, spare: &[&str]| {
        let own = ["sync", "init", &*url, "--seal", "--yes", "--key", key];
        let words: Vec<String> = [&own, spare, &all]
            .concat()
            .into_iter()
            .map(str::to_owned)
            .collect();
        words
    };
    let run_words = |machine: &Machine, words: &[String]| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        age.ok(machine, &words)
    };
    // Set up while the journal is small.
    one.ok(&["commit", "One owner for every release"]);
    run_words(one, &init(&first.0, &["--spare", &spare.0]));
    let small = fs::read(one.journal()).expect("the journal");
    fs::remove_file(one.journal()).expect("the journal");
    fill(one);
    let large = fs::read(one.journal()).expect("the journal");
    fs::write(one.journal(), [large, small].concat()).expect("a journal");

    // Killed while it seals, and again; then the next sync sends all.
    check_killed(&age, &world, one, "seal");
    check_killed(&age, &world, one, "seal");
    let said = age.ok(one, &["sync"]);
    assert!(said.contains("300 lines sent"), "{said}");
    let sealed = world.hub_git(&["cat-file", "-p", "main:journal.jsonl.age"], b"");
    assert!(!sealed.contains(SECRET) && sealed.starts_with("age-encryption.org/v1"));

    // Killed while it opens what is at the remote.
    other.ok(&["commit", "From the other"]);
    run_words(other, &init(&second.0, &[]));
    assert_eq!(other.lines().len(), 302);
    one.ok(&["commit", "One more"]);
    check_killed(&age, &world, one, "open");
    check_killed(&age, &world, one, "seal");
    let said = age.ok(one, &["sync"]);
    assert!(said.contains("1 line sent"), "{said}");
    age.ok(other, &["sync"]);
    assert_eq!(one.lines(), other.lines());
    assert_eq!(one.lines().len(), 303);
}

#[test]
fn a_stand_in_for_age_that_is_killed_halfway_loses_nothing() {
    check(None);
}

#[test]
fn age_killed_halfway_loses_nothing() {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let real = std::env::split_paths(&paths).map(|folder| folder.join("age"));
    match real.into_iter().find(|path| path.is_file()) {
        Some(real) => check(Some(&real)),
        None => println!("There is no age here, so nothing is sealed."),
    }
}
