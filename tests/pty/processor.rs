//! What a program takes of the processor, as the system counts it (on Linux): however busy the
//! machine is, one that goes round and round for nothing is found out, and one that waits is not.

use std::fs;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rustix::process::Pid;

use super::start_typing;
use super::terminal::{Home, PATIENCE, Terminal};

/// The system counts in hundredths of a second.
const TICK: Duration = Duration::from_millis(10);

/// What a process has taken so far.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Taken {
    /// How long it ran, and the system for it.
    pub(crate) time: Duration,
    /// How often it lay down to wait for something.
    waits: u64,
}

/// What `process` has taken so far; also once it has ended, until somebody has taken note of its
/// end. None where the system does not say.
pub(crate) fn taken(process: Pid) -> Option<Taken> {
    let about = |file| fs::read_to_string(format!("/proc/{}/{file}", process.as_raw_nonzero()));
    let stat = about("stat").ok()?;
    // The name before it may hold anything.
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks = fields.split(' ').skip(11).take(2);
    let ticks: u32 = ticks.map(|field| field.parse().unwrap_or(0)).sum();
    let status = about("status").ok()?;
    let waits = status.lines().find_map(|line| {
        let count = line.strip_prefix("voluntary_ctxt_switches:")?;
        count.trim().parse().ok()
    })?;
    Some(Taken {
        time: TICK * ticks,
        waits,
    })
}

/// Lets this much time pass, and no more than about that; what `process` has taken then.
fn after(time: Duration, process: Pid) -> Taken {
    let (_never, tick) = mpsc::channel::<()>();
    let _ = tick.recv_timeout(time);
    taken(process).expect("the system says what it has taken")
}

/// Waits until `process` lies down for a moment, and again, as somebody does who asks for a lock.
#[track_caller]
pub(crate) fn waits_again_and_again(process: Pid) {
    let deadline = Instant::now() + PATIENCE;
    let first = after(Duration::ZERO, process);
    while after(Duration::from_millis(10), process).waits < first.waits + 5 {
        assert!(Instant::now() < deadline, "it waits for nothing");
    }
}

/// Checks that `process` comes to rest, and that a whole second passes it by.
#[track_caller]
pub(crate) fn rests(process: Pid) {
    let deadline = Instant::now() + PATIENCE;
    let mut before = after(Duration::ZERO, process);
    loop {
        let now = after(Duration::from_millis(100), process);
        if now == before {
            break;
        }
        assert!(Instant::now() < deadline, "it does not rest: {now:?}");
        before = now;
    }
    let now = after(Duration::from_secs(1), process);
    assert_eq!(now, before, "it was awake");
}

#[test]
#[cfg(target_os = "linux")]
fn left_alone_it_neither_works_nor_wakes() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("leadby");
    rests(terminal.process());
    start_typing(&mut terminal);
    terminal.write("release engineer");
    home.wait_until_the_draft_contains("release engineer");
    rests(terminal.process());
}

#[test]
#[cfg(target_os = "linux")]
fn work_for_nothing_and_waking_for_nothing_are_both_seen() {
    let home = Home::new();
    let seen = |script: &str, more: fn(Taken, Taken) -> bool| {
        let terminal = Terminal::start_with(&home, &["/bin/sh", "-c", script]);
        let first = after(Duration::ZERO, terminal.process());
        let deadline = Instant::now() + PATIENCE;
        while !more(first, after(Duration::from_millis(20), terminal.process())) {
            assert!(Instant::now() < deadline, "{script} is not seen");
        }
    };
    seen("while :; do :; done", |first, now| {
        now.time > first.time + 10 * TICK
    });
    seen("while :; do sleep 0.01; done", |first, now| {
        now.waits > first.waits + 10
    });
}
