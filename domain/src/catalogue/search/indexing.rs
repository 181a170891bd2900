//! How an index is made: product after product, so that a device may take some at a time; then its words are sorted, and last comes
//! what stands where.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::ahead::Letters;
use super::dictionary::Dictionary;
use super::quantity::Quantity;
use super::text::{Text, Token};
use super::typed::other_singular;
use super::{Code, Field, Index, Place};
use crate::catalogue::{Availability, Product, Range, SoldBy, Supplier};
use crate::id::{ProductId, RangeId, SupplierId};

/// An index in the making.
#[derive(Debug, Default)]
pub struct Indexing {
    lexicon: Lexicon,
    suppliers: BTreeMap<SupplierId, (Words, Words)>,
    ranges: BTreeMap<RangeId, Words>,
    organic: Words,
    loose: Words,
    aliases: Vec<Alias>,
    products: Vec<ProductId>,
    ties: Vec<u16>,
    places: Vec<(u32, Place)>,
    codes: Vec<Code>,
}

/// Every product has been met, and the words stand in their order.
#[derive(Debug)]
pub struct Sorted {
    words: Dictionary,
    /// The place in it of each number of the lexicon.
    order: Vec<u32>,
    products: Vec<ProductId>,
    ties: Vec<u16>,
    places: Vec<(u32, Place)>,
    codes: Vec<Code>,
}

/// By their numbers in the lexicon.
type Words = Vec<u32>;

/// What a name answers to that has all of these words, in the singular or the plural.
#[derive(Debug)]
struct Alias {
    all: Vec<[u32; 2]>,
    word: u32,
}

/// What one of these labels says, they all say.
const ORGANIC: &str = "ab bio biologique eurofeuille demeter";
const LOOSE: &str = "vrac";

/// What people say, and what is on the label: no plant may call its drink a milk.
const ALIASES: [(&[&str], &str); 16] = [
    (&["boisson", "avoine"], "lait"),
    (&["boisson", "soja"], "lait"),
    (&["boisson", "amande"], "lait"),
    (&["boisson", "riz"], "lait"),
    (&["boisson", "noisette"], "lait"),
    (&["boisson", "coco"], "lait"),
    (&["boisson", "épeautre"], "lait"),
    (&["boisson", "sarrasin"], "lait"),
    (&["purée", "cacahuète"], "beurre"),
    (&["yaourt"], "yogourt"),
    (&["houmous"], "hummus"),
    (&["boulgour"], "bulgur"),
    (&["pomme", "terre"], "patate"),
    (&["papier", "toilette"], "pq"),
    (&["papier", "toilette"], "wc"),
    (&["essuie", "tout"], "sopalin"),
];

impl Indexing {
    pub fn new(suppliers: &[Supplier], ranges: &[Range]) -> Indexing {
        let mut lexicon = Lexicon::default();
        let organic = lexicon.words(ORGANIC);
        let loose = lexicon.words(LOOSE);
        let supplier = |supplier: &Supplier| (supplier.id, (lexicon.words(&supplier.name), lexicon.words(&supplier.place)));
        let suppliers = suppliers.iter().map(supplier).collect();
        let ranges = ranges.iter().map(|range| (range.id, lexicon.words(&range.name))).collect();
        let aliases = ALIASES.iter().map(|(all, word)| lexicon.alias(all, word)).collect();
        Indexing { lexicon, suppliers, ranges, organic, loose, aliases, ..Indexing::default() }
    }

    pub fn add(&mut self, product: &Product) {
        let at = self.products.len();
        let places = &mut self.places;
        let lexicon = &mut self.lexicon;
        let name = places.len();
        lexicon.each(&product.name, |word, before| places.push((word, Place::new(at, Field::Name, before))));
        for alias in &self.aliases {
            let has = |forms: &[u32; 2]| places[name..].iter().any(|(word, _)| forms.contains(word));
            if alias.all.iter().all(has) {
                places.push((alias.word, Place::new(at, Field::Range, 0)));
            }
        }
        let mut stands = |field: Field, words: &[u32]| {
            places.extend(words.iter().map(|word| (*word, Place::new(at, field, 0))));
        };
        stands(Field::Brand, &lexicon.known(&product.brand));
        stands(Field::Origin, &lexicon.known(&product.origin));
        stands(Field::Range, self.ranges.get(&product.range).map_or(&[], Vec::as_slice));
        if let Some((name, place)) = product.supplier.as_ref().and_then(|id| self.suppliers.get(id)) {
            stands(Field::Supplier, name);
            stands(Field::Origin, place);
        }
        for label in &product.labels {
            let words = lexicon.known(label);
            stands(Field::Label, &words);
            // The three words that people type for it.
            if words.iter().any(|word| self.organic.contains(word)) {
                stands(Field::Label, &self.organic[..3]);
            }
        }
        if product.sold_by != SoldBy::Piece {
            stands(Field::Label, &self.loose);
        }
        if let Some(net) = product.net {
            let quantity = Quantity::from(net);
            for spelling in quantity.spellings().iter().map(String::as_str).chain(quantity.large_unit()) {
                stands(Field::Net, &[lexicon.number(spelling, spelling)]);
            }
        }
        self.codes.extend(product.barcodes.iter().filter_map(|barcode| Code::of(barcode.as_str(), at)));
        let gone = matches!(product.availability, Availability::Out { .. } | Availability::Ending);
        self.ties.push(u16::from(gone) << 8 | product.name.chars().count().min(255) as u16);
        self.products.push(product.id);
    }

    /// At once, for whoever need not be heard meanwhile.
    pub fn index(self) -> Index {
        self.sorted().index()
    }

    pub fn sorted(self) -> Sorted {
        let mut times = vec![0_u32; self.lexicon.written.len()];
        for (word, _) in &self.places {
            times[*word as usize] += 1;
        }
        let (words, order) = self.lexicon.sorted(&times);
        Sorted { words, order, products: self.products, ties: self.ties, places: self.places, codes: self.codes }
    }
}

impl Sorted {
    pub fn index(self) -> Index {
        let Sorted { words, order, products, ties, places: met, codes } = self;
        let mut starts = vec![0; words.len() + 1];
        for (word, _) in &met {
            starts[order[*word as usize] as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut places = vec![Place(0); met.len()];
        for (word, place) in met {
            let next = &mut next[order[word as usize] as usize];
            places[*next as usize] = place;
            *next += 1;
        }
        Index { products, ties, words, starts, places, codes, letters: Letters::default() }
    }
}

/// The words met so far, each with a number.
#[derive(Debug, Default)]
struct Lexicon {
    numbers: HashMap<String, u32>,
    written: Vec<String>,
    /// Brands, origins and labels come back again and again.
    phrases: HashMap<String, Rc<[u32]>>,
    text: Text,
}

impl Lexicon {
    fn number(&mut self, word: &str, written: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.written.len() as u32;
        self.numbers.insert(word.to_owned(), number);
        self.written.push(written.to_lowercase());
        number
    }

    /// The words of a text, each with how many stand before it.
    fn each(&mut self, text: &str, mut met: impl FnMut(u32, usize)) {
        let mut pieces = std::mem::take(&mut self.text);
        pieces.read(text);
        pieces.tokens(text, |before, token| match token {
            Token::Quantity(quantity, unit) => {
                quantity.spellings().iter().for_each(|spelling| met(self.number(spelling, spelling), before));
                // While « 30 litres » is typed, and where it is mistyped.
                if unit.len() > 3 {
                    met(self.number(unit, unit), before);
                }
            }
            Token::Joined { folded, written } => met(self.number(folded, written), before),
            Token::Word { folded, written } => {
                met(self.number(folded, written), before);
                if let Some(one) = other_singular(folded) {
                    met(self.number(&one, &one), before);
                }
                // « T65 » is asked for as « 65 », too.
                let digits = folded.trim_start_matches(|letter: char| letter.is_alphabetic());
                if !digits.is_empty() && digits.len() < folded.len() {
                    met(self.number(digits, digits), before);
                }
            }
        });
        self.text = pieces;
    }

    fn words(&mut self, text: &str) -> Words {
        let mut words = Words::new();
        self.each(text, |word, _| words.push(word));
        words
    }

    fn known(&mut self, text: &str) -> Rc<[u32]> {
        if let Some(words) = self.phrases.get(text) {
            return Rc::clone(words);
        }
        let words: Rc<[u32]> = self.words(text).into();
        self.phrases.insert(text.to_owned(), Rc::clone(&words));
        words
    }

    fn alias(&mut self, all: &[&str], word: &str) -> Alias {
        let mut number = |word: &str| self.words(word).first().copied().unwrap_or_default();
        let all = all.iter().map(|word| [number(word), number(&format!("{word}s"))]).collect();
        Alias { all, word: number(word) }
    }

    /// The words that stand somewhere in their order, and the place there of each number; `times`: how often each stands.
    fn sorted(self, times: &[u32]) -> (Dictionary, Vec<u32>) {
        let stands = |(_, number): &(String, u32)| times[*number as usize] > 0;
        let mut words: Vec<(String, u32)> = self.numbers.into_iter().filter(stands).collect();
        words.sort_unstable();
        let mut dictionary = Dictionary::default();
        let mut order = vec![0; times.len()];
        for (at, (word, number)) in words.iter().enumerate() {
            dictionary.push(word, &self.written[*number as usize]);
            order[*number as usize] = at as u32;
        }
        (dictionary, order)
    }
}
