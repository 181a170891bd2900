//! The words that are known, in their order, in one piece of memory.

use std::ops::Range;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dictionary {
    text: String,
    ends: Vec<u32>,
    /// Which letters each has: what cannot be near is passed over by these alone.
    letters: Vec<u32>,
    /// As somebody wrote them, with their accents.
    shown: String,
    shown_ends: Vec<u32>,
}

impl Dictionary {
    /// `words` come in their order.
    pub fn push(&mut self, word: &str, shown: &str) {
        self.text.push_str(word);
        self.ends.push(self.text.len() as u32);
        self.letters.push(letters(word));
        self.shown.push_str(shown);
        self.shown_ends.push(self.shown.len() as u32);
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn bytes(&self) -> usize {
        let numbers = [&self.ends, &self.letters, &self.shown_ends].map(|numbers| size_of_val(numbers.as_slice()));
        self.text.len() + self.shown.len() + numbers.iter().sum::<usize>()
    }

    pub fn get(&self, at: usize) -> &str {
        within(&self.text, &self.ends, at)
    }

    pub fn letters(&self, at: usize) -> u32 {
        self.letters[at]
    }

    pub fn shown(&self, at: usize) -> &str {
        within(&self.shown, &self.shown_ends, at)
    }

    pub fn find(&self, word: &str) -> Option<usize> {
        let at = self.first(|known| known >= word);
        (at < self.len() && self.get(at) == word).then_some(at)
    }

    pub fn beginning_with(&self, prefix: &str) -> Range<usize> {
        let first = self.first(|known| known >= prefix);
        first..self.first(|known| known > prefix && !known.starts_with(prefix))
    }

    /// The first word that is past a point in their order.
    fn first(&self, past: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if past(self.get(middle)) { high = middle } else { low = middle + 1 }
        }
        low
    }
}

/// A bit for each letter from a to z and for the digits; all else has one together.
pub fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |letters, letter| {
        let bit = match letter {
            b'a'..=b'z' => letter - b'a',
            b'0'..=b'9' => 26,
            _ => 27,
        };
        letters | 1_u32 << bit
    })
}

fn within<'a>(text: &'a str, ends: &[u32], at: usize) -> &'a str {
    let start = if at == 0 { 0 } else { ends[at - 1] as usize };
    &text[start..ends[at] as usize]
}
