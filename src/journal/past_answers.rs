//! Earlier answers to a question that is asked once, like the role, and how long each held.
//!
//! Derived from the versions of the answer, without those that were undone.

use chrono::NaiveDate;

use super::{Body, Id, Journal, fold};

/// An answer that held for a time.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PastAnswer {
    pub text: String,
    /// The day it was first given.
    pub from: NaiveDate,
    /// The day it was replaced; `None` if it still holds.
    pub until: Option<NaiveDate>,
}

impl Journal {
    /// What a text answer said, and when: newest first. Text that was corrected on the same day
    /// never held.
    pub fn past_answers(&self, id: &Id) -> Vec<PastAnswer> {
        let mut stays: Vec<PastAnswer> = Vec::new();
        // A version that settles which of two texts counts also sets what holds.
        for entry in fold::not_undone(self.versions(id)) {
            let words = match &entry.body {
                Body::Answer(answer) => answer.value.as_text().unwrap_or("").trim(),
                _ => "",
            };
            let day = entry.at.date_naive();
            if let Some(last) = stays.last_mut().filter(|last| last.until.is_none()) {
                if last.text == words {
                    continue;
                }
                last.until = Some(day);
            }
            stays.retain(|stay| stay.until != Some(stay.from));
            // Back to the old text on the day it was replaced.
            let again = stays
                .last_mut()
                .filter(|last| last.text == words && last.until == Some(day));
            match again {
                Some(last) => last.until = None,
                None if words.is_empty() => {}
                None => stays.push(PastAnswer {
                    text: words.to_owned(),
                    from: day,
                    until: None,
                }),
            }
        }
        stays.reverse();
        stays
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::answered;
    use super::super::{Period, UndoTarget};
    use super::*;

    /// What each version says and when; a version may undo another.
    #[track_caller]
    fn check(versions: &[(&str, &str, Option<u64>)], expected: &[&str]) {
        let entries = versions.iter().zip(1..).map(|((day, words, undoes), rev)| {
            let mut entry = answered(Period::Standing, "ground", "role", *words);
            let at = format!("2026-{day}T09:00:0{rev}+01:00");
            entry.at = at.parse().expect("an instant");
            entry.rev = rev;
            entry.lineage.undoes = undoes.map(|rev| UndoTarget::Revision(rev).into());
            entry
        });
        let journal = Journal::fold(entries);
        let told = |stay: &PastAnswer| {
            let until = stay.until.map(|day| day.format("%m-%d").to_string());
            let until = until.unwrap_or_default();
            format!("{} {}…{until}", stay.text, stay.from.format("%m-%d"))
        };
        let stays = journal.past_answers(&Id::new("answer/ground/role"));
        assert_eq!(stays.iter().map(told).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_role_holds_until_another_takes_its_place() {
        check(&[], &[]);
        check(
            &[("03-01", "Engineer", None), ("09-15", "Lead", None)],
            &["Lead 09-15…", "Engineer 03-01…09-15"],
        );
        check(
            &[
                ("03-01", "Engineer", None),
                ("09-15", "", None),
                ("10-01", "Lead", None),
            ],
            &["Lead 10-01…", "Engineer 03-01…09-15"],
        );
    }

    #[test]
    fn what_was_corrected_or_undone_never_held() {
        check(
            &[("03-01", "Enginer", None), ("03-01", "Engineer", None)],
            &["Engineer 03-01…"],
        );
        check(
            &[
                ("03-01", "Engineer", None),
                ("09-15", "Lead", None),
                ("09-20", "Engineer", Some(2)),
            ],
            &["Engineer 03-01…"],
        );
        check(
            &[
                ("03-01", "Engineer", None),
                ("09-15", "Lead", None),
                ("09-15", "Engineer", None),
            ],
            &["Engineer 03-01…"],
        );
    }
}
