//! The options that say which days a command looks back on, the same on every command.

use chrono::NaiveDate;

use super::context::CommandContext;
use super::failures::{not_found, usage};
use super::periods::not_begun;
use crate::calendar::{Length, Span};
use crate::failure::Failure;
use crate::insight::last_talk;
use crate::journal::Journal;

/// The day of the last talk, for `--since`.
const LAST_TALK: &str = "last-talk";

// Which days are asked for; none of them means what the command says.
#[derive(Debug, clap::Args)]
pub(super) struct LookBack {
    /// A week: this one, or last, 48, 2026-W48, a day in it
    #[arg(long, value_name = "WHEN", num_args = 0..=1, default_missing_value = "", help_heading = "Days", conflicts_with_all = ["month", "quarter", "year", "since", "until"])]
    week: Option<String>,
    /// A month: this one, or last, nov, 2026-11
    #[arg(long, value_name = "WHEN", num_args = 0..=1, default_missing_value = "", help_heading = "Days", conflicts_with_all = ["quarter", "year", "since", "until"])]
    month: Option<String>,
    /// A quarter: this one, or last, Q3, 2026-Q3
    #[arg(long, value_name = "WHEN", num_args = 0..=1, default_missing_value = "", help_heading = "Days", conflicts_with_all = ["year", "since", "until"])]
    quarter: Option<String>,
    /// A year: this one, or last, 2025
    #[arg(long, value_name = "WHEN", num_args = 0..=1, default_missing_value = "", help_heading = "Days", conflicts_with_all = ["since", "until"])]
    year: Option<String>,
    /// From this day on: 1 Oct, 6w, last-month; in a review or a portfolio also last-talk
    #[arg(long, value_name = "WHEN", help_heading = "Days")]
    since: Option<String>,
    /// Up to this day, or the end of it: fri, 2026-11
    #[arg(long, value_name = "WHEN", help_heading = "Days")]
    until: Option<String>,
}

impl LookBack {
    /// The days that are asked for, without an end where none is given; `None` without any option.
    pub(super) fn span(&self, context: &CommandContext<'_>) -> Result<Option<Span>, Failure> {
        self.span_from(context, |since| {
            context.range(since).map(|days| *days.start())
        })
    }

    /// The same, where `since` means the day of that name.
    fn span_from(
        &self,
        context: &CommandContext<'_>,
        since: impl FnOnce(&str) -> Result<NaiveDate, Failure>,
    ) -> Result<Option<Span>, Failure> {
        let lengths = [&self.week, &self.month, &self.quarter, &self.year];
        let mut lengths = Length::ALL.into_iter().zip(lengths);
        if let Some((length, when)) = lengths.find_map(|(it, when)| Some((it, when.as_ref()?))) {
            return context.parse_span(length, when).map(Some);
        }
        let since = self.since.as_deref().map(since).transpose()?;
        let until = self.until.as_deref().map(|it| context.range(it));
        let until = until.transpose()?;
        if since.is_none() && until.is_none() {
            return Ok(None);
        }
        let first = since.unwrap_or(NaiveDate::MIN);
        let last = until.map_or(NaiveDate::MAX, |days| *days.end());
        if last < first {
            return Err(usage("--until is before --since"));
        }
        Ok(Some(Span::Days(first, last)))
    }

    /// The same, from the first day of the journal or to today where no end is given; refused if it has
    /// not begun. It also knows the day of the last talk.
    pub(super) fn past_span(
        &self,
        journal: &Journal,
        context: &CommandContext<'_>,
    ) -> Result<Option<Span>, Failure> {
        let (today, began) = (context.now.today(), journal.first_day());
        let since = |text: &str| {
            if text != LAST_TALK {
                return context.range(text).map(|days| *days.start());
            }
            last_talk(journal, &context.catalog, today).ok_or_else(|| {
                not_found("no talk is remembered yet")
                    .hint("`leadby portfolio --for manager -o FILE` remembers its day")
            })
        };
        let ended = |first: NaiveDate, last: NaiveDate| {
            let last = if last == NaiveDate::MAX { today } else { last };
            let began = began.unwrap_or(last);
            let first = if first == NaiveDate::MIN {
                began
            } else {
                first
            };
            Span::Days(first.min(last), last)
        };
        let Some(span) = self.span_from(context, since)? else {
            return Ok(None);
        };
        if today < span.first() {
            return Err(not_begun(span, context));
        }
        Ok(Some(match span {
            Span::Days(first, last) => ended(first, last),
            whole => whole,
        }))
    }
}
