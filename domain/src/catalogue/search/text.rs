//! How a text falls into words.

use super::quantity::Quantity;
use crate::words::folded;

/// What says nothing of a product.
const SMALL_WORDS: [&str; 16] =
    ["a", "au", "aux", "avec", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "x"];

pub fn is_small(word: &str) -> bool {
    SMALL_WORDS.contains(&word)
}

/// A text in pieces; its memory is used again for the next one.
#[derive(Debug, Default)]
pub struct Text {
    folded: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    /// In the folded text.
    start: usize,
    end: usize,
    /// In the text as it was written.
    from: usize,
    to: usize,
    number: bool,
    /// It follows the one before by a hyphen.
    hyphened: bool,
}

/// A word or a quantity, the way it is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'a> {
    Word {
        folded: &'a str,
        written: &'a str,
    },
    /// With its unit as it was written.
    Quantity(Quantity, &'a str),
    /// Words that a hyphen joins, without it.
    Joined {
        folded: &'a str,
        written: &'a str,
    },
}

impl Text {
    pub fn read(&mut self, text: &str) {
        self.folded.clear();
        self.pieces.clear();
        let mut open = false;
        let mut hyphened = false;
        let mut letters = text.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let next = letters.peek().map(|(_, letter)| *letter);
            if letter.is_alphanumeric() {
                let ends_number = self.pieces.last().is_some_and(|piece| piece.number) && !letter.is_ascii_digit();
                if !open || ends_number {
                    let (start, number) = (self.folded.len(), letter.is_ascii_digit());
                    self.pieces.push(Piece { start, end: start, from: at, to: at, number, hyphened });
                    (open, hyphened) = (true, false);
                }
                self.push(letter);
                self.close(at + letter.len_utf8());
            } else if is_accent(letter) {
                // Written apart from its letter: off, as the others.
            } else if open && self.takes_comma(letter, next) {
                self.folded.push('.');
            } else {
                if open && matches!(letter, '\'' | '’' | 'ʼ' | '‘' | '´' | '`') {
                    self.elide();
                }
                hyphened = open && letter == '-';
                open = false;
            }
        }
    }

    fn push(&mut self, letter: char) {
        if letter.is_ascii() {
            self.folded.push(letter.to_ascii_lowercase());
        } else {
            self.folded.extend(letter.to_lowercase().flat_map(folded).filter(|letter| !is_accent(*letter)));
        }
    }

    fn close(&mut self, to: usize) {
        if let Some(piece) = self.pieces.last_mut() {
            (piece.end, piece.to) = (self.folded.len(), to);
        }
    }

    /// « 0,75 »
    fn takes_comma(&self, letter: char, next: Option<char>) -> bool {
        let number = self.pieces.last().filter(|piece| piece.number).map(|piece| &self.folded[piece.start..piece.end]);
        let first = number.is_some_and(|number| !number.contains('.'));
        first && matches!(letter, ',' | '.') && next.is_some_and(|next| next.is_ascii_digit())
    }

    /// « l’ », « d’ », « qu’ »
    fn elide(&mut self) {
        let short = |piece: &mut Piece| piece.end - piece.start == 1 || matches!(&self.folded[piece.start..piece.end], "qu");
        if let Some(piece) = self.pieces.pop_if(short) {
            self.folded.truncate(piece.start);
        }
    }

    /// Every word in its order, each with how many stand before it. `text` is what was read.
    pub fn tokens(&self, text: &str, mut each: impl FnMut(usize, Token<'_>)) {
        let mut place = 0;
        let mut joined_from: Option<Piece> = None;
        let mut pieces = self.pieces.iter().copied().peekable();
        while let Some(piece) = pieces.next() {
            let word = &self.folded[piece.start..piece.end];
            if piece.number
                && let Some(unit) = pieces.peek().map(|unit| &self.folded[unit.start..unit.end])
                && let Some(quantity) = Quantity::read(word, unit)
            {
                pieces.next();
                each(place, Token::Quantity(quantity, unit));
                (place, joined_from) = (place + 1, None);
                continue;
            }
            joined_from = joined_from.filter(|_| piece.hyphened);
            if let Some(first) = joined_from {
                let (folded, written) = (&self.folded[first.start..piece.end], &text[first.from..piece.to]);
                each(place.saturating_sub(1), Token::Joined { folded, written });
            }
            joined_from = joined_from.or(Some(piece).filter(|piece| !piece.number));
            each(place, Token::Word { folded: word, written: &text[piece.from..piece.to] });
            place += usize::from(!is_small(word));
        }
    }

    /// All digits, in however many pieces.
    pub fn is_all_digits(&self) -> bool {
        !self.folded.is_empty() && self.folded.bytes().all(|letter| letter.is_ascii_digit())
    }

    pub fn folded(&self) -> &str {
        &self.folded
    }
}

fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}
