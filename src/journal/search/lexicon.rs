//! Every word of the journal once, under a number.
//!
//! All words stand in one text, one behind the other, and are found again through a table of their
//! hashes: about a dozen bytes a word beside its letters. A word that no entry has any more stays.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use super::fit::mask;

/// The number of no word: what stands between the parts of an entry.
pub(super) const BREAK: u32 = 0;

/// Words under numbers from 1.
#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    text: String,
    /// Where each word ends in the text.
    ends: Vec<u32>,
    masks: Vec<u64>,
    /// The numbers by hash, each at the first free place behind where it belongs; 0 is a free place.
    slots: Vec<u32>,
    hasher: BuildHasherDefault<DefaultHasher>,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self {
            text: String::new(),
            ends: vec![0],
            masks: vec![0],
            slots: vec![0; 64],
            hasher: BuildHasherDefault::default(),
        }
    }
}

impl Lexicon {
    /// The number of a word, which gets one when it is new.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        let slot = self.slot(word);
        if self.slots[slot] != BREAK {
            return self.slots[slot];
        }
        let number = u32::try_from(self.ends.len()).expect("no disk holds so many words");
        self.text.push_str(word);
        let end = u32::try_from(self.text.len()).expect("no disk holds so many words");
        self.ends.push(end);
        self.masks.push(mask(word));
        self.slots[slot] = number;
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    /// The word under a number.
    pub(super) fn word(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[number] as usize]
    }

    /// Something about each word, by its number; 0 for no word.
    pub(super) fn table(&self, mut of: impl FnMut(&str, u64) -> u16) -> Vec<u16> {
        let words = 1..self.ends.len();
        let scores = words.map(|number| of(self.word(number), self.masks[number]));
        std::iter::once(0).chain(scores).collect()
    }

    /// How many bytes it takes.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        self.text.len() + self.ends.len() * 4 + self.masks.len() * 8 + self.slots.len() * 4
    }

    /// Where a word's number stands, or where it would.
    fn slot(&self, word: &str) -> usize {
        let last = self.slots.len() - 1;
        let hash = self.hasher.hash_one(word);
        let mut slot = usize::try_from(hash & 0xffff_ffff).unwrap_or(0) & last;
        while self.slots[slot] != BREAK && self.word(self.slots[slot] as usize) != word {
            slot = (slot + 1) & last;
        }
        slot
    }

    fn grow(&mut self) {
        self.slots = vec![BREAK; self.slots.len() * 2];
        for number in 1..self.ends.len() {
            let slot = self.slot(self.word(number));
            self.slots[slot] = u32::try_from(number).expect("it was one before");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_number_however_many_there_are() {
        let mut lexicon = Lexicon::default();
        let words: Vec<String> = (0..5_000).map(|at| format!("word{at}")).collect();
        let numbers: Vec<u32> = words.iter().map(|word| lexicon.number(word)).collect();
        for (word, number) in words.iter().zip(&numbers) {
            assert_eq!(lexicon.number(word), *number);
            assert_eq!(lexicon.word(*number as usize), word);
        }
        assert_eq!(numbers, (1..=5_000).collect::<Vec<u32>>());
        let table = lexicon.table(|word, mask| {
            assert_eq!(mask, super::mask(word));
            u16::from(word == "word7")
        });
        assert_eq!(table.iter().position(|it| *it == 1), Some(8));
        assert_eq!(table.len(), 5_001);
    }
}
