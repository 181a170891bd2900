//! The last import taken back, all but what somebody has changed since.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::fact::{Change, Fact, Facts, Field};
use super::plan::{Plan, Write};
use super::shop::{Archived, Kept, Shop};
use crate::catalogue::Rate;
use crate::id::{ProductId, RangeId, SupplierId};

/// The shop as it is when somebody takes an import back, and what an import knows nothing of.
#[derive(Debug, Clone, Copy)]
pub struct Now<'a> {
    pub shop: &'a Shop,
    /// What has something of its own by now, though its facts are as they were: allergens or a story by hand, a report of a member.
    pub touched: &'a BTreeSet<ProductId>,
    /// Those that are there.
    pub ranges: &'a BTreeSet<RangeId>,
    pub suppliers: &'a BTreeSet<SupplierId>,
    /// The co-op's.
    pub margin: Rate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    pub plan: Plan,
    /// What stays as it is now.
    pub since: Vec<Since>,
}

/// Changed since the import, by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    pub id: ProductId,
    pub name: String,
    /// Empty where it is about the product as a whole: a new one with something of its own by now is archived, and one that was
    /// archived or brought back since stays so.
    pub fields: Vec<Field>,
    /// It goes out of the catalogue all the same.
    #[serde(default)]
    pub archived: bool,
}

impl Plan {
    /// What takes it back. Of a shop that is as the import left it, exactly: [`Plan::applied`] then gives what was before.
    pub fn undo(&self, now: Now<'_>) -> Undo {
        let mut undoing = Undoing { now, since: BTreeMap::new() };
        // Another margin of the co-op's since is nobody's word on a product.
        let was = self.margin.unwrap_or(now.margin);
        let writes = self.writes.iter().rev().map(|write| write.since(was, now.margin));
        let writes: Vec<Write> = writes.filter_map(|write| undoing.inverse(&write)).collect();
        let plan = undoing.without_clashes(Plan { writes, margin: Some(now.margin) });
        let name = |id: &ProductId| now.shop.get(id).map(|kept| kept.facts.name.clone()).unwrap_or_default();
        let archived = |id: &ProductId| {
            plan.writes.iter().any(|write| matches!(write, Write::Archive { id: of, is: Archived::ByImport, .. } if of == id))
        };
        let since: Vec<Since> = undoing
            .since
            .iter()
            .map(|(id, fields)| Since {
                id: *id,
                name: name(id),
                fields: fields.iter().copied().collect(),
                archived: archived(id),
            })
            .collect();
        Undo { plan, since }
    }
}

struct Undoing<'a> {
    now: Now<'a>,
    since: BTreeMap<ProductId, BTreeSet<Field>>,
}

impl Undoing<'_> {
    /// As far as the product is still as this write left it.
    fn inverse(&mut self, write: &Write) -> Option<Write> {
        let id = write.id();
        let Some(kept) = self.now.shop.get(&id) else {
            self.since.entry(id).or_default();
            return None;
        };
        match write.inverse() {
            Write::Remove { facts, .. } if self.is_as_it_was_made(id, &facts) => Some(Write::Remove { id, facts }),
            Write::Remove { .. } => {
                self.since.entry(id).or_default();
                (kept.archived == Archived::No).then_some(Write::Archive { id, was: Archived::No, is: Archived::ByImport })
            }
            Write::Change { changes, .. } => {
                let is_still =
                    |change: &Change| kept.facts.of(change.field()).as_ref() == Some(&change.old) && self.is_there(&change.new);
                let (still, otherwise): (Vec<Change>, Vec<Change>) = changes.into_iter().partition(is_still);
                if !otherwise.is_empty() {
                    self.since.entry(id).or_default().extend(otherwise.iter().map(Change::field));
                }
                (!still.is_empty()).then_some(Write::Change { id, changes: still })
            }
            Write::Archive { was, is, .. } if kept.archived == was => Some(Write::Archive { id, was, is }),
            Write::Archive { .. } | Write::Create { .. } => {
                self.since.entry(id).or_default();
                None
            }
        }
    }

    /// A new one that nobody has written anything of since.
    fn is_as_it_was_made(&self, id: ProductId, facts: &Facts) -> bool {
        let is_bare = !self.now.touched.contains(&id);
        is_bare && self.now.shop.get(&id).is_some_and(|kept| kept.facts == *facts && kept.archived == Archived::No)
    }

    /// A rayon or a supplier that somebody took away since does not come back.
    fn is_there(&self, fact: &Fact) -> bool {
        match fact {
            Fact::Range(range) => self.now.ranges.contains(range),
            Fact::Supplier(Some(supplier)) => self.now.suppliers.contains(supplier),
            _ => true,
        }
    }

    /// A till id or a barcode that another product has got since does not come back.
    fn without_clashes(&mut self, mut plan: Plan) -> Plan {
        while let Some(clashing) = plan.applied(self.now.shop).ok().map(|shop| clashes(&shop)).filter(|ids| !ids.is_empty()) {
            let mut dropped = false;
            for write in &mut plan.writes {
                let id = write.id();
                let Write::Change { changes, .. } = write else { continue };
                let given_up =
                    |change: &Change| [Field::TillId, Field::Barcode].contains(&change.field()) && clashing.contains(&id);
                let fields: Vec<Field> = changes.iter().filter(|change| given_up(change)).map(Change::field).collect();
                changes.retain(|change| !given_up(change));
                dropped |= !fields.is_empty();
                if !fields.is_empty() {
                    self.since.entry(id).or_default().extend(fields);
                }
            }
            plan.writes.retain(|write| !matches!(write, Write::Change { changes, .. } if changes.is_empty()));
            if !dropped {
                break;
            }
        }
        plan
    }
}

/// The products that have a till id or a barcode in common with another.
fn clashes(shop: &Shop) -> BTreeSet<ProductId> {
    let mut by_till_id: BTreeMap<&str, Vec<ProductId>> = BTreeMap::new();
    let mut by_barcode: BTreeMap<&str, Vec<ProductId>> = BTreeMap::new();
    for (id, Kept { facts, .. }) in shop {
        if let Some(till_id) = &facts.till_id {
            by_till_id.entry(till_id).or_default().push(*id);
        }
        for barcode in &facts.barcodes {
            by_barcode.entry(barcode.as_str()).or_default().push(*id);
        }
    }
    by_till_id.into_values().chain(by_barcode.into_values()).filter(|ids| ids.len() > 1).flatten().collect()
}
