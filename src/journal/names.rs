//! Names as people type them: several in one field, one in several spellings, one half typed, or with
//! an `@` in any text.
//!
//! Pure text. Knows no entries and no people.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::search::matcher::{Signs, fold_character, folded};
use crate::text::{self, with_single_spaces};

/// What separates two names in one field, apart from the word `and`.
const SEPARATORS: [char; 7] = [',', ';', '&', '、', '，', '；', '\n'];

/// A half-typed name, completed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NameCompletion<'a> {
    /// The text of the field with the whole name in it.
    pub text: String,
    /// What is missing after what was typed.
    pub suffix: &'a str,
}

/// The names in a field, in their order, each with single spaces inside.
pub fn split_names(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    name_ranges(text).into_iter().filter_map(|piece| {
        let name = text[piece].trim().trim_start_matches('@');
        (!name.is_empty()).then(|| with_single_spaces(name))
    })
}

/// A name for comparison, as the search compares texts: without case and accents, with single spaces.
pub fn folded_name(name: &str) -> String {
    folded(name, Signs::Kept).nfc().collect()
}

/// A text for others, in which people are named without the `@`.
pub fn without_mention_signs(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = 0;
    for at in mention_starts(text).filter(|at| !first_word(&text[*at..]).is_empty()) {
        shown.push_str(&text[rest..at - '@'.len_utf8()]);
        rest = at;
    }
    shown + &text[rest..]
}

/// The first of `known` that begins with what is after the last separator of `text`, and is not in
/// `text` already.
pub fn complete_name<'a>(text: &str, known: &'a [String]) -> Option<NameCompletion<'a>> {
    let mut pieces = name_ranges(text);
    let last = pieces.pop()?;
    let begun = text[last.clone()].trim_start();
    if begun.is_empty() {
        return None;
    }
    let taken: Vec<String> = pieces
        .into_iter()
        .map(|piece| folded_name(&text[piece]))
        .collect();
    known.iter().find_map(|name| {
        let rest = remainder(name, begun)?;
        if taken.contains(&folded_name(name)) {
            return None;
        }
        let before = &text[..text.len() - begun.len()];
        Some(NameCompletion {
            text: format!("{before}{name}"),
            suffix: rest,
        })
    })
}

/// The people named with an `@` in a text: `@Ana`, and `@Ana Sørensen` where she is `known`. In an
/// address like `ana@example.org` it names no one.
pub fn mentions(text: &str, known: &[String]) -> Vec<String> {
    let named = mention_starts(text).filter_map(|at| {
        let rest = &text[at..];
        let longest = known
            .iter()
            .filter(|name| begins_with_name(rest, name))
            .max_by_key(|name| name.len());
        let name = longest.map_or_else(|| first_word(rest), String::as_str);
        (!name.is_empty()).then(|| name.to_owned())
    });
    named.collect()
}

/// The first of `known` that begins with what follows the last `@` of `text`.
pub fn complete_mention<'a>(text: &str, known: &'a [String]) -> Option<NameCompletion<'a>> {
    let at = mention_starts(text).last()?;
    let begun = &text[at..];
    let offered = |name: &&String| !begun.is_empty() && remainder(name, begun).is_some();
    let name = known.iter().find(offered)?;
    Some(NameCompletion {
        text: format!("{}{name}", &text[..at]),
        suffix: remainder(name, begun)?,
    })
}

/// Where names begin: after each `@` that is not inside a word or an address.
fn mention_starts(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices('@').filter_map(|(at, sign)| {
        let inside = |before: char| before.is_alphanumeric() || "@/._-".contains(before);
        let before = text[..at].chars().next_back();
        (!before.is_some_and(inside)).then_some(at + sign.len())
    })
}

/// Whether a text begins with a whole name, in any spelling. Scripts without spaces between words
/// have no end of a word to wait for.
fn begins_with_name(text: &str, name: &str) -> bool {
    let unspaced = name
        .chars()
        .next_back()
        .is_some_and(|last| last >= '\u{2e80}');
    let name = folded(name, Signs::Kept);
    let mut wanted = name.chars().peekable();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let (mut is_accent, mut fits) = (true, true);
        let is_whole = wanted.peek().is_none();
        fold_character(character, |letter| {
            let letter = if letter.is_whitespace() { ' ' } else { letter };
            is_accent = false;
            fits &= !is_whole && wanted.next() == Some(letter);
        });
        if is_whole && !is_accent {
            break;
        }
        if !fits {
            return false;
        }
        rest = &rest[character.len_utf8()..];
    }
    // "Ana" is not named by "Ana-Lena", but by "Ana's".
    wanted.peek().is_none() && (unspaced || first_word(&format!("x{rest}")) == "x")
}

fn first_word(text: &str) -> &str {
    let end = text.char_indices().find(|(at, character)| match character {
        // The dot of a handle, not the end of a sentence.
        '.' => !text[at + 1..].starts_with(char::is_alphanumeric),
        character => !is_part_of_name(*character) && !"-_'’".contains(*character),
    });
    let end = end.map_or(text.len(), |(at, _)| at);
    let word = text[..end].trim_end_matches(['-', '_', '\'', '’']);
    let owned = word.strip_suffix("'s").or(word.strip_suffix("’s"));
    owned.unwrap_or(word)
}

fn is_part_of_name(character: char) -> bool {
    character.is_alphanumeric() || text::width(character.encode_utf8(&mut [0; 4])) == 0
}

/// The rest of `name` after `begun`; `None` if it does not begin so, or nothing is left.
fn remainder<'a>(name: &'a str, begun: &str) -> Option<&'a str> {
    let mut wanted = begun.chars().flat_map(lower_case).peekable();
    for (at, character) in name.char_indices() {
        if wanted.peek().is_none() {
            // An accent here would change the last letter typed.
            let joins = text::width(character.encode_utf8(&mut [0; 4])) == 0;
            return (!joins).then(|| &name[at..]);
        }
        for letter in lower_case(character) {
            if wanted.next() != Some(letter) {
                return None;
            }
        }
    }
    None
}

/// The ranges between separators; at least one.
fn name_ranges(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, character) in text.char_indices() {
        let length = if SEPARATORS.contains(&character) {
            character.len_utf8()
        } else if character.is_whitespace() && starts_with_and(&text[at + character.len_utf8()..]) {
            character.len_utf8() + "and".len()
        } else {
            continue;
        };
        found.push(start..at);
        start = at + length;
    }
    found.push(start..text.len());
    found
}

fn starts_with_and(text: &str) -> bool {
    text.get(..3).is_some_and(|word| {
        word.eq_ignore_ascii_case("and") && text[3..].starts_with(char::is_whitespace)
    })
}

fn lower_case(character: char) -> impl Iterator<Item = char> {
    // The small sigma at the end of a word is a character of its own.
    let character = if character == 'ς' { 'σ' } else { character };
    character.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_names(text: &str, expected: &[&str]) {
        assert_eq!(split_names(text).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn several_names_in_a_field_are_told_apart() {
        check_names("", &[]);
        check_names(" , ;&", &[]);
        check_names("Ana", &["Ana"]);
        check_names(" Ana  Sørensen , Priya", &["Ana Sørensen", "Priya"]);
        check_names(
            "Ana and Priya & Łukasz;José",
            &["Ana", "Priya", "Łukasz", "José"],
        );
        check_names("Ana, Priya, AND Zoë", &["Ana", "Priya", "Zoë"]);
        check_names("林美玲、田中さくら，Ana", &["林美玲", "田中さくら", "Ana"]);
        check_names("Ana\nPriya", &["Ana", "Priya"]);
        check_names("@Ana, @Priya", &["Ana", "Priya"]);
        check_names("@ Ana", &["Ana"]);
    }

    #[test]
    fn an_and_inside_a_name_is_part_of_it() {
        check_names("Anders Andersen", &["Anders Andersen"]);
        check_names("Rolando", &["Rolando"]);
        check_names("Fernand andré", &["Fernand andré"]);
        check_names("and", &["and"]);
        check_names("Ana and", &["Ana and"]);
        check_names("Ana and and Priya", &["Ana", "Priya"]);
    }

    #[test]
    fn an_at_sign_names_a_person_in_any_text() {
        let known =
            ["Ana", "Ana Sørensen", "Jean-Luc", "Jean", "José", "林美玲"].map(str::to_owned);
        for (text, expected) in [
            ("", &[][..]),
            ("Showed @Jonas the release", &["Jonas"]),
            ("@ana ran it, with (@Priya).", &["Ana", "Priya"]),
            (
                "asked @ANA SØRENSEN and @Ana Sara",
                &["Ana Sørensen", "Ana"],
            ),
            ("@Anabel is another name, @Tom's too", &["Anabel", "Tom"]),
            ("@Jean-Luc's idea, @O’Brien- said", &["Jean-Luc", "O’Brien"]),
            (
                "@Jean-Marie, @Jean's, @Jean-",
                &["Jean-Marie", "Jean", "Jean"],
            ),
            (
                "@ana sorensen, @JOSE, @Jose\u{301}",
                &["Ana Sørensen", "José", "José"],
            ),
            (
                "@ana_k, @Ana.Kim's, @x_2. @Ana_ said @Ana.",
                &["ana_k", "Ana.Kim", "x_2", "Ana", "Ana"],
            ),
            ("@林美玲に見せた", &["林美玲"]),
            ("@José", &["José"]),
            ("@नेहा ने", &["नेहा"]),
            ("mail ana@example.org, see https://x.org/@ana", &[]),
            ("@ alone, @@twice, @", &[]),
        ] {
            assert_eq!(mentions(text, &known), expected, "{text}");
        }
    }

    #[test]
    fn a_name_after_an_at_sign_is_completed() {
        let known = ["Ana Sørensen", "Priya"].map(str::to_owned);
        let complete = |text: &str| complete_mention(text, &known).map(|found| found.text);
        assert_eq!(
            complete("Showed @a").as_deref(),
            Some("Showed @Ana Sørensen")
        );
        assert_eq!(complete("@ana s").as_deref(), Some("@Ana Sørensen"));
        assert_eq!(complete("a\nb @Pri").as_deref(), Some("a\nb @Priya"));
        for text in ["@", "@x", "Priya", "@Priya", "me@pri", "@Priya and more"] {
            assert_eq!(complete(text), None, "{text}");
        }
    }

    #[test]
    fn one_name_in_several_spellings_is_one() {
        for (one, other) in [
            ("Ana", " ANA "),
            ("Ana  Sørensen", "ana sØrensen"),
            ("José", "Jose\u{301}"),
            ("ZOË", "zoe\u{308}"),
            ("Νίκος", "ΝΊΚΟΣ"),
            ("林美玲", "林美玲"),
            ("José", "Jose"),
            ("Łukasz", "lukasz"),
        ] {
            assert_eq!(folded_name(one), folded_name(other), "{one}");
        }
        assert_ne!(folded_name("が"), folded_name("か"));
    }

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let known = [
            "Ana Sørensen",
            "Priya",
            "ana",
            "Łukasz",
            "田中さくら",
            "Zoe\u{301}",
        ]
        .map(str::to_owned);
        let found = complete_name(text, &known);
        let found = found
            .as_ref()
            .map(|found| (found.text.as_str(), found.suffix));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_name_that_was_begun_is_made_whole() {
        check("A", Some(("Ana Sørensen", "na Sørensen")));
        check("an", Some(("Ana Sørensen", "a Sørensen")));
        check("ana ", Some(("Ana Sørensen", "Sørensen")));
        check("ANA SØ", Some(("Ana Sørensen", "rensen")));
        check("łu", Some(("Łukasz", "kasz")));
        check("田", Some(("田中さくら", "中さくら")));
        check("Tell P", None);
        check("", None);
        check("  ", None);
        check("Priya", None);
        check("Priyanka", None);
    }

    #[test]
    fn only_the_text_after_the_last_separator_counts() {
        check("Zed, p", Some(("Zed, Priya", "riya")));
        check("Zed and  p", Some(("Zed and  Priya", "riya")));
        check("Zed、p", Some(("Zed、Priya", "riya")));
        check("Priya,", None);
        check("Priya and ", None);
    }

    #[test]
    fn a_name_in_the_field_is_not_offered_again() {
        check("Priya, p", None);
        check("ana sørensen & a", Some(("ana sørensen & ana", "na")));
    }

    #[test]
    fn no_letter_is_torn_from_its_accent() {
        check("Zoe", None);
        check("Zo", Some(("Zoe\u{301}", "e\u{301}")));
    }
}
