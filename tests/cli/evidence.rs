//! Evidence from the shell: each recipe with the program it runs, or with a script that prints what
//! the program prints.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use insta::assert_snapshot;

use crate::environment::{Called, TestEnvironment};

/// A home with this config file, and a folder for programs in its PATH.
#[expect(clippy::disallowed_methods, reason = "the user writes this file")]
fn home(config: &str) -> TestEnvironment {
    let home = TestEnvironment::new();
    let folder = home.home().join("config/leadby");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("config.toml"), config).expect("a file");
    fs::create_dir(home.home().join("bin")).expect("a folder");
    home
}

/// Puts a program in the PATH that writes its arguments to a file, and then runs a script.
#[expect(clippy::disallowed_methods, reason = "a program of another maker")]
fn program(home: &TestEnvironment, name: &str, script: &str) {
    let path = home.home().join("bin").join(name);
    let text = format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > \"$HOME/{name}.arguments\"\n{script}\n");
    fs::write(&path, text).expect("a program");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("its mode");
}

fn arguments(home: &TestEnvironment, name: &str) -> String {
    let path = home.home().join(format!("{name}.arguments"));
    fs::read_to_string(path).expect("the program was run")
}

fn run(home: &TestEnvironment, arguments: &[&str]) -> Called {
    let mut command = home.command(arguments);
    let bin = home.home().join("bin");
    command.env(
        "PATH",
        format!("{}:/usr/local/bin:/usr/bin:/bin", bin.display()),
    );
    home.finish(command.spawn().expect("the program starts"))
}

/// What `gh search prs --json=closedAt,title,url` prints.
const GH: &str = r#"cat <<'END'
[{"closedAt":"2026-11-25T16:02:11Z","title":"Name an owner for every release step","url":"https://github.com/acme/site/pull/412"},{"closedAt":"2026-11-22T23:40:00Z","title":"Retry the \"flaky\" upload","url":"https://github.com/acme/site/pull/409"},{"closedAt":"2026-11-22T10:00:00Z","title":"Last week's","url":"https://github.com/acme/site/pull/401"}]
END"#;

#[test]
fn github_lists_merged_pull_requests() {
    let home = home("[[evidence]]\nrecipe = \"github\"\n");
    program(&home, "gh", GH);
    assert_snapshot!(run(&home, &["evidence"]).seen(), @r#"
    github
      Mon 23 Nov  Retry the "flaky" upload https://github.com/acme/site/pull/409
      Wed 25 Nov  Name an owner for every release step https://github.com/acme/site/pull/412
    "#);
    assert_snapshot!(arguments(&home, "gh"), @"
    search
    prs
    --author=@me
    --merged-at=2026-11-22..2026-11-30
    --limit=100
    --json=closedAt,title,url
    ");
    assert_snapshot!(run(&home, &["evidence", "--plain"]).seen(), @r#"
    github	2026-11-23	Retry the "flaky" upload	https://github.com/acme/site/pull/409
    github	2026-11-25	Name an owner for every release step	https://github.com/acme/site/pull/412
    "#);
    assert_snapshot!(run(&home, &["evidence", "--json"]).seen(), @r#"
    [
    {"day":"2026-11-23","link":"https://github.com/acme/site/pull/409","source":"github","text":"Retry the \"flaky\" upload"},
    {"day":"2026-11-25","link":"https://github.com/acme/site/pull/412","source":"github","text":"Name an owner for every release step"}
    ]
    "#);
    assert_snapshot!(run(&home, &["evidence", "--text"]).seen(), @r#"
    Retry the "flaky" upload https://github.com/acme/site/pull/409
    Name an owner for every release step https://github.com/acme/site/pull/412
    "#);
}

#[test]
fn github_lists_closed_issues() {
    let home = home("[[evidence]]\nrecipe = \"github-issues\"\n");
    program(&home, "gh", GH);
    assert!(run(&home, &["evidence"]).output.contains("Name an owner"));
    assert_snapshot!(arguments(&home, "gh"), @"
    search
    issues
    --assignee=@me
    --closed=2026-11-22..2026-11-30
    --limit=100
    --json=closedAt,title,url
    ");
}

#[test]
fn gitlab_lists_merged_requests_and_closed_issues() {
    let home =
        home("[[evidence]]\nrecipe = \"gitlab\"\n[[evidence]]\nrecipe = \"gitlab-issues\"\n");
    // The members of an answer of the API that matter, and some of the others.
    let answer = r#"printf '%s\n' "$2" >> "$HOME/all"
case "$2" in
merge_requests*) echo '[{"id":7,"iid":41,"title":"Resolve \"Slow builds\"","state":"merged","merged_at":"2026-11-24T08:01:59.113Z","closed_at":null,"author":{"username":"ada"},"web_url":"https://gitlab.example.org/a/b/-/merge_requests/41"}]';;
issues*) echo '[{"id":9,"iid":12,"title":"Slow builds","state":"closed","closed_at":"2026-11-26T11:00:00.000+01:00","web_url":"https://gitlab.example.org/a/b/-/issues/12"}]';;
esac"#;
    program(&home, "glab", answer);
    assert_snapshot!(run(&home, &["evidence"]).seen(), @r#"
    gitlab
      Tue 24 Nov  Resolve "Slow builds" https://gitlab.example.org/a/b/-/merge_requests/41
    gitlab-issues
      Thu 26 Nov  Slow builds https://gitlab.example.org/a/b/-/issues/12
    "#);
    let asked = fs::read_to_string(home.home().join("all")).expect("it was asked");
    let mut asked: Vec<&str> = asked.lines().collect();
    asked.sort_unstable();
    assert_snapshot!(asked.join("\n"), @"
    issues?scope=assigned_to_me&state=closed&updated_after=2026-11-22T00:00:00Z&per_page=100
    merge_requests?scope=created_by_me&state=merged&updated_after=2026-11-22T00:00:00Z&per_page=100
    ");
}

#[test]
fn taskwarrior_lists_completed_tasks() {
    let home = home("[[evidence]]\nrecipe = \"taskwarrior\"\nname = \"tasks\"\n");
    let export = r#"cat <<'END'
[
{"id":0,"description":"Call Ana about the laptops","end":"20261124T101500Z","entry":"20261120T080000Z","modified":"20261124T101500Z","status":"completed","uuid":"a360fc44-315c-4366-b70c-ea7e7520b749","urgency":0},
{"id":0,"description":"Before midnight here","end":"20261129T225959Z","entry":"20261120T080000Z","modified":"20261129T225959Z","status":"completed","uuid":"b360fc44-315c-4366-b70c-ea7e7520b749","urgency":0}
]
END"#;
    program(&home, "task", export);
    assert_snapshot!(run(&home, &["evidence"]).seen(), @"
    tasks
      Tue 24 Nov  Call Ana about the laptops
      Sun 29 Nov  Before midnight here
    ");
    assert_snapshot!(arguments(&home, "task"), @"
    rc.verbose=nothing
    rc.confirmation=off
    rc.gc=off
    rc.json.array=on
    status:completed
    end.after:2026-11-22
    end.before:2026-11-30
    export
    ");
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "another program writes this file"
)]
fn a_calendar_file_lists_its_events() {
    let home = home("[[evidence]]\nrecipe = \"ics\"\nfile = \"~/work.ics\"\n");
    let calendar = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:20261126T140000\r\n\
                    SUMMARY:Talk: owners\\, not heroes\r\nURL:https://example.org/t\r\nEND:VEVENT\r\n\
                    BEGIN:VEVENT\r\nDTSTART:20260105T090000\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:1:1\r\n\
                    END:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20260105T090000\r\nSUMMARY:Bell\r\n\
                    RRULE:FREQ=HOURLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    fs::write(home.home().join("work.ics"), calendar).expect("a calendar");
    assert_snapshot!(run(&home, &["evidence"]).seen(), @"
    ics
      Mon 23 Nov  1:1
      Thu 26 Nov  Talk: owners, not heroes https://example.org/t
    -- standard error --
    leadby: ics: 1 repeating event left out: rules that are unknown or take too long.
    ");
    fs::remove_file(home.home().join("work.ics")).expect("the calendar");
    let missing = run(&home, &["evidence"]);
    assert!(
        missing.errors.ends_with("work.ics: no such file.\n"),
        "{missing:?}"
    );
    assert_eq!(missing.code, Some(1));
}

/// A repository with commits of two people in two weeks.
fn repository(home: &TestEnvironment, name: &str) {
    let folder = home.home().join(name);
    fs::create_dir(&folder).expect("a folder");
    let git = |arguments: &[&str], date: &str| {
        let mut command = Command::new("git");
        command
            .args(arguments)
            .current_dir(&folder)
            .env("HOME", home.home());
        command.envs([("GIT_COMMITTER_DATE", date), ("GIT_AUTHOR_DATE", date)]);
        let output = command.output().expect("git is installed");
        assert!(output.status.success(), "{output:?}");
    };
    git(&["init", "-q", "-b", "main"], "");
    let commit = |author: &str, date: &str, subject: &str| {
        let (name, mail) = author.split_once(' ').expect("a name and an address");
        let (name, mail) = (format!("user.name={name}"), format!("user.email={mail}"));
        let commit = ["commit", "-q", "--allow-empty", "-m", subject];
        git(&[&["-c", &name, "-c", &mail], &commit[..]].concat(), date);
    };
    commit(
        "Ada ada@example.org",
        "2026-11-20T10:00:00+0100",
        "Last week",
    );
    commit(
        "Ada ada@example.org",
        "2026-11-23T00:30:00+0100",
        "Monday, early",
    );
    commit(
        "Bob adaXexample.org",
        "2026-11-24T10:00:00+0100",
        "Of someone else",
    );
    git(&["switch", "-q", "-c", "topic"], "");
    commit(
        "Ada ada@example.org",
        "2026-11-24T11:00:00+0100",
        "On a branch",
    );
    git(&["switch", "-q", "main"], "");
    commit(
        "Ada ada@example.org",
        "2026-11-29T23:00:00+0100",
        "Sunday, late",
    );
    commit(
        "Ada ada@example.org",
        "2026-11-30T10:00:00+0100",
        "Next week",
    );
}

#[test]
fn git_lists_commits_of_several_repositories() {
    let home = home(
        "[[evidence]]\nrecipe = \"git\"\nauthor = \"ada@example.org\"\n\
         folders = [\"~/one\", \"~/two words\"]\nlink = \"https://example.org/c/{3}\"\n",
    );
    repository(&home, "one");
    repository(&home, "two words");
    let mut command = home.command(&["evidence", "--plain"]);
    command.env("TZ", "UTC-1");
    let called = home.finish(
        command
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .spawn()
            .expect("it starts"),
    );
    assert_eq!((called.code, &*called.errors), (Some(0), ""));
    let columns: Vec<Vec<&str>> = called
        .output
        .lines()
        .map(|it| it.split('\t').collect())
        .collect();
    let seen: Vec<String> = columns
        .iter()
        .map(|it| format!("{} {}", it[1], it[2]))
        .collect();
    assert_eq!(
        seen,
        [
            "2026-11-23 Monday, early",
            "2026-11-23 Monday, early",
            "2026-11-24 On a branch",
            "2026-11-24 On a branch",
            "2026-11-29 Sunday, late",
            "2026-11-29 Sunday, late",
        ]
    );
    for row in &columns {
        let commit = row[3]
            .strip_prefix("https://example.org/c/")
            .expect("a link");
        assert!(
            commit.len() >= 7 && commit.bytes().all(|it| it.is_ascii_hexdigit()),
            "{row:?}"
        );
    }
    let last = run(&home, &["evidence", "git", "--week", "last-week", "--text"]);
    assert_eq!(last.output.lines().count(), 2);
    fs::remove_dir_all(home.home().join("one/.git")).expect("the repository");
    let broken = run(&home, &["evidence", "--text"]);
    assert_eq!((broken.code, broken.output.lines().count()), (Some(1), 3));
    assert!(
        broken
            .errors
            .starts_with("leadby: git: git failed with exit code 128: fatal: "),
        "{broken:?}"
    );
}

#[test]
fn sources_that_fail_hide_no_other() {
    let home = home(
        "[[evidence]]\nname = \"gone\"\nrun = [\"no-such-program\"]\n\
         [[evidence]]\nname = \"slow\"\nshell = \"echo first; sleep 60\"\ntimeout = 1\n\
         [[evidence]]\nname = \"bad\"\nshell = \"echo; printf 'not \\\\033[2Jallowed\\\\n' >&2; exit 4\"\n\
         [[evidence]]\nname = \"good\"\nrun = [\"echo\", \"{week}\"]\n",
    );
    assert_snapshot!(run(&home, &["evidence"]).seen(), @"
    slow
      first
    good
      2026-W48
    -- standard error --
    leadby: gone: no-such-program: no such program.
    leadby: slow: the script was ended: it took longer than 1 second.
    leadby: bad: the script failed with exit code 4: not allowed.
    -- exit code 1 --
    ");
    assert_snapshot!(run(&home, &["evidence", "good"]).seen(), @"
    good
      2026-W48
    ");
    assert_snapshot!(run(&home, &["evidence", "other"]).seen(), @"
    -- standard error --
    leadby: no source called “other”.
      sources: gone, slow, bad, good
    -- exit code 2 --
    ");
}

#[test]
fn without_sources_it_says_how_to_name_some() {
    assert_snapshot!(run(&home(""), &["evidence"]).seen(), @"
    -- standard error --
    leadby: no source of evidence is set up.
      `leadby config init` writes a file with examples
    -- exit code 1 --
    ");
    let silent = home("[[evidence]]\nname = \"a\"\nrun = [\"true\"]\n");
    assert_snapshot!(run(&silent, &["evidence"]).seen(), @"
    -- standard error --
    leadby: no evidence of that week.
    -- exit code 1 --
    ");
}

#[test]
fn a_config_file_that_is_not_used_is_no_file_without_sources() {
    let home = home("mouse = 3\n[[evidence]]\nname = \"a\"\nrun = [\"true\"]\n");
    assert_snapshot!(run(&home, &["evidence"]).seen(), @"
    -- standard error --
    leadby: your config file is not used until it is fixed.
      $HOME/config/leadby/config.toml: line 1: `mouse`: expected true or false, not the number `3`
    leadby: no source of evidence while your config file is not used.
      `leadby config check` lists every mistake
    -- exit code 1 --
    ");
}

#[test]
fn a_line_is_taken_through_a_pipe() {
    let home = home("[[evidence]]\nrecipe = \"github\"\n");
    program(&home, "gh", GH);
    let leadby = env!("CARGO_BIN_EXE_leadby");
    let script = format!(
        "{leadby} evidence --text | head -n 1 | {leadby} answer audit/influence - &&\n\
         {leadby} evidence --text | tail -n 1 | {leadby} add problem -"
    );
    let command = home.command(&[""]);
    let path = format!("{}:/usr/bin:/bin", home.home().join("bin").display());
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).env_clear();
    for (name, value) in command.get_envs() {
        shell.env(name, value.expect("a value"));
    }
    let output = shell.env("PATH", path).output().expect("a shell");
    assert!(output.status.success(), "{output:?}");
    assert_snapshot!(home.run(&["list", "--plain"]).output.replace(|it: char| it.is_ascii_hexdigit() && it.is_ascii_lowercase(), ""), @r#"
    <i>	prolms	2026-11-24	spott	Nm n ownr or vry rls stp https://githu.om/m/sit/pull/412	
    nswr/2026-W48/uit/inlun	nswr	2026-11-24	2026-W48	Rtry th "lky" uplo https://githu.om/m/sit/pull/409	uit/inlun
    "#);
}

/// A key like Ctrl+C reaches only the program, which ends what it runs.
#[test]
fn a_signal_ends_the_commands_too() {
    let home = home(
        "[[evidence]]\nname = \"a\"\nshell = \"echo $$ > pid.new; mv pid.new pid; sleep 60\"\ntimeout = 60\n",
    );
    let mut child = home
        .command(&["evidence"])
        .env("PATH", "/usr/bin:/bin")
        .spawn()
        .expect("it starts");
    let pid = loop {
        match fs::read_to_string(home.home().join("pid")) {
            Ok(pid) => break pid,
            Err(_) => std::thread::yield_now(),
        }
    };
    let own = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(own, rustix::process::Signal::INT).expect("a signal");
    let ended = child.wait().expect("it ends");
    assert_eq!(
        std::os::unix::process::ExitStatusExt::signal(&ended),
        Some(2)
    );
    let pid =
        rustix::process::Pid::from_raw(pid.trim().parse().expect("a number")).expect("a process");
    while rustix::process::test_kill_process(pid).is_ok() {
        let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
        if stat.is_ok_and(|stat| stat.contains(") Z ")) {
            break;
        }
        std::thread::yield_now();
    }
}
