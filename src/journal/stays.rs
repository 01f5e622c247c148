//! What was said to a question that is asked once, and from when to when it held: one's role.
//!
//! Follows from the versions of the answer; those that were taken back are none.

use chrono::NaiveDate;

use super::{Body, Id, Journal, fold};

/// Words that held for a time.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stay {
    /// The words.
    pub words: String,
    /// The day they were first said.
    pub from: NaiveDate,
    /// The day others took their place; none for those that hold.
    pub until: Option<NaiveDate>,
}

impl Journal {
    /// What an answer in words said, and when: the last first. Words that were put right on the
    /// same day never held.
    #[must_use]
    pub fn stays(&self, id: &Id) -> Vec<Stay> {
        let mut stays: Vec<Stay> = Vec::new();
        // Whoever settles which of two texts counts says what holds, too.
        for entry in fold::standing(self.versions(id)) {
            let words = match &entry.body {
                Body::Answer(answer) => answer.value.text().unwrap_or("").trim(),
                _ => "",
            };
            let day = entry.at.date_naive();
            if let Some(last) = stays.last_mut().filter(|last| last.until.is_none()) {
                if last.words == words {
                    continue;
                }
                last.until = Some(day);
            }
            stays.retain(|stay| stay.until != Some(stay.from));
            // Back to the old words on the day they were left.
            let again = stays
                .last_mut()
                .filter(|last| last.words == words && last.until == Some(day));
            match again {
                Some(last) => last.until = None,
                None if words.is_empty() => {}
                None => stays.push(Stay {
                    words: words.to_owned(),
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
    use super::super::{Answer, Entry, Lineage, Period, Undoes, Value};
    use super::*;

    /// What each version says and when; one of another may take it back.
    #[track_caller]
    fn check(versions: &[(&str, &str, Option<u64>)], expected: &[&str]) {
        let entries = versions.iter().zip(1..).map(|((day, words, undoes), rev)| {
            let answer = Answer {
                period: Period::Standing,
                practice: "ground".to_owned(),
                step: "role".to_owned(),
                value: Value::Text((*words).to_owned()),
            };
            let at = format!("2026-{day}T09:00:0{rev}+01:00");
            Entry {
                id: Id::new("answer/ground/role"),
                rev,
                lineage: Lineage {
                    undoes: undoes.map(|rev| Undoes::Revision(rev).into()),
                    ..Lineage::default()
                },
                at: at.parse().expect("an instant"),
                body: Body::Answer(answer),
            }
        });
        let journal = Journal::fold(entries);
        let told = |stay: &Stay| {
            let until = stay.until.map(|day| day.format("%m-%d").to_string());
            let until = until.unwrap_or_default();
            format!("{} {}…{until}", stay.words, stay.from.format("%m-%d"))
        };
        let stays = journal.stays(&Id::new("answer/ground/role"));
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
    fn what_was_put_right_or_taken_back_never_held() {
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
