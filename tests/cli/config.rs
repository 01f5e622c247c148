//! The config file: what holds, what is started, and what happens when it is bad.

use std::fs;
use std::path::PathBuf;

use insta::assert_snapshot;

use crate::environment::{Called, TestEnvironment};

fn path(home: &TestEnvironment) -> PathBuf {
    home.home().join("config/leadby/config.toml")
}

#[expect(clippy::disallowed_methods, reason = "the user writes this file")]
fn put(home: &TestEnvironment, text: &str) {
    let path = path(home);
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
    journal  $HOME/data/leadby/journal.jsonl  default
    practices  $HOME/config/leadby/practices  default
    ladder  $HOME/config/leadby/ladder.toml  default
    theme  terminal  default
    mouse  true  default
    editor  vi  default
    evidence  none  default
    ");
    assert_snapshot!(seen(&home.run(&["config", "check"])), @"no config file: no mistakes");
}

#[test]
fn each_value_says_where_it_comes_from() {
    let home = TestEnvironment::new();
    let text = "theme = \"light\"\nmouse = false\neditor = \"code --wait\"\n\n[[evidence]]\n\
                recipe = \"github\"\n";
    put(&home, text);
    assert_snapshot!(seen(&home.run(&["config"])), @"
    config  $HOME/config/leadby/config.toml  default
    journal  $HOME/data/leadby/journal.jsonl  default
    practices  $HOME/config/leadby/practices  default
    ladder  $HOME/config/leadby/ladder.toml  default
    theme  light  config.toml, line 1
    mouse  false  config.toml, line 2
    editor  code --wait  config.toml, line 3
    evidence  github  config.toml, line 5
    ");
    let variables = [
        ("LEADBY_THEME", "dark"),
        ("VISUAL", "nano"),
        ("LEADBY_JOURNAL", "/a"),
    ];
    assert_snapshot!(seen(&with(&home, &["config"], &variables)), @"
    config  $HOME/config/leadby/config.toml  default
    journal  /a  LEADBY_JOURNAL
    practices  $HOME/config/leadby/practices  default
    ladder  $HOME/config/leadby/ladder.toml  default
    theme  dark  LEADBY_THEME
    mouse  false  config.toml, line 2
    editor  code --wait  config.toml, line 3
    evidence  github  config.toml, line 5
    ");
    let given = with(&home, &["config", "--journal", "/b"], &variables);
    assert!(
        given.output.contains("/b") && given.output.contains("--journal"),
        "{given:?}"
    );
}

#[test]
fn a_file_is_started_and_stays_as_it_is() {
    let home = TestEnvironment::new();
    assert_snapshot!(seen(&home.run(&["config", "init"])), @"Written: $HOME/config/leadby/config.toml");
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
    assert_snapshot!(seen(&home.run(&["config", "theme", "nord"])), @"Theme: nord");
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
    assert_snapshot!(seen(&with(&home, &["config", "theme", "mono"], &variables)), @"
    Theme: mono
    -- standard error --
    leadby: LEADBY_THEME is set, and goes before it.
    ");
    put(&home, "theme = \"dark\"\nmuose = true\n");
    assert_snapshot!(seen(&home.run(&["config", "theme", "nord"])), @"
    -- standard error --
    leadby: the theme was not kept: $HOME/config/leadby/config.toml: line 2: unknown key `muose`; keys here: theme, colors, mouse, editor, notify, evidence.
      leadby config check lists every mistake
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
    $HOME/config/leadby/config.toml: line 2: unknown key `muose`; keys here: theme, colors, mouse, editor, notify, evidence
    $HOME/config/leadby/config.toml: line 3: it needs one of `recipe`, `run`, `shell` and `file`
    -- exit code 1 --
    ");
    assert_snapshot!(seen(&home.run(&["config"])), @"
    config  $HOME/config/leadby/config.toml  default
    journal  $HOME/data/leadby/journal.jsonl  default
    practices  $HOME/config/leadby/practices  default
    ladder  $HOME/config/leadby/ladder.toml  default
    theme  terminal  default
    mouse  true  default
    editor  vi  default
    evidence  none  default
    -- standard error --
    leadby: your config file is not used until it is fixed.
      $HOME/config/leadby/config.toml: line 2: unknown key `muose`; keys here: theme, colors, mouse, editor, notify, evidence
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
