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
fn a_crontab_that_cannot_be_read_is_not_written() {
    let machine = Machine::new(TestEnvironment::new());
    let denied = "case $1 in -l) echo 'you may not use it' >&2; exit 1;; esac";
    machine.add("crontab", denied);
    let install = ["remind", "install", "--with", "cron", "--yes"];
    assert_eq!(machine.run(&install).code, Some(3));
    assert_eq!(machine.read("calls").matches("crontab -\n").count(), 0);
    machine.add(
        "crontab",
        "case $1 in -l) echo 'no crontab for ana' >&2; exit 1;; esac",
    );
    assert_eq!(machine.run(&install).code, Some(0));
    assert_eq!(machine.read("calls").matches("crontab -\n").count(), 1);
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

#[test]
fn uninstall_finds_what_is_there_whatever_starts_it() {
    let machine = Machine::new(TestEnvironment::new());
    assert_snapshot!(machine.run(&["remind", "uninstall", "--yes"]).seen(), @"
    -- standard error --
    leadby: nothing is installed.
    -- exit code 1 --
    ");
    let other = [
        "remind",
        "install",
        "--with",
        "cron",
        "--yes",
        "--journal",
        "/o/a.jsonl",
    ];
    let install = ["remind", "install", "--with", "cron", "--yes"];
    assert!(!machine.run(&other).output.contains("replaces"));
    assert!(!machine.run(&other).output.contains("replaces"));
    let replaced = machine.run(&install);
    assert!(
        replaced
            .output
            .contains("This replaces the reminder of another journal.\n")
    );
    assert!(!machine.run(&install).output.contains("replaces"));
    assert!(machine.run(&other).output.contains("replaces"));
    // There is systemd here, and it has nothing of ours.
    assert_snapshot!(machine.run(&["remind", "uninstall", "--with", "systemd", "--yes"]).seen(), @"
    -- standard error --
    leadby: nothing is installed with systemd.
    -- exit code 1 --
    ");
    let removed = machine.run(&["remind", "uninstall", "--yes"]);
    assert!(
        removed
            .output
            .contains("--journal /o/a.jsonl remind --notify"),
        "{removed:?}"
    );
    assert!(
        removed.output.ends_with("\nRemoved: cron.\n"),
        "{removed:?}"
    );
    assert_eq!(machine.read("table"), "");
}

#[test]
fn what_a_failed_install_wrote_is_removed() {
    let machine = Machine::new(TestEnvironment::new());
    machine.add("systemctl", "exit 1");
    let failed = machine.run(&["remind", "install", "--with", "systemd", "--yes"]);
    assert!(
        failed
            .errors
            .contains("`leadby remind uninstall` removes them"),
        "{failed:?}"
    );
    let removed = machine.run(&["remind", "uninstall", "--yes"]);
    assert!(
        removed.output.ends_with("\nRemoved: systemd.\n"),
        "{removed:?}"
    );
    for file in ["leadby-remind.service", "leadby-remind.timer"] {
        assert_eq!(machine.read(&format!("config/systemd/user/{file}")), "");
    }
}

#[test]
fn a_reminder_reads_the_files_that_install_was_called_with() {
    let machine = Machine::new(TestEnvironment::new());
    let print = |scheduler: &str| {
        let arguments = ["remind", "install", "--print", "--with", scheduler];
        let mut command = machine.home.command(&arguments);
        command
            .env("LEADBY_CONFIG", "mine.toml")
            .env("LEADBY_PRACTICES", "/p q");
        command.env("LEADBY_LADDER", "/l.toml");
        let called = machine.home.finish(command.spawn().expect("it starts"));
        called.output
    };
    let systemd = print("systemd");
    for (name, value) in [
        ("XDG_CONFIG_HOME", "$HOME/config"),
        ("LEADBY_CONFIG", "$HOME/mine.toml"),
        ("LEADBY_PRACTICES", "/p q"),
        ("LEADBY_LADDER", "/l.toml"),
    ] {
        let line = format!("Environment=\"{name}={value}\"\n");
        assert!(systemd.contains(&line), "{systemd}");
    }
    assert!(
        systemd.contains("\"--journal\" \"$HOME/data/leadby/journal.jsonl\""),
        "{systemd}"
    );
    let cron = "XDG_CONFIG_HOME=$HOME/config LEADBY_CONFIG=$HOME/mine.toml LEADBY_PRACTICES='/p q' LEADBY_LADDER=/l.toml ";
    assert!(print("cron").contains(cron), "{}", print("cron"));
    let launchd = "<key>LEADBY_PRACTICES</key><string>/p q</string>";
    assert!(print("launchd").contains(launchd), "{}", print("launchd"));
}

#[test]
fn without_a_scheduler_install_says_what_prints_a_line() {
    let machine = Machine::new(TestEnvironment::new());
    let mut command = machine.home.command(&["remind", "install", "--yes"]);
    let called = command
        .env("PATH", machine.home.home())
        .spawn()
        .expect("it starts");
    assert_snapshot!(machine.home.finish(called).seen(), @"
    -- standard error --
    leadby: neither systemd nor cron runs for you here.
      `leadby remind install --with cron --print` shows a line for another program
    -- exit code 2 --
    ");
}
