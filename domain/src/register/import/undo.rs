//! The last import taken back, all but what somebody has changed since.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::fact::{Change, Field, Register};
use super::plan::{Plan, Write};
use crate::id::MemberId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    pub plan: Plan,
    /// What stays as it is now.
    pub since: Vec<Since>,
    /// So many of those whom it wrote were erased since: what the file said of them is kept nowhere, and none of it comes back.
    pub erased: usize,
}

/// Changed since the import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    pub id: MemberId,
    /// Empty where their card is part of another one by now, and the file did not bring them in.
    pub name: String,
    /// Empty where somebody who was new stays: they have done something by now, or their card was changed.
    pub fields: Vec<Field>,
}

impl Plan {
    /// What takes it back. Of a register that is as the import left it, exactly: [`Plan::applied`] then gives what was before.
    pub fn undo(&self, now: &Register) -> Undo {
        let mut since: BTreeMap<MemberId, BTreeSet<Field>> = BTreeMap::new();
        let mut writes = Vec::new();
        for write in self.writes.iter().rev() {
            let id = write.id();
            let kept = now.get(&id);
            match (write.inverse(), kept) {
                (Write::Remove { facts, .. }, Some(kept)) if kept.facts == *facts && kept.there => {
                    writes.push(Write::Remove { id, facts });
                }
                (Write::Change { changes, .. }, Some(kept)) => {
                    let is_still = |change: &Change| kept.facts.like(&change.old) == change.old;
                    let (still, otherwise): (Vec<Change>, Vec<Change>) = changes.into_iter().partition(is_still);
                    if !otherwise.is_empty() {
                        since.entry(id).or_default().extend(otherwise.iter().map(Change::field));
                    }
                    if !still.is_empty() {
                        writes.push(Write::Change { id, changes: still });
                    }
                }
                _ => {
                    since.entry(id).or_default();
                }
            }
        }
        let since =
            since.into_iter().map(|(id, fields)| Since { id, name: self.name_of(id, now), fields: fields.into_iter().collect() });
        let since = since.collect();
        Undo { plan: Plan { writes }, since, erased: 0 }
    }

    /// As they are called now; or as they came, where there is no such card any more.
    fn name_of(&self, id: MemberId, now: &Register) -> String {
        let came = || {
            self.writes.iter().find_map(|write| match write {
                Write::Create { id: new, facts } if *new == id => Some(facts.name()),
                _ => None,
            })
        };
        now.get(&id).map(|kept| kept.facts.name()).or_else(came).unwrap_or_default()
    }
}
