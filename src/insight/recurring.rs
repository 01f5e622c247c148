//! What keeps coming up in the answers to one question.
//!
//! Two answers are about the same thing if they share a pair of words. Which words matter is not
//! known here, so short ones do not count.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Week;
use crate::journal::{Journal, Period};

/// How many weeks are checked, the present one included.
const WEEKS: u32 = 8;

/// In how many of them a pair must come up to be worth showing.
const MIN_WEEKS: usize = 3;

/// The fewest characters of a word that counts.
const MIN_WORD_LENGTH: usize = 4;

/// The pair of words that came up in the highest number of the last eight weeks, as last written,
/// and that number; `None` if no pair came up in three of them.
pub fn recurring(
    journal: &Journal,
    practice: &str,
    step: &str,
    week: Week,
) -> Option<(String, usize)> {
    let mut pairs: BTreeMap<(String, String), (BTreeSet<Week>, String)> = BTreeMap::new();
    for back in (0..WEEKS).rev() {
        let then = week.minus_weeks(back);
        let Some(text) = journal
            .answer(Period::Week(then), practice, step)
            .and_then(|answer| answer.as_text())
        else {
            continue;
        };
        for (pair, written) in word_pairs(text) {
            let (weeks, last) = pairs.entry(pair).or_default();
            weeks.insert(then);
            *last = written;
        }
    }
    pairs
        .into_values()
        .filter(|(weeks, _)| weeks.len() >= MIN_WEEKS)
        .max_by_key(|(weeks, written)| (weeks.len(), written.len()))
        .map(|(weeks, written)| (written, weeks.len()))
}

/// Neighbouring words that count, in lower case for comparison, and as they were written.
fn word_pairs(text: &str) -> Vec<((String, String), String)> {
    let words: Vec<&str> = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| word.chars().count() >= MIN_WORD_LENGTH)
        .collect();
    words
        .windows(2)
        .map(|pair| {
            let folded = (pair[0].to_lowercase(), pair[1].to_lowercase());
            (folded, format!("{} {}", pair[0], pair[1]))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::samples::answered;

    #[track_caller]
    fn check(answers: &[&str], expected: Option<(&str, usize)>) {
        let week: Week = "2026-W48".parse().expect("a week");
        let entries = answers.iter().zip(0..).map(|(text, back)| {
            let period = Period::Week(week.minus_weeks(back));
            answered(period, "audit", "tolerating", *text)
        });
        let found = recurring(&Journal::fold(entries), "audit", "tolerating", week);
        assert_eq!(
            found,
            expected.map(|(words, weeks)| (words.to_owned(), weeks))
        );
    }

    #[test]
    fn what_comes_up_in_three_weeks_is_said_as_it_was_last_written() {
        check(
            &[
                "Slow Reviews, again.",
                "the slow reviews of the storage team",
                "A meeting too many",
                "slow reviews",
            ],
            Some(("Slow Reviews", 3)),
        );
    }

    #[test]
    fn twice_is_not_often_and_one_week_counts_once() {
        check(&["slow reviews", "slow reviews"], None);
        check(&["slow reviews, slow reviews, slow reviews"], None);
        check(&[], None);
    }

    #[test]
    fn weeks_long_ago_do_not_count() {
        let text = "slow reviews";
        check(&["", text, "", "", "", "", "", text, text, text], None);
    }
}
