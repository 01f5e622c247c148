//! Every command of the guide runs as it is written there, one after the other, in one home.

use std::path::Path;
use std::process::Command;

use crate::environment::TestEnvironment;

const GUIDE: &str = include_str!("../../assets/guide.md");

/// The remote of the guide.
const REMOTE: &str = "git@example.org:anna/journal.git";

#[test]
fn every_command_of_the_guide_runs() {
    let environment = TestEnvironment::new();
    let remote = environment.home().join("remote.git");
    let made = Command::new("git")
        .args(["init", "--quiet", "--bare"])
        .arg(&remote)
        .status();
    assert!(made.is_ok_and(|status| status.success()), "git is needed");
    let mut script = String::new();
    for part in GUIDE.split("```sh\n").skip(1) {
        let (block, _) = part.split_once("```").expect("a block ends");
        script.push_str(block);
    }
    let script = script.replace(REMOTE, &remote.display().to_string());
    assert!(
        script.matches("leadby ").count() > 40,
        "the blocks have moved"
    );
    let mut shell = environment.program(Path::new("/bin/sh"));
    let called = shell.args(["-ex", "-c", &script]).spawn();
    let called = environment.finish(called.expect("sh starts"));
    assert_eq!(called.code, Some(0), "{}\n{}", called.output, called.errors);
}
