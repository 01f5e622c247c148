//! A review as others read it: nothing of a private page, and nothing that came from one, is in it
//! or counted in it.
//!
//! Knows no output format and no screen.

use chrono::NaiveDate;

use super::{Review, ReviewCharts};
use crate::calendar::Span;
use crate::insight::figures::{CommitmentState, Figures, state_in_span};
use crate::insight::portfolio::PublicCommitment;
use crate::insight::texts::Texts;
use crate::journal::{CommitmentOutcome, Journal, OffDays};
use crate::practice::{Catalog, Stage};

/// A review as others read it. Its text is as stored, but without the `@` before names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PublicReview {
    pub review: Review,
    pub charts: ReviewCharts,
    /// Those that ended in the span, by day, then those that were open at its end.
    pub commitments: Vec<CommitmentInSpan>,
    /// What moved on in the span in the list that counts in the twelve boxes; `None` if nothing
    /// did.
    pub stages: Option<TitlesByStage>,
}

/// How a commitment stood at the end of a span.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CommitmentInSpan {
    /// How it ended; `None` while it was open.
    pub outcome: Option<CommitmentOutcome>,
    /// The day it ended, or is due.
    pub day: NaiveDate,
    pub commitment: PublicCommitment,
}

/// The items of a list that reached a stage in a span; one that went through two is under both.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TitlesByStage {
    /// What an item of the list is called.
    pub singular: String,
    /// Stages by name, in order, without empty ones, each with titles.
    pub rows: Vec<(String, Vec<String>)>,
}

impl PublicReview {
    /// The review of a span as others read it, up to and including `today`.
    pub fn of(journal: &Journal, catalog: &Catalog, span: Span, today: NaiveDate) -> Self {
        let journal = &journal.public_part(catalog);
        let catalog = &catalog.public_part();
        let review = Review::of(journal, catalog, span, today);
        let mut page = Self {
            charts: ReviewCharts::of(journal, catalog, &review, today),
            commitments: commitments(journal, &OffDays::of(journal, catalog), &review.figures),
            stages: titles_by_stage(journal, catalog, &review.figures),
            review,
        };
        page.drop_mention_signs();
        page
    }
}

impl Texts for PublicReview {
    fn visit_texts(&mut self, visit: &mut dyn FnMut(&mut String)) {
        for one in &mut self.commitments {
            one.commitment.visit_texts(visit);
        }
        for area in &mut self.review.figures.areas {
            visit(&mut area.area);
        }
        let stages = self.stages.iter_mut().flat_map(|stages| &mut stages.rows);
        for title in stages.flat_map(|(_, titles)| titles) {
            visit(title);
        }
        for excerpt in &mut self.review.excerpts {
            visit(&mut excerpt.about);
            visit(&mut excerpt.text);
        }
    }
}

fn commitments(journal: &Journal, off: &OffDays, figures: &Figures) -> Vec<CommitmentInSpan> {
    let days = figures.days();
    let mut found: Vec<CommitmentInSpan> = journal
        .commitments()
        .into_iter()
        .filter_map(|(_, commitment)| {
            let outcome = match state_in_span(commitment, &days)? {
                CommitmentState::Ended(how) => Some(how),
                CommitmentState::Open => None,
            };
            let ended = commitment.closing.as_ref().filter(|_| outcome.is_some());
            Some(CommitmentInSpan {
                outcome,
                day: ended.map_or_else(|| off.due_day(commitment), |closing| closing.on),
                commitment: PublicCommitment::new(commitment, off),
            })
        })
        .collect();
    found.sort_by_key(|one| (one.outcome.is_none(), one.day));
    found
}

fn titles_by_stage(
    journal: &Journal,
    catalog: &Catalog,
    figures: &Figures,
) -> Option<TitlesByStage> {
    let (register, _) = catalog.monthly()?;
    let days = figures.days();
    let row = |stage: &Stage| {
        let items = journal.items(&register.id).into_iter();
        let reached =
            items.filter(|(_, item)| item.day(&stage.id).is_some_and(|it| days.contains(&it)));
        let titles = reached.map(|(_, item)| item.title().to_owned());
        (stage.name.clone(), titles.collect())
    };
    let mut rows: Vec<(String, Vec<String>)> = register.stages.iter().map(row).collect();
    rows.retain(|(_, titles)| !titles.is_empty());
    (!rows.is_empty()).then(|| TitlesByStage {
        singular: register.singular.clone(),
        rows,
    })
}
