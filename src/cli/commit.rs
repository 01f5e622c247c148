//! `leadby commit TEXT`: one thing to lead better, by a day.

use std::process::ExitCode;

use chrono::NaiveDate;

use super::context::Context;
use super::{editor, say};
use crate::calendar;
use crate::journal::{Body, Change, Commitment};
use crate::report::{same_name, short_id};
use crate::words::quoted;

const EXAMPLES: &str = "\
Examples:
  leadby commit \"One owner for every release step\" --area process
  leadby commit \"Answer every customer within a day\" --by \"4 Dec\"
  leadby commit - --by tomorrow < note.txt";

/// Commit to lead one thing better by a day
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What better looks like; - reads it from standard input. Without it, your editor opens
    text: Option<String>,
    /// The day it is due; without it this Friday, from Friday noon on the next
    #[arg(long, value_name = "WHEN")]
    by: Option<String>,
    /// The area it is about: one of yours, or new words
    #[arg(long)]
    area: Option<String>,
}

impl Arguments {
    pub(super) fn run(self, context: &mut Context<'_>) -> anyhow::Result<ExitCode> {
        // What comes through a pipe is taken before anything can go wrong, so that it can be kept.
        let text = self.text.map(|text| context.text(text)).transpose()?;
        let due = match &self.by {
            Some(when) => context.day(when)?,
            None => calendar::by_friday(context.now),
        };
        let (better, written) = match text {
            Some(text) => (Context::full(text, "the commitment")?, None),
            None => {
                let instead = "`leadby commit TEXT` says it without one";
                let written = editor::text(context, "commitment", instead)?;
                (written.text.clone(), Some(written))
            }
        };
        let done = commit(context, better, due, self.area.unwrap_or_default());
        match written {
            Some(written) => done.map_err(|error| written.keep(error)),
            None => done,
        }
    }
}

fn commit(
    context: &mut Context<'_>,
    better: String,
    due: NaiveDate,
    area: String,
) -> anyhow::Result<ExitCode> {
    let today = context.now.today();
    let mut opened = context.open()?;
    let area = opened
        .journal
        .areas(&context.catalog)
        .into_iter()
        .find(|known| same_name(known, &area))
        .unwrap_or(area);
    let commitment = Commitment {
        better,
        area,
        due,
        made: today,
        moves: Vec::new(),
        closing: None,
        origin: None,
    };
    let said = format!(
        "Committed: {} · due {}",
        quoted(&commitment.better),
        calendar::in_words(due, today)
    );
    let change = Change::new(Body::Commitment(commitment));
    let entry = context.save(&mut opened, change)?;
    if due < today {
        let day = calendar::short(due, today);
        let id = short_id(&entry.id, &opened.journal);
        say(&format!(
            "leadby: {day} is in the past; it is saved all the same.\n  \
                 For another day: leadby check-in {id} --moved fri\n"
        ));
    }
    context.confirm(&said, &entry)
}
