//! The user's own practices: listed, checked, started; and what happens when a file is bad.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::Command;

use insta::assert_snapshot;

use crate::environment::{Called, TestEnvironment};

/// A home with these practice files.
fn home(files: &[(&str, &[u8])]) -> TestEnvironment {
    let home = TestEnvironment::filled();
    for (name, bytes) in files {
        put(&home, name, bytes);
    }
    home
}

fn folder(home: &TestEnvironment) -> PathBuf {
    let folder = home.home().join("config/leadby/practices");
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn put(home: &TestEnvironment, name: &str, bytes: &[u8]) {
    let file = fs::File::create(folder(home).join(name));
    std::io::Write::write_all(&mut file.expect("a file"), bytes).expect("to write");
}

fn with(home: &TestEnvironment, arguments: &[&str], variables: &[(&str, &str)]) -> Called {
    let mut command = home.command(arguments);
    command.envs(variables.iter().copied());
    home.finish(command.spawn().expect("the program starts"))
}

#[test]
fn practices_are_listed_with_their_source() {
    let home = home(&[
        ("audit.toml", b"id = \"audit\"\nname = \"Round\"\n"),
        ("quiet.toml", b"id = \"influence\"\nhidden = true\n"),
    ]);
    home.ok(&["practices", "starter", "--write"]);
    home.ok(&["practices", "starter", "mirror", "--write"]);
    assert_snapshot!(home.run(&["practices"]).seen(), @"
    1         audit          Round          changed by audit.toml
    2         mastery        Mastery        built in
    3         problem        Problem        built in
    4         next-level     Next level     built in
    5         communication  Communication  built in
    6         systems        Systems        built in
    7         multiplier     Multiplier     built in
    8         thanks         Thanks         yours, in thanks.toml
    standing  ground         Profile        built in
    monthly   mirror         Mirror         changed by mirror.toml
    monthly   month          Month          built in
    standing  inbox          Inbox          built in
    standing  away           Away           built in
    standing  names          Names          built in
    standing  talk           Talk           built in
    hidden    influence      Influence      hidden by quiet.toml
    ");
}

#[test]
fn a_new_practice_works_in_every_command() {
    let home = TestEnvironment::filled();
    home.ok(&["practices", "starter", "--write"]);
    home.ok(&["add", "thanks", "Maya: the hand-over notes"]);
    let listed = home.ok(&["list", "thanks"]);
    assert!(listed.contains("word of thanks · owed"), "{listed}");
    assert!(home.ok(&["status"]).contains("9 Thanks"));
    fs::remove_dir_all(folder(&home)).expect("the folder");
    assert!(
        home.ok(&["list", "--plain"]).contains("Maya"),
        "written entries stay"
    );
}

#[test]
fn hidden_practices_stay_in_the_journal() {
    let home = home(&[("problem.toml", b"id = \"problem\"\nhidden = true\n")]);
    assert!(
        home.ok(&["list", "--plain"])
            .contains("Nobody knows who may restart")
    );
    assert_eq!(home.run(&["list", "problems"]).code, Some(2));
    assert_snapshot!(home.run(&["show", "cc05"]).seen(), @r"
    Nobody knows who may restart the build
      problems
      improved  Łódź と 東京 know; back\slash
      solved    2026-11-19
      spotted   2026-10-12
      wrong     Two hours lost,
                    every week ␛[2J␦31m ⟨RLO⟩oops

      id        0193c0de-0000-7000-8000-00000000cc05
      version   1, written Tue 24 Nov at 09:15
    ");
    assert_snapshot!(home.run(&["status", "--short"]).seen(), @r"
    W48 0/7 · ! Inbox rules (Fri 20 Nov) +1
    -- exit code 1 --
    ");
}

#[test]
fn a_mistake_is_reported_and_the_built_in_practice_is_used() {
    let home = home(&[(
        "audit.toml",
        b"id = \"audit\"\nname = \"Round\"\ncolour = \"red\"\n",
    )]);
    assert_snapshot!(home.run(&["status", "--short"]).seen(), @"
    W48 1/8 · ! Inbox rules (Fri 20 Nov) +1
    -- standard error --
    leadby: some practice files cannot be used; the practices they change count as private.
      $HOME/config/leadby/practices/audit.toml: line 3: unknown key `colour`, expected one of `id`, `order`, `name`, `title`, `intro`, `cadence`, `done`, `private`, `hidden`, `questions`, `leads-to-commitment`, `recalls`, `steps`, `registers`, `pictures`
    -- exit code 1 --
    ");
    assert!(!home.ok(&["status"]).contains("Round"));
    assert_snapshot!(home.run(&["practices", "check"]).seen(), @r"
    $HOME/config/leadby/practices/audit.toml: line 3: unknown key `colour`, expected one of `id`, `order`, `name`, `title`, `intro`, `cadence`, `done`, `private`, `hidden`, `questions`, `leads-to-commitment`, `recalls`, `steps`, `registers`, `pictures`
    -- exit code 1 --
    ");
    put(&home, "audit.toml", b"id = \"audit\"\nname = \"Round\"\n");
    assert_snapshot!(home.run(&["practices", "check"]).seen(), @"1 practice file, no mistakes");
    assert!(home.ok(&["status"]).contains("1 Round"));
}

#[test]
fn every_kind_of_bad_file_is_named_without_waiting() {
    let home = home(&[
        ("a.toml", b"id = \"audit\"\nname = \"\xff\"\n"),
        ("b.toml", &vec![b'#'; (1 << 16) + 1]),
        (
            "c.toml",
            b"\xef\xbb\xbfid = \"mastery\"\r\nname = \"Craft\"\r\n",
        ),
        ("c.toml~", b"no TOML"),
        (".#c.toml", b"no TOML"),
        ("d.toml", b""),
        ("k.toml", b"\0\0\0\0"),
    ]);
    let folder = folder(&home);
    fs::create_dir(folder.join("e.toml")).expect("a folder");
    let made = Command::new("mkfifo").arg(folder.join("f.toml")).status();
    assert!(made.expect("mkfifo").success());
    symlink(folder.join("nowhere"), folder.join("g.toml")).expect("a link");
    symlink("h.toml", folder.join("h.toml")).expect("a link");
    fs::rename(folder.join("c.toml"), home.home().join("elsewhere")).expect("to move it");
    symlink(home.home().join("elsewhere"), folder.join("c.toml")).expect("a link");
    symlink("/dev/zero", folder.join("i.toml")).expect("a link");
    assert_snapshot!(home.run(&["practices", "check"]).seen(), @"
    $HOME/config/leadby/practices/a.toml: line 2: this is not UTF-8 text
    $HOME/config/leadby/practices/b.toml: it is larger than 64 kB
    $HOME/config/leadby/practices/e.toml: it is a folder
    $HOME/config/leadby/practices/f.toml: it is a named pipe
    $HOME/config/leadby/practices/g.toml: no such file
    $HOME/config/leadby/practices/h.toml: its symbolic links form a loop
    $HOME/config/leadby/practices/i.toml: it is a device
    $HOME/config/leadby/practices/d.toml: line 1: `id` is missing: that of the practice to change, or a new one
    $HOME/config/leadby/practices/k.toml: line 1: key with no value, expected `=`
    -- exit code 1 --
    ");
    assert!(
        home.ok(&["status"]).contains("2 Craft"),
        "a link is as good as a file"
    );
    assert_snapshot!(home.run(&["status", "--short"]).errors, @"
    leadby: some practice files cannot be used; the practices they change count as private.
      $HOME/config/leadby/practices/a.toml: line 2: this is not UTF-8 text
      $HOME/config/leadby/practices/b.toml: it is larger than 64 kB
      $HOME/config/leadby/practices/e.toml: it is a folder
      and 6 mistakes more: leadby practices check
    ");
}

#[test]
fn a_practice_folder_that_is_not_a_folder_stops_no_command() {
    let home = TestEnvironment::filled();
    let at = |path: &str, arguments: &[&str]| with(&home, arguments, &[("LEADBY_PRACTICES", path)]);
    assert_snapshot!(at("/nowhere", &["status", "--short"]).seen(), @"
    W48 1/8 · ! Inbox rules (Fri 20 Nov) +1
    -- standard error --
    leadby: some practice files cannot be used; the practices they change count as private.
      /nowhere: no such folder
    -- exit code 1 --
    ");
    assert_snapshot!(at("/dev/null", &["practices", "check"]).seen(), @r"
    /dev/null: it is not a folder
    -- exit code 1 --
    ");
    assert_snapshot!(at("/nowhere", &["practices", "where"]).seen(), @"
    practices  /nowhere
               not there yet; leadby practices starter --write creates it
    ");
    assert_snapshot!(at("/dev/null", &["practices", "starter", "--write"]).seen(), @"
    -- standard error --
    leadby: /dev/null/thanks.toml cannot be written: part of its path is not a folder.
      LEADBY_PRACTICES sets another folder
    -- exit code 3 --
    ");
}

#[test]
fn one_file_is_checked_by_itself() {
    let home = TestEnvironment::new();
    fs::File::create(home.home().join("mine.toml")).expect("a file");
    assert_snapshot!(home.run(&["practices", "check", "mine.toml"]).seen(), @r"
    mine.toml: line 1: `id` is missing: that of the practice to change, or a new one
    -- exit code 1 --
    ");
    assert_snapshot!(home.run(&["practices", "check", "none.toml"]).seen(), @"
    -- standard error --
    leadby: no file at none.toml.
      check the path
    -- exit code 2 --
    ");
    assert_snapshot!(home.run(&["practices", "check"]).seen(), @"0 practice files, no mistakes");
}

#[test]
fn a_starter_file_is_never_overwritten() {
    let home = TestEnvironment::new();
    assert_snapshot!(home.run(&["practices", "where"]).seen(), @"
    practices  $HOME/config/leadby/practices
               not there yet; leadby practices starter --write creates it
    ");
    assert_snapshot!(home.run(&["practices", "starter", "audit", "--write"]).seen(), @"Written: $HOME/config/leadby/practices/audit.toml");
    assert_snapshot!(home.run(&["practices", "where"]).seen(), @r"
    practices  $HOME/config/leadby/practices
               1 file
    ");
    put(&home, "audit.toml", b"id = \"audit\"\n");
    assert_snapshot!(home.run(&["practices", "starter", "audit", "--write"]).seen(), @"
    -- standard error --
    leadby: $HOME/config/leadby/practices/audit.toml already exists, and was left as it is.
      --force overwrites it
    -- exit code 2 --
    ");
    let kept = fs::read(folder(&home).join("audit.toml")).expect("the file");
    assert_eq!(kept, b"id = \"audit\"\n");
    home.ok(&["practices", "starter", "audit", "--write", "--force"]);
    assert_eq!(
        home.ok(&["practices", "check"]),
        "1 practice file, no mistakes\n"
    );
    let written = fs::read_to_string(folder(&home).join("audit.toml")).expect("the file");
    assert_eq!(written, home.ok(&["practices", "starter", "audit"]));
    assert_eq!(fs::read_dir(folder(&home)).expect("the folder").count(), 1);
}

#[test]
fn a_starter_file_has_a_valid_id() {
    let home = TestEnvironment::new();
    for id in ["../up", "Up", "all", "a b", "\u{1b}"] {
        let called = home.run(&["practices", "starter", id, "--write"]);
        assert_eq!(called.code, Some(2), "{id}");
        assert!(
            called.errors.contains("no practice can be called that"),
            "{}",
            called.errors
        );
    }
    assert!(
        home.ok(&["practices", "starter", "praise"])
            .contains("id = \"praise\"")
    );
    let usage = home.run(&["practices", "starter", "--force"]);
    assert_eq!(usage.code, Some(2));
}

#[test]
fn what_has_no_practice_file_any_more_is_not_changed() {
    let home = home(&[]);
    home.ok(&["practices", "starter", "--write"]);
    home.ok(&["add", "thanks", "Maya: the hand-over notes"]);
    let id = &home.id_of("Maya");
    let log = b"id = \"diary\"\norder = 9\nname = \"Diary\"\ntitle = \"T\"\nintro = \"I\"\n\
        cadence = \"monthly\"\n[[steps]]\nid = \"log\"\nlabel = \"L\"\nprompt = \"P\"\nkind = \"log\"\n";
    put(&home, "diary.toml", log);
    home.ok(&["answer", "diary/log", "first"]);
    fs::remove_dir_all(folder(&home)).expect("the folder");
    let edited = home.run(&["edit", "answer/2026-11/diary/log", "--set", "value=second"]);
    assert_eq!(edited.code, Some(2), "{edited:?}");
    assert!(
        edited
            .errors
            .contains("no question called “diary/log” here"),
        "{edited:?}"
    );
    let item = home.run(&["advance", id]);
    assert!(item.errors.contains("no list called “thanks”"), "{item:?}");
    let first = home.run(&["portfolio", "--first", id]);
    assert!(
        first.errors.contains("may be private, as its practice"),
        "{first:?}"
    );
}
