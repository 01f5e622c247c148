//! One word or several that are looked for, held against words by their numbers.

use std::ops::Range;

use super::fit::{Fitter, LETTER};
use super::fold::Token;
use super::lexicon::Lexicon;

/// What words at the head of an entry are worth more than others.
const HEAD: u32 = 16;

/// Words that are looked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Term {
    /// One, with letters missing.
    Near(String),
    /// One behind the other as they stand, the first and the last maybe part of a longer one.
    Exact(Vec<String>),
}

/// A term held against every word there is.
#[derive(Clone, Debug)]
pub(super) enum Table {
    /// How well each fits, by its number.
    Scores(Vec<u16>),
    /// Which can be first and which last; the numbers of those between; what finding all is worth.
    Row {
        first: Vec<u16>,
        between: Vec<Option<u32>>,
        last: Vec<u16>,
        score: u32,
    },
}

impl Term {
    /// The term of folded words, of which there is at least one.
    pub(super) fn new(mut words: Vec<String>, is_near: bool) -> Self {
        if is_near && words.len() == 1 {
            return Self::Near(words.remove(0));
        }
        Self::Exact(words)
    }

    /// Holds it against every word of a lexicon.
    pub(super) fn table(&self, lexicon: &Lexicon) -> Table {
        match self {
            Self::Near(word) => {
                let mut fitter = Fitter::new(word);
                Table::Scores(lexicon.table(|other, mask| fitter.score(other, mask)))
            }
            Self::Exact(words) => match words.as_slice() {
                [first, between @ .., last] => {
                    let exact = |wanted: &String| {
                        let is = lexicon.table(|word, _| u16::from(word == wanted));
                        let number = is.iter().position(|it| *it > 0)?;
                        u32::try_from(number).ok()
                    };
                    Table::Row {
                        first: lexicon.table(|word, _| u16::from(word.ends_with(first))),
                        between: between.iter().map(exact).collect(),
                        last: lexicon.table(|word, _| u16::from(word.starts_with(last))),
                        score: words.iter().map(|word| worth(word)).sum(),
                    }
                }
                only => {
                    let only = only.first().map_or("", String::as_str);
                    let score = u16::try_from(worth(only)).unwrap_or(u16::MAX);
                    Table::Scores(lexicon.table(|word, _| {
                        let more = if word == only { LETTER } else { 0 };
                        let score = score.saturating_add(more).max(1);
                        if word.contains(only) { score } else { 0 }
                    }))
                }
            },
        }
    }

    /// Where it stands among the words of a text.
    pub(super) fn places(&self, tokens: &[Token], found: &mut Vec<Range<usize>>) {
        match self {
            Self::Near(word) => {
                let mut fitter = Fitter::new(word);
                for token in tokens {
                    let letters = fitter.places(&token.folded).into_iter();
                    found.extend(letters.filter_map(|at| token.place(at..at + 1)));
                }
            }
            Self::Exact(words) => match words.as_slice() {
                [first, between @ .., last] => {
                    for window in tokens.windows(words.len()) {
                        let [one, middle @ .., other] = window else {
                            continue;
                        };
                        let fits = one.folded.ends_with(first)
                            && other.folded.starts_with(last)
                            && middle
                                .iter()
                                .zip(between)
                                .all(|(it, word)| it.folded == *word);
                        if !fits {
                            continue;
                        }
                        let length = one.length();
                        let begins = length - first.chars().count();
                        found.extend(one.place(begins..length));
                        found.extend(middle.iter().filter_map(|it| it.place(0..it.length())));
                        found.extend(other.place(0..last.chars().count()));
                    }
                }
                only => {
                    for (token, word) in tokens
                        .iter()
                        .flat_map(|it| only.iter().map(move |word| (it, word)))
                    {
                        for (at, _) in token.folded.match_indices(word.as_str()) {
                            let first = token.folded[..at].chars().count();
                            found.extend(token.place(first..first + word.chars().count()));
                        }
                    }
                }
            },
        }
    }
}

impl Table {
    /// How well the words of an entry fit, of which the first `head` are its head; 0 when they do
    /// not.
    pub(super) fn score(&self, words: &[u32], head: usize) -> u32 {
        match self {
            Self::Scores(scores) => {
                let of = |words: &[u32]| {
                    let scores = words.iter().map(|word| scores[*word as usize]);
                    u32::from(scores.max().unwrap_or(0))
                };
                let (head, rest) = words.split_at(head);
                let (head, rest) = (of(head), of(rest));
                rest.max(if head > 0 { head + HEAD } else { 0 })
            }
            Self::Row {
                first,
                between,
                last,
                score,
            } => {
                let fits = |window: &[u32]| match window {
                    [one, middle @ .., other] => {
                        first[*one as usize] > 0
                            && last[*other as usize] > 0
                            && middle
                                .iter()
                                .zip(between)
                                .all(|(it, word)| Some(*it) == *word)
                    }
                    _ => false,
                };
                let mut windows = words.windows(between.len() + 2);
                match windows.position(fits) {
                    Some(at) if at < head => score + HEAD,
                    Some(_) => *score,
                    None => 0,
                }
            }
        }
    }
}

fn worth(word: &str) -> u32 {
    let letters = u32::try_from(word.chars().count()).unwrap_or(u32::MAX);
    letters.saturating_mul(u32::from(LETTER))
}
