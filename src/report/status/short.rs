//! Where things stand, as a line for a prompt or a status bar, and what of a journal it takes.
//!
//! It is asked for again and again, so it is made of as little as possible; what it says is what
//! the page says.

use chrono::NaiveDate;

use crate::calendar::{self, Now, Week, plain_day};
use crate::journal::{Commitment, Head, Id, Journal, Progress};
use crate::practice::Catalog;
use crate::report::describe::mark;
use crate::words::{clip, one_line};

/// The least of where things stand.
#[derive(Clone, Debug)]
pub struct Short<'a> {
    today: NaiveDate,
    week: Week,
    done: usize,
    of: usize,
    open: Vec<&'a Commitment>,
}

impl<'a> Short<'a> {
    /// How things stand at `now`.
    #[must_use]
    pub fn at(now: Now, journal: &'a Journal, catalog: &Catalog) -> Self {
        let done = catalog
            .walk()
            .filter(|practice| journal.progress(practice, now.week()) == Progress::Done);
        let open = journal.open_commitments();
        Self {
            today: now.today(),
            week: now.week(),
            done: done.count(),
            of: catalog.walk().count(),
            open: open.into_iter().map(|(_, commitment)| commitment).collect(),
        }
    }

    /// Tells by its first words whether a version can have a part in [`Short::at`].
    ///
    /// Of answers that is one for this week; of items, one that was written this week.
    pub fn needs(now: Now) -> impl Fn(&dyn Head) -> bool {
        let (week, text) = (now.week(), now.week().to_string());
        move |head| match Id::week_in(head.id()) {
            Some(week) => week == text.as_bytes(),
            None => head
                .item()
                .is_none_or(|item| plain_day(item.written).is_none_or(|day| Week::of(day) == week)),
        }
    }

    /// How many commitments are due today or overdue.
    #[must_use]
    pub fn due(&self) -> usize {
        let due = |commitment: &&&Commitment| commitment.due <= self.today;
        self.open.iter().filter(due).count()
    }

    /// `W48 3/8 · ▸ One owner for every release step (Fri 27 Nov)`, with `!` for what is due or
    /// overdue and `+1` for what else is open. No line feed.
    #[must_use]
    pub fn line(&self) -> String {
        let week = format!("W{:02} {}/{}", self.week.number(), self.done, self.of);
        let Some(first) = self.open.first() else {
            return week;
        };
        let better = clip(&one_line(&first.better), 48);
        let due = calendar::short(first.due, self.today);
        let line = format!("{week} · {} {better} ({due})", mark(first, self.today));
        match self.open.len() - 1 {
            0 => line,
            more => format!("{line} +{more}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn a_status_bar_reads_a_line() {
        let (journal, catalog) = (samples::journal(), samples::catalog());
        let short = Short::at(samples::now(), &journal, &catalog);
        insta::assert_snapshot!(short.line(), @"W48 1/2 · ! Inbox rules (Fri 20 Nov) +1");
        assert_eq!(short.due(), 1);
        let empty = Journal::default();
        let short = Short::at(samples::now(), &empty, &catalog);
        assert_eq!((short.line().as_str(), short.due()), ("W48 0/2", 0));
    }
}
