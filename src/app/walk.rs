//! The weekly walk: where it begins, and where it goes on after a break.

use super::model::Model;
use super::route::{Route, Source};
use crate::journal::{Commitment, Progress};
use crate::practice::Cadence;

/// What comes next in the walk.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum GoesOn {
    /// The first page of a week in which nothing was done yet.
    Begins,
    /// A page of the practice with this place in the walk, from 0.
    Practice(usize),
    /// The commitment.
    Commitment,
    /// The steps before the first walk.
    FirstSteps,
    /// Nothing: the week is to be looked at.
    Summary,
}

impl Model {
    /// Where the walk goes on: at the place it was left this week, or at the first practice that
    /// is not done, or in the week's summary.
    pub(super) fn walk_route(&self) -> Route {
        let week = self.now.week();
        if let Some(route) = self.place_in_walk() {
            return route;
        }
        if self.journal.is_empty()
            && !self.greeted
            && let Some(route) = self.ground_route()
        {
            return route;
        }
        let next = self
            .catalog
            .walk()
            .find(|practice| self.journal.progress(practice, week) != Progress::Done);
        match next {
            Some(practice) => Route::Page {
                practice: practice.id.clone(),
                week,
                page: 1,
            },
            None => Route::Summary(week),
        }
    }

    /// Where the walk goes on, as Home names it: what Enter there opens is what this says.
    #[must_use]
    pub fn walk_goes_on(&self) -> GoesOn {
        let (week, mut walk) = (self.now.week(), self.catalog.walk());
        let begun = walk.any(|practice| self.journal.progress(practice, week) != Progress::NotYet);
        let route = self.walk_route();
        match &route {
            Route::Page { practice, .. } => {
                let at = self.catalog.walk().position(|other| other.id == *practice);
                match at {
                    Some(0) if !begun && self.first_page() == Some(route) => GoesOn::Begins,
                    Some(at) => GoesOn::Practice(at),
                    None => GoesOn::FirstSteps,
                }
            }
            Route::Commit(_) => GoesOn::Commitment,
            _ => GoesOn::Summary,
        }
    }

    /// The place where the walk was left this week, unless what was asked there is done.
    fn place_in_walk(&self) -> Option<Route> {
        let place = self.place.as_ref()?;
        let week = self.now.week();
        if !week.holds(place.at.date_naive()) {
            return None;
        }
        let route = Route::named(&place.screen)?;
        let words_wait = self.kept.keys().any(|(screen, _)| *screen == place.screen);
        let open = match &route {
            // What was left of another week is a draft, and no part of this week's walk.
            Route::Page { week: other, .. } if *other != week => false,
            Route::Page { practice, .. } => {
                let practice = self.catalog.practice(practice)?;
                // Home asks this with every frame, and all commitments are looked at for it.
                let first_steps = || self.journal.week(&self.catalog, week).answered.is_empty();
                match practice.cadence {
                    Cadence::Weekly => {
                        words_wait || self.journal.progress(practice, week) != Progress::Done
                    }
                    Cadence::Standing => words_wait || first_steps(),
                    Cadence::Monthly => false,
                }
            }
            Route::Commit(Source::Walk(_, other)) if *other == week => {
                let made = |(_, commitment): &(_, &Commitment)| week.holds(commitment.made);
                words_wait || !self.journal.commitments().iter().any(made)
            }
            _ => false,
        };
        open.then_some(route)
    }

    /// The page about role, responsibilities and areas.
    pub(super) fn ground_route(&self) -> Option<Route> {
        let standing = self
            .catalog
            .practices()
            .iter()
            .find(|practice| practice.cadence == Cadence::Standing)?;
        Some(Route::Page {
            practice: standing.id.clone(),
            week: self.now.week(),
            page: 1,
        })
    }

    /// Opens a page of the walk; the first steps go on into it.
    pub(super) fn begin(&mut self, route: &Route) {
        let standing = match route {
            Route::Page { practice, .. } => self
                .catalog
                .practice(practice)
                .is_some_and(|practice| practice.cadence == Cadence::Standing),
            _ => false,
        };
        self.greeted |= standing;
        self.onward = standing;
        self.open(route);
    }

    /// The first page of the walk.
    pub(super) fn first_page(&self) -> Option<Route> {
        let practice = self.catalog.walk().next()?;
        Some(Route::Page {
            practice: practice.id.clone(),
            week: self.now.week(),
            page: 1,
        })
    }
}
