//! `leadby sync` between two clones of a repository on the same disk.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the tests play the git of a developer's machine, and say when there is none"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use insta::assert_snapshot;

use crate::environment::{Called, TestEnvironment};

/// A machine with a clone, and the journal in it.
struct Machine {
    environment: TestEnvironment,
    clone: PathBuf,
}

/// A bare repository that two machines have cloned; none where there is no git.
struct World {
    hub: tempfile::TempDir,
    one: Machine,
    other: Machine,
}

impl World {
    fn new() -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            println!("There is no git here, so nothing is synchronised.");
            return None;
        }
        let hub = tempfile::tempdir().expect("a temporary folder");
        let bare = ["init", "-q", "--bare", "-b", "main"];
        let (one, other) = (Machine::new(), Machine::new());
        one.git_in(hub.path(), &bare);
        for machine in [&one, &other] {
            let url = hub.path().display().to_string();
            machine.git(&["init", "-q", "-b", "main"]);
            machine.git(&["remote", "add", "origin", &url]);
        }
        Some(Self { hub, one, other })
    }

    /// What a person sees, without the names of temporary folders.
    fn seen(&self, called: &Called) -> String {
        let hub = self.hub.path().display().to_string();
        called.seen().replace(&hub, "$HUB")
    }
}

impl Machine {
    fn new() -> Self {
        let environment = TestEnvironment::new();
        let clone = environment.home().join("clone");
        fs::create_dir(&clone).expect("a folder");
        fs::set_permissions(&clone, fs::Permissions::from_mode(0o700)).expect("its mode");
        let identity = "[user]\nname = Anna\nemail = anna@example.org\n";
        fs::write(environment.home().join(".gitconfig"), identity).expect("a file");
        Self { environment, clone }
    }

    fn journal(&self) -> PathBuf {
        self.clone.join("journal.jsonl")
    }

    fn run(&self, arguments: &[&str]) -> Called {
        let journal = self.journal().display().to_string();
        let arguments = [&["--journal", &journal], arguments].concat();
        let mut command = self.environment.command(&arguments);
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("GIT_CONFIG_NOSYSTEM", "1");
        let child = command.spawn().expect("the program starts");
        self.environment.finish(child)
    }

    #[track_caller]
    fn ok(&self, arguments: &[&str]) -> String {
        let called = self.run(arguments);
        assert_eq!(called.code, Some(0), "{}", called.errors);
        called.output
    }

    fn git(&self, arguments: &[&str]) -> String {
        self.git_in(&self.clone, arguments)
    }

    #[track_caller]
    fn git_in(&self, folder: &Path, arguments: &[&str]) -> String {
        let done = Command::new("git")
            .arg("-C")
            .arg(folder)
            .args(arguments)
            .env("HOME", self.environment.home())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .expect("git");
        let errors = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{arguments:?}: {errors}");
        String::from_utf8_lossy(&done.stdout).into_owned()
    }

    /// The lines of the journal, in order.
    fn lines(&self) -> Vec<String> {
        let text = fs::read_to_string(self.journal()).expect("the journal");
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    }
}

#[test]
fn two_machines_come_into_step() {
    let Some(world) = World::new() else { return };
    let (one, other) = (&world.one, &world.other);
    one.ok(&["commit", "From the first"]);
    assert_snapshot!(world.seen(&one.run(&["sync"])), @r"
    -- standard error --
    leadby: nothing was changed: there is nobody to ask here.
      `leadby sync --yes` does it without asking
    -- exit code 2 --
    ");
    assert!(!one.clone.join(".gitattributes").exists());
    assert_snapshot!(world.seen(&one.run(&["sync", "--yes"])), @"In step with origin: 1 line sent, 0 lines received.");
    let attributes = fs::read_to_string(one.clone.join(".gitattributes")).expect("a file");
    assert_eq!(attributes, "journal.jsonl merge=union\n");

    other.git(&["pull", "-q", "origin", "main"]);
    other.ok(&["commit", "From the other"]);
    one.ok(&["commit", "From the first again"]);
    assert_snapshot!(world.seen(&other.run(&["sync", "--yes"])), @"In step with origin: 1 line sent, 0 lines received.");
    assert_snapshot!(world.seen(&one.run(&["sync"])), @"In step with origin: 1 line sent, 1 line received.");
    assert_snapshot!(world.seen(&other.run(&["sync"])), @"In step with origin: 0 lines sent, 1 line received.");
    assert_snapshot!(world.seen(&other.run(&["sync"])), @"In step with origin: 0 lines sent, 0 lines received.");
    assert_eq!(one.lines(), other.lines());
    assert_eq!(one.lines().len(), 3);
    let mode = fs::metadata(one.journal())
        .expect("it is there")
        .permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
    assert_eq!(other.git(&["status", "--porcelain"]), "");
}

#[test]
fn both_sides_of_a_conflict_are_kept() {
    let Some(world) = World::new() else { return };
    let (one, other) = (&world.one, &world.other);
    one.ok(&["commit", "Shared"]);
    one.ok(&["sync", "--yes"]);
    other.git(&["pull", "-q", "origin", "main"]);
    for round in 0..3 {
        one.ok(&["check-in", "--moved", &format!("+{}d", 10 + round)]);
        other.ok(&["check-in", "--moved", &format!("+{}d", 20 + round)]);
        other.ok(&["add", "problem", &format!("Round {round}")]);
        one.ok(&["sync"]);
        other.ok(&["sync", "--yes"]);
        one.ok(&["sync"]);
        assert_eq!(one.lines(), other.lines());
    }
    assert_eq!(one.lines().len(), 10);
    let all = ["list", "--json"];
    assert_eq!(one.ok(&all), other.ok(&all));
    // Each round gave it two days, and the later one is shown until somebody settles it.
    let doctor = one.run(&["doctor"]);
    assert_eq!(doctor.code, Some(1));
    let found = "changed here and there: the day it is due";
    assert!(doctor.output.contains(found), "{}", doctor.output);
    other.ok(&["undo"]);
    other.ok(&["sync"]);
    one.ok(&["sync"]);
    assert_eq!(one.ok(&all), other.ok(&all));
}

#[test]
fn what_is_in_the_way_is_named() {
    let Some(world) = World::new() else { return };
    let one = &world.one;
    assert_snapshot!(world.seen(&one.run(&["sync"])), @r"
    -- standard error --
    leadby: nothing was synchronised: there is no journal yet to synchronise.
      your journal is whole where it lies
      `leadby commit TEXT` or the first page of the walk begins one
    -- exit code 6 --
    ");
    one.ok(&["commit", "x"]);
    one.git(&["remote", "remove", "origin"]);
    assert_snapshot!(world.seen(&one.run(&["sync", "--yes"])), @r"
    -- standard error --
    leadby: nothing was synchronised: the repository has no remote to synchronise with.
      your journal is whole where it lies
      `git remote add origin URL` names one, then `leadby sync`
    -- exit code 6 --
    ");
    one.git(&["remote", "add", "origin", "/nowhere/at/all"]);
    assert_snapshot!(world.seen(&one.run(&["sync", "--yes"])), @r"
    -- standard error --
    leadby: origin could not be reached: '/nowhere/at/all' does not appear to be a git repository.
      your journal is whole where it lies, and committed there; nothing was sent or received
      `leadby sync` again once it can be reached
    -- exit code 6 --
    ");
    one.git(&["checkout", "-q", "--detach"]);
    assert_snapshot!(world.seen(&one.run(&["sync", "--yes"])), @r"
    -- standard error --
    leadby: nothing was synchronised: the repository is on no branch (its head is detached).
      your journal is whole where it lies
      `git switch BRANCH` goes back to one, then `leadby sync`
    -- exit code 6 --
    ");
    one.git(&["checkout", "-q", "main"]);
    one.git(&["rm", "-q", "--cached", "journal.jsonl"]);
    fs::write(one.clone.join(".gitignore"), "*.jsonl\n").expect("a file");
    assert_snapshot!(world.seen(&one.run(&["sync", "--yes"])), @r"
    -- standard error --
    leadby: nothing was synchronised: git is told to ignore the journal.
      your journal is whole where it lies
      take it out of .gitignore, then `leadby sync`
    -- exit code 6 --
    ");
    let elsewhere = TestEnvironment::filled();
    let mut command = elsewhere.command(&["sync"]);
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let called = elsewhere.finish(command.spawn().expect("the program starts"));
    assert_snapshot!(called.seen(), @r"
    -- standard error --
    leadby: nothing was synchronised: the journal's folder $HOME/data/leadby is in no git repository.
      your journal is whole where it lies
      `git init && git remote add origin URL` in that folder begins; `leadby sync --help` says more
    -- exit code 6 --
    ");
    let mut command = elsewhere.command(&["sync"]);
    command.env("PATH", "/nowhere");
    let called = elsewhere.finish(command.spawn().expect("the program starts"));
    assert_snapshot!(called.seen(), @r"
    -- standard error --
    leadby: sync needs git, and there is none here.
      your journal is whole where it lies; install git, then `leadby sync`
    -- exit code 6 --
    ");
}

#[test]
fn other_files_of_the_repository_are_left_alone() {
    let Some(world) = World::new() else { return };
    let (one, other) = (&world.one, &world.other);
    one.ok(&["commit", "Shared"]);
    one.ok(&["sync", "--yes"]);
    other.git(&["pull", "-q", "origin", "main"]);
    fs::write(one.clone.join("notes"), "staged").expect("a file");
    fs::write(one.clone.join("more"), "not staged").expect("a file");
    one.git(&["add", "notes"]);
    one.ok(&["commit", "With other files about"]);
    one.ok(&["sync"]);
    assert_eq!(one.git(&["status", "--porcelain"]), "A  notes\n?? more\n");
    other.ok(&["commit", "Diverged"]);
    other.ok(&["sync", "--yes"]);
    one.ok(&["commit", "Diverged too"]);
    assert_snapshot!(world.seen(&one.run(&["sync"])), @"
    -- standard error --
    leadby: git could not merge origin/main: Your local changes to the following files would be overwritten by merge: notes.
      your journal is whole where it lies, and committed there; the merge was given up
      other files of the repository are in the way: commit or unstage them
      `git -C $HOME/clone merge refs/remotes/origin/main` shows which; then `leadby sync`
    -- exit code 6 --
    ");
    assert_eq!(one.git(&["status", "--porcelain"]), "A  notes\n?? more\n");
    assert_eq!(one.lines().len(), 3);
    one.git(&["reset", "-q"]);
    one.ok(&["sync"]);
    assert_eq!(one.lines().len(), 4);
}

#[test]
fn a_conflict_in_another_file_gives_the_merge_up() {
    let Some(world) = World::new() else { return };
    let (one, other) = (&world.one, &world.other);
    one.ok(&["commit", "Shared"]);
    one.ok(&["sync", "--yes"]);
    other.git(&["pull", "-q", "origin", "main"]);
    for (machine, text) in [(one, "mine\n"), (other, "theirs\n")] {
        fs::write(machine.clone.join("notes"), text).expect("a file");
        machine.git(&["add", "notes"]);
        machine.git(&["commit", "-q", "-m", "notes"]);
        machine.ok(&["commit", text]);
    }
    one.ok(&["sync"]);
    let before = other.lines();
    assert_snapshot!(world.seen(&other.run(&["sync", "--yes"])), @"
    -- standard error --
    leadby: git could not merge origin/main: Merge conflict in notes.
      your journal is whole where it lies, and committed there; the merge was given up
      other files of the repository are in the way: commit or unstage them
      `git -C $HOME/clone merge refs/remotes/origin/main` shows which; then `leadby sync`
    -- exit code 6 --
    ");
    assert_eq!(other.lines(), before);
    assert_eq!(other.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_push_that_is_refused_loses_nothing() {
    let Some(world) = World::new() else { return };
    let one = &world.one;
    one.ok(&["commit", "x"]);
    let hook = world.hub.path().join("hooks/pre-receive");
    fs::write(&hook, "#!/bin/sh\nexit 1\n").expect("a hook");
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).expect("its mode");
    assert_snapshot!(world.seen(&one.run(&["sync", "--yes"])), @r"
    -- standard error --
    leadby: origin did not take the journal: [remote rejected] HEAD -> main (pre-receive hook declined).
      your journal is whole where it lies, committed and merged there; only sending it failed
      `leadby sync` tries again
    -- exit code 6 --
    ");
    assert_eq!(one.lines().len(), 1);
    fs::remove_file(&hook).expect("the hook");
    assert_snapshot!(world.seen(&one.run(&["sync"])), @"In step with origin: 1 line sent, 0 lines received.");
}
