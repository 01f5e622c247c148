//! The recount: every figure from a plain list of all versions, read from start to end each time.
//! Written from `assets/figures.md` alone; knows nothing of the index.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::calendar::{Span, Timestamp, Week};
use crate::insight::{Figure, Figures, Tally};
use crate::journal::{
    Body, Commitment, CommitmentOutcome, Entry, Id, Item, Move, Period, UndoTarget,
};
use crate::practice::{Ask, Catalog, DoneWhen, Practice, Step};

/// All versions, the span to count in, and today.
pub(super) struct Recount<'a> {
    pub(super) entries: &'a [Entry],
    pub(super) catalog: &'a Catalog,
    pub(super) span: Span,
    pub(super) today: NaiveDate,
}

impl Recount<'_> {
    fn end(&self) -> NaiveDate {
        if self.today < self.span.last() {
            self.today
        } else {
            self.span.last()
        }
    }

    fn in_span(&self, day: NaiveDate) -> bool {
        self.span.contains(day) && day <= self.today
    }

    fn is_current(&self, entry: &Entry) -> bool {
        let later = |other: &Entry| other.id == entry.id && other.rev > entry.rev;
        !self.entries.iter().any(later)
    }

    fn commitments(&self) -> Vec<(&Id, &Commitment)> {
        self.entries
            .iter()
            .filter(|entry| self.is_current(entry))
            .filter_map(|entry| match &entry.body {
                Body::Commitment(commitment) => Some((&entry.id, commitment)),
                _ => None,
            })
            .collect()
    }

    fn items(&self, register: &str) -> Vec<(&Id, &Item)> {
        self.entries
            .iter()
            .filter(|entry| self.is_current(entry))
            .filter_map(|entry| match &entry.body {
                Body::Item(item) if item.register == register => Some((&entry.id, item)),
                _ => None,
            })
            .collect()
    }

    fn is_work(&self, version: &Entry) -> bool {
        is_work(self.entries, version)
    }

    fn first_written(&self, id: &Id) -> NaiveDate {
        self.first_at(id).date_naive()
    }

    fn first_at(&self, id: &Id) -> Timestamp {
        let versions = || self.entries.iter().filter(|entry| entry.id == *id);
        let work = versions().filter(|entry| self.is_work(entry));
        let first = work.map(|entry| entry.at).min();
        // Only undos in an invalid order leave an entry that is wholly undone and still there.
        first
            .or_else(|| versions().map(|entry| entry.at).min())
            .expect("it was written")
    }

    fn ended(&self, how: CommitmentOutcome) -> Vec<&Commitment> {
        self.commitments()
            .into_iter()
            .map(|(_, commitment)| commitment)
            .filter(|commitment| {
                let closing = commitment.closing.as_ref();
                closing.is_some_and(|closing| closing.how == how && self.in_span(closing.on))
            })
            .collect()
    }

    fn open(&self) -> Vec<&Commitment> {
        self.commitments()
            .into_iter()
            .map(|(_, commitment)| commitment)
            .filter(|commitment| {
                let closing = commitment.closing.as_ref();
                let ended = closing.is_some_and(|closing| closing.on <= self.end());
                commitment.made <= self.end() && !ended
            })
            .collect()
    }

    fn tally(&self, about: impl Fn(&Commitment) -> bool) -> Tally {
        let count = |all: Vec<&Commitment>| all.into_iter().filter(|one| about(one)).count();
        Tally {
            kept: count(self.ended(CommitmentOutcome::Kept)),
            missed: count(self.ended(CommitmentOutcome::Missed)),
            let_go: count(self.ended(CommitmentOutcome::LetGo)),
            open: count(self.open()),
        }
    }

    /// For each commitment that was kept or missed by the end, in order, whether it was kept.
    fn kept_in_order(&self) -> Vec<bool> {
        let mut endings = Vec::new();
        for (id, commitment) in self.commitments() {
            if let Some(closing) = &commitment.closing
                && closing.on <= self.end()
                && closing.how != CommitmentOutcome::LetGo
            {
                endings.push((
                    closing.on,
                    commitment.due,
                    id,
                    closing.how == CommitmentOutcome::Kept,
                ));
            }
        }
        endings.sort();
        endings.into_iter().map(|(.., kept)| kept).collect()
    }

    /// The first week with an entry in it or about it; this week in an empty journal.
    fn first_week(&self) -> Week {
        let work = self.entries.iter().filter(|entry| self.is_work(entry));
        let written = work.map(|entry| entry.at.date_naive());
        let answered = self
            .entries
            .iter()
            .filter_map(|entry| match &entry.body {
                Body::Answer(answer) if self.is_current(entry) && !answer.value.is_empty() => self
                    .catalog
                    .walk()
                    .any(|practice| practice.id == answer.practice)
                    .then_some(answer.period),
                _ => None,
            })
            .filter_map(|period| match period {
                Period::Week(week) => Some(week),
                Period::Standing | Period::Month(_) => None,
            });
        let first = written.map(Week::of).chain(answered).min();
        first.unwrap_or(Week::of(self.today))
    }

    /// Whether the list of days off has this day.
    fn is_listed(&self, day: NaiveDate) -> bool {
        let Some((register, fields)) = self.catalog.off() else {
            return false;
        };
        self.items(&register.id).into_iter().any(|(_, item)| {
            let from = item.day(&fields.from);
            let to = item.day(&fields.to).or(from);
            match (from, to) {
                (Some(from), Some(to)) => from.min(to) <= day && day <= from.max(to),
                _ => false,
            }
        })
    }

    /// The day on which something due on this day is asked.
    fn asked_on(&self, day: NaiveDate) -> NaiveDate {
        let is_off = |day: &NaiveDate| {
            let friday = Week::of(*day).friday();
            self.is_listed(*day) || (*day > friday && self.is_listed(friday))
        };
        let mut days = day.iter_days();
        days.find(|day| !is_off(day)).expect("it ends")
    }

    fn is_week_off(&self, week: Week) -> bool {
        let mut days = week
            .monday()
            .iter_days()
            .take_while(|day| *day <= week.friday());
        days.all(|day| self.is_listed(day))
    }

    fn weeks(&self) -> Vec<Week> {
        let mut weeks = self.begun_weeks();
        weeks.retain(|week| !self.is_week_off(*week));
        weeks
    }

    fn begun_weeks(&self) -> Vec<Week> {
        let first = self.first_week();
        let mut weeks = BTreeSet::new();
        for day in self.span.first().iter_days() {
            if day > self.span.last() {
                break;
            }
            let week = Week::of(day);
            let belongs = match self.span {
                Span::Days(..) => true,
                _ => self.span.contains(week.thursday()),
            };
            if belongs && first <= week && week.monday() <= self.end() {
                weeks.insert(week);
            }
        }
        weeks.into_iter().collect()
    }

    fn has_something(&self, practice: &Practice, ask: &Ask, step: &str, week: Week) -> bool {
        match ask {
            Ask::Answer(_) => self.entries.iter().any(|entry| {
                matches!(&entry.body, Body::Answer(answer)
                    if answer.period == Period::Week(week)
                        && answer.practice == practice.id
                        && answer.step == *step
                        && !answer.value.is_empty())
                    && self.is_current(entry)
            }),
            Ask::Register(id) => self.entries.iter().any(|entry| {
                matches!(&entry.body, Body::Item(item) if item.register == *id)
                    && week.contains(entry.at.date_naive())
                    && self.is_work(entry)
            }),
        }
    }

    fn is_done(&self, practice: &Practice, week: Week) -> bool {
        let steps = || practice.steps.iter();
        let has = |step: &Step| self.has_something(practice, &step.ask, &step.id, week);
        let anything = steps().any(has);
        match practice.done {
            DoneWhen::Any => anything,
            DoneWhen::All => anything && !steps().any(|step| !step.optional && !has(step)),
        }
    }

    /// What everyone with several names goes by, in lower case.
    fn main_names(&self) -> BTreeMap<String, String> {
        let mut main: BTreeMap<String, String> = BTreeMap::new();
        let (register, field) = self.catalog.joined_names().expect("there is one");
        let mut joins = self.items(&register.id);
        joins.sort_by_key(|(id, _)| (self.first_at(id), id.to_owned()));
        for (_, item) in joins {
            let name = item.text(field).to_lowercase();
            let others = item.title().to_lowercase();
            let others = others.split(',').map(str::trim);
            for other in others.filter(|other| !other.is_empty() && !name.is_empty()) {
                let of = |main: &BTreeMap<String, String>, name: &str| {
                    main.get(name).cloned().unwrap_or(name.to_owned())
                };
                let (before, mut after) = (of(&main, other), of(&main, &name));
                if before == after {
                    after.clone_from(&name);
                }
                main.entry(other.to_owned()).or_insert(before.clone());
                main.entry(name.clone()).or_insert(before.clone());
                main.entry(before.clone()).or_insert(before.clone());
                for one in main.values_mut().filter(|one| **one == before) {
                    one.clone_from(&after);
                }
            }
        }
        main
    }

    /// Everyone helped, in lower case, and how often.
    fn helped(&self) -> BTreeMap<String, usize> {
        let mut helped = BTreeMap::new();
        let main = self.main_names();
        for register in self.catalog.registers() {
            let Some(field) = &register.helps else {
                continue;
            };
            for (id, item) in self.items(&register.id) {
                let stage = register
                    .stages
                    .iter()
                    .rev()
                    .find_map(|stage| item.day(&stage.id));
                if !self.in_span(stage.unwrap_or_else(|| self.first_written(id))) {
                    continue;
                }
                let text = item.text(field).to_lowercase();
                let names = text.split(',').map(str::trim);
                let names = names.map(|name| main.get(name).map_or(name, String::as_str));
                let names: BTreeSet<&str> = names.collect();
                for name in names.into_iter().filter(|name| !name.is_empty()) {
                    *helped.entry(name.to_owned()).or_default() += 1;
                }
            }
        }
        helped
    }

    fn figure(&self, figure: Figure) -> Option<usize> {
        let tally = self.tally(|_| true);
        let first_date = |one: &Commitment| {
            let led_to: Vec<NaiveDate> = one.moves.iter().map(|other| other.to).collect();
            let mut dates = one.moves.iter().map(|one| one.from);
            let first = dates.find(|date| !led_to.contains(date));
            first
                .or(one.moves.first().map(|one| one.from))
                .unwrap_or(one.due)
        };
        let kept_late = || {
            let mut kept = self.ended(CommitmentOutcome::Kept);
            kept.retain(|one| {
                let closing = one.closing.as_ref().expect("it has ended");
                closing.on > self.asked_on(first_date(one))
            });
            kept
        };
        let to_later = |moved: &&Move| moved.from < moved.to;
        let first_dates = || {
            let mut open = self.open();
            open.retain(|one| self.asked_on(first_date(one)) < self.end());
            tally.kept + tally.missed + open.len()
        };
        let done = |week: &Week| {
            self.catalog
                .walk()
                .filter(|practice| self.is_done(practice, *week))
                .count()
        };
        let all = self.catalog.walk().count();
        let commitments = || self.commitments().into_iter().map(|(_, one)| one);
        Some(match figure {
            Figure::Made => commitments().filter(|one| self.in_span(one.made)).count(),
            Figure::Moved => commitments()
                .filter(|one| {
                    let mut moves = one.moves.iter().filter(to_later);
                    moves.any(|moved| self.in_span(moved.on))
                })
                .count(),
            Figure::Kept => tally.kept,
            Figure::Missed => tally.missed,
            Figure::LetGo => tally.let_go,
            Figure::Open => tally.open,
            Figure::Active => tally.kept + tally.missed + tally.let_go + tally.open,
            Figure::KeptRate => return percent(tally.kept, tally.kept + tally.missed),
            Figure::Streak => self
                .kept_in_order()
                .iter()
                .rev()
                .take_while(|kept| **kept)
                .count(),
            Figure::LongestStreak => {
                let rows = self.kept_in_order();
                rows.split(|kept| !kept)
                    .map(<[bool]>::len)
                    .max()
                    .unwrap_or(0)
            }
            Figure::KeptByFirstDate => tally.kept - kept_late().len(),
            Figure::KeptLate => kept_late().len(),
            Figure::KeptAfterMoving => kept_late()
                .into_iter()
                .filter(|one| one.moves.iter().any(|moved| to_later(&moved)))
                .count(),
            Figure::FirstDates => first_dates(),
            Figure::FirstDateRate => {
                return percent(tally.kept - kept_late().len(), first_dates());
            }
            Figure::PracticesDone => self.weeks().iter().map(done).sum(),
            Figure::PracticesAsked => self.weeks().len() * all,
            Figure::Weeks => self.weeks().len(),
            Figure::WeeksOff => self.begun_weeks().len() - self.weeks().len(),
            Figure::FullWeeks => self.weeks().iter().filter(|week| done(week) == all).count(),
            Figure::ProblemsSolved => {
                let (register, stage) = self.catalog.monthly().expect("there is one");
                self.items(&register.id)
                    .into_iter()
                    .filter_map(|(_, item)| item.day(stage))
                    .filter(|day| self.in_span(*day))
                    .count()
            }
            Figure::PeopleHelped => self.helped().len(),
        })
    }

    pub(super) fn check(&self, figures: &Figures) -> Result<(), TestCaseError> {
        for &figure in Figure::ALL {
            let name = figure.id();
            prop_assert_eq!(figures.value_of(figure), self.figure(figure), "{}", name);
        }
        prop_assert_eq!(figures.until, self.end());
        self.check_areas(figures)?;
        for one in &figures.practices {
            let practice = self.catalog.practice(&one.practice).expect("it is there");
            let done = self
                .weeks()
                .into_iter()
                .filter(|week| self.is_done(practice, *week))
                .count();
            prop_assert_eq!(one.weeks_done(), done, "{}", &one.practice);
        }
        let helped: BTreeMap<String, usize> = figures
            .helped
            .iter()
            .map(|(name, times)| (name.to_lowercase(), *times))
            .collect();
        prop_assert_eq!(helped, self.helped());
        for one in &figures.registers {
            let items = self.items(&one.register);
            let written = items
                .iter()
                .filter(|(id, _)| self.in_span(self.first_written(id)));
            prop_assert_eq!(one.written, written.count(), "{}", &one.register);
            for (stage, count) in &one.reached {
                let days = items.iter().filter_map(|(_, item)| item.day(stage));
                let reached = days.filter(|day| self.in_span(*day)).count();
                prop_assert_eq!(*count, reached, "{}: {}", &one.register, stage);
            }
        }
        Ok(())
    }

    fn check_areas(&self, figures: &Figures) -> Result<(), TestCaseError> {
        let left = |one: &Commitment| {
            one.closing.is_none()
                || one
                    .closing
                    .as_ref()
                    .is_some_and(|closing| closing.on > self.end())
        };
        let overdue = |one: &Commitment| left(one) && self.asked_on(one.due) < self.span.first();
        let total = self.tally(|one| !overdue(one));
        let mut sum = Tally::default();
        for area in &figures.areas {
            let tally = self.tally(|one| one.area.trim() == area.area && !overdue(one));
            prop_assert_eq!(area.commitments, tally, "{}", &area.area);
            prop_assert!(tally.active() > 0, "nothing in {}", &area.area);
            sum.kept += tally.kept;
            sum.missed += tally.missed;
            sum.let_go += tally.let_go;
            sum.open += tally.open;
        }
        prop_assert_eq!(sum, total);
        let sizes = figures.areas.iter().map(|area| area.commitments.active());
        prop_assert!(sizes.is_sorted_by(|one, next| one >= next));
        Ok(())
    }
}

/// Whether a version is work: it says something itself and was not undone, or was redone. Found by
/// following the undos one by one, as on paper.
pub(super) fn is_work(all: &[Entry], version: &Entry) -> bool {
    if version.lineage.undoes.is_some() {
        return false;
    }
    let mut entries: Vec<&Entry> = all.iter().filter(|entry| entry.id == version.id).collect();
    entries.sort_by_key(|entry| entry.rev);
    // The version itself, what undoes it, what undoes that, and so on; every second one redoes it.
    let mut depths = BTreeMap::from([(version.rev, 0)]);
    let mut depth = 0;
    for entry in entries {
        let undone = match entry.lineage.undoes.as_deref() {
            Some(UndoTarget::Revision(rev)) => depths.get(rev),
            Some(UndoTarget::Name(name)) => {
                let mut versions = all.iter().filter(|one| one.id == entry.id);
                let undone = versions.find(|one| one.lineage.name == *name);
                undone.and_then(|undone| depths.get(&undone.rev))
            }
            None => None,
        };
        if let Some(undone) = undone {
            depth = undone + 1;
            depths.insert(entry.rev, depth);
        }
    }
    depth % 2 == 0
}

/// A share in per cent, found by trying all of them.
pub(super) fn percent(part: usize, whole: usize) -> Option<usize> {
    if whole == 0 {
        return None;
    }
    // Of two that are equally near, the greater one.
    let off = |percent: usize| (percent * whole).abs_diff(100 * part);
    let rounded = (0..=100).min_by_key(|percent| (off(*percent), 100 - percent));
    let rounded = rounded.expect("the range has 101 values");
    Some(match rounded {
        0 if part > 0 => 1,
        100 if part < whole => 99,
        rounded => rounded,
    })
}
