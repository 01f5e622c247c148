//! How well a word that is typed fits a word of the journal: the one file that knows the matcher.
//!
//! Letters may be missing from what is typed, but it begins as the word does, and not too many are
//! missing: else two letters would find everything. Both words are folded.

use nucleo_matcher::{Config, Matcher, Utf32Str};

/// The score of each letter of words that must be there as they are; about what the matcher gives.
pub(super) const LETTER: u16 = 20;

/// How many more letters may be missing than are typed.
const SPARE: usize = 2;

/// How a typed word stands in another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Stands {
    /// It is the word.
    Whole,
    /// The word begins with it.
    First,
    /// It stands within the word, as it is.
    Within,
    /// All its letters do, with others between them.
    Apart,
}

/// A typed word, ready to be held against others.
pub(super) struct Fitter<'a> {
    typed: &'a str,
    letters: Vec<char>,
    mask: u64,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl<'a> Fitter<'a> {
    pub(super) fn new(typed: &'a str) -> Self {
        let mut config = Config::DEFAULT;
        config.normalize = false;
        config.ignore_case = false;
        config.prefer_prefix = true;
        Self {
            typed,
            letters: typed.chars().collect(),
            mask: mask(typed),
            matcher: Matcher::new(config),
            buffer: Vec::new(),
        }
    }

    /// How well it fits `word`, whose mask is given; 0 when it does not.
    pub(super) fn score(&mut self, word: &str, mask: u64) -> u16 {
        if self.mask & !mask != 0 {
            return 0;
        }
        let Some(stands) = self.stands(word) else {
            return 0;
        };
        let letters = u16::try_from(self.letters.len()).unwrap_or(u16::MAX);
        let more = match stands {
            Stands::Whole => letters.saturating_mul(8),
            Stands::First => letters.saturating_mul(4),
            Stands::Within | Stands::Apart => 0,
        };
        let needle = needle(self.typed, &self.letters);
        let hay = hay(word, &mut self.buffer);
        let score = self.matcher.fuzzy_match(hay, needle).unwrap_or(1);
        score.saturating_add(more).max(1)
    }

    /// Which letters of `word` are those that are typed; none when it does not fit.
    pub(super) fn places(&mut self, word: &str) -> Vec<usize> {
        let length = self.letters.len();
        match self.stands(word) {
            None => Vec::new(),
            Some(Stands::Whole | Stands::First) => (0..length).collect(),
            Some(Stands::Within) => {
                let before = word.find(self.typed).map_or("", |at| &word[..at]);
                let first = before.chars().count();
                (first..first + length).collect()
            }
            Some(Stands::Apart) => {
                let mut places = Vec::new();
                let needle = needle(self.typed, &self.letters);
                let hay = hay(word, &mut self.buffer);
                self.matcher.fuzzy_indices(hay, needle, &mut places);
                places.into_iter().map(|at| at as usize).collect()
            }
        }
    }

    fn stands(&self, word: &str) -> Option<Stands> {
        match word.find(self.typed) {
            Some(0) if word.len() == self.typed.len() => Some(Stands::Whole),
            Some(0) => Some(Stands::First),
            // A letter or two stand in every other word of a script that has many letters in each.
            Some(_)
                if self.letters.len() < 3 && self.letters.iter().all(|it| it.is_lowercase()) =>
            {
                None
            }
            Some(_) => Some(Stands::Within),
            None => self.stands_apart(word).then_some(Stands::Apart),
        }
    }

    fn stands_apart(&self, word: &str) -> bool {
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

/// A letter without its accent, for the letters of the languages that are written in Latin ones.
pub(super) fn bare(letter: char) -> char {
    nucleo_matcher::chars::normalize(letter)
}

/// A bit for every letter and digit of Latin script in `word`, and a share in one for any other: what
/// has a bit that another word lacks is not in it.
pub(super) fn mask(word: &str) -> u64 {
    word.chars().fold(0, |mask, character| {
        let number = u32::from(character);
        let bit = match character {
            'a'..='z' => number - u32::from('a'),
            '0'..='9' => 26 + number - u32::from('0'),
            _ => 36 + number % 28,
        };
        mask | 1 << bit
    })
}

/// What is typed as the matcher takes it: it finds nothing in letters of ASCII unless these are said
/// to be ASCII too.
fn needle<'t>(typed: &'t str, letters: &'t [char]) -> Utf32Str<'t> {
    if typed.is_ascii() {
        Utf32Str::Ascii(typed.as_bytes())
    } else {
        Utf32Str::Unicode(letters)
    }
}

/// A word as the matcher takes it: its characters as they are, none left out.
fn hay<'w>(word: &'w str, buffer: &'w mut Vec<char>) -> Utf32Str<'w> {
    if word.is_ascii() {
        return Utf32Str::Ascii(word.as_bytes());
    }
    buffer.clear();
    buffer.extend(word.chars());
    Utf32Str::Unicode(buffer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(typed: &str, word: &str) -> u16 {
        Fitter::new(typed).score(word, mask(word))
    }

    #[track_caller]
    fn check(typed: &str, word: &str, expected: &str) {
        let places = Fitter::new(typed).places(word);
        let shown: String = word
            .chars()
            .enumerate()
            .map(|(at, letter)| if places.contains(&at) { '^' } else { letter })
            .collect();
        assert_eq!(shown, expected, "{typed} in {word}");
        assert_eq!(
            score(typed, word) > 0,
            typed.is_empty() || !places.is_empty()
        );
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
            .map(|word| score("release", word));
        assert!(scores.is_sorted_by(|one, other| one > other), "{scores:?}");
        assert!(scores[3] > 0);
    }

    #[test]
    fn a_mask_never_hides_what_fits() {
        for (typed, word) in [
            ("責任", "責任者"),
            ("zoe", "zoe"),
            ("v12", "v1x2"),
            ("👩", "👩👧"),
        ] {
            assert_eq!(mask(typed) & !mask(word), 0, "{typed} in {word}");
        }
    }
}
