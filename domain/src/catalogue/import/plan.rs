//! What an approved diff writes, all of it or nothing; kept with the import, so that it can be taken back.

use serde::{Deserialize, Serialize};

use super::diff::{Diff, Shrunk};
use super::fact::{Change, Fact, Facts};
use super::shop::{Archived, Kept, Shop};
use crate::catalogue::{Margin, Rate};
use crate::id::ProductId;

/// In this order. A barcode or a till id may go from one product to another between two writes: they are unique again at the end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub writes: Vec<Write>,
    /// How high the co-op's margin was when it was applied; the first ones that were kept do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub margin: Option<Rate>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Write {
    Create {
        id: ProductId,
        facts: Box<Facts>,
    },
    /// Only an undo does: as if it had never been there.
    Remove {
        id: ProductId,
        facts: Box<Facts>,
    },
    Change {
        id: ProductId,
        changes: Vec<Change>,
    },
    Archive {
        id: ProductId,
        was: Archived,
        is: Archived,
    },
}

/// What has to be answered before a diff can be approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Open {
    Ranges { words: usize },
    Suppliers { words: usize },
    Names { rows: usize },
    Shorter(Shrunk),
}

/// The shop is no more what the plan was made for: that product is otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stale {
    pub id: ProductId,
}

impl Diff {
    /// `shorter`: somebody said that so few rows are right. Ids for what is new come from `ids`, in the order of the file.
    pub fn plan(&self, shorter: bool, mut ids: impl FnMut() -> ProductId) -> Result<Plan, Vec<Open>> {
        let open = self.open(shorter);
        if !open.is_empty() {
            return Err(open);
        }
        let changed = self.changed.iter().chain(&self.back).filter(|changed| !changed.changes.is_empty());
        let changed = changed.map(|changed| Write::Change { id: changed.id, changes: changed.changes.clone() });
        let back = self.back.iter().map(|back| Write::Archive { id: back.id, was: Archived::ByImport, is: Archived::No });
        let gone = self.gone.iter().map(|gone| Write::Archive { id: gone.id, was: Archived::No, is: Archived::ByImport });
        let new = self.new.iter().filter_map(|new| new.facts.clone());
        let new = new.map(|facts| Write::Create { id: ids(), facts: Box::new(facts) });
        Ok(Plan { writes: changed.chain(back).chain(gone).chain(new).collect(), margin: None })
    }

    /// What stands between this diff and its approval.
    pub fn open(&self, shorter: bool) -> Vec<Open> {
        let several = |count: usize, open: fn(usize) -> Open| (count > 0).then(|| open(count));
        let open = [
            several(self.unmapped_ranges.len(), |words| Open::Ranges { words }),
            several(self.unmapped_suppliers.len(), |words| Open::Suppliers { words }),
            several(self.proposals.len(), |rows| Open::Names { rows }),
            self.shrunk.filter(|_| !shorter).map(Open::Shorter),
        ];
        open.into_iter().flatten().collect()
    }
}

impl Plan {
    /// The shop after it.
    pub fn applied(&self, shop: &Shop) -> Result<Shop, Stale> {
        let mut shop = shop.clone();
        for write in &self.writes {
            write.apply(&mut shop).ok_or(Stale { id: write.id() })?;
        }
        Ok(shop)
    }
}

impl Write {
    pub fn id(&self) -> ProductId {
        match self {
            Write::Create { id, .. } | Write::Remove { id, .. } | Write::Change { id, .. } | Write::Archive { id, .. } => *id,
        }
    }

    /// What takes it back.
    pub fn inverse(&self) -> Write {
        match self {
            Write::Create { id, facts } => Write::Remove { id: *id, facts: facts.clone() },
            Write::Remove { id, facts } => Write::Create { id: *id, facts: facts.clone() },
            Write::Change { id, changes } => Write::Change { id: *id, changes: changes.iter().map(Change::inverse).collect() },
            Write::Archive { id, was, is } => Write::Archive { id: *id, was: *is, is: *was },
        }
    }

    /// As if it had been made now that the co-op's margin is `is` and no more `was`: what follows that one has followed it.
    pub(super) fn since(&self, was: Rate, is: Rate) -> Write {
        let moved = |margin: Margin| if was == is { margin } else { margin.after(was, is) };
        let facts_since = |facts: &Facts| Box::new(Facts { margin: moved(facts.margin), ..facts.clone() });
        let fact = |fact: &Fact| match fact {
            Fact::Margin(margin) => Fact::Margin(moved(*margin)),
            other => other.clone(),
        };
        match self {
            Write::Create { id, facts } => Write::Create { id: *id, facts: facts_since(facts) },
            Write::Remove { id, facts } => Write::Remove { id: *id, facts: facts_since(facts) },
            Write::Change { id, changes } => {
                let changes = changes.iter().map(|change| Change { old: fact(&change.old), new: fact(&change.new) });
                Write::Change { id: *id, changes: changes.collect() }
            }
            Write::Archive { .. } => self.clone(),
        }
    }

    /// None where the shop is otherwise.
    fn apply(&self, shop: &mut Shop) -> Option<()> {
        match self {
            Write::Create { id, facts } => {
                let new = Kept { facts: (**facts).clone(), archived: Archived::No };
                shop.insert(*id, new).is_none().then_some(())
            }
            Write::Remove { id, facts } => {
                let removed = shop.remove(id)?;
                (removed.facts == **facts).then_some(())
            }
            Write::Change { id, changes } => {
                let kept = shop.get_mut(id)?;
                for change in changes {
                    if kept.facts.of(change.field()).as_ref() != Some(&change.old) {
                        return None;
                    }
                    kept.facts.set(change.new.clone());
                }
                Some(())
            }
            Write::Archive { id, was, is } => {
                let kept = shop.get_mut(id).filter(|kept| kept.archived == *was)?;
                kept.archived = *is;
                Some(())
            }
        }
    }
}
