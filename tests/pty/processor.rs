//! A program's processor use, as the system counts it (on Linux): even on a busy machine, a busy
//! loop is detected, and waiting is not mistaken for one.

use std::fs;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rustix::process::Pid;

use super::start_typing;
use super::terminal::{Home, PATIENCE, Terminal};

/// The system counts in hundredths of a second.
const TICK: Duration = Duration::from_millis(10);

/// Processor use of a process until now.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct ProcessorUse {
    /// Its running time, including system time.
    pub(crate) time: Duration,
    /// How often it slept to wait for something.
    waits: u64,
}

/// Processor use of `process`, even after it has ended, until it is reaped. `None` if the system
/// does not say.
pub(crate) fn processor_use(process: Pid) -> Option<ProcessorUse> {
    let about = |file| fs::read_to_string(format!("/proc/{}/{file}", process.as_raw_nonzero()));
    let stat = about("stat").ok()?;
    // The process name before it may contain any character.
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks = fields.split(' ').skip(11).take(2);
    let ticks: u32 = ticks.map(|field| field.parse().unwrap_or(0)).sum();
    let status = about("status").ok()?;
    let waits = status.lines().find_map(|line| {
        let count = line.strip_prefix("voluntary_ctxt_switches:")?;
        count.trim().parse().ok()
    })?;
    Some(ProcessorUse {
        time: TICK * ticks,
        waits,
    })
}

/// Processor use of `process` after about this much time.
fn after(time: Duration, process: Pid) -> ProcessorUse {
    let (_never, tick) = mpsc::channel::<()>();
    let _ = tick.recv_timeout(time);
    processor_use(process).expect("the system reports processor use")
}

/// Waits until `process` sleeps briefly again and again, as a program does that waits for a lock.
#[track_caller]
pub(crate) fn wait_for_polling(process: Pid) {
    let deadline = Instant::now() + PATIENCE;
    let first = after(Duration::ZERO, process);
    while after(Duration::from_millis(10), process).waits < first.waits + 5 {
        assert!(Instant::now() < deadline, "it waits for nothing");
    }
}

/// Checks that `process` goes idle and stays idle for a whole second.
#[track_caller]
pub(crate) fn assert_idle(process: Pid) {
    let deadline = Instant::now() + PATIENCE;
    let mut before = after(Duration::ZERO, process);
    loop {
        let now = after(Duration::from_millis(100), process);
        if now == before {
            break;
        }
        assert!(Instant::now() < deadline, "it does not go idle: {now:?}");
        before = now;
    }
    let now = after(Duration::from_secs(1), process);
    assert_eq!(now, before, "it woke up");
}

#[test]
#[cfg(target_os = "linux")]
fn left_alone_it_neither_works_nor_wakes() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home);
    terminal.wait_until_contains("leadby");
    assert_idle(terminal.process());
    start_typing(&mut terminal);
    terminal.write("release engineer");
    home.wait_until_the_draft_contains("release engineer");
    assert_idle(terminal.process());
}

#[test]
#[cfg(target_os = "linux")]
fn busy_loops_and_needless_wake_ups_are_detected() {
    let home = Home::new();
    let seen = |script: &str, more: fn(ProcessorUse, ProcessorUse) -> bool| {
        let terminal = Terminal::start_with(&home, &["/bin/sh", "-c", script]);
        let first = after(Duration::ZERO, terminal.process());
        let deadline = Instant::now() + PATIENCE;
        while !more(first, after(Duration::from_millis(20), terminal.process())) {
            assert!(Instant::now() < deadline, "{script} is not detected");
        }
    };
    seen("while :; do :; done", |first, now| {
        now.time > first.time + 10 * TICK
    });
    seen("while :; do sleep 0.01; done", |first, now| {
        now.waits > first.waits + 10
    });
}
