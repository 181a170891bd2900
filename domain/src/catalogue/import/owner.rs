//! Whose each field is: what an import may write, and what it never touches.
//!
//! | field | owner |
//! |---|---|
//! | name, range, purchase price, VAT | the till: no import without them |
//! | till id, brand, supplier, sold by, net quantity, margin, availability, origin | the till where a column says them, otherwise the hand |
//! | deposit | likewise; an empty cell is no deposit |
//! | barcodes | likewise, but the till only adds: one typed by hand stays until the file gives it to another product |
//! | price | nobody: it follows from purchase, margin and VAT, and the till's own is only compared |
//! | allergens, labels, story, photo | the hand, always: no column can mean them |
//!
//! An empty cell says nothing, and never empties what is there; nor does a net quantity of 0.

use super::fact::Field;
use super::mapping::Mapping;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    /// The next import overwrites what is typed by hand.
    Till,
    /// No import writes it.
    Hand,
    /// It is computed.
    Nobody,
}

/// Everything that a product has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    Of(Field),
    Allergens,
    Labels,
    Story,
    Photo,
}

/// As the last import had its columns; before the first one, all is the hand's.
pub fn owner(part: Part, last: &Mapping) -> Owner {
    match part {
        Part::Of(Field::Price) => Owner::Nobody,
        Part::Of(field) if last.has(field) => Owner::Till,
        Part::Of(_) | Part::Allergens | Part::Labels | Part::Story | Part::Photo => Owner::Hand,
    }
}
