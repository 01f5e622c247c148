//! Commands of the shell, each with what came of it.

use super::*;

fn shell(script: &str) -> EvidenceCommand {
    EvidenceCommand::Shell(script.to_owned())
}

/// Runs commands to their end, and returns what each gave, by number.
fn run(commands: &[EvidenceCommand], limit: Duration) -> Vec<CommandOutput> {
    let mut children = Children::default();
    children.start(commands.iter().map(|it| (it.clone(), limit)).collect());
    let mut all = Vec::new();
    loop {
        let ended = children.wait_for_one();
        if ended.is_empty() {
            break;
        }
        all.extend(ended);
    }
    all.sort_by_key(|(number, _)| *number);
    all.into_iter().map(|(_, output)| output).collect()
}

/// Runs a script, and returns what it wrote and how it ended.
fn outcome(script: &str) -> (String, CommandEnd) {
    let output = run(&[shell(script)], Duration::from_secs(30)).remove(0);
    let text = String::from_utf8(output.bytes).expect("text");
    (text, output.ended)
}

#[test]
fn output_and_errors_are_read() {
    assert_eq!(
        outcome("echo a; echo b >&2"),
        ("a\n".to_owned(), CommandEnd::Success)
    );
    let failed = CommandEnd::ExitCode(3, "last".to_owned());
    assert_eq!(
        outcome("echo a; echo b >&2; echo last >&2; exit 3"),
        ("a\n".to_owned(), failed)
    );
    assert_eq!(outcome("kill -9 $$").1, CommandEnd::Signal(9));
}

#[test]
fn arguments_are_passed_as_they_are() {
    let words = ["printf", "%s|", "a b", "$HOME", "'"].map(str::to_owned);
    let output = run(
        &[EvidenceCommand::Program(words.to_vec())],
        Duration::from_secs(30),
    );
    assert_eq!(output[0].bytes, b"a b|$HOME|'|");
}

#[test]
fn nothing_can_be_asked() {
    let (said, _) = outcome("read -r line; echo \"<$line>\"; echo $GIT_TERMINAL_PROMPT");
    assert_eq!(said, "<>\n0\n");
}

#[test]
fn what_cannot_be_started_says_why() {
    let missing = EvidenceCommand::Program(vec!["/no/such/program".to_owned()]);
    let file = EvidenceCommand::File("/no/such/file".to_owned());
    let folder = EvidenceCommand::Program(vec!["/".to_owned()]);
    let ended = run(&[missing, file, folder], Duration::from_secs(30));
    let reasons: Vec<String> = ended
        .into_iter()
        .map(|output| match output.ended {
            CommandEnd::NotStarted(reason) => reason,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(reasons[..2], ["no such program", "no such file"]);
    assert!(reasons[2].starts_with("cannot be started: "), "{reasons:?}");
}

#[test]
fn a_command_is_ended_when_its_time_is_up() {
    let limit = Duration::from_millis(300);
    let started = Instant::now();
    // The second has a child that keeps the output open, the third closed it and goes on.
    let scripts = [
        "echo a; sleep 60",
        "sleep 60 & echo b",
        "echo c; exec >&- 2>&-; sleep 60",
    ];
    let output = run(&scripts.map(shell), limit);
    assert!(started.elapsed() < Duration::from_secs(20));
    let ends: Vec<(&[u8], &CommandEnd)> = output.iter().map(|it| (&*it.bytes, &it.ended)).collect();
    let timed_out = CommandEnd::TimedOut(limit);
    let expected: [(&[u8], &CommandEnd); 3] = [
        (b"a\n", &timed_out),
        (b"b\n", &timed_out),
        (b"c\n", &timed_out),
    ];
    assert_eq!(ends, expected);
}

#[test]
fn too_much_output_is_cut_and_ended() {
    let (said, ended) = outcome("yes");
    assert_eq!((said.len(), ended), (MOST_BYTES, CommandEnd::TooLong));
    let (_, ended) = outcome("head -c 3000000 /dev/zero >&2; echo end >&2; exit 1");
    let CommandEnd::ExitCode(1, last) = ended else {
        panic!("{ended:?}");
    };
    assert!(last.ends_with("end"));
}

#[test]
fn all_run_although_only_some_at_once() {
    let scripts: Vec<EvidenceCommand> = (0..30).map(|it| shell(&format!("echo {it}"))).collect();
    let output = run(&scripts, Duration::from_secs(30));
    for (at, output) in output.iter().enumerate() {
        assert_eq!(output.bytes, format!("{at}\n").as_bytes());
    }
    assert_eq!(output.len(), 30);
}

#[test]
fn stopping_ends_the_whole_group() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().display();
    let script = format!(
        "(sleep 60; echo x) & echo $! > {path}/pid.new; mv {path}/pid.new {path}/pid; wait"
    );
    let mut children = Children::default();
    children.start(vec![(shell(&script), Duration::from_mins(1))]);
    let pid = loop {
        if let Ok(pid) = std::fs::read_to_string(folder.path().join("pid")) {
            break pid;
        }
        let mut fds: Vec<PollFd<'_>> = children.fds().collect();
        let _ = tty::wait_until_ready(&mut fds, Some(Duration::from_millis(10)));
    };
    children.stop();
    assert!(children.is_idle());
    let pid = Pid::from_raw(pid.trim().parse().expect("a number")).expect("a process");
    // It is gone once the system has taken it away.
    let mut gone = false;
    for _ in 0..500 {
        gone = is_gone(pid);
        if gone {
            break;
        }
        let _ = tty::wait_until_ready(&mut [], Some(Duration::from_millis(10)));
    }
    assert!(gone);
}

/// Whether a process is gone; one that no one has waited for yet counts as gone.
fn is_gone(pid: Pid) -> bool {
    if rustix::process::test_kill_process(pid).is_err() {
        return true;
    }
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
    stat.is_ok_and(|stat| stat.contains(") Z "))
}
