//! What is wrong with a cell of the file, and where it stands.

use serde::{Deserialize, Serialize};

use crate::catalogue::{BarcodeMistake, Cents, Rate};
use crate::import;

/// One thing to correct in the file.
pub type Fault = import::Fault<Reason>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// More or fewer cells than the header has: they have slipped, and none of them is read.
    Cells {
        found: usize,
        wanted: usize,
    },
    Missing,
    /// Nothing by which to find the product again: neither a till id nor a barcode.
    NoIdentity,
    TooLong {
        cap: usize,
    },
    /// A spreadsheet would run it.
    Formula,
    /// Letters were lost on the way here, « CafÃ© ».
    Garbled,
    NotANumber,
    /// A rate with more than two decimals.
    TooPrecise,
    Negative,
    Zero,
    TooDear {
        cap: Cents,
    },
    RateTooHigh {
        cap: Rate,
    },
    /// None of the rates of VAT that there are in France.
    NotARateOfVat,
    Barcode(BarcodeMistake),
    TooManyBarcodes {
        cap: usize,
    },
    /// « 3,26547E+12 »: the spreadsheet has lost its last digits.
    Scientific,
    NotAQuantity,
    /// A quantity, and no word about of what.
    NoUnit,
    /// Less than a gram or a millilitre is left.
    NotWhole,
    /// In grams or millilitres.
    TooMuch {
        cap: u32,
    },
    NotASoldBy,
    NotAnAvailability,
    /// As on an earlier line.
    SameTillId {
        line: u32,
    },
    SameBarcode {
        line: u32,
    },
}

impl import::Reason for Reason {
    const MISSING: Reason = Reason::Missing;

    fn cells(found: usize, wanted: usize) -> Reason {
        Reason::Cells { found, wanted }
    }
}
