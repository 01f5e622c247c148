//! Which week or month an answer is for, as it is written on the command line.

use super::context::CommandContext;
use super::failures::{unknown_name, usage};
use crate::calendar::{Length, Month, Span, Week};
use crate::failure::Failure;
use crate::journal::rules::Refusal;
use crate::journal::{Period, period_for};
use crate::practice::{Cadence, Catalog, Practice};
use crate::report::{self, Selection, find_practice};

/// When an answer is for, as it was given.
#[derive(Clone, Copy, Debug)]
pub(super) enum AskedWhen<'a> {
    /// The present week or month.
    Now,
    /// A text without an option: a week or a month, whichever the practice has.
    Either(&'a str),
    /// `--week`
    Week(&'a str),
    /// `--month`; empty for the present one.
    Month(&'a str),
}

/// The practice with this id or name.
pub(super) fn named_practice<'a>(
    name: &str,
    catalog: &'a Catalog,
) -> Result<&'a Practice, Failure> {
    find_practice(name, catalog).ok_or_else(|| {
        let practices = catalog.practices().iter();
        let names = practices.map(|it| Selection::Practice(it).typed_name(catalog));
        unknown_name("practice", name, &names.collect::<Vec<String>>())
    })
}

/// The period an answer to a practice is for. A week of what is asked monthly is in the month of
/// its Thursday, as ISO 8601 assigns a week to a year.
pub(super) fn asked_period(
    practice: &Practice,
    when: AskedWhen<'_>,
    context: &CommandContext<'_>,
) -> Result<Period, Failure> {
    let name = Selection::Practice(practice).typed_name(&context.catalog);
    match (practice.cadence, when) {
        (cadence, AskedWhen::Now) => Ok(period_for(cadence, context.now.week())),
        (Cadence::Standing, _) => {
            let message = format!("{name} is asked once, not per week or month");
            Err(usage(message).hint("leave out the week or month"))
        }
        (Cadence::Weekly, AskedWhen::Month(_)) => {
            let message = format!("{name} is asked every week, not per month");
            Err(usage(message).hint("--week sets a week"))
        }
        (Cadence::Weekly, AskedWhen::Either(text) | AskedWhen::Week(text)) => {
            span(Length::Week, text, context).map(|span| Period::Week(Week::of(span.first())))
        }
        (Cadence::Monthly, AskedWhen::Week(text)) => span(Length::Week, text, context)
            .map(|span| period_for(Cadence::Monthly, Week::of(span.first()))),
        (Cadence::Monthly, AskedWhen::Either(text) | AskedWhen::Month(text)) => {
            if let Ok(week) = text.parse::<Week>() {
                return Ok(period_for(Cadence::Monthly, week));
            }
            span(Length::Month, text, context).map(|span| Period::Month(Month::of(span.first())))
        }
    }
}

/// The week that a text means, if it has begun.
pub(super) fn begun_week(text: &str, context: &CommandContext<'_>) -> Result<Week, Failure> {
    let week = Week::of(span(Length::Week, text, context)?.first());
    check_begun(Span::Week(week), context).map(|()| week)
}

/// The month that a text means, if it has begun.
pub(super) fn begun_month(text: &str, context: &CommandContext<'_>) -> Result<Month, Failure> {
    let month = Month::of(span(Length::Month, text, context)?.first());
    check_begun(Span::Month(month), context).map(|()| month)
}

fn span(length: Length, text: &str, context: &CommandContext<'_>) -> Result<Span, Failure> {
    context.parse_span(length, text.trim())
}

/// Refused before anything is asked, by the words of the rule that would refuse the answers.
fn check_begun(span: Span, context: &CommandContext<'_>) -> Result<(), Failure> {
    let today = context.now.today();
    if today
        .succ_opt()
        .is_none_or(|tomorrow| span.first() <= tomorrow)
    {
        return Ok(());
    }
    Err(not_begun(span, context))
}

/// The failure about days that are to come.
pub(super) fn not_begun(span: Span, context: &CommandContext<'_>) -> Failure {
    let why = Refusal::PeriodNotBegun(span);
    usage(report::refusal(&why, context.now.today()))
}
