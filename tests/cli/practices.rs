//! The user's own practices: listed, checked, begun; and what happens when a file is bad.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::Command;

use insta::assert_snapshot;

use crate::environment::{Called, TestEnvironment};

/// A home with these files in its folder of practices.
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
fn practices_are_listed_with_where_they_come_from() {
    let home = home(&[
        ("audit.toml", b"id = \"audit\"\nname = \"Round\"\n"),
        ("quiet.toml", b"id = \"influence\"\nhidden = true\n"),
    ]);
    home.ok(&["practices", "starter", "--write"]);
    home.ok(&["practices", "starter", "mirror", "--write"]);
    assert_snapshot!(home.run(&["practices"]).seen(), @"");
}

#[test]
fn a_new_practice_works_in_every_command() {
    let home = TestEnvironment::filled();
    home.ok(&["practices", "starter", "--write"]);
    home.ok(&["add", "thanks", "Maya: the hand-over notes"]);
    assert_snapshot!(home.run(&["list", "thanks"]).seen(), @"");
    assert!(home.ok(&["status"]).contains("9 Thanks"));
    fs::remove_dir_all(folder(&home)).expect("the folder");
    assert!(
        home.ok(&["list", "--plain"]).contains("Maya"),
        "what was written stays"
    );
}

#[test]
fn what_is_hidden_stays_in_the_journal() {
    let home = home(&[("problem.toml", b"id = \"problem\"\nhidden = true\n")]);
    assert!(
        home.ok(&["list", "--plain"])
            .contains("Nobody knows who may restart")
    );
    assert_eq!(home.run(&["list", "problems"]).code, Some(2));
    assert_snapshot!(home.run(&["show", "cc05"]).seen(), @"");
    assert_snapshot!(home.run(&["status", "--short"]).seen(), @"");
}

#[test]
fn a_mistake_is_said_and_the_built_in_practice_is_used() {
    let home = home(&[(
        "audit.toml",
        b"id = \"audit\"\nname = \"Round\"\ncolour = \"red\"\n",
    )]);
    assert_snapshot!(home.run(&["status", "--short"]).seen(), @"");
    assert!(!home.ok(&["status"]).contains("Round"));
    assert_snapshot!(home.run(&["practices", "check"]).seen(), @"");
    put(&home, "audit.toml", b"id = \"audit\"\nname = \"Round\"\n");
    assert_snapshot!(home.run(&["practices", "check"]).seen(), @"");
    assert!(home.ok(&["status"]).contains("1 Round"));
}

#[test]
fn files_of_every_bad_sort_are_named_and_none_is_waited_for() {
    let home = home(&[
        ("a.toml", b"id = \"audit\"\nname = \"\xff\"\n"),
        ("b.toml", &[b'#'; (1 << 16) + 1]),
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
    assert_snapshot!(home.run(&["practices", "check"]).seen(), @"");
    assert!(
        home.ok(&["status"]).contains("2 Craft"),
        "a link is as good as a file"
    );
    assert_snapshot!(home.run(&["status", "--short"]).errors, @"");
}

#[test]
fn a_folder_that_is_none_stops_nothing() {
    let home = TestEnvironment::filled();
    let at = |path: &str, arguments: &[&str]| with(&home, arguments, &[("LEADBY_PRACTICES", path)]);
    assert_snapshot!(at("/nowhere", &["status", "--short"]).seen(), @"");
    assert_snapshot!(at("/dev/null", &["practices", "check"]).seen(), @"");
    assert_snapshot!(at("/nowhere", &["practices", "where"]).seen(), @"");
    assert_snapshot!(at("/dev/null", &["practices", "starter", "--write"]).seen(), @"");
}

#[test]
fn one_file_is_checked_by_itself() {
    let home = TestEnvironment::new();
    fs::File::create(home.home().join("mine.toml")).expect("a file");
    assert_snapshot!(home.run(&["practices", "check", "mine.toml"]).seen(), @"");
    assert_snapshot!(home.run(&["practices", "check", "none.toml"]).seen(), @"");
    assert_snapshot!(home.run(&["practices", "check"]).seen(), @"");
}

#[test]
fn a_starter_is_never_written_over() {
    let home = TestEnvironment::new();
    assert_snapshot!(home.run(&["practices", "where"]).seen(), @"");
    assert_snapshot!(home.run(&["practices", "starter", "audit", "--write"]).seen(), @"");
    assert_snapshot!(home.run(&["practices", "where"]).seen(), @"");
    put(&home, "audit.toml", b"id = \"audit\"\n");
    assert_snapshot!(home.run(&["practices", "starter", "audit", "--write"]).seen(), @"");
    let kept = fs::read(folder(&home).join("audit.toml")).expect("the file");
    assert_eq!(kept, b"id = \"audit\"\n");
    home.ok(&["practices", "starter", "audit", "--write", "--force"]);
    assert_eq!(
        home.ok(&["practices", "check"]),
        "1 practice file, no mistake\n"
    );
    let written = fs::read_to_string(folder(&home).join("audit.toml")).expect("the file");
    assert_eq!(written, home.ok(&["practices", "starter", "audit"]));
    assert_eq!(fs::read_dir(folder(&home)).expect("the folder").count(), 1);
}

#[test]
fn a_starter_has_an_id_that_can_be_one() {
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
fn the_language_is_asked_for_or_that_of_the_locale() {
    let home = TestEnvironment::filled();
    let german = |variables: &[(&str, &str)]| {
        let called = with(&home, &["status"], variables);
        assert_eq!(
            (called.code, called.errors.as_str()),
            (Some(0), ""),
            "{variables:?}"
        );
        called.output.contains("1 Umschau")
    };
    assert!(german(&[("LEADBY_LANG", "de")]));
    assert!(german(&[("LANG", "de_AT.UTF-8")]));
    assert!(german(&[
        ("LC_MESSAGES", "de_DE.UTF-8"),
        ("LANG", "en_GB.UTF-8")
    ]));
    assert!(!german(&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]));
    assert!(!german(&[("LEADBY_LANG", "en"), ("LANG", "de_DE.UTF-8")]));
    assert!(!german(&[("LANG", "fr_FR.UTF-8")]));
    let french = with(&home, &["status", "--short"], &[("LEADBY_LANG", "fr")]);
    assert_snapshot!(french.errors, @"");
    let where_ = with(&home, &["practices", "where"], &[("LEADBY_LANG", "de")]);
    assert!(where_.output.ends_with("language   German\n"));
}

#[test]
fn a_german_journal_is_the_same_journal() {
    let home = TestEnvironment::filled();
    let german = [("LEADBY_LANG", "de")];
    let added = with(&home, &["add", "problem", "Niemand weiß es"], &german);
    assert_eq!(added.code, Some(0), "{}", added.errors);
    assert_snapshot!(with(&home, &["show", "cc05"], &german).seen(), @"");
    assert!(home.ok(&["list", "problems"]).contains("Niemand weiß es"));
}
