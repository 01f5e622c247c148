//! How texts are compared: without case and accents, word by word, and forgiving missing letters.
//!
//! The one file that knows the matcher. Knows text only, and no entries.

use std::ops::Range;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str, chars};
use unicode_normalization::char::{
    canonical_combining_class, decompose_compatible, is_combining_mark,
};
use unicode_segmentation::{GraphemeCursor, GraphemeIncomplete};

/// The score of each letter of an exact phrase; about what the matcher gives.
pub(super) const LETTER: u16 = 20;

/// How many more letters may be missing than are typed.
const SPARE: usize = 2;

/// Whether punctuation counts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::journal) enum Signs {
    /// It is compared like letters.
    Kept,
    /// It separates words, as spaces do.
    Dropped,
}

/// What a character is to a word.
#[derive(Clone, Copy, Eq, PartialEq)]
enum CharacterRole {
    Part,
    Sign,
    Blank,
}

/// A text as it is compared, and where each of its characters comes from.
pub(super) struct Folded {
    pub(super) text: String,
    sources: Vec<Range<usize>>,
}

impl Folded {
    pub(super) fn new(text: &str, signs: Signs) -> Self {
        let (mut folded, mut sources) = (
            String::with_capacity(text.len()),
            Vec::with_capacity(text.len()),
        );
        fold(text, signs, |character, source| {
            folded.push(character);
            sources.push(source);
        });
        Self {
            text: folded,
            sources,
        }
    }

    /// The words, each with the number of characters before it.
    pub(super) fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.split(' ').scan(0, |next, word| {
            let start = *next;
            *next += word.chars().count() + 1;
            Some((start, word))
        })
    }

    /// The numbers of the characters of each place where `wanted` is.
    pub(super) fn find(&self, wanted: &str) -> impl Iterator<Item = Range<usize>> {
        self.text.match_indices(wanted).map(|(at, found)| {
            let start = self.text[..at].chars().count();
            start..start + found.chars().count()
        })
    }

    /// Where in the text some characters come from, by their numbers.
    pub(super) fn source(&self, characters: Range<usize>) -> Option<Range<usize>> {
        let sources = self.sources.get(characters)?;
        Some(sources.first()?.start..sources.last()?.end)
    }
}

/// A text as it is compared: small letters without accents, one space between words.
pub(in crate::journal) fn folded(text: &str, signs: Signs) -> String {
    let mut folded = String::with_capacity(text.len());
    fold(text, signs, |character, _| folded.push(character));
    folded
}

/// A name as it is compared: its words without case, accents and punctuation.
pub fn bare(name: &str) -> String {
    folded(name, Signs::Dropped)
}

/// Whether a text has punctuation in it.
pub(super) fn has_signs(text: &str) -> bool {
    text.chars().any(|character| {
        let mut found = false;
        fold_character(character, |folded| {
            found |= role(folded) == CharacterRole::Sign;
        });
        found
    })
}

fn fold(text: &str, signs: Signs, mut take: impl FnMut(char, Range<usize>)) {
    let (mut is_begun, mut gap) = (false, None);
    for (at, character) in text.char_indices() {
        let source = at..at + character.len_utf8();
        let mut add = |folded: char, role: CharacterRole| match role {
            CharacterRole::Sign if signs == Signs::Dropped => gap = Some(source.clone()),
            CharacterRole::Blank => gap = Some(source.clone()),
            CharacterRole::Sign | CharacterRole::Part => {
                if let Some(gap) = gap.take().filter(|_| is_begun) {
                    take(' ', gap);
                }
                is_begun = true;
                take(folded, source.clone());
            }
        };
        // Most characters are such, and need no table.
        if character.is_ascii_alphanumeric() {
            add(character.to_ascii_lowercase(), CharacterRole::Part);
        } else {
            fold_character(character, |folded| add(folded, role(folded)));
        }
    }
}

/// Small, without its accent, and of a sign that stands for two letters both.
pub(in crate::journal) fn fold_character(character: char, mut take: impl FnMut(char)) {
    if character.is_ascii() {
        return take(character.to_ascii_lowercase());
    }
    decompose_compatible(character, |part| match part {
        'ß' | 'ẞ' => "ss".chars().for_each(&mut take),
        'æ' | 'Æ' => "ae".chars().for_each(&mut take),
        'œ' | 'Œ' => "oe".chars().for_each(&mut take),
        // Every keyboard and program has its own quotes and dashes.
        '\u{2018}'..='\u{201b}' => take('\''),
        '\u{2010}'..='\u{2015}' => take('-'),
        // What joins or shapes its neighbours, and a hyphen that is not shown.
        '\u{ad}'
        | '\u{61c}'
        | '\u{640}'
        | '\u{200c}'..='\u{200f}'
        | '\u{2060}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' => {}
        // Accents, and the points of Hebrew and Arabic; the classes below are those of marks that
        // make another letter in the scripts of India and Japan.
        _ if canonical_combining_class(part) > 9 => {}
        // Large letters have fewer partners without a stroke than small ones.
        _ => take(chars::to_lower_case(chars::normalize(
            chars::to_lower_case(part),
        ))),
    });
}

fn role(character: char) -> CharacterRole {
    match character {
        // Arrows, symbols and emoji can be searched for as words can.
        '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' => CharacterRole::Part,
        '"' | '\u{201c}'..='\u{201f}' => CharacterRole::Blank,
        _ if character.is_alphanumeric() || is_combining_mark(character) => CharacterRole::Part,
        _ if character.is_whitespace() || character.is_control() => CharacterRole::Blank,
        _ => CharacterRole::Sign,
    }
}

/// How a typed word is found in another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Fit {
    /// It is the word.
    Whole,
    /// The word begins with it.
    Prefix,
    /// It is within the word.
    Within,
    /// All its letters are, with others between them.
    Scattered,
}

/// A typed word, compared with others: all of them folded.
///
/// Letters may be missing from what is typed, but it begins as the word does, and not too many are
/// missing: otherwise two letters would find everything.
#[derive(Clone, Debug)]
pub(super) struct WordMatcher {
    word: String,
    letters: Vec<char>,
    /// Made when first needed: it is large.
    matcher: Option<(Atom, Matcher)>,
    buffer: Vec<char>,
}

impl WordMatcher {
    pub(super) fn new(word: &str) -> Self {
        Self {
            word: word.to_owned(),
            letters: word.chars().collect(),
            matcher: None,
            buffer: Vec::new(),
        }
    }

    /// Whether a word of `text`, which is not folded, may fit: most lack a letter of it.
    pub(super) fn may_fit_in(&self, text: &str) -> bool {
        let has = |letter: u8| text.bytes().any(|it| it.to_ascii_lowercase() == letter);
        !text.is_ascii() || (text.len() >= self.word.len() && self.word.bytes().all(has))
    }

    /// How well `word` fits; 0 if it does not.
    pub(super) fn score(&mut self, word: &str) -> u16 {
        let Some(fit) = self.fit(word) else {
            return 0;
        };
        let letters = u16::try_from(self.letters.len()).unwrap_or(u16::MAX);
        let more = match fit {
            Fit::Whole => letters.saturating_mul(8),
            Fit::Prefix => letters.saturating_mul(4),
            Fit::Within | Fit::Scattered => 0,
        };
        let (atom, matcher) = self.matcher.get_or_insert_with(|| matcher(&self.word));
        let score = atom.score(Utf32Str::new(word, &mut self.buffer), matcher);
        score.unwrap_or(1).saturating_add(more).max(1)
    }

    /// The numbers of the characters of `word` that are those typed; none if it does not fit.
    pub(super) fn positions(&mut self, word: &str) -> Vec<usize> {
        let length = self.letters.len();
        match self.fit(word) {
            None => Vec::new(),
            Some(Fit::Whole | Fit::Prefix) => (0..length).collect(),
            Some(Fit::Within) => {
                let before = word.find(&self.word).map_or("", |at| &word[..at]);
                let first = before.chars().count();
                (first..first + length).collect()
            }
            Some(Fit::Scattered) => {
                let (atom, matcher) = self.matcher.get_or_insert_with(|| matcher(&self.word));
                let mut found = Vec::new();
                let word = Utf32Str::new(word, &mut self.buffer);
                atom.indices(word, matcher, &mut found);
                found.into_iter().map(|at| at as usize).collect()
            }
        }
    }

    fn fit(&self, word: &str) -> Option<Fit> {
        // The one letter rules most words out at once.
        if !word.contains(*self.letters.first()?) {
            return None;
        }
        if let Some(rest) = word.strip_prefix(self.word.as_str()) {
            return Some(if rest.is_empty() {
                Fit::Whole
            } else {
                Fit::Prefix
            });
        }
        // Where a script has many letters to a word, one or two are within every other.
        if self.letters.len() < 3 && self.letters.iter().all(|letter| letter.is_lowercase()) {
            return None;
        }
        if word.contains(self.word.as_str()) {
            return Some(Fit::Within);
        }
        self.is_scattered(word).then_some(Fit::Scattered)
    }

    fn is_scattered(&self, word: &str) -> bool {
        if self.letters.len() < 3 || !word.starts_with(self.letters[0]) {
            return false;
        }
        let mut wanted = self.letters.iter().peekable();
        let mut passed = 0;
        for letter in word.chars() {
            match wanted.peek() {
                None => break,
                Some(next) if **next == letter => {
                    wanted.next();
                }
                Some(_) => passed += 1,
            }
        }
        wanted.peek().is_none() && passed <= self.letters.len() + SPARE
    }
}

fn matcher(word: &str) -> (Atom, Matcher) {
    let mut config = Config::DEFAULT;
    config.prefer_prefix = true;
    let (case, accents) = (CaseMatching::Respect, Normalization::Never);
    let atom = Atom::new(word, case, accents, AtomKind::Fuzzy, false);
    (atom, Matcher::new(config))
}

/// Finds rows of a list by what is typed: each word of it fits a word of the row, in any order.
pub struct RowMatcher(Vec<WordMatcher>);

impl RowMatcher {
    /// Finds rows by `typed`, every row if it is blank.
    pub fn new(typed: &str) -> Self {
        let typed = bare(typed);
        let words = typed.split(' ').filter(|word| !word.is_empty());
        Self(words.map(WordMatcher::new).collect())
    }

    /// Whether a row is found.
    pub fn matches(&self, row: &str) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let row = bare(row);
        let mut wanted = self.0.iter();
        wanted.all(|wanted| row.split(' ').any(|word| wanted.fit(word).is_some()))
    }
}

/// Puts places in order, joins those that touch, and widens each to the graphemes (UAX #29) it
/// touches, so that none is torn.
pub(super) fn joined(text: &str, places: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = places.collect();
    places.sort_by_key(|place| (place.start, place.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(places.len());
    for place in places {
        let start = grapheme_boundary(text, place.start, GraphemeCursor::prev_boundary);
        let end = grapheme_boundary(text, place.end, GraphemeCursor::next_boundary);
        match joined.last_mut() {
            Some(before) if start <= before.end => before.end = before.end.max(end),
            _ => joined.push(start..end),
        }
    }
    joined
}

/// `at` if no grapheme is torn there, or else the boundary that `move_on` leads to.
fn grapheme_boundary(
    text: &str,
    at: usize,
    move_on: fn(&mut GraphemeCursor, &str, usize) -> Result<Option<usize>, GraphemeIncomplete>,
) -> usize {
    let around = text.as_bytes().get(at.saturating_sub(1)..at + 1);
    if around.is_some_and(|around| around.iter().all(|byte| matches!(byte, b' '..=b'~'))) {
        return at;
    }
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    if cursor.is_boundary(text, 0) == Ok(true) {
        return at;
    }
    move_on(&mut cursor, text, 0).ok().flatten().unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, word: &str, expected: &str) {
        let mut matcher = WordMatcher::new(typed);
        let found = matcher.positions(word);
        let shown: String = word
            .chars()
            .enumerate()
            .map(|(at, letter)| if found.contains(&at) { '^' } else { letter })
            .collect();
        assert_eq!(shown, expected, "{typed} in {word}");
        assert_eq!(matcher.score(word) > 0, !found.is_empty());
    }

    #[test]
    fn letters_may_be_missing_but_not_too_many() {
        check("release", "release", "^^^^^^^");
        check("rel", "release", "^^^ease");
        check("lease", "release", "re^^^^^");
        check("comitment", "commitment", "^^^m^^^^^^");
        check("mtg", "meeting", "^ee^in^");
        check("kbd", "keyboard", "^ey^oar^");
        check("and", "announced", "announced");
        check("ana", "standard", "standard");
        check("elease", "release", "r^^^^^^");
        check("releases", "release", "release");
    }

    #[test]
    fn one_or_two_letters_begin_a_word_where_words_have_many() {
        check("an", "ana", "^^a");
        check("an", "manager", "manager");
        check("責任", "一人責任者", "一人^^者");
        check("ום", "שלום", "של^^");
        check("🚀", "done🚀", "done^");
    }

    #[test]
    fn the_nearer_word_scores_higher() {
        let scores = ["release", "releases", "prerelease", "rexlxexaxsxe"]
            .map(|word| WordMatcher::new("release").score(word));
        assert!(scores.is_sorted_by(|one, other| one > other), "{scores:?}");
        assert!(scores[3] > 0);
    }

    #[track_caller]
    fn check_folded(text: &str, expected: &str) {
        let folded = Folded::new(text, Signs::Dropped);
        assert_eq!(folded.text, expected, "{text}");
        for (start, word) in folded.words().filter(|(_, word)| !word.is_empty()) {
            let source = folded.source(start..start + word.chars().count());
            let source = source.expect("it comes from somewhere");
            assert_eq!(bare(&text[source]), word, "{text}");
        }
    }

    #[test]
    fn words_are_between_spaces_and_punctuation() {
        check_folded("", "");
        check_folded(" — “,” … ", "");
        check_folded("One owner, for “every” step.", "one owner for every step");
        check_folded("don't re-read v1.2/x_y", "don t re read v1 2 x y");
        check_folded("日本語。責任者、一人", "日本語 責任者 一人");
        check_folded("שלום, עולם؟", "שלום עולם");
        check_folded("shipped 🚀 👩‍👩‍👧!", "shipped 🚀 👩👩👧");
        check_folded("a\u{1b}[2Jb", "a 2jb");
    }

    #[test]
    fn case_and_accents_make_no_difference() {
        check_folded("ZOË Zoe\u{308}", "zoe zoe");
        check_folded("Łódź Sørensen Ærø Straße", "lodz sorensen aero strasse");
        check_folded("ΝΊΚΟΣ Νίκος", "νικοσ νικοσ");
        check_folded("İstanbul ISTANBUL", "istanbul istanbul");
        check_folded("ＡＢＣ１２", "abc12");
        check_folded("שָׁלוֹם", "שלום");
        check_folded("soft\u{ad}ware", "software");
        // These marks make another letter.
        check_folded("हिन्दी か", "हिन्दी か");
        assert_ne!(bare("が"), bare("か"));
    }

    #[test]
    fn signs_are_kept_where_they_count() {
        assert_eq!(folded("“C++”,  don’t", Signs::Kept), "c++ , don't");
        assert!(has_signs("a-b") && has_signs("…") && !has_signs("“a b”"));
    }

    #[track_caller]
    fn check_row(typed: &str, row: &str, expected: bool) {
        assert_eq!(RowMatcher::new(typed).matches(row), expected, "{typed}");
    }

    #[test]
    fn a_row_has_every_word_in_any_order() {
        check_row("", "", true);
        check_row(" - ", "Slow reviews", true);
        check_row("zoe", "Zoë owns the release", true);
        check_row("RELEASE Zo", "Zoë owns the release", true);
        check_row("relese", "Zoë owns the release", true);
        check_row("release ana", "Zoë owns the release", false);
        check_row("tür", "äußere Türen", true);
        check_row("tur", "äußere Türen", true);
    }

    #[test]
    fn no_place_tears_a_grapheme() {
        let text = "a👩‍👩‍👧b e\u{301}f";
        let whole = |places: &[Range<usize>]| -> Vec<&str> {
            let places = joined(text, places.iter().cloned());
            places.into_iter().map(|place| &text[place]).collect()
        };
        assert_eq!(whole(&[1..5, 1..5]), ["👩‍👩‍👧"]);
        assert_eq!(whole(&[12..15, 1..5]), ["👩‍👩‍👧"]);
        let e = text.find('e').expect("it is there");
        assert_eq!(whole(&[e..e + 1, e..e + 1]), ["e\u{301}"]);
        assert_eq!(whole(&[0..1, e..e + 1, e + 3..e + 4]), ["a", "e\u{301}f"]);
        assert!(whole(&[]).is_empty());
    }
}
