//! Wakes the program at midnight, when the date changes.
//!
//! Knows nothing of what the new date changes.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Duration;

use super::clock::Clock;
use crate::calendar::Now;

/// Wakes the event loop when the day is over.
///
/// A wait for a number of seconds pauses while the machine sleeps, and would end hours late. Linux
/// has an alarm for a time on the clock, which also goes off when that clock is set; elsewhere the
/// next key must do.
pub(super) struct Midnight {
    clock: Clock,
    alarm: Option<OwnedFd>,
}

impl Midnight {
    /// The midnights of `clock`; a fixed clock has none.
    pub(super) fn new(clock: Clock) -> Self {
        let alarm = if clock.is_running() {
            alarm::new()
        } else {
            None
        };
        Self { clock, alarm }
    }

    /// Sets the alarm for the next midnight; returns how long to wait if there is no alarm.
    pub(super) fn set(&self) -> Option<Duration> {
        if !self.clock.is_running() {
            return None;
        }
        let now = self.clock.now();
        // A second later, as the clock has no fractions of seconds, but the wait has.
        let seconds = now.seconds_to_midnight() + 1;
        match &self.alarm {
            Some(alarm) if alarm::set(alarm, unix_time_after(now, seconds)) => None,
            _ => Some(Duration::from_secs(u64::from(seconds))),
        }
    }

    /// What becomes readable at midnight, if anything does.
    pub(super) fn alarm(&self) -> Option<BorrowedFd<'_>> {
        self.alarm.as_ref().map(AsFd::as_fd)
    }
}

/// The time in that many seconds, as seconds since 1970.
fn unix_time_after(now: Now, seconds: u32) -> i64 {
    now.timestamp()
        .timestamp()
        .saturating_add(i64::from(seconds))
}

#[cfg(target_os = "linux")]
mod alarm {
    use std::os::fd::OwnedFd;

    use rustix::io::Errno;
    use rustix::time::{
        Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create,
        timerfd_settime,
    };

    pub(super) fn new() -> Option<OwnedFd> {
        let flags = TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC;
        timerfd_create(TimerfdClockId::Realtime, flags).ok()
    }

    /// Sets it again; earlier times that it went off are forgotten.
    pub(super) fn set(alarm: &OwnedFd, seconds: i64) -> bool {
        let flags = TimerfdTimerFlags::ABSTIME | TimerfdTimerFlags::CANCEL_ON_SET;
        let once = Itimerspec {
            it_interval: Timespec::default(),
            it_value: Timespec {
                tv_sec: seconds,
                tv_nsec: 0,
            },
        };
        // `CANCELED` says that the clock was set since the last time; the alarm is still set.
        matches!(
            timerfd_settime(alarm, flags, &once),
            Ok(_) | Err(Errno::CANCELED)
        )
    }
}

#[cfg(not(target_os = "linux"))]
mod alarm {
    use std::os::fd::OwnedFd;

    pub(super) fn new() -> Option<OwnedFd> {
        None
    }

    pub(super) fn set(_: &OwnedFd, _: i64) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evening() -> Now {
        let stamp = "2026-11-24T23:59:50+01:00".parse();
        Now::new(stamp.expect("it is an instant"))
    }

    #[test]
    fn a_clock_that_stands_still_has_no_midnight() {
        let midnight = Midnight::new(Clock::fixed(evening()));
        assert!(midnight.set().is_none());
        assert!(midnight.alarm().is_none());
    }

    #[test]
    fn the_alarm_is_set_to_the_first_second_of_tomorrow() {
        let seconds = evening().seconds_to_midnight() + 1;
        let tomorrow = "2026-11-25T00:00:01+01:00".parse::<crate::calendar::Timestamp>();
        let tomorrow = tomorrow.expect("it is an instant").timestamp();
        assert_eq!(unix_time_after(evening(), seconds), tomorrow);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn an_alarm_goes_off_and_is_silent_once_set_anew() {
        use rustix::event::{PollFd, PollFlags};

        let alarm = alarm::new().expect("Linux has alarms");
        let rings = |time| {
            let mut fds = [PollFd::new(&alarm, PollFlags::IN)];
            super::super::tty::wait_until_ready(&mut fds, Some(time)).expect("it can be waited for")
        };
        assert!(alarm::set(&alarm, 1));
        assert!(rings(Duration::from_secs(5)));
        assert!(alarm::set(&alarm, i64::from(i32::MAX)));
        assert!(!rings(Duration::ZERO));
    }
}
