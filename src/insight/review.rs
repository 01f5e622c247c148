//! The review of a span: its figures, what changed since the span before, and what is worth reading
//! again.
//!
//! The rule for each is in `assets/figures.md`. Knows no screen; every output shows the same
//! choice.

mod charts;
mod public;

pub use charts::ReviewCharts;
pub use public::{CommitmentInSpan, PublicReview, TitlesByStage};

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::figures::{Figure, Figures};
use super::month_wrap_up::{month_answer, month_question};
use super::progress::walk_steps;
use crate::calendar::{Month, Span};
use crate::journal::{CommitmentOutcome, Id, Item, Journal, Period};
use crate::practice::{Ask, Catalog, FieldKind, Practice, Step};

/// The review of a span.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Review {
    pub figures: Figures,
    /// Those of the span before; while this one is not over, up to the same day into it.
    pub previous: Figures,
    /// What differs between the two, in the order of [`Review::COMPARED`].
    pub changes: Vec<FigureChange>,
    /// What is worth reading again, at most [`Review::MAX_EXCERPTS`]; then what was said of each
    /// month.
    pub excerpts: Vec<Excerpt>,
}

/// A figure that differs between two spans; `None` for a rate without cases.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct FigureChange {
    pub figure: Figure,
    pub before: Option<usize>,
    pub after: Option<usize>,
}

/// Something worth reading again, in the user's own words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Excerpt {
    /// The entry it is in.
    pub id: Id,
    pub kind: ExcerptKind,
    /// The day it is listed under.
    pub day: NaiveDate,
    /// What it is about: the commitment, the problem, or the practice and its question.
    pub about: String,
    pub text: String,
}

/// What is worth reading again, in the order it is chosen.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum ExcerptKind {
    /// The evidence that a commitment was kept.
    Evidence,
    /// The story of a solved problem.
    Story,
    /// An answer in the user's own words.
    Answer,
    /// What a month was about, in a sentence.
    Month,
}

impl FigureChange {
    /// Whether it went up; `None` if one of the two is missing.
    pub fn went_up(self) -> Option<bool> {
        Some(self.after? > self.before?)
    }
}

impl Review {
    /// The figures that are compared.
    pub const COMPARED: [Figure; 9] = [
        Figure::Kept,
        Figure::KeptRate,
        Figure::FirstDateRate,
        Figure::ProblemsSolved,
        Figure::PracticesDone,
        Figure::PeopleHelped,
        Figure::Missed,
        Figure::Moved,
        Figure::LetGo,
    ];

    /// How many texts are worth reading again at most, not counting those of months.
    pub const MAX_EXCERPTS: usize = 3;

    /// The review of a span, up to and including `today`.
    pub fn of(journal: &Journal, catalog: &Catalog, span: Span, today: NaiveDate) -> Self {
        let figures = Figures::of(journal, catalog, span, today);
        let earlier = span.previous();
        let until = span.same_day_in(earlier, figures.until);
        let before = Figures::of(journal, catalog, earlier, until);
        Self {
            changes: if did_nothing_happen(&before) {
                Vec::new()
            } else {
                figure_changes(&before, &figures, span.contains(today))
            },
            excerpts: choose_excerpts(journal, catalog, &figures),
            figures,
            previous: before,
        }
    }

    /// Whether nothing happened in the span, and nothing was open.
    pub fn is_empty(&self) -> bool {
        let open = self.figures.commitments.open;
        did_nothing_happen(&self.figures) && open == 0 && self.excerpts.is_empty()
    }

    /// Whether nothing happened in the span before, so that there is nothing to compare with.
    pub fn lacks_previous(&self) -> bool {
        did_nothing_happen(&self.previous)
    }
}

/// The longest of each kind, then the longest of the rest; see `assets/figures.md`.
fn choose_excerpts(journal: &Journal, catalog: &Catalog, figures: &Figures) -> Vec<Excerpt> {
    let mut found = evidence(journal, catalog, figures);
    found.extend(stories(journal, catalog, figures));
    found.extend(own_answers(journal, catalog, figures));
    found.sort_by_cached_key(|one| {
        let long = one.text.chars().count();
        (Reverse(long), Reverse(one.day), one.id.clone())
    });
    let mut chosen: Vec<Excerpt> = Vec::new();
    for kind in [
        ExcerptKind::Evidence,
        ExcerptKind::Story,
        ExcerptKind::Answer,
    ] {
        if let Some(at) = found.iter().position(|one| one.kind == kind) {
            chosen.push(found.remove(at));
        }
    }
    for one in found {
        // Only the best text of an entry.
        let known = chosen.iter().any(|other| other.id == one.id);
        if chosen.len() < Review::MAX_EXCERPTS && !known {
            chosen.push(one);
        }
    }
    chosen.sort_by_key(|one| one.kind);
    chosen.extend(month_excerpts(journal, catalog, figures));
    chosen
}

fn evidence(journal: &Journal, catalog: &Catalog, figures: &Figures) -> Vec<Excerpt> {
    let days = figures.days();
    let kept = journal.commitments().into_iter().filter_map(|(entry, it)| {
        let closing = it.closing.as_ref()?;
        let is_kept = closing.how == CommitmentOutcome::Kept && days.contains(&closing.on);
        if !is_kept || journal.is_private(entry, catalog) {
            return None;
        }
        let (kind, words) = (ExcerptKind::Evidence, &closing.evidence);
        excerpt(&entry.id, kind, closing.on, &it.better, words)
    });
    kept.collect()
}

/// What was written about the items that count in the twelve boxes, in their longest field.
fn stories(journal: &Journal, catalog: &Catalog, figures: &Figures) -> Vec<Excerpt> {
    let counted = catalog.monthly().filter(|(register, _)| {
        let owner = catalog.practice_of_register(&register.id);
        owner.is_some_and(|practice| !practice.private)
    });
    let Some((register, stage)) = counted else {
        return Vec::new();
    };
    let prose: Vec<&str> = register
        .fields
        .iter()
        .filter(|field| field.kind == FieldKind::Prose)
        .map(|field| field.id.as_str())
        .collect();
    let longest = |item: &Item| {
        prose
            .iter()
            .map(|field| item.text(field).trim().to_owned())
            .max_by_key(|text| text.chars().count())
    };
    let days = figures.days();
    let told = journal
        .dated_items(&register.id)
        .filter_map(|(id, dates, _)| {
            let day = dates.day(stage).filter(|day| days.contains(day))?;
            let (entry, item) = journal.item_entry(id)?;
            if journal.is_private(entry, catalog) {
                return None;
            }
            excerpt(id, ExcerptKind::Story, day, item.title(), &longest(item)?)
        });
    told.collect()
}

fn own_answers(journal: &Journal, catalog: &Catalog, figures: &Figures) -> Vec<Excerpt> {
    let is_asked = |(practice, step): &(&Practice, &Step)| {
        !practice.private && step.ask == Ask::Answer(FieldKind::Prose)
    };
    let mut found = Vec::new();
    for (practice, step) in walk_steps(catalog).filter(is_asked) {
        for week in &figures.weeks {
            let period = Period::Week(*week);
            let answer = journal.answer(period, &practice.id, &step.id);
            let words = answer.and_then(|value| value.as_text()).unwrap_or_default();
            let about = format!("{} · {}", practice.name, step.label);
            let id = Id::answer(period, &practice.id, &step.id);
            let day = week.monday().min(figures.until);
            found.extend(excerpt(&id, ExcerptKind::Answer, day, &about, words));
        }
    }
    found
}

/// What was said of each month as a whole, newest first, in a span of months.
fn month_excerpts(journal: &Journal, catalog: &Catalog, figures: &Figures) -> Vec<Excerpt> {
    let asked = month_question(catalog).filter(|(practice, _)| !practice.private);
    let (Some((practice, step)), false) = (asked, matches!(figures.span, Span::Week(_))) else {
        return Vec::new();
    };
    let whole = |month: &Month| {
        figures.span.first() <= month.first() && month.last() <= figures.span.last()
    };
    figures
        .span
        .months()
        .into_iter()
        .rev()
        .filter(whole)
        .filter_map(|month| {
            let id = Id::answer(Period::Month(month), &practice.id, &step.id);
            let day = month.last().min(figures.until);
            let words = month_answer(journal, catalog, month)?;
            excerpt(&id, ExcerptKind::Month, day, month.name(), words)
        })
        .collect()
}

fn excerpt(
    id: &Id,
    kind: ExcerptKind,
    day: NaiveDate,
    about: &str,
    words: &str,
) -> Option<Excerpt> {
    let words = words.trim();
    (!words.is_empty()).then(|| Excerpt {
        id: id.clone(),
        kind,
        day,
        about: about.to_owned(),
        text: words.to_owned(),
    })
}

/// Whether nothing happened in the span of these figures; what only stayed open did not happen in it.
fn did_nothing_happen(figures: &Figures) -> bool {
    let written = figures.registers.iter().map(|register| register.written);
    let tally = figures.commitments;
    tally.kept + tally.missed + tally.let_go + figures.made + figures.moved == 0
        && figures.practices_done().part + figures.problems_solved == 0
        && written.sum::<usize>() == 0
}

/// What differs between two spans, of which the second may be still going on: on its last day, too.
fn figure_changes(before: &Figures, after: &Figures, going_on: bool) -> Vec<FigureChange> {
    Review::COMPARED
        .into_iter()
        .map(|figure| FigureChange {
            figure,
            before: before.value_of(figure),
            after: after.value_of(figure),
        })
        .filter(|shift| shift.before != shift.after)
        // Fewer practices in a span that is not over say nothing, and neither does a comparison of or
        // with a time off, or with one before the first week.
        .filter(|shift| {
            let fell = shift.went_up() == Some(false);
            let is_asked = !before.weeks.is_empty() && !after.weeks.is_empty();
            let unfair = !is_asked || (going_on && fell);
            !(unfair && shift.figure == Figure::PracticesDone)
        })
        .collect()
}

#[cfg(test)]
mod tests;
