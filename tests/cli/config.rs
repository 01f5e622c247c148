//! The config file: what holds, what is started, and what happens when it is bad.

use std::fs;
use std::path::PathBuf;

use insta::assert_snapshot;

use crate::environment::{Called, TestEnvironment};

fn path(home: &TestEnvironment) -> PathBuf {
    home.home().join("config/leadby/config.toml")
}

fn put(home: &TestEnvironment, text: &str) {
    put_at(path(home), text);
}

#[expect(clippy::disallowed_methods, reason = "the user writes this file")]
fn put_at(path: PathBuf, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn with(home: &TestEnvironment, arguments: &[&str], variables: &[(&str, &str)]) -> Called {
    let mut command = home.command(arguments);
    command.envs(variables.iter().copied());
    home.finish(command.spawn().expect("the program starts"))
}

/// What a call prints; the columns are as wide as the path of the test's home.
fn seen(called: &Called) -> String {
    let lines = called.seen();
    let squeezed = lines.lines().map(|line| {
        let (indent, rest) = line.split_at(line.len() - line.trim_start().len());
        let cells: Vec<&str> = rest
            .split("  ")
            .map(str::trim)
            .filter(|it| !it.is_empty())
            .collect();
        format!("{indent}{}\n", cells.join("  "))
    });
    squeezed.collect()
}

#[test]
fn without_a_file_the_defaults_hold() {
    let home = TestEnvironment::new();
    assert_snapshot!(seen(&home.run(&["config"])), @"
    config  $HOME/config/leadby/config.toml  not there yet; leadby config init creates it
    keys  $HOME/config/leadby/keys.toml  not there; leadby config keys prints the default
    journal  $HOME/data/leadby/journal.jsonl  default
    practices  $HOME/config/leadby/practices  default
    ladder  $HOME/config/leadby/ladder.toml  default
    theme  terminal  default
    mouse  true  default
    editor  vi  default
    due_day  friday  default
    due_hour  12  default
    status_words  true  default
    evidence  none  default
    sync  none  leadby sync init sets it up
    ");
    assert_snapshot!(seen(&home.run(&["config", "check"])), @"no config file: no mistakes");
}

#[test]
fn each_value_says_where_it_comes_from() {
    let home = TestEnvironment::new();
    let text = "theme = \"light\"\nmouse = false\neditor = \"code --wait\"\n\n[colors]\naccent = \"#5EC4B6\"\n\n[[evidence]]\n\
                recipe = \"github\"\n";
    put(&home, text);
    assert_snapshot!(seen(&home.run(&["config"])), @"
    config  $HOME/config/leadby/config.toml  default
    keys  $HOME/config/leadby/keys.toml  not there; leadby config keys prints the default
    journal  $HOME/data/leadby/journal.jsonl  default
    practices  $HOME/config/leadby/practices  default
    ladder  $HOME/config/leadby/ladder.toml  default
    theme  light  config.toml, line 1
    colors  accent #5ec4b6  config.toml, line 6
    mouse  false  config.toml, line 2
    editor  code --wait  config.toml, line 3
    due_day  friday  default
    due_hour  12  default
    status_words  true  default
    evidence  github  config.toml, line 8
    sync  none  leadby sync init sets it up
    ");
    let variables = [
        ("LEADBY_THEME", "dark"),
        ("VISUAL", "nano"),
        ("LEADBY_JOURNAL", "/a"),
    ];
    assert_snapshot!(seen(&with(&home, &["config"], &variables)), @"
    config  $HOME/config/leadby/config.toml  default
    keys  $HOME/config/leadby/keys.toml  not there; leadby config keys prints the default
    journal  /a  LEADBY_JOURNAL
    practices  $HOME/config/leadby/practices  default
    ladder  $HOME/config/leadby/ladder.toml  default
    theme  dark  LEADBY_THEME
    colors  accent #5ec4b6  config.toml, line 6
    mouse  false  config.toml, line 2
    editor  code --wait  config.toml, line 3
    due_day  friday  default
    due_hour  12  default
    status_words  true  default
    evidence  github  config.toml, line 8
    sync  none  leadby sync init sets it up
    ");
    for call in [&["config"][..], &["config", "check"]] {
        let unknown = with(&home, call, &[("LEADBY_THEME", "foo")]).seen();
        assert!(unknown.contains("no theme called “foo”"), "{unknown}");
        assert!(!unknown.contains("foo  LEADBY"), "{unknown}");
    }
    let given = with(&home, &["config", "--journal", "/b"], &variables);
    assert!(
        given.output.contains("/b") && given.output.contains("--journal"),
        "{given:?}"
    );
}

#[test]
fn a_file_is_started_and_stays_as_it_is() {
    let home = TestEnvironment::new();
    assert_snapshot!(seen(&home.run(&["config", "init"])), @"
    Written: $HOME/config/leadby/config.toml
    Keys of your own go into keys.toml beside it: leadby config keys prints all.
    ");
    assert_snapshot!(seen(&home.run(&["config", "check"])), @"$HOME/config/leadby/config.toml: no mistakes");
    put(&home, "theme = \"dark\"\n");
    assert_snapshot!(seen(&home.run(&["config", "init"])), @"
    -- standard error --
    leadby: $HOME/config/leadby/config.toml already exists, and was left as it is.
      --force overwrites it
    -- exit code 2 --
    ");
    home.ok(&["config", "init", "--force"]);
    let text = fs::read_to_string(path(&home)).expect("a file");
    assert!(text.starts_with("# The settings of leadby."), "{text}");
}

#[test]
fn a_theme_is_kept_and_the_rest_of_the_file_stays() {
    let home = TestEnvironment::new();
    assert_snapshot!(seen(&home.run(&["config", "theme", "Nord"])), @"Theme: nord.");
    put(
        &home,
        "# mine\ntheme = \"dark\"   # at night\nmouse = false\n",
    );
    home.ok(&["config", "theme", "high-contrast"]);
    let text = fs::read_to_string(path(&home)).expect("a file");
    assert_eq!(
        text,
        "# mine\ntheme = \"high-contrast\"   # at night\nmouse = false\n"
    );
    let variables = [("LEADBY_THEME", "light")];
    assert_snapshot!(seen(&with(&home, &["config", "theme", "mono"], &variables)), @"Theme: mono. LEADBY_THEME is set, and goes before it.");
    put(&home, "theme = \"dark\"\nmuose = true\n");
    assert_snapshot!(seen(&home.run(&["config", "theme", "nord"])), @"
    -- standard error --
    leadby: the theme was not kept: $HOME/config/leadby/config.toml: line 2: unknown key `muose`; keys here: theme, colors, mouse, editor, notify, due_day, due_hour, status_words, evidence.
      `leadby config check` lists every mistake
    -- exit code 2 --
    ");
    let text = fs::read_to_string(path(&home)).expect("a file");
    assert_eq!(text, "theme = \"dark\"\nmuose = true\n");
}

#[test]
fn a_mistake_stops_nothing_and_is_named_by_its_line() {
    let home = TestEnvironment::filled();
    put(
        &home,
        "theme = \"light\"\nmuose = true\n[[evidence]]\nname = \"a\"\n",
    );
    assert_snapshot!(seen(&home.run(&["config", "check"])), @"
    $HOME/config/leadby/config.toml: line 2: unknown key `muose`; keys here: theme, colors, mouse, editor, notify, due_day, due_hour, status_words, evidence
    $HOME/config/leadby/config.toml: line 3: it needs one of `recipe`, `run`, `shell` and `file`
    -- exit code 1 --
    ");
    assert_snapshot!(seen(&home.run(&["config"])), @"
    config  $HOME/config/leadby/config.toml  default
    keys  $HOME/config/leadby/keys.toml  not there; leadby config keys prints the default
    journal  $HOME/data/leadby/journal.jsonl  default
    practices  $HOME/config/leadby/practices  default
    ladder  $HOME/config/leadby/ladder.toml  default
    theme  terminal  default
    mouse  true  default
    editor  vi  default
    due_day  friday  default
    due_hour  12  default
    status_words  true  default
    evidence  none  default
    sync  none  leadby sync init sets it up
    -- standard error --
    leadby: your config file is not used until it is fixed.
      $HOME/config/leadby/config.toml: line 2: unknown key `muose`; keys here: theme, colors, mouse, editor, notify, due_day, due_hour, status_words, evidence
      $HOME/config/leadby/config.toml: line 3: it needs one of `recipe`, `run`, `shell` and `file`
    ");
    let status = home.run(&["status"]);
    assert_eq!(status.code, Some(0));
    assert!(
        status
            .errors
            .contains("config.toml: line 2: unknown key `muose`"),
        "{status:?}"
    );
    put(&home, "status_words = false\nthme = \"dark\"\n");
    let short = home.run(&["status", "--short"]);
    assert_eq!(short.output, "W48 1/8 · ! Fri 20 Nov +1\n", "it may say so");
    let screens = home.run(&["completions", "bash"]);
    assert_eq!(screens.errors, "", "completions do not depend on it");
}

#[test]
fn another_file_is_named_by_a_variable() {
    let home = TestEnvironment::new();
    put(&home, "editor = \"ed\"\n");
    let copy = home.home().join("other.toml");
    fs::copy(path(&home), &copy).expect("a copy");
    fs::remove_file(path(&home)).expect("a file");
    let set = with(&home, &["config"], &[("LEADBY_CONFIG", "other.toml")]);
    assert!(
        set.output.contains("ed ") && set.output.contains("other.toml, line 1"),
        "{set:?}"
    );
    let missing = with(&home, &["status"], &[("LEADBY_CONFIG", "/no/such.toml")]);
    assert!(
        missing.errors.contains("/no/such.toml: no such file"),
        "{missing:?}"
    );
    let checked = home.run(&["config", "check", "other.toml"]);
    assert_eq!(
        (checked.code, &*checked.output),
        (Some(0), "other.toml: no mistakes\n")
    );
}

#[test]
fn own_keys_are_printed_and_every_mistake_in_them_is_named() {
    let home = TestEnvironment::new();
    let keys = path(&home).with_file_name("keys.toml");
    let text = "preset = \"arrows\"\n\n[home]\nwalk = [\"f11\", \"enter\"]\nlists = []\n";
    put_at(keys.clone(), text);
    let shown = seen(&home.run(&["config"]));
    assert!(
        shown.contains("keys  $HOME/config/leadby/keys.toml  default\n"),
        "{shown}"
    );
    let printed = home.ok(&["config", "keys"]);
    let has = |line: &str| {
        printed
            .lines()
            .any(|it| it.split("  #").next().map(str::trim) == Some(line))
    };
    assert!(
        has("walk = [\"f11\", \"enter\"]") && has("lists = []"),
        "{printed}"
    );
    assert!(has("up = \"up\"") && has("[list]"), "{printed}");
    assert_snapshot!(seen(&home.run(&["config", "check"])), @"
    no config file: no mistakes
    $HOME/config/leadby/keys.toml: no mistakes
    ");
    // What is printed is a keys file.
    let copy = home.home().join("copy/keys.toml");
    put_at(copy, &printed);
    assert_eq!(
        home.ok(&["config", "check", "copy/keys.toml"]),
        "copy/keys.toml: no mistakes\n"
    );
    put_at(home.home().join("copy/k2"), &printed);
    assert_eq!(
        home.ok(&["config", "check", "copy/k2"]),
        "copy/k2: no mistakes\n"
    );
    put_at(
        keys,
        "[home]\nwlak = \"f11\"\nquit = \"ctrl+i\"\nlists = \"c\"\n",
    );
    assert_snapshot!(seen(&home.run(&["config", "check"])), @"
    no config file: no mistakes
    $HOME/config/leadby/keys.toml: line 2: no action called `wlak`; did you mean walk?
    $HOME/config/leadby/keys.toml: line 3: “ctrl+i” does not arrive: terminals send Tab for it
    $HOME/config/leadby/keys.toml: line 4: c is both `check_in` in [home] and `lists` in [home]
    -- exit code 1 --
    ");
    let warned = home.run(&["config", "keys"]);
    assert!(warned.output.contains("walk = \"enter\""), "{warned:?}");
    assert!(
        warned
            .errors
            .contains("your keys file is not used until it is fixed."),
        "{warned:?}"
    );
    assert_eq!(home.run(&["status"]).errors, "", "commands have no keys");
}

#[test]
fn another_day_than_friday_is_the_same_everywhere() {
    let home = TestEnvironment::new();
    put(
        &home,
        "due_day = \"thursday\"\ndue_hour = 9\nstatus_words = false\n",
    );
    let shown = seen(&home.run(&["config"]));
    for line in [
        "due_day  thursday  config.toml, line 1",
        "due_hour  9  config.toml, line 2",
        "status_words  false  config.toml, line 3",
    ] {
        assert!(shown.contains(line), "{shown}");
    }
    let made = home.ok(&["commit", "One owner", "--area", "process"]);
    assert!(made.contains("due Thu 26 Nov · in 2 days"), "{made}");
    let status = home.ok(&["status"]);
    assert!(
        status.contains("Tue 24 Nov · 2 days to Thursday\n\nBy Thursday\n"),
        "{status}"
    );
    assert!(!status.contains("Friday"), "{status}");
    assert_eq!(home.ok(&["status", "--short"]), "W48 0/8 · ▸ Thu 26 Nov\n");
    let json: serde_json::Value =
        serde_json::from_str(&home.ok(&["status", "--json"])).expect("JSON");
    assert_eq!(json["days_to_friday"], 2);
    // Its name alone turns over at the hour, and so does a week as a due day.
    let late = [("LEADBY_NOW", "2026-11-26T09:00:00+01:00")];
    let due = |when: &str| with(&home, &["commit", "Another", "--by", when], &late).output;
    assert!(due("thu").contains("due Thu 3 Dec"));
    assert!(due("this week").contains("due Thu 26 Nov"));
    assert!(due("fri").contains("due Fri 27 Nov · tomorrow"));
    let timer = home.run(&["remind", "install", "--print", "--with", "systemd"]);
    assert!(
        timer.output.contains("OnCalendar=Mon,Thu *-*-* 09:00"),
        "{timer:?}"
    );
}
