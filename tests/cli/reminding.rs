//! `leadby remind install` and `--notify`: what is written, what runs, and what it says.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use insta::assert_snapshot;

use crate::environment::{Called, TestEnvironment};

/// A home with programs that keep what they are called with in `calls`.
struct Machine {
    home: TestEnvironment,
    programs: PathBuf,
}

impl Machine {
    fn new(home: TestEnvironment) -> Self {
        let programs = home.home().join("programs");
        fs::create_dir(&programs).expect("a folder");
        let machine = Self { home, programs };
        machine.add("systemctl", "");
        machine.add("launchctl", "");
        machine.add("say", "");
        let table = "table=\"$HOME/table\"; case $1 in -l) cat \"$table\" 2>/dev/null;; -) cat >\"$table\";; esac";
        machine.add("crontab", table);
        machine
    }

    fn add(&self, name: &str, script: &str) {
        let path = self.programs.join(name);
        let mut file = File::create(&path).expect("a file");
        let keeps = format!("printf '%s\\n' \"{name} $*\" >>\"$HOME/calls\"");
        write!(file, "#!/bin/sh\n{keeps}\n{script}\n").expect("to write");
        let mode = fs::Permissions::from_mode(0o700);
        fs::set_permissions(path, mode).expect("a mode");
    }

    fn run(&self, arguments: &[&str]) -> Called {
        let path = format!("{}:/usr/bin:/bin", self.programs.display());
        let mut command = self.home.command(arguments);
        let mut called = self
            .home
            .finish(command.env("PATH", path).spawn().expect("it starts"));
        called.output = called
            .output
            .replace(env!("CARGO_BIN_EXE_leadby"), "LEADBY");
        called
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.home.home().join(name)).unwrap_or_default()
    }
}

#[test]
fn a_timer_is_written_started_and_removed() {
    let machine = Machine::new(TestEnvironment::new());
    assert_snapshot!(
        machine
            .run(&["remind", "install", "--with", "systemd", "--print"])
            .seen()
    );
    assert_eq!(machine.read("calls"), "");
    assert_eq!(
        machine
            .run(&["remind", "install", "--with", "systemd"])
            .code,
        Some(2)
    );
    let timer = "config/systemd/user/leadby-remind.timer";
    assert_eq!(machine.read(timer), "");
    // It is found without its name too.
    let quiet = machine.run(&["remind", "install", "--quiet", "--yes"]);
    assert_eq!((quiet.code, &*quiet.output), (Some(0), ""), "{quiet:?}");
    assert!(machine.read(timer).contains("Persistent=true"));
    let removed = machine.run(&["remind", "uninstall", "--with", "systemd", "--yes"]);
    assert_snapshot!(removed.seen());
    assert_eq!(machine.read(timer), "");
    assert_snapshot!(machine.read("calls"));
}

#[test]
fn the_crontab_keeps_its_other_lines() {
    let machine = Machine::new(TestEnvironment::new());
    let mut table = File::create(machine.home.home().join("table")).expect("a file");
    table
        .write_all(b"# mine\n5 4 * * *  true\n")
        .expect("to write");
    for _ in 0..2 {
        let install = [
            "remind",
            "install",
            "--with",
            "cron",
            "--yes",
            "--journal",
            "a %b.jsonl",
        ];
        assert_eq!(machine.run(&install).code, Some(0));
    }
    let home = machine.home.home().display().to_string();
    let table = machine
        .read("table")
        .replace(env!("CARGO_BIN_EXE_leadby"), "LEADBY");
    assert_snapshot!(table.replace(&home, "$HOME"));
    assert_eq!(
        machine
            .run(&["remind", "uninstall", "--with", "cron", "--yes"])
            .code,
        Some(0)
    );
    assert_eq!(machine.read("table"), "# mine\n5 4 * * *  true\n");
}

#[test]
fn an_agent_is_written_for_launchd() {
    let machine = Machine::new(TestEnvironment::new());
    assert_snapshot!(
        machine
            .run(&["remind", "install", "--with", "launchd", "--print"])
            .seen()
    );
}

#[test]
fn a_notification_has_numbers_and_no_words() {
    let machine = Machine::new(TestEnvironment::filled());
    let words = "$(touch pwned) `touch pwned` \u{1b}]0;x";
    machine.home.ok(&["commit", words, "--by", "today"]);
    assert_snapshot!(machine.run(&["remind", "--notify"]).seen(), @"2 commitments are due. The walk of this week: 1 of 8.");
    fs::create_dir_all(machine.home.home().join("config/leadby")).expect("a folder");
    let mut config = File::create(machine.home.home().join("config/leadby/config.toml"));
    let config = config.as_mut().expect("a file");
    config
        .write_all(b"notify = \"say 'two words' \\\"$HOME\\\"\"\n")
        .expect("to write");
    assert_eq!(machine.run(&["remind", "--notify"]).seen(), "");
    assert_snapshot!(machine.read("calls"), @"say two words $HOME 2 commitments are due. The walk of this week: 1 of 8.");
    assert_eq!(machine.read("pwned"), "");
    machine.add("say", "exit 3");
    assert_snapshot!(machine.run(&["remind", "--notify"]).seen(), @r#"
    -- standard error --
    leadby: the command of `notify` failed: say 'two words' "$HOME".
      `leadby config` shows where it is set
    -- exit code 2 --
    "#);
}
