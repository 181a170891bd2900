//! Two spellings of one word.

use crate::words::folded;

/// What spellings of a column, a rayon, a supplier or a product have in common: case, accents, ligatures, spaces and punctuation do
/// not matter. « Prix d'achat  H.T. » → `prix d achat h t`
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut apart = false;
    for letter in text.chars().flat_map(char::to_lowercase).flat_map(folded).filter(|letter| !is_accent(*letter)) {
        if !letter.is_alphanumeric() {
            apart = true;
            continue;
        }
        if apart && !key.is_empty() {
            key.push(' ');
        }
        apart = false;
        key.push(letter);
    }
    key
}

/// An accent that stands apart from its letter, as some systems write them.
fn is_accent(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}
