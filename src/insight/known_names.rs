//! The names of people, found in any text, and shortened to their initials.
//!
//! A name counts wherever it stands as whole words (UAX #29), in any spelling, as elsewhere. Links and
//! addresses stay as they are, or they would lead nowhere. Knows nothing of pages.

use std::cmp::Reverse;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::people::people;
use crate::journal::{JoinedNames, Journal, folded_name};
use crate::practice::Catalog;
use crate::text::{capitalized, mail_addresses, page_addresses};

/// Everyone named in a journal, ready to be found in texts.
#[derive(Clone, Debug, Default)]
pub struct KnownNames {
    /// Those of most words first, whole names before parts.
    names: Vec<KnownName>,
}

/// A name, or a part of one.
#[derive(Clone, Debug)]
struct KnownName {
    /// Its words and what is between them, folded.
    tokens: Vec<String>,
    /// The name that the person goes by, as far as others may know.
    person: String,
    initials: String,
    /// Whether it counts only where it is written with a capital: it is a part of a name, or a word too.
    needs_capital: bool,
}

/// A piece of a text: a word, a sign or white space.
struct Token {
    range: Range<usize>,
    folded: String,
}

/// Words that a group begins with, not a person: "the whole floor".
const GROUP_WORDS: [&str; 10] = [
    "a",
    "all",
    "an",
    "every",
    "everybody",
    "everyone",
    "my",
    "our",
    "some",
    "the",
];

/// Those of them that are names too, where they and the next word have a capital: "The Anh".
const NAMES_TOO: [&str; 4] = ["a", "an", "my", "the"];

/// The last word of a group, also where all of it has capitals: "The Platform Team".
const GROUP_ENDS: [&str; 10] = [
    "board",
    "committee",
    "crew",
    "department",
    "group",
    "guild",
    "office",
    "squad",
    "team",
    "teams",
];

/// Groups of one word.
const GROUPS: [&str; 3] = ["all", "everybody", "everyone"];

/// First names that are everyday words too. One that is missing here is shortened where it is only a
/// word, and reads oddly; no name is left by that.
const EVERYDAY_WORDS: &str = "\
    amber angel april art august autumn bill buck can carol chase chip christian cliff \
    dale dawn dean don drew earl eve faith frank gene ginger glen grace grant guy hazel \
    heath holly hope hung iris ivy jack jay joy june lance lily long mark max may melody \
    miles nick olive pat pearl penny pierce ray reed rich rob robin rose ruby sandy sky \
    song star sue summer violet wade ward will young";

/// What joins words that are told apart here: "Ana's", "d'Ana", `ana_s`, "Ana.Then".
const JOINERS: [char; 6] = ['\'', '’', '.', ':', '_', '·'];

/// Scripts from here on are written without spaces, or join endings to a name.
const FIRST_UNSPACED: char = '\u{2e80}';

impl KnownNames {
    /// Everyone in a journal. A group is left out, and so is a name of a single letter, which has nothing
    /// to shorten.
    pub fn of(journal: &Journal, catalog: &Catalog) -> Self {
        let mut known = Self::default();
        let joined = JoinedNames::public(journal, catalog);
        for person in people(journal, catalog) {
            for name in std::iter::once(&person.name).chain(&person.other_names) {
                known.add(name, joined.main_name(name), &person.spellings);
            }
        }
        known.sort();
        known
    }

    /// Adds a name of a person; `spellings` are all that the journal has of their names.
    fn add(&mut self, name: &str, person: &str, spellings: &[String]) {
        let words: Vec<&str> = name.split_whitespace().collect();
        match *words {
            [] => {}
            _ if is_group(&words) => {}
            [word] => {
                let lower = word.to_lowercase();
                let mut words = EVERYDAY_WORDS.split(' ').chain(GROUP_WORDS);
                // Written as a name without a capital, it can be one anywhere.
                let needs_capital = words.any(|it| it == lower) && !spellings.contains(&lower);
                self.push(name, person, initials(person), needs_capital);
            }
            [..] => {
                self.push(name, person, initials(person), false);
                for (at, part) in words.iter().enumerate() {
                    // Not the "van" of a name, nor the "The" of "The Anh".
                    let is_name = at == 0 || part.starts_with(char::is_uppercase);
                    if is_name && !GROUP_WORDS.contains(&&*part.to_lowercase()) {
                        self.push(part, person, initials(part), true);
                    }
                }
            }
        }
    }

    fn push(&mut self, name: &str, person: &str, initials: String, needs_capital: bool) {
        let tokens: Vec<String> = tokens(name).into_iter().map(|it| it.folded).collect();
        if name.chars().filter(|it| it.is_alphanumeric()).count() > 1 {
            self.names.push(KnownName {
                tokens,
                person: person.to_owned(),
                initials,
                needs_capital,
            });
        }
    }

    fn sort(&mut self) {
        self.names
            .sort_by_key(|name| (Reverse(name.tokens.len()), name.needs_capital));
    }

    /// A text in which every name is its initials: "showed A. S. the page".
    pub fn shorten(&self, text: &str) -> String {
        let mut shortened = String::with_capacity(text.len());
        let mut rest = 0;
        for (range, name) in self.find(text) {
            shortened.push_str(&text[rest..range.start]);
            shortened.push_str(&name.initials);
            // The full stop of a sentence is there already.
            rest = range.end + usize::from(text[range.end..].starts_with('.'));
        }
        shortened + &text[rest..]
    }

    /// Who is named in a text, each once, by the name they go by.
    pub fn in_text(&self, text: &str) -> Vec<&str> {
        let mut people: Vec<&str> = Vec::new();
        for (_, name) in self.find(text) {
            if !people.contains(&name.person.as_str()) {
                people.push(&name.person);
            }
        }
        people
    }

    /// Where names are in a text, in order.
    fn find(&self, text: &str) -> Vec<(Range<usize>, &KnownName)> {
        let mut found = Vec::new();
        if self.names.is_empty() {
            return found;
        }
        let tokens = tokens(text);
        let links = page_addresses(text).chain(mail_addresses(text));
        let links: Vec<Range<usize>> = links.collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let start = token.range.start;
            let is_link = links.iter().any(|link| link.contains(&start));
            let mut names = self.names.iter().filter(|_| !is_link);
            match names.find_map(|name| Some((name, name.end_at(&tokens[at..], text)?))) {
                Some((name, end)) => {
                    found.push((start..end, name));
                    at += name.tokens.len();
                }
                None => at += 1,
            }
        }
        found
    }
}

impl KnownName {
    /// Where it ends, if the tokens begin with it.
    fn end_at(&self, tokens: &[Token], text: &str) -> Option<usize> {
        let there = tokens.get(..self.tokens.len())?;
        let (last, before) = there.split_last()?;
        let (wanted, others) = self.tokens.split_last()?;
        if !before
            .iter()
            .zip(others)
            .all(|(it, name)| it.folded == *name)
        {
            return None;
        }
        let start = there.first()?.range.start;
        if self.needs_capital && text[start..].starts_with(char::is_lowercase) {
            return None;
        }
        if last.folded == *wanted {
            return Some(last.range.end);
        }
        // An ending that is joined to the name stays.
        let is_unspaced = wanted.chars().next_back()? >= FIRST_UNSPACED;
        let joins = is_unspaced && text[last.range.clone()].starts_with(wanted);
        joins.then(|| last.range.start + wanted.len())
    }
}

/// Whether the words of a name are those of a group: "everyone", "the Platform Team", but not "The Anh".
fn is_group(words: &[&str]) -> bool {
    let is_in = |all: &[&str]| all.contains(&&*words[0].to_lowercase());
    let ends_as_group = |last: &str| GROUP_ENDS.contains(&&*last.to_lowercase());
    match words {
        [_] => is_in(&GROUPS),
        [_, next, .., last] | [_, next @ last] => {
            let is_name = |letter: char| letter.is_alphabetic() && !letter.is_lowercase();
            let are_names = words[0].starts_with(is_name) && next.starts_with(is_name);
            is_in(&GROUP_WORDS) && (ends_as_group(last) || !(are_names && is_in(&NAMES_TOO)))
        }
        [] => false,
    }
}

/// "A. S." of "Ana Sørensen", "J.-L." of "Jean-Luc"; what is in brackets is not part of a name.
fn initials(name: &str) -> String {
    let initial = |part: &str| {
        let letters = part.trim_start_matches(|it: char| !it.is_alphanumeric());
        let first = letters.graphemes(true).next()?;
        Some(format!("{first}."))
    };
    let words = name.split_whitespace();
    let words = words.take_while(|word| !word.starts_with('('));
    let words = words.filter_map(|word| {
        let parts: Vec<String> = word.split('-').filter_map(initial).collect();
        (!parts.is_empty()).then(|| parts.join("-"))
    });
    capitalized(&words.collect::<Vec<String>>().join(" "))
}

/// The words of a text, and what is between them. White space of any length is one token.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (start, piece) in text.split_word_bound_indices() {
        if piece.starts_with(char::is_whitespace) {
            match tokens.last_mut() {
                Some(last) if last.folded == " " => last.range.end = start + piece.len(),
                _ => tokens.push(Token {
                    range: start..start + piece.len(),
                    folded: " ".to_owned(),
                }),
            }
            continue;
        }
        let mut at = start;
        for part in split_around(piece) {
            let range = at..at + part.len();
            at = range.end;
            let folded = if part == "’" {
                "'".to_owned()
            } else {
                folded_name(part)
            };
            tokens.push(Token { range, folded });
        }
    }
    tokens
}

/// A word of UAX #29, with what joins words in it as pieces of their own.
fn split_around(word: &str) -> impl Iterator<Item = &str> {
    word.split_inclusive(JOINERS).flat_map(|piece| {
        let end = piece.trim_end_matches(JOINERS).len();
        let (word, joiner) = piece.split_at(end);
        [word, joiner].into_iter().filter(|part| !part.is_empty())
    })
}

/// The addresses of pages in a text, in order.
pub fn links_in(text: &str) -> Vec<&str> {
    page_addresses(text).map(|range| &text[range]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(names: &[&str]) -> KnownNames {
        let mut known = KnownNames::default();
        for name in names {
            known.add(name, name, &[(*name).to_owned()]);
        }
        known.sort();
        known
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let names = [
            "Ana Sørensen",
            "José",
            "Jean-Luc",
            "O’Brien",
            "priya",
            "jonas de Vries",
            "Inês K. (Lisbon)",
            "林美玲",
            "지민",
            "the whole floor",
            "Q",
            "Á Rós",
        ];
        assert_eq!(known(&names).shorten(text), expected, "{text}");
    }

    #[test]
    fn a_name_in_a_sentence_is_its_initials() {
        check(
            "Asked ANA  SØRENSEN, and she ran it",
            "Asked A. S., and she ran it",
        );
        check("Ana\nSørensen's idea", "A. S.'s idea");
        check("Showed Ana. Then Sørensen.", "Showed A. Then S.");
        check("Jose\u{301} and JOSÉ, or Jose", "J. and J., or J.");
        check(
            "Jonas asked; de facto Vries did",
            "J. asked; de facto V. did",
        );
        check(
            "Inês K. (Lisbon) told Inês, A. K. too",
            "I. K. told I., A. K. too",
        );
        check("(@Priya, @jean-luc)", "(@P., @J.-L.)");
        check("Showed a Rós, and A ROS", "Showed Á. R., and Á. R.");
        check("d’Ana, O'Brien’s, Ana.Then", "d’A., O.’s, A.Then");
        check("林美玲に見せた。지민이 왔다", "林.に見せた。지.이 왔다");
    }

    #[test]
    fn what_is_not_a_whole_name_stays() {
        check(
            "Analysis of ananas, joséphine, Jean, a luc",
            "Analysis of ananas, joséphine, Jean, a luc",
        );
        check("ana without a capital", "ana without a capital");
        check(
            "Told the whole floor about Q",
            "Told the whole floor about Q",
        );
        let link = "see https://wiki.example/Jos%C3%A9/José, it helps";
        check(link, link);
        check("Mailed ana@priya.example.", "Mailed ana@priya.example.");
        check("", "");
    }

    #[test]
    fn a_name_that_is_a_word_too_needs_a_capital() {
        let shortened = |text: &str| known(&["Will", "Don", "An", "bill"]).shorten(text);
        let text = "Helped Will deploy; we will do it again, WILL said. We don't, Don.";
        let expected = "Helped W. deploy; we will do it again, W. said. We don't, D.";
        assert_eq!(shortened(text), expected);
        assert_eq!(shortened("Asked An for an hour"), "Asked A. for an hour");
        assert_eq!(shortened("Asked bill and Bill"), "Asked B. and B.");
    }

    #[test]
    fn names_that_begin_like_a_group_are_names() {
        let names = [
            "An Nguyen",
            "My Tran",
            "The Anh",
            "Everyone",
            "all of us",
            "the 2nd floor",
            "the Platform Team",
            "every Release Manager",
            "All Engineers",
            "my Manager",
            "The Tools Team",
            "My Squad",
        ];
        let shortened = |text: &str| known(&names).shorten(text);
        assert_eq!(
            shortened("With: An Nguyen, My Tran, The Anh"),
            "With: A. N., M. T., T. A."
        );
        assert_eq!(shortened("Nguyen and Tran"), "N. and T.");
        for text in [
            "The page is my page",
            "Everyone, all of us, the 2nd floor",
            "Platform Engineer: with the Platform Team, every Release Manager",
            "Release checklist of All Engineers and my Manager",
            "The Tools Team, My Squad: Tools for a Squad and a Team",
        ] {
            assert_eq!(shortened(text), text);
        }
    }

    #[test]
    fn everyone_in_a_text_is_listed_once() {
        let known = known(&["Ana Sørensen", "Priya"]);
        assert_eq!(
            known.in_text("priya, Ana, and Sørensen; not Bob"),
            ["Priya", "Ana Sørensen"]
        );
    }

    proptest::proptest! {
        #[test]
        fn without_names_a_text_is_unchanged(text in ".{0,60}") {
            proptest::prop_assert_eq!(known(&[]).shorten(&text), text.clone());
            let _ = known(&["Ana Sørensen", "é", "林美玲"]).shorten(&text);
        }

        #[test]
        fn no_whole_name_is_left(before in "[ a-z,.]{0,12}", after in "[ ,;:!?\"')-]{0,1}") {
            let text = format!("{before} Zoë Quist{after} {before}");
            let shown = known(&["Zoë Quist"]).shorten(&text);
            proptest::prop_assert!(!shown.contains("Zoë") && !shown.contains("Quist"), "{}", shown);
        }
    }
}
