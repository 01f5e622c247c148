//! `leadby ladder tie` and `untie`: what an entry is evidence for.

use super::super::context::CommandContext;
use super::super::failures::{not_found, usage};
use super::super::user_ladder::require_ladder;
use super::super::{acts, resolve};
use crate::failure::Failure;
use crate::journal::Body;
use crate::ladder::{Expectation, Ladder};
use crate::report;
use crate::text::{one_line, quoted};

const EXAMPLES: &str = "\
Examples:
  leadby ladder tie 7f3a9c lead-craft
  leadby ladder untie 7f3a9c lead-craft   also keeps it from being proposed";

/// An entry and an expectation.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A commitment or an item, by its id or the beginning or end of it
    id: String,
    /// The id of the expectation, as `leadby ladder` shows it, or the beginning of it
    expectation: String,
}

impl Arguments {
    /// Makes the entry evidence for the expectation, or not any more.
    pub(super) fn run(
        self,
        is_evidence: bool,
        context: &mut CommandContext<'_>,
    ) -> anyhow::Result<()> {
        let ladder = require_ladder(&context.ladder, &context.catalog)?;
        let expectation = find_expectation(&ladder, &self.expectation)?;
        let mut opened = context.open()?;
        let (journal, catalog) = (&opened.journal, &context.catalog);
        let entry = resolve::entry_by_id(&self.id, journal, context)?;
        let text = quoted(&report::entry_text(&entry, catalog));
        if !matches!(entry.body, Body::Commitment(_) | Body::Item(_)) {
            return Err(
                usage(format!("“{text}” cannot be evidence for an expectation"))
                    .hint("it takes commitments and items of lists")
                    .into(),
            );
        }
        if let Some(private) = acts::private_words(journal.privacy(&entry, catalog)) {
            let message = format!("“{text}” {private}, and never evidence for others");
            return Err(usage(message).into());
        }
        let before = journal.ladder_choice(&entry.id);
        let id = &expectation.id;
        let (after, said) = if is_evidence {
            (before.clone().with(id), "Evidence for")
        } else {
            (before.clone().without(id), "Not evidence for")
        };
        if after == before {
            return acts::report_unchanged(context);
        }
        let saved = context.save(&mut opened, after.into_ladder_change())?;
        context.confirm_saved(&format!("{said} {}: {text}", one_line(id)), &saved)
    }
}

/// The expectation with this id, or the only one whose id begins with it.
fn find_expectation<'a>(ladder: &'a Ladder, text: &str) -> Result<&'a Expectation, Failure> {
    let asked = text.trim().to_lowercase();
    let all = ladder.expectations.iter();
    let is_it = |it: &&Expectation| it.id.to_lowercase() == asked;
    if let Some(found) = all.clone().find(is_it) {
        return Ok(found);
    }
    let begins = |it: &&Expectation| it.id.to_lowercase().starts_with(&asked);
    let beginning: Vec<&Expectation> = all.filter(begins).collect();
    match beginning[..] {
        [found] => Ok(found),
        [] => {
            let failure = not_found(format!("no expectation with id “{}”", quoted(text)));
            Err(failure.hint("`leadby ladder --all` shows every id"))
        }
        _ => {
            let ids: Vec<String> = beginning.iter().map(|it| one_line(&it.id)).collect();
            let message = format!("“{}” matches {} expectations", quoted(text), ids.len());
            Err(usage(message).hint(ids.join(", ")))
        }
    }
}
