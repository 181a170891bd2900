//! What to look for instead, where nothing answers.

use std::cmp::Reverse;

use super::closeness::distance;
use super::dictionary::letters;
use super::text::is_small;
use super::typed::{Asked, is_number};
use super::{Field, Index, singular};

impl Index {
    /// Words that find something, nearest to those that find nothing. None where something answers, or nothing is near.
    pub fn suggest(&self, typed: &str) -> Option<String> {
        let asked = Asked::of(typed);
        if asked.words().is_empty() || !self.answers(&asked).is_empty() {
            return None;
        }
        let near: Vec<usize> = asked.words().iter().filter_map(|word| self.nearest(word)).collect();
        let all_but = |left_out: usize| {
            let kept = near.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, word)| *word);
            kept.collect::<Vec<_>>()
        };
        let all = std::iter::once(near.clone());
        let fewer = (0..near.len()).rev().map(all_but);
        let alone = near.iter().map(|word| vec![*word]);
        let found = all.chain(fewer).chain(alone).find(|words| self.finds(words))?;
        Some(found.into_iter().map(|word| self.words.shown(word)).collect::<Vec<_>>().join(" "))
    }

    fn finds(&self, words: &[usize]) -> bool {
        let words = words.iter().map(|word| self.words.get(*word).to_owned()).collect();
        !self.answers(&Asked::with(words)).is_empty()
    }

    /// The word that is meant, if one can be told.
    fn nearest(&self, word: &str) -> Option<usize> {
        let mut known = Vec::new();
        self.known(word, |at, closeness| known.push((closeness, self.seldom(at), at)));
        known.into_iter().min().map(|(.., at)| at).or_else(|| self.misspelt(word)).or_else(|| self.begun(word))
    }

    /// The fewer letters away the better; then a word of a name, one that begins alike, one that stands often.
    fn misspelt(&self, word: &str) -> Option<usize> {
        let most = [0, 0, 0, 1, 1, 2, 2, 2, 2].get(word.len()).copied().unwrap_or(3);
        let (has, one) = (letters(word), letters(singular(word)));
        let near = self.spoken(word).filter_map(|at| {
            let known = self.words.get(at);
            let there = self.words.letters(at);
            // Each letter too many is a mistake, and so is each that lacks, but for the ending of a plural.
            let far =
                |typed: u32, beyond: u32| (typed & !there).count_ones().max((there & !typed).count_ones()) > most as u32 + beyond;
            if far(has, 0) && far(one, 1) {
                return None;
            }
            let away = |typed: &str, known: &str| distance(typed.as_bytes(), known.as_bytes(), most);
            let away = [away(word, known), away(singular(word), singular(known))].into_iter().flatten().min()?;
            Some((away, !self.names(at), known.bytes().next() != word.bytes().next(), self.seldom(at), at))
        });
        near.min().map(|(.., at)| at)
    }

    /// The word that begins alike for longest: four letters, and half of what is typed.
    fn begun(&self, word: &str) -> Option<usize> {
        let alike = |at: usize| self.words.get(at).bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        let begun = self.spoken(word).map(|at| (alike(at), Reverse(self.seldom(at)), at));
        begun.filter(|(alike, ..)| *alike >= 4 && alike * 2 >= word.len()).max().map(|(.., at)| at)
    }

    /// All that may stand for what is typed: no number is meant by another one.
    fn spoken(&self, word: &str) -> impl Iterator<Item = usize> {
        let words = if is_number(word) { 0..0 } else { 0..self.words.len() };
        words.filter(|at| !is_number(self.words.get(*at)) && !is_small(self.words.get(*at)))
    }

    fn seldom(&self, at: usize) -> usize {
        usize::MAX - self.places_of(at).len()
    }

    /// Whether a product is called that.
    fn names(&self, at: usize) -> bool {
        self.places_of(at).iter().any(|place| place.field() == Field::Name)
    }
}
