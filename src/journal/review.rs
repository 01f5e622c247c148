//! A span looked back on: its figures, what changed against the one before, and what is worth
//! reading again.
//!
//! The rule for each is in `assets/figures.md`. Knows no screen; the choice is the same wherever
//! it is shown.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::looking_back::month_question;
use super::{Commitment, Figure, Figures, How, Id, Item, Journal, Period};
use crate::calendar::{Month, Span};
use crate::practice::{Ask, Catalog, FieldKind, Practice, Register};

/// A span looked back on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Review {
    /// Its figures.
    pub figures: Figures,
    /// Those of the span before it, up to the same day into it while this one is going on.
    pub before: Figures,
    /// What differs between the two, in the order of [`Review::COMPARED`].
    pub changes: Vec<Shift>,
    /// What is worth reading again, at most [`Review::MOST_WORDS`]; behind them what was said
    /// of each month.
    pub again: Vec<Again>,
}

/// A figure that differs between two spans; none where there was nothing to take a share of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Shift {
    /// Which one.
    pub figure: Figure,
    /// What it was.
    pub before: Option<usize>,
    /// What it is.
    pub after: Option<usize>,
}

/// Something worth reading again, in the user's own words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Again {
    /// The entry it stands in.
    pub id: Id,
    /// What kind of words they are.
    pub kind: Words,
    /// The day they stand under.
    pub day: NaiveDate,
    /// What they are about: the commitment, the problem, the practice and its question.
    pub about: String,
    /// The words.
    pub words: String,
}

/// What words worth reading again can be, in the order they are taken.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Words {
    /// What showed that a commitment was kept.
    Evidence,
    /// The story of a problem solved.
    Story,
    /// An answer in the user's own words.
    Answer,
    /// What a month was about, in a sentence.
    Month,
}

impl Shift {
    /// Whether it went up; none when one of the two is no number.
    #[must_use]
    pub fn went_up(self) -> Option<bool> {
        Some(self.after? > self.before?)
    }
}

impl Review {
    /// The figures in which spans are compared.
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

    /// How many words worth reading again there are at most, beside those of months.
    pub const MOST_WORDS: usize = 3;

    /// Whether nothing happened in the span at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        is_bare(&self.figures) && self.again.is_empty()
    }

    /// Whether nothing happened in the span before, so that there is nothing to compare with.
    #[must_use]
    pub fn stands_alone(&self) -> bool {
        is_bare(&self.before)
    }
}

impl Journal {
    /// A span looked back on from `today`.
    #[must_use]
    pub fn review(&self, catalog: &Catalog, span: Span, today: NaiveDate) -> Review {
        let figures = self.figures(catalog, span, today);
        let earlier = span.earlier();
        let before = self.figures(catalog, earlier, span.as_far_into(earlier, figures.until));
        Review {
            changes: if is_bare(&before) {
                Vec::new()
            } else {
                shifts(&before, &figures)
            },
            again: self.worth_reading_again(catalog, &figures),
            figures,
            before,
        }
    }

    /// Of each kind the longest, and of what is left the longest; see `assets/figures.md`.
    fn worth_reading_again(&self, catalog: &Catalog, figures: &Figures) -> Vec<Again> {
        let mut found = self.evidence(catalog, figures);
        found.extend(self.stories(catalog, figures));
        found.extend(self.own_answers(catalog, figures));
        found.sort_by_cached_key(|one| {
            let long = one.words.chars().count();
            (Reverse(long), Reverse(one.day), one.id.clone())
        });
        let mut chosen: Vec<Again> = Vec::new();
        for kind in [Words::Evidence, Words::Story, Words::Answer] {
            if let Some(at) = found.iter().position(|one| one.kind == kind) {
                chosen.push(found.remove(at));
            }
        }
        for one in found {
            // Of one entry, its best words alone.
            let known = chosen.iter().any(|other| other.id == one.id);
            if chosen.len() < Review::MOST_WORDS && !known {
                chosen.push(one);
            }
        }
        chosen.sort_by_key(|one| one.kind);
        chosen.extend(self.months_in_words(catalog, figures));
        chosen
    }

    fn evidence(&self, catalog: &Catalog, figures: &Figures) -> Vec<Again> {
        let kept = |commitment: &Commitment| {
            let closing = commitment.closing.as_ref()?;
            let within = figures.span.first() <= closing.on && closing.on <= figures.until;
            (closing.how == How::Kept && within).then(|| (closing.on, closing.evidence.clone()))
        };
        let commitments = self.commitments().into_iter();
        let found = commitments.filter_map(|(entry, commitment)| {
            let (day, words) = kept(commitment)?;
            if self.is_private(entry, catalog) {
                return None;
            }
            said(&entry.id, Words::Evidence, day, &commitment.better, &words)
        });
        found.collect()
    }

    /// What was written about the items that count in the twelve boxes, in their longest field.
    fn stories(&self, catalog: &Catalog, figures: &Figures) -> Vec<Again> {
        let counted = catalog.monthly().filter(|(register, _)| {
            let owner = owner(catalog, register);
            owner.is_some_and(|practice| !practice.private)
        });
        let Some((register, stage)) = counted else {
            return Vec::new();
        };
        let fields = register.fields.iter();
        let prose: Vec<&str> = fields
            .filter(|field| field.kind == FieldKind::Prose)
            .map(|field| field.id.as_str())
            .collect();
        let longest = |item: &Item| {
            let texts = prose.iter().map(|field| item.text(field).trim().to_owned());
            texts.max_by_key(|text| text.chars().count())
        };
        let solved = self.index.items(&register.id).filter_map(|(id, days, _)| {
            let day = days.day(stage)?;
            (figures.span.first() <= day && day <= figures.until).then_some((id, day))
        });
        let found = solved.filter_map(|(id, day)| {
            let (entry, item) = self.kept(id)?;
            if self.is_private(entry, catalog) {
                return None;
            }
            said(id, Words::Story, day, item.title(), &longest(item)?)
        });
        found.collect()
    }

    fn own_answers(&self, catalog: &Catalog, figures: &Figures) -> Vec<Again> {
        let mut found = Vec::new();
        for practice in catalog.walk().filter(|practice| !practice.private) {
            for step in &practice.steps {
                if step.ask != Ask::Answer(FieldKind::Prose) {
                    continue;
                }
                for week in &figures.weeks {
                    let period = Period::Week(*week);
                    let answer = self.answer(period, &practice.id, &step.id);
                    let words = answer.and_then(|value| value.text()).unwrap_or_default();
                    let about = format!("{} · {}", practice.name, step.label);
                    let id = Id::answer(period, &practice.id, &step.id);
                    let day = week.monday().min(figures.until);
                    found.extend(said(&id, Words::Answer, day, &about, words));
                }
            }
        }
        found
    }

    /// What was said of each month as a whole, the latest first, in a span of months.
    fn months_in_words(&self, catalog: &Catalog, figures: &Figures) -> Vec<Again> {
        let asked = month_question(catalog).filter(|(practice, _)| !practice.private);
        let (Some((practice, step)), false) = (asked, matches!(figures.span, Span::Week(_))) else {
            return Vec::new();
        };
        let whole = |month: &Month| {
            figures.span.first() <= month.first() && month.last() <= figures.span.last()
        };
        let months = figures.span.months().into_iter().rev().filter(whole);
        let found = months.filter_map(|month| {
            let id = Id::answer(Period::Month(month), &practice.id, &step.id);
            let day = month.last().min(figures.until);
            let words = self.month_in_words(catalog, month)?;
            said(&id, Words::Month, day, month.name(), words)
        });
        found.collect()
    }
}

fn owner<'a>(catalog: &'a Catalog, register: &Register) -> Option<&'a Practice> {
    let mut practices = catalog.practices().iter();
    practices.find(|practice| practice.registers.iter().any(|one| one.id == register.id))
}

fn said(id: &Id, kind: Words, day: NaiveDate, about: &str, words: &str) -> Option<Again> {
    let words = words.trim();
    (!words.is_empty()).then(|| Again {
        id: id.clone(),
        kind,
        day,
        about: about.to_owned(),
        words: words.to_owned(),
    })
}

/// Whether figures count nothing that happened.
fn is_bare(figures: &Figures) -> bool {
    let written = figures.registers.iter().map(|register| register.written);
    figures.commitments.at_work() + figures.made + figures.moved == 0
        && figures.practices_done().part + figures.problems_solved == 0
        && written.sum::<usize>() == 0
}

/// What differs between two spans.
fn shifts(before: &Figures, after: &Figures) -> Vec<Shift> {
    let going_on = after.until < after.span.last();
    let shifts = Review::COMPARED.into_iter().map(|figure| Shift {
        figure,
        before: before.figure(figure),
        after: after.figure(figure),
    });
    shifts
        .filter(|shift| shift.before != shift.after)
        // A week that is still going on is not held against one that is over, and none against a
        // time of which nothing was asked.
        .filter(|shift| {
            let fell = shift.went_up() == Some(false);
            let unfair = before.weeks.is_empty() || (going_on && fell);
            !(unfair && shift.figure == Figure::PracticesDone)
        })
        .collect()
}

#[cfg(test)]
mod tests;
