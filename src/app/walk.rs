//! The weekly walk: where it starts, where it continues after a break, and how often its pages were
//! walked.

use super::model::Model;
use super::route::{CommitSource, Route};
use super::screen::{Screen, WALKS, words_checksum};
use crate::insight::{self, Progress};
use crate::journal::rules::{has_only_notes, next_due, waiting_notes};
use crate::journal::{Commitment, Id};
use crate::practice::{Cadence, Practice, Provides, Step};
use crate::store::{WalkedPage, WalkedPages};

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NextWalkStep {
    /// The first page, in a week with nothing done yet.
    WeekStart,
    /// A page of the practice at this position in the walk, from 0.
    Practice(usize),
    Commitment,
    /// The steps before the first walk.
    FirstSteps,
    /// None: the week's summary is next.
    Summary,
}

impl Model {
    /// Where the walk continues: with what is due, at the last position of this week, at the first
    /// practice that is not done, or in the week's summary.
    pub(super) fn walk_route(&self) -> Route {
        self.next_due()
            .map_or_else(|| self.walk_route_after_due(), Route::CheckIn)
    }

    fn next_due(&self) -> Option<Id> {
        next_due(&self.asked_due, self.scene().basis())
    }

    /// Leaves a check-in for the next commitment that is due; after the last one for the walk, if it
    /// asked for them, or for the screen behind.
    pub(super) fn open_next_due(&mut self) {
        if let Route::CheckIn(id) = self.state().route() {
            self.asked_due.push(id);
        }
        self.pop_screen();
        if let Some(next) = self.next_due() {
            self.open(&Route::CheckIn(next));
        } else if self.end_due() {
            let route = self.walk_route_after_due();
            self.open(&route);
            self.offer_notes();
        } else {
            self.refresh();
        }
    }

    /// Ends the questions about what is due; returns whether the walk had asked them.
    pub(super) fn end_due(&mut self) -> bool {
        self.asked_due.clear();
        std::mem::take(&mut self.continue_walk)
    }

    fn walk_route_after_due(&self) -> Route {
        let week = self.now.week();
        if let Some(route) = self.resume_route() {
            return route;
        }
        if !self.first_steps_shown
            && has_only_notes(self.scene().basis())
            && let Some(route) = self.profile_route()
        {
            return route;
        }
        let next = self
            .catalog
            .walk()
            .find(|practice| insight::progress(&self.journal, practice, week) != Progress::Done);
        match next {
            Some(practice) => Route::page(&practice.id, week, 1),
            None => Route::Summary(week),
        }
    }

    /// Where the walk continues after what is due, for Home to name; Enter there opens the same.
    pub fn next_walk_step(&self) -> NextWalkStep {
        let (week, mut walk) = (self.now.week(), self.catalog.walk());
        let begun = walk.any(|practice| {
            insight::progress(&self.journal, practice, week) != Progress::NotStarted
        });
        let route = self.walk_route_after_due();
        match &route {
            Route::Page { practice, .. } => {
                let at = self.catalog.walk().position(|other| other.id == *practice);
                match at {
                    Some(0) if !begun && self.first_page() == Some(route) => {
                        NextWalkStep::WeekStart
                    }
                    Some(at) => NextWalkStep::Practice(at),
                    None => NextWalkStep::FirstSteps,
                }
            }
            Route::Commit(_) => NextWalkStep::Commitment,
            _ => NextWalkStep::Summary,
        }
    }

    /// The last position in the walk this week, unless its page is done.
    fn resume_route(&self) -> Option<Route> {
        let place = self.last_position.as_ref()?;
        let week = self.now.week();
        if !week.contains(place.at.date_naive()) {
            return None;
        }
        let route = Route::from_name(&place.screen)?;
        let words_wait = self.has_kept_draft(&place.screen);
        let open = match &route {
            // A page of another week is a draft, not part of this week's walk.
            Route::Page { week: other, .. } if *other != week => false,
            Route::Page { practice, .. } => {
                let practice = self.catalog.practice(practice)?;
                let is_done = |practice: &Practice, step: &Step| {
                    insight::is_step_done(&self.journal, practice, step, week)
                };
                // Lazy: Home asks in every frame.
                let first_steps = || {
                    let mut walk = self.catalog.walk();
                    walk.all(|it| !it.steps.iter().any(|step| is_done(it, step)))
                };
                match practice.cadence {
                    Cadence::Weekly => {
                        words_wait
                            || insight::progress(&self.journal, practice, week) != Progress::Done
                    }
                    // The first steps are those of the profile.
                    Cadence::Standing => {
                        let is_profile = self.profile().is_some_and(|it| it.id == practice.id);
                        is_profile && (words_wait || first_steps())
                    }
                    Cadence::Monthly => false,
                }
            }
            Route::Commit(CommitSource::Walk(_, other)) if *other == week => {
                let made = |(_, commitment): &(_, &Commitment)| week.contains(commitment.made);
                words_wait || !self.journal.commitments().iter().any(made)
            }
            _ => false,
        };
        open.then_some(route)
    }

    /// The practice about role, responsibilities and areas.
    fn profile(&self) -> Option<&Practice> {
        let asks = [
            Provides::Role,
            Provides::Responsibilities,
            Provides::CoreFunction,
            Provides::Tracks,
            Provides::Areas,
        ];
        let mut found = asks.into_iter().filter_map(|it| self.catalog.provider(it));
        let is_profile = |(it, _): &(&Practice, _)| it.cadence == Cadence::Standing;
        found.find(is_profile).map(|(practice, _)| practice)
    }

    pub(super) fn profile_route(&self) -> Option<Route> {
        Some(Route::page(&self.profile()?.id, self.now.week(), 1))
    }

    /// The page on which the portfolio's summary is written.
    pub(super) fn talk_route(&self) -> Option<Route> {
        let (practice, step) = self.catalog.provider(Provides::Summary)?;
        Some(Route::page(&practice.id, self.now.week(), step.page))
    }

    /// Whether the check-in shown is the first part of the walk.
    pub fn asks_due_in_walk(&self) -> bool {
        self.continue_walk
    }

    /// Opens a page of the walk, which continues after what is due and after the first steps.
    pub(super) fn start_walk(&mut self, route: &Route) {
        let standing = match route {
            Route::Page { practice, .. } => self
                .catalog
                .practice(practice)
                .is_some_and(|practice| practice.cadence == Cadence::Standing),
            _ => false,
        };
        self.first_steps_shown |= standing;
        self.continue_walk = standing || matches!(route, Route::CheckIn(_));
        self.open(route);
        if !matches!(route, Route::CheckIn(_)) {
            self.offer_notes();
        }
    }

    /// Replaces the present screen by another; by the one behind it, or the first page of the walk, if
    /// that is Home.
    pub(super) fn replace_screen(&mut self, route: &Route) {
        self.pop_screen();
        let behind = self.screens.len();
        match route {
            Route::Home if std::mem::take(&mut self.continue_walk) => {
                if let Some(first) = self.first_page() {
                    self.open(&first);
                }
            }
            Route::Home => {}
            other => {
                if matches!(other, Route::Summary(_)) {
                    self.last_position = None;
                }
                self.open(other);
            }
        }
        if self.screens.len() == behind {
            self.refresh();
        }
    }

    /// Offers the notes that wait before the page of the walk, once a week.
    fn offer_notes(&mut self) {
        let week = Some(self.now.week());
        if self.notes_offered != week && !waiting_notes(self.basis()).is_empty() {
            self.notes_offered = week;
            self.open(&Route::Inbox);
            if let Some(Screen::Inbox(inbox)) = self.screens.last_mut() {
                inbox.before_walk();
            }
        }
    }

    pub(super) fn first_page(&self) -> Option<Route> {
        let practice = self.catalog.walk().next()?;
        Some(Route::page(&practice.id, self.now.week(), 1))
    }

    /// Notes that a page of this week's walk is open.
    pub(super) fn note_walked(&mut self, route: &Route) {
        let present = self.now.week();
        let Route::Page { practice, week, .. } = route else {
            return;
        };
        let practice = self.catalog.practice(practice);
        let is_walked = |it: &&Practice| it.cadence == Cadence::Weekly && *week == present;
        let Some(practice) = practice.filter(is_walked) else {
            return;
        };
        let (words, week) = (words_checksum(practice), present.to_string());
        let page = self.walked_pages.entry(practice.id.clone()).or_default();
        if page.words != words {
            *page = WalkedPage {
                words,
                weeks: Vec::new(),
            };
        }
        if !page.weeks.contains(&week) {
            // This week and those that make it familiar are enough.
            let more = (page.weeks.len() + 1).saturating_sub(WALKS + 1);
            page.weeks.drain(..more);
            page.weeks.push(week);
        }
    }

    /// How often the pages were walked, if that has changed since it was last noted.
    pub fn take_walked_pages(&mut self) -> Option<&WalkedPages> {
        let is_new = self.noted_pages != self.walked_pages;
        self.noted_pages.clone_from(&self.walked_pages);
        is_new.then_some(&self.walked_pages)
    }
}
