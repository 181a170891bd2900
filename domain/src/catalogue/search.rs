//! Search as one types, over the whole shop, on the device.
//!
//! Every word of a product is kept once, in one sorted list, with the places where it stands. A key costs a look at that list per
//! word typed: by its beginning first, and letter by letter for one typing mistake where that finds little.

mod ahead;
mod closeness;
mod dictionary;
mod indexing;
mod quantity;
mod suggestion;
mod text;
mod typed;

pub use indexing::Indexing;

use super::{Product, Range, Supplier};
use crate::id::ProductId;
use crate::words::singular;
use ahead::Letters;
use closeness::{EXACT, MISTYPED, PREFIX, mistyped};
use dictionary::{Dictionary, letters};
pub(super) use text::is_small;
use typed::{Asked, is_number, other_singular};

/// Where so many products answer as it is typed, no typing mistake is looked for.
const ENOUGH: usize = 12;

/// What is searched in: made once per catalogue, some 120 bytes a product.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Index {
    products: Vec<ProductId>,
    /// How each comes after others that answer as well.
    ties: Vec<u16>,
    words: Dictionary,
    /// Where the places of each word begin; the end of the last one's.
    starts: Vec<u32>,
    places: Vec<Place>,
    codes: Vec<Code>,
    letters: Letters,
}

/// A product that answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub product: ProductId,
    /// Its place among the products, as they were added: whoever still has them in that order finds it at once.
    pub at: usize,
    /// The lower, the better.
    pub rank: u32,
}

/// Where a word stands: a product (24 bits), a field (3), how many words of that field stand before it (5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    Brand,
    Supplier,
    Label,
    Net,
    Range,
    Origin,
}

/// A barcode of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Code {
    digits: u64,
    length: u8,
    product: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    AsTyped,
    /// One mistake in each word that nothing begins with; in another one, if it makes the name of a product.
    Careful,
    /// One mistake in each word of four letters or more.
    Mistyped,
}

/// The words that may be meant by what is mistyped, and how near they are.
type Near = Vec<(usize, u16)>;

/// Digits as a number, and how many they are.
#[derive(Clone, Copy)]
struct Digits {
    number: u64,
    length: usize,
}

/// What no product costs that answers.
const NO: u16 = u16::MAX;

impl Index {
    pub fn of<'a>(products: impl Iterator<Item = &'a Product>, suppliers: &[Supplier], ranges: &[Range]) -> Index {
        let mut indexing = Indexing::new(suppliers, ranges);
        products.for_each(|product| indexing.add(product));
        indexing.index()
    }

    /// The products in which every word typed is found, the best first, no more than `most` of them. Nothing typed finds nothing.
    pub fn find(&self, typed: &str, most: usize) -> Vec<Hit> {
        let hit = |key: u64| {
            let at = (key & 0xff_ffff) as usize;
            Hit { product: self.products[at], at, rank: (key >> 24) as u32 }
        };
        let asked = Asked::of(typed);
        match self.of_letter(&asked, most) {
            Some(keys) => keys.iter().copied().map(hit).collect(),
            None => least(self.answers(&asked), most).into_iter().map(hit).collect(),
        }
    }

    /// What it takes of a page's memory.
    pub fn bytes(&self) -> usize {
        self.words.bytes()
            + size_of_val(self.products.as_slice())
            + size_of_val(self.ties.as_slice())
            + size_of_val(self.starts.as_slice())
            + size_of_val(self.places.as_slice())
            + size_of_val(self.codes.as_slice())
            + self.letters.bytes()
    }

    /// A key for each product that answers: what it costs, where the words stand, how it comes after others, its place.
    fn answers(&self, asked: &Asked) -> Vec<u64> {
        if let [word] = asked.words()
            && let Some(keys) = self.of_barcode(word)
        {
            return keys;
        }
        let as_typed = self.answers_to(asked, Reading::AsTyped, &[]);
        if as_typed.len() >= ENOUGH {
            return as_typed;
        }
        let near = self.near(asked);
        let mut others = [Reading::Careful, Reading::Mistyped].into_iter().map(|reading| self.answers_to(asked, reading, &near));
        others.find(|keys| !keys.is_empty()).unwrap_or_else(|| self.respaced(asked))
    }

    /// `near`: of each word, where mistakes are looked for.
    fn answers_to(&self, asked: &Asked, reading: Reading, near: &[Near]) -> Vec<u64> {
        let near = |word: usize| near.get(word).map(Vec::as_slice).unwrap_or_default();
        let Some((first, others)) = asked.words().split_first() else { return Vec::new() };
        let mut costs = vec![NO; self.products.len()];
        if !self.cost(first, reading, near(0), &mut costs) {
            return Vec::new();
        }
        let mut costs_of_word = vec![NO; if others.is_empty() { 0 } else { self.products.len() }];
        for (word, nth) in others.iter().zip(1..) {
            costs_of_word.fill(NO);
            if !self.cost(word, reading, near(nth), &mut costs_of_word) {
                return Vec::new();
            }
            for (sum, cost) in costs.iter_mut().zip(&costs_of_word) {
                *sum = if *sum == NO || *cost == NO { NO } else { *sum + *cost };
            }
        }
        let answers = costs.iter().zip(&self.ties).enumerate().filter(|(_, (cost, _))| **cost != NO);
        answers.map(|(at, (cost, tie))| u64::from(*cost) << 40 | u64::from(*tie) << 24 | at as u64).collect()
    }

    /// What one word costs each product that has it: the best of its places. Whether any has it.
    fn cost(&self, word: &str, reading: Reading, near: &[(usize, u16)], costs: &mut [u16]) -> bool {
        let mut begins_one = false;
        self.known(word, |known, closeness| {
            begins_one = true;
            self.places_of(known).iter().for_each(|place| place.lower(costs, closeness));
        });
        let mut met = begins_one;
        if let Some(digits) = Digits::of(word) {
            for code in self.codes.iter().filter(|code| code.holds(digits)) {
                met = true;
                Place::new(code.product as usize, Field::Label, 0).lower(costs, PREFIX);
            }
        }
        let careful = reading == Reading::Careful && begins_one;
        for (known, closeness) in near.iter().copied() {
            if !careful || closeness == MISTYPED && self.words.get(known).bytes().next() == word.bytes().next() {
                for place in self.places_of(known).iter().filter(|place| !careful || place.field() == Field::Name) {
                    met = true;
                    place.lower(costs, closeness);
                }
            }
        }
        met
    }

    fn places_of(&self, known: usize) -> &[Place] {
        &self.places[self.starts[known] as usize..self.starts[known + 1] as usize]
    }

    /// The words that are it, in the singular or the plural, and those that it begins.
    fn known(&self, word: &str, mut each: impl FnMut(usize, u16)) {
        let one = if is_number(word) { word } else { singular(word) };
        for at in self.words.beginning_with(one) {
            let known = self.words.get(at);
            if (known == word || singular(known) == one) && !is_small(known) {
                each(at, EXACT);
            } else if known.starts_with(word) {
                each(at, PREFIX);
            }
        }
        if let Some(at) = other_singular(word).and_then(|one| self.words.find(&one)) {
            each(at, EXACT);
        }
    }

    fn near(&self, asked: &Asked) -> Vec<Near> {
        asked.words().iter().map(|word| self.near_word(word)).collect()
    }

    /// All words of the shop are gone through, most of them by their letters alone: one mistake leaves no more than one letter
    /// typed that the word has not.
    fn near_word(&self, word: &str) -> Near {
        let mut near = Near::new();
        if word.chars().count() < 4 || is_number(word) {
            return near;
        }
        let one = Some(singular(word)).filter(|one| one.len() >= 4).unwrap_or(word);
        let typed = letters(one);
        for at in 0..self.words.len() {
            if (typed & !self.words.letters(at)).count_ones() > 1 {
                continue;
            }
            let known = self.words.get(at);
            if is_small(known) {
                continue;
            }
            let whole = mistyped(word.as_bytes(), known.as_bytes());
            let single = if one.len() < word.len() { mistyped(one.as_bytes(), known.as_bytes()) } else { None };
            near.extend(whole.into_iter().chain(single).min().map(|closeness| (at, closeness)));
        }
        near
    }

    /// The products that bear the whole barcode, if there are any.
    fn of_barcode(&self, word: &str) -> Option<Vec<u64>> {
        let digits = Digits::of(word)?;
        let bearing = self.codes.iter().filter(|code| code.is(digits));
        let keys = bearing.map(|code| u64::from(self.ties[code.product as usize]) << 24 | u64::from(code.product));
        Some(keys.collect::<Vec<_>>()).filter(|keys| !keys.is_empty())
    }

    /// A space too many or one that lacks.
    fn respaced(&self, asked: &Asked) -> Vec<u64> {
        let readings = asked.joined().into_iter().chain(asked.parted(|word| self.is_known(word)));
        let mut answers = readings.map(|asked| self.answers_to(&asked, Reading::Mistyped, &self.near(&asked)));
        answers.find(|keys| !keys.is_empty()).unwrap_or_default()
    }

    /// As it stands, or in the plural.
    fn is_known(&self, word: &str) -> bool {
        let mut known = self.words.find(word).is_some();
        self.known(word, |_, closeness| known |= closeness == EXACT);
        known
    }
}

impl Place {
    fn new(product: usize, field: Field, before: usize) -> Place {
        Place((product as u32) << 8 | (field as u32) << 5 | before.min(31) as u32)
    }

    fn product(self) -> usize {
        (self.0 >> 8) as usize
    }

    fn field(self) -> Field {
        match self.0 >> 5 & 7 {
            0 => Field::Name,
            1 => Field::Brand,
            2 => Field::Supplier,
            3 => Field::Label,
            4 => Field::Net,
            5 => Field::Range,
            _ => Field::Origin,
        }
    }

    /// What it costs to be found here, if that is less than elsewhere: how near, in which field, how late in it.
    fn lower(self, costs: &mut [u16], closeness: u16) {
        let cost = &mut costs[self.product()];
        *cost = (*cost).min((closeness + self.field().weight()) << 8 | (self.0 & 31) as u16);
    }
}

impl Field {
    fn weight(self) -> u16 {
        match self {
            Field::Name => 0,
            Field::Brand => 3,
            Field::Supplier | Field::Label | Field::Net => 4,
            Field::Range | Field::Origin => 5,
        }
    }
}

impl Code {
    fn of(barcode: &str, product: usize) -> Option<Code> {
        Some(Code { digits: barcode.parse().ok()?, length: barcode.len() as u8, product: product as u32 })
    }

    /// All of it; a UPC-A is typed without its leading 0.
    fn is(self, typed: Digits) -> bool {
        let whole = typed.length == usize::from(self.length) || (typed.length, self.length) == (12, 13);
        whole && typed.number == self.digits
    }

    /// Its first digits or its last ones: four of them at least, fewer are a quantity.
    fn holds(self, typed: Digits) -> bool {
        let (long, length) = (typed.length, usize::from(self.length));
        (4..=length).contains(&long)
            && (self.digits % 10_u64.pow(long as u32) == typed.number
                || self.digits / 10_u64.pow((length - long) as u32) == typed.number)
    }
}

impl Digits {
    fn of(word: &str) -> Option<Digits> {
        let number = if is_number(word) { word.parse().ok()? } else { return None };
        Some(Digits { number, length: word.len() })
    }
}

/// The first of them, in their order: of the many that one letter finds, few are shown, and the others need none.
fn least(keys: Vec<u64>, most: usize) -> Vec<u64> {
    let mut least: Vec<u64> = Vec::with_capacity(most.min(keys.len()));
    for key in keys {
        if least.len() == most && least.last().is_none_or(|last| *last < key) {
            continue;
        }
        least.truncate(most.saturating_sub(1));
        let at = least.partition_point(|known| *known < key);
        least.insert(at, key);
    }
    least
}
