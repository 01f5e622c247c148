//! A day of several words of which an option takes only the first: `--by 24 Dec`.

use std::ffi::OsString;

use super::failures::usage;
use crate::calendar::{Direction, Now, parse_day};
use crate::failure::Failure;

/// The options that take a day as one word.
const OPTIONS: [&str; 5] = ["--by", "--due", "--on", "--moved", "--again"];

/// The most words behind the first one, as in “Fri 4 Dec 2026”.
const MOST_WORDS: usize = 3;

/// Refuses a day of which only the first word would be taken. Text stays text: where the first word
/// is a day by itself, only what ends a text that was begun before the option is refused.
pub(super) fn refuse_split_day(arguments: &[OsString], now: Now) -> Result<(), Failure> {
    let words = arguments.iter().skip(1).map(|it| it.to_str().unwrap_or(""));
    let words: Vec<&str> = words.take_while(|it| *it != "--").collect();
    let is_day = |text: &str| {
        let reads = |direction| parse_day(text, now, direction).is_ok();
        reads(Direction::Future) || reads(Direction::Past)
    };
    for (at, word) in words.iter().enumerate() {
        let (name, value, first) = match word.split_once('=') {
            Some((name, value)) => (name, value, at + 1),
            None => (*word, words.get(at + 1).copied().unwrap_or(""), at + 2),
        };
        if !OPTIONS.contains(&name) {
            continue;
        }
        let rest = words.iter().skip(first).copied();
        let rest: Vec<&str> = rest.take_while(|it| !it.starts_with('-')).collect();
        let longer = (1..=rest.len().min(MOST_WORDS)).rev();
        let longer = longer.map(|length| (length, format!("{value} {}", rest[..length].join(" "))));
        let ends_text = |length: usize| length == rest.len() && has_text(&words[..at]);
        let mut longer = longer.filter(|(length, _)| !is_day(value) || ends_text(*length));
        if let Some((_, day)) = longer.find(|(_, day)| is_day(day)) {
            let message = format!("“{value}” is only part of the day; put it in quotes");
            return Err(usage(message).hint(format!("{name} \"{day}\"")));
        }
    }
    Ok(())
}

/// Whether there is more than the command: words that are not the values of options.
fn has_text(words: &[&str]) -> bool {
    let is_option = |at: usize| words[at].starts_with('-');
    let of_text = |at: &usize| !is_option(*at) && (*at == 0 || !is_option(*at - 1));
    (0..words.len()).filter(of_text).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<&str>) {
        let words = line.split(' ').map(OsString::from).collect::<Vec<_>>();
        let now = Now::new("2026-11-24T09:15:00+01:00".parse().expect("an instant"));
        let refused = refuse_split_day(&words, now).err();
        let hint = refused.as_ref().and_then(|it| it.hints().first().cloned());
        assert_eq!(hint.as_deref(), expected, "{line}");
    }

    #[test]
    fn a_day_of_several_words_is_not_cut() {
        check("leadby commit x --by 24 Dec", Some("--by \"24 Dec\""));
        check("leadby commit --by 24 Dec x", Some("--by \"24 Dec\""));
        check("leadby commit x --by=5th Jan", Some("--by \"5th Jan\""));
        check("leadby commit x --by fri 4 Dec", Some("--by \"fri 4 Dec\""));
        check(
            "leadby check-in --moved next week",
            Some("--moved \"next week\""),
        );
        check(
            "leadby check-in 7f --kept --on 20 Nov --note x",
            Some("--on \"20 Nov\""),
        );
    }

    #[test]
    fn text_behind_a_day_stays_text() {
        for line in [
            "leadby commit --by tomorrow call Ana",
            "leadby commit --by Dec 24 customers visited",
            "leadby commit --by 5th Jan gets a laptop",
            "leadby commit x --by tomorrow evening",
            "leadby commit x --area process --by fri",
            "leadby commit -- x --by 24 Dec",
        ] {
            check(line, None);
        }
    }
}
