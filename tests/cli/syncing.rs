//! `leadby sync` between two machines and a bare repository on the same disk.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the tests use git as on a developer's machine, and say when it is missing"
)]

mod forgetting;
mod obstacles;
mod sealing;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use insta::assert_snapshot;

use crate::environment::{Called, TestEnvironment};

/// A machine with a journal.
struct Machine {
    environment: TestEnvironment,
}

/// A bare repository and two machines, or `None` if git is not installed.
struct World {
    hub: tempfile::TempDir,
    one: Machine,
    other: Machine,
}

impl World {
    /// Two machines without a remote.
    fn new() -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            println!("There is no git here, so nothing is synchronised.");
            return None;
        }
        let world = Self {
            hub: tempfile::tempdir().expect("a temporary folder"),
            one: Machine::new(),
            other: Machine::new(),
        };
        world.hub_git(&["init", "-q", "--bare", "-b", "main"], b"");
        Some(world)
    }

    /// Two synced machines, with a line from each.
    fn synced() -> Option<Self> {
        let world = Self::new()?;
        for (machine, text) in [(&world.one, "From one"), (&world.other, "From the other")] {
            machine.ok(&["commit", text]);
            machine.ok(&["sync", "init", &world.url(), "--yes"]);
        }
        world.one.ok(&["sync"]);
        Some(world)
    }

    fn url(&self) -> String {
        self.hub.path().display().to_string()
    }

    /// The output as a person sees it, without the names of temporary folders.
    fn seen(&self, called: &Called) -> String {
        called.seen().replace(&self.url(), "$HUB")
    }

    #[track_caller]
    fn hub_git(&self, arguments: &[&str], input: &[u8]) -> String {
        let arguments = [&["--git-dir", "."], arguments].concat();
        let mut command = self.one.git_command(self.hub.path(), &arguments);
        let mut child = command.stdin(Stdio::piped()).spawn().expect("git");
        let mut stdin = child.stdin.take().expect("its standard input");
        std::io::Write::write_all(&mut stdin, input).expect("to write to it");
        drop(stdin);
        let done = child.wait_with_output().expect("git ends");
        let errors = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{arguments:?}: {errors}");
        String::from_utf8_lossy(&done.stdout).trim_end().to_owned()
    }

    /// Replaces the content of the remote with these files: mode, name, bytes.
    fn hub_holds(&self, files: &[(&str, &str, &[u8])]) {
        let mut tree = String::new();
        for (mode, name, bytes) in files {
            let (kind, object) = match *mode {
                "040000" => {
                    let inner = self.hub_git(&["hash-object", "-w", "--stdin"], bytes);
                    let inner = format!("100644 blob {inner}\tinner\n");
                    ("tree", self.hub_git(&["mktree"], inner.as_bytes()))
                }
                "160000" => (
                    "commit",
                    "1234567890123456789012345678901234567890".to_owned(),
                ),
                _ => (
                    "blob",
                    self.hub_git(&["hash-object", "-w", "--stdin"], bytes),
                ),
            };
            tree.push_str(&format!("{mode} {kind} {object}\t{name}\n"));
        }
        let tree = self.hub_git(&["mktree", "--missing"], tree.as_bytes());
        let mut commit = vec!["commit-tree", &tree, "-m", "theirs"];
        let parent = self.hub_git(
            &["for-each-ref", "--format=%(objectname)", "refs/heads/main"],
            b"",
        );
        if !parent.is_empty() {
            commit.extend(["-p", &parent]);
        }
        let commit = self.hub_git(&commit, b"");
        self.hub_git(&["update-ref", "refs/heads/main", &commit], b"");
    }

    /// The lines of the journal at the remote, in order.
    fn hub_lines(&self) -> Vec<String> {
        let text = self.hub_git(&["show", "main:journal.jsonl"], b"");
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    }

    fn hub_names(&self) -> String {
        self.hub_git(&["ls-tree", "-r", "--name-only", "main"], b"")
    }

    /// Installs a hook script at the remote.
    fn hook(&self, name: &str, script: &str) {
        let path = self.hub.path().join("hooks").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a hook");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("its mode");
    }
}

impl Machine {
    fn new() -> Self {
        let environment = TestEnvironment::new();
        let identity = "[user]\nname = Anna\nemail = anna@example.org\n";
        fs::write(environment.home().join(".gitconfig"), identity).expect("a file");
        Self { environment }
    }

    fn journal(&self) -> PathBuf {
        self.environment.journal()
    }

    fn folder(&self) -> PathBuf {
        self.journal().parent().expect("a folder").to_owned()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.environment.command(arguments);
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("GIT_CONFIG_NOSYSTEM", "1");
        command
    }

    fn run(&self, arguments: &[&str]) -> Called {
        let child = self.command(arguments).spawn().expect("the program starts");
        self.environment.finish(child)
    }

    #[track_caller]
    fn ok(&self, arguments: &[&str]) -> String {
        let called = self.run(arguments);
        assert_eq!(called.code, Some(0), "{arguments:?}: {}", called.errors);
        called.output
    }

    fn git_command(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(folder)
            .args(arguments)
            .env("HOME", self.environment.home())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    #[track_caller]
    fn git_in(&self, folder: &Path, arguments: &[&str]) -> String {
        let done = self.git_command(folder, arguments).output().expect("git");
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

    /// The id of the entry with this text.
    fn id(&self, text: &str) -> String {
        let lines = self.lines();
        let line = lines.iter().find(|line| line.contains(text)).expect("it");
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        line["id"].as_str().expect("an id").to_owned()
    }

    /// The names of the files beside the journal, in order.
    fn beside(&self) -> Vec<String> {
        let names = fs::read_dir(self.folder()).expect("the folder");
        let mut names: Vec<String> = names
            .map(|file| {
                file.expect("a file")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path)
        .expect("it is there")
        .permissions()
        .mode()
        & 0o777
}

#[test]
fn two_machines_sync() {
    let Some(world) = World::new() else { return };
    let (one, other) = (&world.one, &world.other);
    let url = world.url();
    one.ok(&["commit", "From the first"]);
    assert_snapshot!(world.seen(&one.run(&["sync"])), @"
    -- standard error --
    leadby: nothing was synced: no remote is set up yet.
      your journal is intact
      `leadby sync init URL` sets one up; `--help` says more
    -- exit code 6 --
    ");
    assert_snapshot!(world.seen(&one.run(&["sync", "init", &url])), @"
    -- standard error --
    leadby: nothing was changed: no terminal to ask on.
      `leadby sync init $HUB --yes` skips the question
    -- exit code 2 --
    ");
    assert_eq!(one.beside(), ["journal.jsonl"]);
    assert_snapshot!(world.seen(&one.run(&["sync", "init", &url, "--yes"])), @"Synced with $HUB: 1 line sent, 0 lines received.");
    // A new machine, without a journal.
    assert_snapshot!(world.seen(&other.run(&["sync", "init", &url, "--yes"])), @"Synced with $HUB: 0 lines sent, 1 line received.");
    other.ok(&["commit", "From the other"]);
    one.ok(&["commit", "From the first again"]);
    assert_snapshot!(world.seen(&other.run(&["sync"])), @"Synced with $HUB: 1 line sent, 0 lines received.");
    assert_snapshot!(world.seen(&one.run(&["sync"])), @"Synced with $HUB: 1 line sent, 1 line received.");
    assert_snapshot!(world.seen(&other.run(&["sync"])), @"Synced with $HUB: 0 lines sent, 1 line received.");
    assert_snapshot!(world.seen(&other.run(&["sync", "--yes"])), @"Synced with $HUB: 0 lines sent, 0 lines received.");
    assert_eq!(one.lines(), other.lines());
    assert_eq!((one.lines(), one.lines().len()), (world.hub_lines(), 3));
    assert_eq!(world.hub_names(), "journal.jsonl");
    assert_eq!(world.hub_git(&["rev-list", "--count", "main"], b""), "3");
    for machine in [one, other] {
        assert_eq!(mode(&machine.journal()), 0o600);
        assert_eq!(mode(&machine.folder()), 0o700);
        assert_eq!(mode(&machine.folder().join("journal.jsonl.sync")), 0o700);
    }
    let author = world.hub_git(&["log", "-1", "--format=%an %s", "main"], b"");
    assert_eq!(author, "Anna journal");
}

#[test]
fn both_sides_of_a_conflict_are_kept() {
    let Some(world) = World::synced() else {
        return;
    };
    let (one, other) = (&world.one, &world.other);
    one.ok(&[
        "check-in",
        &one.id("From one"),
        "--kept",
        "--note",
        "Done here",
    ]);
    one.ok(&["sync"]);
    other.ok(&["sync"]);
    let before = one.lines().len();
    let id = &one.id("From the other");
    one.ok(&["edit", id, "--set", "better=In the words of one"]);
    other.ok(&["edit", id, "--set", "better=In the words of the other"]);
    other.ok(&["sync"]);
    let said = one.ok(&["sync"]);
    assert!(said.contains("both   "), "{said}");
    other.ok(&["sync"]);
    assert_eq!(one.lines(), other.lines());
    assert_eq!(one.lines().len(), before + 2);
    let all = ["list", "--json"];
    assert_eq!(one.ok(&all), other.ok(&all));
}

#[test]
fn what_another_machine_changed_is_undone_only_when_asked_for() {
    let Some(world) = World::synced() else {
        return;
    };
    let id = world.one.id("From one");
    world.other.ok(&["commit", "Mine, undone"]);
    world.other.ok(&["undo"]);
    world
        .one
        .ok(&["edit", &id, "--set", "better=From one, better"]);
    world.one.ok(&["sync"]);
    let said = world.other.ok(&["sync"]);
    assert!(said.contains("new    “From one, better” ("), "{said}");
    // What was undone here can still be redone here.
    assert!(world.other.ok(&["redo"]).contains("Mine, undone"));
    world.other.ok(&["undo"]);
    let called = world.other.run(&["undo"]);
    assert_eq!(called.code, Some(2), "{}", called.seen());
    assert!(
        called.errors.contains("no terminal to ask on"),
        "{}",
        called.seen()
    );
    assert!(world.other.ok(&["list"]).contains("From one, better"));
    let said = world.other.ok(&["undo", "--yes"]);
    assert!(said.contains("From one, better → From one"), "{said}");
}

#[test]
fn a_journal_that_went_back_is_completed() {
    let Some(world) = World::synced() else {
        return;
    };
    let (one, other) = (&world.one, &world.other);
    let old = fs::read(one.journal()).expect("the journal");
    one.ok(&["commit", "A third"]);
    one.ok(&["sync"]);
    let full = one.lines();
    let first = old.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
    for (bytes, received) in [
        (&old[..], "1 line received"),
        (&old[..first], "2 lines received"),
        (&old[..first + 20], "2 lines received"),
        (b"", "3 lines received"),
    ] {
        fs::write(one.journal(), bytes).expect("an older journal");
        let said = one.ok(&["sync"]);
        assert!(
            said.contains(&format!("0 lines sent, {received}")),
            "{said}"
        );
        for line in &full {
            assert!(one.lines().contains(line), "{line}");
        }
        assert_eq!(world.hub_lines(), full);
    }
    fs::remove_file(one.journal()).expect("it goes");
    one.ok(&["commit", "Begun anew"]);
    let said = one.ok(&["sync"]);
    assert!(said.contains("1 line sent, 3 lines received"), "{said}");
    fs::remove_file(one.journal()).expect("it goes");
    let said = one.ok(&["sync"]);
    assert!(said.contains("0 lines sent, 4 lines received"), "{said}");
    other.ok(&["sync"]);
    assert_eq!(
        (one.lines(), other.lines()),
        (world.hub_lines(), world.hub_lines())
    );
}

#[test]
fn a_remote_that_holds_something_else_is_refused() {
    let Some(world) = World::synced() else {
        return;
    };
    let one = &world.one;
    let before = fs::read(one.journal()).expect("the journal");
    let beside = one.beside();
    let wide: Vec<u8> = String::from_utf8_lossy(&before)
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let wide = [&b"\xff\xfe"[..], &wide].concat();
    for (mode, bytes, why) in [
        ("120000", &b"../out/new"[..], "its journal.jsonl is a link"),
        ("040000", b"x", "its journal.jsonl is a folder"),
        ("160000", b"", "its journal.jsonl is not a file"),
        (
            "100644",
            b"hello\n",
            "its journal.jsonl is not a leadby journal",
        ),
        ("100644", &wide, "its journal.jsonl is not a leadby journal"),
        (
            "100644",
            b"\x7fELF\0\0\0",
            "its journal.jsonl is not a leadby journal",
        ),
    ] {
        world.hub_holds(&[(mode, "journal.jsonl", bytes)]);
        let called = one.run(&["sync"]);
        assert_eq!(called.code, Some(6), "{why}: {called:?}");
        assert!(called.errors.contains(why), "{why}: {}", called.errors);
        assert_eq!(fs::read(one.journal()).expect("it"), before, "{why}");
        assert_eq!(one.beside(), beside, "{why}");
    }
    world.hub_holds(&[("100644", "journal.jsonl", b"hello\n")]);
    assert_snapshot!(world.seen(&one.run(&["sync"])), @"
    -- standard error --
    leadby: nothing was synced with $HUB: its journal.jsonl is not a leadby journal.
      your journal is intact
      `git -C $HOME/data/leadby/journal.jsonl.sync log -p refs/remotes/origin/main` shows what happened there
    -- exit code 6 --
    ");
    // Once the branch is deleted, the lines are sent again.
    world.hub_holds(&[("100644", "README", b"hello\n")]);
    let said = one.ok(&["sync"]);
    assert!(said.contains("2 lines sent, 0 lines received"), "{said}");
    assert_eq!(world.hub_names(), "README\njournal.jsonl");
}

#[test]
fn lines_missing_at_the_remote_are_sent_again() {
    let Some(world) = World::synced() else {
        return;
    };
    let one = &world.one;
    let lines = one.lines();
    let whole = fs::read(one.journal()).expect("the journal");
    let cut = whole.len() - 30;
    for bytes in [&b""[..], b"\n", &whole[..cut], &whole[cut..]] {
        world.hub_holds(&[("100644", "journal.jsonl", bytes)]);
        let called = one.run(&["sync"]);
        if bytes == &whole[cut..] {
            // The end of a line alone does not identify a journal.
            assert_eq!(called.code, Some(6));
            continue;
        }
        assert!(called.output.contains("0 lines received"), "{called:?}");
        assert!(!called.output.contains("0 lines sent"), "{called:?}");
        for line in &lines {
            assert!(world.hub_lines().contains(line), "{line}");
        }
        assert_eq!(one.lines(), lines);
    }
    // The branch is deleted, so its history starts again.
    for _ in 0..2 {
        world.hub_git(&["update-ref", "-d", "refs/heads/main"], b"");
        let said = one.ok(&["sync"]);
        assert!(said.contains("2 lines sent, 0 lines received"), "{said}");
        assert_eq!(world.hub_lines(), lines);
        world.hub_git(&["update-ref", "-d", "refs/heads/main"], b"");
        world.hub_holds(&[("100644", "journal.jsonl", b"")]);
    }
    let said = one.ok(&["sync"]);
    assert!(said.contains("2 lines sent, 0 lines received"), "{said}");
    assert_eq!((one.lines(), world.hub_lines()), (lines.clone(), lines));
}

#[test]
fn other_files_at_the_remote_have_no_effect() {
    let Some(world) = World::synced() else {
        return;
    };
    let one = &world.one;
    let text = "Ours $Id$ and\\nours";
    one.ok(&["commit", text]);
    let journal = fs::read(one.journal()).expect("the journal");
    fs::write(one.folder().join("journal.jsonl.draft"), "{").expect("a draft");
    let beside = one.beside();
    let attributes = b"journal.jsonl working-tree-encoding=UTF-16LE-BOM ident filter=x\n";
    world.hub_holds(&[
        ("100644", ".gitattributes", attributes),
        ("100755", "journal.jsonl", &journal),
        ("120000", "journal.jsonl.backups", b"../out"),
        ("100644", "journal.jsonl.damaged-2026-11-01.jsonl", b"evil"),
        ("100644", "journal.jsonl.draft", b"evil"),
        ("160000", "submodule", b""),
    ]);
    one.ok(&["commit", "Another"]);
    let said = one.ok(&["sync"]);
    assert!(said.contains("1 line sent, 0 lines received"), "{said}");
    let now = fs::read(one.journal()).expect("the journal");
    assert!(now.starts_with(&journal));
    assert_eq!(one.lines().len(), 4);
    assert_eq!(one.beside(), beside);
    let draft = fs::read(one.folder().join("journal.jsonl.draft")).expect("the draft");
    assert_eq!(draft, b"{");
    // They stay unchanged.
    assert_eq!(world.hub_names().lines().count(), 6);
}

#[test]
fn git_settings_for_other_repositories_have_no_effect() {
    let Some(world) = World::new() else { return };
    let one = &world.one;
    let home = one.environment.home();
    let hooks = home.join("hooks");
    fs::create_dir(&hooks).expect("a folder");
    for name in [
        "pre-push",
        "post-commit",
        "reference-transaction",
        "post-index-change",
    ] {
        let hook = hooks.join(name);
        fs::write(&hook, "#!/bin/sh\ntouch ~/it-ran\nexit 1\n").expect("a hook");
        fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).expect("its mode");
    }
    let config = format!(
        "[core]\nhooksPath = {}\nautocrlf = true\nlooseCompression = 9\n\
         [commit]\ngpgsign = true\n[push]\ngpgSign = true\nfollowTags = true\n\
         [user]\nsigningkey = DEADBEEF\nuseConfigOnly = true\n[gc]\nauto = 1\n\
         [init]\ntemplateDir = {}\n[fetch]\nprune = true\n[safe]\nbareRepository = explicit\n",
        hooks.display(),
        hooks.display()
    );
    fs::write(home.join(".gitconfig"), config).expect("a file");
    // The journal is in the user's own repository, with a commit that must not be pushed.
    let folder = one.folder();
    fs::create_dir_all(&folder).expect("a folder");
    one.git_in(
        home,
        &["-c", "core.hooksPath=/dev/null", "init", "-q", "-b", "main"],
    );
    // These settings would also affect the repository that plays the remote, which is on this disk.
    one.git_in(
        world.hub.path(),
        &["--git-dir", ".", "config", "core.hooksPath", "hooks"],
    );
    one.ok(&["commit", "First"]);
    let locked = home.join(".git/index.lock");
    fs::write(&locked, "").expect("a lock");
    one.ok(&["sync", "init", &world.url(), "--yes"]);
    one.ok(&["commit", "Second"]);
    let mut command = one.command(&["sync"]);
    command
        .env("GIT_DIR", home.join(".git"))
        .env("GIT_WORK_TREE", home);
    command.env("GIT_INDEX_FILE", &locked).current_dir(home);
    let called = one
        .environment
        .finish(command.spawn().expect("the program starts"));
    assert_eq!(called.code, Some(0), "{called:?}");
    assert!(!home.join("it-ran").exists(), "a hook ran");
    assert_eq!(world.hub_lines().len(), 2);
    assert_eq!(world.hub_names(), "journal.jsonl");
    let author = world.hub_git(&["log", "-1", "--format=%an <%ae> %cn", "main"], b"");
    assert_eq!(author, "leadby <leadby@localhost> leadby");
    fs::remove_file(&locked).expect("the lock");
    let status = one.git_in(home, &["status", "--porcelain", "--untracked-files=all"]);
    assert!(!status.contains(".sync"), "{status}");
}

#[test]
fn a_work_tree_gets_a_hint_and_is_left_unchanged() {
    let Some(world) = World::new() else { return };
    let one = &world.one;
    one.ok(&["commit", "x"]);
    let folder = one.folder();
    one.git_in(&folder, &["init", "-q", "-b", "main"]);
    one.git_in(&folder, &["remote", "add", "origin", &world.url()]);
    let before = one.beside();
    assert_snapshot!(world.seen(&one.run(&["sync"])), @"
    -- standard error --
    leadby: nothing was synced: no remote is set up yet.
      your journal is intact
      `leadby sync init $HUB` sets up the remote of the git repository the journal is in
      that repository itself is not touched: git only carries the lines
    -- exit code 6 --
    ");
    assert_eq!(one.beside(), before);
    one.git_in(&folder, &["add", "journal.jsonl"]);
    one.git_in(&folder, &["commit", "-q", "-m", "by hand"]);
    one.git_in(&folder, &["push", "-q", "origin", "main"]);
    one.ok(&["commit", "y"]);
    let said = one.ok(&["sync", "init", &world.url(), "--yes"]);
    assert!(said.contains("1 line sent, 0 lines received"), "{said}");
    let log = one.git_in(&folder, &["log", "--format=%s"]);
    assert_eq!(log, "by hand\n");
}

#[test]
fn every_obstacle_is_named() {
    let Some(world) = World::new() else { return };
    let one = &world.one;
    one.ok(&["commit", "x"]);
    let nowhere = ["sync", "init", "/nowhere/at/all", "--yes"];
    assert_snapshot!(world.seen(&one.run(&nowhere)), @"
    -- standard error --
    leadby: could not fetch from /nowhere/at/all: '/nowhere/at/all' does not appear to be a git repository.
      your journal is intact; nothing was sent or received
      no remote is set up yet; run it again once that is solved
    -- exit code 6 --
    ");
    let called = one.run(&[
        "sync",
        "init",
        "https://anna:secret@127.0.0.1:1/j.git",
        "--yes",
    ]);
    assert_eq!(called.code, Some(6));
    assert!(!format!("{called:?}").contains("secret"), "{called:?}");
    for nonsense in ["", " ", "-u=x", "a\nb"] {
        let called = one.run(&["sync", "init", "--yes", "--", nonsense]);
        assert_eq!(called.code, Some(2), "{nonsense:?}: {called:?}");
    }
    let mut command = one.command(&["sync"]);
    command.env("PATH", "/nowhere");
    let called = one
        .environment
        .finish(command.spawn().expect("the program starts"));
    assert_snapshot!(called.seen(), @"
    -- standard error --
    leadby: sync needs git, which was not found.
      your journal is intact; install git, then `leadby sync`
    -- exit code 6 --
    ");
    fs::remove_dir_all(one.folder().join("journal.jsonl.sync")).expect("the folder");
    fs::write(one.folder().join("journal.jsonl.sync"), "").expect("a file");
    assert_snapshot!(world.seen(&one.run(&["sync"])), @"
    -- standard error --
    leadby: nothing was synced: $HOME/data/leadby/journal.jsonl.sync is not a folder.
      rename it, then run `leadby sync init URL`
    -- exit code 6 --
    ");
}

#[test]
fn a_push_that_is_refused_loses_nothing() {
    let Some(world) = World::synced() else {
        return;
    };
    let one = &world.one;
    one.ok(&["commit", "x"]);
    world.hook("pre-receive", "echo 'not \u{1b}[31mtoday' >&2; exit 1");
    assert_snapshot!(world.seen(&one.run(&["sync"])), @"
    -- standard error --
    leadby: could not push to $HUB: pre-receive hook declined.
      your journal is intact, with 0 lines received; not all was sent
      `leadby sync` tries again
    -- exit code 6 --
    ");
    assert_eq!((one.lines().len(), world.hub_lines().len()), (3, 2));
    fs::remove_file(world.hub.path().join("hooks/pre-receive")).expect("the hook");
    let said = one.ok(&["sync"]);
    assert!(said.contains("1 line sent, 0 lines received"), "{said}");
}

#[test]
fn a_sync_starts_again_if_another_machine_is_faster() {
    let Some(world) = World::synced() else {
        return;
    };
    let (one, other) = (&world.one, &world.other);
    // Commits from the other machine; each one arrives just before our push.
    let main = world.hub_git(&["rev-parse", "main"], b"");
    for number in 0..3 {
        other.ok(&["commit", &format!("Faster {number}")]);
        other.ok(&["sync"]);
        world.hub_git(
            &["update-ref", &format!("refs/faster/{number}"), "main"],
            b"",
        );
    }
    world.hub_git(&["update-ref", "refs/heads/main", &main], b"");
    let script = "test \"$GIT_QUARANTINE_PATH\" && exec env -u GIT_QUARANTINE_PATH \"$0\"\n\
                  for ref in $(git for-each-ref --count=1 --format='%(refname)' refs/faster); do\n\
                  git update-ref refs/heads/main $ref; git update-ref -d $ref; exit 1; done";
    world.hook("pre-receive", script);
    one.ok(&["commit", "Slower"]);
    let said = one.ok(&["sync"]);
    assert!(said.contains("1 line sent, 3 lines received"), "{said}");
    other.ok(&["sync"]);
    assert_eq!(one.lines(), other.lines());
    assert_eq!((one.lines(), one.lines().len()), (world.hub_lines(), 6));
}

#[test]
fn a_sync_waits_while_another_git_is_writing_the_branch() {
    let Some(world) = World::synced() else {
        return;
    };
    let one = &world.one;
    one.ok(&["commit", "x"]);
    // The git of a sync that was killed can still be there; it has the branch locked.
    let script = "lock=refs/heads/main.lock\n\
                  test -e \"$lock\" && exec rm \"$lock\"\n\
                  : > \"$lock\"";
    world.hook("pre-receive", script);
    let said = one.ok(&["sync"]);
    assert!(said.contains("1 line sent, 0 lines received"), "{said}");
    assert_eq!(one.lines(), world.hub_lines());
    // One that stays is named.
    one.ok(&["commit", "y"]);
    world.hook("pre-receive", ": > refs/heads/main.lock");
    let refused = one.run(&["sync"]).seen();
    assert!(refused.contains("delete its main.lock"), "{refused}");
}

#[test]
fn two_syncs_at_once_and_leftovers_of_a_kill_are_no_obstacle() {
    let Some(world) = World::synced() else {
        return;
    };
    let one = &world.one;
    one.ok(&["commit", "x"]);
    let children: Vec<_> = (0..4)
        .map(|_| one.command(&["sync"]).spawn().expect("it starts"))
        .collect();
    for child in children {
        let called = one.environment.finish(child);
        assert!(matches!(called.code, Some(0 | 4)), "{called:?}");
    }
    assert_eq!((one.lines(), one.lines().len()), (world.hub_lines(), 3));
    let copy = one.folder().join("journal.jsonl.sync");
    for name in [
        "refs/remotes/origin/main.lock",
        "packed-refs.lock",
        "HEAD.lock",
        "config.lock",
    ] {
        fs::write(copy.join(name), "").expect("a lock");
    }
    one.ok(&["commit", "y"]);
    one.ok(&["sync"]);
    // After a power cut, files can be empty.
    let broken = one.git_in(&copy, &["rev-parse", "refs/remotes/origin/main"]);
    let (folder, name) = broken.trim().split_at(2);
    let object = copy.join("objects").join(folder).join(name);
    let emptied = object.exists();
    if emptied {
        fs::set_permissions(&object, fs::Permissions::from_mode(0o600)).expect("its mode");
        fs::write(&object, "").expect("an empty object");
    }
    assert!(emptied, "the last commit is an object of its own");
    one.ok(&["commit", "z"]);
    one.ok(&["sync"]);
    for part in ["HEAD", "refs/remotes/origin/main"] {
        fs::write(copy.join(part), "").expect("an empty file");
        one.ok(&["commit", part]);
        one.ok(&["sync"]);
    }
    fs::remove_dir_all(copy.join("objects")).expect("they go");
    one.ok(&["sync"]);
    assert_eq!(one.lines(), world.hub_lines());
}

#[test]
fn forgotten_entries_stay_forgotten_on_every_machine() {
    let Some(world) = World::synced() else {
        return;
    };
    let (one, other) = (&world.one, &world.other);
    one.ok(&["forget", &one.id("From the other"), "--yes"]);
    assert_snapshot!(world.seen(&one.run(&["sync"])), @"
    Synced with $HUB: 1 line sent, 0 lines received.
    What you forgot was removed there, 1 line; the history there still has it:
    `leadby forget <id> --everywhere` removes it there too.
    ");
    assert!(!world.hub_lines().concat().contains("From the other"));
    let said = other.ok(&["sync"]);
    assert!(said.contains("1 line received"), "{said}");
    for _ in 0..2 {
        for machine in [other, one] {
            machine.ok(&["sync"]);
            let text = fs::read_to_string(machine.journal()).expect("the journal");
            assert!(!text.contains("From the other"), "{text}");
        }
    }
    assert_eq!(
        (one.lines(), other.lines()),
        (world.hub_lines(), world.hub_lines())
    );
}

#[test]
fn an_entry_forgotten_everywhere_is_in_no_history() {
    let Some(world) = World::synced() else {
        return;
    };
    let (one, other) = (&world.one, &world.other);
    let secret = "From the other";
    let id = one.id(secret);
    let none = World::new().expect("there is git");
    none.one.ok(&["commit", "x"]);
    let called = none
        .one
        .run(&["forget", &none.one.id("x"), "--everywhere", "--yes"]);
    assert_eq!(called.code, Some(2), "{called:?}");
    assert_eq!(none.one.lines().len(), 1);

    let said = one.ok(&["forget", &id, "--yes"]);
    assert!(said.contains("Still in the history at"), "{said}");
    other.ok(&["commit", "Said meanwhile"]);
    other.ok(&["sync"]);
    // The same works later.
    assert_snapshot!(world.seen(&one.run(&["forget", &id, "--everywhere", "--yes"])), @"
    an entry that was forgotten here, <id>
      also in 1 snapshot and other files beside the journal, if they have it
      also at $HUB, with the history of all entries there
    The history at $HUB starts over, without it.
    A host may keep what was there before for some weeks; ask it to remove that, if it matters.
    Other machines and your own backups may still have it; it stays forgotten here, and it is gone there once they merge or sync with this journal.
    ");
    for machine in [one, other, one] {
        machine.ok(&["sync"]);
    }
    assert_eq!(
        (one.lines(), other.lines()),
        (world.hub_lines(), world.hub_lines())
    );
    assert!(one.lines().concat().contains("Said meanwhile"));
    assert_eq!(
        world.hub_git(&["log", "--format=%s", "-S", secret, "main"], b""),
        ""
    );
    for machine in [one, other] {
        let copy = machine.folder().join("journal.jsonl.sync");
        let objects = [
            "cat-file",
            "--batch-all-objects",
            "--batch-check=%(objectname) %(objecttype)",
        ];
        for line in machine.git_in(&copy, &objects).lines() {
            if let Some(blob) = line.strip_suffix(" blob") {
                let text = machine.git_in(&copy, &["cat-file", "blob", blob]);
                assert!(!text.contains(secret), "{text}");
            }
        }
        assert!(!machine.lines().concat().contains(secret));
    }
}

#[test]
fn a_large_journal_needs_confirmation() {
    let Some(world) = World::synced() else {
        return;
    };
    let one = &world.one;
    let mut journal = fs::read(one.journal()).expect("the journal");
    journal.resize(60_000_000, b' ');
    world.hub_holds(&[("100644", "journal.jsonl", &journal)]);
    let seen = world.seen(&one.run(&["sync"]));
    // A slow machine also says what it waits for.
    let lines = seen.lines().filter(|line| !line.contains("Waiting for"));
    let seen: Vec<&str> = lines.collect();
    assert_snapshot!(seen.join("\n"), @"
    -- standard error --
    leadby: nothing was changed: no terminal to ask on.
      `leadby sync --yes` skips the question
    -- exit code 2 --
    ");
    let said = one.ok(&["sync", "--yes"]);
    assert!(said.contains("0 lines sent, 0 lines received"), "{said}");
}

/// An age key and its public half, or `None` if age is not installed.
fn key(machine: &Machine, name: &str) -> Option<(String, String)> {
    let path = machine.environment.home().join(name);
    let made = Command::new("age-keygen").arg("-o").arg(&path).output();
    if made.is_err() {
        println!("There is no age here, so nothing is sealed.");
        return None;
    }
    let text = fs::read_to_string(&path).expect("the key");
    let public = text
        .lines()
        .find_map(|line| line.strip_prefix("# public key: "));
    let public = public.expect("its public half").to_owned();
    Some((path.display().to_string(), public))
}

#[test]
fn an_encrypted_remote_hides_every_word() {
    let Some(world) = World::new() else { return };
    let (one, other) = (&world.one, &world.other);
    let (Some(first), Some(spare), Some(second), Some(stranger)) = (
        key(one, "first"),
        key(one, "spare"),
        key(other, "second"),
        key(other, "stranger"),
    ) else {
        return;
    };
    let url = world.url();
    let init = |machine: &Machine, key: &str, spare: &str, to: &[&str]| {
        let mut arguments = vec!["sync", "init", &url, "--seal", "--yes"];
        arguments.extend(["--key", key]);
        if !spare.is_empty() {
            arguments.extend(["--spare", spare]);
        }
        arguments.extend(to.iter().flat_map(|to| ["--to", to]));
        machine.run(&arguments)
    };
    one.ok(&["commit", "Nobody reads this"]);
    // The spare key is tried before anything is sent.
    let called = init(one, &first.0, &stranger.0, &[&first.1, &spare.1]);
    assert_eq!(called.code, Some(6), "{called:?}");
    assert!(
        called.errors.contains("could not be opened with"),
        "{}",
        called.errors
    );
    let called = init(one, &first.0, &spare.0, &[&first.1]);
    assert_eq!(called.code, Some(2), "{called:?}");
    assert_snapshot!(world.seen(&init(one, &first.0, "", &[&first.1, &spare.1])), @"
    -- standard error --
    leadby: nothing was set up: no spare key was tried; if the key of this machine is lost, no one can open what is at the remote.
      `age-keygen -o FILE` creates one: give it to --to and --spare, and keep it elsewhere
      `--spare FILE` tries one, this one time
    -- exit code 2 --
    ");
    assert_eq!(one.run(&["sync"]).code, Some(6));
    assert_eq!(world.hub_git(&["for-each-ref"], b""), "");
    let called = init(one, &first.0, &spare.0, &[&first.1, &spare.1]);
    assert!(called.output.contains("1 line sent"), "{called:?}");
    assert_eq!(world.hub_names(), "journal.jsonl.age");
    let sealed = world.hub_git(&["rev-parse", "main"], b"");
    assert!(one.ok(&["sync"]).contains("0 lines sent, 0 lines received"));
    // No new lines, so no commit.
    assert_eq!(world.hub_git(&["rev-parse", "main"], b""), sealed);
    let objects = world.hub_git(&["cat-file", "-p", "main:journal.jsonl.age"], b"");
    assert!(!objects.contains("Nobody reads this"));
    assert!(objects.starts_with("age-encryption.org/v1"));

    // A second machine: its key must also be named on the first one.
    other.ok(&["commit", "From the other"]);
    let three = [&*first.1, &*spare.1, &*second.1];
    let called = init(other, &second.0, "", &three);
    assert_eq!(called.code, Some(6), "{called:?}");
    let called = init(one, &first.0, "", &three);
    assert!(called.output.contains("0 lines sent"), "{called:?}");
    assert_ne!(world.hub_git(&["rev-parse", "main"], b""), sealed);
    let called = init(other, &second.0, "", &three);
    assert!(
        called.output.contains("1 line sent, 1 line received"),
        "{called:?}"
    );
    one.ok(&["sync"]);
    assert_eq!(one.lines(), other.lines());
    assert_eq!(one.lines().len(), 2);

    // Refused: fewer keys than before, a lost key, a remote that is no longer encrypted.
    let called = init(one, &first.0, "", &[&first.1, &spare.1]);
    assert_eq!(called.code, Some(6), "{called:?}");
    assert!(called.errors.contains("with 3 keys"), "{}", called.errors);
    let called = init(one, &first.0, "", &three);
    assert_eq!(called.code, Some(0), "{called:?}");
    let before = one.lines();
    fs::rename(&first.0, format!("{}.away", first.0)).expect("it is lost");
    one.ok(&["commit", "Adding needs no key"]);
    let called = one.run(&["sync"]);
    assert_eq!(called.code, Some(6), "{called:?}");
    assert!(
        called.errors.contains("could not be opened with"),
        "{}",
        called.errors
    );
    fs::rename(format!("{}.away", first.0), &first.0).expect("it is found");
    let open = fs::read(one.journal()).expect("the journal");
    world.hub_holds(&[("100644", "journal.jsonl", &open)]);
    let called = one.run(&["sync"]);
    assert_eq!(called.code, Some(6), "{called:?}");
    assert!(
        called.errors.contains("anyone there can read"),
        "{}",
        called.errors
    );
    assert_eq!(one.lines().len(), before.len() + 1);
    let plain = one.run(&["sync", "init", &url, "--yes"]);
    assert_eq!(plain.code, Some(0), "{plain:?}");
}

#[test]
fn a_journal_behind_a_link_is_written_through() {
    let Some(world) = World::synced() else {
        return;
    };
    let one = &world.one;
    let elsewhere = one.environment.home().join("elsewhere.jsonl");
    fs::rename(one.journal(), &elsewhere).expect("it moves");
    symlink(&elsewhere, one.journal()).expect("a link");
    world.other.ok(&["commit", "x"]);
    world.other.ok(&["sync"]);
    one.ok(&["sync"]);
    assert!(one.journal().is_symlink());
    assert_eq!(one.lines(), world.hub_lines());
}
