//! `leadby sync` with random content at the remote, and killed at any time, alone or with git: no
//! line is lost on either side, every count is true, and the next `sync` does the rest.

use std::collections::BTreeSet;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use super::{Home, Random, cases, finish, kill, pass, say, start, wait};

/// The longest time a sync on this disk may take.
const LONGEST: Duration = Duration::from_mins(1);

/// A bare repository and machines that use it, or `None` if git is not installed.
struct World {
    hub: Home,
    machines: Vec<Home>,
    written: usize,
}

type Lines = BTreeSet<Vec<u8>>;

fn lines(bytes: &[u8]) -> Lines {
    let lines = bytes.split(|byte| *byte == b'\n');
    let lines = lines.filter(|line| !line.trim_ascii().is_empty());
    lines.map(<[u8]>::to_vec).collect()
}

impl World {
    fn new(machines: usize) -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            let _ = writeln!(std::io::stdout(), "There is no git here.");
            return None;
        }
        let mut world = Self {
            hub: Home::in_memory(),
            machines: (0..machines).map(|_| Home::in_memory()).collect(),
            written: 0,
        };
        world.git(&["init", "-q", "--bare", "-b", "main"], b"");
        for machine in 0..machines {
            world.write(machine);
            let url = world.hub.path().display().to_string();
            world.machines[machine].ok(&["sync", "init", &url, "--yes"]);
        }
        Some(world)
    }

    fn write(&mut self, machine: usize) {
        self.written += 1;
        let text = format!("commitment {}", self.written);
        self.machines[machine].ok(&["commit", &text]);
    }

    /// Runs git at the remote; returns its output if it succeeds.
    fn try_git(&self, arguments: &[&str], input: &[u8]) -> Option<Vec<u8>> {
        let mut command = Command::new("git");
        command
            .arg("--git-dir")
            .arg(self.hub.path())
            .args(arguments);
        command
            .env("HOME", self.hub.path())
            .current_dir(self.hub.path());
        for name in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{name}_NAME"), "x");
            command.env(format!("GIT_{name}_EMAIL"), "x");
        }
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = start(&mut command);
        let mut stdin = child.stdin.take().expect("its standard input");
        let _ = stdin.write_all(input);
        drop(stdin);
        let done = child.wait_with_output().expect("git ends");
        done.status.success().then_some(done.stdout)
    }

    #[track_caller]
    fn git(&self, arguments: &[&str], input: &[u8]) -> String {
        let answer = self.try_git(arguments, input).expect("git does it");
        String::from_utf8_lossy(&answer).trim_end().to_owned()
    }

    fn there(&self) -> Lines {
        lines(
            &self
                .try_git(&["cat-file", "blob", "main:journal.jsonl"], b"")
                .unwrap_or_default(),
        )
    }

    fn here(&self, machine: usize) -> Lines {
        lines(&self.machines[machine].bytes())
    }
}

#[test]
fn any_remote_content_loses_no_line_and_no_count_is_wrong() {
    let Some(mut world) = World::new(2) else {
        return;
    };
    let mut random = Random::new();
    let cases = cases(20, 1_000);
    let (mut refused, mut done) = (0, 0);
    for _ in 0..cases {
        let machine = random.below(2);
        if random.below(2) == 0 {
            world.write(machine);
        }
        randomize(&world, &mut random);
        let (before, there) = (world.machines[machine].bytes(), world.there());
        let called = finish(&mut world.machines[machine].command(&["sync"]));
        let (after, now) = (world.machines[machine].bytes(), world.there());
        assert!(
            after.starts_with(&before),
            "{called:?}: lines were changed on the machine"
        );
        match called.code {
            Some(6) => {
                refused += 1;
                assert_eq!((after, now), (before, there), "{called:?}");
            }
            Some(0) => {
                done += 1;
                let received = lines(&after).difference(&lines(&before)).count();
                let sent = now.difference(&there).count();
                let said = |count: usize| match count {
                    1 => "1 line".to_owned(),
                    more => format!("{more} lines"),
                };
                let said = format!("{} sent, {} received.", said(sent), said(received));
                assert!(called.output.contains(&said), "{said}: {called:?}");
                assert!(there.is_subset(&now), "a line was lost at the remote");
                assert!(lines(&after).is_subset(&now), "a line was not sent");
            }
            other => panic!("{other:?}: {called:?}"),
        }
    }
    // Once it is empty, everything is sent again.
    world.try_git(&["update-ref", "-d", "refs/heads/main"], b"");
    for machine in [0, 1, 0] {
        world.machines[machine].ok(&["sync"]);
    }
    assert_eq!(world.here(0), world.there());
    assert!(world.here(1).is_subset(&world.there()));
    say(&format!(
        "hostile remotes: {cases}, {done} taken in, {refused} refused, 0 lines lost, 0 counts \
         untrue, seed {}",
        random.seed
    ));
}

/// Puts random content with a random history at the remote.
fn randomize(world: &World, random: &mut Random) {
    let whole = world.try_git(&["cat-file", "blob", "main:journal.jsonl"], b"");
    let mut bytes = whole.unwrap_or_default();
    let (one, other) = (random.below(bytes.len()), random.below(bytes.len()));
    let (start, end) = (one.min(other), one.max(other));
    match random.below(10) {
        0 => bytes.truncate(end),
        1 => bytes.clear(),
        2 => bytes = b"something else\n".repeat(random.below(40)),
        3 => drop(bytes.drain(start..end)),
        4 => bytes[start..end].fill(0),
        5 => bytes.extend_from_within(start..end),
        6 => {
            bytes = (0..random.below(3_000))
                .map(|_| random.next().to_le_bytes()[0])
                .collect();
        }
        7 => {
            let mut swapped: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
            swapped.reverse();
            bytes = swapped.join(&b'\n');
        }
        _ => return,
    }
    let object = world.git(&["hash-object", "-w", "--stdin"], &bytes);
    let entry = match random.below(8) {
        0 => format!("120000 blob {object}\tjournal.jsonl\n"),
        1 => {
            let tree = world.git(&["mktree"], format!("100644 blob {object}\tx\n").as_bytes());
            format!("040000 tree {tree}\tjournal.jsonl\n")
        }
        2 => String::new(),
        _ => format!("100644 blob {object}\tjournal.jsonl\n"),
    };
    let beside = match random.below(4) {
        0 => format!("120000 blob {object}\tjournal.jsonl.draft\n"),
        1 => format!("100644 blob {object}\t.gitattributes\n"),
        _ => String::new(),
    };
    let mut tree: Vec<&str> = [&*entry, &*beside]
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect();
    tree.sort_by_key(|entry| entry.split('\t').next_back());
    let tree = world.git(&["mktree"], tree.concat().as_bytes());
    let mut commit = vec!["commit-tree", &*tree, "-m", "x"];
    // On top of the existing history, or as a new one.
    if random.below(2) == 0 {
        commit.extend(["-p", "main"]);
    }
    if let Some(commit) = world.try_git(&commit, b"") {
        let commit = String::from_utf8_lossy(&commit).trim_end().to_owned();
        world.git(&["update-ref", "refs/heads/main", &commit], b"");
    }
}

#[test]
fn a_sync_killed_at_any_time_loses_no_line() {
    let Some(mut world) = World::new(2) else {
        return;
    };
    let mut random = Random::new();
    let begun = Instant::now();
    world.write(0);
    let timed = Instant::now();
    world.machines[0].ok(&["sync"]);
    let typical = timed.elapsed();
    let kills = cases(15, 1_000);
    let mut ended = 0;
    for _ in 0..kills {
        let machine = random.below(2);
        // A line to send, or equally often one to receive.
        world.write(machine);
        if random.below(2) == 0 {
            world.write(1 - machine);
            world.machines[1 - machine].ok(&["sync"]);
        }
        let (here, there) = (world.machines[machine].bytes(), world.there());
        let mut command = world.machines[machine].command(&["sync"]);
        let child = start(command.process_group(0));
        let part = u32::try_from(random.below(1_200)).expect("it is small");
        pass(typical * part / 1_000);
        if random.below(2) == 0 {
            kill(child.id());
        } else {
            let group = Pid::from_raw(child.id().cast_signed()).expect("a process");
            let _ = kill_process_group(group, Signal::KILL);
        }
        let done = wait(child, LONGEST).expect("it ends");
        ended += usize::from(done.status.success());
        assert!(
            world.machines[machine].bytes().starts_with(&here),
            "lines were changed on the machine"
        );
        assert!(
            there.is_subset(&world.there()),
            "a line was lost at the remote"
        );
        // A git process that was not killed with leadby may still be running there.
        let mut tries = 0;
        while world
            .try_git(&["fsck", "--connectivity-only"], b"")
            .is_none()
        {
            tries += 1;
            assert!(tries < 100, "the remote is broken");
            pass(Duration::from_millis(20));
        }
        let called = finish(&mut world.machines[machine].command(&["sync"]));
        assert_eq!(called.code, Some(0), "{called:?}");
        let here = world.here(machine);
        assert_eq!(here, world.there(), "{called:?}");
        assert!(there.is_subset(&here));
    }
    for machine in [0, 1] {
        world.machines[machine].ok(&["sync"]);
    }
    // Every acknowledged line is on both machines and at the remote.
    assert_eq!(world.here(0).len(), world.written);
    assert_eq!(
        (world.here(0), world.here(1)),
        (world.there(), world.there())
    );
    say(&format!(
        "kills of sync: {kills}, {ended} had ended before, 0 lines lost here or there, every next \
         sync worked; {} s, seed {}",
        begun.elapsed().as_secs(),
        random.seed
    ));
}

#[test]
fn a_sync_under_a_file_size_limit_loses_no_line() {
    let Some(mut world) = World::new(2) else {
        return;
    };
    for _ in 0..cases(6, 20) {
        world.write(0);
    }
    world.machines[0].ok(&["sync"]);
    world.write(1);
    let mut failed = 0;
    for limit in 0..cases(6, 60) {
        let (here, there) = (world.machines[1].bytes(), world.there());
        // In blocks of 512 bytes: any larger file fails, as on a full disk.
        let script = format!("ulimit -f {limit}; exec \"$@\"");
        let called = finish(&mut world.machines[1].shell(&script, &["sync"]));
        assert!(
            matches!(called.code, Some(0 | 3 | 6)),
            "{limit}: {called:?}"
        );
        failed += usize::from(called.code != Some(0));
        assert!(
            world.machines[1].bytes().starts_with(&here),
            "{limit}: {called:?}"
        );
        assert!(there.is_subset(&world.there()), "{limit}: {called:?}");
    }
    assert!(failed > 0, "no limit was reached");
    world.machines[1].ok(&["sync"]);
    world.machines[0].ok(&["sync"]);
    assert_eq!(world.here(0).len(), world.written);
    assert_eq!(
        (world.here(0), world.here(1)),
        (world.there(), world.there())
    );
}
