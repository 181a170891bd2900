//! What is wrong with a cell of the file, and where it stands.

use serde::{Deserialize, Serialize};

use crate::catalogue::{BarcodeMistake, Cents, Rate};

/// One thing to correct in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// As a person counts them in the file.
    pub line: u32,
    /// As the header says it; none where it is about the whole row.
    pub column: Option<String>,
    /// The beginning of what stands there.
    pub said: String,
    pub reason: Reason,
}

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
