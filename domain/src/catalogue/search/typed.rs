//! What is asked for: the words of what is typed.

use super::text::{Text, Token, is_small};

/// What is typed beyond this many letters is not looked at.
const LETTERS: usize = 120;
/// Nor beyond this many words: what they cost together is kept in 16 bits.
const WORDS: usize = 8;
/// So many digits are a barcode, with spaces in it, too.
const BARCODE: usize = 8;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    words: Vec<String>,
}

impl Asked {
    pub fn of(typed: &str) -> Asked {
        let typed: String = typed.chars().take(LETTERS).collect();
        let mut text = Text::default();
        text.read(&typed);
        if text.is_all_digits() && text.folded().len() >= BARCODE {
            return Asked { words: vec![text.folded().to_owned()] };
        }
        let mut words = Vec::new();
        text.tokens(&typed, |_, token| match token {
            Token::Word { folded, .. } => words.push(folded.to_owned()),
            Token::Quantity(quantity, _) => words.push(quantity.word()),
            Token::Joined { .. } => {}
        });
        if words.iter().any(|word| !is_small(word)) {
            words.retain(|word| !is_small(word));
        }
        words.dedup();
        words.truncate(WORDS);
        Asked { words }
    }

    pub fn words(&self) -> &[String] {
        &self.words
    }

    pub fn with(words: Vec<String>) -> Asked {
        Asked { words }
    }

    /// « tour nesol »: each pair of neighbours as one word.
    pub fn joined(&self) -> Vec<Asked> {
        let joined = |at: usize| {
            let mut words = self.words.clone();
            let second = words.remove(at + 1);
            words[at].push_str(&second);
            Asked { words }
        };
        (0..self.words.len().saturating_sub(1)).map(joined).collect()
    }

    /// « chocolatnoir »: a word in two of which both are known.
    pub fn parted(&self, known: impl Fn(&str) -> bool) -> Vec<Asked> {
        let mut all = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            for (cut, _) in word.char_indices().skip(2) {
                let (first, second) = word.split_at(cut);
                if known(first) && known(second) {
                    let mut words = self.words.clone();
                    words.splice(at..=at, [first.to_owned(), second.to_owned()]);
                    words.retain(|word| !is_small(word));
                    all.push(Asked { words });
                }
            }
        }
        all
    }
}

/// What begins with a digit is a number or a quantity: one digit more makes another one.
pub fn is_number(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_digit())
}

/// « bocaux » is bocal; « gâteaux » is gâteau and nothing else.
pub fn other_singular(word: &str) -> Option<String> {
    let stem = word.strip_suffix("aux").filter(|stem| stem.len() > 2 && !stem.ends_with('e'))?;
    Some(format!("{stem}al"))
}
