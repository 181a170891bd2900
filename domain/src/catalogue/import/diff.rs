//! What a file would change, for somebody to read and approve as a whole.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::fact::{Change, Fact, Facts};
use super::matching::{Match, matched, till_id_of};
use super::row::Incoming;
use super::shop::{Answers, Archived, Kept, Shop, Words};
use crate::catalogue::{Availability, BARCODES_CAP, Barcode, Cents, Margin, Rate, SoldBy};
use crate::id::{ProductId, RangeId, SupplierId};
use crate::import::key;

/// What a diff is made of.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    pub shop: &'a Shop,
    pub rows: &'a [Incoming],
    pub words: &'a Words,
    pub answers: &'a Answers,
    /// The products of which somebody said the allergens: what takes their place is asked about.
    pub said: &'a BTreeSet<ProductId>,
    /// The co-op's: what a new product gets that the till says nothing of.
    pub margin: Rate,
    /// Whether the file has till ids; otherwise a product is known by its barcodes only.
    pub by_till_id: bool,
    /// How many rows the last import had.
    pub last: Option<u32>,
}

/// Each part in the order of the file, or of the products' ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diff {
    pub rows: u32,
    pub new: Vec<New>,
    pub changed: Vec<Changed>,
    /// The file has them no more: they are archived.
    pub gone: Vec<Gone>,
    /// Archived by an earlier file, and there again.
    pub back: Vec<Changed>,
    pub same: u32,
    pub unmapped_ranges: Vec<Unmapped>,
    pub unmapped_suppliers: Vec<Unmapped>,
    /// What the other words of the file were taken for.
    pub mapped_ranges: Vec<Mapped<RangeId>>,
    pub mapped_suppliers: Vec<Mapped<Option<SupplierId>>>,
    pub proposals: Vec<Proposal>,
    pub warnings: Vec<Warning>,
    pub shrunk: Option<Shrunk>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct New {
    pub line: u32,
    pub name: String,
    /// None while the till's word for its range or supplier means nothing yet.
    pub facts: Option<Facts>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    pub id: ProductId,
    /// None for a product that is not in the file, and loses a barcode or its till id to one that is.
    pub line: Option<u32>,
    /// As it was called before.
    pub name: String,
    /// Of what comes back, there may be none.
    pub changes: Vec<Change>,
    /// What follows from them: the old price and the new one.
    pub price: Option<(Cents, Cents)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    pub id: ProductId,
    pub name: String,
}

/// A word of the till that means nothing yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmapped {
    pub said: String,
    pub rows: u32,
}

/// A word of the till, and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapped<T> {
    pub said: String,
    pub rows: u32,
    pub is: T,
}

/// A row whose till id and barcode nobody knows, and products of the same name; or whose till id was that of quite another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub line: u32,
    pub name: String,
    pub candidates: Vec<ProductId>,
    /// There is one of its very name, for this row alone, and nothing speaks against it.
    #[serde(default)]
    pub same: bool,
}

/// What somebody should look at; nothing is in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// The till's own price is neither the one that follows, nor that with the deposit.
    PriceDiffers { line: u32, name: String, till: Cents, ours: Cents },
    /// Somebody archived it, and the till still has it: it stays where it is.
    ArchivedByHand { line: u32, name: String },
}

/// So many fewer rows than last time that somebody should say that this is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shrunk {
    pub rows: u32,
    pub last: u32,
    /// There was no last time: so many products are there by hand that such a file would name.
    #[serde(default)]
    pub first: bool,
}

/// Of fewer products than these, a first file may take away what it likes: they are all read on one page.
const A_FEW: u32 = 20;

/// Under 70 % of the last import's rows.
pub fn shrunk(rows: u32, last: Option<u32>) -> Option<Shrunk> {
    let last = last?;
    (u64::from(rows) * 10 < u64::from(last) * 7).then_some(Shrunk { rows, last, first: false })
}

impl Given<'_> {
    /// Whether such a file could name it at all: what it cannot, it does not take away.
    fn could_name(&self, kept: &Kept) -> bool {
        if self.by_till_id { kept.facts.till_id.is_some() } else { !kept.facts.barcodes.is_empty() }
    }

    /// Under 70 % of the last import's rows, or of what is there before the first one.
    fn shrunk(&self) -> Option<Shrunk> {
        let rows = count(self.rows.len());
        if self.last.is_some() {
            return shrunk(rows, self.last);
        }
        let there = self.shop.values().filter(|kept| kept.archived == Archived::No && self.could_name(kept));
        let there = Some(count(there.count())).filter(|there| *there >= A_FEW);
        shrunk(rows, there).map(|shrunk| Shrunk { first: true, ..shrunk })
    }
}

pub fn diff(given: &Given<'_>) -> Diff {
    let matches = matched(given.shop, given.rows, given.answers, given.said);
    let mut comparing = Comparing::new(given);
    for (row, found) in given.rows.iter().zip(&matches) {
        match found {
            Match::Known(id) => comparing.known(row, *id),
            Match::New => comparing.new_one(row),
            Match::Proposed { candidates, same } => comparing.proposed(row, candidates, *same),
        }
    }
    comparing.rest(&matches);
    comparing.finish()
}

impl Diff {
    /// Nothing would be written.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty()
            && self.changed.is_empty()
            && self.gone.is_empty()
            && self.back.is_empty()
            && self.proposals.is_empty()
    }

    /// Yes to each row that has one product of its very name, where nothing speaks against it.
    pub fn all_same(&self) -> BTreeMap<u32, Option<ProductId>> {
        let same = self.proposals.iter().filter(|proposal| proposal.same);
        same.map(|proposal| (proposal.line, proposal.candidates.first().copied())).collect()
    }

    pub fn needs_confirmation(&self) -> bool {
        self.shrunk.is_some()
    }
}

struct Comparing<'a> {
    given: &'a Given<'a>,
    /// Which row has a code.
    barcodes: BTreeMap<&'a Barcode, u32>,
    till_ids: BTreeMap<&'a str, u32>,
    ranges: BTreeMap<String, Unmapped>,
    suppliers: BTreeMap<String, Unmapped>,
    known_ranges: BTreeMap<String, Mapped<RangeId>>,
    known_suppliers: BTreeMap<String, Mapped<Option<SupplierId>>>,
    diff: Diff,
}

impl<'a> Comparing<'a> {
    fn new(given: &'a Given<'a>) -> Comparing<'a> {
        let rows = count(given.rows.len());
        let diff = Diff {
            rows,
            new: Vec::new(),
            changed: Vec::new(),
            gone: Vec::new(),
            back: Vec::new(),
            same: 0,
            unmapped_ranges: Vec::new(),
            unmapped_suppliers: Vec::new(),
            mapped_ranges: Vec::new(),
            mapped_suppliers: Vec::new(),
            proposals: Vec::new(),
            warnings: Vec::new(),
            shrunk: given.shrunk(),
        };
        let barcodes = given.rows.iter().flat_map(|row| row.barcodes.iter().map(|barcode| (barcode, row.line))).collect();
        let till_ids = given.rows.iter().filter_map(|row| Some((till_id_of(given.shop, row)?, row.line))).collect();
        Comparing {
            given,
            barcodes,
            till_ids,
            ranges: BTreeMap::new(),
            suppliers: BTreeMap::new(),
            known_ranges: BTreeMap::new(),
            known_suppliers: BTreeMap::new(),
            diff,
        }
    }

    fn known(&mut self, row: &Incoming, id: ProductId) {
        let Some(kept) = self.given.shop.get(&id) else { return };
        let before = &kept.facts;
        let mut after = before.clone();
        self.say(row, &mut after);
        if let Some(range) = self.range(row) {
            after.range = range;
        }
        if let Some(supplier) = self.supplier(row) {
            after.supplier = supplier;
        }
        after.till_id = self.till_id(&after, Some(row));
        after.barcodes = self.barcodes(before, Some(row));
        let after = after.settled();
        self.compare_price(row, &after);
        let changed = changed(id, Some(row.line), before, &after);
        match kept.archived {
            Archived::ByImport => return self.diff.back.push(changed),
            Archived::ByHand => {
                self.diff.warnings.push(Warning::ArchivedByHand { line: row.line, name: before.name.clone() });
            }
            Archived::No => {}
        }
        if changed.changes.is_empty() {
            self.diff.same += 1;
        } else {
            self.diff.changed.push(changed);
        }
    }

    fn new_one(&mut self, row: &Incoming) {
        let (range, supplier) = (self.range(row), self.supplier(row));
        let said_no_supplier = row.supplier.is_none();
        let facts = range.zip(supplier.or(said_no_supplier.then_some(None))).map(|(range, supplier)| {
            let mut facts = Facts {
                till_id: None,
                barcodes: row.barcodes.clone(),
                name: String::new(),
                brand: String::new(),
                range,
                supplier,
                sold_by: SoldBy::Piece,
                net: None,
                purchase: Cents::ZERO,
                margin: Margin::OfTheCoop(self.given.margin),
                vat: Rate::default(),
                deposit: Cents::ZERO,
                availability: Availability::InRange,
                origin: String::new(),
            };
            self.say(row, &mut facts);
            facts.settled()
        });
        if let Some(facts) = &facts {
            self.compare_price(row, facts);
        }
        self.diff.new.push(New { line: row.line, name: row.name.clone(), facts });
    }

    fn proposed(&mut self, row: &Incoming, candidates: &[ProductId], same: bool) {
        self.range(row);
        self.supplier(row);
        self.diff.proposals.push(Proposal { line: row.line, name: row.name.clone(), candidates: candidates.to_vec(), same });
    }

    /// What no row is about.
    fn rest(&mut self, matches: &[Match]) {
        let (mut known, mut candidates) = (BTreeSet::new(), BTreeSet::new());
        for found in matches {
            match found {
                Match::Known(id) => {
                    known.insert(*id);
                }
                Match::Proposed { candidates: proposed, .. } => candidates.extend(proposed.iter().copied()),
                Match::New => {}
            }
        }
        for (id, kept) in self.given.shop.iter().filter(|(id, _)| !known.contains(*id)) {
            let mut after = Facts { barcodes: self.barcodes(&kept.facts, None), ..kept.facts.clone() };
            if !candidates.contains(id) {
                after.till_id = self.till_id(&kept.facts, None);
            }
            let changed = changed(*id, None, &kept.facts, &after);
            if !changed.changes.is_empty() {
                self.diff.changed.push(changed);
            }
            if !candidates.contains(id) && kept.archived == Archived::No && self.given.could_name(kept) {
                self.diff.gone.push(Gone { id: *id, name: kept.facts.name.clone() });
            }
        }
    }

    /// What the row's own cells say.
    fn say(&self, row: &Incoming, facts: &mut Facts) {
        if let Some(till_id) = till_id_of(self.given.shop, row) {
            facts.set(Fact::TillId(Some(till_id.to_owned())));
        }
        facts.set(Fact::Name(row.name.clone()));
        facts.set(Fact::Purchase(row.purchase));
        facts.set(Fact::Vat(row.vat));
        if let Some(rate) = row.margin {
            facts.margin = facts.margin.told(rate, self.given.margin);
        }
        for fact in &row.rest {
            facts.set(fact.clone());
        }
    }

    /// Those that are there, less what the file gives to others, and what it says; of too many, the oldest go that it does not say.
    fn barcodes(&self, before: &Facts, row: Option<&Incoming>) -> Vec<Barcode> {
        let stays = |barcode: &&Barcode| self.barcodes.get(*barcode).is_none_or(|line| row.is_some_and(|row| row.line == *line));
        let mut barcodes: Vec<Barcode> = before.barcodes.iter().filter(stays).cloned().collect();
        let said = row.map(|row| row.barcodes.as_slice()).unwrap_or_default();
        for barcode in said {
            if !barcodes.contains(barcode) {
                barcodes.push(barcode.clone());
            }
        }
        while barcodes.len() > BARCODES_CAP {
            let Some(oldest) = barcodes.iter().position(|barcode| !said.contains(barcode)) else { break };
            barcodes.remove(oldest);
        }
        barcodes
    }

    /// The one that is there, unless the file gives it to another.
    fn till_id(&self, facts: &Facts, row: Option<&Incoming>) -> Option<String> {
        let till_id = facts.till_id.as_deref()?;
        let said = self.till_ids.get(till_id);
        said.is_none_or(|line| row.is_some_and(|row| row.line == *line)).then(|| till_id.to_owned())
    }

    /// None where the word means nothing yet, which is noted.
    fn range(&mut self, row: &Incoming) -> Option<RangeId> {
        let known = self.given.words.range(&row.range);
        match known {
            Some(range) => note_known(&mut self.known_ranges, &row.range, range),
            None => note(&mut self.ranges, &row.range),
        }
        known
    }

    /// Likewise, and where the row says nothing.
    fn supplier(&mut self, row: &Incoming) -> Option<Option<SupplierId>> {
        let said = row.supplier.as_deref()?;
        let known = self.given.words.supplier(said);
        match known {
            Some(supplier) => note_known(&mut self.known_suppliers, said, supplier),
            None => note(&mut self.suppliers, said),
        }
        known
    }

    fn compare_price(&mut self, row: &Incoming, facts: &Facts) {
        let ours = facts.price();
        let with_deposit = Cents(ours.0 + facts.deposit.0);
        if let Some(till) = row.price.filter(|till| *till != ours && *till != with_deposit) {
            self.diff.warnings.push(Warning::PriceDiffers { line: row.line, name: row.name.clone(), till, ours });
        }
    }

    fn finish(mut self) -> Diff {
        self.diff.unmapped_ranges = self.ranges.into_values().collect();
        self.diff.unmapped_suppliers = self.suppliers.into_values().collect();
        self.diff.mapped_ranges = self.known_ranges.into_values().collect();
        self.diff.mapped_suppliers = self.known_suppliers.into_values().collect();
        self.diff
    }
}

fn changed(id: ProductId, line: Option<u32>, before: &Facts, after: &Facts) -> Changed {
    let prices = (before.price(), after.price());
    let price = (prices.0 != prices.1).then_some(prices);
    Changed { id, line, name: before.name.clone(), changes: before.until(after), price }
}

fn note(unmapped: &mut BTreeMap<String, Unmapped>, said: &str) {
    unmapped.entry(key(said)).or_insert_with(|| Unmapped { said: said.to_owned(), rows: 0 }).rows += 1;
}

fn note_known<T>(known: &mut BTreeMap<String, Mapped<T>>, said: &str, is: T) {
    known.entry(key(said)).or_insert_with(|| Mapped { said: said.to_owned(), rows: 0, is }).rows += 1;
}

fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
