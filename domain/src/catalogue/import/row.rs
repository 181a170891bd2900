//! A row of the till's file, understood; or everything that is wrong with it.

use std::collections::BTreeMap;

use super::columns::Columns;
use super::fact::{Fact, Field};
use super::fault::{Fault, Reason};
use super::quantity::net;
use super::spelling::{availability, barcodes, is_scientific, margin, money, purchase, sold_by, text, vat};
use crate::catalogue::{Barcode, Cents, NAME_CAP, Rate};
use crate::import::{self, FAULTS_CAP, Table};

/// The longest till id, in characters.
pub const TILL_ID_CAP: usize = 40;

/// What a row says. It has a till id or a barcode, and no other row has the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    pub line: u32,
    pub till_id: Option<String>,
    pub barcodes: Vec<Barcode>,
    pub name: String,
    /// The till's words.
    pub range: String,
    pub supplier: Option<String>,
    pub purchase: Cents,
    pub vat: Rate,
    /// How high it is; whose it is, no till says.
    pub margin: Option<Rate>,
    /// What else its cells say.
    pub rest: Vec<Fact>,
    /// The till's own price.
    pub price: Option<Cents>,
}

/// Every row, or every fault of every row, up to [`FAULTS_CAP`].
pub fn read(table: &Table, columns: &Columns) -> Result<Vec<Incoming>, Vec<Fault>> {
    let mut reading = Reading { columns, faults: Vec::new(), seen: Seen::default() };
    let mut rows = Vec::with_capacity(table.rows.len());
    for (line, cells) in &table.rows {
        rows.extend(reading.row(*line, cells));
        if reading.faults.len() >= FAULTS_CAP {
            break;
        }
    }
    if reading.faults.is_empty() { Ok(rows) } else { Err(reading.faults) }
}

struct Reading<'a> {
    columns: &'a Columns,
    faults: Vec<Fault>,
    seen: Seen,
}

/// Which line said it first.
#[derive(Default)]
struct Seen {
    till_ids: BTreeMap<String, u32>,
    barcodes: BTreeMap<Barcode, u32>,
}

impl Reading<'_> {
    /// Where something is missing, a fault says so.
    fn row(&mut self, line: u32, cells: &[String]) -> Option<Incoming> {
        let mut row = Row::of(line, cells, self.columns, &mut self.faults)?;
        let till_id = row.said(Field::TillId, till_id).filter(|till_id| !till_id.is_empty());
        let barcodes = row.said(Field::Barcode, barcodes).unwrap_or_default();
        row.identify(&mut self.seen, till_id.as_ref(), &barcodes);
        let name = row.needed(Field::Name, words);
        let brand = row.said(Field::Brand, words);
        let range = row.needed(Field::Range, words);
        let supplier = row.said(Field::Supplier, words);
        let sold_by = row.said(Field::SoldBy, sold_by);
        let unit = row.columns.unit(Field::Net);
        // A till that does not know it says 0.
        let net = row.said(Field::Net, |cell| net(cell, unit).map(|net| (!is_zero(cell)).then_some(net))).flatten();
        let purchase = row.needed(Field::Purchase, purchase);
        let margin = row.said(Field::Margin, margin);
        let vat = row.needed(Field::Vat, vat);
        let deposit = row.said(Field::Deposit, money).or_else(|| row.is_blank(Field::Deposit).then_some(Cents::ZERO));
        // A till that has no price of its own says 0.
        let price = row.said(Field::Price, money).filter(|price| *price != Cents::ZERO);
        let availability = row.said(Field::Availability, availability);
        let origin = row.said(Field::Origin, words);
        let rest = [
            brand.map(Fact::Brand),
            sold_by.map(Fact::SoldBy),
            net.map(Fact::Net),
            deposit.map(Fact::Deposit),
            availability.map(Fact::Availability),
            origin.map(Fact::Origin),
        ];
        Some(Incoming {
            line,
            till_id,
            barcodes,
            name: name?,
            range: range?,
            supplier,
            purchase: purchase?,
            vat: vat?,
            margin,
            rest: rest.into_iter().flatten().collect(),
            price,
        })
    }
}

/// A spreadsheet that takes it for a number may have lost its last digits.
fn till_id(cell: &str) -> Result<String, Reason> {
    if is_scientific(cell.trim()) { Err(Reason::Scientific) } else { text(cell, TILL_ID_CAP) }
}

/// A text with something to read in it.
fn words(cell: &str) -> Result<String, Reason> {
    let words = text(cell, NAME_CAP)?;
    if words.chars().any(char::is_alphanumeric) { Ok(words) } else { Err(Reason::Missing) }
}

/// « 0 », « 0,000 »
fn is_zero(cell: &str) -> bool {
    cell.trim().chars().all(|letter| ['0', ',', '.'].contains(&letter))
}

type Row<'a> = import::Row<'a, Field, Reason>;

impl Row<'_> {
    /// It can be found again by something, which no line before has.
    fn identify(&mut self, seen: &mut Seen, till_id: Option<&String>, barcodes: &[Barcode]) {
        let line = self.line;
        if let Some(earlier) = till_id.and_then(|till_id| first(&mut seen.till_ids, till_id, line)) {
            self.fault(Field::TillId, Reason::SameTillId { line: earlier });
        }
        for barcode in barcodes {
            if let Some(earlier) = first(&mut seen.barcodes, barcode, line) {
                self.fault(Field::Barcode, Reason::SameBarcode { line: earlier });
            }
        }
        // So far, only they were read of this line.
        let is_faulty = self.faults.last().is_some_and(|fault| fault.line == line);
        if till_id.is_none() && barcodes.is_empty() && !is_faulty {
            let field = if self.columns.has(Field::TillId) { Field::TillId } else { Field::Barcode };
            self.fault(field, Reason::NoIdentity);
        }
    }
}

/// The line that said it before; otherwise this one did.
fn first<T: Ord + Clone>(seen: &mut BTreeMap<T, u32>, said: &T, line: u32) -> Option<u32> {
    let earlier = seen.get(said).copied();
    if earlier.is_none() {
        seen.insert(said.clone(), line);
    }
    earlier
}
