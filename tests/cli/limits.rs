//! System limits that are used up: the command says so and leaves the journal intact.

use std::os::unix::process::ExitStatusExt;
use std::process::Command;

use crate::environment::TestEnvironment;

/// Runs the program under a limit set by the shell.
fn limited(home: &TestEnvironment, limit: &str, arguments: &[&str]) -> std::process::Output {
    let program = home.command(arguments);
    let mut shell = Command::new("sh");
    let script = format!("{limit}; exec \"$0\" \"$@\"");
    shell.args(["-c", &script]).arg(program.get_program());
    shell.args(program.get_args()).env_clear();
    for (name, value) in program.get_envs() {
        shell.env(name, value.unwrap_or_default());
    }
    shell.current_dir(home.home());
    shell.output().expect("a shell")
}

#[test]
fn a_file_size_limit_refuses_the_save_and_leaves_the_journal_intact() {
    let home = TestEnvironment::new();
    let first = home.run(&["add", "problem", "Nobody owns the release"]);
    assert_eq!(first.code, Some(0), "{first:?}");
    let before = home.bytes();
    let long = "word ".repeat(400);
    let called = limited(&home, "ulimit -f 2", &["add", "problem", &long]);
    let errors = String::from_utf8_lossy(&called.stderr);
    assert_eq!(called.status.signal(), None, "{errors}");
    assert_eq!(called.status.code(), Some(3), "{errors}");
    assert!(errors.contains("nothing was saved"), "{errors}");
    assert!(errors.contains("`ulimit -f`"), "{errors}");
    assert_eq!(home.bytes(), before, "no part of a line is left behind");
}

#[test]
fn a_whole_last_line_without_a_newline_is_not_called_cut_off() {
    let here = TestEnvironment::filled();
    let bytes = here.bytes();
    std::fs::File::options()
        .write(true)
        .open(here.journal())
        .and_then(|file| file.set_len(bytes.len() as u64 - 1))
        .expect("it can be cut");
    let said = here.run(&["doctor"]).output;
    assert!(said.contains("has no newline at its end"), "{said}");
    assert!(!said.contains("cut off"), "{said}");
}
