//! A sync in which git or age fails, or its settings are incomplete: nothing is sent, and the message
//! says why.

use super::*;

/// A folder with programs that stand in front of the real ones.
struct Programs(tempfile::TempDir);

impl Programs {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// Puts a script before a program; it can call `$real`.
    fn put(&self, name: &str, script: &str) -> &Self {
        let path = self.0.path().join(name);
        let here = self.0.path().display();
        let start = format!("#!/bin/sh\nPATH=$(printf %s \"$PATH\" | sed 's#{here}:##')\n");
        fs::write(&path, format!("{start}{script}\n")).expect("a script");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("its mode");
        self
    }

    fn run(&self, machine: &Machine, arguments: &[&str]) -> Called {
        let paths = std::env::var("PATH").unwrap_or_default();
        let mut command = machine.command(arguments);
        command.env("PATH", format!("{}:{paths}", self.0.path().display()));
        machine
            .environment
            .finish(command.spawn().expect("the program starts"))
    }
}

/// git that is killed when a word is in its arguments.
fn killed_at(word: &str) -> String {
    format!("case \"$*\" in *{word}*) kill -9 $$;; esac\nexec git \"$@\"")
}

/// What is set up for a machine, as git lists it.
fn settings(machine: &Machine) -> PathBuf {
    machine.folder().join("journal.jsonl.sync/config")
}

/// The file of a key, and its public half.
type Key = (String, String);

/// A world with a sealed remote, and its two keys; `None` without age or git.
fn sealed_world() -> Option<(World, Key, Key)> {
    let world = World::new()?;
    let (first, spare) = (key(&world.one, "first")?, key(&world.one, "spare")?);
    world.one.ok(&["commit", "Nobody reads this"]);
    let all = ["--to", &first.1, "--to", &spare.1, "--key", &first.0];
    let init = ["sync", "init", &world.url(), "--seal", "--yes"];
    world
        .one
        .ok(&[&init[..], &all[..], &["--spare", &spare.0]].concat());
    Some((world, first, spare))
}

#[test]
fn a_seal_that_cannot_be_read_sends_nothing() {
    let Some((world, ..)) = sealed_world() else {
        return;
    };
    let one = &world.one;
    world.hub_git(&["update-ref", "-d", "refs/heads/main"], b"");
    let programs = Programs::new();
    for word in ["leadby.key", "leadby.recipient", "remote.origin.url"] {
        programs.put("git", &killed_at(word));
        let called = programs.run(one, &["sync"]);
        assert_eq!(called.code, Some(6), "{word}: {called:?}");
        assert!(called.errors.contains("ended by signal 9"), "{called:?}");
        assert_eq!(world.hub_git(&["for-each-ref"], b""), "", "{word}");
    }
    let whole = fs::read_to_string(settings(one)).expect("its settings");
    let lines = |left_out: &str| {
        let lines = whole.lines().filter(|line| !line.contains(left_out));
        lines.map(|line| format!("{line}\n")).collect::<String>()
    };
    for part in ["key = ", "recipient = "] {
        fs::write(settings(one), lines(part)).expect("to write it");
        let called = one.run(&["sync"]);
        assert_eq!(called.code, Some(6), "{part}: {called:?}");
        assert!(called.errors.contains("the seal is"), "{called:?}");
        assert_eq!(world.hub_git(&["for-each-ref"], b""), "", "{part}");
    }
    fs::write(settings(one), whole).expect("to write it");
    one.ok(&["sync"]);
    assert_eq!(world.hub_names(), "journal.jsonl.age");
}

#[test]
fn a_failing_git_is_not_an_answer() {
    let Some(world) = World::synced() else {
        return;
    };
    let one = &world.one;
    let programs = Programs::new();
    for word in [
        "rev-parse",
        "merge-base",
        "fsck",
        "GIT_AUTHOR_IDENT",
        "ls-tree",
    ] {
        one.ok(&["commit", word]);
        let mut script = killed_at(word);
        if word == "fsck" {
            script = format!("case \"$*\" in *' fetch '*) exit 128;; esac\n{script}");
        }
        let before = world.hub_git(&["rev-parse", "main"], b"");
        programs.put("git", &script);
        let called = programs.run(one, &["sync"]);
        assert_eq!(called.code, Some(6), "{word}: {called:?}");
        assert!(called.errors.contains("ended by signal 9"), "{called:?}");
        assert_eq!(world.hub_git(&["rev-parse", "main"], b""), before);
    }
    one.ok(&["sync"]);
    let id = one.id("From one");
    fs::write(one.environment.home().join(".gitconfig"), "[broken\n").expect("a file");
    assert_snapshot!(world.seen(&one.run(&["sync"])), @"
    -- standard error --
    leadby: nothing was synced: git failed: bad config line 1 in file $HOME/.gitconfig.
      your journal is intact
    -- exit code 6 --
    ");
    let called = one.run(&["forget", &id, "--yes"]);
    assert_eq!(called.code, Some(6), "{called:?}");
    assert!(one.lines().concat().contains("From one"));
    // In the user's own repository, too.
    fs::remove_dir_all(one.folder().join("journal.jsonl.sync")).expect("it goes");
    fs::create_dir(one.folder().join(".git")).expect("a folder");
    let called = one.run(&["forget", &id, "--yes"]);
    assert_eq!(called.code, Some(0), "{called:?}");
    assert!(
        called
            .output
            .contains("Perhaps still in the history of the git"),
        "{called:?}"
    );
}

#[test]
fn a_remote_that_does_not_work_replaces_none() {
    let Some(world) = World::synced() else {
        return;
    };
    let one = &world.one;
    let before = fs::read(settings(one)).expect("its settings");
    assert_snapshot!(world.seen(&one.run(&["sync", "init", "/nowhere/at/all", "--yes"])), @"
    -- standard error --
    leadby: could not fetch from /nowhere/at/all: '/nowhere/at/all' does not appear to be a git repository.
      your journal is intact; nothing was sent or received
      $HUB is still the remote of this journal
    -- exit code 6 --
    ");
    let wrong = World::new().expect("there is git");
    wrong.hub_holds(&[("100644", "journal.jsonl", b"hello\n")]);
    let called = one.run(&["sync", "init", &wrong.url(), "--yes"]);
    assert_eq!(called.code, Some(6), "{called:?}");
    assert!(
        called
            .errors
            .contains(&format!("{} is still the remote", world.url())),
        "{called:?}"
    );
    assert_eq!(fs::read(settings(one)).expect("its settings"), before);
    one.ok(&["commit", "Later"]);
    assert!(one.ok(&["sync"]).contains(&world.url()));
    // One that works does.
    let works = World::new().expect("there is git");
    one.ok(&["sync", "init", &works.url(), "--yes"]);
    assert!(one.ok(&["sync"]).contains(&works.url()));
}

#[test]
fn the_keys_of_a_seal_are_different_ones() {
    let Some((world, first, spare)) = sealed_world() else {
        return;
    };
    let other = World::new().expect("there is git");
    let copy = world.one.environment.home().join("copy");
    fs::copy(&first.0, &copy).expect("a copy");
    let copy = copy.display().to_string();
    let url = other.url();
    let init = |to: [&str; 2], spare: &str| {
        let own = ["sync", "init", &*url, "--seal", "--yes", "--key", &*first.0];
        let more = ["--to", to[0], "--to", to[1], "--spare", spare];
        world.one.run(&[&own[..], &more[..]].concat())
    };
    for (to, tried, code) in [
        ([&*first.1, &*first.1], &*first.0, 2),
        ([&first.1, &spare.1], &first.0, 6),
        ([&first.1, &spare.1], &copy, 6),
    ] {
        let called = init(to, tried);
        assert_eq!(called.code, Some(code), "{called:?}");
        assert_eq!(other.hub_git(&["for-each-ref"], b""), "");
    }
    let called = init([&first.1, &spare.1], &first.0);
    assert!(called.errors.contains("`--spare FILE`"), "{called:?}");
    assert!(!called.errors.contains("sets another key"), "{called:?}");
    let called = init([&first.1, &spare.1], &spare.0);
    assert_eq!(called.code, Some(0), "{called:?}");
}

#[test]
fn settings_of_a_remote_elsewhere_have_no_effect() {
    let Some(world) = World::synced() else {
        return;
    };
    let one = &world.one;
    let trap = World::new().expect("there is git");
    let url = trap.url();
    let config = format!(
        "[remote \"origin\"]\nurl = {url}\npushurl = {url}\nmirror = true\n\
         fetch = +refs/heads/*:refs/heads/*\n[remote]\npushDefault = origin\n"
    );
    fs::write(one.environment.home().join(".gitconfig"), config).expect("a file");
    one.ok(&["commit", "Only for the remote"]);
    assert!(one.ok(&["sync"]).contains("1 line sent"));
    assert_eq!(trap.hub_git(&["for-each-ref"], b""), "");
    assert_eq!(world.hub_lines(), one.lines());
}

#[test]
fn what_age_prints_must_be_sealed() {
    let Some((world, ..)) = sealed_world() else {
        return;
    };
    let one = &world.one;
    let before = world.hub_git(&["rev-parse", "main"], b"");
    one.ok(&["commit", "One more"]);
    let programs = Programs::new();
    programs.put(
        "age",
        "case $1 in -d) exec age \"$@\";; esac\ncat > /dev/null",
    );
    assert_snapshot!(world.seen(&programs.run(one, &["sync"])), @"
    -- standard error --
    leadby: the journal could not be sealed: what the program that seals wrote is not sealed.
      `age --version` shows whether it is age that is called
      your journal is intact, with 0 lines received; not all was sent
      `leadby sync` tries again
    -- exit code 6 --
    ");
    assert_eq!(world.hub_git(&["rev-parse", "main"], b""), before);
    // What an earlier one sent is named with a way out.
    world.hub_holds(&[("100644", "journal.jsonl.age", b"")]);
    assert_snapshot!(world.seen(&one.run(&["sync"])), @"
    -- standard error --
    leadby: nothing was synced: the journal at the remote is not sealed by age.
      your journal is intact
      remove that file there, or bring back an earlier one, then `leadby sync`: what is missing is sent again
    -- exit code 6 --
    ");
    world.hub_holds(&[]);
    assert!(one.ok(&["sync"]).contains("2 lines sent"));
}

#[test]
fn a_sync_without_room_is_a_failed_sync() {
    let Some(world) = World::new() else { return };
    let one = &world.one;
    one.ok(&["commit", "x"]);
    fs::write(one.folder().join("journal.jsonl.sync"), "").expect("a file");
    for arguments in [&["sync"][..], &["sync", "init", &world.url(), "--yes"]] {
        let called = one.run(arguments);
        assert_eq!(called.code, Some(6), "{called:?}");
        assert!(!called.errors.contains("--journal"), "{called:?}");
        assert!(called.errors.contains("is not a folder"), "{called:?}");
    }
}
