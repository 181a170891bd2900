//! What an approved diff writes, all of it or nothing; kept with the import, so that it can be taken back.

use serde::{Deserialize, Serialize};

use super::diff::{Diff, Question};
use super::fact::{Change, Facts, Kept, Register};
use crate::id::MemberId;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub writes: Vec<Write>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Write {
    Create {
        id: MemberId,
        facts: Box<Facts>,
    },
    /// Only an undo does: as if they had never been there.
    Remove {
        id: MemberId,
        facts: Box<Facts>,
    },
    Change {
        id: MemberId,
        changes: Vec<Change>,
    },
}

/// The register is no more what the plan was made for: that member is otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stale {
    pub id: MemberId,
}

impl Diff {
    /// Ids for those who are new come from `ids`, in the order of the file; or what has to be answered before.
    pub fn plan(&self, mut ids: impl FnMut() -> MemberId) -> Result<Plan, Vec<Question>> {
        if !self.questions.is_empty() {
            return Err(self.questions.clone());
        }
        let changed = self.changed.iter().map(|changed| Write::Change { id: changed.id, changes: changed.changes.clone() });
        let new = self.new.iter().map(|new| Write::Create { id: ids(), facts: Box::new(new.facts.clone()) });
        Ok(Plan { writes: changed.chain(new).collect() })
    }
}

impl Plan {
    /// The register after it.
    pub fn applied(&self, register: &Register) -> Result<Register, Stale> {
        let mut register = register.clone();
        for write in &self.writes {
            write.apply(&mut register).ok_or(Stale { id: write.id() })?;
        }
        Ok(register)
    }
}

impl Write {
    pub fn id(&self) -> MemberId {
        match self {
            Write::Create { id, .. } | Write::Remove { id, .. } | Write::Change { id, .. } => *id,
        }
    }

    /// What takes it back.
    pub fn inverse(&self) -> Write {
        match self {
            Write::Create { id, facts } => Write::Remove { id: *id, facts: facts.clone() },
            Write::Remove { id, facts } => Write::Create { id: *id, facts: facts.clone() },
            Write::Change { id, changes } => Write::Change { id: *id, changes: changes.iter().map(Change::inverse).collect() },
        }
    }

    /// None where the register is otherwise.
    fn apply(&self, register: &mut Register) -> Option<()> {
        match self {
            Write::Create { id, facts } => {
                let new = Kept { facts: (**facts).clone(), there: true };
                register.insert(*id, new).is_none().then_some(())
            }
            Write::Remove { id, facts } => {
                let removed = register.remove(id)?;
                (removed.facts == **facts).then_some(())
            }
            Write::Change { id, changes } => {
                let kept = register.get_mut(id)?;
                for change in changes {
                    if kept.facts.like(&change.old) != change.old {
                        return None;
                    }
                    kept.facts.set(change.new.clone());
                }
                Some(())
            }
        }
    }
}
