//! Help, the manual page, completions and the version.

use std::process::{Command, Stdio};

use insta::assert_snapshot;

use crate::environment::TestEnvironment;

#[test]
fn every_command_has_help() {
    let empty = TestEnvironment::new();
    let mut help = empty.ok(&["--help"]);
    let mut say = |names: &[&str]| {
        let heading = format!("\n===== leadby {} --help\n", names.join(" "));
        help.push_str(&heading);
        let ask = |more: &str| empty.ok(&[names, &[more]].concat());
        help.push_str(&ask("--help"));
        assert_eq!(ask("-h"), empty.ok(&[&["help"], names].concat()));
    };
    let is_help = |it: &&clap::Command| it.get_name() == "help";
    let program = leadby::cli::command();
    for command in program.get_subcommands().filter(|it| !is_help(it)) {
        say(&[command.get_name()]);
        for inner in command.get_subcommands().filter(|it| !is_help(it)) {
            say(&[command.get_name(), inner.get_name()]);
        }
    }
    let wide = help.lines().find(|line| line.chars().count() > 80);
    assert_eq!(wide, None);
    assert_snapshot!("help", help);
}

#[test]
fn the_manual_page_is_one_page() {
    assert_snapshot!("manual", TestEnvironment::new().ok(&["man"]));
}

#[test]
fn the_manual_page_fits_80_columns() {
    let empty = TestEnvironment::new();
    let file = empty.home().join("leadby.1");
    let mut written = std::fs::File::create(&file).expect("a file");
    std::io::Write::write_all(&mut written, empty.ok(&["man"]).as_bytes()).expect("to write");
    // If there is no man, the page is not checked.
    let shown = Command::new("man")
        .args(["-l", "-Tutf8"])
        .arg(&file)
        .env("MANWIDTH", "80")
        .env("GROFF_NO_SGR", "1")
        .stdin(Stdio::null())
        .output();
    let Ok(shown) = shown else { return };
    let shown = String::from_utf8_lossy(&shown.stdout);
    let plain: Vec<String> = shown.lines().map(without_overstrikes).collect();
    let wide = plain.iter().find(|line| line.chars().count() > 80);
    assert_eq!(wide, None);
}

/// A line without what makes its letters bold or underlined: one, a backspace, and another.
fn without_overstrikes(line: &str) -> String {
    let mut plain = String::new();
    for letter in line.chars() {
        if letter == '\u{8}' {
            plain.pop();
        } else {
            plain.push(letter);
        }
    }
    plain
}

#[test]
fn the_version_is_that_of_the_package() {
    let version = format!("leadby {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(TestEnvironment::new().ok(&["--version"]), version);
}

#[test]
fn completions_are_scripts_that_their_shells_accept() {
    let empty = TestEnvironment::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = empty.ok(&["completions", shell]);
        assert!(script.contains("LEADBY_COMPLETE"), "{shell}");
        if !matches!(shell, "bash" | "zsh" | "fish") {
            continue;
        }
        let file = empty.home().join(shell);
        let mut written = std::fs::File::create(&file).expect("a file");
        std::io::Write::write_all(&mut written, script.as_bytes()).expect("to write");
        // If a shell is not installed, its script is not checked.
        let read = Command::new(shell)
            .arg("-n")
            .arg(&file)
            .env("HOME", empty.home())
            .stdin(Stdio::null())
            .output();
        if let Ok(read) = read {
            assert!(
                read.status.success(),
                "{shell}: {}",
                String::from_utf8_lossy(&read.stderr)
            );
        }
    }
    assert_eq!(empty.run(&["completions", "cmd"]).code, Some(2));
}
