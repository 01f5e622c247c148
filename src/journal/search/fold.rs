//! Text as it is compared: its words, without case and accents.
//!
//! A word is whatever stands between spaces and punctuation, so that a sentence in a script without
//! spaces is one word, and an emoji is one too. Knows nothing of entries.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::fit;

/// A word of a text.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Token {
    /// The word as it is compared.
    pub(super) folded: String,
    /// Where in the text each character of it comes from.
    places: Vec<Range<usize>>,
}

/// What a character is to a word.
enum Role {
    /// It ends one.
    Gap,
    /// It says nothing: an accent behind its letter, what joins or shapes.
    Nothing,
    /// It is part of one.
    Part,
}

/// Hands out the words of a text, folded.
pub(super) fn each_word(text: &str, mut take: impl FnMut(&str)) {
    let mut word = String::new();
    for character in text.chars() {
        match role(character) {
            Role::Part => fold(character, &mut |folded| word.push(folded)),
            Role::Nothing => {}
            Role::Gap if word.is_empty() => {}
            Role::Gap => {
                take(&word);
                word.clear();
            }
        }
    }
    if !word.is_empty() {
        take(&word);
    }
}

/// The words of a text, folded, in their order.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word| words.push(word.to_owned()));
    words
}

/// Whether a text has a sign in it: something that is neither part of a word nor white space.
pub(super) fn has_signs(text: &str) -> bool {
    let is_sign = |it: char| matches!(role(it), Role::Gap) && !it.is_whitespace();
    text.chars().any(is_sign)
}

/// A text as words with signs among them are compared: folded, with its signs, of apostrophes and
/// dashes the plain ones, and with single spaces, also for quotation marks, which no query can say.
pub(super) fn spelt(text: &str) -> String {
    let mut spelt = String::with_capacity(text.len());
    spell(text, |character, _| spelt.push(character));
    spelt
}

/// Where in `text` something stands that is [spelt] so.
pub(super) fn places_of(wanted: &str, text: &str) -> Vec<Range<usize>> {
    let (mut spelt, mut from) = (String::new(), Vec::new());
    spell(text, |character, place| {
        spelt.push(character);
        from.extend(std::iter::repeat_n(place, character.len_utf8()));
    });
    let found = spelt.match_indices(wanted);
    let found = found.filter(|_| !wanted.is_empty());
    let places = found.map(|(at, found)| from[at].start..from[at + found.len() - 1].end);
    places.collect()
}

fn spell(text: &str, mut take: impl FnMut(char, Range<usize>)) {
    let blank = |it: char| it.is_whitespace() || matches!(it, '"' | '\u{201c}'..='\u{201f}' | '＂');
    let mut is_blank = true;
    for (at, character) in text.char_indices() {
        let place = at..at + character.len_utf8();
        let was_blank = std::mem::replace(&mut is_blank, blank(character));
        match role(character) {
            Role::Nothing => is_blank = was_blank,
            Role::Part => fold(character, &mut |folded| take(folded, place.clone())),
            Role::Gap if is_blank && was_blank => {}
            Role::Gap if is_blank => take(' ', place),
            Role::Gap => take(
                match character {
                    '\u{2018}'..='\u{201b}' => '\'',
                    '\u{2010}'..='\u{2015}' => '-',
                    '\u{ff01}'..='\u{ff5e}' => {
                        char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
                    }
                    other => other,
                },
                place,
            ),
        }
    }
}

/// A name as it is compared: its words without case and accents, with single spaces.
#[must_use]
pub fn key(text: &str) -> String {
    words(text).join(" ")
}

/// The words of a text with where they stand.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut token = Token::default();
    for (at, character) in text.char_indices() {
        match role(character) {
            Role::Part => {
                let place = at..at + character.len_utf8();
                fold(character, &mut |folded| {
                    token.folded.push(folded);
                    token.places.push(place.clone());
                });
            }
            Role::Nothing => {}
            Role::Gap if token.folded.is_empty() => {}
            Role::Gap => tokens.push(std::mem::take(&mut token)),
        }
    }
    if !token.folded.is_empty() {
        tokens.push(token);
    }
    tokens
}

impl Token {
    /// Where in the text some of its characters stand, counted from 0.
    pub(super) fn place(&self, characters: Range<usize>) -> Option<Range<usize>> {
        let places = self.places.get(characters)?;
        Some(places.first()?.start..places.last()?.end)
    }

    /// How many characters it has.
    pub(super) fn length(&self) -> usize {
        self.places.len()
    }
}

/// `places` put in order, those that touch joined, each as wide as the graphemes (UAX #29) it
/// touches, so that none is torn.
pub(super) fn tidied(text: &str, mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    if places.is_empty() {
        return places;
    }
    places.sort_by_key(|place| (place.start, place.end));
    let mut tidy: Vec<Range<usize>> = Vec::with_capacity(places.len());
    let mut graphemes = text
        .grapheme_indices(true)
        .map(|(at, grapheme)| at..at + grapheme.len())
        .peekable();
    for place in places {
        while graphemes.peek().is_some_and(|it| it.end <= place.start) {
            graphemes.next();
        }
        let start = graphemes.peek().map_or(place.start, |it| it.start);
        let mut end = place.end;
        // Looked at again by the next place, which may begin in the same one.
        let ahead = graphemes.clone().take_while(|it| it.start < place.end);
        if let Some(last) = ahead.last() {
            end = end.max(last.end);
        }
        match tidy.last_mut() {
            Some(before) if start <= before.end => before.end = before.end.max(end),
            _ => tidy.push(start..end),
        }
    }
    tidy
}

fn role(character: char) -> Role {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Role::Part,
        // Accents and points behind their letter; what joins emoji or shapes them; a hyphen that
        // nobody sees.
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{487}'
        | '\u{591}'..='\u{5bd}'
        | '\u{5bf}'
        | '\u{5c1}'..='\u{5c2}'
        | '\u{5c4}'..='\u{5c5}'
        | '\u{5c7}'
        | '\u{610}'..='\u{61a}'
        | '\u{640}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}'
        | '\u{ad}'
        | '\u{200c}'..='\u{200f}'
        | '\u{61c}'
        | '\u{2060}'
        | '\u{feff}' => Role::Nothing,
        _ if character.is_ascii() || character.is_whitespace() || character.is_control() => {
            Role::Gap
        }
        // Punctuation of Latin, general, Hebrew, Arabic, Indic and East Asian text.
        '¡'
        | '§'
        | '«'
        | '¶'
        | '·'
        | '»'
        | '¿'
        | '־'
        | '׀'
        | '׃'
        | '،'
        | '؛'
        | '؟'
        | '۔'
        | '।'
        | '॥'
        | '\u{200b}'
        | '\u{2010}'..='\u{205e}'
        | '\u{2066}'..='\u{206f}'
        | '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}'
        | '\u{3014}'..='\u{301f}'
        | '・'
        | '\u{ff01}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}'
        | '\u{ff5b}'..='\u{ff65}' => Role::Gap,
        _ => Role::Part,
    }
}

/// What a character is compared as: small, without its accent, and of the signs that stand for two
/// letters both.
fn fold(character: char, take: &mut impl FnMut(char)) {
    match character {
        'a'..='z' | '0'..='9' => take(character),
        'A'..='Z' => take(character.to_ascii_lowercase()),
        'ß' | 'ẞ' => "ss".chars().for_each(take),
        'æ' | 'Æ' => "ae".chars().for_each(take),
        'œ' | 'Œ' => "oe".chars().for_each(take),
        // Wide letters, as they are typed between East Asian ones.
        '\u{ff01}'..='\u{ff5e}' => {
            let narrow = char::from_u32(u32::from(character) - 0xfee0);
            narrow.unwrap_or(character).to_lowercase().for_each(take);
        }
        _ => {
            for small in character.to_lowercase() {
                if !matches!(role(small), Role::Nothing) {
                    take(bare(small));
                }
            }
        }
    }
}

/// A small letter without its accent.
fn bare(letter: char) -> char {
    match letter {
        'ς' => 'σ',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ё' => 'е',
        // The table has a few letters that others take for signs of their own; a small one stays.
        other => fit::bare(other).to_lowercase().next().unwrap_or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(words(text), expected, "{text}");
        let tokens = tokens(text);
        let folded: Vec<&str> = tokens.iter().map(|token| token.folded.as_str()).collect();
        assert_eq!(folded, expected, "{text}");
        for token in &tokens {
            assert_eq!(token.folded.chars().count(), token.length(), "{text}");
            let place = token.place(0..token.length()).expect("it has a place");
            assert_eq!(words(&text[place]).concat(), token.folded, "{text}");
        }
    }

    #[test]
    fn words_stand_between_spaces_and_punctuation() {
        check("", &[]);
        check(" — “,” … ", &[]);
        check(
            "One owner, for “every” step.",
            &["one", "owner", "for", "every", "step"],
        );
        check(
            "don't re-read v1.2/x_y",
            &["don", "t", "re", "read", "v1", "2", "x", "y"],
        );
        check("日本語。責任者、一人", &["日本語", "責任者", "一人"]);
        check("שלום, עולם؟", &["שלום", "עולם"]);
        check("shipped 🚀 👩‍👩‍👧!", &["shipped", "🚀", "👩👩👧"]);
        check("a\u{1b}[2Jb", &["a", "2jb"]);
    }

    #[test]
    fn case_and_accents_make_no_difference() {
        check("ZOË Zoe\u{308}", &["zoe", "zoe"]);
        check(
            "Łódź Sørensen Ærø Straße",
            &["lodz", "sorensen", "aero", "strasse"],
        );
        check("ΝΊΚΟΣ Νίκος", &["νικοσ", "νικοσ"]);
        check("İstanbul ISTANBUL", &["istanbul", "istanbul"]);
        check("ＡＢＣ１２", &["abc12"]);
        check("שָׁלוֹם", &["שלום"]);
        check("soft\u{ad}ware", &["software"]);
        // These are letters of their own, not accents.
        check("й हिन्दी が", &["й", "हिन्दी", "が"]);
    }

    #[test]
    fn no_place_tears_a_grapheme() {
        let text = "a👩‍👩‍👧b e\u{301}f";
        let whole = |places: &[Range<usize>]| -> Vec<&str> {
            let places = tidied(text, places.to_vec());
            places.into_iter().map(|place| &text[place]).collect()
        };
        assert_eq!(whole(&[1..5, 1..5]), ["👩‍👩‍👧"]);
        assert_eq!(whole(&[12..16, 1..5]), ["👩‍👩‍👧"]);
        let e = text.find('e').expect("it is there");
        assert_eq!(whole(&[e..e + 1, e..e + 1]), ["e\u{301}"]);
        assert_eq!(whole(&[0..1, e..e + 1, e + 3..e + 4]), ["a", "e\u{301}f"]);
        assert!(whole(&[]).is_empty());
    }
}
