//! The weekly walk: where it begins, and where it goes on after a break.

use super::model::Model;
use super::route::{Route, Source};
use crate::journal::{Commitment, Progress};
use crate::practice::Cadence;

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

    /// The place where the walk was left this week, unless what was asked there is done.
    fn place_in_walk(&self) -> Option<Route> {
        let place = self.place.as_ref()?;
        let week = self.now.week();
        if !week.holds(place.at.date_naive()) {
            return None;
        }
        let route = Route::named(&place.screen)?;
        // A page of another week is no part of this week's walk, whenever it was left.
        if let Route::Page { week: of, .. } | Route::Commit(Source::Walk(_, of)) = &route
            && *of != week
        {
            return None;
        }
        let words_wait = self.kept.keys().any(|(screen, _)| *screen == place.screen);
        let open = match &route {
            Route::Page { practice, week, .. } => {
                let practice = self.catalog.practice(practice)?;
                let first_steps = self.journal.week(&self.catalog, *week).answered.is_empty();
                match practice.cadence {
                    Cadence::Weekly => self.journal.progress(practice, *week) != Progress::Done,
                    Cadence::Standing => first_steps,
                    Cadence::Monthly => false,
                }
            }
            Route::Commit(Source::Walk(..)) => {
                let made = |(_, commitment): &(_, &Commitment)| week.holds(commitment.made);
                !self.journal.commitments().iter().any(made)
            }
            _ => false,
        };
        (open || words_wait).then_some(route)
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
